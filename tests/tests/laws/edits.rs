//! Edits: after any of them, the answers are those of a full check of the edited facts.

use crate::world::{SPAN, date, world};
use chrono::{Days, NaiveDate};
use cnscd::{AgendaQuery, Checked, CompletenessQuery, Policy, Query, Register, RollUpQuery, TeamQuery};
use conformance::EDITABLE;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

/// Numbers that say what an edit does: operation, table, row, and what to put where.
type Dice = (u8, usize, usize, Vec<(usize, usize, u8)>);

fn answers(checked: &Checked) -> Value {
    let findings = checked.findings(&Query::default()).unwrap();
    let agenda = |days| {
        let rows = checked.agenda(&AgendaQuery { days, ..AgendaQuery::default() }).unwrap();
        rows.iter().map(|row| json!(row.data(None, false))).collect::<Vec<_>>()
    };
    json!({
        "findings": findings.iter().map(|finding| json!(finding.data(None))).collect::<Vec<_>>(),
        "agenda": agenda(None),
        "ahead": agenda(Some(60)),
        "completeness": checked.completeness(&CompletenessQuery::default()).unwrap(),
        "roll_up": checked.roll_up(&RollUpQuery::default()).unwrap().rows,
        "teams": checked.teams(&TeamQuery::default()).unwrap(),
    })
}

/// A change made of what the register holds: a row like another one, a row with values of another one, an end.
fn change(document: &Value, number: usize, (operation, table, row, dice): &Dice) -> Option<Value> {
    let table = EDITABLE[table % EDITABLE.len()];
    let rows = document.get(table)?.as_array()?;
    let row = rows[row % rows.len()].as_object()?.clone();
    let keyed = row.contains_key("id");
    let values = |from: &Map<String, Value>| {
        let mut values = from.clone();
        for (column, other, shift) in dice {
            let other = rows[other % rows.len()].as_object().unwrap();
            let keys: Vec<_> = other.keys().chain(from.keys()).filter(|key| *key != "id").collect();
            let key = keys[column % keys.len()].clone();
            let value = match (shift, other.get(&key)) {
                (0, _) => Value::Null,
                (1..=3, Some(value))
                    if value.as_str().is_some_and(|text| text.parse::<NaiveDate>().is_ok()) =>
                {
                    let day: NaiveDate = value.as_str().unwrap().parse().unwrap();
                    json!((day + Days::new(u64::from(*shift) * 40)).to_string())
                }
                (_, value) => value.cloned().unwrap_or(Value::Null),
            };
            values.insert(key, value);
        }
        values
    };
    let wanted = if keyed { json!({"id": row["id"]}) } else { json!(row) };
    Some(match operation % 3 {
        0 => {
            let mut new = values(&row);
            if keyed {
                new.insert("id".into(), json!(format!("e{number}")));
            }
            json!({"add": table, "row": new})
        }
        1 => {
            let mut set = values(&row);
            set.remove("id");
            json!({"change": table, "where": wanted, "set": set})
        }
        _ => {
            let from = row.get("from").and_then(Value::as_str).unwrap_or("2022-06-01");
            let day: NaiveDate = from.parse().unwrap();
            let days = dice.first().map_or(30, |(n, _, _)| u64::try_from(n % 300).unwrap());
            json!({"end": table, "where": wanted, "to": (day + Days::new(days)).to_string()})
        }
    })
}

/// Runs a list of edits on a register, each batch as one; gives how many were made.
fn run(register: &Register, policy: &Policy, as_of: NaiveDate, batches: &[Vec<Dice>]) -> usize {
    let mut checked = register.check(policy, as_of).unwrap();
    let mut made = 0;
    for (at, batch) in batches.iter().enumerate() {
        let before = checked.register().to_json();
        let document: Value = serde_json::from_str(&before).unwrap();
        let changes: Vec<_> =
            batch.iter().enumerate().filter_map(|(n, dice)| change(&document, at * 10 + n, dice)).collect();
        let old = answers(&checked);
        let edited = checked.edit(&json!(changes).to_string()).map(|edited| {
            let list = |key: &str| lines(&serde_json::to_value(edited.data(None)).unwrap()[key]);
            [["gone", "new"], ["duties_gone", "duties_new"]].map(|keys| keys.map(list))
        });
        let now = answers(&checked);
        match edited {
            Err(error) => {
                assert_eq!(error.code(), "invalid");
                assert!(
                    error
                        .problems()
                        .iter()
                        .all(|problem| problem.place().to_string().starts_with("changes["))
                );
                assert_eq!(checked.register().to_json(), before, "{changes:?}");
                assert_eq!(now, old, "{changes:?}");
            }
            Ok(lists) => {
                made += changes.len();
                for (key, [gone, new]) in ["findings", "agenda"].into_iter().zip(lists) {
                    let (mut before, mut after) = (lines(&old[key]), lines(&now[key]));
                    assert_eq!(before.len() + new.len(), after.len() + gone.len(), "{changes:?}");
                    take_out(&new, &mut after);
                    take_out(&gone, &mut before);
                    before.sort();
                    after.sort();
                    assert_eq!(before, after, "{changes:?}");
                }
                let text = checked.register().to_json();
                let fresh = Register::from_json(&text).unwrap_or_else(|error| panic!("{error} {changes:?}"));
                assert_eq!(fresh.to_json(), text);
                let full = answers(&fresh.check(policy, as_of).unwrap());
                for key in ["findings", "agenda", "ahead", "completeness", "roll_up", "teams"] {
                    assert_eq!(now[key], full[key], "{key} {changes:#?}");
                }
            }
        }
    }
    made
}

/// Each row of a list as a line.
fn lines(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(Value::to_string).collect()
}

/// Takes each of some lines out of others, where it has to stand.
fn take_out(some: &[String], others: &mut Vec<String>) {
    for line in some {
        let at = others.iter().position(|other| other == line);
        others.swap_remove(at.unwrap_or_else(|| panic!("{line} is not in {others:#?}")));
    }
}

fn dice() -> impl Strategy<Value = Dice> {
    let values = prop::collection::vec((any::<usize>(), any::<usize>(), 0..6_u8), 0..4);
    (any::<u8>(), any::<usize>(), any::<usize>(), values)
}

fn batches() -> impl Strategy<Value = Vec<Vec<Dice>>> {
    prop::collection::vec(prop::collection::vec(dice(), 1..4), 1..5)
}

/// Runs sequences of edits.
fn sequences<T: std::fmt::Debug>(
    cases: u32,
    registers: impl Strategy<Value = T>,
    start: impl Fn(&T) -> (Register, Policy, NaiveDate),
) {
    let cases = std::env::var("EDIT_SEQUENCES").map_or(cases, |cases| cases.parse().unwrap());
    let made = std::cell::Cell::new(0);
    let mut runner = TestRunner::new(Config::with_cases(cases));
    runner
        .run(&(registers, batches()), |(register, batches)| {
            let (register, policy, as_of) = start(&register);
            made.set(made.get() + run(&register, &policy, as_of, &batches));
            Ok(())
        })
        .unwrap();
    // Most can be made.
    assert!(made.get() > cases as usize, "{} changes in {cases} sequences", made.get());
}

/// More of them: `make laws`.
#[test]
fn edits_equal_a_full_check_of_random_registers() {
    sequences(300, (world(), 0..SPAN), |(world, as_of)| {
        let register = Register::from_json(&world.document().to_string()).unwrap();
        (register, world.policy(), date(*as_of))
    });
}

#[test]
fn edits_equal_a_full_check_of_minh_hoa() {
    let (document, _) = benches::minh_hoa();
    let register = Register::from_json(&document).unwrap();
    let policy = Policy::from_json(benches::minh_hoa_policy()).unwrap();
    let as_of = NaiveDate::from_ymd_opt(2022, 12, 31).unwrap();
    sequences(20, Just(()), |()| (register.clone(), policy.clone(), as_of));
}
