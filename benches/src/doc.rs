//! A document: one buffer for each table, filled row by row and joined in the order of the tables.
//!
//! Keys must be written in the order of the columns; the tests compare every row with [`COLUMNS`](tests::COLUMNS).

use std::fmt::{Display, Write};

use chrono::NaiveDate;

/// The tables of a document that is being written.
#[derive(Default)]
pub(crate) struct Doc {
    units: String,
    successions: String,
    attributes: String,
    bodies: String,
    decisions: String,
    teams: String,
    suspensions: String,
    declarations: String,
    people: String,
    residences: String,
    affiliations: String,
    positions: String,
    memberships: String,
    excuses: String,
    completions: String,
}

impl Doc {
    pub(crate) fn units(&mut self) -> Row<'_> {
        Row::new(&mut self.units)
    }

    pub(crate) fn successions(&mut self) -> Row<'_> {
        Row::new(&mut self.successions)
    }

    pub(crate) fn attributes(&mut self) -> Row<'_> {
        Row::new(&mut self.attributes)
    }

    pub(crate) fn bodies(&mut self) -> Row<'_> {
        Row::new(&mut self.bodies)
    }

    pub(crate) fn decisions(&mut self) -> Row<'_> {
        Row::new(&mut self.decisions)
    }

    pub(crate) fn teams(&mut self) -> Row<'_> {
        Row::new(&mut self.teams)
    }

    pub(crate) fn suspensions(&mut self) -> Row<'_> {
        Row::new(&mut self.suspensions)
    }

    pub(crate) fn declarations(&mut self) -> Row<'_> {
        Row::new(&mut self.declarations)
    }

    pub(crate) fn excuses(&mut self) -> Row<'_> {
        Row::new(&mut self.excuses)
    }

    pub(crate) fn people(&mut self) -> Row<'_> {
        Row::new(&mut self.people)
    }

    pub(crate) fn residences(&mut self) -> Row<'_> {
        Row::new(&mut self.residences)
    }

    pub(crate) fn affiliations(&mut self) -> Row<'_> {
        Row::new(&mut self.affiliations)
    }

    pub(crate) fn positions(&mut self) -> Row<'_> {
        Row::new(&mut self.positions)
    }

    pub(crate) fn memberships(&mut self) -> Row<'_> {
        Row::new(&mut self.memberships)
    }

    pub(crate) fn completions(&mut self) -> Row<'_> {
        Row::new(&mut self.completions)
    }

    /// The text: the note, then every table; one row a line.
    pub(crate) fn finish(self, note: &str) -> String {
        let tables = [
            ("units", self.units),
            ("successions", self.successions),
            ("attributes", self.attributes),
            ("bodies", self.bodies),
            ("decisions", self.decisions),
            ("teams", self.teams),
            ("suspensions", self.suspensions),
            ("declarations", self.declarations),
            ("people", self.people),
            ("residences", self.residences),
            ("affiliations", self.affiliations),
            ("positions", self.positions),
            ("memberships", self.memberships),
            ("events", String::new()),
            ("excuses", self.excuses),
            ("completions", self.completions),
        ];
        finish(note, tables.map(|(name, rows)| (name, Table(rows))))
    }
}

/// The rows of a table that is being written.
#[derive(Default)]
pub(crate) struct Table(String);

impl Table {
    pub(crate) fn row(&mut self) -> Row<'_> {
        Row::new(&mut self.0)
    }
}

/// A document: the note, then every table; one row a line.
pub(crate) fn finish<const N: usize>(note: &str, tables: [(&str, Table); N]) -> String {
    let length: usize = tables.iter().map(|(name, rows)| name.len() + rows.0.len() + 8).sum();
    let mut out = String::with_capacity(length + 2 * note.len() + 16);
    out.push_str("{\"note\":");
    quote(&mut out, note);
    for (name, rows) in tables {
        out.push_str(",\n");
        quote(&mut out, name);
        out.push_str(":[");
        out.push_str(&rows.0);
        out.push(']');
    }
    out.push_str("}\n");
    out
}

/// A row that is being written; it is closed when dropped.
pub(crate) struct Row<'a> {
    out: &'a mut String,
    empty: bool,
}

impl<'a> Row<'a> {
    fn new(out: &'a mut String) -> Self {
        out.push_str(if out.is_empty() { "\n{" } else { ",\n{" });
        Self { out, empty: true }
    }

    fn key(&mut self, key: &str) {
        if !self.empty {
            self.out.push(',');
        }
        self.empty = false;
        self.out.push('"');
        self.out.push_str(key);
        self.out.push_str("\":");
    }

    pub(crate) fn text(mut self, key: &str, value: &str) -> Self {
        self.key(key);
        quote(self.out, value);
        self
    }

    pub(crate) fn text_if(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(key, value),
            None => self,
        }
    }

    pub(crate) fn day(mut self, key: &str, value: NaiveDate) -> Self {
        self.key(key);
        show(self.out, format_args!("\"{value}\""));
        self
    }

    pub(crate) fn day_if(self, key: &str, value: Option<NaiveDate>) -> Self {
        match value {
            Some(value) => self.day(key, value),
            None => self,
        }
    }

    pub(crate) fn count(mut self, key: &str, value: usize) -> Self {
        self.key(key);
        show(self.out, format_args!("{value}"));
        self
    }

    pub(crate) fn count_if(self, key: &str, value: Option<usize>) -> Self {
        match value {
            Some(value) => self.count(key, value),
            None => self,
        }
    }

    /// Counts by key; left out if there are none.
    pub(crate) fn counts(mut self, key: &str, values: &[(&str, u32)]) -> Self {
        self.object(key, values, |out, value| show(out, value));
        self
    }

    /// Texts by key; left out if there are none.
    pub(crate) fn texts(mut self, key: &str, values: &[(&str, &str)]) -> Self {
        self.object(key, values, |out, value| quote(out, value));
        self
    }

    fn object<T>(&mut self, key: &str, values: &[(&str, T)], write: impl Fn(&mut String, &T)) {
        let mut before = '{';
        for (name, value) in values {
            if before == '{' {
                self.key(key);
            }
            self.out.push(before);
            quote(self.out, name);
            self.out.push(':');
            write(self.out, value);
            before = ',';
        }
        if before == ',' {
            self.out.push('}');
        }
    }

    /// `"key":true`, or nothing.
    pub(crate) fn yes_if(mut self, key: &str, value: bool) -> Self {
        if value {
            self.key(key);
            self.out.push_str("true");
        }
        self
    }

    /// A list of texts; an empty one is left out.
    pub(crate) fn list(mut self, key: &str, values: &[String]) -> Self {
        let mut before = "[";
        for value in values {
            if before == "[" {
                self.key(key);
            }
            self.out.push_str(before);
            quote(self.out, value);
            before = ",";
        }
        if before == "," {
            self.out.push(']');
        }
        self
    }
}

impl Drop for Row<'_> {
    fn drop(&mut self) {
        self.out.push('}');
    }
}

fn quote(out: &mut String, value: &str) {
    out.push('"');
    if value.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        for c in value.chars() {
            match c {
                '"' | '\\' => out.extend(['\\', c]),
                c if c < ' ' => show(out, format_args!("\\u{:04x}", u32::from(c))),
                c => out.push(c),
            }
        }
    } else {
        out.push_str(value);
    }
    out.push('"');
}

fn show(out: &mut String, value: impl Display) {
    // Writing to a `String` cannot fail.
    let _ = write!(out, "{value}");
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The columns of every table, in the order of the document.
    pub(crate) const COLUMNS: [(&str, &[&str]); 16] = [
        ("units", &["code", "name", "kind", "level", "parent", "from", "to", "keep_capital"]),
        ("successions", &["day", "old", "new", "extent", "share", "basis"]),
        ("attributes", &["unit", "attribute", "from", "value"]),
        ("bodies", &["id", "name", "kind", "unit", "parent", "from", "to", "successor"]),
        (
            "decisions",
            &[
                "id",
                "number",
                "body",
                "signed",
                "announced",
                "in_force",
                "kind",
                "subject",
                "amends",
                "replaces",
                "annuls",
                "attached_list",
            ],
        ),
        (
            "teams",
            &[
                "id",
                "name",
                "kind",
                "unit",
                "covers",
                "parent",
                "committee",
                "decision",
                "mandates",
                "from",
                "to",
            ],
        ),
        ("suspensions", &["team", "from", "to", "decision"]),
        ("declarations", &["team", "from", "members"]),
        ("people", &["id", "name", "born", "sex", "phone", "citizen_number"]),
        ("residences", &["person", "unit", "from", "to"]),
        ("affiliations", &["person", "organisation", "from", "to"]),
        ("positions", &["person", "kind", "unit", "body", "from", "to", "acting"]),
        (
            "memberships",
            &[
                "team",
                "person",
                "role",
                "acting",
                "position",
                "on_behalf_of",
                "decision",
                "from",
                "to",
                "end_reason",
            ],
        ),
        ("events", &["id", "obligation", "unit", "team", "day", "document"]),
        ("excuses", &["obligation", "unit", "team", "period", "event", "day", "until", "document"]),
        ("completions", &["obligation", "unit", "team", "person", "period", "event", "day", "document"]),
    ];

    #[test]
    fn writes_rows_and_escapes() {
        let mut doc = Doc::default();
        doc.people().text("id", "p").text_if("name", Some("a \"b\" \\ \n")).text_if("sex", None);
        doc.people().text("id", "q").day_if("born", NaiveDate::from_ymd_opt(2000, 2, 3)).yes_if("x", true);
        doc.teams().list("covers", &["1".into(), "2".into()]).list("mandates", &[]);
        let text = doc.finish("n");
        assert!(text.contains(
            "\"people\":[\n{\"id\":\"p\",\"name\":\"a \\\"b\\\" \\\\ \\u000a\"},\n{\"id\":\"q\",\"born\":\"2000-02-03\",\"x\":true}]"
        ));
        assert!(text.contains("\"teams\":[\n{\"covers\":[\"1\",\"2\"]}]"));
        assert!(text.contains("\"successions\":[]"));
        serde_json::from_str::<serde_json::Value>(&text).unwrap();
    }
}
