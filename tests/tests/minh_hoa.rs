//! The mistakes planted in the made-up province and in the country are the findings, all of them and no others; Hải Dương has
//! none.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use benches::{Planted, country_with_mistakes, hai_duong, minh_hoa, minh_hoa_policy};
use chrono::NaiveDate;
use cnscd::{AgendaQuery, Checked, Policy, Query, RULES, Register, State};

fn check(document: &str, policy: &Policy, (year, month, day): (i32, u32, u32)) -> Checked {
    let as_of = NaiveDate::from_ymd_opt(year, month, day).unwrap();
    Register::from_json(document).unwrap().check(policy, as_of).unwrap()
}

#[track_caller]
fn assert_found(checked: &Checked, planted: &[Planted]) {
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
}

#[test]
fn planted_equals_found() {
    let (document, planted) = minh_hoa();
    let policy = Policy::from_json(minh_hoa_policy()).unwrap();
    assert_found(&check(&document, &policy, (2022, 12, 31)), &planted);
    for rule in RULES {
        assert!(
            planted.iter().any(|planted| planted.code == rule.code),
            "nothing is planted for {}",
            rule.name
        );
    }
}

/// The units of a state, by obligation.
fn units(checked: &Checked, obligation: &str, state: State) -> Vec<String> {
    let query =
        AgendaQuery { obligation: Some(obligation.into()), state: Some(state), ..AgendaQuery::default() };
    checked.agenda(&query).unwrap().iter().map(|row| row.unit().to_owned()).collect()
}

#[test]
fn duties_stand_as_planted() {
    let policy = Policy::from_json(minh_hoa_policy()).unwrap();
    let checked = check(&minh_hoa().0, &policy, (2022, 12, 31));
    assert_eq!(units(&checked, "set-up-teams", State::Overdue), ["993"]);
    assert_eq!(units(&checked, "set-up-teams", State::DoneLate), ["994"]);
    assert_eq!(units(&checked, "set-up-teams", State::DoneOnTime), ["991", "992"]);
    assert_eq!(units(&checked, "issue-decision", State::DoneOnTime).len(), 19);
    assert_eq!(units(&checked, "review-teams", State::Overdue), ["99017"]);
    assert_eq!(units(&checked, "review-teams", State::DoneLate), ["99018"]);
    assert_eq!(units(&checked, "review-teams", State::Extended), ["99011"]);
    assert_eq!(units(&checked, "review-teams", State::Excused), ["99019"]);
    assert_eq!(units(&checked, "review-teams", State::DoneOnTime).len(), 15);
    assert_eq!(units(&checked, "report-quarter", State::Overdue), ["992"]);
    assert_eq!(units(&checked, "report-quarter", State::DoneLate), ["993"]);
    assert_eq!(units(&checked, "report-quarter", State::DoneOnTime), ["991", "994"]);
    assert_eq!(units(&checked, "report-quarter", State::Open).len(), 4);
}

#[test]
fn what_is_planted_in_the_country_is_found() {
    let (document, planted) = country_with_mistakes(1);
    let policy = Policy::preset("national-2022").unwrap();
    assert_found(&check(&document, &policy, (2024, 12, 31)), &planted);
}

#[test]
fn the_real_units_have_no_findings() {
    for name in Policy::PRESETS {
        let checked = check(&hai_duong(), &Policy::preset(name).unwrap(), (2022, 5, 17));
        assert_eq!(checked.findings(&Query::default()).unwrap().len(), 0, "{name}");
        let agenda = checked.agenda(&AgendaQuery::default()).unwrap();
        assert!(agenda.iter().all(|row| row.state() == State::DoneOnTime), "{name}");
    }
}
