//! A *view* shows a rule one subject and its neighbourhood on one day, as if time stood still. What a view does not show,
//! a rule cannot depend on.

use crate::context::Context;
use crate::day::Day;
use crate::facts::{Decision, Level, Membership, Person, Position, Team, TeamKind};
use crate::order::sort_few;
use crate::policy::{Entry, Key};
use crate::register::{Cover, Line, Named};
use crate::table::{Id, Word};
use crate::text::compare_names;
use std::cmp::Ordering;

/// The entry of the policy in force, and its position for the finding's basis.
pub(crate) type Asked<'c> = Option<(usize, &'c Entry)>;

fn asked(context: &Context, key: Key, day: Day) -> Asked<'_> {
    let id = context.entry_id(key, day)?;
    Some((id, context.entry(id)?))
}

/// A team: itself, its members, its decision, its suspensions.
pub(crate) struct TeamView<'c> {
    pub context: &'c Context,
    pub id: Id<Team>,
    pub day: Day,
    /// Memberships that hold on the day, those of one person side by side.
    pub members: &'c [(Id<Person>, Id<Membership>)],
}

impl<'c> TeamView<'c> {
    pub(crate) fn policy(&self, key: Key) -> Asked<'c> {
        asked(self.context, key, self.day)
    }

    fn team(&self) -> &'c Team {
        &self.context.facts().teams[self.id]
    }

    pub(crate) fn is_in_force(&self) -> bool {
        self.team().span().contains(self.day)
    }

    pub(crate) fn kind(&self) -> TeamKind {
        self.team().kind
    }

    pub(crate) fn is_suspended(&self) -> bool {
        let suspensions = &self.context.facts().suspensions;
        self.context.inner().suspensions.of(self.id).any(|id| suspensions[id].span().contains(self.day))
    }

    /// The decision that set the team up, if it is known.
    pub(crate) fn decision(&self) -> Option<(Id<Decision>, &'c Decision)> {
        let id = self.context.decision(self.id)?;
        Some((id, &self.context.facts().decisions[id]))
    }

    /// Memberships, those of one person side by side.
    pub(crate) fn members(&self) -> impl Iterator<Item = &'c Membership> + use<'c> {
        let memberships = &self.context.facts().memberships;
        self.members.iter().map(|&(_, id)| &memberships[id])
    }

    /// Each member once, with the number of memberships.
    pub(crate) fn people(&self) -> impl Iterator<Item = (Id<Person>, usize)> + use<'c> {
        let same = self.members.chunk_by(|a, b| a.0 == b.0);
        same.filter_map(|rows| rows.first().map(|&(person, _)| (person, rows.len())))
    }
}

/// A person: memberships and positions.
pub(crate) struct PersonView<'c> {
    pub context: &'c Context,
    pub id: Id<Person>,
    pub day: Day,
}

impl<'c> PersonView<'c> {
    /// Memberships that hold on the day, in teams in force.
    pub(crate) fn memberships(&self) -> impl Iterator<Item = &'c Membership> + use<'c> {
        let (context, day) = (self.context, self.day);
        let rows = &context.facts().memberships;
        let known = context.inner().memberships.of(self.id).map(|id| &rows[id]);
        known.filter(move |row| {
            row.span().contains(day) && context.facts().teams[row.team].span().contains(day)
        })
    }

    /// Positions of one kind that the person holds on the day or held before: those in the territory of `team`, or, if there are
    /// none, all. Who now heads another village no longer heads this one.
    pub(crate) fn positions(
        &self,
        kind: Word,
        team: Id<Team>,
    ) -> impl Iterator<Item = &'c Position> + use<'c> {
        let (context, inner, day) = (self.context, self.context.inner(), self.day);
        let (facts, id) = (context.facts(), self.id);
        let known = move || {
            let known = inner.positions.of(id).map(|id| &facts.positions[id]);
            known.filter(move |row| row.kind == kind && row.from <= day)
        };
        // Where there is a choice only, the territory is looked at.
        let several = known().nth(1).is_some();
        let covers = facts.ids(facts.teams[team].covers).map(|unit| inner.line_of[unit]);
        let mut places: Vec<_> = covers.chain([context.place_of(team)]).filter(|_| several).collect();
        sort_few(&mut places);
        let is_here = move |row: &&Position| {
            row.unit.0.is_some_and(|unit| places.binary_search(&inner.line_of[unit]).is_ok())
        };
        let any_here = several && known().any(|row| is_here(&row));
        known().filter(move |row| !any_here || is_here(row))
    }
}

/// A unit: the villages below it, and the community teams that serve them or it.
pub(crate) struct UnitView<'c> {
    pub context: &'c Context,
    pub line: Id<Line>,
    pub day: Day,
}

impl<'c> UnitView<'c> {
    pub(crate) fn policy(&self, key: Key) -> Asked<'c> {
        asked(self.context, key, self.day)
    }

    pub(crate) fn level(&self) -> Level {
        self.context.inner().level(self.line)
    }

    pub(crate) fn exists(&self) -> bool {
        self.context.inner().version(self.line, self.day).is_some()
    }

    /// Community teams in force that serve a village.
    pub(crate) fn teams_serving(&self, village: Id<Line>) -> impl Iterator<Item = Id<Team>> + use<'c> {
        serving(self.context, village, self.day)
    }

    /// The villages of a commune.
    pub(crate) fn villages(&self) -> impl Iterator<Item = Id<Line>> + use<'c> {
        villages(self.context, self.line, self.day)
    }

    /// Whether a village has been there, and has been asked for a team, for the days that the policy gives it.
    pub(crate) fn is_overdue(&self, village: Id<Line>, entry: &Entry) -> bool {
        term(self.context, village, entry) <= self.day
    }
}

/// Community teams in force on `day` that serve `village`, each once.
pub(crate) fn serving(context: &Context, village: Id<Line>, day: Day) -> impl Iterator<Item = Id<Team>> + '_ {
    let covers = &context.inner().covers;
    let mut last = None;
    context.inner().covers_of.of(village).map(|id: Id<Cover>| covers[id].team).filter(move |&team| {
        let row = &context.facts().teams[team];
        // A team that lists a village twice has its rows side by side.
        let again = last.replace(team) == Some(team);
        !again && row.kind == TeamKind::Community && row.span().contains(day)
    })
}

/// The villages of `commune` on `day`.
pub(crate) fn villages(
    context: &Context,
    commune: Id<Line>,
    day: Day,
) -> impl Iterator<Item = Id<Line>> + '_ {
    let (inner, units) = (context.inner(), &context.facts().units);
    inner
        .children
        .of(commune)
        .filter(move |&id| units[id].level == Level::Village && units[id].span().contains(day))
        .map(|id| inner.line_of[id])
}

/// The first day on which a village without a team is overdue under `entry`.
pub(crate) fn term(context: &Context, village: Id<Line>, entry: &Entry) -> Day {
    let inner = context.inner();
    let start = context.unit(inner.lines[village]).span().from;
    start.max(context.since(entry)).plus(entry.days())
}

/// People whose names hash alike, by birth day, those without one first.
pub(crate) struct GroupView<'c> {
    pub context: &'c Context,
    pub people: &'c [Named],
}

impl<'c> GroupView<'c> {
    pub(crate) fn person(&self, id: Id<Person>) -> &'c Person {
        &self.context.facts().people[id]
    }

    /// The identifier of a person.
    pub(crate) fn key(&self, id: Id<Person>) -> &'c str {
        self.context.facts().text(self.person(id).id.0)
    }

    /// Equal for one name, however it is written.
    pub(crate) fn compare_names(&self, a: Id<Person>, b: Id<Person>) -> Ordering {
        let name = |id| self.context.facts().text(self.person(id).name.0);
        compare_names(name(a), name(b))
    }

    /// The digits of a person's citizen number, to be compared and never shown.
    pub(crate) fn citizen_number(&self, id: Id<Person>) -> Option<Vec<u8>> {
        let number = self.person(id).citizen_number?;
        Some(self.context.facts().text(number.0).bytes().filter(u8::is_ascii_digit).collect())
    }

    /// The units (for a village: its commune) of the teams that a person is or was in, as known on `as_of`.
    pub(crate) fn communes(&self, id: Id<Person>) -> impl Iterator<Item = Id<Line>> + use<'c> {
        let (context, inner) = (self.context, self.context.inner());
        let rows = &context.facts().memberships;
        let known = inner.memberships.of(id).map(|id| &rows[id]);
        let known = known.filter(|row| row.from <= context.as_of && context.knows_team(row.team));
        known.filter_map(move |row| {
            let unit = context.place_of(row.team);
            let mut path = inner.path(unit, context.last_day(unit));
            path.find(|&line| inner.level(line) != Level::Village).or(Some(unit))
        })
    }
}
