//! Teams: T001, T002, T006 to T015.

use chrono::NaiveDate;

use super::look::{Look, yes};
use super::{Found, Row};

/// Kinds of units as names of teams have them.
const KINDS: [&str; 18] = [
    "ấp",
    "bản",
    "buôn",
    "đặc khu",
    "huyện",
    "khóm",
    "khu dân cư",
    "khu phố",
    "làng",
    "phường",
    "quận",
    "thành phố",
    "thị trấn",
    "thị xã",
    "thôn",
    "tỉnh",
    "tổ dân phố",
    "xã",
];

impl<'d> Look<'d> {
    pub(super) fn team(&self, team: &'d Row, out: &mut Vec<Found>) {
        let id = team.text("id");
        let decision = team.get("decision").filter(|id| self.decisions.contains_key(id));
        let in_force = |day| team.on(day);
        self.runs(out, "T001", id, 0, |day| yes(in_force(day) && decision.is_none()));
        if let Some(decision) = decision {
            let effective = self.effective[decision];
            self.runs(out, "T002", id, 0, |day| yes(in_force(day) && day < effective));
            self.issuer(team, decision, out);
            self.superseded(team, decision, out);
        }
        self.runs(out, "T006", id, 0, |day| yes(in_force(day) && !self.is_usual_level(team)));
        self.runs(out, "T007", id, 0, |day| {
            let above = ["parent", "committee"].into_iter().filter_map(|key| team.get(key));
            let sideways = above.filter(|above| {
                let above = self.teams.get(above).filter(|above| above.on(day));
                above.is_some_and(|above| !self.path(team.text("unit"), day).contains(&above.text("unit")))
            });
            sideways.filter(|_| in_force(day)).map(str::to_owned).collect()
        });
        self.territory(team, out);
        self.runs(out, "T011", id, 0, |day| yes(in_force(day) && self.is_misnamed(team, day)));
        let known: Vec<_> = self.of(&self.declarations, id).iter().collect();
        if !known.is_empty() {
            self.runs(out, "T015", id, 30, |day| {
                let last = known.iter().filter(|row| row.from <= day).max_by_key(|row| row.from);
                let declared = last.filter(|_| in_force(day)).map(|row| row.count("members"));
                let listed = self.people_on(team, day).len();
                let differ = declared.filter(|declared| *declared != listed);
                differ.map(|declared| format!("{listed} {declared}")).into_iter().collect()
            });
        }
    }

    fn is_usual_level(&self, team: &Row) -> bool {
        let level = self.level(team.text("unit"));
        match team.text("kind") {
            "community" => ["commune", "village"].contains(&level),
            _ => ["province", "district", "commune"].contains(&level),
        }
    }

    /// T008, T009 and T010.
    fn territory(&self, team: &'d Row, out: &mut Vec<Found>) {
        let (id, unit, covers) = (team.text("id"), team.text("unit"), team.list("covers"));
        self.runs(out, "T008", id, 60, |day| yes(team.on(day) && self.ended(unit, day)));
        self.runs(out, "T009", id, 60, |day| {
            let ended: Vec<_> = covers.iter().copied().filter(|village| self.ended(village, day)).collect();
            if team.on(day) && !ended.is_empty() { vec![ended.join(" ")] } else { Vec::new() }
        });
        self.runs(out, "T010", id, 0, |day| {
            let own = if self.level(unit) == "village" {
                self.path(unit, day).get(1).copied().unwrap_or(unit)
            } else {
                unit
            };
            let elsewhere = covers.iter().copied().filter(|village| {
                let path = self.path(village, day);
                self.unit(village, day).is_some() && !path.contains(&own) && !path.contains(&unit)
            });
            let elsewhere: Vec<_> = elsewhere.collect();
            if team.on(day) && !elsewhere.is_empty() { vec![elsewhere.join(" ")] } else { Vec::new() }
        });
    }

    /// T011: whether the name speaks of a unit, and of none of its own.
    fn is_misnamed(&self, team: &'d Row, day: NaiveDate) -> bool {
        let Some(name) = team.get("name") else { return false };
        let name = name.to_lowercase();
        let own = ["công nghệ số cộng đồng", "chuyển đổi số"];
        let Some(rest) = own.iter().find_map(|own| name.split_once(own)) else { return false };
        let words = |text: &str| format!(" {} ", text.split_whitespace().collect::<Vec<_>>().join(" "));
        let rest = words(rest.1);
        let speaks = KINDS.iter().any(|kind| rest.contains(&words(kind)));
        let mut units = self.path(team.text("unit"), day);
        units.extend(team.list("covers"));
        let names = |code: &&str| {
            let unit = self.named(code, day);
            let kind = unit.text("kind").split('-').count();
            let bare: Vec<_> = unit.text("name").split_whitespace().skip(kind).collect();
            rest.contains(&words(&bare.join(" ").to_lowercase()))
        };
        speaks && !units.iter().any(names)
    }

    /// T012 and T014.
    fn issuer(&self, team: &'d Row, decision: &str, out: &mut Vec<Found>) {
        let (id, kind, unit) = (team.text("id"), team.text("kind"), team.text("unit"));
        let row = self.decisions[decision];
        let body = self.bodies[row.text("body")];
        let seat = body.text("unit");
        let is_kind = match body.text("kind") {
            "peoples_committee" => true,
            "party_committee" => kind == "committee",
            _ => false,
        };
        let is_level = kind != "community" || self.level(seat) == "commune";
        self.runs(out, "T012", id, 0, |day| {
            let is_near = self.path(unit, day).contains(&seat);
            yes(team.on(day) && !(is_kind && is_level && is_near))
        });
        let list = row.list("attached_list");
        let is_in = list.iter().any(|listed| *listed == unit || team.list("covers").contains(listed));
        self.runs(out, "T014", id, 0, |day| yes(team.on(day) && !list.is_empty() && !is_in));
    }

    /// T013.
    fn superseded(&self, team: &Row, decision: &str, out: &mut Vec<Found>) {
        let by = self.of(&self.superseding, decision);
        self.runs(out, "T013", team.text("id"), 0, |day| {
            let mut by: Vec<_> =
                by.iter().map(|row| row.text("id")).map(|id| (self.effective[id], id)).collect();
            by.sort_unstable();
            let first = by.first().filter(|(from, _)| team.on(day) && *from <= day);
            first.map(|(_, id)| (*id).to_owned()).into_iter().collect()
        });
    }
}
