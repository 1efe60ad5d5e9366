//! A *due day* (ngày đến hạn) is the last day on which something is in time: what a rule makes of a day, or of a period or event, step
//! by step.
//!
//! Days are counted as in Articles 144 to 148 of the Civil Code 2015 (91/2015/QH13), unless another text says otherwise (Article 145).

use crate::calendar::{Calendar, DayKind, day, weekday};
use crate::choice::{Adjust, Counted, Due};
use crate::day::Day;
use crate::error::Error;
use crate::locale::{Locale, date_text};
use crate::period::{Period, Scheme};
use chrono::{Datelike, Months, NaiveDate};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// By when something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueRule {
    /// Before a day: the day before it is the last good one.
    Before(NaiveDate),
    /// On a day or before.
    OnOrBefore(NaiveDate),
    /// On a day of the month in which the start ends, or of the month so many months later.
    MonthDay {
        /// The number of the day; in a shorter month its last day is meant.
        day: u32,
        /// Months after that of the start.
        months: u32,
    },
    /// On the last day of such a month.
    MonthEnd {
        /// Months after that of the start.
        months: u32,
    },
    /// So many days, weeks ... after the start, which is not counted.
    After {
        /// How many.
        count: u32,
        /// Of what.
        of: Counted,
    },
}

/// What a term runs from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// A day: of a decision, an appointment, a receipt ...
    Day(NaiveDate),
    /// The cut-off of a period: its last day in a scheme.
    Period(Period, Scheme),
}

impl Start {
    /// The day from which a term runs.
    #[must_use]
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Day(date) => date,
            Self::Period(period, scheme) => *period.days(scheme).end(),
        }
    }
}

/// The longest term, in whatever it counts.
pub(crate) const LONGEST: u32 = 9999;

impl DueRule {
    /// The rule that the columns of a row say, each given only where its kind of rule has a use for it: `day` for `before` and
    /// `on_or_before`; `count` for `month_day` (the number of the day) and `after` (how many), `of` for `after`; `months` for `month_day`
    /// and `month_end`, where it may be left out.
    ///
    /// # Errors
    /// [`Error::BadDue`] if something is missing, too many or out of bounds.
    pub fn new(
        due: Due,
        day: Option<NaiveDate>,
        count: Option<u32>,
        of: Option<Counted>,
        months: Option<u32>,
    ) -> Result<Self, Error> {
        Self::of_columns(due, day, count, of, months).map_err(|(column, wanted)| {
            Error::BadDue(format!("`{column}` does not fit `{}`; write for instance {wanted}", due.word()))
        })
    }

    /// The same; what is wrong is a column, and what would be right.
    pub(crate) fn of_columns(
        due: Due,
        day: Option<NaiveDate>,
        count: Option<u32>,
        of: Option<Counted>,
        months: Option<u32>,
    ) -> Result<Self, (&'static str, &'static str)> {
        const LEAVE: &str = "`null`";
        let is_named = matches!(due, Due::Before | Due::OnOrBefore);
        let has_count = matches!(due, Due::MonthDay | Due::After);
        let has_months = matches!(due, Due::MonthDay | Due::MonthEnd);
        let numbers = if due == Due::MonthDay { 1..=31 } else { 0..=LONGEST };
        match (day, count, of, months) {
            (None, ..) if is_named => Err(("day", "`2022-05-17`")),
            (Some(_), ..) if !is_named => Err(("day", LEAVE)),
            (_, Some(count), ..) if has_count && !numbers.contains(&count) => {
                Err(("count", if due == Due::MonthDay { "`31`" } else { "`9999`" }))
            }
            (_, None, ..) if has_count => Err(("count", "`5`")),
            (_, Some(_), ..) if !has_count => Err(("count", LEAVE)),
            (.., None, _) if due == Due::After => Err(("of", "`working_days`")),
            (.., Some(_), _) if due != Due::After => Err(("of", LEAVE)),
            (.., Some(_)) if !has_months => Err(("months", LEAVE)),
            (.., Some(months)) if months > 120 => Err(("months", "`1`")),
            (Some(day), ..) if due == Due::Before => Ok(Self::Before(day)),
            (Some(day), ..) => Ok(Self::OnOrBefore(day)),
            (_, Some(count), Some(of), _) => Ok(Self::After { count, of }),
            (_, Some(day), ..) => Ok(Self::MonthDay { day, months: months.unwrap_or(0) }),
            _ => Ok(Self::MonthEnd { months: months.unwrap_or(0) }),
        }
    }
}

/// A due day, with the steps that lead to it.
#[derive(Clone, Debug)]
pub struct DueDay {
    date: Day,
    steps: Vec<Step>,
    published: bool,
}

/// One step of an explanation: its text in both languages.
#[derive(Clone, Debug)]
struct Step {
    vi: String,
    en: String,
}

impl DueDay {
    /// The last day in time.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.date.date().unwrap_or_default()
    }

    /// Whether it rests on published days alone. Else the days off of a year have yet to be decided, and it may still move.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.published
    }

    /// How it comes about, a sentence a step.
    pub fn steps(&self, locale: Locale) -> impl Iterator<Item = &str> {
        self.steps.iter().map(move |step| if locale == Locale::Vi { &*step.vi } else { &*step.en })
    }
}

impl DueDay {
    /// The same where a document set a new last day, or freed from what was due.
    pub(crate) fn moved(mut self, until: Option<Day>, document: &str) -> Self {
        let day = |locale| until.map(|day| text_of(day, locale));
        let step = match (day(Locale::Vi), day(Locale::En)) {
            (Some(vi), Some(en)) => Step {
                vi: format!("Được gia hạn đến hết ngày {vi} theo văn bản số {document}."),
                en: format!("Extended to the end of {en} by {document}."),
            },
            _ => Step {
                vi: format!("Được miễn theo văn bản số {document}."),
                en: format!("Freed by {document}."),
            },
        };
        self.steps.push(step);
        self.date = until.unwrap_or(self.date);
        self
    }

    /// The steps in both languages.
    pub(crate) fn texts(&self) -> impl Serialize + '_ {
        Texts(self)
    }
}

struct Texts<'d>(&'d DueDay);

impl Texts<'_> {
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry("vi", &self.0.steps(Locale::Vi).collect::<Vec<_>>())?;
        map.serialize_entry("en", &self.0.steps(Locale::En).collect::<Vec<_>>())
    }
}

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        self.write(&mut map)?;
        map.end()
    }
}

impl Serialize for DueDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("due", &self.date().to_string())?;
        map.serialize_entry("published", &self.published)?;
        Texts(self).write(&mut map)?;
        map.end()
    }
}

impl Calendar {
    /// The day on which something is due. `start` is what a term runs from; a rule that names its day has none.
    ///
    /// # Errors
    /// [`Error::BadDue`] if there is a start and none is asked for, or the other way round, or the day lies beyond 2199;
    /// [`Error::NoCalendar`] if working days are asked for that the calendar does not know.
    ///
    /// ```
    /// use cnscd::{Adjust, Counted, DueRule, Locale, Policy, Scheme, Start};
    /// let policy = Policy::preset("national-2022")?;
    /// let start = Start::Period("2022-04".parse()?, Scheme::Calendar);
    /// let rule = DueRule::MonthDay { day: 15, months: 1 };
    /// let due = policy.calendar().due(rule, Adjust::Following, Some(start))?;
    /// assert_eq!(due.date().to_string(), "2022-05-16");
    /// assert_eq!(due.steps(Locale::Vi).collect::<Vec<_>>(), [
    ///     "Kỳ tháng 4/2022 chốt số liệu ngày 30/4/2022.",
    ///     "Hạn là ngày 15 của tháng liền sau: 15/5/2022.",
    ///     "15/5/2022 là Chủ nhật, chuyển sang 16/5/2022.",
    /// ]);
    /// # Ok::<(), cnscd::Error>(())
    /// ```
    pub fn due(&self, rule: DueRule, adjust: Adjust, start: Option<Start>) -> Result<DueDay, Error> {
        let mut steps = Steps(Some(Vec::new()));
        let (date, touched) = self.find(rule, adjust, start, &mut steps)?;
        let published = self.tell_years(touched, &mut steps);
        Ok(DueDay { date, steps: steps.0.unwrap_or_default(), published })
    }

    /// The same without its steps, and whether it rests on published days alone.
    pub(crate) fn due_day(
        &self,
        rule: DueRule,
        adjust: Adjust,
        start: Option<Start>,
    ) -> Result<(Day, bool), Error> {
        let mut steps = Steps(None);
        let (date, touched) = self.find(rule, adjust, start, &mut steps)?;
        Ok((date, self.tell_years(touched, &mut steps)))
    }

    /// The due day, and the first and last day of which it was asked whether people work.
    fn find(
        &self,
        rule: DueRule,
        adjust: Adjust,
        start: Option<Start>,
        steps: &mut Steps,
    ) -> Result<(Day, Option<(Day, Day)>), Error> {
        let is_named = matches!(rule, DueRule::Before(_) | DueRule::OnOrBefore(_));
        if is_named != start.is_none() {
            let wanted =
                if is_named { "it names its day, so it has no start" } else { "say what it runs from" };
            return Err(Error::BadDue(wanted.into()));
        }
        if matches!(rule, DueRule::Before(_)) && adjust == Adjust::Following {
            return Err(Error::BadDue(
                "what is due before a day does not move behind it; adjust `none` or `preceding`".into(),
            ));
        }
        let from = start.map_or_else(|| Ok(Day::OPEN_START), |start| day(start.day()))?;
        let mut touched = None;
        let found = match rule {
            DueRule::Before(named) => {
                let last = day(named)?.plus(-1);
                steps.add(|| named_step(day(named).ok(), last, true));
                last
            }
            DueRule::OnOrBefore(named) => {
                let last = day(named)?;
                steps.add(|| named_step(Some(last), last, false));
                last
            }
            DueRule::MonthDay { months, .. } | DueRule::MonthEnd { months } => {
                steps.start(start);
                let wanted = if let DueRule::MonthDay { day, .. } = rule { Some(day) } else { None };
                let found = in_month(from, months, wanted)?;
                steps.add(|| month_step(wanted, months, found));
                found
            }
            DueRule::After { count, of } => {
                steps.start(start);
                let found = self.after(from, count, of)?;
                steps.add(|| after_step(from, count, of, found));
                if of == Counted::WorkingDays {
                    touched = Some((from.plus(1).min(found), found));
                    if steps.0.is_some() {
                        self.tell_special(from, found, steps);
                    }
                }
                found
            }
        };
        if Day::from_epoch_days(found.epoch_days()).is_none() {
            return Err(Error::BadDue("it lies outside 1900 to 2199".into()));
        }
        let last = self.adjust_day(found, adjust, steps)?;
        if adjust != Adjust::None {
            let (from, to) = touched.unwrap_or((found, found));
            touched = Some((from.min(last), to.max(last)));
        }
        Ok((last, touched))
    }

    /// The day so many days, weeks ... after another.
    fn after(&self, from: Day, count: u32, of: Counted) -> Result<Day, Error> {
        let days = count.cast_signed();
        let months = |count: u32| {
            let date = from.date().and_then(|date| date.checked_add_months(Months::new(count)));
            date.and_then(Day::from_date).ok_or_else(|| Error::BadDue("it lies outside 1900 to 2199".into()))
        };
        match of {
            Counted::Days => Ok(from.plus(days)),
            Counted::WorkingDays => self.plus(from, i64::from(count)),
            Counted::Weeks => Ok(from.plus(days * 7)),
            // A month without the day ends on its last, here as in chrono.
            Counted::Months => months(count),
            Counted::Years => months(count * 12),
        }
    }

    /// Moves a day that is no working day.
    fn adjust_day(&self, day: Day, adjust: Adjust, steps: &mut Steps) -> Result<Day, Error> {
        let step = match adjust {
            Adjust::None => return Ok(day),
            Adjust::Following => 1,
            Adjust::Preceding => -1,
        };
        let mut day = day;
        while !self.works(day)? {
            let next = day.plus(step);
            steps.add(|| {
                let phrase = |locale| self.phrase(day, locale);
                let date =
                    |day: Day, locale| day.date().map_or_else(String::new, |date| date_text(date, locale));
                let (vi, en) = (Locale::Vi, Locale::En);
                let verb = if step > 0 { "chuyển sang" } else { "chuyển về" };
                Step {
                    vi: format!("{} là {}, {verb} {}.", date(day, vi), phrase(vi), date(next, vi)),
                    en: format!("{} is {}, so it moves to {}.", date(day, en), phrase(en), date(next, en)),
                }
            });
            day = next;
        }
        Ok(day)
    }

    /// A date moved to a working day as `adjust` says.
    ///
    /// # Errors
    /// [`Error::NoCalendar`] for a date that the calendar does not know.
    pub fn adjust(&self, date: NaiveDate, adjust: Adjust) -> Result<NaiveDate, Error> {
        let moved = self.adjust_day(day(date)?, adjust, &mut Steps(None))?;
        Ok(moved.date().unwrap_or(date))
    }

    /// What a day is, inside a sentence: `Chủ nhật`.
    fn phrase(&self, day: Day, locale: Locale) -> String {
        let date = day.date().and_then(|date| self.day(date).ok());
        let special = date.filter(|date| date.kind() != DayKind::RestDay);
        let article = if locale == Locale::Vi { "" } else { "a " };
        special.map_or_else(|| format!("{article}{}", weekday(day, locale)), |date| date.phrase(locale))
    }

    /// Tells of the days in a run of working days that are not counted, and of those worked that their place in the week makes free.
    fn tell_special(&self, from: Day, to: Day, steps: &mut Steps) {
        let (mut day, mut rests) = (from.plus(1), false);
        let mut skipped = [Vec::new(), Vec::new()];
        let mut worked = [Vec::new(), Vec::new()];
        while day <= to {
            let date = day.date().and_then(|date| self.day(date).ok());
            rests |= date.as_ref().is_some_and(|date| date.kind() == DayKind::RestDay);
            if let Some(date) = date
                && !matches!(date.kind(), DayKind::WorkingDay | DayKind::RestDay)
            {
                let list = if date.is_working() { &mut worked } else { &mut skipped };
                for (list, locale) in list.iter_mut().zip([Locale::Vi, Locale::En]) {
                    list.push(format!("{} ({})", date_text(date.date(), locale), self.phrase(day, locale)));
                }
            }
            day = day.plus(1);
        }
        if rests {
            for (list, text) in skipped.iter_mut().zip(["ngày nghỉ hằng tuần", "days of weekly rest"])
            {
                list.insert(0, text.to_owned());
            }
        }
        for ([vi, en], vi_lead, en_lead) in
            [(skipped, "Không tính: ", "Not counted: "), (worked, "Có tính: ", "Counted: ")]
        {
            if !vi.is_empty() {
                let step = || Step {
                    vi: format!("{vi_lead}{}.", vi.join(", ")),
                    en: format!("{en_lead}{}.", en.join(", ")),
                };
                steps.add(step);
            }
        }
    }

    /// Tells of the years touched whose days off have not been decided; whether there are none.
    fn tell_years(&self, touched: Option<(Day, Day)>, steps: &mut Steps) -> bool {
        let years = touched.and_then(|(from, to)| Some(from.date()?.year()..=to.date()?.year()));
        let mut open = years.into_iter().flatten().filter(|&year| !self.is_published(year)).peekable();
        if open.peek().is_none() {
            return true;
        }
        steps.add(|| {
            let open: Vec<_> = open.map(|year| year.to_string()).collect();
            let (word, years) = (if open.len() > 1 { "các năm" } else { "năm" }, open.join(", "));
            Step {
                vi: format!("Chưa có thông báo lịch nghỉ {word} {years} trong dữ liệu; hạn này tính theo quy định chung, có thể khác khi có thông báo."),
                en: format!("No decision on the days off of {years} is in the data; this day follows from the rules, and a decision may make it another."),
            }
        });
        false
    }
}

/// A day of the month so many months after that of `from`, or its last day.
fn in_month(from: Day, months: u32, wanted: Option<u32>) -> Result<Day, Error> {
    let found = || {
        let first = from.date()?.with_day(1)?.checked_add_months(Months::new(months))?;
        let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
        Day::from_date(wanted.and_then(|day| first.with_day(day)).unwrap_or(last))
    };
    found().ok_or_else(|| Error::BadDue("it lies outside 1900 to 2199".into()))
}

/// Steps, if somebody wants them.
struct Steps(Option<Vec<Step>>);

impl Steps {
    fn add(&mut self, step: impl FnOnce() -> Step) {
        if let Some(steps) = &mut self.0 {
            steps.push(step());
        }
    }

    fn start(&mut self, start: Option<Start>) {
        let Some(start) = start else { return };
        let date = |locale| date_text(start.day(), locale);
        self.add(|| match start {
            Start::Period(period, _) => Step {
                vi: format!("Kỳ {} chốt số liệu ngày {}.", period.text(Locale::Vi), date(Locale::Vi)),
                en: format!("The cut-off of {} is {}.", period.text(Locale::En), date(Locale::En)),
            },
            Start::Day(_) => Step {
                vi: format!("Tính từ ngày {}.", date(Locale::Vi)),
                en: format!("The term runs from {}.", date(Locale::En)),
            },
        });
    }
}

fn text_of(day: Day, locale: Locale) -> String {
    day.date().map_or_else(String::new, |date| date_text(date, locale))
}

fn named_step(named: Option<Day>, last: Day, is_before: bool) -> Step {
    let named = |locale| named.map_or_else(String::new, |day| text_of(day, locale));
    let last = |locale| text_of(last, locale);
    if is_before {
        Step {
            vi: format!("Trước ngày {}: ngày cuối còn trong hạn là {}.", named(Locale::Vi), last(Locale::Vi)),
            en: format!("Before {}: the last day in time is {}.", named(Locale::En), last(Locale::En)),
        }
    } else {
        Step {
            vi: format!("Chậm nhất ngày {0}: ngày {0} vẫn còn trong hạn.", named(Locale::Vi)),
            en: format!("On or before {}: that day is in time.", named(Locale::En)),
        }
    }
}

fn month_step(wanted: Option<u32>, months: u32, found: Day) -> Step {
    let which_vi = match months {
        0 => "tháng đó".to_owned(),
        1 => "tháng liền sau".to_owned(),
        months => format!("tháng thứ {months} sau đó"),
    };
    let which_en = match months {
        0 => "that month".to_owned(),
        1 => "the month after".to_owned(),
        months => format!("the month {months} months later"),
    };
    let (vi, en) = (text_of(found, Locale::Vi), text_of(found, Locale::En));
    let is_short = wanted.is_some_and(|day| found.date().is_some_and(|date| date.day() != day));
    match wanted {
        Some(day) if is_short => Step {
            vi: format!(
                "Hạn là ngày {day:02} của {which_vi}; tháng không có ngày này, lấy ngày cuối tháng: {vi}."
            ),
            en: format!(
                "It is due on day {day} of {which_en}; there is no such day, so the last one counts: {en}."
            ),
        },
        Some(day) => Step {
            vi: format!("Hạn là ngày {day:02} của {which_vi}: {vi}."),
            en: format!("It is due on day {day} of {which_en}: {en}."),
        },
        None => Step {
            vi: format!("Hạn là ngày cuối của {which_vi}: {vi}."),
            en: format!("It is due on the last day of {which_en}: {en}."),
        },
    }
}

fn after_step(from: Day, count: u32, of: Counted, found: Day) -> Step {
    let short = || {
        let (from, found) = (from.date()?, found.date()?);
        (matches!(of, Counted::Months | Counted::Years) && from.day() != found.day()).then_some(())
    };
    let (vi, en) = (text_of(found, Locale::Vi), text_of(found, Locale::En));
    let article = |number: &str, locale| match locale {
        Locale::Vi => format!("Điều {number} Bộ luật Dân sự năm 2015"),
        Locale::En => format!("Civil Code 2015, Article {number}"),
    };
    let unit_en = match (count, of) {
        (1, Counted::Days) => "day",
        (1, Counted::WorkingDays) => "working day",
        (1, Counted::Weeks) => "week",
        (1, Counted::Months) => "month",
        (1, Counted::Years) => "year",
        _ => of.label().en,
    };
    if count == 0 {
        return Step {
            vi: format!("Hạn là chính ngày đó: {vi}."),
            en: format!("It is due on that very day: {en}."),
        };
    }
    let lead_vi = format!(
        "Thời hạn {count:02} {}, không tính ngày đầu ({})",
        of.label().vi,
        article("147", Locale::Vi)
    );
    let lead_en =
        format!("The term is {count} {unit_en}, the first day not counted ({})", article("147", Locale::En));
    if short().is_some() {
        return Step {
            vi: format!(
                "{lead_vi}; tháng cuối không có ngày tương ứng, lấy ngày cuối tháng ({}): {vi}.",
                article("148", Locale::Vi)
            ),
            en: format!(
                "{lead_en}; its last month has no such day, so the last one counts ({}): {en}.",
                article("148", Locale::En)
            ),
        };
    }
    Step { vi: format!("{lead_vi}: {vi}."), en: format!("{lead_en}: {en}.") }
}
