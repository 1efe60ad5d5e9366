//! JSON in and out. Both follow the descriptions of the tables and know no single kind of fact.

use crate::choice::quoted;
use crate::error::Error;
use crate::facts::{Document, Facts};
use crate::field::is_word;
use crate::personal::shown;
use crate::problem::{self as p, ProblemKind};
use crate::read::{Read, Reader};
use crate::table::{Cell, Table, Type};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// The text of a document that came as bytes.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = good.split(|&b| b == b'\n').count();
        let column = good.iter().rev().take_while(|&&b| b != b'\n').count() + 1;
        Error::Syntax { line, column, message: "invalid UTF-8".into() }
    })
}

/// A syntax error with its place.
fn syntax(error: &serde_json::Error) -> Error {
    // serde_json ends its message with the place, which stands in fields of its own here.
    // An end that comes too early is told of the column before it.
    let (line, column) = (error.line().max(1), error.column().max(1));
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = error.to_string();
    let message = message.strip_suffix(&place).unwrap_or(&message).to_owned();
    Error::Syntax { line, column, message }
}

/// Reads a document.
pub(crate) fn read(json: &str, document: &'static Document) -> Result<Read, Error> {
    read_with(Reader::new(), json, document)
}

/// Reads a document by a reader that may know what is beside it.
pub(crate) fn read_with(reader: Reader, json: &str, document: &'static Document) -> Result<Read, Error> {
    if json.len() >= u32::MAX as usize {
        return Err(Error::TooLarge(json.len()));
    }
    let mut parser = Parser { document, reader, cells: Vec::new(), present: None, done: Vec::new() };
    // Names, ids and numbers are a sixth of a usual document; growing would copy them over and over.
    parser.reader.facts.arena.reserve(json.len() / 6);
    loop {
        let mut source = serde_json::Deserializer::from_str(json);
        let present = parser
            .document(&mut source)
            .and_then(|present| source.end().map(|()| present))
            .map_err(|error| syntax(&error))?;
        if present.iter().all(|order| parser.done.contains(order)) {
            return parser.reader.finish();
        }
        // Some table stood before one that it refers to: once more, for what could not be read.
        parser.present = Some(present);
    }
}

struct Parser<'de> {
    document: &'static Document,
    reader: Reader,
    /// The cells of the row being read, one for each column.
    cells: Vec<Cell<'de>>,
    /// Which tables the document has, once it was read through; by their position in the description.
    present: Option<Vec<usize>>,
    /// Tables that are complete.
    done: Vec<usize>,
}

/// A place in the document whose shape is known.
#[derive(Clone, Copy)]
enum Node {
    Document,
    Table,
    Row,
    Value,
    Item,
}

/// A list or object that was read to its end.
const CONSUMED: Cell<'static> = Cell::Object;

impl<'de> Parser<'de> {
    /// Reads every table that is ready and not read yet; gives the tables that the document has.
    fn document<D: Deserializer<'de>>(&mut self, source: D) -> Result<Vec<usize>, D::Error> {
        let mut present = Vec::new();
        let mut document = Cell::Absent;
        Seed { parser: self, node: Node::Document, present: &mut present, out: &mut document }
            .deserialize(source)?;
        if document != CONSUMED {
            self.document_problem(&p::NOT_AN_OBJECT, "", "");
        }
        Ok(present)
    }

    fn document_problem(&mut self, kind: &'static ProblemKind, found: &str, wanted: &str) {
        // Seen already if this is not the first time through.
        if self.present.is_none() {
            self.reader.problem_at(p::Place::default(), kind, shown(found, false), wanted);
        }
    }

    fn end_table(&mut self, order: usize, table: &Cell<'_>) {
        if *table != CONSUMED {
            let place = p::Place { row: None, ..self.reader.place() };
            self.reader.problem_at(place, &p::NOT_A_LIST, "", "");
        }
        self.reader.complete(order);
        self.done.push(order);
    }

    /// Whether everything that the table may refer to is complete, or known to be missing.
    fn is_ready(&self, order: usize) -> bool {
        let is_complete = |name: &str| {
            let Some(to) = self.document.order(name) else { return true };
            let missing = self.present.as_ref().is_some_and(|present| !present.contains(&to));
            to == order || missing || self.done.contains(&to)
        };
        let columns = Document::ALL.get(order).map_or(&[][..], |table| table.columns);
        columns.iter().all(|column| match column.kind {
            Type::Reference(to) | Type::References(to) => is_complete(to),
            _ => true,
        })
    }
}

struct Seed<'p, 'de> {
    parser: &'p mut Parser<'de>,
    node: Node,
    /// The tables met so far.
    present: &'p mut Vec<usize>,
    /// Where the value goes. (Handed up, it would be copied at every step.)
    out: &'p mut Cell<'de>,
}

impl<'de> Seed<'_, 'de> {
    fn child<'s>(&'s mut self, node: Node, out: &'s mut Cell<'de>) -> Seed<'s, 'de> {
        Seed { parser: self.parser, node, present: self.present, out }
    }

    fn read_document<A: MapAccess<'de>>(&mut self, mut map: A) -> Result<(), A::Error> {
        let document = self.parser.document;
        let mut given = [false; 3];
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let first_time = self.parser.present.is_none();
            let text = document.texts.iter().position(|text| *text == key);
            if let Some(text) = text.filter(|_| first_time) {
                let mut value = Cell::Absent;
                map.next_value_seed(self.child(Node::Value, &mut value))?;
                if given.get_mut(text).is_some_and(|given| std::mem::replace(given, true)) {
                    self.parser.document_problem(&p::DUPLICATE_KEY, &key, "");
                }
                match value {
                    Cell::Absent => {}
                    Cell::Text(value) if !value.is_empty() => {
                        let stored = self.parser.reader.store(&value);
                        if let Some(slot) = self.parser.reader.facts.texts.get_mut(text) {
                            *slot = stored;
                        }
                    }
                    _ => self.parser.document_problem(&p::NOT_TEXT, "", ""),
                }
                continue;
            }
            let order = document.order(&key);
            if let Some(order) = order
                && !self.present.contains(&order)
            {
                self.present.push(order);
                if !self.parser.done.contains(&order) && self.parser.is_ready(order) {
                    self.parser.reader.at(order, 0);
                    let mut table = Cell::Absent;
                    map.next_value_seed(self.child(Node::Table, &mut table))?;
                    self.parser.end_table(order, &table);
                    continue;
                }
            } else if order.is_some() {
                self.parser.document_problem(&p::DUPLICATE_KEY, &key, "");
            } else if first_time {
                self.parser.document_problem(&p::UNKNOWN_KEY, &key, &likely_tables(&key, document));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn read_table<A: SeqAccess<'de>>(&mut self, mut rows: A) -> Result<(), A::Error> {
        let order = self.parser.reader.order;
        let mut row = 0;
        loop {
            self.parser.reader.at(order, row);
            let mut value = Cell::Absent;
            if rows.next_element_seed(self.child(Node::Row, &mut value))?.is_none() {
                return Ok(());
            }
            if !matches!(value, CONSUMED) {
                self.parser.reader.problem(&p::NOT_AN_OBJECT, "", "");
                self.parser.reader.skip();
            }
            row += 1;
        }
    }

    fn read_row<A: MapAccess<'de>>(&mut self, mut map: A) -> Result<(), A::Error> {
        let Some(table) = self.parser.reader.table() else { return Ok(()) };
        let mut cells = std::mem::take(&mut self.parser.cells);
        if cells.len() != table.columns.len() {
            cells.clear();
            cells.resize(table.columns.len(), Cell::Absent);
        }
        let (mut expected, mut seen, mut other) = (0, 0_u32, Cell::Absent);
        while let Some(key) = map.next_key_seed(ColumnKey { columns: table.columns, expected })? {
            let column = key.as_ref().ok().and_then(|&column| cells.get_mut(column));
            map.next_value_seed(self.child(Node::Value, column.unwrap_or(&mut other)))?;
            match key {
                Ok(column) => {
                    expected = column + 1;
                    if seen & (1 << column) != 0 {
                        let name = table.columns.get(column).map_or("", |column| column.name);
                        let place = self.parser.reader.place();
                        self.parser.reader.problem_at(place, &p::DUPLICATE_KEY, name, "");
                    }
                    seen |= 1 << column;
                }
                Err(key) => {
                    let (found, wanted) = unknown_column(&key, table);
                    let place = self.parser.reader.place();
                    self.parser.reader.problem_at(place, &p::UNKNOWN_KEY, found, &wanted);
                }
            }
        }
        Facts::read_row(self.parser.reader.order, &cells, &mut self.parser.reader);
        // For the next row, all cells are absent again.
        while seen != 0 {
            if let Some(cell) = cells.get_mut(seen.trailing_zeros() as usize) {
                cell.put(Cell::Absent);
            }
            seen &= seen - 1;
        }
        self.parser.cells = cells;
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<(), E> {
        self.out.put(Cell::Flag(flag));
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.out.put(Cell::Number);
        Ok(())
    }

    fn visit_u64<E>(self, count: u64) -> Result<(), E> {
        self.out.put(Cell::Count(count));
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.out.put(Cell::Number);
        Ok(())
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.out.put(Cell::Text(Cow::Borrowed(text)));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.out.put(Cell::Text(Cow::Owned(text.to_owned())));
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.out.put(Cell::Absent);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        *self.out = match self.node {
            Node::Table => {
                self.read_table(list)?;
                CONSUMED
            }
            Node::Value => {
                let mut items = Vec::new();
                loop {
                    let mut item = Cell::Absent;
                    if list.next_element_seed(self.child(Node::Item, &mut item))?.is_none() {
                        break Cell::List(items);
                    }
                    items.push(item);
                }
            }
            _ => {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Cell::List(Vec::new())
            }
        };
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        *self.out = match self.node {
            Node::Document => {
                self.read_document(map)?;
                CONSUMED
            }
            Node::Row => {
                self.read_row(map)?;
                CONSUMED
            }
            Node::Table => {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Cell::Absent
            }
            Node::Value => {
                let mut pairs = Vec::new();
                while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                    let mut item = Cell::Absent;
                    map.next_value_seed(self.child(Node::Item, &mut item))?;
                    pairs.push((key, item));
                }
                Cell::Map(pairs)
            }
            Node::Item => {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Cell::Object
            }
        };
        Ok(())
    }
}

/// Any JSON value, for documents that are no tables.
pub(crate) enum Tree<'d> {
    Cell(Cell<'d>),
    List(Vec<Tree<'d>>),
    Object(Vec<(Cow<'d, str>, Tree<'d>)>),
}

impl<'d> Tree<'d> {
    /// The value as a cell of a row.
    pub(crate) fn cell(self) -> Cell<'d> {
        match self {
            Self::Cell(cell) => cell,
            Self::List(items) => Cell::List(items.into_iter().map(Self::cell).collect()),
            Self::Object(pairs) => {
                Cell::Map(pairs.into_iter().map(|(key, value)| (key, value.cell())).collect())
            }
        }
    }
}

/// Reads any JSON value.
pub(crate) fn tree(json: &str) -> Result<Tree<'_>, Error> {
    let mut source = serde_json::Deserializer::from_str(json);
    let tree = TreeSeed.deserialize(&mut source);
    tree.and_then(|tree| source.end().map(|()| tree)).map_err(|error| syntax(&error))
}

struct TreeSeed;

impl<'de> DeserializeSeed<'de> for TreeSeed {
    type Value = Tree<'de>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Tree<'de>, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TreeSeed {
    type Value = Tree<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Tree<'de>, E> {
        Ok(Tree::Cell(Cell::Flag(flag)))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Tree<'de>, E> {
        Ok(Tree::Cell(Cell::Number))
    }

    fn visit_u64<E>(self, count: u64) -> Result<Tree<'de>, E> {
        Ok(Tree::Cell(Cell::Count(count)))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Tree<'de>, E> {
        Ok(Tree::Cell(Cell::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Tree<'de>, E> {
        Ok(Tree::Cell(Cell::Text(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree<'de>, E> {
        Ok(Tree::Cell(Cell::Text(Cow::Owned(text.to_owned()))))
    }

    fn visit_unit<E>(self) -> Result<Tree<'de>, E> {
        Ok(Tree::Cell(Cell::Absent))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(TreeSeed)? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree<'de>, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            pairs.push((key, map.next_value_seed(TreeSeed)?));
        }
        Ok(Tree::Object(pairs))
    }
}

/// Reads a key of a row: the position of its column, or the key itself if there is no such column.
struct ColumnKey {
    columns: &'static [crate::table::Column],
    /// Keys mostly come in the order of the description.
    expected: usize,
}

impl<'de> DeserializeSeed<'de> for ColumnKey {
    type Value = Result<usize, String>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Self::Value, D::Error> {
        source.deserialize_str(self)
    }
}

impl Visitor<'_> for ColumnKey {
    type Value = Result<usize, String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        let ahead = self.columns.get(self.expected..).unwrap_or_default();
        let found = ahead.iter().position(|column| column.name == key).map(|at| self.expected + at);
        let found = found.or_else(|| self.columns.iter().position(|column| column.name == key));
        Ok(found.ok_or_else(|| key.to_owned()))
    }
}

/// The keys of a document that `key` may stand for.
pub(crate) fn likely_tables(key: &str, document: &Document) -> String {
    let names = document.texts.iter().copied().chain(document.tables.iter().map(|table| table.name));
    quoted(&likely(key, &names.collect::<Vec<_>>()))
}

/// A key that is no column of the table, as far as it may be shown, and the columns that it may stand for.
pub(crate) fn unknown_column<'k>(key: &'k str, table: &Table) -> (&'k str, String) {
    let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
    let near = likely(key, &names);
    // A key that is nearly a column is a slip; any other may be a value in the wrong place.
    let slip = near.len() < names.len() && is_word(key);
    (if slip { key } else { shown(key, table.personal) }, quoted(&near))
}

/// The names within two letters of `key`, else all of them.
pub(crate) fn likely<'n>(key: &str, names: &[&'n str]) -> Vec<&'n str> {
    let near: Vec<_> = names.iter().copied().filter(|name| distance(key, name) <= 2).collect();
    if near.is_empty() { names.to_vec() } else { near }
}

/// Letters to change, add or drop (Levenshtein); 9 if the lengths alone say it is more than two.
fn distance(a: &str, b: &str) -> usize {
    if a.len().abs_diff(b.len()) > 2 {
        return 9;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b.bytes()) {
            let best = (diagonal + usize::from(x != y)).min(*cell + 1).min(left + 1);
            diagonal = std::mem::replace(cell, best);
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// Prints a document: tables and columns in the order of the description, a row a line, nothing absent.
pub(crate) fn print(facts: &Facts, document: &Document) -> String {
    print_with(facts, document, &mut |_, _| true)
}

/// Prints a document as [`print`] does; `change` may alter the cells of a row, or leave it out.
pub(crate) fn print_with<'f>(
    facts: &'f Facts,
    document: &Document,
    change: &mut dyn FnMut(&Table, &mut [Cell<'f>]) -> bool,
) -> String {
    let mut out = Vec::with_capacity(facts.arena.len() * 3);
    out.extend_from_slice(b"{");
    let mut first = true;
    for (name, text) in document.texts.iter().zip(facts.texts) {
        let Some(text) = text else { continue };
        out.extend_from_slice(if std::mem::replace(&mut first, false) { b"\n\"" } else { b",\n\"" });
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"\": ");
        print_text(facts.text(text), &mut out);
    }
    for (order, table) in document.tables.iter().enumerate() {
        let mut row = 0;
        facts.each_row(document.first + order, &mut |cells| {
            if !change(table, cells) {
                return;
            }
            if row == 0 {
                out.extend_from_slice(if first { b"\n\"" } else { b",\n\"" });
                out.extend_from_slice(table.name.as_bytes());
                out.extend_from_slice(b"\": [\n{");
            } else {
                out.extend_from_slice(b",\n{");
            }
            (row, first) = (row + 1, false);
            print_cells(table, cells, &mut out);
        });
        if row > 0 {
            out.extend_from_slice(b"\n]");
        }
    }
    out.extend_from_slice(b"\n}\n");
    String::from_utf8(out).unwrap_or_default()
}

/// Takes the cells of a row.
pub(crate) type Each<'e, 'f> = dyn FnMut(&[Cell<'f>]) + 'e;

/// Prints a document of one table whose rows `rows` gives.
pub(crate) fn print_rows<'f>(note: Option<&str>, table: &Table, rows: &dyn Fn(&mut Each<'_, 'f>)) -> String {
    let mut out = b"{".to_vec();
    if let Some(note) = note {
        out.extend_from_slice(b"\n\"note\": ");
        print_text(note, &mut out);
        out.extend_from_slice(b",");
    }
    out.extend_from_slice(b"\n\"");
    out.extend_from_slice(table.name.as_bytes());
    out.extend_from_slice(b"\": [");
    let mut first = true;
    rows(&mut |cells| {
        out.extend_from_slice(if std::mem::replace(&mut first, false) { b"\n{" } else { b",\n{" });
        print_cells(table, cells, &mut out);
    });
    out.extend_from_slice(b"\n]\n}\n");
    String::from_utf8(out).unwrap_or_default()
}

/// Prints the cells of a row that are there, and what closes it.
fn print_cells(table: &Table, cells: &[Cell<'_>], out: &mut Vec<u8>) {
    let mut comma = false;
    for (cell, column) in cells.iter().zip(table.columns) {
        if cell.is_absent() {
            continue;
        }
        out.extend_from_slice(if std::mem::replace(&mut comma, true) { b",\"" } else { b"\"" });
        out.extend_from_slice(column.name.as_bytes());
        out.extend_from_slice(b"\":");
        print_cell(cell, out);
    }
    out.extend_from_slice(b"}");
}

fn print_cell(cell: &Cell<'_>, out: &mut Vec<u8>) {
    match cell {
        Cell::Flag(flag) => out.extend_from_slice(flag.to_string().as_bytes()),
        Cell::Count(count) => out.extend_from_slice(count.to_string().as_bytes()),
        Cell::Text(text) => print_text(text, out),
        Cell::Day(day) => out.extend_from_slice(format!("\"{day}\"").as_bytes()),
        Cell::List(items) => {
            out.extend_from_slice(b"[");
            for (position, item) in items.iter().enumerate() {
                out.extend_from_slice(if position == 0 { b"" } else { b"," });
                print_cell(item, out);
            }
            out.extend_from_slice(b"]");
        }
        Cell::Map(pairs) => {
            for (position, (key, value)) in pairs.iter().enumerate() {
                out.extend_from_slice(if position == 0 { b"{" } else { b"," });
                print_text(key, out);
                out.extend_from_slice(b":");
                print_cell(value, out);
            }
            out.extend_from_slice(b"}");
        }
        Cell::Absent | Cell::Number | Cell::Object => out.extend_from_slice(b"null"),
    }
}

fn print_text(text: &str, out: &mut Vec<u8>) {
    // Writing to a vector cannot fail.
    let _ = serde_json::to_writer(out, text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_a_likely_key() {
        assert_eq!(likely("bron", &["id", "name", "born"]), ["born"]);
        assert_eq!(likely("x", &["name", "born"]), ["name", "born"]);
        assert_eq!(distance("kitten", "sittin"), 2);
    }
}
