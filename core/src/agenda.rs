//! The *agenda* lists duties: what each unit, team or member owes, by which day, and how it stands.

use crate::choice::Level;
use crate::context::Context;
use crate::day::{Day, Span};
use crate::due::DueDay;
use crate::duty::{Duty, State, duties_of};
use crate::error::Error;
use crate::facts::Body;
use crate::labels::{WORDS, label};
use crate::locale::Locale;
use crate::obligation::{Obligation, Terms};
use crate::order::{sort, sort_by};
use crate::period::Period;
use crate::personal::shown;
use crate::policy::Basis;
use crate::register::Line;
use crate::table::Id;
use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::ops::Range;

/// Which duties are wanted. The default is all whose term has begun, and of what comes once also what is yet to begin.
#[derive(Clone, Debug, Default)]
pub struct AgendaQuery {
    /// Code of a unit: duties of it and of what is below it, or was when it ended.
    pub unit: Option<String>,
    /// Identifier of a team: duties of it and of its members.
    pub team: Option<String>,
    /// Identifier of a body: duties in its unit and below that a body of its kind leads or supports, unless another of that kind is
    /// nearer. The body has to be there when it is done, or on the day of the checked register, or on the last day if that is later.
    pub body: Option<String>,
    /// Identifier of an obligation.
    pub obligation: Option<String>,
    /// One state.
    pub state: Option<State>,
    /// Only what is due on this day or later.
    pub from: Option<NaiveDate>,
    /// Only what is due on this day or earlier, done or not; of what comes back also periods that begin until then.
    pub until: Option<NaiveDate>,
    /// What is left to do, overdue or due within so many days after `from`, or else after the day of the checked register; of what comes
    /// back also periods that begin until then.
    pub days: Option<u32>,
    /// Grouped by level and unit, and only then by the end of the term.
    pub by_unit: bool,
}

/// A duty as it stands on the day of its checked register.
#[derive(Clone, Copy)]
pub struct AgendaRow<'c> {
    pub(crate) context: &'c Context,
    pub(crate) duty: Duty,
}

/// The positions of the obligations of an identifier in the policy.
pub(crate) fn named(context: &Context, id: &str) -> Result<Range<usize>, Error> {
    context.policy.named(id).ok_or_else(|| Error::UnknownObligation(shown(id, false).into()))
}

pub(crate) fn agenda<'c>(
    context: &'c Context,
    duties: &[Duty],
    query: &AgendaQuery,
) -> Result<Vec<AgendaRow<'c>>, Error> {
    let (facts, inner) = (context.facts(), context.inner());
    let unit = query.unit.as_deref().map(|code| context.lines(code)).transpose()?;
    let obligation = query.obligation.as_deref().map(|id| named(context, id)).transpose()?;
    let team = query.team.as_deref().map(|id| {
        let found = facts.teams.iter().find(|(_, row)| facts.text(row.id.0) == id);
        found.map(|(id, _)| id).ok_or_else(|| Error::UnknownTeam(shown(id, false).into()))
    });
    let team = team.transpose()?;
    let body = query.body.as_deref().map(|id| {
        let found = facts.bodies.iter().find(|(_, row)| facts.text(row.id.0) == id);
        let (id, _) = found.ok_or_else(|| Error::UnknownBody(shown(id, false).into()))?;
        Ok(Part::new(context, id))
    });
    let body = body.transpose()?;
    let from = query.from.map(crate::calendar::day).transpose()?;
    let until = query.until.map(crate::calendar::day).transpose()?;
    let left =
        query.days.map(|days| from.unwrap_or(context.as_of).plus(i32::try_from(days).unwrap_or(i32::MAX)));
    let matches = |duty: &Duty| {
        obligation.as_ref().is_none_or(|named| named.contains(&duty.obligation))
            && query.state.is_none_or(|state| state == duty.state)
            && team.is_none_or(|team| duty.debtor.team() == Some(team))
            && from.is_none_or(|from| duty.last >= from)
            && until.is_none_or(|until| duty.last <= until)
            && left.is_none_or(|left| duty.is_left() && duty.last <= left)
            && unit.as_ref().is_none_or(|unit| context.is_below(duty.line, unit, duty.day(context)))
            && body.as_ref().is_none_or(|body| body.takes(duty))
    };
    let end = [until, left].into_iter().flatten().min();
    let found: Vec<_> = match end.filter(|&end| end > context.as_of) {
        None => duties.iter().copied().filter(|duty| matches(duty)).collect(),
        // Periods that are yet to begin are worked out when they are asked for.
        Some(end) => {
            let terms = Terms::new(&context.policy, end)?;
            let lines = inner.lines.ids().filter(|&line| {
                unit.as_ref().is_none_or(|unit| context.is_below(line, unit, context.last_day(line)))
                    && team.is_none_or(|team| inner.line_of[facts.teams[team].unit] == line)
            });
            let all = lines.flat_map(|line| duties_of(context, &terms, line));
            all.filter(|duty| matches(duty)).collect()
        }
    };
    Ok(in_order(context, found, query.by_unit))
}

/// What a body leads or supports.
struct Part<'c> {
    context: &'c Context,
    kind: &'c str,
    seat: Option<Id<Line>>,
    span: Span,
    /// Where bodies of its kind are, and when.
    seats: Vec<(Id<Line>, Span)>,
}

impl<'c> Part<'c> {
    fn new(context: &'c Context, id: Id<Body>) -> Self {
        let facts = context.facts();
        let own = &facts.bodies[id];
        let like =
            facts.bodies.iter().filter(|(_, row)| row.kind == own.kind && row.span().from <= context.as_of);
        let seats = like.filter_map(|(id, row)| Some((context.seat_of(id)?, row.span()))).collect();
        Self { context, kind: facts.word(own.kind), seat: context.seat_of(id), span: own.span(), seats }
    }

    /// Whether it is the nearest of its kind that a duty names.
    fn takes(&self, duty: &Duty) -> bool {
        let context = self.context;
        let is_kind =
            context.policy.obligations().get(duty.obligation).is_some_and(|own| {
                own.lead == self.kind || own.supporting.iter().any(|own| own == self.kind)
            });
        let day = duty.done.unwrap_or(if duty.is_left() { duty.last.max(context.as_of) } else { duty.last });
        let is_seat =
            |line: &Id<Line>| self.seats.iter().any(|(seat, span)| seat == line && span.contains(day));
        is_kind
            && self.span.contains(day)
            && self.span.from <= context.as_of
            && context.inner().path(duty.line, duty.day(context)).find(is_seat) == self.seat
            && self.seat.is_some()
    }
}

/// Duties, which come by unit, in the order of the agenda: places in the order of obligations and units are looked up once.
fn in_order(context: &Context, duties: Vec<Duty>, by_unit: bool) -> Vec<AgendaRow<'_>> {
    let mut lines: Vec<_> = duties.iter().map(|duty| duty.line).collect();
    lines.dedup();
    // A code may have been given twice.
    let first = |line| context.unit(context.inner().lines[line]).span().from;
    let key = |line| (context.inner().level(line), context.inner().code(line, context.as_of), first(line));
    let mut lines: Vec<_> = lines.into_iter().map(|line| (key(line), line)).collect();
    sort_by(&mut lines, |a, b| a.0.cmp(&b.0));
    let mut line_places: Vec<_> = lines.iter().enumerate().map(|(at, &(_, line))| (line, at)).collect();
    sort(&mut line_places);
    let mut places = line_places.iter().peekable();
    let mut rows = Vec::with_capacity(duties.len());
    for duty in duties {
        while places.next_if(|&&(line, _)| line < duty.line).is_some() {}
        let line = places.peek().map(|&&(_, at)| at);
        let group = line.filter(|_| by_unit);
        // Obligations are in the order of their identifiers.
        let name = context.policy.named_as(duty.obligation).start;
        rows.push(((group, duty.last, name, line), AgendaRow { context, duty }));
    }
    sort_by(&mut rows, |(a, one), (b, other)| {
        a.cmp(b)
            .then_with(|| one.team().cmp(&other.team()))
            .then_with(|| one.person().cmp(&other.person()))
            .then_with(|| one.duty.period.map(Period::key).cmp(&other.duty.period.map(Period::key)))
            .then_with(|| one.event().cmp(&other.event()))
            .then_with(|| one.duty.from.cmp(&other.duty.from))
    });
    rows.into_iter().map(|(_, row)| row).collect()
}

impl Duty {
    /// Whether there is anything left to do.
    pub(crate) fn is_left(&self) -> bool {
        matches!(self.state, State::NotYet | State::Open | State::DueSoon | State::Overdue | State::Extended)
    }

    /// Whether a row of it says what one of another says.
    pub(crate) fn is_shown_as(&self, other: &Self) -> bool {
        Self { early: None, ..*self } == Self { early: None, ..*other }
    }

    /// The day on which to look where its unit stands.
    fn day(&self, context: &Context) -> Day {
        context.last_day(self.line)
    }
}

impl<'c> AgendaRow<'c> {
    fn policy(&self) -> Option<&'c Obligation> {
        self.context.policy.obligations().get(self.duty.obligation)
    }

    /// The identifier of the obligation.
    #[must_use]
    pub fn obligation(&self) -> &'c str {
        self.policy().map_or("", |obligation| &obligation.id)
    }

    /// The code of the unit that owes, or that manages the team.
    #[must_use]
    pub fn unit(&self) -> &'c str {
        self.context.inner().code(self.duty.line, self.context.as_of)
    }

    fn line(&self) -> Id<Line> {
        self.duty.line
    }

    /// The first code of that unit, and the day on which it began if it has not been there for as long as matters: no other unit has both.
    #[cfg(feature = "ical")]
    pub(crate) fn first_unit(&self) -> (&'c str, Option<NaiveDate>) {
        let first = self.context.unit(self.context.inner().lines[self.duty.line]);
        (self.context.facts().text(first.code.0), first.span().from.date())
    }

    /// The team that owes, or whose member does.
    #[must_use]
    pub fn team(&self) -> Option<&'c str> {
        let facts = self.context.facts();
        self.duty.debtor.team().map(|id| facts.text(facts.teams[id].id.0))
    }

    /// The member who owes.
    #[must_use]
    pub fn person(&self) -> Option<&'c str> {
        let facts = self.context.facts();
        self.duty.debtor.person().map(|id| facts.text(facts.people[id].id.0))
    }

    /// The period that it is about.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        self.duty.period
    }

    /// The event that gave rise to it.
    #[must_use]
    pub fn event(&self) -> Option<&'c str> {
        let facts = self.context.facts();
        self.duty.event.map(|id| facts.text(facts.events[id].id.0))
    }

    /// Whether its last good day rests on published days alone.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.duty.published
    }

    /// The day on which to remind of it, where the obligation asks for that; not before its term begins.
    #[must_use]
    pub fn remind(&self) -> Option<NaiveDate> {
        let day = self.policy()?.reminder(self.context.policy.calendar(), self.duty.last)?;
        day.max(self.duty.from).date()
    }

    /// The same as [`late`](Self::late) in working days: before the last good day, those that are left. None where the calendar does not
    /// know the days.
    #[must_use]
    pub fn late_working(&self) -> Option<i64> {
        let (calendar, last) = (self.context.policy.calendar(), self.duty.last);
        let end = self.end()?;
        let days = calendar.between(last.min(end), last.max(end)).ok()?;
        Some(if end < last { -days } else { days })
    }

    /// The day on which it was done, or, while it is not, that of the checked register; none of what nobody owes.
    fn end(&self) -> Option<Day> {
        let is_owed = !matches!(self.duty.state, State::NotBound | State::Excused);
        is_owed.then(|| self.duty.done.unwrap_or(self.context.as_of))
    }

    /// The level of the unit.
    #[must_use]
    pub fn level(&self) -> Level {
        self.context.inner().level(self.line())
    }

    /// How it stands.
    #[must_use]
    pub fn state(&self) -> State {
        self.duty.state
    }

    /// First day of the term.
    #[must_use]
    pub fn from(&self) -> Option<NaiveDate> {
        self.duty.from.date()
    }

    /// Number and symbol of the document that moved the day or freed the unit.
    #[must_use]
    pub fn document(&self) -> Option<&'c str> {
        let facts = self.context.facts();
        self.duty.excuse.map(|id| facts.text(facts.excuses[id].document))
    }

    /// The last good day, an extension counted.
    #[must_use]
    pub fn due(&self) -> Option<NaiveDate> {
        self.duty.last.date()
    }

    /// The first day on which it was done.
    #[must_use]
    pub fn done(&self) -> Option<NaiveDate> {
        self.duty.done.date()
    }

    /// Days from the end of the term to the day on which it was done, or, while it is not, to the day of the checked register;
    /// negative before the end. Calendar days; none of what nobody owes.
    #[must_use]
    pub fn late(&self) -> Option<i64> {
        self.end().map(|end| end.since(self.duty.last))
    }

    /// How its last good day comes about, an extension counted.
    ///
    /// # Errors
    /// None: the day was worked out before.
    pub fn explain(&self) -> Result<DueDay, Error> {
        let (duty, calendar) = (self.duty, self.context.policy.calendar());
        let own = self.policy().ok_or_else(|| Error::UnknownObligation(String::new()))?;
        let due = own.due_day(calendar, duty.period, duty.from)?;
        Ok(match self.document() {
            Some(document) => due.moved(duty.until, document),
            None => due,
        })
    }

    /// What it rests on.
    #[must_use]
    pub fn basis(&self) -> Option<&'c Basis> {
        self.policy().map(|obligation| &obligation.basis)
    }

    /// The names of the obligation and of the team, or else the unit.
    #[cfg(feature = "ical")]
    pub(crate) fn names(&self, locale: Locale) -> (&'c str, String) {
        let name =
            self.policy().map_or("", |own| if locale == Locale::Vi { &own.name_vi } else { &own.name_en });
        let unit = || crate::render::unit(self.context, self.line(), locale);
        (name, self.team_name(locale).unwrap_or_else(unit))
    }

    fn team_name(&self, locale: Locale) -> Option<String> {
        self.duty.debtor.team().map(|team| crate::render::team(self.context, team, locale))
    }

    /// As JSON data, with names in one language where a locale is given, and with the steps to its last good day where they are asked for.
    #[must_use]
    pub fn data(self, locale: Option<Locale>, steps: bool) -> impl Serialize + use<'c> {
        Data { row: self, locale, steps }
    }
}

trait Date {
    fn date(self) -> Option<NaiveDate>;
}

impl Date for Option<Day> {
    fn date(self) -> Option<NaiveDate> {
        self.and_then(Day::date)
    }
}

struct Data<'c> {
    row: AgendaRow<'c>,
    locale: Option<Locale>,
    steps: bool,
}

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (row, context) = (self.row, self.row.context);
        let day = |date: Option<NaiveDate>| date.map(|date| date.to_string());
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("obligation", row.obligation())?;
        map.serialize_entry("unit", row.unit())?;
        map.serialize_entry("level", row.level().word())?;
        map.serialize_entry("team", &row.team())?;
        map.serialize_entry("person", &row.person())?;
        map.serialize_entry("period", &row.period())?;
        map.serialize_entry("event", &row.event())?;
        map.serialize_entry("state", row.state().word())?;
        let policy = row.policy();
        map.serialize_entry("from", &day(row.from()))?;
        map.serialize_entry("due", &day(row.due()))?;
        map.serialize_entry("done", &day(row.done()))?;
        map.serialize_entry("remind", &day(row.remind()))?;
        map.serialize_entry("published", &row.is_published())?;
        map.serialize_entry("late", &row.late())?;
        map.serialize_entry("late_working", &row.late_working())?;
        map.serialize_entry("document", &row.document())?;
        map.serialize_entry("until", &day(row.duty.until.date()))?;
        map.serialize_entry("lead", &policy.map(|obligation| &obligation.lead))?;
        map.serialize_entry("supporting", &policy.map(|obligation| &obligation.supporting))?;
        map.serialize_entry("basis", &row.basis())?;
        if let (Some(locale), Some(policy)) = (self.locale, policy) {
            let vi = locale == Locale::Vi;
            let pick = |label: crate::locale::Bilingual| if vi { label.vi } else { label.en };
            let word = |word: &str| {
                label(WORDS, word).map_or_else(|| word.to_owned(), |label| pick(label).to_owned())
            };
            map.serialize_entry("name", if vi { &policy.name_vi } else { &policy.name_en })?;
            map.serialize_entry("period_name", &row.period().map(|period| period.text(locale)))?;
            map.serialize_entry("unit_name", &crate::render::unit(context, row.line(), locale))?;
            map.serialize_entry("team_name", &row.team_name(locale))?;
            map.serialize_entry("state_label", pick(row.state().label()))?;
            map.serialize_entry("lead_label", &word(&policy.lead))?;
            let supporting: Vec<_> = policy.supporting.iter().map(|own| word(own)).collect();
            map.serialize_entry("supporting_labels", &supporting)?;
        }
        if self.steps {
            let due = row.explain().map_err(serde::ser::Error::custom)?;
            map.serialize_entry("steps", &due.texts())?;
        }
        map.end()
    }
}
