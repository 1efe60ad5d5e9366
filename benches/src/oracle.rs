//! The oracle of the tests: reads a document as plain JSON, says whether its references resolve, and applies the rules to
//! every single day, in the shortest way that is obviously right.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

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
            assert_eq!(ids.len(), self.table(table).len(), "{table}: an id twice");
            assert!(ids.iter().all(|id| id_is_good(id)), "{table}: an id is not good");
            known.insert(table, ids);
        }
        let references = [
            ("units", "parent", "units"),
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
            ("memberships", "decision", "decisions"),
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
        let numbers: BTreeSet<_> =
            self.table("decisions").iter().map(|row| (row.text("body"), row.text("number"))).collect();
        assert_eq!(numbers.len(), self.table("decisions").len(), "a number twice at one body");
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
        self.assert_names_differ();
    }

    /// No two people of one commune share a name, none at all name and birth day; in a made-up register a mistake may.
    fn assert_names_differ(&self) {
        if self.table("units").iter().any(|row| row.text("code") == "99") {
            return;
        }
        let mut seen = BTreeSet::new();
        let people: BTreeMap<_, _> = self.table("people").iter().map(|row| (row.text("id"), row)).collect();
        for row in people.values() {
            assert!(seen.insert((row.text("name"), row.text("born"))));
            assert!(row.get("phone").is_none() && row.get("citizen_number").is_none());
        }
        let units: BTreeMap<_, _> =
            self.table("teams").iter().map(|row| (row.text("id"), row.text("unit"))).collect();
        let mut seen = BTreeSet::new();
        for row in self.table("memberships") {
            assert!(seen.insert((units[row.text("team")], people[row.text("person")].text("name"))));
        }
    }

    /// What the rules find, day by day up to `as_of`: code, subject, first day.
    pub(crate) fn findings(&self, as_of: NaiveDate) -> Vec<Found> {
        let mut out = Vec::new();
        let mut members = BTreeMap::<&str, Vec<&Row>>::new();
        for row in self.table("memberships").iter().filter(|row| row.day("from").unwrap() <= as_of) {
            members.entry(row.text("team")).or_default().push(row);
        }
        let teams: Vec<&Row> =
            self.table("teams").iter().filter(|row| row.day("from").unwrap() <= as_of).collect();
        let none = Vec::new();
        let signed = |row: &&Row| row.day("signed").unwrap() <= as_of;
        let decisions: BTreeMap<_, _> =
            self.table("decisions").iter().filter(signed).map(|row| (row.text("id"), row)).collect();
        for &team in &teams {
            let decision = team.get("decision").and_then(|id| decisions.get(id).copied());
            self.team(team, decision, members.get(team.text("id")).unwrap_or(&none), as_of, &mut out);
        }
        self.heads(as_of, &mut out);
        self.villages(&teams, as_of, &mut out);
        self.duplicates(&mut out);
        out.sort();
        out
    }

    fn team(
        &self,
        team: &Row,
        decision: Option<&Row>,
        members: &[&Row],
        as_of: NaiveDate,
        out: &mut Vec<Found>,
    ) {
        let id = team.text("id");
        let from = team.day("from").unwrap();
        match decision {
            None => out.push(found("T001", id, Some(from))),
            Some(row) if row.day("in_force").or(row.day("signed")).unwrap() > from => {
                out.push(found("T002", id, Some(from)));
            }
            Some(_) => {}
        }
        let pauses: Vec<_> = self.table("suspensions").iter().filter(|row| row.text("team") == id).collect();
        let suspended = |day| pauses.iter().any(|row| row.on(day));
        let days: Vec<NaiveDate> = day(2022, 3, 1).iter_days().take_while(|day| *day <= as_of).collect();
        let leaders: Vec<_> =
            members.iter().filter(|row| row.text("role") == "head" || row.acting()).collect();
        let led = |day| leaders.iter().any(|row| row.on(day));
        let heads: Vec<_> =
            leaders.iter().filter(|row| !row.acting()).map(|row| (row.text("person"), row)).collect();
        let two = |day| {
            let mut now = heads.iter().filter(|(_, row)| row.on(day)).map(|(person, _)| person);
            now.next().is_some_and(|one| now.any(|other| other != one))
        };
        for (first, _) in stretches(&days, two) {
            out.push(found("T004", id, Some(first)));
        }
        for (first, length) in stretches(&days, |day| team.on(day) && !suspended(day) && !led(day)) {
            if length > 30 {
                out.push(found("T005", id, Some(first)));
            }
        }
        let people: BTreeSet<_> = members.iter().map(|row| row.text("person")).collect();
        for person in people {
            let mine: Vec<_> = members.iter().filter(|row| row.text("person") == person).collect();
            for (first, _) in stretches(&days, |day| !team.on(day) && mine.iter().any(|row| row.on(day))) {
                out.push(found("M001", id, Some(first)));
            }
            if mine.len() == 1 && !mine[0].acting() {
                continue;
            }
            for (first, _) in stretches(&days, |day| mine.iter().filter(|row| row.on(day)).count() > 1) {
                out.push(found("M002", id, Some(first)));
            }
            for (first, length) in stretches(&days, |day| mine.iter().any(|row| row.on(day) && row.acting()))
            {
                if length > 60 {
                    out.push(found("M004", id, Some(first)));
                }
            }
        }
    }

    fn heads(&self, as_of: NaiveDate, out: &mut Vec<Found>) {
        let mut positions = BTreeMap::<(&str, &str), Vec<&Row>>::new();
        for row in self.table("positions") {
            positions.entry((row.text("person"), row.text("kind"))).or_default().push(row);
        }
        let days: Vec<NaiveDate> = day(2022, 3, 1).iter_days().take_while(|day| *day <= as_of).collect();
        for row in self.table("memberships").iter().filter(|row| row.text("role") == "head") {
            let Some(kind) = row.get("position") else { continue };
            let Some(held) = positions.get(&(row.text("person"), kind)) else { continue };
            let before = |day| held.iter().any(|row| row.to <= day);
            let now = |day| held.iter().any(|row| row.on(day));
            for (first, _) in stretches(&days, |day| row.on(day) && before(day) && !now(day)) {
                out.push(found("M003", row.text("person"), Some(first)));
            }
        }
    }

    fn villages(&self, teams: &[&Row], as_of: NaiveDate, out: &mut Vec<Found>) {
        let mut covering = BTreeMap::<&str, Vec<&Row>>::new();
        for team in teams.iter().filter(|team| team.text("kind") == "community") {
            for village in team.list("covers") {
                covering.entry(village).or_default().push(team);
            }
        }
        let days: Vec<NaiveDate> = day(2022, 3, 1).iter_days().take_while(|day| *day <= as_of).collect();
        let covered = |village, day| {
            covering.get(village).map_or(0, |teams| teams.iter().filter(|t| t.on(day)).count())
        };
        let mut villages = BTreeMap::<&str, Vec<&Row>>::new();
        for row in self.table("units").iter().filter(|row| row.text("level") == "village") {
            villages.entry(row.text("parent")).or_default().push(row);
            for (first, _) in stretches(&days, |day| covered(row.text("code"), day) > 1) {
                out.push(found("T003", row.text("code"), Some(first)));
            }
        }
        for (commune, villages) in villages {
            let mut last = BTreeSet::new();
            for &today in days.iter().filter(|day_| **day_ >= day(2022, 5, 4)) {
                let due =
                    |row: &Row| row.day("from").is_none_or(|from| from + chrono::Days::new(60) <= today);
                let missing: BTreeSet<_> = villages
                    .iter()
                    .filter(|row| due(row) && row.on(today) && covered(row.text("code"), today) == 0)
                    .map(|row| row.text("code"))
                    .collect();
                if missing != last && !missing.is_empty() {
                    out.push(found("U001", commune, Some(today)));
                }
                last = missing;
            }
        }
    }

    fn duplicates(&self, out: &mut Vec<Found>) {
        let units: BTreeMap<_, _> =
            self.table("teams").iter().map(|row| (row.text("id"), row.text("unit"))).collect();
        let mut places = BTreeMap::<&str, BTreeSet<&str>>::new();
        for row in self.table("memberships") {
            places.entry(row.text("person")).or_default().insert(units[row.text("team")]);
        }
        let mut same = BTreeMap::<String, Vec<&Row>>::new();
        for row in self.table("people") {
            // The one other way to place a tone mark that the registers use.
            same.entry(row.text("name").replace("oà", "òa")).or_default().push(row);
        }
        for people in same.values() {
            for (n, a) in people.iter().enumerate() {
                for b in &people[n + 1..] {
                    let alike = match (a.get("born"), b.get("born")) {
                        (Some(a), Some(b)) => a == b,
                        _ => !places[a.text("id")].is_disjoint(&places[b.text("id")]),
                    };
                    let numbers = (a.get("citizen_number"), b.get("citizen_number"));
                    if alike && !matches!(numbers, (Some(a), Some(b)) if a != b) {
                        out.push(found("P001", a.text("id").min(b.text("id")), None));
                    }
                }
            }
        }
    }
}

/// Code, subject, first day.
pub(crate) type Found = (&'static str, String, Option<String>);

fn found(code: &'static str, subject: &str, from: Option<NaiveDate>) -> Found {
    (code, subject.to_owned(), from.map(|day| day.to_string()))
}

/// The unbroken stretches of days on which something holds: first day and number of days.
fn stretches(days: &[NaiveDate], holds: impl Fn(NaiveDate) -> bool) -> Vec<(NaiveDate, usize)> {
    let mut out: Vec<(NaiveDate, usize)> = Vec::new();
    let mut before = false;
    for &day in days {
        let now = holds(day);
        match out.last_mut() {
            Some(last) if now && before => last.1 += 1,
            _ if now => out.push((day, 1)),
            _ => {}
        }
        before = now;
    }
    out
}

fn id_is_good(id: &str) -> bool {
    let digits = id.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or_default();
    let good = |b: u8| b.is_ascii_alphanumeric() || b"._-/".contains(&b);
    digits < 9 && id.len() <= 64 && id.bytes().all(good)
}
