//! An *obligation* is what a policy says must be done, by whom and by when: once, each period, or after what gives rise to it. Its *terms*
//! are the times in which a duty under it is to be done.

use crate::calendar::Calendar;
use crate::choice::{Adjust, Counted, Due, Level, TeamKind, Test, Trigger, Who};
use crate::day::{Day, Span};
use crate::due::{DueDay, DueRule, Start};
use crate::error::Error;
use crate::facts::{self, Event, Facts};
use crate::field::Count;
use crate::period::{Frequency, Period, Scheme};
use crate::policy::{Basis, Entry, Item, Policy, Value};
use crate::problem::{self as p, Place, Problem};
use crate::table::Id;
use chrono::NaiveDate;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::ops::Range;
use std::sync::Arc;

/// Something that units, teams or members must have done by a day: one row of a policy. Several may have one identifier, for different
/// units and days; in a unit the one of the lowest scope counts, as it is with entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    /// Identifier.
    pub id: String,
    /// Name, in Vietnamese.
    pub name_vi: String,
    /// Name, in English.
    pub name_en: String,
    /// Level of the units concerned, or of those that manage the teams.
    pub level: Level,
    /// Kinds of these units; none means all of the level.
    pub kinds: Vec<String>,
    /// Who owes it.
    pub who: Who,
    /// For teams and members: the kind of the teams; none means any.
    pub teams: Option<TeamKind>,
    /// How often it comes back, and by which scheme; none if it does not.
    pub every: Option<(Frequency, Scheme)>,
    /// What gives rise to it; none if nothing has to.
    pub on: Option<Trigger>,
    /// The obligation whose outcome it gathers.
    pub gathers: Option<String>,
    /// Kind of the body that leads.
    pub lead: String,
    /// Kinds of the bodies that support.
    pub supporting: Vec<String>,
    /// By when.
    pub due: Due,
    /// Where a last day goes that is no working day.
    pub adjust: Adjust,
    /// When it is done.
    pub test: Test,
    /// The form whose report shows it, where it is done by reporting.
    pub form: Option<String>,
    /// Code of the unit in which units are concerned; none means everywhere.
    pub scope: Option<String>,
    /// What it rests on.
    pub basis: Basis,
    /// The policy that has it.
    pub policy: Arc<str>,
    /// 0 for the policy that extends none.
    pub(crate) layer: usize,
    /// Its row in the document of that policy.
    pub(crate) row: usize,
    /// The positions in the policy of the rows with its identifier, its own among them.
    pub(crate) named: Range<usize>,
    pub(crate) span: Span,
    /// The days on which it takes the place of others with its identifier.
    pub(crate) holds: Span,
    pub(crate) rule: DueRule,
    pub(crate) soon: i32,
    pub(crate) remind: u32,
    /// Of what comes once: the last good day, an extension not counted, and whether it rests on published days alone.
    pub(crate) once: (Day, bool),
    /// Of what comes once: the first last good day of all rows with its identifier.
    pub(crate) counts_on: Day,
}

/// The time in which one duty is to be done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term {
    pub period: Option<Period>,
    pub event: Option<Id<Event>>,
    /// The first day on which it can be done.
    pub from: Day,
    /// The day on which it is asked whom it binds: of a period its cut-off, else the last good day.
    pub binds_on: Day,
    /// The day on which it is asked which row of the obligation counts, and where the unit stands for that: the cut-off of a period, the day
    /// of what gives rise to a duty; of what comes once, for all rows the same.
    pub counts_on: Day,
    /// The last good day.
    pub last: Day,
    /// Whether that rests on published days alone.
    pub published: bool,
}

impl facts::Obligation {
    /// The days on which it takes the place of others with its identifier: of what comes back or is given rise to, those of its cut-offs
    /// and of what happens; of what comes once, all.
    pub(crate) fn holds(&self) -> Span {
        let is_once = self.every.is_none() && self.on.is_none();
        if is_once {
            Span { from: Day::OPEN_START, to: Day::OPEN_END }
        } else {
            Span { from: self.from, to: self.to.0 }
        }
    }
}

impl Obligation {
    pub(crate) fn new(
        facts: &Facts,
        id: Id<facts::Obligation>,
        basis: Basis,
        policy: &Arc<str>,
        layer: usize,
    ) -> Result<Self, Error> {
        let row = &facts.obligations[id];
        let number = |count: Option<Count>| count.map(|count| count.0);
        let day = row.day.and_then(Day::date);
        Ok(Self {
            id: facts.word(row.id).into(),
            name_vi: facts.text(row.name_vi).into(),
            name_en: facts.text(row.name_en).into(),
            level: row.level,
            kinds: facts.words(row.kinds).map(Into::into).collect(),
            who: row.who.unwrap_or(Who::Unit),
            teams: row.teams,
            every: row.every.zip(row.scheme),
            on: row.on,
            gathers: row.gathers.map(|id| facts.word(id).into()),
            lead: facts.word(row.lead).into(),
            supporting: facts.words(row.supporting).map(Into::into).collect(),
            due: row.due,
            adjust: row.adjust,
            test: row.test,
            form: row.form.map(|form| facts.word(form).into()),
            scope: row.scope.map(|code| facts.text(code.0).into()),
            basis,
            policy: Arc::clone(policy),
            layer,
            row: id.row(),
            named: 0..0,
            span: Span { from: row.from, to: row.to.0 },
            holds: row.holds(),
            rule: DueRule::new(row.due, day, number(row.count), row.of, number(row.months))?,
            soon: number(row.soon).map_or(0, |days| i32::try_from(days).unwrap_or(i32::MAX)),
            remind: number(row.remind).unwrap_or(0),
            once: (row.from, true),
            counts_on: row.from,
        })
    }

    /// As an entry of its policy.
    pub(crate) fn entry(&self) -> Entry {
        Entry {
            item: Item::Obligation(self.id.clone()),
            value: Value::Obligation(Box::new(self.clone())),
            span: self.span,
            scope: self.scope.clone(),
            basis: self.basis.clone(),
            policy: Arc::clone(&self.policy),
            layer: self.layer,
            row: self.row,
        }
    }

    /// First day of the term; of what comes back or is given rise to, the first day on which a cut-off or what happens counts.
    #[must_use]
    pub fn from(&self) -> Option<NaiveDate> {
        self.span.from.date()
    }

    /// The day that the text names, if it names one.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        match self.rule {
            DueRule::Before(day) | DueRule::OnOrBefore(day) => Some(day),
            _ => None,
        }
    }

    /// By when, as a rule.
    #[must_use]
    pub fn rule(&self) -> DueRule {
        self.rule
    }

    /// Whether it comes once, to all whom it binds at the same time.
    pub(crate) fn is_once(&self) -> bool {
        self.every.is_none() && self.on.is_none()
    }

    /// What its term runs from, unless the text names its last day.
    fn start(&self) -> Option<Start> {
        self.from().filter(|_| self.day().is_none()).map(Start::Day)
    }

    /// Works the last good day out; of what comes back or is given rise to, sees whether there can be one.
    pub(crate) fn settle(&mut self, calendar: &Calendar, layer: usize, problems: &mut Vec<Problem>) {
        // Of what comes back one cut-off at least has to lie in its span.
        if let Some(Start::Period(period, scheme)) = self.first_period()
            && period.span(scheme).1 >= self.span.to
        {
            let wanted = format!("`{}`", period.span(scheme).1.plus(1));
            problems.push(Problem::new(self.place(layer, "to"), &p::UNFIT, &self.id, &wanted));
        }
        match calendar.due_day(self.rule, self.adjust, self.first_period().or(self.start())) {
            Ok(once) => {
                self.once = once;
                if self.remind > 0 && calendar.works(once.0).is_err() {
                    let place = self.place(layer, "remind");
                    problems.push(Problem::in_both(place, &p::NO_REMINDER, &self.id, &calendar.known()));
                }
                // What comes once is due in its term.
                if self.is_once() && once.0 < self.span.from {
                    let (found, wanted) = (once.0.to_string(), format!("`{}`", self.span.from));
                    problems.push(Problem::new(self.place(layer, "due"), &p::REVERSED_SPAN, &found, &wanted));
                }
            }
            Err(Error::NoCalendar { .. }) => {
                let known = calendar.known();
                let place = self.place(layer, "due");
                problems.push(Problem::in_both(place, &p::NO_CALENDAR, &self.id, &known));
            }
            // It lies beyond the last day of all.
            Err(_) => {
                problems.push(Problem::new(self.place(layer, "count"), &p::UNFIT, self.due.word(), "`5`"));
            }
        }
    }

    /// Where its row stands in the document of a layer; if that is another, the document itself.
    pub(crate) fn place(&self, layer: usize, column: &str) -> Place {
        if layer == self.layer { Place::of::<facts::Obligation>(self.row, column) } else { Place::default() }
    }

    /// The first period whose cut-off lies in its span.
    fn first_period(&self) -> Option<Start> {
        let (frequency, scheme) = self.every?;
        // Nine months leave October to December to nobody.
        let mut days = std::iter::successors(self.from(), NaiveDate::succ_opt).take(100);
        let first = days.find_map(|day| Period::at(frequency, day, scheme))?;
        Some(Start::Period(first, scheme))
    }

    /// Its last good day and how it comes about, an extension not counted: of what comes back that of its first period, of what is given
    /// rise to that of something on its first day.
    ///
    /// # Errors
    /// None: it was worked out when the policy was read.
    pub fn explain(&self, calendar: &Calendar) -> Result<DueDay, Error> {
        calendar.due(self.rule, self.adjust, self.first_period().or(self.start()))
    }

    /// The last good day of one of its terms, an extension not counted: of a period, or of what runs from a day.
    pub(crate) fn due_day(
        &self,
        calendar: &Calendar,
        period: Option<Period>,
        from: Day,
    ) -> Result<DueDay, Error> {
        let of_period = period.zip(self.every).map(|(period, (_, scheme))| Start::Period(period, scheme));
        let given = self.on.and(from.date()).map(Start::Day);
        calendar.due(self.rule, self.adjust, of_period.or(given).or(self.start()))
    }

    /// The terms of what comes once or comes back, as far as they begin by `until`.
    pub(crate) fn terms(&self, calendar: &Calendar, until: Day) -> Vec<Term> {
        if self.is_once() {
            let (last, published) = self.once;
            let from = self.span.from;
            let (binds_on, counts_on) = (last, self.counts_on);
            return vec![Term { period: None, event: None, from, binds_on, counts_on, last, published }];
        }
        let Some(Start::Period(first, scheme)) = self.first_period() else { return Vec::new() };
        let periods = std::iter::successors(Some(first), |period| period.next());
        // Where the calendar ends, so do the terms.
        let terms = periods.map_while(|period| self.term_in(calendar, period, scheme));
        terms.take_while(|term| term.from <= until).collect()
    }

    /// The term of a period, if it is one of its own.
    pub(crate) fn term_of(&self, calendar: &Calendar, period: Period) -> Option<Term> {
        let (frequency, scheme) = self.every?;
        let term = Some(period).filter(|period| period.frequency() == frequency)?;
        self.term_in(calendar, term, scheme).filter(|term| self.span.contains(term.binds_on))
    }

    fn term_in(&self, calendar: &Calendar, period: Period, scheme: Scheme) -> Option<Term> {
        let (from, cut_off) = period.span(scheme);
        let start = Start::Period(period, scheme);
        let (last, published) = calendar.due_day(self.rule, self.adjust, Some(start)).ok()?;
        let term = Term {
            period: Some(period),
            event: None,
            from,
            binds_on: cut_off,
            counts_on: cut_off,
            last,
            published,
        };
        Some(term).filter(|_| cut_off < self.span.to)
    }

    /// The term that something on a day gives rise to.
    pub(crate) fn term_after(&self, calendar: &Calendar, day: Day, event: Option<Id<Event>>) -> Option<Term> {
        let start = Some(day).filter(|&day| self.span.contains(day)).and_then(Day::date).map(Start::Day)?;
        let (last, published) = calendar.due_day(self.rule, self.adjust, Some(start)).ok()?;
        Some(Term { period: None, event, from: day, binds_on: last, counts_on: day, last, published })
    }
}

/// The columns that say what has to be done; what is absent is `null`.
impl Serialize for Obligation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (day, count, of, months) = match self.rule {
            DueRule::Before(day) | DueRule::OnOrBefore(day) => (Some(day), None, None, None),
            DueRule::MonthDay { day, months } => (None, Some(day), None, Some(months)),
            DueRule::MonthEnd { months } => (None, None, None, Some(months)),
            DueRule::After { count, of } => (None, Some(count), Some(of), None),
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name_vi", &self.name_vi)?;
        map.serialize_entry("name_en", &self.name_en)?;
        map.serialize_entry("level", self.level.word())?;
        map.serialize_entry("kinds", &self.kinds)?;
        map.serialize_entry("who", self.who.word())?;
        map.serialize_entry("teams", &self.teams.map(TeamKind::word))?;
        map.serialize_entry("every", &self.every.map(|(every, _)| every.word()))?;
        map.serialize_entry("scheme", &self.every.map(|(_, scheme)| scheme.word()))?;
        map.serialize_entry("on", &self.on.map(Trigger::word))?;
        map.serialize_entry("gathers", &self.gathers)?;
        map.serialize_entry("lead", &self.lead)?;
        map.serialize_entry("supporting", &self.supporting)?;
        map.serialize_entry("due", self.due.word())?;
        map.serialize_entry("day", &day.map(|day| day.to_string()))?;
        map.serialize_entry("count", &count)?;
        map.serialize_entry("of", &of.map(Counted::word))?;
        map.serialize_entry("months", &months)?;
        map.serialize_entry("adjust", self.adjust.word())?;
        map.serialize_entry("soon", &Some(self.soon).filter(|&days| days > 0))?;
        map.serialize_entry("remind", &Some(self.remind).filter(|&days| days > 0))?;
        map.serialize_entry("test", self.test.word())?;
        map.serialize_entry("form", &self.form)?;
        map.end()
    }
}

/// The terms of each obligation that begin by a day, those that something gives rise to aside.
#[derive(Clone, Default)]
pub(crate) struct Terms(pub Vec<Vec<Term>>);

impl Terms {
    /// The most terms of one policy: ten years of forty weekly reports have as many. Of rows with one identifier those count that have most.
    const LIMIT: usize = 20_000;
    /// The most terms of all rows.
    const LIMIT_OF_ROWS: usize = 10 * Self::LIMIT;

    pub(crate) fn new(policy: &Policy, until: Day) -> Result<Self, Error> {
        let calendar = policy.calendar();
        let (mut left, mut left_of_rows, mut most) = (Self::LIMIT, Self::LIMIT_OF_ROWS, 0);
        let mut all = Vec::new();
        for (at, obligation) in policy.obligations().iter().enumerate() {
            let terms = obligation.terms(calendar, until);
            most = if at == obligation.named.start { terms.len() } else { most.max(terms.len()) };
            let is_last = at + 1 == obligation.named.end;
            let rest = left.checked_sub(if is_last { most } else { 0 });
            left_of_rows =
                left_of_rows.checked_sub(terms.len()).ok_or(Error::TooManyTerms(Self::LIMIT_OF_ROWS))?;
            left = rest.ok_or(Error::TooManyTerms(Self::LIMIT))?;
            all.push(terms);
        }
        Ok(Self(all))
    }

    /// The terms of an obligation.
    pub(crate) fn of(&self, at: usize) -> &[Term] {
        self.0.get(at).map_or(&[], Vec::as_slice)
    }

    /// Whether an obligation has a term that has begun.
    pub(crate) fn has_begun(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(|terms| !terms.is_empty())
    }
}

impl Obligation {
    /// The day on which to remind of a last good day; of one before the calendar begins, as early as may be.
    pub(crate) fn reminder(&self, calendar: &Calendar, last: Day) -> Option<Day> {
        let days = Some(self.remind).filter(|&days| days > 0)?;
        Some(calendar.plus(last, -i64::from(days)).unwrap_or(Day::OPEN_START))
    }
}
