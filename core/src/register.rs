//! A *register* is all facts of a document with their indexes, built once.

use crate::choice::{Extent, Level};
use crate::day::Day;
use crate::error::Error;
use crate::facts::{
    Affiliation, Attribute, Completion, Decision, Declaration, Event, Excuse, Facts, Membership, Person,
    Position, REGISTER, Residence, Row, Succession, Suspension, Team, Unit,
};
use crate::identity::told_digits;
use crate::json;
use crate::keys::Keys;
use crate::number::{comparable, is_by_year};
use crate::order::{sort_by_bytes, sort_few};
use crate::read::{Read, Versions};
use crate::reports::{Reports, Store};
use crate::table::{Cell, Chain, Id, Rows};
use crate::text::name_hash;
use chrono::Datelike;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A *line*: the versions of a unit that `continues` joins.
pub(crate) enum Line {}

/// One village of the territory of one team.
#[derive(Clone, Copy)]
pub(crate) struct Cover {
    pub village: Id<Line>,
    pub team: Id<Team>,
}

/// One decision that replaces or annuls another.
#[derive(Clone, Copy)]
pub(crate) struct Link {
    pub old: Id<Decision>,
    pub by: Id<Decision>,
}

/// A row as an index by hash has it: 12 bytes, so that rows of one hash are compared without a look at them.
pub(crate) struct Hashed<T> {
    pub hash: u32,
    /// The day of birth or of signing; an open start if it is not known.
    pub day: Day,
    pub id: Id<T>,
}

impl<T> Clone for Hashed<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Hashed<T> {}

impl<T> Hashed<T> {
    /// The rows of one hash.
    pub(crate) fn of(index: &[Self], hash: u32) -> &[Self] {
        let rest = index.get(Self::first(index, hash)..).unwrap_or_default();
        let count = rest.iter().take_while(|row| row.hash == hash).count();
        rest.get(..count).unwrap_or_default()
    }

    /// Where the rows of a hash begin. Hashes are spread evenly, so a guess comes near; a look at the middle after each guess bounds
    /// the search where it does not.
    fn first(mut rows: &[Self], hash: u32) -> usize {
        let mut before = 0;
        while let [low, .., high] = rows
            && rows.len() > 32
        {
            let part = u64::from(hash.saturating_sub(low.hash)) * (rows.len() as u64 - 1);
            let guess = part / u64::from(high.hash - low.hash).max(1);
            for at in [usize::try_from(guess).unwrap_or(0), rows.len() / 2] {
                // The second place may lie in what the first has left out.
                if let Some((left, [row, right @ ..])) = rows.split_at_checked(at) {
                    (before, rows) = if row.hash < hash { (before + at + 1, right) } else { (before, left) };
                }
            }
        }
        before + rows.partition_point(|row| row.hash < hash)
    }

    /// Where a row stands, or belongs, in an index.
    fn place(&self, index: &[Self]) -> usize {
        let key = |row: &Self| (row.hash, row.day, row.id);
        index.partition_point(|row| key(row) < key(self))
    }

    /// Puts a row into an index, or takes it out.
    pub(crate) fn set(self, index: &mut Vec<Self>, on: bool) {
        let place = self.place(index);
        if on {
            index.insert(place, self);
        } else if index.get(place).is_some_and(|row| row.id == self.id) {
            index.remove(place);
        }
    }

    /// By hash, then by day: rows of one hash stand together.
    fn index(rows: impl Iterator<Item = Self>) -> Vec<Self> {
        let mut rows: Vec<_> = rows.collect();
        sort_by_bytes(&mut rows, |row| u64::from(row.hash) << 32 | u64::from(row.day.key()));
        rows
    }
}

/// The hashes that several rows of an index share, with these rows.
pub(crate) fn runs<T>(index: &[Hashed<T>]) -> impl Iterator<Item = (u32, &[Hashed<T>])> {
    let runs = index.chunk_by(|a, b| a.hash == b.hash).filter(|run| run.len() > 1);
    runs.filter_map(|run| Some((run.first()?.hash, run)))
}

/// The entry of a person in the index of names.
pub(crate) fn by_name(facts: &Facts, id: Id<Person>) -> Hashed<Person> {
    let person = &facts.people[id];
    let day = person.born.map_or(Day::OPEN_START, |born| born.0);
    Hashed { hash: name_hash(facts.text(person.name.0)), day, id }
}

/// The entry of a person in the index of citizen numbers.
pub(crate) fn by_number(facts: &Facts, id: Id<Person>) -> Option<Hashed<Person>> {
    let digits = told_digits(facts.text(facts.people[id].citizen_number?.0))?;
    Some(Hashed { hash: hash_of(digits.as_bytes(), 0), day: Day::OPEN_START, id })
}

/// The entry of a decision in the index of numbers, if its number is unique in a year.
pub(crate) fn by_body_and_year(facts: &Facts, id: Id<Decision>) -> Option<Hashed<Decision>> {
    let decision = &facts.decisions[id];
    let number = facts.text(decision.number);
    if !is_by_year(number) {
        return None;
    }
    let year = decision.signed.date().map_or(0, |date| date.year().unsigned_abs());
    let seed = decision.body.number().get().wrapping_mul(4099).wrapping_add(year);
    Some(Hashed { hash: hash_of(comparable(number).as_bytes(), seed), day: decision.signed, id })
}

fn superseded_by(facts: &Facts, by: Id<Decision>) -> Vec<Id<Decision>> {
    let Decision { replaces, annuls, .. } = facts.decisions[by];
    let mut old: Vec<_> = facts.ids(replaces).chain(facts.ids(annuls)).collect();
    sort_few(&mut old);
    old.dedup();
    old
}

/// A hash that is the same on every machine, and no secret.
fn hash_of(bytes: &[u8], seed: u32) -> u32 {
    bytes.iter().fold(seed ^ 0x811C_9DC5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Dated facts, read and indexed. Cloning is cheap.
#[derive(Clone)]
pub struct Register {
    pub(crate) inner: Arc<Inner>,
    /// What was reported beside it.
    pub(crate) reports: Option<Arc<Store>>,
}

#[derive(Clone)]
pub(crate) struct Inner {
    pub facts: Facts,
    pub keys: Vec<Keys>,
    pub versions: Versions,
    /// The first version of each line.
    pub lines: Rows<Line, Id<Unit>>,
    pub line_of: Rows<Unit, Id<Line>>,
    /// The hash of the name of each version.
    pub unit_names: Rows<Unit, u32>,
    /// The version that continues each version.
    onward: Rows<Unit, Option<Id<Unit>>>,
    /// Versions whose parent is a version of the line.
    pub children: Chain<Line, Unit>,
    /// Teams by the line of the unit that manages them.
    pub managed: Chain<Line, Team>,
    pub members: Chain<Team, Membership>,
    pub memberships: Chain<Person, Membership>,
    pub positions: Chain<Person, Position>,
    pub affiliations: Chain<Person, Affiliation>,
    pub residences: Chain<Person, Residence>,
    pub suspensions: Chain<Team, Suspension>,
    pub declarations: Chain<Team, Declaration>,
    /// What is known of units, by the line of the unit.
    pub attributes: Chain<Line, Attribute>,
    /// Excuses and extensions by the line of their unit.
    pub excuses: Chain<Line, Excuse>,
    /// Events and completions of teams and their members by team, others by the line of their unit.
    pub team_events: Chain<Team, Event>,
    pub unit_events: Chain<Line, Event>,
    pub team_completions: Chain<Team, Completion>,
    pub unit_completions: Chain<Line, Completion>,
    /// Teams by the decision that they name.
    pub decided: Chain<Decision, Team>,
    /// What units went into as a whole, by the line of the old one.
    pub heirs: Chain<Line, Succession>,
    /// Decisions of the bodies of each unit.
    pub issued: Chain<Line, Decision>,
    /// Memberships by the decision that appointed.
    pub appointed: Chain<Decision, Membership>,
    /// Teams that name a team as the one above, or as their committee.
    pub below: Chain<Team, Team>,
    pub answering: Chain<Team, Team>,
    pub links: Rows<Link>,
    /// What replaces or annuls each decision.
    pub superseded: Chain<Decision, Link>,
    pub covers: Rows<Cover>,
    pub covers_of: Chain<Line, Cover>,
    /// People by the hash of their name, then by their birth day.
    pub names: Vec<Hashed<Person>>,
    /// People by the hash of their citizen number.
    pub citizens: Vec<Hashed<Person>>,
    /// Decisions by the hash of body, year and number, then by the day of signing.
    pub numbers: Vec<Hashed<Decision>>,
}

impl Register {
    /// Reads a JSON document (see the reference of the format).
    ///
    /// # Errors
    /// [`Error::Syntax`] with line and column if it is not JSON; [`Error::Invalid`] with every problem and its place
    /// if values cannot become facts; [`Error::TooLarge`] from four gigabytes.
    ///
    /// ```
    /// use cnscd::Register;
    /// let register = Register::from_json(r#"{"units": [
    ///     {"code": "30", "name": "Tỉnh Hải Dương", "kind": "tinh", "level": "province"}
    /// ]}"#)?;
    /// assert_eq!(register.counts().next(), Some(("units", 1)));
    ///
    /// let error = Register::from_json(r#"{"units": [{"code": 30, "name": "Tỉnh Hải Dương"}]}"#).unwrap_err();
    /// assert_eq!(error.problems()[0].to_string(), "units[0].code: must be text in quotes, such as \"01\"");
    /// # Ok::<(), cnscd::Error>(())
    /// ```
    pub fn from_json(json: &str) -> Result<Self, Error> {
        json::read(json, &REGISTER).map(Self::new)
    }

    pub(crate) fn new(read: Read) -> Self {
        Self { inner: Arc::new(Inner::new(read)), reports: None }
    }

    /// Reads a JSON document from bytes.
    ///
    /// # Errors
    /// Those of [`Register::from_json`], and [`Error::Syntax`] where the bytes are not UTF-8.
    pub fn from_json_bytes(json: &[u8]) -> Result<Self, Error> {
        Self::from_json(json::text(json)?)
    }

    /// The document, in the order of the description; reading it gives the same register.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::print(&self.inner.facts, &REGISTER)
    }

    /// A register without what is personal about somebody: name (the identifier stands in its place), birth day, phone, citizen number
    /// and residences. Memberships, positions, affiliations and sex stay, so counts stay as they are. Texts that a caller wrote in other places
    /// (the note, the subject of a decision, an identifier) are not looked into.
    ///
    /// # Errors
    /// [`Error::UnknownPerson`] if nobody has this identifier.
    pub fn erase(&self, person: &str) -> Result<Self, Error> {
        let facts = &self.inner.facts;
        let is_it = |row: &Person| facts.text(row.id.0) == person;
        if !facts.people.iter().any(|(_, row)| is_it(row)) {
            return Err(Error::UnknownPerson);
        }
        let json = json::print_with(facts, &REGISTER, &mut |table, cells| {
            let is_theirs = cells.first().is_some_and(|cell| matches!(cell, Cell::Text(id) if id == person));
            if is_theirs && table.name == Person::NAME {
                for (cell, column) in
                    cells.iter_mut().zip(table.columns).filter(|(_, column)| column.personal)
                {
                    *cell = if column.required { Cell::Text(Cow::Borrowed(person)) } else { Cell::Absent };
                }
            }
            !(is_theirs && table.name == Residence::NAME)
        });
        // Reading it anew leaves nothing behind in memory either.
        let erased = Self::from_json(&json)?;
        match self.reports_to_json() {
            Some(json) => erased.with_reports(&Reports::from_json(&erased, &json)?),
            None => Ok(erased),
        }
    }

    /// The note of the document: where the facts come from, what in them is made up.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.inner.facts.texts[0].map(|note| self.inner.facts.text(note))
    }

    /// How many rows each table has, in the order of the document.
    pub fn counts(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.inner.facts.counts()
    }
}

/// Shows how many rows there are and no value: a register is full of personal data.
impl fmt::Debug for Register {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Register ")?;
        f.debug_map().entries(self.counts().filter(|&(_, count)| count > 0)).finish()
    }
}

impl Inner {
    fn new(read: Read) -> Self {
        let Read { facts, keys, versions } = read;
        let units = &facts.units;
        let mut onward = Rows::filled(units.len(), None);
        let mut continued = Rows::filled(units.len(), false);
        for (_, succession) in facts.successions.iter().filter(|(_, row)| row.extent == Extent::Continues) {
            onward[succession.old.0] = Some(succession.new);
            continued[succession.new] = true;
        }
        let mut lines: Rows<Line, Id<Unit>> = Rows::default();
        let mut line_of = Rows::filled(units.len(), Id::at(0));
        for first in units.ids().filter(|&id| !continued[id]) {
            let line = lines.push(first);
            for version in std::iter::successors(Some(first), |&id| onward[id]) {
                line_of[version] = line;
            }
        }
        let mut covers: Rows<Cover> = Rows::default();
        for (id, team) in facts.teams.iter() {
            for place in facts.ids(team.covers) {
                covers.push(Cover { village: line_of[place], team: id });
            }
            if team.covers.is_empty() && units[team.unit].level == Level::Village {
                covers.push(Cover { village: line_of[team.unit], team: id });
            }
        }
        let mut superseding: Rows<Link> = Rows::default();
        for by in facts.decisions.ids() {
            for old in superseded_by(&facts, by) {
                superseding.push(Link { old, by });
            }
        }
        let mut unit_names = Rows::default();
        for (_, unit) in units.iter() {
            unit_names.push(name_hash(facts.text(unit.name)));
        }
        let names = Hashed::index(facts.people.ids().map(|id| by_name(&facts, id)));
        let citizens = Hashed::index(facts.people.ids().filter_map(|id| by_number(&facts, id)));
        let numbers = Hashed::index(facts.decisions.ids().filter_map(|id| by_body_and_year(&facts, id)));
        Self {
            children: Chain::new(lines.len(), units, |unit| unit.parent.0.map(|parent| line_of[parent])),
            managed: Chain::new(lines.len(), &facts.teams, |team| Some(line_of[team.unit])),
            members: Chain::new(facts.teams.len(), &facts.memberships, |row| Some(row.team)),
            memberships: Chain::new(facts.people.len(), &facts.memberships, |row| Some(row.person)),
            positions: Chain::new(facts.people.len(), &facts.positions, |row| Some(row.person)),
            affiliations: Chain::new(facts.people.len(), &facts.affiliations, |row| Some(row.person)),
            residences: Chain::new(facts.people.len(), &facts.residences, |row| Some(row.person)),
            declarations: Chain::new(facts.teams.len(), &facts.declarations, |row| Some(row.team)),
            attributes: Chain::new(lines.len(), &facts.attributes, |row| Some(line_of[row.unit])),
            excuses: Chain::new(lines.len(), &facts.excuses, |row| Some(line_of[row.unit])),
            team_events: Chain::new(facts.teams.len(), &facts.events, |row| row.team.0),
            unit_events: Chain::new(lines.len(), &facts.events, |row| row.unit.0.map(|unit| line_of[unit])),
            team_completions: Chain::new(facts.teams.len(), &facts.completions, |row| row.team.0),
            unit_completions: Chain::new(lines.len(), &facts.completions, |row| {
                row.unit.0.map(|unit| line_of[unit])
            }),
            decided: Chain::new(facts.decisions.len(), &facts.teams, |row| row.decision.0),
            heirs: Chain::new(lines.len(), &facts.successions, |row| {
                let (old, new) = (line_of[row.old.0], line_of[row.new]);
                Some(old).filter(|_| row.extent == Extent::Whole && old != new)
            }),
            issued: Chain::new(lines.len(), &facts.decisions, |row| {
                facts.bodies[row.body].unit.0.map(|unit| line_of[unit])
            }),
            appointed: Chain::new(facts.decisions.len(), &facts.memberships, |row| row.decision.0),
            below: Chain::new(facts.teams.len(), &facts.teams, |row| row.parent.0),
            answering: Chain::new(facts.teams.len(), &facts.teams, |row| row.committee.0),
            superseded: Chain::new(facts.decisions.len(), &superseding, |link| Some(link.old)),
            links: superseding,
            suspensions: Chain::new(facts.teams.len(), &facts.suspensions, |row| Some(row.team)),
            covers_of: Chain::new(lines.len(), &covers, |cover| Some(cover.village)),
            covers,
            names,
            citizens,
            numbers,
            lines,
            line_of,
            unit_names,
            onward,
            facts,
            keys,
            versions,
        }
    }

    /// The decisions that one replaces or annuls, each once.
    pub(crate) fn superseded_by(&self, by: Id<Decision>) -> Vec<Id<Decision>> {
        superseded_by(&self.facts, by)
    }

    /// Notes that a decision replaces or annuls another, or no longer does.
    pub(crate) fn link_decisions(&mut self, old: Id<Decision>, by: Id<Decision>, on: bool) {
        if on {
            let link = self.links.push(Link { old, by });
            self.superseded.add(Some(old), link);
        } else {
            let links: Vec<_> = self.superseded.of(old).filter(|&link| self.links[link].by == by).collect();
            for link in links {
                self.superseded.remove(Some(old), link);
            }
        }
    }

    /// Puts the territory of a team into the index, or takes it out.
    pub(crate) fn link_covers(&mut self, id: Id<Team>, on: bool) {
        let team = &self.facts.teams[id];
        let mut villages: Vec<_> = self.facts.ids(team.covers).collect();
        if villages.is_empty() && self.facts.units[team.unit].level == Level::Village {
            villages.push(team.unit);
        }
        for village in villages.into_iter().map(|village| self.line_of[village]) {
            if on {
                let cover = self.covers.push(Cover { village, team: id });
                self.covers_of.add(Some(village), cover);
            } else {
                let own: Vec<_> =
                    self.covers_of.of(village).filter(|&cover| self.covers[cover].team == id).collect();
                for cover in own {
                    self.covers_of.remove(Some(village), cover);
                }
            }
        }
    }

    /// The versions of a line, in order of time.
    pub(crate) fn versions(&self, line: Id<Line>) -> impl Iterator<Item = Id<Unit>> + '_ {
        std::iter::successors(Some(self.lines[line]), |&id| self.onward[id])
    }

    /// Whether the version of `line` that holds on `day` names `above` as the unit above it; none if no version holds.
    pub(crate) fn stands_under(&self, line: Id<Line>, above: Id<Line>, day: Day) -> Option<bool> {
        let parent = self.facts.units[self.version(line, day)?].parent.0;
        Some(parent.is_some_and(|parent| self.line_of[parent] == above))
    }

    /// Whether no version continues this one.
    pub(crate) fn is_last(&self, version: Id<Unit>) -> bool {
        self.onward[version].is_none()
    }

    /// The version of a line that holds on `day`.
    pub(crate) fn version(&self, line: Id<Line>, day: Day) -> Option<Id<Unit>> {
        self.versions(line).find(|&id| self.facts.units[id].span().contains(day))
    }

    /// The line above on `day`. One that has ended is passed over for the one that was above it, so that nothing falls out of the
    /// tree because its parent ended first, or because it has ended itself.
    pub(crate) fn parent(&self, line: Id<Line>, day: Day) -> Option<Id<Line>> {
        let named =
            |line| self.facts.units[self.named(line, day)].parent.0.map(|parent| self.line_of[parent]);
        // Levels rise strictly, so this ends.
        std::iter::successors(named(line), |&above| named(above))
            .find(|&above| self.version(above, day).is_some())
    }

    /// The line itself and those above on `day`: at most four.
    pub(crate) fn path(&self, line: Id<Line>, day: Day) -> impl Iterator<Item = Id<Line>> + '_ {
        std::iter::successors(Some(line), move |&line| self.parent(line, day))
    }

    /// The lines that have `code` on `day` or had it before: a code may be given again.
    pub(crate) fn lines_by_code(&self, code: &str, day: Day) -> Vec<Id<Line>> {
        let units = &self.facts.units;
        let is_it =
            |row: usize| units.try_get(row).is_some_and(|unit| unit.code.0.is(&self.facts.arena, code));
        let first = self.keys.get(Unit::ORDER).and_then(|keys| keys.find(code, is_it)).map(Id::at);
        let versions = std::iter::successors(first, |&id| self.versions[id].0);
        versions.filter(|&id| units[id].span().from <= day).map(|id| self.line_of[id]).collect()
    }

    /// The version of a code that holds on `day`; for an open start, the earliest.
    pub(crate) fn unit_by_code(&self, code: &str, day: Day) -> Option<Id<Unit>> {
        let units = &self.facts.units;
        let is_it =
            |row: usize| units.try_get(row).is_some_and(|unit| unit.code.0.is(&self.facts.arena, code));
        let first = self.keys.get(Unit::ORDER).and_then(|keys| keys.find(code, is_it)).map(Id::at);
        let mut versions = std::iter::successors(first, |&id| self.versions[id].0);
        if day == Day::OPEN_START {
            versions.min_by_key(|&id| units[id].span().from)
        } else {
            versions.find(|&id| units[id].span().contains(day))
        }
    }

    /// The version of a line to name it by on `day`: the one that holds, else the last one begun, else the first.
    pub(crate) fn named(&self, line: Id<Line>, day: Day) -> Id<Unit> {
        let begun = self.versions(line).take_while(|&id| self.facts.units[id].span().from <= day).last();
        begun.unwrap_or(self.lines[line])
    }

    pub(crate) fn code(&self, line: Id<Line>, day: Day) -> &str {
        self.facts.text(self.facts.units[self.named(line, day)].code.0)
    }

    pub(crate) fn level(&self, line: Id<Line>) -> Level {
        self.facts.units[self.lines[line]].level
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_of_a_hash_are_found(
            hashes in prop_oneof![
                proptest::collection::vec(0..40_u32, 0..300),
                proptest::collection::vec(any::<u32>(), 0..300),
                // Nearly all in one corner, where a guess is far off.
                proptest::collection::vec(prop_oneof![9 => 0..9_u32, 1 => any::<u32>()], 0..300),
            ],
            hash in prop_oneof![0..40_u32, any::<u32>()],
        ) {
            let row = |(at, &hash)| Hashed::<Person> { hash, day: Day::OPEN_START, id: Id::at(at) };
            let index = Hashed::index(hashes.iter().enumerate().map(row));
            for hash in hashes.iter().copied().chain([hash]) {
                let found: Vec<_> = Hashed::of(&index, hash).iter().map(|row| row.id.row()).collect();
                let wanted = hashes.iter().enumerate().filter(|&(_, &other)| other == hash);
                prop_assert_eq!(found, wanted.map(|(at, _)| at).collect::<Vec<_>>());
            }
        }
    }
}
