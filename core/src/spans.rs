//! The *span engine* says when a rule runs. It cuts a subject's life at every boundary of its neighbourhood, runs each rule
//! once per constant span, and joins equal findings of neighbouring spans. So no rule sweeps intervals itself.

use crate::context::Context;
use crate::day::{Day, Span};
use crate::facts::{Level, Team};

use crate::order::sort_few;
use crate::policy::Key;
use crate::register::Line;
use crate::rule::{Check, Draft, Emit, Subject};
use crate::rules::RULES;
use crate::table::Id;
use crate::view::{GroupView, PersonView, TeamView, UnitView, term};

/// What is known of one subject while it is swept.
struct Sweep<'c> {
    context: &'c Context,
    cuts: Vec<Day>,
    /// Drafts of the span at hand.
    fresh: Vec<Draft>,
    /// Drafts that held in the span before it.
    open: Vec<Draft>,
    done: Vec<Draft>,
}

/// Runs every rule.
pub(crate) fn run(context: &Context) -> Vec<Draft> {
    let mut sweep =
        Sweep { context, cuts: Vec::new(), fresh: Vec::new(), open: Vec::new(), done: Vec::new() };
    sweep.teams();
    sweep.people();
    sweep.units();
    sweep.groups();
    for draft in &mut sweep.done {
        draft.settle(context);
    }
    sweep.done
}

impl Sweep<'_> {
    /// Notes the boundaries of a span.
    fn cut(&mut self, span: Span) {
        self.cuts.extend([span.from, span.to]);
    }

    /// Calls `look` for every constant span of the subject's life up to `as_of`, and joins what it finds.
    fn sweep(&mut self, mut look: impl FnMut(Span, &mut Vec<Draft>)) {
        let as_of = self.context.as_of;
        let mut cuts = std::mem::take(&mut self.cuts);
        cuts.retain(|&day| day <= as_of);
        let Some(first) = cuts.iter().copied().min() else { return };
        cuts.extend(self.context.policy_cuts.iter().filter(|&&day| first < day && day <= as_of));
        sort_few(&mut cuts);
        cuts.dedup();
        for (position, &from) in cuts.iter().enumerate() {
            let to = cuts.get(position + 1).copied().unwrap_or(as_of.plus(1));
            look(Span { from, to }, &mut self.fresh);
            self.join();
        }
        self.join();
        cuts.clear();
        self.cuts = cuts;
    }

    /// Lets each fresh draft carry on the open one that says the same; an open one that none carries on has ended. Rules
    /// speak in the same order in every span, so the one looked for is mostly the next.
    fn join(&mut self) {
        let mut next = 0;
        for fresh in &mut self.fresh {
            let (before, after) = self.open.split_at(next);
            let ahead = after.iter().position(|open| open.says_the_same(fresh)).map(|at| next + at);
            let same = ahead.or_else(|| before.iter().position(|open| open.says_the_same(fresh)));
            if let Some(open) = same.and_then(|at| self.open.get_mut(at)) {
                fresh.span.from = open.span.from;
                open.is_carried_on = true;
                next = same.map_or(next, |at| at + 1);
            }
        }
        let ended =
            self.open.drain(..).filter(|draft| !draft.is_carried_on && draft.span.days() > draft.longer_than);
        self.done.extend(ended);
        std::mem::swap(&mut self.open, &mut self.fresh);
    }

    fn teams(&mut self) {
        let (context, facts, inner) = (self.context, self.context.facts(), self.context.inner());
        let (mut all, mut members) = (Vec::new(), Vec::new());
        for (id, team) in facts.teams.iter().filter(|(_, team)| team.from <= context.as_of) {
            all.clear();
            all.extend(inner.members.of(id).map(|id| (facts.memberships[id].person, id)));
            sort_few(&mut all);
            self.cut(team.span());
            for &(_, membership) in &all {
                self.cut(facts.memberships[membership].span());
            }
            for suspension in inner.suspensions.of(id) {
                self.cut(facts.suspensions[suspension].span());
            }
            if let Some(decision) = context.decision(id) {
                self.cuts.push(facts.decisions[decision].effective());
            }
            let (subject, unit) = (Subject::Team(id), Some(context.place_of(id)));
            self.sweep(|span, drafts| {
                members.clear();
                members
                    .extend(all.iter().filter(|&&(_, id)| facts.memberships[id].span().contains(span.from)));
                let view = TeamView { context, id, day: span.from, members: &members };
                for rule in RULES {
                    if let Check::Team(check) = rule.check {
                        check(&view, &mut Emit { rule, subject, unit, span, drafts });
                    }
                }
            });
        }
    }

    fn people(&mut self) {
        let (context, facts, inner) = (self.context, self.context.facts(), self.context.inner());
        // Only a position ties a person to a day that no team knows of.
        for id in inner.positions.owners() {
            for membership in inner.memberships.of(id).map(|id| &facts.memberships[id]) {
                self.cut(membership.span());
                self.cut(facts.teams[membership.team].span());
            }
            for position in inner.positions.of(id) {
                self.cut(facts.positions[position].span());
            }
            let subject = Subject::Person(id);
            self.sweep(|span, drafts| {
                let view = PersonView { context, id, day: span.from };
                for rule in RULES {
                    if let Check::Person(check) = rule.check {
                        check(&view, &mut Emit { rule, subject, unit: None, span, drafts });
                    }
                }
            });
        }
    }

    fn units(&mut self) {
        let (context, facts, inner) = (self.context, self.context.facts(), self.context.inner());
        for line in inner.lines.ids() {
            let level = inner.level(line);
            if !matches!(level, Level::Commune | Level::Village) {
                continue;
            }
            for version in inner.versions(line) {
                self.cut(facts.units[version].span());
            }
            if level == Level::Village {
                self.cut_teams_serving(line);
            } else {
                for village in inner.children.of(line).filter(|&id| facts.units[id].level == Level::Village) {
                    self.cut(facts.units[village].span());
                    let village = inner.line_of[village];
                    self.cut_teams_serving(village);
                    for entry in
                        context.policy.entries().iter().filter(|entry| entry.key == Key::VillageTeamDays)
                    {
                        self.cuts.push(term(context, village, entry));
                    }
                }
            }
            let subject = Subject::Unit(line);
            self.sweep(|span, drafts| {
                let view = UnitView { context, line, day: span.from };
                for rule in RULES {
                    if let Check::Unit(check) = rule.check {
                        check(&view, &mut Emit { rule, subject, unit: Some(line), span, drafts });
                    }
                }
            });
        }
    }

    fn cut_teams_serving(&mut self, village: Id<Line>) {
        let inner = self.context.inner();
        for cover in inner.covers_of.of(village) {
            let team: &Team = &self.context.facts().teams[inner.covers[cover].team];
            self.cut(team.span());
        }
    }

    /// People have no days of their own, so those of one name are looked at once, as known on `as_of`.
    fn groups(&mut self) {
        let context = self.context;
        let span = Span { from: Day::OPEN_START, to: context.as_of.plus(1) };
        for people in
            context.inner().names.chunk_by(|a, b| a.hash == b.hash).filter(|people| people.len() > 1)
        {
            let view = GroupView { context, people };
            for rule in RULES {
                if let (Check::Group(check), Some(first)) = (rule.check, people.first()) {
                    let subject = Subject::Person(first.person);
                    check(&view, &mut Emit { rule, subject, unit: None, span, drafts: &mut self.done });
                }
            }
        }
    }
}
