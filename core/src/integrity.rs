//! What no single cell shows: taken keys, codes that do not fit their level, versions that overlap, circles, crowds.

use crate::day::Day;
use crate::facts::{
    Affiliation, Body, Decision, Extent, Level, Membership, Person, Position, Residence, Row, Succession,
    Suspension, Team, Unit,
};
use crate::field::{Target, code_form, is_code};
use crate::problem as p;
use crate::read::{LIMIT, Reader, shown};
use crate::table::{Id, Rows};
use crate::text;
use std::collections::BTreeMap;
use std::num::NonZeroU32;

/// Looks at a row that was just read.
pub(crate) fn whole_row<T: Row>(reader: &mut Reader, id: Id<T>) {
    match T::ORDER {
        Unit::ORDER => unit(reader, Id::new(id.number())),
        Body::ORDER => keyed::<Body>(reader, id.number()),
        Decision::ORDER => keyed::<Decision>(reader, id.number()),
        Team::ORDER => keyed::<Team>(reader, id.number()),
        Person::ORDER => keyed::<Person>(reader, id.number()),
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

fn unit(reader: &mut Reader, id: Id<Unit>) {
    let unit = &reader.facts.units[id];
    let level = unit.level;
    let code = reader.facts.text(unit.code.0).to_owned();
    if !is_code(&code, level) {
        reader.problem_at(reader.place_of(id, "code"), &p::BAD_CODE, &shown(&code, false), code_form(level));
    }
    if !reader.enter_version(id) {
        reader.problem_at(
            reader.place_of(id, "code"),
            &p::TOO_MANY,
            &shown(&code, false),
            &LIMIT.to_string(),
        );
    }
}

/// Looks at the whole document, when every row is read.
pub(crate) fn whole_document(reader: &mut Reader) {
    overlaps(reader);
    levels(reader);
    continuations(reader);
    decisions(reader);
    circles::<Body>(reader, "parent", |_, body, out| out.extend(body.parent.0));
    circles::<Body>(reader, "successor", |_, body, out| out.extend(body.successor.0));
    circles::<Team>(reader, "parent", |_, team, out| {
        out.extend(team.parent.0.into_iter().chain(team.committee.0));
    });
    circles::<Decision>(reader, "replaces", |reader, decision, out| {
        for list in [decision.amends, decision.replaces, decision.annuls] {
            out.extend(reader.facts.ids(list));
        }
    });
    crowds(reader);
}

fn overlaps(reader: &mut Reader) {
    let units = &reader.facts.units;
    let text = |id: Id<Unit>| reader.facts.text(units[id].code.0);
    let mut sorted: Vec<_> = units.ids().collect();
    if sorted.windows(2).all(|pair| matches!(pair, [a, b] if text(*a) < text(*b))) {
        return;
    }
    sorted.sort_by(|&a, &b| {
        text(a).cmp(text(b)).then(units[a].span().from.cmp(&units[b].span().from)).then(a.cmp(&b))
    });
    let mut found = Vec::new();
    for pair in sorted.windows(2) {
        if let [a, b] = *pair
            && text(a) == text(b)
            && units[a].span().overlaps(units[b].span())
        {
            let (first, second) = (a.min(b), a.max(b));
            let other = format!("`{}`", reader.place_of(first, "from"));
            found.push((reader.place_of(second, "from"), text(a).to_owned(), other));
        }
    }
    for (place, code, other) in found {
        reader.problem_at(place, &p::OVERLAP, &shown(&code, false), &other);
    }
}

fn levels(reader: &mut Reader) {
    let units = &reader.facts.units;
    let mut found = Vec::new();
    for (id, unit) in units.iter() {
        if let Some(parent) = unit.parent.0
            && units[parent].level >= unit.level
        {
            found.push((reader.place_of(id, "parent"), reader.facts.text(units[parent].code.0).to_owned()));
        }
    }
    for (place, code) in found {
        reader.problem_at(place, &p::BAD_LEVEL, &shown(&code, false), "");
    }
}

/// `continues` joins two versions of one level that meet on its day, one to one.
fn continuations(reader: &mut Reader) {
    let units = &reader.facts.units;
    let mut onward: Rows<Unit, Option<Id<Succession>>> = Rows::filled(units.len(), None);
    let mut back: Rows<Unit, Option<Id<Succession>>> = Rows::filled(units.len(), None);
    let mut found = Vec::new();
    let code = |id: Id<Unit>| shown(reader.facts.text(units[id].code.0), false);
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

/// The number of a decision as compared: blanks, case, marks, kinds of dash and leading zeros do not count.
fn comparable(number: &str) -> String {
    let key = text::search_key(number).replace(['–', '—'], "-").replace(' ', "");
    key.trim_start_matches('0').to_owned()
}

fn decisions(reader: &mut Reader) {
    let mut seen: BTreeMap<(Id<Body>, Day, String), Id<Decision>> = BTreeMap::new();
    let mut found = Vec::new();
    for (id, decision) in reader.facts.decisions.iter() {
        let number = comparable(reader.facts.text(decision.number));
        match seen.entry((decision.body, decision.signed, number)) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(id);
            }
            std::collections::btree_map::Entry::Occupied(entry) => {
                let first = format!("`{}`", reader.place_of(*entry.get(), "number"));
                found.push((reader.place_of(id, "number"), first));
            }
        }
    }
    for (place, first) in found {
        reader.problem_at(place, &p::DUPLICATE_DECISION, "", &first);
    }
}

/// Notes each circle of references once, at the row of it that comes first in the document.
fn circles<T: Target>(reader: &mut Reader, column: &str, next: fn(&Reader, &T, &mut Vec<Id<T>>)) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let rows = T::rows(&reader.facts);
    let mut state = Rows::<T, State>::filled(rows.len(), State::New);
    let mut found = Vec::new();
    // Rows on the way from the start, and what is left to visit from each.
    let mut path: Vec<(Id<T>, Vec<Id<T>>)> = Vec::new();
    for start in rows.ids() {
        if state[start] == State::New {
            let mut onward = Vec::new();
            next(reader, &rows[start], &mut onward);
            state[start] = State::Open;
            path.push((start, onward));
        }
        while let Some((at, onward)) = path.last_mut() {
            let at = *at;
            match onward.pop() {
                None => {
                    state[at] = State::Done;
                    path.pop();
                }
                Some(to) if state[to] == State::New => {
                    let mut onward = Vec::new();
                    next(reader, &rows[to], &mut onward);
                    state[to] = State::Open;
                    path.push((to, onward));
                }
                Some(to) if state[to] == State::Open => {
                    let circle: Vec<_> = path.iter().map(|&(id, _)| id).skip_while(|&id| id != to).collect();
                    found.push(circle);
                }
                Some(_) => {}
            }
        }
    }
    let mut problems = Vec::new();
    for circle in found {
        let first = circle.iter().copied().min().unwrap_or(Id::at(0));
        let turn = circle.iter().position(|&id| id == first).unwrap_or(0);
        let names = circle.iter().cycle().skip(turn).take(circle.len().min(8) + 1);
        let names: Vec<_> = names.map(|&id| reader.facts.text(rows[id].key())).collect();
        problems.push((reader.place_of(first, column), names.join(" → ")));
    }
    for (place, names) in problems {
        reader.problem_at(place, &p::CYCLE, &names, "");
    }
}

/// Notes each neighbourhood that holds more than [`LIMIT`] facts, at the first fact too many.
fn crowds(reader: &mut Reader) {
    crowd(reader, "team", |row: &Membership| Some(row.team));
    crowd(reader, "person", |row: &Membership| Some(row.person));
    crowd(reader, "person", |row: &Position| Some(row.person));
    crowd(reader, "person", |row: &Residence| Some(row.person));
    crowd(reader, "person", |row: &Affiliation| Some(row.person));
    crowd(reader, "team", |row: &Suspension| Some(row.team));
    crowd(reader, "parent", |row: &Unit| row.parent.0.filter(|_| row.level == Level::Village));
    crowd(reader, "unit", |row: &Team| Some(row.unit));
    let mut served: Rows<Unit, usize> = Rows::filled(reader.facts.units.len(), 0);
    let mut found = None;
    for (id, team) in reader.facts.teams.iter() {
        for village in reader.facts.ids(team.covers) {
            served[village] += 1;
            if served[village] == LIMIT + 1 {
                found = found.or(Some(reader.place_of(id, "covers")));
            }
        }
    }
    if let Some(place) = found {
        reader.problem_at(place, &p::TOO_MANY, "`teams`", &LIMIT.to_string());
    }
}

fn crowd<O: Row, E: Row>(reader: &mut Reader, column: &str, owner: fn(&E) -> Option<Id<O>>) {
    let mut counts: Rows<O, usize> = Rows::filled(O::rows(&reader.facts).len(), 0);
    let mut found = Vec::new();
    for (id, entry) in E::rows(&reader.facts).iter() {
        if let Some(owner) = owner(entry) {
            counts[owner] += 1;
            if counts[owner] == LIMIT + 1 {
                found.push(reader.place_of(id, column));
            }
        }
    }
    for place in found {
        reader.problem_at(place, &p::TOO_MANY, &format!("`{}`", E::TABLE.name), &LIMIT.to_string());
    }
}
