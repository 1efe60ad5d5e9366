//! Policies as documents: what is read, what extends what, where it holds.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test may panic, and reads better so"
)]

use chrono::NaiveDate;
use cnscd::{Error, Policy, Query, Register, Severity};
use serde_json::{Value, json};

fn setting(key: &str, of: Option<&str>, value: Value, more: Value) -> Value {
    let mut row = json!({
        "key": key, "value": value, "basis_vi": "Ví dụ", "basis_en": "An example", "force": "practice"
    });
    row["of"] = json!(of);
    row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    row
}

fn policy(extends: Option<&str>, settings: Vec<Value>, severities: Vec<Value>) -> Result<Policy, Error> {
    let document =
        json!({"name": "mine", "extends": extends, "settings": settings, "severities": severities});
    Policy::from_json(&document.to_string())
}

fn register() -> Register {
    Register::from_json(
        r#"{
            "units": [
                {"code": "99", "name": "Tỉnh Minh Họa", "kind": "tinh", "level": "province"},
                {"code": "991", "name": "Huyện Mẫu", "kind": "huyen", "level": "district", "parent": "99"},
                {"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune", "parent": "991"},
                {"code": "99002", "name": "Xã Họa", "kind": "xa", "level": "commune", "parent": "991"},
                {"code": "99001-1", "name": "Thôn Một", "kind": "thon", "level": "village", "parent": "99001"},
                {"code": "99002-1", "name": "Thôn Hai", "kind": "thon", "level": "village", "parent": "99002"}
            ],
            "people": [{"id": "p1", "name": "Trần Mẫu"}, {"id": "p2", "name": "Lê Mẫu"}],
            "teams": [
                {"id": "t1", "kind": "community", "unit": "99001", "covers": ["99001-1"], "from": "2022-04-05"},
                {"id": "t2", "kind": "community", "unit": "99002", "covers": ["99002-1"], "from": "2022-04-05"}
            ],
            "memberships": [
                {"team": "t1", "person": "p1", "role": "head", "from": "2022-04-05"},
                {"team": "t2", "person": "p2", "role": "head", "from": "2022-04-05"}
            ]
        }"#,
    )
    .unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Subject, first day and severity of the findings of one rule.
fn found(policy: &Policy, code: &str) -> Vec<(String, String, Severity)> {
    let checked = register().check(policy, day("2022-12-31")).unwrap();
    let found = checked.findings(&Query { code: Some(code.into()), ..Query::default() }).unwrap();
    let row = |f: &cnscd::Finding<'_>| (f.subject().1.into(), f.from().unwrap().to_string(), f.severity());
    found.iter().map(row).collect()
}

#[test]
fn the_lowest_unit_counts_then_the_policy_that_extends() {
    let preset = Policy::preset("national-2022").unwrap();
    assert_eq!(found(&preset, "M007").len(), 2);
    let one = json!({"scope": "99001", "from": "2022-06-01"});
    let mine = policy(
        Some("national-2022"),
        vec![
            setting("min_members", Some("community"), json!(1), one),
            setting(
                "min_members",
                Some("community"),
                json!(2),
                json!({"scope": "991", "from": "2022-08-01"}),
            ),
        ],
        vec![],
    )
    .unwrap();
    let warning = Severity::Warning;
    // Commune 1 has asked for one member since June; the district for two since August, in place of three.
    assert_eq!(
        found(&mine, "M007"),
        [("t1", "2022-04-05"), ("t2", "2022-04-05"), ("t2", "2022-08-01")].map(|(subject, from)| (
            subject.to_owned(),
            from.to_owned(),
            warning
        ))
    );
    let explained = mine.explain(&register(), "99001-1", day("2022-09-01")).unwrap();
    let members = explained.iter().find(|explained| explained.entry.item.word() == "min_members").unwrap();
    let shown =
        |entry: &cnscd::Entry| (entry.value.to_string(), entry.scope.clone(), entry.policy.to_string());
    assert_eq!(shown(&members.entry), ("1".into(), Some("99001".into()), "mine".into()));
    let overrode: Vec<_> = members.overrode.iter().map(shown).collect();
    assert_eq!(
        overrode,
        [
            ("2".to_owned(), Some("991".to_owned()), "mine".to_owned()),
            ("3".into(), None, "national-2022".into())
        ]
    );
}

#[test]
fn a_severity_is_an_entry_too() {
    let basis = json!({"basis_vi": "Ví dụ", "basis_en": "An example"});
    let severity = |rule: &str, severity: &str, more: Value| {
        let mut row = basis.clone();
        row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        row["rule"] = json!(rule);
        row["severity"] = json!(severity);
        row
    };
    let rows = vec![
        severity("too-few-members", "off", json!({"force": "practice", "scope": "99001"})),
        severity("too-few-members", "error", json!({"force": "binding", "scope": "99002"})),
    ];
    let mine = policy(Some("national-2022"), vec![], rows).unwrap();
    assert_eq!(found(&mine, "M007"), [("t2".to_owned(), "2022-04-05".to_owned(), Severity::Error)]);
    let rows = vec![
        severity("too-few-members", "error", json!({"force": "practice"})),
        severity("too-many-cooks", "info", json!({"force": "practice"})),
    ];
    let error = policy(None, vec![], rows).unwrap_err();
    let codes: Vec<_> = error.problems().iter().map(cnscd::Problem::code).collect();
    assert_eq!(codes, ["not-binding", "unknown-rule"]);
}

#[test]
fn a_text_that_binds_makes_an_error() {
    let binding = json!({"force": "binding"});
    let mine =
        policy(None, vec![setting("min_members", Some("community"), json!(3), binding)], vec![]).unwrap();
    assert!(found(&mine, "M007").iter().all(|(_, _, severity)| *severity == Severity::Error));
}

#[test]
fn nothing_may_be_asked_in_place_of_something() {
    let none = setting("min_members", Some("community"), Value::Null, json!({"scope": "99002"}));
    let mine = policy(Some("national-2022"), vec![none], vec![]).unwrap();
    assert_eq!(found(&mine, "M007").len(), 1);
}

#[test]
fn a_scope_that_no_unit_has_is_told() {
    let mine = policy(
        None,
        vec![setting("max_members", Some("community"), json!(9), json!({"scope": "297"}))],
        vec![],
    )
    .unwrap();
    let checked = register().check(&mine, day("2022-12-31")).unwrap();
    assert_eq!(checked.unknown_scopes(), ["297"]);
    assert_eq!(mine.explain(&register(), "297", day("2022-12-31")).unwrap_err().code(), "unknown-unit");
}

#[test]
fn a_renewed_text_grants_no_new_term() {
    let wanted = |from: Option<&str>, to: Option<&str>| {
        setting("wanted_levels", Some("community"), json!(["village"]), json!({"from": from, "to": to}))
    };
    let days = setting("wanted_days", Some("community"), json!(60), json!({}));
    let rows = vec![wanted(Some("2022-01-10"), Some("2022-03-01")), wanted(Some("2022-03-01"), None), days];
    let mine = policy(None, rows, vec![]).unwrap();
    // Sixty days from 10 January, up to the day before the teams.
    assert_eq!(found(&mine, "U001").first().unwrap().1, "2022-03-11");
}

#[test]
fn two_codes_of_one_unit_contradict() {
    let register = Register::from_json(
        r#"{
            "units": [
                {"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune", "to": "2022-06-01"},
                {"code": "99002", "name": "Phường Mẫu", "kind": "phuong", "level": "commune", "from": "2022-06-01"}
            ],
            "successions": [{"day": "2022-06-01", "old": "99001", "new": "99002", "extent": "continues"}]
        }"#,
    )
    .unwrap();
    let members = |more| setting("max_members", Some("community"), json!(9), more);
    let rows = vec![
        members(json!({"scope": "99001", "from": "2022-01-01"})),
        members(json!({"scope": "99002", "from": "2022-06-01"})),
    ];
    let error = register.check(&policy(None, rows, vec![]).unwrap(), day("2022-12-31")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the document has 1 problem:\n  settings[1].scope: `max_members` is set by `settings[0].scope` (`99001` and `99002` are codes of one unit) for the same thing, scope and day"
    );
}

#[test]
fn a_new_text_starts_no_new_count() {
    let grace = |text: &str, from: Option<&str>, to: Option<&str>| {
        let more = json!({"from": from, "to": to, "basis_en": text});
        setting("head_grace_days", None, json!(30), more)
    };
    let rows = vec![
        grace("the first text", None, Some("2022-04-30")),
        grace("the second text", Some("2022-04-30"), None),
    ];
    let register = Register::from_json(
        r#"{"units": [{"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune"}],
            "teams": [{"id": "t", "kind": "community", "unit": "99001", "from": "2022-04-10"}]}"#,
    )
    .unwrap();
    let checked = register.check(&policy(None, rows, vec![]).unwrap(), day("2022-05-30")).unwrap();
    let found = checked.findings(&Query { code: Some("T005".into()), ..Query::default() }).unwrap();
    // Twenty days under the first text and thirty under the second make fifty without a head.
    assert_eq!((found.len(), found[0].from()), (1, Some(day("2022-04-10"))));
    assert_eq!(found[0].basis().unwrap().en, "the second text");
}

#[test]
fn a_decision_may_list_what_begins_when_it_comes_into_force() {
    let read = |in_force: &str| {
        Register::from_json(&format!(
            r#"{{"units": [{{"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune", "from": "2025-07-01"}}],
                "bodies": [{{"id": "b", "name": "UBND tỉnh Minh Họa", "kind": "peoples_committee"}}],
                "decisions": [{{"id": "d", "number": "01/QĐ-UBND", "body": "b", "signed": "2025-06-20", {in_force}
                    "kind": "establish", "attached_list": ["99001"]}}]}}"#
        ))
    };
    assert!(read(r#""in_force": "2025-07-01","#).is_ok());
    let error = read("").unwrap_err();
    assert_eq!(
        error.problems()[0].to_string(),
        "decisions[0].attached_list[0]: unit `99001` does not exist on `2025-06-20`"
    );
}
