//! Members of a team: T004, T005, M001, M002, M004 to M013, M016 to M018.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::look::{Look, yes};
use super::{Found, Row};

const DEPUTIES: [&str; 2] = ["deputy", "standing_deputy"];

impl<'d> Look<'d> {
    fn members_on(&self, team: &Row, day: NaiveDate) -> impl Iterator<Item = &'d Row> {
        self.of(&self.members, team.text("id")).iter().copied().filter(move |row| row.on(day))
    }

    pub(super) fn people_on(&self, team: &Row, day: NaiveDate) -> BTreeSet<&'d str> {
        self.members_on(team, day).map(|row| row.text("person")).collect()
    }

    /// Adds findings about people of a team who are so on a day, one run each.
    fn each(
        &self,
        out: &mut Vec<Found>,
        code: &'static str,
        team: &Row,
        longer_than: usize,
        is_so: impl Fn(NaiveDate, &str, &[&Row]) -> bool,
    ) {
        self.runs(out, code, team.text("id"), longer_than, |day| {
            let rows: Vec<_> = self.members_on(team, day).collect();
            let people: BTreeSet<_> = rows.iter().map(|row| row.text("person")).collect();
            let of = |person: &str| {
                rows.iter().copied().filter(|row| row.text("person") == person).collect::<Vec<_>>()
            };
            people.into_iter().filter(|person| is_so(day, person, &of(person))).map(str::to_owned).collect()
        });
    }

    pub(super) fn members_of(&self, team: &'d Row, out: &mut Vec<Found>) {
        let id = team.text("id");
        self.heads(team, out);
        self.each(out, "M001", team, 0, |day, _, _| !team.on(day));
        self.runs(out, "M002", id, 0, |day| {
            let rows: Vec<_> = self.members_on(team, day).map(|row| row.text("person")).collect();
            let count = |person: &&str| rows.iter().filter(|other| *other == person).count();
            let twice: BTreeSet<_> = rows.iter().filter(|person| team.on(day) && count(person) > 1).collect();
            twice.into_iter().map(|person| format!("{person} {}", count(person))).collect()
        });
        self.each(out, "M004", team, 60, |day, _, rows| team.on(day) && rows.iter().any(|row| row.acting()));
        self.sizes(team, out);
        if team.text("kind") == "community" {
            self.offices(team, out);
            self.young(team, out);
            self.each(out, "M013", team, 0, |day, person, rows| {
                team.on(day)
                    && !self.holds(person, rows, "commune_official_for_village", day)
                    && self.lives_elsewhere(team, person, day)
            });
            self.runs(out, "M018", id, 0, |day| {
                let odd = self.members_on(team, day).filter(|row| row.text("role") == "standing_deputy");
                odd.filter(|_| team.on(day)).map(|row| row.text("person").to_owned()).collect()
            });
        } else {
            self.each(out, "M016", team, 0, |day, _, rows| {
                let speaks = |row: &&Row| {
                    let body = row.get("on_behalf_of").map(|body| self.bodies[body]);
                    row.get("position").is_some() || body.is_some_and(|body| body.on(day))
                };
                team.on(day) && !rows.iter().any(speaks)
            });
        }
        self.runs(out, "M017", id, 0, |day| {
            let early = self.members_on(team, day).filter_map(|row| {
                let decision = row.get("decision").filter(|id| self.decisions.contains_key(id))?;
                (day < self.effective[decision]).then(|| format!("{} {decision}", row.text("person")))
            });
            if team.on(day) { early.collect() } else { Vec::new() }
        });
    }

    /// T004 and T005.
    fn heads(&self, team: &Row, out: &mut Vec<Found>) {
        let id = team.text("id");
        self.runs(out, "T004", id, 0, |day| {
            let heads = self.members_on(team, day).filter(|row| row.text("role") == "head" && !row.acting());
            let heads: BTreeSet<_> = heads.map(|row| row.text("person")).collect();
            let heads: Vec<_> = heads.into_iter().collect();
            if team.on(day) && heads.len() > 1 { vec![heads.join(" ")] } else { Vec::new() }
        });
        self.runs(out, "T005", id, 30, |day| {
            let leads = |row: &Row| row.text("role") == "head" || row.acting();
            let is_led = self.members_on(team, day).any(leads);
            yes(team.on(day) && !self.rests(team, day) && !is_led)
        });
    }

    fn rests(&self, team: &Row, day: NaiveDate) -> bool {
        self.of(&self.suspensions, team.text("id")).iter().any(|row| row.on(day))
    }

    /// M007 to M010.
    fn sizes(&self, team: &'d Row, out: &mut Vec<Found>) {
        if team.text("kind") != "community" {
            return;
        }
        let id = team.text("id");
        let at_work = |day| team.on(day) && !self.rests(team, day);
        let is_strict = |day| {
            let path = self.path(team.text("unit"), day);
            self.ask.strict_in.is_some_and(|unit| path.contains(&unit))
        };
        let deputies = |day| {
            let rows = self.members_on(team, day).filter(|row| DEPUTIES.contains(&row.text("role")));
            rows.map(|row| row.text("person")).collect::<BTreeSet<_>>().len()
        };
        let said = |holds: bool, n: usize| if holds { vec![n.to_string()] } else { Vec::new() };
        self.runs(out, "M007", id, 0, |day| {
            let n = self.people_on(team, day).len();
            said(at_work(day) && (1..3).contains(&n), n)
        });
        self.runs(out, "M008", id, 0, |day| {
            let n = self.people_on(team, day).len();
            said(n > 7 && at_work(day) && is_strict(day), n)
        });
        self.runs(out, "M009", id, 0, |day| {
            let any = !self.people_on(team, day).is_empty();
            said(any && deputies(day) == 0 && at_work(day) && is_strict(day), 0)
        });
        self.runs(out, "M010", id, 0, |day| {
            let n = deputies(day);
            said(n > 1 && self.ask.as_in_hai_duong && at_work(day), n)
        });
    }

    /// M005 and M006.
    fn offices(&self, team: &Row, out: &mut Vec<Found>) {
        if !self.ask.as_in_hai_duong {
            return;
        }
        self.each(out, "M005", team, 0, |day, person, rows| {
            let is_head = rows.iter().any(|row| row.text("role") == "head" && !row.acting());
            team.on(day) && is_head && !self.holds(person, rows, "village_head", day)
        });
        self.each(out, "M006", team, 0, |day, person, rows| {
            let is_deputy = rows.iter().any(|row| DEPUTIES.contains(&row.text("role")) && !row.acting());
            team.on(day) && is_deputy && !self.holds(person, rows, "youth_branch_secretary", day)
        });
    }

    /// Whether somebody sits by a position or holds it.
    fn holds(&self, person: &str, rows: &[&Row], kind: &str, day: NaiveDate) -> bool {
        let held = self.of(&self.positions, person);
        rows.iter().any(|row| row.get("position") == Some(kind))
            || held.iter().any(|row| row.on(day) && row.text("kind") == kind)
    }

    /// M011 and M012.
    fn young(&self, team: &Row, out: &mut Vec<Found>) {
        let id = team.text("id");
        let is_of_union = |row: &Row, day: NaiveDate| {
            let person = row.text("person");
            let own = self.of(&self.affiliations, person).iter().filter(|row| row.on(day));
            let body = row.get("on_behalf_of").map(|body| self.bodies[body]).filter(|body| body.on(day));
            own.map(|row| row.text("organisation")).any(|organisation| organisation == "youth_union")
                || body.is_some_and(|body| body.text("kind") == "youth_union")
                || ["youth_branch_secretary", "commune_youth_secretary"]
                    .iter()
                    .any(|kind| self.holds(person, &[row], kind, day))
        };
        let asked =
            |day| team.on(day) && !self.rests(team, day) && self.members_on(team, day).next().is_some();
        self.runs(out, "M011", id, 0, |day| {
            yes(asked(day) && !self.members_on(team, day).any(|row| is_of_union(row, day)))
        });
        self.runs(out, "M012", id, 0, |day| {
            let may_be_young = |row: &Row| {
                let born = self.people[row.text("person")].day("born");
                born.is_none_or(|born| age(born, day) <= 30) || is_of_union(row, day)
            };
            yes(asked(day) && !self.members_on(team, day).any(may_be_young))
        });
    }

    fn lives_elsewhere(&self, team: &'d Row, person: &str, day: NaiveDate) -> bool {
        let mut places = team.list("covers");
        if places.is_empty() {
            places.push(team.text("unit"));
        }
        let homes = self.of(&self.residences, person).iter().filter(|row| row.on(day));
        let homes: Vec<&str> = homes.map(|row| row.text("unit")).collect();
        let near = |home: &&'d str| {
            places
                .iter()
                .any(|place| self.path(home, day).contains(place) || self.path(place, day).contains(home))
        };
        !homes.is_empty() && !homes.iter().any(near)
    }
}

/// Full years; who was born on 29 February is a year older on 1 March.
fn age(born: NaiveDate, day: NaiveDate) -> i32 {
    let years = day.year() - born.year();
    if (day.month(), day.day()) < (born.month(), born.day()) { years - 1 } else { years }
}
