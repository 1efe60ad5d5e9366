//! A *record* is a row about a duty: what gave rise to it, a document that moved its day or freed from it, or that it was done. A record
//! that fits no duty changes nothing, so it is looked for here.

use crate::choice::{Test, Trigger, Who};
use crate::context::Context;
use crate::day::Day;
use crate::duty::{Duty, applies, concerns};
use crate::facts::{Completion, Event, Excuse, Person, Row, Team};
use crate::field::Link;
use crate::obligation::Obligation;
use crate::order::sort;
use crate::period::Period;
use crate::register::Line;
use crate::table::{Id, Word};
use std::ops::Range;

/// What a row about a duty says of it.
pub(crate) struct Record {
    /// The position of its table among all.
    pub order: usize,
    pub team: Option<Id<Team>>,
    pub day: Day,
    pub obligation: Word,
    pub person: Option<Id<Person>>,
    pub period: Option<Period>,
    pub event: Option<Id<Event>>,
    /// Of an extension: the new last day.
    until: Option<Day>,
    excuse: Option<Id<Excuse>>,
}

impl Record {
    fn of<T: Row>(team: Link<Team>, day: Day, obligation: Word) -> Self {
        let (person, period, event) = (None, None, None);
        let (until, excuse) = (None, None);
        Self { order: T::ORDER, team: team.0, day, obligation, person, period, event, until, excuse }
    }

    fn of_event(id: Id<Event>, row: &Event) -> Self {
        Self { event: Some(id), ..Self::of::<Event>(row.team, row.day, row.obligation) }
    }

    fn of_excuse(id: Id<Excuse>, row: &Excuse) -> Self {
        let (period, event, excuse) = (row.period, row.event.0, Some(id));
        Self {
            period,
            event,
            until: row.until,
            excuse,
            ..Self::of::<Excuse>(row.team, row.day, row.obligation)
        }
    }

    fn of_completion(row: &Completion) -> Self {
        let (person, period, event) = (row.person.0, row.period, row.event.0);
        Self { person, period, event, ..Self::of::<Completion>(row.team, row.day, row.obligation) }
    }

    /// The positions in the policy of the obligations of the identifier that it names.
    pub(crate) fn named(&self, context: &Context) -> Option<Range<usize>> {
        context.policy.named(context.facts().word(self.obligation))
    }
}

/// What tells the duties of a unit apart, as numbers: the obligation, a team, a person, a period in three, and an event.
type Key = [i32; 7];

fn key(
    at: usize,
    team: Option<Id<Team>>,
    person: Option<Id<Person>>,
    period: Option<Period>,
    event: Option<Id<Event>>,
) -> Key {
    fn number<T>(id: Option<Id<T>>) -> i32 {
        id.map_or(0, |id| id.number().get().cast_signed())
    }
    // No period is of the year 0.
    let (kind, year, part) = period.map_or((0, 0, 0), Period::key);
    let at = i32::try_from(at).unwrap_or(i32::MAX);
    [at, number(team), number(person), kind.into(), year, part, number(event)]
}

/// The records of a unit and its teams, known on `as_of`, that fit none of the unit's `duties`.
pub(crate) fn unfit(context: &Context, duties: &[Duty], line: Id<Line>) -> Vec<Record> {
    // A policy that asks for nothing to be done is not about duties.
    if context.policy.obligations().is_empty() {
        return Vec::new();
    }
    let mut records = records(context, line);
    if records.is_empty() {
        return records;
    }
    let policy = &context.policy;
    let of = |duty: &Duty| {
        let is_recorded =
            policy.obligations().get(duty.obligation).is_some_and(|own| own.test == Test::Recorded);
        let name = policy.named_as(duty.obligation).start;
        let debtor = duty.debtor;
        (key(name, debtor.team(), debtor.person(), duty.period, duty.event), is_recorded)
    };
    let mut keys: Vec<_> = duties.iter().map(of).collect();
    sort(&mut keys);
    records.retain(|record| {
        let Some(named) = record.named(context) else { return true };
        let own = policy.obligations().get(named.clone()).unwrap_or_default();
        if record.order == Excuse::ORDER {
            // Whom or what it does not name, it is about all of.
            let mut about = duties.iter().filter(|duty| named.contains(&duty.obligation));
            return !about.any(|duty| {
                (record.team.is_none() || record.team == duty.debtor.team())
                    && (record.period.is_none() || record.period == duty.period)
                    && (record.event.is_none() || record.event == duty.event)
                    && record.excuse.is_some_and(|id| record.until.is_none() || applies(context, duty, id))
            }) && !named.clone().zip(own).any(|own| is_ahead(context, own, record, line));
        }
        let key = key(named.start, record.team, record.person, record.period, record.event);
        let fits = |is_recorded| keys.binary_search(&(key, is_recorded)).is_ok();
        let is_told = fits(true) || record.order == Event::ORDER && fits(false);
        // Rows that are for other units say nothing here.
        let reach = named.zip(own).filter(|(at, _)| context.rank(*at, line, record.day).is_some());
        !(is_told || is_history(context, &reach.map(|(_, own)| own).collect::<Vec<_>>(), record, line))
    });
    records
}

/// The records of a unit and its teams that are known on `as_of`, as are the team and the event that each names.
fn records(context: &Context, line: Id<Line>) -> Vec<Record> {
    let (facts, inner) = (context.facts(), context.inner());
    let mut records = Vec::new();
    let mut add = |record: Record| {
        let event = record.event.map(|event| &facts.events[event]);
        let mut teams = [record.team, event.and_then(|event| event.team.0)].into_iter().flatten();
        if record.day.max(event.map_or(record.day, |event| event.day)) <= context.as_of
            && teams.all(|team| context.knows_team(team))
        {
            records.push(record);
        }
    };
    for id in inner.excuses.of(line) {
        add(Record::of_excuse(id, &facts.excuses[id]));
    }
    for id in inner.unit_events.of(line) {
        add(Record::of_event(id, &facts.events[id]));
    }
    for id in inner.unit_completions.of(line) {
        add(Record::of_completion(&facts.completions[id]));
    }
    for team in inner.managed.of(line) {
        for id in inner.team_events.of(team) {
            add(Record::of_event(id, &facts.events[id]));
        }
        for id in inner.team_completions.of(team) {
            add(Record::of_completion(&facts.completions[id]));
        }
    }
    records
}

/// Whether an excuse may be about what is still to come: a document is often older than the term that it is about, or than the team.
fn is_ahead(
    context: &Context,
    (at, obligation): (usize, &Obligation),
    excuse: &Record,
    line: Id<Line>,
) -> bool {
    let is_team = |team: Id<Team>| {
        let is_kind = obligation.teams.is_none_or(|kind| context.facts().teams[team].kind == kind);
        obligation.who != Who::Unit && is_kind && context.place_of(team) == line
    };
    let mut counts_on = context.as_of.max(obligation.span.from);
    let is_time = match (excuse.period, obligation.every) {
        _ if excuse.event.is_some() => false,
        (Some(period), Some((frequency, scheme))) => {
            let cut_off = period.span(scheme).1;
            counts_on = cut_off;
            let term = obligation.term_of(context.policy.calendar(), period);
            let is_later = term.is_some_and(|term| excuse.until.is_none_or(|until| term.last < until));
            period.frequency() == frequency && cut_off > context.as_of && is_later
        }
        (Some(_), None) => false,
        (None, _) => {
            let is_later = |until| obligation.is_once() && obligation.once.0 < until;
            excuse.until.is_none_or(is_later) && excuse.day < obligation.span.to
        }
    };
    is_time && excuse.team.is_none_or(is_team) && concerns(context, at, line, counts_on)
}

/// Whether a record is older than what the policy asks, or is of a member or of a unit that another rule is about: it is no slip.
fn is_history(context: &Context, named: &[&Obligation], record: &Record, line: Id<Line>) -> bool {
    let (facts, inner) = (context.facts(), context.inner());
    // The day on which it would count, and the first on which anything does.
    let days = |own: &Obligation| {
        let day = match (record.period, own.every) {
            (Some(period), Some((frequency, scheme))) if period.frequency() == frequency => {
                period.span(scheme).1
            }
            (Some(_), _) => return None,
            (None, _) => record.day,
        };
        Some((day, own.span.from))
    };
    let mut days = named.iter().copied().filter_map(days).peekable();
    let is_older = days.peek().is_some() && days.all(|(day, from)| day < from);
    let is_member = || {
        let known = |id| {
            let row = &facts.memberships[id];
            record.person == Some(row.person) && row.from <= context.as_of
        };
        (record.period, record.event) == (None, None)
            && named.iter().any(|own| own.on == Some(Trigger::Appointment))
            && record.team.is_some_and(|team| inner.members.of(team).any(known))
    };
    is_older || record.order == Completion::ORDER && is_member() || inner.version(line, record.day).is_none()
}
