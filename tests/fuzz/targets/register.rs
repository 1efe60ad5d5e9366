//! Any bytes are a register or an error with places; what is read prints what reads the same.
#![no_main]

use cnscd::{Policy, Register};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(register) = Register::from_json_bytes(bytes) else { return };
    let printed = register.to_json();
    assert_eq!(Register::from_json(&printed).unwrap().to_json(), printed);
    let as_of = chrono::NaiveDate::from_ymd_opt(2022, 12, 31).unwrap();
    let _ = register.check(&Policy::preset("national-2022").unwrap(), as_of);
});
