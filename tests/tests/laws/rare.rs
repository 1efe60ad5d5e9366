//! What random registers reach too rarely: one person in teams of two communes, and what is asked in one of them.

use cnscd::{AgendaQuery, CompletenessQuery, Policy, Query, Register};
use serde_json::{Value, json};

/// A made-up person in two teams of a commune, and in a team of another one since the day given.
fn register(since: &str) -> Register {
    let unit = |code: &str, level: &str, parent: Option<&str>| {
        let kind = if level == "commune" { "xa" } else { "huyen" };
        json!({"code": code, "name": "Mẫu", "kind": kind, "level": level, "parent": parent})
    };
    let team =
        |id: &str, unit: &str| json!({"id": id, "kind": "community", "unit": unit, "from": "2022-04-05"});
    let member = |team: &str, from: &str, position: Option<&str>| json!({"team": team, "person": "p1", "role": "head", "from": from, "position": position});
    let document = json!({
        "units": [
            unit("991", "district", None), unit("99001", "commune", Some("991")), unit("99002", "commune", Some("991"))
        ],
        "teams": [team("t1", "99001"), team("t2", "99001"), team("t3", "99002")],
        "people": [{"id": "p1", "name": "Trần Mẫu"}],
        "positions": [{"person": "p1", "kind": "village_head", "from": "2022-04-05", "to": "2022-05-01"}],
        "memberships": [
            member("t1", "2022-04-05", Some("village_head")), member("t2", "2022-04-05", None), member("t3", since, None)
        ],
    });
    Register::from_json(&document.to_string()).unwrap()
}

/// The first and last days of the findings of a rule, as known at the end of 2022.
fn found(register: &Register, policy: &Value, code: &str) -> Vec<(Option<String>, Option<String>)> {
    let policy = Policy::from_json(&policy.to_string()).unwrap();
    let checked = register.check(&policy, "2022-12-31".parse().unwrap()).unwrap();
    let query = Query { code: Some(code.into()), ..Query::default() };
    let findings = checked.findings(&query).unwrap();
    findings
        .iter()
        .map(|f| (f.from().map(|day| day.to_string()), f.to().map(|day| day.to_string())))
        .collect()
}

#[test]
fn a_severity_holds_from_its_day_in_one_of_two_communes() {
    let policy = json!({"severities": [{
        "rule": "head-left-position", "severity": "off", "scope": "99001", "from": "2022-06-01", "force": "practice",
        "basis_vi": "Ví dụ", "basis_en": "An example"
    }]});
    let wanted = [(Some("2022-05-01".to_owned()), Some("2022-06-01".to_owned()))];
    assert_eq!(found(&register("2022-04-05"), &policy, "M003"), wanted);
}

#[test]
fn a_team_that_is_joined_later_changes_nothing_before() {
    let setting = |value: u32, scope: Option<&str>| {
        json!({
            "key": "teams_per_person", "value": value, "scope": scope, "force": "practice", "basis_vi": "Ví dụ",
            "basis_en": "An example"
        })
    };
    let policy = json!({"settings": [setting(1, None), setting(2, Some("99001"))]});
    assert_eq!(found(&register("2023-01-01"), &policy, "M014"), []);
    // In the district, one is asked.
    assert_eq!(found(&register("2022-10-01"), &policy, "M014").len(), 2);
}

/// A register of one province with two communes that had one code after each other, and what it has beside them.
fn with(more: &Value, turned: bool) -> Register {
    let unit = |code: &str, level: &str, parent: Option<&str>, from: Option<&str>, to: Option<&str>| json!({"code": code, "name": "Mẫu", "kind": "xa", "level": level, "parent": parent, "from": from, "to": to});
    let mut document = json!({
        "units": [
            unit("99", "province", None, None, None),
            unit("99001", "commune", Some("99"), None, Some("2022-03-01")),
            unit("99001", "commune", Some("99"), Some("2022-03-01"), None),
        ],
        "teams": [{"id": "t1", "kind": "community", "unit": "99001", "from": "2022-04-01"}],
        "people": [{"id": "p1", "name": "Trần Mẫu"}],
    });
    document.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    if turned {
        for rows in document.as_object_mut().unwrap().values_mut() {
            rows.as_array_mut().unwrap().reverse();
        }
    }
    Register::from_json(&document.to_string()).unwrap()
}

/// An obligation to be met five days after what gives rise to it.
fn obligation(who: &str, on: &str) -> Policy {
    let row = json!({
        "id": "o1", "name_vi": "Ví dụ", "name_en": "An example", "level": "commune", "who": who, "lead": "division",
        "from": "2022-01-01", "on": on, "due": "after", "count": 5, "of": "days", "adjust": "none", "test": "recorded",
        "force": "practice", "basis_vi": "Ví dụ", "basis_en": "An example"
    });
    Policy::from_json(&json!({"obligations": [row]}).to_string()).unwrap()
}

#[test]
fn who_comes_twice_owes_twice_and_a_new_role_is_no_appointment() {
    let member = |role: &str, from: &str, to: Option<&str>| json!({"team": "t1", "person": "p1", "role": role, "from": from, "to": to});
    let register = with(
        &json!({
            "memberships": [
                member("member", "2022-04-01", Some("2022-05-01")), member("secretary", "2022-04-01", None),
                member("head", "2022-05-01", Some("2022-06-01")), member("head", "2022-08-01", None),
            ],
            "completions": [{"obligation": "o1", "team": "t1", "person": "p1", "day": "2022-03-20"}],
        }),
        false,
    );
    let checked =
        register.check(&obligation("member", "appointment"), "2022-12-31".parse().unwrap()).unwrap();
    let from = |row: &cnscd::AgendaRow<'_>| row.from().unwrap().to_string();
    // The secretary never left.
    let agenda = checked.agenda(&AgendaQuery::default()).unwrap();
    assert_eq!(agenda.iter().map(from).collect::<Vec<_>>(), ["2022-04-01"]);
    let changes =
        json!({"end": "memberships", "where": {"role": "secretary", "team": "t1"}, "to": "2022-04-15"});
    let mut checked = checked;
    checked.edit(&changes.to_string()).unwrap();
    let agenda = checked.agenda(&AgendaQuery::default()).unwrap();
    assert_eq!(agenda.iter().map(from).collect::<Vec<_>>(), ["2022-04-01", "2022-08-01"]);
    // What was done before the first time is told once.
    let query = Query { code: Some("O003".into()), ..Query::default() };
    assert_eq!(checked.findings(&query).unwrap().len(), 1);
}

#[test]
fn order_does_not_matter_where_a_code_was_given_twice() {
    let event = |id: &str, day: &str| json!({"id": id, "obligation": "o1", "unit": "99001", "day": day});
    let done = |id: &str, day: &str| json!({"obligation": "o1", "unit": "99001", "event": id, "day": day});
    let more = json!({
        "events": [event("v1", "2022-02-01"), event("v2", "2022-04-01"), event("v3", "2022-04-03")],
        "completions": [done("v2", "2022-05-01"), done("v3", "2022-05-01")],
    });
    let [straight, turned] = [false, true].map(|turned| {
        let register = with(&more, turned);
        let checked = register.check(&obligation("unit", "event"), "2022-12-31".parse().unwrap()).unwrap();
        let counts = checked.completeness(&CompletenessQuery::default()).unwrap();
        let findings = checked.findings(&Query::default()).unwrap();
        assert_eq!(counts.iter().map(|row| row.counts.expected).collect::<Vec<_>>(), [3, 1, 2]);
        assert_eq!(findings.iter().filter(|finding| finding.code() == "O002").count(), 2);
        json!([counts, findings.iter().map(|finding| json!(finding.data(None))).collect::<Vec<_>>()])
    });
    assert_eq!(straight, turned);
}

#[test]
fn who_comes_to_stand_below_a_unit_later_is_not_there_yet() {
    let unit = |code: &str, level: &str, parent: Option<&str>, from: Option<&str>, to: Option<&str>| json!({"code": code, "name": "Mẫu", "kind": "xa", "level": level, "parent": parent, "from": from, "to": to});
    let document = json!({
        "units": [
            unit("99001", "commune", None, None, None), unit("99002", "commune", None, None, None),
            unit("99001-1", "village", Some("99001"), None, Some("2022-06-01")),
            unit("99002-1", "village", Some("99002"), Some("2022-06-01"), None),
        ],
        "successions": [{"day": "2022-06-01", "old": "99001-1", "new": "99002-1", "extent": "continues"}],
    });
    let policy = json!({"obligations": [{
        "id": "o1", "name_vi": "Ví dụ", "name_en": "An example", "level": "village", "lead": "division",
        "from": "2022-01-01", "every": "month", "scheme": "calendar", "due": "month_end", "adjust": "none",
        "test": "recorded", "force": "practice", "basis_vi": "Ví dụ", "basis_en": "An example"
    }]});
    let register = Register::from_json(&document.to_string()).unwrap();
    let policy = Policy::from_json(&policy.to_string()).unwrap();
    for (day, wanted) in [("2022-05-31", "99002"), ("2022-06-01", "99001")] {
        let checked = register.check(&policy, day.parse().unwrap()).unwrap();
        let query = Query { code: Some("O004".into()), ..Query::default() };
        let findings = checked.findings(&query).unwrap();
        assert_eq!(findings.iter().filter_map(cnscd::Finding::unit).collect::<Vec<_>>(), [wanted]);
    }
}
