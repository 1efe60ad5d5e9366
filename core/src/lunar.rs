//! The Vietnamese *lunar calendar* (âm lịch): months begin with the day of a new moon on clocks of UTC+7, and month 11 has the winter
//! solstice.
//!
//! Nothing is worked out here but days: what a year looks like is in a table, made by the astronomy in `tests/tests/lunar`.

use crate::error::Error;
use crate::locale::Locale;
use chrono::{Datelike, Days, NaiveDate};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// The first lunar year of the table.
const FIRST: i32 = 1900;

/// Each lunar year: a bit for each of its 12 or 13 months from the first on (30 days where it is set, else 29), then from bit 13 the
/// month that is followed by a leap month (0 if none is), from bit 17 the days from 1 January to New Year's Day.
#[rustfmt::skip]
const YEARS: [u32; 201] = [
    0x3d_16d2, 0x62_0752, 0x4c_06a5, 0x36_b64b, 0x5c_064b, 0x44_0c9b, 0x30_955a, 0x56_056a, 0x40_0b69, 0x2a_5752,
    0x50_0b52, 0x3a_db25, 0x60_0b25, 0x48_0a4b, 0x32_b4ab, 0x58_02ad, 0x42_056d, 0x2c_6b69, 0x52_0da9, 0x3e_fd92,
    0x64_0e92, 0x4c_0d25, 0x36_da4d, 0x5c_0a56, 0x46_02b6, 0x2e_95b5, 0x56_06d4, 0x40_0ea9, 0x2c_5e92, 0x50_0e92,
    0x3a_cd26, 0x5e_052b, 0x48_0a57, 0x32_b4d6, 0x58_035a, 0x42_06d5, 0x2e_76c9, 0x52_0749, 0x3d_1693, 0x62_0a95,
    0x4c_052b, 0x34_ca5b, 0x5a_0aad, 0x46_056a, 0x30_9b65, 0x56_0ba4, 0x40_0b49, 0x2a_5a95, 0x50_0a95, 0x38_f52d,
    0x5e_0556, 0x48_0ab5, 0x34_b5aa, 0x58_05d2, 0x42_0da5, 0x2e_7d4a, 0x54_0e4a, 0x3d_0c96, 0x60_0a97, 0x4c_0556,
    0x36_cab5, 0x5a_0ad9, 0x46_06d2, 0x30_8ea5, 0x56_0725, 0x3e_064b, 0x28_6c97, 0x4e_049b, 0x38_e55b, 0x5c_056b,
    0x48_0b69, 0x34_b752, 0x5a_0b52, 0x42_0b25, 0x2c_9a4b, 0x52_0a4d, 0x3d_14ab, 0x60_02ad, 0x4a_05ad, 0x36_cb6a,
    0x5c_0da9, 0x46_0d92, 0x30_9d25, 0x56_0d25, 0x40_0a55, 0x28_54ad, 0x4e_04b6, 0x38_e5b5, 0x5e_06d5, 0x48_0ec9,
    0x34_be92, 0x5a_0e92, 0x44_0d26, 0x2c_6a56, 0x50_0a57, 0x3d_1556, 0x62_056a, 0x4a_0b55, 0x36_b6c9, 0x5c_0749,
    0x46_0693, 0x2e_952b, 0x54_052b, 0x3e_0a5b, 0x2a_555a, 0x4e_056a, 0x38_eb65, 0x5e_0ba5, 0x4a_0d49, 0x32_ba95,
    0x58_0a95, 0x42_052d, 0x2c_8aad, 0x50_0ab5, 0x3d_35aa, 0x62_05d2, 0x4c_0da5, 0x36_dd4a, 0x5c_0e4a, 0x46_0c96,
    0x30_992e, 0x54_0556, 0x3e_0ab5, 0x2a_55b2, 0x50_06d2, 0x38_cea5, 0x5e_0725, 0x48_064b, 0x32_ac97, 0x56_04ab,
    0x40_055b, 0x2c_6ada, 0x52_0b6a, 0x3d_7752, 0x62_0b92, 0x4c_0b25, 0x36_da4b, 0x5a_0a4d, 0x44_04ad, 0x2e_a95b,
    0x54_05ad, 0x3e_0baa, 0x2a_5b52, 0x50_0d92, 0x3a_fd25, 0x5e_0d25, 0x48_0a55, 0x32_b4ad, 0x58_04b6, 0x40_06b5,
    0x2c_6daa, 0x52_0eca, 0x3f_0e92, 0x60_0e93, 0x4c_0d26, 0x36_ca56, 0x5a_0a5b, 0x44_055a, 0x2e_8ad5, 0x54_0b55,
    0x40_074a, 0x28_6e93, 0x4e_0a93, 0x38_f52b, 0x5e_052b, 0x46_0a9b, 0x32_b55a, 0x58_056a, 0x42_0b65, 0x2c_974a,
    0x52_0d4a, 0x3d_1a95, 0x62_0c95, 0x4a_092d, 0x34_caad, 0x5a_0ab5, 0x46_05aa, 0x2e_8ba5, 0x54_0ea5, 0x40_0d4a,
    0x2a_7d15, 0x4e_0c96, 0x38_f956, 0x5e_0556, 0x48_0ab5, 0x32_b5b4, 0x58_06d4, 0x42_0ea5, 0x2e_8e8a, 0x50_068b,
    0x3b_1497, 0x60_04ab, 0x4a_095b, 0x34_cada, 0x5a_0b6a, 0x46_0754, 0x30_9725, 0x54_0b45, 0x3e_0a8b, 0x28_552b,
    0x4e_04ad,
];

/// A day of the Vietnamese lunar calendar, from New Year's Day of 1900 (1900-01-31) to the last day of 2100 (2101-01-28).
///
/// Clocks are those of UTC+7 throughout: the official time by Article 1 of decision 121-CP of 8 August 1967, and of decision
/// 134/2002/QĐ-TTg of 14 October 2002. Calendars printed before may have used others.
/// Days are ordered as they follow each other.
///
/// ```
/// use cnscd::{Locale, LunarDate};
/// // The day of the Hùng Kings: the tenth of the third month.
/// let kings = LunarDate::new(2022, 3, false, 10)?;
/// assert_eq!(kings.date().to_string(), "2022-04-10");
/// assert_eq!(LunarDate::of(kings.date())?, kings);
/// assert_eq!(kings.text(Locale::Vi), "10/3 âm lịch năm 2022");
///
/// let error = LunarDate::new(2022, 2, true, 1).unwrap_err();
/// assert_eq!(error.to_string(), "`1/2 leap 2022` is no day of the lunar calendar: 2022 has no leap month");
/// # Ok::<(), cnscd::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LunarDate {
    year: i32,
    month: u32,
    leap: bool,
    day: u32,
}

/// What the table says of a year.
#[derive(Clone, Copy)]
struct Year(u32);

impl Year {
    fn of(year: i32) -> Option<Self> {
        let at = usize::try_from(year.checked_sub(FIRST)?).ok()?;
        YEARS.get(at).copied().map(Self)
    }

    /// Days from 1 January to New Year's Day.
    fn begins(self) -> u32 {
        self.0 >> 17
    }

    /// The month that is followed by a leap month of the same number.
    fn leap(self) -> Option<u32> {
        Some(self.0 >> 13 & 0xF).filter(|&month| month > 0)
    }

    /// Number of each month, whether it is the leap one, and its days.
    fn months(self) -> impl Iterator<Item = (u32, bool, u32)> {
        let leap = self.leap().unwrap_or(12);
        let count = if self.leap().is_some() { 13 } else { 12 };
        (0..count).map(move |at| {
            let is_behind = at >= leap;
            (at + 1 - u32::from(is_behind), is_behind && at == leap, 29 + (self.0 >> at & 1))
        })
    }
}

impl LunarDate {
    /// The lunar day of a date.
    ///
    /// # Errors
    /// [`Error::BadLunarDay`] outside 1900-01-31 to 2101-01-28.
    pub fn of(date: NaiveDate) -> Result<Self, Error> {
        let own = || {
            let has_begun = new_year(date.year()).is_some_and(|first| first <= date);
            let year = if has_begun { date.year() } else { date.year() - 1 };
            let mut left = u32::try_from(date.signed_duration_since(new_year(year)?).num_days()).ok()?;
            for (month, leap, days) in Year::of(year)?.months() {
                if left < days {
                    return Some(Self { year, month, leap, day: left + 1 });
                }
                left -= days;
            }
            None
        };
        own().ok_or_else(|| Error::BadLunarDay {
            found: date.to_string(),
            wanted: "it runs from 1900-01-31 to 2101-01-28 here".into(),
        })
    }

    /// A day by its numbers; `leap` says that the leap month (tháng nhuận) behind the month of this number is meant.
    ///
    /// # Errors
    /// [`Error::BadLunarDay`] if the year, the month or the day does not exist, with those that do.
    pub fn new(year: i32, month: u32, leap: bool, day: u32) -> Result<Self, Error> {
        let wrong = |wanted: String| {
            let found = format!("{day}/{month}{} {year}", if leap { " leap" } else { "" });
            Err(Error::BadLunarDay { found, wanted })
        };
        let Some(own) = Year::of(year) else { return wrong("its years run from 1900 to 2100 here".into()) };
        let mut months = own.months();
        match months.find(|&(number, is_leap, _)| (number, is_leap) == (month, leap)) {
            Some((.., days)) if (1..=days).contains(&day) => Ok(Self { year, month, leap, day }),
            Some((.., days)) => wrong(format!("the month has the days 1 to {days}")),
            None if !leap => wrong("months are 1 to 12".into()),
            None => wrong(own.leap().map_or_else(
                || format!("{year} has no leap month"),
                |other| format!("the leap month of {year} is behind month {other}"),
            )),
        }
    }

    /// The date.
    ///
    /// # Panics
    /// Never: the year is one of the table.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        let months = Year::of(self.year).into_iter().flat_map(Year::months);
        let before = months.take_while(|&(month, leap, _)| (month, leap) != (self.month, self.leap));
        let days: u32 = before.map(|(.., days)| days).sum();
        let first = new_year(self.year);
        first
            .and_then(|first| first.checked_add_days(Days::new(u64::from(days + self.day - 1))))
            .unwrap_or_default()
    }

    /// The lunar year: the year of its New Year's Day.
    #[must_use]
    pub fn year(self) -> i32 {
        self.year
    }

    /// The number of the month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.month
    }

    /// Whether the month is the second one of its number (tháng nhuận).
    #[must_use]
    pub fn is_leap(self) -> bool {
        self.leap
    }

    /// The day of the month, 1 to 30.
    #[must_use]
    pub fn day(self) -> u32 {
        self.day
    }

    /// The day in words, such as `10/3 âm lịch năm 2022`.
    #[must_use]
    pub fn text(self, locale: Locale) -> String {
        let Self { year, month, leap, day } = self;
        match locale {
            Locale::Vi => format!("{day}/{month}{} âm lịch năm {year}", if leap { " nhuận" } else { "" }),
            Locale::En => {
                format!("day {day} of {}lunar month {month} of {year}", if leap { "leap " } else { "" })
            }
        }
    }
}

impl Serialize for LunarDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut date = serializer.serialize_struct("LunarDate", 4)?;
        date.serialize_field("year", &self.year)?;
        date.serialize_field("month", &self.month)?;
        date.serialize_field("leap", &self.leap)?;
        date.serialize_field("day", &self.day)?;
        date.end()
    }
}

/// New Year's Day (mùng một Tết) of a lunar year.
fn new_year(year: i32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
    first.checked_add_days(Days::new(u64::from(Year::of(year)?.begins())))
}
