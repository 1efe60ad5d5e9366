//! *Edits*: rows that are added, changed or ended in a checked register. Only what stands near them is looked at again, and the answer
//! is what an edit changed: findings and duties that are gone, and those that are new.
//!
//! After any edits the findings equal those of a full check of the edited facts.

use crate::agenda::AgendaRow;
use crate::choice::quoted;
use crate::context::Context;
use crate::day::Day;
use crate::duty::Duty;
use crate::editable::{EDITABLE, Editable, Fault, Touch};
use crate::error::Error;
use crate::facts::{Excuse, Facts, Row, TABLES, Team};
use crate::finding::Finding;
use crate::json::{Tree, unknown_column};
use crate::locale::{Locale, Names};
use crate::order::sort;
use crate::personal::shown;
use crate::problem::{self as p, Place, Problem, ProblemKind};
use crate::read::{Read, Reader};
use crate::register::Inner;
use crate::rule::Draft;
use crate::spans::Owner;
use crate::table::{Cell, Id, Table};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::borrow::Cow;
use std::sync::Arc;

/// What an edit changed.
pub struct Edited<'c> {
    pub(crate) context: &'c Context,
    /// The facts as they were, where what is gone would look otherwise by those of now.
    pub(crate) before: Option<Box<Context>>,
    pub(crate) gone: Vec<Draft>,
    pub(crate) new: Vec<Draft>,
    pub(crate) duties_gone: Vec<Duty>,
    pub(crate) duties_new: Vec<Duty>,
}

impl Edited<'_> {
    fn before(&self) -> &Context {
        self.before.as_deref().unwrap_or(self.context)
    }

    /// Findings that hold no longer, as they were before.
    pub fn gone(&self) -> impl Iterator<Item = Finding<'_>> {
        let context = self.before();
        self.gone.iter().map(move |draft| Finding { context, draft, position: usize::MAX })
    }

    /// Findings that hold since the edit.
    #[expect(clippy::new_ret_no_self, reason = "it gives what is new")]
    pub fn new(&self) -> impl Iterator<Item = Finding<'_>> {
        self.new.iter().map(|draft| Finding { context: self.context, draft, position: usize::MAX })
    }

    /// Duties as they stood before.
    pub fn duties_gone(&self) -> impl Iterator<Item = AgendaRow<'_>> {
        let context = self.before();
        self.duties_gone.iter().map(move |&duty| AgendaRow { context, duty })
    }

    /// Duties as they stand now.
    pub fn duties_new(&self) -> impl Iterator<Item = AgendaRow<'_>> {
        self.duties_new.iter().map(|&duty| AgendaRow { context: self.context, duty })
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
        let duty = |row: AgendaRow<'e>| row.data(locale, false);
        map.serialize_entry("duties_gone", &edited.duties_gone().map(duty).collect::<Vec<_>>())?;
        map.serialize_entry("duties_new", &edited.duties_new().map(duty).collect::<Vec<_>>())?;
        map.end()
    }
}

/// A change as it was written.
struct Change<'d> {
    table: &'static Editable,
    /// Values by which an existing row is found.
    wanted: Vec<(usize, Cell<'d>)>,
    /// Values of the new row, or those that change.
    values: Vec<(usize, Cell<'d>)>,
    adds: bool,
}

/// Applies every change of a document, or none: then the problems of the first change that cannot be applied. What would take each back.
pub(crate) fn apply(
    context: &mut Context,
    changes: &str,
    touched: &mut Vec<Owner>,
) -> Result<Vec<Undo>, Error> {
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
    Ok(undo)
}

/// The excuses that some changes gave another document.
pub(crate) fn rewritten(facts: &Facts, undo: &[Undo]) -> Vec<Id<Excuse>> {
    let is_excuse = |undo: &&Undo| matches!(undo, Undo::Replaced(table, ..) if table.order == Excuse::ORDER);
    let own = undo.iter().filter(is_excuse).filter(|undo| undo.changes(facts, |column| column == "document"));
    own.map(|undo| Id::at(undo.row())).collect()
}

/// The facts before some changes, if these changed how something is shown that was there; else they are as good as those of now.
pub(crate) fn before(context: &Context, undo: Vec<Undo>) -> Option<Box<Context>> {
    if !undo.iter().any(|undo| undo.renames(context.facts())) {
        return None;
    }
    // This copies all facts, so that an edit that corrects a name or a number costs as much as a look at each of them.
    let mut before = Box::new(context.clone());
    let inner = Arc::make_mut(before.inner_mut());
    undo.into_iter().rev().for_each(|undo| undo.run(inner));
    Some(before)
}

/// What takes one change back.
pub(crate) enum Undo {
    Added(&'static Editable, usize),
    /// With the cells that the row had.
    Replaced(&'static Editable, usize, Vec<Cell<'static>>),
}

impl Undo {
    fn row(&self) -> usize {
        match self {
            Self::Added(_, row) | Self::Replaced(_, row, _) => *row,
        }
    }

    /// Whether it changed a column by which findings and duties show a row: not an end, and nothing that only links others.
    fn renames(&self, facts: &Facts) -> bool {
        let Self::Replaced(table, ..) = self else { return false };
        let is_shown = ["decisions", "teams", "people", "events", "excuses"].contains(&table.table.name);
        is_shown && self.changes(facts, |column| column != "to")
    }

    /// Whether it changed one of some columns.
    fn changes(&self, facts: &Facts, is_it: impl Fn(&str) -> bool) -> bool {
        let Self::Replaced(table, row, old) = self else { return false };
        let mut now = Vec::new();
        facts.one_row(table.order, *row, &mut now);
        let mut columns = table.table.columns.iter().zip(old.iter().zip(&now));
        columns.any(|(column, (old, now))| is_it(column.name) && old != now)
    }

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
        touch(context, table, row, touched);
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
    touch(context, table, row, touched);
    replace(Arc::make_mut(context.inner_mut()), table, row, &cells, &old)?;
    undo.push(Undo::Replaced(table, row, old));
    touch(context, table, row, touched);
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
    Problem::new(place, kind, found, wanted)
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

/// Notes what a row touches as things stand, reports among it.
fn touch(context: &Context, table: &Editable, row: usize, touched: &mut Vec<Owner>) {
    let mut owners = Vec::new();
    (table.touched)(&mut Touch { context, owners: &mut owners }, row);
    context.add_reports(&mut owners);
    touched.append(&mut owners);
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
        Cell::Map(_) | Cell::Object => Cell::Object,
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

/// Owners in order, each once.
pub(crate) fn once(mut owners: Vec<Owner>) -> Vec<Owner> {
    sort(&mut owners);
    owners.dedup();
    owners
}
