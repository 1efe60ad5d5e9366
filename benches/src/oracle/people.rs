//! People and decisions: M003, M014, M015, P001 to P005, D001 to D004.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::look::Look;
use super::{Found, Row, found};

impl Look<'_> {
    pub(super) fn people(&self, out: &mut Vec<Found>) {
        for (&person, rows) in &self.memberships {
            if rows.iter().any(|row| row.text("role") == "head" && row.get("position").is_some()) {
                self.runs(out, "M003", person, 0, |day| {
                    let heads = rows.iter().filter(|row| self.sits(row, day) && row.text("role") == "head");
                    let lost: BTreeSet<_> = heads.filter_map(|row| self.lost(row, day)).collect();
                    lost.into_iter().collect()
                });
            }
            if rows.len() < 2 {
                continue;
            }
            for (code, is_head) in [("M014", false), ("M015", true)] {
                self.runs(out, code, person, 0, |day| {
                    let counts = |row: &&&Row| {
                        self.sits(row, day)
                            && self.teams[row.text("team")].text("kind") == "community"
                            && (!is_head || row.text("role") == "head" && !row.acting())
                    };
                    let teams: BTreeSet<_> = rows.iter().filter(counts).map(|row| row.text("team")).collect();
                    let teams: Vec<_> = teams.into_iter().collect();
                    if teams.len() > 1 && !self.is_exempt(person, day) {
                        vec![teams.join(" ")]
                    } else {
                        vec![]
                    }
                });
            }
        }
    }

    /// Whether a membership and its team are in force.
    fn sits(&self, row: &Row, day: NaiveDate) -> bool {
        row.on(day) && self.teams.get(row.text("team")).is_some_and(|team| team.on(day))
    }

    fn is_exempt(&self, person: &str, day: NaiveDate) -> bool {
        let official = Some("commune_official_for_village");
        self.of(&self.positions, person).iter().any(|row| row.on(day) && row.get("kind") == official)
            || self
                .of(&self.memberships, person)
                .iter()
                .any(|row| row.on(day) && row.get("position") == official)
    }

    /// The team whose head lost the position by which he or she sits, and the day.
    fn lost(&self, row: &Row, day: NaiveDate) -> Option<String> {
        let (team, kind) = (self.teams[row.text("team")], row.get("position")?);
        let mut held: Vec<_> = self
            .of(&self.positions, row.text("person"))
            .iter()
            .filter(|held| held.text("kind") == kind && held.from <= day)
            .collect();
        let is_here = |held: &&&&Row| {
            let unit = held.get("unit");
            unit == team.get("unit") || unit.is_some_and(|unit| team.list("covers").contains(&unit))
        };
        // A position in the territory of the team counts before one elsewhere.
        if held.iter().any(|held| is_here(&held)) {
            held.retain(|held| is_here(&held));
        }
        let last = held.iter().map(|held| held.to).max()?;
        (last <= day).then(|| format!("{} {last}", row.text("team")))
    }

    /// P001 to P005.
    pub(super) fn cards(&self, out: &mut Vec<Found>) {
        let mut numbers = BTreeMap::<String, Vec<&str>>::new();
        for (id, row) in &self.people {
            if row.get("phone").is_some_and(|phone| !is_phone(phone)) {
                out.push(found("P004", id, None));
            }
            let Some(number) = row.get("citizen_number") else { continue };
            let digits: String = number.chars().filter(char::is_ascii_digit).collect();
            let is_clean = number.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '.');
            if !is_clean || digits.len() != 12 || digits.starts_with("000") {
                out.push(found("P002", id, None));
            } else if !agrees(&digits, row) {
                out.push(found("P003", id, None));
            }
            numbers.entry(digits).or_default().push(id);
        }
        for same in numbers.values().filter(|same| same.len() > 1) {
            out.push(found("P005", same[0], None));
        }
        self.names(out);
    }

    /// P001.
    fn names(&self, out: &mut Vec<Found>) {
        let places = |person: &Row| -> BTreeSet<&str> {
            let teams = self.of(&self.memberships, person.text("id")).iter();
            teams.map(|row| self.teams[row.text("team")].text("unit")).collect()
        };
        let mut same = BTreeMap::<String, Vec<&Row>>::new();
        for &row in self.people.values() {
            // The one other way to place a tone mark that the registers use.
            same.entry(row.text("name").replace("oà", "òa")).or_default().push(row);
        }
        for people in same.values() {
            for (n, a) in people.iter().enumerate() {
                for b in &people[n + 1..] {
                    let alike = match (a.get("born"), b.get("born")) {
                        (Some(a), Some(b)) => a == b,
                        _ => !places(a).is_disjoint(&places(b)),
                    };
                    let numbers = (a.get("citizen_number"), b.get("citizen_number"));
                    if alike && !matches!(numbers, (Some(a), Some(b)) if a != b) {
                        out.push(found("P001", a.text("id").min(b.text("id")), None));
                    }
                }
            }
        }
    }

    /// D001 to D004.
    pub(super) fn decisions(&self, out: &mut Vec<Found>) {
        let mut numbered = BTreeMap::<(&str, i32, &str), Vec<(NaiveDate, &str)>>::new();
        let mut naming = BTreeMap::<&str, Vec<&Row>>::new();
        for team in self.teams.values() {
            naming.entry(team.get("decision").unwrap_or_default()).or_default().push(team);
        }
        for (&id, row) in &self.decisions {
            let signed = row.day("signed").unwrap();
            if row.day("in_force").is_some_and(|day| day < signed) {
                out.push(found("D001", id, Some(signed)));
            }
            let (count, sign) = row.text("number").split_once(['/', '-']).unwrap();
            if !["QĐ-UBND", "QĐ/TU", "QĐ/ĐTN"].contains(&sign) || count.len() < 2 {
                out.push(found("D002", id, Some(signed)));
            }
            // Of the state's numbers only; those of the Party run for a term.
            if row.text("number").contains("/QĐ-UBND") {
                let count = count.trim_start_matches('0');
                numbered.entry((row.text("body"), signed.year(), count)).or_default().push((signed, id));
            }
            let teams = naming.get(id).unwrap_or(&self.none);
            let has_team = |unit: &&str| {
                teams.iter().any(|team| team.get("unit") == Some(unit) || team.list("covers").contains(unit))
            };
            if self.effective[id] <= self.as_of && !row.list("attached_list").iter().all(has_team) {
                out.push(found("D004", id, Some(self.effective[id])));
            }
        }
        for same in numbered.values_mut() {
            same.sort_unstable();
            out.extend(same.iter().skip(1).map(|(_, id)| found("D003", id, None)));
        }
    }
}

/// Whether twelve digits say what is entered: century and sex, and the year.
fn agrees(digits: &str, row: &Row) -> bool {
    let century = digits[3..4].parse::<i32>().unwrap();
    let year = 1900 + century / 2 * 100 + digits[4..6].parse::<i32>().unwrap();
    let sex = if century % 2 == 0 { "male" } else { "female" };
    row.day("born").is_none_or(|born| born.year() == year) && row.get("sex").is_none_or(|own| own == sex)
}

/// A mobile number: ten digits, with a zero or the code of the country in front. The registers have no others that are right.
fn is_phone(phone: &str) -> bool {
    let is_mark = |c: char| c.is_ascii_digit() || " .-()+".contains(c);
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let rest = if phone.starts_with('+') { digits.strip_prefix("84") } else { digits.strip_prefix('0') };
    phone.chars().all(is_mark) && rest.is_some_and(|rest| rest.len() == 9 && rest.starts_with('9'))
}
