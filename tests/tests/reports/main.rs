//! Laws of reports, on random forms, registers and reports.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod expression;
mod hostile;
mod oracle;
mod world;

use chrono::NaiveDate;
use cnscd::tables::{self, Cell};
use cnscd::{Checked, Error, Policy, Query, Register, Reports};
use oracle::Oracle;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use world::{PEOPLE, SPAN, World, date, day_of, world, world_and_report, world_of};

/// So many times more of them: `REPORT_TIMES=20 cargo test --release -p conformance --test reports`.
fn cases(usual: u32) -> ProptestConfig {
    let times: u32 = std::env::var("REPORT_TIMES").map_or(1, |times| times.parse().unwrap());
    ProptestConfig {
        cases: usual * times,
        max_shrink_iters: 2000,
        max_shrink_time: 15_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Runs a law on so many cases.
fn law<T: std::fmt::Debug>(
    usual: u32,
    values: impl Strategy<Value = T>,
    holds: impl Fn(T) -> Result<(), TestCaseError>,
) {
    TestRunner::new(cases(usual)).run(&values, holds).unwrap_or_else(|error| panic!("{error}"));
}

fn read_policy(world: &World) -> Policy {
    Policy::from_json(&world.policy.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

fn read_register(world: &World) -> Register {
    Register::from_json(&world.register().to_string()).unwrap_or_else(|error| panic!("{error}"))
}

fn with_reports(register: &Register, reports: &[Value]) -> Register {
    let document = world::documented(reports).to_string();
    let reports = Reports::from_json(register, &document).unwrap_or_else(|error| panic!("{error}"));
    register.with_reports(&reports).unwrap()
}

fn check(world: &World) -> Checked {
    with_reports(&read_register(world), &world.reports).check(&read_policy(world), date(world.as_of)).unwrap()
}

fn found(checked: &Checked) -> Vec<Value> {
    let findings = checked.findings(&Query::default()).unwrap();
    findings.into_iter().map(|finding| json!(finding.data(None))).collect()
}

/// What the oracle says of a finding, as one line.
fn line(finding: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    assert_eq!((&finding["present"], &finding["to"]), (&json!(true), &Value::Null));
    format!(
        "{} {} {} in {} from {} {} by {}: {}",
        text(&finding["code"]),
        text(&finding["subject"]["table"]),
        text(&finding["subject"]["id"]),
        text(&finding["unit"]),
        text(&finding["from"]),
        text(&finding["severity"]),
        finding["basis"]["vi"],
        finding["params"]
    )
}

/// Lines that stand on one side only: on the left, of the library; on the right, of the oracle.
fn difference(left: &[String], right: &[String]) -> Vec<String> {
    let count = |lines: &[String], line: &String| lines.iter().filter(|other| *other == line).count();
    let only = |name: &str, a: &[String], b: &[String]| -> Vec<String> {
        a.iter()
            .filter(|line| count(a, line) != count(b, line))
            .map(|line| format!("{name} {line}"))
            .collect()
    };
    [only("<", left, right), only(">", right, left)].concat()
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

fn as_the_oracle_says(world: &World) -> Result<(), TestCaseError> {
    let (checked, oracle) = (check(world), Oracle::new(world, world.as_of));
    let all = found(&checked);
    let ours = sorted(
        all.iter().filter(|finding| finding["code"].as_str().unwrap().starts_with('R')).map(line).collect(),
    );
    let wanted = sorted(oracle.findings().into_iter().map(|found| found.line).collect());
    prop_assert!(ours == wanted, "{:#?}", difference(&ours, &wanted));
    let departures = oracle.departures();
    for form in ["f", "g"]
        .into_iter()
        .filter(|form| world.policy["forms"].as_array().unwrap().iter().any(|row| row["id"] == *form))
    {
        let ours = checked.departures(form).unwrap();
        let ours = ours.iter().map(|departure| format!("{} {}", departure.report, departure.check));
        let own = departures.iter().filter(|departure| departure.form == form);
        let wanted = own.map(|departure| format!("{} c{}", departure.report, departure.check));
        let (ours, wanted) = (sorted(ours.collect()), sorted(wanted.collect()));
        prop_assert!(ours == wanted, "{:#?}", difference(&ours, &wanted));
    }
    Ok(())
}

/// The worlds have something for each rule to find.
#[test]
fn columns_equal_a_look_at_each_report() {
    let spoke = RefCell::new(BTreeSet::new());
    law(400, world(), |world| {
        spoke.borrow_mut().extend(Oracle::new(&world, world.as_of).findings().iter().map(|found| found.code));
        as_the_oracle_says(&world)
    });
    let spoke = spoke.into_inner();
    assert_eq!(spoke.len(), world::RULES.len(), "{spoke:?}");
}

/// Many reports of one form are looked at some hundred rows at a time.
#[test]
fn long_columns_equal_a_look_at_each_report() {
    law(4, world_of(16..20, 60..70), |world| as_the_oracle_says(&world));
}

#[test]
fn later_reports_are_not_seen() {
    law(300, world(), |mut world| {
        let all = found(&check(&world));
        let as_of = date(world.as_of).to_string();
        world.reports.retain(|row| row["received"].as_str().is_some_and(|received| received <= &*as_of));
        prop_assert_eq!(all, found(&check(&world)));
        Ok(())
    });
}

/// Where nothing but their order tells which of two reports is the last, it stays.
#[test]
fn order_does_not_matter() {
    let shuffled = world().prop_flat_map(|world| {
        let order: Vec<_> = (0..world.reports.len()).collect();
        (Just(world), Just(order).prop_shuffle())
    });
    law(250, shuffled, |(mut world, mut order)| {
        let straight = found(&check(&world));
        for ties in Oracle::new(&world, world.as_of).ties().values() {
            let places: Vec<_> = (0..order.len()).filter(|&at| ties.contains(&order[at])).collect();
            places.iter().zip(ties).for_each(|(&at, &report)| order[at] = report);
        }
        world.reports = order.iter().map(|&at| world.reports[at].clone()).collect();
        let turned = found(&check(&world));
        let first = straight.iter().zip(&turned).find(|(a, b)| a != b);
        prop_assert!(straight == turned, "{first:#?}");
        Ok(())
    });
}

/// The rows of a document, lists in order.
fn values(json: &str) -> Value {
    let mut document: Value = serde_json::from_str(json).unwrap();
    for row in document["reports"].as_array_mut().unwrap() {
        for list in row.as_object_mut().unwrap().values_mut().filter_map(Value::as_array_mut) {
            list.sort_by_key(ToString::to_string);
        }
    }
    document
}

fn printed(register: &Register, reports: &Reports) -> String {
    register.with_reports(reports).unwrap().reports_to_json().unwrap()
}

#[test]
fn printing_undoes_reading() {
    law(200, world(), |world| {
        let register = read_register(&world);
        let with = with_reports(&register, &world.reports);
        let json = with.reports_to_json().unwrap();
        prop_assert_eq!(values(&json), values(&world.document().to_string()));
        prop_assert_eq!(&printed(&register, &Reports::from_json(&register, &json).unwrap()), &json);
        let csv = with.reports_to_csv().unwrap();
        let reports = Reports::from_csv(&register, csv.as_bytes(), Some("Made up.")).unwrap();
        prop_assert_eq!(values(&printed(&register, &reports)), values(&json));
        let names = with.report_columns().unwrap();
        let reports = tables::read_reports(&register, Some("Made up."), |rows| {
            let places = rows.columns(names.iter().map(String::as_str));
            let mut fed = Ok::<(), Error>(());
            with.each_report(&mut |cells| {
                let mut all = vec![Cell::Absent; rows.width()];
                cells.iter().zip(&places).for_each(|(cell, place)| all[place.unwrap()] = cell.clone());
                fed = rows.push(&all);
            });
            fed
        });
        prop_assert_eq!(values(&printed(&register, &reports.unwrap())), values(&json));
        Ok(())
    });
}

/// A column of a report, and what cannot stand there.
fn wrong() -> impl Strategy<Value = (&'static str, Value)> {
    select(vec![
        ("form", json!("Team Monthly")),
        ("form", Value::Null),
        ("version", json!(0)),
        ("version", json!(65_536)),
        ("version", json!("one")),
        ("period", json!("2022-13")),
        ("period", json!("Nguyễn Mẫu")),
        ("period", Value::Null),
        ("unit", json!("99777")),
        ("team", json!("t9")),
        ("unit", json!("99")),
        ("kind", json!("weekly")),
        ("state", json!("lost")),
        ("revision", json!(0)),
        ("received", json!("2022-02-30")),
        ("by", json!("p99")),
        ("channel", json!("by hand")),
        ("figures.k0", json!(-1)),
        ("figures.k0", json!(1.5)),
        ("figures.k1", json!("many")),
        ("figures.k2", json!(2_147_483_648_u32)),
        ("not_applicable", json!(["k0", "k0"])),
        ("estimates", json!(["k1", "K 1"])),
        ("confirmed", json!(["0901234567"])),
    ])
}

/// A row as CSV has it: a text for each column.
fn texts(row: &Value) -> BTreeMap<String, String> {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(|item| item.as_str().unwrap()).collect::<Vec<_>>().join(";"),
        other => other.to_string(),
    };
    let mut texts = BTreeMap::new();
    for (key, value) in row.as_object().unwrap() {
        match value {
            Value::Object(parts) => {
                texts.extend(parts.iter().map(|(part, value)| (format!("{key}.{part}"), text(value))));
            }
            value => drop(texts.insert(key.clone(), text(value))),
        }
    }
    texts
}

/// What is wrong with a table is what is wrong with a document of the same rows, what is told of a whole column aside.
#[test]
fn tables_have_the_same_problems() {
    let broken = (world(), prop::collection::vec((any::<Index>(), wrong()), 1..4));
    law(300, broken, |(mut world, wrong)| {
        let register = read_register(&world);
        for (at, (column, value)) in wrong {
            let at = at.index(world.reports.len());
            match column.split_once('.') {
                Some((map, key)) => world.reports[at][map][key] = value,
                None => world.reports[at][column] = value,
            }
        }
        let told = |read: Result<Reports, Error>| -> Vec<String> {
            read.err()
                .iter()
                .flat_map(Error::problems)
                .map(|problem| format!("{} {problem}", problem.code()))
                .collect()
        };
        let json = told(Reports::from_json(&register, &world.document().to_string()));
        prop_assert!(
            json.iter().all(|problem| !problem.contains("Nguyễn") && !problem.contains("0901234567")),
            "{json:?}"
        );
        let rows: Vec<_> = world.reports.iter().map(texts).collect();
        let columns: BTreeSet<_> = ["form", "period"]
            .into_iter()
            .chain(rows.iter().flat_map(|row| row.keys().map(String::as_str)))
            .collect();
        let quoted = |texts: Vec<&str>| {
            texts
                .iter()
                .map(|text| format!("\"{}\"", text.replace('"', "\"\"")))
                .collect::<Vec<_>>()
                .join(",")
        };
        let lines = rows.iter().map(|row| {
            quoted(columns.iter().map(|column| row.get(*column).map_or("", String::as_str)).collect())
        });
        let csv: Vec<_> = [quoted(columns.iter().copied().collect())].into_iter().chain(lines).collect();
        prop_assert_eq!(
            &told(Reports::from_csv(&register, csv.join("\n").as_bytes(), Some("Made up."))),
            &json
        );
        let by_cells = tables::read_reports(&register, Some("Made up."), |table| {
            let places = table.columns(columns.iter().copied());
            for row in &rows {
                let mut cells = vec![Cell::Absent; table.width()];
                for (column, place) in columns.iter().zip(&places) {
                    let text = row.get(*column).map_or("", String::as_str);
                    let place = place.unwrap();
                    if !text.is_empty() {
                        cells[place] = Cell::of_text(text, table.kind(place).unwrap());
                    }
                }
                table.push(&cells)?;
            }
            Ok(())
        });
        prop_assert_eq!(&told(by_cells), &json);
        Ok(())
    });
}

/// Numbers that say what an edit does: which kind, which team, which person or unit, and days.
type Dice = (u8, usize, usize, i32, i32);

fn change(
    world: &World,
    register: &Value,
    number: usize,
    &(kind, one, other, from, length): &Dice,
) -> Option<Value> {
    let day = |day: i32| date(day).to_string();
    let pick = |table: &str| {
        let rows = register[table].as_array().filter(|rows| !rows.is_empty())?;
        Some(rows[one % rows.len()].clone())
    };
    let team = pick("teams")?;
    let begins: NaiveDate = team["from"].as_str()?.parse().unwrap();
    let line = &world.lines[other % world.lines.len()];
    let unit = line.on(day_of(begins)).map(|version| version.code.clone());
    let row =
        |member: &Value| json!({"team": member["team"], "person": member["person"], "from": member["from"]});
    let after = |row: &Value| {
        let from: NaiveDate = row["from"].as_str().unwrap().parse().unwrap();
        day(day_of(from) + length)
    };
    Some(match kind % 8 {
        0 | 1 => {
            json!({"add": "memberships", "row": {"team": team["id"], "person": format!("p{}", other % PEOPLE), "role": "member",
            "from": day(from), "to": (length % 2 == 0).then(|| day(from + length))}})
        }
        2 => pick("memberships")
            .map(|member| json!({"end": "memberships", "where": row(&member), "to": after(&member)}))?,
        3 => pick("memberships").map(
            |member| json!({"change": "memberships", "where": row(&member), "set": {"team": team["id"]}}),
        )?,
        4 => {
            json!({"add": "teams", "row": {"id": format!("new{number}"), "kind": "community", "unit": line.on(from)?.code, "from": day(from)}})
        }
        5 => json!({"end": "teams", "where": {"id": team["id"]}, "to": after(&team)}),
        6 => json!({"change": "teams", "where": {"id": team["id"]}, "set": {"unit": unit?}}),
        _ => {
            json!({"change": "teams", "where": {"id": team["id"]}, "set": {"covers": (line.level == 3).then_some([unit?]), "to": null}})
        }
    })
}

#[test]
fn edits_equal_a_full_check() {
    let dice = || (any::<u8>(), 0..60_usize, 0..60_usize, 0..SPAN, 1..300);
    let made = RefCell::new(0);
    law(300, (world(), prop::collection::vec(dice(), 1..6)), |(world, edits)| {
        let policy = read_policy(&world);
        let mut checked = check(&world);
        let reports = checked.register().reports_to_json().unwrap();
        for (number, edit) in edits.iter().enumerate() {
            let document: Value = serde_json::from_str(&checked.register().to_json()).unwrap();
            let Some(change) = change(&world, &document, number, edit) else { continue };
            let old = found(&checked).len();
            let Ok((gone, new)) =
                checked.edit(&change.to_string()).map(|edited| (edited.gone().count(), edited.new().count()))
            else {
                continue;
            };
            *made.borrow_mut() += 1;
            prop_assert_eq!(&checked.register().reports_to_json().unwrap(), &reports);
            let fresh = Register::from_json(&checked.register().to_json()).unwrap();
            let fresh = fresh.with_reports(&Reports::from_json(&fresh, &reports).unwrap()).unwrap();
            let (edited, full) = (found(&checked), found(&fresh.check(&policy, date(world.as_of)).unwrap()));
            let [left, right] =
                [&edited, &full].map(|found| found.iter().map(Value::to_string).collect::<Vec<_>>());
            prop_assert!(edited == full, "{change} {:#?}", difference(&left, &right));
            prop_assert_eq!(old + new, edited.len() + gone, "{}", change);
        }
        Ok(())
    });
    let made = made.into_inner();
    assert!(made > 300, "{made}");
}

/// What tells a finding of one report: its code, how much it matters, and its parameters.
fn said(finding: &Value) -> String {
    format!("{} {} {}", finding["code"], finding["severity"], finding["params"])
}

/// What is said of a report before it is kept is what is said of it then.
#[test]
fn a_preview_says_what_the_check_says() {
    law(300, world_and_report(), |(world, report)| {
        let as_of = date(world.as_of).to_string();
        let checked = check(&world);
        let preview = checked.preview(&report.to_string());
        // Who begins later is not there yet.
        let mut with = world.clone();
        with.reports.push(report.clone());
        if Oracle::new(&with, world.as_of).begins_later(world.reports.len()) {
            let problems: Vec<_> = preview
                .err()
                .iter()
                .flat_map(Error::problems)
                .map(|problem| problem.place().to_string())
                .collect();
            let column = if report["team"].is_string() { "team" } else { "unit" };
            prop_assert_eq!(problems, [format!("reports[0].{column}")]);
            return Ok(());
        }
        let preview = preview.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let previewed = preview.findings().map(|finding| said(&json!(finding.data(None))));
        let previewed = sorted(previewed.collect());

        // Kept as received on the day of the check, and as the next revision of what is known; what comes after it is left out, and of
        // one revision it is the last.
        let mut kept = report.clone();
        kept.as_object_mut().unwrap().retain(|key, value| key != "state" || value != "draft");
        if kept["received"].as_str().is_none_or(|received| received > &*as_of) {
            kept["received"] = json!(as_of);
        }
        let oracle = Oracle::new(&world, world.as_of);
        let mut before = world.clone();
        before.reports.push(kept.clone());
        let last = before.reports.len() - 1;
        let own = Oracle::new(&before, world.as_of);
        let same = own.about_the_same(last);
        let revision = |at: usize| world.reports[at]["revision"].as_u64().unwrap_or(1);
        let latest =
            same.iter().filter(|&&at| oracle.has_come(at)).map(|&at| revision(at)).max().unwrap_or(0);
        let number = kept["revision"].as_u64().unwrap_or(latest + 1);
        kept["revision"] = json!(number);
        let hides = |at: &usize| same.contains(at) && revision(*at) > number;
        let others: Vec<_> = (0..world.reports.len()).filter(|at| !hides(at)).collect();
        let twin = |at: usize| same.contains(&at) && revision(at) == number;
        let other = |&at: &usize| {
            let mut other = world.reports[at].clone();
            if twin(at) && other["received"].as_str() > kept["received"].as_str() && oracle.has_come(at) {
                other["received"] = kept["received"].clone();
            }
            other
        };
        before.reports = others.iter().map(other).chain([kept.clone()]).collect();
        let last = before.reports.len() - 1;

        let own = Oracle::new(&before, world.as_of).findings();
        let wanted = own.iter().filter(|found| found.report == last);
        let wanted = wanted.map(|found| format!("{:?} {:?} {}", found.code, found.severity, found.params));
        let wanted = sorted(wanted.collect());
        prop_assert!(previewed == wanted, "{:#?}", difference(&previewed, &wanted));
        prop_assert_eq!(found(&checked), found(&check(&world)));
        Ok(())
    });
}
