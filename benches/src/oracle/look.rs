//! A document as it is looked at: rows by their owners, and the tree of units on a day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Ask, Document, Found, Row, found, place_of};
use crate::calendar::day;

/// Rows by their owners.
type By<'d> = BTreeMap<&'d str, Vec<&'d Row>>;

pub(super) struct Look<'d> {
    pub(super) ask: &'d Ask,
    /// Places whose findings are wanted.
    chosen: fn(&str) -> bool,
    pub(super) as_of: NaiveDate,
    /// Every day up to `as_of`. Nothing but units is older.
    pub(super) days: Vec<NaiveDate>,
    pub(super) teams: BTreeMap<&'d str, &'d Row>,
    pub(super) decisions: BTreeMap<&'d str, &'d Row>,
    /// The first day in force of each decision.
    pub(super) effective: BTreeMap<&'d str, NaiveDate>,
    /// Decisions that replace or annul one, by it.
    pub(super) superseding: By<'d>,
    pub(super) bodies: BTreeMap<&'d str, &'d Row>,
    pub(super) people: BTreeMap<&'d str, &'d Row>,
    /// Versions of each code.
    pub(super) units: By<'d>,
    pub(super) members: By<'d>,
    pub(super) memberships: By<'d>,
    pub(super) positions: By<'d>,
    pub(super) affiliations: By<'d>,
    pub(super) residences: By<'d>,
    pub(super) suspensions: By<'d>,
    pub(super) declarations: By<'d>,
    pub(super) excuses: By<'d>,
    pub(super) completions: By<'d>,
    /// Teams that serve each village.
    pub(super) serving: By<'d>,
    pub(super) managed: By<'d>,
    /// Versions of units by the unit above.
    pub(super) children: By<'d>,
    pub(super) none: Vec<&'d Row>,
}

fn by<'d>(rows: impl IntoIterator<Item = &'d Row>, key: &str) -> By<'d> {
    let mut out = By::new();
    for row in rows {
        if let Some(owner) = row.get(key) {
            out.entry(owner).or_default().push(row);
        }
    }
    out
}

impl<'d> Look<'d> {
    pub(super) fn new(
        document: &'d Document,
        ask: &'d Ask,
        as_of: NaiveDate,
        chosen: fn(&str) -> bool,
    ) -> Self {
        let table = |name| document.table(name).iter();
        let keyed = |name| table(name).map(|row| (row.text("id"), row)).collect::<BTreeMap<_, _>>();
        let known = |row: &&Row| row.from <= as_of;
        let teams: Vec<&Row> = table("teams").filter(known).collect();
        let levels: BTreeMap<&str, &str> =
            table("units").map(|row| (row.text("code"), row.text("level"))).collect();
        let mut serving = By::new();
        for team in &teams {
            let mut villages = team.list("covers");
            if villages.is_empty() && levels[team.text("unit")] == "village" {
                villages.push(team.text("unit"));
            }
            for village in villages {
                serving.entry(village).or_default().push(team);
            }
        }
        let mut decisions = keyed("decisions");
        decisions.retain(|_, row| row.day("signed").unwrap() <= as_of);
        let effective = |row: &Row| row.day("in_force").or(row.day("signed")).unwrap();
        let mut superseding = By::new();
        for &decision in decisions.values() {
            for old in [decision.list("replaces"), decision.list("annuls")].concat() {
                superseding.entry(old).or_default().push(decision);
            }
        }
        let ids: BTreeSet<&str> = teams.iter().map(|row| row.text("id")).collect();
        let memberships = || table("memberships").filter(known).filter(|row| ids.contains(row.text("team")));
        Self {
            ask,
            chosen,
            as_of,
            days: day(2022, 3, 1).iter_days().take_while(|day| *day <= as_of).collect(),
            effective: decisions.iter().map(|(id, row)| (*id, effective(row))).collect(),
            superseding,
            decisions,
            bodies: keyed("bodies"),
            people: keyed("people"),
            units: by(table("units"), "code"),
            members: by(memberships(), "team"),
            memberships: by(memberships(), "person"),
            positions: by(table("positions"), "person"),
            affiliations: by(table("affiliations"), "person"),
            residences: by(table("residences"), "person"),
            suspensions: by(table("suspensions"), "team"),
            declarations: by(table("declarations"), "team"),
            excuses: by(table("excuses"), "unit"),
            completions: by(table("completions"), "unit"),
            serving,
            managed: by(teams.iter().copied(), "unit"),
            children: by(table("units"), "parent"),
            teams: teams.into_iter().map(|row| (row.text("id"), row)).collect(),
            none: Vec::new(),
        }
    }

    pub(super) fn of<'s>(&'s self, rows: &'s By<'d>, owner: &str) -> &'s [&'d Row] {
        rows.get(owner).unwrap_or(&self.none)
    }

    /// The version of a unit on a day.
    pub(super) fn unit(&self, code: &str, day: NaiveDate) -> Option<&'d Row> {
        self.units[code].iter().copied().find(|row| row.on(day))
    }

    /// The version by which a unit is named on a day: the one that holds, else the last one before, else the first.
    pub(super) fn named(&self, code: &str, day: NaiveDate) -> &'d Row {
        let versions = &self.units[code];
        let begun = versions.iter().filter(|row| row.from <= day).max_by_key(|row| row.from);
        begun.unwrap_or(&versions[0])
    }

    /// A unit and those above it on a day; one that has ended is passed over.
    pub(super) fn path(&self, code: &'d str, day: NaiveDate) -> Vec<&'d str> {
        let mut path = vec![code];
        let mut above = self.named(code, day).get("parent");
        while let Some(code) = above {
            if self.unit(code, day).is_some() {
                path.push(code);
            }
            above = self.named(code, day).get("parent");
        }
        path
    }

    pub(super) fn level(&self, code: &str) -> &'d str {
        self.units[code][0].text("level")
    }

    /// Whether a unit was there and is no more.
    pub(super) fn ended(&self, code: &str, day: NaiveDate) -> bool {
        self.unit(code, day).is_none() && self.units[code].iter().all(|row| row.to <= day)
    }

    /// Villages of a commune on a day.
    pub(super) fn villages(&self, commune: &str, day: NaiveDate) -> Vec<&'d str> {
        let here = self.of(&self.children, commune).iter();
        here.filter(|row| row.text("level") == "village" && row.on(day)).map(|row| row.text("code")).collect()
    }

    /// Community teams in force that serve a village.
    pub(super) fn serving_on(&self, village: &str, day: NaiveDate) -> Vec<&'d str> {
        let mut ids: Vec<&str> = self
            .of(&self.serving, village)
            .iter()
            .filter(|team| team.text("kind") == "community" && team.on(day))
            .map(|team| team.text("id"))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Adds a finding for each unbroken run of days, longer than `longer_than`, on which `says` gives one and the same text.
    pub(super) fn runs(
        &self,
        out: &mut Vec<Found>,
        code: &'static str,
        subject: &str,
        longer_than: usize,
        says: impl Fn(NaiveDate) -> Vec<String>,
    ) {
        if !(self.chosen)(place_of(subject)) {
            return;
        }
        // What held on the day before, with its first day and its length.
        let mut open: BTreeMap<String, (NaiveDate, usize)> = BTreeMap::new();
        let mut close = |first: NaiveDate, length: usize| {
            if length > longer_than {
                // Only what has no first day is older than all days.
                out.push(found(code, subject, Some(first).filter(|first| *first != self.days[0])));
            }
        };
        for &today in &self.days {
            let mut now: BTreeMap<String, (NaiveDate, usize)> = BTreeMap::new();
            for text in says(today) {
                let (first, length) = open.remove(&text).unwrap_or((today, 0));
                now.insert(text, (first, length + 1));
            }
            for &(first, length) in open.values() {
                close(first, length);
            }
            open = now;
        }
        for &(first, length) in open.values() {
            close(first, length);
        }
    }
}

/// "yes", or nothing.
pub(super) fn yes(holds: bool) -> Vec<String> {
    if holds { vec![String::new()] } else { Vec::new() }
}
