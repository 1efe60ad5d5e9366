//! Real units over two reforms: Hải Dương in 2022, after the mergers of late 2024, and as a part of Hải Phòng since 1/7/2025. A code is
//! not a unit, districts end, and every commune's successors are known or said to be unknown.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use chrono::NaiveDate;
use cnscd::{Level, Locale, Names, Policy, Query, Register, RollUpQuery, Severity, TeamKind, When};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const MERGED: &str = "2024-12-01";
const REFORMED: &str = "2025-07-01";

fn rows(csv: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    csv.lines().skip(1).map(|line| line.split(',').collect())
}

/// One version for each stretch of snapshots in which a code has the same row.
fn document() -> Value {
    // What a code was, in each of the three states; Hải Phòng before the mergers is as after them.
    let mut states: BTreeMap<&str, [Option<Vec<&str>>; 3]> = BTreeMap::new();
    for (csv, at) in [
        (include_str!("../data/hai-duong-2022.csv"), &[0][..]),
        (include_str!("../data/hai-duong-2025-01.csv"), &[1]),
        (include_str!("../data/hai-phong-2025-01.csv"), &[0, 1]),
        (include_str!("../data/hai-phong-2025-07.csv"), &[2]),
    ] {
        for row in rows(csv) {
            for &at in at {
                states.entry(row[0]).or_default()[at] = Some(row.clone());
            }
        }
    }
    let days = [None, Some(MERGED), Some(REFORMED), None];
    let mut units = Vec::new();
    for state in states.values() {
        let mut at = 0;
        while at < 3 {
            let end = (at + 1..3).find(|&next| state[next] != state[at]).unwrap_or(3);
            if let Some(row) = &state[at] {
                // The columns load as they are; what is empty is left out.
                let mut unit = json!({"code": row[0], "name": row[1], "kind": row[2], "level": row[3]});
                for (key, value) in [("parent", Some(row[4])), ("from", days[at]), ("to", days[end])] {
                    if let Some(value) = value.filter(|value| !value.is_empty()) {
                        unit[key] = json!(value);
                    }
                }
                units.push(unit);
            }
            at = end;
        }
    }
    let mut successions = Vec::new();
    for (csv, day, at) in [
        (include_str!("../data/crosswalk-hai-duong-2024-12.csv"), MERGED, 0),
        (include_str!("../data/crosswalk-hai-phong-2025-07.csv"), REFORMED, 1),
    ] {
        for row in rows(csv) {
            let (old, new) =
                (&states[row[0]][at], states.get(row[1]).and_then(|state| state[at + 1].as_ref()));
            if new.is_some() && old.as_ref() != new {
                let extent = if row[2] == "part-main" { "part" } else { row[2] };
                successions.push(json!({"day": day, "old": row[0], "new": row[1], "extent": extent}));
            }
        }
    }
    json!({
        "note": "Units are real; the team is made up.",
        "units": units,
        "successions": successions,
        "teams": [{"id": "t", "kind": "steering", "unit": "10621", "from": "2022-04-05"}],
    })
}

fn on(register: &Register, (year, month, day): (i32, u32, u32)) -> cnscd::Checked {
    let day = NaiveDate::from_ymd_opt(year, month, day).unwrap();
    register.check(&Policy::preset("national-2022").unwrap(), day).unwrap()
}

#[test]
fn units_are_counted_as_published() {
    let register = Register::from_json(&document().to_string()).unwrap();
    assert_eq!(Register::from_json(&register.to_json()).unwrap().to_json(), register.to_json());
    let counts = |day, province: &str| {
        let query = RollUpQuery { unit: Some(province.into()), level: Some(Level::Province) };
        let rows = on(&register, day).roll_up(&query).unwrap().rows;
        rows.first().map(|row| (row.measures.units(Level::District), row.measures.units(Level::Commune)))
    };
    assert_eq!(counts((2022, 5, 17), "30"), Some((12, 235)));
    assert_eq!(counts((2024, 11, 30), "30"), Some((12, 235)));
    assert_eq!(counts((2024, 12, 1), "30"), Some((12, 207)));
    assert_eq!(counts((2025, 6, 30), "30"), Some((12, 207)));
    // The province has ended; the city has 114 communes and no district.
    assert_eq!(counts((2025, 7, 1), "30"), None);
    assert_eq!(counts((2025, 7, 1), "31"), Some((0, 114)));
}

#[test]
fn a_code_is_not_a_unit() {
    let register = Register::from_json(&document().to_string()).unwrap();
    let name = |day, code: &str| {
        let rows =
            on(&register, day).roll_up(&RollUpQuery { unit: Some(code.into()), level: None }).unwrap().rows;
        rows.first().map(|row| row.name.clone())
    };
    assert_eq!(name((2022, 5, 17), "10621").as_deref(), Some("Xã Thanh Quang"));
    assert_eq!(name((2022, 5, 17), "10624").as_deref(), Some("Xã Quốc Tuấn"));
    assert_eq!(name((2025, 1, 15), "10621").as_deref(), Some("Xã Quốc Tuấn"));
    assert_eq!(name((2025, 1, 15), "10624"), None);
    assert_eq!(name((2025, 7, 1), "10621"), None);
    // A team of 2022 stays the team of Thanh Quang, whatever the code means later.
    let checked = on(&register, (2025, 12, 31));
    let findings = checked.findings(&Query { code: Some("T001".into()), ..Query::default() }).unwrap();
    let text = findings[0].text(Locale::Vi, Names::Hidden);
    assert!(text.contains("xã Thanh Quang"), "{text}");
    // Whoever asks for the code finds it, though the code was given again; and the unit that took it all over is asked to act.
    let query = Query { unit: Some("10621".into()), code: Some("T001".into()), ..Query::default() };
    assert_eq!(checked.findings(&query).unwrap().len(), 1);
    let remedy = findings[0].remedy(Locale::Vi, Names::Hidden);
    assert!(remedy.starts_with("Đề nghị UBND xã Trần Phú bổ sung"), "{remedy}");
}

/// The team of a commune that has ended counts with its district, and where the filter finds its findings, too.
#[test]
fn nothing_is_lost_with_a_unit_that_ended() {
    let register = Register::from_json(&document().to_string()).unwrap();
    let checked = on(&register, (2025, 1, 15));
    for code in ["291", "30"] {
        let row = &checked.roll_up(&RollUpQuery { unit: Some(code.into()), level: None }).unwrap().rows[0];
        let unit = Some(code.into());
        let present =
            Query { unit, severity: Some(Severity::Warning), when: When::Present, ..Query::default() };
        assert_eq!(row.measures.teams(Level::Commune, TeamKind::Steering), 1, "{code}");
        let warnings = usize::try_from(row.measures.findings(Severity::Warning)).unwrap();
        assert_eq!(warnings, checked.findings(&present).unwrap().len(), "{code}");
    }
}
