//! A *part* of an expression is what has been read of it so far: what it is, how large it may become, and its program.
//!
//! Every value is a whole number that a float holds exactly, but for the results of `/`. What may leave that range, with the ranges
//! that the indicators have, is refused.

use super::lanes::Test;
use super::run::Op;
use super::{Fault, Operator, Range, fault};
use crate::locale::Bilingual;

/// Up to here a float holds every whole number.
const MOST: i64 = 1 << 53;

pub(super) const NUMBER: Bilingual = Bilingual { vi: "một số", en: "a number" };
pub(super) const COMPARISON: Bilingual = Bilingual { vi: "một phép so sánh", en: "a comparison" };
pub(super) const CONDITION: Bilingual = Bilingual { vi: "một điều kiện", en: "a condition" };

/// A part of an expression that has been read.
pub(super) struct Part {
    /// Where it begins.
    pub at: usize,
    pub kind: Bilingual,
    pub range: Range,
    /// Whether there is a division in it.
    pub divides: bool,
    /// Leaves its value.
    pub code: Vec<Op>,
    /// For `skip_if_all`: leaves 1 where an item in it has a value, 0 where none has, -1 where the way taken meets no item. Empty if no
    /// way does.
    pub presence: Vec<Op>,
}

impl Part {
    pub(super) fn whole(number: i32, at: usize) -> Self {
        Self {
            at,
            kind: NUMBER,
            range: Range { low: number.into(), high: number.into() },
            divides: false,
            code: vec![Op::Constant(number.into())],
            presence: Vec::new(),
        }
    }

    pub(super) fn wanted(self, kind: Bilingual) -> Result<Self, Fault> {
        if (self.kind == NUMBER) == (kind == NUMBER) {
            return Ok(self);
        }
        fault(
            self.at,
            format!("cần {}, nhưng đây là {}", kind.vi, self.kind.vi),
            format!("expected {}, found {}", kind.en, self.kind.en),
        )
    }

    /// Of this part and another, what `op` makes of the two. `at` is where the operator or function stands.
    pub(super) fn joined(mut self, op: Op, other: Self, at: usize) -> Result<Self, Fault> {
        let (a, b) = (self.range, other.range);
        let zero = a.with(Range { low: 0, high: 0 });
        let (low, high) = match op {
            Op::Add => (a.low + b.low, a.high + b.high),
            Op::Subtract => (a.low - b.high, a.high - b.low),
            Op::Multiply => {
                let (a, b) = (a.times(b.low), a.times(b.high));
                (a.low.min(a.high).min(b.low).min(b.high), a.low.max(a.high).max(b.low).max(b.high))
            }
            Op::Divide if b.low < 0 => (zero.low.min(-zero.high), zero.high.max(-zero.low)),
            Op::Divide => (zero.low, zero.high),
            Op::Min | Op::And => (a.low.min(b.low), a.high.min(b.high)),
            Op::Max | Op::Or => (a.low.max(b.low), a.high.max(b.high)),
            _ => (a.low.min(b.low), a.high.max(b.high)),
        };
        self.range = Range { low, high }.checked(at)?;
        self.divides |= other.divides || matches!(op, Op::Divide);
        self.code.extend(other.code);
        self.code.push(match op {
            Op::Test(test) if self.divides => Op::TestNearly(test),
            op => op,
        });
        if self.divides && matches!(op, Op::Add | Op::Subtract | Op::Multiply | Op::Divide) {
            self.code.push(Op::Note);
        }
        self.presence = greatest(self.presence, other.presence);
        Ok(self)
    }

    /// Of a condition: where it is 0.
    pub(super) fn contrary(self, at: usize) -> Result<Self, Fault> {
        let part = self.joined(unless(Operator::Different), Self::whole(0, at), at)?;
        Ok(Self { at, kind: CONDITION, ..part })
    }

    /// `if(self, yes, no)`: of `yes` and `no`, only what is taken counts.
    pub(super) fn choose(self, yes: Self, no: Self) -> Self {
        let mut presence = Vec::new();
        if !yes.presence.is_empty() || !no.presence.is_empty() {
            presence.extend(&self.code);
            for branch in [yes.presence, no.presence] {
                presence.extend(if branch.is_empty() { vec![Op::Constant(-1.0)] } else { branch });
            }
            // A condition without value takes neither.
            presence.extend([Op::Select, Op::Constant(-1.0), Op::OrElse]);
        }
        let mut code = self.code;
        code.extend(yes.code);
        code.extend(no.code);
        code.push(Op::Select);
        Self {
            at: self.at,
            kind: NUMBER,
            range: yes.range.with(no.range),
            divides: self.divides || yes.divides || no.divides,
            code,
            presence: greatest(self.presence, presence),
        }
    }
}

/// The greater of what two programs leave; an empty one leaves nothing.
fn greatest(mut a: Vec<Op>, b: Vec<Op>) -> Vec<Op> {
    let both = !a.is_empty() && !b.is_empty();
    a.extend(b);
    if both {
        a.push(Op::Max);
    }
    a
}

impl Range {
    /// Both and what lies between.
    pub(super) fn with(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    pub(super) fn times(self, factor: i64) -> Self {
        Self { low: self.low.saturating_mul(factor), high: self.high.saturating_mul(factor) }
    }

    pub(super) fn checked(self, at: usize) -> Result<Self, Fault> {
        if self.low >= -MOST && self.high <= MOST {
            return Ok(self);
        }
        fault(
            at,
            format!("kết quả có thể quá lớn; tối đa {MOST}"),
            format!("the result may become too large; at most {MOST}"),
        )
    }
}

/// A comparison holds where its contrary departs.
pub(super) fn unless(contrary: Operator) -> Op {
    Op::Test(Test::departing(contrary, 0))
}
