//! The lunar calendar from the moon and the sun, against the table of the library.
//!
//! The rules: a month begins on the day of a new moon; the month with the winter solstice is the eleventh; of thirteen months from one
//! eleventh to the next, the first without a major solar term is the leap month. Days are those of clocks at UTC+7.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod astronomy;

use astronomy::{clock, new_moon, sun_at};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use cnscd::{Error, LunarDate};
use std::fmt::Write;

/// Where the theory of the moon is too rough to tell on which side of midnight it was new.
///
/// By the ephemeris DE440 of the Jet Propulsion Laboratory, read with Skyfield, it was new 4 seconds after midnight on 8 July 1967, and
/// will be 4 seconds before midnight on 9 December 2072, unless four seconds are taken out of the clock until then. Of all other months of the
/// table DE440 says what is worked out here.
const EXACT: [(i32, u32, u32); 2] = [(1967, 7, 8), (2072, 12, 9)];

/// How far the theory may be off.
const ROUGH: TimeDelta = TimeDelta::seconds(20);

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The time on clocks of UTC+7 at an instant in days of dynamical time.
fn time(instant: f64) -> NaiveDateTime {
    #[expect(clippy::cast_possible_truncation, reason = "seconds of two hundred years")]
    let seconds = ((clock(instant) - 2_440_587.5) * 86_400.0).floor() as i64;
    DateTime::from_timestamp(seconds, 0).unwrap().naive_utc()
}

/// From the nearest midnight; negative before it.
fn from_midnight(time: NaiveDateTime) -> TimeDelta {
    let passed = time.time() - NaiveTime::MIN;
    if passed > TimeDelta::hours(12) { passed - TimeDelta::days(1) } else { passed }
}

/// New moons from the end of 1898 to 2101.
fn moons() -> impl Iterator<Item = NaiveDateTime> {
    (-1250..1260).map(|k| time(new_moon(k)))
}

/// The day of a new moon.
fn first_day(moon: NaiveDateTime) -> NaiveDate {
    let exact = EXACT.map(|(y, m, d)| day(y, m, d));
    let is_it = |exact: &NaiveDate| {
        (moon.date() - *exact).abs() <= TimeDelta::days(1) && from_midnight(moon).abs() < ROUGH
    };
    exact.into_iter().find(is_it).unwrap_or(moon.date())
}

/// The times of major solar terms from the spring equinox of 1899 on, which is 0; the winter solstice is 9.
fn terms() -> Vec<(i32, NaiveDateTime)> {
    let term = |n: i32| {
        let guess = 2_414_734.5 + f64::from(n) * 365.2422 / 12.0;
        (n % 12, time(sun_at(f64::from(n % 12) * 30.0, guess)))
    };
    (0..203 * 12).map(term).collect()
}

/// A month: its first day, year, number, and whether it is a leap month.
type Month = (NaiveDate, i32, u32, bool);

fn calendar(terms: &[(i32, NaiveDate)]) -> Vec<Month> {
    let days: Vec<_> = moons().map(first_day).collect();
    let solstices = terms.iter().filter(|term| term.0 == 9);
    let elevenths: Vec<_> =
        solstices.map(|term| days.partition_point(|&first| first <= term.1) - 1).collect();
    let mut out = Vec::new();
    for pair in elevenths.windows(2) {
        let [from, to] = *pair else { continue };
        let has_term = |at: usize| terms.iter().any(|term| (days[at]..days[at + 1]).contains(&term.1));
        let leap = (from + 1..to).find(|&at| to - from == 13 && !has_term(at));
        for at in from..to {
            let passed = at - from - usize::from(leap.is_some_and(|leap| at >= leap));
            let number = u32::try_from((10 + passed) % 12 + 1).unwrap();
            // Months 11 and 12 belong to the year that began before.
            let year = days[from].year() + i32::from(number < 11);
            out.push((days[at], year, number, leap == Some(at)));
        }
    }
    out
}

fn dated(terms: Vec<(i32, NaiveDateTime)>) -> Vec<(i32, NaiveDate)> {
    terms.into_iter().map(|(number, time)| (number, time.date())).collect()
}

/// The table of `core/src/lunar.rs` as the sky has it.
fn table(calendar: &[Month]) -> String {
    let mut out = String::new();
    for year in 1900..=2100 {
        let months: Vec<_> = calendar.windows(2).filter(|pair| pair[0].1 == year).collect();
        let leap = months.iter().find(|pair| pair[0].3).map_or(0, |pair| pair[0].2);
        let is_long = |pair: &[Month]| pair[1].0 - pair[0].0 == TimeDelta::days(30);
        let long = months.iter().enumerate().filter(|(_, pair)| is_long(pair));
        let lengths = long.fold(0, |bits, (at, _)| bits | 1 << at);
        let word: u32 = months[0][0].0.ordinal0() << 20 | leap << 16 | lengths;
        let end = if year % 10 == 9 { '\n' } else { ' ' };
        write!(out, "{:#05x}_{:04x},{end}", word >> 16, word & 0xFFFF).unwrap();
    }
    out
}

/// The months of [`EXACT`] aside, which are set by hand.
#[test]
fn the_table_is_the_sky() {
    let calendar = calendar(&dated(terms()));
    let own = |year, month, leap, day| LunarDate::new(year, month, leap, day);
    for pair in calendar.windows(2).filter(|pair| (1900..=2100).contains(&pair[0].1)) {
        let (first, year, month, leap) = pair[0];
        let length = u32::try_from((pair[1].0 - first).num_days()).unwrap();
        let ends = own(year, month, leap, length + 1).is_err();
        let is_there = own(year, month, leap, 1).is_ok_and(|lunar| lunar.date() == first);
        assert!(is_there, "{first} begins no month; the table is\n{}", table(&calendar));
        assert!(ends, "the month of {first} has {length} days; the table is\n{}", table(&calendar));
        for passed in 0..length {
            let date = first + TimeDelta::days(passed.into());
            let lunar = LunarDate::of(date).unwrap();
            assert_eq!(lunar, own(year, month, leap, passed + 1).unwrap(), "{date}");
            assert_eq!(lunar.date(), date);
        }
    }
}

#[test]
fn days_follow_each_other() {
    let (first, last) = (day(1900, 1, 31), day(2101, 1, 28));
    let lunar: Vec<_> = first.iter_days().take_while(|date| *date <= last).map(LunarDate::of).collect();
    assert_eq!(lunar.len(), 73_412);
    assert!(lunar.windows(2).all(|pair| pair[0].as_ref().unwrap() < pair[1].as_ref().unwrap()));
    for outside in [first.pred_opt().unwrap(), last.succ_opt().unwrap(), NaiveDate::MIN, NaiveDate::MAX] {
        assert!(matches!(LunarDate::of(outside), Err(Error::BadLunarDay { .. })), "{outside}");
    }
    for (year, month, number) in
        [(i32::MIN, 1, 1), (i32::MAX, 1, 1), (2022, 0, 1), (2022, u32::MAX, 1), (2022, 1, u32::MAX)]
    {
        assert!(
            LunarDate::new(year, month, false, number).is_err()
                && LunarDate::new(year, month, true, number).is_err()
        );
    }
}

/// The months that the guides list, with the times of their new moons by DE440: those within a minute of midnight.
#[test]
fn close_calls_are_listed() {
    let years = day(1900, 1, 31)..day(2101, 1, 28);
    let is_near = |moon: &NaiveDateTime| from_midnight(*moon).abs() < TimeDelta::seconds(60);
    let near: Vec<_> = moons().filter(|moon| is_near(moon) && years.contains(&moon.date())).collect();
    for guide in [include_str!("../../../docs/guide-days.md"), include_str!("../../../docs/guide-days.vi.md")]
    {
        let listed: Vec<_> = guide
            .lines()
            .filter_map(|line| NaiveDateTime::parse_from_str(line.get(2..21)?, "%Y-%m-%d %H:%M:%S").ok())
            .collect();
        assert_eq!(listed.len(), near.len());
        // Whatever is too near for the theory is set by hand.
        let rough = near.iter().filter(|moon| from_midnight(**moon).abs() < ROUGH);
        assert_eq!(rough.count(), EXACT.len());
        for (listed, near) in listed.iter().zip(&near) {
            assert!((*listed - *near).abs() < ROUGH, "{listed} {near}");
            assert_eq!(first_day(*near), listed.date());
        }
    }
}

/// One major term is so near to midnight that a rough theory of the sun could make another calendar: the autumn equinox of 1938, by
/// DE440 33 seconds before midnight. So the month behind the eighth is the leap month of that year, and not the one before.
#[test]
fn one_term_near_midnight_matters() {
    let terms = terms();
    let usual = calendar(&dated(terms.clone()));
    let is_decisive = |&at: &usize| {
        let away = from_midnight(terms[at].1);
        if away.abs() > TimeDelta::seconds(120) {
            return false;
        }
        let mut moved = dated(terms.clone());
        moved[at].1 += TimeDelta::days(if away < TimeDelta::zero() { 1 } else { -1 });
        calendar(&moved) != usual
    };
    let decisive: Vec<_> = (0..terms.len()).filter(is_decisive).map(|at| terms[at].1.date()).collect();
    assert_eq!(decisive, [day(1938, 9, 23)]);
    assert!(LunarDate::new(1938, 8, true, 1).is_ok());
}
