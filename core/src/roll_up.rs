//! A *roll-up* measures units, each with everything below it, on one day. Shares are two integers, never a percentage.

use crate::choice::{Level, Role, Sex, TeamKind};
use crate::context::Context;
use crate::duty::{Duty, State};
use crate::error::Error;
use crate::order::{sort, sort_by};
use crate::register::Line;
use crate::rule::{Draft, Severity};
use crate::table::{Rows, Word};
use crate::view;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// Which units are wanted. The default is all of them.
#[derive(Clone, Debug, Default)]
pub struct RollUpQuery {
    /// Code of a unit: it and everything below. No row comes of a unit that has ended.
    pub unit: Option<String>,
    /// One level.
    pub level: Option<Level>,
}

/// `part` of `whole`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// How many are so.
    pub part: u32,
    /// How many there are.
    pub whole: u32,
}

impl Share {
    fn add(&mut self, other: Self) {
        self.part += other.part;
        self.whole += other.whole;
    }
}

/// One number for each value of a closed list, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Counts<const N: usize>([u32; N]);

impl<const N: usize> Default for Counts<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> Counts<N> {
    fn add(&mut self, position: usize, count: u32) {
        if let Some(own) = self.0.get_mut(position) {
            *own += count;
        }
    }

    fn add_all(&mut self, other: &Self) {
        for (own, count) in self.0.iter_mut().zip(other.0) {
            *own += count;
        }
    }

    fn get(&self, position: usize) -> u32 {
        self.0.get(position).copied().unwrap_or(0)
    }
}

/// Counts by level and kind of team.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Grid(Counts<12>);

impl Grid {
    fn add(&mut self, (level, kind): (Level, TeamKind), count: u32) {
        self.0.add(level as usize * 3 + kind as usize, count);
    }

    fn get(&self, (level, kind): (Level, TeamKind)) -> u32 {
        self.0.get(level as usize * 3 + kind as usize)
    }
}

const UNKNOWN_SEX: usize = 2;

/// The measures of a unit with everything below it, teams and findings of units that ended below it among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    units: Counts<4>,
    units_with: Grid,
    teams: Grid,
    members: Grid,
    required: [Share; 4],
    covered: Share,
    roles: Counts<5>,
    sexes: Counts<3>,
    organisations: Vec<(Word, u32)>,
    findings: Counts<3>,
    duties: Share,
}

impl Measures {
    /// Units of a level.
    #[must_use]
    pub fn units(&self, level: Level) -> u32 {
        self.units.get(level as usize)
    }

    /// Units of a level that have a team of this kind in force: managed by the unit, or, for a village, serving it.
    #[must_use]
    pub fn units_with(&self, level: Level, kind: TeamKind) -> u32 {
        self.units_with.get((level, kind))
    }

    /// Teams of this kind in force that units of this level manage.
    #[must_use]
    pub fn teams(&self, level: Level, kind: TeamKind) -> u32 {
        self.teams.get((level, kind))
    }

    /// Memberships in those teams. A person in two teams counts in both.
    #[must_use]
    pub fn members(&self, level: Level, kind: TeamKind) -> u32 {
        self.members.get((level, kind))
    }

    /// Of the units of a level that the policy wants a team in, how many have one; none if it wants none.
    #[must_use]
    pub fn required(&self, level: Level) -> Option<Share> {
        self.required.get(level as usize).copied().filter(|share| share.whole > 0)
    }

    /// Villages that a community team in force serves; none where there is no village.
    #[must_use]
    pub fn villages_covered(&self) -> Option<Share> {
        Some(self.covered).filter(|share| share.whole > 0)
    }

    /// Memberships by role.
    #[must_use]
    pub fn role(&self, role: Role) -> u32 {
        self.roles.get(role as usize)
    }

    /// Memberships by sex; `None` for those whose sex is not known.
    #[must_use]
    pub fn sex(&self, sex: Option<Sex>) -> u32 {
        self.sexes.get(sex.map_or(UNKNOWN_SEX, |sex| sex as usize))
    }

    /// Findings that hold on the day.
    #[must_use]
    pub fn findings(&self, severity: Severity) -> u32 {
        self.findings.get(severity as usize)
    }

    /// Of the duties that bind units, how many are done; none where there is no duty.
    #[must_use]
    pub fn duties_done(&self) -> Option<Share> {
        Some(self.duties).filter(|share| share.whole > 0)
    }

    fn add_organisation(&mut self, organisation: Word, count: u32) {
        match self.organisations.iter_mut().find(|(word, _)| *word == organisation) {
            Some((_, own)) => *own += count,
            None => self.organisations.push((organisation, count)),
        }
    }

    fn add_all(&mut self, other: &Self) {
        self.units.add_all(&other.units);
        self.units_with.0.add_all(&other.units_with.0);
        self.teams.0.add_all(&other.teams.0);
        self.members.0.add_all(&other.members.0);
        for (own, other) in self.required.iter_mut().zip(other.required) {
            own.add(other);
        }
        self.covered.add(other.covered);
        self.roles.add_all(&other.roles);
        self.sexes.add_all(&other.sexes);
        self.findings.add_all(&other.findings);
        self.duties.add(other.duties);
        for &(organisation, count) in &other.organisations {
            self.add_organisation(organisation, count);
        }
    }
}

/// A unit and its measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollUpRow {
    /// Code of the unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// Code of the unit above.
    pub parent: Option<String>,
    /// Its measures, with everything below.
    pub measures: Measures,
    /// Memberships by organisation of the person, in the order of the words. A person in two organisations counts in both.
    pub organisations: Vec<(String, u32)>,
}

/// Units in the order of levels and codes, with their measures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RollUp {
    /// One row a unit.
    pub rows: Vec<RollUpRow>,
}

pub(crate) fn roll_up(
    context: &Context,
    drafts: &mut dyn Iterator<Item = &Draft>,
    duties: &[Duty],
    query: &RollUpQuery,
) -> Result<RollUp, Error> {
    let (inner, day) = (context.inner(), context.as_of);
    let unit = query.unit.as_deref().map(|code| context.lines(code)).transpose()?;
    let mut measures = own(context, drafts, duties);
    // From the villages up: whatever is below a unit is complete before it is added.
    for &level in Level::ALL.iter().rev() {
        for line in inner.lines.ids().filter(|&line| inner.level(line) == level) {
            // What belongs to a unit that has ended counts with the lowest one above it that still exists.
            if let Some(parent) = inner.parent(line, day) {
                let below = std::mem::take(&mut measures[line]);
                measures[parent].add_all(&below);
                measures[line] = below;
            }
        }
    }
    let mut rows = Vec::new();
    for line in inner.lines.ids() {
        let Some(version) = inner.version(line, day) else { continue };
        let level = inner.level(line);
        let wanted = query.level.is_none_or(|wanted| wanted == level)
            && unit.as_ref().is_none_or(|unit| context.is_below(line, unit, day));
        if wanted {
            let facts = context.facts();
            let measures = std::mem::take(&mut measures[line]);
            let named = |&(word, count): &(Word, u32)| (facts.word(word).to_owned(), count);
            let mut organisations: Vec<_> = measures.organisations.iter().map(named).collect();
            sort(&mut organisations);
            rows.push(RollUpRow {
                organisations,
                unit: facts.text(facts.units[version].code.0).into(),
                name: facts.text(facts.units[version].name).into(),
                level,
                parent: inner.parent(line, day).map(|line| inner.code(line, day).into()),
                measures,
            });
        }
    }
    sort_by(&mut rows, |a, b| a.level.cmp(&b.level).then_with(|| a.unit.cmp(&b.unit)));
    Ok(RollUp { rows })
}

/// What belongs to each unit itself.
fn own(context: &Context, drafts: &mut dyn Iterator<Item = &Draft>, duties: &[Duty]) -> Rows<Line, Measures> {
    let (facts, inner, day) = (context.facts(), context.inner(), context.as_of);
    let mut measures = Rows::filled(inner.lines.len(), Measures::default());
    for (id, team) in facts.teams.iter().filter(|(_, team)| team.span().contains(day)) {
        let line = inner.line_of[team.unit];
        let own = &mut measures[line];
        let at = (inner.level(line), team.kind);
        own.teams.add(at, 1);
        for member in
            inner.members.of(id).map(|id| &facts.memberships[id]).filter(|row| row.span().contains(day))
        {
            own.members.add(at, 1);
            own.roles.add(member.role as usize, 1);
            own.sexes.add(facts.people[member.person].sex.map_or(UNKNOWN_SEX, |sex| sex as usize), 1);
            let mut counted: Vec<Word> = Vec::new();
            for affiliation in inner.affiliations.of(member.person).map(|id| &facts.affiliations[id]) {
                if affiliation.span().contains(day) && !counted.contains(&affiliation.organisation) {
                    counted.push(affiliation.organisation);
                    own.add_organisation(affiliation.organisation, 1);
                }
            }
        }
    }
    for line in inner.lines.ids().filter(|&line| inner.version(line, day).is_some()) {
        let level = inner.level(line);
        // A unit has the teams it manages; a village also those that serve it.
        let managed = measures[line].teams;
        let served = level == Level::Village && view::serving(context, line, day).next().is_some();
        let has = |kind| managed.get((level, kind)) > 0 || (served && kind == TeamKind::Community);
        let own = &mut measures[line];
        own.units.add(level as usize, 1);
        for &kind in TeamKind::ALL {
            own.units_with.add((level, kind), u32::from(has(kind)));
        }
        let profile = context.profile(Some(line), day);
        let is_wanted = |kind: &&TeamKind| context.wanted(&profile, **kind, line, day).is_some();
        let mut wanted = TeamKind::ALL.iter().filter(is_wanted).peekable();
        if wanted.peek().is_some() {
            let part = u32::from(wanted.all(|&kind| has(kind)));
            if let Some(required) = own.required.get_mut(level as usize) {
                *required = Share { part, whole: 1 };
            }
        }
        if level == Level::Village {
            own.covered = Share { part: u32::from(served), whole: 1 };
        }
    }
    for duty in duties.iter().filter(|duty| !matches!(duty.state, State::NotBound | State::Excused)) {
        let own = &mut measures[duty.line].duties;
        own.add(Share { part: u32::from(duty.done.is_some()), whole: 1 });
    }
    for draft in drafts.filter(|draft| draft.is_present(context)) {
        if let Some(line) = draft.unit {
            measures[line].findings.add(draft.severity as usize, 1);
        }
    }
    measures
}

impl Serialize for RollUpRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let m = &self.measures;
        let levels = || Level::ALL.iter().copied();
        let mut map = serializer.serialize_map(Some(15))?;
        map.serialize_entry("unit", &self.unit)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("level", self.level.word())?;
        map.serialize_entry("parent", &self.parent)?;
        map.serialize_entry("units", &Map(levels().map(|level| (level.word(), m.units(level))).collect()))?;
        map.serialize_entry("units_with", &grid(&m.units_with))?;
        map.serialize_entry("teams", &grid(&m.teams))?;
        map.serialize_entry("members", &grid(&m.members))?;
        let required = levels().filter_map(|level| Some((level.word(), m.required(level)?)));
        map.serialize_entry("required", &Map(required.collect()))?;
        map.serialize_entry("villages_covered", &m.villages_covered())?;
        map.serialize_entry(
            "roles",
            &Map(Role::ALL.iter().map(|&role| (role.word(), m.role(role))).collect()),
        )?;
        let sexes =
            Sex::ALL.iter().map(|&sex| (sex.word(), m.sex(Some(sex)))).chain([("unknown", m.sex(None))]);
        map.serialize_entry("sexes", &Map(sexes.collect()))?;
        map.serialize_entry(
            "organisations",
            &Map(self.organisations.iter().map(|(o, n)| (o.as_str(), *n)).collect()),
        )?;
        let findings = Severity::ALL.iter().map(|&severity| (severity.word(), m.findings(severity)));
        map.serialize_entry("findings", &Map(findings.collect()))?;
        map.serialize_entry("duties_done", &m.duties_done())?;
        map.end()
    }
}

/// Pairs written as a map.
struct Map<'s, V>(Vec<(&'s str, V)>);

impl<V: Serialize> Serialize for Map<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// A grid as `{level: {kind: count}}`, zeros left out.
fn grid(grid: &Grid) -> Map<'static, Map<'static, u32>> {
    let kinds = |level| {
        let counts = TeamKind::ALL.iter().map(|&kind| (kind.word(), grid.get((level, kind))));
        Map(counts.filter(|&(_, count)| count > 0).collect())
    };
    let levels = Level::ALL.iter().map(|&level| (level.word(), kinds(level)));
    Map(levels.filter(|(_, kinds)| !kinds.0.is_empty()).collect())
}
