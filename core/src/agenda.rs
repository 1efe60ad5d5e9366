//! The *agenda* lists duties: what each unit owes, by which day, and how it stands.

use crate::choice::Level;
use crate::context::Context;
use crate::day::Day;
use crate::duty::{Duty, State};
use crate::error::Error;
use crate::labels::{WORDS, label};
use crate::locale::Locale;
use crate::order::sort_by;
use crate::policy::Basis;
use crate::register::Line;
use crate::table::Id;
use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// Which duties are wanted. The default is all of them.
#[derive(Clone, Debug, Default)]
pub struct AgendaQuery {
    /// Code of a unit: duties of it and of what is below it, or was when it ended.
    pub unit: Option<String>,
    /// Identifier of an obligation.
    pub obligation: Option<String>,
    /// One state.
    pub state: Option<State>,
    /// What is left to do, overdue or due within so many days after the day of the checked register.
    pub days: Option<u32>,
}

/// A duty as it stands on the day of its checked register.
#[derive(Clone, Copy)]
pub struct AgendaRow<'c> {
    pub(crate) context: &'c Context,
    pub(crate) duty: &'c Duty,
}

pub(crate) fn agenda<'c>(
    context: &'c Context,
    duties: &'c [Duty],
    query: &AgendaQuery,
) -> Result<Vec<AgendaRow<'c>>, Error> {
    let unit = query.unit.as_deref().map(|code| context.lines(code)).transpose()?;
    let obligation = query.obligation.as_deref().map(|id| {
        let found = context.policy.obligations().iter().position(|obligation| obligation.id == id);
        found.ok_or_else(|| Error::UnknownObligation(crate::personal::shown(id, false).into()))
    });
    let obligation = obligation.transpose()?;
    let until = query.days.map(|days| context.as_of.plus(i32::try_from(days).unwrap_or(i32::MAX)));
    let matches = |duty: &&Duty| {
        obligation.is_none_or(|at| at == duty.obligation)
            && query.state.is_none_or(|state| state == duty.state)
            && until.is_none_or(|until| duty.is_left() && duty.last <= until)
            && unit.as_ref().is_none_or(|unit| context.is_below(duty.line, unit, duty.day(context)))
    };
    let mut rows: Vec<_> = duties.iter().filter(matches).map(|duty| AgendaRow { context, duty }).collect();
    // A code may have been given twice.
    let first = |line| context.unit(context.inner().lines[line]).span().from;
    let key =
        |row: &AgendaRow<'c>| (row.duty.last, row.obligation(), row.level(), row.unit(), first(row.line()));
    sort_by(&mut rows, |a, b| key(a).cmp(&key(b)));
    Ok(rows)
}

impl Duty {
    /// Whether there is anything left to do.
    fn is_left(&self) -> bool {
        matches!(self.state, State::NotYet | State::Open | State::DueSoon | State::Overdue | State::Extended)
    }

    /// The day on which to look where its unit stands.
    fn day(&self, context: &Context) -> Day {
        context.last_day(self.line)
    }
}

impl<'c> AgendaRow<'c> {
    fn policy(&self) -> Option<&'c crate::duty::Obligation> {
        self.context.policy.obligations().get(self.duty.obligation)
    }

    /// The identifier of the obligation.
    #[must_use]
    pub fn obligation(&self) -> &'c str {
        self.policy().map_or("", |obligation| &obligation.id)
    }

    /// The code of the unit.
    #[must_use]
    pub fn unit(&self) -> &'c str {
        self.context.inner().code(self.duty.line, self.context.as_of)
    }

    fn line(&self) -> Id<Line> {
        self.duty.line
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
        self.policy().and_then(crate::duty::Obligation::from)
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
    /// negative before the end. Calendar days.
    #[must_use]
    pub fn late(&self) -> i64 {
        self.duty.done.unwrap_or(self.context.as_of).since(self.duty.last)
    }

    /// What it rests on.
    #[must_use]
    pub fn basis(&self) -> Option<&'c Basis> {
        self.policy().map(|obligation| &obligation.basis)
    }

    /// As JSON data, with names in one language where a locale is given.
    #[must_use]
    pub fn data(self, locale: Option<Locale>) -> impl Serialize + use<'c> {
        Data { row: self, locale }
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
}

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (row, context) = (self.row, self.row.context);
        let facts = context.facts();
        let day = |date: Option<NaiveDate>| date.map(|date| date.to_string());
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("obligation", row.obligation())?;
        map.serialize_entry("unit", row.unit())?;
        map.serialize_entry("level", row.level().word())?;
        map.serialize_entry("state", row.state().word())?;
        let policy = row.policy();
        map.serialize_entry("from", &day(row.from()))?;
        map.serialize_entry("due", &day(row.due()))?;
        map.serialize_entry("done", &day(row.done()))?;
        map.serialize_entry("late", &row.late())?;
        let excuse = row.duty.excuse.map(|id| &facts.excuses[id]);
        map.serialize_entry("document", &row.document())?;
        map.serialize_entry("until", &day(excuse.and_then(|excuse| excuse.until).date()))?;
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
            map.serialize_entry("unit_name", &crate::render::unit(context, row.line(), locale))?;
            map.serialize_entry("state_label", pick(row.state().label()))?;
            map.serialize_entry("lead_label", &word(&policy.lead))?;
        }
        map.end()
    }
}
