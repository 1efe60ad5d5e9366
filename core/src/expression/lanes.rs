//! The memory that programs run in: stacks of columns, one number for each row of a tile. A row without a number has NaN.
//!
//! They are floats of 64 bits, which hold every value exactly; or of 32, twice as fast, where the figures at hand are so small that these
//! do too.

use super::{Item, Operator};
use std::ops::{Add, Div, Mul, Sub};

/// The most rows of a tile: what a step reads and writes then stays in the nearest cache.
pub(crate) const TILE: usize = 512;
/// In a raw column: nobody reported the figure.
pub(crate) const ABSENT: i32 = i32::MIN;
/// In a raw column: the figure does not apply.
pub(crate) const NOT_APPLICABLE: i32 = i32::MIN + 1;

/// The rows that a comparison looks at.
pub(crate) trait Tile {
    /// The raw column of an indicator over the rows; empty if nobody reported it.
    fn figure(&self, index: usize) -> &[i32];
    /// The same in the periods before.
    fn previous(&self, index: usize) -> &[i32];
    /// The values of any other item, NaN where there is none.
    fn fill(&self, item: &Item, out: &mut [f64]);
    /// How many rows, [`TILE`] at most.
    fn len(&self) -> usize;
}

/// A question about the difference of two numbers, with one answer, no, where there is none: whether it, or that without its sign, or
/// the contrary of either, is at least so much. Each comparison is such a question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Test {
    keep: u64,
    flip: u64,
    least: f64,
    /// The same for whole numbers.
    least_whole: f32,
    /// Where the numbers may be fractions, which are rounded: by how much of the greater one `least` is moved, so that those that are the
    /// same but for rounding are the same.
    slack: f64,
}

/// Fractions that differ by less than one part in 4 * 10^12 are the same.
const SLACK: f64 = 1.0 / 4_398_046_511_104.0;

impl Test {
    /// Whether two numbers depart from an operator by more than a tolerance.
    pub(super) fn departing(operator: Operator, tolerance: u32) -> Self {
        const SIGN: u64 = 1 << 63;
        let within = f64::from(tolerance);
        let beyond = within.next_up();
        let (keep, flip, least, slack) = match operator {
            Operator::Equal => (!SIGN, 0, beyond, SLACK),
            Operator::Different => (!SIGN, SIGN, -within, -SLACK),
            Operator::More => (!0, SIGN, within, -SLACK),
            Operator::AtLeast => (!0, SIGN, beyond, SLACK),
            Operator::Less => (!0, 0, within, -SLACK),
            Operator::AtMost => (!0, 0, beyond, SLACK),
            // These do not ask for a difference.
            Operator::BothOrNeither | Operator::NotBoth => (!0, 0, f64::INFINITY, 0.0),
        };
        #[expect(clippy::cast_possible_truncation, reason = "where it is used, the tolerance is small")]
        Self { keep, flip, least, least_whole: least.ceil() as f32, slack }
    }
}

/// The numbers that a program runs in.
pub(super) trait Real:
    Copy + PartialOrd + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    const NONE: Self;
    const ZERO: Self;
    const ONE: Self;

    fn of_figure(figure: i32) -> Self;

    fn of_wide(value: f64) -> Self;

    fn wide(self) -> f64;

    fn is_none(self) -> bool;

    fn abs(self) -> Self;

    fn passes(test: Test, left: Self, right: Self) -> bool;

    /// The same of fractions; `peak` is the largest number on the way to them.
    fn passes_nearly(test: Test, left: Self, right: Self, peak: Self) -> bool;

    /// The lanes of this type.
    fn lanes<'s, 'c>(scratch: &'s mut Scratch<'c>) -> &'s mut Lanes<'c, Self>;

    fn truth(holds: bool) -> Self {
        if holds { Self::ONE } else { Self::ZERO }
    }

    fn or(self, other: Self) -> Self {
        if self.is_none() { other } else { self }
    }
}

impl Real for f64 {
    const NONE: Self = Self::NAN;
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;

    fn of_figure(figure: i32) -> Self {
        figure.into()
    }

    fn of_wide(value: f64) -> Self {
        value
    }

    fn wide(self) -> f64 {
        self
    }

    fn is_none(self) -> bool {
        self.is_nan()
    }

    fn abs(self) -> Self {
        self.abs()
    }

    fn passes(test: Test, left: Self, right: Self) -> bool {
        Self::from_bits((left - right).to_bits() & test.keep ^ test.flip) >= test.least
    }

    fn passes_nearly(test: Test, left: Self, right: Self, peak: Self) -> bool {
        let difference = Self::from_bits((left - right).to_bits() & test.keep ^ test.flip);
        // Where either is no value, so is the difference, which passes nothing.
        let larger = |a: Self, b: Self| if a > b { a } else { b };
        difference >= test.least + test.slack * larger(larger(left.abs(), right.abs()), peak)
    }

    fn lanes<'s, 'c>(scratch: &'s mut Scratch<'c>) -> &'s mut Lanes<'c, Self> {
        &mut scratch.wide
    }
}

/// Up to here an `f32` holds every whole number.
pub(super) const MOST_NARROW: f64 = 16_777_216.0;

/// In WebAssembly a second set of loops weighs more than it wins.
pub(super) const HAS_NARROW: bool = !cfg!(target_family = "wasm");

#[expect(clippy::cast_possible_truncation, reason = "values are far from what does not fit")]
impl Real for f32 {
    const NONE: Self = Self::NAN;
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;

    #[expect(clippy::cast_precision_loss, reason = "figures are small where this is used")]
    fn of_figure(figure: i32) -> Self {
        figure as Self
    }

    fn of_wide(value: f64) -> Self {
        value as Self
    }

    fn wide(self) -> f64 {
        self.into()
    }

    fn is_none(self) -> bool {
        self.is_nan()
    }

    fn abs(self) -> Self {
        self.abs()
    }

    fn passes(test: Test, left: Self, right: Self) -> bool {
        let (keep, flip) = ((test.keep >> 32) as u32, (test.flip >> 32) as u32);
        Self::from_bits((left - right).to_bits() & keep ^ flip) >= test.least_whole
    }

    // What divides is wide.
    fn passes_nearly(test: Test, left: Self, right: Self, _: Self) -> bool {
        Self::passes(test, left, right)
    }

    fn lanes<'s, 'c>(scratch: &'s mut Scratch<'c>) -> &'s mut Lanes<'c, Self> {
        &mut scratch.narrow
    }
}

type Lane<R> = [R; TILE];

/// The most items, and the most numbers, that are kept for other programs of a tile: beyond, looking for one would cost more than it is worth.
pub(crate) const KEPT: usize = 256;

/// The memory in which the programs of checks run over one tile after the other.
#[derive(Default)]
pub(crate) struct Scratch<'c> {
    wide: Lanes<'c, f64>,
    narrow: Lanes<'c, f32>,
}

impl Scratch<'_> {
    /// Goes on to a tile of so many rows.
    pub(crate) fn begin(&mut self, len: usize) {
        self.wide.begin(len);
        self.narrow.begin(len);
    }
}

/// A stack of columns.
#[derive(Default)]
pub(super) struct Lanes<'c, R> {
    /// How many rows of each are looked at.
    len: usize,
    /// What programs have asked for in the tile at hand: several may ask for one item.
    loaded: Vec<(&'c Item, Box<Lane<R>>)>,
    /// Those that programs have in them.
    numbers: Vec<(R, Box<Lane<R>>)>,
    stack: Vec<Value<R>>,
    spare: Vec<Box<Lane<R>>>,
    /// Where there are fractions: the largest number on the way, without its sign.
    peak: Option<Box<Lane<R>>>,
}

/// Fills a column from some others.
type Step<'o, R, const N: usize> = dyn Fn(&mut [R], [&[R]; N]) + 'o;

pub(super) enum Value<R> {
    /// The position of a loaded item.
    Loaded(usize),
    /// The position of a number.
    Number(usize),
    Own(Box<Lane<R>>),
}

impl<'c, R: Real> Lanes<'c, R> {
    fn begin(&mut self, len: usize) {
        self.len = len;
        self.spare.extend(self.loaded.drain(..).map(|(_, lane)| lane));
    }

    #[expect(clippy::unnecessary_box_returns, reason = "the box is used again, not the room in it")]
    fn spare(&mut self) -> Box<Lane<R>> {
        self.spare.pop().unwrap_or_else(|| Box::new([R::ZERO; TILE]))
    }

    /// Pushes a number for every row.
    pub(super) fn number(&mut self, number: R) {
        let known = self.numbers.iter().position(|(other, _)| *other == number);
        let value = match known {
            Some(at) => Value::Number(at),
            None if self.numbers.len() < KEPT => {
                self.numbers.push((number, Box::new([number; TILE])));
                Value::Number(self.numbers.len() - 1)
            }
            None => {
                let mut lane = self.spare();
                lane.fill(number);
                Value::Own(lane)
            }
        };
        self.stack.push(value);
    }

    /// Pushes an item, with `none` where it has no value.
    pub(super) fn item(&mut self, tile: &dyn Tile, item: &'c Item, none: R) {
        let known = self.loaded.iter().position(|(other, _)| *other == item);
        let value = if let Some(at) = known {
            Value::Loaded(at)
        } else {
            let mut lane = self.spare();
            load(tile, item, &mut lane);
            if self.loaded.len() < KEPT {
                self.loaded.push((item, lane));
                Value::Loaded(self.loaded.len() - 1)
            } else {
                Value::Own(lane)
            }
        };
        self.stack.push(value);
        if !none.is_none() {
            self.each(|value| value.or(none));
        }
    }

    /// Begins to note the largest numbers, or ceases to.
    pub(super) fn note_peaks(&mut self, on: bool) {
        self.spare.extend(self.peak.take());
        if on {
            let mut peak = self.spare();
            peak.fill(R::ZERO);
            self.peak = Some(peak);
        }
    }

    /// Notes the column at the top of the stack, where that is asked for.
    pub(super) fn note(&mut self) {
        let Some(mut peak) = self.peak.take() else { return };
        if let Some(value) = self.stack.last() {
            for (peak, &value) in peak.iter_mut().zip(self.lane(value)) {
                let value = value.abs();
                *peak = if value > *peak { value } else { *peak };
            }
        }
        self.peak = Some(peak);
    }

    /// The largest numbers so far.
    pub(super) fn peaks(&self) -> &[R] {
        self.peak.as_ref().and_then(|peak| peak.get(..self.len)).unwrap_or_default()
    }

    /// Puts in place of the two columns at the top whether they pass, but for rounding.
    pub(super) fn test_nearly(&mut self, test: Test) {
        let peak = self.peak.take();
        self.apply(&|out, [left, right]| {
            let peaks = peak.iter().flat_map(|peak| peak.iter().copied()).chain(std::iter::repeat(R::ZERO));
            for ((out, (&left, &right)), peak) in out.iter_mut().zip(left.iter().zip(right)).zip(peaks) {
                let holds = R::truth(R::passes_nearly(test, left, right, peak));
                *out = if left.is_none() | right.is_none() { R::NONE } else { holds };
            }
        });
        self.peak = peak;
    }

    /// Takes the column at the top of the stack.
    pub(super) fn take(&mut self) -> Option<Value<R>> {
        self.stack.pop()
    }

    /// The rows of a column.
    pub(super) fn lane<'v>(&'v self, value: &'v Value<R>) -> &'v [R] {
        let lane = match value {
            Value::Loaded(at) => self.loaded.get(*at).map(|(_, lane)| lane),
            Value::Number(at) => self.numbers.get(*at).map(|(_, lane)| lane),
            Value::Own(lane) => Some(lane),
        };
        lane.and_then(|lane| lane.get(..self.len)).unwrap_or_default()
    }

    /// Gives the memory of a column back.
    pub(super) fn give(&mut self, value: Value<R>) {
        if let Value::Own(lane) = value {
            self.spare.push(lane);
        }
    }

    /// Takes so many columns from the stack and pushes one; `op` fills it.
    fn apply<const N: usize>(&mut self, op: &Step<'_, R, N>) {
        let mut out = self.spare();
        let mut values = [const { Value::Number(usize::MAX) }; N];
        for value in values.iter_mut().rev() {
            *value = self.stack.pop().unwrap_or(Value::Number(usize::MAX));
        }
        op(&mut *out, values.each_ref().map(|value| self.lane(value)));
        for value in values {
            self.give(value);
        }
        self.stack.push(Value::Own(out));
    }

    /// Puts in place of the column at the top what `op` makes of each of its values.
    pub(super) fn each(&mut self, op: impl Fn(R) -> R) {
        self.apply(&|out, [values]| {
            for (out, &value) in out.iter_mut().zip(values) {
                *out = op(value);
            }
        });
    }

    /// The same with the two columns at the top.
    pub(super) fn pair(&mut self, op: impl Fn(R, R) -> R) {
        self.apply(&|out, [left, right]| {
            for (out, (&left, &right)) in out.iter_mut().zip(left.iter().zip(right)) {
                *out = op(left, right);
            }
        });
    }

    /// Of a condition and two columns the first where it is not 0, else the second.
    pub(super) fn select(&mut self) {
        self.apply(&|out, [condition, yes, no]| {
            let choices = condition.iter().zip(yes.iter().zip(no));
            for (out, (&condition, (&yes, &no))) in out.iter_mut().zip(choices) {
                let taken = if condition == R::ZERO { no } else { yes };
                *out = if condition.is_none() { R::NONE } else { taken };
            }
        });
    }
}

fn load<R: Real>(tile: &dyn Tile, item: &Item, lane: &mut Lane<R>) {
    let column = match *item {
        Item::Figure(index) => tile.figure(index),
        Item::Previous(index) => tile.previous(index),
        _ => {
            let mut values = [f64::NAN; TILE];
            if let Some(values) = values.get_mut(..tile.len()) {
                tile.fill(item, values);
            }
            for (value, wide) in lane.iter_mut().zip(values).take(tile.len()) {
                *value = R::of_wide(wide);
            }
            return;
        }
    };
    if column.is_empty() {
        return lane.fill(R::NONE);
    }
    for (value, &raw) in lane.iter_mut().zip(column) {
        *value = if raw <= NOT_APPLICABLE { R::NONE } else { R::of_figure(raw) };
    }
}
