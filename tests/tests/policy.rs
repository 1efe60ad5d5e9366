//! Terms run on where a policy changes its text and not its value.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use chrono::NaiveDate;
use cnscd::{Basis, Entry, Force, Key, Policy, Query, Register, Value};

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

fn entry(key: Key, count: u32, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Entry {
    let text = from.map_or("the first text", |_| "the second text");
    let basis = Basis { vi: text.into(), en: text.into(), force: Force::Practice, verified: true };
    Entry { key, value: Value::Count(count), from, to, basis }
}

#[test]
fn a_new_text_starts_no_new_count() {
    let turn = day(2022, 4, 30);
    let entries = [Key::HeadGraceDays, Key::VillageTeamDays]
        .into_iter()
        .flat_map(|key| [entry(key, 30, None, turn), entry(key, 30, turn, None)])
        .collect();
    let register = Register::from_json(
        r#"{"units": [
            {"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune"},
            {"code": "99001-01", "name": "Thôn Mẫu", "kind": "thon", "level": "village", "parent": "99001", "from": "2022-01-01"}
        ], "teams": [{"id": "t", "kind": "community", "unit": "99001", "from": "2022-04-10"}]}"#,
    )
    .unwrap();
    let checked = register.check(&Policy::new("mine", entries).unwrap(), day(2022, 5, 30).unwrap()).unwrap();
    let found = checked.findings(&Query::default()).unwrap();
    let said: Vec<_> =
        found.iter().map(|f| (f.code(), f.from(), f.basis().map_or("", |basis| basis.en.as_str()))).collect();
    // Twenty days under the first text and thirty under the second make fifty without a head.
    assert_eq!(
        said,
        [("T005", day(2022, 4, 10), "the second text"), ("U001", day(2022, 1, 31), "the second text")]
    );
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
