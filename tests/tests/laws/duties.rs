//! Duties by looking at every day of their term.

use crate::policy::{Asked, Scope};
use crate::world::{LEVELS, MAX, TEAM_KINDS, Team, World, date, day_of};
use chrono::Datelike;
use cnscd::Policy;
use serde_json::{Value, json};

/// What a unit owes, as the agenda shows it.
pub struct Duty {
    pub line: usize,
    /// The position of its obligation.
    pub at: usize,
    pub last: i32,
    pub done: Option<i32>,
    pub state: &'static str,
    excuse: Option<usize>,
}

impl Duty {
    pub fn json(&self, world: &World, asked: &Asked, as_of: i32) -> Value {
        let row = &asked.obligations[self.at].0;
        let excuse = self.excuse.map(|n| (n, &world.excuses[n]));
        json!({
            "obligation": row["id"], "unit": world.code(self.line, as_of),
            "level": LEVELS[world.lines[self.line].level], "state": self.state,
            "from": row["from"], "due": date(self.last).to_string(), "done": self.done.map(|day| date(day).to_string()),
            "late": self.done.unwrap_or(as_of) - self.last,
            "document": excuse.map(|(n, _)| format!("{}/UBND", n + 10)),
            "until": excuse.and_then(|(_, excuse)| excuse.until).map(|day| date(day).to_string()),
            "lead": row["lead"], "supporting": row.get("supporting").cloned().unwrap_or(json!([])),
            "basis": crate::policy::basis(row),
        })
    }
}

/// Every duty as it stands on `as_of`, by the end of the term, obligation, level and unit.
pub fn duties(world: &World, asked: &Asked, as_of: i32) -> Vec<Duty> {
    let mut duties = Vec::new();
    for at in 0..asked.obligations.len() {
        duties.extend((0..world.lines.len()).filter_map(|line| duty(world, asked, at, line, as_of)));
    }
    duties.sort_by_key(|duty| {
        let id = asked.obligations[duty.at].0["id"].to_string();
        let line = &world.lines[duty.line];
        (duty.last, id, line.level, world.code(duty.line, as_of), line.versions[0].span.0)
    });
    duties
}

/// The days on which a term begins, comes near its end, or has ended.
pub fn days(world: &World) -> Vec<i32> {
    let asked = Asked::new(world, MAX);
    let mut days = Vec::new();
    for (row, _) in &asked.obligations {
        let (from, day) = (day_of(row["from"].as_str().unwrap()), term(row, &asked.policy) + 1);
        let soon = row.get("soon").map_or(0, |soon| i32::try_from(soon.as_u64().unwrap()).unwrap());
        days.extend([from, day - 1, day - soon - 1, day - soon, day - soon + 1, day, day + 1]);
    }
    days.extend(world.excuses.iter().filter_map(|excuse| excuse.until));
    days
}

/// The last good day, by going a day at a time.
fn term(row: &Value, policy: &Policy) -> i32 {
    let number = |key: &str| row.get(key).and_then(Value::as_i64).map_or(0, |n| i32::try_from(n).unwrap());
    let works = |day: i32| policy.calendar().is_working(date(day)).unwrap();
    let named = |key: &str| day_of(row[key].as_str().unwrap());
    let start = if row.get("day").is_some() { 0 } else { named("from") };
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
        (month(months)..month(months + 1)).filter(|&day| date(day).day() <= wanted).last().unwrap()
    };
    let mut last = match (row["due"].as_str().unwrap(), row.get("of").and_then(Value::as_str)) {
        ("before", _) => named("day") - 1,
        ("on_or_before", _) => named("day"),
        ("month_day", _) => in_month(number("months"), number("count").cast_unsigned()),
        ("month_end", _) => month(number("months") + 1) - 1,
        (_, Some("days")) => start + number("count"),
        (_, Some("weeks")) => start + 7 * number("count"),
        (_, Some("months")) => in_month(number("count"), date(start).day()),
        (_, Some("years")) => in_month(12 * number("count"), date(start).day()),
        _ => {
            (start + 1..).filter(|&day| works(day)).nth(number("count").cast_unsigned() as usize - 1).unwrap()
        }
    };
    let step = match row["adjust"].as_str().unwrap() {
        "none" => return last,
        "following" => 1,
        _ => -1,
    };
    while !works(last) {
        last += step;
    }
    last
}

fn duty(world: &World, asked: &Asked, at: usize, line: usize, as_of: i32) -> Option<Duty> {
    let (row, scope) = &asked.obligations[at];
    let from = day_of(row["from"].as_str().unwrap());
    let term = term(row, &asked.policy);
    let soon = row.get("soon").map_or(0, |soon| i32::try_from(soon.as_u64().unwrap()).unwrap());
    let kinds = row.get("kinds").and_then(Value::as_array);
    let is_bound = |day: i32| {
        let in_scope = match *scope {
            Scope::Everywhere => true,
            Scope::Below(above) => world.path(line, day).contains(&above),
            Scope::Later | Scope::Nowhere => false,
        };
        in_scope
            && world
                .version_on(line, day)
                .is_some_and(|version| kinds.is_none_or(|kinds| kinds.contains(&json!(version.kind))))
    };
    let bound = is_bound(term.min(as_of));
    if LEVELS[world.lines[line].level] != row["level"] || !bound && !is_bound(from.min(as_of)) {
        return None;
    }
    let known = world.excuses.iter().enumerate().filter(|(_, excuse)| {
        excuse.unit == line && excuse.day <= as_of && row["id"] == excuse.obligation.as_str()
    });
    let excuse = known.max_by_key(|(_, excuse)| excuse.day);
    let until = excuse.map(|(_, excuse)| excuse.until);
    let last = until.flatten().unwrap_or(term);
    let test = if row["test"] == "villages_covered" { is_covered } else { is_decided };
    let done =
        (from..=as_of).find(|&day| world.version_on(line, day).is_some() && test(world, line, day, as_of));
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
    } else if as_of > last - soon {
        "due_soon"
    } else {
        "open"
    };
    Some(Duty { line, at, last, done, state, excuse: excuse.map(|(n, _)| n) })
}

/// Whether it is a community team in force that serves a village.
pub fn serves(team: &Team, village: usize, day: i32) -> bool {
    TEAM_KINDS[team.kind] == "community"
        && team.span.has(day)
        && (team.covers.contains(&village) || team.covers.is_empty() && team.unit == village)
}

/// Whether a unit has villages and each is served.
fn is_covered(world: &World, line: usize, day: i32, _: i32) -> bool {
    let mut villages: Vec<_> =
        (0..world.lines.len()).filter(|&village| world.lines[village].level == 3).collect();
    villages.retain(|&village| {
        world.version_on(village, day).is_some() && world.path(village, day).contains(&line)
    });
    !villages.is_empty()
        && villages.into_iter().all(|village| world.teams.iter().any(|team| serves(team, village, day)))
}

/// Whether a community team of the unit, or of one below it, names a decision that is signed.
fn is_decided(world: &World, line: usize, day: i32, as_of: i32) -> bool {
    world.teams.iter().any(|team| {
        let has_begun = world.lines[team.unit].versions[0].span.0 <= day;
        let is_signed = team.decision.is_some_and(|decision| world.decisions[decision].signed <= day);
        let is_known = TEAM_KINDS[team.kind] == "community" && team.span.0 <= as_of;
        is_known && is_signed && has_begun && world.path(team.unit, day).contains(&line)
    })
}
