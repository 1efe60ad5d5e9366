//! A *checked* register: its findings, and what can be asked of it.

use crate::agenda::{AgendaQuery, AgendaRow};
use crate::completeness::{CompletenessQuery, CompletenessRow};
use crate::context::Context;
use crate::day::Day;
use crate::duty::Duty;
use crate::edit::{self, Edited};
use crate::error::Error;
use crate::expression::Item;
use crate::facts::Attribute;
use crate::finding::{Finding, Query, When};
use crate::order::{sort, sort_by};
use crate::policy::Policy;
use crate::register::Register;
use crate::review::Sequence;
use crate::roll_up::{RollUp, RollUpQuery};
use crate::rule::Draft;
use crate::spans::{self, Found, Owner, Plan, Sweep};
use crate::teams::{TeamQuery, TeamRow};
use chrono::NaiveDate;
use std::cmp::Ordering;
use std::fmt;
use std::sync::OnceLock;

impl Register {
    /// Checks the register against `policy` as it is known on `as_of`: facts that begin later are not seen, known ends are.
    ///
    /// # Errors
    /// [`Error::BadDay`] if `as_of` lies outside 1900 to 2199; [`Error::Invalid`] if the policy says one thing twice of one unit
    /// and day, under two codes of the unit; [`Error::TooManyTerms`] if its obligations have come back more than 20,000 times, and
    /// [`Error::TooManyDuties`] if they make more than 8,000,000 duties.
    pub fn check(&self, policy: &Policy, as_of: NaiveDate) -> Result<Checked, Error> {
        let day = Day::from_date(as_of).ok_or_else(|| Error::BadDay(as_of.to_string()))?;
        Checked::new(self.clone(), policy.clone(), day)
    }
}

/// A register that was checked against a policy as of a day. It cannot be made in any other way.
#[derive(Clone)]
pub struct Checked {
    pub(crate) context: Context,
    /// The findings of each owner that has some, owners in order.
    found: Found,
    /// Where each finding stands in `found`, worst first; see [`Checked::findings`] for the order.
    order: OnceLock<Vec<(u32, u32)>>,
    /// Duties by unit and obligation.
    pub(crate) duties: Vec<Duty>,
    pub(crate) plan: Plan,
    /// Of each sheet of reports; gone after an edit until somebody asks.
    sequences: OnceLock<Vec<Sequence>>,
}

impl Checked {
    pub(crate) fn new(register: Register, policy: Policy, as_of: Day) -> Result<Self, Error> {
        let context = Context::new(register, policy, as_of)?;
        let plan = Plan::new(&context)?;
        let sequences = Sequence::all(&context);
        let (found, duties) = spans::run(&context, &plan, &sequences)?;
        let checked =
            Self { context, found, order: OnceLock::new(), duties, plan, sequences: sequences.into() };
        checked.order();
        Ok(checked)
    }

    /// Every finding, in order.
    fn drafts(&self) -> impl Iterator<Item = &Draft> {
        let at = |&(owner, draft): &(u32, u32)| self.found.get(owner as usize)?.1.get(draft as usize);
        self.order().iter().filter_map(at)
    }

    fn order(&self) -> &[(u32, u32)] {
        self.order.get_or_init(|| {
            let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let owners = self.found.iter().enumerate();
            let all = owners.flat_map(|(owner, (_, drafts))| {
                drafts.iter().enumerate().map(move |(at, draft)| (draft, (index(owner), index(at))))
            });
            let mut all: Vec<_> = all.collect();
            sort_by(&mut all, |a, b| order(&self.context, a.0, b.0));
            all.into_iter().map(|(_, at)| at).collect()
        })
    }

    /// Of each sheet of reports, which rows count and what came before each.
    pub(crate) fn sequences(&self) -> &[Sequence] {
        self.sequences.get_or_init(|| Sequence::all(&self.context))
    }

    /// The facts, with all edits. Cloning is cheap; while a clone is held, the next edit copies the facts first.
    #[must_use]
    pub fn register(&self) -> Register {
        self.context.register().clone()
    }

    /// Adds, changes or ends rows, and looks again at what stands near them. `changes` is a JSON document: one change or a list of
    /// them, all of which are made or none.
    ///
    /// - `{"add": "memberships", "row": {...}}`: a new row, with the columns of its table;
    /// - `{"change": "people", "where": {"id": "p-1"}, "set": {"phone": null}}`: the one row that has the values of `where`;
    /// - `{"end": "memberships", "where": {"team": "t-1", "person": "p-1"}, "to": "2022-09-01"}`: gives such a row an end.
    ///
    /// Rows of `decisions`, `teams`, `suspensions`, `declarations`, `people`, `residences`, `affiliations`, `positions`, `memberships`,
    /// `events`, `excuses` and `completions` can be edited; an id cannot be changed. A change of units, bodies or policy is a new check.
    ///
    /// # Errors
    /// [`Error::Syntax`] if it is not JSON; [`Error::Invalid`] with the problems of the first change that cannot be made, at
    /// `changes[n]`; nothing is changed then.
    ///
    /// ```
    /// # use cnscd::{Policy, Register};
    /// # let register = Register::from_json(r#"{
    /// #   "units": [{"code": "11044", "name": "Xã Toàn Thắng", "kind": "xa", "level": "commune"}],
    /// #   "teams": [{"id": "t1", "kind": "community", "unit": "11044", "from": "2022-04-05"}],
    /// #   "people": [{"id": "p1", "name": "Nguyễn Mẫu Một"}]
    /// # }"#)?;
    /// # let as_of = chrono::NaiveDate::from_ymd_opt(2022, 5, 17).ok_or("no day")?;
    /// let mut checked = register.check(&Policy::preset("national-2022")?, as_of)?;
    /// let edited = checked.edit(
    ///     r#"{"add": "memberships", "row": {"team": "t1", "person": "p1", "role": "head", "from": "2022-04-05"}}"#,
    /// )?;
    /// assert!(edited.gone().any(|finding| finding.code() == "T005"));
    /// assert!(edited.new().any(|finding| finding.code() == "M007"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn edit(&mut self, changes: &str) -> Result<Edited<'_>, Error> {
        let mut touched = Vec::new();
        let undo = edit::apply(&mut self.context, changes, &mut touched)?;
        let excuses = edit::rewritten(self.context.facts(), &undo);
        (self.order, self.sequences) = (OnceLock::new(), OnceLock::new());
        let (mut gone, mut new) = (Vec::new(), Vec::new());
        let (mut duties_gone, mut duties_new) = (Vec::new(), Vec::new());
        let mut sweep = Sweep::new(&self.context, &self.plan);
        for owner in edit::once(touched) {
            let fresh = sweep.look(owner);
            let at = self.found.binary_search_by(|(other, _)| other.cmp(&owner));
            let old = match (at, fresh.is_empty()) {
                (Ok(at), false) => self
                    .found
                    .get_mut(at)
                    .map_or_else(Vec::new, |(_, old)| std::mem::replace(old, fresh.clone())),
                (Ok(at), true) => self.found.remove(at).1,
                (Err(at), false) => {
                    self.found.insert(at, (owner, fresh.clone()));
                    Vec::new()
                }
                (Err(_), true) => Vec::new(),
            };
            differences(old, fresh, &mut gone, &mut new, &Draft::is);
            if let Owner::Duties(line) = owner {
                let from = self.duties.partition_point(|duty| duty.line < line);
                let to = self.duties.partition_point(|duty| duty.line <= line);
                let fresh = sweep.take_duties();
                let old = self.duties.splice(from..to, fresh.iter().copied()).collect();
                let is = |old: &Duty, new: &Duty| {
                    // The document that moved a day may have another number.
                    old.is_shown_as(new) && !old.excuse.is_some_and(|id| excuses.contains(&id))
                };
                differences(old, fresh, &mut duties_gone, &mut duties_new, &is);
            }
        }
        let is_any = !gone.is_empty() || !duties_gone.is_empty();
        let before = if is_any { edit::before(&self.context, undo) } else { None };
        Ok(Edited { context: &self.context, before, gone, new, duties_gone, duties_new })
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

    /// Codes that the policy names as a scope and no unit of the register has; what it says of them was not asked of anybody.
    #[must_use]
    pub fn unknown_scopes(&self) -> &[String] {
        &self.context.unknown_scopes
    }

    /// Attributes (`unit.households`) that checks of the policy's forms ask for and that is said of no unit by the day of the check: these
    /// checks speak of nobody. A slip in the name looks the same.
    #[must_use]
    pub fn unknown_attributes(&self) -> Vec<String> {
        let facts = self.context.facts();
        let checks = self.context.policy.forms().iter().flat_map(|form| &form.checks);
        let items = checks.filter_map(|check| check.compiled.as_ref()).flat_map(|compiled| compiled.items());
        let mut names: Vec<_> = items
            .filter_map(|item| if let Item::Attribute(name) = item { Some(name.to_string()) } else { None })
            .collect();
        sort(&mut names);
        names.dedup();
        names.retain(|name| {
            let word = facts.find_word(name);
            let is_said = |row: &Attribute| Some(row.attribute) == word && row.from <= self.context.as_of;
            word.is_none() || !facts.attributes.iter().any(|(_, row)| is_said(row))
        });
        names
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
            query.severity.is_none_or(|severity| severity == draft.severity)
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
        let found = self.drafts().enumerate().filter(|(_, draft)| matches(draft));
        Ok(found.map(|(position, draft)| Finding { context: &self.context, draft, position }).collect())
    }

    /// The finding at a [`Finding::position`].
    #[must_use]
    pub fn finding(&self, position: usize) -> Option<Finding<'_>> {
        let &(owner, at) = self.order().get(position)?;
        let draft = self.found.get(owner as usize)?.1.get(at as usize);
        draft.map(|draft| Finding { context: &self.context, draft, position })
    }

    /// The duties that match `query`, ordered by the end of their term, obligation, level, unit, team, member and period; or
    /// grouped by level and unit first.
    ///
    /// # Errors
    /// [`Error::UnknownUnit`], [`Error::UnknownTeam`], [`Error::UnknownBody`] and [`Error::UnknownObligation`] if the query names what
    /// does not exist; [`Error::BadDay`] for a day outside 1900 to 2199; [`Error::TooManyTerms`] if it looks too far ahead.
    pub fn agenda(&self, query: &AgendaQuery) -> Result<Vec<AgendaRow<'_>>, Error> {
        crate::agenda::agenda(&self.context, &self.duties, query)
    }

    /// How many duties were expected, done, and done in time, by unit (with all below it), obligation and period; ordered by level, unit,
    /// obligation and period.
    ///
    /// # Errors
    /// [`Error::UnknownUnit`] and [`Error::UnknownObligation`] if the query names what does not exist.
    pub fn completeness(&self, query: &CompletenessQuery) -> Result<Vec<CompletenessRow>, Error> {
        crate::completeness::completeness(&self.context, &self.duties, query)
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
        crate::roll_up::roll_up(&self.context, &mut self.drafts(), &self.duties, query)
    }
}

impl fmt::Debug for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checked")
            .field("policy", &self.context.policy.name())
            .field("as_of", &self.context.as_of)
            .field("findings", &self.order().len())
            .finish_non_exhaustive()
    }
}

/// Adds what only one of two lists has.
fn differences<T>(
    old: Vec<T>,
    fresh: Vec<T>,
    gone: &mut Vec<T>,
    new: &mut Vec<T>,
    is: &dyn Fn(&T, &T) -> bool,
) {
    let mut fresh: Vec<Option<T>> = fresh.into_iter().map(Some).collect();
    for old in old {
        let same = fresh.iter_mut().find(|fresh| fresh.as_ref().is_some_and(|fresh| is(&old, fresh)));
        match same {
            Some(same) => *same = None,
            None => gone.push(old),
        }
    }
    new.extend(fresh.into_iter().flatten());
}

/// Severity, rule, unit, subject, first day: by their texts, so that the order of the document does not matter.
fn order(context: &Context, a: &Draft, b: &Draft) -> Ordering {
    let unit = |draft: &Draft| draft.unit.map(|line| context.inner().code(line, context.as_of));
    let subject = |draft: &Draft| draft.subject.key(context);
    (a.severity.cmp(&b.severity))
        .then_with(|| a.rule.code.cmp(b.rule.code))
        .then_with(|| unit(a).cmp(&unit(b)))
        .then_with(|| subject(a).cmp(subject(b)))
        .then_with(|| a.span.from.cmp(&b.span.from))
        .then_with(|| a.params_key(context).cmp(&b.params_key(context)))
}
