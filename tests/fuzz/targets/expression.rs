//! The language of checks: any text is compiled and run, or refused with a place inside it.
#![no_main]

use cnscd::{Policy, Register, Reports};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static REGISTER: LazyLock<Register> = LazyLock::new(|| {
    Register::from_json(
        r#"{"units": [{"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune"}],
            "teams": [{"id": "t", "kind": "community", "unit": "99001", "from": "2022-01-01"}]}"#,
    )
    .unwrap()
});

static REPORTS: LazyLock<Register> = LazyLock::new(|| {
    let row = |month: u32, figures: &str| {
        format!(r#"{{"form": "f", "team": "t", "period": "2022-{month:02}", "received": "2022-12-31", "figures": {figures}}}"#)
    };
    let rows = [row(1, r#"{"a": 0, "b": 2147483647}"#), row(2, r#"{"a": 3}"#), row(3, r#"{"b": 7}"#), row(5, "{}")];
    let reports = Reports::from_json(&REGISTER, &format!(r#"{{"reports": [{}]}}"#, rows.join(","))).unwrap();
    REGISTER.with_reports(&reports).unwrap()
});

fuzz_target!(|sides: (&str, &str)| {
    let [left, right] = [sides.0, sides.1].map(|side| serde_json::to_string(side).unwrap());
    let basis = r#""basis_vi": "x", "basis_en": "x", "force": "practice""#;
    let indicator = |id: &str| {
        format!(
            r#"{{"form": "f", "id": "{id}", "label_vi": "x", "label_en": "x", "unit": "item", "counts": "in_period", "over_units": "sum", "over_periods": "sum", {basis}}}"#
        )
    };
    let document = format!(
        r#"{{"forms": [{{"id": "f", "name_vi": "x", "name_en": "x", "filled_by": ["team"], "every": "month", "scheme": "calendar", {basis}}}],
            "indicators": [{}, {}],
            "checks": [{{"form": "f", "id": "c", "left": {left}, "operator": "<=", "right": {right}, "severity": "warning",
                "message_vi": "x", "message_en": "x", {basis}}}]}}"#,
        indicator("a"),
        indicator("b")
    );
    let Ok(policy) = Policy::from_json(&document) else { return };
    let as_of = chrono::NaiveDate::from_ymd_opt(2022, 12, 31).unwrap();
    REPORTS.check(&policy, as_of).unwrap().departures("f").unwrap();
});
