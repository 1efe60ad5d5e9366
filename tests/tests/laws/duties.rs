//! Duties by looking at every day of their terms.

use crate::policy::{Asked, Scope, is_once};
use crate::world::{LEVELS, MAX, TEAM_KINDS, Team, World, date, day_of};
use chrono::{Datelike, Weekday};
use cnscd::Policy;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Who owes: the unit, a team, or a member of one.
#[derive(Clone, Copy, PartialEq)]
pub struct Debtor {
    pub line: usize,
    pub team: Option<usize>,
    pub person: Option<usize>,
}

/// The time in which something is to be done.
#[derive(Clone)]
struct Term {
    period: Option<Period>,
    event: Option<usize>,
    from: i32,
    /// When it is asked whom it binds.
    asked: i32,
    /// When it is asked which obligation of the identifier counts.
    counts: i32,
    last: i32,
    published: bool,
}

/// What somebody owes, as the agenda shows it.
pub struct Duty {
    pub who: Debtor,
    /// The position of its obligation.
    pub at: usize,
    pub period: Option<Period>,
    event: Option<usize>,
    pub from: i32,
    pub last: i32,
    pub published: bool,
    pub done: Option<i32>,
    /// When it is said to have been done before that was possible.
    pub early: Option<i32>,
    pub state: &'static str,
    excuse: Option<usize>,
    /// The documents that are or were about it.
    applied: Vec<usize>,
}

impl Duty {
    pub fn json(&self, world: &World, asked: &Asked, as_of: i32) -> Value {
        let row = &asked.obligations[self.at].0;
        let excuse = self.excuse.map(|n| (n, &world.excuses[n]));
        let shown = |day: i32| date(day).to_string();
        let end = self.done.unwrap_or(as_of);
        let is_owed = !matches!(self.state, "not_bound" | "excused");
        json!({
            "obligation": row["id"], "unit": world.code(self.who.line, as_of),
            "level": LEVELS[world.lines[self.who.line].level], "team": id('t', self.who.team),
            "person": id('p', self.who.person), "period": self.period.as_ref().map(|period| &period.name),
            "event": id('v', self.event), "state": self.state, "from": shown(self.from), "due": shown(self.last),
            "done": self.done.map(shown), "remind": reminder(row, &asked.policy, self.last).map(|day| shown(day.max(self.from))),
            "published": self.published, "late": is_owed.then(|| end - self.last),
            "late_working": is_owed.then(|| worked(&asked.policy, self.last, end)).flatten(),
            "document": excuse.map(|(n, _)| format!("{}/UBND", n + 10)),
            "until": excuse.and_then(|(_, excuse)| excuse.until).map(shown),
            "lead": row["lead"], "supporting": row.get("supporting").cloned().unwrap_or(json!([])),
            "basis": crate::policy::basis(row),
        })
    }

    pub fn is_left(&self) -> bool {
        ["not_yet", "open", "due_soon", "overdue", "extended"].contains(&self.state)
    }

    /// Its unit and those above it, where it stands or stood when it ended.
    pub fn path(&self, world: &World, as_of: i32) -> Vec<usize> {
        let end = world.named(self.who.line, as_of).span.1;
        world.path(self.who.line, if end == MAX { as_of } else { as_of.min(end - 1) })
    }
}

pub fn id(letter: char, number: Option<usize>) -> Option<String> {
    number.map(|n| format!("{letter}{n}"))
}

/// Every duty as it stands on `as_of`, with periods that begin by `until`; by the end of the term, obligation, level, unit, team,
/// member and period.
pub fn duties(world: &World, asked: &Asked, as_of: i32, until: i32) -> Vec<Duty> {
    let mut duties = Vec::new();
    for (at, (row, _)) in asked.obligations.iter().enumerate() {
        let mut common = terms(row, &asked.policy, until);
        if is_once(row) {
            // Of all rows with the identifier on one day: the first last one.
            let likes =
                asked.obligations.iter().map(|(other, _)| other).filter(|other| other["id"] == row["id"]);
            common[0].counts = likes.map(|other| due(other, &asked.policy, counts(other).0).0).min().unwrap();
        }
        for who in debtors(world, row, as_of) {
            let terms = match row.get("on").and_then(Value::as_str) {
                None => common.clone(),
                Some(trigger) => arisen(world, row, &asked.policy, trigger, who, as_of),
            };
            // Of somebody who came twice, what was done the first time is not early the second.
            let comes =
                |m: &&crate::world::Membership| (Some(m.team), Some(m.person)) == (who.team, who.person);
            let rows: Vec<_> = world.memberships.iter().filter(comes).map(|m| m.span).collect();
            let likes = || asked.obligations.iter().filter(|(other, _)| other["id"] == row["id"]);
            let is_asked = |day: &i32| likes().any(|(like, _)| is_once(like) || counts(like).has(*day));
            let joins = |day: &i32| *day <= as_of && !rows.iter().any(|span| span.has(day - 1));
            let first = rows.iter().map(|span| span.0).filter(joins).filter(is_asked).min();
            let first = first.filter(|_| row.get("on").is_some_and(|on| on == "appointment"));
            let own = terms.iter().filter_map(|term| duty(world, asked, at, who, term, as_of));
            duties.extend(own.map(|mut duty| {
                duty.early = duty.early.filter(|_| first.is_none_or(|first| duty.from == first));
                duty
            }));
        }
    }
    duties.sort_by_cached_key(|duty| {
        let (row, line) = (&asked.obligations[duty.at].0, &world.lines[duty.who.line]);
        let unit = (line.level, world.code(duty.who.line, as_of), line.versions[0].span.0);
        let who = (id('t', duty.who.team), id('p', duty.who.person));
        let term = (duty.period.as_ref().map(Period::place), id('v', duty.event), duty.from);
        (duty.last, row["id"].to_string(), unit, who, term)
    });
    duties
}

/// Days worth a look: those on which a term begins or comes near its end, and what is told of it.
pub fn days(world: &World) -> Vec<i32> {
    let asked = Asked::new(world, MAX);
    let mut days = Vec::new();
    let known = duties(world, &asked, crate::world::SPAN, crate::world::SPAN);
    for duty in &known {
        let row = &asked.obligations[duty.at].0;
        let (day, soon) = (duty.last + 1, number(row, "soon").unwrap_or(0));
        days.extend([duty.from, day - 1, day - soon - 1, day - soon, day - soon + 1, day, day + 1]);
        days.extend(reminder(row, &asked.policy, duty.last));
        days.extend(duty.done);
    }
    days.extend(world.excuses.iter().flat_map(|excuse| [Some(excuse.day), excuse.until]).flatten());
    days.sort_unstable();
    days.dedup();
    days
}

/// Those whom an obligation may concern, as known on `as_of`.
fn debtors(world: &World, row: &Value, as_of: i32) -> Vec<Debtor> {
    let mut found = Vec::new();
    let who = row.get("who").and_then(Value::as_str).unwrap_or("unit");
    for line in (0..world.lines.len()).filter(|&line| LEVELS[world.lines[line].level] == row["level"]) {
        if who == "unit" {
            found.push(Debtor { line, team: None, person: None });
            continue;
        }
        for (n, team) in world.teams.iter().enumerate() {
            let is_kind = row.get("teams").is_none_or(|kind| *kind == TEAM_KINDS[team.kind]);
            if team.unit != line || team.span.0 > as_of || !is_kind {
                continue;
            }
            if who == "team" {
                found.push(Debtor { line, team: Some(n), person: None });
                continue;
            }
            let is_member = |person: &usize| {
                world.memberships.iter().any(|m| (m.team, m.person) == (n, *person) && m.span.0 <= as_of)
            };
            let members = (0..world.people.len()).filter(is_member);
            found.extend(members.map(|person| Debtor { line, team: Some(n), person: Some(person) }));
        }
    }
    found
}

/// The rows about duties that are known and fit none: the unit in which they stand, their team if it is one of the unit's, and what they
/// say.
pub fn unfit_records(
    world: &World,
    asked: &Asked,
    duties: &[Duty],
    as_of: i32,
) -> Vec<(usize, Option<usize>, Value)> {
    let mut found = Vec::new();
    let is_known = |day: i32, team: Option<usize>| {
        day <= as_of && team.is_none_or(|team| world.teams[team].span.0 <= as_of)
    };
    let mut look = |record: Value, (line, team): (usize, Option<usize>), fits: &dyn Fn(&Duty) -> bool| {
        let own = |duty: &&Duty| {
            duty.who.line == line && asked.obligations[duty.at].0["id"] == record["obligation"]
        };
        let day = day_of(record["day"].as_str().unwrap());
        let event = record["event"].as_str().map(|id| &world.events[id[1..].parse::<usize>().unwrap()]);
        let is_told = is_known(day, team) && event.is_none_or(|event| is_known(event.day, event.team));
        // Rows for other units say nothing here.
        let is_near = |(row, scope): &&(Value, Scope)| {
            row["id"] == record["obligation"] && reaches(world, *scope, line, day)
        };
        let named: Vec<_> = asked.obligations.iter().filter(is_near).map(|(row, _)| row).collect();
        let is_known = asked.obligations.iter().any(|(row, _)| row["id"] == record["obligation"]);
        let has_been = || {
            record["table"] != "excuses" && is_known && {
                let name = record["period"].as_str();
                // Whether it is older than a row that has such periods.
                let is_older = |row: &&Value| {
                    let same = |period: &Period| Some(&*period.name) == name;
                    let span = (counts(row).0 - 2000)..(crate::world::SPAN + 2000);
                    let found = span.filter(|_| row.get("every").is_some());
                    let ends =
                        found.filter_map(|day| Period::begun(row, day)).find(same).map(|period| period.last);
                    name.map_or(Some(day), |_| ends).map(|day| day < counts(row).0)
                };
                let older: Vec<_> = named.iter().filter_map(is_older).collect();
                let was_member = || {
                    world.memberships.iter().any(|m| {
                        m.span.0 <= as_of
                            && Some(m.team) == team
                            && id('p', Some(m.person)).as_deref() == record["person"].as_str()
                    })
                };
                let is_trained = record["table"] == "completions"
                    && named.iter().any(|row| row.get("on").is_some_and(|on| on == "appointment"))
                    && record["person"].is_string()
                    && record["period"].is_null()
                    && record["event"].is_null()
                    && was_member();
                !older.is_empty() && older.iter().all(|is_older| *is_older)
                    || is_trained
                    || world.version_on(line, day).is_none()
            }
        };
        if is_told && !asked.obligations.is_empty() && !duties.iter().filter(own).any(fits) && !has_been() {
            let own_team = team.filter(|&team| world.teams[team].unit == line);
            let mut params = without_nulls(record);
            if let Some(other) = team.filter(|_| own_team.is_none()) {
                params["other_team"] = json!(id('t', Some(other)));
            }
            found.push((line, own_team, params));
        }
    };
    let place =
        |unit: Option<usize>, team: Option<usize>| unit.unwrap_or_else(|| world.teams[team.unwrap()].unit);
    for (n, row) in world.events.iter().enumerate() {
        let record = json!({
            "table": "events", "obligation": row.obligation, "event": id('v', Some(n)), "day": date(row.day).to_string(),
        });
        look(record, (place(row.unit, row.team), row.team), &|duty| duty.event == Some(n));
    }
    for row in &world.completions {
        let record = json!({
            "table": "completions", "obligation": row.obligation, "period": row.period, "event": id('v', row.event),
            "person": id('p', row.person), "day": date(row.day).to_string(),
        });
        look(record, (place(row.unit, row.team), row.team), &|duty| {
            asked.obligations[duty.at].0["test"] == "recorded"
                && (duty.who.team, duty.who.person) == (row.team, row.person)
                && duty.period.as_ref().map(|period| &period.name) == row.period.as_ref()
                && duty.event == row.event
        });
    }
    for (n, row) in world.excuses.iter().enumerate() {
        let named = |at: &usize| asked.obligations[*at].0["id"] == *row.obligation;
        if (0..asked.obligations.len()).filter(named).any(|at| is_ahead(world, asked, at, row, as_of)) {
            continue;
        }
        let record = json!({
            "table": "excuses", "obligation": row.obligation, "period": row.period, "event": id('v', row.event),
            "day": date(row.day).to_string(),
        });
        look(record, (row.unit, row.team), &|duty| {
            (row.until.is_none() || duty.applied.contains(&n))
                && row.team.is_none_or(|team| Some(team) == duty.who.team)
                && row
                    .period
                    .as_ref()
                    .is_none_or(|name| duty.period.as_ref().is_some_and(|own| own.name == *name))
                && row.event.is_none_or(|event| Some(event) == duty.event)
        });
    }
    found
}

fn without_nulls(mut row: Value) -> Value {
    row.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    row
}

/// Whether an excuse may be about what has not begun or not happened.
fn is_ahead(world: &World, asked: &Asked, at: usize, excuse: &crate::world::Excuse, as_of: i32) -> bool {
    let (row, line) = (&asked.obligations[at].0, excuse.unit);
    let unit = Debtor { line, team: None, person: None };
    let is_team = |n: usize| {
        let team = &world.teams[n];
        let is_kind = row.get("teams").is_none_or(|kind| *kind == TEAM_KINDS[team.kind]);
        is_kind && team.unit == line && row.get("who").is_some_and(|who| who != "unit")
    };
    let mut counts_on = as_of.max(counts(row).0);
    let is_time = match &excuse.period {
        _ if excuse.event.is_some() => false,
        Some(_) if row.get("every").is_none() => false,
        // No period of a random world begins later, and none is longer than a year.
        Some(name) => {
            let mut periods = (as_of - 400..as_of + 2000).filter_map(|day| Period::begun(row, day));
            let period = periods.find(|period| period.name == *name);
            counts_on = period.as_ref().map_or(counts_on, |period| period.last);
            let is_later = |period: &Period| {
                excuse.until.is_none_or(|until| due(row, &asked.policy, period.last).0 < until)
            };
            period.is_some_and(|period| {
                period.last > as_of && counts(row).has(period.last) && is_later(&period)
            })
        }
        None => {
            let is_once = row.get("every").is_none() && row.get("on").is_none();
            let is_later = |until: i32| is_once && terms(row, &asked.policy, as_of)[0].last < until;
            excuse.until.is_none_or(is_later) && excuse.day < counts(row).1
        }
    };
    is_time
        && excuse.team.is_none_or(is_team)
        && LEVELS[world.lines[line].level] == row["level"]
        && asked.likes(&row["id"], &world.path(line, as_of), counts_on).first() == Some(&at)
        && is_bound(world, row, unit, as_of)
}

fn number(row: &Value, key: &str) -> Option<i32> {
    row.get(key).and_then(Value::as_i64).map(|n| i32::try_from(n).unwrap())
}

/// The days on which something may arise: first and behind the last.
fn counts(row: &Value) -> crate::world::Span {
    let day = |key: &str| row.get(key).and_then(Value::as_str).map(day_of);
    crate::world::Span(day("from").unwrap(), day("to").unwrap_or(MAX))
}

/// The terms of what comes once or comes back.
fn terms(row: &Value, policy: &Policy, until: i32) -> Vec<Term> {
    let span = counts(row);
    if row.get("every").is_none() {
        let (last, published) = due(row, policy, span.0);
        return vec![Term {
            period: None,
            event: None,
            from: span.0,
            asked: last,
            counts: last,
            last,
            published,
        }];
    }
    // No period is longer than a year.
    let periods = (span.0 - 400..=until).filter_map(|day| Period::begun(row, day));
    let own = periods.filter(|period| span.has(period.last));
    let term = |period: Period| {
        let (last, published) = due(row, policy, period.last);
        let (asked, counts) = (period.last, period.last);
        Term { event: None, from: period.from, asked, counts, last, published, period: Some(period) }
    };
    own.map(term).collect()
}

/// The terms that a trigger has given rise to.
fn arisen(world: &World, row: &Value, policy: &Policy, trigger: &str, who: Debtor, as_of: i32) -> Vec<Term> {
    let mut found: Vec<(i32, Option<usize>)> = Vec::new();
    if trigger == "event" {
        let is_own = |event: &crate::world::Event| {
            let unit = who.team.is_none().then_some(who.line);
            row["id"] == *event.obligation
                && (event.unit, event.team) == (unit, who.team)
                && who.person.is_none()
        };
        let own = world.events.iter().enumerate().filter(|(_, event)| is_own(event));
        found.extend(own.map(|(n, event)| (event.day, Some(n))));
    } else {
        // Who was a member the day before only changes role.
        let mut rows = world.memberships.clone();
        rows.retain(|m| (Some(m.team), Some(m.person)) == (who.team, who.person));
        let joined = rows.iter().map(|m| m.span.0).filter(|day| !rows.iter().any(|m| m.span.has(day - 1)));
        found.extend(joined.map(|day| (day, None)));
    }
    found.sort_unstable();
    found.dedup();
    found.retain(|&(day, _)| day <= as_of && counts(row).has(day));
    let term = |(from, event): (i32, Option<usize>)| {
        let (last, published) = due(row, policy, from);
        Term { period: None, event, from, asked: last, counts: from, last, published }
    };
    found.into_iter().map(term).collect()
}

/// A period with its days.
#[derive(Clone, PartialEq)]
pub struct Period {
    pub name: String,
    pub from: i32,
    pub last: i32,
}

impl Period {
    /// Periods come by how long they are, then by day; no two kinds are of nearly one length.
    fn place(&self) -> (i32, i32) {
        ((self.last - self.from + 10) / 30, self.from)
    }

    /// The one of an obligation that begins on a day.
    pub fn begun(row: &Value, from: i32) -> Option<Self> {
        let week = date(from).iso_week();
        if row["every"] == "week" {
            let is_first = date(from).weekday() == Weekday::Mon;
            let name = format!("{}-W{:02}", week.year(), week.week());
            return is_first.then_some(Self { name, from, last: from + 6 });
        }
        // From the 15th on, a day counts for the month that follows.
        let first = if row["scheme"] == "administrative" { 15 } else { 1 };
        let begins = |day: i32| date(day).day() == first;
        let shift = if first == 15 { 20 } else { 0 };
        let (year, month) = (date(from + shift).year(), date(from + shift).month());
        let (months, name) = match row["every"].as_str().unwrap() {
            "month" => (1, format!("{year}-{month:02}")),
            "quarter" => (3, format!("{year}-Q{}", month / 3 + 1)),
            "half_year" => (6, format!("{year}-H{}", month / 6 + 1)),
            "nine_months" => (9, format!("{year}-9M")),
            _ => (12, year.to_string()),
        };
        let is_first = begins(from) && if months == 9 { month == 1 } else { (month - 1) % months == 0 };
        if !is_first {
            return None;
        }
        let next = (from + 1..).filter(|&day| begins(day)).nth(months as usize - 1).unwrap();
        Some(Self { name, from, last: next - 1 })
    }
}

/// Whether people work on a day, if the calendar knows it.
fn works(policy: &Policy, day: i32) -> Option<bool> {
    policy.calendar().is_working(date(day)).ok()
}

/// Working days behind a day, up to another; those before it, where that lies before it, are less than none.
fn worked(policy: &Policy, from: i32, to: i32) -> Option<i32> {
    // Both have to be known.
    works(policy, from).and(works(policy, to))?;
    let count = |mut days: std::ops::Range<i32>| {
        let mut count = 0;
        days.try_for_each(|day| works(policy, day).map(|works| count += i32::from(works)))?;
        Some(count)
    };
    if from <= to { count(from + 1..to + 1) } else { count(to + 1..from + 1).map(|days| -days) }
}

/// The working day so many before a last day.
fn reminder(row: &Value, policy: &Policy, last: i32) -> Option<i32> {
    let (mut day, mut left) = (last, number(row, "remind").filter(|&days| days > 0)?);
    while left > 0 {
        day -= 1;
        left -= i32::from(works(policy, day)?);
    }
    Some(day)
}

/// The last good day of a term that runs from `start`, by going a day at a time; and whether the days off of each year in which it
/// was asked for working days are decided.
fn due(row: &Value, policy: &Policy, start: i32) -> (i32, bool) {
    let mut years = Vec::new();
    let mut works = |day: i32| {
        years.push(date(day).year());
        works(policy, day).unwrap()
    };
    let named = |key: &str| day_of(row[key].as_str().unwrap());
    let count = number(row, "count").unwrap_or(0);
    let months = number(row, "months").unwrap_or(0);
    // The first day of the month so many months later.
    let month = |months: i32| {
        let mut day = start;
        while date(day).day() > 1 {
            day -= 1;
        }
        for _ in 0..months {
            day += 1;
            while date(day).day() > 1 {
                day += 1;
            }
        }
        day
    };
    // The day of a month, or its last.
    let in_month = |months: i32, wanted: u32| {
        (month(months)..month(months + 1)).rfind(|&day| date(day).day() <= wanted).unwrap()
    };
    let mut last = match (row["due"].as_str().unwrap(), row.get("of").and_then(Value::as_str)) {
        ("before", _) => named("day") - 1,
        ("on_or_before", _) => named("day"),
        ("month_day", _) => in_month(months, count.cast_unsigned()),
        ("month_end", _) => month(months + 1) - 1,
        (_, Some("days")) => start + count,
        (_, Some("weeks")) => start + 7 * count,
        (_, Some("months")) => in_month(count, date(start).day()),
        (_, Some("years")) => in_month(12 * count, date(start).day()),
        _ => (start + 1..).filter(|&day| works(day)).nth(count.cast_unsigned() as usize - 1).unwrap(),
    };
    let step = match row["adjust"].as_str().unwrap() {
        "none" => 0,
        "following" => 1,
        _ => -1,
    };
    while step != 0 && !works(last) {
        last += step;
    }
    (last, years.into_iter().all(|year| policy.calendar().is_published(year)))
}

/// Whether a scope is that of a unit, or of one above it on a day.
fn reaches(world: &World, scope: Scope, line: usize, day: i32) -> bool {
    match scope {
        Scope::Everywhere => true,
        Scope::Below(above) => world.path(line, day).contains(&above),
        Scope::Later | Scope::Nowhere => false,
    }
}

/// Whether an obligation, where it holds, binds on a day.
fn is_bound(world: &World, row: &Value, who: Debtor, day: i32) -> bool {
    let kinds = row.get("kinds").and_then(Value::as_array);
    let Some(version) = world.version_on(who.line, day) else { return false };
    let is_at_work = |team: usize| {
        world.teams[team].span.has(day)
            && !world.suspensions.iter().any(|(other, span)| *other == team && span.has(day))
    };
    let is_member = |person: usize| {
        world.memberships.iter().any(|m| (Some(m.team), m.person) == (who.team, person) && m.span.has(day))
    };
    kinds.is_none_or(|kinds| kinds.contains(&json!(version.kind)))
        && who.team.is_none_or(is_at_work)
        && who.person.is_none_or(is_member)
}

fn duty(world: &World, asked: &Asked, at: usize, who: Debtor, term: &Term, as_of: i32) -> Option<Duty> {
    let (row, from) = (&asked.obligations[at].0, term.from);
    let counting =
        |day: i32| asked.likes(&row["id"], &world.path(who.line, day), term.counts).first().copied();
    let holder = counting(term.counts.min(as_of));
    let bound = holder == Some(at) && is_bound(world, row, who, term.asked.min(as_of));
    let begun = from.min(as_of);
    let was_bound = || counting(begun) == Some(at) && is_bound(world, row, who, begun);
    if !bound && (holder.is_some_and(|holder| holder != at) || !was_bound()) {
        return None;
    }
    let name = term.period.as_ref().map(|period| &period.name);
    let known = world.excuses.iter().enumerate().filter(|(_, excuse)| {
        excuse.unit == who.line
            && excuse.day <= as_of
            && row["id"] == *excuse.obligation
            && excuse.team.is_none_or(|team| Some(team) == who.team)
            && excuse.period.as_ref().is_none_or(|period| Some(period) == name)
            && excuse.event.is_none_or(|event| Some(event) == term.event)
    });
    // Of one day the one that says more.
    let weight = |excuse: &crate::world::Excuse| {
        (excuse.day, excuse.team.is_some(), excuse.period.is_some(), excuse.event.is_some())
    };
    let mut known: Vec<_> = known.collect();
    known.sort_by_key(|(_, excuse)| weight(excuse));
    let is_once = row.get("every").is_none() && row.get("on").is_none();
    let (mut applied, mut extended) = (Vec::new(), term.last);
    for (n, excuse) in known {
        let names_it = is_once || excuse.period.is_some() || excuse.event.is_some();
        // A new term for whatever was under way on the day of the document, by those before it; never a shorter one.
        match excuse.until {
            None => applied.push((n, excuse)),
            Some(until) if until <= term.last => {}
            Some(until) if names_it || term.from <= excuse.day && excuse.day <= extended => {
                applied.push((n, excuse));
                extended = until;
            }
            Some(_) => {}
        }
    }
    let excuse = applied.last().copied();
    let until = excuse.map(|(_, excuse)| excuse.until);
    let last = until.flatten().unwrap_or(term.last);
    let is_told = |day: i32| {
        world.completions.iter().any(|other| {
            let unit = who.team.is_none().then_some(who.line);
            (other.unit, other.team, other.person) == (unit, who.team, who.person)
                && row["id"] == *other.obligation
                && (other.period.as_ref(), other.event) == (name, term.event)
                && other.day == day
        })
    };
    let is_done = |&day: &i32| match row["test"].as_str().unwrap() {
        "recorded" => is_told(day),
        test => {
            let test = if test == "villages_covered" { is_covered } else { is_decided };
            world.version_on(who.line, day).is_some() && test(world, who.line, day, as_of)
        }
    };
    let done = (from..=as_of).find(is_done);
    let is_recorded = row["test"] == "recorded";
    let mut told: Vec<_> =
        world.completions.iter().map(|row| row.day).filter(|&day| is_recorded && is_told(day)).collect();
    told.sort_unstable();
    let early = told.first().copied().filter(|&day| day < from && day <= as_of);
    let soon = number(row, "soon").unwrap_or(0);
    let state = if !bound {
        "not_bound"
    } else if until == Some(None) {
        "excused"
    } else if let Some(done) = done {
        if done <= last { "done_on_time" } else { "done_late" }
    } else if as_of < from {
        "not_yet"
    } else if as_of > last {
        "overdue"
    } else if until.is_some() {
        "extended"
    } else if as_of > last - soon || reminder(row, &asked.policy, last).is_some_and(|day| day <= as_of) {
        "due_soon"
    } else {
        "open"
    };
    let published = term.published || until.flatten().is_some();
    let (period, event, excuse) = (term.period.clone(), term.event, excuse.map(|(n, _)| n));
    Some(Duty {
        who,
        at,
        period,
        event,
        from,
        last,
        published,
        done,
        early,
        state,
        excuse,
        applied: applied.into_iter().map(|(n, _)| n).collect(),
    })
}

/// How many duties were expected, done, done in time and are overdue, by unit with all below it, obligation and period.
pub fn completeness(world: &World, asked: &Asked, duties: &[Duty], as_of: i32) -> Vec<Value> {
    let mut counts = BTreeMap::new();
    for duty in duties.iter().filter(|duty| !["not_bound", "excused", "not_yet"].contains(&duty.state)) {
        let id = asked.obligations[duty.at].0["id"].as_str().unwrap();
        for line in duty.path(world, as_of) {
            let first = world.lines[line].versions[0].span.0;
            let unit = (world.lines[line].level, world.code(line, as_of));
            let period = duty.period.as_ref().map(|period| (period.place(), &*period.name));
            let name = &world.named(line, as_of).name;
            let (_, own) = counts.entry((unit, id, period, first)).or_insert((name, [0_u32; 4]));
            let is = [true, duty.done.is_some(), duty.state == "done_on_time", duty.state == "overdue"];
            own.iter_mut().zip(is).for_each(|(count, is)| *count += u32::from(is));
        }
    }
    let row = |(((level, unit), obligation, period, _), (name, [expected, done, on_time, overdue])): (
        (_, _, Option<(_, &str)>, _),
        (_, [u32; 4]),
    )| {
        let level: usize = level;
        json!({
            "unit": unit, "name": name, "level": LEVELS[level], "obligation": obligation, "period": period.map(|(_, name)| name),
            "expected": expected, "done": done, "on_time": on_time, "overdue": overdue,
        })
    };
    counts.into_iter().map(row).collect()
}

/// The obligations that come back, whose first period has begun, and that bind nobody in a unit that stands under none, or below it.
pub fn binding_nobody(world: &World, asked: &Asked, duties: &[Duty], as_of: i32) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, (row, scope)) in asked.obligations.iter().enumerate() {
        if row.get("every").is_none() || terms(row, &asked.policy, as_of).is_empty() {
            continue;
        }
        for line in world.nameable(as_of).into_iter().filter(|&line| world.path(line, as_of).len() == 1) {
            let holds = match *scope {
                Scope::Everywhere => true,
                Scope::Below(unit) => world.path(unit, as_of).contains(&line),
                Scope::Later | Scope::Nowhere => false,
            };
            let is_bound = |duty: &Duty| {
                duty.at == at && duty.state != "not_bound" && duty.path(world, as_of).contains(&line)
            };
            // Units and terms for which another row of the identifier counts are left out; if that is all, nothing is wrong.
            let counting = |unit: usize, term: &Term| {
                let path = world.path(unit, term.counts.min(as_of));
                asked.likes(&row["id"], &path, term.counts).first().is_none_or(|first| *first == at)
            };
            let last = |other: usize| {
                let end = world.named(other, as_of).span.1;
                if end == MAX { as_of } else { as_of.min(end - 1) }
            };
            let within = |other: usize| match *scope {
                Scope::Below(unit) => (0..=as_of).any(|day| world.path(other, day).contains(&unit)),
                _ => true,
            };
            let own: Vec<_> = (0..world.lines.len())
                .filter(|&other| world.lines[other].versions[0].span.0 <= as_of)
                .filter(|&other| LEVELS[world.lines[other].level] == row["level"] && within(other))
                .filter(|&other| world.path(other, last(other)).contains(&line))
                .collect();
            let terms = terms(row, &asked.policy, as_of);
            let is_silent = if own.is_empty() {
                !terms.iter().any(|term| counting(line, term))
            } else {
                !own.iter().any(|&unit| terms.iter().any(|term| counting(unit, term)))
            };
            if holds && !duties.iter().any(is_bound) && !is_silent {
                found.push((at, line));
            }
        }
    }
    found
}

/// Whether it is a community team in force that serves a village.
pub fn serves(team: &Team, village: usize, day: i32) -> bool {
    TEAM_KINDS[team.kind] == "community"
        && team.span.has(day)
        && (team.covers.contains(&village) || team.covers.is_empty() && team.unit == village)
}

/// Whether a unit has villages, each commune in it has, and each village is served.
fn is_covered(world: &World, line: usize, day: i32, _: i32) -> bool {
    let below = |level: usize, above: usize| -> Vec<usize> {
        let of_level = (0..world.lines.len()).filter(|&own| world.lines[own].level == level);
        of_level
            .filter(|&own| world.version_on(own, day).is_some() && world.path(own, day).contains(&above))
            .collect()
    };
    let villages = below(3, line);
    !villages.is_empty()
        && below(2, line).into_iter().all(|commune| !below(3, commune).is_empty())
        && villages.into_iter().all(|village| world.teams.iter().any(|team| serves(team, village, day)))
}

/// Whether a community team of the unit, or of one below it, names or renews a decision that is signed, or its own body signed one with
/// villages.
fn is_decided(world: &World, line: usize, day: i32, as_of: i32) -> bool {
    let stands =
        |unit: usize| world.lines[unit].versions[0].span.0 <= day && world.path(unit, day).contains(&line);
    let is_signed = |n: usize| world.decisions[n].signed <= day.min(as_of);
    let by_team = world.teams.iter().any(|team| {
        let decision = team.decision.filter(|&n| world.decisions[n].signed <= as_of);
        let is_signed = decision.is_some_and(|n| renewed(world, n, as_of).into_iter().any(is_signed));
        let is_known = TEAM_KINDS[team.kind] == "community" && team.span.0 <= as_of;
        is_known && is_signed && stands(team.unit)
    });
    let own = |decision: &crate::world::Decision| {
        let lists = decision.list.iter().any(|&unit| world.lines[unit].level == 3);
        lists && world.bodies[decision.body].unit.is_some_and(stands)
    };
    by_team || (0..world.decisions.len()).any(|n| is_signed(n) && own(&world.decisions[n]))
}

/// A decision and those that it replaces, one after the other, as far as they are known.
pub fn renewed(world: &World, n: usize, as_of: i32) -> Vec<usize> {
    let mut all = vec![n];
    let mut at = 0;
    while at < all.len() {
        for &old in &world.decisions[all[at]].replaces {
            if world.decisions[old].signed <= as_of && !all.contains(&old) {
                all.push(old);
            }
        }
        at += 1;
    }
    all
}
