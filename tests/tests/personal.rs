//! Law 6: a personal value is in no error, `Debug`, finding or default text. Names are rendered where the caller asks for
//! them; phone numbers, citizen numbers and birth days never.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use cnscd::{Checked, Error, Locale, Names, Policy, Query, RULES, Register, RollUpQuery, TABLES, Type};
use serde_json::{Value, json};

const NAME: &str = "ZXQ Nguyễn Văn Mật";
const ASCII_NAME: &str = "ZXQ-Nguyen-Van-Mat";
const PHONE: &str = "ZXQ0901234567";
const NUMBER: &str = "079113000123";
const BORN: &str = "1913-12-11";
/// What betrays one of them, also if only a part is shown or a day is written in another way.
const MARKS: [&str; 5] = ["ZXQ", "Mật", "0901234567", "079113000123", "1913"];

/// People with all their data, in every finding that can name a person.
fn document() -> Value {
    let person = |id| json!({"id": id, "name": NAME, "born": BORN, "sex": "male", "phone": PHONE, "citizen_number": NUMBER});
    let member = |person, role, from| json!({"team": "t", "person": person, "role": role, "from": from});
    let acting =
        json!({"team": "t", "person": "p-3", "role": "deputy", "acting": true, "from": "2022-04-05"});
    let head = json!({"team": "t", "person": "p-1", "role": "head", "position": "village_head", "on_behalf_of": "b",
        "decision": "d", "from": "2022-04-05", "to": "2022-11-01", "end_reason": "left"});
    json!({
        "units": [
            {"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune"},
            {"code": "99001-01", "name": "Thôn Đông", "kind": "thon", "level": "village", "parent": "99001"}
        ],
        "bodies": [{"id": "b", "name": "UBND xã Mẫu", "kind": "peoples_committee"}],
        "decisions": [{"id": "d", "number": "01/QĐ-UBND", "body": "b", "signed": "2022-04-06", "kind": "establish"}],
        "teams": [{"id": "t", "kind": "community", "unit": "99001", "decision": "d", "from": "2022-04-05", "to": "2022-11-01"}],
        "suspensions": [{"team": "t", "from": "2022-05-01", "to": "2022-05-02"}],
        "people": [person("p-1"), person("p-2"), person("p-3")],
        "residences": [{"person": "p-1", "unit": "99001-01", "from": "2010-01-01"}],
        "affiliations": [{"person": "p-1", "organisation": "youth_union"}],
        "positions": [{"person": "p-1", "kind": "village_head", "unit": "99001-01", "from": "2020-01-01", "to": "2022-08-01"}],
        "memberships": [head, member("p-2", "head", "2022-05-01"), member("p-2", "member", "2022-06-01"), acting]
    })
}

#[track_caller]
fn is_clean(text: &str, what: &str) {
    for mark in MARKS {
        assert!(!text.contains(mark), "`{mark}` in {what}:\n{text}");
    }
}

fn check(register: &Register) -> Checked {
    let day = "2022-12-31".parse().unwrap();
    register.check(&Policy::preset("national-2022").unwrap(), day).unwrap()
}

/// Looks through all that is said of a document unasked.
#[track_caller]
fn look(document: &[u8], what: &str) -> Result<(), Error> {
    let register = Register::from_json_bytes(document).inspect_err(|error| {
        is_clean(&format!("{error} {error:?} {}", json!(error.problems())), what);
        for problem in error.problems() {
            is_clean(&format!("{problem} {problem:?} {}", problem.text(Locale::Vi)), what);
        }
    })?;
    let checked = check(&register);
    is_clean(&format!("{register:?} {checked:?}"), what);
    for finding in checked.findings(&Query::default()).unwrap() {
        is_clean(&json!(finding.data(None)).to_string(), what);
        for locale in [Locale::Vi, Locale::En] {
            is_clean(&json!(finding.data(Some((locale, Names::Hidden)))).to_string(), what);
            is_clean(&json!(finding.data(Some((locale, Names::Initials)))).to_string(), what);
        }
    }
    let rolled = checked.roll_up(&RollUpQuery::default()).unwrap();
    is_clean(&format!("{rolled:?} {}", json!(rolled.rows)), what);
    Ok(())
}

#[test]
fn answers_name_nobody_unasked() {
    look(document().to_string().as_bytes(), "an answer").unwrap();
}

#[test]
fn full_names_are_rendered_and_nothing_else() {
    let checked = check(&Register::from_json(&document().to_string()).unwrap());
    let findings = checked.findings(&Query::default()).unwrap();
    let about_people = RULES.iter().filter(|rule| rule.text.vi.contains("{pe"));
    for rule in about_people {
        let found = findings.iter().find(|finding| finding.code() == rule.code);
        let finding = found.unwrap_or_else(|| panic!("{} is not found here", rule.name));
        for locale in [Locale::Vi, Locale::En] {
            let text = finding.text(locale, Names::Full);
            assert!(text.contains(NAME), "{text}");
            is_clean(&text.replace(NAME, ""), rule.name);
            is_clean(&finding.remedy(locale, Names::Full).replace(NAME, ""), rule.name);
        }
    }
}

/// Every column of every row about people, and every key, holds what belongs into another.
#[test]
fn typed_into_the_wrong_column() {
    let mut errors = 0;
    for table in TABLES {
        for (at, row) in document()[table.name].as_array().into_iter().flatten().enumerate() {
            for column in table.columns {
                for value in [
                    json!(NAME),
                    json!(ASCII_NAME),
                    json!(BORN),
                    json!(PHONE),
                    json!(NUMBER),
                    json!([NAME, PHONE, NUMBER]),
                    json!({NAME: PHONE}),
                ] {
                    // A text of a place, a body or a decision is shown as it is; so is a day that may be right; and in a row
                    // that is not about people, what is written like an identifier.
                    let plain = value == ASCII_NAME || value == BORN;
                    let shown = if table.personal {
                        value == BORN && column.kind == Type::Day
                    } else {
                        plain || column.kind == Type::Text
                    };
                    if shown || value == ASCII_NAME && column.kind == Type::Id {
                        continue;
                    }
                    let mut document = document();
                    document[table.name][at][column.name] = value.clone();
                    let what = format!("{}[{at}].{} = {value}", table.name, column.name);
                    errors += usize::from(look(document.to_string().as_bytes(), &what).is_err());
                }
            }
            for key in [NAME, PHONE, NUMBER] {
                let mut changed = row.clone();
                changed[key] = json!(NAME);
                let mut document = document();
                document[table.name][at] = changed;
                look(document.to_string().as_bytes(), "an unknown key").unwrap_err();
                document.as_object_mut().unwrap().insert(key.into(), json!([]));
                look(document.to_string().as_bytes(), "an unknown key of the document").unwrap_err();
            }
        }
    }
    assert!(errors > 200, "{errors}");
}

/// Problems of other columns of a row, and of the personal ones.
#[test]
fn problems_around_them() {
    let bad_days = ["11/12/1913x", "1913-12-32", "31/11/1913", "11-12-1913", "ngày 11/12/1913", "1913"];
    let bad = bad_days.iter().map(|day| json!(day)).chain([
        json!(1913),
        json!([BORN]),
        json!({BORN: BORN}),
        json!(""),
    ]);
    for bad in bad {
        for column in ["born", "name", "phone", "citizen_number"] {
            let mut document = document();
            document["people"][0][column] = bad.clone();
            document["people"][1] =
                json!({"name": NAME, "born": BORN, "phone": PHONE, "citizen_number": NUMBER});
            look(document.to_string().as_bytes(), column).unwrap_err();
        }
    }
    let mut twice = document();
    twice["people"][2]["id"] = json!("p-1");
    look(twice.to_string().as_bytes(), "an id twice").unwrap_err();
    let row = format!(
        r#"{{"people": [{{"id": "p", "name": "{NAME}", "name": "{NAME}", "born": "{BORN}", "born": "{BORN}"}}]}}"#
    );
    look(row.as_bytes(), "a key twice").unwrap_err();
}

#[test]
fn cut_off_anywhere() {
    let document = document().to_string();
    for length in 0..document.len() {
        let cut = &document.as_bytes()[..length];
        look(cut, "a document cut off").unwrap_err();
        look(&[cut, b"\xff"].concat(), "no UTF-8").unwrap_err();
        look(&[cut, b"\n\"x"].concat(), "a wrong token").unwrap_err();
    }
}
