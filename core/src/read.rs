//! The *reader* turns rows of cells into facts and notes every problem with its place.
//!
//! It knows no file format: JSON feeds it today (`json.rs`), and any table with the same columns can.

use crate::day::Day;
use crate::error::Error;
use crate::facts::{Body, Decision, Document, Facts, Row, Team, Unit};
use crate::field::{Field, Target, is_word};
use crate::integrity;
use crate::keys::Keys;
use crate::order::sort_by;
use crate::period::{Period, Scheme};
use crate::personal::shown;
use crate::problem::{self as p, Place, Problem, ProblemKind};
use crate::register::Inner;
use crate::sheet::LIMIT_OF_COLUMNS;
use crate::table::{Cell, Column, Id, Rows, Table, Text, Type, Word};
use crate::text::is_blank_text;
use std::num::NonZeroU32;
use std::sync::Arc;

/// The most facts that one neighbourhood may hold: the memberships of a team, the versions of a code ...
/// A document over it gets a problem instead of a slow answer.
pub(crate) const LIMIT: usize = 1000;

/// The same for the rows about one person.
pub(crate) const LIMIT_OF_PERSON: usize = 200;

/// The same for the values that one key of a policy takes in one scope, one after the other.
pub(crate) const LIMIT_OF_SETTING: usize = 100;

/// A reference into a table that is not complete yet.
struct Later {
    row: Option<NonZeroU32>,
    place: Place,
    /// The slot in the pool of lists, for a reference in a list.
    slot: Option<usize>,
    text: Box<str>,
    day: Day,
}

/// Other versions of the same code, from the first one read; the number of versions stands with the first.
pub(crate) type Versions = Rows<Unit, (Option<Id<Unit>>, usize)>;

/// What reading gives.
#[derive(Default)]
pub(crate) struct Read {
    pub facts: Facts,
    pub keys: Vec<Keys>,
    pub versions: Versions,
}

pub(crate) struct Reader {
    pub facts: Facts,
    pub keys: Vec<Keys>,
    versions: Versions,
    pub problems: Vec<Problem>,
    later: Vec<Later>,
    /// Keys of rows that could not be read, so that references to them are not called dangling.
    broken: Vec<(usize, Box<str>)>,
    broken_keys: Keys,
    /// Numbers of the rows that could not be read, by table.
    skipped: Vec<Vec<u32>>,
    /// The row that the last reference of each column led to. The next one often leads there again or a little further.
    last: [usize; 16],
    pub order: usize,
    row: u32,
    /// The position of the column being read, from 1; 0 for the row as a whole.
    column_order: usize,
    pub item: Option<u32>,
    /// Whether the row at hand refers to its own table.
    pub row_waits: bool,
    /// The first day of the fact being read; of a report, the last of its period.
    pub day: Day,
    /// The first day of the period of a report.
    pub first_day: Day,
    /// Of a row about a duty the last day of its period: a unit that has ended since is still named by its code of then.
    period_end: Option<Day>,
    /// Whether the row is about a duty, which a unit may have left behind when it ended.
    is_of_duty: bool,
    /// The register beside the document that is read.
    pub beside: Option<Arc<Inner>>,
    /// The row whose place the next one takes; it has the same key, and what refers to it goes on to do so.
    pub replaces: Option<NonZeroU32>,
}

impl Reader {
    pub(crate) fn new() -> Self {
        let keys = Document::ALL.iter().map(|_| Keys::default()).collect();
        Self::over(Read { facts: Facts::default(), keys, versions: Rows::default() })
    }

    /// A reader that adds to what was read.
    pub(crate) fn over(read: Read) -> Self {
        Self {
            facts: read.facts,
            keys: read.keys,
            versions: read.versions,
            problems: Vec::new(),
            later: Vec::new(),
            broken: Vec::new(),
            broken_keys: Keys::default(),
            skipped: Document::ALL.iter().map(|_| Vec::new()).collect(),
            last: [0; 16],
            order: 0,
            row: 0,
            column_order: 0,
            item: None,
            row_waits: false,
            day: Day::OPEN_START,
            first_day: Day::OPEN_START,
            period_end: None,
            is_of_duty: false,
            beside: None,
            replaces: None,
        }
    }

    /// What was read, whatever the problems, and these.
    pub(crate) fn parts(self) -> (Read, Vec<Problem>) {
        (Read { facts: self.facts, keys: self.keys, versions: self.versions }, self.problems)
    }

    /// Says which row the cells that follow belong to.
    pub(crate) fn at(&mut self, order: usize, row: u32) {
        (self.order, self.row, self.column_order, self.item) = (order, row, 0, None);
    }

    pub(crate) fn table(&self) -> Option<&'static Table> {
        Document::ALL.get(self.order).copied()
    }

    fn column(&self) -> Option<&'static Column> {
        self.table()?.columns.get(self.column_order.checked_sub(1)?)
    }

    /// Reads one row from the cells of its columns, in the order of the description.
    pub(crate) fn row<T: Row>(cells: &[Cell<'_>], reader: &mut Self) {
        let later = reader.begin(T::BEGINS, T::PERIOD, cells);
        let row = T::read(cells, reader).map(|row| {
            let rows = T::rows_mut(&mut reader.facts);
            let Some(number) = reader.replaces else { return (rows.push(row).number(), true) };
            rows[Id::new(number)] = row;
            (number, false)
        });
        reader.end(T::ORDER, cells, row, later);
    }

    /// Notes the first day of the fact that the cells say; how many references wait so far.
    fn begin(&mut self, columns: [Option<usize>; 4], period: Option<usize>, cells: &[Cell<'_>]) -> usize {
        // A day that cannot be read is reported as the column it is, not here.
        let mut first_days = columns.into_iter().filter_map(|column| match cells.get(column?)? {
            Cell::Text(text) => Day::parse(text),
            Cell::Day(day) => Some(*day),
            _ => None,
        });
        self.day = first_days.next().unwrap_or(Day::OPEN_START);
        self.period_end = period.and_then(|column| match cells.get(column)? {
            Cell::Text(text) => Some(text.parse::<Period>().ok()?.span(Scheme::Calendar).1),
            _ => None,
        });
        self.is_of_duty = period.is_some();
        self.facts.sheets.end();
        self.later.len()
    }

    /// Looks at a row that was read, which may be new, or notes that it could not be.
    fn end(&mut self, order: usize, cells: &[Cell<'_>], row: Option<(NonZeroU32, bool)>, later: usize) {
        self.column_order = 0;
        match row {
            Some((number, true)) => {
                self.row_waits = self.later.len() > later;
                integrity::whole_row(self, order, number);
            }
            Some(_) => {}
            None => {
                let first = Document::ALL.get(order).and_then(|table| table.columns.first());
                let key = first.filter(|column| matches!(column.kind, Type::Id | Type::Code));
                match (key, cells.first()) {
                    (Some(_), Some(Cell::Text(key))) => self.enter_broken(order, key),
                    // A code that lost its quotes: what refers to it is right.
                    (Some(_), Some(Cell::Count(key))) => self.enter_broken(order, &key.to_string()),
                    _ => {}
                }
                self.skip();
            }
        }
        for late in self.later.iter_mut().skip(later) {
            late.row = row.map(|(number, _)| number);
        }
    }

    /// Reads the next column of the row.
    pub(crate) fn field<T: Field>(&mut self, cell: Option<(usize, &Cell<'_>)>) -> Option<T> {
        let (order, cell) = cell?;
        self.column_order = order + 1;
        if T::REQUIRED && cell.is_absent() {
            self.problem(&p::MISSING, "", "");
            return None;
        }
        T::read(cell, self)
    }

    pub(crate) fn text<'c>(&mut self, cell: &'c Cell<'_>) -> Option<&'c str> {
        match cell {
            Cell::Text(text) if !is_blank_text(text) => return Some(text),
            Cell::Text(_) => self.problem(&p::EMPTY_TEXT, "", ""),
            _ => self.problem(&p::NOT_TEXT, "", ""),
        }
        None
    }

    pub(crate) fn store(&mut self, text: &str) -> Option<Text> {
        // A document holds less than 2^32 bytes, and the arena holds no more than the document.
        let offset = u32::try_from(self.facts.arena.len()).ok()?;
        let length = NonZeroU32::new(u32::try_from(text.len()).ok()?)?;
        self.facts.arena.push_str(text);
        Some(Text { offset, length })
    }

    pub(crate) fn word(&mut self, text: &str) -> Option<Word> {
        if let Some(word) = self.facts.words.find(&self.facts.arena, text) {
            return Some(word);
        }
        if !is_word(text) {
            self.problem(&p::BAD_WORD, text, "");
            return None;
        }
        let stored = self.store(text)?;
        let word = self.facts.words.add(&self.facts.arena, stored);
        if word.is_none() {
            self.problem_at(self.place(), &p::TOO_MANY, "words", "65535");
        }
        word
    }

    /// Checks that a fact ends after it begins.
    pub(crate) fn after_first_day(&mut self, day: Day) -> bool {
        let after = day > self.day;
        if !after {
            let place = self.place();
            self.problem_at(place, &p::REVERSED_SPAN, &day.to_string(), &format!("`{}`", self.day));
        }
        after
    }

    /// Whether the table being read is `T`'s own.
    pub(crate) fn is_own<T: Row>(&self) -> bool {
        T::ORDER == self.order
    }

    /// Notes a reference to be resolved when the table is complete.
    pub(crate) fn later(&mut self, text: &str, slot: Option<usize>) {
        self.later.push(Later { row: None, place: self.place(), slot, text: text.into(), day: self.day });
    }

    /// The row that `text` names on `day`; notes a problem if there is none.
    pub(crate) fn reference<T: Target>(&mut self, text: &str, day: Day) -> Option<Id<T>> {
        let mut found = T::find(self, text, day);
        if let Some(end) = self.period_end.filter(|_| found.is_none()) {
            found = T::find(self, text, end);
        }
        if found.is_none() && self.is_of_duty {
            found = T::ended(self, text, day);
        }
        if found.is_none() && !self.is_broken(T::ORDER, text) {
            if T::ORDER == Unit::ORDER && self.find::<T>(text).is_some() {
                let day = if day.is_date() { day } else { self.day };
                self.problem(&p::NOT_IN_FORCE, text, &format!("`{day}`"));
            } else {
                self.problem(&p::DANGLING, text, &format!("`{}`", T::TABLE.name));
            }
        }
        found
    }

    fn is_broken(&self, order: usize, key: &str) -> bool {
        let is_it = |row: usize| self.broken.get(row).is_some_and(|row| row.0 == order && *row.1 == *key);
        self.broken_keys.find(key, is_it).is_some()
    }

    fn enter_broken(&mut self, order: usize, key: &str) {
        let is_it = |row: usize| self.broken.get(row).is_some_and(|row| row.0 == order && *row.1 == *key);
        if self.broken_keys.enter(key, self.broken.len(), is_it).is_none() {
            self.broken.push((order, key.into()));
        }
    }

    /// Counts the row at hand among those that could not be read.
    pub(crate) fn skip(&mut self) {
        if let Some(skipped) = self.skipped.get_mut(self.order) {
            skipped.push(self.row);
        }
    }

    /// The row of the table at `order` that `text` names: the tables that refer to themselves.
    fn own_reference(&mut self, order: usize, text: &str, day: Day) -> Option<NonZeroU32> {
        match order {
            Unit::ORDER => self.reference::<Unit>(text, day).map(Id::number),
            Body::ORDER => self.reference::<Body>(text, day).map(Id::number),
            Decision::ORDER => self.reference::<Decision>(text, day).map(Id::number),
            Team::ORDER => self.reference::<Team>(text, day).map(Id::number),
            _ => None,
        }
    }

    /// The rows that a reference in this column is likely to lead to.
    fn likely(&self) -> std::ops::Range<usize> {
        let last = self.last.get(self.column_order).copied().unwrap_or(0);
        last..last + 4
    }

    fn found(&mut self, row: usize) {
        if let Some(last) = self.last.get_mut(self.column_order) {
            *last = row;
        }
    }

    /// The row with this key, whatever the day.
    pub(crate) fn find<T: Target>(&mut self, text: &str) -> Option<Id<T>> {
        let (rows, arena) = (T::rows(&self.facts), &self.facts.arena);
        let is_it = |row: usize| rows.try_get(row).is_some_and(|row| row.key().is(arena, text));
        let found = self
            .likely()
            .find(|&row| is_it(row))
            .or_else(|| self.keys.get(T::ORDER).and_then(|keys| keys.find(text, is_it)))?;
        self.found(found);
        Some(Id::at(found))
    }

    /// The row of the register beside the document with this key, of those with `is_good`.
    pub(crate) fn find_there<T: Target>(
        &mut self,
        text: &str,
        is_good: impl Fn(&T) -> bool,
    ) -> Option<Id<T>> {
        let beside = self.beside.clone()?;
        let (rows, arena) = (T::rows(&beside.facts), &beside.facts.arena);
        let is_key = |row: usize| rows.try_get(row).is_some_and(|row| row.key().is(arena, text));
        let is_it = |row: usize| is_key(row) && rows.try_get(row).is_some_and(&is_good);
        let found = self.likely().find(|&row| is_it(row)).or_else(|| {
            let first = beside.keys.get(T::ORDER)?.find(text, is_key)?;
            if T::ORDER != Unit::ORDER {
                return Some(first);
            }
            let versions = std::iter::successors(Some(Id::at(first)), |&id| beside.versions[id].0);
            versions.map(Id::row).find(|&row| is_it(row))
        })?;
        self.found(found);
        Some(Id::at(found))
    }

    /// Whether a key is a word; notes a problem if it is none.
    pub(crate) fn is_key(&mut self, key: &str) -> bool {
        let is_good = is_word(key);
        if !is_good {
            self.problem(&p::BAD_WORD, key, "");
        }
        is_good
    }

    /// Notes that there are too many of something.
    pub(crate) fn crowded(&mut self, wanted: &[String; 2]) {
        self.problems.push(Problem::in_both(self.place(), &p::CROWDED, "", wanted));
    }

    /// Whether an indicator can have a column; notes a problem with the first that cannot.
    pub(crate) fn has_room(&mut self, indicator: Word) -> bool {
        let room = self.facts.sheets.room(indicator);
        if room == Err(true) {
            self.crowded(&[
                format!("tên chỉ tiêu khác nhau trong các báo cáo theo một mẫu; tối đa {LIMIT_OF_COLUMNS}"),
                format!("different names of figures under one form; at most {LIMIT_OF_COLUMNS}"),
            ]);
        }
        room.is_ok()
    }

    /// Puts a figure into the sheet of the report at hand. False if it is there or its key is no word.
    pub(crate) fn figure(&mut self, key: &str, figure: i32) -> bool {
        let Facts { sheets, words, arena, .. } = &mut self.facts;
        let is_it = |word: Word| words.get(word).is_some_and(|text| text.is(arena, key));
        let is_new = match sheets.likely(is_it) {
            Some(column) => sheets.put(column, figure),
            None => match self.word(key) {
                Some(word) if self.has_room(word) => self.facts.sheets.put_new(word, figure),
                _ => return false,
            },
        };
        if !is_new {
            self.problem(&p::DUPLICATE_KEY, key, "");
        }
        is_new
    }

    /// Enters the key of a new row; gives the row that has it already, if one has.
    pub(crate) fn enter<T: Target>(&mut self, id: Id<T>) -> Option<Id<T>> {
        let (rows, arena) = (T::rows(&self.facts), &self.facts.arena);
        let key = rows[id].key().of(arena);
        let is_it = |row: usize| rows.try_get(row).is_some_and(|row| row.key().is(arena, key));
        self.keys.get_mut(T::ORDER)?.enter(key, id.row(), is_it).map(Id::at)
    }

    /// Enters one more version of a code. False if there are too many.
    pub(crate) fn enter_version(&mut self, id: Id<Unit>) -> bool {
        let first = self.enter(id);
        self.versions.push((None, 1));
        let Some(first) = first else { return true };
        let (next, count) = self.versions[first];
        if count < LIMIT {
            self.versions[id].0 = next;
            self.versions[first] = (Some(id), count + 1);
        }
        count < LIMIT
    }

    /// Every version of the code of `first`, the first one entered.
    fn versions_of(&self, first: Id<Unit>) -> impl Iterator<Item = Id<Unit>> + '_ {
        std::iter::successors(Some(first), |&id| self.versions[id].0)
    }

    /// The versions of each code that has several.
    pub(crate) fn repeated_codes(&self) -> impl Iterator<Item = Vec<Id<Unit>>> + '_ {
        let several = self.versions.iter().filter(|(_, (_, count))| *count > 1);
        several.map(|(first, _)| self.versions_of(first).collect())
    }

    /// The version of a code that was entered first.
    fn first_entered(&self, code: &str) -> Option<Id<Unit>> {
        let (units, arena) = (&self.facts.units, &self.facts.arena);
        let is_it = |row: usize| units.try_get(row).is_some_and(|unit| unit.code.0.is(arena, code));
        self.keys.get(Unit::ORDER)?.find(code, is_it).map(Id::at)
    }

    /// The version of a code that holds on `day`; for an open start, the earliest.
    pub(crate) fn version(&mut self, code: &str, day: Day) -> Option<Id<Unit>> {
        let (units, arena) = (&self.facts.units, &self.facts.arena);
        let is_it = |row: &usize| {
            units.try_get(*row).is_some_and(|unit| unit.span().contains(day) && unit.code.0.is(arena, code))
        };
        if let Some(row) = self.likely().find(is_it) {
            self.found(row);
            return Some(Id::at(row));
        }
        let first = self.first_entered(code)?;
        let found = if day == Day::OPEN_START {
            self.versions_of(first).min_by_key(|&id| units[id].span().from)
        } else {
            self.versions_of(first).find(|&id| units[id].span().contains(day))
        }?;
        self.found(found.row());
        Some(found)
    }

    /// The version of a code that ended last by `day`.
    pub(crate) fn ended(&self, code: &str, day: Day) -> Option<Id<Unit>> {
        let units = &self.facts.units;
        let versions = self.versions_of(self.first_entered(code)?).filter(|&id| units[id].span().to <= day);
        versions.max_by_key(|&id| units[id].span().to)
    }

    /// Resolves what waited for the table just read.
    pub(crate) fn complete(&mut self, order: usize) {
        self.last = [0; 16];
        for late in std::mem::take(&mut self.later) {
            self.place_at(late.place);
            let Some(row) = self.own_reference(order, &late.text, late.day) else { continue };
            match (late.slot, late.row) {
                (Some(slot), _) => {
                    if let Some(item) = self.facts.lists.get_mut(slot) {
                        *item = row.get();
                    }
                }
                (None, Some(at)) => {
                    self.facts.resolve(order, at, late.place.column.unwrap_or_default(), row);
                }
                (None, None) => {}
            }
        }
    }

    /// Ends the reading: what no single row shows, then the facts or all problems in order.
    pub(crate) fn finish(mut self) -> Result<Read, Error> {
        integrity::whole_document(&mut self);
        if self.problems.is_empty() {
            return Ok(Read { facts: self.facts, keys: self.keys, versions: self.versions });
        }
        sort_by(&mut self.problems, |a, b| a.place.cmp(&b.place));
        Err(Error::Invalid(self.problems.into()))
    }

    pub(crate) fn place(&self) -> Place {
        Place {
            order: self.order,
            table: self.table().map(|table| table.name),
            row: Some(self.row),
            column_order: self.column_order,
            column: self.column().map(|column| column.name),
            item: self.item,
        }
    }

    /// Goes back to a place noted before.
    fn place_at(&mut self, place: Place) {
        self.at(place.order, place.row.unwrap_or(0));
        self.column_order = place.column_order;
        self.item = place.item;
    }

    /// The place of a column of a row that was read.
    pub(crate) fn place_of<T: Row>(&self, id: Id<T>, column: &str) -> Place {
        let row = self.row_number(T::ORDER, id.row());
        Place { row: Some(row), ..Place::of::<T>(id.row(), column) }
    }

    /// The number in the document of the row at `row` among those that could be read.
    fn row_number(&self, order: usize, row: usize) -> u32 {
        let mut number = u32::try_from(row).unwrap_or(u32::MAX);
        for &skipped in self.skipped.get(order).into_iter().flatten() {
            if skipped <= number {
                number += 1;
            } else {
                break;
            }
        }
        number
    }

    /// Notes a problem with the cell being read. `found` is shown only if it cannot be personal.
    pub(crate) fn problem(&mut self, kind: &'static ProblemKind, found: &str, wanted: &str) {
        let personal = self.column().is_some_and(|column| column.personal);
        let found = shown(found, personal || self.table().is_some_and(|table| table.personal));
        let place = self.place();
        self.problems.push(Problem::new(place, kind, found, wanted));
    }

    /// Notes a problem with rows that were read. `found` holds keys or days.
    pub(crate) fn problem_at(&mut self, place: Place, kind: &'static ProblemKind, found: &str, wanted: &str) {
        self.problems.push(Problem::new(place, kind, found, wanted));
    }
}
