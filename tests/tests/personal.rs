//! Law 6: a personal value is in no error, `Debug`, finding or default text. Names are rendered where the caller asks for
//! them; phone numbers, citizen numbers and birth days never.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use cnscd::{
    AgendaQuery, Checked, CompletenessQuery, Error, Locale, Names, Policy, Query, REPORT_TABLES, RULES,
    Register, Reports, RollUpQuery, TABLES, TeamQuery, Type, explain,
};
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
    let person = |id, number| json!({"id": id, "name": NAME, "born": BORN, "sex": "male", "phone": PHONE, "citizen_number": number});
    let longer = format!("{NUMBER}4");
    let member = |person, role, from| json!({"team": "t", "person": person, "role": role, "from": from});
    let acting =
        json!({"team": "t", "person": "p-3", "role": "deputy", "acting": true, "from": "2022-04-05"});
    let head = json!({"team": "t", "person": "p-1", "role": "head", "position": "village_head", "on_behalf_of": "b",
        "decision": "d", "from": "2022-04-05", "to": "2022-11-01", "end_reason": "left"});
    let elsewhere = json!({"team": "t-2", "person": "p-1", "role": "head", "from": "2022-04-05"});
    let of_nobody = json!({"team": "s", "person": "p-2", "role": "member", "from": "2022-04-05"});
    json!({
        "units": [
            {"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune"},
            {"code": "99001-01", "name": "Thôn Đông", "kind": "thon", "level": "village", "parent": "99001"},
            {"code": "99002", "name": "Xã Khác", "kind": "xa", "level": "commune"}
        ],
        "bodies": [{"id": "b", "name": "UBND xã Mẫu", "kind": "peoples_committee"}],
        "decisions": [{"id": "d", "number": "01/QĐ-UBND", "body": "b", "signed": "2022-04-06", "kind": "establish"}],
        "teams": [
            {"id": "s", "kind": "steering", "unit": "99001", "from": "2022-04-05"},
            {"id": "t", "kind": "community", "unit": "99001", "decision": "d", "from": "2022-04-05", "to": "2022-11-01"},
            {"id": "t-2", "kind": "community", "unit": "99002", "from": "2022-04-05"}
        ],
        "suspensions": [{"team": "t", "from": "2022-05-01", "to": "2022-05-02"}],
        "declarations": [{"team": "t", "from": "2022-04-05", "members": 5}],
        "excuses": [{"obligation": "issue-decision", "unit": "99002", "day": "2022-04-20", "until": "2022-05-31", "document": "45/UBND-VX"}],
        "people": [person("p-1", NUMBER), person("p-2", NUMBER), person("p-3", NUMBER), person("p-4", &longer)],
        "residences": [{"person": "p-1", "unit": "99001-01", "from": "2010-01-01"}],
        "affiliations": [{"person": "p-1", "organisation": "youth_union"}],
        "positions": [{"person": "p-1", "kind": "village_head", "unit": "99001-01", "from": "2020-01-01", "to": "2022-08-01"}],
        "memberships": [head, member("p-2", "head", "2022-05-01"), member("p-2", "member", "2022-06-01"), acting,
            member("p-4", "deputy", "2022-04-05"), member("p-3", "standing_deputy", "2022-10-01"), elsewhere, of_nobody]
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
    register.check(&Policy::preset("hai-duong-2022").unwrap(), day).unwrap()
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
    let teams = checked.teams(&TeamQuery::default()).unwrap();
    is_clean(&json!(teams).to_string(), what);
    let agenda = checked.agenda(&AgendaQuery::default()).unwrap();
    assert!(!agenda.is_empty());
    for row in agenda {
        is_clean(&json!(row.data(Some(Locale::Vi), true)).to_string(), what);
    }
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
    // Of short lines, since the number of a column is shown.
    let document = serde_json::to_string_pretty(&document()).unwrap();
    for length in 0..document.len() {
        let cut = &document.as_bytes()[..length];
        look(cut, "a document cut off").unwrap_err();
        look(&[cut, b"\xff"].concat(), "no UTF-8").unwrap_err();
        look(&[cut, b"\n\"x"].concat(), "a wrong token").unwrap_err();
    }
}

/// The problems of an edit, and what is said unasked of one that can be made.
fn look_at_edit(checked: &Checked, changes: &Value) -> Result<(), Error> {
    let what = changes.to_string();
    let mut checked = checked.clone();
    let edited = checked.edit(&what).inspect_err(|error| {
        is_clean(&format!("{error} {error:?} {}", json!(error.problems())), &what);
        for problem in error.problems() {
            is_clean(&format!("{problem} {problem:?} {}", problem.text(Locale::Vi)), &what);
        }
    })?;
    for locale in [Locale::Vi, Locale::En] {
        is_clean(&json!(edited.data(Some((locale, Names::Hidden)))).to_string(), &what);
        is_clean(&json!(edited.data(Some((locale, Names::Initials)))).to_string(), &what);
    }
    is_clean(&format!("{checked:?} {:?}", checked.register()), &what);
    Ok(())
}

/// Every column, key and word of a change holds a personal value.
#[test]
fn typed_into_an_edit() {
    let document = document();
    let checked = check(&Register::from_json(&document.to_string()).unwrap());
    let (mut made, mut refused) = (0, 0);
    let mut look = |changes: Value| match look_at_edit(&checked, &changes) {
        Ok(()) => made += 1,
        Err(_) => refused += 1,
    };
    let values = [
        json!(NAME),
        json!(ASCII_NAME),
        json!(BORN),
        json!(PHONE),
        json!(NUMBER),
        json!([NAME, PHONE, NUMBER]),
        json!({NAME: PHONE}),
    ];
    for table in TABLES {
        let name = table.name;
        let Some(row) = document[name].as_array().map(|rows| rows[0].clone()) else { continue };
        let wanted = if row["id"].is_string() { json!({"id": row["id"]}) } else { row.clone() };
        for column in table.columns {
            for value in &values {
                // What does not match is never shown.
                let unmatched = json!({column.name: value});
                look(json!({"change": name, "where": unmatched, "set": {}}));
                look(json!({"end": name, "where": unmatched, "to": "2022-12-01"}));
                // As in a document; see above.
                let plain = *value == ASCII_NAME || *value == BORN;
                let shown = if table.personal {
                    *value == BORN && column.kind == Type::Day
                } else {
                    plain || column.kind == Type::Text
                };
                // A new row may have any identifier that is written like one.
                if shown || plain && column.kind == Type::Id {
                    continue;
                }
                let mut new = row.clone();
                new[column.name] = value.clone();
                look(json!({"add": name, "row": new}));
                look(json!({"change": name, "where": wanted, "set": {column.name: value}}));
            }
        }
        for key in [NAME, PHONE, NUMBER] {
            look(json!({"add": name, "row": {key: NAME}}));
            look(json!({"change": name, "where": {key: NAME}, "set": {}}));
            look(json!({"change": name, "where": wanted, "set": {key: NAME}}));
            look(json!({"end": name, "where": wanted, "to": key}));
            look(json!({"end": name, "where": wanted, "to": "2022-12-01", key: NAME}));
            look(json!({key: name, "row": row}));
        }
    }
    for value in &values {
        look(value.clone());
        look(json!([value]));
        for operation in ["add", "change", "end"] {
            look(json!({operation: value, "row": {}}));
            look(json!({operation: "people", "row": value, "where": value, "set": value, "to": value}));
        }
        look(json!({"add": "people", "row": value}));
        look(json!({"change": "people", "where": value, "set": {}}));
        look(json!({"change": "people", "where": {"id": "p-1"}, "set": value}));
        // A day that may be right is shown.
        if *value != BORN {
            look(json!({"end": "memberships", "where": {"person": "p-4"}, "to": value}));
        }
    }
    let whole =
        format!(r#"{{"add": "people", "row": {{"id": "p-9", "name": "{NAME}", "phone": "{PHONE}"}}}}"#);
    for length in 0..whole.len() {
        let cut = String::from_utf8_lossy(&whole.as_bytes()[..length]).into_owned();
        let error = checked.clone().edit(&cut).err().unwrap();
        is_clean(&format!("{error} {error:?}"), &cut);
    }
    assert!(made > 10 && refused > 1000, "{made} {refused}");
}

/// The values of one person; each person's have a number of their own in them.
fn marks(n: usize) -> [String; 5] {
    [
        format!("ZXQ{n} Nguyễn Văn Mật"),
        format!("19{n}3-12-11"),
        format!("ZXQ{n}901234567"),
        format!("0791{n}3000123"),
        format!("99001-0{n}"),
    ]
}

/// Four people with values of their own.
fn told_apart() -> Value {
    let mut document = document();
    document["residences"] = json!([]);
    for n in 1..=4 {
        let [name, born, phone, number, home] = marks(n);
        let sex = if n == 1 { "female" } else { "male" };
        document["people"][n - 1] = json!({"id": format!("p-{n}"), "name": name, "born": born, "sex": sex, "phone": phone, "citizen_number": number});
        let rows = document["units"].as_array_mut().unwrap();
        rows.retain(|row| row["code"] != home);
        rows.push(json!({"code": home, "name": format!("Thôn {n}"), "kind": "thon", "level": "village", "parent": "99001"}));
        let residences = document["residences"].as_array_mut().unwrap();
        residences.push(json!({"person": format!("p-{n}"), "unit": home}));
    }
    document
}

/// All that can be got out of a register, with full names.
fn everything(register: &Register) -> String {
    let mut all = format!("{register:?}{}", register.to_json());
    for table in TABLES {
        all += &register.to_csv(table.name).unwrap();
    }
    let checked = check(register);
    for finding in checked.findings(&Query::default()).unwrap() {
        for locale in [Locale::Vi, Locale::En] {
            all += &json!(finding.data(Some((locale, Names::Full)))).to_string();
            all += &json!(finding.data(Some((locale, Names::Initials)))).to_string();
        }
    }
    for row in checked.agenda(&AgendaQuery::default()).unwrap() {
        all += &json!(row.data(Some(Locale::Vi), true)).to_string();
    }
    all += &json!(checked.teams(&TeamQuery::default()).unwrap()).to_string();
    all + &json!(checked.roll_up(&RollUpQuery::default()).unwrap().rows).to_string()
}

/// What is counted; findings about the person may go.
fn counts(register: &Register) -> Value {
    let mut rows = json!(check(register).roll_up(&RollUpQuery::default()).unwrap().rows);
    for row in rows.as_array_mut().unwrap() {
        row.as_object_mut().unwrap().remove("findings");
    }
    rows
}

/// Of who is erased no value is left anywhere; everybody else stays as they were, and so does every count.
#[test]
fn an_erased_person_leaves_no_value() {
    let whole = Register::from_json(&told_apart().to_string()).unwrap();
    let said = everything(&whole);
    // Homes stay, as units; that somebody lives there goes.
    let residence = |n: usize| format!(r#"{{"person":"p-{n}","unit":"{}"}}"#, marks(n)[4]);
    let mut all_gone = whole.clone();
    for n in 1..=4 {
        assert!(marks(n).iter().all(|mark| said.contains(mark)) && said.contains(&residence(n)));
        let id = format!("p-{n}");
        let erased = whole.erase(&id).unwrap();
        let text = everything(&erased);
        for other in 1..=4 {
            for mark in &marks(other)[..4] {
                assert_eq!(text.contains(mark), other != n, "{mark} where {id} is erased:\n{text}");
            }
            assert_eq!(text.contains(&residence(other)), other != n);
        }
        assert!(text.contains(&format!(r#"{{"id":"{id}","name":"{id}","sex":"#)));
        // The identifier, which is all there is, is not told as if it were a name.
        assert!(!text.contains(&format!("ông {id}")) && !text.contains(&format!("bà {id}")));
        assert_eq!(counts(&erased), counts(&whole));
        assert_eq!(erased.erase(&id).unwrap().to_json(), erased.to_json());
        all_gone = all_gone.erase(&id).unwrap();
    }
    assert_eq!(counts(&all_gone), counts(&whole));
    is_clean(&everything(&all_gone), "a register without people");
    // Nor after an edit, and who is not there cannot be erased and is not repeated.
    let mut checked = check(&whole);
    checked
        .edit(
            &json!({"change": "people", "where": {"id": "p-2"}, "set": {"name": NAME, "phone": PHONE}})
                .to_string(),
        )
        .unwrap();
    let text = everything(&checked.register().erase("p-2").unwrap());
    assert!(!text.contains(NAME) && !text.contains(PHONE));
    for nobody in [NAME, ASCII_NAME, PHONE, NUMBER, ""] {
        is_clean(&format!("{0} {0:?}", whole.erase(nobody).unwrap_err()), "nobody");
    }
}

/// In the made-up province, too, everybody can be erased, one after the other, and no count changes.
#[test]
fn everybody_can_be_erased() {
    let mut register = Register::from_json(&benches::minh_hoa().0).unwrap();
    let document: Value = serde_json::from_str(&register.to_json()).unwrap();
    let before = counts(&register);
    for row in document["people"].as_array().unwrap().iter().step_by(37) {
        let id = row["id"].as_str().unwrap();
        register = register.erase(id).unwrap();
        let after: Value = serde_json::from_str(&register.to_json()).unwrap();
        let now = after["people"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap();
        assert_eq!(now["name"], id);
        assert!(["born", "phone", "citizen_number"].iter().all(|column| now[column].is_null()));
        let homes = after["residences"].as_array().into_iter().flatten();
        assert!(homes.into_iter().all(|home| home["person"] != id));
        assert_eq!(after["memberships"], document["memberships"]);
    }
    assert_eq!(counts(&register), before);
}

/// What a caller asks for is repeated only where it cannot be a value of somebody.
#[test]
fn what_is_asked_for_is_no_way_out() {
    let register = Register::from_json(&document().to_string()).unwrap();
    let checked = check(&register);
    for asked in [NAME, NUMBER, "0901234567"] {
        let unit = || Some(asked.to_owned());
        let errors = [
            checked.findings(&Query { unit: unit(), ..Query::default() }).err(),
            checked.findings(&Query { code: unit(), ..Query::default() }).err(),
            checked.teams(&TeamQuery { unit: unit(), ..TeamQuery::default() }).err(),
            checked.roll_up(&RollUpQuery { unit: unit(), level: None }).err(),
            checked.agenda(&AgendaQuery { unit: unit(), ..AgendaQuery::default() }).err(),
            checked.agenda(&AgendaQuery { obligation: unit(), ..AgendaQuery::default() }).err(),
            explain(asked).err(),
            checked.policy().explain(&register, asked, checked.as_of()).err(),
            Policy::preset(asked).err(),
            register.to_csv(asked).err(),
        ];
        for error in errors {
            let error = error.unwrap();
            is_clean(&format!("{error} {error:?}"), "what was asked for");
        }
    }
}

// ---- reports

/// Reports in order and not, made out by somebody; their texts hold what no finding may.
fn reports() -> Value {
    let prose = json!({"difficulties": format!("{NAME}, {PHONE}, {BORN}, {NUMBER}"), "unknown": ASCII_NAME});
    let row = |period: &str, received: &str, figures: Value| {
        json!({"form": "team-monthly", "period": period, "team": "t", "received": received, "by": "p-1", "channel": "chat_group",
            "figures": figures, "not_applicable": ["qr_businesses"], "estimates": ["members"], "confirmed": ["stock-jumps"], "prose": prose})
    };
    let mut other = row("2022-Q2", "2022-07-02", json!({"x": 1}));
    other["form"] = json!("other");
    json!({"note": NAME, "reports": [
        row("2022-05", "2022-06-02", json!({"members": 5, "members_trained": 9, "people_guided": 30, "guidance_occurrences": 12})),
        row("2022-06", "2022-06-20", json!({"members": 50, "membres": 1, "people_guided": 0, "households_guided": 3})),
        row("2022-07", "2022-08-02", json!({"members": 50, "people_guided": 0, "households_guided": 1})),
        row("2022-07", "2022-08-03", json!({"members": 51})),
        other
    ]})
}

/// What no caller of an error is shown.
#[track_caller]
fn is_clean_error(error: &Error, what: &str) {
    is_clean(&format!("{error} {error:?} {}", json!(error.problems())), what);
    for problem in error.problems() {
        is_clean(&format!("{problem} {problem:?} {}", problem.text(Locale::Vi)), what);
    }
}

/// Looks through all that is said unasked of reports as a document.
#[track_caller]
fn look_at_reports(register: &Register, document: &str, what: &str) -> Result<usize, Error> {
    let reports = Reports::from_json(register, document).inspect_err(|error| is_clean_error(error, what))?;
    let beside = register.with_reports(&reports)?;
    let checked = check(&beside);
    is_clean(&format!("{reports:?} {beside:?} {checked:?}"), what);
    let findings = checked.findings(&Query::default())?;
    for finding in &findings {
        is_clean(&json!(finding.data(None)).to_string(), what);
        for locale in [Locale::Vi, Locale::En] {
            is_clean(&json!(finding.data(Some((locale, Names::Hidden)))).to_string(), what);
            is_clean(&json!(finding.data(Some((locale, Names::Initials)))).to_string(), what);
        }
    }
    is_clean(&json!(checked.departures("team-monthly")?).to_string(), what);
    for row in checked.agenda(&AgendaQuery::default())? {
        is_clean(&json!(row.data(Some(Locale::Vi), true)).to_string(), what);
    }
    is_clean(&json!(checked.completeness(&CompletenessQuery::default())?).to_string(), what);
    is_clean(&json!(checked.roll_up(&RollUpQuery::default())?.rows).to_string(), what);
    Ok(findings.iter().filter(|finding| finding.code().starts_with('R')).count())
}

/// The same of one report before it is kept.
#[track_caller]
fn look_at_preview(checked: &Checked, report: &str, what: &str) -> Result<(), Error> {
    let preview = checked.preview(report).inspect_err(|error| is_clean_error(error, what))?;
    is_clean(&json!(preview.data(None)).to_string(), what);
    for locale in [Locale::Vi, Locale::En] {
        for names in [Names::Hidden, Names::Initials, Names::Full] {
            is_clean(&json!(preview.data(Some((locale, names)))).to_string(), what);
        }
    }
    is_clean(&format!("{:?}", preview.fields()), what);
    Ok(())
}

#[test]
fn findings_of_reports_show_no_text_of_theirs() {
    let register = Register::from_json(&document().to_string()).unwrap();
    let found = look_at_reports(&register, &reports().to_string(), "reports").unwrap();
    assert!(found > 8, "{found}");
    let beside =
        register.with_reports(&Reports::from_json(&register, &reports().to_string()).unwrap()).unwrap();
    let checked = check(&beside);
    for report in reports()["reports"].as_array().unwrap() {
        look_at_preview(&checked, &report.to_string(), "a preview").unwrap();
    }
    // What the sender wrote is there for who asks for the reports.
    assert!(
        beside.reports_to_json().unwrap().contains(PHONE) && beside.reports_to_csv().unwrap().contains(NAME)
    );
}

/// Every column, key and item of a report holds a personal value.
#[test]
fn typed_into_a_report() {
    let register = Register::from_json(&document().to_string()).unwrap();
    let checked = check(
        &register.with_reports(&Reports::from_json(&register, &reports().to_string()).unwrap()).unwrap(),
    );
    let report = reports()["reports"][0].clone();
    let (mut made, mut refused) = (0, 0);
    let mut look = |report: &Value, what: &str| {
        let mut all = reports();
        all["reports"][1] = report.clone();
        let read = look_at_reports(&register, &all.to_string(), what).is_ok();
        assert_eq!(look_at_preview(&checked, &report.to_string(), what).is_ok(), read, "{what}");
        *(if read { &mut made } else { &mut refused }) += 1;
    };
    let values = [
        json!(NAME),
        json!(ASCII_NAME),
        json!(BORN),
        json!(PHONE),
        json!(NUMBER),
        json!([NAME]),
        json!([NAME, PHONE, NUMBER]),
        json!({NAME: PHONE}),
        json!({PHONE: 5}),
        json!({NUMBER: null}),
        json!({"members": NAME}),
        json!({"members": [PHONE]}),
        json!({"members": {NAME: NUMBER}}),
    ];
    for column in REPORT_TABLES[0].columns {
        for value in &values {
            // What is written like an identifier is shown, but not where somebody is meant.
            if [json!(ASCII_NAME), json!(BORN)].contains(value) && column.name != "by" {
                continue;
            }
            let mut changed = report.clone();
            changed[column.name] = value.clone();
            look(&changed, &format!("{} = {value}", column.name));
        }
    }
    for key in [NAME, PHONE, NUMBER] {
        for value in &values {
            let mut changed = report.clone();
            changed[key] = value.clone();
            look(&changed, "an unknown key");
            look(value, "a report");
            for map in ["figures", "prose"] {
                let mut changed = report.clone();
                changed[map][key] = value.clone();
                look(&changed, map);
            }
        }
    }
    // Texts alone may hold anything.
    assert!(made > 0 && refused > 200, "{made} {refused}");
}

#[test]
fn reports_written_wrongly() {
    let register = Register::from_json(&document().to_string()).unwrap();
    let checked = check(&register);
    let keys = r#""form": "team-monthly", "team": "t", "period": "2022-05""#;
    for rest in [
        format!(r#""figures": {{"{NAME}": 1, "{NAME}": 2}}"#),
        format!(r#""figures": {{"{PHONE}": 1, "{PHONE}": 1}}"#),
        format!(r#""figures": {{"members": {NUMBER}}}"#),
        format!(r#""figures": {{"members": 1{NUMBER}}}"#),
        format!(r#""figures": {{"members": -{NUMBER}}}"#),
        format!(r#""figures": {{"members": 1.{NUMBER}}}"#),
        format!(r#""prose": {{"{NAME}": "{NAME}", "{NAME}": "{NAME}"}}"#),
        format!(r#""prose": {{"x": "{NAME}", "x": "{PHONE}"}}"#),
        format!(r#""by": "{NAME}", "by": "{NAME}""#),
        format!(r#""{NAME}": 1, "{NAME}": 2"#),
        format!(r#""by": {NAME}"#),
        format!(r#""by": "{NAME}"#),
    ] {
        let report = format!("{{{keys}, {rest}}}");
        look_at_preview(&checked, &report, &rest).unwrap_err();
        look_at_reports(&register, &format!(r#"{{"reports": [{report}]}}"#), &rest).unwrap_err();
    }
    // Of short lines, since the number of a column is shown.
    let whole = serde_json::to_string_pretty(&reports()).unwrap();
    for length in (0..whole.len()).filter(|&length| whole.is_char_boundary(length)) {
        let cut = &whole[..length];
        look_at_reports(&register, cut, "a document cut off").unwrap_err();
        look_at_reports(&register, &format!("{cut}\n\"x"), "a wrong token").unwrap_err();
    }
    for length in 0..whole.len() {
        let cut = [&whole.as_bytes()[..length], b"\xff"].concat();
        is_clean_error(&Reports::from_json_bytes(&register, &cut).unwrap_err(), "no UTF-8");
    }
    for asked in [NAME, NUMBER, "0901234567", ""] {
        is_clean_error(&checked.departures(asked).unwrap_err(), "a form");
    }
}

/// Who is erased made out reports, and is in them by the identifier alone.
#[test]
fn reports_of_somebody_erased() {
    let register = Register::from_json(&told_apart().to_string()).unwrap();
    let mut plain = reports();
    plain["note"] = Value::Null;
    for row in plain["reports"].as_array_mut().unwrap() {
        row["prose"] = Value::Null;
    }
    let beside = register.with_reports(&Reports::from_json(&register, &plain.to_string()).unwrap()).unwrap();
    let erased = beside.erase("p-1").unwrap();
    assert_eq!(erased.reports_to_json(), beside.reports_to_json());
    let text = everything(&erased) + &erased.reports_to_json().unwrap() + &erased.reports_to_csv().unwrap();
    for mark in &marks(1)[..4] {
        assert!(everything(&beside).contains(mark) && !text.contains(mark), "{mark}");
    }
    let names = |register: &Register| -> Vec<_> {
        let checked = check(register);
        let findings = checked.findings(&Query::default()).unwrap();
        let own = findings.iter().filter(|finding| finding.code().starts_with('R'));
        own.map(|finding| json!(finding.data(Some((Locale::Vi, Names::Full))))).collect()
    };
    assert!(names(&beside).len() > 8);
    assert_eq!(names(&erased), names(&beside));
}
