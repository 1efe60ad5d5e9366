//! Periods: they tile time in both schemes, split into what fills them, and are read as they are printed.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use chrono::{Datelike, Days, NaiveDate, Weekday};
use cnscd::{Frequency, Locale, Period, Scheme};
use proptest::prelude::*;
use std::collections::HashSet;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

const RETURNING: [Frequency; 6] = [
    Frequency::Week,
    Frequency::Month,
    Frequency::Quarter,
    Frequency::HalfYear,
    Frequency::NineMonths,
    Frequency::Year,
];

/// The first and last period of a frequency.
fn ends(frequency: Frequency) -> (Period, Period) {
    let (first, last) = match frequency {
        Frequency::Week => ("1901-W01", "2199-W52"),
        Frequency::Month => ("1901-01", "2199-12"),
        Frequency::Quarter => ("1901-Q1", "2199-Q4"),
        Frequency::HalfYear => ("1901-H1", "2199-H2"),
        Frequency::NineMonths => ("1901-9M", "2199-9M"),
        _ => ("1901", "2199"),
    };
    (period(first), period(last))
}

#[test]
fn every_period_of_three_centuries() {
    for frequency in RETURNING {
        let (first, last) = ends(frequency);
        let all: Vec<_> = first.through(last).collect();
        assert_eq!((first.previous(), last.next(), all.last()), (None, None, Some(&last)));
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
        for pair in all.windows(2) {
            let &[before, after] = pair else { unreachable!() };
            assert_eq!((before.next(), after.previous()), (Some(after), Some(before)));
            assert_eq!(period(&before.to_string()), before);
            for &scheme in Scheme::ALL {
                let (ended, begun) = (*before.days(scheme).end(), *after.days(scheme).start());
                let is_next = ended.succ_opt().unwrap() == begun;
                // Nine months leave the rest of the year to nobody.
                assert_eq!(is_next, frequency != Frequency::NineMonths, "{before} {after}");
                assert_eq!(Period::at(frequency, ended, scheme), Some(before));
                assert_eq!(Period::at(frequency, begun, scheme), Some(after));
                assert!(before.contains(ended, scheme) && !before.contains(begun, scheme));
            }
        }
    }
}

/// What each frequency is made of.
#[test]
fn parts_tile_the_whole() {
    let texts = |whole: &str, into| -> Vec<String> {
        period(whole).split(into).unwrap().iter().map(ToString::to_string).collect()
    };
    assert_eq!(texts("2022", Frequency::HalfYear), ["2022-H1", "2022-H2"]);
    assert_eq!(texts("2022-9M", Frequency::Quarter), ["2022-Q1", "2022-Q2", "2022-Q3"]);
    assert_eq!(texts("2022-H2", Frequency::Quarter), ["2022-Q3", "2022-Q4"]);
    assert_eq!(texts("2022-Q4", Frequency::Month), ["2022-10", "2022-11", "2022-12"]);
    let fills = |own: Frequency, into: Frequency| match own {
        Frequency::Quarter => into == Frequency::Month,
        Frequency::HalfYear | Frequency::NineMonths => matches!(into, Frequency::Month | Frequency::Quarter),
        Frequency::Year => matches!(into, Frequency::Month | Frequency::Quarter | Frequency::HalfYear),
        _ => false,
    };
    for own in RETURNING {
        let (first, last) = ends(own);
        for whole in first.through(last).step_by(7) {
            for &into in Frequency::ALL {
                let parts = whole.split(into);
                assert_eq!(parts.is_ok(), own == into || fills(own, into), "{whole} into {into:?}");
                for &scheme in Scheme::ALL {
                    let Ok(parts) = &parts else { continue };
                    let days = parts.iter().flat_map(|part| {
                        part.days(scheme).start().iter_days().take_while(|day| part.contains(*day, scheme))
                    });
                    let own = whole.days(scheme);
                    assert!(days.eq(own.start().iter_days().take_while(|day| own.contains(day))), "{whole}");
                }
            }
        }
    }
}

/// The table of Decree 09/2019/NĐ-CP, Article 12, and calendar months beside it.
#[test]
fn days_by_the_decree() {
    let rows = [
        ("2022-05", (day(2022, 4, 15), day(2022, 5, 14)), (day(2022, 5, 1), day(2022, 5, 31))),
        ("2022-01", (day(2021, 12, 15), day(2022, 1, 14)), (day(2022, 1, 1), day(2022, 1, 31))),
        ("2024-02", (day(2024, 1, 15), day(2024, 2, 14)), (day(2024, 2, 1), day(2024, 2, 29))),
        ("2022-Q1", (day(2021, 12, 15), day(2022, 3, 14)), (day(2022, 1, 1), day(2022, 3, 31))),
        ("2022-Q4", (day(2022, 9, 15), day(2022, 12, 14)), (day(2022, 10, 1), day(2022, 12, 31))),
        ("2022-H1", (day(2021, 12, 15), day(2022, 6, 14)), (day(2022, 1, 1), day(2022, 6, 30))),
        ("2022-H2", (day(2022, 6, 15), day(2022, 12, 14)), (day(2022, 7, 1), day(2022, 12, 31))),
        ("2022-9M", (day(2021, 12, 15), day(2022, 9, 14)), (day(2022, 1, 1), day(2022, 9, 30))),
        ("2022", (day(2021, 12, 15), day(2022, 12, 14)), (day(2022, 1, 1), day(2022, 12, 31))),
        ("2022-W18", (day(2022, 5, 2), day(2022, 5, 8)), (day(2022, 5, 2), day(2022, 5, 8))),
        // The week across the year.
        ("2020-W53", (day(2020, 12, 28), day(2021, 1, 3)), (day(2020, 12, 28), day(2021, 1, 3))),
    ];
    for (text, administrative, calendar) in rows {
        for (scheme, (first, last)) in
            [(Scheme::Administrative, administrative), (Scheme::Calendar, calendar)]
        {
            assert_eq!(period(text).days(scheme), first..=last, "{text} {scheme:?}");
        }
    }
}

#[test]
fn what_is_no_period() {
    for (text, wanted) in [
        ("", "write `2022-05`, `2022-Q2`"),
        ("2022-5", "write `2022-05`"),
        ("22-05", "write"),
        ("2022-q2", "write"),
        ("2022-05-10", "write"),
        ("+022-05", "write"),
        ("٢٠٢٢", "write"),
        ("2022-é", "write"),
        ("2022-10/2022-11", "each half is a day"),
        ("10/5/2022", "a month is written `2022-05`"),
        ("05/2022", "a month is written `2022-05`"),
        ("2022/05", "a month is written `2022-05`"),
        ("2022-05-10/9/6/2022", "each half is a day"),
        ("2022-13", "its numbers run from 1 to 12"),
        ("2022-00", "its numbers run from 1 to 12"),
        ("2022-Q5", "its numbers run from 1 to 4"),
        ("2022-H0", "its numbers run from 1 to 2"),
        ("2022-W53", "2022 has 52 weeks"),
        ("2020-W54", "2020 has 53 weeks"),
        ("2022-W00", "2022 has 52 weeks"),
        ("1900", "its years run from 1901 to 2199"),
        ("2200-01", "its years run from 1901 to 2199"),
        ("2022-06-09/2022-05-10", "its last day lies before the first"),
    ] {
        let error = text.parse::<Period>().unwrap_err();
        assert_eq!(error.code(), "bad-period");
        assert!(error.to_string().contains(&format!("is no period: {wanted}")), "{text}: {error}");
    }
    // What may be a phone number is not repeated.
    assert!("0912345678".parse::<Period>().unwrap_err().to_string().starts_with("`***`"));
    let span = period("2022-05-10/2022-06-09");
    let others = ["2022-05-10/2022-06-10", "2022-06-10/2022-06-20", "2022-05-01/2022-05-02"];
    assert!(
        span.through(span).eq([span])
            && others.iter().all(|other| span.through(period(other)).next().is_none())
    );
    assert_eq!((span.next(), span.previous(), span.frequency()), (None, None, Frequency::Custom));
    assert_eq!(Period::at(Frequency::Custom, day(2022, 5, 10), Scheme::Calendar), None);
    assert_eq!(
        period("2022-06").through(period("2022-05")).count()
            + period("2022-05").through(period("2022")).count(),
        0
    );
}

#[test]
fn names() {
    for (text, vi, en) in [
        ("2022-02", "tháng 02/2022", "February 2022"),
        ("2022-05", "tháng 5/2022", "May 2022"),
        ("2022-Q2", "quý II/2022", "quarter 2 of 2022"),
        ("2022-H1", "6 tháng đầu năm 2022", "the first half of 2022"),
        ("2022-H2", "6 tháng cuối năm 2022", "the second half of 2022"),
        ("2022-9M", "9 tháng đầu năm 2022", "the first nine months of 2022"),
        ("2022", "năm 2022", "2022"),
        ("2022-W18", "tuần 18 năm 2022", "week 18 of 2022"),
        ("2022-05-10/2022-06-09", "từ ngày 10/5/2022 đến ngày 09/6/2022", "10 May 2022 to 9 June 2022"),
    ] {
        assert_eq!((period(text).text(Locale::Vi), period(text).text(Locale::En)), (vi.into(), en.into()));
    }
}

proptest! {
    /// A day is in exactly the period that `at` names, by a count of its own.
    #[test]
    fn a_day_by_arithmetic(days in 0..109_000_u64) {
        let date = day(1901, 1, 20) + Days::new(days);
        for &scheme in Scheme::ALL {
            let is_late = scheme == Scheme::Administrative && date.day() >= 15;
            let month = date.year() * 12 + i32::try_from(date.month0()).unwrap() + i32::from(is_late);
            let (year, month) = (month.div_euclid(12), month.rem_euclid(12));
            let wanted = [
                Some(format!("{}-W{:02}", date.iso_week().year(), date.iso_week().week())),
                Some(format!("{year}-{:02}", month + 1)),
                Some(format!("{year}-Q{}", month / 3 + 1)),
                Some(format!("{year}-H{}", month / 6 + 1)),
                (month < 9).then(|| format!("{year}-9M")),
                Some(year.to_string()),
            ];
            for (frequency, wanted) in RETURNING.into_iter().zip(wanted) {
                let found = Period::at(frequency, date, scheme);
                prop_assert_eq!(found.map(|period| period.to_string()), wanted);
                prop_assert!(found.is_none_or(|period| period.contains(date, scheme)));
            }
        }
        prop_assert_eq!(Period::at(Frequency::Week, date, Scheme::Calendar).unwrap().days(Scheme::Calendar).start().weekday(), Weekday::Mon);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[0-9QHWM/-]{0,22}|\\PC{0,12}") {
        if let Ok(period) = text.parse::<Period>() {
            prop_assert_eq!(period.to_string(), text);
        }
    }
}
