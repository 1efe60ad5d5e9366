//! *Who is who*: the teams in force on a day, each with its place, the team above it, its decision and its members.

use crate::choice::{Level, Role, TeamKind};
use crate::context::Context;
use crate::error::Error;
use crate::facts::{Membership, Team};
use crate::order::{sort, sort_by};
use crate::register::Line;
use crate::table::Id;
use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// Which teams are wanted. The default is all of them.
#[derive(Clone, Debug, Default)]
pub struct TeamQuery {
    /// Code of a unit: teams that it or a unit below it manages.
    pub unit: Option<String>,
    /// One kind.
    pub kind: Option<TeamKind>,
}

/// A team that is in force on the day of its checked register.
#[derive(Clone, Copy)]
pub struct TeamRow<'c> {
    context: &'c Context,
    team: Id<Team>,
}

pub(crate) fn teams<'c>(context: &'c Context, query: &TeamQuery) -> Result<Vec<TeamRow<'c>>, Error> {
    let unit = query.unit.as_deref().map(|code| context.lines(code)).transpose()?;
    let (facts, inner, day) = (context.facts(), context.inner(), context.as_of);
    let mut rows: Vec<TeamRow<'c>> = facts
        .teams
        .iter()
        .filter(|(_, team)| team.span().contains(day) && query.kind.is_none_or(|kind| kind == team.kind))
        .filter(|&(id, _)| unit.as_ref().is_none_or(|unit| context.is_below(context.place_of(id), unit, day)))
        .map(|(team, _)| TeamRow { context, team })
        .collect();
    let key = |row: &TeamRow<'c>| {
        let place = context.place_of(row.team);
        (inner.level(place), inner.code(place, day), row.row().kind, row.id())
    };
    sort_by(&mut rows, |a, b| key(a).cmp(&key(b)));
    Ok(rows)
}

/// The team above on `as_of`: as stated, if that one is in force; else the nearest steering team above. For a community team that may be one of its own
/// unit; of several in one unit, the first by identifier.
fn parent(context: &Context, id: Id<Team>) -> Option<Id<Team>> {
    let (facts, inner, day) = (context.facts(), context.inner(), context.as_of);
    let team = &facts.teams[id];
    let stated = team.parent.0.filter(|&above| facts.teams[above].span().contains(day));
    if stated.is_some() {
        return stated;
    }
    if team.kind == TeamKind::Committee {
        return None;
    }
    let own = usize::from(team.kind == TeamKind::Steering);
    let steering = |line: Id<Line>| {
        let teams = inner.managed.of(line).filter(|&id| {
            let team = &facts.teams[id];
            team.kind == TeamKind::Steering && team.span().contains(day)
        });
        teams.min_by_key(|&id| facts.text(facts.teams[id].id.0))
    };
    inner.path(context.place_of(id), day).skip(own).find_map(steering)
}

impl<'c> TeamRow<'c> {
    fn row(&self) -> &'c Team {
        &self.context.facts().teams[self.team]
    }

    fn key(&self, id: Id<Team>) -> &'c str {
        let facts = self.context.facts();
        facts.text(facts.teams[id].id.0)
    }

    /// The identifier.
    #[must_use]
    pub fn id(&self) -> &'c str {
        self.key(self.team)
    }

    /// The kind.
    #[must_use]
    pub fn kind(&self) -> TeamKind {
        self.row().kind
    }

    /// The code of the unit that manages it.
    #[must_use]
    pub fn unit(&self) -> &'c str {
        self.context.inner().code(self.context.place_of(self.team), self.context.as_of)
    }

    /// The identifier of the team above: as stated, else the nearest steering team above on the day; none for a committee, or if there
    /// is no such team.
    #[must_use]
    pub fn parent(&self) -> Option<&'c str> {
        parent(self.context, self.team).map(|id| self.key(id))
    }

    /// Whether it is suspended on the day.
    #[must_use]
    pub fn is_suspended(&self) -> bool {
        let suspensions = &self.context.facts().suspensions;
        let mut own = self.context.inner().suspensions.of(self.team);
        own.any(|id| suspensions[id].span().contains(self.context.as_of))
    }

    /// How many people are members on the day, by memberships.
    #[must_use]
    pub fn size(&self) -> usize {
        self.members().count()
    }

    fn members(&self) -> impl Iterator<Item = &'c Membership> + use<'c> {
        let (context, day) = (self.context, self.context.as_of);
        let rows = &context.facts().memberships;
        context.inner().members.of(self.team).map(|id| &rows[id]).filter(move |row| row.span().contains(day))
    }
}

impl Serialize for TeamRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (facts, inner, day) = (self.context.facts(), self.context.inner(), self.context.as_of);
        let team = self.row();
        let mut covers: Vec<_> =
            facts.ids(team.covers).map(|unit| inner.code(inner.line_of[unit], day)).collect();
        if covers.is_empty() && inner.level(self.context.place_of(self.team)) == Level::Village {
            covers.push(self.unit());
        }
        sort(&mut covers);
        let mut members: Vec<Member<'_>> =
            self.members().map(|row| Member { context: self.context, row }).collect();
        sort_by(&mut members, |a, b| a.key().cmp(&b.key()));
        let date = |date: Option<NaiveDate>| date.map(|date| date.to_string());
        let mut map = serializer.serialize_map(Some(12))?;
        map.serialize_entry("id", self.id())?;
        map.serialize_entry("name", &team.name.map(|name| facts.text(name)))?;
        map.serialize_entry("kind", team.kind.word())?;
        map.serialize_entry("unit", self.unit())?;
        map.serialize_entry("covers", &covers)?;
        map.serialize_entry("parent", &self.parent())?;
        let committee = team.committee.0.filter(|&id| self.context.knows_team(id));
        map.serialize_entry("committee", &committee.map(|id| self.key(id)))?;
        let decision = self.context.decision(self.team);
        map.serialize_entry("decision", &decision.map(|id| facts.text(facts.decisions[id].id.0)))?;
        map.serialize_entry("from", &date(team.from.date()))?;
        map.serialize_entry("to", &date(team.span().to.date()))?;
        map.serialize_entry("suspended", &self.is_suspended())?;
        map.serialize_entry("members", &members)?;
        map.end()
    }
}

struct Member<'c> {
    context: &'c Context,
    row: &'c Membership,
}

impl<'c> Member<'c> {
    fn person(&self) -> &'c str {
        let facts = self.context.facts();
        facts.text(facts.people[self.row.person].id.0)
    }

    fn position(&self) -> Option<&'c str> {
        self.row.position.map(|word| self.context.facts().word(word))
    }

    /// By role, then person; the rest tells apart two rows of one person.
    fn key(&self) -> (Role, &'c str, bool, Option<&'c str>) {
        (self.row.role, self.person(), self.row.acting, self.position())
    }
}

impl Serialize for Member<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("person", self.person())?;
        map.serialize_entry("role", self.row.role.word())?;
        map.serialize_entry("acting", &self.row.acting)?;
        map.serialize_entry("position", &self.position())?;
        map.end()
    }
}
