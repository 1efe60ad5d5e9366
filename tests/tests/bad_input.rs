//! Whatever comes in, an error with a place or an answer goes out: no panic, no abort, no endless work.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use chrono::NaiveDate;
use cnscd::{AgendaQuery, Checked, Error, Locale, Names, Policy, Query, Register, RollUpQuery, TABLES, Type};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::ops::Range;

/// Reads a document; asks everything of a register, and the place of an error. Gives the number of findings.
fn look(document: &[u8], as_of: NaiveDate) -> Result<usize, Error> {
    let register = Register::from_json_bytes(document).inspect_err(|error| match error {
        Error::Syntax { line, .. } => assert!(*line > 0),
        other => assert!(!other.problems().is_empty() && !other.to_string().is_empty(), "{other:?}"),
    })?;
    let printed = register.to_json();
    assert_eq!(Register::from_json(&printed).unwrap().to_json(), printed);
    let checked = register.check(&Policy::preset("national-2022").unwrap(), as_of).unwrap();
    let findings = checked.findings(&Query::default()).unwrap();
    for finding in &findings {
        for locale in [Locale::Vi, Locale::En] {
            let data = json!(finding.data(Some((locale, Names::Full))));
            assert!(data["text"] != "" && data["remedy"] != "");
        }
    }
    checked.roll_up(&RollUpQuery::default()).unwrap();
    Ok(findings.len())
}

fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 12, 31).unwrap()
}

#[track_caller]
fn code(document: impl AsRef<[u8]>) -> &'static str {
    look(document.as_ref(), last_day()).unwrap_err().code()
}

/// The code and the place of each problem.
#[track_caller]
fn problems(document: &Value) -> Vec<String> {
    told(&look(document.to_string().as_bytes(), last_day()).unwrap_err())
}

fn told(error: &Error) -> Vec<String> {
    error.problems().iter().map(|problem| format!("{} {}", problem.code(), problem.place())).collect()
}

/// Two communes of the made-up province, with what they refer to: rows of every table but three.
fn sample() -> Value {
    let mut document: Value = serde_json::from_str(&benches::minh_hoa().0).unwrap();
    let is_here =
        |text: &Value| ["99007", "99009"].iter().any(|commune| text.as_str().unwrap().contains(commune));
    let seats = document["memberships"].as_array().unwrap().iter().filter(|row| is_here(&row["team"]));
    let seated: BTreeSet<String> = seats.map(|row| row["person"].as_str().unwrap().to_owned()).collect();
    let mut known: BTreeSet<(&str, String)> = BTreeSet::new();
    for table in TABLES {
        let Some(rows) = document[table.name].as_array_mut() else { continue };
        rows.retain(|row| {
            let key = row[table.columns[0].name].as_str().unwrap();
            let is_wanted = match table.name {
                "units" => key.len() < 5 || is_here(&json!(key)),
                "people" => seated.contains(key),
                _ => true,
            };
            let is_known =
                |to, id: &Value| to == table.name || known.contains(&(to, id.as_str().unwrap().into()));
            let is_whole = table.columns.iter().all(|column| match (column.kind, &row[column.name]) {
                (_, Value::Null) => true,
                (Type::Reference(to), id) => is_known(to, id),
                (Type::References(to), ids) => ids.as_array().unwrap().iter().all(|id| is_known(to, id)),
                _ => true,
            });
            if is_wanted && is_whole {
                known.insert((table.name, key.to_owned()));
            }
            is_wanted && is_whole
        });
    }
    document
}

/// A row or two of every table.
const SMALL: &str = r#"{
"note": "Không có thật.",
"units": [
{"code":"99001","name":"Xã Mẫu","kind":"xa","level":"commune","to":"2022-07-01"},
{"code":"99002","name":"Phường Mẫu","kind":"phuong","level":"commune","from":"2022-07-01","keep_capital":true},
{"code":"99001-01","name":"Thôn Đông","kind":"thon","level":"village","parent":"99001"}
],
"successions": [
{"day":"2022-07-01","old":"99001","new":"99002","extent":"continues","share":1000,"basis":"Nghị quyết"}
],
"attributes": [
{"unit":"99001","attribute":"households","from":"2022-01-01","value":12}
],
"bodies": [
{"id":"b","name":"UBND xã Mẫu","kind":"peoples_committee","unit":"99001","from":"2000-01-01"},
{"id":"b-2","name":"Đoàn xã","kind":"youth_union","parent":"b","to":"2022-09-01","successor":"b"}
],
"decisions": [
{"id":"d","number":"01/QĐ-UBND","body":"b","signed":"2022-04-05","announced":"2022-04-06","in_force":"2022-04-07","kind":"establish","attached_list":["99001-01"]},
{"id":"d-2","number":"02/QĐ-UBND","body":"b","signed":"2022-05-05","kind":"amend","subject":"Kiện toàn","amends":["d"],"replaces":["d"],"annuls":["d"]}
],
"teams": [
{"id":"bcd","name":"Ban Chỉ đạo","kind":"committee","unit":"99001","from":"2022-03-01"},
{"id":"t","kind":"community","unit":"99001","covers":["99001-01"],"parent":"bcd","committee":"bcd","decision":"d","mandates":["de_an_06"],"from":"2022-04-05","to":"2022-11-01"}
],
"suspensions": [
{"team":"t","from":"2022-06-01","to":"2022-06-10","decision":"d-2"}
],
"people": [
{"id":"p-1","name":"Người Thứ Nhất","born":"1980-02-29","sex":"male","phone":"0990000001","citizen_number":"099080000001"},
{"id":"p-2","name":"Người Thứ Hai","sex":"female"}
],
"residences": [
{"person":"p-1","unit":"99001-01","from":"2010-01-01","to":"2022-10-01"}
],
"affiliations": [
{"person":"p-2","organisation":"youth_union","from":"2015-01-01"}
],
"positions": [
{"person":"p-1","kind":"village_head","unit":"99001-01","body":"b","from":"2020-01-01","to":"2022-08-01","acting":true}
],
"memberships": [
{"team":"t","person":"p-1","role":"head","position":"village_head","on_behalf_of":"b","decision":"d","from":"2022-04-05","to":"2022-10-15","end_reason":"left"},
{"team":"t","person":"p-2","role":"deputy","acting":true,"from":"2022-04-05"}
]
}
"#;

#[test]
fn cut_off_anywhere() {
    assert_eq!(code(""), "syntax");
    let whole = sample().to_string();
    assert!(look(whole.as_bytes(), last_day()).unwrap() > 5);
    for length in (0..whole.len()).step_by(23) {
        assert_eq!(code(&whole.as_bytes()[..length]), "syntax");
    }
}

#[test]
fn nested_by_the_megabyte() {
    const DEPTH: usize = 1 << 20;
    let frames =
        ["", r#"{"units": "#, r#"{"units": ["#, r#"{"units": [{"code": "#, r#"{"teams": [{"covers": ["#];
    let others = [r#"{"note": "#, r#"{"other": "#, r#"{"units": [{"other": "#];
    for frame in frames.into_iter().chain(others) {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let opened = format!("{frame}{}", open.repeat(DEPTH));
            assert_eq!(code(&opened), "syntax", "{frame}{open}");
            let ends = frame.chars().rev().filter_map(|c| "[{".find(c).and_then(|at| "]}".get(at..=at)));
            let closed = format!("{opened}1{}{}", close.repeat(DEPTH), ends.collect::<String>());
            assert!(["invalid", "syntax"].contains(&code(closed)), "{frame}{open}");
        }
    }
}

#[test]
fn not_utf_8() {
    let error = look(b"{\n\"note\": \"\xff\"}", last_day()).unwrap_err();
    assert_eq!(error.to_string(), "line 2, column 10: invalid UTF-8");
    assert_eq!(code(b"\xff\xfe{\0}\0"), "syntax");
    assert_eq!(code(r#"{"note": "\ud800"}"#), "syntax");
    // A surrogate written as if it were UTF-8.
    assert_eq!(code(b"{\"note\": \"\xed\xa0\x80\"}"), "syntax");
}

fn commune() -> Value {
    json!({"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune"})
}

fn team(id: usize, parent: usize) -> Value {
    json!({"id": format!("t-{id}"), "kind": "community", "unit": "99001", "parent": format!("t-{parent}"), "from": "2022-04-05"})
}

#[test]
fn parents_without_end() {
    assert_eq!(problems(&json!({"units": [commune()], "teams": [team(1, 1)]})), ["cycle teams[0].parent"]);
    let chain = |last| {
        let teams: Vec<_> = (0..1000).map(|id| team(id, if id == 999 { last } else { id + 1 })).collect();
        json!({"units": [commune()], "teams": teams})
    };
    assert_eq!(problems(&chain(0)), ["cycle teams[0].parent"]);
    let mut open = chain(0);
    open["teams"][999].as_object_mut().unwrap().remove("parent");
    assert_eq!(
        look(open.to_string().as_bytes(), last_day()).unwrap(),
        2001,
        "no decision, no head; no village"
    );
}

#[test]
fn crowds() {
    let crowd = |count: usize| {
        let people: Vec<_> =
            (0..count).map(|n| json!({"id": format!("p-{n}"), "name": format!("Người {n}")})).collect();
        let members = (0..count)
            .map(|n| json!({"team": "t", "person": format!("p-{n}"), "role": "head", "from": "2022-04-05"}));
        let team = json!({"id": "t", "kind": "community", "unit": "99001", "from": "2022-04-05"});
        json!({"units": [commune()], "teams": [team], "people": people, "memberships": members.collect::<Vec<_>>()})
    };
    assert_eq!(problems(&crowd(1001)), ["too-many memberships[1000].team"]);
    let found = look(crowd(1000).to_string().as_bytes(), last_day()).unwrap();
    assert_eq!(found, 4, "no decision, 1,000 heads, no organisation, no village");
}

/// A policy whose community teams are wanted in a new way each day, in one commune or everywhere.
fn restless(days: i64, scope: Option<&str>) -> Value {
    let day = |n| last_day().checked_sub_signed(chrono::TimeDelta::days(n)).unwrap().to_string();
    let setting = |n: i64| {
        let level = if n % 2 == 0 { "village" } else { "commune" };
        json!({"key": "wanted_levels", "of": "community", "value": [level],
            "from": day(n + 1), "to": day(n), "scope": scope,
            "basis_vi": "Ví dụ", "basis_en": "An example", "force": "practice"})
    };
    json!({"name": "mau", "settings": (0..days).map(setting).collect::<Vec<_>>()})
}

#[test]
fn crowds_of_a_policy() {
    for scope in [None, Some("99001")] {
        assert_eq!(Policy::from_json(&restless(100, scope).to_string()).unwrap().name(), "mau");
        let error = Policy::from_json(&restless(101, scope).to_string()).unwrap_err();
        // The rows are looked at in the order of their days, and the last day stands first.
        assert_eq!(told(&error), ["too-many settings[0].key"]);
    }
    let obligation = |n: i32| {
        json!({"id": format!("mau-{n}"), "name_vi": "Mẫu", "name_en": "Sample", "level": "commune",
            "lead": "peoples_committee", "from": "2022-03-26", "due": "before", "day": "2022-04-30",
            "adjust": "none",
            "test": "decision_issued", "basis_vi": "Ví dụ", "basis_en": "An example", "force": "practice"})
    };
    let policy = |count| json!({"obligations": (0..count).map(obligation).collect::<Vec<_>>()}).to_string();
    assert!(Policy::from_json(&policy(1000)).is_ok());
    assert_eq!(told(&Policy::from_json(&policy(1001)).unwrap_err()), ["too-many obligations[1000].id"]);
}

#[test]
fn wide_teams() {
    let document = |count: usize| {
        let mut units = vec![commune()];
        units.extend((0..count).map(|n| {
            json!({"code": format!("99001-{n}"), "name": format!("Thôn {n}"), "kind": "thon",
                "level": "village", "parent": "99001", "from": format!("2022-{:02}-{:02}", n % 4 + 1, n % 28 + 1)})
        }));
        let covers: Vec<_> = (0..count).map(|n| format!("99001-{n}")).collect();
        // A name that is not to be found costs a look at all of them.
        let team = json!({"id": "t", "kind": "community", "unit": "99001", "name": "Tổ công nghệ số cộng đồng xã Khác",
            "from": "2022-05-05", "covers": covers});
        json!({"units": units, "teams": [team]})
    };
    assert!(look(document(999).to_string().as_bytes(), last_day()).is_ok());
    let mut wide = document(999);
    wide["teams"][0]["covers"] = json!((0..1001).map(|n| format!("99001-{}", n % 999)).collect::<Vec<_>>());
    assert_eq!(problems(&wide), ["too-many teams[0].covers"]);
}

/// What a checked document answers before and after one team was edited.
fn edited(mut document: Value, policy: &Policy) -> [usize; 2] {
    document["teams"] = json!([
        {"id": "t", "kind": "community", "unit": "99001", "from": "2022-01-01", "decision": "d0"}
    ]);
    document["bodies"] = json!([{"id": "b", "name": "UBND", "kind": "peoples_committee"}]);
    let register = Register::from_json(&document.to_string()).unwrap();
    let mut checked = register.check(policy, last_day()).unwrap();
    let before = checked.findings(&Query::default()).unwrap().len();
    let changes = json!([
        {"change": "teams", "where": {"id": "t"}, "set": {"name": "Tổ Mẫu"}},
        {"change": "decisions", "where": {"id": "d1"}, "set": {"kind": "dissolve"}}
    ]);
    checked.edit(&changes.to_string()).unwrap();
    let full = checked.register().check(policy, last_day()).unwrap();
    let after = checked.findings(&Query::default()).unwrap().len();
    assert_eq!(after, full.findings(&Query::default()).unwrap().len());
    [before, after]
}

/// Each unit above another has 400 versions: there are 25 billion ways up.
#[test]
fn many_versions_at_every_level() {
    let day = |n: u64| (NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::Days::new(n)).to_string();
    let (mut units, mut successions) = (Vec::new(), Vec::new());
    for (code, kind, level, parent) in [
        ("99", "tinh", "province", Value::Null),
        ("990", "huyen", "district", json!("99")),
        ("99001", "xa", "commune", json!("990")),
        ("99001-01", "thon", "village", json!("99001")),
    ] {
        for n in 0..400 {
            let [from, to] = [(n > 0).then(|| day(n)), (n < 399).then(|| day(n + 1))];
            units.push(json!({"code": code, "name": "Mẫu", "kind": kind, "level": level, "parent": parent, "from": from, "to": to}));
            successions
                .extend(from.map(|day| json!({"day": day, "old": code, "new": code, "extent": "continues"})));
        }
    }
    let obligation = |id: &str, test: &str| {
        json!({"id": id, "name_vi": "Mẫu", "name_en": "Sample", "level": "province", "lead": "peoples_committee",
            "from": "2022-01-01", "due": "before", "day": "2022-03-01", "adjust": "none", "test": test,
            "basis_vi": "Ví dụ", "basis_en": "An example", "force": "practice"})
    };
    let obligations = [obligation("a", "villages_covered"), obligation("b", "decision_issued")];
    let policy = Policy::from_json(&json!({"obligations": obligations}).to_string()).unwrap();
    let decisions = [0, 1].map(|n| {
        json!({"id": format!("d{n}"), "number": "12/QĐ-UBND", "body": "b", "signed": format!("202{n}-01-01"), "kind": "x"})
    });
    let document = json!({"units": units, "successions": successions, "decisions": decisions});
    assert_eq!(edited(document, &policy), [1, 1], "a duty overdue");
}

/// One decision replaces another many times, and many replace one.
#[test]
fn replaced_over_and_over() {
    let number = |n: usize| format!("{}/QĐ-UBND", n + 10);
    let mut decisions =
        vec![json!({"id": "d0", "number": number(0), "body": "b", "signed": "2022-01-01", "kind": "x"})];
    decisions.extend((1..3000).map(|n| {
        let day = NaiveDate::from_ymd_opt(2022, 1, 1).unwrap() + chrono::Days::new(n as u64 % 300);
        json!({"id": format!("d{n}"), "number": number(n), "body": "b", "signed": day.to_string(), "kind": "x", "replaces": ["d0"]})
    }));
    decisions[1]["replaces"] = json!(vec!["d0"; 100_000]);
    let policy = Policy::from_json("{}").unwrap();
    let document = json!({"units": [commune()], "decisions": decisions});
    assert_eq!(edited(document, &policy), [2, 2], "superseded, and no village");
}

/// Every key and value of the small document, one after the other, becomes something else.
#[test]
fn wrong_values_everywhere() {
    let bad = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5),
        json!(99001),
        json!(""),
        json!([]),
        json!({}),
        json!([[1]]),
    ];
    let bad = bad.iter().map(Value::to_string).chain([
        "\"2022-02-30\"".into(),
        "1e999".into(),
        "\"\\u0000\"".into(),
    ]);
    let bad: Vec<String> = bad.collect();
    let mut read = 0;
    for token in tokens(SMALL).into_iter().filter(|token| !",:[]{}".contains(&SMALL[token.clone()])) {
        for bad in &bad {
            let document = [&SMALL[..token.start], bad, &SMALL[token.end..]].concat();
            read += usize::from(look(document.as_bytes(), last_day()).is_ok());
        }
    }
    assert!(read > 50, "{read} of the changed documents could be read");
    assert_eq!(problems(&json!({"units": [commune(), commune()]})), ["overlap units[1].from"]);
    let day = json!({"units": [{"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune", "from": "2022-02-30"}]});
    assert_eq!(problems(&day), ["bad-day units[0].from"]);
}

/// The tokens of a JSON text.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at += 1;
        match bytes[start] {
            b'"' => {
                while bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            b if b.is_ascii_whitespace() => continue,
            b if b.is_ascii_alphanumeric() || b == b'-' => {
                at += bytes[at..]
                    .iter()
                    .take_while(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b))
                    .count();
            }
            _ => {}
        }
        tokens.push(start..at);
    }
    tokens
}

/// Marsaglia's xorshift, so that every run is the same.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % bound.max(1)
    }

    fn range(&mut self, length: usize, most: usize) -> Range<usize> {
        let start = self.below(length);
        start..(start + 1 + self.below(most)).min(length)
    }
}

/// One change: of bytes, of values of any key or of the same key, or of whole rows (a printed document has one a line).
fn mutate(text: &mut Vec<u8>, random: &mut Random) {
    let length = text.len();
    let kind = random.below(12);
    let pieces: Vec<_> = match kind {
        0 => return text[random.below(length)] ^= 1 << random.below(8),
        1 => return drop(text.drain(random.range(length, 32))),
        2 => {
            let piece = text[random.range(length, 64)].to_vec();
            let at = random.below(length);
            return drop(text.splice(at..at, piece));
        }
        3..=7 => {
            // An earlier change may have broken it.
            let json =
                std::str::from_utf8(text).ok().filter(|json| serde_json::from_str::<Value>(json).is_ok());
            let Some(json) = json else { return };
            let tokens = tokens(json);
            let keys = tokens.windows(3).filter(|three| json[three[1].clone()] == *":" && three[2].len() > 1);
            let values: Vec<_> = keys.map(|three| (&json[three[0].clone()], three[2].clone())).collect();
            let (key, _) = values[random.below(values.len())];
            values
                .iter()
                .filter(|(other, _)| kind == 3 || *other == key)
                .map(|(_, value)| value.clone())
                .collect()
        }
        _ => {
            let ends = text.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1);
            let ends: Vec<_> = ends.collect();
            ends.windows(2).map(|pair| pair[0]..pair[1]).collect()
        }
    };
    if pieces.is_empty() {
        return;
    }
    let [a, b] = [random.below(pieces.len()), random.below(pieces.len())].map(|at| pieces[at].clone());
    let (one, other) = (text[a.clone()].to_vec(), text[b.clone()].to_vec());
    match kind {
        // Swap them.
        3..=5 | 8 | 9 if a.start < b.start => {
            text.splice(b, one);
            text.splice(a, other);
        }
        10 => drop(text.drain(a)),
        // Put one in the place of the other.
        _ => drop(text.splice(a, other)),
    }
}

#[test]
fn ten_thousand_mutations() {
    let wholes =
        [sample().to_string(), SMALL.into()].map(|json| Register::from_json(&json).unwrap().to_json());
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut read = 0;
    for _ in 0..10_000 {
        let mut text = wholes[random.below(2)].clone().into_bytes();
        for _ in 0..=random.below(2) {
            mutate(&mut text, &mut random);
        }
        let as_of = [(1900, 1, 1), (2022, 4, 5), (2022, 12, 31), (2199, 12, 31)][random.below(4)];
        let as_of = NaiveDate::from_ymd_opt(as_of.0, as_of.1, as_of.2).unwrap();
        read += usize::from(look(&text, as_of).is_ok());
    }
    println!("{read} of 10000 mutations could be read");
    assert!((1000..9000).contains(&read), "{read} of 10000 mutations could be read");
}

/// A policy with rows of every table and every form of value.
const POLICY: &str = r#"{
"note": "Không có thật.",
"name": "mau",
"extends": "hai-duong-2022",
"settings": [
{"key":"min_members","of":"community","value":1,"from":"2022-05-01","to":"2022-09-01","scope":"99001","basis_vi":"Ví dụ","basis_en":"An example","force":"practice"},
{"key":"organisations","of":"community","value":["youth_union","womens_union"],"basis_vi":"Ví dụ","basis_en":"An example","force":"binding","verified":true},
{"key":"wanted_levels","of":"steering","value":["commune"],"scope":"99002","from":"2022-08-01","basis_vi":"Ví dụ","basis_en":"An example","force":"recommended"},
{"key":"roles","of":"committee","value":["head"],"basis_vi":"Ví dụ","basis_en":"An example","force":"practice"},
{"key":"resident","of":"community","value":null,"basis_vi":"Ví dụ","basis_en":"An example","force":"practice"},
{"key":"unit_kinds","of":"village","value":["thon"],"basis_vi":"Ví dụ","basis_en":"An example","force":"practice"}
],
"severities": [
{"rule":"no-head","severity":"off","basis_vi":"Ví dụ","basis_en":"An example","force":"practice"},
{"rule":"two-heads","severity":"info","from":"2022-05-01","to":"2022-07-01","scope":"99001-01","basis_vi":"Ví dụ","basis_en":"An example","force":"practice"},
{"rule":"duty-overdue","severity":"error","basis_vi":"Ví dụ","basis_en":"An example","force":"binding"}
],
"obligations": [
{"id":"set-up-teams","name_vi":"Thành lập Tổ","name_en":"Set up the teams","level":"commune","kinds":["xa"],"lead":"peoples_committee","supporting":["youth_union"],"from":"2022-03-26","due":"before","day":"2022-04-30","soon":7,"adjust":"none","test":"villages_covered","scope":"99001","basis_vi":"Ví dụ","basis_en":"An example","force":"binding"},
{"id":"other","name_vi":"Việc khác","name_en":"Another","level":"village","lead":"division","from":"2022-03-26","due":"on_or_before","day":"2022-12-31","adjust":"none","test":"decision_issued","basis_vi":"Ví dụ","basis_en":"An example","force":"practice"}
]
}
"#;

/// Reads a policy and checks with it; asks the place of an error.
fn look_at_policy(document: &[u8], register: &Register, as_of: NaiveDate) -> Result<usize, Error> {
    let Ok(text) = std::str::from_utf8(document) else { return Ok(0) };
    let policy = Policy::from_json(text).inspect_err(|error| match error {
        Error::Syntax { line, .. } => assert!(*line > 0),
        Error::UnknownPreset { .. } => {}
        other => assert!(!other.problems().is_empty() && !other.to_string().is_empty(), "{other:?}"),
    })?;
    assert_eq!(Policy::from_json(&policy.to_json()).unwrap().to_json(), policy.to_json());
    // Two codes of one unit may turn out to be set twice.
    let checked =
        register.check(&policy, as_of).inspect_err(|error| assert_eq!(error.code(), "contradiction"))?;
    for finding in checked.findings(&Query::default()).unwrap() {
        let data = json!(finding.data(Some((Locale::Vi, Names::Full))));
        assert!(data["text"] != "" && data["remedy"] != "");
    }
    checked.roll_up(&RollUpQuery::default()).unwrap();
    let agenda =
        checked.agenda(&AgendaQuery { unit: None, days: Some(u32::MAX), ..AgendaQuery::default() }).unwrap();
    let explained = policy.explain(register, "99001-01", as_of).map_or(0, |explained| explained.len());
    Ok(agenda.len() + explained)
}

#[test]
fn policies_with_wrong_values_everywhere() {
    let register = Register::from_json(SMALL).unwrap();
    let bad = [
        "null",
        "true",
        "-1",
        "1.5",
        "4294967295",
        "99001",
        "\"\"",
        "[]",
        "{}",
        "[[1]]",
        "[\"xa\"]",
        "\"2022-02-30\"",
        "1e999",
    ];
    let mut read = 0;
    for token in tokens(POLICY).into_iter().filter(|token| !",:[]{}".contains(&POLICY[token.clone()])) {
        for bad in bad {
            let document = [&POLICY[..token.start], bad, &POLICY[token.end..]].concat();
            read += usize::from(look_at_policy(document.as_bytes(), &register, last_day()).is_ok());
        }
    }
    assert!(read > 20, "{read} of the changed policies could be used");
}

#[test]
fn ten_thousand_mutations_of_policies() {
    let register = Register::from_json(SMALL).unwrap();
    let presets = Policy::PRESETS.iter().map(|name| Policy::preset(name).unwrap().to_json());
    let wholes: Vec<String> =
        presets.chain([POLICY.into(), Policy::from_json(POLICY).unwrap().to_json()]).collect();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut read = 0;
    for _ in 0..10_000 {
        let mut text = wholes[random.below(wholes.len())].clone().into_bytes();
        for _ in 0..=random.below(2) {
            mutate(&mut text, &mut random);
        }
        let as_of = [(1900, 1, 1), (2022, 4, 5), (2022, 12, 31), (2199, 12, 31)][random.below(4)];
        let as_of = NaiveDate::from_ymd_opt(as_of.0, as_of.1, as_of.2).unwrap();
        read += usize::from(look_at_policy(&text, &register, as_of).is_ok());
    }
    println!("{read} of 10000 mutations could be used");
    assert!((1000..9000).contains(&read), "{read} of 10000 mutations could be used");
}

/// Changes of the small document, of every table that has some, which can be made one after the other.
const CHANGES: &str = r#"[
{"add":"people","row":{"id":"p-3","name":"Người Thứ Ba","born":"1990-02-03","sex":"female","phone":"0990000003"}},
{"add":"decisions","row":{"id":"d-3","number":"03/QĐ-UBND","body":"b","signed":"2022-06-01","kind":"establish","replaces":["d-2"],"attached_list":["99001-01"]}},
{"add":"teams","row":{"id":"t-2","kind":"community","unit":"99001-01","covers":["99001-01"],"parent":"t","decision":"d-3","from":"2022-06-01"}},
{"add":"memberships","row":{"team":"t-2","person":"p-3","role":"head","acting":true,"from":"2022-06-01","to":"2022-08-01"}},
{"change":"memberships","where":{"team":"t-2","person":"p-3"},"set":{"acting":false,"position":"village_head","to":null}},
{"change":"people","where":{"id":"p-2"},"set":{"name":"Người Thứ Nhất","born":"1980-02-29","citizen_number":"099080000001"}},
{"end":"residences","where":{"person":"p-1","unit":"99001-01"},"to":"2022-05-01"},
{"change":"positions","where":{"person":"p-1","kind":"village_head","acting":true},"set":{"acting":null,"from":"1/2/2020"}},
{"end":"affiliations","where":{"person":"p-2"},"to":"2022-07-01"},
{"change":"suspensions","where":{"team":"t","from":"2022-06-01"},"set":{"to":"2022-06-20","decision":null}},
{"add":"declarations","row":{"team":"t","from":"2022-05-01","members":7}},
{"add":"excuses","row":{"obligation":"set-up-teams","unit":"99001","day":"2022-04-20","until":"2022-06-30","document":"45/UBND-VX"}},
{"change":"teams","where":{"id":"t"},"set":{"committee":null,"covers":[],"mandates":["x"]}},
{"end":"teams","where":{"id":"t-2"},"to":"2022-12-01"},
{"change":"decisions","where":{"id":"d"},"set":{"signed":"2022-04-01","attached_list":null}}
]"#;

fn asked(checked: &Checked) -> (String, Value) {
    let findings = checked.findings(&Query::default()).unwrap();
    let data: Vec<_> = findings.iter().map(|finding| json!(finding.data(None))).collect();
    let agenda = checked.agenda(&AgendaQuery::default()).unwrap();
    let duties: Vec<_> = agenda.into_iter().map(|row| json!(row.data(None, false))).collect();
    (
        checked.register().to_json(),
        json!([data, duties, checked.roll_up(&RollUpQuery::default()).unwrap().rows]),
    )
}

/// Makes changes; what cannot be made changes nothing, and after what can, the answers are those of a full check.
fn look_at_edit(
    changes: &str,
    before: &Checked,
    asked_before: &(String, Value),
    policy: &Policy,
) -> Result<usize, Error> {
    let mut checked = before.clone();
    let edited = checked.edit(changes).map(|edited| edited.gone().count() + edited.new().count());
    match &edited {
        Err(Error::Syntax { line, .. }) => assert!(*line > 0),
        Err(error) => {
            let places = error.problems().iter().map(|problem| problem.place().to_string());
            assert!(
                !error.problems().is_empty() && places.into_iter().all(|place| place.starts_with("changes[")),
                "{error}"
            );
        }
        Ok(_) => {
            let (text, answers) = asked(&checked);
            let full = Register::from_json(&text).unwrap().check(policy, last_day()).unwrap();
            assert_eq!((text, answers), asked(&full), "{changes}");
        }
    }
    if edited.is_err() {
        assert_eq!(asked(&checked), *asked_before, "{changes}");
    }
    edited
}

#[test]
fn edits_with_wrong_values_everywhere() {
    let policy = Policy::from_json(POLICY).unwrap();
    let checked = Register::from_json(SMALL).unwrap().check(&policy, last_day()).unwrap();
    let before = asked(&checked);
    assert!(look_at_edit(CHANGES, &checked, &before, &policy).unwrap() > 10);
    let bad =
        ["null", "true", "-1", "99001", "\"\"", "[]", "{}", "[[1]]", "\"2022-02-30\"", "\"p-1\"", "1e999"];
    let mut made = 0;
    for token in tokens(CHANGES).into_iter().filter(|token| !",:[]{}".contains(&CHANGES[token.clone()])) {
        for bad in bad {
            let changes = [&CHANGES[..token.start], bad, &CHANGES[token.end..]].concat();
            made += usize::from(look_at_edit(&changes, &checked, &before, &policy).is_ok());
        }
    }
    assert!(made > 20, "{made} of the changed edits could be made");
    for cut in (0..CHANGES.len()).filter(|&cut| CHANGES.is_char_boundary(cut)) {
        assert_eq!(look_at_edit(&CHANGES[..cut], &checked, &before, &policy).unwrap_err().code(), "syntax");
    }
    for (open, close) in [("[", "]"), (r#"{"add":"#, "}"), (r#"{"add":"people","row":"#, "}")] {
        let nested = format!("{}1{}", open.repeat(1 << 20), close.repeat(1 << 20));
        assert_eq!(look_at_edit(&nested, &checked, &before, &policy).unwrap_err().code(), "syntax");
    }
}

#[test]
fn ten_thousand_mutations_of_edits() {
    let policy = Policy::from_json(POLICY).unwrap();
    let checked = Register::from_json(SMALL).unwrap().check(&policy, last_day()).unwrap();
    let before = asked(&checked);
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut made = 0;
    for _ in 0..10_000 {
        let mut text = CHANGES.as_bytes().to_vec();
        for _ in 0..=random.below(2) {
            mutate(&mut text, &mut random);
        }
        if let Ok(text) = std::str::from_utf8(&text) {
            made += usize::from(look_at_edit(text, &checked, &before, &policy).is_ok());
        }
    }
    println!("{made} of 10000 mutations could be made");
    assert!((1000..9000).contains(&made), "{made} of 10000 mutations could be made");
}

/// Obligations that come back each week for a century: an error, and at once.
#[test]
fn obligations_without_end() {
    let weekly = |n: usize| {
        json!({"id": format!("o{n}"), "name_vi": "Ví dụ", "name_en": "An example", "level": "commune", "lead": "peoples_committee",
            "from": "1995-01-01", "every": "week", "scheme": "calendar", "due": "after", "count": 2, "of": "working_days",
            "adjust": "none", "test": "recorded", "basis_vi": "Ví dụ", "basis_en": "An example", "force": "practice"})
    };
    let policy = |n| {
        let rows: Vec<_> = (0..n).map(weekly).collect();
        let document = json!({"extends": "vietnam-calendar", "obligations": rows});
        Policy::from_json(&document.to_string()).unwrap()
    };
    let check = |n, day: &str| Register::from_json("{}").unwrap().check(&policy(n), day.parse().unwrap());
    assert!(check(3, "2100-12-31").is_ok());
    let error = check(4, "2100-12-31").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the obligations of the policy come back more than 20000 times by the day asked; give them an end in `to`"
    );
    assert_eq!(check(999, "2000-01-01").unwrap_err().code(), "too-many-terms");
    let ahead = AgendaQuery { days: Some(u32::MAX), ..AgendaQuery::default() };
    let checked = check(4, "1996-01-01").unwrap();
    assert_eq!(checked.agenda(&ahead).err().map(|error| error.code()), Some("too-many-terms"));
}
