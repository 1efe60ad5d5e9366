//! Who is who: the team above is the one stated, else the nearest steering team above on the day.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use chrono::NaiveDate;
use cnscd::{Policy, Register, TeamKind, TeamQuery};
use serde_json::json;

fn parents(day: (i32, u32, u32), query: &TeamQuery) -> Vec<(String, Option<String>)> {
    let team = |id: &str, kind: &str, unit: &str, from: &str| json!({"id": id, "kind": kind, "unit": unit, "from": from});
    let mut stated = team("stated", "community", "99001", "2022-01-01");
    stated["parent"] = json!("province");
    let mut ended = team("district", "steering", "991", "2022-01-01");
    ended["to"] = json!("2022-07-01");
    let document = json!({
        "units": [
            {"code": "99", "name": "Tỉnh Minh Họa", "kind": "tinh", "level": "province"},
            {"code": "991", "name": "Huyện Mẫu", "kind": "huyen", "level": "district", "parent": "99"},
            {"code": "99001", "name": "Xã Một", "kind": "xa", "level": "commune", "parent": "991"},
            {"code": "99002", "name": "Xã Hai", "kind": "xa", "level": "commune", "parent": "991"},
        ],
        "teams": [
            team("province", "steering", "99", "2022-01-01"),
            ended,
            team("commune", "steering", "99001", "2022-03-01"),
            team("board", "committee", "99001", "2022-01-01"),
            team("one", "community", "99001", "2022-01-01"),
            team("two", "community", "99002", "2022-01-01"),
            stated,
        ],
    });
    let register = Register::from_json(&document.to_string()).unwrap();
    let day = NaiveDate::from_ymd_opt(day.0, day.1, day.2).unwrap();
    let checked = register.check(&Policy::preset("national-2022").unwrap(), day).unwrap();
    let rows = checked.teams(query).unwrap();
    rows.iter().map(|row| (row.id().into(), row.parent().map(Into::into))).collect()
}

#[test]
fn the_nearest_steering_team_on_the_day() {
    let pairs = |expected: &[(&str, Option<&str>)]| -> Vec<(String, Option<String>)> {
        expected.iter().map(|(id, above)| ((*id).into(), above.map(Into::into))).collect()
    };
    let all = TeamQuery::default();
    assert_eq!(
        parents((2022, 2, 1), &all),
        pairs(&[
            ("province", None),
            ("district", Some("province")),
            ("board", None),
            ("one", Some("district")),
            ("stated", Some("province")),
            ("two", Some("district")),
        ])
    );
    let commune = TeamQuery { unit: Some("99001".into()), ..TeamQuery::default() };
    assert_eq!(
        parents((2022, 3, 1), &commune),
        pairs(&[
            ("board", None),
            ("commune", Some("district")),
            ("one", Some("commune")),
            ("stated", Some("province")),
        ])
    );
    let community = TeamQuery { kind: Some(TeamKind::Community), ..TeamQuery::default() };
    assert_eq!(
        parents((2022, 7, 1), &community),
        pairs(&[("one", Some("commune")), ("stated", Some("province")), ("two", Some("province"))])
    );
}
