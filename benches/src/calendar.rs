//! Days of set-up: the working days (ngày làm việc) from 28/3/2022 to 29/4/2022.

use chrono::NaiveDate;

/// The working days of the set-up time as month and day; 11/4/2022 was a day in lieu for Giỗ Tổ Hùng Vương.
const WORKING_DAYS: [(u32, u32); 24] = [
    (3, 28),
    (3, 29),
    (3, 30),
    (3, 31),
    (4, 1),
    (4, 4),
    (4, 5),
    (4, 6),
    (4, 7),
    (4, 8),
    (4, 12),
    (4, 13),
    (4, 14),
    (4, 15),
    (4, 18),
    (4, 19),
    (4, 20),
    (4, 21),
    (4, 22),
    (4, 25),
    (4, 26),
    (4, 27),
    (4, 28),
    (4, 29),
];

/// How many working days there are.
pub(crate) const SET_UP_DAYS: u32 = 24;

/// A day that is known to exist.
pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// The `n`-th working day of the set-up time, counted from 0; the last one if there are fewer.
pub(crate) fn set_up_day(n: u32) -> NaiveDate {
    let last = (4, 29);
    let (month, date) = WORKING_DAYS.get(n as usize).copied().unwrap_or(last);
    day(2022, month, date)
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Weekday};

    use super::*;

    #[test]
    fn every_set_up_day_is_a_working_day() {
        let days: Vec<_> = (0..SET_UP_DAYS).map(set_up_day).collect();
        assert!(days.is_sorted());
        assert_eq!(days.len(), WORKING_DAYS.len());
        assert!(days.iter().all(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)));
        assert!(!days.contains(&day(2022, 4, 11)));
        assert_eq!(set_up_day(6), day(2022, 4, 5));
    }
}
