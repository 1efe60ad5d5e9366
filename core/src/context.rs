//! A *context* is facts, a policy and the day as of which they are known.

use crate::day::Day;
use crate::error::Error;
use crate::facts::{Decision, Extent, Facts, Level, Person, Position, Team, Unit};
use crate::policy::{Entry, Key, Policy, Profile};
use crate::register::{Inner, Line, Register};
use crate::table::{Id, Word};

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

    /// The first day of an unbroken run of entries for the key of `entry`: a renewed entry grants no new term.
    pub(crate) fn since(&self, entry: &Entry) -> Day {
        let before = |from: Day| {
            let earlier = self
                .policy
                .entries()
                .iter()
                .filter(|other| other.key == entry.key && other.span().to == from);
            earlier.map(|other| other.span().from).next().filter(|_| from.is_date())
        };
        std::iter::successors(Some(entry.span().from), |&from| before(from))
            .last()
            .unwrap_or(entry.span().from)
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

    /// Whether `line` is one of `above` or was below one of them on `day`.
    pub(crate) fn is_below(&self, line: Id<Line>, above: &[Id<Line>], day: Day) -> bool {
        self.inner().path(line, day).any(|line| above.contains(&line))
    }

    /// `as_of`, or the last day of a line that has ended.
    pub(crate) fn last_day(&self, line: Id<Line>) -> Day {
        self.facts().units[self.inner().named(line, self.as_of)].span().to.plus(-1).min(self.as_of)
    }

    /// The unit with a People's Committee that answers for a line: itself, or, if it has ended, the one that all of it went into, or
    /// else the one above.
    pub(crate) fn heir(&self, line: Id<Line>) -> Option<Id<Line>> {
        let inner = self.inner();
        let mut line = line;
        // Each step goes to a later day or to a higher level; the bound is for a document that says otherwise.
        for _ in 0..16 {
            let is_there = inner.version(line, self.as_of).is_some();
            if is_there && inner.level(line) != Level::Village {
                return Some(line);
            }
            let went = || {
                self.facts().successions.iter().map(|(_, row)| row).find(|row| {
                    inner.line_of[row.old.0] == line
                        && row.day <= self.as_of
                        && row.extent == Extent::Whole
                        && inner.line_of[row.new] != line
                })
            };
            line = match if is_there { None } else { went() } {
                Some(row) => inner.line_of[row.new],
                None => inner.path(line, self.last_day(line)).nth(1)?,
            };
        }
        None
    }

    /// The position of a kind that a person left on a day.
    pub(crate) fn left_position(&self, person: Id<Person>, kind: Word, day: Day) -> Option<&Position> {
        let mut positions = self.inner().positions.of(person).map(|id| &self.facts().positions[id]);
        positions.find(|row| row.kind == kind && row.span().to == day)
    }

    /// The lines that have or had `code`.
    pub(crate) fn lines(&self, code: &str) -> Result<Vec<Id<Line>>, Error> {
        let lines = self.inner().lines_by_code(code, self.as_of);
        if lines.is_empty() { Err(Error::UnknownUnit(code.into())) } else { Ok(lines) }
    }

    pub(crate) fn unit(&self, id: Id<Unit>) -> &Unit {
        &self.facts().units[id]
    }
}
