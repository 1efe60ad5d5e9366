//! What the caller has to mend before there is an answer.

use crate::problem::Problem;
use std::fmt;

/// Every problem of a document, ordered by table, row and column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl From<Vec<Problem>> for Problems {
    fn from(problems: Vec<Problem>) -> Self {
        Self(problems)
    }
}

impl std::ops::Deref for Problems {
    type Target = [Problem];

    fn deref(&self) -> &[Problem] {
        &self.0
    }
}

/// How many problems a message shows; the list itself is never cut.
const SHOWN: usize = 20;

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in self.0.iter().take(SHOWN) {
            write!(f, "\n  {problem}")?;
        }
        match self.0.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, "\n  and {more} more"),
        }
    }
}

/// Why there is no answer. Texts are English; a [`Problem`] has Vietnamese too.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The document is not JSON.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1, counted in bytes.
        column: usize,
        /// What the parser says; it never repeats the text.
        message: String,
    },
    /// A table is not CSV.
    #[error("{table}, line {line}: {message}")]
    Csv {
        /// The table.
        table: &'static str,
        /// Line on which the record begins, from 1.
        line: u64,
        /// What is wrong; it never repeats the text.
        message: String,
    },
    /// The document is JSON, and what it says cannot become facts; or a policy says one thing twice of a unit of the register, under two of
    /// its codes.
    #[error("the document has {} {}:{}", .0.len(), if .0.len() == 1 { "problem" } else { "problems" }, .0)]
    Invalid(Problems),
    /// The document has four gigabytes or more.
    #[error("the document has {0} bytes; the most is 4294967294")]
    TooLarge(usize),
    /// There is no such preset.
    #[error("there is no preset `{name}`; the presets are {presets}")]
    UnknownPreset {
        /// The name asked for.
        name: String,
        /// The names there are.
        presets: String,
    },
    /// A policy has more entries, with those that it extends, than can be told apart.
    #[error("the policy has {0} entries with those that it extends; the most is 65534")]
    TooManyEntries(usize),
    /// The obligations of a policy have come back more often than can be listed.
    #[error(
        "the obligations of the policy come back more than {0} times by the day asked; give them an end in `to`"
    )]
    TooManyTerms(usize),
    /// There are more duties than can be kept.
    #[error(
        "there are more than {0} duties; give the obligations of the policy an end in `to`, or check a part of the register"
    )]
    TooManyDuties(usize),
    /// No unit of this code has begun by `as_of`.
    #[error("there is no unit `{0}` on or before the day asked")]
    UnknownUnit(String),
    /// There is no rule of this code or name.
    #[error("there is no rule `{0}`")]
    UnknownRule(String),
    /// The policy has no obligation of this identifier.
    #[error("the policy has no obligation `{0}`")]
    UnknownObligation(String),
    /// The policy has no form of this identifier.
    #[error("the policy has no form `{0}`")]
    UnknownForm(String),
    /// There is no team of this identifier.
    #[error("there is no team `{0}`")]
    UnknownTeam(String),
    /// There is no body of this identifier.
    #[error("there is no body `{0}`")]
    UnknownBody(String),
    /// Nobody has this identifier. It is not repeated: it may be a name.
    #[error("nobody in the register has this identifier")]
    UnknownPerson,
    /// A day that does not exist or lies outside 1900 to 2199.
    #[error("`{0}` is not a day from 1900 to 2199")]
    BadDay(String),
    /// What is no day of the lunar calendar, or none of its years from 1900 to 2100.
    #[error("`{found}` is no day of the lunar calendar: {wanted}")]
    BadLunarDay {
        /// What was given.
        found: String,
        /// What there is.
        wanted: String,
    },
    /// What is no period.
    #[error("`{found}` is no period: {wanted}")]
    BadPeriod {
        /// What was given.
        found: String,
        /// What is wrong with it, or what there is.
        wanted: String,
    },
    /// Periods that do not fill another one.
    #[error("`{period}` cannot be split into periods of `{into}`")]
    BadSplit {
        /// The period.
        period: String,
        /// The frequency of its parts.
        into: &'static str,
    },
    /// A date that the calendar of the policy does not know.
    #[error("there is no calendar for {what}: {known}")]
    NoCalendar {
        /// The date, or what leads beyond the last one.
        what: String,
        /// What there is.
        known: String,
    },
    /// Reports that were read beside another register.
    #[error("these reports were read beside another register; read them beside this one")]
    OtherRegister,
    /// What cannot be a due day.
    #[error("this is no due day: {0}")]
    BadDue(String),
    /// A word of a query that is not one of its choices.
    #[error("`{found}` is not one of {wanted}")]
    BadChoice {
        /// What was given.
        found: String,
        /// The choices.
        wanted: String,
    },
}

impl Error {
    /// The code, the same in every language.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } | Self::Csv { .. } => "syntax",
            Self::Invalid(_) => "invalid",
            Self::TooLarge(_) => "too-large",
            Self::UnknownPreset { .. } => "unknown-preset",
            Self::TooManyEntries(_) => "too-many-entries",
            Self::TooManyTerms(_) => "too-many-terms",
            Self::TooManyDuties(_) => "too-many-duties",
            Self::UnknownUnit(_) => "unknown-unit",
            Self::UnknownRule(_) => "unknown-rule",
            Self::UnknownPerson => "unknown-person",
            Self::UnknownObligation(_) => "unknown-obligation",
            Self::UnknownForm(_) => "unknown-form",
            Self::UnknownTeam(_) => "unknown-team",
            Self::UnknownBody(_) => "unknown-body",
            Self::BadDay(_) => "bad-day",
            Self::BadLunarDay { .. } => "bad-lunar-day",
            Self::BadPeriod { .. } => "bad-period",
            Self::BadSplit { .. } => "bad-split",
            Self::NoCalendar { .. } => "no-calendar",
            Self::OtherRegister => "other-register",
            Self::BadDue(_) => "bad-due",
            Self::BadChoice { .. } => "bad-choice",
        }
    }

    /// The problems of an invalid document; empty for any other error.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        if let Self::Invalid(problems) = self { problems } else { &[] }
    }
}
