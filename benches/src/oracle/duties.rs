//! Duties: O001 to O006.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::ask::{Duty, Test};
use super::look::Look;
use super::{Found, Row, found};

impl Look<'_> {
    pub(super) fn duties(&self, out: &mut Vec<Found>) {
        for duty in &self.ask.duties {
            for (&code, versions) in &self.units {
                if versions[0].text("level") == duty.level {
                    self.duty(duty, code, out);
                }
            }
        }
        for (&code, versions) in &self.units {
            let is_of = |duty: &&Duty, row: &Row| {
                duty.id == row.text("obligation") && duty.level == versions[0].text("level")
            };
            let excuses = self.of(&self.excuses, code).iter();
            let excuses = excuses.filter(|row| !self.ask.duties.iter().any(|duty| is_of(&duty, row)));
            let done = self.of(&self.completions, code).iter();
            let done = done.filter(|row| {
                let mut own = self.ask.duties.iter().filter(|duty| is_of(duty, row));
                !own.any(|duty| matches!(duty.test, Test::Recorded(period) if period == row.get("period")))
            });
            let unfit = excuses.chain(done).filter_map(|row| row.day("day"));
            out.extend(unfit.filter(|day| *day <= self.as_of).map(|day| found("O006", code, Some(day))));
        }
        for code in &self.ask.binds_nobody_in {
            out.push(found("O004", code, Some(self.as_of)));
        }
    }

    fn duty(&self, duty: &Duty, code: &str, out: &mut Vec<Found>) {
        let excuses = self.of(&self.excuses, code).iter();
        let excuse = excuses
            .filter(|row| row.text("obligation") == duty.id && row.day("day").unwrap() <= self.as_of)
            .max_by_key(|row| row.day("day"));
        let until = excuse.map(|row| row.day("until"));
        if until == Some(None) {
            return;
        }
        let last = until.flatten().unwrap_or(duty.last);
        let done = match duty.test {
            Test::VillagesCovered => {
                self.days.iter().copied().find(|day| *day >= duty.from && self.is_covered(code, *day))
            }
            Test::DecisionIssued => self.decided(code).map(|day| day.max(duty.from)),
            Test::Recorded(period) => {
                let own = self.of(&self.completions, code).iter();
                let own = own.filter(|row| row.text("obligation") == duty.id && row.get("period") == period);
                let mut days: Vec<_> = own.map(|row| row.day("day").unwrap()).collect();
                days.sort();
                if let Some(early) = days.first().filter(|day| **day < duty.from) {
                    out.push(found("O003", code, Some(*early)));
                }
                days.into_iter().find(|day| *day >= duty.from)
            }
        };
        match done {
            Some(done) if done > last => out.push(found("O002", code, Some(done))),
            None if self.as_of > last => out.push(found("O001", code, last.succ_opt())),
            None if duty.id == self.ask.expected => out.push(found("O005", code, Some(duty.from))),
            _ => {}
        }
    }

    /// Whether there are villages in each commune of a unit and each village has a team.
    fn is_covered(&self, code: &str, day: NaiveDate) -> bool {
        let communes: Vec<&str> = match self.level(code) {
            "commune" => vec![code],
            _ => self.of(&self.children, code).iter().map(|row| row.text("code")).collect(),
        };
        let mut villages =
            communes.iter().map(|commune| self.villages(commune, day).into_iter().collect::<Vec<_>>());
        !communes.is_empty()
            && villages.all(|own| {
                !own.is_empty() && own.iter().all(|village| !self.serving_on(village, day).is_empty())
            })
    }

    /// The first day on which a decision was signed that a community team of a commune names, or one of its own that lists villages.
    fn decided(&self, code: &str) -> Option<NaiveDate> {
        let villages = self.of(&self.children, code).iter().map(|row| row.text("code"));
        let units: BTreeSet<&str> = villages.chain([code]).collect();
        let is_here = |team: &&&Row| team.text("kind") == "community" && units.contains(team.text("unit"));
        let named = self.teams.values().filter(is_here).filter_map(|team| team.get("decision"));
        let named = named.filter_map(|id| self.decisions.get(id)).copied();
        let own = self.decisions.values().copied().filter(|row| {
            self.bodies[row.text("body")].get("unit") == Some(code)
                && row.text("kind") == "establish"
                && row.list("attached_list").iter().any(|listed| self.level(listed) == "village")
        });
        named.chain(own).filter_map(|row| row.day("signed")).min()
    }
}
