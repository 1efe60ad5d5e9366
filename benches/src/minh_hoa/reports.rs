//! Monthly reports of the made-up province: in order, then with planted mistakes and cases that only look like one.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::calendar::day;
use crate::course::{Course, Figures, Pace, Place};
use crate::mix::{below, mix, seed};
use crate::planted::{Planted, plant};
use crate::province::Province;
use crate::reports::{Report, add_up, document};
use crate::roll::{Month, Team, community_teams, parents};

const NOTE: &str = "Báo cáo tháng của các Tổ công nghệ số cộng đồng và các xã, phường, thị trấn của tỉnh Minh Họa, một tỉnh không có \
thật, từ tháng 5/2022: mọi số liệu, mọi ngày đều là giả định. Trong đó có cài sẵn những chỗ cần rà soát. Nên xem xét cùng hồ sơ của \
tỉnh vào ngày 31/12/2022, theo quy định giả định minh-hoa-2022. / Monthly reports of the community teams and the communes of Minh Họa, a \
province that does not exist, from May 2022 on: all figures and days are made up. Mistakes are planted in them. Meant to be looked \
at beside the register of the province on 31 December 2022, under the made-up policy minh-hoa-2022.";

const MAY: Month = Month::of(2022, 5);
const JULY: Month = Month::of(2022, 7);
const AUGUST: Month = Month::of(2022, 8);
const SEPTEMBER: Month = Month::of(2022, 9);
const OCTOBER: Month = Month::of(2022, 10);
const NOVEMBER: Month = Month::of(2022, 11);
const DECEMBER: Month = Month::of(2022, 12);

/// What is known of the villages of two communes.
pub(super) fn attributes(all: &mut Province) {
    for commune in ["99003", "99004"] {
        let mut sum = [0; 4];
        for n in 1..=5 {
            let code = format!("{commune}-{n:02}");
            let Some(place) = place(&code) else { continue };
            let cells = [place.households, place.adults, place.smartphones, place.household_businesses];
            sum.iter_mut().zip(cells).for_each(|(sum, cell)| *sum += cell);
            all.attributes.push((code, cells));
        }
        all.attributes.push((commune.to_owned(), sum));
    }
}

/// The numbers of households, adults, smartphones and household businesses of a village of these communes.
fn place(village: &str) -> Option<Place> {
    let own = |n, spare| below(mix(seed(village), n), spare);
    if !village.starts_with("99003-") && !village.starts_with("99004-") {
        return None;
    }
    // Two are so small that a team has been with every household by November.
    let households = if matches!(village, "99004-01" | "99004-02") { 26 } else { 120 + own(60, 60) };
    let adults = households * 2 + own(61, 40);
    Some(Place {
        households,
        adults,
        smartphones: adults - 5 - own(62, 9),
        household_businesses: 10 + own(63, 9),
    })
}

/// The monthly reports of the community teams and communes of the made-up province, beside [`minh_hoa`](super::minh_hoa), as a JSON document,
/// and the list of the mistakes in them, sorted.
///
/// The list holds every finding about reports and about the duty to report under [`minh_hoa_policy`](super::minh_hoa_policy) on
/// 31/12/2022, consequences included.
#[must_use]
pub fn minh_hoa_reports() -> (String, Vec<Planted>) {
    let mut desk = Desk::in_order(&super::minh_hoa().0);
    in_teams(&mut desk);
    desk.communes();
    in_communes(&mut desk);
    desk.planted.sort();
    (document(NOTE, &desk.reports), desk.planted)
}

/// The reports of a register of the province with nothing out of order.
#[cfg(test)]
pub(super) fn in_order(register: &str) -> String {
    let mut desk = Desk::in_order(register);
    desk.reports.retain(|report| !report.period.ends_with("-12"));
    desk.communes();
    document(NOTE, &desk.reports)
}

/// The reports as they lie on a desk.
struct Desk {
    reports: Vec<Report>,
    planted: Vec<Planted>,
    /// Each month, the teams of each commune that are there on its last day.
    below: BTreeMap<(Month, String), Vec<String>>,
}

/// A report of a team as it should be.
fn report(team: &Team<'_>, month: Month, figures: Figures) -> Report {
    let cut_off = month.cut_off().to_string();
    let drawn = mix(seed(team.id), month.number());
    let received = month.day_after(1 + below(drawn, 4));
    let channel = ["chat_group", "paper", "system"].get(below(mix(drawn, 1), 3) as usize).copied();
    Report {
        version: (month >= NOVEMBER).then_some(2),
        channel,
        by: team.head(&cut_off).map(Into::into),
        ..Report::of_team(team.id, month, received, figures)
    }
}

impl Desk {
    /// A report of each team for each month on whose last day it is there, from May 2022 on.
    fn in_order(register: &str) -> Self {
        let mut desk = Self { reports: Vec::new(), planted: Vec::new(), below: BTreeMap::new() };
        let communes: BTreeMap<&str, &str> = parents(register).collect();
        for team in community_teams(register) {
            // The team that followed another in its village.
            let village =
                if team.id == "to-99003-06" { "99003-01" } else { team.id.trim_start_matches("to-") };
            let mut course = Course::new(team.id, place(village));
            let (mut before, mut has_rested) = (None, false);
            for month in MAY.following(8) {
                let cut_off = month.cut_off().to_string();
                if !team.held.on(&cut_off) {
                    continue;
                }
                let rests = team.rests.iter().any(|rest| rest.on(&cut_off));
                has_rested |= rests;
                let pace = match (rests, has_rested) {
                    (true, _) => Pace::Rest,
                    (false, true) => Pace::Slow,
                    (false, false) => Pace::Usual,
                };
                let members = team.size(&cut_off);
                let mut report = report(&team, month, course.month(month, members, pace));
                if rests {
                    report.confirmed.push("nothing-happened".to_owned());
                }
                // People came or went, and the sender says so.
                if before.is_some_and(|before: u32| members.abs_diff(before) * 5 > before) {
                    report.confirmed.push("stock-jumps".to_owned());
                }
                before = Some(members);
                // Reports for December are made in January.
                if month < DECEMBER {
                    let unit = team.unit.split('-').next().unwrap_or_default();
                    if communes.get(unit).is_some_and(|above| above.len() == 3) {
                        desk.below.entry((month, unit.to_owned())).or_default().push(team.id.to_owned());
                    }
                    desk.reports.push(report);
                } else if let Some(report) = december(report) {
                    desk.reports.push(report);
                }
            }
        }
        desk
    }

    fn report(&mut self, who: &str, month: Month, change: impl FnOnce(&mut Report)) {
        if let Some(report) = self.reports.iter_mut().rfind(|report| report.is_of(who, month)) {
            change(report);
        }
    }

    fn get(&mut self, who: &str, month: Month, indicator: &str) -> u32 {
        let mut figure = 0;
        self.report(who, month, |report| figure = report.get(indicator));
        figure
    }

    fn set(&mut self, who: &str, month: Month, indicator: &str, figure: u32) {
        self.report(who, month, |report| report.set(indicator, figure));
    }

    /// One figure in all months up to November.
    fn set_all(&mut self, who: &str, indicator: &str, figure: u32) {
        for month in MAY.following(7) {
            self.set(who, month, indicator, figure);
        }
    }

    /// A mistake in a report; `word` is the check or the indicator.
    fn plant(&mut self, code: &'static str, who: &str, month: Month, word: &str) {
        let mut received = None;
        self.report(who, month, |report| received = report.received);
        let about = format!("{} {word}", month.period()).trim_end().to_owned();
        self.planted.push(Planted { about, ..plant(code, who, received) });
    }

    /// A duty that was not done in time.
    fn plant_duty(&mut self, code: &'static str, who: &str, from: NaiveDate) {
        self.planted.push(plant(code, who, Some(from)));
    }

    /// What a unit adds up: the last report for a month of each of some teams, unless it was sent back.
    fn sum(&self, teams: &[String], month: Month) -> Figures {
        let last = |team: &String| self.reports.iter().rfind(|report| report.is_of(team, month));
        let counts = |report: &&Report| report.state != Some("returned");
        add_up(teams.iter().filter_map(last).filter(counts).map(|report| &report.figures))
    }

    /// A report of each commune for each month up to November: what its teams say, added up.
    fn communes(&mut self) {
        let mut reports = Vec::new();
        for ((month, commune), teams) in &self.below {
            let received = month.day_after(8 + below(mix(seed(commune), month.number()), 3));
            let report = Report::of_unit(commune, *month, received, self.sum(teams, *month));
            reports.push(Report { version: (*month >= NOVEMBER).then_some(2), ..report });
        }
        self.reports.extend(reports);
    }
}

/// The few reports for December that are there, of which some are not known yet.
fn december(mut report: Report) -> Option<Report> {
    match report.who() {
        // Came before the month was over; in order with estimates, or on its last day.
        "to-99015-01" | "to-99015-02" => report.received = Some(day(2022, 12, 26)),
        "to-99015-03" => report.received = Some(day(2022, 12, 31)),
        // In order, for it is being written, and in order, for it comes later.
        "to-99019-01" => {
            (report.state, report.received) = (Some("draft"), None);
            report.set("members_young", 50);
        }
        "to-99019-02" => report.set("members_young", 50),
        _ => return None,
    }
    if report.who() == "to-99015-02" {
        let names = Figures::NAMES.iter().zip(report.figures.cells());
        report.estimates =
            names.filter(|(_, figure)| figure.is_some()).map(|(&name, _)| name.into()).collect();
    }
    Some(report)
}

fn in_teams(desk: &mut Desk) {
    parts(desk);
    sessions_and_feedback(desk);
    places(desk);
    contents(desk);
    series(desk);
    sending(desk);
    forms(desk);
    duties(desk);
}

/// R001: parts above their wholes, and another number of members than is listed.
fn parts(desk: &mut Desk) {
    let young = "to-99001-01";
    let members = desk.get(young, NOVEMBER, "members");
    desk.set(young, NOVEMBER, "members_young", members + 1);
    desk.plant("R001", young, NOVEMBER, "young-within-members");
    desk.plant("R005", young, NOVEMBER, "members_young");
    // In order: everybody is young.
    let members = desk.get("to-99001-02", NOVEMBER, "members");
    desk.set_all("to-99001-02", "members_young", members);

    let trained = "to-99001-03";
    let members = desk.get(trained, NOVEMBER, "members");
    // In order until then: all of them.
    for month in MAY.following(7) {
        if desk.get(trained, month, "members_trained") > 0 {
            desk.set(trained, month, "members_trained", members);
        }
    }
    desk.set(trained, NOVEMBER, "members_trained", members + 1);
    desk.plant("R001", trained, NOVEMBER, "trained-within-members");

    let listed = "to-99001-05";
    let members = desk.get(listed, NOVEMBER, "members");
    desk.set(listed, NOVEMBER, "members", members + 1);
    desk.plant("R001", listed, NOVEMBER, "members-as-registered");

    let people = desk.get("to-99002-01", NOVEMBER, "people_guided");
    desk.set("to-99002-01", NOVEMBER, "guidance_occurrences", people - 2);
    desk.plant("R001", "to-99002-01", NOVEMBER, "people-within-occurrences");
    // In order: nobody came twice.
    let people = desk.get("to-99002-03", OCTOBER, "people_guided");
    desk.set("to-99002-03", OCTOBER, "guidance_occurrences", people);

    let people = desk.get("to-99002-02", NOVEMBER, "people_guided");
    desk.set("to-99002-02", NOVEMBER, "people_guided_public_service", people + 1);
    desk.plant("R001", "to-99002-02", NOVEMBER, "public-service-within-people");
    // In order: all of them.
    let people = desk.get("to-99002-03", NOVEMBER, "people_guided");
    desk.set("to-99002-03", NOVEMBER, "people_guided_public_service", people);

    let people = desk.get("to-99002-04", NOVEMBER, "people_guided");
    desk.set("to-99002-04", NOVEMBER, "vulnerable_guided", people + 1);
    desk.plant("R001", "to-99002-04", NOVEMBER, "vulnerable-within-people");
    // Others have a quarter of the people.
    desk.plant("R006", "to-99002-04", NOVEMBER, "vulnerable_guided");
}

/// R001: audiences without sessions, files without people, more resolved than came in.
fn sessions_and_feedback(desk: &mut Desk) {
    desk.set("to-99002-05", NOVEMBER, "outreach_sessions", 0);
    desk.plant("R001", "to-99002-05", NOVEMBER, "attendance-with-sessions");
    // In order: no session and nobody in it.
    desk.set("to-99005-03", NOVEMBER, "outreach_sessions", 0);
    desk.set("to-99005-03", NOVEMBER, "outreach_attendance", 0);
    desk.set("to-99006-05", NOVEMBER, "outreach_sessions", 3);
    desk.set("to-99006-05", NOVEMBER, "outreach_attendance", 2);
    desk.plant("R001", "to-99006-05", NOVEMBER, "attendance-at-each-session");
    // In order: one person at each.
    desk.set("to-99007-05", NOVEMBER, "outreach_attendance", 2);

    desk.set("to-99003-04", NOVEMBER, "people_guided_public_service", 0);
    desk.plant("R001", "to-99003-04", NOVEMBER, "files-with-people-guided");
    // In order: neither.
    desk.set("to-99003-05", NOVEMBER, "people_guided_public_service", 0);
    desk.set("to-99003-05", NOVEMBER, "online_files_assisted", 0);

    // One was open from May on.
    let came = desk.get("to-99005-02", NOVEMBER, "feedback_received");
    desk.set("to-99005-02", NOVEMBER, "feedback_resolved", came + 2);
    desk.plant("R001", "to-99005-02", NOVEMBER, "feedback-resolved-within-received");
    let came = desk.get("to-99005-01", NOVEMBER, "feedback_received");
    desk.set("to-99005-01", NOVEMBER, "feedback_resolved", came + 1);
}

/// R001: more than there is in the place. In order: as much as there is.
fn places(desk: &mut Desk) {
    desk.set("to-99004-01", NOVEMBER, "households_guided", 27);
    desk.plant("R001", "to-99004-01", NOVEMBER, "guided-within-households");
    let known = |village: &str, of: fn(Place) -> u32| place(village).map_or(0, of);
    for (village, indicator, check, of) in [
        (
            "99004-03",
            "households_in_group",
            "group-within-households",
            (|place| place.households) as fn(Place) -> u32,
        ),
        ("99004-04", "province_app_accounts", "app-accounts-within-smartphones", |place| place.smartphones),
        ("99004-05", "adults_digital_skills", "skills-within-adults", |place| place.adults),
        ("99003-03", "qr_businesses", "qr-within-businesses", |place| place.household_businesses),
    ] {
        let team = format!("to-{village}");
        desk.set_all(&team, indicator, known(village, of));
        desk.set(&team, NOVEMBER, indicator, known(village, of) + 1);
        desk.plant("R001", &team, NOVEMBER, check);
        desk.set_all("to-99003-02", indicator, known("99003-02", of));
    }
}

/// R002, R003 and R013: what is left out, out of bounds, or under another name.
fn contents(desk: &mut Desk) {
    desk.report("to-99006-01", OCTOBER, |report| report.figures.eid_activated = None);
    desk.plant("R002", "to-99006-01", OCTOBER, "eid_activated");
    // In order: it does not apply; it is 0; it is not asked for.
    desk.report("to-99006-02", OCTOBER, |report| {
        report.figures.eid_activated = None;
        report.not_applicable.push("eid_activated".to_owned());
    });
    desk.set("to-99006-03", OCTOBER, "eid_activated", 0);
    desk.report("to-99006-04", OCTOBER, |report| report.figures.vulnerable_guided = None);

    // The form has at most 31 classes.
    for (team, classes) in [("to-99006-03", 32), ("to-99006-04", 31)] {
        desk.set_all(team, "community_classes", 0);
        desk.set(team, NOVEMBER, "community_classes", classes);
    }
    desk.plant("R003", "to-99006-03", NOVEMBER, "community_classes");

    desk.report("to-99016-01", SEPTEMBER, |report| {
        let figure = report.figures.vulnerable_guided.take();
        report.others.extend(figure.map(|figure| ("vulnerable_guide", figure)));
    });
    desk.plant("R013", "to-99016-01", SEPTEMBER, "vulnerable_guide");
    // The second version, of November, has signatures.
    desk.report("to-99016-02", OCTOBER, |report| report.others.push(("digital_signatures", 4)));
    desk.plant("R013", "to-99016-02", OCTOBER, "digital_signatures");
    for (team, signatures) in [("to-99016-01", 3), ("to-99016-02", 5), ("to-99016-03", 0)] {
        desk.report(team, NOVEMBER, |report| report.others.push(("digital_signatures", signatures)));
    }
}

/// R004 to R008: figures against those of other months.
fn series(desk: &mut Desk) {
    let before = desk.get("to-99007-02", SEPTEMBER, "households_guided");
    desk.set("to-99007-02", OCTOBER, "households_guided", before - 2);
    desk.plant("R004", "to-99007-02", OCTOBER, "households_guided");
    // The sender says that it is right: it is a note.
    let before = desk.get("to-99008-01", SEPTEMBER, "households_guided");
    desk.report("to-99008-01", OCTOBER, |report| {
        report.set("households_guided", before - 1);
        report.confirmed.push("cumulative-figure-fell".to_owned());
    });
    desk.plant("R004", "to-99008-01", OCTOBER, "households_guided");
    // In order: as many as the month before.
    let before = desk.get("to-99007-04", SEPTEMBER, "households_guided");
    desk.set("to-99007-04", OCTOBER, "households_guided", before);

    desk.set_all("to-99008-04", "province_app_accounts", 100);
    desk.set_all("to-99008-05", "province_app_accounts", 100);
    for month in SEPTEMBER.following(3) {
        desk.set("to-99008-04", month, "province_app_accounts", 121);
        // In order: a fifth is not more than a fifth.
        desk.set("to-99008-05", month, "province_app_accounts", 120);
    }
    desk.plant("R005", "to-99008-04", SEPTEMBER, "province_app_accounts");

    for team in ["to-99010-03", "to-99010-04"] {
        desk.set_all(team, "eid_activated", 5);
    }
    desk.set("to-99010-03", OCTOBER, "eid_activated", 16);
    desk.plant("R006", "to-99010-03", OCTOBER, "eid_activated");
    // In order: three times as many are not more.
    desk.set("to-99010-04", OCTOBER, "eid_activated", 15);

    let quiet = "to-99011-02";
    let before = desk.get(quiet, JULY, "households_guided");
    for name in FLOWS {
        desk.set(quiet, AUGUST, name, 0);
    }
    desk.set(quiet, AUGUST, "households_guided", before);
    desk.plant("R007", quiet, AUGUST, "");

    for team in ["to-99012-01", "to-99012-02"] {
        for name in FLOWS {
            let figure = desk.get(team, SEPTEMBER, name);
            desk.set(team, OCTOBER, name, figure);
        }
    }
    desk.plant("R008", "to-99012-01", OCTOBER, "");
    // In order: one figure differs.
    let figure = desk.get("to-99012-02", SEPTEMBER, "online_safety_guidance");
    desk.set("to-99012-02", OCTOBER, "online_safety_guidance", figure + 1);
}

/// What happens in a month.
const FLOWS: [&str; 15] = [
    "outreach_sessions",
    "outreach_attendance",
    "people_guided",
    "guidance_occurrences",
    "people_guided_public_service",
    "vulnerable_guided",
    "online_files_assisted",
    "eid_activated",
    "epayment_accounts",
    "ecommerce_accounts",
    "digital_stalls",
    "community_classes",
    "online_safety_guidance",
    "feedback_received",
    "feedback_resolved",
];

/// R009 and R012: sent twice, or too early.
fn sending(desk: &mut Desk) {
    for (team, revision) in [("to-99013-01", None), ("to-99013-02", Some(2))] {
        let mut again = None;
        desk.report(team, SEPTEMBER, |report| {
            let received = Some(day(2022, 10, 5));
            again = Some(Report { revision, received, ..report.clone() });
            // In order where another one follows: what was wrong in the first.
            if revision.is_some() {
                report.set("guidance_occurrences", 1);
            }
        });
        desk.reports.extend(again);
    }
    desk.plant("R009", "to-99013-01", SEPTEMBER, "");

    desk.plant("R012", "to-99015-01", DECEMBER, "");
}

/// R010, R011, R014 and R015: forms, versions, periods and senders.
fn forms(desk: &mut Desk) {
    desk.report("to-99013-03", NOVEMBER, |report| report.version = Some(1));
    desk.plant("R010", "to-99013-03", NOVEMBER, "");
    // In order: the version of the month, stated or not.
    desk.report("to-99013-04", NOVEMBER, |report| report.version = None);
    desk.report("to-99013-04", OCTOBER, |report| report.version = Some(1));

    // A quarter; in order as a thematic one.
    for (team, kind) in [("to-99014-01", None), ("to-99014-03", Some("thematic"))] {
        let mut quarter = None;
        desk.report(team, Month::of(2022, 6), |report| {
            let period = "2022-Q2".to_owned();
            quarter = Some(Report { period, kind, received: Some(day(2022, 7, 6)), ..report.clone() });
        });
        desk.reports.extend(quarter);
    }
    let planted = plant("R011", "to-99014-01", Some(day(2022, 7, 6)));
    desk.planted.push(Planted { about: "2022-Q2".to_owned(), ..planted });

    // A slip of the pen, noticed by the sender two days later.
    let mut slip = None;
    desk.report("to-99017-01", AUGUST, |report| {
        slip = Some(Report { form: "team-montly", received: Some(day(2022, 9, 1)), ..report.clone() });
        report.received = Some(day(2022, 9, 3));
    });
    if let Some(slip) = slip {
        let planted = plant("R014", "to-99017-01", slip.received);
        desk.planted.push(Planted { about: slip.period.clone(), ..planted });
        desk.reports.insert(0, slip);
    }

    // Ended on 14/10/2022. In order: its report for September.
    let mut last = None;
    desk.report("to-99012-05", SEPTEMBER, |report| {
        let (period, received) = (OCTOBER.period(), Some(day(2022, 11, 3)));
        let mut copy = Report { period, received, ..report.clone() };
        let activated = copy.get("eid_activated");
        copy.set("eid_activated", activated + 1);
        last = Some(copy);
    });
    desk.reports.extend(last);
    desk.plant("R015", "to-99012-05", OCTOBER, "");
    // A steering team, and a district.
    let mut figures = Course::new("tcd-99013", None).month(NOVEMBER, 9, Pace::Usual);
    figures.members_trained = Some(3);
    let report = Report::of_team("tcd-99013", NOVEMBER, day(2022, 12, 2), figures);
    desk.reports.push(Report { version: Some(2), ..report });
    desk.plant("R015", "tcd-99013", NOVEMBER, "");
    let communes = ["99009", "99010", "99011", "99012"];
    let teams = communes.iter().filter_map(|&unit| desk.below.get(&(NOVEMBER, unit.to_owned())));
    let teams: Vec<String> = teams.flatten().cloned().collect();
    let report = Report::of_unit("993", NOVEMBER, day(2022, 12, 12), desk.sum(&teams, NOVEMBER));
    desk.reports.push(Report { version: Some(2), ..report });
    desk.plant("R015", "993", NOVEMBER, "");
}

/// O001 and O002: reports that are missing, were sent back, or came late.
fn duties(desk: &mut Desk) {
    desk.reports.retain(|report| !report.is_of("to-99018-01", SEPTEMBER));
    desk.plant_duty("O001", "to-99018-01", day(2022, 10, 6));
    desk.report("to-99018-02", OCTOBER, |report| report.state = Some("returned"));
    desk.plant_duty("O001", "to-99018-02", day(2022, 11, 8));
    desk.report("to-99018-03", OCTOBER, |report| report.received = Some(day(2022, 11, 8)));
    desk.plant_duty("O002", "to-99018-03", day(2022, 11, 8));
    // In order: the fifth of November was a Saturday.
    desk.report("to-99018-04", OCTOBER, |report| report.received = Some(day(2022, 11, 7)));
}

/// R001 in the reports of communes: each of the figures that are compared with the sum of the teams, and what follows from the teams.
fn in_communes(desk: &mut Desk) {
    for (commune, indicator) in [
        ("99007", "members"),
        ("99008", "outreach_sessions"),
        ("99009", "households_guided"),
        ("99010", "people_guided"),
        ("99011", "guidance_occurrences"),
        ("99012", "people_guided_public_service"),
        ("99013", "online_files_assisted"),
        ("99014", "eid_activated"),
        ("99015", "province_app_accounts"),
        ("99016", "epayment_accounts"),
        ("99017", "digital_stalls"),
        ("99018", "feedback_received"),
        ("99019", "feedback_resolved"),
    ] {
        let figure = desk.get(commune, NOVEMBER, indicator);
        desk.set(commune, NOVEMBER, indicator, figure + 1);
        desk.plant("R001", commune, NOVEMBER, &format!("commune-{indicator}"));
    }
    // A commune that says one member more than its teams says one more than are listed.
    desk.plant("R001", "99007", NOVEMBER, "members-as-registered");
    // So does one of whose teams one says so.
    desk.plant("R001", "99001", NOVEMBER, "members-as-registered");
    // The sum lacks the team that did not report, and the one whose report was sent back.
    desk.plant("R001", "99018", SEPTEMBER, "members-as-registered");
    desk.plant("R001", "99018", OCTOBER, "members-as-registered");
    come_and_gone(desk);
}

/// R004 and R005: what follows where teams and members came and went. The senders of teams say so, so those are notes.
fn come_and_gone(desk: &mut Desk) {
    let june = Month::of(2022, 6);
    for (team, month) in [
        ("to-99005-04", JULY),
        ("to-99005-04", SEPTEMBER),
        ("to-99006-02", SEPTEMBER),
        ("to-99007-04", JULY),
        ("to-99007-05", june),
        ("to-99010-02", june),
        ("to-99010-03", JULY),
        ("to-99012-01", SEPTEMBER),
        ("to-99016-04", june),
    ] {
        desk.plant("R005", team, month, "members");
    }
    // Three who were trained, of whom one was away.
    desk.plant("R005", "to-99005-04", SEPTEMBER, "members_trained");
    // A team went, and the one that followed begins to count anew; or a team did not report.
    for (commune, month) in [("99005", OCTOBER), ("99008", OCTOBER), ("99012", OCTOBER), ("99018", SEPTEMBER)]
    {
        desk.plant("R004", commune, month, "households_guided");
    }
    let (accounts, skills) = ("province_app_accounts", "adults_digital_skills");
    let (members, trained) = ("members", "members_trained");
    let (comes, goes): (&[&str], &[&str]) = (&[accounts, skills], &[members, skills]);
    for (commune, month, jumps) in [
        ("99005", OCTOBER, &[trained][..]),
        ("99008", OCTOBER, &[trained]),
        ("99009", OCTOBER, comes),
        ("99010", SEPTEMBER, comes),
        ("99011", AUGUST, comes),
        ("99012", OCTOBER, goes),
        ("99014", AUGUST, comes),
        ("99018", SEPTEMBER, &[members, trained, accounts]),
        ("99018", OCTOBER, &[accounts, skills]),
        ("99018", NOVEMBER, &[members, trained, accounts, skills]),
    ] {
        for indicator in jumps {
            desk.plant("R005", commune, month, indicator);
        }
    }
}
