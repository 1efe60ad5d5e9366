//! *Tables* are facts as rows of cells: from data frames, from CSV, from a database. [`read`] makes a register of them by the
//! reader that JSON is read with, and [`Register::each_row`] gives them back.
//!
//! ```
//! use cnscd::tables::{self, Cell};
//! use cnscd::Error;
//!
//! let communes = [("11044", "Xã Toàn Thắng"), ("11047", "Xã Hoàng Diệu")];
//! let register = tables::read(None, &["units"], |_, rows| {
//!     let text = |text: &'static str| Cell::Text(text.into());
//!     for (code, name) in communes {
//!         rows.push(&[text(code), text(name), text("xa"), text("commune")])?;
//!     }
//!     Ok::<(), Error>(())
//! })?;
//! assert_eq!(register.counts().next(), Some(("units", 2)));
//! # Ok::<(), Error>(())
//! ```

use crate::error::Error;
use crate::facts::{Facts, REGISTER, Report, Row, TABLES, Unit};
use crate::field::{MOST, is_word};
use crate::json::{likely_tables, unknown_column};
use crate::personal::shown;
use crate::problem::{self as p, Place};
use crate::read::Reader;
use crate::register::Register;
use crate::reports::Reports;
use crate::table::{Column, Table, Type};
use std::borrow::Cow;

pub use crate::day::Day;
pub use crate::table::Cell;

/// What stands between the items of a list that is written as one text. Spaces around an item do not belong to it.
pub const SEPARATOR: char = ';';

/// Reads tables: `feed` is asked for the rows of each of `names`, by its position, in the order of [`TABLES`]. A table that is
/// not named is empty.
///
/// # Errors
/// [`Error::Invalid`] with every problem, as a JSON document with the same rows has them: rows are counted from 0 within their table, and
/// what is wrong with a whole column is told once, without a row. [`Error::TooLarge`] if the texts take four gigabytes. What `feed`
/// gives.
pub fn read<E: From<Error>>(
    note: Option<&str>,
    names: &[&str],
    mut feed: impl FnMut(usize, &mut Rows) -> Result<(), E>,
) -> Result<Register, E> {
    let mut rows = Rows::over(Reader::new());
    rows.document(note, names);
    for (order, table) in TABLES.iter().enumerate() {
        rows.begin(order, table);
        if let Some(position) = names.iter().position(|name| *name == table.name) {
            feed(position, &mut rows)?;
        }
        rows.reader.complete(order);
    }
    Ok(Register::new(rows.reader.finish()?))
}

/// Reads reports beside a register: `feed` is asked for their rows. A figure or a text is a column of its own, named after the key that it
/// has in JSON: `figures.members`, `prose.difficulties`.
///
/// # Errors
/// Those of [`read`] and of [`Reports::from_json`].
pub fn read_reports<E: From<Error>>(
    register: &Register,
    note: Option<&str>,
    feed: impl FnOnce(&mut Rows) -> Result<(), E>,
) -> Result<Reports, E> {
    let mut rows = Rows::over(Reports::reader(register));
    rows.document(note, &[]);
    rows.begin(Report::ORDER, Report::TABLE);
    feed(&mut rows)?;
    Ok(Reports::new(rows.reader.finish()?, register)?)
}

/// The rows of one table on their way in.
pub struct Rows {
    reader: Reader,
    table: &'static Table,
    /// How many rows came before.
    row: u32,
    /// Required columns that the source does not have; a bit for each position.
    lacking: u64,
    /// Columns whose values cannot be read at all.
    bad: u64,
    /// Columns of which it was told.
    told: u64,
    /// Columns of the source that are keys of a map, behind those of the description.
    parts: Vec<Part>,
}

/// A column of the source that is a key of a map.
struct Part {
    /// The position of the map in the description.
    column: usize,
    /// None for a column that stands for the whole map.
    key: Option<String>,
    /// Whether its values cannot be read at all, and whether that was told.
    bad: bool,
    told: bool,
}

impl Rows {
    fn over(reader: Reader) -> Self {
        Self { reader, table: Unit::TABLE, row: 0, lacking: 0, bad: 0, told: 0, parts: Vec::new() }
    }

    fn document(&mut self, note: Option<&str>, names: &[&str]) {
        let place = Place::default();
        match note {
            Some("") => self.reader.problem_at(place, &p::NOT_TEXT, "", ""),
            Some(note) => self.reader.facts.texts[0] = self.reader.store(note),
            None => {}
        }
        for (position, name) in names.iter().enumerate() {
            if !TABLES.iter().any(|table| table.name == *name) {
                self.reader.problem_at(
                    place,
                    &p::UNKNOWN_KEY,
                    shown(name, false),
                    &likely_tables(name, &REGISTER),
                );
            } else if names.iter().take(position).any(|before| before == name) {
                self.reader.problem_at(place, &p::DUPLICATE_KEY, name, "");
            }
        }
    }

    fn begin(&mut self, order: usize, table: &'static Table) {
        self.reader.at(order, 0);
        (self.table, self.row, self.lacking, self.bad, self.told) = (table, 0, 0, 0, 0);
        self.parts.clear();
    }

    /// The table that the rows belong to.
    #[must_use]
    pub fn table(&self) -> &'static Table {
        self.table
    }

    /// The position in the description of each column that the source has, and nothing for one that is a problem: unknown, or there
    /// twice. A required column that is not among them is a problem too, unless no row follows.
    pub fn columns<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> Vec<Option<usize>> {
        let table = self.table;
        let (mut positions, mut seen) = (Vec::new(), 0);
        for name in names {
            let place = Place { row: None, ..self.reader.place() };
            // A map has no column of its own; one without a value may be there.
            if let Some(column) = table.columns.iter().position(|own| is_map(own) && own.name == name) {
                self.parts.push(Part { column, key: None, bad: true, told: false });
                positions.push(Some(self.width() - 1));
                continue;
            }
            if let Some((column, key)) = part(table, name) {
                if !is_word(key) {
                    let place = part_place(place, table, column);
                    self.reader.problem_at(place, &p::BAD_WORD, shown(key, false), "");
                    positions.push(None);
                    continue;
                }
                let is_own = |part: &Part| part.column == column && part.key.as_deref() == Some(key);
                let is_new = !self.parts.iter().any(is_own);
                if is_new {
                    self.parts.push(Part { column, key: Some(key.into()), bad: false, told: false });
                } else {
                    self.reader.problem_at(place, &p::DUPLICATE_KEY, shown(name, false), "");
                }
                positions.push(is_new.then(|| table.columns.len() + self.parts.len() - 1));
                continue;
            }
            let position = table.columns.iter().position(|column| column.name == name);
            let twice = position.is_some_and(|position| seen & bit(position) != 0);
            if twice {
                self.reader.problem_at(place, &p::DUPLICATE_KEY, name, "");
            } else if position.is_none() {
                // What a cell of JSON holds together has a column for each of its keys.
                let (group, rest) = name.split_once('.').map_or((name, ""), |(group, rest)| (group, rest));
                let (found, mut wanted) = unknown_column(group, table);
                for map in table.columns.iter().filter(|own| is_map(own)) {
                    let key = if is_word(rest) { rest } else { "…" };
                    wanted = wanted.replace(&format!("`{}`", map.name), &format!("`{}.{key}`", map.name));
                }
                let is_shown = found == group && (rest.is_empty() || is_word(rest));
                self.reader.problem_at(place, &p::UNKNOWN_KEY, if is_shown { name } else { found }, &wanted);
            }
            seen |= position.map_or(0, bit);
            positions.push(position.filter(|_| !twice));
        }
        for (position, column) in table.columns.iter().enumerate() {
            if column.required && seen & bit(position) == 0 {
                self.lacking |= bit(position);
            }
        }
        positions
    }

    /// Says that the values of a column cannot be read at all, such as numbers where texts are wanted: it is told once. Rows without
    /// a value are told of as ever.
    pub fn bad_column(&mut self, position: usize) {
        match position.checked_sub(self.table.columns.len()).and_then(|at| self.parts.get_mut(at)) {
            Some(part) => part.bad = true,
            None => self.bad |= bit(position),
        }
    }

    /// The form of the values at a position of [`columns`](Self::columns).
    #[must_use]
    pub fn kind(&self, position: usize) -> Option<Type> {
        let part = position.checked_sub(self.table.columns.len()).and_then(|at| self.parts.get(at));
        let column = self.table.columns.get(part.map_or(position, |part| part.column));
        column.map(|column| match column.kind {
            Type::Figures => Type::Count(0, MOST),
            Type::Texts => Type::Text,
            kind => kind,
        })
    }

    /// How many cells a row has: one for each column of the description, then one for each key of a map that the source has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.table.columns.len() + self.parts.len()
    }

    /// Reads a row: one cell for each column of the description, in its order, then those of the keys of maps. Those left out at the end are
    /// absent.
    ///
    /// # Errors
    /// [`Error::TooLarge`] once the texts take four gigabytes. What is wrong with the row is told at the end of the reading.
    pub fn push(&mut self, cells: &[Cell<'_>]) -> Result<(), Error> {
        let order = self.reader.order;
        let problems = self.reader.problems.len();
        self.reader.at(order, self.row);
        self.row = self.row.saturating_add(1);
        let columns = self.table.columns.len();
        if cells.len() < columns || !self.parts.is_empty() {
            let mut all = cells.get(..columns).unwrap_or(cells).to_vec();
            all.resize(columns, Cell::Absent);
            for (part, cell) in self.parts.iter_mut().zip(cells.iter().skip(columns)) {
                if cell.is_absent() {
                    continue;
                }
                let Some(key) = part.key.as_deref().filter(|_| !part.bad) else {
                    // It is told once, of the column.
                    if !std::mem::replace(&mut part.told, true) {
                        let place = Place { row: None, ..self.reader.place() };
                        let column = self.table.columns.get(part.column);
                        let (name, kind) = column.map_or(("", Type::Text), |own| (own.name, own.kind));
                        let own = part_place(place, self.table, part.column);
                        match &part.key {
                            None => {
                                self.reader.problem_at(place, &p::UNKNOWN_KEY, name, &format!("`{name}.…`"));
                            }
                            Some(key) if kind == Type::Figures => {
                                self.reader.problem_at(own, &p::BAD_FIGURE, key, &format!("0–{MOST}"));
                            }
                            Some(_) => self.reader.problem_at(own, &p::NOT_TEXT, "", ""),
                        }
                    }
                    continue;
                };
                let pair = (Cow::Borrowed(key), cell.clone());
                match all.get_mut(part.column) {
                    Some(Cell::Map(pairs)) => pairs.push(pair),
                    Some(other) => *other = Cell::Map(vec![pair]),
                    None => {}
                }
            }
            Facts::read_row(order, &all, &mut self.reader);
        } else {
            Facts::read_row(order, cells, &mut self.reader);
        }
        if (self.lacking | self.bad) != 0 && self.reader.problems.len() > problems {
            self.tell_once(problems);
        }
        let size = self.reader.facts.arena.len().max(self.reader.facts.lists.len());
        if size >= u32::MAX as usize { Err(Error::TooLarge(size)) } else { Ok(()) }
    }

    /// Of the problems from `first` on, makes those of a whole column one problem of the column.
    fn tell_once(&mut self, first: usize) {
        for mut problem in self.reader.problems.split_off(first) {
            let column = problem.place.column_order.checked_sub(1).map_or(0, bit);
            let whole = if *problem.kind == p::MISSING { self.lacking } else { self.bad };
            if whole & column != 0 {
                if self.told & column != 0 {
                    continue;
                }
                self.told |= column;
                (problem.place.row, problem.place.item) = (None, None);
            }
            self.reader.problems.push(problem);
        }
    }
}

fn is_map(column: &Column) -> bool {
    matches!(column.kind, Type::Figures | Type::Texts)
}

/// The place of a map.
fn part_place(place: Place, table: &Table, column: usize) -> Place {
    let name = table.columns.get(column).map(|own| own.name);
    Place { column: name, column_order: column + 1, ..place }
}

/// The map and the key that a column of the source stands for, if the table has such a map.
fn part<'n>(table: &Table, name: &'n str) -> Option<(usize, &'n str)> {
    let (map, key) = name.split_once('.')?;
    let is_it = |column: &Column| column.name == map && is_map(column);
    Some((table.columns.iter().position(is_it)?, key))
}

fn bit(position: usize) -> u64 {
    u32::try_from(position).ok().and_then(|position| 1_u64.checked_shl(position)).unwrap_or(0)
}

impl<'a> Cell<'a> {
    /// What a text stands for in a table whose cells are all texts. Counts are digits, flags `true` or `false` in small or capital
    /// letters, the items of a list have a [`SEPARATOR`] between them. Anything else is the text itself.
    #[must_use]
    pub fn of_text(text: &'a str, kind: Type) -> Self {
        match kind {
            Type::Count(..) if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) => {
                text.parse().map_or(Self::Number, Self::Count)
            }
            Type::Flag if text.eq_ignore_ascii_case("true") => Self::Flag(true),
            Type::Flag if text.eq_ignore_ascii_case("false") => Self::Flag(false),
            Type::Words | Type::References(_) if text.is_empty() => Self::List(Vec::new()),
            Type::Words | Type::References(_) => {
                Self::List(text.split(SEPARATOR).map(|item| Self::Text(item.trim().into())).collect())
            }
            _ => Self::Text(text.into()),
        }
    }
}

impl Register {
    /// Calls `each` with the cells of every row of a table, in the order of the document: one for each column of the description. A flag
    /// that is false and an empty list are absent.
    ///
    /// # Errors
    /// [`Error::BadChoice`] if there is no such table.
    pub fn each_row<'r>(&'r self, table: &str, each: &mut dyn FnMut(&[Cell<'r>])) -> Result<(), Error> {
        let order = TABLES.iter().position(|of| of.name == table).ok_or_else(|| {
            let names: Vec<_> = TABLES.iter().map(|table| table.name).collect();
            Error::BadChoice { found: shown(table, false).into(), wanted: crate::choice::quoted(&names) }
        })?;
        self.inner.facts.each_row(order, &mut |cells| each(cells));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Cell<'_> {
        Cell::Text(text.into())
    }

    /// The problems of some units and people.
    #[track_caller]
    fn problems(names: &[&str], mut feed: impl FnMut(usize, &mut Rows)) -> Vec<String> {
        let read = read(Some("Không có thật."), names, |position, rows| {
            feed(position, rows);
            Ok::<(), Error>(())
        });
        read.unwrap_err().problems().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn tables_come_in_the_order_of_the_description() {
        let mut order = Vec::new();
        let register = read(None, &["people", "teams", "units"], |position, rows| {
            order.push((position, rows.table().name));
            Ok::<(), Error>(())
        });
        assert_eq!(order, [(2, "units"), (1, "teams"), (0, "people")]);
        assert!(register.unwrap().counts().all(|(_, count)| count == 0));
    }

    #[test]
    fn unknown_tables_and_columns() {
        let found = problems(&["unit", "people", "people", "Nguyễn"], |_, rows| {
            assert_eq!(
                rows.columns(["id", "nmae", "Văn", "id", "name"]),
                [Some(0), None, None, None, Some(1)]
            );
        });
        assert_eq!(
            found,
            [
                "document: there is no key `unit`; use `units`",
                "document: the key `people` appears twice",
                "document: there is no key `***`; use `note`, `units`, `successions`, `attributes`, `bodies`, `decisions`, `teams`, \
                 `suspensions`, `declarations`, `people`, `residences`, `affiliations`, `positions`, `memberships`, `events`, `excuses`, \
                 `completions`",
                "people: there is no key `nmae`; use `name`",
                "people: there is no key `***`; use `id`, `name`, `born`, `sex`, `phone`, `citizen_number`",
                "people: the key `id` appears twice",
            ]
        );
    }

    #[test]
    fn what_is_wrong_with_a_column_is_told_once() {
        let found = problems(&["units", "people"], |position, rows| {
            if position == 1 {
                return assert_eq!(rows.columns([]), []);
            }
            rows.columns(["code", "kind", "level", "parent"]);
            rows.bad_column(2);
            for (kind, level) in [(Cell::Object, "commune"), (Cell::Object, "x"), (Cell::Absent, "commune")] {
                let cells = [text("99001"), Cell::Absent, kind, text(level)];
                rows.push(&cells).unwrap();
            }
        });
        let wanted = [
            "units.name: is required",
            "units.kind: must be text in quotes, such as \"01\"",
            "units[1].level: `x` is not one of `province`, `district`, `commune`, `village`",
            "units[2].kind: is required",
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_row_that_cannot_be_read_leaves_no_dangling_reference() {
        let found = problems(&["units"], |_, rows| {
            rows.columns(["code", "kind", "level", "parent"]);
            let unit = |code, level, parent| [text(code), Cell::Absent, text("x"), text(level), parent];
            rows.push(&unit("99001", "commune", Cell::Absent)).unwrap();
            rows.push(&unit("99001-01", "village", text("99001"))).unwrap();
        });
        assert_eq!(found, ["units.name: is required"]);
    }

    #[test]
    fn texts_stand_for_values() {
        assert_eq!(Cell::of_text("12", Type::Count(0, 9)), Cell::Count(12));
        assert_eq!(Cell::of_text("99999999999999999999", Type::Count(0, 9)), Cell::Number);
        assert_eq!(Cell::of_text("+12", Type::Count(0, 9)), text("+12"));
        assert_eq!(Cell::of_text("TRUE", Type::Flag), Cell::Flag(true));
        assert_eq!(Cell::of_text("yes", Type::Flag), text("yes"));
        assert_eq!(Cell::of_text("12", Type::Code), text("12"));
        assert_eq!(Cell::of_text("a; b", Type::Words), Cell::List(vec![text("a"), text("b")]));
        assert_eq!(Cell::of_text("", Type::Words), Cell::List(vec![]));
    }

    #[test]
    fn rows_go_out_as_they_came() {
        let document = r#"{"units": [{"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune", "from": "2022-01-01"}]}"#;
        let register = Register::from_json(document).unwrap();
        let mut again = Vec::new();
        register.each_row("units", &mut |cells| again.push(cells.to_vec())).unwrap();
        let copy = read(None, &["units"], |_, rows| again.iter().try_for_each(|cells| rows.push(cells)));
        assert_eq!(copy.unwrap().to_json(), register.to_json());
        assert_eq!(
            register.each_row("x y", &mut |_| {}).unwrap_err().to_string(),
            "`***` is not one of `units`, `successions`, `attributes`, `bodies`, `decisions`, `teams`, `suspensions`, `declarations`, `people`, \
             `residences`, `affiliations`, `positions`, `memberships`, `events`, `excuses`, `completions`"
        );
    }
}
