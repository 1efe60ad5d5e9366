//! Laws of the whole, on random registers.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod oracle;
mod world;

use cnscd::{Checked, Level, Policy, Query, Register, Role, RollUpQuery, Severity, Sex, TeamKind, TeamQuery};
use oracle::Found;
use proptest::prelude::*;
use serde_json::Value;
use world::{SPAN, World, date, world};

fn read(document: &Value) -> Register {
    Register::from_json(&document.to_string()).unwrap_or_else(|error| panic!("{error}\n{document:#}"))
}

fn check(register: &Register, as_of: i32) -> Checked {
    register.check(&Policy::preset("national-2022").unwrap(), date(as_of)).unwrap()
}

fn json(checked: &Checked) -> Vec<Value> {
    let findings = checked.findings(&Query::default()).unwrap();
    findings.into_iter().map(|finding| serde_json::to_value(finding.data(None)).unwrap()).collect()
}

fn teams(checked: &Checked) -> Value {
    serde_json::to_value(checked.teams(&TeamQuery::default()).unwrap()).unwrap()
}

fn found(checked: &Checked) -> Vec<Found> {
    let text = |value: &Value| value.as_str().map(Into::into);
    let mut found: Vec<Found> = json(checked)
        .iter()
        .map(|f| {
            let (code, subject) = (text(&f["code"]).unwrap(), text(&f["subject"]["id"]).unwrap());
            (code, subject, text(&f["from"]), text(&f["to"]), f["params"].to_string())
        })
        .collect();
    found.sort();
    found
}

/// The text of the document with rows, keys and tables in another order.
fn shuffled(document: &Value, by: usize) -> String {
    let turn = |mut items: Vec<String>| {
        items.reverse();
        let middle = by % items.len().max(1);
        items.rotate_left(middle);
        items.join(",")
    };
    match document {
        Value::Object(map) => {
            let pairs = map.iter().map(|(key, value)| format!("\"{key}\":{}", shuffled(value, by)));
            format!("{{{}}}", turn(pairs.collect()))
        }
        Value::Array(items) => format!("[{}]", turn(items.iter().map(|item| shuffled(item, by)).collect())),
        other => other.to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Law 1.
    #[test]
    fn printing_undoes_reading(world in world()) {
        let document = world.document();
        let printed = read(&document).to_json();
        let again = Register::from_json(&printed).unwrap().to_json();
        prop_assert_eq!(&printed, &again);
        let printed: Value = serde_json::from_str(&printed).unwrap();
        let mut expected = document;
        // An empty list of rows is no table.
        expected.as_object_mut().unwrap().retain(|_, rows| rows.as_array().is_none_or(|rows| !rows.is_empty()));
        prop_assert_eq!(printed, expected);
    }

    /// Law 2.
    #[test]
    fn later_facts_are_not_seen((world, as_of) in (world(), 0..SPAN)) {
        let all = check(&read(&world.document()), as_of);
        let known = check(&read(&world.known_on(as_of)), as_of);
        prop_assert_eq!(json(&all), json(&known));
        prop_assert_eq!(teams(&all), teams(&known));
        prop_assert_eq!(roll_up(&all, None), roll_up(&known, None));
    }

    /// Law 3.
    #[test]
    fn the_engine_equals_a_check_of_every_day((world, as_of) in (world(), 0..SPAN)) {
        let checked = check(&read(&world.document()), as_of);
        prop_assert_eq!(found(&checked), oracle::findings(&world, as_of));
    }

    /// Law 5.
    #[test]
    fn order_does_not_matter((world, as_of, by) in (world(), 0..SPAN, 0..7_usize)) {
        let document = world.document();
        let straight = check(&read(&document), as_of);
        let turned = check(&Register::from_json(&shuffled(&document, by)).unwrap(), as_of);
        prop_assert_eq!(json(&straight), json(&turned));
        prop_assert_eq!(teams(&straight), teams(&turned));
        prop_assert_eq!(roll_up(&straight, None), roll_up(&turned, None));
    }

    /// Laws 4 and 8.
    #[test]
    fn a_roll_up_adds_what_is_below((world, as_of) in (world(), 0..SPAN)) {
        let checked = check(&read(&world.document()), as_of);
        let rows = checked.roll_up(&RollUpQuery::default()).unwrap().rows;
        for row in &rows {
            let below: Vec<_> = rows.iter().filter(|other| other.parent.as_deref() == Some(&row.unit)).collect();
            prop_assert!(below.iter().all(|other| other.level > row.level));
            // What a unit has itself: its own row, the teams it manages, their members.
            let m = &row.measures;
            let sum = |get: &dyn Fn(&cnscd::Measures) -> u32| below.iter().map(|row| get(&row.measures)).sum::<u32>();
            for &level in Level::ALL {
                let own = u32::from(level == row.level);
                prop_assert_eq!(m.units(level), own + sum(&|m| m.units(level)));
            }
            let teams: Vec<_> = world.teams.iter().filter(|team| {
                team.span.has(as_of) && row.unit == format!("9900{}", team.commune + 1)
            }).collect();
            for (kind, community) in [(TeamKind::Community, true), (TeamKind::Steering, false)] {
                let own = teams.iter().filter(|team| team.community == community).count();
                prop_assert_eq!(
                    m.teams(Level::Commune, kind),
                    u32::try_from(own).unwrap() + sum(&|m| m.teams(Level::Commune, kind))
                );
            }
            let members = Level::ALL.iter().flat_map(|&l| TeamKind::ALL.iter().map(move |&k| m.members(l, k))).sum::<u32>();
            prop_assert_eq!(members, Role::ALL.iter().map(|&role| m.role(role)).sum::<u32>());
            prop_assert_eq!(members, [Some(Sex::Male), Some(Sex::Female), None].map(|sex| m.sex(sex)).iter().sum::<u32>());
        }
        // The province has every finding that has a unit.
        let present = checked.findings(&Query::default()).unwrap();
        let of_units = present.iter().filter(|f| f.is_present() && f.unit().is_some()).count();
        let top = &rows[0].measures;
        let counted: u32 = Severity::ALL.iter().map(|&severity| top.findings(severity)).sum();
        prop_assert_eq!(usize::try_from(counted).unwrap(), of_units);
    }

    /// Asking for a part gives the part of the whole.
    #[test]
    fn filters_take_a_part((world, as_of) in (world(), 0..SPAN)) {
        let checked = check(&read(&world.document()), as_of);
        let all = json(&checked);
        for severity in Severity::ALL {
            let query = Query { severity: Some(*severity), ..Query::default() };
            let part = checked.findings(&query).unwrap().len();
            prop_assert_eq!(part, all.iter().filter(|f| f["severity"] == severity.word()).count());
        }
        let rows = roll_up(&checked, None);
        for code in ["99001", "991"] {
            let unit = roll_up(&checked, Some(code));
            prop_assert!(unit.iter().all(|row| rows.contains(row)));
            prop_assert_eq!(&unit[0]["unit"], code);
            let present = Query { unit: Some(code.into()), when: cnscd::When::Present, ..Query::default() };
            let counts = unit[0]["findings"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum::<u64>();
            prop_assert_eq!(counts, checked.findings(&present).unwrap().len() as u64);
        }
    }
}

fn roll_up(checked: &Checked, unit: Option<&str>) -> Vec<Value> {
    let query = RollUpQuery { unit: unit.map(Into::into), level: None };
    let rows = checked.roll_up(&query).unwrap().rows;
    rows.iter().map(|row| serde_json::to_value(row).unwrap()).collect()
}

/// The random registers are worth checking: every rule fires in them, present and past.
#[test]
fn random_registers_reach_every_rule() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeMap::<String, [usize; 2]>::new();
    for _ in 0..300 {
        let world: World = world().new_tree(&mut runner).unwrap().current();
        for finding in json(&check(&read(&world.document()), SPAN - 1)) {
            let past = usize::from(finding["present"] == false);
            seen.entry(finding["code"].as_str().unwrap().into()).or_default()[past] += 1;
        }
    }
    for rule in cnscd::RULES {
        let counts = seen.get(rule.code).copied().unwrap_or_default();
        assert!(counts[0] > 5 && (counts[1] > 5 || rule.code == "P001"), "{}: {counts:?}", rule.name);
    }
}
