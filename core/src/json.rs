//! JSON in and out. Both follow the descriptions of the tables and know no single kind of fact.

use crate::choice::quoted;
use crate::error::Error;
use crate::facts::{Facts, TABLES};
use crate::field::is_word;
use crate::personal::shown;
use crate::problem::{self as p, ProblemKind};
use crate::read::{Read, Reader};
use crate::table::{Cell, Type};
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

/// Reads a document.
pub(crate) fn read(json: &str) -> Result<Read, Error> {
    if json.len() >= u32::MAX as usize {
        return Err(Error::TooLarge(json.len()));
    }
    let syntax = |error: serde_json::Error| {
        // serde_json ends its message with the place, which stands in fields of its own here.
        // An end that comes too early is told of the column before it.
        let (line, column) = (error.line().max(1), error.column().max(1));
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = error.to_string();
        let message = message.strip_suffix(&place).unwrap_or(&message).to_owned();
        Error::Syntax { line, column, message }
    };
    let mut parser = Parser { reader: Reader::new(), cells: Vec::new(), present: None, done: Vec::new() };
    // Names, ids and numbers are a sixth of a usual document; growing would copy them over and over.
    parser.reader.facts.arena.reserve(json.len() / 6);
    loop {
        let mut source = serde_json::Deserializer::from_str(json);
        let present = parser
            .document(&mut source)
            .and_then(|present| source.end().map(|()| present))
            .map_err(syntax)?;
        if present.iter().all(|order| parser.done.contains(order)) {
            return parser.reader.finish();
        }
        // Some table stood before one that it refers to: once more, for what could not be read.
        parser.present = Some(present);
    }
}

struct Parser<'de> {
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
        let document =
            Seed { parser: self, node: Node::Document, present: &mut present }.deserialize(source)?;
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
            let Some(to) = TABLES.iter().position(|table| table.name == name) else { return true };
            let missing = self.present.as_ref().is_some_and(|present| !present.contains(&to));
            to == order || missing || self.done.contains(&to)
        };
        let columns = TABLES.get(order).map_or(&[][..], |table| table.columns);
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
}

impl<'de> Seed<'_, 'de> {
    fn child(&mut self, node: Node) -> Seed<'_, 'de> {
        Seed { parser: self.parser, node, present: self.present }
    }

    fn read_document<A: MapAccess<'de>>(&mut self, mut map: A) -> Result<(), A::Error> {
        let mut noted = false;
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let first_time = self.parser.present.is_none();
            if key == "note" && first_time {
                let note = map.next_value_seed(self.child(Node::Value))?;
                if std::mem::replace(&mut noted, true) {
                    self.parser.document_problem(&p::DUPLICATE_KEY, &key, "");
                }
                match note {
                    Cell::Absent => {}
                    Cell::Text(note) if !note.is_empty() => {
                        self.parser.reader.facts.note = self.parser.reader.store(&note);
                    }
                    _ => self.parser.document_problem(&p::NOT_TEXT, "", ""),
                }
                continue;
            }
            let order = TABLES.iter().position(|table| table.name == key);
            if let Some(order) = order
                && !self.present.contains(&order)
            {
                self.present.push(order);
                if !self.parser.done.contains(&order) && self.parser.is_ready(order) {
                    self.parser.reader.at(order, 0);
                    let table = map.next_value_seed(self.child(Node::Table))?;
                    self.parser.end_table(order, &table);
                    continue;
                }
            } else if order.is_some() {
                self.parser.document_problem(&p::DUPLICATE_KEY, &key, "");
            } else if first_time {
                let names: Vec<_> =
                    std::iter::once("note").chain(TABLES.iter().map(|table| table.name)).collect();
                self.parser.document_problem(&p::UNKNOWN_KEY, &key, &quoted(&likely(&key, &names)));
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
            match rows.next_element_seed(self.child(Node::Row))? {
                None => return Ok(()),
                Some(Cell::Object) => {}
                Some(_) => {
                    self.parser.reader.problem(&p::NOT_AN_OBJECT, "", "");
                    self.parser.reader.skip();
                }
            }
            row += 1;
        }
    }

    fn read_row<A: MapAccess<'de>>(&mut self, mut map: A) -> Result<(), A::Error> {
        let Some(table) = self.parser.reader.table() else { return Ok(()) };
        if self.parser.cells.len() != table.columns.len() {
            self.parser.cells.clear();
            self.parser.cells.resize(table.columns.len(), Cell::Absent);
        }
        let (mut expected, mut seen) = (0, 0_u32);
        while let Some(key) = map.next_key_seed(ColumnKey { columns: table.columns, expected })? {
            let value = map.next_value_seed(self.child(Node::Value))?;
            match key {
                Ok(column) => {
                    expected = column + 1;
                    if seen & (1 << column) != 0 {
                        let name = table.columns.get(column).map_or("", |column| column.name);
                        let place = self.parser.reader.place();
                        self.parser.reader.problem_at(place, &p::DUPLICATE_KEY, name, "");
                    }
                    seen |= 1 << column;
                    if let Some(cell) = self.parser.cells.get_mut(column) {
                        *cell = value;
                    }
                }
                Err(key) => {
                    let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
                    let near = likely(&key, &names);
                    // A key that is nearly a column is a slip; any other may be a value in the wrong place.
                    let slip = near.len() < names.len() && is_word(&key);
                    let found = if slip { &key } else { shown(&key, table.personal) };
                    let place = self.parser.reader.place();
                    self.parser.reader.problem_at(place, &p::UNKNOWN_KEY, found, &quoted(&near));
                }
            }
        }
        Facts::read_row(self.parser.reader.order, &self.parser.cells, &mut self.parser.reader);
        // For the next row, all cells are absent again.
        while seen != 0 {
            if let Some(cell) = self.parser.cells.get_mut(seen.trailing_zeros() as usize) {
                *cell = Cell::Absent;
            }
            seen &= seen - 1;
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, 'de> {
    type Value = Cell<'de>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Cell<'de>, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, 'de> {
    type Value = Cell<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Cell<'de>, E> {
        Ok(Cell::Flag(flag))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Cell<'de>, E> {
        Ok(Cell::Number)
    }

    fn visit_u64<E>(self, count: u64) -> Result<Cell<'de>, E> {
        Ok(Cell::Count(count))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Cell<'de>, E> {
        Ok(Cell::Number)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Cell<'de>, E> {
        Ok(Cell::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Cell<'de>, E> {
        Ok(Cell::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Cell<'de>, E> {
        Ok(Cell::Absent)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Cell<'de>, A::Error> {
        match self.node {
            Node::Table => {
                self.read_table(list)?;
                Ok(CONSUMED)
            }
            Node::Value => {
                let mut items = Vec::new();
                while let Some(item) = list.next_element_seed(self.child(Node::Item))? {
                    items.push(item);
                }
                Ok(Cell::List(items))
            }
            _ => {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Cell::List(Vec::new()))
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Cell<'de>, A::Error> {
        match self.node {
            Node::Document => self.read_document(map)?,
            Node::Row => self.read_row(map)?,
            Node::Table => {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                return Ok(Cell::Absent);
            }
            Node::Value | Node::Item => while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {},
        }
        Ok(Cell::Object)
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

/// The names within two letters of `key`, else all of them.
fn likely<'n>(key: &str, names: &[&'n str]) -> Vec<&'n str> {
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

/// Prints the facts: tables and columns in the order of the description, a row a line, nothing absent.
pub(crate) fn print(facts: &Facts) -> String {
    let mut out = Vec::with_capacity(facts.arena.len() * 3);
    out.extend_from_slice(b"{");
    let mut first = true;
    if let Some(note) = facts.note {
        out.extend_from_slice(b"\n\"note\": ");
        print_text(facts.text(note), &mut out);
        first = false;
    }
    for (order, table) in TABLES.iter().enumerate() {
        let mut row = 0;
        facts.each_row(order, &mut |cells| {
            if row == 0 {
                out.extend_from_slice(if first { b"\n\"" } else { b",\n\"" });
                out.extend_from_slice(table.name.as_bytes());
                out.extend_from_slice(b"\": [\n{");
            } else {
                out.extend_from_slice(b",\n{");
            }
            (row, first) = (row + 1, false);
            let mut comma = false;
            for (cell, column) in cells.iter().zip(table.columns) {
                if *cell == Cell::Absent {
                    continue;
                }
                out.extend_from_slice(if std::mem::replace(&mut comma, true) { b",\"" } else { b"\"" });
                out.extend_from_slice(column.name.as_bytes());
                out.extend_from_slice(b"\":");
                print_cell(cell, &mut out);
            }
            out.extend_from_slice(b"}");
        });
        if row > 0 {
            out.extend_from_slice(b"\n]");
        }
    }
    out.extend_from_slice(b"\n}\n");
    String::from_utf8(out).unwrap_or_default()
}

fn print_cell(cell: &Cell<'_>, out: &mut Vec<u8>) {
    match cell {
        Cell::Flag(flag) => out.extend_from_slice(flag.to_string().as_bytes()),
        Cell::Count(count) => out.extend_from_slice(count.to_string().as_bytes()),
        Cell::Text(text) => print_text(text, out),
        Cell::Day(day) => out.extend_from_slice(format!("\"{day}\"").as_bytes()),
        Cell::List(items) => {
            for (position, item) in items.iter().enumerate() {
                out.extend_from_slice(if position == 0 { b"[" } else { b"," });
                print_cell(item, out);
            }
            out.extend_from_slice(b"]");
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
