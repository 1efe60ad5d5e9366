//! Expressions as trees: made at random, printed, and worked out one by one.

use proptest::prelude::*;
use proptest::sample::select;

/// What an expression asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Item {
    Figure,
    Previous,
    LastYear,
    Flow,
    Before,
    Below,
    Attribute,
    Fact,
}

pub const ATTRIBUTES: [&str; 3] = ["households", "adults", "nothing"];
pub const FACTS: [&str; 3] = ["members", "teams", "villages"];

/// A number, an item by its name, or an operator or function of others.
#[derive(Clone, Debug)]
pub enum Tree {
    Whole(i32),
    Item(Item, String),
    Of(&'static str, Vec<Tree>),
}

/// A tree whose items have numbers for names.
#[derive(Clone, Debug)]
pub enum Bare {
    Whole(i32),
    Item(Item, usize),
    Of(&'static str, Vec<Bare>),
}

/// No value may become larger, for any figures.
pub const MOST: f64 = 9_007_199_254_740_992.0;

impl Bare {
    /// The tree with the names of some indicators, and changed where the language would refuse it, as what may not be asked of one.
    pub fn name(&self, indicators: &[String], is_refused: &dyn Fn(Item, &str) -> bool) -> Tree {
        let tree = match self {
            Self::Whole(number) => Tree::Whole(*number),
            Self::Item(item, at) => {
                let name = match item {
                    Item::Attribute => ATTRIBUTES[at % ATTRIBUTES.len()].into(),
                    Item::Fact => FACTS[at % FACTS.len()].into(),
                    _ => indicators[at % indicators.len()].clone(),
                };
                let item = if is_refused(*item, &name) { Item::Figure } else { *item };
                Tree::Item(item, name)
            }
            Self::Of(name, parts) => {
                Tree::Of(name, parts.iter().map(|part| part.name(indicators, is_refused)).collect()).allowed()
            }
        };
        if tree.print(0).len() > 1000 { Tree::Item(Item::Figure, indicators[0].clone()) } else { tree }
    }
}

impl Tree {
    /// A divisor has no division in it, and nothing becomes too large.
    fn allowed(self) -> Self {
        let Self::Of(name, parts) = self else { return self };
        let name = if name == "/" && parts[1].has_division() { "-" } else { name };
        let is_large = Self::Of(name, parts.clone()).bound() > MOST;
        Self::Of(if is_large { "max" } else { name }, parts)
    }

    fn has_division(&self) -> bool {
        matches!(self, Self::Of(name, parts) if *name == "/" || parts.iter().any(Self::has_division))
    }

    /// Whether it is an item and no more.
    pub fn is_one(&self) -> bool {
        match self {
            Self::Item(..) => true,
            Self::Of("()", parts) => parts[0].is_one(),
            _ => false,
        }
    }

    /// The items it asks for, and whether it may have a value where one has none.
    pub fn items(&self, out: &mut Vec<(Item, String)>) -> bool {
        match self {
            Self::Whole(_) => false,
            Self::Item(item, name) => {
                out.push((*item, name.clone()));
                false
            }
            Self::Of(name, parts) => {
                let any = parts.iter().map(|part| part.items(out)).filter(|any| *any).count() > 0;
                any || ["if", "is_absent", "first_present", "or", "and"].contains(name)
            }
        }
    }

    /// No value of it is larger, whatever its sign.
    pub fn bound(&self) -> f64 {
        let figure = f64::from(i32::MAX);
        match self {
            Self::Whole(number) => f64::from(*number),
            Self::Item(Item::Before, _) => figure * 4096.0,
            Self::Item(Item::Below, _) => figure * 1_000_000.0,
            // Of a team over all its villages.
            Self::Item(Item::Attribute, _) => f64::from(u32::MAX) * 1000.0,
            Self::Item(Item::Fact, _) => f64::from(u32::MAX),
            Self::Item(..) => figure,
            Self::Of(name, parts) => {
                let parts = parts.iter().map(Self::bound);
                match *name {
                    "+" | "-" => parts.sum(),
                    "*" => parts.product(),
                    _ => parts.fold(1.0, f64::max),
                }
            }
        }
    }

    /// Its text, in brackets if it binds less than `least`.
    pub fn print(&self, least: u8) -> String {
        let (name, parts) = match self {
            Self::Whole(number) => return number.to_string(),
            Self::Item(item, name) => {
                return match item {
                    Item::Figure => name.clone(),
                    Item::Previous => format!("prev({name})"),
                    Item::LastYear => format!("same_period_last_year( {name} )"),
                    Item::Flow => format!("flow({name})"),
                    Item::Before => format!("before({name})"),
                    Item::Below => format!("below({name})"),
                    Item::Attribute => format!("unit.{name}"),
                    Item::Fact => format!("register.{name}"),
                };
            }
            Self::Of(name, parts) => (*name, parts),
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
            [part] if name == "()" => format!("({})", part.print(0)),
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

    /// The value of a side. `ask` gives the value of an item, if it has one.
    ///
    /// `peak` is the largest fraction on the way.
    pub fn side(
        &self,
        missing: &str,
        ask: &dyn Fn(Item, &str) -> Option<f64>,
        peak: &mut f64,
    ) -> Option<f64> {
        let mut asked = Asked { present: Vec::new(), peak: *peak };
        let value = self.value(missing, ask, Place::Open, &mut asked);
        *peak = asked.peak;
        let all_are_missing = !asked.present.is_empty() && asked.present.iter().all(|present| !present);
        value.filter(|_| !(missing == "skip_if_all" && all_are_missing))
    }

    /// Conditions are 1 or 0.
    fn value(
        &self,
        missing: &str,
        ask: &dyn Fn(Item, &str) -> Option<f64>,
        place: Place,
        asked: &mut Asked,
    ) -> Option<f64> {
        let fills = place == Place::Open && missing != "skip_if_any";
        let filled = |value: Option<f64>| value.or(fills.then_some(0.0));
        let (name, parts) = match self {
            Self::Whole(number) => return Some(f64::from(*number)),
            Self::Item(item, name) => {
                let value = ask(*item, name);
                if place != Place::InIsAbsent {
                    asked.present.push(value.is_some());
                }
                return filled(value);
            }
            Self::Of(name, parts) => (*name, parts),
        };
        if name == "if" {
            let condition = parts[0].value(missing, ask, place, asked)?;
            return parts[if condition > 0.0 { 1 } else { 2 }].value(missing, ask, place, asked);
        }
        let inside = match name {
            "is_absent" => Place::InIsAbsent,
            "first_present" if place == Place::Open => Place::InFirstPresent,
            _ => place,
        };
        let values: Vec<_> = parts.iter().map(|part| part.value(missing, ask, inside, asked)).collect();
        match name {
            "or" if values.contains(&Some(1.0)) => return Some(1.0),
            "and" if values.contains(&Some(0.0)) => return Some(0.0),
            "is_absent" => return Some(truth(values[0].is_none())),
            "first_present" => return filled(values.into_iter().flatten().next()),
            _ => {}
        }
        let values = values.into_iter().collect::<Option<Vec<f64>>>()?;
        let value = match (name, &*values) {
            ("()", [a]) => *a,
            ("+", [a, b]) => a + b,
            ("-", [a, b]) => a - b,
            ("*", [a, b]) => a * b,
            ("/", [_, 0.0]) => return None,
            ("/", [a, b]) => a / b,
            ("-", [a]) => -a,
            ("abs", [a]) => a.abs(),
            ("min", all) => all.iter().copied().reduce(f64::min)?,
            ("max", all) => all.iter().copied().reduce(f64::max)?,
            ("==", [a, b]) => truth(over(*a, *b, asked.peak) == 0.0),
            ("!=", [a, b]) => truth(over(*a, *b, asked.peak) != 0.0),
            (">", [a, b]) => truth(over(*a, *b, asked.peak) > 0.0),
            (">=", [a, b]) => truth(over(*a, *b, asked.peak) >= 0.0),
            ("<", [a, b]) => truth(over(*a, *b, asked.peak) < 0.0),
            ("<=", [a, b]) => truth(over(*a, *b, asked.peak) <= 0.0),
            ("and", [a, b]) => truth(*a > 0.0 && *b > 0.0),
            ("or", [a, b]) => truth(*a > 0.0 || *b > 0.0),
            ("not", [a]) => truth(*a == 0.0),
            other => panic!("{other:?}"),
        };
        if ["+", "-", "*", "/"].contains(&name) && self.has_division() {
            asked.peak = asked.peak.max(value.abs());
        }
        Some(value)
    }
}

/// Which of the items asked for have a value, and the largest fraction on the way.
struct Asked {
    present: Vec<bool>,
    peak: f64,
}

/// Inside which function a missing value is none, whatever the strategy says.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Open,
    InFirstPresent,
    InIsAbsent,
}

fn truth(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

/// By how much one number is over another; of those that are the same but for rounding, by nothing.
fn over(left: f64, right: f64, peak: f64) -> f64 {
    let over = left - right;
    if over.abs() < 2e-13 * left.abs().max(right.abs()).max(peak) { 0.0 } else { over }
}

/// Whether two sides depart from an operator by more than the tolerance.
pub fn departs(operator: &str, tolerance: f64, left: Option<f64>, right: Option<f64>, peak: f64) -> bool {
    match operator {
        "both_or_neither" => return left.is_some() != right.is_some(),
        "not_both" => return left.is_some() && right.is_some(),
        _ => {}
    }
    let (Some(left), Some(right)) = (left, right) else { return false };
    // What is the tolerance but for rounding is the tolerance.
    let over = [-tolerance, tolerance]
        .into_iter()
        .find(|t| over(left - t, right, peak) == 0.0)
        .unwrap_or(left - right);
    match operator {
        "==" => over.abs() > tolerance,
        "!=" => over.abs() <= tolerance,
        "<=" => over > tolerance,
        "<" => over >= tolerance,
        ">=" => over < -tolerance,
        ">" => over <= -tolerance,
        other => panic!("{other}"),
    }
}

fn list(part: BoxedStrategy<Bare>) -> impl Strategy<Value = Vec<Bare>> {
    prop::collection::vec(part, 2..4)
}

pub fn number(depth: u32) -> BoxedStrategy<Bare> {
    let item = select(vec![
        Item::Figure,
        Item::Figure,
        Item::Figure,
        Item::Previous,
        Item::LastYear,
        Item::Flow,
        Item::Flow,
        Item::Before,
        Item::Below,
        Item::Attribute,
        Item::Fact,
        Item::Fact,
    ]);
    let leaf = prop_oneof![
        4 => (0..12).prop_map(Bare::Whole),
        1 => select(vec![100, 1000, 99_991, 3_999_999]).prop_map(Bare::Whole),
        20 => (item, 0..12_usize).prop_map(|(item, at)| Bare::Item(item, at)),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    let (part, condition) = (number(depth - 1), condition(depth - 1));
    prop_oneof![
        5 => leaf,
        3 => (select(vec!["+", "-", "*", "/"]), part.clone(), part.clone())
            .prop_map(|(name, a, b)| Bare::Of(name, vec![a, b])),
        1 => (part.clone(), select(vec![100, 3_999_999]))
            .prop_map(|(part, times)| Bare::Of("*", vec![part, Bare::Whole(times)])),
        1 => (select(vec!["-", "abs", "()"]), part.clone())
            .prop_map(|(name, a)| Bare::Of(name, vec![a])),
        2 => (select(vec!["min", "max", "first_present", "first_present"]), list(part.clone()))
            .prop_map(|(name, parts)| Bare::Of(name, parts)),
        2 => (condition, part.clone(), part).prop_map(|(condition, a, b)| Bare::Of("if", vec![condition, a, b])),
    ]
    .boxed()
}

fn condition(depth: u32) -> BoxedStrategy<Bare> {
    let part = number(depth.saturating_sub(1));
    let comparison = (select(vec!["==", "!=", ">", ">=", "<", "<="]), part.clone(), part.clone())
        .prop_map(|(name, a, b)| Bare::Of(name, vec![a, b]));
    if depth == 0 {
        return comparison.boxed();
    }
    let condition = condition(depth - 1);
    prop_oneof![
        3 => comparison,
        2 => part.prop_map(|part| Bare::Of("is_absent", vec![part])),
        1 => (select(vec!["and", "or"]), condition.clone(), condition.clone())
            .prop_map(|(name, a, b)| Bare::Of(name, vec![a, b])),
        1 => condition.prop_map(|part| Bare::Of("not", vec![part])),
    ]
    .boxed()
}
