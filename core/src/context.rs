//! A *context* is facts, a policy and the day as of which they are known. A *checked* register is one with its findings.

use crate::day::Day;
use crate::error::Error;
use crate::facts::{Decision, Facts, Team, Unit};
use crate::finding::{Draft, Finding, Query, Subject, When};
use crate::order::sort_by;
use crate::policy::{Entry, Key, Policy, Profile};
use crate::register::{Inner, Line, Register};
use crate::roll_up::{RollUp, RollUpQuery};
use crate::spans;
use crate::table::Id;
use chrono::NaiveDate;
use std::cmp::Ordering;
use std::fmt;

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
    fn new(register: Register, policy: Policy, as_of: Day) -> Self {
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
        let inner = self.inner();
        let last = self.facts().units[inner.named(line, self.as_of)].span().to.plus(-1).min(self.as_of);
        inner.path(line, last).any(|line| line == above)
    }

    /// The line with `code`.
    pub(crate) fn line(&self, code: &str) -> Result<Id<Line>, Error> {
        self.inner().line_by_code(code, self.as_of).ok_or_else(|| Error::UnknownUnit(code.into()))
    }

    pub(crate) fn unit(&self, id: Id<Unit>) -> &Unit {
        &self.facts().units[id]
    }
}

/// A register that was checked against a policy as of a day. It cannot be made in any other way.
pub struct Checked {
    pub(crate) context: Context,
    /// Worst first; see [`Checked::findings`] for the order.
    drafts: Vec<Draft>,
}

impl Checked {
    pub(crate) fn new(register: Register, policy: Policy, as_of: Day) -> Self {
        let context = Context::new(register, policy, as_of);
        let mut drafts = spans::run(&context);
        sort_by(&mut drafts, |a, b| order(&context, a, b));
        Self { context, drafts }
    }

    /// The day as of which the facts are known.
    ///
    /// # Panics
    /// Never: `as_of` was a date.
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.context.as_of.date().unwrap_or_default()
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.context.policy
    }

    /// The findings that match `query`, ordered by severity, rule, unit, subject and first day. The order is the same in every
    /// language and does not depend on the order of the document.
    ///
    /// # Errors
    /// [`Error::UnknownUnit`] and [`Error::UnknownRule`] if the query names what does not exist.
    pub fn findings(&self, query: &Query) -> Result<Vec<Finding<'_>>, Error> {
        let unit = query.unit.as_deref().map(|code| self.context.line(code)).transpose()?;
        let rule = query.code.as_deref().map(crate::rules::explain).transpose()?;
        let matches = |draft: &&Draft| {
            let present = draft.is_present(&self.context);
            query.severity.is_none_or(|severity| severity == draft.rule.severity)
                && rule.is_none_or(|rule| rule.code == draft.rule.code)
                && match query.when {
                    When::Any => true,
                    When::Present => present,
                    When::Past => !present,
                }
                && unit.is_none_or(|unit| draft.unit.is_some_and(|line| self.context.is_below(line, unit)))
        };
        let found = self.drafts.iter().enumerate().filter(|(_, draft)| matches(draft));
        Ok(found.map(|(position, draft)| Finding { context: &self.context, draft, position }).collect())
    }

    /// The finding at a [`Finding::position`].
    #[must_use]
    pub fn finding(&self, position: usize) -> Option<Finding<'_>> {
        self.drafts.get(position).map(|draft| Finding { context: &self.context, draft, position })
    }

    /// Measures of units, each with all below it, on `as_of`.
    ///
    /// # Errors
    /// [`Error::UnknownUnit`] if the query names a unit that does not exist.
    pub fn roll_up(&self, query: &RollUpQuery) -> Result<RollUp, Error> {
        crate::roll_up::roll_up(&self.context, &self.drafts, query)
    }
}

impl fmt::Debug for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checked")
            .field("policy", &self.context.policy.name())
            .field("as_of", &self.context.as_of)
            .field("findings", &self.drafts.len())
            .finish()
    }
}

/// Severity, rule, unit, subject, first day: by their texts, so that the order of the document does not matter.
fn order(context: &Context, a: &Draft, b: &Draft) -> Ordering {
    let unit = |draft: &Draft| draft.unit.map(|line| context.inner().code(line, context.as_of));
    let subject = |draft: &Draft| draft.subject.key(context);
    (a.rule.severity.cmp(&b.rule.severity))
        .then_with(|| a.rule.code.cmp(b.rule.code))
        .then_with(|| unit(a).cmp(&unit(b)))
        .then_with(|| subject(a).cmp(subject(b)))
        .then_with(|| a.span.from.cmp(&b.span.from))
        .then_with(|| a.params_key(context).cmp(&b.params_key(context)))
}

impl Subject {
    fn key(self, context: &Context) -> &str {
        let facts = context.facts();
        match self {
            Self::Team(id) => facts.text(facts.teams[id].id.0),
            Self::Person(id) => facts.text(facts.people[id].id.0),
            Self::Unit(line) => context.inner().code(line, context.as_of),
        }
    }
}
