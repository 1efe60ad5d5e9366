//! The roll: teams and their members, read back from a document of the generator, so that reports fit what was written.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::calendar::day;

/// A month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Month {
    pub(crate) year: i32,
    pub(crate) month: u32,
}

impl Month {
    pub(crate) const fn of(year: i32, month: u32) -> Self {
        Self { year, month }
    }

    /// So many months from this one on.
    pub(crate) fn following(self, count: usize) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |month| Some(month.next())).take(count)
    }

    fn next(self) -> Self {
        match self.month {
            12 => Self::of(self.year + 1, 1),
            month => Self::of(self.year, month + 1),
        }
    }

    /// As reports write it: `2022-05`.
    pub(crate) fn period(self) -> String {
        format!("{}-{:02}", self.year, self.month)
    }

    /// The `n`-th day of the month after.
    pub(crate) fn day_after(self, n: u32) -> NaiveDate {
        let next = self.next();
        day(next.year, next.month, n)
    }

    /// The last day.
    pub(crate) fn cut_off(self) -> NaiveDate {
        self.day_after(1).pred_opt().unwrap_or_default()
    }

    /// A number that tells months apart.
    pub(crate) fn number(self) -> u64 {
        u64::try_from(self.year).unwrap_or_default() * 12 + u64::from(self.month)
    }
}

/// A row that holds for some days; days are compared as they are written.
#[derive(Clone, Copy)]
pub(crate) struct Held<'t> {
    from: &'t str,
    to: Option<&'t str>,
}

impl<'t> Held<'t> {
    fn of(line: &'t str) -> Self {
        Self { from: cell(line, "from").unwrap_or_default(), to: cell(line, "to") }
    }

    /// Whether it holds on a day.
    pub(crate) fn on(self, day: &str) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// A membership.
pub(crate) struct Member<'t> {
    pub(crate) person: &'t str,
    pub(crate) is_head: bool,
    pub(crate) held: Held<'t>,
}

/// A team with its members and the times in which it rested.
pub(crate) struct Team<'t> {
    pub(crate) id: &'t str,
    pub(crate) unit: &'t str,
    pub(crate) held: Held<'t>,
    pub(crate) members: Vec<Member<'t>>,
    pub(crate) rests: Vec<Held<'t>>,
}

impl<'t> Team<'t> {
    /// How many members it has on a day, each counted once.
    pub(crate) fn size(&self, day: &str) -> u32 {
        let there = || self.members.iter().enumerate().filter(|(_, member)| member.held.on(day));
        let is_first = |&(at, member): &(usize, &Member<'_>)| {
            !there().take_while(|&(other, _)| other < at).any(|(_, other)| other.person == member.person)
        };
        u32::try_from(there().filter(is_first).count()).unwrap_or_default()
    }

    /// Its head on a day.
    pub(crate) fn head(&self, day: &str) -> Option<&'t str> {
        self.members.iter().find(|member| member.is_head && member.held.on(day)).map(|member| member.person)
    }
}

/// The community teams of a document, in its order.
pub(crate) fn community_teams(document: &str) -> Vec<Team<'_>> {
    let is_community = |line: &&str| cell(line, "kind") == Some("community");
    let mut teams: Vec<Team<'_>> = lines(document, "teams")
        .filter(is_community)
        .map(|line| Team {
            id: cell(line, "id").unwrap_or_default(),
            unit: cell(line, "unit").unwrap_or_default(),
            held: Held::of(line),
            members: Vec::new(),
            rests: Vec::new(),
        })
        .collect();
    let places: HashMap<&str, usize> = teams.iter().zip(0..).map(|(team, at)| (team.id, at)).collect();
    for line in lines(document, "memberships") {
        let team = cell(line, "team").and_then(|id| places.get(id)).and_then(|&at| teams.get_mut(at));
        if let Some(team) = team {
            team.members.push(Member {
                person: cell(line, "person").unwrap_or_default(),
                is_head: cell(line, "role") == Some("head"),
                held: Held::of(line),
            });
        }
    }
    for line in lines(document, "suspensions") {
        let team = cell(line, "team").and_then(|id| places.get(id)).and_then(|&at| teams.get_mut(at));
        if let Some(team) = team {
            team.rests.push(Held::of(line));
        }
    }
    teams
}

/// The code of each unit of a document and of the one above it.
pub(crate) fn parents(document: &str) -> impl Iterator<Item = (&str, &str)> {
    lines(document, "units").filter_map(|line| Some((cell(line, "code")?, cell(line, "parent")?)))
}

/// The rows of a table of a document of the generator: a line each.
fn lines<'t>(document: &'t str, table: &str) -> impl Iterator<Item = &'t str> {
    let rows = document.split_once(&format!("\n\"{table}\":[")).map_or("", |(_, rows)| rows);
    rows.lines().skip(1).take_while(|line| line.starts_with('{'))
}

/// A cell that is an id, a code, a day or a word.
fn cell<'t>(line: &'t str, key: &str) -> Option<&'t str> {
    let mut keys = line.match_indices(key).map(|(at, _)| at);
    keys.find_map(|at| {
        line.get(..at)?.strip_suffix('"')?;
        let value = line.get(at + key.len()..)?.strip_prefix("\":\"")?;
        value.split_once('"').map(|(value, _)| value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_each_other() {
        let months: Vec<_> = Month::of(2022, 11).following(4).map(Month::period).collect();
        assert_eq!(months, ["2022-11", "2022-12", "2023-01", "2023-02"]);
        assert_eq!(Month::of(2024, 2).cut_off(), day(2024, 2, 29));
        assert_eq!(Month::of(2022, 12).day_after(3), day(2023, 1, 3));
    }

    #[test]
    fn teams_are_read_back() {
        let document = crate::hai_duong();
        let teams = community_teams(&document);
        assert_eq!(teams.len(), 1340);
        assert_eq!(teams.iter().map(|team| team.size("2022-05-17")).sum::<u32>(), 6891);
        let team = teams.iter().find(|team| team.id == "to-11044-02").unwrap();
        assert_eq!((team.unit, team.head("2022-05-17")), ("11044", Some("p-11044-02-1")));
        assert!(!team.held.on("2022-04-04") && team.held.on("2022-04-05"));
    }
}
