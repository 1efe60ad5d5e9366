//! Registers made to be read and checked: JSON documents of teams, people and decisions.
//!
//! - [`hai_duong`]: Hải Dương on 17/5/2022, real units and published totals, in order;
//! - [`minh_hoa`]: a made-up province with planted mistakes and the list of them;
//! - [`country`]: the whole country, or some eighths of it, to measure with.
//!
//! Beside each of them there are monthly reports: [`hai_duong_reports`], [`minh_hoa_reports`], [`country_reports`].
//!
//! The same call gives the same text, byte for byte, on every machine. People, villages and most days are made up; the
//! `note` of each document says what is real in it.
//!
//! ```
//! let (document, planted) = benches::minh_hoa();
//! assert!(document.starts_with("{\"note\":"));
//! assert!(planted.iter().any(|mistake| mistake.code == "T001" && mistake.subject == "to-99001-01"));
//! ```

mod agencies;
mod calendar;
mod country;
mod course;
mod doc;
mod hai_duong;
mod minh_hoa;
mod mix;
mod names;
#[cfg(test)]
mod oracle;
pub mod plain;
mod planted;
mod province;
mod reports;
mod roll;
mod seat;
mod team;
mod territory;
mod units;

pub use country::{ABSENT, CountryReports, REPORTED, country, country_reports, country_with_mistakes};
pub use hai_duong::{hai_duong, hai_duong_reports};
pub use minh_hoa::{minh_hoa, minh_hoa_policy, minh_hoa_reports};
pub use planted::Planted;
