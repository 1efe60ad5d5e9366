//! Measures that a policy of one's own asks for, and what is not applicable.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use chrono::NaiveDate;
use cnscd::{Level, Policy, Register, RollUpQuery, Share};

#[test]
fn required_teams_are_shares_and_no_village_is_not_zero() {
    let policy = Policy::from_json(
        r#"{"settings": [{"key": "wanted_levels", "of": "steering", "value": ["province", "district"],
            "basis_vi": "Thực tế", "basis_en": "Practice", "force": "practice"}]}"#,
    )
    .unwrap();
    let register = Register::from_json(
        r#"{"units": [
            {"code": "99", "name": "Tỉnh Minh Họa", "kind": "tinh", "level": "province"},
            {"code": "991", "name": "Huyện Một", "kind": "huyen", "level": "district", "parent": "99"},
            {"code": "992", "name": "Huyện Hai", "kind": "huyen", "level": "district", "parent": "99"},
            {"code": "99001", "name": "Xã Một", "kind": "xa", "level": "commune", "parent": "991"},
            {"code": "99001-01", "name": "Thôn Một", "kind": "thon", "level": "village", "parent": "99001"}
        ], "teams": [
            {"id": "s", "kind": "steering", "unit": "992", "from": "2022-04-05"},
            {"id": "c", "kind": "community", "unit": "99001", "covers": ["99001-01"], "from": "2022-04-05"}
        ]}"#,
    )
    .unwrap();
    let checked = register.check(&policy, NaiveDate::from_ymd_opt(2022, 5, 17).unwrap()).unwrap();
    let rows = checked.roll_up(&RollUpQuery::default()).unwrap().rows;
    let row = |code: &str| rows.iter().find(|row| row.unit == code).map(|row| &row.measures).unwrap();
    assert_eq!(row("99").required(Level::Province), Some(Share { part: 0, whole: 1 }));
    assert_eq!(row("99").required(Level::District), Some(Share { part: 1, whole: 2 }));
    // This policy wants nothing of communes and villages.
    assert_eq!((row("99").required(Level::Commune), row("99").required(Level::Village)), (None, None));
    assert_eq!(row("99").villages_covered(), Some(Share { part: 1, whole: 1 }));
    assert_eq!(row("992").villages_covered(), None);
}
