//! The agenda as an *iCalendar* (RFC 5545): one all-day event for each duty, on its last good day.

use crate::agenda::AgendaRow;
use crate::checked::Checked;
use crate::duty::State;
use crate::locale::{Bilingual, Locale};
use chrono::NaiveDate;
use ics::components::Property;
use ics::properties::{Description, DtEnd, DtStart, Summary, Transp, Trigger};
use ics::{Alarm, Event, ICalendar, escape_text};
use std::fmt::Write as _;

/// The hour of the day at which a program reminds.
const MORNING: i64 = 8;

impl Checked {
    /// Duties as an iCalendar, for calendar programs. A duty has the same UID whenever it is printed, so that reading the file again
    /// updates what is there; it is stamped with the day of the checked register, and tells how its day comes about. Where the obligation
    /// asks for a reminder, what is left to do has an alarm at 8 on that day. People are named by their identifiers.
    ///
    /// ```
    /// # use cnscd::{AgendaQuery, Locale, Policy, Register};
    /// # let register = Register::from_json(r#"{
    /// #   "units": [{"code": "291", "name": "Huyện Nam Sách", "kind": "huyen", "level": "district"}]
    /// # }"#)?;
    /// let checked = register.check(&Policy::preset("hai-duong-2022")?, cnscd::parse_day("2022-04-12")?)?;
    /// let rows = checked.agenda(&AgendaQuery { days: Some(30), ..AgendaQuery::default() })?;
    /// let calendar = checked.to_ical(&rows, Locale::Vi);
    /// assert!(calendar.contains("UID:set-up-teams+291@cnscd\r\n"));
    /// assert!(calendar.contains("DTSTART;VALUE=DATE:20220429\r\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_ical(&self, rows: &[AgendaRow<'_>], locale: Locale) -> String {
        let product = Bilingual { vi: "-//cnscd//cnscd//VI", en: "-//cnscd//cnscd//EN" };
        let mut calendar = ICalendar::new("2.0", product.pick(locale));
        let stamp = format!("{}T000000Z", digits(self.as_of()));
        for row in rows {
            calendar.add_event(event(row, &stamp, locale));
        }
        calendar.to_string()
    }
}

/// A text as iCalendar has it: line ends and tabs are the only control characters.
fn text<'t>(text: &str) -> std::borrow::Cow<'t, str> {
    let plain: String = text.chars().filter(|&c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    escape_text(plain)
}

/// A date as iCalendar writes it.
fn digits(date: NaiveDate) -> String {
    date.to_string().replace('-', "")
}

fn event<'e>(row: &AgendaRow<'_>, stamp: &str, locale: Locale) -> Event<'e> {
    let pick = |vi, en| Bilingual { vi, en }.pick(locale);
    // Identifiers have no `+` and no `@`. A unit may get another code, and another unit its own.
    let (code, begins) = row.first_unit();
    let mut uid = format!("{}+{code}", row.obligation());
    if let Some(begins) = begins {
        let _ = write!(uid, "+{begins}");
    }
    let period = row.period().map(|period| period.to_string());
    // Of a member's term the day is part of it: somebody may come twice.
    let term = row.person().and(row.from()).map(|day| day.to_string());
    for part in
        [row.team(), row.person(), period.as_deref(), row.event(), term.as_deref()].into_iter().flatten()
    {
        let _ = write!(uid, "+{part}");
    }
    uid.push_str("@cnscd");
    let mut event = Event::new(uid, stamp.to_owned());
    if let Some((due, next)) = row.due().and_then(|due| Some((due, due.succ_opt()?))) {
        for mut day in [Property::from(DtStart::new(digits(due))), Property::from(DtEnd::new(digits(next)))] {
            day.add(ics::parameters::Value::DATE);
            event.push(day);
        }
    }
    let (name, unit) = row.names(locale);
    let period = row.period().map_or_else(String::new, |period| format!(", {}", period.text(locale)));
    let summary = text(&format!("{name}{period}: {unit}"));
    event.push(Summary::new(summary.clone()));
    let mut about = format!("{}: {}", pick("Tình trạng", "State"), row.state().label().pick(locale));
    for (label, value) in [
        (pick("Tổ", "Team"), row.team()),
        (pick("Thành viên", "Member"), row.person()),
        (pick("Văn bản", "Document"), row.document()),
        (
            pick("Căn cứ", "Basis"),
            row.basis().map(|basis| if locale == Locale::Vi { &*basis.vi } else { &*basis.en }),
        ),
    ] {
        if let Some(value) = value {
            let _ = write!(about, "\n{label}: {value}");
        }
    }
    for step in row.explain().iter().flat_map(|due| due.steps(locale)) {
        let _ = write!(about, "\n{step}");
    }
    event.push(Description::new(text(&about)));
    event.push(Transp::transparent());
    // Nobody is reminded of what is done or past its day.
    let is_ahead = matches!(row.state(), State::NotYet | State::Open | State::DueSoon | State::Extended);
    if let (true, Some(remind), Some(due)) = (is_ahead, row.remind(), row.due()) {
        let hours = (due - remind).num_hours() - MORNING;
        let trigger = if hours < 0 { format!("PT{}H", -hours) } else { format!("-PT{hours}H") };
        event.add_alarm(Alarm::display(Trigger::new(trigger), Description::new(summary)));
    }
    event
}
