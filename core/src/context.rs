//! A *context* is facts, a policy and the day as of which they are known.

use crate::day::Day;
use crate::error::Error;
use crate::facts::{Decision, Facts, Team, Unit};
use crate::policy::{Entry, Key, Policy, Profile};
use crate::register::{Inner, Line, Register};
use crate::table::Id;

pub(crate) struct Context {
    register: Register,
    pub policy: Policy,
    /// The days on which the policy changes.
    pub policy_cuts: Vec<Day>,
    /// The profile before the first cut, and from each cut on.
    profiles: Vec<Profile>,
    pub as_of: Day,
}

impl Context {
    pub(crate) fn new(register: Register, policy: Policy, as_of: Day) -> Self {
        let policy_cuts = policy.cuts();
        let days = std::iter::once(Day::OPEN_START).chain(policy_cuts.iter().copied());
        let profiles = days.map(|day| policy.profile(day)).collect();
        Self { register, policy, policy_cuts, profiles, as_of }
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.register.inner
    }

    pub(crate) fn facts(&self) -> &Facts {
        &self.register.inner.facts
    }

    /// The position of the entry for `key` in force on `day`.
    pub(crate) fn entry_id(&self, key: Key, day: Day) -> Option<usize> {
        let profile = self.policy_cuts.partition_point(|&cut| cut <= day);
        self.profiles.get(profile)?.get(key)
    }

    pub(crate) fn entry(&self, id: usize) -> Option<&Entry> {
        self.policy.entries().get(id)
    }

    /// Whether a team has begun by `as_of`; one that has not is invisible, with all that hangs on it.
    pub(crate) fn knows_team(&self, team: Id<Team>) -> bool {
        self.facts().teams[team].from <= self.as_of
    }

    /// The decision of a team, if it was signed by `as_of`.
    pub(crate) fn decision(&self, team: Id<Team>) -> Option<Id<Decision>> {
        let facts = self.facts();
        facts.teams[team].decision.0.filter(|&id| facts.decisions[id].signed <= self.as_of)
    }

    /// The line of the unit that manages a team.
    pub(crate) fn place_of(&self, team: Id<Team>) -> Id<Line> {
        self.inner().line_of[self.facts().teams[team].unit]
    }

    /// The lowest line that holds all of `lines` as of `as_of`.
    pub(crate) fn common(&self, lines: impl IntoIterator<Item = Id<Line>>) -> Option<Id<Line>> {
        let mut lines = lines.into_iter();
        let mut common: Vec<_> = self.inner().path(lines.next()?, self.as_of).collect();
        for line in lines {
            let path: Vec<_> = self.inner().path(line, self.as_of).collect();
            common.retain(|above| path.contains(above));
        }
        common.first().copied()
    }

    /// Whether `line` is `above` or below it: on `as_of`, or on the last day of `line` if it has ended.
    pub(crate) fn is_below(&self, line: Id<Line>, above: Id<Line>) -> bool {
        self.inner().path(line, self.last_day(line)).any(|line| line == above)
    }

    /// `as_of`, or the last day of a line that has ended.
    fn last_day(&self, line: Id<Line>) -> Day {
        self.facts().units[self.inner().named(line, self.as_of)].span().to.plus(-1).min(self.as_of)
    }

    /// The line above on `as_of`; for a line that has ended, the lowest of those that were above it and still exist.
    pub(crate) fn above(&self, line: Id<Line>) -> Option<Id<Line>> {
        let inner = self.inner();
        let mut above = inner.path(line, self.last_day(line)).skip(1);
        above.find(|&line| inner.version(line, self.as_of).is_some())
    }

    /// The line with `code`.
    pub(crate) fn line(&self, code: &str) -> Result<Id<Line>, Error> {
        self.inner().line_by_code(code, self.as_of).ok_or_else(|| Error::UnknownUnit(code.into()))
    }

    pub(crate) fn unit(&self, id: Id<Unit>) -> &Unit {
        &self.facts().units[id]
    }
}
