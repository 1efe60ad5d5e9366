//! A *day* is a civil date without a time; a *span* is a run of days, its end not included.
//!
//! Days are counted from 1970-01-01, as Arrow's Date32 counts them. The door in and out is [`chrono::NaiveDate`].

use chrono::{Datelike, NaiveDate};
use std::fmt;

/// Days between 0000-02-29 and 1970-01-01.
const MARCH: i32 = 719_469;
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;
/// The days of these years.
const DAYS: std::ops::RangeInclusive<i32> = -25_567..=84_005;

/// A day as a number, 0 = 1970-01-01. `OPEN_START` and `OPEN_END` lie before and after every date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    pub(crate) const OPEN_START: Self = Self(i32::MIN);
    pub(crate) const OPEN_END: Self = Self(i32::MAX);

    /// Reads `2022-05-17`, or `17/5/2022` and `17/05/2022` as official texts write it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let [y3, y2, y1, y0, b'-', m1, m0, b'-', d1, d0] = *text.as_bytes() {
            return Self::valid(number(&[y3, y2, y1, y0])?, number(&[m1, m0])?, number(&[d1, d0])?);
        }
        let mut parts = text.split('/');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || day.len() > 2 || month.len() > 2 || year.len() != 4 {
            return None;
        }
        Self::valid(number(year.as_bytes())?, number(month.as_bytes())?, number(day.as_bytes())?)
    }

    fn valid(year: u32, month: u32, day: u32) -> Option<Self> {
        let is_leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let length = match month {
            2 => 28 + u32::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if !YEARS.contains(&year) || !(1..=12).contains(&month) || !(1..=length).contains(&day) {
            return None;
        }
        // Years that begin in March end with the leap day.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
        Some(Self(days.cast_signed() - MARCH))
    }

    /// The day of a date; none outside 1900 to 2199.
    #[must_use]
    pub fn from_date(date: NaiveDate) -> Option<Self> {
        Self::from_epoch_days(date.to_epoch_days())
    }

    /// The day that lies `days` after 1970-01-01; none outside 1900 to 2199.
    #[must_use]
    pub fn from_epoch_days(days: i32) -> Option<Self> {
        DAYS.contains(&days).then_some(Self(days))
    }

    /// Days from 1970-01-01 to here.
    #[must_use]
    pub fn epoch_days(self) -> i32 {
        self.0
    }

    /// The date, or nothing for an open start or end.
    pub(crate) fn date(self) -> Option<NaiveDate> {
        self.is_date().then(|| NaiveDate::from_epoch_days(self.0)).flatten()
    }

    pub(crate) fn is_date(self) -> bool {
        self != Self::OPEN_START && self != Self::OPEN_END
    }

    /// The day `days` later; an open start or end stays as it is.
    pub(crate) fn plus(self, days: i32) -> Self {
        if self.is_date() { Self(self.0.saturating_add(days)) } else { self }
    }

    /// The day so many days later.
    pub(crate) fn plus_days(self, days: usize) -> Self {
        self.plus(i32::try_from(days).unwrap_or(i32::MAX))
    }

    /// The day of the week, 1 (Monday) to 7 (Sunday).
    pub(crate) fn weekday(self) -> u32 {
        // 1970-01-01 was a Thursday.
        self.0.saturating_add(3).rem_euclid(7).cast_unsigned() + 1
    }

    /// A number in the order of days.
    pub(crate) fn key(self) -> u32 {
        self.0.cast_unsigned() ^ (1 << 31)
    }

    /// Days from `earlier` to here; very large if either is open.
    pub(crate) fn since(self, earlier: Self) -> i64 {
        i64::from(self.0) - i64::from(earlier.0)
    }
}

/// The date that `text` names: `2022-05-17`, or `17/5/2022`.
///
/// # Errors
/// [`Error::BadDay`](crate::Error::BadDay) if it names none, or one outside 1900 to 2199.
pub fn parse_day(text: &str) -> Result<NaiveDate, crate::Error> {
    let day = Day::parse(text).and_then(Day::date);
    day.ok_or_else(|| crate::Error::BadDay(crate::personal::shown(text, false).into()))
}

fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u32, |n, &d| d.is_ascii_digit().then(|| n * 10 + u32::from(d - b'0')))
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().map_or(Ok(()), |date| write!(f, "{date}"))
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::OPEN_START => f.write_str("open start"),
            Self::OPEN_END => f.write_str("open end"),
            day => write!(f, "{day}"),
        }
    }
}

/// Days from `from` up to, not including, `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub from: Day,
    pub to: Day,
}

impl Span {
    pub(crate) fn contains(self, day: Day) -> bool {
        self.from <= day && day < self.to
    }

    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    pub(crate) fn days(self) -> i64 {
        self.to.since(self.from)
    }
}

/// Of rows in the order of their first days, each that begins while an earlier one holds, behind that of the earlier ones that lasts longest.
pub(crate) fn overlapping<T: Copy>(
    rows: impl IntoIterator<Item = T>,
    span: impl Fn(T) -> Span,
) -> Vec<(T, T)> {
    let (mut found, mut longest) = (Vec::new(), None);
    for row in rows {
        found.extend(longest.filter(|&other| span(other).overlaps(span(row))).map(|other| (other, row)));
        longest = longest.filter(|&other| span(other).to >= span(row).to).or(Some(row));
    }
    found
}

/// The first day on which somebody is older than `age` years, if it lies in `life` behind its first day.
pub(crate) fn comes_of_age_in(life: Span, born: Day, age: i32) -> Option<Day> {
    if is_older(born, age, life.from) || !is_older(born, age, life.to.plus(-1)) {
        return None;
    }
    comes_of_age(born, age)
}

/// Whether somebody is older than `age` years on `day`.
pub(crate) fn is_older(born: Day, age: i32, day: Day) -> bool {
    // A year has 365 or 366 days: mostly that is enough to know.
    let Some(years) = age.checked_add(1).filter(|&years| years < 300) else { return false };
    born.plus(years * 365) <= day
        && (born.plus(years * 366) <= day || comes_of_age(born, age).is_some_and(|first| first <= day))
}

/// The first day on which somebody is older than `age` years.
fn comes_of_age(born: Day, age: i32) -> Option<Day> {
    let date = born.date()?;
    let year = date.year() + age + 1;
    // Who was born on 29 February is a year older on 1 March.
    date.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1)).and_then(Day::from_date)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Day {
        pub(crate) fn of(year: i32, month: u32, day: u32) -> Self {
            Self::from_date(NaiveDate::from_ymd_opt(year, month, day).unwrap()).unwrap()
        }
    }

    #[test]
    fn reads_both_spellings() {
        let day = Day::of(2022, 5, 7);
        for text in ["2022-05-07", "7/5/2022", "07/05/2022", "7/05/2022"] {
            assert_eq!(Day::parse(text), Some(day), "{text}");
        }
        assert_eq!(day.to_string(), "2022-05-07");
    }

    #[test]
    fn refuses_what_is_no_day() {
        for text in [
            "2022-02-30",
            "29/2/2022",
            "2022-5-7",
            "7/5/22",
            "",
            "//",
            "1/1/1/2022",
            "2022-05-17 ",
            "1899-12-31",
            "2200-01-01",
            "+022-01-01",
            "٢٠٢٢-٠٥-٠٧",
            "2022/05/17",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn has_the_days_of_chrono_and_no_others() {
        for year in 1890..=2210 {
            for month in 0..=13 {
                for day in 0..=32 {
                    let there = NaiveDate::from_ymd_opt(year, month, day).and_then(Day::from_date);
                    assert_eq!(Day::valid(year.cast_unsigned(), month, day), there, "{year}-{month}-{day}");
                }
            }
        }
    }

    #[test]
    fn counts_like_date32() {
        assert_eq!(Day::of(1970, 1, 1).since(Day(0)), 0);
        assert_eq!(Day::from_date(Day::of(2024, 2, 29).date().unwrap()), Some(Day::of(2024, 2, 29)));
        assert_eq!(Day::OPEN_END.plus(5), Day::OPEN_END);
        let (first, last) = (Day::of(1900, 1, 1), Day::of(2199, 12, 31));
        assert_eq!(DAYS, first.epoch_days()..=last.epoch_days());
        assert_eq!(Day::from_epoch_days(last.epoch_days()), Some(last));
        assert_eq!(Day::from_epoch_days(last.epoch_days() + 1), None);
    }
}
