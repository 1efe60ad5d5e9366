//! The *span engine* says when a rule runs. It cuts a subject's life at every boundary of its neighbourhood, runs each rule
//! once per constant span, and joins equal findings of neighbouring spans. So no rule sweeps intervals itself.

use crate::context::Context;
use crate::day::{Day, Span};
use crate::duty::Duty;
use crate::error::Error;
use crate::facts::{Decision, Membership, Person, Team};
use crate::order::{sort_by, sort_few};
use crate::policy::Profile;
use crate::register::{Hashed, Line, runs};
use crate::review::{Review, Sequence};
use crate::rule::{Draft, Emit, Subject};
use crate::sheet::Reporter;
use crate::table::Id;
use crate::view::SameView;
use plan::Call;
use std::borrow::Cow;

mod cuts;
mod plan;

pub(crate) use plan::Plan;

/// What is looked at as one: findings are kept by it, and looked for again when a fact near it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    Team(Id<Team>),
    /// A person over time.
    Person(Id<Person>),
    /// What is entered of a person.
    Card(Id<Person>),
    Unit(Id<Line>),
    Decision(Id<Decision>),
    /// The duties of a unit.
    Duties(Id<Line>),
    /// People whose names hash alike.
    Names(u32),
    /// People whose citizen numbers hash alike.
    Citizens(u32),
    /// Decisions whose bodies, years and numbers hash alike.
    Numbers(u32),
    /// The reports of a unit or team.
    Reports(Reporter),
}

/// The findings of each owner that has some, owners in order.
pub(crate) type Found = Vec<(Owner, Vec<Draft>)>;

/// What is known of one subject while it is swept.
pub(crate) struct Sweep<'c> {
    context: &'c Context,
    plan: &'c Plan,
    cuts: Vec<Day>,
    /// Units whose days are noted, then the unit of the team and those above it.
    path: Vec<Id<Line>>,
    all: Vec<(Id<Person>, Id<Membership>)>,
    members: Vec<&'c Membership>,
    /// Drafts of the span at hand.
    fresh: Vec<Draft>,
    /// Drafts that held in the span before it.
    open: Vec<Draft>,
    done: Vec<Draft>,
    /// The duties looked at and not yet taken.
    duties: Vec<Duty>,
}

/// The most duties of a checked register: seven years of monthly reports of every team of the country.
const MOST_DUTIES: usize = 8_000_000;

/// Runs every rule; gives the findings, and the duties of all units in their order.
pub(crate) fn run(
    context: &Context,
    plan: &Plan,
    sequences: &[Sequence],
) -> Result<(Found, Vec<Duty>), Error> {
    let (facts, inner) = (context.facts(), context.inner());
    let mut sweep = Sweep::new(context, plan);
    let mut found = Vec::new();
    let mut keep = |sweep: &mut Sweep<'_>, owner| {
        if !sweep.done.is_empty() {
            found.push((owner, sweep.settled()));
        }
    };
    let mut look = |owner| {
        sweep.examine(owner);
        keep(&mut sweep, owner);
    };
    facts.teams.ids().for_each(|id| look(Owner::Team(id)));
    facts.people.ids().for_each(|id| look(Owner::Person(id)));
    facts.people.ids().for_each(|id| look(Owner::Card(id)));
    inner.lines.ids().for_each(|line| look(Owner::Unit(line)));
    facts.decisions.ids().for_each(|id| look(Owner::Decision(id)));
    if !context.policy.obligations().is_empty() {
        for line in inner.lines.ids() {
            sweep.examine(Owner::Duties(line));
            keep(&mut sweep, Owner::Duties(line));
            if sweep.duties.len() > MOST_DUTIES {
                return Err(Error::TooManyDuties(MOST_DUTIES));
            }
        }
    }
    // Here the rows of a hash are at hand.
    for (hash, same) in runs(&inner.names) {
        sweep.names(same);
        keep(&mut sweep, Owner::Names(hash));
    }
    for (hash, same) in runs(&inner.citizens) {
        sweep.citizens(same);
        keep(&mut sweep, Owner::Citizens(hash));
    }
    for (hash, same) in runs(&inner.numbers) {
        sweep.numbers(same);
        keep(&mut sweep, Owner::Numbers(hash));
    }
    reports(context, plan, sequences, &mut found);
    let duties = sweep.take_duties();
    Ok((found, duties))
}

/// Looks at all reports.
fn reports(context: &Context, plan: &Plan, sequences: &[Sequence], found: &mut Found) {
    let Some(store) = &context.register().reports else { return };
    let mut drafts = Vec::new();
    for (sheet, sequence) in store.sheets.iter().zip(sequences) {
        let review = Review::of(context, store, sheet, Cow::Borrowed(sequence));
        review.look(&plan.checks.report, |_| true, &mut drafts);
    }
    if store.sheets.len() > 1 {
        sort_by(&mut drafts, |a, b| a.0.cmp(&b.0));
    }
    for (reporter, mut draft) in drafts {
        draft.settle(context);
        match found.last_mut() {
            Some((Owner::Reports(last), own)) if *last == reporter => own.push(draft),
            _ => found.push((Owner::Reports(reporter), vec![draft])),
        }
    }
}

impl<'c> Sweep<'c> {
    pub(crate) fn new(context: &'c Context, plan: &'c Plan) -> Self {
        Self {
            context,
            plan,
            cuts: Vec::new(),
            path: Vec::new(),
            all: Vec::new(),
            members: Vec::new(),
            fresh: Vec::new(),
            open: Vec::new(),
            done: Vec::new(),
            duties: Vec::new(),
        }
    }

    /// The duties looked at since the last time: of each unit in the order of the obligations.
    pub(crate) fn take_duties(&mut self) -> Vec<Duty> {
        std::mem::take(&mut self.duties)
    }

    /// What the rules say of an owner, lists in order.
    pub(crate) fn look(&mut self, owner: Owner) -> Vec<Draft> {
        self.examine(owner);
        self.settled()
    }

    /// Runs the rules that look at such an owner.
    fn examine(&mut self, owner: Owner) {
        let inner = self.context.inner();
        match owner {
            Owner::Team(id) => self.team(id),
            Owner::Person(id) => self.person(id),
            Owner::Card(id) => self.card(id),
            Owner::Unit(line) => self.unit(line),
            Owner::Decision(id) => self.decision(id),
            Owner::Duties(line) => self.duties(line),
            Owner::Names(hash) => self.names(Hashed::of(&inner.names, hash)),
            Owner::Citizens(hash) => self.citizens(Hashed::of(&inner.citizens, hash)),
            Owner::Numbers(hash) => self.numbers(Hashed::of(&inner.numbers, hash)),
            Owner::Reports(reporter) => self.reports(reporter),
        }
    }

    fn settled(&mut self) -> Vec<Draft> {
        for draft in &mut self.done {
            draft.settle(self.context);
        }
        std::mem::take(&mut self.done)
    }

    fn reports(&mut self, reporter: Reporter) {
        let Some(store) = &self.context.register().reports else { return };
        let mut drafts = Vec::new();
        for sheet in &store.sheets {
            let rows = sheet.rows_of(reporter, self.context.inner());
            if !rows.is_empty() {
                Review::new(self.context, store, sheet, rows).look(
                    &self.plan.checks.report,
                    |_| true,
                    &mut drafts,
                );
            }
        }
        self.done.extend(drafts.into_iter().map(|(_, draft)| draft));
    }

    fn names(&mut self, same: &[Hashed<Person>]) {
        self.same(&self.plan.checks.names, same, Subject::Person);
    }

    fn citizens(&mut self, same: &[Hashed<Person>]) {
        self.same(&self.plan.checks.citizens, same, Subject::Person);
    }

    fn numbers(&mut self, same: &[Hashed<Decision>]) {
        self.same(&self.plan.checks.numbers, same, Subject::Decision);
    }

    /// Notes the boundaries of a span.
    fn cut(&mut self, span: Span) {
        self.note(span.from);
        self.note(span.to);
    }

    /// Notes a day up to `as_of`; often it is the one noted last.
    fn note(&mut self, day: Day) {
        if day <= self.context.as_of && self.cuts.last() != Some(&day) {
            self.cuts.push(day);
        }
    }

    /// Notes the boundaries of a neighbour's span that lie inside `life`.
    fn cut_in(&mut self, life: Span, span: Span) {
        self.cut_at(life, span.from);
        self.cut_at(life, span.to);
    }

    /// Notes a day that lies inside `life`.
    fn cut_at(&mut self, life: Span, day: Day) {
        if life.from < day && day < life.to {
            self.note(day);
        }
    }

    /// Calls `look` for every constant span of the subject's life up to `as_of`, and joins what it finds.
    fn sweep(&mut self, line: Option<Id<Line>>, mut look: impl FnMut(&mut Self, Span, &Profile)) {
        let (context, as_of) = (self.context, self.context.as_of);
        let mut cuts = std::mem::take(&mut self.cuts);
        cuts.retain(|&day| day <= as_of);
        let Some(first) = cuts.iter().copied().min() else { return };
        cuts.extend(context.policy_cuts(first));
        if let Some(line) = line {
            let own = cuts.len();
            context.add_scope_cuts(line, &mut cuts);
            let mut at = 0;
            cuts.retain(|&day| {
                at += 1;
                at <= own || first < day && day <= as_of
            });
        }
        sort_few(&mut cuts);
        cuts.dedup();
        for (position, &from) in cuts.iter().enumerate() {
            let to = cuts.get(position + 1).copied().unwrap_or(as_of.plus(1));
            let profile: Cow<'_, Profile> = context.profile(line, from);
            look(self, Span { from, to }, &profile);
            self.weigh(from);
            self.join();
        }
        self.join();
        cuts.clear();
        self.cuts = cuts;
    }

    /// Says how much each fresh draft matters; what the policy silences is dropped.
    fn weigh(&mut self, day: Day) {
        let context = self.context;
        self.fresh.retain_mut(|draft| {
            let severity = context.severity(draft, day);
            severity.inspect(|&severity| draft.severity = severity).is_some()
        });
    }

    /// Lets each fresh draft carry on the open one that says the same; an open one that none carries on has ended. Rules
    /// speak in the same order in every span, so the one looked for is mostly the next.
    fn join(&mut self) {
        if self.open.is_empty() {
            return std::mem::swap(&mut self.open, &mut self.fresh);
        }
        let mut next = 0;
        for fresh in &mut self.fresh {
            let (before, after) = self.open.split_at(next);
            let ahead = after.iter().position(|open| open.says_the_same(fresh)).map(|at| next + at);
            let same = ahead.or_else(|| before.iter().position(|open| open.says_the_same(fresh)));
            if let Some(open) = same.and_then(|at| self.open.get_mut(at)) {
                (fresh.span.from, fresh.since) = (open.span.from, open.since);
                open.is_carried_on = true;
                next = same.map_or(next, |at| at + 1);
            } else if fresh.runs_on
                && let Some(open) = self.open.iter().find(|open| std::ptr::eq(open.rule, fresh.rule))
            {
                fresh.since = open.since;
            }
        }
        let ended = self
            .open
            .drain(..)
            .filter(|draft| !draft.is_carried_on && draft.span.to.since(draft.since) > draft.longer_than);
        self.done.extend(ended);
        std::mem::swap(&mut self.open, &mut self.fresh);
    }

    /// Runs rules whose findings hold from a day on, or are no matter of days. `unit` is asked for only where something is found.
    fn once<V>(
        &mut self,
        checks: &[Call<V>],
        view: &V,
        (subject, from): (Subject, Day),
        unit: impl FnOnce() -> Option<Id<Line>>,
    ) {
        let span = Span { from, to: self.context.as_of.plus(1) };
        for &(rule, check) in checks {
            check(view, &mut Emit { rule, subject, unit: None, span, drafts: &mut self.fresh });
        }
        if self.fresh.is_empty() {
            return;
        }
        let unit = unit();
        for draft in &mut self.fresh {
            draft.unit = draft.unit.or(unit);
        }
        self.weigh(self.context.as_of);
        self.done.append(&mut self.fresh);
    }

    /// Rows that share a hash have no days in common, so they are looked at once, as known on `as_of`.
    fn same<'v, T>(
        &mut self,
        checks: &[Call<SameView<'v, T>>],
        same: &'v [Hashed<T>],
        subject: fn(Id<T>) -> Subject,
    ) where
        'c: 'v,
    {
        if let [first, _, ..] = same {
            let about = (subject(first.id), Day::OPEN_START);
            self.once(checks, &SameView { context: self.context, same }, about, || None);
        }
    }
}
