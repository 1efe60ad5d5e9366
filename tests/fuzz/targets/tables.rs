//! Any bytes are tables of CSV or an error with table and line.
#![no_main]

use cnscd::{Register, Reports};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(2, |&byte| byte == 0);
    let (units, teams) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if let Ok(register) = Register::from_csv(&[("units", units), ("teams", teams)], None) {
        let again = register.to_csv("units").unwrap();
        assert_eq!(Register::from_csv(&[("units", &again)], None).unwrap().to_csv("units").unwrap(), again);
        let _ = Reports::from_csv(&register, teams, None);
    }
});
