//! A mistake that was planted.

/// A mistake that was planted in the register of Minh Họa: what a rule has to find.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planted {
    /// The code of the rule, such as `T001`.
    pub code: &'static str,
    /// The name of the rule, such as `team-without-decision`.
    pub name: &'static str,
    /// The id of the team or person, or the code of the unit.
    pub subject: String,
    /// The first day, as `2022-04-12`; none where the finding has no days.
    pub from: Option<String>,
}
