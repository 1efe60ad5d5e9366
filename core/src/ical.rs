//! The agenda as an *iCalendar* (RFC 5545): one all-day event for each duty, on its last good day.

use crate::agenda::AgendaRow;
use crate::checked::Checked;
use crate::locale::{Bilingual, Locale};
use chrono::NaiveDate;
use ics::components::Property;
use ics::properties::{Description, DtEnd, DtStart, Summary, Transp};
use ics::{Event, ICalendar, escape_text};
use std::fmt::Write as _;

impl Checked {
    /// Duties as an iCalendar, for calendar programs. A duty has the same UID whenever it is printed, so that reading the file again
    /// updates what is there; it is stamped with the day of the checked register. People are named by their identifiers.
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
        let mut calendar = ICalendar::new("2.0", "-//cnscd//cnscd//VI");
        let stamp = format!("{}T000000Z", digits(self.as_of()));
        for row in rows {
            calendar.add_event(event(row, &stamp, locale));
        }
        calendar.to_string()
    }
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
    event.push(Summary::new(escape_text(format!("{name}{period}: {unit}"))));
    let mut text = format!("{}: {}", pick("Tình trạng", "State"), row.state().label().pick(locale));
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
            let _ = write!(text, "\n{label}: {value}");
        }
    }
    event.push(Description::new(escape_text(text)));
    event.push(Transp::transparent());
    event
}
