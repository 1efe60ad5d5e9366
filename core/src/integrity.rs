//! What no single cell shows: taken keys, codes that do not fit their level, versions that overlap, circles, crowds.

use crate::choice::{
    Adjust, Due, Extent, Force, Level, Reckoning, ReportState, Role, TeamKind, Test, Trigger, Weight, Who,
    quoted,
};
use crate::day::{Day, Span, overlapping};
use crate::due::{DueRule, LONGEST};
use crate::facts::{
    Affiliation, Attribute, Body, Completion, Decided, DecidedYear, Decision, Declaration, Event, Excuse,
    Facts, Holiday, Membership, Obligation, Person, Position, Report, Residence, Row, Setting, Severe,
    Succession, Suspension, Team, Unit,
};
use crate::field::{Code, Given, Target, code_form, is_any_code, is_code};
use crate::number::comparable;
use crate::order::sort_by;
use crate::period::Period;
use crate::personal::shown;
use crate::problem as p;
use crate::read::{LIMIT, LIMIT_OF_PERSON, LIMIT_OF_SETTING, Reader};
use crate::rules::RULES;
use crate::setting::{About, Key, Of, Shape, slot};
use crate::table::{Id, Rows};
use std::cmp::Ordering;
use std::num::NonZeroU32;

/// Looks at a row that was just read.
pub(crate) fn whole_row(reader: &mut Reader, order: usize, number: NonZeroU32) {
    match order {
        Unit::ORDER => unit(reader, Id::new(number)),
        Body::ORDER => keyed::<Body>(reader, number),
        Decision::ORDER => keyed::<Decision>(reader, number),
        Team::ORDER => keyed::<Team>(reader, number),
        Person::ORDER => keyed::<Person>(reader, number),
        Event::ORDER => keyed::<Event>(reader, number),
        Report::ORDER => reporter(reader, Id::new(number)),
        _ => {}
    }
}

fn keyed<T: Target>(reader: &mut Reader, number: NonZeroU32) {
    let id = Id::<T>::new(number);
    if let Some(first) = reader.enter(id) {
        let key = reader.facts.text(T::rows(&reader.facts)[id].key()).to_owned();
        let first = format!("`{}`", reader.place_of(first, "id"));
        reader.problem_at(reader.place_of(id, "id"), &p::DUPLICATE_ID, &key, &first);
    }
}

/// The most reports of one reporter under one form.
pub(crate) const LIMIT_OF_REPORTS: usize = 4096;

/// A report is a unit's or a team's, never both.
fn reporter(reader: &mut Reader, id: Id<Report>) {
    let row = &reader.facts.reports[id];
    let is_one = row.unit.0.is_some() != row.team.0.is_some();
    // What was looked at has come.
    let has_come = !matches!(row.state(), ReportState::Draft | ReportState::Submitted);
    let lacks_day = has_come && !row.received.0.is_date();
    if !is_one {
        reader.problem_at(reader.place_of(id, "team"), &p::NO_REPORTER, "", "");
    }
    if lacks_day {
        reader.problem_at(reader.place_of(id, "received"), &p::MISSING, "", "");
    }
}

fn unit(reader: &mut Reader, id: Id<Unit>) {
    let unit = &reader.facts.units[id];
    let level = unit.level;
    let code = reader.facts.text(unit.code.0).to_owned();
    if !is_code(&code, level) {
        reader.problem_at(reader.place_of(id, "code"), &p::BAD_CODE, shown(&code, false), code_form(level));
    }
    if level == Level::Village && !reader.row_waits {
        reader.problem_at(reader.place_of(id, "parent"), &p::MISSING, "", "");
    }
    if !reader.enter_version(id) {
        reader.problem_at(reader.place_of(id, "code"), &p::TOO_MANY, shown(&code, false), &LIMIT.to_string());
    }
}

/// Looks at the whole document, when every row is read.
pub(crate) fn whole_document(reader: &mut Reader) {
    policy(reader);
    overlaps(reader);
    levels(reader);
    continuations(reader);
    decisions(reader);
    repeated(reader, "attribute", |row: &Attribute| (row.unit, row.attribute, row.from));
    repeated(reader, "from", |row: &Declaration| (row.team, row.from));
    repeated(reader, "day", |row: &Excuse| {
        (row.obligation, row.unit, row.team.0, row.period.map(Period::key), row.event.0, row.day)
    });
    owners(reader);
    repeated(reader, "new", |row: &Succession| (row.day, row.old.0, row.new));
    circles::<Body>(reader, |_, body, out| out.extend(body.parent.0.map(|id| (id, "parent"))));
    circles::<Body>(reader, |_, body, out| out.extend(body.successor.0.map(|id| (id, "successor"))));
    circles::<Team>(reader, |_, team, out| {
        out.extend(team.parent.0.map(|id| (id, "parent")));
        out.extend(team.committee.0.map(|id| (id, "committee")));
    });
    circles::<Decision>(reader, |reader, decision, out| {
        for (list, column) in
            [(decision.amends, "amends"), (decision.replaces, "replaces"), (decision.annuls, "annuls")]
        {
            out.extend(reader.facts.ids(list).map(|id| (id, column)));
        }
    });
    crowds(reader);
}

/// Looks at who owes or did something: a unit, or a team or a member of one.
fn owners(reader: &mut Reader) {
    let events =
        reader.facts.events.iter().map(|(id, row)| {
            (reader.place_of(id, "team"), row.unit.0.is_some(), row.team.0.is_some(), false)
        });
    let completions = reader.facts.completions.iter().map(|(id, row)| {
        let place = reader.place_of(id, "team");
        (place, row.unit.0.is_some(), row.team.0.is_some(), row.person.0.is_some())
    });
    let unfit = events.chain(completions).filter(|&(_, unit, team, person)| unit == team || person && !team);
    let unfit: Vec<_> = unfit.collect();
    for (place, _, team, person) in unfit {
        let is_lone = person && !team;
        reader.problem_at(place, if is_lone { &p::MISSING } else { &p::NO_REPORTER }, "", "");
    }
}

fn overlaps(reader: &mut Reader) {
    let units = &reader.facts.units;
    let mut found = Vec::new();
    for mut versions in reader.repeated_codes() {
        sort_by(&mut versions, |&a, &b| units[a].span().from.cmp(&units[b].span().from).then(a.cmp(&b)));
        for (a, b) in overlapping(versions, |id| units[id].span()) {
            let other = format!("`{}`", reader.place_of(a.min(b), "from"));
            found.push((reader.place_of(a.max(b), "from"), units[a].code.0, other));
        }
    }
    for (place, code, other) in found {
        let code = shown(reader.facts.text(code), false).to_owned();
        reader.problem_at(place, &p::OVERLAP, &code, &other);
    }
}

fn levels(reader: &mut Reader) {
    let units = &reader.facts.units;
    let mut found = Vec::new();
    for (id, unit) in units.iter() {
        let code = reader.facts.text(unit.code.0);
        // A village stands under a commune, and its code says under which.
        let village = unit.level == Level::Village;
        match unit.parent.0.map(|parent| (units[parent].level, reader.facts.text(units[parent].code.0))) {
            Some((level, above)) if level >= unit.level || village && level != Level::Commune => {
                found.push((
                    reader.place_of(id, "parent"),
                    &p::BAD_LEVEL,
                    shown(above, false).to_owned(),
                    String::new(),
                ));
            }
            Some((_, above))
                if village && code.split_once('-').is_some_and(|(commune, _)| commune != above) =>
            {
                let wanted = format!("`{}-x`", shown(above, false));
                found.push((
                    reader.place_of(id, "code"),
                    &p::BAD_CODE,
                    shown(code, false).to_owned(),
                    wanted,
                ));
            }
            _ => {}
        }
    }
    for (place, kind, found, wanted) in found {
        reader.problem_at(place, kind, &found, &wanted);
    }
}

/// `continues` joins two versions of one level that meet on its day, one to one.
fn continuations(reader: &mut Reader) {
    let units = &reader.facts.units;
    let mut onward: Rows<Unit, Option<Id<Succession>>> = Rows::filled(units.len(), None);
    let mut back: Rows<Unit, Option<Id<Succession>>> = Rows::filled(units.len(), None);
    let mut found = Vec::new();
    let code = |id: Id<Unit>| shown(reader.facts.text(units[id].code.0), false).to_owned();
    for (id, succession) in reader.facts.successions.iter() {
        if succession.extent != Extent::Continues {
            continue;
        }
        let (old, new, day) = (succession.old.0, succession.new, succession.day);
        let mut wrong = |column, unit, wanted: String| {
            found.push((reader.place_of(id, column), &p::BAD_CONTINUATION, code(unit), wanted));
        };
        if units[old].span().to != day {
            wrong("old", old, format!("`to` = `{day}`"));
        }
        if units[new].span().from != day {
            wrong("new", new, format!("`from` = `{day}`"));
        }
        if units[old].level != units[new].level {
            wrong("new", new, format!("`level` = `{}`", units[old].level.word()));
        }
        for (side, column, unit) in [(&mut onward, "old", old), (&mut back, "new", new)] {
            if let Some(first) = side[unit] {
                let first = format!("`{}`", reader.place_of(first, column));
                found.push((reader.place_of(id, column), &p::DUPLICATE_ID, code(unit), first));
            }
            side[unit] = Some(id);
        }
    }
    for (place, kind, code, wanted) in found {
        reader.problem_at(place, kind, &code, &wanted);
    }
}

fn decisions(reader: &mut Reader) {
    let rows = &reader.facts.decisions;
    let mut sorted: Vec<_> =
        rows.ids().map(|id| (comparable(reader.facts.text(rows[id].number)), id)).collect();
    let key = |id: Id<Decision>| (rows[id].body, rows[id].signed);
    sort_by(&mut sorted, |a, b| key(a.1).cmp(&key(b.1)).then_with(|| a.0.cmp(&b.0)));
    let mut found = Vec::new();
    for same in sorted.chunk_by(|a, b| key(a.1) == key(b.1) && a.0 == b.0) {
        // Equal ones are in the order of the document.
        let Some(((_, first), others)) = same.split_first() else { continue };
        let first = format!("`{}`", reader.place_of(*first, "number"));
        found.extend(others.iter().map(|&(_, id)| (reader.place_of(id, "number"), first.clone())));
    }
    for (place, first) in found {
        reader.problem_at(place, &p::DUPLICATE_DECISION, "", &first);
    }
}

/// Notes each row that says a second time what another says, or contradicts it.
fn repeated<T: Row, K: Ord>(reader: &mut Reader, column: &str, key: impl Fn(&T) -> K) {
    let rows = T::rows(&reader.facts);
    let mut sorted: Vec<_> = rows.ids().collect();
    sort_by(&mut sorted, |&a, &b| key(&rows[a]).cmp(&key(&rows[b])));
    let mut found = Vec::new();
    for same in sorted.chunk_by(|&a, &b| key(&rows[a]) == key(&rows[b])) {
        let Some((&first, others)) = same.split_first() else { continue };
        found.extend(others.iter().map(|&id| (reader.place_of(id, column), reader.place_of(first, column))));
    }
    for (place, first) in found {
        reader.problem_at(place, &p::DUPLICATE_ROW, "", &format!("`{first}`"));
    }
}

/// The rows that a row refers to, and by which column.
type Onward<T> = Vec<(Id<T>, &'static str)>;

/// Notes each circle of references once, at the row of it that comes first in the document.
fn circles<T: Target>(reader: &mut Reader, next: fn(&Reader, &T, &mut Onward<T>)) {
    let rows = T::rows(&reader.facts);
    let found = find_circles(rows.len(), &mut |row| {
        let mut onward = Vec::new();
        next(reader, &rows[Id::at(row)], &mut onward);
        onward.into_iter().map(|(id, column)| (id.row(), column)).collect()
    });
    let mut problems = Vec::new();
    for circle in found {
        let Some(turn) = (0..circle.len()).min_by_key(|&at| circle.get(at)) else { continue };
        let turned = || circle.iter().cycle().skip(turn);
        let names: Vec<_> = turned()
            .take(circle.len().min(8) + 1)
            .map(|&(row, _)| reader.facts.text(rows[Id::at(row)].key()))
            .collect();
        if let Some(&(first, column)) = turned().next() {
            problems.push((reader.place_of(Id::<T>::at(first), column), names.join(" → ")));
        }
    }
    for (place, names) in problems {
        reader.problem_at(place, &p::CYCLE, &names, "");
    }
}

/// A row, and the column that leads on from it.
type Step = (usize, &'static str);

/// The circles of a graph, each as the steps along it, by a search in depth without recursion.
fn find_circles(len: usize, next: &mut dyn FnMut(usize) -> Vec<Step>) -> Vec<Vec<Step>> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut state = vec![State::New; len];
    let mut found = Vec::new();
    // Steps from the start, and what is left to visit from each.
    let mut path: Vec<(Step, Vec<Step>)> = Vec::new();
    for start in 0..len {
        let mut visit = Some(start);
        loop {
            if let Some(to) = visit.take() {
                match state.get_mut(to) {
                    Some(new @ State::New) => {
                        *new = State::Open;
                        path.push(((to, ""), next(to)));
                    }
                    Some(State::Open) => {
                        found.push(
                            path.iter().map(|&(step, _)| step).skip_while(|&(row, _)| row != to).collect(),
                        );
                    }
                    _ => {}
                }
            }
            let Some((at, onward)) = path.last_mut() else { break };
            if let Some((to, column)) = onward.pop() {
                at.1 = column;
                visit = Some(to);
            } else {
                if let Some(done) = state.get_mut(at.0) {
                    *done = State::Done;
                }
                path.pop();
            }
        }
    }
    found
}

/// Notes each neighbourhood that holds more facts than its limit, at the first fact too many.
fn crowds(reader: &mut Reader) {
    crowd(reader, "team", LIMIT, |row: &Membership| Some(row.team));
    crowd(reader, "person", LIMIT_OF_PERSON, |row: &Membership| Some(row.person));
    crowd(reader, "person", LIMIT_OF_PERSON, |row: &Position| Some(row.person));
    crowd(reader, "person", LIMIT_OF_PERSON, |row: &Residence| Some(row.person));
    crowd(reader, "person", LIMIT_OF_PERSON, |row: &Affiliation| Some(row.person));
    crowd(reader, "team", LIMIT, |row: &Suspension| Some(row.team));
    crowd(reader, "team", LIMIT, |row: &Declaration| Some(row.team));
    crowd(reader, "unit", LIMIT, |row: &Excuse| Some(row.unit));
    crowd(reader, "unit", LIMIT, |row: &Event| row.unit.0);
    crowd(reader, "team", LIMIT, |row: &Event| row.team.0);
    crowd(reader, "unit", LIMIT, |row: &Completion| row.unit.0);
    crowd(reader, "team", LIMIT, |row: &Completion| row.team.0);
    crowd(reader, "decision", LIMIT, |row: &Team| row.decision.0);
    crowd(reader, "decision", LIMIT, |row: &Membership| row.decision.0);
    crowd(reader, "parent", LIMIT, |row: &Team| row.parent.0);
    crowd(reader, "parent", LIMIT, |row: &Unit| row.parent.0);
    crowd(reader, "unit", LIMIT, |row: &Team| Some(row.unit));
    let teams = || reader.facts.teams.iter();
    let is_wide = |team: &Team| team.covers.length as usize > LIMIT;
    let wide = teams().filter(|(_, team)| is_wide(team)).map(|(id, _)| id.row()).collect();
    let covers = teams().filter(|(_, team)| !is_wide(team)).flat_map(|(id, team)| {
        reader.facts.ids(team.covers).map(move |village| (id.row(), Some(village.row())))
    });
    let found = find_crowds(reader.facts.units.len(), LIMIT, &mut { covers });
    note_crowds::<Team>(reader, "covers", LIMIT, found);
    note_crowds::<Team>(reader, "covers", LIMIT, wide);
}

fn crowd<O: Row, E: Row>(reader: &mut Reader, column: &str, limit: usize, owner: fn(&E) -> Option<Id<O>>) {
    let entries = E::rows(&reader.facts).iter().map(|(id, entry)| (id.row(), owner(entry).map(Id::row)));
    let found = find_crowds(O::rows(&reader.facts).len(), limit, &mut { entries });
    note_crowds::<E>(reader, column, limit, found);
}

/// The entry too many of each owner that has more than `limit`.
fn find_crowds(
    owners: usize,
    limit: usize,
    entries: &mut dyn Iterator<Item = (usize, Option<usize>)>,
) -> Vec<usize> {
    let mut counts = vec![0; owners];
    let mut found = Vec::new();
    for (entry, owner) in entries {
        if let Some(count) = owner.and_then(|owner| counts.get_mut(owner)) {
            *count += 1;
            if *count == limit + 1 {
                found.push(entry);
            }
        }
    }
    found
}

fn note_crowds<E: Row>(reader: &mut Reader, column: &str, limit: usize, entries: Vec<usize>) {
    for entry in entries {
        let place = reader.place_of(Id::<E>::at(entry), column);
        reader.problem_at(place, &p::TOO_MANY, E::NAME, &limit.to_string());
    }
}

/// Looks at the tables of a policy.
fn policy(reader: &mut Reader) {
    for id in reader.facts.settings.ids() {
        setting(reader, id);
    }
    for id in reader.facts.severities.ids() {
        let row = &reader.facts.severities[id];
        let (scope, name) = (row.scope, reader.facts.word(row.rule).to_owned());
        let unbound = row.severity == Weight::Error && row.force != Force::Binding;
        if !RULES.iter().any(|rule| rule.name == name) {
            reader.problem_at(reader.place_of(id, "rule"), &p::UNKNOWN_RULE, &name, "");
        }
        if unbound {
            reader.problem_at(reader.place_of(id, "severity"), &p::NOT_BINDING, "", "");
        }
        scope_form(reader, id, scope);
    }
    for id in reader.facts.obligations.ids() {
        let row = &reader.facts.obligations[id];
        let (scope, from, day, due, of) = (row.scope, row.from, row.day, row.due, row.of);
        let [count, months] = [row.count, row.months].map(|number| number.map(|number| number.0));
        scope_form(reader, id, scope);
        let row = &reader.facts.obligations[id];
        let is_team = row.who.is_some_and(|who| who != Who::Unit);
        let comes_back = row.every.is_some();
        let is_once = !comes_back && row.on.is_none();
        let unfit = [
            ("teams", "`null`", row.teams.is_some() && !is_team),
            ("scheme", "`null`", !comes_back && row.scheme.is_some()),
            ("on", "`null`", row.on.is_some() && comes_back),
            ("on", "`event`", row.on == Some(Trigger::Appointment) && row.who != Some(Who::Member)),
            // An event is of a unit or a team.
            ("on", "`appointment`", row.on == Some(Trigger::Event) && row.who == Some(Who::Member)),
            ("gathers", "`null`", row.gathers.is_some() && row.on.is_some()),
            ("to", "`null`", row.to.0.is_date() && is_once),
            ("due", "`after`", !is_once && matches!(due, Due::Before | Due::OnOrBefore)),
            ("adjust", "`none`", due == Due::Before && row.adjust == Adjust::Following),
            ("remind", "`null`", row.remind.is_some() && row.soon.is_some()),
            ("remind", "`5`", row.remind.is_some_and(|days| days.0 > LONGEST)),
            ("soon", "`5`", row.soon.is_some_and(|days| days.0 > LONGEST)),
            (
                "test",
                "`recorded`",
                (is_team || !is_once) && !matches!(row.test, Test::Recorded | Test::Reported),
            ),
            // Reports come by the calendar, from units and teams.
            (
                "test",
                "`recorded`",
                row.test == Test::Reported && (!comes_back || row.who == Some(Who::Member)),
            ),
            ("form", "`null`", row.test != Test::Reported && row.form.is_some()),
        ];
        let missing = [
            ("scheme", comes_back && row.scheme.is_none()),
            ("form", row.test == Test::Reported && row.form.is_none()),
        ];
        for (column, _) in missing.into_iter().filter(|&(_, is_missing)| is_missing) {
            reader.problem_at(reader.place_of(id, column), &p::MISSING, "", "");
        }
        let row = &reader.facts.obligations[id];
        let found = unfit.into_iter().filter(|&(.., is_unfit)| is_unfit);
        let found: Vec<_> = found.map(|(column, wanted, _)| (column, wanted, row.id)).collect();
        for (column, wanted, name) in found {
            let name = reader.facts.word(name).to_owned();
            reader.problem_at(reader.place_of(id, column), &p::UNFIT, &name, wanted);
        }
        if let Err((column, wanted)) = DueRule::of_columns(due, day.and_then(Day::date), count, of, months) {
            reader.problem_at(reader.place_of(id, column), &p::UNFIT, due.word(), wanted);
        }
        // The last good day may be the first.
        if let Some(day) = day
            && (day < from || day == from && due == Due::Before)
        {
            let place = reader.place_of(id, "day");
            reader.problem_at(place, &p::REVERSED_SPAN, &day.to_string(), &format!("`{from}`"));
        }
    }
    few::<Obligation>(reader, "id", LIMIT);
    calendar(reader);
    contradictions(
        reader,
        "key",
        |row: &Setting| (slot(row.key, row.of), row.scope),
        Setting::span,
        |_, row| row.key.word().to_owned(),
    );
    contradictions(
        reader,
        "rule",
        |row: &Severe| (row.rule.number(), row.scope),
        Severe::span,
        |facts, row| facts.word(row.rule).to_owned(),
    );
    contradictions(
        reader,
        "id",
        |row: &Obligation| (row.id.number(), row.scope),
        Obligation::holds,
        |facts, row| facts.word(row.id).to_owned(),
    );
}

/// Notes the first row too many of a table.
fn few<T: Row>(reader: &mut Reader, column: &str, limit: usize) {
    let crowd = T::rows(&reader.facts).ids().nth(limit).map(Id::row).into_iter().collect();
    note_crowds::<T>(reader, column, limit, crowd);
}

/// Looks at the tables of days.
fn calendar(reader: &mut Reader) {
    few::<Holiday>(reader, "id", LIMIT_OF_SETTING);
    few::<Decided>(reader, "day", LIMIT);
    repeated(reader, "day", |row: &Decided| row.day);
    repeated(reader, "year", |row: &DecidedYear| row.year.0);
    contradictions(
        reader,
        "id",
        |row: &Holiday| (row.id.number(), None),
        Holiday::span,
        |facts, row| facts.word(row.id).to_owned(),
    );
    for id in reader.facts.holidays.ids() {
        let row = &reader.facts.holidays[id];
        let (calendar, month, day) = (row.calendar, row.month.map(|month| month.0), row.day.0);
        let is_weekly = calendar == Reckoning::Week;
        let longest = match (calendar, month) {
            (Reckoning::Week, _) => 7,
            (Reckoning::Solar, Some(2)) => 29,
            (Reckoning::Solar, Some(4 | 6 | 9 | 11)) | (Reckoning::Lunar, _) => 30,
            _ => 31,
        };
        let beside = row.before.is_some() || row.after.is_some();
        let unfit = [
            ("month", "`null`", is_weekly && month.is_some()),
            ("month", "`4`", !is_weekly && month.is_none()),
            ("day", "`1`", day > longest),
            ("beside", "`null`", row.beside && (is_weekly || beside)),
            ("before", "`null`", is_weekly && row.before.is_some()),
            ("after", "`null`", is_weekly && row.after.is_some()),
            ("in_lieu", "`null`", is_weekly && row.in_lieu),
        ];
        for (column, wanted, _) in unfit.into_iter().filter(|&(.., is_unfit)| is_unfit) {
            reader.problem_at(reader.place_of(id, column), &p::UNFIT, calendar.word(), wanted);
        }
    }
    for id in reader.facts.days.ids() {
        let row = &reader.facts.days[id];
        if row.swapped_with == Some(row.day) {
            let work = row.work.word();
            reader.problem_at(reader.place_of(id, "swapped_with"), &p::UNFIT, work, "`null`");
        }
    }
}

fn setting(reader: &mut Reader, id: Id<Setting>) {
    let row = &reader.facts.settings[id];
    let (shape, about) = row.key.form();
    let words = || match row.value {
        Given::Words(list) => reader.facts.words(list).collect(),
        _ => Vec::new(),
    };
    let wanted = match shape {
        Shape::Wanted if !matches!(row.value, Given::Nothing | Given::Wanted) => Some("`true`".to_owned()),
        Shape::Count if !matches!(row.value, Given::Nothing | Given::Count(_)) => Some("`5`".to_owned()),
        Shape::Words | Shape::Levels | Shape::Roles
            if !matches!(row.value, Given::Nothing | Given::Words(_)) =>
        {
            Some("`[\"...\"]`".to_owned())
        }
        // Only of kinds of units there may be none: a level that has ended.
        Shape::Words | Shape::Levels | Shape::Roles
            if matches!(row.value, Given::Words(_)) && words().is_empty() && row.key != Key::UnitKinds =>
        {
            Some("`[\"...\"]`".to_owned())
        }
        Shape::Levels if words().iter().any(|word| Level::from_word(word).is_none()) => {
            Some(quoted(Level::WORDS))
        }
        Shape::Roles if words().iter().any(|word| Role::from_word(word).is_none()) => {
            Some(quoted(Role::WORDS))
        }
        _ => None,
    };
    let is_team = |of: Of| matches!(of, Of::Committee | Of::Steering | Of::Community);
    let of = match about {
        About::Nothing if row.of.is_some() => Some("`null`".to_owned()),
        About::Team if !row.of.is_some_and(is_team) => Some(quoted(TeamKind::WORDS)),
        About::Level if row.of.is_none_or(is_team) => Some(quoted(Level::WORDS)),
        _ => None,
    };
    let (key, scope) = (row.key.word(), row.scope);
    for (column, wanted) in [("value", wanted), ("of", of)] {
        if let Some(wanted) = wanted {
            reader.problem_at(reader.place_of(id, column), &p::UNFIT, key, &wanted);
        }
    }
    scope_form(reader, id, scope);
}

fn scope_form<T: Row>(reader: &mut Reader, id: Id<T>, scope: Option<Code>) {
    let Some(code) = scope.map(|code| reader.facts.text(code.0).to_owned()) else { return };
    if !is_any_code(&code) {
        let shown = shown(&code, false);
        let forms = Level::ALL.iter().map(|&level| code_form(level)).collect::<Vec<_>>().join(", ");
        reader.problem_at(reader.place_of(id, "scope"), &p::BAD_CODE, shown, &forms);
    }
}

/// Notes each row that sets what another one sets for the same scope and day.
fn contradictions<T: Row, K: Ord>(
    reader: &mut Reader,
    column: &str,
    key: impl Fn(&T) -> (K, Option<Code>),
    span: impl Fn(&T) -> Span,
    name: impl Fn(&Facts, &T) -> String,
) {
    let facts = &reader.facts;
    let rows = T::rows(facts);
    let compare = |a: &T, b: &T| -> Ordering {
        let ((a, here), (b, there)) = (key(a), key(b));
        let text = |code: Option<Code>| code.map(|code| facts.text(code.0));
        a.cmp(&b).then_with(|| text(here).cmp(&text(there)))
    };
    let mut ids: Vec<_> = rows.ids().collect();
    sort_by(&mut ids, |&a, &b| {
        compare(&rows[a], &rows[b])
            .then_with(|| span(&rows[a]).from.cmp(&span(&rows[b]).from))
            .then(a.cmp(&b))
    });
    let (mut found, mut crowds) = (Vec::new(), Vec::new());
    for same in ids.chunk_by(|&a, &b| compare(&rows[a], &rows[b]).is_eq()) {
        crowds.extend(same.get(LIMIT_OF_SETTING).map(|id| id.row()));
        found.extend(overlapping(same.iter().copied(), |id| span(&rows[id])));
    }
    for (one, other) in found {
        let (first, second) = (one.min(other), one.max(other));
        let name = name(&reader.facts, &T::rows(&reader.facts)[second]);
        let first = format!("`{}`", reader.place_of(first, column));
        reader.problem_at(reader.place_of(second, column), &p::CONTRADICTION, &name, &first);
    }
    note_crowds::<T>(reader, column, LIMIT_OF_SETTING, crowds);
}
