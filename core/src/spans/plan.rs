//! A *plan* is what the span engine has to know of rules and policy, made once for a checked register.

use crate::choice::{Level, TeamKind};
use crate::context::{Context, Term};
use crate::error::Error;
use crate::facts::{Decision, Person};
use crate::obligation::Terms;
use crate::policy::Entry;
use crate::rule::{
    CardCheck, Check, DecisionCheck, DutyCheck, Emit, ObligationCheck, PersonCheck, RecordCheck, ReportCheck,
    Rule, SameCheck, TeamCheck, UnitCheck,
};
use crate::rules::RULES;
use crate::setting::Key;

/// What a sweep has to know of rules and policy.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) checks: Checks,
    pub(super) asks: Asks,
    /// The terms of each obligation that begin by `as_of`.
    pub(super) terms: Terms,
}

impl Plan {
    pub(crate) fn new(context: &Context) -> Result<Self, Error> {
        let terms = Terms::new(&context.policy, context.as_of)?;
        Ok(Self { checks: Checks::new(), asks: Asks::new(context), terms })
    }
}

/// A rule, and what it does with a view.
pub(crate) type Call<V> = (&'static Rule, fn(&V, &mut Emit<'_>));

/// The rules by what they look at.
#[derive(Clone, Default)]
pub(crate) struct Checks {
    pub team: Vec<(&'static Rule, TeamCheck)>,
    pub person: Vec<(&'static Rule, PersonCheck)>,
    pub unit: Vec<(&'static Rule, UnitCheck)>,
    pub card: Vec<(&'static Rule, CardCheck)>,
    pub decision: Vec<(&'static Rule, DecisionCheck)>,
    pub names: Vec<(&'static Rule, SameCheck<Person>)>,
    pub citizens: Vec<(&'static Rule, SameCheck<Person>)>,
    pub numbers: Vec<(&'static Rule, SameCheck<Decision>)>,
    pub duty: Vec<(&'static Rule, DutyCheck)>,
    pub record: Vec<(&'static Rule, RecordCheck)>,
    pub obligation: Vec<(&'static Rule, ObligationCheck)>,
    pub report: Vec<(&'static Rule, ReportCheck)>,
}

impl Checks {
    fn new() -> Self {
        let mut checks = Self::default();
        for rule in RULES {
            match rule.check {
                Check::Team(check) => checks.team.push((rule, check)),
                Check::Person(check) => checks.person.push((rule, check)),
                Check::Unit(check) => checks.unit.push((rule, check)),
                Check::Card(check) => checks.card.push((rule, check)),
                Check::Decision(check) => checks.decision.push((rule, check)),
                Check::Names(check) => checks.names.push((rule, check)),
                Check::Citizens(check) => checks.citizens.push((rule, check)),
                Check::Numbers(check) => checks.numbers.push((rule, check)),
                Check::Duty(check) => checks.duty.push((rule, check)),
                Check::Record(check) => checks.record.push((rule, check)),
                Check::Obligation(check) => checks.obligation.push((rule, check)),
                Check::Report(check) => checks.report.push((rule, check)),
            }
        }
        checks
    }
}

/// Which neighbours the policy has any use for: the days of the others make no boundary.
#[derive(Clone)]
pub(super) struct Asks {
    pub positions: bool,
    pub residences: bool,
    pub organisations: bool,
    pub ages: Vec<i32>,
    /// Kinds of teams that are wanted at some level, each with its terms where these are the same everywhere.
    pub wanted: Vec<(TeamKind, Level, Option<Vec<Term>>)>,
}

impl Asks {
    fn new(context: &Context) -> Self {
        let asks = |keys: &[Key]| keys.iter().any(|&key| context.policy.asks(key));
        let ages = context.policy.entries().iter().filter(|entry| entry.is(Key::YoungAge));
        Self {
            positions: asks(&[
                Key::HeadPositions,
                Key::DeputyPositions,
                Key::Organisations,
                Key::YoungAge,
                Key::Represents,
                Key::Resident,
            ]),
            residences: asks(&[Key::Resident]),
            organisations: asks(&[Key::Organisations, Key::YoungAge]),
            ages: ages.map(Entry::days).collect(),
            wanted: context
                .wanted_levels()
                .map(|(kind, level)| (kind, level, context.terms(kind, level)))
                .collect(),
        }
    }
}
