//! The mistakes planted in the made-up province are the findings, all of them and no others; the real units have none.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use benches::{Planted, hai_duong, minh_hoa};
use chrono::NaiveDate;
use cnscd::{Checked, Policy, Query, RULES, Register};

fn check(document: &str, (year, month, day): (i32, u32, u32)) -> Checked {
    let policy = Policy::preset("national-2022").unwrap();
    let as_of = NaiveDate::from_ymd_opt(year, month, day).unwrap();
    Register::from_json(document).unwrap().check(&policy, as_of).unwrap()
}

#[test]
fn planted_equals_found() {
    let (document, planted) = minh_hoa();
    let checked = check(&document, (2022, 12, 31));
    let mut found: Vec<_> = checked
        .findings(&Query::default())
        .unwrap()
        .iter()
        .map(|finding| Planted {
            code: finding.code(),
            name: finding.rule().name,
            subject: finding.subject().1.into(),
            from: finding.from().map(|day| day.to_string()),
        })
        .collect();
    found.sort();
    assert_eq!(found, planted);
    for rule in RULES {
        assert!(
            planted.iter().any(|planted| planted.code == rule.code),
            "nothing is planted for {}",
            rule.name
        );
    }
}

#[test]
fn the_real_units_have_no_findings() {
    let checked = check(&hai_duong(), (2022, 5, 17));
    assert_eq!(checked.findings(&Query::default()).unwrap().len(), 0);
}
