//! Where the life of each subject is cut: at every boundary of what its rules may see.

use super::Sweep;
use crate::choice::{Level, Role, TeamKind};
use crate::day::{Day, Span, comes_of_age_in, is_older};
use crate::duty::duties_of;
use crate::facts::{Decision, Membership, Person, Team};
use crate::field::Birth;
use crate::order::sort_few;
use crate::record::unfit;
use crate::register::Line;
use crate::rule::{Emit, Subject};
use crate::table::Id;
use crate::view::{
    CardView, DecisionView, DutyView, ObligationView, PersonView, RecordView, TeamView, UnitView,
};

impl Sweep<'_> {
    pub(super) fn team(&mut self, id: Id<Team>) {
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
            for id in context.renewed(decision) {
                self.cut_at(life, facts.decisions[id].effective());
            }
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
        self.cut_ages(life, &all);
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
                let mut homes = vec![inner.line_of[residence.unit]];
                let mut next = 0;
                while let Some(&home) = homes.get(next).filter(|_| next < 16) {
                    next += 1;
                    self.cut_path(life, home);
                    for (day, heir) in self.context.heirs(home) {
                        self.cuts.extend(Some(day).filter(|&day| life.from < day && day < life.to));
                        homes.extend(Some(heir).filter(|heir| !homes.contains(heir)));
                    }
                }
            }
        }
    }

    /// Notes the days on which members become older than an age that is asked; where somebody is not older all along, no such day matters.
    fn cut_ages(&mut self, life: Span, members: &[(Id<Person>, Id<Membership>)]) {
        let (facts, plan) = (self.context.facts(), self.plan);
        for &age in &plan.asks.ages {
            let stays_young = |&(person, membership): &(Id<Person>, Id<Membership>)| {
                let span = facts.memberships[membership].span();
                let is_older = |born: Birth| is_older(born.0, age, life.to.plus(-1));
                span.from <= life.from
                    && life.to <= span.to
                    && !facts.people[person].born.is_some_and(is_older)
            };
            if members.iter().any(stays_young) {
                continue;
            }
            let births = members.iter().filter_map(|&(person, _)| facts.people[person].born);
            self.cuts.extend(births.filter_map(|born| comes_of_age_in(life, born.0, age)));
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

    pub(super) fn person(&mut self, id: Id<Person>) {
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
    pub(super) fn card(&mut self, id: Id<Person>) {
        let (context, plan) = (self.context, self.plan);
        let person = &context.facts().people[id];
        if person.phone.is_some() || person.citizen_number.is_some() {
            let about = (Subject::Person(id), Day::OPEN_START);
            let unit = || context.common(context.communes(id));
            self.once(&plan.checks.card, &CardView::new(context, id), about, unit);
        }
    }

    pub(super) fn unit(&mut self, line: Id<Line>) {
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

    pub(super) fn decision(&mut self, id: Id<Decision>) {
        let (context, plan) = (self.context, self.plan);
        let decision = &context.facts().decisions[id];
        if decision.signed <= context.as_of {
            let about = (Subject::Decision(id), decision.signed);
            let unit = || context.seat_of(decision.body);
            self.once(&plan.checks.decision, &DecisionView { context, id }, about, unit);
        }
    }

    pub(super) fn duties(&mut self, line: Id<Line>) {
        let (context, plan) = (self.context, self.plan);
        let (unit, to) = (Some(line), context.as_of.plus(1));
        let duties = duties_of(context, &plan.terms, line);
        for record in unfit(context, &duties, line) {
            let view = RecordView { context, record: &record, line };
            let span = Span { from: record.day, to };
            let subject = view.team().map_or(Subject::Unit(line), Subject::Team);
            for &(rule, check) in &plan.checks.record {
                check(&view, &mut Emit { rule, subject, unit, span, drafts: &mut self.fresh });
            }
        }
        for duty in duties {
            let view = DutyView { context, duty: &duty };
            let span = Span { from: duty.last.plus(1), to };
            let subject = duty.debtor.team().map_or(Subject::Unit(line), Subject::Team);
            for &(rule, check) in &plan.checks.duty {
                check(&view, &mut Emit { rule, subject, unit, span, drafts: &mut self.fresh });
            }
            self.duties.push(duty);
        }
        let is_there = context.inner().version(line, context.as_of).is_some();
        if is_there && context.inner().path(line, context.as_of).nth(1).is_none() {
            let span = Span { from: context.as_of, to };
            let view = ObligationView { context, terms: &plan.terms, line };
            for &(rule, check) in &plan.checks.obligation {
                let subject = Subject::Unit(line);
                check(&view, &mut Emit { rule, subject, unit, span, drafts: &mut self.fresh });
            }
        }
        self.weigh(context.as_of);
        self.done.append(&mut self.fresh);
    }
}
