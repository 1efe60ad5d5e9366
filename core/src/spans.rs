//! The *span engine* says when a rule runs. It cuts a subject's life at every boundary of its neighbourhood, runs each rule
//! once per constant span, and joins equal findings of neighbouring spans. So no rule sweeps intervals itself.

use crate::choice::{Level, Role, TeamKind};
use crate::context::{Context, Term};
use crate::day::{Day, Span};
use crate::duty::{Duty, duties_of};
use crate::facts::{Decision, Membership, Person, Team};
use crate::order::sort_few;
use crate::policy::Profile;
use crate::register::{Hashed, Line, runs};
use crate::rule::{
    CardCheck, Check, DecisionCheck, Draft, DutyCheck, Emit, PersonCheck, Rule, SameCheck, Subject,
    TeamCheck, UnitCheck,
};
use crate::rules::RULES;
use crate::setting::Key;
use crate::table::Id;
use crate::view::{
    CardView, DecisionView, DutyView, PersonView, SameView, TeamView, UnitView, comes_of_age_in,
};
use std::borrow::Cow;

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

/// What a sweep has to know of rules and policy, made once.
#[derive(Clone)]
pub(crate) struct Plan {
    checks: Checks,
    asks: Asks,
}

impl Plan {
    pub(crate) fn new(context: &Context) -> Self {
        Self { checks: Checks::new(), asks: Asks::new(context) }
    }
}

/// A rule, and what it does with a view.
type Call<V> = (&'static Rule, fn(&V, &mut Emit<'_>));

/// The rules by what they look at.
#[derive(Clone, Default)]
struct Checks {
    team: Vec<(&'static Rule, TeamCheck)>,
    person: Vec<(&'static Rule, PersonCheck)>,
    unit: Vec<(&'static Rule, UnitCheck)>,
    card: Vec<(&'static Rule, CardCheck)>,
    decision: Vec<(&'static Rule, DecisionCheck)>,
    names: Vec<(&'static Rule, SameCheck<Person>)>,
    citizens: Vec<(&'static Rule, SameCheck<Person>)>,
    numbers: Vec<(&'static Rule, SameCheck<Decision>)>,
    duty: Vec<(&'static Rule, DutyCheck)>,
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
            }
        }
        checks
    }
}

/// Which neighbours the policy has any use for: the days of the others make no boundary.
#[derive(Clone)]
struct Asks {
    positions: bool,
    residences: bool,
    organisations: bool,
    ages: Vec<i32>,
    /// Kinds of teams that are wanted at some level, each with its terms where these are the same everywhere.
    wanted: Vec<(TeamKind, Level, Option<Vec<Term>>)>,
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
                Key::Resident,
            ]),
            residences: asks(&[Key::Resident]),
            organisations: asks(&[Key::Organisations, Key::YoungAge]),
            ages: ages.map(crate::policy::Entry::days).collect(),
            wanted: context
                .wanted_levels()
                .map(|(kind, level)| (kind, level, context.terms(kind, level)))
                .collect(),
        }
    }
}

/// Runs every rule; gives the findings, and the duties of all units in their order.
pub(crate) fn run(context: &Context, plan: &Plan) -> (Found, Vec<Duty>) {
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
        inner.lines.ids().for_each(|line| look(Owner::Duties(line)));
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
    (found, sweep.take_duties())
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
        }
    }

    fn settled(&mut self) -> Vec<Draft> {
        for draft in &mut self.done {
            draft.settle(self.context);
        }
        std::mem::take(&mut self.done)
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

    fn team(&mut self, id: Id<Team>) {
        let (context, facts, inner) = (self.context, self.context.facts(), self.context.inner());
        let team = &facts.teams[id];
        if team.from > context.as_of {
            return;
        }
        self.path.clear();
        let place = context.place_of(id);
        let life = Span { from: team.from, to: team.span().to.min(context.as_of.plus(1)) };
        let mut all = std::mem::take(&mut self.all);
        all.clear();
        all.extend(inner.members.of(id).map(|id| (facts.memberships[id].person, id)));
        sort_few(&mut all);
        self.cut(team.span());
        for suspension in inner.suspensions.of(id) {
            self.cut_in(life, facts.suspensions[suspension].span());
        }
        if let Some(decision) = context.decision(id) {
            self.cut_at(life, facts.decisions[decision].effective());
            // The first that supersedes it goes on to be the first.
            let by = inner.superseded.of(decision).map(|link| &facts.decisions[inner.links[link].by]);
            let known = by.filter(|by| by.signed <= context.as_of);
            if let Some(day) = known.map(Decision::effective).min() {
                self.cut_at(life, day);
            }
        }
        for declaration in inner.declarations.of(id) {
            self.cut_at(life, facts.declarations[declaration].from);
        }
        for above in [team.parent.0, team.committee.0].into_iter().flatten() {
            self.cut_in(life, facts.teams[above].span());
        }
        self.cut_path(life, place);
        for village in facts.ids(team.covers) {
            for version in inner.versions(inner.line_of[village]) {
                let unit = &facts.units[version];
                self.cut_in(life, unit.span());
                if let Some(parent) = unit.parent.0 {
                    self.cut_path(life, inner.line_of[parent]);
                }
            }
        }
        for &(person, membership) in &all {
            let membership = &facts.memberships[membership];
            self.cut(membership.span());
            if let Some(decision) = membership.decision.0 {
                self.cut_at(life, facts.decisions[decision].effective());
            }
            if let Some(body) = membership.on_behalf_of.0 {
                self.cut_in(life, facts.bodies[body].span());
            }
            self.cut_member(life, person);
        }
        let (mut members, mut path) = (std::mem::take(&mut self.members), std::mem::take(&mut self.path));
        let (subject, unit) = (Subject::Team(id), Some(place));
        self.sweep(unit, |sweep, span, profile| {
            members.clear();
            let rows = all.iter().map(|&(_, id)| &facts.memberships[id]);
            members.extend(rows.filter(|row| row.span().contains(span.from)));
            path.clear();
            path.extend(inner.path(place, span.from));
            let view = TeamView { context, id, day: span.from, profile, path: &path, members: &members };
            for &(rule, check) in &sweep.plan.checks.team {
                check(&view, &mut Emit { rule, subject, unit, span, drafts: &mut sweep.fresh });
            }
        });
        (self.all, self.members, self.path) = (all, members, path);
    }

    /// Notes the days on which what is known of a member changes, as far as the policy asks for it.
    fn cut_member(&mut self, life: Span, person: Id<Person>) {
        let (facts, inner) = (self.context.facts(), self.context.inner());
        if self.plan.asks.positions {
            for position in inner.positions.of(person) {
                self.cut_in(life, facts.positions[position].span());
            }
        }
        if self.plan.asks.organisations {
            for affiliation in inner.affiliations.of(person) {
                self.cut_in(life, facts.affiliations[affiliation].span());
            }
        }
        if self.plan.asks.residences {
            for residence in inner.residences.of(person) {
                let residence = &facts.residences[residence];
                self.cut_in(life, residence.span());
                self.cut_path(life, inner.line_of[residence.unit]);
            }
        }
        if let Some(born) = facts.people[person].born {
            for at in 0..self.plan.asks.ages.len() {
                let day = self.plan.asks.ages.get(at).and_then(|&age| comes_of_age_in(life, born.0, age));
                self.cuts.extend(day);
            }
        }
    }

    /// Notes the days on which a unit, or one above it, changes; those of a unit once.
    fn cut_path(&mut self, within: Span, lowest: Id<Line>) {
        let (facts, inner) = (self.context.facts(), self.context.inner());
        let mut path = std::mem::take(&mut self.path);
        let mut next = path.len();
        path.extend(Some(lowest).filter(|lowest| !path.contains(lowest)));
        while let Some(&line) = path.get(next) {
            next += 1;
            for version in inner.versions(line) {
                let unit = &facts.units[version];
                self.cut_in(within, unit.span());
                let parent = unit.parent.0.map(|parent| inner.line_of[parent]);
                path.extend(parent.filter(|parent| !path.contains(parent)));
            }
        }
        self.path = path;
    }

    fn person(&mut self, id: Id<Person>) {
        let (context, facts, inner) = (self.context, self.context.facts(), self.context.inner());
        // One membership leaves nothing to compare, but for a head with a position.
        let mut memberships = inner.memberships.of(id).map(|id| &facts.memberships[id]);
        let Some(first) = memberships.next() else { return };
        let is_bare = || first.role != Role::Head || inner.positions.of(id).next().is_none();
        if memberships.next().is_none() && is_bare() {
            return;
        }
        let mut places = Vec::new();
        for membership in inner.memberships.of(id).map(|id| &facts.memberships[id]) {
            self.cut(membership.span());
            self.cut(facts.teams[membership.team].span());
            if membership.from <= context.as_of && context.knows_team(membership.team) {
                places.push(context.place_of(membership.team));
            }
        }
        if places.is_empty() {
            self.cuts.clear();
            return;
        }
        for position in inner.positions.of(id) {
            self.cut(facts.positions[position].span());
        }
        sort_few(&mut places);
        places.dedup();
        let unit =
            if let &[place] = &places[..] { Some(place) } else { context.common(places.iter().copied()) };
        // A finding may belong to a lower unit than the one of all teams, and is weighed there.
        if places.len() > 1 {
            let mut own = Vec::new();
            for &place in &places {
                context.add_scope_cuts(place, &mut own);
            }
            let first = self.cuts.iter().copied().min();
            self.cuts.extend(own.into_iter().filter(|&day| first.is_some_and(|first| first < day)));
        }
        let subject = Subject::Person(id);
        self.sweep(unit, |sweep, span, profile| {
            let view = PersonView { context, id, day: span.from, profile };
            for &(rule, check) in &sweep.plan.checks.person {
                check(&view, &mut Emit { rule, subject, unit, span, drafts: &mut sweep.fresh });
            }
        });
    }

    /// What is entered of a person is no matter of days.
    fn card(&mut self, id: Id<Person>) {
        let (context, plan) = (self.context, self.plan);
        let person = &context.facts().people[id];
        if person.phone.is_some() || person.citizen_number.is_some() {
            let about = (Subject::Person(id), Day::OPEN_START);
            let unit = || context.common(context.communes(id));
            self.once(&plan.checks.card, &CardView::new(context, id), about, unit);
        }
    }

    fn unit(&mut self, line: Id<Line>) {
        let (context, facts, inner) = (self.context, self.context.facts(), self.context.inner());
        for version in inner.versions(line) {
            self.cut(facts.units[version].span());
        }
        let always = Span { from: Day::OPEN_START, to: Day::OPEN_END };
        for child in inner.children.of(line) {
            let unit = &facts.units[child];
            self.cut_in(always, unit.span());
            if unit.level == Level::Village {
                let village = inner.line_of[child];
                self.cut_teams_serving(village);
                self.cut_terms(village, |kind| kind == TeamKind::Community);
                context.add_scope_cuts(village, &mut self.cuts);
            }
        }
        for team in inner.managed.of(line) {
            self.cut_in(always, facts.teams[team].span());
        }
        if inner.level(line) == Level::Village {
            // Of one team that serves it nothing is said.
            if inner.covers_of.of(line).nth(1).is_some() {
                self.cut_teams_serving(line);
            }
            self.cut_terms(line, |kind| kind != TeamKind::Community);
        } else {
            self.cut_terms(line, |_| true);
        }
        let subject = Subject::Unit(line);
        self.sweep(Some(line), |sweep, span, profile| {
            let view = UnitView { context, line, day: span.from, profile };
            for &(rule, check) in &sweep.plan.checks.unit {
                check(&view, &mut Emit { rule, subject, unit: Some(line), span, drafts: &mut sweep.fresh });
            }
        });
    }

    /// Notes the days on which a unit without a wanted team becomes overdue.
    fn cut_terms(&mut self, line: Id<Line>, is_it: fn(TeamKind) -> bool) {
        let (context, level) = (self.context, self.context.inner().level(line));
        for (kind, _, terms) in
            self.plan.asks.wanted.iter().filter(|wanted| wanted.1 == level && is_it(wanted.0))
        {
            match terms {
                Some(terms) => self.cuts.extend(terms.iter().map(|term| context.overdue_from(line, *term))),
                None => context.add_term_cuts(*kind, line, &mut self.cuts),
            }
        }
    }

    fn cut_teams_serving(&mut self, village: Id<Line>) {
        let inner = self.context.inner();
        for cover in inner.covers_of.of(village) {
            self.cut(self.context.facts().teams[inner.covers[cover].team].span());
        }
    }

    fn decision(&mut self, id: Id<Decision>) {
        let (context, plan) = (self.context, self.plan);
        let decision = &context.facts().decisions[id];
        if decision.signed <= context.as_of {
            let about = (Subject::Decision(id), decision.signed);
            let unit = || context.seat_of(decision.body);
            self.once(&plan.checks.decision, &DecisionView { context, id }, about, unit);
        }
    }

    fn duties(&mut self, line: Id<Line>) {
        let context = self.context;
        let (subject, unit, to) = (Subject::Unit(line), Some(line), context.as_of.plus(1));
        for duty in duties_of(context, line) {
            let view = DutyView { context, duty: &duty };
            let span = Span { from: duty.last.plus(1), to };
            for &(rule, check) in &self.plan.checks.duty {
                check(&view, &mut Emit { rule, subject, unit, span, drafts: &mut self.fresh });
            }
            self.duties.push(duty);
        }
        self.weigh(context.as_of);
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
