//! *Periods* (kỳ báo cáo): what a report is about. A period is a name such as `2022-Q2`; which days it has depends on the scheme.

use crate::choice::choices;
use crate::day::Day;
use crate::error::Error;
use crate::locale::{Locale, MONTHS, date_text};
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Serialize, Serializer};
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

choices! {
    /// How often a period comes back.
    Frequency {
        /// Monday to Sunday, numbered as ISO 8601 does.
        Week = "week", "tuần", "week";
        /// A month.
        Month = "month", "tháng", "month";
        /// Three months.
        Quarter = "quarter", "quý", "quarter";
        /// Six months.
        HalfYear = "half_year", "sáu tháng", "half-year";
        /// The first nine months of a year.
        NineMonths = "nine_months", "chín tháng", "nine months";
        /// A year.
        Year = "year", "năm", "year";
        /// From a day to a day; it does not come back.
        Custom = "custom", "khoảng thời gian", "span of days";
    }
    /// Which days belong to a period of months. Weeks and spans of days are the same in both.
    Scheme {
        /// From the 15th of the month before to the 14th: periodic reports between agencies, Decree 09/2019/NĐ-CP, Article 12. It names months, quarters,
        /// half-years and years; that nine months end on 14 September is practice (Khánh Hòa, decision 01/2023/QĐ-UBND, Article 4).
        Administrative = "administrative", "chốt số liệu ngày 14", "cut-off on the 14th";
        /// From the first of a month to the last: statistical reports, Decree 60/2018/NĐ-CP.
        Calendar = "calendar", "tháng dương lịch", "calendar months";
    }
}

/// A period of the years 1901 to 2199, or a span of days from 1900 to 2199. It is written as its notation. Periods have no order of their
/// own: sort them by their [`days`](Self::days).
///
/// | notation | what it is |
/// |---|---|
/// | `2022-05` | a month |
/// | `2022-Q2` | a quarter |
/// | `2022-H1` | a half-year |
/// | `2022-9M` | the first nine months |
/// | `2022` | a year |
/// | `2022-W18` | a week of ISO 8601 |
/// | `2022-05-10/2022-06-09` | a span of days, both included |
///
/// ```
/// use cnscd::{Frequency, Period, Scheme};
/// let quarter: Period = "2022-Q2".parse()?;
/// let days = quarter.days(Scheme::Administrative);
/// assert_eq!((days.start().to_string(), days.end().to_string()), ("2022-03-15".into(), "2022-06-14".into()));
/// let months: Vec<_> = quarter.split(Frequency::Month)?.iter().map(ToString::to_string).collect();
/// assert_eq!(months, ["2022-04", "2022-05", "2022-06"]);
///
/// let error = "2022-W53".parse::<Period>().unwrap_err();
/// assert_eq!(error.to_string(), "`2022-W53` is no period: 2022 has 52 weeks");
/// # Ok::<(), cnscd::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    /// The ISO year and the number of the week.
    Week(i32, u32),
    /// The frequency, the year, and the number in the year from 0.
    Months(Frequency, i32, u32),
    /// The first day and the last.
    Days(NaiveDate, NaiveDate),
}

/// The years of periods: that of 1900 begins in 1899 in one of the schemes.
const YEARS: RangeInclusive<i32> = 1901..=2199;

const FORMS: &str =
    "write `2022-05`, `2022-Q2`, `2022-H1`, `2022-9M`, `2022`, `2022-W18` or `2022-05-10/2022-06-09`";

impl Frequency {
    /// Months in such a period, and how many of them there are in a year.
    fn months(self) -> Option<(u32, u32)> {
        match self {
            Self::Month => Some((1, 12)),
            Self::Quarter => Some((3, 4)),
            Self::HalfYear => Some((6, 2)),
            Self::NineMonths => Some((9, 1)),
            Self::Year => Some((12, 1)),
            Self::Week | Self::Custom => None,
        }
    }
}

fn wrong<T>(found: &str, wanted: impl Into<String>) -> Result<T, Error> {
    Err(Error::BadPeriod { found: crate::personal::shown(found, false).into(), wanted: wanted.into() })
}

impl Frequency {
    /// The words of what comes back: all but the last.
    pub(crate) const COMING_BACK: &[&str] = match Self::WORDS.split_last() {
        Some((_, words)) => words,
        None => Self::WORDS,
    };
}

impl FromStr for Period {
    type Err = Error;

    /// Reads the notation.
    fn from_str(text: &str) -> Result<Self, Error> {
        if let Some((first, last)) = text.split_once('/') {
            if !text.contains('-') {
                return wrong(text, "a month is written `2022-05`, a span of days `2022-05-10/2022-06-09`");
            }
            let date = |half: &str| match Day::parse(half).filter(|_| half.contains('-')).and_then(Day::date)
            {
                Some(date) => Ok(date),
                None => wrong(half, "each half is a day from 1900 to 2199, such as `2022-05-10`"),
            };
            let (first, last) = (date(first)?, date(last)?);
            // Both are days, so they may be shown as they are.
            let found = || format!("{first}/{last}");
            return if first <= last {
                Ok(Self(Kind::Days(first, last)))
            } else {
                Err(Error::BadPeriod { found: found(), wanted: "its last day lies before the first".into() })
            };
        }
        let number = |text: &str, digits: usize| -> Option<u32> {
            let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|_| is_number)
        };
        let (year, rest) = text.split_once('-').map_or((text, None), |(year, rest)| (year, Some(rest)));
        let Some(year) = number(year, 4).and_then(|year| i32::try_from(year).ok()) else {
            return wrong(text, FORMS);
        };
        if !YEARS.contains(&year) {
            return wrong(text, "its years run from 1901 to 2199");
        }
        let (frequency, number) = match rest {
            None => (Frequency::Year, Some(1)),
            Some("9M") => (Frequency::NineMonths, Some(1)),
            Some(rest) => match rest.split_at_checked(1) {
                Some(("Q", rest)) => (Frequency::Quarter, number(rest, 1)),
                Some(("H", rest)) => (Frequency::HalfYear, number(rest, 1)),
                Some(("W", rest)) => (Frequency::Week, number(rest, 2)),
                _ => (Frequency::Month, number(rest, 2)),
            },
        };
        let Some(number) = number else { return wrong(text, FORMS) };
        match frequency.months() {
            Some((_, count)) if (1..=count).contains(&number) => {
                Ok(Self(Kind::Months(frequency, year, number - 1)))
            }
            Some((_, count)) => wrong(text, format!("its numbers run from 1 to {count}")),
            None if monday(year, number).is_some() => Ok(Self(Kind::Week(year, number))),
            None => wrong(text, format!("{year} has {} weeks", weeks(year))),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Week(year, week) => write!(f, "{year}-W{week:02}"),
            Kind::Months(Frequency::Month, year, at) => write!(f, "{year}-{:02}", at + 1),
            Kind::Months(Frequency::Quarter, year, at) => write!(f, "{year}-Q{}", at + 1),
            Kind::Months(Frequency::HalfYear, year, at) => write!(f, "{year}-H{}", at + 1),
            Kind::Months(Frequency::NineMonths, year, _) => write!(f, "{year}-9M"),
            Kind::Months(_, year, _) => write!(f, "{year}"),
            Kind::Days(first, last) => write!(f, "{first}/{last}"),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The days from 1970-01-01 to the first of a month, counted from that of January, which is 0; it may lie in a year beside.
fn first_of(year: i32, month: i32) -> i32 {
    // Years that begin in March have their leap day last.
    let from_march = month - 2;
    let (year, month) = (year + from_march.div_euclid(12), from_march.rem_euclid(12));
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5;
    // From 1 March of the year 0 to 1970-01-01.
    days - 719_468
}

/// The Monday of a week of ISO 8601.
fn monday(year: i32, week: u32) -> Option<NaiveDate> {
    NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)
}

/// How many weeks a year of ISO 8601 has.
fn weeks(year: i32) -> u32 {
    if monday(year, 53).is_some() { 53 } else { 52 }
}

impl Period {
    /// The period of a frequency that has a day; none if the day is in none (October to December are after the nine months), if its year is
    /// not one of 1901 to 2199, or if the frequency is [`Frequency::Custom`].
    #[must_use]
    pub fn at(frequency: Frequency, date: NaiveDate, scheme: Scheme) -> Option<Self> {
        let found = match frequency.months() {
            Some((months, count)) => {
                // From the 15th on, a day counts for the next month.
                let is_late = scheme == Scheme::Administrative && date.day() >= 15;
                let own = date.with_day(1)?.checked_add_months(Months::new(u32::from(is_late)))?;
                let at = own.month0() / months;
                (at < count).then_some(Kind::Months(frequency, own.year(), at))?
            }
            None if frequency == Frequency::Week => {
                Kind::Week(date.iso_week().year(), date.iso_week().week())
            }
            None => return None,
        };
        Some(Self(found)).filter(|period| YEARS.contains(&period.year()))
    }

    /// What tells it apart from any other, in some order.
    pub(crate) fn key(self) -> (u8, i32, i32) {
        match self.0 {
            Kind::Week(year, week) => (0, year, week.cast_signed()),
            Kind::Months(frequency, year, at) => (1 + frequency as u8, year, at.cast_signed()),
            Kind::Days(first, last) => (u8::MAX, first.to_epoch_days(), last.to_epoch_days()),
        }
    }

    /// The year that it is counted in.
    pub(crate) fn year(self) -> i32 {
        match self.0 {
            Kind::Week(year, _) | Kind::Months(_, year, _) => year,
            Kind::Days(first, _) => first.year(),
        }
    }

    /// How often it comes back.
    #[must_use]
    pub fn frequency(self) -> Frequency {
        match self.0 {
            Kind::Week(..) => Frequency::Week,
            Kind::Months(frequency, ..) => frequency,
            Kind::Days(..) => Frequency::Custom,
        }
    }

    /// Its first day and its last, which is the cut-off (thời điểm chốt số liệu).
    #[must_use]
    pub fn days(self, scheme: Scheme) -> RangeInclusive<NaiveDate> {
        let own = || match self.0 {
            Kind::Days(first, last) => Some(first..=last),
            Kind::Week(year, week) => {
                let first = monday(year, week)?;
                Some(first..=first.checked_add_days(Days::new(6))?)
            }
            Kind::Months(frequency, year, at) => {
                let (months, _) = frequency.months()?;
                let first = NaiveDate::from_ymd_opt(year, at * months + 1, 1)?;
                let behind = first.checked_add_months(Months::new(months))?;
                match scheme {
                    Scheme::Calendar => Some(first..=behind.pred_opt()?),
                    Scheme::Administrative => {
                        let cut = |day: NaiveDate| day.checked_sub_months(Months::new(1))?.with_day(15);
                        Some(cut(first)?..=cut(behind)?.pred_opt()?)
                    }
                }
            }
        };
        // The years are bounded and months known, so there are days.
        own().unwrap_or(NaiveDate::MIN..=NaiveDate::MIN)
    }

    /// Its first day and its last as [`days`](Self::days) has them, by arithmetic alone.
    pub(crate) fn span(self, scheme: Scheme) -> (Day, Day) {
        let Kind::Months(frequency, year, at) = self.0 else {
            let day = |date: &NaiveDate| Day::from_date(*date).unwrap_or(Day::OPEN_START);
            let days = self.days(scheme);
            return (day(days.start()), day(days.end()));
        };
        let (months, _) = frequency.months().unwrap_or((0, 0));
        let first = (at * months).cast_signed();
        let behind = first + months.cast_signed();
        let (from, to) = match scheme {
            Scheme::Calendar => (first_of(year, first), first_of(year, behind) - 1),
            Scheme::Administrative => (first_of(year, first - 1) + 14, first_of(year, behind - 1) + 13),
        };
        // The years are bounded, so there are such days.
        let day = |days| Day::from_epoch_days(days).unwrap_or(Day::OPEN_START);
        (day(from), day(to))
    }

    /// Whether it has a day.
    #[must_use]
    pub fn contains(self, date: NaiveDate, scheme: Scheme) -> bool {
        self.days(scheme).contains(&date)
    }

    /// The one after it of the same frequency; none after 2199, and none of a span of days.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        self.step(true)
    }

    /// The one before it of the same frequency; none before 1901, and none of a span of days.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.step(false)
    }

    /// The one of the same number a year before; none of a 53rd week, as a rule, and of a span of days.
    pub(crate) fn last_year(self) -> Option<Self> {
        let kind = match self.0 {
            Kind::Week(year, week) => {
                Kind::Week(year - 1, Some(week).filter(|&week| week <= weeks(year - 1))?)
            }
            Kind::Months(frequency, year, at) => Kind::Months(frequency, year - 1, at),
            Kind::Days(..) => return None,
        };
        Some(Self(kind)).filter(|period| YEARS.contains(&period.year()))
    }

    fn step(self, onward: bool) -> Option<Self> {
        let (year, at, count) = match self.0 {
            Kind::Week(year, week) => (year, week - 1, weeks(year)),
            Kind::Months(frequency, year, at) => (year, at, frequency.months()?.1),
            Kind::Days(..) => return None,
        };
        let (year, at) = match (onward, at) {
            (true, at) if at + 1 < count => (year, at + 1),
            (true, _) => (year + 1, 0),
            (false, 0) => {
                (year - 1, if self.frequency() == Frequency::Week { weeks(year - 1) } else { count } - 1)
            }
            (false, at) => (year, at - 1),
        };
        let kind = match self.0 {
            Kind::Months(frequency, ..) => Kind::Months(frequency, year, at),
            _ => Kind::Week(year, at + 1),
        };
        Some(Self(kind)).filter(|period| YEARS.contains(&period.year()))
    }

    /// The periods from this one to `last`, both included; none if `last` lies before it or has another frequency. A span of days leads to
    /// itself alone.
    pub fn through(self, last: Self) -> impl Iterator<Item = Self> {
        let start = |period: Self| *period.days(Scheme::Calendar).start();
        let is_ahead = self.frequency() == last.frequency() && start(self) <= start(last);
        let leads = is_ahead && (self.frequency() != Frequency::Custom || self == last);
        let next = move |period: &Self| Some(*period).filter(|period| *period != last)?.next();
        std::iter::successors(leads.then_some(self), next)
    }

    /// The periods of a frequency that it consists of, in either scheme; of its own frequency that is itself.
    ///
    /// # Errors
    /// [`Error::BadSplit`] if such periods do not fill it: weeks and spans of days fill nothing else, and nine months have no half-years.
    pub fn split(self, into: Frequency) -> Result<Vec<Self>, Error> {
        let parts = |part: u32| {
            let Kind::Months(own, year, at) = self.0 else { return None };
            let (months, _) = own.months()?;
            // Nine months have a half-year and a half; and parts begin where the year counts them from.
            let is_whole = months % part == 0 && into != Frequency::NineMonths && at * months % part == 0;
            let first = at * months / part;
            is_whole.then(|| {
                (first..first + months / part).map(|at| Self(Kind::Months(into, year, at))).collect()
            })
        };
        match into.months().and_then(|(part, _)| parts(part)) {
            Some(parts) => Ok(parts),
            None if into == self.frequency() => Ok(vec![self]),
            None => Err(Error::BadSplit { period: self.to_string(), into: into.word() }),
        }
    }

    /// Its name, such as `quý II/2022`.
    #[must_use]
    pub fn text(self, locale: Locale) -> String {
        let is_vi = locale == Locale::Vi;
        match self.0 {
            Kind::Week(year, week) if is_vi => format!("tuần {week} năm {year}"),
            Kind::Week(year, week) => format!("week {week} of {year}"),
            Kind::Months(frequency, year, at) => {
                let pick = |texts: &[&'static str]| texts.get(at as usize).copied().unwrap_or_default();
                match (frequency, is_vi) {
                    (Frequency::Month, true) if at < 2 => format!("tháng {:02}/{year}", at + 1),
                    (Frequency::Month, true) => format!("tháng {}/{year}", at + 1),
                    (Frequency::Month, false) => format!("{} {year}", pick(&MONTHS)),
                    (Frequency::Quarter, true) => format!("quý {}/{year}", pick(&["I", "II", "III", "IV"])),
                    (Frequency::Quarter, false) => format!("quarter {} of {year}", at + 1),
                    (Frequency::HalfYear, true) => format!("6 tháng {} năm {year}", pick(&["đầu", "cuối"])),
                    (Frequency::HalfYear, false) => {
                        format!("the {} half of {year}", pick(&["first", "second"]))
                    }
                    (Frequency::NineMonths, true) => format!("9 tháng đầu năm {year}"),
                    (Frequency::NineMonths, false) => format!("the first nine months of {year}"),
                    (_, true) => format!("năm {year}"),
                    (_, false) => format!("{year}"),
                }
            }
            Kind::Days(first, last) => {
                let (first, last) = (date_text(first, locale), date_text(last, locale));
                match (first == last, is_vi) {
                    (true, true) => format!("ngày {first}"),
                    (true, false) => first,
                    (false, true) => format!("từ ngày {first} đến ngày {last}"),
                    (false, false) => format!("{first} to {last}"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_of_a_period_by_arithmetic() {
        let frequencies = Frequency::ALL.iter().filter(|&&frequency| frequency != Frequency::Custom);
        for (&frequency, &scheme) in
            frequencies.flat_map(|f| Scheme::ALL.iter().map(move |scheme| (f, scheme)))
        {
            let date = NaiveDate::from_ymd_opt(1901, 2, 1).unwrap();
            let first = Period::at(frequency, date, scheme).unwrap();
            for period in std::iter::successors(Some(first), |period| period.next()) {
                let days = period.days(scheme);
                let (first, last) = period.span(scheme);
                assert_eq!((first.date(), last.date()), (Some(*days.start()), Some(*days.end())), "{period}");
            }
        }
    }
}
