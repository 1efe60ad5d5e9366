//! The programs of expressions, run over tiles: some hundred rows at once, a column of numbers for each step.

use super::lanes::{HAS_NARROW, Lanes, MOST_NARROW, NOT_APPLICABLE, Real, Scratch, TILE, Test, Tile};
use super::{Item, Operator, Side};

/// A step; it takes what it works on from the top of a stack and leaves the result there. But for the last three, a step leaves no
/// value where it finds none.
#[derive(Clone, Copy, Debug)]
pub(super) enum Op {
    Constant(f64),
    /// An item of the side, and what it counts as where it is missing.
    Item(usize, f64),
    Add,
    Subtract,
    Multiply,
    /// By 0: no value.
    Divide,
    Min,
    Max,
    Abs,
    /// 1 where two numbers pass, else 0.
    Test(Test),
    /// The same of fractions.
    TestNearly(Test),
    /// Leaves what there is; a fraction, which may have been rounded, is noted by its size.
    Note,
    /// Of two truths 1 where either is 1, else no value where either has none, else 0.
    Or,
    /// Of two truths 0 where either is 0, else no value where either has none, else 1.
    And,
    /// Of a condition and two numbers the first where it is not 0, else the second.
    Select,
    /// Of a number and a mark the number where the mark is not 0.
    Blank,
    /// The first that has a value.
    OrElse,
    /// 1 where there is a value, else 0.
    IsPresent,
}

impl Side {
    /// Leaves its values on the stack.
    fn run<'c, R: Real>(&'c self, tile: &dyn Tile, lanes: &mut Lanes<'c, R>) {
        for op in &self.code {
            match *op {
                Op::Constant(value) => lanes.number(R::of_wide(value)),
                Op::Item(index, none) => {
                    if let Some(item) = self.items.get(index) {
                        lanes.item(tile, item, R::of_wide(none));
                    }
                }
                Op::Add => lanes.pair(|left, right| left + right),
                Op::Subtract => lanes.pair(|left, right| left - right),
                Op::Multiply => lanes.pair(|left, right| left * right),
                Op::Divide => {
                    lanes.pair(|left, right| if right == R::ZERO { R::NONE } else { left / right });
                }
                Op::Min => {
                    lanes.pair(|left, right| if (left < right) | left.is_none() { left } else { right });
                }
                Op::Max => {
                    lanes.pair(|left, right| if (left > right) | left.is_none() { left } else { right });
                }
                Op::Abs => lanes.each(R::abs),
                Op::Test(test) => lanes.pair(|left, right| {
                    let holds = R::truth(R::passes(test, left, right));
                    if left.is_none() | right.is_none() { R::NONE } else { holds }
                }),
                Op::TestNearly(test) => lanes.test_nearly(test),
                // No value plus a truth has none; a truth that settles it alone is told first.
                Op::Or => lanes.pair(|left, right| {
                    let one = left == R::ONE || right == R::ONE;
                    if one { R::ONE } else { left + right }
                }),
                Op::And => lanes.pair(|left, right| {
                    let zero = left == R::ZERO || right == R::ZERO;
                    if zero { R::ZERO } else { left * right }
                }),
                Op::Select => lanes.select(),
                Op::Blank => lanes.pair(|value, mark| if mark == R::ZERO { R::NONE } else { value }),
                Op::OrElse => lanes.pair(R::or),
                Op::IsPresent => lanes.each(|value| R::truth(!value.is_none())),
                Op::Note => lanes.note(),
            }
        }
    }

    /// No value that the program makes on its way, and no difference of two, is further from 0; infinite if some may be no whole number.
    fn most(&self, most: &dyn Fn(&Item) -> f64) -> f64 {
        let (mut stack, mut largest) = (Vec::new(), 0.0_f64);
        for op in &self.code {
            let mut pop = || stack.pop().unwrap_or(f64::INFINITY);
            let value = match *op {
                Op::Constant(value) => value.abs(),
                Op::Item(index, _) => self.items.get(index).map_or(f64::INFINITY, most),
                Op::Abs | Op::Note => pop(),
                Op::IsPresent => pop().min(0.0) + 1.0,
                Op::Divide => pop() + pop() + f64::INFINITY,
                Op::Multiply => pop() * pop(),
                Op::Add | Op::Subtract => pop() + pop(),
                Op::Test(_) | Op::TestNearly(_) => (pop() + pop()).max(1.0),
                Op::Or | Op::And => pop().max(pop()).max(1.0),
                Op::Min | Op::Max | Op::Blank | Op::OrElse => pop().max(pop()),
                Op::Select => pop().max(pop()).max(pop()),
            };
            // Once infinite it stays so, whatever an infinite value times 0 is.
            largest = largest.max(value);
            stack.push(value);
        }
        largest
    }
}

/// A row that departs from a comparison, by its place in the tile; a side without value is NaN.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Departure {
    pub row: usize,
    pub left: f64,
    pub right: f64,
}

/// What the two sides of a check are to each other.
#[derive(Debug)]
pub(crate) struct Comparison {
    left: Side,
    operator: Operator,
    right: Side,
    tolerance: u32,
    /// Whether a side may have fractions.
    divides: bool,
}

impl Comparison {
    pub(crate) fn new(left: Side, operator: Operator, right: Side, tolerance: u32) -> Self {
        let divides = [&left, &right].iter().any(|side| side.code.iter().any(|op| matches!(op, Op::Divide)));
        Self { left, operator, right, tolerance, divides }
    }

    /// What the left side asks for, then what the right one does.
    pub(crate) fn items(&self) -> impl Iterator<Item = &Item> {
        self.left.items.iter().chain(&self.right.items)
    }

    /// Whether floats of 32 bits are wide enough, if no value of an item is further from 0 than `most`.
    pub(crate) fn is_narrow(&self, most: &dyn Fn(&Item) -> f64) -> bool {
        HAS_NARROW && self.left.most(most) + self.right.most(most) + f64::from(self.tolerance) < MOST_NARROW
    }

    /// Adds the rows of a tile that depart, in order.
    pub(crate) fn run<'c>(
        &'c self,
        is_narrow: bool,
        tile: &dyn Tile,
        scratch: &mut Scratch<'c>,
        departs: &mut Vec<Departure>,
    ) {
        if self.run_plain(tile, departs).is_some() {
            return;
        }
        if is_narrow && HAS_NARROW {
            self.run_in::<f32>(tile, scratch, departs);
        } else {
            self.run_in::<f64>(tile, scratch, departs);
        }
    }

    fn run_in<'c, R: Real>(
        &'c self,
        tile: &dyn Tile,
        scratch: &mut Scratch<'c>,
        departs: &mut Vec<Departure>,
    ) {
        let lanes = R::lanes(scratch);
        lanes.note_peaks(self.divides);
        self.left.run(tile, lanes);
        self.right.run(tile, lanes);
        let (Some(right), Some(left)) = (lanes.take(), lanes.take()) else { return };
        let test = Test::departing(self.operator, self.tolerance);
        let has = |left: R, right: R| u8::from(!left.is_none()) + u8::from(!right.is_none());
        let (a, b) = (lanes.lane(&left), lanes.lane(&right));
        match self.operator {
            Operator::BothOrNeither => collect(a, b, a, departs, |a, b, _| has(a, b) == 1),
            Operator::NotBoth => collect(a, b, a, departs, |a, b, _| has(a, b) == 2),
            _ if self.divides => {
                collect(a, b, lanes.peaks(), departs, |a, b, peak| R::passes_nearly(test, a, b, peak));
            }
            _ => collect(a, b, a, departs, |a, b, _| R::passes(test, a, b)),
        }
        lanes.give(left);
        lanes.give(right);
    }
}

/// A side that is a column or a number.
enum Plain<'t> {
    Column(&'t [i32]),
    Number(i32),
}

impl Side {
    /// The column or the number that it is, if no more is asked of it and missing figures spread. A column that nobody reported is empty.
    fn plain<'t>(&self, tile: &'t dyn Tile) -> Option<Plain<'t>> {
        match (self.code.as_slice(), self.items.as_slice()) {
            // A number in a text is whole, and not too large.
            #[expect(clippy::cast_possible_truncation, reason = "it is in the range of a figure")]
            (&[Op::Constant(value)], _) => Some(Plain::Number(value as i32)),
            (&[Op::Item(_, none)], [item]) if none.is_nan() => match *item {
                Item::Figure(index) => Some(Plain::Column(tile.figure(index))),
                Item::Previous(index) => Some(Plain::Column(tile.previous(index))),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Comparison {
    /// Most checks compare two figures as they are: that is done on the columns themselves.
    fn run_plain(&self, tile: &dyn Tile, departs: &mut Vec<Departure>) -> Option<()> {
        if self.tolerance > 0 {
            return None;
        }
        let (left, right) = (self.left.plain(tile)?, self.right.plain(tile)?);
        let (low, high);
        let (left, right) = match (left, right) {
            (Plain::Column(left), Plain::Column(right)) => (left, right),
            (Plain::Column(left), Plain::Number(number)) => {
                high = [number; TILE];
                (left, high.as_slice())
            }
            (Plain::Number(number), Plain::Column(right)) => {
                low = [number; TILE];
                (low.as_slice(), right)
            }
            (Plain::Number(_), Plain::Number(_)) => return None,
        };
        // Where the greater one may be missing, the lesser one is.
        let is = |figure: i32| figure > NOT_APPLICABLE;
        match self.operator {
            Operator::AtMost => columns(left, right, departs, |left, right| (left > right) & is(right)),
            Operator::Less => columns(left, right, departs, |left, right| (left >= right) & is(right)),
            Operator::AtLeast => columns(left, right, departs, |left, right| (left < right) & is(left)),
            Operator::More => columns(left, right, departs, |left, right| (left <= right) & is(left)),
            Operator::Different => columns(left, right, departs, |left, right| (left == right) & is(left)),
            Operator::Equal => {
                columns(left, right, departs, |left, right| (left != right) & is(left) & is(right));
            }
            Operator::BothOrNeither | Operator::NotBoth => return None,
        }
        Some(())
    }
}

/// Adds the rows in which two columns depart.
fn columns(left: &[i32], right: &[i32], departs: &mut Vec<Departure>, does: impl Fn(i32, i32) -> bool) {
    const BLOCK: usize = 64;
    for (block, (left, right)) in left.chunks(BLOCK).zip(right.chunks(BLOCK)).enumerate() {
        let mut any = 0;
        for (&left, &right) in left.iter().zip(right) {
            any |= i32::from(does(left, right));
        }
        if any != 0 {
            for (row, (&left, &right)) in left.iter().zip(right).enumerate() {
                if does(left, right) {
                    departs.push(Departure {
                        row: block * BLOCK + row,
                        left: left.into(),
                        right: right.into(),
                    });
                }
            }
        }
    }
}

/// Adds the rows of which something holds: few depart, so sixteen are asked at once. `does` is told what stands beside them, too.
fn collect<R: Real>(
    left: &[R],
    right: &[R],
    beside: &[R],
    departs: &mut Vec<Departure>,
    does: impl Fn(R, R, R) -> bool,
) {
    const BLOCK: usize = 16;
    let columns = [left, right, beside].map(<[R]>::as_chunks::<BLOCK>);
    let mut look = |first: usize, [left, right, beside]: [&[R]; 3]| {
        for (row, ((&left, &right), &beside)) in left.iter().zip(right).zip(beside).enumerate() {
            if does(left, right, beside) {
                // There is no -0.
                departs.push(Departure {
                    row: first + row,
                    left: left.wide() + 0.0,
                    right: right.wide() + 0.0,
                });
            }
        }
    };
    let [lefts, rights, besides] = columns.map(|(blocks, _)| blocks);
    for (block, ((left, right), beside)) in lefts.iter().zip(rights).zip(besides).enumerate() {
        let mut any = false;
        for ((&left, &right), &beside) in left.iter().zip(right).zip(beside) {
            any |= does(left, right, beside);
        }
        if any {
            look(block * BLOCK, [left, right, beside]);
        }
    }
    look(lefts.len() * BLOCK, columns.map(|(_, rest)| rest));
}

#[cfg(test)]
mod tests {
    use super::super::parser::Parser;
    use super::super::{ABSENT, Fact, Fault, Known, Missing, Range};
    use super::*;
    use proptest::prelude::*;

    const FIGURES: [&str; 4] = ["a", "b", "c", "d"];
    /// Every item that a text here may ask for. Nobody reported `d`.
    const ITEMS: [&str; 12] = [
        "a",
        "b",
        "c",
        "d",
        "prev(a)",
        "same_period_last_year(b)",
        "before(a)",
        "below(b)",
        "unit.area",
        "register.members",
        "register.teams",
        "flow(b)",
    ];
    const RANGE: Range = Range { low: -4, high: 2 };

    /// Rows of raw columns, in the order of `ITEMS`, of which a tile begins at some row.
    struct Rows {
        columns: Vec<Vec<i32>>,
        from: usize,
        len: usize,
    }

    impl Rows {
        /// The value of an item in a row, as the reports say it.
        fn value(&self, item: usize, row: usize) -> Option<f64> {
            let raw = self.columns[item][row];
            (raw != ABSENT && raw != NOT_APPLICABLE).then_some(f64::from(raw))
        }
    }

    impl Tile for Rows {
        fn figure(&self, index: usize) -> &[i32] {
            if FIGURES[index] == "d" { &[] } else { &self.columns[index][self.from..self.from + self.len] }
        }

        fn previous(&self, index: usize) -> &[i32] {
            assert_eq!(index, 0);
            &self.columns[4][self.from..self.from + self.len]
        }

        fn fill(&self, item: &Item, out: &mut [f64]) {
            let index = match item {
                Item::LastYear(1) => 5,
                Item::Before(0) => 6,
                Item::Below(1) => 7,
                Item::Attribute(name) if &**name == "area" => 8,
                Item::Fact(Fact::Members) => 9,
                Item::Fact(Fact::Teams) => 10,
                Item::Flow(1) => 11,
                other => panic!("{other:?} was not asked for"),
            };
            assert_eq!(out.len(), self.len);
            for (row, out) in out.iter_mut().enumerate() {
                *out = self.value(index, self.from + row).unwrap_or(f64::NAN);
            }
        }

        fn len(&self) -> usize {
            self.len
        }
    }

    fn figure(name: &str) -> Option<(usize, Range)> {
        Some((FIGURES.iter().position(|figure| *figure == name)?, RANGE))
    }

    const KNOWN: Known<'static> = Known { figure: &figure, names: &FIGURES, objection: &|_| None };

    fn side(text: &str, missing: Missing) -> Result<Side, Fault> {
        Side::parse(text, missing, KNOWN)
    }

    /// The range that a text is read to have.
    fn range(text: &str, missing: Missing) -> std::ops::RangeInclusive<f64> {
        let Range { low, high } = Parser::read(text, missing, KNOWN).unwrap().0.range;
        #[allow(clippy::cast_precision_loss)]
        let range = low as f64..=high as f64;
        range
    }

    /// No item of `columns` is further from 0.
    fn most(item: &Item) -> f64 {
        if matches!(item, Item::Before(_) | Item::Below(_)) { 1e6 } else { 4.0 }
    }

    /// All rows, in tiles.
    fn run(check: &Comparison, columns: Vec<Vec<i32>>, tile: usize) -> Vec<Departure> {
        let all = columns[0].len();
        let mut rows = Rows { columns, from: 0, len: 0 };
        let (mut scratch, mut found) = (Scratch::default(), Vec::new());
        while rows.from < all {
            rows.len = tile.min(all - rows.from);
            let mut departs = Vec::new();
            scratch.begin(rows.len);
            check.run(check.is_narrow(&most), &rows, &mut scratch, &mut departs);
            assert!(f64::lanes(&mut scratch).take().is_none() && f32::lanes(&mut scratch).take().is_none());
            found.extend(departs.iter().map(|found| Departure { row: rows.from + found.row, ..*found }));
            rows.from += rows.len;
        }
        found
    }

    /// The value of an expression where `a` and `b` are these.
    #[track_caller]
    fn value(text: &str, missing: Missing, a: Option<i32>, b: Option<i32>) -> Option<f64> {
        let mut columns = vec![vec![ABSENT]; ITEMS.len()];
        columns[0] = vec![a.unwrap_or(ABSENT)];
        columns[1] = vec![b.unwrap_or(NOT_APPLICABLE)];
        let rows = Rows { columns, from: 0, len: 1 };
        let (side, mut scratch) = (side(text, missing).unwrap(), Scratch::default());
        scratch.begin(1);
        let lanes = f64::lanes(&mut scratch);
        side.run(&rows, lanes);
        let value = lanes.take().unwrap();
        let value = lanes.lane(&value)[0];
        (!value.is_nan()).then_some(value)
    }

    #[test]
    fn each_operator_and_function() {
        for (text, expected) in [
            ("7 - 2 - 1 + 3 * 4 / 6", 6.0),
            ("-a * b", -12.0),
            ("- - a - -b", 7.0),
            ("2 * (a + b)", 14.0),
            ("a / b", 0.75),
            ("min(b, a, 5)", 3.0),
            ("max(b, a, 2)", 4.0),
            ("abs(a - b)", 1.0),
            ("first_present(d, c, b, a)", 4.0),
            ("if(a < b, 1, 0)", 1.0),
            ("if(a > b, 1, 0)", 0.0),
            ("if(a <= 3, 1, 0)", 1.0),
            ("if(a >= 4, 1, 0)", 0.0),
            ("if(a == 3, 1, 0)", 1.0),
            ("if(a != 3, 1, 0)", 0.0),
            ("if(not a == 3, 1, 0)", 0.0),
            ("if(not not a == 3, 1, 0)", 1.0),
            ("if(a > 9 and b > 9 or b > 3, 1, 0)", 1.0),
            ("if(b > 3 or a > 9 and b > 9, 1, 0)", 1.0),
            ("if((b > 3 or a > 9) and b > 9, 1, 0)", 0.0),
            ("if(is_absent(c), 1, 0)", 1.0),
            ("if(is_absent(a), 1, 0)", 0.0),
        ] {
            for missing in Missing::ALL {
                assert_eq!(value(text, *missing, Some(3), Some(4)), Some(expected), "{text} {missing:?}");
            }
        }
    }

    #[test]
    fn each_strategy() {
        use Missing::{NeverSkip, SkipIfAll, SkipIfAny};
        for (text, any, all, never) in [
            // `a` is 3, `b` is missing.
            ("a", Some(3.0), Some(3.0), Some(3.0)),
            ("b", None, None, Some(0.0)),
            ("a + b", None, Some(3.0), Some(3.0)),
            ("b + c", None, None, Some(0.0)),
            ("b + prev(a)", None, None, Some(0.0)),
            ("5", Some(5.0), Some(5.0), Some(5.0)),
            ("b * 0 + 5", None, None, Some(5.0)),
            ("min(a, b)", None, Some(0.0), Some(0.0)),
            ("a / b", None, None, None),
            ("a / 0", None, None, None),
            ("first_present(a / b, 7)", Some(7.0), Some(7.0), Some(7.0)),
            ("first_present(b, a)", Some(3.0), Some(3.0), Some(3.0)),
            ("first_present(b, c)", None, None, Some(0.0)),
            ("first_present(b, c) + a", None, Some(3.0), Some(3.0)),
            ("first_present(b, 7)", Some(7.0), None, Some(7.0)),
            ("first_present(first_present(b, c), a)", Some(3.0), Some(3.0), Some(3.0)),
            // A condition without value takes neither, so nothing is asked for.
            ("first_present(if(1 / 0 > 0, a, b), 7)", Some(7.0), Some(7.0), Some(7.0)),
            ("first_present(a + b, 7)", Some(7.0), Some(7.0), Some(7.0)),
            ("if(is_absent(b), 1, 0)", Some(1.0), Some(1.0), Some(1.0)),
            ("if(is_absent(a + b), 1, 0)", Some(1.0), Some(1.0), Some(1.0)),
            ("if(is_absent(first_present(b, c)), 1, 0)", Some(1.0), Some(1.0), Some(1.0)),
            ("if(is_absent(a / 0), 1, 0)", Some(1.0), Some(1.0), Some(1.0)),
            ("if(is_absent(b), b, a)", None, None, Some(0.0)),
            ("if(is_absent(a), b, a)", Some(3.0), Some(3.0), Some(3.0)),
            ("if(is_absent(b), 2, a)", Some(2.0), Some(2.0), Some(2.0)),
            ("if(a > 0, 2, b)", Some(2.0), Some(2.0), Some(2.0)),
            ("if(b > 0, a, 2)", None, None, Some(2.0)),
            ("if(b > 0, 2, a)", None, Some(3.0), Some(3.0)),
            // What is known settles it.
            ("if(a > 0 or b > 0, 1, 0)", Some(1.0), Some(1.0), Some(1.0)),
            ("if(b > 0 or a > 0, 1, 0)", Some(1.0), Some(1.0), Some(1.0)),
            ("if(a > 9 or b > 0, 1, 0)", None, Some(0.0), Some(0.0)),
            ("if(a > 9 and b > 0, 1, 0)", Some(0.0), Some(0.0), Some(0.0)),
            ("if(b > 0 and a > 9, 1, 0)", Some(0.0), Some(0.0), Some(0.0)),
            ("if(a > 0 and b == 0, 1, 0)", None, Some(1.0), Some(1.0)),
            ("if(is_absent(b) or b > 3, 1, 0)", Some(1.0), None, Some(1.0)),
            ("if(a / b > 1, 1, 0)", None, None, None),
        ] {
            for (missing, expected) in [(SkipIfAny, any), (SkipIfAll, all), (NeverSkip, never)] {
                assert_eq!(value(text, missing, Some(3), None), expected, "{text} {missing:?}");
            }
        }
    }

    #[test]
    fn each_comparison_and_its_tolerance() {
        // What is left and right, and which differences, from -3 to 3, depart without tolerance and with one of 2.
        for (operator, exact, tolerant) in [
            (Operator::Equal, "xxx.xxx", "x.....x"),
            (Operator::Different, "...x...", ".xxxxx."),
            (Operator::More, "xxxx...", "xx....."),
            (Operator::AtLeast, "xxx....", "x......"),
            (Operator::Less, "...xxxx", ".....xx"),
            (Operator::AtMost, "....xxx", "......x"),
            (Operator::BothOrNeither, ".......", "......."),
            (Operator::NotBoth, "xxxxxxx", "xxxxxxx"),
        ] {
            for (tolerance, expected) in [(0, exact), (2, tolerant)] {
                for (left, right) in [("a", "b"), ("a", "2"), ("a + 0", "b"), ("2 * a", "a + b")] {
                    let sides = [left, right].map(|text| side(text, Missing::SkipIfAny).unwrap());
                    let [left, right] = sides;
                    let check = Comparison::new(left, operator, right, tolerance);
                    let mut columns = vec![vec![ABSENT; 7]; ITEMS.len()];
                    columns[0] = (-1..=5).collect();
                    columns[1] = vec![2; 7];
                    let mut found = ['.'; 7];
                    for departure in run(&check, columns, TILE) {
                        found[departure.row] = 'x';
                    }
                    assert_eq!(found.iter().collect::<String>(), expected, "{check:?}");
                }
            }
        }
    }

    #[test]
    fn rounding_does_not_tell_fractions_apart() {
        use Operator::{AtLeast, AtMost, Different, Equal, Less, More};
        let departs = |left: &str, operator, right: &str, tolerance, figures: [i32; 2]| {
            let [left, right] = [left, right].map(|text| side(text, Missing::SkipIfAny).unwrap());
            let check = Comparison::new(left, operator, right, tolerance);
            let mut columns = vec![vec![ABSENT]; ITEMS.len()];
            (columns[0], columns[1]) = (vec![figures[0]], vec![figures[1]]);
            !run(&check, columns, TILE).is_empty()
        };
        // In floats the left side of each is not the right one.
        for (left, right, figures) in [
            ("a / 10 + b / 10", "(a + b) / 10", [1, 2]),
            ("a * 11 / 10 - a", "a / 10", [1, 0]),
            ("a / 10 * 3", "a * 3 / 10", [1, 0]),
            ("a / 10 + a / 10 + a / 10", "a * 3 / 10", [1, 0]),
            ("a / 49 * 49", "a", [1, 0]),
            ("a / 10 + b / 10 - (a + b) / 10", "0", [1, 2]),
            ("a / 7 - b / 7", "1 / 7", [3590, 3589]),
        ] {
            for (operator, does) in [
                (Equal, false),
                (AtMost, false),
                (AtLeast, false),
                (Different, true),
                (Less, true),
                (More, true),
            ] {
                assert_eq!(departs(left, operator, right, 0, figures), does, "{left} {operator:?} {right}");
                let text = format!("if({left} {} {right}, 1, 0)", operator.word());
                assert_eq!(departs(&text, Equal, "1", 0, figures), does, "{text}");
            }
        }
        // A tolerance of 1, met but for rounding; and what differs by the least that figures can.
        assert!(!departs("a / 10 + b / 10 + 1", Equal, "(a + b) / 10", 1, [1, 2]));
        assert!(departs("a / 10 + b / 10 + 1", Less, "(a + b) / 10", 1, [1, 2]));
        assert!(departs("a * 100 / b", AtMost, "100", 0, [2_147_483_647, 2_147_483_646]));
        assert!(departs("a / b", Different, "1", 0, [7, 7]) && !departs("a / b", Equal, "1", 0, [7, 7]));
    }

    /// Whether a left side that is `over` the right one departs from an operator by more than `t`.
    fn is_against<N: Copy + PartialOrd + std::ops::Neg<Output = N>>(
        operator: Operator,
        over: N,
        t: N,
    ) -> bool {
        match operator {
            Operator::Equal => over > t || over < -t,
            Operator::Different => over <= t && over >= -t,
            Operator::AtMost => over > t,
            Operator::Less => over >= t,
            Operator::AtLeast => over < -t,
            _ => over <= -t,
        }
    }

    /// A fraction in lowest terms, its denominator above 0.
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Fraction(i128, i128);

    impl Fraction {
        fn of(top: Option<i128>, bottom: Option<i128>) -> Option<Self> {
            let (top, bottom) = (top?, bottom.filter(|&bottom| bottom != 0)?);
            let (mut a, mut b) = (top.abs(), bottom.abs());
            while b != 0 {
                (a, b) = (b, a % b);
            }
            let sign = bottom.signum();
            Some(Self(top / a * sign, bottom / a * sign))
        }

        /// Of two, by an operator; none where it divides by 0, or is too large to be worked out.
        fn join(name: &str, Self(a, b): Self, Self(c, d): Self) -> Option<Self> {
            let cross = a.checked_mul(d).zip(c.checked_mul(b));
            let bottom = b.checked_mul(d);
            match name {
                "+" => Self::of(cross.and_then(|(left, right)| left.checked_add(right)), bottom),
                "-" => Self::of(cross.and_then(|(left, right)| left.checked_sub(right)), bottom),
                "*" => Self::of(a.checked_mul(c), bottom),
                _ => Self::of(a.checked_mul(d), b.checked_mul(c)),
            }
        }
    }

    impl Tree {
        /// Its exact value, where all that it asks for is there.
        fn exactly(&self, row: &[i32]) -> Option<Fraction> {
            match self {
                Tree::Whole(number) => Fraction::of(Some((*number).into()), Some(1)),
                Tree::Item(index) => Fraction::of(row.get(*index).copied().map(i128::from), Some(1)),
                Tree::Of(name, parts) => {
                    let mut values = parts.iter().map(|part| part.exactly(row));
                    let first = values.next()??;
                    values.try_fold(first, |all, value| Fraction::join(name, all, value?))
                }
            }
        }
    }

    fn sum(depth: u32) -> BoxedStrategy<Tree> {
        let leaf = prop_oneof![2 => (1..50).prop_map(Tree::Whole), 3 => (0..3_usize).prop_map(Tree::Item)];
        if depth == 0 {
            return leaf.boxed();
        }
        let operator = prop::sample::select(vec!["+", "-", "*", "/", "/"]);
        let pair = (operator, sum(depth - 1), sum(depth - 1));
        prop_oneof![1 => leaf, 4 => pair.prop_map(|(name, a, b)| Tree::Of(name, vec![a, b]))].boxed()
    }

    /// Two sides, mostly the same by other steps.
    fn pair() -> impl Strategy<Value = (Tree, Tree)> {
        fn of(name: &'static str, a: &Tree, b: &Tree) -> Tree {
            Tree::Of(name, vec![a.clone(), b.clone()])
        }
        let same = (sum(1), sum(1), 2..99, 0..7).prop_map(move |(a, b, by, how)| {
            let [by, more, three] = [by, by + 1, 3].map(Tree::Whole);
            let part = of("/", &a, &by);
            match how {
                0 => (of("+", &part, &of("/", &b, &by)), of("/", &of("+", &a, &b), &by)),
                1 => (of("*", &part, &three), of("/", &of("*", &a, &three), &by)),
                2 => (of("-", &of("/", &of("*", &a, &more), &by), &a), part),
                3 => (of("+", &of("+", &part, &part), &part), of("/", &of("*", &a, &three), &by)),
                4 => (
                    of("-", &of("+", &part, &of("/", &b, &by)), &of("/", &of("+", &a, &b), &by)),
                    Tree::Whole(0),
                ),
                5 => (of("-", &part, &of("/", &b, &by)), of("/", &of("-", &a, &b), &by)),
                _ => (of("*", &part, &by), a),
            }
        });
        let other = (sum(1), sum(1), 1..99, 1..99).prop_map(move |(a, b, by, other)| {
            (of("/", &a, &Tree::Whole(by)), of("/", &b, &Tree::Whole(other)))
        });
        prop_oneof![3 => same, 1 => other]
    }

    proptest! {
        #[test]
        fn fractions_compare_as_fractions(
            (left, right) in pair(),
            operator in prop::sample::select(&Operator::ALL[..6]),
            tolerance in 0..3_u32,
            row in prop::collection::vec(0..1000, 3),
        ) {
            let [Ok(a), Ok(b)] = [&left, &right].map(|tree| side(&tree.print(0), Missing::SkipIfAny)) else { return Ok(()) };
            let Some((x, y)) = left.exactly(&row).zip(right.exactly(&row)) else { return Ok(()) };
            // Both over one denominator.
            let tops = x.0.checked_mul(y.1).zip(y.0.checked_mul(x.1));
            let Some(((left_top, right_top), under)) = tops.zip(x.1.checked_mul(y.1)) else { return Ok(()) };
            let (over, t) = (left_top - right_top, i128::from(tolerance) * under);
            // What differs by less than rounding may is said to be the same.
            let gap = (over.abs() - t).abs();
            if gap != 0 && gap <= left_top.abs().max(right_top.abs()) >> 41 {
                return Ok(());
            }
            let expected = is_against(operator, over, t);
            let mut columns = vec![vec![ABSENT]; ITEMS.len()];
            for (column, figure) in columns.iter_mut().zip(&row) {
                *column = vec![*figure];
            }
            let check = Comparison::new(a, operator, b, tolerance);
            let found = !run(&check, columns, TILE).is_empty();
            prop_assert_eq!(found, expected, "{} {:?} {}", left.print(0), x, right.print(0));
        }
    }

    #[test]
    fn small_floats_are_taken_only_where_they_are_wide_enough() {
        // Two figures, their sum or difference, and the tolerance.
        let is_narrow = |left, right, most: f64, tolerance| {
            let [left, right] = [left, right].map(|text| side(text, Missing::SkipIfAny).unwrap());
            Comparison::new(left, Operator::Equal, right, tolerance).is_narrow(&|_| most)
        };
        let half = MOST_NARROW / 2.0;
        for (left, right, most) in [
            ("a", "b", half),
            ("a + b", "0", half),
            ("0 - a - b", "0", half),
            ("if(a - 1 > b, 0, 0)", "0", half),
            ("a * b", "0", 4096.0),
            ("abs(a) * 2", "0", half),
            ("max(a, b, 3)", "min(a, 2)", half),
            ("if(a > 1, a, b)", "b", half),
            ("first_present(a, b)", "b", half),
            ("prev(a)", "a", half),
        ] {
            assert!(!is_narrow(left, right, most, 0), "{left} {right}");
            assert!(is_narrow(left, right, most - 2.0, 0), "{left} {right}");
            assert!(!is_narrow(left, right, most - 2.0, 1 << 24), "{left} {right}");
        }
        assert!(!is_narrow("a / b", "1", 1.0, 0) && is_narrow("if(is_absent(a), 1, 0)", "1", 1.0, 0));
    }

    #[test]
    fn small_floats_give_what_wide_ones_give() {
        let half = 1 << 23;
        let figures: Vec<i32> = (0..4).flat_map(|at| [at, half / 2 - at, half - 2 - at]).collect();
        let pairs = figures.iter().flat_map(|&a| figures.iter().map(move |&b| (a, b)));
        let (a, b): (Vec<_>, Vec<_>) = pairs.unzip();
        let mut columns = vec![vec![ABSENT; a.len()]; ITEMS.len()];
        (columns[0], columns[1]) = (a, b);
        let rows = Rows { from: 0, len: columns[0].len(), columns };
        for &operator in Operator::ALL {
            for tolerance in [0, 1, 2] {
                for (left, right) in [("a + 0", "b"), ("a - b", "1"), ("max(a, 1)", "abs(b - 2)")] {
                    let [left, right] = [left, right].map(|text| side(text, Missing::SkipIfAny).unwrap());
                    let check = Comparison::new(left, operator, right, tolerance);
                    let found = [true, false].map(|is_narrow| {
                        let (mut departs, mut scratch) = (Vec::new(), Scratch::default());
                        scratch.begin(rows.len);
                        check.run(is_narrow, &rows, &mut scratch, &mut departs);
                        departs.iter().map(|own| (own.row, own.left, own.right)).collect::<Vec<_>>()
                    });
                    assert_eq!(found[0], found[1], "{check:?}");
                }
            }
        }
    }

    #[test]
    fn pairs_ask_for_values_alone() {
        let expect = |operator, missing, expected: &[(usize, bool, bool)]| {
            let check =
                Comparison::new(side("a", missing).unwrap(), operator, side("b", missing).unwrap(), 5);
            let mut columns = vec![vec![ABSENT; 4]; ITEMS.len()];
            columns[0] = vec![1, ABSENT, 0, NOT_APPLICABLE];
            columns[1] = vec![1, 1, ABSENT, NOT_APPLICABLE];
            let found: Vec<_> = run(&check, columns, TILE)
                .iter()
                .map(|found| (found.row, found.left.is_nan(), found.right.is_nan()))
                .collect();
            assert_eq!(found, expected, "{check:?}");
        };
        for missing in [Missing::SkipIfAny, Missing::SkipIfAll] {
            expect(Operator::BothOrNeither, missing, &[(1, true, false), (2, false, true)]);
            expect(Operator::NotBoth, missing, &[(0, false, false)]);
        }
        expect(Operator::BothOrNeither, Missing::NeverSkip, &[]);
        let all: Vec<_> = (0..4).map(|row| (row, false, false)).collect();
        expect(Operator::NotBoth, Missing::NeverSkip, &all);
    }

    #[test]
    fn zero_has_no_sign() {
        let check = Comparison::new(
            side("a * -3", Missing::SkipIfAny).unwrap(),
            Operator::Different,
            side("a / -3", Missing::SkipIfAny).unwrap(),
            0,
        );
        let found = run(&check, vec![vec![0]; ITEMS.len()], TILE);
        assert_eq!((found[0].left.to_bits(), found[0].right.to_bits()), (0, 0));
    }

    /// An expression as a tree: a number, an item, or an operator or function of others.
    #[derive(Clone, Debug)]
    enum Tree {
        Whole(i32),
        Item(usize),
        Of(&'static str, Vec<Tree>),
    }

    impl Tree {
        /// Its text, in brackets if it binds less than `least`.
        fn print(&self, least: u8) -> String {
            let (name, parts) = match self {
                Tree::Whole(number) => return number.to_string(),
                Tree::Item(index) => return ITEMS[*index].into(),
                Tree::Of(name, parts) => (*name, parts),
            };
            let (binds, left, right) = match name {
                "or" => (1, 1, 2),
                "and" => (2, 2, 3),
                "not" => (3, 3, 3),
                "==" | "!=" | ">" | ">=" | "<" | "<=" => (4, 5, 5),
                "+" | "-" if parts.len() == 2 => (5, 5, 6),
                "*" | "/" => (6, 6, 7),
                "-" => (7, 7, 7),
                _ => (8, 0, 0),
            };
            let text = match &**parts {
                _ if binds == 8 => {
                    let parts: Vec<_> = parts.iter().map(|part| part.print(0)).collect();
                    format!("{name}({})", parts.join(", "))
                }
                [part] => format!("{name} {}", part.print(left)),
                [a, b] => format!("{} {name} {}", a.print(left), b.print(right)),
                _ => unreachable!(),
            };
            if binds < least { format!("({text})") } else { text }
        }

        fn has_division(&self) -> bool {
            matches!(self, Tree::Of(name, parts) if *name == "/" || parts.iter().any(Tree::has_division))
        }

        fn divides_by_division(&self) -> bool {
            let Tree::Of(name, parts) = self else { return false };
            *name == "/" && parts[1].has_division() || parts.iter().any(Tree::divides_by_division)
        }

        /// No value of it or of a part is larger.
        fn bound(&self) -> f64 {
            let (name, parts) = match self {
                Tree::Whole(number) => return f64::from(*number),
                Tree::Item(6) => return 4.0 * 4096.0,
                Tree::Item(7) => return 4e6,
                Tree::Item(8..) => return 4_294_967_295_000.0,
                Tree::Item(_) => return 4.0,
                Tree::Of(name, parts) => (*name, parts.iter().map(Tree::bound)),
            };
            let largest = parts.clone().fold(0.0, f64::max);
            match name {
                "+" | "-" => parts.sum(),
                "*" => largest.max(parts.product()),
                _ => largest,
            }
        }
    }

    /// One row, and which of the items asked for have a value.
    struct Row<'r> {
        rows: &'r Rows,
        at: usize,
        missing: Missing,
        asked: Vec<bool>,
        /// The largest number on the way.
        peak: f64,
    }

    #[derive(Clone, Copy, PartialEq)]
    enum Where {
        Open,
        First,
        Absent,
    }

    impl Row<'_> {
        fn side(&mut self, tree: &Tree) -> Option<f64> {
            self.asked.clear();
            let value = self.value(tree, Where::Open);
            let is_blank = !self.asked.is_empty() && self.asked.iter().all(|present| !present);
            value.filter(|_| !(self.missing == Missing::SkipIfAll && is_blank))
        }

        /// Conditions are 1 or 0.
        fn value(&mut self, tree: &Tree, place: Where) -> Option<f64> {
            let fills = place == Where::Open && self.missing != Missing::SkipIfAny;
            let or_zero = |value: Option<f64>| if fills { Some(value.unwrap_or(0.0)) } else { value };
            let (name, parts) = match tree {
                Tree::Whole(number) => return Some(f64::from(*number)),
                Tree::Item(index) => {
                    let value = self.rows.value(*index, self.at);
                    if place != Where::Absent {
                        self.asked.push(value.is_some());
                    }
                    return or_zero(value);
                }
                Tree::Of(name, parts) => (*name, parts),
            };
            if name == "if" {
                let condition = self.value(&parts[0], place)?;
                return self.value(&parts[if condition > 0.0 { 1 } else { 2 }], place);
            }
            let inside = match name {
                "is_absent" => Where::Absent,
                "first_present" if place == Where::Open => Where::First,
                _ => place,
            };
            let values: Vec<_> = parts.iter().map(|part| self.value(part, inside)).collect();
            match name {
                "or" if values.contains(&Some(1.0)) => return Some(1.0),
                "and" if values.contains(&Some(0.0)) => return Some(0.0),
                "is_absent" => return Some(f64::from(u8::from(values[0].is_none()))),
                "first_present" => return or_zero(values.into_iter().flatten().next()),
                _ => {}
            }
            let values = values.into_iter().collect::<Option<Vec<f64>>>()?;
            let truth = |holds: bool| f64::from(u8::from(holds));
            let value = match (name, &*values) {
                ("+", [a, b]) => a + b,
                ("-", [a, b]) => a - b,
                ("*", [a, b]) => a * b,
                ("/", [_, b]) if *b == 0.0 => return None,
                ("/", [a, b]) => a / b,
                ("-", [a]) => -a,
                ("abs", [a]) => a.abs(),
                ("min", all) => all.iter().copied().fold(f64::INFINITY, f64::min),
                ("max", all) => all.iter().copied().fold(f64::NEG_INFINITY, f64::max),
                ("==", [a, b]) => truth(over(*a, *b, self.peak) == 0.0),
                ("!=", [a, b]) => truth(over(*a, *b, self.peak) != 0.0),
                (">", [a, b]) => truth(over(*a, *b, self.peak) > 0.0),
                (">=", [a, b]) => truth(over(*a, *b, self.peak) >= 0.0),
                ("<", [a, b]) => truth(over(*a, *b, self.peak) < 0.0),
                ("<=", [a, b]) => truth(over(*a, *b, self.peak) <= 0.0),
                ("and", [a, b]) => truth(*a > 0.0 && *b > 0.0),
                ("or", [a, b]) => truth(*a > 0.0 || *b > 0.0),
                ("not", [a]) => truth(*a == 0.0),
                other => panic!("{other:?}"),
            };
            if ["+", "-", "*", "/"].contains(&name) && tree.has_division() {
                self.peak = self.peak.max(value.abs());
            }
            Some(value)
        }
    }

    /// By how much one number is over another; of those that are the same but for rounding, by nothing.
    fn over(left: f64, right: f64, peak: f64) -> f64 {
        let over = left - right;
        if over.abs() < 2e-13 * left.abs().max(right.abs()).max(peak) { 0.0 } else { over }
    }

    fn departs(operator: Operator, tolerance: u32, left: Option<f64>, right: Option<f64>, peak: f64) -> bool {
        match operator {
            Operator::BothOrNeither => return left.is_some() != right.is_some(),
            Operator::NotBoth => return left.is_some() && right.is_some(),
            _ => {}
        }
        let (Some(left), Some(right)) = (left, right) else { return false };
        let t = f64::from(tolerance);
        // What is the tolerance but for rounding is the tolerance.
        let over = [-t, t].into_iter().find(|t| over(left - t, right, peak) == 0.0).unwrap_or(left - right);
        is_against(operator, over, t)
    }

    fn list(part: BoxedStrategy<Tree>) -> impl Strategy<Value = Vec<Tree>> {
        prop::collection::vec(part, 2..4)
    }

    fn number(depth: u32) -> BoxedStrategy<Tree> {
        let leaf = prop_oneof![
            1 => (0..10).prop_map(Tree::Whole),
            3 => (0..4_usize).prop_map(Tree::Item),
            1 => (4..ITEMS.len()).prop_map(Tree::Item),
        ];
        if depth == 0 {
            return leaf.boxed();
        }
        let (part, condition) = (number(depth - 1), condition(depth - 1));
        prop_oneof![
            3 => leaf,
            3 => (prop::sample::select(vec!["+", "-", "*", "/"]), part.clone(), part.clone())
                .prop_map(|(name, a, b)| Tree::Of(name, vec![a, b])),
            1 => (prop::sample::select(vec!["-", "abs"]), part.clone())
                .prop_map(|(name, a)| Tree::Of(name, vec![a])),
            2 => (prop::sample::select(vec!["min", "max", "first_present", "first_present"]), list(part.clone()))
                .prop_map(|(name, parts)| Tree::Of(name, parts)),
            2 => (condition, part.clone(), part).prop_map(|(condition, a, b)| Tree::Of("if", vec![condition, a, b])),
        ]
        .boxed()
    }

    fn condition(depth: u32) -> BoxedStrategy<Tree> {
        let part = number(depth.saturating_sub(1));
        let comparison =
            (prop::sample::select(vec!["==", "!=", ">", ">=", "<", "<="]), part.clone(), part.clone())
                .prop_map(|(name, a, b)| Tree::Of(name, vec![a, b]));
        if depth == 0 {
            return comparison.boxed();
        }
        let condition = condition(depth - 1);
        prop_oneof![
            3 => comparison,
            2 => part.prop_map(|part| Tree::Of("is_absent", vec![part])),
            1 => (prop::sample::select(vec!["and", "or"]), condition.clone(), condition.clone())
                .prop_map(|(name, a, b)| Tree::Of(name, vec![a, b])),
            1 => condition.prop_map(|part| Tree::Of("not", vec![part])),
        ]
        .boxed()
    }

    /// Columns of small numbers, some missing, of which `d` is nowhere reported.
    fn columns(seed: u64, rows: usize) -> Vec<Vec<i32>> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i32::try_from(state >> 40).unwrap()
        };
        let mut columns = vec![vec![ABSENT; rows]; ITEMS.len()];
        for (index, column) in columns.iter_mut().enumerate().filter(|(index, _)| *index != 3) {
            for value in column {
                *value = match next() % 12 {
                    0..=2 => ABSENT,
                    3 => NOT_APPLICABLE,
                    _ if index < 8 => next() % 7 + i32::try_from(RANGE.low).unwrap(),
                    _ => next() % 4,
                };
            }
        }
        columns
    }

    proptest! {
        #[test]
        fn runs_as_the_tree_says(
            trees in (number(4), number(3)),
            missing in (prop::sample::select(Missing::ALL), prop::sample::select(Missing::ALL)),
            operator in prop::sample::select(Operator::ALL),
            tolerance in 0..3_u32,
            rows in prop_oneof![1..40_usize, TILE..2 * TILE + 20],
            tile in prop_oneof![Just(TILE), 1..=TILE],
            seed: u64,
        ) {
            let sides = [(&trees.0, missing.0), (&trees.1, missing.1)].map(|(tree, missing)| {
                let text = tree.print(0);
                side(&text, missing).map_err(|fault| (tree, text, fault))
            });
            let mut parsed = Vec::new();
            for side in sides {
                match side {
                    Ok(side) => parsed.push(side),
                    Err((tree, text, fault)) => {
                        let is_large = fault.en.contains("too large") && tree.bound() > 9_007_199_254_740_992.0;
                        let divides = fault.en.contains("divisor") && tree.divides_by_division();
                        prop_assert!(is_large || divides, "{text} {fault:?}");
                        return Ok(());
                    }
                }
            }
            let (Some(right), Some(left)) = (parsed.pop(), parsed.pop()) else { unreachable!() };
            let check = Comparison::new(left, operator, right, tolerance);
            let columns = columns(seed, rows);
            let mut found = run(&check, columns.clone(), tile).into_iter().peekable();
            let ranges = [(&trees.0, missing.0), (&trees.1, missing.1)].map(|(tree, missing)| range(&tree.print(0), missing));
            let all = Rows { columns, from: 0, len: rows };
            for row in 0..rows {
                let mut peak = 0.0_f64;
                let [left, right] = [(&trees.0, missing.0), (&trees.1, missing.1)].map(|(tree, missing)| {
                    let mut own = Row { rows: &all, at: row, missing, asked: Vec::new(), peak };
                    let value = own.side(tree);
                    peak = own.peak;
                    value
                });
                for (value, range) in [left, right].iter().zip(&ranges) {
                    prop_assert!(value.is_none_or(|value| range.contains(&value)), "{value:?} {range:?}");
                }
                let departure = found.next_if(|found| found.row == row);
                prop_assert_eq!(departure.is_some(), departs(operator, tolerance, left, right, peak), "{} {:?} {:?}", row, left, right);
                if let Some(departure) = departure {
                    let shown = [departure.left, departure.right].map(|value| (!value.is_nan()).then_some(value));
                    prop_assert_eq!(shown, [left, right]);
                }
            }
            prop_assert!(found.next().is_none());
        }
    }
}
