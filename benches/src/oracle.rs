//! The oracle of the tests: reads a document as plain JSON, says whether its references resolve, and applies the rules to
//! every single day, in the shortest way that is obviously right, from what their documentation says.

mod ask;
mod duties;
mod look;
mod members;
mod people;
mod reports;
mod teams;
mod units;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

pub(crate) use ask::Ask;
use look::Look;
pub(crate) use reports::FoundInReport;

use crate::calendar::day;
use crate::doc::tests::COLUMNS;

/// An object whose keys keep their order.
pub(crate) struct Row {
    cells: Vec<(String, Value)>,
    from: NaiveDate,
    to: NaiveDate,
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Row;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row, A::Error> {
                let mut cells = Vec::new();
                while let Some(cell) = map.next_entry()? {
                    cells.push(cell);
                }
                let mut row = Row { cells, from: NaiveDate::MIN, to: NaiveDate::MAX };
                row.from = row.day("from").unwrap_or(NaiveDate::MIN);
                row.to = row.day("to").unwrap_or(NaiveDate::MAX);
                Ok(row)
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

impl Row {
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.cells.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str().unwrap())
    }

    #[track_caller]
    pub(crate) fn text(&self, key: &str) -> &str {
        self.get(key).unwrap_or_else(|| panic!("no {key}"))
    }

    pub(crate) fn list(&self, key: &str) -> Vec<&str> {
        let Some((_, value)) = self.cells.iter().find(|(k, _)| k == key) else { return Vec::new() };
        value.as_array().unwrap().iter().map(|item| item.as_str().unwrap()).collect()
    }

    fn count(&self, key: &str) -> usize {
        let (_, value) = self.cells.iter().find(|(k, _)| k == key).unwrap();
        value.as_u64().unwrap().try_into().unwrap()
    }

    pub(crate) fn acting(&self) -> bool {
        self.cells.iter().any(|(key, value)| key == "acting" && value == true)
    }

    pub(crate) fn day(&self, key: &str) -> Option<NaiveDate> {
        self.get(key).map(|text| text.parse().unwrap())
    }

    /// Whether the fact holds on a day.
    pub(crate) fn on(&self, day: NaiveDate) -> bool {
        self.from <= day && day < self.to
    }
}

/// A document as its tables.
pub(crate) struct Document {
    pub(crate) note: String,
    tables: Vec<(String, Vec<Row>)>,
}

pub(crate) fn read(text: &str) -> Document {
    struct Top;
    impl<'de> Visitor<'de> for Top {
        type Value = Document;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a document")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
            let (key, note) = map.next_entry::<String, String>()?.unwrap();
            assert_eq!(key, "note");
            let mut tables = Vec::new();
            while let Some(table) = map.next_entry()? {
                tables.push(table);
            }
            Ok(Document { note, tables })
        }
    }
    serde_json::Deserializer::from_str(text).deserialize_map(Top).unwrap()
}

impl Document {
    pub(crate) fn table(&self, name: &str) -> &[Row] {
        &self.tables.iter().find(|(table, _)| table == name).unwrap().1
    }

    fn ids(&self, table: &str, key: &str) -> BTreeSet<&str> {
        self.table(table).iter().map(|row| row.text(key)).collect()
    }

    /// Panics unless tables, columns, ids, words, days and references are as the format wants them.
    pub(crate) fn assert_sound(&self) {
        assert!(self.tables.iter().map(|(name, _)| name.as_str()).eq(COLUMNS.iter().map(|(name, _)| *name)));
        for ((table, rows), (_, columns)) in self.tables.iter().zip(&COLUMNS) {
            for Row { cells, .. } in rows {
                let places: Vec<_> =
                    cells.iter().map(|(key, _)| columns.iter().position(|c| c == key)).collect();
                assert!(
                    places.iter().all(Option::is_some) && places.is_sorted_by(|a, b| a < b),
                    "{table}: {cells:?}"
                );
            }
        }
        let mut known = BTreeMap::new();
        for (table, key) in
            [("units", "code"), ("bodies", "id"), ("decisions", "id"), ("teams", "id"), ("people", "id")]
        {
            let ids = self.ids(table, key);
            let rows = self.table(table).iter();
            let versions: BTreeSet<_> = rows.map(|row| (row.text(key), row.from)).collect();
            assert_eq!(versions.len(), self.table(table).len(), "{table}: an id twice");
            assert!(table == "units" || ids.len() == versions.len(), "{table}: an id twice");
            assert!(ids.iter().all(|id| id_is_good(id)), "{table}: an id is not good");
            known.insert(table, ids);
        }
        let references = [
            ("units", "parent", "units"),
            ("successions", "old", "units"),
            ("successions", "new", "units"),
            ("attributes", "unit", "units"),
            ("bodies", "unit", "units"),
            ("bodies", "parent", "bodies"),
            ("decisions", "body", "bodies"),
            ("teams", "unit", "units"),
            ("teams", "parent", "teams"),
            ("teams", "decision", "decisions"),
            ("suspensions", "team", "teams"),
            ("residences", "person", "people"),
            ("residences", "unit", "units"),
            ("affiliations", "person", "people"),
            ("positions", "person", "people"),
            ("positions", "unit", "units"),
            ("positions", "body", "bodies"),
            ("memberships", "team", "teams"),
            ("memberships", "person", "people"),
            ("memberships", "on_behalf_of", "bodies"),
            ("memberships", "decision", "decisions"),
            ("declarations", "team", "teams"),
            ("excuses", "unit", "units"),
            ("completions", "unit", "units"),
        ];
        for (table, key, other) in references {
            for value in self.table(table).iter().filter_map(|row| row.get(key)) {
                assert!(known[other].contains(value), "{table}.{key}: {value}");
            }
        }
        for (table, key) in [("teams", "covers"), ("decisions", "attached_list")] {
            for value in self.table(table).iter().flat_map(|row| row.list(key)) {
                assert!(known["units"].contains(value), "{table}.{key}: {value}");
            }
        }
        let first = day(1900, 1, 1);
        for (table, rows) in &self.tables {
            for row in rows {
                for key in ["from", "to", "born", "signed", "announced", "in_force"] {
                    assert!(
                        row.day(key)
                            .is_none_or(|day| day > first && (key == "born" || day != NaiveDate::default())),
                        "{table}.{key}"
                    );
                }
                assert!(
                    row.day("to").is_none_or(|to| row.day("from").is_none_or(|from| from < to)),
                    "{table}"
                );
            }
        }
        let identities: BTreeSet<_> = self
            .table("decisions")
            .iter()
            .map(|row| (row.text("body"), row.text("number"), row.text("signed")))
            .collect();
        assert_eq!(identities.len(), self.table("decisions").len(), "one decision twice");
        // Versions of one code are taken as one unit here.
        for row in self.table("successions") {
            assert_eq!(row.text("extent") == "continues", row.text("old") == row.text("new"));
        }
        let units: BTreeMap<_, _> =
            self.table("units").iter().map(|row| (row.text("code"), row.text("level"))).collect();
        for row in self.table("units") {
            let above = match row.text("level") {
                "village" => Some("commune"),
                "commune" => Some("district"),
                "district" => Some("province"),
                _ => None,
            };
            assert_eq!(row.get("parent").map(|parent| units[parent]), above);
        }
    }

    /// No two people of one commune share a name, none at all name and birth day.
    pub(crate) fn assert_names_differ(&self) {
        let mut seen = BTreeSet::new();
        let people: BTreeMap<_, _> = self.table("people").iter().map(|row| (row.text("id"), row)).collect();
        for row in people.values() {
            assert!(row.get("born").is_none() || seen.insert((row.text("name"), row.text("born"))));
        }
        let units: BTreeMap<_, _> =
            self.table("teams").iter().map(|row| (row.text("id"), row.text("unit"))).collect();
        let mut seen = BTreeSet::new();
        for row in self.table("memberships") {
            assert!(seen.insert((units[row.text("team")], people[row.text("person")].text("name"))));
        }
    }

    /// What the rules find under a policy, day by day up to `as_of`, about the subjects of `chosen` places: code, subject, first day.
    pub(crate) fn findings_in(&self, ask: &Ask, as_of: NaiveDate, chosen: fn(&str) -> bool) -> Vec<Found> {
        let look = Look::new(self, ask, as_of, chosen);
        let mut out = Vec::new();
        for team in look.teams.values().filter(|team| chosen(place_of(team.text("id")))) {
            look.team(team, &mut out);
            look.members_of(team, &mut out);
        }
        look.people(&mut out);
        look.cards(&mut out);
        look.decisions(&mut out);
        look.units(&mut out);
        look.duties(&mut out);
        out.retain(|(_, subject, _)| chosen(place_of(subject)));
        out.sort();
        out
    }

    pub(crate) fn findings(&self, ask: &Ask, as_of: NaiveDate) -> Vec<Found> {
        self.findings_in(ask, as_of, |_| true)
    }
}

/// The code in an id of the generator: `11044` in `to-11044-02` and in `p-11044-02-3`.
pub(crate) fn place_of(id: &str) -> &str {
    let code = ["to-", "tcd-", "bcd-", "qd-", "p-"].iter().find_map(|front| id.strip_prefix(front));
    code.unwrap_or(id).split('-').next().unwrap_or_default()
}

/// Code, subject, first day.
pub(crate) type Found = (&'static str, String, Option<String>);

fn found(code: &'static str, subject: &str, from: Option<NaiveDate>) -> Found {
    (code, subject.to_owned(), from.map(|day| day.to_string()))
}

fn id_is_good(id: &str) -> bool {
    let digits = id.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or_default();
    let good = |b: u8| b.is_ascii_alphanumeric() || b"._-/".contains(&b);
    digits < 9 && id.len() <= 64 && id.bytes().all(good)
}
