//! A *record* is a row about a duty: what gave rise to it, a document that moved its day or freed from it, or that it was done. A record
//! that fits no duty changes nothing, so it is looked for here.

use crate::choice::Test;
use crate::context::Context;
use crate::day::Day;
use crate::duty::Duty;
use crate::facts::{Completion, Event, Excuse, Person, Row, Team};
use crate::field::Link;
use crate::obligation::Terms;
use crate::order::{sort, sort_by};
use crate::period::Period;
use crate::register::Line;
use crate::table::{Id, Word};

/// What a row about a duty says of it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Record {
    /// The position of its table among all.
    pub order: usize,
    pub team: Option<Id<Team>>,
    pub day: Day,
    pub obligation: Word,
    pub person: Option<Id<Person>>,
    pub period: Option<Period>,
    pub event: Option<Id<Event>>,
}

impl Record {
    fn of<T: Row>(team: Link<Team>, day: Day, obligation: Word) -> Self {
        let (person, period, event) = (None, None, None);
        Self { order: T::ORDER, team: team.0, day, obligation, person, period, event }
    }

    fn of_event(id: Id<Event>, row: &Event) -> Self {
        Self { event: Some(id), ..Self::of::<Event>(row.team, row.day, row.obligation) }
    }

    fn of_excuse(row: &Excuse) -> Self {
        let (period, event) = (row.period, row.event.0);
        Self { period, event, ..Self::of::<Excuse>(row.team, row.day, row.obligation) }
    }

    fn of_completion(row: &Completion) -> Self {
        let (person, period, event) = (row.person.0, row.period, row.event.0);
        Self { person, period, event, ..Self::of::<Completion>(row.team, row.day, row.obligation) }
    }

    /// The position in the policy of the obligation that it names.
    pub(crate) fn asked(&self, context: &Context) -> Option<usize> {
        let id = context.facts().word(self.obligation);
        context.policy.obligations().iter().position(|obligation| obligation.id == id)
    }
}

/// The records of a unit and its teams, known on `as_of`, that fit none of the unit's `duties`; each once, by team and day.
pub(crate) fn unfit(context: &Context, terms: &Terms, duties: &[Duty], line: Id<Line>) -> Vec<Record> {
    // A policy that asks for nothing to be done is not about duties.
    if context.policy.obligations().is_empty() {
        return Vec::new();
    }
    let mut records = records(context, line);
    if records.is_empty() {
        return records;
    }
    let when = |period: Option<Period>| period.map(Period::key);
    let key = |duty: &Duty| {
        let (team, person) = (duty.debtor.team(), duty.debtor.person());
        (duty.obligation, team, person, when(duty.period), duty.event)
    };
    let mut keys: Vec<_> = duties.iter().map(key).collect();
    sort(&mut keys);
    let fits = |at: usize, record: &Record| {
        let is_recorded =
            || context.policy.obligations().get(at).is_some_and(|own| own.test == Test::Recorded);
        if record.order == Excuse::ORDER {
            // Whom or what it does not name, it is about all of.
            let mut own = duties.iter().filter(|duty| duty.obligation == at);
            return own.any(|duty| {
                (record.team.is_none() || record.team == duty.debtor.team())
                    && (record.period.is_none() || record.period == duty.period)
                    && (record.event.is_none() || record.event == duty.event)
            }) || is_ahead(context, terms, at, record);
        }
        let key = (at, record.team, record.person, when(record.period), record.event);
        keys.binary_search(&key).is_ok() && (record.order == Event::ORDER || is_recorded())
    };
    records.retain(|record| !record.asked(context).is_some_and(|at| fits(at, record)));
    let key = |own: &Record| {
        (own.team, own.day, own.order, own.obligation, own.person, when(own.period), own.event)
    };
    sort_by(&mut records, |a, b| key(a).cmp(&key(b)));
    records.dedup();
    records
}

/// The records of a unit and its teams that are known on `as_of`, as are the team and the event that each names.
fn records(context: &Context, line: Id<Line>) -> Vec<Record> {
    let (facts, inner) = (context.facts(), context.inner());
    let event = |id| Record::of_event(id, &facts.events[id]);
    let completion = |id| Record::of_completion(&facts.completions[id]);
    let mut records = Vec::new();
    records.extend(inner.unit_events.of(line).map(event));
    records.extend(inner.excuses.of(line).map(|id| Record::of_excuse(&facts.excuses[id])));
    records.extend(inner.unit_completions.of(line).map(completion));
    for team in inner.managed.of(line) {
        records.extend(inner.team_events.of(team).map(event));
        records.extend(inner.team_completions.of(team).map(completion));
    }
    let knows = |day: Day, team: Option<Id<Team>>| {
        day <= context.as_of && team.is_none_or(|team| context.knows_team(team))
    };
    records.retain(|record| {
        let event = record.event.map(|event| &facts.events[event]);
        knows(record.day, record.team) && event.is_none_or(|event| knows(event.day, event.team.0))
    });
    records
}

/// Whether an excuse may be about what is still to come: a document is often older than the term that it is about.
fn is_ahead(context: &Context, terms: &Terms, at: usize, excuse: &Record) -> bool {
    let Some(obligation) = context.policy.obligations().get(at) else { return false };
    match (obligation.every, excuse.period) {
        _ if excuse.event.is_some() => false,
        (Some((frequency, scheme)), Some(period)) => {
            period.frequency() == frequency && period.span(scheme).0 > context.as_of
        }
        (None, Some(_)) => false,
        (Some(_), None) => !terms.has_begun(at),
        (None, None) => obligation.on.is_some(),
    }
}
