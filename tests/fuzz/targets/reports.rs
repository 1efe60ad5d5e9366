//! Any bytes are reports or an error with places; what is read prints what reads the same, and is checked and previewed.
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

fuzz_target!(|bytes: &[u8]| {
    let as_of = chrono::NaiveDate::from_ymd_opt(2022, 12, 31).unwrap();
    let policy = Policy::preset("national-2022").unwrap();
    let own = Reports::from_json_bytes(&REGISTER, bytes);
    if let Ok(reports) = &own {
        let register = REGISTER.with_reports(reports).unwrap();
        let printed = register.reports_to_json().unwrap();
        let again = Reports::from_json(&REGISTER, &printed).unwrap();
        assert_eq!(REGISTER.with_reports(&again).unwrap().reports_to_json().unwrap(), printed);
        register.check(&policy, as_of).unwrap();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = REGISTER.check(&policy, as_of).unwrap().preview(text);
    }
});
