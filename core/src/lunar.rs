//! The Vietnamese *lunar calendar* (âm lịch): months begin with the day of a new moon on clocks of UTC+7, and month 11 has the winter
//! solstice.
//!
//! Nothing is worked out here but days: what a year looks like is in a table, made by the astronomy in `tests/tests/lunar`. A test there
//! prints the table if it is another.

use crate::error::Error;
use crate::locale::Locale;
use chrono::{Datelike, Days, NaiveDate};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// The first lunar year of the table.
const FIRST: i32 = 1900;

/// Each lunar year: a bit for each of its 12 or 13 months from the first on (30 days where it is set, else 29); in the fifth digit from
/// the right the month that a leap month follows, 0 if none does; before it the days from 1 January to New Year's Day.
#[rustfmt::skip]
const YEARS: [u32; 201] = [
    0x1e8_16d2, 0x310_0752, 0x260_06a5, 0x1b5_164b, 0x2e0_064b, 0x220_0c9b, 0x184_155a, 0x2b0_056a, 0x200_0b69, 0x152_1752,
    0x280_0b52, 0x1d6_1b25, 0x300_0b25, 0x240_0a4b, 0x195_14ab, 0x2c0_02ad, 0x210_056d, 0x163_0b69, 0x290_0da9, 0x1f7_1d92,
    0x320_0e92, 0x260_0d25, 0x1b6_1a4d, 0x2e0_0a56, 0x230_02b6, 0x174_15b5, 0x2b0_06d4, 0x200_0ea9, 0x162_1e92, 0x280_0e92,
    0x1d6_0d26, 0x2f0_052b, 0x240_0a57, 0x195_14d6, 0x2c0_035a, 0x210_06d5, 0x173_16c9, 0x290_0749, 0x1e8_1693, 0x310_0a95,
    0x260_052b, 0x1a6_0a5b, 0x2d0_0aad, 0x230_056a, 0x184_1b65, 0x2b0_0ba4, 0x200_0b49, 0x152_1a95, 0x280_0a95, 0x1c7_152d,
    0x2f0_0556, 0x240_0ab5, 0x1a5_15aa, 0x2c0_05d2, 0x210_0da5, 0x173_1d4a, 0x2a0_0e4a, 0x1e8_0c96, 0x300_0a97, 0x260_0556,
    0x1b6_0ab5, 0x2d0_0ad9, 0x230_06d2, 0x184_0ea5, 0x2b0_0725, 0x1f0_064b, 0x143_0c97, 0x270_049b, 0x1c7_055b, 0x2e0_056b,
    0x240_0b69, 0x1a5_1752, 0x2d0_0b52, 0x210_0b25, 0x164_1a4b, 0x290_0a4d, 0x1e8_14ab, 0x300_02ad, 0x250_05ad, 0x1b6_0b6a,
    0x2e0_0da9, 0x230_0d92, 0x184_1d25, 0x2b0_0d25, 0x200_0a55, 0x142_14ad, 0x270_04b6, 0x1c7_05b5, 0x2f0_06d5, 0x240_0ec9,
    0x1a5_1e92, 0x2d0_0e92, 0x220_0d26, 0x163_0a56, 0x280_0a57, 0x1e8_1556, 0x310_056a, 0x250_0b55, 0x1b5_16c9, 0x2e0_0749,
    0x230_0693, 0x174_152b, 0x2a0_052b, 0x1f0_0a5b, 0x152_155a, 0x270_056a, 0x1c7_0b65, 0x2f0_0ba5, 0x250_0d49, 0x195_1a95,
    0x2c0_0a95, 0x210_052d, 0x164_0aad, 0x280_0ab5, 0x1e9_15aa, 0x310_05d2, 0x260_0da5, 0x1b6_1d4a, 0x2e0_0e4a, 0x230_0c96,
    0x184_192e, 0x2a0_0556, 0x1f0_0ab5, 0x152_15b2, 0x280_06d2, 0x1c6_0ea5, 0x2f0_0725, 0x240_064b, 0x195_0c97, 0x2b0_04ab,
    0x200_055b, 0x163_0ada, 0x290_0b6a, 0x1eb_1752, 0x310_0b92, 0x260_0b25, 0x1b6_1a4b, 0x2d0_0a4d, 0x220_04ad, 0x175_095b,
    0x2a0_05ad, 0x1f0_0baa, 0x152_1b52, 0x280_0d92, 0x1d7_1d25, 0x2f0_0d25, 0x240_0a55, 0x195_14ad, 0x2c0_04b6, 0x200_06b5,
    0x163_0daa, 0x290_0eca, 0x1f8_0e92, 0x300_0e93, 0x260_0d26, 0x1b6_0a56, 0x2d0_0a5b, 0x220_055a, 0x174_0ad5, 0x2a0_0b55,
    0x200_074a, 0x143_0e93, 0x270_0a93, 0x1c7_152b, 0x2f0_052b, 0x230_0a9b, 0x195_155a, 0x2c0_056a, 0x210_0b65, 0x164_174a,
    0x290_0d4a, 0x1e8_1a95, 0x310_0c95, 0x250_092d, 0x1a6_0aad, 0x2d0_0ab5, 0x230_05aa, 0x174_0ba5, 0x2a0_0ea5, 0x200_0d4a,
    0x153_1d15, 0x270_0c96, 0x1c7_1956, 0x2f0_0556, 0x240_0ab5, 0x195_15b4, 0x2c0_06d4, 0x210_0ea5, 0x174_0e8a, 0x280_068b,
    0x1d8_1497, 0x300_04ab, 0x250_095b, 0x1a6_0ada, 0x2d0_0b6a, 0x230_0754, 0x184_1725, 0x2a0_0b45, 0x1f0_0a8b, 0x142_152b,
    0x270_04ad,
];

/// A day of the Vietnamese lunar calendar, from New Year's Day of 1900 (1900-01-31) to the last day of 2100 (2101-01-28).
///
/// Clocks are those of UTC+7 throughout: the official time by Article 1 of decision 121-CP of 8 August 1967, and of decision
/// 134/2002/QĐ-TTg of 14 October 2002. Calendars printed before 1968 may have used others.
/// Days are ordered as they follow each other.
///
/// ```
/// use cnscd::{Locale, LunarDate};
/// // The day of the Hùng Kings: the tenth of the third month.
/// let kings = LunarDate::new(2022, 3, false, 10)?;
/// assert_eq!(kings.date().to_string(), "2022-04-10");
/// assert_eq!(LunarDate::of(kings.date())?, kings);
/// assert_eq!(kings.text(Locale::Vi), "10/3 năm 2022 (âm lịch)");
///
/// let error = LunarDate::new(2022, 2, true, 1).unwrap_err();
/// assert_eq!(error.to_string(), "`1/2 leap 2022` is no day of the lunar calendar: 2022 has no leap month");
/// # Ok::<(), cnscd::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LunarDate {
    // In the order in which days follow each other.
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
        self.0 >> 20
    }

    /// The month that a leap month of the same number follows.
    fn leap(self) -> Option<u32> {
        Some(self.0 >> 16 & 0xF).filter(|&month| month > 0)
    }

    /// Number of each month, whether it is the leap one, and its days.
    fn months(self) -> impl Iterator<Item = (u32, bool, u32)> {
        // Without a leap month there is no month at 12.
        let leap = self.leap().unwrap_or(12);
        let count = if self.leap().is_some() { 13 } else { 12 };
        (0..count).map(move |at| (at + 1 - u32::from(at >= leap), at == leap, 29 + (self.0 >> at & 1)))
    }
}

impl LunarDate {
    /// The lunar day of a date.
    ///
    /// # Errors
    /// [`Error::BadLunarDay`] outside 1900-01-31 to 2101-01-28.
    pub fn of(date: NaiveDate) -> Result<Self, Error> {
        let found = || {
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
        found().ok_or_else(|| Error::BadLunarDay {
            found: date.to_string(),
            wanted: "it runs from 1900-01-31 to 2101-01-28 here".into(),
        })
    }

    /// A day by its numbers; `leap` says that the leap month (tháng nhuận) that follows the month of this number is meant.
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
                |other| format!("the leap month of {year} is after month {other}"),
            )),
        }
    }

    /// The date.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        let months = Year::of(self.year).into_iter().flat_map(Year::months);
        let before = months.take_while(|&(month, leap, _)| (month, leap) != (self.month, self.leap));
        let days: u32 = before.map(|(.., days)| days).sum();
        let date = new_year(self.year)
            .and_then(|first| first.checked_add_days(Days::new(u64::from(days + self.day - 1))));
        // The year is one of the table, so there is a date.
        date.unwrap_or_default()
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

    /// The day in words, such as `10/3 năm 2022 (âm lịch)`.
    #[must_use]
    pub fn text(self, locale: Locale) -> String {
        let Self { year, month, leap, day } = self;
        match locale {
            Locale::Vi if leap => format!("{day} tháng {month} nhuận năm {year} (âm lịch)"),
            Locale::Vi => format!("{day}/{month} năm {year} (âm lịch)"),
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
    NaiveDate::from_yo_opt(year, Year::of(year)?.begins() + 1)
}
