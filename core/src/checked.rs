//! A *checked* register: its findings, and what can be asked of it.

use crate::context::Context;
use crate::day::Day;
use crate::error::Error;
use crate::finding::{Finding, Query, When};
use crate::order::sort_by;
use crate::policy::Policy;
use crate::register::Register;
use crate::roll_up::{RollUp, RollUpQuery};
use crate::rule::Draft;
use crate::spans;
use crate::teams::{TeamQuery, TeamRow};
use chrono::NaiveDate;
use std::cmp::Ordering;
use std::fmt;

impl Register {
    /// Checks the register against `policy` as it is known on `as_of`: facts that begin later are not seen, known ends are.
    ///
    /// # Errors
    /// [`Error::BadDay`] if `as_of` lies outside 1900 to 2199.
    pub fn check(&self, policy: &Policy, as_of: NaiveDate) -> Result<Checked, Error> {
        let day = Day::from_date(as_of).ok_or_else(|| Error::BadDay(as_of.to_string()))?;
        Ok(Checked::new(self.clone(), policy.clone(), day))
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
        let unit = query.unit.as_deref().map(|code| self.context.lines(code)).transpose()?;
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
                && unit.as_ref().is_none_or(|unit| {
                    // Where it stood on its last day.
                    let day = draft.span.to.plus(-1).min(self.context.as_of);
                    draft.unit.is_some_and(|line| self.context.is_below(line, unit, day))
                })
        };
        let found = self.drafts.iter().enumerate().filter(|(_, draft)| matches(draft));
        Ok(found.map(|(position, draft)| Finding { context: &self.context, draft, position }).collect())
    }

    /// The finding at a [`Finding::position`].
    #[must_use]
    pub fn finding(&self, position: usize) -> Option<Finding<'_>> {
        self.drafts.get(position).map(|draft| Finding { context: &self.context, draft, position })
    }

    /// Who is who: the teams in force on `as_of`, ordered by level and code of their unit, kind and identifier.
    ///
    /// # Errors
    /// [`Error::UnknownUnit`] if the query names a unit that does not exist.
    pub fn teams(&self, query: &TeamQuery) -> Result<Vec<TeamRow<'_>>, Error> {
        crate::teams::teams(&self.context, query)
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
