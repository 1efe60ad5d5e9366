//! Whatever comes in as reports, forms or a report at entry: an error with a place or an answer goes out, and no name with it.

use crate::expression::Bare;
use crate::law;
use crate::world::{World, date, documented, world};
use chrono::NaiveDate;
use cnscd::{Checked, Error, Frequency, Locale, Names, Period, Policy, Query, Register, Reports, Scheme};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use std::ops::Range;

const NAME: &str = "Nguyễn Văn Mật";
const PHONE: &str = "0901234567";

/// Sees that an error has a place, and neither a name nor a number of a phone.
fn look(error: &Error) {
    match error {
        Error::Syntax { line, .. } => assert!(*line > 0),
        Error::Csv { line, .. } => assert!(*line > 0),
        Error::UnknownPreset { .. } | Error::UnknownForm(_) => {}
        other => assert!(!other.problems().is_empty(), "{other:?}"),
    }
    let mut texts = Vec::new();
    for problem in error.problems() {
        assert!(!problem.place().to_string().is_empty());
        texts.extend([problem.text(Locale::Vi), problem.text(Locale::En), format!("{problem:?}")]);
    }
    if error.problems().is_empty() {
        texts.extend([error.to_string(), format!("{error:?}")]);
    }
    for text in texts {
        assert!(!text.contains("Nguyễn") && !text.contains("Mật") && !text.contains(PHONE), "{text}");
    }
}

fn answers(checked: &Checked) -> usize {
    let findings = checked.findings(&Query::default()).unwrap();
    for finding in &findings {
        for locale in [Locale::Vi, Locale::En] {
            let data = json!(finding.data(Some((locale, Names::Full))));
            assert!(data["text"] != "" && data["remedy"] != "");
        }
    }
    findings.len()
}

/// Strings, numbers, words and signs of a JSON text.
fn tokens(json: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = json[at..].chars().next() {
        let rest = &json[at..];
        let length = match first {
            '"' => {
                let mut escaped = false;
                let end = rest.char_indices().skip(1).find(|&(_, c)| {
                    let ends = c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    ends
                });
                end.map_or(rest.len(), |(end, _)| end + 1)
            }
            first if first.is_alphanumeric() || "-.".contains(first) => {
                rest.find(|c: char| !c.is_alphanumeric() && !"-.+".contains(c)).unwrap_or(rest.len())
            }
            first => first.len_utf8(),
        };
        if !first.is_whitespace() {
            tokens.push(at..at + length);
        }
        at += length;
    }
    tokens
}

/// What a change does, at which token and with which other one.
type Dice = (u8, Index, Index, &'static str);

fn dice() -> impl Strategy<Value = Vec<Dice>> {
    let bad = select(vec![
        "null",
        "true",
        "-1",
        "0",
        "1.5",
        "4294967296",
        "2147483647",
        "1e999",
        "\"\"",
        "[]",
        "{}",
        "[[1]]",
        "{\"a\":1}",
        "\"Nguyễn Văn Mật\"",
        "\"0901234567\"",
        "\"2022-02-30\"",
        "\"2199\"",
        "\"1901-W01\"",
        "\"1900-01-01/2199-12-31\"",
        "\"k0 / (k0 / 2)\"",
        "\"((((\"",
        "\"prev(\"",
        "\"min(k0, k0\"",
        "\"\\u0000\"",
        "\"k0 * k0\"",
        "\"9999999999\"",
        "\"{left\"",
    ]);
    vec((0..7_u8, any::<Index>(), any::<Index>(), bad), 1..4)
}

fn mutated(text: &str, dice: &[Dice]) -> String {
    let mut text = text.to_owned();
    for (kind, one, other, bad) in dice {
        let tokens = tokens(&text);
        if tokens.is_empty() {
            return text;
        }
        let [one, other] = [one, other].map(|at| tokens[at.index(tokens.len())].clone());
        let own = text[other.clone()].to_owned();
        match kind {
            0 | 1 => text.replace_range(one, bad),
            2 => text.replace_range(one, &own),
            3 => text.replace_range(one, ""),
            4 => text.insert_str(one.start, &own),
            5 => {
                let is_inside = |at: &usize| text.is_char_boundary(*at);
                let middle =
                    (one.start..one.end).find(|at| *at > one.start && is_inside(at)).unwrap_or(one.start);
                text.insert_str(middle, &own.replace('"', ""));
            }
            _ => text.truncate(one.start),
        }
    }
    text
}

/// A name and a number of a phone in all places that hold what somebody typed.
fn personal(world: &World) -> (Value, String) {
    let mut register = world.register();
    for person in register["people"].as_array_mut().unwrap() {
        (person["name"], person["phone"]) = (json!(NAME), json!(PHONE));
    }
    let mut reports = world.reports.clone();
    for row in &mut reports {
        row["prose"] = json!({"w0": format!("{NAME}, {PHONE}"), "w1": NAME});
    }
    (register, documented(&reports).to_string())
}

#[test]
fn any_bytes() {
    let register = Register::from_json("{}").unwrap();
    let checked = register.check(&Policy::preset("national-2022").unwrap(), date(100)).unwrap();
    law(500, vec(any::<u8>(), 0..60), |bytes| {
        look(&Reports::from_json_bytes(&register, &bytes).unwrap_err());
        if let Ok(text) = std::str::from_utf8(&bytes) {
            look(&checked.preview(text).err().unwrap());
        }
        if let Err(error) = Reports::from_csv(&register, &bytes, None) {
            look(&error);
        }
        Ok(())
    });
}

#[test]
fn mutated_reports() {
    law(200, (world(), vec(dice(), 6)), |(world, all)| {
        let (register, document) = personal(&world);
        let register = Register::from_json(&register.to_string()).unwrap();
        let policy = Policy::from_json(&world.policy.to_string()).unwrap();
        for dice in all {
            let text = mutated(&document, &dice);
            match Reports::from_json(&register, &text) {
                Err(error) => look(&error),
                Ok(reports) => {
                    let with = register.with_reports(&reports).unwrap();
                    let printed = with.reports_to_json().unwrap();
                    prop_assert_eq!(Reports::from_json(&register, &printed).unwrap().len(), reports.len());
                    answers(&with.check(&policy, date(world.as_of)).unwrap());
                }
            }
        }
        Ok(())
    });
}

#[test]
fn mutated_forms() {
    let preset: Value = serde_json::from_str(&Policy::preset("team-report").unwrap().to_json()).unwrap();
    law(150, (world(), any::<bool>(), vec(dice(), 6)), |(world, is_preset, all)| {
        let own =
            json!({"forms": preset["forms"], "checks": preset["checks"], "indicators": preset["indicators"]});
        let document = if is_preset { own } else { world.policy.clone() }.to_string();
        let register = Register::from_json(&world.register().to_string()).unwrap();
        let reports = Reports::from_json(&register, &world.document().to_string()).unwrap();
        let register = register.with_reports(&reports).unwrap();
        for dice in all {
            match Policy::from_json(&mutated(&document, &dice)) {
                Err(error) => look(&error),
                Ok(policy) => {
                    let printed = policy.to_json();
                    prop_assert_eq!(&Policy::from_json(&printed).unwrap().to_json(), &printed);
                    match register.check(&policy, date(world.as_of)) {
                        Ok(checked) => drop(answers(&checked)),
                        Err(error) => prop_assert_eq!(error.code(), "contradiction"),
                    }
                }
            }
        }
        Ok(())
    });
}

#[test]
fn mutated_previews() {
    law(200, (world(), any::<Index>(), vec(dice(), 8)), |(world, at, all)| {
        let (register, document) = personal(&world);
        let register = Register::from_json(&register.to_string()).unwrap();
        let register = register.with_reports(&Reports::from_json(&register, &document).unwrap()).unwrap();
        let checked = register
            .check(&Policy::from_json(&world.policy.to_string()).unwrap(), date(world.as_of))
            .unwrap();
        let document: Value = serde_json::from_str(&document).unwrap();
        let row = at.get(document["reports"].as_array().unwrap()).to_string();
        for dice in all {
            match checked.preview(&mutated(&row, &dice)) {
                Err(error) => {
                    look(&error);
                    prop_assert!(
                        error
                            .problems()
                            .iter()
                            .all(|problem| problem.place().to_string().starts_with("reports[0]"))
                    );
                }
                Ok(preview) => {
                    let data = json!(preview.data(Some((Locale::Vi, Names::Hidden))));
                    prop_assert!(!data.to_string().contains(NAME) || preview.fields().is_empty());
                }
            }
        }
        Ok(())
    });
}

fn unit() -> Value {
    json!({"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune"})
}

fn small() -> Register {
    let team = json!({"id": "t", "kind": "community", "unit": "99001", "from": "2000-01-01"});
    Register::from_json(&json!({"units": [unit()], "teams": [team]}).to_string()).unwrap()
}

fn form(indicators: usize, checks: &[(String, String)]) -> String {
    let with_basis = |mut row: Value| {
        for (key, value) in [("basis_vi", "Ví dụ"), ("basis_en", "Example"), ("force", "practice")] {
            row[key] = json!(value);
        }
        row
    };
    let form = json!({"id": "f", "name_vi": "Mẫu", "name_en": "Form", "filled_by": ["team", "commune"], "every": "week", "scheme": "calendar"});
    let indicators = (0..indicators).map(|n| {
        with_basis(json!({"form": "f", "id": format!("k{n}"), "label_vi": "k", "label_en": "k", "unit": "occurrence", "counts": "in_period",
            "over_units": "sum", "over_periods": "sum"}))
    });
    let checks = checks.iter().enumerate().map(|(n, (left, right))| {
        with_basis(json!({"form": "f", "id": format!("c{n}"), "left": left, "operator": "==", "right": right, "severity": "warning",
            "message_vi": "{left}", "message_en": "{right}"}))
    });
    json!({"forms": [with_basis(form)], "indicators": indicators.collect::<Vec<_>>(), "checks": checks.collect::<Vec<_>>()}).to_string()
}

fn told(error: &Error) -> Vec<String> {
    look(error);
    error.problems().iter().map(|problem| format!("{} {}", problem.code(), problem.place())).collect()
}

fn day(at: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(2001, 1, 1).unwrap() + chrono::Days::new(u64::try_from(at).unwrap())
}

#[test]
fn crowds() {
    let register = small();
    let document = |count: usize, sender: &str, code: &str| {
        let report = |at: usize| json!({"form": "f", sender: code, "period": format!("{0}/{0}", day(count - at)), "received": "2021-01-01", "figures": {"k0": at}});
        documented(&(0..count).map(report).collect::<Vec<_>>()).to_string()
    };
    for (sender, code) in [("team", "t"), ("unit", "99001")] {
        let error = Reports::from_json(&register, &document(4097, sender, code)).unwrap_err();
        assert_eq!(told(&error).len(), 1);
        assert_eq!(error.problems()[0].code(), "too-many");
        let reports = Reports::from_json(&register, &document(4096, sender, code)).unwrap();
        let policy =
            Policy::from_json(&form(1, &[("k0 + before(k0) * 0".into(), "prev(k0)".into())])).unwrap();
        let with = register.with_reports(&reports).unwrap();
        answers(&with.check(&policy, day(9000)).unwrap());
    }
}

/// A name costs a column, so there are not many of them; it is told once.
#[test]
fn crowds_of_names() {
    let register = small();
    let report = |at: usize| {
        let names = (0..100).map(|n| (format!("n{}", at * 100 + n), json!(1)));
        json!({"form": "f", "team": "t", "period": format!("{0}/{0}", day(at)), "received": "2021-01-01", "figures": names.collect::<serde_json::Map<_, _>>()})
    };
    let document = |count: usize| documented(&(0..count).map(report).collect::<Vec<_>>()).to_string();
    assert!(Reports::from_json(&register, &document(4)).is_ok());
    let error = Reports::from_json(&register, &document(400)).unwrap_err();
    assert_eq!(told(&error), ["crowded reports[4].figures"]);
    let forms = |count: usize| {
        let report = |at: usize| json!({"form": format!("f{at}"), "team": "t", "period": "2021-01", "received": "2021-01-01"});
        documented(&(0..count).map(report).collect::<Vec<_>>()).to_string()
    };
    assert!(Reports::from_json(&register, &forms(1000)).is_ok());
    let error = Reports::from_json(&register, &forms(1001)).unwrap_err();
    assert_eq!(told(&error), ["crowded reports[1000].form"]);
}

#[test]
fn crowds_of_a_form() {
    let checks = |count: usize| vec![("k0".to_owned(), "k0 + 1".to_owned()); count];
    assert!(Policy::from_json(&form(200, &checks(200))).is_ok());
    assert_eq!(told(&Policy::from_json(&form(1, &checks(201))).unwrap_err()), ["too-many checks[200].form"]);
    assert_eq!(
        told(&Policy::from_json(&form(201, &checks(1))).unwrap_err()),
        ["too-many indicators[200].form"]
    );
}

/// As many checks as there may be, each as long as it may be, on as many reports as there may be of one sender.
#[test]
fn the_longest_of_all() {
    let terms: Vec<_> = (0..200).map(|n| format!("before(k{n})")).collect();
    let sides = |n: usize| {
        let mut side = "k0".to_owned();
        for term in terms.iter().cycle().skip(n) {
            if side.len() + term.len() + 3 > 1000 {
                break;
            }
            side = format!("{side} + {term}");
        }
        (side.clone(), side)
    };
    let policy = Policy::from_json(&form(200, &(0..200).map(sides).collect::<Vec<_>>())).unwrap();
    let report = |at: usize| {
        let period = Period::at(Frequency::Week, day(at * 7), Scheme::Calendar);
        json!({"form": "f", "team": "t", "period": period, "received": "2021-01-01", "figures": {"k0": at, "k9": 1}})
    };
    let reports = documented(&(0..500).map(report).collect::<Vec<_>>()).to_string();
    let register = small();
    let register = register.with_reports(&Reports::from_json(&register, &reports).unwrap()).unwrap();
    assert_eq!(register.check(&policy, day(9000)).unwrap().departures("f").unwrap().len(), 0);
}

/// As many different numbers and attributes as a form holds.
#[test]
fn all_are_different() {
    for term in [|n: usize| format!(" + {}", n + 1000), |n: usize| format!(" + unit.a{n}")] {
        let sides = |check: usize| {
            let all = (check * 200..).map(term);
            let side = all.scan(2, |length, term| {
                *length += term.len();
                (*length <= 1000).then_some(term)
            });
            let side: String = std::iter::once("k0".into()).chain(side).collect();
            (side.clone(), side)
        };
        let policy = Policy::from_json(&form(1, &(0..200).map(sides).collect::<Vec<_>>())).unwrap();
        let report = json!({"form": "f", "team": "t", "period": "2021-W01", "received": "2021-02-01", "figures": {"k0": 1}});
        let reports = documented(&[report]).to_string();
        let register = small();
        let register = register.with_reports(&Reports::from_json(&register, &reports).unwrap()).unwrap();
        assert_eq!(register.check(&policy, day(9000)).unwrap().departures("f").unwrap().len(), 0);
    }
}

#[test]
fn deep_and_long_expressions() {
    let read = |side: &str| Policy::from_json(&form(1, &[(side.into(), "1".into())]));
    let nested =
        |open: &str, close: &str, depth: usize| format!("{}k0{}", open.repeat(depth), close.repeat(depth));
    for (open, close) in [
        ("(", ")"),
        ("-", ""),
        ("abs(", ")"),
        ("min(1,", ")"),
        ("if(1>0,1,", ")"),
        ("if(is_absent(", "),1,0)"),
    ] {
        assert!(read(&nested(open, close, 20)).is_ok(), "{open}");
        for depth in [65, 100, 1 << 16] {
            assert_eq!(
                told(&read(&nested(open, close, depth)).unwrap_err()),
                ["bad-expression checks[0].left"],
                "{open}"
            );
        }
        assert_eq!(told(&read(&open.repeat(1 << 16)).unwrap_err()), ["bad-expression checks[0].left"]);
    }
    let conditions = format!("if({}k0 > 0, 1, 0)", "not ".repeat(1 << 16));
    for side in [conditions, "k0 + ".repeat(1 << 16), "1".repeat(1 << 20), "ạ".repeat(1 << 20)] {
        assert_eq!(told(&read(&side).unwrap_err()), ["bad-expression checks[0].left"]);
    }
    assert_eq!(told(&read(&" ".repeat(1 << 20)).unwrap_err()), ["empty-text checks[0].left"]);
    assert!(read(&format!("{}k0", " ".repeat(998))).is_ok());
    assert!(read(&format!("{}k0", " ".repeat(999))).is_err());
}

#[test]
fn any_text_as_an_expression() {
    let words = vec![
        "k0",
        "k1",
        "k2",
        "prev",
        "before",
        "below",
        "unit",
        "register",
        ".members",
        ".x",
        "(",
        ")",
        ",",
        "+",
        "-",
        "*",
        "/",
        "==",
        "<",
        ">=",
        "and",
        "or",
        "not",
        "if",
        "is_absent",
        "first_present",
        "min",
        "abs",
        "0",
        "7",
        "2147483647",
        "2147483648",
        "Nguyễn Văn Mật",
        "0901234567",
        " ",
        "\u{301}",
    ];
    let side =
        || prop_oneof![vec(select(words.clone()), 0..14).prop_map(|words| words.concat()), "\\PC{1,30}"];
    law(500, (side(), side()), |(left, right)| {
        if let Err(error) = Policy::from_json(&form(2, &[(left, right)])) {
            look(&error);
        }
        Ok(())
    });
}

/// What is made by construction is read, and what is cut off is not.
#[test]
fn expressions_cut_off() {
    law(200, (crate::expression::number(3), any::<Index>()), |(bare, at): (Bare, Index)| {
        let side = bare.name(&["k0".into(), "k1".into()], &|_, _| false).print(0);
        let read = |side: &str| Policy::from_json(&form(2, &[(side.into(), "1".into())]));
        prop_assert!(read(&side).is_ok(), "{side} {:?}", read(&side));
        if let Err(error) = read(&side[..at.index(side.len())]) {
            look(&error);
        }
        Ok(())
    });
}

#[test]
fn nested_by_the_megabyte() {
    const DEPTH: usize = 1 << 20;
    let register = small();
    let checked = register.check(&Policy::preset("national-2022").unwrap(), day(9000)).unwrap();
    let frames = ["", r#"{"reports": [{"figures": "#, r#"{"reports": [{"figures": {"k0": "#];
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let deep = format!("{}1{}", open.repeat(DEPTH), close.repeat(DEPTH));
        for frame in frames {
            let ends: String =
                frame.chars().rev().filter_map(|c| "[{".find(c).and_then(|at| "]}".get(at..=at))).collect();
            for text in [format!("{frame}{deep}{ends}"), format!("{frame}{}", open.repeat(DEPTH))] {
                look(&Reports::from_json(&register, &text).unwrap_err());
                look(&checked.preview(text.strip_prefix(r#"{"reports": ["#).unwrap_or(&text)).err().unwrap());
            }
        }
    }
}
