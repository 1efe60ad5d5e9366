//! A *register* is all facts of a document with their indexes, built once.

use crate::day::Day;
use crate::error::Error;
use crate::facts::{
    Affiliation, Extent, Facts, Level, Membership, Person, Position, Row, Suspension, Team, Unit,
};
use crate::json;
use crate::keys::Keys;
use crate::order::sort_by_bytes;
use crate::read::{Read, Versions};
use crate::table::{Chain, Id, Rows};
use crate::text::name_hash;
use std::fmt;
use std::sync::Arc;

/// A *line*: the versions of a unit that `continues` joins.
pub(crate) enum Line {}

/// One village of the territory of one team.
pub(crate) struct Cover {
    pub village: Id<Line>,
    pub team: Id<Team>,
}

/// A person as the index of names has them: 12 bytes, so that people of one name are compared without a look at their rows.
#[derive(Clone, Copy)]
pub(crate) struct Named {
    pub hash: u32,
    /// An open start if it is not known.
    pub born: Day,
    pub person: Id<Person>,
}

/// Dated facts, read and indexed. Cloning is cheap.
#[derive(Clone)]
pub struct Register {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub facts: Facts,
    keys: Vec<Keys>,
    versions: Versions,
    /// The first version of each line.
    pub lines: Rows<Line, Id<Unit>>,
    pub line_of: Rows<Unit, Id<Line>>,
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
    pub suspensions: Chain<Team, Suspension>,
    pub covers: Rows<Cover>,
    pub covers_of: Chain<Line, Cover>,
    /// People by the hash of their name, then by their birth day: those of one name stand together.
    pub names: Vec<Named>,
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
        json::read(json).map(|read| Self { inner: Arc::new(Inner::new(read)) })
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
        json::print(&self.inner.facts)
    }

    /// The note of the document: where the facts come from, what in them is made up.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.inner.facts.note.map(|note| self.inner.facts.text(note))
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
        let mut lines = Rows::default();
        let mut line_of = Rows::filled(units.len(), Id::at(0));
        for first in units.ids().filter(|&id| !continued[id]) {
            let line = lines.push(first);
            for version in std::iter::successors(Some(first), |&id| onward[id]) {
                line_of[version] = line;
            }
        }
        let mut covers: Rows<Cover> = Rows::default();
        for (id, team) in facts.teams.iter() {
            for village in facts.ids(team.covers) {
                covers.push(Cover { village: line_of[village], team: id });
            }
            if team.covers.is_empty() && units[team.unit].level == Level::Village {
                covers.push(Cover { village: line_of[team.unit], team: id });
            }
        }
        let entry = |(id, person): (Id<Person>, &Person)| Named {
            hash: name_hash(facts.text(person.name.0)),
            born: person.born.map_or(Day::OPEN_START, |born| born.0),
            person: id,
        };
        let mut names: Vec<_> = facts.people.iter().map(entry).collect();
        sort_by_bytes(&mut names, |named| u64::from(named.hash) << 32 | u64::from(named.born.key()));
        Self {
            children: Chain::new(lines.len(), units, |unit| unit.parent.0.map(|parent| line_of[parent])),
            managed: Chain::new(lines.len(), &facts.teams, |team| Some(line_of[team.unit])),
            members: Chain::new(facts.teams.len(), &facts.memberships, |row| Some(row.team)),
            memberships: Chain::new(facts.people.len(), &facts.memberships, |row| Some(row.person)),
            positions: Chain::new(facts.people.len(), &facts.positions, |row| Some(row.person)),
            affiliations: Chain::new(facts.people.len(), &facts.affiliations, |row| Some(row.person)),
            suspensions: Chain::new(facts.teams.len(), &facts.suspensions, |row| Some(row.team)),
            covers_of: Chain::new(lines.len(), &covers, |cover| Some(cover.village)),
            covers,
            names,
            lines,
            line_of,
            onward,
            facts,
            keys,
            versions,
        }
    }

    /// The versions of a line, in order of time.
    pub(crate) fn versions(&self, line: Id<Line>) -> impl Iterator<Item = Id<Unit>> + '_ {
        std::iter::successors(Some(self.lines[line]), |&id| self.onward[id])
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
