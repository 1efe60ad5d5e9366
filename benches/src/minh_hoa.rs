//! Tỉnh Minh Họa: a made-up province in which mistakes are planted, and the list of them.
//!
//! The register is first made in order, as plain lists; then each commune is given its own kind of mistake, and beside it
//! cases that only look like one; then the lists are written.

mod decisions;
mod duties;
mod members;
mod people;
mod reports;
mod territory;

use chrono::NaiveDate;

use crate::calendar::day;
use crate::planted::{Planted, plant};
use crate::province::{Place, Province};
use crate::territory::Village;

pub use reports::minh_hoa_reports;

const NOTE: &str = "Tỉnh Minh Họa không có thật: mọi đơn vị, thôn, tổ, người, quyết định, ngày, số điện thoại (đầu 0990) và số \
định danh cá nhân (đầu 099) đều là giả định; mã tỉnh 99 không thuộc tỉnh nào. Trong dữ liệu có cài sẵn những chỗ cần rà soát. \
Nên xem xét vào ngày 31/12/2022, theo quy định giả định minh-hoa-2022. / The province of Minh Họa does not exist: all units, villages, teams, people, decisions, \
days, phone numbers (beginning with 0990) and citizen numbers (beginning with 099) are made up; no province has the code 99. \
Mistakes are planted in it. Meant to be looked at on 31 December 2022, under the made-up policy minh-hoa-2022.";

/// A made-up province with planted mistakes as a JSON document, and the full list of the mistakes, sorted.
///
/// The list, with that of [`minh_hoa_reports`], holds every finding of every rule under [`minh_hoa_policy`] on 31/12/2022, consequences
/// included; two findings of one rule, subject and first day stand in it twice.
#[must_use]
pub fn minh_hoa() -> (String, Vec<Planted>) {
    let mut province = Province::in_order();
    teams_and_decisions(&mut province);
    overlaps(&mut province);
    heads(&mut province);
    members(&mut province);
    positions(&mut province);
    acting(&mut province);
    villages_without_team(&mut province);
    duplicates(&mut province);
    territory::all(&mut province);
    decisions::all(&mut province);
    members::all(&mut province);
    people::all(&mut province);
    duties::all(&mut province);
    reports::attributes(&mut province);
    province.planted.sort();
    let text = province.write(NOTE);
    (text, province.planted)
}

/// What the made-up province asks for: a policy as a JSON document, made up, that extends `hai-duong-2022`.
#[must_use]
pub fn minh_hoa_policy() -> &'static str {
    include_str!("../data/minh-hoa-policy.json")
}

/// T001 and T002: teams at work without a decision, or before it.
fn teams_and_decisions(all: &mut Province) {
    all.decided("to-99001-01", None);
    all.plant("T001", "to-99001-01", Province::from("99001"));
    // Signed after the day on which the register is looked at.
    let late = all.decide("99001", day(2023, 1, 5), None, &["99001-02"]);
    all.decided("to-99001-02", Some(late));
    all.plant("T001", "to-99001-02", Province::from("99001"));
    all.decided("tcd-99002", None);
    all.plant("T001", "tcd-99002", Province::from("99002"));
    // A team that ended and was followed on the same day, by decision, with the same people.
    let renewed = day(2022, 8, 1);
    all.decided("to-99003-01", None);
    all.plant("T001", "to-99003-01", Province::from("99003"));
    all.end("to-99003-01", renewed);
    let decision = all.decide("99003", renewed, Some(renewed), &["99003-01"]);
    all.follow("to-99003-01", "to-99003-06", renewed, decision);

    let signed_late = all.decide("99003", day(2022, 4, 25), None, &["99003-02"]);
    all.decided("to-99003-02", Some(signed_late));
    all.plant("T002", "to-99003-02", Province::from("99003"));
    let from = Province::from("99003");
    let in_force_late = all.decide("99003", from, Some(day(2022, 5, 16)), &["99003-03"]);
    all.decided("to-99003-03", Some(in_force_late));
    all.plant("T002", "to-99003-03", from);
    // A whole commune: its one decision came into force two days after its teams.
    let from = Province::from("99004");
    let in_force = from.checked_add_days(chrono::Days::new(2));
    for decision in all.decisions.iter_mut().filter(|decision| decision.unit == "99004" && decision.community)
    {
        decision.decision.in_force = in_force;
    }
    for n in 1..=5 {
        all.plant("T002", &format!("to-99004-0{n}"), from);
    }
}

/// T003: villages with two community teams at once.
fn overlaps(all: &mut Province) {
    all.team("to-99005-01", |team| team.covers.push("99005-02".to_owned()));
    all.plant("T003", "99005-02", Province::from("99005"));
    // A team that is suspended is still there.
    let (from, to) = (day(2022, 7, 1), day(2022, 9, 1));
    let decision = all.decide("99005", day(2022, 6, 30), Some(from), &["99005-03"]);
    all.suspensions.push(("to-99005-03".to_owned(), from, to));
    all.add("to-99005-06", "99005-03", from, decision);
    all.end("to-99005-06", to);
    all.plant("T003", "99005-03", from);
    // A handover that overlaps by a week.
    let from = day(2022, 10, 3);
    all.end("to-99005-05", day(2022, 10, 10));
    let decision = all.decide("99005", from, Some(from), &["99005-05"]);
    all.add("to-99005-07", "99005-05", from, decision);
    all.plant("T003", "99005-05", from);
}

/// T004 and T005: teams with two heads, or none. Who became head beside the head of the village has no such office (M005).
fn heads(all: &mut Province) {
    all.member("to-99006-01", 2, |member| {
        member.role = "head";
        member.position = None;
    });
    all.plant("T004", "to-99006-01", Province::from("99006"));
    all.plant("M005", "to-99006-01", Province::from("99006"));
    // The new head began two weeks before the old one went.
    let (begins, goes) = (day(2022, 9, 1), day(2022, 9, 15));
    all.leave("to-99006-02", 1, goes);
    all.promote("to-99006-02", 3, "head", false, begins, None);
    all.plant("T004", "to-99006-02", begins);
    all.plant("M005", "to-99006-02", begins);
    let three = day(2022, 6, 6);
    all.promote("to-99006-03", 2, "head", false, three, None);
    all.promote("to-99006-03", 3, "head", false, three, None);
    all.plant("T004", "to-99006-03", three);
    all.plant("M005", "to-99006-03", three);
    all.plant("M005", "to-99006-03", three);
    // In order: somebody acts for the head for twenty days.
    all.promote("to-99006-04", 2, "head", true, day(2022, 8, 1), Some(day(2022, 8, 21)));
    all.rejoin("to-99006-04", 2, ("deputy", false), day(2022, 8, 21), None);

    let left = day(2022, 6, 15);
    all.leave("to-99007-01", 1, left);
    all.plant("T005", "to-99007-01", left);
    all.member("to-99007-02", 1, |member| {
        member.role = "member";
        member.position = None;
    });
    all.plant("T005", "to-99007-02", Province::from("99007"));
    let left = day(2022, 7, 1);
    all.leave("to-99007-03", 1, left);
    all.elect("to-99007-03", 3, day(2022, 8, 1));
    all.plant("T005", "to-99007-03", left);
    // In order: thirty days are not more than thirty.
    all.leave("to-99007-04", 1, left);
    all.elect("to-99007-04", 3, day(2022, 7, 31));
    // In order: most of the time without a head the team was suspended.
    all.leave("to-99007-05", 1, day(2022, 6, 1));
    all.suspensions.push(("to-99007-05".to_owned(), day(2022, 6, 20), day(2022, 9, 1)));
    all.elect("to-99007-05", 3, day(2022, 9, 10));
    let left = day(2022, 9, 5);
    all.leave("tcd-99007", 1, left);
    all.plant("T005", "tcd-99007", left);
    // In order: not yet thirty days on the last day of the year.
    all.leave("to-99004-05", 1, day(2022, 12, 12));
}

/// M001 and M002: memberships outside the team's time, and people in one team twice.
fn members(all: &mut Province) {
    let before = day(2022, 4, 4);
    all.member("to-99008-01", 3, |member| member.from = before);
    all.plant("M001", "to-99008-01", before);
    let ended = day(2022, 10, 3);
    all.end("to-99008-02", ended);
    all.member("to-99008-02", 2, |member| member.to = None);
    let decision = all.decide("99008", ended, Some(ended), &["99008-02"]);
    all.add("to-99008-06", "99008-02", ended, decision);
    all.plant("M001", "to-99008-02", ended);
    // Before and after: two stretches of one person.
    let ended = day(2022, 11, 1);
    all.end("to-99008-03", ended);
    all.member("to-99008-03", 3, |member| {
        member.from = before;
        member.to = None;
    });
    let decision = all.decide("99008", ended, Some(ended), &["99008-03"]);
    all.add("to-99008-07", "99008-03", ended, decision);
    all.plant("M001", "to-99008-03", before);
    all.plant("M001", "to-99008-03", ended);
    // Two memberships that meet are one stretch.
    all.member("to-99008-04", 3, |member| member.from = day(2022, 4, 6));
    all.promote("to-99008-04", 3, "secretary", false, day(2022, 4, 13), None);
    all.plant("M001", "to-99008-04", day(2022, 4, 6));

    let from = Province::from("99009");
    all.again("to-99009-01", 3, "secretary", from);
    all.plant("M002", "to-99009-01", from);
    let renewed = day(2022, 8, 1);
    all.again("to-99009-02", 3, "member", renewed);
    all.leave("to-99009-02", 3, day(2022, 8, 15));
    all.plant("M002", "to-99009-02", renewed);
    // Head twice is one person twice, not two heads.
    let renewed = day(2022, 9, 5);
    all.again("to-99009-03", 1, "head", renewed);
    all.plant("M002", "to-99009-03", renewed);
    // In order: the second membership begins on the day on which the first has ended.
    all.promote("to-99009-04", 3, "secretary", false, renewed, None);
}

/// M003: heads who no longer hold the position by which they sit.
fn positions(all: &mut Province) {
    let lost = day(2022, 7, 1);
    all.lose("to-99011-01", lost);
    all.plant("M003", "p-99011-01-1", lost);
    // Elected again after six weeks.
    all.lose("to-99011-02", lost);
    all.hold("to-99011-02", 1, "village_head", day(2022, 8, 15));
    all.plant("M003", "p-99011-02-1", lost);
    // In order: elected again at once.
    all.lose("to-99011-05", lost);
    all.hold("to-99011-05", 1, "village_head", lost);
    // In the past: the next head of the village became head of the team a month later.
    let lost = day(2022, 8, 1);
    all.lose("to-99012-01", lost);
    all.leave("to-99012-01", 1, day(2022, 9, 1));
    all.hold("to-99012-01", 3, "village_head", lost);
    all.promote("to-99012-01", 3, "head", false, day(2022, 9, 1), None);
    all.plant("M003", "p-99012-01-1", lost);
    // Lost before the team was set up.
    all.lose("to-99012-02", day(2022, 3, 1));
    all.plant("M003", "p-99012-02-1", Province::from("99012"));
}

/// M004: people who act for a head for too long.
fn acting(all: &mut Province) {
    let since = day(2022, 5, 16);
    all.leave("to-99010-01", 1, since);
    all.promote("to-99010-01", 2, "head", true, since, None);
    all.plant("M004", "to-99010-01", since);
    // Two terms that meet count as one.
    let since = day(2022, 6, 1);
    all.leave("to-99010-02", 1, since);
    all.promote("to-99010-02", 2, "head", true, since, Some(day(2022, 7, 10)));
    all.rejoin("to-99010-02", 2, ("head", true), day(2022, 7, 10), Some(day(2022, 8, 20)));
    all.elect("to-99010-02", 3, day(2022, 8, 20));
    all.rejoin("to-99010-02", 2, ("deputy", false), day(2022, 8, 20), None);
    all.plant("M004", "to-99010-02", since);
    // In order: sixty days are not more than sixty.
    all.leave("to-99010-03", 1, since);
    all.promote("to-99010-03", 2, "head", true, since, Some(day(2022, 7, 31)));
    all.rejoin("to-99010-03", 1, ("head", false), day(2022, 7, 31), None);
    all.rejoin("to-99010-03", 2, ("deputy", false), day(2022, 7, 31), None);
    // A deputy in charge (phụ trách), for sixty-one days.
    let since = day(2022, 7, 1);
    all.leave("to-99010-04", 1, since);
    all.promote("to-99010-04", 2, "deputy", true, since, Some(day(2022, 8, 31)));
    all.rejoin("to-99010-04", 1, ("head", false), day(2022, 8, 31), None);
    all.rejoin("to-99010-04", 2, ("deputy", false), day(2022, 8, 31), None);
    all.plant("M004", "to-99010-04", since);
}

/// U001: villages without a community team after the term.
fn villages_without_team(all: &mut Province) {
    let due = day(2022, 5, 4);
    all.remove("to-99011-03");
    all.remove("to-99011-04");
    let from = day(2022, 8, 1);
    let decision = all.decide("99011", day(2022, 7, 29), Some(from), &["99011-03"]);
    all.add("to-99011-03", "99011-03", from, decision);
    all.plant("U001", "99011", due);
    all.plant("U001", "99011", from);
    // A team that came too late, and one that ended.
    let late = day(2022, 5, 20);
    all.remove("to-99012-04");
    let decision = all.decide("99012", day(2022, 5, 19), Some(late), &["99012-04"]);
    all.add("to-99012-04", "99012-04", late, decision);
    all.plant("U001", "99012", due);
    let ended = day(2022, 10, 14);
    all.end("to-99012-05", ended);
    all.plant("U001", "99012", ended);
    // A new village has sixty days of its own.
    let (begins, from) = (day(2022, 6, 1), day(2022, 9, 1));
    let village = Village { code: "99010-06".to_owned(), name: "Thôn Minh Mới".to_owned(), kind: "thon" };
    all.villages.push(Place { village, commune: "99010", from: Some(begins), to: None });
    let decision = all.decide("99010", day(2022, 8, 31), Some(from), &["99010-06"]);
    all.add("to-99010-06", "99010-06", from, decision);
    // Nobody held a position in the village before it was there.
    for position in all.positions.iter_mut().filter(|position| position.unit.as_deref() == Some("99010-06")) {
        position.from = begins;
    }
    all.plant("U001", "99010", day(2022, 7, 31));
}

/// P001: people who may be one person, and people who are not.
fn duplicates(all: &mut Province) {
    let born = Some(day(1988, 11, 20));
    all.same("p-99001-03-3", "p-99009-05-3", ["Nguyễn Hoàng Minh Họa"; 2], [born, born]);
    all.plant_undated("P001", "p-99001-03-3");
    // One has no birth day, and both are in teams of one commune.
    let born = Some(day(1979, 2, 14));
    all.same("p-99002-01-3", "p-99002-04-3", ["Trần Lê Minh Họa"; 2], [born, None]);
    all.plant_undated("P001", "p-99002-01-3");
    // The tone mark may sit on either vowel.
    let born = Some(day(1983, 7, 9));
    all.same("p-99003-04-3", "p-99006-05-3", ["Đỗ Văn Hòa", "Đỗ Văn Hoà"], [born, born]);
    all.plant_undated("P001", "p-99003-04-3");
    // A citizen number is known of one only.
    let born = Some(day(1991, 5, 2));
    all.same("p-99004-02-3", "p-99008-05-3", ["Phạm Vũ Minh Họa"; 2], [born, born]);
    all.person("p-99004-02-3", |person| person.citizen_number = Some("099091000017"));
    all.plant_undated("P001", "p-99004-02-3");
    // Not the same: two citizen numbers that differ.
    let born = Some(day(1995, 10, 28));
    all.same("p-99002-02-3", "p-99006-02-2", ["Lê Bùi Minh Họa"; 2], [born, born]);
    all.person("p-99002-02-3", |person| person.citizen_number = Some("099095000021"));
    all.person("p-99006-02-2", |person| person.citizen_number = Some("099095000038"));
    // Not the same: no birth day of one, and no commune in common.
    let born = Some(day(1993, 1, 30));
    all.same("p-99001-04-3", "p-99010-05-3", ["Vũ Đặng Minh Họa"; 2], [born, None]);
    // Not the same: another tone, or another birth day.
    let born = Some(day(1990, 9, 3));
    all.same("p-99003-05-3", "p-99007-03-2", ["Bùi Minh Hoa", "Bùi Minh Họa"], [born, born]);
    all.same("p-99005-02-3", "p-99009-02-2", ["Ngô Đào Minh Họa"; 2], [born, Some(day(1990, 9, 4))]);
}

impl Province {
    fn plant(&mut self, code: &'static str, subject: &str, from: NaiveDate) {
        self.planted.push(plant(code, subject, Some(from)));
    }

    /// A mistake that has no days.
    fn plant_undated(&mut self, code: &'static str, subject: &str) {
        self.planted.push(plant(code, subject, None));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::oracle::{Ask, Found, FoundInReport, read};

    #[test]
    fn planted_is_what_the_rules_find() {
        let (text, planted) = minh_hoa();
        let mut listed: Vec<Found> = planted.into_iter().map(|m| (m.code, m.subject, m.from)).collect();
        listed.sort();
        assert_eq!(read(&text).findings(&Ask::minh_hoa(), day(2022, 12, 31)), listed);
    }

    #[test]
    fn planted_in_reports_is_what_the_rules_find() {
        let (text, planted) = minh_hoa_reports();
        let mut listed: Vec<FoundInReport> =
            planted.into_iter().map(|m| (m.code, m.subject, m.from, m.about)).collect();
        listed.sort();
        assert_eq!(read(&minh_hoa().0).findings_in_reports(&text, day(2022, 12, 31)), listed);
    }

    #[test]
    fn every_rule_has_a_mistake() {
        let planted = minh_hoa().1.into_iter().chain(minh_hoa_reports().1);
        let codes: BTreeSet<_> = planted.map(|mistake| mistake.code).collect();
        assert!(codes.into_iter().eq(cnscd::RULES.iter().map(|rule| rule.code)));
    }

    #[test]
    fn is_sound_and_nothing_else_is_out_of_order() {
        let doc = read(&minh_hoa().0);
        doc.assert_sound();
        let in_order = read(&Province::in_order().write(NOTE));
        in_order.assert_sound();
        let found = in_order.findings(&Ask::minh_hoa(), day(2022, 12, 31));
        // These two are slips of the policy.
        assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), ["O004", "O005"]);
        assert_eq!(in_order.table("units").iter().filter(|row| row.text("level") == "village").count(), 95);
        let reports = reports::in_order(&Province::in_order().write(NOTE));
        assert_eq!(in_order.findings_in_reports(&reports, day(2022, 12, 31)), []);
    }

    #[test]
    fn numbers_cannot_be_real() {
        let doc = read(&minh_hoa().0);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let mut seen = 0;
        for row in doc.table("people") {
            let (phone, number) = (row.get("phone"), row.get("citizen_number"));
            seen += usize::from(phone.is_some()) + usize::from(number.is_some());
            assert!(phone.is_none_or(|phone| {
                let phone = digits(phone);
                phone.starts_with("0990") || phone.starts_with("84990")
            }));
            assert!(number.is_none_or(|number| digits(number).starts_with("099")));
        }
        assert!(seen > 20);
        assert!(doc.note.contains("099"));
    }

    #[test]
    fn is_the_same_each_time() {
        assert!(minh_hoa() == minh_hoa());
        assert!(minh_hoa_reports() == minh_hoa_reports());
    }
}
