//! A *view* shows a rule one subject and its neighbourhood on one day, as if time stood still. What a view does not show,
//! a rule cannot depend on.

use crate::choice::{Level, Role, TeamKind};
use crate::context::{Context, Reach};
use crate::day::{Day, is_older};
use crate::duty::{Duty, binds_anybody};
use crate::facts::{Body, Decision, Facts, Membership, Person, Position, Team, Unit};
use crate::identity::{Citizen, citizen_number, told_digits};
use crate::number::comparable;
use crate::obligation::Terms;
use crate::order::sort_few;
use crate::policy::{Entry, Profile, Value};
use crate::record::Record;
use crate::register::{Cover, Hashed, Line};
use crate::rule::Param;
use crate::setting::{Key, Of, slot};
use crate::table::{Id, Text, Word};
use crate::text::compare_names;
use std::borrow::Cow;
use std::cmp::Ordering;

/// The entry of the policy in force, and its position for the finding's basis.
pub(crate) type Asked<'c> = Option<(usize, &'c Entry)>;

pub(crate) fn asked<'c>(context: &'c Context, profile: &Profile, key: Key, of: Option<Of>) -> Asked<'c> {
    let id = profile.get(slot(key, of))?;
    Some((id, context.entry(id).filter(|entry| !matches!(entry.value, Value::Nothing))?))
}

/// The word of an organisation, and its number if the register has it.
pub(crate) type Organisation<'o> = (&'o str, Option<Word>);

/// A team: its place and territory, its decision and what superseded it, its members and what is known of them.
pub(crate) struct TeamView<'c> {
    pub context: &'c Context,
    pub id: Id<Team>,
    pub day: Day,
    /// What is asked in the unit that manages the team.
    pub profile: &'c Profile,
    /// The unit that manages the team, and those above it on the day.
    pub path: &'c [Id<Line>],
    /// Memberships that hold on the day, those of one person side by side.
    pub members: &'c [&'c Membership],
}

impl<'c> TeamView<'c> {
    /// What is asked of every team.
    pub(crate) fn policy(&self, key: Key) -> Asked<'c> {
        asked(self.context, self.profile, key, None)
    }

    /// What is asked of teams of this kind.
    pub(crate) fn policy_of_kind(&self, key: Key) -> Asked<'c> {
        asked(self.context, self.profile, key, Some(self.kind().into()))
    }

    /// The same by a profile of another day.
    pub(crate) fn policy_then(&self, profile: &Profile, key: Key) -> Asked<'c> {
        asked(self.context, profile, key, Some(self.kind().into()))
    }

    fn facts(&self) -> &'c Facts {
        self.context.facts()
    }

    pub(crate) fn team(&self) -> &'c Team {
        &self.facts().teams[self.id]
    }

    pub(crate) fn is_in_force(&self) -> bool {
        self.team().span().contains(self.day)
    }

    pub(crate) fn kind(&self) -> TeamKind {
        self.team().kind
    }

    pub(crate) fn is_suspended(&self) -> bool {
        let suspensions = &self.facts().suspensions;
        self.context.inner().suspensions.of(self.id).any(|id| suspensions[id].span().contains(self.day))
    }

    /// In force, and not suspended.
    pub(crate) fn is_active(&self) -> bool {
        self.is_in_force() && !self.is_suspended()
    }

    /// The number that is asked of active teams of the kind, after the position of its entry.
    pub(crate) fn bound(&self, key: Key) -> Option<(usize, usize)> {
        let (id, entry) = self.policy_of_kind(key)?;
        self.is_active().then_some((id, entry.count() as usize))
    }

    /// The unit that manages the team.
    pub(crate) fn place(&self) -> Id<Line> {
        self.context.place_of(self.id)
    }

    /// The villages that the team is said to serve.
    pub(crate) fn covers(&self) -> impl Iterator<Item = Id<Line>> + use<'c> {
        let inner = self.context.inner();
        self.facts().ids(self.team().covers).map(|unit| inner.line_of[unit])
    }

    /// Any unit and those above it on the day.
    pub(crate) fn path_of(&self, line: Id<Line>) -> impl Iterator<Item = Id<Line>> + use<'c> {
        self.context.inner().path(line, self.day)
    }

    /// The first day after the last one of a unit that has ended.
    pub(crate) fn ended(&self, line: Id<Line>) -> Option<Day> {
        let inner = self.context.inner();
        if inner.version(line, self.day).is_some() {
            return None;
        }
        let last = self.facts().units[inner.named(line, self.day)].span().to;
        Some(last).filter(|&last| last <= self.day)
    }

    /// The unit by which a line is named on the day.
    pub(crate) fn unit(&self, line: Id<Line>) -> &'c Unit {
        self.context.unit(self.context.inner().named(line, self.day))
    }

    /// The decision that set the team up, if it is known.
    pub(crate) fn decision(&self) -> Option<(Id<Decision>, &'c Decision)> {
        let id = self.context.decision(self.id)?;
        Some((id, &self.facts().decisions[id]))
    }

    /// Of the team's decision and those that it replaces, the one that came into force first.
    pub(crate) fn first_decision(&self) -> Option<(Id<Decision>, &'c Decision)> {
        let decisions = &self.facts().decisions;
        let all = self.context.renewed(self.context.decision(self.id)?);
        let all = all.map(|id| (id, &decisions[id]));
        let key = |row: &Decision| (row.effective(), self.facts().text(row.id.0));
        all.min_by(|a, b| key(a.1).cmp(&key(b.1)))
    }

    /// The decision in force that replaces or annuls `old`, the earliest, and its first day.
    pub(crate) fn superseding(&self, old: Id<Decision>) -> Option<(Day, Id<Decision>)> {
        let (inner, decisions) = (self.context.inner(), &self.facts().decisions);
        let by = inner.superseded.of(old).map(|link| inner.links[link].by);
        let known = by.filter(|&by| decisions[by].signed <= self.context.as_of);
        let in_force = known.map(|by| (decisions[by].effective(), by)).filter(|&(from, _)| from <= self.day);
        let key = |id: Id<Decision>| self.facts().text(decisions[id].id.0);
        in_force.min_by(|a, b| a.0.cmp(&b.0).then_with(|| key(a.1).cmp(key(b.1))))
    }

    /// The declared number of members on the day.
    pub(crate) fn declared(&self) -> Option<usize> {
        let rows = &self.facts().declarations;
        let known = self.context.inner().declarations.of(self.id).map(|id| &rows[id]);
        let last = known.filter(|row| row.from <= self.day).max_by_key(|row| row.from)?;
        usize::try_from(last.members.0).ok()
    }

    /// Memberships, those of one person side by side.
    pub(crate) fn members(&self) -> impl Iterator<Item = &'c Membership> + use<'c> {
        self.members.iter().copied()
    }

    /// The memberships of one person.
    pub(crate) fn rows(&self, person: Id<Person>) -> impl Iterator<Item = &'c Membership> + use<'c> {
        let from = self.members.partition_point(|row| row.person < person);
        let rest = self.members.get(from..).unwrap_or_default();
        rest.iter().copied().take_while(move |row| row.person == person)
    }

    /// Each member once, with the number of memberships.
    pub(crate) fn people(&self) -> impl Iterator<Item = (Id<Person>, usize)> + use<'c> {
        let same = self.members.chunk_by(|a, b| a.person == b.person);
        same.filter_map(|rows| rows.first().map(|row| (row.person, rows.len())))
    }

    /// Each person with some role once, if the team is in force.
    pub(crate) fn with_role(&self, is_it: fn(Role) -> bool) -> Vec<Id<Person>> {
        let mut people: Vec<_> = self.members().filter(|row| is_it(row.role)).map(|row| row.person).collect();
        // Rows of one person stand side by side.
        people.dedup();
        people
    }

    /// Whether a member sits by a position of one of these kinds, or holds one on the day.
    pub(crate) fn holds(&self, member: &Membership, kinds: &[Option<Word>]) -> bool {
        member.position.is_some_and(|kind| kinds.contains(&Some(kind)))
            || self.positions(member.person).any(|kind| kinds.contains(&Some(kind)))
    }

    /// People with such a role, none who only acts, who neither sit by a position of one of these kinds nor hold one.
    pub(crate) fn without_position(
        &self,
        is_it: fn(Role) -> bool,
        kinds: &[Option<Word>],
    ) -> Vec<Id<Person>> {
        let rows = self.members().filter(|member| is_it(member.role) && !member.acting);
        let mut people: Vec<_> = rows.map(|member| member.person).collect();
        people.dedup();
        people.retain(|&person| !self.rows(person).any(|member| self.holds(member, kinds)));
        people
    }

    /// The kinds of the positions that a person holds on the day.
    pub(crate) fn positions(&self, person: Id<Person>) -> impl Iterator<Item = Word> + use<'c> {
        let (rows, day) = (&self.facts().positions, self.day);
        let own = self.context.inner().positions.of(person).map(|id| &rows[id]);
        own.filter(move |row| row.span().contains(day)).map(|row| row.kind)
    }

    /// Whether a member belongs to an organisation on the day, sits on its behalf, or holds a position of it.
    pub(crate) fn belongs(&self, member: &Membership, (organisation, word): Organisation<'_>) -> bool {
        let (facts, day) = (self.facts(), self.day);
        let mut own = self.context.inner().affiliations.of(member.person).map(|id| &facts.affiliations[id]);
        let is_of = |kind| self.context.organisation_of(kind).is_some_and(|own| own == organisation);
        word.is_some_and(|word| {
            own.any(|row| row.organisation == word && row.span().contains(day))
                || self.body(member).is_some_and(|body| body.kind == word)
        }) || member.position.is_some_and(is_of)
            || self.positions(member.person).any(is_of)
    }

    /// The body that a member represents, if it exists on the day.
    pub(crate) fn body(&self, member: &Membership) -> Option<&'c Body> {
        let body = &self.facts().bodies[member.on_behalf_of.0?];
        Some(body).filter(|body| body.span().contains(self.day))
    }

    /// Whether a person is known to be of at most so many years on the day.
    pub(crate) fn is_at_most(&self, person: Id<Person>, age: i32) -> bool {
        let born = self.facts().people[person].born;
        born.is_some_and(|born| !is_older(born.0, age, self.day))
    }

    /// Where a home is on the day: of a unit that has ended, the one that all of it went into; none if that cannot be told.
    fn home(&self, home: Id<Line>) -> Option<Id<Line>> {
        let (inner, mut home) = (self.context.inner(), home);
        // Each step goes to a later day; the bound is for a document that says otherwise.
        for _ in 0..16 {
            if inner.version(home, self.day).is_some() || self.ended(home).is_none() {
                return Some(home);
            }
            home = self.context.heirs(home).find(|&(day, _)| day <= self.day).map(|(_, heir)| heir)?;
        }
        None
    }

    /// Whether a residence is known for the person on the day, and none of those known lies where the team is or works.
    pub(crate) fn lives_elsewhere(&self, person: Id<Person>) -> bool {
        let (inner, rows) = (self.context.inner(), &self.facts().residences);
        let homes = || {
            let own = inner.residences.of(person).map(|id| &rows[id]);
            own.filter(|row| row.span().contains(self.day)).map(|row| inner.line_of[row.unit])
        };
        let place = Some(self.place()).filter(|_| self.team().covers.is_empty());
        let here = |home: Id<Line>| {
            // A home that is only known by its commune is near enough.
            let is_near = |area: Id<Line>| {
                area == home
                    || self.path_of(home).any(|line| line == area)
                    || self.path_of(area).any(|line| line == home)
            };
            self.covers().chain(place).any(is_near)
        };
        // Of what has ended, nobody knows where it would lie.
        let is_near = |home| here(home) || self.home(home).is_none_or(here);
        !homes().any(is_near) && homes().next().is_some()
    }
}

/// A person: memberships and positions.
pub(crate) struct PersonView<'c> {
    pub context: &'c Context,
    pub id: Id<Person>,
    pub day: Day,
    /// What is asked in the lowest unit that holds all teams of the person.
    pub profile: &'c Profile,
}

impl<'c> PersonView<'c> {
    pub(crate) fn policy(&self, key: Key) -> Asked<'c> {
        asked(self.context, self.profile, key, None)
    }

    /// Memberships that hold on the day, in teams in force.
    pub(crate) fn memberships(&self) -> impl Iterator<Item = &'c Membership> + use<'c> {
        let (context, day) = (self.context, self.day);
        let rows = &context.facts().memberships;
        let known = context.inner().memberships.of(self.id).map(|id| &rows[id]);
        known.filter(move |row| {
            row.span().contains(day) && context.facts().teams[row.team].span().contains(day)
        })
    }

    /// The community teams in which the person has such a part, each once.
    pub(crate) fn teams(&self, is_it: fn(&Membership) -> bool) -> Vec<Id<Team>> {
        let teams = &self.context.facts().teams;
        let is_community = |row: &&Membership| teams[row.team].kind == TeamKind::Community;
        let mut found: Vec<_> =
            self.memberships().filter(is_community).filter(|row| is_it(row)).map(|row| row.team).collect();
        sort_few(&mut found);
        found.dedup();
        found
    }

    /// Whether the person sits in a team by a position of one of these kinds, or holds one on the day.
    pub(crate) fn holds(&self, kinds: &[Option<Word>]) -> bool {
        let rows = &self.context.facts().positions;
        let mut own = self.context.inner().positions.of(self.id).map(|id| &rows[id]);
        own.any(|row| row.span().contains(self.day) && kinds.contains(&Some(row.kind)))
            || self.memberships().any(|row| row.position.is_some_and(|kind| kinds.contains(&Some(kind))))
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

/// A unit: its kind, its children, the teams it manages, and the community teams that serve its villages.
pub(crate) struct UnitView<'c> {
    pub context: &'c Context,
    pub line: Id<Line>,
    pub day: Day,
    /// What is asked in the unit.
    pub profile: &'c Profile,
}

impl<'c> UnitView<'c> {
    pub(crate) fn policy(&self, key: Key) -> Asked<'c> {
        asked(self.context, self.profile, key, None)
    }

    /// What is asked of units of this level.
    pub(crate) fn policy_of_level(&self, key: Key) -> Asked<'c> {
        asked(self.context, self.profile, key, Some(self.level().into()))
    }

    pub(crate) fn level(&self) -> Level {
        self.context.inner().level(self.line)
    }

    /// The version of the unit that holds on the day.
    pub(crate) fn unit(&self) -> Option<&'c Unit> {
        self.context.inner().version(self.line, self.day).map(|id| self.context.unit(id))
    }

    pub(crate) fn exists(&self) -> bool {
        self.unit().is_some()
    }

    pub(crate) fn text(&self, text: Text) -> &'c str {
        self.context.facts().text(text)
    }

    /// Versions of units that name this one as the unit above and hold on the day, with the hash of their name.
    pub(crate) fn children(&self) -> impl Iterator<Item = (Id<Line>, u32, &'c Unit)> + use<'c> {
        let (inner, units, day) = (self.context.inner(), &self.context.facts().units, self.day);
        let now = inner.children.of(self.line).filter(move |&id| units[id].span().contains(day));
        now.map(|id| (inner.line_of[id], inner.unit_names[id], &units[id]))
    }

    /// Community teams in force that serve a village.
    pub(crate) fn teams_serving(&self, village: Id<Line>) -> impl Iterator<Item = Id<Team>> + use<'c> {
        serving(self.context, village, self.day)
    }

    /// Whether the unit manages a team of this kind that is in force.
    pub(crate) fn manages(&self, kind: TeamKind) -> bool {
        let teams = &self.context.facts().teams;
        let mut managed = self.context.inner().managed.of(self.line);
        managed.any(|id| teams[id].kind == kind && teams[id].span().contains(self.day))
    }

    /// The villages of a commune.
    pub(crate) fn villages(&self) -> impl Iterator<Item = Id<Line>> + use<'c> {
        villages(self.context, self.line, self.day)
    }

    /// The entry that has wanted a team of `kind` in a unit for longer than the days it gives.
    pub(crate) fn overdue(&self, kind: TeamKind, line: Id<Line>) -> Option<usize> {
        let of_other = (line != self.line).then(|| self.context.profile(Some(line), self.day));
        let profile = of_other.as_deref().unwrap_or(self.profile);
        let wanted = self.context.wanted(profile, kind, line, self.day);
        wanted.filter(|&(_, term)| term <= self.day).map(|(id, _)| id)
    }
}

/// What is entered of a person.
pub(crate) struct CardView<'c> {
    pub context: &'c Context,
    pub id: Id<Person>,
    /// What the citizen number tells, if there is one that can be read.
    pub citizen: Option<Citizen>,
}

impl<'c> CardView<'c> {
    pub(crate) fn new(context: &'c Context, id: Id<Person>) -> Self {
        let facts = context.facts();
        let number = facts.people[id].citizen_number;
        Self { context, id, citizen: number.and_then(|number| citizen_number(facts.text(number.0))) }
    }

    pub(crate) fn person(&self) -> &'c Person {
        &self.context.facts().people[self.id]
    }

    /// To be looked at and never shown.
    pub(crate) fn phone(&self) -> Option<&'c str> {
        self.person().phone.map(|phone| self.context.facts().text(phone.0))
    }
}

/// A decision, the villages in its list, and the teams that name it; as known on `as_of`.
pub(crate) struct DecisionView<'c> {
    pub context: &'c Context,
    pub id: Id<Decision>,
}

impl<'c> DecisionView<'c> {
    pub(crate) fn decision(&self) -> &'c Decision {
        &self.context.facts().decisions[self.id]
    }

    pub(crate) fn number(&self) -> &'c str {
        self.context.facts().text(self.decision().number)
    }

    pub(crate) fn kind(&self) -> &'c str {
        self.context.facts().word(self.decision().kind)
    }

    /// The units in the attached list, each once.
    pub(crate) fn listed(&self) -> Vec<Id<Line>> {
        let inner = self.context.inner();
        let list = self.context.facts().ids(self.decision().attached_list);
        let mut lines: Vec<_> = list.map(|unit| inner.line_of[unit]).collect();
        sort_few(&mut lines);
        lines.dedup();
        lines
    }

    /// Whether a team that has begun names the decision, or one that has replaced it, and belongs to a unit or serves it.
    pub(crate) fn has_team(&self, line: Id<Line>) -> bool {
        let context = self.context;
        let is_its = |team: Id<Team>| context.knows_team(team) && belongs_to(context, team, line);
        context.renewing(self.id).any(|id| context.inner().decided.of(id).any(is_its))
    }
}

/// A duty of a unit, as it stands on `as_of`.
pub(crate) struct DutyView<'c> {
    pub context: &'c Context,
    pub duty: &'c Duty,
}

impl DutyView<'_> {
    /// What tells the duty apart from others of the one who owes it.
    pub(crate) fn params(&self) -> Vec<(&'static str, Param)> {
        let duty = self.duty;
        let mut params = vec![("obligation", Param::Obligation(duty.obligation))];
        params.extend(duty.period.map(|period| ("period", Param::Period(period))));
        params.extend(duty.debtor.person().map(|person| ("person", Param::Person(person))));
        params
    }

    /// What a finding about the duty rests on.
    pub(crate) fn basis(&self) -> usize {
        self.context.policy.entries().len() + self.duty.obligation
    }
}

/// A row about a duty that fits none of a unit's.
pub(crate) struct RecordView<'c> {
    pub context: &'c Context,
    pub record: &'c Record,
    /// The unit in which the row stands.
    pub line: Id<Line>,
}

impl RecordView<'_> {
    /// The team that the row is about, if the unit manages it.
    pub(crate) fn team(&self) -> Option<Id<Team>> {
        self.record.team.filter(|&team| self.context.place_of(team) == self.line)
    }

    /// What the row says of the duty.
    pub(crate) fn params(&self) -> Vec<(&'static str, Param)> {
        let Record { obligation, person, period, event, day, .. } = *self.record;
        let asked = self.record.named(self.context).map(|named| {
            // By the name that it has here.
            let day = self.record.day;
            let own = self.context.holder(named.clone(), self.line, day, day);
            Param::Obligation(own.unwrap_or(named.start))
        });
        let mut params = vec![
            ("table", Param::Table(self.record.order)),
            ("obligation", asked.unwrap_or(Param::Word(obligation))),
        ];
        params.extend(period.map(|period| ("period", Param::Period(period))));
        params.extend(event.map(|event| ("event", Param::Event(event))));
        let other = self.record.team.filter(|_| self.team().is_none());
        params.extend(other.map(|team| ("other_team", Param::Team(team))));
        params.extend(person.map(|person| ("person", Param::Person(person))));
        params.push(("day", Param::Day(day)));
        params
    }
}

/// The obligations of the policy in a unit that stands under none, and below it, on `as_of`.
pub(crate) struct ObligationView<'c> {
    pub context: &'c Context,
    pub terms: &'c Terms,
    pub line: Id<Line>,
}

impl ObligationView<'_> {
    /// The positions of obligations that come back, hold here, and bind nobody below.
    pub(crate) fn binding_nobody(&self) -> impl Iterator<Item = usize> + '_ {
        let obligations = self.context.policy.obligations().iter().enumerate();
        let recurring = obligations.filter(|(_, obligation)| obligation.every.is_some());
        recurring.map(|(at, _)| at).filter(|&at| {
            self.terms.has_begun(at)
                && self.holds_here(at)
                && !binds_anybody(self.context, self.terms, at, self.line)
        })
    }

    /// Whether an obligation holds in the unit or below it: everywhere, or in a unit that stands in it.
    fn holds_here(&self, at: usize) -> bool {
        let (context, inner) = (self.context, self.context.inner());
        match context.reach(at) {
            Reach::Everywhere => true,
            Reach::Below(top) => inner.path(top, context.as_of).any(|line| line == self.line),
            Reach::Nowhere => false,
        }
    }

    /// What tells the row of an obligation from others of its identifier.
    pub(crate) fn row(&self, at: usize) -> impl Iterator<Item = (&'static str, Param)> {
        let policy = &self.context.policy;
        let own = policy.obligations().get(at).filter(|_| policy.named_as(at).len() > 1);
        let scope = own.and_then(|own| own.scope.clone()).map(|code| ("scope", Param::Likely(code)));
        scope.into_iter().chain(own.map(|own| ("day", Param::Day(own.span.from))))
    }

    /// What a finding about an obligation rests on.
    pub(crate) fn basis(&self, at: usize) -> usize {
        self.context.policy.entries().len() + at
    }
}

/// Whether a unit manages a team, or is in its territory.
pub(crate) fn belongs_to(context: &Context, team: Id<Team>, line: Id<Line>) -> bool {
    let (facts, inner) = (context.facts(), context.inner());
    context.place_of(team) == line
        || facts.ids(facts.teams[team].covers).any(|unit| inner.line_of[unit] == line)
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

/// Rows whose hashes are alike, by day, those without one first.
pub(crate) struct SameView<'c, T> {
    pub context: &'c Context,
    pub same: &'c [Hashed<T>],
}

impl<'c> SameView<'c, Person> {
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

    /// The digits of a person's citizen number, if it has any, to be compared and never shown.
    pub(crate) fn citizen_number(&self, id: Id<Person>) -> Option<Cow<'c, str>> {
        told_digits(self.context.facts().text(self.person(id).citizen_number?.0))
    }
}

impl<'c> SameView<'c, Decision> {
    pub(crate) fn decision(&self, id: Id<Decision>) -> &'c Decision {
        &self.context.facts().decisions[id]
    }

    /// The identifier of a decision.
    pub(crate) fn key(&self, id: Id<Decision>) -> &'c str {
        self.context.facts().text(self.decision(id).id.0)
    }

    /// The number, as compared.
    pub(crate) fn number(&self, id: Id<Decision>) -> String {
        comparable(self.context.facts().text(self.decision(id).number))
    }
}
