//! What random registers reach too rarely: one person in teams of two communes, and what is asked in one of them.

use cnscd::{Policy, Query, Register};
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
