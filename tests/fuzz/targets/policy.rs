//! Any text is a policy or an error with places; what is read prints what reads the same.
#![no_main]

use cnscd::Policy;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(policy) = Policy::from_json(text) else { return };
    let printed = policy.to_json();
    assert_eq!(Policy::from_json(&printed).unwrap().to_json(), printed);
});
