//! *Edits*: rows that are added, changed or ended in a checked register. Only what stands near them is looked at again, and the answer
//! is what an edit changed: findings and duties that are gone, and those that are new.
//!
//! After any edits the findings equal those of a full check of the edited facts.

use crate::agenda::AgendaRow;
use crate::choice::{Level, quoted};
use crate::context::Context;
use crate::day::Day;
use crate::duty::Duty;
use crate::error::Error;
use crate::facts::{
    Affiliation, Decision, Declaration, Excuse, Facts, Membership, Person, Position, Residence, Row,
    Suspension, TABLES, Team,
};
use crate::finding::Finding;
use crate::json::{Tree, unknown_column};
use crate::locale::{Locale, Names};
use crate::number::comparable;
use crate::order::sort;
use crate::personal::shown;
use crate::problem::{self as p, Place, Problem, ProblemKind};
use crate::read::{LIMIT, LIMIT_OF_PERSON, Read, Reader};
use crate::register::{Inner, Line, by_body_and_year, by_name, by_number};
use crate::rule::Draft;
use crate::spans::Owner;
use crate::table::{Cell, Chain, Id, Table, Text};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::borrow::Cow;
use std::sync::Arc;

/// What an edit changed.
pub struct Edited<'c> {
    pub(crate) context: &'c Context,
    pub(crate) gone: Vec<Draft>,
    pub(crate) new: Vec<Draft>,
    pub(crate) duties_gone: Vec<Duty>,
    pub(crate) duties_new: Vec<Duty>,
}

impl Edited<'_> {
    fn findings<'e>(&'e self, drafts: &'e [Draft]) -> impl Iterator<Item = Finding<'e>> {
        drafts.iter().map(|draft| Finding { context: self.context, draft, position: usize::MAX })
    }

    /// Findings that hold no longer. Their texts name things as they are called now.
    pub fn gone(&self) -> impl Iterator<Item = Finding<'_>> {
        self.findings(&self.gone)
    }

    /// Findings that hold since the edit.
    #[expect(clippy::new_ret_no_self, reason = "it gives what is new")]
    pub fn new(&self) -> impl Iterator<Item = Finding<'_>> {
        self.findings(&self.new)
    }

    fn duties<'e>(&'e self, duties: &'e [Duty]) -> impl Iterator<Item = AgendaRow<'e>> {
        duties.iter().map(|duty| AgendaRow { context: self.context, duty })
    }

    /// Duties as they stood before.
    pub fn duties_gone(&self) -> impl Iterator<Item = AgendaRow<'_>> {
        self.duties(&self.duties_gone)
    }

    /// Duties as they stand now.
    pub fn duties_new(&self) -> impl Iterator<Item = AgendaRow<'_>> {
        self.duties(&self.duties_new)
    }

    /// As JSON data, with texts where a locale is given.
    #[must_use]
    pub fn data(&self, text: Option<(Locale, Names)>) -> impl Serialize {
        Data { edited: self, text }
    }
}

struct Data<'e> {
    edited: &'e Edited<'e>,
    text: Option<(Locale, Names)>,
}

impl<'e> Serialize for Data<'e> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { edited, text } = *self;
        let locale = text.map(|(locale, _)| locale);
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("gone", &edited.gone().map(|finding| finding.data(text)).collect::<Vec<_>>())?;
        map.serialize_entry("new", &edited.new().map(|finding| finding.data(text)).collect::<Vec<_>>())?;
        let duty = |row: AgendaRow<'e>| row.data(locale);
        map.serialize_entry("duties_gone", &edited.duties_gone().map(duty).collect::<Vec<_>>())?;
        map.serialize_entry("duties_new", &edited.duties_new().map(duty).collect::<Vec<_>>())?;
        map.end()
    }
}

/// A problem of a change, with the column it is about.
type Fault = (&'static str, &'static ProblemKind, String, String);

/// A change as it was written.
struct Change<'d> {
    table: &'static Editable,
    /// Values by which an existing row is found.
    wanted: Vec<(usize, Cell<'d>)>,
    /// Values of the new row, or those that change.
    values: Vec<(usize, Cell<'d>)>,
    adds: bool,
}

/// Applies every change of a document, or none: then the problems of the first change that cannot be applied.
pub(crate) fn apply(context: &mut Context, changes: &str, touched: &mut Vec<Owner>) -> Result<(), Error> {
    let changes = match crate::json::tree(changes)? {
        Tree::List(changes) => changes,
        change => vec![change],
    };
    let mut undo = Vec::new();
    // Many changes near one place touch the same owners again and again.
    let mut most = 1 << 16;
    for (number, change) in changes.into_iter().enumerate() {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let applied = parse(change, number).and_then(|change| {
            apply_one(context, &change, touched, &mut undo).map_err(|problems| located(problems, number))
        });
        if let Err(problems) = applied {
            let inner = Arc::make_mut(context.inner_mut());
            undo.into_iter().rev().for_each(|undo| undo.run(inner));
            return Err(Error::Invalid(problems.into()));
        }
        if touched.len() > most {
            *touched = once(std::mem::take(touched));
            most = touched.len() * 2 + (1 << 16);
        }
    }
    context.learn_words();
    Ok(())
}

/// What takes one change back.
enum Undo {
    Added(&'static Editable, usize),
    /// With the cells that the row had.
    Replaced(&'static Editable, usize, Vec<Cell<'static>>),
}

impl Undo {
    fn run(self, inner: &mut Inner) {
        match self {
            Self::Added(table, row) => take_back(inner, table, row),
            Self::Replaced(table, row, cells) => {
                (table.link)(inner, row, false);
                // What was read once is read again.
                read(inner, table, &cells, Some(row));
                (table.link)(inner, row, true);
            }
        }
    }
}

fn apply_one(
    context: &mut Context,
    change: &Change<'_>,
    touched: &mut Vec<Owner>,
    undo: &mut Vec<Undo>,
) -> Result<(), Vec<Problem>> {
    let table = change.table;
    let columns = table.table.columns;
    if change.adds {
        let mut cells = vec![Cell::Absent; columns.len()];
        put(&mut cells, &change.values);
        let row = add(Arc::make_mut(context.inner_mut()), table, &cells)?;
        undo.push(Undo::Added(table, row));
        (table.touched)(&mut Touch { context, owners: touched }, row);
        return Ok(());
    }
    let row = find(context.inner(), table, &change.wanted)?;
    let mut now = Vec::new();
    context.facts().one_row(table.order, row, &mut now);
    let old: Vec<Cell<'static>> = now.iter().map(owned).collect();
    let key = old.first().filter(|_| table.key.is_some());
    if change.values.iter().any(|(column, cell)| *column == 0 && key.is_some_and(|key| key != cell)) {
        let column = columns.first().map(|column| column.name);
        return Err(vec![problem(Place { column, ..Place::default() }, &p::FIXED, column.unwrap_or(""), "")]);
    }
    let mut cells = old.clone();
    put(&mut cells, &change.values);
    (table.touched)(&mut Touch { context, owners: touched }, row);
    replace(Arc::make_mut(context.inner_mut()), table, row, &cells, &old)?;
    undo.push(Undo::Replaced(table, row, old));
    (table.touched)(&mut Touch { context, owners: touched }, row);
    Ok(())
}

/// The place of a change, or of a column in it.
fn place(number: u32, column: Option<&'static str>) -> Place {
    Place { table: Some("changes"), row: Some(number), column, ..Place::default() }
}

/// The problems of a change, placed in the document of changes.
fn located(problems: Vec<Problem>, number: u32) -> Vec<Problem> {
    let moved = |problem: Problem| {
        let Place { column, item, .. } = problem.place;
        Problem { place: Place { item, ..place(number, column) }, ..problem }
    };
    problems.into_iter().map(moved).collect()
}

fn problem(place: Place, kind: &'static ProblemKind, found: &str, wanted: &str) -> Problem {
    Problem { place, kind, found: found.into(), wanted: wanted.into() }
}

/// Reads one change: `{"add": table, "row": {...}}`, `{"change": table, "where": {...}, "set": {...}}` or
/// `{"end": table, "where": {...}, "to": day}`.
fn parse(change: Tree<'_>, number: u32) -> Result<Change<'_>, Vec<Problem>> {
    let here = place(number, None);
    let Tree::Object(pairs) = change else { return Err(vec![problem(here, &p::NOT_AN_OBJECT, "", "")]) };
    let operation = pairs.iter().find_map(|(key, _)| match &**key {
        "add" => Some(&["add", "row"][..]),
        "change" => Some(&["change", "where", "set"]),
        "end" => Some(&["end", "where", "to"]),
        _ => None,
    });
    let Some(keys) = operation else {
        let found = pairs.first().map_or("", |(key, _)| shown(key, true));
        return Err(vec![problem(here, &p::UNKNOWN_KEY, found, &quoted(&["add", "change", "end"]))]);
    };
    let mut values: [Option<Tree<'_>>; 3] = [None, None, None];
    for (key, value) in pairs {
        match keys.iter().position(|known| *known == key).and_then(|at| values.get_mut(at)) {
            Some(slot) if slot.is_none() => *slot = Some(value),
            Some(_) => return Err(vec![problem(here, &p::DUPLICATE_KEY, &key, "")]),
            None => return Err(vec![problem(here, &p::UNKNOWN_KEY, shown(&key, true), &quoted(keys))]),
        }
    }
    let at = |position: usize| place(number, keys.get(position).copied());
    let [table, first, second] = values;
    let names: Vec<_> = EDITABLE.iter().map(|table| table.table.name).collect();
    let Some(Tree::Cell(Cell::Text(name))) = table else {
        return Err(vec![problem(at(0), &p::NOT_TEXT, "", "")]);
    };
    let Some(table) = EDITABLE.iter().find(|table| table.table.name == name) else {
        let known = TABLES.iter().find(|table| table.name == name);
        let found = known.map_or_else(|| shown(&name, true), |table| table.name);
        return Err(vec![problem(at(0), &p::NOT_EDITABLE, found, &quoted(&names))]);
    };
    let (mut wanted, mut row) = (Vec::new(), Vec::new());
    match keys {
        ["add", _] => row = columns(table.table, first, at(1))?,
        ["end", ..] => {
            let Some(to) = table.table.columns.iter().position(|column| column.name == "to") else {
                return Err(vec![problem(here, &p::UNKNOWN_KEY, "end", &quoted(&["add", "change"]))]);
            };
            wanted = columns(table.table, first, at(1))?;
            match second.map(Tree::cell) {
                None | Some(Cell::Absent) => return Err(vec![problem(at(2), &p::MISSING, "", "")]),
                Some(day) => row.push((to, day)),
            }
        }
        _ => {
            wanted = columns(table.table, first, at(1))?;
            row = columns(table.table, second, at(2))?;
        }
    }
    let adds = keys.len() == 2;
    Ok(Change { table, wanted, values: row, adds })
}

/// The columns of the object at a place, with their values.
fn columns<'d>(
    table: &'static Table,
    object: Option<Tree<'d>>,
    here: Place,
) -> Result<Vec<(usize, Cell<'d>)>, Vec<Problem>> {
    let Some(Tree::Object(pairs)) = object else {
        return Err(vec![problem(here, &p::NOT_AN_OBJECT, "", "")]);
    };
    let mut columns: Vec<(usize, Cell<'d>)> = Vec::new();
    for (key, value) in pairs {
        let Some(column) = table.columns.iter().position(|column| column.name == key) else {
            let (found, wanted) = unknown_column(&key, table);
            return Err(vec![problem(here, &p::UNKNOWN_KEY, found, &wanted)]);
        };
        if columns.iter().any(|(other, _)| *other == column) {
            return Err(vec![problem(here, &p::DUPLICATE_KEY, &key, "")]);
        }
        columns.push((column, value.cell()));
    }
    Ok(columns)
}

fn put(cells: &mut [Cell<'static>], values: &[(usize, Cell<'_>)]) {
    for (column, value) in values {
        if let Some(cell) = cells.get_mut(*column) {
            *cell = owned(value);
        }
    }
}

fn owned(cell: &Cell<'_>) -> Cell<'static> {
    match cell {
        Cell::Absent => Cell::Absent,
        Cell::Flag(flag) => Cell::Flag(*flag),
        Cell::Count(count) => Cell::Count(*count),
        Cell::Text(text) => Cell::Text(Cow::Owned(text.clone().into_owned())),
        Cell::Day(day) => Cell::Day(*day),
        Cell::List(items) => Cell::List(items.iter().map(owned).collect()),
        Cell::Number => Cell::Number,
        Cell::Object => Cell::Object,
    }
}

/// The one row that has all the values.
fn find(inner: &Inner, table: &Editable, wanted: &[(usize, Cell<'_>)]) -> Result<usize, Vec<Problem>> {
    let facts = &inner.facts;
    let mut cells = Vec::new();
    let mut matches = |row: &usize| {
        facts.one_row(table.order, *row, &mut cells);
        wanted.iter().all(|(column, wanted)| match (cells.get(*column), wanted) {
            (Some(Cell::Day(day)), Cell::Text(text)) => Day::parse(text) == Some(*day),
            (Some(Cell::Absent), Cell::Flag(false)) => true,
            (Some(cell), wanted) => cell == wanted,
            (None, _) => false,
        })
    };
    let text = |name: &str| {
        let column = table.table.columns.iter().position(|column| column.name == name)?;
        wanted.iter().find_map(|(at, cell)| match cell {
            Cell::Text(text) if *at == column => Some(&**text),
            _ => None,
        })
    };
    let mut found = (table.near)(inner, &text).unwrap_or_else(|| (0..facts.len(table.order)).collect());
    found.retain(&mut matches);
    match found[..] {
        [row] => Ok(row),
        [] => Err(vec![problem(Place::default(), &p::NO_ROW, "", "")]),
        _ => Err(vec![problem(Place::default(), &p::SEVERAL_ROWS, &found.len().to_string(), "")]),
    }
}

/// Reads and indexes a new row.
fn add(inner: &mut Inner, table: &'static Editable, cells: &[Cell<'_>]) -> Result<usize, Vec<Problem>> {
    let row = inner.facts.len(table.order);
    let problems = read(inner, table, cells, None);
    if !problems.is_empty() {
        if inner.facts.len(table.order) > row {
            forget(inner, table, row);
        }
        return Err(problems);
    }
    (table.grow)(inner, true);
    (table.link)(inner, row, true);
    if let Some(fault) = (table.fault)(inner, row) {
        take_back(inner, table, row);
        return Err(vec![faulty(table, fault)]);
    }
    Ok(row)
}

/// Takes the last row back.
fn take_back(inner: &mut Inner, table: &Editable, row: usize) {
    (table.link)(inner, row, false);
    (table.grow)(inner, false);
    forget(inner, table, row);
}

/// Drops the last row and its key.
fn forget(inner: &mut Inner, table: &Editable, row: usize) {
    let Inner { facts, keys, .. } = inner;
    let key = table.key.and_then(|key| key(facts, row));
    if let (Some(key), Some(keys)) = (key, keys.get_mut(table.order)) {
        keys.remove(facts.text(key), |other| other == row);
    }
    facts.pop_row(table.order);
}

/// Reads a row in place of another, whose cells are `old`.
fn replace(
    inner: &mut Inner,
    table: &'static Editable,
    row: usize,
    cells: &[Cell<'_>],
    old: &[Cell<'_>],
) -> Result<(), Vec<Problem>> {
    (table.link)(inner, row, false);
    let mut problems = read(inner, table, cells, Some(row));
    if problems.is_empty() {
        (table.link)(inner, row, true);
        let Some(fault) = (table.fault)(inner, row) else { return Ok(()) };
        (table.link)(inner, row, false);
        problems.push(faulty(table, fault));
    }
    read(inner, table, old, Some(row));
    (table.link)(inner, row, true);
    Err(problems)
}

fn faulty(table: &Editable, (column, kind, found, wanted): Fault) -> Problem {
    let column = table.table.columns.iter().map(|own| own.name).find(|name| *name == column);
    problem(Place { column, ..Place::default() }, kind, &found, &wanted)
}

/// Reads one row, at the end of its table or in place of another; gives its problems.
fn read(inner: &mut Inner, table: &Editable, cells: &[Cell<'_>], replaces: Option<usize>) -> Vec<Problem> {
    let mut reader = Reader::over(Read {
        facts: std::mem::take(&mut inner.facts),
        keys: std::mem::take(&mut inner.keys),
        versions: std::mem::take(&mut inner.versions),
    });
    let row = replaces.unwrap_or_else(|| reader.facts.len(table.order));
    reader.at(table.order, u32::try_from(row).unwrap_or(u32::MAX));
    reader.replaces = replaces.map(|row| Id::<Team>::at(row).number());
    Facts::read_row(table.order, cells, &mut reader);
    reader.complete(table.order);
    let (read, problems) = reader.parts();
    (inner.facts, inner.keys, inner.versions) = (read.facts, read.keys, read.versions);
    problems
}

/// What an edit has to look at again.
struct Touch<'t> {
    context: &'t Context,
    owners: &'t mut Vec<Owner>,
}

impl Touch<'_> {
    fn team(&mut self, id: Id<Team>) {
        self.owners.push(Owner::Team(id));
    }

    fn person(&mut self, id: Id<Person>) {
        let facts = self.context.facts();
        self.owners.extend([Owner::Person(id), Owner::Card(id), Owner::Names(by_name(facts, id).hash)]);
        self.owners.extend(by_number(facts, id).map(|row| Owner::Citizens(row.hash)));
    }

    fn teams_of(&mut self, id: Id<Person>) {
        let (facts, inner) = (self.context.facts(), self.context.inner());
        self.owners.extend(inner.memberships.of(id).map(|id| Owner::Team(facts.memberships[id].team)));
    }

    /// A unit that gains or loses a team, and the one above it.
    fn unit(&mut self, line: Id<Line>) {
        self.owners.push(Owner::Unit(line));
        if self.context.inner().level(line) == Level::Village {
            let mut above = Vec::new();
            self.above(line, &mut above);
            self.owners.extend(above.into_iter().map(Owner::Unit));
        }
    }

    /// The duties of a unit and of those above it.
    fn duties(&mut self, line: Id<Line>) {
        if self.context.policy.obligations().is_empty() {
            return;
        }
        let mut path = vec![line];
        let mut next = 0;
        while let Some(&line) = path.get(next) {
            next += 1;
            self.above(line, &mut path);
        }
        self.owners.extend(path.into_iter().map(Owner::Duties));
    }

    /// Adds the units that were above one, each once.
    fn above(&self, line: Id<Line>, out: &mut Vec<Id<Line>>) {
        let inner = self.context.inner();
        for version in inner.versions(line) {
            let parent = self.context.unit(version).parent.0.map(|parent| inner.line_of[parent]);
            out.extend(parent.filter(|parent| !out.contains(parent)));
        }
    }

    /// What is known of a person beside the teams.
    fn of_person(&mut self, id: Id<Person>) {
        self.owners.push(Owner::Person(id));
        self.teams_of(id);
    }

    fn team_and_place(&mut self, id: Id<Team>) {
        let (facts, inner) = (self.context.facts(), self.context.inner());
        let row = &facts.teams[id];
        self.team(id);
        self.owners.extend(inner.below.of(id).map(Owner::Team));
        self.owners.extend(inner.answering.of(id).map(Owner::Team));
        for member in inner.members.of(id) {
            self.person(facts.memberships[member].person);
        }
        for place in facts.ids(row.covers).chain([row.unit]).map(|unit| inner.line_of[unit]) {
            self.unit(place);
            self.duties(place);
        }
        self.owners.extend(row.decision.0.map(Owner::Decision));
    }

    fn decision(&mut self, id: Id<Decision>) {
        let (facts, inner) = (self.context.facts(), self.context.inner());
        self.owners.push(Owner::Decision(id));
        self.owners.extend(by_body_and_year(facts, id).map(|row| Owner::Numbers(row.hash)));
        self.owners.extend(inner.appointed.of(id).map(|id| Owner::Team(facts.memberships[id].team)));
        for team in inner.decided.of(id) {
            self.owners.push(Owner::Team(team));
            self.duties(self.context.place_of(team));
        }
        for old in inner.superseded_by(id) {
            self.owners.extend(inner.decided.of(old).map(Owner::Team));
        }
    }
}

/// The key of a row.
type KeyOf = fn(&Facts, usize) -> Option<Text>;

/// Finds rows by texts of columns.
type Near = for<'w> fn(&Inner, &dyn Fn(&str) -> Option<&'w str>) -> Option<Vec<usize>>;

/// A table whose rows may be edited: how a row is indexed, and what stands near it.
struct Editable {
    /// Position among all tables.
    order: usize,
    table: &'static Table,
    /// The key of a row, if the table has keys.
    key: Option<KeyOf>,
    /// Rows among which all are that have these texts; none if that cannot be told without a look at all.
    near: Near,
    /// Makes room for a row in the indexes by this table, or takes it back.
    grow: fn(&mut Inner, bool),
    /// Puts a row into the indexes, or takes it out.
    link: fn(&mut Inner, usize, bool),
    /// What only the row's neighbours show to be wrong.
    fault: fn(&Inner, usize) -> Option<Fault>,
    /// Notes what a change of the row may change.
    touched: fn(&mut Touch<'_>, usize),
}

static EDITABLE: &[Editable] = &[
    Editable {
        order: Decision::ORDER,
        table: Decision::TABLE,
        key: Some(|facts, row| facts.decisions.try_get(row).map(|row| row.id.0)),
        near: |inner, text| text("id").map(|key| by_key(inner, Decision::ORDER, key)),
        grow: |inner, on| {
            inner.decided.grow(on);
            inner.appointed.grow(on);
            inner.superseded.grow(on);
        },
        link: link_decision,
        fault: fault_of_decision,
        touched: |touch, row| touch.decision(Id::at(row)),
    },
    Editable {
        order: Team::ORDER,
        table: Team::TABLE,
        key: Some(|facts, row| facts.teams.try_get(row).map(|row| row.id.0)),
        near: |inner, text| text("id").map(|key| by_key(inner, Team::ORDER, key)),
        grow: |inner, on| {
            inner.members.grow(on);
            inner.suspensions.grow(on);
            inner.declarations.grow(on);
            inner.below.grow(on);
            inner.answering.grow(on);
        },
        link: |inner, row, on| {
            let id = Id::at(row);
            let Team { unit, decision, parent, committee, .. } = inner.facts.teams[id];
            inner.managed.set(Some(inner.line_of[unit]), id, on);
            inner.decided.set(decision.0, id, on);
            inner.below.set(parent.0, id, on);
            inner.answering.set(committee.0, id, on);
            inner.link_covers(id, on);
        },
        fault: fault_of_team,
        touched: |touch, row| touch.team_and_place(Id::at(row)),
    },
    Editable {
        order: Suspension::ORDER,
        table: Suspension::TABLE,
        key: None,
        near: |inner, text| Some(of_owner(inner, Team::ORDER, text("team")?, &inner.suspensions)),
        grow: |_, _| {},
        link: |inner, row, on| {
            let id = Id::at(row);
            inner.suspensions.set(Some(inner.facts.suspensions[id].team), id, on);
        },
        fault: |inner, row| {
            let count = inner.suspensions.count(inner.facts.suspensions[Id::at(row)].team);
            too_many("team", Suspension::NAME, count, LIMIT)
        },
        touched: |touch, row| touch.team(touch.context.facts().suspensions[Id::at(row)].team),
    },
    Editable {
        order: Declaration::ORDER,
        table: Declaration::TABLE,
        key: None,
        near: |inner, text| Some(of_owner(inner, Team::ORDER, text("team")?, &inner.declarations)),
        grow: |_, _| {},
        link: |inner, row, on| {
            let id = Id::at(row);
            inner.declarations.set(Some(inner.facts.declarations[id].team), id, on);
        },
        fault: |inner, row| {
            let (rows, id) = (&inner.facts.declarations, Id::at(row));
            let (team, from) = (rows[id].team, rows[id].from);
            let mut same =
                inner.declarations.of(team).filter(|&other| other != id && rows[other].from == from);
            same.next()
                .map(|other| twice("from", Declaration::NAME, other.row()))
                .or_else(|| too_many("team", Declaration::NAME, inner.declarations.count(team), LIMIT))
        },
        touched: |touch, row| touch.team(touch.context.facts().declarations[Id::at(row)].team),
    },
    Editable {
        order: Excuse::ORDER,
        table: Excuse::TABLE,
        key: None,
        near: |_, _| None,
        grow: |_, _| {},
        link: |inner, row, on| {
            let id = Id::at(row);
            inner.excuses.set(Some(inner.line_of[inner.facts.excuses[id].unit]), id, on);
        },
        fault: |inner, row| {
            let (rows, id) = (&inner.facts.excuses, Id::at(row));
            let key = |id: Id<Excuse>| (rows[id].obligation, rows[id].unit, rows[id].day);
            let line = inner.line_of[rows[id].unit];
            let mut same = inner.excuses.of(line).filter(|&other| other != id && key(other) == key(id));
            same.next()
                .map(|other| twice("day", Excuse::NAME, other.row()))
                .or_else(|| too_many("unit", Excuse::NAME, inner.excuses.count(line), LIMIT))
        },
        touched: |touch, row| {
            let unit = touch.context.facts().excuses[Id::at(row)].unit;
            touch.owners.push(Owner::Duties(touch.context.inner().line_of[unit]));
        },
    },
    Editable {
        order: Person::ORDER,
        table: Person::TABLE,
        key: Some(|facts, row| facts.people.try_get(row).map(|row| row.id.0)),
        near: |inner, text| text("id").map(|key| by_key(inner, Person::ORDER, key)),
        grow: |inner, on| {
            inner.memberships.grow(on);
            inner.positions.grow(on);
            inner.affiliations.grow(on);
            inner.residences.grow(on);
        },
        link: |inner, row, on| {
            by_name(&inner.facts, Id::at(row)).set(&mut inner.names, on);
            if let Some(number) = by_number(&inner.facts, Id::at(row)) {
                number.set(&mut inner.citizens, on);
            }
        },
        fault: |_, _| None,
        touched: |touch, row| {
            touch.person(Id::at(row));
            touch.teams_of(Id::at(row));
        },
    },
    Editable {
        order: Residence::ORDER,
        table: Residence::TABLE,
        key: None,
        near: |inner, text| Some(of_owner(inner, Person::ORDER, text("person")?, &inner.residences)),
        grow: |_, _| {},
        link: |inner, row, on| {
            inner.residences.set(Some(inner.facts.residences[Id::at(row)].person), Id::at(row), on);
        },
        fault: |inner, row| {
            let count = inner.residences.count(inner.facts.residences[Id::at(row)].person);
            too_many("person", Residence::NAME, count, LIMIT_OF_PERSON)
        },
        touched: |touch, row| touch.of_person(touch.context.facts().residences[Id::at(row)].person),
    },
    Editable {
        order: Affiliation::ORDER,
        table: Affiliation::TABLE,
        key: None,
        near: |inner, text| Some(of_owner(inner, Person::ORDER, text("person")?, &inner.affiliations)),
        grow: |_, _| {},
        link: |inner, row, on| {
            inner.affiliations.set(Some(inner.facts.affiliations[Id::at(row)].person), Id::at(row), on);
        },
        fault: |inner, row| {
            let count = inner.affiliations.count(inner.facts.affiliations[Id::at(row)].person);
            too_many("person", Affiliation::NAME, count, LIMIT_OF_PERSON)
        },
        touched: |touch, row| touch.of_person(touch.context.facts().affiliations[Id::at(row)].person),
    },
    Editable {
        order: Position::ORDER,
        table: Position::TABLE,
        key: None,
        near: |inner, text| Some(of_owner(inner, Person::ORDER, text("person")?, &inner.positions)),
        grow: |_, _| {},
        link: |inner, row, on| {
            inner.positions.set(Some(inner.facts.positions[Id::at(row)].person), Id::at(row), on);
        },
        fault: |inner, row| {
            let count = inner.positions.count(inner.facts.positions[Id::at(row)].person);
            too_many("person", Position::NAME, count, LIMIT_OF_PERSON)
        },
        touched: |touch, row| touch.of_person(touch.context.facts().positions[Id::at(row)].person),
    },
    Editable {
        order: Membership::ORDER,
        table: Membership::TABLE,
        key: None,
        near: |inner, text| match text("person") {
            Some(person) => Some(of_owner(inner, Person::ORDER, person, &inner.memberships)),
            None => Some(of_owner(inner, Team::ORDER, text("team")?, &inner.members)),
        },
        grow: |_, _| {},
        link: |inner, row, on| {
            let id = Id::at(row);
            let Membership { team, person, decision, .. } = inner.facts.memberships[id];
            inner.members.set(Some(team), id, on);
            inner.memberships.set(Some(person), id, on);
            inner.appointed.set(decision.0, id, on);
        },
        fault: |inner, row| {
            let row = &inner.facts.memberships[Id::at(row)];
            let appointed = row.decision.0.map_or(0, |decision| inner.appointed.count(decision));
            too_many("team", Membership::NAME, inner.members.count(row.team), LIMIT)
                .or_else(|| {
                    too_many("person", Membership::NAME, inner.memberships.count(row.person), LIMIT_OF_PERSON)
                })
                .or_else(|| too_many("decision", Membership::NAME, appointed, LIMIT))
        },
        touched: |touch, row| {
            let row = &touch.context.facts().memberships[Id::at(row)];
            touch.team(row.team);
            touch.person(row.person);
        },
    },
];

fn too_many(column: &'static str, table: &str, count: usize, limit: usize) -> Option<Fault> {
    (count > limit).then(|| (column, &p::TOO_MANY, table.to_owned(), limit.to_string()))
}

fn twice(column: &'static str, table: &str, other: usize) -> Fault {
    (column, &p::DUPLICATE_ROW, String::new(), format!("`{table}[{other}].{column}`"))
}

/// The rows that a row refers to, and by which column.
type Onward = Vec<(usize, &'static str)>;

/// The shortest way from a row back to itself, at the column by which it begins.
fn circle(inner: &Inner, order: usize, row: usize, next: &dyn Fn(usize, &mut Onward)) -> Option<Fault> {
    let key = EDITABLE.iter().find(|table| table.order == order).and_then(|table| table.key)?;
    // Of each row reached, the one before it.
    let mut before = vec![None; inner.facts.len(order)];
    let mut ways = vec![(row, None)];
    let mut onward = Vec::new();
    let mut done = 0;
    while let Some(&(at, first)) = ways.get(done) {
        done += 1;
        next(at, &mut onward);
        for (to, column) in onward.drain(..) {
            let first = first.unwrap_or(column);
            if to == row {
                let mut way = vec![row, at];
                while let Some(Some(back)) = way.last().map(|&last| before.get(last).copied().flatten()) {
                    way.push(back);
                }
                way.reverse();
                way.truncate(9);
                let names: Vec<_> = way.into_iter().filter_map(|row| key(&inner.facts, row)).collect();
                let names: Vec<_> = names.into_iter().map(|name| inner.facts.text(name)).collect();
                return Some((first, &p::CYCLE, names.join(" → "), String::new()));
            }
            if let Some(before @ None) = before.get_mut(to) {
                *before = Some(at);
                ways.push((to, Some(first)));
            }
        }
    }
    None
}

/// The row of a keyed table with this key.
fn by_key(inner: &Inner, order: usize, key: &str) -> Vec<usize> {
    let facts = &inner.facts;
    let own = EDITABLE.iter().find(|table| table.order == order).and_then(|table| table.key);
    let is_it = |row: usize| own.and_then(|own| own(facts, row)).is_some_and(|own| own.is(&facts.arena, key));
    inner.keys.get(order).and_then(|keys| keys.find(key, is_it)).into_iter().collect()
}

/// The rows of the owner with this key.
fn of_owner<O, E>(inner: &Inner, order: usize, key: &str, chain: &Chain<O, E>) -> Vec<usize> {
    let owner = by_key(inner, order, key);
    owner.into_iter().flat_map(|owner| chain.of(Id::at(owner))).map(Id::row).collect()
}

fn link_decision(inner: &mut Inner, row: usize, on: bool) {
    let id = Id::at(row);
    if let Some(number) = by_body_and_year(&inner.facts, id) {
        number.set(&mut inner.numbers, on);
    }
    for old in inner.superseded_by(id) {
        inner.link_decisions(old, id, on);
    }
}

fn fault_of_decision(inner: &Inner, row: usize) -> Option<Fault> {
    let (facts, rows, id) = (&inner.facts, &inner.facts.decisions, Id::at(row));
    let own = &rows[id];
    let number = |row: &Decision| comparable(facts.text(row.number));
    let own_number = number(own);
    let mut others = rows.iter().filter(|&(other, _)| other != id);
    let same = others.find(|(_, other)| {
        (other.body, other.signed) == (own.body, own.signed) && number(other) == own_number
    });
    if let Some((other, _)) = same {
        return Some((
            "number",
            &p::DUPLICATE_DECISION,
            String::new(),
            format!("`decisions[{}].number`", other.row()),
        ));
    }
    circle(inner, Decision::ORDER, row, &|at, out| {
        let row = &rows[Id::at(at)];
        for (list, column) in [(row.amends, "amends"), (row.replaces, "replaces"), (row.annuls, "annuls")] {
            out.extend(facts.ids(list).map(|id| (id.row(), column)));
        }
    })
}

fn fault_of_team(inner: &Inner, row: usize) -> Option<Fault> {
    let (facts, rows) = (&inner.facts, &inner.facts.teams);
    let own = &rows[Id::at(row)];
    let round = circle(inner, Team::ORDER, row, &|at, out| {
        let row = &rows[Id::at(at)];
        out.extend(row.parent.0.map(|id| (id.row(), "parent")));
        out.extend(row.committee.0.map(|id| (id.row(), "committee")));
    });
    if round.is_some() {
        return round;
    }
    let covered = facts.ids(own.covers).map(|unit| inner.covers_of.count(inner.line_of[unit])).max();
    let decided = own.decision.0.map_or(0, |decision| inner.decided.count(decision));
    let below = own.parent.0.map_or(0, |above| inner.below.count(above));
    too_many("unit", Team::NAME, inner.managed.count(inner.line_of[own.unit]), LIMIT)
        .or_else(|| too_many("covers", Team::NAME, covered.unwrap_or(0), LIMIT))
        .or_else(|| too_many("decision", Team::NAME, decided, LIMIT))
        .or_else(|| too_many("parent", Team::NAME, below, LIMIT))
}

/// Owners in order, each once.
pub(crate) fn once(mut owners: Vec<Owner>) -> Vec<Owner> {
    sort(&mut owners);
    owners.dedup();
    owners
}
