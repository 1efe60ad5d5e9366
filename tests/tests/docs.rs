//! The generated pages are fresh: `docs/` holds what the descriptions of tables, problems, rules and presets say. The examples of
//! the guides are read, and give what the guides say.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use cnscd::{Policy, Register, schema};
use std::path::Path;
use std::{env, fs};

#[track_caller]
fn fresh(page: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(page);
    if env::var("UPDATE_DOCS").is_ok_and(|value| value == "1") {
        assert!(fs::write(&path, text).is_ok(), "docs/{page} cannot be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "docs/{page} is not what the code says: run make docs");
}

#[test]
fn schema_is_fresh() {
    fresh("register.schema.json", &schema::json_schema());
}

#[test]
fn policy_schema_is_fresh() {
    fresh("policy.schema.json", &schema::policy_schema());
}

#[test]
fn reports_schema_is_fresh() {
    fresh("reports.schema.json", &schema::reports_schema());
}

#[test]
fn format_page_is_fresh() {
    fresh("format.md", &schema::format_page());
}

#[test]
fn rules_page_is_fresh() {
    fresh("rules.md", &schema::rules_page());
}

/// The JSON examples of a page, and its last table.
fn examples(page: &str) -> (Vec<String>, Vec<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(page);
    let text = fs::read_to_string(path).unwrap();
    let fences = text.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap().into());
    let mut rows: Vec<String> = text
        .lines()
        .rev()
        .skip_while(|line| !line.starts_with("| "))
        .take_while(|line| line.starts_with("| "))
        .map(Into::into)
        .collect();
    rows.reverse();
    (fences.collect(), rows)
}

/// The policy of the guide to forms is the file that its examples read.
#[test]
fn example_of_the_guide_to_forms() {
    let file =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide-forms.json")).unwrap();
    for page in ["guide-forms.md", "guide-forms.vi.md"] {
        assert_eq!(examples(page).0, std::slice::from_ref(&file), "{page}");
    }
    Policy::from_json(&file).unwrap();
}

#[test]
fn examples_of_the_guide_to_policies() {
    let (read, rows) = examples("guide-policy.md");
    assert_eq!((read.clone(), rows.clone()), examples("guide-policy.vi.md"));
    let policies: Vec<_> = read.iter().map(|json| Policy::from_json(json).unwrap()).collect();
    let register = Register::from_json(
        r#"{"units": [
            {"code": "991", "name": "Huyện Mẫu", "kind": "huyen", "level": "district"},
            {"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune", "parent": "991"}
        ]}"#,
    );
    let places =
        policies.iter().find(|policy| policy.entries().iter().any(|entry| entry.scope.is_some())).unwrap();
    let register = register.unwrap();
    let explained = places.explain(&register, "99001", "2022-09-01".parse().unwrap()).unwrap();
    let members = explained.iter().find(|explained| explained.entry.item.word() == "min_members").unwrap();
    let row = |entry: &cnscd::Entry| {
        let from = entry.from().map(|day| day.to_string()).unwrap_or_default();
        let scope = entry.scope.as_deref().unwrap_or_default();
        format!("| {} | {scope} | {from} | {} |", entry.value, entry.policy)
    };
    let wanted: Vec<_> = std::iter::once(&members.entry).chain(&members.overrode).map(row).collect();
    assert_eq!(rows, wanted);
    let duties =
        policies.iter().find(|policy| policy.obligations().iter().any(|own| own.id == "issue-decision"));
    let explained = duties.unwrap().explain(&register, "99001", "2022-09-01".parse().unwrap()).unwrap();
    let decision =
        explained.iter().find(|explained| explained.entry.item.word() == "issue-decision").unwrap();
    let overrode: Vec<_> = decision.overrode.iter().map(|entry| &*entry.policy).collect();
    assert_eq!((&*decision.entry.policy, overrode), ("mau-2022", vec!["hai-duong-2022"]));
}
