//! Which tables can be edited, how a row of each stands in the indexes, and what has to be looked at again when it changes.

use crate::choice::Level;
use crate::context::Context;
use crate::facts::{
    Affiliation, Completion, Decision, Declaration, Event, Excuse, Facts, Membership, Person, Position,
    Residence, Row, Suspension, Team, Unit,
};
use crate::number::comparable;
use crate::problem::{self as p, ProblemKind};
use crate::read::{LIMIT, LIMIT_OF_PERSON};
use crate::register::{Inner, Line, by_body_and_year, by_name, by_number};
use crate::spans::Owner;
use crate::table::{Chain, Id, Table, Text, Word};

/// A problem of a change, with the column it is about.
pub(crate) type Fault = (&'static str, &'static ProblemKind, String, String);

/// What an edit has to look at again.
pub(crate) struct Touch<'t> {
    pub context: &'t Context,
    pub owners: &'t mut Vec<Owner>,
}

impl Touch<'_> {
    fn team(&mut self, id: Id<Team>) {
        self.owners.push(Owner::Team(id));
    }

    fn person(&mut self, id: Id<Person>) {
        let facts = self.context.facts();
        self.owners.extend([Owner::Person(id), Owner::Card(id), Owner::Names(by_name(facts, id).hash)]);
        self.owners.extend(by_number(facts, id).map(|row| Owner::Citizens(row.hash)));
    }

    fn teams_of(&mut self, id: Id<Person>) {
        let (facts, inner) = (self.context.facts(), self.context.inner());
        self.owners.extend(inner.memberships.of(id).map(|id| Owner::Team(facts.memberships[id].team)));
    }

    /// A unit that gains or loses a team, and the one above it.
    fn unit(&mut self, line: Id<Line>) {
        self.owners.push(Owner::Unit(line));
        if self.context.inner().level(line) == Level::Village {
            let mut above = Vec::new();
            self.above(line, &mut above);
            self.owners.extend(above.into_iter().map(Owner::Unit));
        }
    }

    /// The duties of a unit and of those above it.
    fn duties(&mut self, line: Id<Line>) {
        if self.context.policy.obligations().is_empty() {
            return;
        }
        let mut path = vec![line];
        let mut next = 0;
        while let Some(&line) = path.get(next) {
            next += 1;
            self.above(line, &mut path);
        }
        self.owners.extend(path.into_iter().map(Owner::Duties));
    }

    /// The duties of a unit, its teams and their members; and of the unit above all, where it is seen whom an obligation binds at all.
    fn own_duties(&mut self, line: Id<Line>) {
        let obligations = self.context.policy.obligations();
        if obligations.is_empty() {
            return;
        }
        self.owners.push(Owner::Duties(line));
        if obligations.iter().any(|obligation| obligation.every.is_some()) {
            self.duties(line);
        }
    }

    /// The duties of the unit that owes, or of the one that manages the team that does.
    fn debtor(&mut self, unit: Option<Id<Unit>>, team: Option<Id<Team>>) {
        let inner = self.context.inner();
        let place = team.map(|team| inner.line_of[inner.facts.teams[team].unit]);
        let line = place.or(unit.map(|unit| inner.line_of[unit]));
        self.owners.extend(line.map(Owner::Duties));
    }

    /// The duties that an event gives rise to, and those of whoever names it.
    fn event(&mut self, id: Id<Event>) {
        let facts = self.context.facts();
        let Event { unit, team, .. } = facts.events[id];
        self.debtor(unit.0, team.0);
        for (_, row) in facts.excuses.iter().filter(|(_, row)| row.event.0 == Some(id)) {
            self.debtor(Some(row.unit), None);
        }
        for (_, row) in facts.completions.iter().filter(|(_, row)| row.event.0 == Some(id)) {
            self.debtor(row.unit.0, row.team.0);
        }
    }

    /// The duties of whoever names a team or one of its events.
    fn named(&mut self, id: Id<Team>) {
        let (facts, inner) = (self.context.facts(), self.context.inner());
        for (_, row) in facts.excuses.iter().filter(|(_, row)| row.team.0 == Some(id)) {
            self.debtor(Some(row.unit), None);
        }
        for event in inner.team_events.of(id) {
            self.event(event);
        }
    }

    /// Adds the units that were above one, each once.
    fn above(&self, line: Id<Line>, out: &mut Vec<Id<Line>>) {
        let inner = self.context.inner();
        for version in inner.versions(line) {
            let parent = self.context.unit(version).parent.0.map(|parent| inner.line_of[parent]);
            out.extend(parent.filter(|parent| !out.contains(parent)));
        }
    }

    /// What is known of a person beside the teams.
    fn of_person(&mut self, id: Id<Person>) {
        self.owners.push(Owner::Person(id));
        self.teams_of(id);
    }

    fn team_and_place(&mut self, id: Id<Team>) {
        let (facts, inner) = (self.context.facts(), self.context.inner());
        let row = &facts.teams[id];
        self.team(id);
        self.owners.extend(inner.below.of(id).map(Owner::Team));
        self.owners.extend(inner.answering.of(id).map(Owner::Team));
        for member in inner.members.of(id) {
            self.person(facts.memberships[member].person);
        }
        for place in facts.ids(row.covers).chain([row.unit]).map(|unit| inner.line_of[unit]) {
            self.unit(place);
            self.duties(place);
        }
        self.named(id);
        if let Some(id) = row.decision.0 {
            self.owners.extend(self.context.renewed(id).map(Owner::Decision));
        }
    }

    fn decision(&mut self, id: Id<Decision>) {
        let (facts, inner) = (self.context.facts(), self.context.inner());
        self.owners.push(Owner::Decision(id));
        self.owners.extend(by_body_and_year(facts, id).map(|row| Owner::Numbers(row.hash)));
        self.owners.extend(inner.appointed.of(id).map(|id| Owner::Team(facts.memberships[id].team)));
        // What renews it and what it renews go by one another.
        self.owners.extend(self.context.renewed(id).map(Owner::Decision));
        for team in self.context.renewing(id).flat_map(|id| inner.decided.of(id)) {
            self.owners.push(Owner::Team(team));
            self.duties(self.context.place_of(team));
        }
        if let Some(seat) = self.context.seat_of(facts.decisions[id].body) {
            self.duties(seat);
        }
        for old in inner.superseded_by(id) {
            self.owners.extend(inner.decided.of(old).map(Owner::Team));
        }
    }
}

/// The key of a row.
pub(crate) type KeyOf = fn(&Facts, usize) -> Option<Text>;

/// Finds rows by texts of columns.
pub(crate) type Near = for<'w> fn(&Inner, &dyn Fn(&str) -> Option<&'w str>) -> Option<Vec<usize>>;

/// A table whose rows may be edited: how a row is indexed, and what stands near it.
pub(crate) struct Editable {
    /// Position among all tables.
    pub order: usize,
    pub table: &'static Table,
    /// The key of a row, if the table has keys.
    pub key: Option<KeyOf>,
    /// Rows among which all are that have these texts; none if that cannot be told without a look at all.
    pub near: Near,
    /// Makes room for a row in the indexes by this table, or takes it back.
    pub grow: fn(&mut Inner, bool),
    /// Puts a row into the indexes, or takes it out.
    pub link: fn(&mut Inner, usize, bool),
    /// What only the row's neighbours show to be wrong.
    pub fault: fn(&Inner, usize) -> Option<Fault>,
    /// Notes what a change of the row may change.
    pub touched: fn(&mut Touch<'_>, usize),
}

/// A table whose rows say something of one person, and nothing of a team.
macro_rules! of_person {
    ($row:ident, $rows:ident) => {
        Editable {
            order: $row::ORDER,
            table: $row::TABLE,
            key: None,
            near: |inner, text| Some(of_owner(inner, Person::ORDER, text("person")?, &inner.$rows)),
            grow: |_, _| {},
            link: |inner, row, on| {
                inner.$rows.set(Some(inner.facts.$rows[Id::at(row)].person), Id::at(row), on);
            },
            fault: |inner, row| {
                let count = inner.$rows.count(inner.facts.$rows[Id::at(row)].person);
                too_many("person", $row::NAME, count, LIMIT_OF_PERSON)
            },
            touched: |touch, row| touch.of_person(touch.context.facts().$rows[Id::at(row)].person),
        }
    };
}

pub(crate) static EDITABLE: &[Editable] = &[
    Editable {
        order: Decision::ORDER,
        table: Decision::TABLE,
        key: Some(|facts, row| facts.decisions.try_get(row).map(|row| row.id.0)),
        near: |inner, text| text("id").map(|key| by_key(inner, Decision::ORDER, key)),
        grow: |inner, on| {
            inner.decided.grow(on);
            inner.appointed.grow(on);
            inner.superseded.grow(on);
        },
        link: link_decision,
        fault: fault_of_decision,
        touched: |touch, row| touch.decision(Id::at(row)),
    },
    Editable {
        order: Team::ORDER,
        table: Team::TABLE,
        key: Some(|facts, row| facts.teams.try_get(row).map(|row| row.id.0)),
        near: |inner, text| text("id").map(|key| by_key(inner, Team::ORDER, key)),
        grow: |inner, on| {
            inner.members.grow(on);
            inner.suspensions.grow(on);
            inner.declarations.grow(on);
            inner.below.grow(on);
            inner.answering.grow(on);
            inner.team_events.grow(on);
            inner.team_completions.grow(on);
        },
        link: |inner, row, on| {
            let id = Id::at(row);
            let Team { unit, decision, parent, committee, .. } = inner.facts.teams[id];
            inner.managed.set(Some(inner.line_of[unit]), id, on);
            inner.decided.set(decision.0, id, on);
            inner.below.set(parent.0, id, on);
            inner.answering.set(committee.0, id, on);
            inner.link_covers(id, on);
        },
        fault: fault_of_team,
        touched: |touch, row| touch.team_and_place(Id::at(row)),
    },
    Editable {
        order: Suspension::ORDER,
        table: Suspension::TABLE,
        key: None,
        near: |inner, text| Some(of_owner(inner, Team::ORDER, text("team")?, &inner.suspensions)),
        grow: |_, _| {},
        link: |inner, row, on| {
            let id = Id::at(row);
            inner.suspensions.set(Some(inner.facts.suspensions[id].team), id, on);
        },
        fault: |inner, row| {
            let count = inner.suspensions.count(inner.facts.suspensions[Id::at(row)].team);
            too_many("team", Suspension::NAME, count, LIMIT)
        },
        touched: |touch, row| {
            let team = touch.context.facts().suspensions[Id::at(row)].team;
            touch.team(team);
            touch.own_duties(touch.context.place_of(team));
        },
    },
    Editable {
        order: Declaration::ORDER,
        table: Declaration::TABLE,
        key: None,
        near: |inner, text| Some(of_owner(inner, Team::ORDER, text("team")?, &inner.declarations)),
        grow: |_, _| {},
        link: |inner, row, on| {
            let id = Id::at(row);
            inner.declarations.set(Some(inner.facts.declarations[id].team), id, on);
        },
        fault: |inner, row| {
            let (rows, id) = (&inner.facts.declarations, Id::at(row));
            let (team, from) = (rows[id].team, rows[id].from);
            let mut same =
                inner.declarations.of(team).filter(|&other| other != id && rows[other].from == from);
            same.next()
                .map(|other| twice("from", Declaration::NAME, other.row()))
                .or_else(|| too_many("team", Declaration::NAME, inner.declarations.count(team), LIMIT))
        },
        touched: |touch, row| touch.team(touch.context.facts().declarations[Id::at(row)].team),
    },
    Editable {
        order: Person::ORDER,
        table: Person::TABLE,
        key: Some(|facts, row| facts.people.try_get(row).map(|row| row.id.0)),
        near: |inner, text| text("id").map(|key| by_key(inner, Person::ORDER, key)),
        grow: |inner, on| {
            inner.memberships.grow(on);
            inner.positions.grow(on);
            inner.affiliations.grow(on);
            inner.residences.grow(on);
        },
        link: |inner, row, on| {
            by_name(&inner.facts, Id::at(row)).set(&mut inner.names, on);
            if let Some(number) = by_number(&inner.facts, Id::at(row)) {
                number.set(&mut inner.citizens, on);
            }
        },
        fault: |_, _| None,
        touched: |touch, row| {
            touch.person(Id::at(row));
            touch.teams_of(Id::at(row));
        },
    },
    of_person!(Residence, residences),
    of_person!(Affiliation, affiliations),
    of_person!(Position, positions),
    Editable {
        order: Membership::ORDER,
        table: Membership::TABLE,
        key: None,
        near: |inner, text| match text("person") {
            Some(person) => Some(of_owner(inner, Person::ORDER, person, &inner.memberships)),
            None => Some(of_owner(inner, Team::ORDER, text("team")?, &inner.members)),
        },
        grow: |_, _| {},
        link: |inner, row, on| {
            let id = Id::at(row);
            let Membership { team, person, decision, .. } = inner.facts.memberships[id];
            inner.members.set(Some(team), id, on);
            inner.memberships.set(Some(person), id, on);
            inner.appointed.set(decision.0, id, on);
        },
        fault: |inner, row| {
            let row = &inner.facts.memberships[Id::at(row)];
            let appointed = row.decision.0.map_or(0, |decision| inner.appointed.count(decision));
            too_many("team", Membership::NAME, inner.members.count(row.team), LIMIT)
                .or_else(|| {
                    too_many("person", Membership::NAME, inner.memberships.count(row.person), LIMIT_OF_PERSON)
                })
                .or_else(|| too_many("decision", Membership::NAME, appointed, LIMIT))
        },
        touched: |touch, row| {
            let row = &touch.context.facts().memberships[Id::at(row)];
            touch.team(row.team);
            touch.person(row.person);
            touch.own_duties(touch.context.place_of(row.team));
        },
    },
    Editable {
        order: Event::ORDER,
        table: Event::TABLE,
        key: Some(|facts, row| facts.events.try_get(row).map(|row| row.id.0)),
        near: |inner, text| text("id").map(|key| by_key(inner, Event::ORDER, key)),
        grow: |_, _| {},
        link: |inner, row, on| {
            let id = Id::at(row);
            let Event { unit, team, .. } = inner.facts.events[id];
            inner.unit_events.set(unit.0.map(|unit| inner.line_of[unit]), id, on);
            inner.team_events.set(team.0, id, on);
        },
        fault: |inner, row| {
            let Event { unit, team, obligation, .. } = inner.facts.events[Id::at(row)];
            let unit = unit.0.map(|unit| inner.line_of[unit]);
            fault_of_owner(inner, unit, team.0, None, obligation).or_else(|| {
                let of_unit = unit.map_or(0, |unit| inner.unit_events.count(unit));
                let of_team = team.0.map_or(0, |team| inner.team_events.count(team));
                too_many("unit", Event::NAME, of_unit, LIMIT)
                    .or_else(|| too_many("team", Event::NAME, of_team, LIMIT))
            })
        },
        touched: |touch, row| {
            touch.event(Id::at(row));
        },
    },
    Editable {
        order: Excuse::ORDER,
        table: Excuse::TABLE,
        key: None,
        near: |_, _| None,
        grow: |_, _| {},
        link: |inner, row, on| {
            let id = Id::at(row);
            inner.excuses.set(Some(inner.line_of[inner.facts.excuses[id].unit]), id, on);
        },
        fault: |inner, row| {
            let (rows, id) = (&inner.facts.excuses, Id::at(row));
            let key = |id: Id<Excuse>| {
                let row = &rows[id];
                (row.obligation, row.unit, row.team.0, row.period, row.event.0, row.day)
            };
            let line = inner.line_of[rows[id].unit];
            let mut same = inner.excuses.of(line).filter(|&other| other != id && key(other) == key(id));
            same.next()
                .map(|other| twice("day", Excuse::NAME, other.row()))
                .or_else(|| too_many("unit", Excuse::NAME, inner.excuses.count(line), LIMIT))
        },
        touched: |touch, row| {
            let unit = touch.context.facts().excuses[Id::at(row)].unit;
            touch.owners.push(Owner::Duties(touch.context.inner().line_of[unit]));
        },
    },
    Editable {
        order: Completion::ORDER,
        table: Completion::TABLE,
        key: None,
        near: |inner, text| Some(of_owner(inner, Team::ORDER, text("team")?, &inner.team_completions)),
        grow: |_, _| {},
        link: |inner, row, on| {
            let id = Id::at(row);
            let Completion { unit, team, .. } = inner.facts.completions[id];
            inner.unit_completions.set(unit.0.map(|unit| inner.line_of[unit]), id, on);
            inner.team_completions.set(team.0, id, on);
        },
        fault: |inner, row| {
            let Completion { unit, team, person, obligation, .. } = inner.facts.completions[Id::at(row)];
            let unit = unit.0.map(|unit| inner.line_of[unit]);
            fault_of_owner(inner, unit, team.0, person.0, obligation).or_else(|| {
                let of_unit = unit.map_or(0, |unit| inner.unit_completions.count(unit));
                let of_team = team.0.map_or(0, |team| inner.team_completions.count(team));
                too_many("unit", Completion::NAME, of_unit, LIMIT)
                    .or_else(|| too_many("team", Completion::NAME, of_team, LIMIT))
            })
        },
        touched: |touch, row| {
            let Completion { unit, team, .. } = touch.context.facts().completions[Id::at(row)];
            touch.debtor(unit.0, team.0);
        },
    },
];

/// What is wrong with who owes or did something: a unit, or a team or a member of one.
fn fault_of_owner(
    inner: &Inner,
    unit: Option<Id<Line>>,
    team: Option<Id<Team>>,
    person: Option<Id<Person>>,
    obligation: Word,
) -> Option<Fault> {
    match (unit, team, person) {
        (Some(_), None, None) | (None, Some(_), _) => None,
        (Some(_), ..) => Some(("team", &p::UNFIT, inner.facts.word(obligation).to_owned(), "`null`".into())),
        (None, None, _) => Some(("team", &p::MISSING, String::new(), String::new())),
    }
}

fn too_many(column: &'static str, table: &str, count: usize, limit: usize) -> Option<Fault> {
    (count > limit).then(|| (column, &p::TOO_MANY, table.to_owned(), limit.to_string()))
}

fn twice(column: &'static str, table: &str, other: usize) -> Fault {
    (column, &p::DUPLICATE_ROW, String::new(), format!("`{table}[{other}].{column}`"))
}

/// The rows that a row refers to, and by which column.
type Onward = Vec<(usize, &'static str)>;

/// The shortest way from a row back to itself, at the column by which it begins.
fn circle(inner: &Inner, order: usize, row: usize, next: &dyn Fn(usize, &mut Onward)) -> Option<Fault> {
    let key = EDITABLE.iter().find(|table| table.order == order).and_then(|table| table.key)?;
    // Of each row reached, the one before it.
    let mut before = vec![None; inner.facts.len(order)];
    let mut ways = vec![(row, None)];
    let mut onward = Vec::new();
    let mut done = 0;
    while let Some(&(at, first)) = ways.get(done) {
        done += 1;
        next(at, &mut onward);
        for (to, column) in onward.drain(..) {
            let first = first.unwrap_or(column);
            if to == row {
                let mut way = vec![row, at];
                while let Some(Some(back)) = way.last().map(|&last| before.get(last).copied().flatten()) {
                    way.push(back);
                }
                way.reverse();
                way.truncate(9);
                let names: Vec<_> = way.into_iter().filter_map(|row| key(&inner.facts, row)).collect();
                let names: Vec<_> = names.into_iter().map(|name| inner.facts.text(name)).collect();
                return Some((first, &p::CYCLE, names.join(" → "), String::new()));
            }
            if let Some(before @ None) = before.get_mut(to) {
                *before = Some(at);
                ways.push((to, Some(first)));
            }
        }
    }
    None
}

/// The row of a keyed table with this key.
fn by_key(inner: &Inner, order: usize, key: &str) -> Vec<usize> {
    let facts = &inner.facts;
    let own = EDITABLE.iter().find(|table| table.order == order).and_then(|table| table.key);
    let is_it = |row: usize| own.and_then(|own| own(facts, row)).is_some_and(|own| own.is(&facts.arena, key));
    inner.keys.get(order).and_then(|keys| keys.find(key, is_it)).into_iter().collect()
}

/// The rows of the owner with this key.
fn of_owner<O, E>(inner: &Inner, order: usize, key: &str, chain: &Chain<O, E>) -> Vec<usize> {
    let owner = by_key(inner, order, key);
    owner.into_iter().flat_map(|owner| chain.of(Id::at(owner))).map(Id::row).collect()
}

fn link_decision(inner: &mut Inner, row: usize, on: bool) {
    let id = Id::at(row);
    if let Some(number) = by_body_and_year(&inner.facts, id) {
        number.set(&mut inner.numbers, on);
    }
    for old in inner.superseded_by(id) {
        inner.link_decisions(old, id, on);
    }
    let seat = inner.facts.bodies[inner.facts.decisions[id].body].unit.0;
    inner.issued.set(seat.map(|unit| inner.line_of[unit]), id, on);
}

fn fault_of_decision(inner: &Inner, row: usize) -> Option<Fault> {
    let (facts, rows, id) = (&inner.facts, &inner.facts.decisions, Id::at(row));
    let own = &rows[id];
    let number = |row: &Decision| comparable(facts.text(row.number));
    let own_number = number(own);
    let mut others = rows.iter().filter(|&(other, _)| other != id);
    let same = others.find(|(_, other)| {
        (other.body, other.signed) == (own.body, own.signed) && number(other) == own_number
    });
    if let Some((other, _)) = same {
        return Some((
            "number",
            &p::DUPLICATE_DECISION,
            String::new(),
            format!("`decisions[{}].number`", other.row()),
        ));
    }
    circle(inner, Decision::ORDER, row, &|at, out| {
        let row = &rows[Id::at(at)];
        for (list, column) in [(row.amends, "amends"), (row.replaces, "replaces"), (row.annuls, "annuls")] {
            out.extend(facts.ids(list).map(|id| (id.row(), column)));
        }
    })
}

fn fault_of_team(inner: &Inner, row: usize) -> Option<Fault> {
    let (facts, rows) = (&inner.facts, &inner.facts.teams);
    let own = &rows[Id::at(row)];
    let round = circle(inner, Team::ORDER, row, &|at, out| {
        let row = &rows[Id::at(at)];
        out.extend(row.parent.0.map(|id| (id.row(), "parent")));
        out.extend(row.committee.0.map(|id| (id.row(), "committee")));
    });
    if round.is_some() {
        return round;
    }
    let covered = facts.ids(own.covers).map(|unit| inner.covers_of.count(inner.line_of[unit])).max();
    let decided = own.decision.0.map_or(0, |decision| inner.decided.count(decision));
    let below = own.parent.0.map_or(0, |above| inner.below.count(above));
    too_many("unit", Team::NAME, inner.managed.count(inner.line_of[own.unit]), LIMIT)
        .or_else(|| {
            too_many("covers", Team::NAME, covered.unwrap_or(0).max(own.covers.length as usize), LIMIT)
        })
        .or_else(|| too_many("decision", Team::NAME, decided, LIMIT))
        .or_else(|| too_many("parent", Team::NAME, below, LIMIT))
}
