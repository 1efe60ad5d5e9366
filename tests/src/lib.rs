//! Tests of the whole: vectors, laws, planted mistakes, generated pages, and the Rust examples of both READMEs.

/// The tables whose rows can be edited.
pub const EDITABLE: [&str; 12] = [
    "decisions",
    "teams",
    "suspensions",
    "declarations",
    "people",
    "residences",
    "affiliations",
    "positions",
    "memberships",
    "events",
    "excuses",
    "completions",
];

/// The examples of the English README run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The examples of the Vietnamese README run.
#[cfg(doctest)]
#[doc = include_str!("../../README.vi.md")]
pub struct ReadmeVi;
