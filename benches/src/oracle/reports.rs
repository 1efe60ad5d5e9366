//! Reports: R001 to R015, and the duty to report, for the form and the terms of Minh Họa, which are written down once more by hand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::Value;

use super::look::Look;
use super::{Ask, Document};
use crate::calendar::day;

/// Code, subject, first day, and of a report the period and the check or the indicators.
pub(crate) type FoundInReport = (&'static str, String, Option<String>, String);

/// What happens in a period.
const FLOWS: [&str; 16] = [
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
    "digital_signatures",
];
/// What has happened since the first of the year.
const TO_DATE: &str = "households_guided";
/// What there is at the cut-off.
const STOCKS: [&str; 8] = [
    "members",
    "members_young",
    "members_trained",
    "households_in_group",
    "province_app_accounts",
    "qr_businesses",
    "adults_digital_skills",
    "petitions_open",
];
const REQUIRED: [&str; 15] = [
    "members",
    "members_trained",
    "outreach_sessions",
    "households_guided",
    "people_guided",
    "guidance_occurrences",
    "people_guided_public_service",
    "online_files_assisted",
    "eid_activated",
    "province_app_accounts",
    "epayment_accounts",
    "digital_stalls",
    "adults_digital_skills",
    "feedback_received",
    "feedback_resolved",
];
/// What a commune adds up.
const ADDED_UP: [&str; 13] = [
    "members",
    "outreach_sessions",
    "households_guided",
    "people_guided",
    "guidance_occurrences",
    "people_guided_public_service",
    "online_files_assisted",
    "eid_activated",
    "province_app_accounts",
    "epayment_accounts",
    "digital_stalls",
    "feedback_received",
    "feedback_resolved",
];
/// The last good day for each month.
const DUE: [(&str, (i32, u32, u32)); 7] = [
    ("2022-06", (2022, 7, 5)),
    ("2022-07", (2022, 8, 5)),
    ("2022-08", (2022, 9, 5)),
    ("2022-09", (2022, 10, 5)),
    // The fifth is a Saturday.
    ("2022-10", (2022, 11, 7)),
    ("2022-11", (2022, 12, 5)),
    ("2022-12", (2023, 1, 5)),
];

#[derive(Clone, Copy)]
struct Report<'d> {
    cells: &'d Value,
    /// Its place in the document.
    at: usize,
}

impl<'d> Report<'d> {
    fn get(self, key: &str) -> Option<&'d str> {
        self.cells.get(key).map(|value| value.as_str().unwrap())
    }

    fn who(self) -> &'d str {
        self.get("team").or(self.get("unit")).unwrap()
    }

    fn period(self) -> &'d str {
        self.get("period").unwrap()
    }

    fn is_month(self) -> bool {
        !self.period().contains('Q')
    }

    fn is_periodic(self) -> bool {
        self.get("kind").is_none_or(|kind| kind == "periodic")
    }

    fn number(self, key: &str) -> u64 {
        self.cells.get(key).map_or(1, |value| value.as_u64().unwrap())
    }

    fn received(self) -> Option<NaiveDate> {
        self.get("received").map(|day| day.parse().unwrap())
    }

    fn figure(self, name: &str) -> Option<i64> {
        self.cells.get("figures").and_then(|figures| figures.get(name)).map(|figure| figure.as_i64().unwrap())
    }

    fn lists(self, key: &str, word: &str) -> bool {
        self.cells.get(key).is_some_and(|list| list.as_array().unwrap().iter().any(|other| other == word))
    }

    fn names(self) -> Vec<&'d str> {
        self.cells["figures"].as_object().unwrap().keys().map(String::as_str).collect()
    }

    fn cut_off(self) -> NaiveDate {
        let (year, rest) = self.period().split_once('-').unwrap();
        let (year, month) = match rest.strip_prefix('Q') {
            Some(quarter) => (year.parse().unwrap(), quarter.parse::<u32>().unwrap() * 3),
            None => (year.parse().unwrap(), rest.parse().unwrap()),
        };
        let next = if month == 12 { day(year + 1, 1, 1) } else { day(year, month + 1, 1) };
        next.pred_opt().unwrap()
    }

    /// Whether it was not sent back.
    fn stands(self) -> bool {
        self.get("state") != Some("returned")
    }

    /// The month before.
    fn period_before(self) -> String {
        let first = self.cut_off().to_string();
        let first: NaiveDate = format!("{}-01", &first[..7]).parse().unwrap();
        first.pred_opt().unwrap().to_string()[..7].to_owned()
    }
}

struct Desk<'l, 'd> {
    document: &'d Document,
    look: &'l Look<'d>,
    known: Vec<Report<'d>>,
    /// The report that counts of each form, sender, kind and period.
    counting: BTreeMap<(&'d str, &'d str, bool, &'d str), Report<'d>>,
}

impl Document {
    /// What the rules find in reports beside the document, and of the duty to send them.
    pub(crate) fn findings_in_reports(&self, reports: &str, as_of: NaiveDate) -> Vec<FoundInReport> {
        let reports: Value = serde_json::from_str(reports).unwrap();
        let ask = Ask::minh_hoa();
        let look = Look::new(self, &ask, as_of, |_| true);
        let rows = reports["reports"].as_array().unwrap();
        let rows = rows.iter().enumerate().map(|(at, cells)| Report { cells, at });
        let has_begun = |report: &Report| match report.get("team") {
            Some(team) => look.teams.contains_key(team),
            None => true,
        };
        let is_known = |report: &Report| {
            report.received().is_some_and(|day| day <= as_of) && report.get("state") != Some("draft")
        };
        let known: Vec<Report> = rows.filter(is_known).filter(has_begun).collect();
        let mut counting = BTreeMap::new();
        let weight = |report: Report| (report.number("revision"), report.received(), report.at);
        for &report in &known {
            let key = (report.get("form").unwrap(), report.who(), report.is_periodic(), report.period());
            let last = counting.entry(key).or_insert(report);
            if weight(report) > weight(*last) {
                *last = report;
            }
        }
        let desk = Desk { document: self, look: &look, known, counting };
        let mut out = Vec::new();
        for report in desk.counting.values() {
            desk.report(*report, &mut out);
        }
        desk.duties(&mut out);
        out.sort();
        out
    }
}

fn above(part: Option<i64>, whole: Option<i64>) -> bool {
    part.zip(whole).is_some_and(|(part, whole)| part > whole)
}

impl<'d> Desk<'_, 'd> {
    fn as_of(&self) -> NaiveDate {
        self.look.as_of
    }

    /// The day of the register that a report is about.
    fn day_of(&self, report: Report) -> NaiveDate {
        report.cut_off().min(self.as_of())
    }

    fn before(&self, report: Report<'d>) -> Option<Report<'d>> {
        if !report.is_periodic() || !report.is_month() {
            return None;
        }
        let form = report.get("form").unwrap();
        let period = report.period_before();
        self.counting
            .get(&(form, report.who(), true, period.as_str()))
            .copied()
            .filter(|other| other.stands())
    }

    /// Reports for earlier periods of the same kind, the latest first.
    fn earlier(&self, report: Report<'d>) -> Vec<Report<'d>> {
        let same = |other: &&Report| {
            report.is_periodic()
                && other.is_periodic()
                && other.stands()
                && other.get("form") == report.get("form")
                && other.who() == report.who()
                && other.is_month() == report.is_month()
                && other.period() < report.period()
        };
        let mut earlier: Vec<Report> = self.counting.values().filter(same).copied().collect();
        earlier.sort_by_key(|other| std::cmp::Reverse(other.period()));
        earlier
    }

    fn flow(&self, name: &str, report: Report<'d>) -> Option<i64> {
        if name != TO_DATE {
            return report.figure(name);
        }
        if report.period().ends_with("-01") || report.period().ends_with("Q1") {
            return report.figure(name);
        }
        Some(report.figure(name)? - self.before(report)?.figure(name)?)
    }

    fn teams_below(&self, unit: &str, day: NaiveDate) -> Vec<&'d str> {
        let managed = self.look.of(&self.look.managed, unit).iter();
        let own = managed.filter(|team| team.text("kind") == "community" && team.on(day));
        let mut teams: Vec<&str> = own.map(|team| team.text("id")).collect();
        // A team of a village that is no more is still below its commune.
        let children = self.look.of(&self.look.children, unit).iter();
        let mut codes: Vec<_> = children
            .filter(|row| row.day("from").is_none_or(|from| from <= day))
            .map(|row| row.text("code"))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            teams.extend(self.teams_below(code, day));
        }
        teams
    }

    /// Members on a day, each counted once in a team.
    fn members(&self, report: Report<'d>) -> i64 {
        let day = self.day_of(report);
        let teams = match report.get("team") {
            Some(team) => vec![team],
            None => self.teams_below(report.who(), day),
        };
        let people = |team: &&str| {
            let rows = self.look.of(&self.look.members, team).iter();
            let people: BTreeSet<&str> =
                rows.filter(|row| row.on(day)).map(|row| row.text("person")).collect();
            people.len()
        };
        i64::try_from(teams.iter().map(people).sum::<usize>()).unwrap()
    }

    fn below(&self, name: &str, report: Report<'d>) -> Option<i64> {
        let teams = self.teams_below(report.who(), self.day_of(report));
        let form = report.get("form").unwrap();
        let of = |team| self.counting.get(&(form, team, report.is_periodic(), report.period()));
        let counts = |other: &&Report| other.get("state") != Some("returned");
        let reports = teams.into_iter().filter_map(of).filter(counts);
        let figures: Vec<i64> = reports.filter_map(|other| other.figure(name)).collect();
        if figures.is_empty() { None } else { Some(figures.iter().sum()) }
    }

    /// An attribute of the places that a sender speaks for.
    fn place(&self, attribute: &str, report: Report<'d>) -> Option<i64> {
        let day = self.day_of(report);
        let units = match report.get("team") {
            None => vec![report.who()],
            Some(team) => {
                let team = self.look.teams[team];
                let covers = team.list("covers");
                if covers.is_empty() { vec![team.text("unit")] } else { covers }
            }
        };
        let of = |unit: &str| {
            let rows = self.document.table("attributes").iter();
            let own = rows.filter(|row| row.text("unit") == unit && row.text("attribute") == attribute);
            let last = own.filter(|row| row.day("from").unwrap() <= day).max_by_key(|row| row.day("from"))?;
            Some(i64::try_from(last.count("value")).unwrap())
        };
        units.into_iter().map(of).sum()
    }

    /// The checks of the form that a report departs from.
    fn departures(&self, report: Report<'d>) -> Vec<String> {
        let f = |name: &str| report.figure(name);
        let sum = |name: &str| {
            let figures: Vec<_> = self.earlier(report).into_iter().filter_map(|r| r.figure(name)).collect();
            (!figures.is_empty()).then(|| figures.iter().sum::<i64>())
        };
        let (came, resolved) = (sum("feedback_received"), sum("feedback_resolved"));
        let any = f("feedback_received").or(came).or(resolved).is_some();
        let open = (came.unwrap_or(0) - resolved.unwrap_or(0)).max(0);
        let nothing_of = |name: &str| f(name) == Some(0);
        let some_of = |name: &str| f(name).is_some_and(|figure| figure != 0);
        let members = self.members(report);
        let checks = [
            ("young-within-members", above(f("members_young"), f("members"))),
            ("trained-within-members", above(f("members_trained"), f("members"))),
            ("members-as-registered", members > 0 && f("members").is_some_and(|own| own != members)),
            ("people-within-occurrences", above(f("people_guided"), f("guidance_occurrences"))),
            ("public-service-within-people", above(f("people_guided_public_service"), f("people_guided"))),
            ("vulnerable-within-people", above(f("vulnerable_guided"), f("people_guided"))),
            ("attendance-with-sessions", nothing_of("outreach_sessions") && some_of("outreach_attendance")),
            ("attendance-at-each-session", above(f("outreach_sessions"), f("outreach_attendance"))),
            ("guided-within-households", above(f("households_guided"), self.place("households", report))),
            ("group-within-households", above(f("households_in_group"), self.place("households", report))),
            (
                "app-accounts-within-smartphones",
                above(f("province_app_accounts"), self.place("smartphones", report)),
            ),
            ("skills-within-adults", above(f("adults_digital_skills"), self.place("adults", report))),
            ("qr-within-businesses", above(f("qr_businesses"), self.place("household_businesses", report))),
            (
                "files-with-people-guided",
                nothing_of("people_guided_public_service") && some_of("online_files_assisted"),
            ),
            (
                "feedback-resolved-within-received",
                any && above(f("feedback_resolved"), Some(f("feedback_received").unwrap_or(0) + open)),
            ),
        ];
        let mut departs: Vec<String> =
            checks.into_iter().filter(|(_, departs)| *departs).map(|(name, _)| name.into()).collect();
        if report.get("unit").is_some_and(|unit| self.look.level(unit) == "commune") {
            let differs =
                |name: &&str| f(name).zip(self.below(name, report)).is_some_and(|(own, below)| own != below);
            departs.extend(ADDED_UP.into_iter().filter(differs).map(|name| format!("commune-{name}")));
        }
        departs
    }

    fn report(&self, report: Report<'d>, out: &mut Vec<FoundInReport>) {
        let mut find = |code, words: &[&str]| {
            let about = [&[report.period()], words].concat().join(" ");
            out.push((code, report.who().to_owned(), report.get("received").map(Into::into), about));
        };
        let same = |other: &&Report| {
            other.at != report.at
                && ["form", "team", "unit", "kind", "period"]
                    .iter()
                    .all(|key| other.get(key) == report.get(key))
                && other.number("revision") == report.number("revision")
        };
        if self.known.iter().any(|other| same(&other)) {
            find("R009", &[]);
        }
        if report.get("form") != Some("team-monthly") {
            return find("R014", &[]);
        }
        let in_force = if report.cut_off() < day(2022, 11, 1) { 1 } else { 2 };
        let version = if report.cells.get("version").is_some() { report.number("version") } else { in_force };
        if version != in_force {
            find("R010", &[]);
        }
        let flows: Vec<&str> =
            FLOWS.into_iter().filter(|name| version > 1 || *name != "digital_signatures").collect();
        let all: Vec<&str> = [&flows[..], &[TO_DATE], &STOCKS].concat();
        for check in self.departures(report) {
            find("R001", &[&check]);
        }
        let lacks = |name: &&str| report.figure(name).is_none() && !report.lists("not_applicable", name);
        let lacking: Vec<&str> = REQUIRED.into_iter().filter(lacks).collect();
        if !lacking.is_empty() {
            find("R002", &lacking);
        }
        if report.figure("community_classes").is_some_and(|classes| classes > 31) {
            find("R003", &["community_classes"]);
        }
        self.series(report, &flows, &mut find);
        let flow_of = |name: &&str| self.flow(name, report);
        let happened: Vec<i64> = flows.iter().chain([&TO_DATE]).filter_map(flow_of).collect();
        let is_quiet = lacking.is_empty() && !happened.is_empty() && happened.iter().all(|flow| *flow == 0);
        if is_quiet && !report.lists("confirmed", "nothing-happened") {
            find("R007", &[]);
        }
        if report.is_periodic() && !report.is_month() {
            find("R011", &[]);
        }
        let is_early = report.received().unwrap() < report.cut_off();
        if is_early && report.names().iter().any(|name| !report.lists("estimates", name)) {
            find("R012", &[]);
        }
        let mut strange: Vec<&str> = report.names();
        strange.retain(|name| !all.contains(name));
        strange.sort_unstable();
        if !strange.is_empty() {
            find("R013", &strange);
        }
        let is_there = match report.get("team") {
            Some(team) => {
                let team = self.look.teams[team];
                team.text("kind") == "community" && team.on(self.day_of(report))
            }
            None => {
                self.look.level(report.who()) == "commune"
                    && self.look.unit(report.who(), self.day_of(report)).is_some()
            }
        };
        if !is_there {
            find("R015", &[]);
        }
    }

    /// R004, R005, R006 and R008.
    fn series(&self, report: Report<'d>, flows: &[&str], find: &mut impl FnMut(&'static str, &[&str])) {
        let before = self.before(report);
        let earlier = self.earlier(report);
        let mut same_year = earlier.iter().filter(|other| other.period()[..4] == report.period()[..4]);
        if above(same_year.find_map(|other| other.figure(TO_DATE)), report.figure(TO_DATE)) {
            find("R004", &[TO_DATE]);
        }
        if let Some(before) = before {
            for name in STOCKS {
                let both = report.figure(name).zip(before.figure(name));
                if both.is_some_and(|(now, last)| last > 0 && (now - last).abs() * 5 > last) {
                    find("R005", &[name]);
                }
            }
            let now: Vec<_> = flows.iter().map(|name| report.figure(name)).collect();
            let last: Vec<_> = flows.iter().map(|name| before.figure(name)).collect();
            let given: Vec<i64> = now.iter().copied().flatten().collect();
            if now == last && given.len() > 1 && given.iter().any(|figure| *figure > 0) {
                find("R008", &[]);
            }
        }
        // Of the last six months, or quarters.
        let months = if report.is_month() { 6 } else { 18 };
        let first = report.cut_off() - chrono::Months::new(months);
        let earlier: Vec<Report> =
            earlier.into_iter().filter(|other| other.cut_off() >= first - chrono::Days::new(3)).collect();
        if earlier.len() < 3 {
            return;
        }
        for name in flows.iter().chain([&TO_DATE]) {
            let mut others: Vec<i64> = earlier.iter().filter_map(|r| self.flow(name, *r)).collect();
            others.sort_unstable();
            if others.len() < 3 {
                continue;
            }
            let n = others.len();
            let twice_median = others[(n - 1) / 2] + others[n / 2];
            let is_far = |flow: i64| flow > 0 && twice_median > 0 && flow * 2 > twice_median * 3;
            if self.flow(name, report).is_some_and(is_far) {
                find("R006", &[name]);
            }
        }
    }

    /// O001 and O002: teams that communes manage report for each month from June 2022 on.
    fn duties(&self, out: &mut Vec<FoundInReport>) {
        for (id, team) in &self.look.teams {
            if team.text("kind") != "community" || self.look.level(team.text("unit")) != "commune" {
                continue;
            }
            for (period, (y, m, d)) in DUE {
                let (first, due) = (format!("{period}-01").parse::<NaiveDate>().unwrap(), day(y, m, d));
                let cut_off = (first + chrono::Months::new(1)).pred_opt().unwrap().min(self.as_of());
                let mut rests = self.look.of(&self.look.suspensions, id).iter();
                if !team.on(cut_off) || rests.any(|row| row.on(cut_off)) {
                    continue;
                }
                let own = |report: &&Report| {
                    report.who() == *id
                        && report.get("form") == Some("team-monthly")
                        && report.is_periodic()
                        && report.period() == period
                };
                let returned = self.counting.get(&("team-monthly", *id, true, period));
                let returned = returned.is_some_and(|report| report.get("state") == Some("returned"));
                let came = self.known.iter().filter(own).filter_map(|report| report.received()).min();
                let (code, from) = match came.filter(|_| !returned) {
                    Some(came) if came > due => ("O002", came),
                    None if self.as_of() > due => ("O001", due.succ_opt().unwrap()),
                    _ => continue,
                };
                out.push((code, (*id).to_owned(), Some(from.to_string()), String::new()));
            }
        }
    }
}
