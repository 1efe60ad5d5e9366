//! Units: T003, U001 to U006.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::Found;
use super::look::{Look, yes};
use crate::calendar::day;

/// Sixty days after 05/3/2022 and after 26/3/2022.
const DUE: [(u32, u32); 2] = [(5, 4), (5, 25)];

impl Look<'_> {
    pub(super) fn units(&self, out: &mut Vec<Found>) {
        let [villages_due, steering_due] = DUE.map(|(month, date)| day(2022, month, date));
        for (&code, versions) in &self.units {
            let level = versions[0].text("level");
            self.runs(out, "U002", code, 0, |day| {
                let name = self.unit(code, day).map(|unit| unit.text("name"));
                let tidy = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
                yes(name.is_some_and(|name| tidy(name) != name))
            });
            self.runs(out, "U003", code, 0, |day| self.namesakes(code, day));
            self.runs(out, "U004", code, 0, |day| {
                let kind = self.unit(code, day).map(|unit| unit.text("kind"));
                kind.filter(|kind| !is_usual(level, kind)).map(str::to_owned).into_iter().collect()
            });
            match level {
                "village" => self.runs(out, "T003", code, 0, |day| {
                    let teams = self.serving_on(code, day);
                    let is_there = self.unit(code, day).is_some();
                    if teams.len() > 1 && is_there { vec![teams.join(" ")] } else { Vec::new() }
                }),
                "commune" => {
                    self.runs(out, "U005", code, 0, |day| {
                        yes(self.unit(code, day).is_some() && self.villages(code, day).is_empty())
                    });
                    self.runs(out, "U001", code, 0, |day| {
                        let is_due = |village: &&str| {
                            let from = self.units[village].iter().map(|row| row.from).min().unwrap();
                            let own = from.checked_add_days(Days::new(60)).unwrap();
                            day >= own.max(villages_due)
                        };
                        let villages = self.villages(code, day);
                        let missing = villages.iter().copied().filter(is_due);
                        let mut missing: Vec<_> =
                            missing.filter(|village| self.serving_on(village, day).is_empty()).collect();
                        missing.sort_unstable();
                        if missing.is_empty() { Vec::new() } else { vec![missing.join(" ")] }
                    });
                }
                _ if self.ask.as_in_hai_duong => self.runs(out, "U006", code, 0, |day| {
                    let managed = self.of(&self.managed, code).iter();
                    let has = managed.filter(|team| team.text("kind") == "steering").any(|team| team.on(day));
                    yes(day >= steering_due && !has)
                }),
                _ => {}
            }
        }
    }

    /// Children of one kind and name, as one text for each name.
    fn namesakes(&self, code: &str, day: NaiveDate) -> Vec<String> {
        let mut same = BTreeMap::<(&str, String), Vec<&str>>::new();
        for row in self.of(&self.children, code).iter().filter(|row| row.on(day)) {
            let name = row.text("name").to_lowercase();
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            same.entry((row.text("kind"), name)).or_default().push(row.text("code"));
        }
        same.into_values().filter(|same| same.len() > 1).map(|same| same.join(" ")).collect()
    }
}

/// Kinds of units before 01/3/2025.
fn is_usual(level: &str, kind: &str) -> bool {
    let kinds: &[&str] = match level {
        "province" => &["tinh", "thanh-pho"],
        "district" => &["huyen", "quan", "thi-xa", "thanh-pho"],
        "commune" => &["xa", "phuong", "thi-tran"],
        _ => &["thon", "lang", "ban", "ap", "buon", "to-dan-pho", "khu-pho", "khom", "khu-dan-cu"],
    };
    kinds.contains(&kind)
}
