//! Laws of working days and due days. What a day is, the vectors and the comparison with another library say; here it is given.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use chrono::{Days, NaiveDate};
use cnscd::{Adjust, Calendar, Counted, DueRule, Period, Policy, Scheme, Start};
use proptest::prelude::*;
use std::sync::LazyLock;

static POLICY: LazyLock<Policy> = LazyLock::new(|| Policy::preset("national-2022").unwrap());
/// Every day of the calendar, and whether people work on it.
static DAYS: LazyLock<Vec<(NaiveDate, bool)>> = LazyLock::new(|| {
    let (first, last) = calendar().days().unwrap();
    let days = first.iter_days().take_while(|day| *day <= last);
    days.map(|day| (day, calendar().is_working(day).unwrap())).collect()
});

fn calendar() -> &'static Calendar {
    POLICY.calendar()
}

/// Working days behind the first day up to and including the second, one by one.
fn naive_count(from: usize, to: usize) -> i64 {
    let works = |days: &[(NaiveDate, bool)]| days.iter().filter(|(_, works)| *works).map(|_| 1).sum::<i64>();
    if from <= to { works(&DAYS[from + 1..=to]) } else { -works(&DAYS[to..from]) }
}

/// The working day so many behind a day, one by one.
fn naive_add(from: usize, count: i64) -> Option<NaiveDate> {
    let far = usize::try_from(count.unsigned_abs()).unwrap();
    let found = match count {
        0 => return Some(DAYS[from].0),
        1.. => DAYS[from + 1..].iter().filter(|(_, works)| *works).nth(far - 1),
        _ => DAYS[..from].iter().rev().filter(|(_, works)| *works).nth(far - 1),
    };
    found.map(|(day, _)| *day)
}

fn day() -> impl Strategy<Value = usize> {
    0..DAYS.len()
}

fn adjust() -> impl Strategy<Value = Adjust> {
    prop::sample::select(Adjust::ALL)
}

fn rule() -> impl Strategy<Value = DueRule> {
    prop_oneof![
        (1..=31_u32, 0..15_u32).prop_map(|(day, months)| DueRule::MonthDay { day, months }),
        (0..15_u32).prop_map(|months| DueRule::MonthEnd { months }),
        (0..90_u32, prop::sample::select(Counted::ALL)).prop_map(|(count, of)| DueRule::After {
            count: if of == Counted::Years { count % 9 } else { count },
            of
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn counting_and_adding_equal_a_walk(from in day(), to in day(), count in -3000..3000_i64) {
        let (a, b) = (DAYS[from].0, DAYS[to].0);
        prop_assert_eq!(calendar().count(a, b).unwrap(), naive_count(from, to));
        if let Some(wanted) = naive_add(from, count) {
            prop_assert_eq!(calendar().add(a, count).unwrap(), wanted);
            prop_assert_eq!(calendar().count(a, wanted).unwrap(), count);
        } else {
            prop_assert_eq!(calendar().add(a, count).unwrap_err().code(), "no-calendar");
        }
    }

    #[test]
    fn an_adjusted_day_is_a_working_day(from in 30..38_000_usize) {
        let day = DAYS[from].0;
        for &adjust in &[Adjust::Following, Adjust::Preceding] {
            let moved = calendar().adjust(day, adjust).unwrap();
            prop_assert!(calendar().is_working(moved).unwrap());
            prop_assert_eq!(calendar().adjust(moved, adjust).unwrap(), moved);
            prop_assert_eq!(moved == day, DAYS[from].1);
            prop_assert!(moved == day || (moved > day) == (adjust == Adjust::Following));
        }
        prop_assert_eq!(calendar().adjust(day, Adjust::None).unwrap(), day);
    }

    #[test]
    fn a_later_start_is_never_due_earlier(from in 30..30_000_usize, later in 0..40_usize, rule in rule(), adjust in adjust()) {
        let due = |at: usize| calendar().due(rule, adjust, Some(Start::Day(DAYS[at].0))).unwrap();
        prop_assert!(due(from).date() <= due(from + later).date());
        // What is due at the cut-off of a period is due at that day.
        let period: Period = format!("{}/{}", DAYS[from - 7].0, DAYS[from].0).parse().unwrap();
        let at_period = calendar().due(rule, adjust, Some(Start::Period(period, Scheme::Calendar))).unwrap();
        prop_assert_eq!(at_period.date(), due(from).date());
        prop_assert_eq!(at_period.is_published(), due(from).is_published());
    }
}

/// Beyond either end, also by far, there is an error and no panic.
#[test]
fn the_ends() {
    let (first, last) = calendar().days().unwrap();
    assert_eq!(DAYS.len(), 38_716);
    for count in [-1, i64::MIN, i64::MIN + 1] {
        assert_eq!(calendar().add(first, count).unwrap_err().code(), "no-calendar");
    }
    for count in [1, 99_999, i64::MAX] {
        assert_eq!(calendar().add(last, count).unwrap_err().code(), "no-calendar");
    }
    assert_eq!(calendar().is_working(last + Days::new(1)).unwrap_err().code(), "no-calendar");
    assert_eq!(calendar().is_working(NaiveDate::MAX).unwrap_err().code(), "bad-day");
    let far = DueRule::After { count: 9999, of: Counted::Years };
    assert_eq!(calendar().due(far, Adjust::None, Some(Start::Day(last))).unwrap_err().code(), "bad-due");
}
