//! The mistakes planted in the made-up province and in the country, and in their reports, are the findings, all of them and no
//! others; Hải Dương has none.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use benches::{
    Planted, country, country_reports, country_with_mistakes, hai_duong, hai_duong_reports, minh_hoa,
    minh_hoa_policy, minh_hoa_reports,
};
use chrono::NaiveDate;
use cnscd::{AgendaQuery, Checked, Finding, Policy, Query, RULES, Register, Reports, State};
use std::collections::{BTreeMap, BTreeSet};

fn day((year, month, day): (i32, u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn check(document: &str, policy: &Policy, as_of: (i32, u32, u32)) -> Checked {
    Register::from_json(document).unwrap().check(policy, day(as_of)).unwrap()
}

/// The register with reports beside it.
fn with_reports(document: &str, reports: &str) -> Register {
    let register = Register::from_json(document).unwrap();
    let reports = Reports::from_json(&register, reports).unwrap();
    register.with_reports(&reports).unwrap()
}

fn check_minh_hoa() -> Checked {
    let policy = Policy::from_json(minh_hoa_policy()).unwrap();
    with_reports(&minh_hoa().0, &minh_hoa_reports().0).check(&policy, day((2022, 12, 31))).unwrap()
}

/// Of a finding about a report the period and the check, the indicators or the names; else nothing.
fn about(finding: &Finding<'_>) -> String {
    if !finding.code().starts_with('R') {
        return String::new();
    }
    let params = serde_json::to_value(finding.params()).unwrap();
    let mut words = vec![params["period"].as_str().unwrap()];
    words.extend(params["check"].as_str());
    // These are about the report as a whole.
    let is_whole = ["R007", "R008", "R012"].contains(&finding.code());
    let lists = if is_whole { &[][..] } else { &["indicators", "lacks", "unknown"] };
    for list in lists {
        words.extend(params[*list].as_array().into_iter().flatten().map(|word| word.as_str().unwrap()));
    }
    words.join(" ")
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
            about: about(finding),
        })
        .collect();
    found.sort();
    // What only one of them has is read more easily than both.
    let only = |own: &[Planted], other: &[Planted]| {
        let count = |list: &[Planted], what: &Planted| list.iter().filter(|one| *one == what).count();
        own.iter().filter(|what| count(own, what) > count(other, what)).cloned().collect::<Vec<_>>()
    };
    assert!(
        found == planted,
        "not found: {:#?}\nnot planted: {:#?}",
        only(planted, &found),
        only(&found, planted)
    );
}

#[test]
fn planted_equals_found() {
    let mut planted = minh_hoa().1;
    planted.extend(minh_hoa_reports().1);
    planted.sort();
    let checked = check_minh_hoa();
    assert_found(&checked, &planted);
    for rule in RULES {
        assert!(
            planted.iter().any(|planted| planted.code == rule.code),
            "nothing is planted for {}",
            rule.name
        );
    }
    let form = &checked.policy().forms()[0];
    for check in &form.checks {
        let is_it = |planted: &&Planted| planted.about.ends_with(&format!(" {}", check.part.id));
        assert!(planted.iter().any(|planted| is_it(&planted)), "nothing is planted for {}", check.part.id);
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
    let checked = check_minh_hoa();
    assert_eq!(units(&checked, "set-up-teams", State::Overdue), ["993", "994"]);
    assert_eq!(units(&checked, "set-up-teams", State::DoneLate), ["992"]);
    assert_eq!(units(&checked, "set-up-teams", State::DoneOnTime), ["991"]);
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
    assert_eq!(units(&checked, "report-team", State::Overdue), ["99018", "99018"]);
    assert_eq!(units(&checked, "report-team", State::DoneLate), ["99018"]);
    assert_eq!(units(&checked, "report-team", State::DoneOnTime).len(), 512);
    assert_eq!(units(&checked, "report-team", State::Open).len(), 85);
}

#[test]
fn what_is_planted_in_the_country_is_found() {
    let (document, planted) = country_with_mistakes(1);
    let policy = Policy::preset("national-2022").unwrap();
    assert_found(&check(&document, &policy, (2024, 12, 31)), &planted);
}

#[test]
fn what_is_out_of_order_in_reports_of_the_country_is_found() {
    let document = country(1);
    let made = country_reports(&document);
    let register = Register::from_json(&document).unwrap();
    let reports = cnscd::tables::read_reports(&register, None, |rows| made.feed(rows)).unwrap();
    let policy = Policy::preset("national-2022").unwrap();
    let checked = register.with_reports(&reports).unwrap().check(&policy, day((2025, 1, 31))).unwrap();
    let mut found = BTreeMap::new();
    for finding in checked.findings(&Query::default()).unwrap() {
        if finding.code().starts_with('R') {
            let about = about(&finding);
            let word = about.split_once(' ').map_or("", |(_, word)| word);
            let word = if finding.code() == "R002" { "" } else { word };
            *found.entry((finding.code(), word.to_owned())).or_default() += 1;
        }
    }
    let expected: BTreeMap<_, usize> =
        made.expected().into_iter().map(|((code, word), count)| ((code, word.to_owned()), count)).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_real_units_have_no_findings() {
    let register = with_reports(&hai_duong(), &hai_duong_reports());
    for name in Policy::PRESETS {
        let policy = Policy::preset(name).unwrap();
        let checked = register.check(&policy, day((2022, 5, 17))).unwrap();
        let found = checked.findings(&Query::default()).unwrap();
        // One has no form.
        let known = if policy.forms().is_empty() { 1340 + 235 } else { 0 };
        assert_eq!(found.iter().filter(|finding| finding.code() == "R014").count(), known, "{name}");
        assert_eq!(found.len(), known, "{name}");
        let agenda = checked.agenda(&AgendaQuery::default()).unwrap();
        assert!(agenda.iter().all(|row| row.state() == State::DoneOnTime), "{name}");
        // Of the whole year of reports none.
        let checked = register.check(&policy, day((2023, 4, 30))).unwrap();
        let found = checked.findings(&Query::default()).unwrap();
        let codes: BTreeSet<_> =
            found.iter().map(Finding::code).filter(|code| code.starts_with('R')).collect();
        assert_eq!(codes.is_empty(), known == 0, "{name}: {codes:?}");
    }
}
