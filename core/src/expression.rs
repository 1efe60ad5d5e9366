//! An *expression* (biểu thức) is one side of a check on reports: a text such as `a + b` or `if(a > 0, a * 100 / b, 0)` over the
//! indicators of a form, facts about the unit and reports of other periods and units. Its text is read (`parser`), becomes a program
//! (`part`) and runs over many rows at once (`run`). Operators and missing values mean what they mean in DHIS2.

mod lanes;
mod parser;
mod part;
mod run;

pub(crate) use lanes::{ABSENT, KEPT, NOT_APPLICABLE, Scratch, TILE, Tile};
pub(crate) use parser::FUNCTIONS;
pub(crate) use run::{Comparison, Departure};

use crate::choice::choices;
use parser::Parser;
use part::Part;
use run::Op;

choices! {
    /// How the two sides of a check compare where the reports are right.
    Operator {
        /// Equal.
        Equal = "==", "bằng", "equal to";
        /// Not equal.
        Different = "!=", "khác", "not equal to";
        /// Greater.
        More = ">", "lớn hơn", "greater than";
        /// Greater or equal.
        AtLeast = ">=", "lớn hơn hoặc bằng", "greater than or equal to";
        /// Less.
        Less = "<", "nhỏ hơn", "less than";
        /// Less or equal.
        AtMost = "<=", "nhỏ hơn hoặc bằng", "less than or equal to";
        /// Both sides have a value, or neither has.
        BothOrNeither = "both_or_neither", "cùng có hoặc cùng không có giá trị", "both or neither have a value";
        /// One side at most has a value.
        NotBoth = "not_both", "không đồng thời có giá trị", "not both have a value";
    }
    /// What becomes of a side where values are missing.
    Missing {
        /// The side has no value if any is missing.
        SkipIfAny = "skip_if_any", "bỏ qua nếu thiếu bất kỳ giá trị nào", "skip if any value is missing";
        /// The side has no value if all are missing; else a missing one counts as 0.
        SkipIfAll = "skip_if_all", "bỏ qua nếu thiếu mọi giá trị", "skip if all values are missing";
        /// A missing value counts as 0.
        NeverSkip = "never_skip", "không bỏ qua, giá trị thiếu tính là 0", "never skip, a missing value counts as 0";
    }
}

/// What an expression asks the reports and the register for, for each unit and period.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Item {
    /// An indicator of the form, by its position.
    Figure(usize),
    /// The same in the period before.
    Previous(usize),
    /// The same in that period a year ago.
    LastYear(usize),
    /// What happened in the period: of a figure to date the difference from the period before in the year.
    Flow(usize),
    /// Its sum over all earlier periods.
    Before(usize),
    /// Its sum over the reports below the unit.
    Below(usize),
    /// An attribute of the unit.
    Attribute(Box<str>),
    /// What the register counts.
    Fact(Fact),
}

impl Item {
    /// The indicator that it is of, by its position.
    pub(crate) fn indicator(&self) -> Option<usize> {
        match *self {
            Self::Figure(at)
            | Self::Previous(at)
            | Self::LastYear(at)
            | Self::Flow(at)
            | Self::Before(at)
            | Self::Below(at) => Some(at),
            Self::Attribute(_) | Self::Fact(_) => None,
        }
    }
}

/// What the register counts in a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fact {
    Members,
    Teams,
    Villages,
}

/// The least and the greatest value of something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Range {
    pub low: i64,
    pub high: i64,
}

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fault {
    /// Position of the character, from 1; one more than there are if something is missing at the end.
    pub at: usize,
    pub vi: String,
    pub en: String,
}

fn fault<T>(at: usize, vi: impl Into<String>, en: impl Into<String>) -> Result<T, Fault> {
    Err(Fault { at, vi: vi.into(), en: en.into() })
}

/// The indicators that expressions may name.
#[derive(Clone, Copy)]
pub(crate) struct Known<'k> {
    /// The position and the range of one.
    pub figure: &'k dyn Fn(&str) -> Option<(usize, Range)>,
    /// All there are.
    pub names: &'k [&'k str],
    /// Why something cannot be asked of one, in Vietnamese and English.
    pub objection: &'k dyn Fn(&Item) -> Option<(String, String)>,
}

/// One side of a check.
#[derive(Debug)]
pub(crate) struct Side {
    items: Vec<Item>,
    code: Vec<Op>,
    range: Range,
}

impl Side {
    /// Reads an expression.
    pub(crate) fn parse(text: &str, missing: Missing, known: Known<'_>) -> Result<Self, Fault> {
        let (part, items) = Parser::read(text, missing, known)?;
        let Part { mut code, presence, range, .. } = part;
        match code.as_mut_slice() {
            _ if presence.is_empty() => {}
            // All of one is any of one.
            [Op::Item(_, none)] => *none = f64::NAN,
            _ => {
                code.extend(presence);
                code.push(Op::Blank);
            }
        }
        Ok(Self { items, code, range })
    }

    /// What it asks for, each once.
    pub(crate) fn items(&self) -> &[Item] {
        &self.items
    }

    /// Whether it has no value wherever one of its items has none.
    pub(crate) fn needs_all(&self) -> bool {
        let may_do_without = |op: &Op| {
            matches!(op, Op::Select | Op::Blank | Op::OrElse | Op::IsPresent | Op::Or | Op::And)
                || matches!(op, Op::Item(_, none) if !none.is_nan())
        };
        !self.code.iter().any(may_do_without)
    }

    /// Sees that the difference of two sides is exact.
    pub(crate) fn less(&self, right: &Self) -> Result<(), Fault> {
        let (a, b) = (self.range, right.range);
        Range { low: a.low - b.high, high: a.high - b.low }.checked(1).map(|_| ())
    }
}
