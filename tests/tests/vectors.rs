//! Runs every file of `vectors/`: a case is a document, a call, and the answer word for word.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use cnscd::{Error, Locale, Names, PROBLEMS, Policy, Query, RULES, Register, When};
use serde_json::{Value, json};
use std::path::Path;

/// Every case below a path, its name behind that of its file.
fn cases(path: &Path, out: &mut Vec<(String, Value)>) {
    if let Ok(entries) = std::fs::read_dir(path) {
        return entries.for_each(|entry| cases(&entry.unwrap().path(), out));
    }
    let mut file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = file["cases"].as_array_mut().unwrap().drain(..);
    out.extend(cases.map(|case| (format!("{}: {}", path.display(), case["name"]), case)));
}

fn answer(case: &Value) -> Result<Value, Error> {
    let document = case["document"].as_str().map_or_else(|| case["register"].to_string(), Into::into);
    let register = Register::from_json(&document)?;
    let policy = Policy::preset(case["policy"].as_str().unwrap())?;
    let checked = register.check(&policy, case["as_of"].as_str().unwrap().parse().unwrap())?;
    let query = |key: &str| case["query"][key].as_str();
    let found = checked.findings(&Query {
        unit: query("unit").map(Into::into),
        code: query("code").map(Into::into),
        severity: query("severity").map(str::parse).transpose()?,
        when: query("when").map_or(Ok(When::Any), str::parse)?,
    })?;
    let data = |locale| found.iter().map(move |finding| json!(finding.data(Some((locale, Names::Hidden)))));
    let en = data(Locale::En).map(|finding| json!({"text": finding["text"], "remedy": finding["remedy"]}));
    Ok(json!({"findings": data(Locale::Vi).collect::<Value>(), "en": en.collect::<Value>()}))
}

#[test]
fn vectors() {
    let mut all = Vec::new();
    cases(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/vectors")), &mut all);
    for (name, case) in &all {
        let got = answer(case).unwrap_or_else(|error| match error.problems() {
            [] => json!({"error": error.code(), "message": error.to_string()}),
            problems => json!({"error": error.code(), "problems": problems}),
        });
        for (key, got) in got.as_object().unwrap() {
            assert!(case[key] == *got, "{name}\nexpected {key}: {:#}\n{key}: {got:#}", case[key]);
        }
    }
    let meets =
        |key, code| move |(_, case): &(_, Value)| case[key].to_string().contains(&format!("\"{code}\""));
    for rule in RULES {
        assert!(all.iter().any(meets("findings", rule.code)), "add vectors/rules/{}.json", rule.name);
    }
    for kind in PROBLEMS {
        assert!(all.iter().any(meets("problems", kind.code)), "add vectors/reader/{}.json", kind.code);
    }
}
