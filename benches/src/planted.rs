//! A mistake that was planted.

use chrono::NaiveDate;

/// A mistake that was planted in a register: what a rule has to find.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planted {
    /// The code of the rule, such as `T001`.
    pub code: &'static str,
    /// The name of the rule, such as `team-without-decision`.
    pub name: &'static str,
    /// The id of the team, person or decision, or the code of the unit.
    pub subject: String,
    /// The first day, as `2022-04-12`; none where the finding has no days.
    pub from: Option<String>,
    /// Of a report the period and the check or the indicators, such as `2022-11 young-within-members`; else empty.
    pub about: String,
}

/// A mistake of a rule, by its code.
pub(crate) fn plant(code: &'static str, subject: &str, from: Option<NaiveDate>) -> Planted {
    Planted {
        code,
        name: cnscd::explain(code).map_or("", |rule| rule.name),
        subject: subject.to_owned(),
        from: from.map(|day| day.to_string()),
        about: String::new(),
    }
}
