//! The *parser* of expressions: from a text to its program, or to the first fault in it.

use super::part::{COMPARISON, CONDITION, NUMBER, Part, unless};
use super::run::Op;
use super::{Fact, Fault, Item, Known, Missing, Operator, Range, fault};
use crate::choice::quoted;
use crate::json::likely;
use crate::locale::Bilingual;
use crate::personal::shown;
use crate::read::LIMIT;

const LONGEST: usize = 1000;
const DEEPEST: usize = 64;
/// Facts, and what is said of one village.
const COUNT: Range = Range { low: 0, high: 0xFFFF_FFFF };

/// The most villages of one team.
#[expect(clippy::cast_possible_wrap, reason = "it is small")]
const VILLAGES: i64 = LIMIT as i64;

/// How tightly `not`, comparisons and signs bind; `or` and `and` come before them, `+` and `*` after.
const LOOSEST: u8 = 1;
const NOT: u8 = 3;
const COMPARED: u8 = 4;
const TIGHTEST: u8 = 7;

pub(crate) const FUNCTIONS: &[&str] = &[
    "min",
    "max",
    "abs",
    "if",
    "is_absent",
    "first_present",
    "prev",
    "same_period_last_year",
    "flow",
    "before",
    "below",
];
/// So many names are worth mentioning where another was meant.
const MENTIONED: usize = 12;
const FACTS: &[&str] = &["members", "teams", "villages"];

const OPERAND: Bilingual =
    Bilingual { vi: "một số, một tên hoặc `(`", en: "a number, a name or `(`" };
const END: Bilingual =
    Bilingual { vi: "phép toán hoặc hết biểu thức", en: "an operator or the end" };
const OPERATOR: Bilingual = Bilingual { vi: "phép toán", en: "an operator" };
const CLOSE: Bilingual = Bilingual { vi: "phép toán hoặc `)`", en: "an operator or `)`" };
const COMMA: Bilingual = Bilingual { vi: "phép toán hoặc `,`", en: "an operator or `,`" };
const COMMA_OR_CLOSE: Bilingual =
    Bilingual { vi: "phép toán, `,` hoặc `)`", en: "an operator, `,` or `)`" };
const INDICATOR_NAME: Bilingual = Bilingual { vi: "tên một chỉ tiêu", en: "the name of an indicator" };
const ATTRIBUTE: Bilingual = Bilingual {
    vi: "tên một số liệu của địa bàn (chữ thường không dấu)",
    en: "the name of an attribute",
};
const INDICATOR: Bilingual = Bilingual { vi: "chỉ tiêu", en: "indicator" };
const FUNCTION: Bilingual = Bilingual { vi: "hàm", en: "function" };
const GROUP: Bilingual = Bilingual { vi: "nhóm", en: "group" };
const FACT: Bilingual = Bilingual { vi: "số đếm từ hồ sơ", en: "fact" };
const OPENED: Bilingual = Bilingual { vi: "`(`", en: "`(`" };
const CLOSED: Bilingual = Bilingual { vi: "`)`", en: "`)`" };
const POINT: Bilingual = Bilingual { vi: "`.`", en: "`.`" };

/// Reads a text from its first character to its last, looking one token ahead.
pub(super) struct Parser<'t> {
    /// What comes after `token`.
    rest: &'t str,
    /// The next word, number or sign; empty at the end.
    token: &'t str,
    /// Where it begins.
    at: usize,
    deep: usize,
    /// Inside `is_absent` and `first_present` a missing value is none, whatever the strategy says.
    sheltered: bool,
    missing: Missing,
    known: Known<'t>,
    items: Vec<Item>,
}

impl<'t> Parser<'t> {
    /// Reads a number; the items that it asks for, each once.
    pub(super) fn read(
        text: &'t str,
        missing: Missing,
        known: Known<'t>,
    ) -> Result<(Part, Vec<Item>), Fault> {
        if text.chars().count() > LONGEST {
            return fault(
                LONGEST + 1,
                format!("biểu thức quá dài; tối đa {LONGEST} ký tự"),
                format!("the expression is too long; at most {LONGEST} characters"),
            );
        }
        let mut parser = Parser {
            rest: text,
            token: "",
            at: 1,
            deep: 0,
            sheltered: false,
            missing,
            known,
            items: Vec::new(),
        };
        parser.advance();
        let part = parser.expression(LOOSEST)?;
        if !parser.token.is_empty() {
            return Err(parser.unexpected(END));
        }
        Ok((part.wanted(NUMBER)?, parser.items))
    }

    /// Goes to the next token; the one before it, and where that begins.
    fn advance(&mut self) -> (&'t str, usize) {
        let last = (self.token, self.at);
        self.at += self.token.chars().count();
        let text = self.rest.trim_ascii_start();
        self.at += self.rest.len() - text.len();
        let is_letter = |c: char| c.is_alphanumeric() || c == '_';
        let first = text.chars().next().unwrap_or(' ');
        let end = if first.is_ascii_digit() {
            text.find(|c: char| !c.is_ascii_digit())
        } else if is_letter(first) {
            text.find(|c| !is_letter(c))
        } else if ["==", "!=", ">=", "<=", "=>", "=<", "<>", "&&", "||"]
            .iter()
            .any(|sign| text.starts_with(sign))
        {
            Some(2)
        } else {
            Some(first.len_utf8())
        };
        (self.token, self.rest) = end.and_then(|end| text.split_at_checked(end)).unwrap_or((text, ""));
        last
    }

    /// Goes on if the next token is this one.
    fn takes(&mut self, token: &str) -> bool {
        let is_it = self.token == token;
        if is_it {
            self.advance();
        }
        is_it
    }

    fn must(&mut self, token: &str, wanted: Bilingual) -> Result<(), Fault> {
        if self.takes(token) { Ok(()) } else { Err(self.unexpected(wanted)) }
    }

    fn unexpected(&self, wanted: Bilingual) -> Fault {
        let (vi, en) = match self.token.chars().next() {
            None => ("biểu thức đã hết".into(), "the end".into()),
            Some(first) if is_hidden(first) => {
                let code = u32::from(first);
                (format!("gặp ký tự U+{code:04X}"), format!("the character U+{code:04X}"))
            }
            // A word that is no word of the language may be anything.
            Some(first) if first.is_alphanumeric() => {
                let word = shown(self.token, false);
                (format!("gặp `{word}`"), format!("`{word}`"))
            }
            _ => (format!("gặp `{}`", self.token), format!("`{}`", self.token)),
        };
        let write = match self.token {
            "=" => "==",
            "≠" | "<>" => "!=",
            "≤" | "=<" => "<=",
            "≥" | "=>" => ">=",
            "−" | "–" => "-",
            "×" | "·" => "*",
            "÷" | ":" => "/",
            "&" | "&&" | "AND" => "and",
            "|" | "||" | "OR" => "or",
            "!" | "NOT" => "not",
            "%" => "* 100 /",
            "[" | "{" => "(",
            "]" | "}" => ")",
            ";" => ",",
            _ => "",
        };
        let hint = |verb| if write.is_empty() { String::new() } else { format!("; {verb} `{write}`") };
        Fault {
            at: self.at,
            vi: format!("cần {}, nhưng {vi}{}", wanted.vi, hint("hãy viết")),
            en: format!("expected {}, found {en}{}", wanted.en, hint("write")),
        }
    }

    /// What is inside brackets, or after a sign.
    fn nested(&mut self, tightness: u8) -> Result<Part, Fault> {
        if self.deep == DEEPEST {
            return fault(
                self.at,
                format!("biểu thức lồng quá sâu; tối đa {DEEPEST} tầng"),
                format!("the expression is nested too deeply; at most {DEEPEST} levels"),
            );
        }
        self.deep += 1;
        let part = self.expression(tightness);
        self.deep -= 1;
        part
    }

    /// All that binds at least so tightly.
    fn expression(&mut self, tightness: u8) -> Result<Part, Fault> {
        let mut left = self.operand(tightness)?;
        let mut last = 0;
        while let Some((binds, op)) = infix(self.token)
            && binds >= tightness
        {
            if (last, binds) == (COMPARED, COMPARED) {
                return fault(
                    self.at,
                    "không viết liền nhiều phép so sánh; hãy nối chúng bằng `and`",
                    "comparisons cannot be chained; join them with `and`",
                );
            }
            let (wanted, kind) = match binds {
                1 | 2 => (CONDITION, CONDITION),
                COMPARED => (NUMBER, COMPARISON),
                _ => (NUMBER, NUMBER),
            };
            left = left.wanted(wanted)?;
            let (_, at) = self.advance();
            let right = self.expression(binds + 1)?.wanted(wanted)?;
            if matches!(op, Op::Divide) && right.divides {
                return fault(
                    right.at,
                    "số chia không được có phép chia; hãy viết `a * c / b` thay cho `a / (b / c)`",
                    "a divisor cannot contain a division; write `a * c / b` for `a / (b / c)`",
                );
            }
            left = Part { kind, ..left.joined(op, right, at)? };
            last = binds;
        }
        if infix(self.token).is_some() || matches!(self.token, "" | "," | ")") {
            return Ok(left);
        }
        Err(self.unexpected(OPERATOR))
    }

    fn operand(&mut self, tightness: u8) -> Result<Part, Fault> {
        let at = self.at;
        match self.token {
            "(" => {
                self.advance();
                let part = self.nested(LOOSEST)?;
                self.must(")", CLOSE)?;
                Ok(Part { at, ..part })
            }
            "-" => {
                self.advance();
                let part = self.nested(TIGHTEST)?.wanted(NUMBER)?;
                Part::whole(0, at).joined(Op::Subtract, part, at)
            }
            "not" if tightness <= NOT => {
                self.advance();
                self.nested(NOT)?.wanted(CONDITION)?.contrary(at)
            }
            "and" | "or" | "not" => Err(self.unexpected(OPERAND)),
            token => match token.chars().next() {
                Some('0'..='9') => self.number(),
                Some(first) if first.is_alphabetic() => self.name(),
                _ => Err(self.unexpected(OPERAND)),
            },
        }
    }

    fn number(&mut self) -> Result<Part, Fault> {
        let (token, at) = self.advance();
        if self.token == "." {
            return fault(
                self.at,
                "chỉ viết được số nguyên; `1.5 * a` viết thành `a * 15 / 10`",
                "only whole numbers can be written; `1.5 * a` is `a * 15 / 10`",
            );
        }
        match token.parse() {
            Ok(number @ 0..=i32::MAX) => Ok(Part::whole(number, at)),
            // So many digits may be a number of a phone.
            _ => fault(
                at,
                format!("số `{}` quá lớn; tối đa {}", shown(token, false), i32::MAX),
                format!("the number `{}` is too large; at most {}", shown(token, false), i32::MAX),
            ),
        }
    }

    fn name(&mut self) -> Result<Part, Fault> {
        let (name, at) = self.advance();
        match (self.token, name) {
            ("(", _) => {
                self.advance();
                self.call(name, at)
            }
            (".", "unit") => {
                self.advance();
                let is_letter = |b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_');
                if !self.token.starts_with(|c: char| c.is_ascii_lowercase())
                    || !self.token.bytes().all(is_letter)
                {
                    return Err(self.unexpected(ATTRIBUTE));
                }
                let (word, _) = self.advance();
                // Of a team they are added up over its villages.
                self.item(Item::Attribute(word.into()), COUNT.times(VILLAGES), at)
            }
            (".", "register") => {
                self.advance();
                let fact = match self.token {
                    "members" => Fact::Members,
                    "teams" => Fact::Teams,
                    "villages" => Fact::Villages,
                    word => return Err(unknown(FACT, word, FACTS, self.at)),
                };
                self.advance();
                self.item(Item::Fact(fact), COUNT, at)
            }
            (".", _) => Err(unknown(GROUP, name, &["register", "unit"], at)),
            _ => match (self.known.figure)(name) {
                Some((index, range)) => self.item(Item::Figure(index), range, at),
                None if FUNCTIONS.contains(&name) => Err(self.unexpected(OPENED)),
                None if ["register", "unit"].contains(&name) => Err(self.unexpected(POINT)),
                None => Err(unknown(INDICATOR, name, self.known.names, at)),
            },
        }
    }

    /// A function, from behind its bracket.
    fn call(&mut self, name: &str, at: usize) -> Result<Part, Fault> {
        let (op, least, most) = match name {
            "min" => (Op::Min, 2, usize::MAX),
            "max" => (Op::Max, 2, usize::MAX),
            "first_present" => (Op::OrElse, 2, usize::MAX),
            "abs" => (Op::Abs, 1, 1),
            "is_absent" => (Op::IsPresent, 1, 1),
            "if" => (Op::Select, 3, 3),
            "prev" => return self.report(Item::Previous, 1, at),
            "same_period_last_year" => return self.report(Item::LastYear, 1, at),
            "flow" => return self.report(Item::Flow, 1, at),
            "before" => return self.report(Item::Before, 4096, at),
            "below" => return self.report(Item::Below, 1_000_000, at),
            _ => return Err(unknown(FUNCTION, name, FUNCTIONS, at)),
        };
        let outer = self.sheltered;
        self.sheltered |= matches!(op, Op::OrElse | Op::IsPresent);
        let mut parts = Vec::new();
        while parts.len() < most && (parts.is_empty() || self.takes(",")) {
            let wanted = if matches!(op, Op::Select) && parts.is_empty() { CONDITION } else { NUMBER };
            parts.push(self.nested(LOOSEST)?.wanted(wanted)?);
            if parts.len() < least && self.token != "," {
                return Err(self.unexpected(COMMA));
            }
        }
        self.must(")", if parts.len() == most { CLOSE } else { COMMA_OR_CLOSE })?;
        self.sheltered = outer;
        let mut parts = parts.into_iter();
        let mut whole = parts.next().unwrap_or_else(|| Part::whole(0, at));
        match op {
            Op::Select => {
                if let (Some(yes), Some(no)) = (parts.next(), parts.next()) {
                    whole = whole.choose(yes, no);
                }
            }
            Op::IsPresent => {
                whole.code.push(op);
                whole.presence.clear();
                whole = whole.contrary(at)?;
            }
            Op::Abs => {
                whole.code.push(op);
                let Range { low, high } = whole.range;
                whole.range = Range { low: low.max(-high).max(0), high: high.max(-low) };
            }
            _ => {
                for part in parts {
                    whole = whole.joined(op, part, at)?;
                }
                if matches!(op, Op::OrElse) && self.fills() {
                    whole = whole.joined(op, Part::whole(0, at), at)?;
                }
            }
        }
        Ok(Part { at, ..whole })
    }

    /// The indicator of another report, from behind the bracket of a function.
    fn report(&mut self, item: fn(usize) -> Item, reports: i64, at: usize) -> Result<Part, Fault> {
        if !self.token.starts_with(char::is_alphabetic) {
            return Err(self.unexpected(INDICATOR_NAME));
        }
        let (name, begins) = self.advance();
        let Some((index, range)) = (self.known.figure)(name) else {
            return Err(unknown(INDICATOR, name, self.known.names, begins));
        };
        if let Some((vi, en)) = (self.known.objection)(&item(index)) {
            return fault(begins, vi, en);
        }
        self.must(")", CLOSED)?;
        let (item, range) = (item(index), range.times(reports));
        // A figure to date may fall.
        let fallen = Range { low: range.low - range.high, high: range.high - range.low };
        let range = if matches!(item, Item::Flow(_)) { range.with(fallen) } else { range };
        self.item(item, range, at)
    }

    fn item(&mut self, item: Item, range: Range, at: usize) -> Result<Part, Fault> {
        let range = range.with(Range { low: 0, high: 0 }).checked(at)?;
        let index = self.items.iter().position(|known| *known == item).unwrap_or_else(|| {
            self.items.push(item);
            self.items.len() - 1
        });
        let none = if self.fills() { 0.0 } else { f64::NAN };
        let presence = match self.missing {
            Missing::SkipIfAll => vec![Op::Item(index, f64::NAN), Op::IsPresent],
            Missing::SkipIfAny | Missing::NeverSkip => Vec::new(),
        };
        Ok(Part { range, code: vec![Op::Item(index, none)], presence, ..Part::whole(0, at) })
    }

    /// Whether a missing value counts as 0 here.
    fn fills(&self) -> bool {
        self.missing != Missing::SkipIfAny && !self.sheltered
    }
}

/// An operator between two parts: how tightly it binds, and what it does.
fn infix(token: &str) -> Option<(u8, Op)> {
    Some(match token {
        "or" => (1, Op::Or),
        "and" => (2, Op::And),
        "==" => (COMPARED, unless(Operator::Different)),
        "!=" => (COMPARED, unless(Operator::Equal)),
        ">" => (COMPARED, unless(Operator::AtMost)),
        ">=" => (COMPARED, unless(Operator::Less)),
        "<" => (COMPARED, unless(Operator::AtLeast)),
        "<=" => (COMPARED, unless(Operator::More)),
        "+" => (5, Op::Add),
        "-" => (5, Op::Subtract),
        "*" => (6, Op::Multiply),
        "/" => (6, Op::Divide),
        _ => return None,
    })
}

/// Whether people cannot see a character, or not where it stands.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// Nothing has this name.
fn unknown(kind: Bilingual, name: &str, names: &[&str], at: usize) -> Fault {
    let near = likely(&name.to_ascii_lowercase(), names);
    let name = shown(name, false);
    let is_short = (1..=MENTIONED).contains(&near.len());
    let hint = |verb| if is_short { format!("; {verb} {}", quoted(&near)) } else { String::new() };
    Fault {
        at,
        vi: format!("không có {} `{name}`{}", kind.vi, hint("có thể dùng")),
        en: format!("there is no {} `{name}`{}", kind.en, hint("use")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Side;
    use super::*;
    use proptest::prelude::*;

    const NAMES: &[&str] = &["attended", "invited", "trained"];

    fn parse(text: &str, missing: Missing) -> Result<Side, Fault> {
        let range = Range { low: 0, high: 1_000_000 };
        let figure = |name: &str| Some((NAMES.iter().position(|n| *n == name)?, range));
        Side::parse(text, missing, Known { figure: &figure, names: NAMES, objection: &|_| None })
    }

    #[track_caller]
    fn fault(text: &str, at: usize, en: &str, vi: &str) {
        let fault = parse(text, Missing::SkipIfAny).expect_err(text);
        assert_eq!((fault.at, &*fault.en, &*fault.vi), (at, en, vi), "{text}");
    }

    #[test]
    fn items_come_once() {
        let text = "attended + prev(attended) * 2 + attended + unit.area / register.teams + before(trained) + below(trained) \
                    - same_period_last_year(invited) - register.members - register.villages";
        let expected = [
            Item::Figure(0),
            Item::Previous(0),
            Item::Attribute("area".into()),
            Item::Fact(Fact::Teams),
            Item::Before(2),
            Item::Below(2),
            Item::LastYear(1),
            Item::Fact(Fact::Members),
            Item::Fact(Fact::Villages),
        ];
        for missing in Missing::ALL {
            assert_eq!(parse(text, *missing).unwrap().items(), expected);
        }
    }

    #[test]
    fn says_what_was_expected() {
        fault(
            "",
            1,
            "expected a number, a name or `(`, found the end",
            "cần một số, một tên hoặc `(`, nhưng biểu thức đã hết",
        );
        fault(
            "invited + )",
            11,
            "expected a number, a name or `(`, found `)`",
            "cần một số, một tên hoặc `(`, nhưng gặp `)`",
        );
        fault(
            "invited attended",
            9,
            "expected an operator, found `attended`",
            "cần phép toán, nhưng gặp `attended`",
        );
        fault(
            "(invited",
            9,
            "expected an operator or `)`, found the end",
            "cần phép toán hoặc `)`, nhưng biểu thức đã hết",
        );
        fault("min(1)", 6, "expected an operator or `,`, found `)`", "cần phép toán hoặc `,`, nhưng gặp `)`");
        fault(
            "max(1, 2;3)",
            9,
            "expected an operator, found `;`; write `,`",
            "cần phép toán, nhưng gặp `;`; hãy viết `,`",
        );
        fault(
            "abs(1, 2)",
            6,
            "expected an operator or `)`, found `,`",
            "cần phép toán hoặc `)`, nhưng gặp `,`",
        );
        fault(
            "prev(2)",
            6,
            "expected the name of an indicator, found `2`",
            "cần tên một chỉ tiêu, nhưng gặp `2`",
        );
        fault("prev(invited + 1)", 14, "expected `)`, found `+`", "cần `)`, nhưng gặp `+`");
        fault(
            "unit.Area",
            6,
            "expected the name of an attribute, found `Area`",
            "cần tên một số liệu của địa bàn (chữ thường không dấu), nhưng gặp `Area`",
        );
        fault("unit + 1", 6, "expected `.`, found `+`", "cần `.`, nhưng gặp `+`");
        fault("prev + 1", 6, "expected `(`, found `+`", "cần `(`, nhưng gặp `+`");
        fault(
            "1 + not invited",
            5,
            "expected a number, a name or `(`, found `not`",
            "cần một số, một tên hoặc `(`, nhưng gặp `not`",
        );
        fault(
            "1\u{A0}+ 2",
            2,
            "expected an operator, found the character U+00A0",
            "cần phép toán, nhưng gặp ký tự U+00A0",
        );
        fault(
            "if(invited ≤ 2, 1, 0)",
            12,
            "expected an operator, found `≤`; write `<=`",
            "cần phép toán, nhưng gặp `≤`; hãy viết `<=`",
        );
        fault(
            "1.5 * invited",
            2,
            "only whole numbers can be written; `1.5 * a` is `a * 15 / 10`",
            "chỉ viết được số nguyên; `1.5 * a` viết thành `a * 15 / 10`",
        );
        fault(
            "2147483648",
            1,
            "the number `***` is too large; at most 2147483647",
            "số `***` quá lớn; tối đa 2147483647",
        );
    }

    #[test]
    fn says_which_name_is_near() {
        fault(
            "invite",
            1,
            "there is no indicator `invite`; use `invited`",
            "không có chỉ tiêu `invite`; có thể dùng `invited`",
        );
        fault(
            "1 + Trained",
            5,
            "there is no indicator `Trained`; use `trained`",
            "không có chỉ tiêu `Trained`; có thể dùng `trained`",
        );
        fault(
            "prev(x)",
            6,
            "there is no indicator `x`; use `attended`, `invited`, `trained`",
            "không có chỉ tiêu `x`; có thể dùng `attended`, `invited`, `trained`",
        );
        fault(
            "mim(1, 2)",
            1,
            "there is no function `mim`; use `min`, `max`, `if`",
            "không có hàm `mim`; có thể dùng `min`, `max`, `if`",
        );
        fault(
            "register.team",
            10,
            "there is no fact `team`; use `teams`",
            "không có số đếm từ hồ sơ `team`; có thể dùng `teams`",
        );
        fault(
            "units.area",
            1,
            "there is no group `units`; use `unit`",
            "không có nhóm `units`; có thể dùng `unit`",
        );
    }

    #[test]
    fn says_which_type_was_expected() {
        fault(
            "invited < 3",
            1,
            "expected a number, found a comparison",
            "cần một số, nhưng đây là một phép so sánh",
        );
        fault(
            "1 + (invited < 3)",
            5,
            "expected a number, found a comparison",
            "cần một số, nhưng đây là một phép so sánh",
        );
        fault(
            "abs(is_absent(invited))",
            5,
            "expected a number, found a condition",
            "cần một số, nhưng đây là một điều kiện",
        );
        fault(
            "if(invited, 1, 0)",
            4,
            "expected a condition, found a number",
            "cần một điều kiện, nhưng đây là một số",
        );
        fault(
            "if(1 > 0 and invited, 1, 0)",
            14,
            "expected a condition, found a number",
            "cần một điều kiện, nhưng đây là một số",
        );
        fault(
            "if(1 < 2 < 3, 1, 0)",
            10,
            "comparisons cannot be chained; join them with `and`",
            "không viết liền nhiều phép so sánh; hãy nối chúng bằng `and`",
        );
        fault(
            "1 / (2 / invited)",
            5,
            "a divisor cannot contain a division; write `a * c / b` for `a / (b / c)`",
            "số chia không được có phép chia; hãy viết `a * c / b` thay cho `a / (b / c)`",
        );
    }

    #[test]
    fn refuses_what_may_become_too_large() {
        let large = (
            "the result may become too large; at most 9007199254740992",
            "kết quả có thể quá lớn; tối đa 9007199254740992",
        );
        // An indicator is at most 10^6.
        for (text, at) in [
            ("invited * invited * 9007", None),
            ("invited * invited * 9008", Some(19)),
            ("invited * invited * -9008", Some(19)),
            ("below(invited) * 9007 + 199254 * 1000000 + 740992", None),
            ("below(invited) * 9007 + 199254 * 1000000 + 740993", Some(42)),
            ("0 - below(invited) * 9007 - 199254 * 1000000 - 740992", None),
            ("0 - below(invited) * 9007 - 199254 * 1000000 - 740993", Some(46)),
            ("before(invited) * 2199023", None),
            ("before(invited) * 2199024", Some(17)),
            ("abs(-invited) * 1000 * invited / 9 * 9", None),
            ("min(invited, 9) * 1000000 * 1000000", None),
            ("max(0, 2147483647) * 4194304", None),
            ("max(0, 2147483647) * 4194305", Some(20)),
            ("if(invited > 0, invited * invited, 0) * 9008", Some(39)),
            ("unit.area * 2097", None),
            ("unit.area * 2098", Some(11)),
            ("register.members * 2097152", None),
            ("unit.area * register.teams", Some(11)),
        ] {
            for missing in Missing::ALL {
                let fault = parse(text, *missing).err();
                let found = fault.as_ref().map(|fault| (fault.at, (&*fault.en, &*fault.vi)));
                assert_eq!(found, at.map(|at| (at, large)), "{text}");
            }
        }
    }

    #[test]
    fn length_and_depth_have_a_limit() {
        let long = format!("1{}", " + 1".repeat(249));
        assert!(parse(&format!("{long}   "), Missing::SkipIfAny).is_ok());
        fault(
            &format!("{long}    "),
            1001,
            "the expression is too long; at most 1000 characters",
            "biểu thức quá dài; tối đa 1000 ký tự",
        );
        for (open, close) in [("(", ")"), ("-", ""), ("abs(", ")"), ("min(", ",1)")] {
            let nested = |levels| format!("{}1{}", open.repeat(levels), close.repeat(levels));
            assert!(parse(&nested(64), Missing::SkipIfAny).is_ok());
            fault(
                &nested(65),
                open.len() * 65 + 1,
                "the expression is nested too deeply; at most 64 levels",
                "biểu thức lồng quá sâu; tối đa 64 tầng",
            );
        }
        let steep = format!("if({}1 > 2, 1, 2)", "not ".repeat(62));
        assert!(parse(&steep, Missing::SkipIfAll).is_ok());
        let wide = "if(1>0or 1>0and 1<1+1*(".repeat(43);
        assert!(parse(&wide, Missing::SkipIfAll).unwrap_err().en.contains("too deeply"));
        let conditions = format!("{}invited{}", "if(".repeat(60), ">0,1,invited)".repeat(60));
        assert!(parse(&conditions, Missing::SkipIfAll).is_ok());
    }

    proptest! {
        #[test]
        fn any_text_has_a_fault_inside(text in "\\PC{0,40}|[a-c0-2+*/()<>=!., -]{0,40}|((if|min|abs|not|and|or|prev|unit|invited|[0-9]|[-+*/<>=(),. ])){0,30}") {
            if let Err(fault) = parse(&text, Missing::SkipIfAll) {
                prop_assert!((1..=text.chars().count() + 1).contains(&fault.at), "{fault:?}");
            }
        }
    }
}
