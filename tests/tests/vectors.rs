//! Runs every file of `vectors/`: a case is a document, a call, and the answer word for word.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use cnscd::{
    AgendaQuery, CompletenessQuery, DueRule, Error, Key, Locale, LunarDate, Names, PROBLEMS, Period, Policy,
    Query, RULES, Register, Reports, Scheme, Start, State, When,
};
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

/// The lunar day of a date, or of its numbers.
fn lunar(asked: &Value) -> Result<Value, Error> {
    let number = |key: &str| u32::try_from(asked[key].as_u64().unwrap()).unwrap();
    let day = if let Some(date) = asked["date"].as_str() {
        LunarDate::of(date.parse().unwrap())?
    } else {
        let (year, leap) = (number("year").cast_signed(), asked["leap"].as_bool().unwrap());
        LunarDate::new(year, number("month"), leap, number("day"))?
    };
    Ok(
        json!({"day": day, "date": day.date().to_string(), "vi": day.text(Locale::Vi), "en": day.text(Locale::En)}),
    )
}

/// A period, or the period of a day.
fn period(asked: &Value) -> Result<Value, Error> {
    let text = |key: &str| asked[key].as_str();
    let scheme: Scheme = text("scheme").unwrap().parse()?;
    if let Some(date) = text("at") {
        let frequency = text("frequency").unwrap().parse()?;
        return Ok(json!({"found": Period::at(frequency, date.parse().unwrap(), scheme)}));
    }
    let period: Period = text("of").unwrap().parse()?;
    let (first, last) = period.days(scheme).into_inner();
    let mut answer = json!({
        "frequency": period.frequency().word(),
        "first": first.to_string(),
        "last": last.to_string(),
        "next": period.next(),
        "previous": period.previous(),
        "vi": period.text(Locale::Vi),
        "en": period.text(Locale::En),
    });
    if let Some(into) = text("split") {
        answer["parts"] = json!(period.split(into.parse()?)?);
    }
    if let Some(last) = text("through") {
        answer["through"] = period.through(last.parse()?).map(|period| json!(period)).collect();
    }
    if let Some(dates) = asked["has"].as_array() {
        let has = |date: &Value| period.contains(date.as_str().unwrap().parse().unwrap(), scheme);
        answer["has"] = dates.iter().map(|date| json!(has(date))).collect();
    }
    Ok(answer)
}

/// What the calendar of a policy says.
fn calendar(asked: &Value, policy: &Policy) -> Result<Value, Error> {
    let calendar = policy.calendar();
    let text = |key: &str| asked[key].as_str();
    let date = |key: &str| cnscd::parse_day(text(key).unwrap());
    if text("day").is_some() {
        let day = calendar.day(date("day")?)?;
        return Ok(json!({"day": day.data(Some(Locale::Vi)), "en": day.text(Locale::En)}));
    }
    if text("adjust").is_some() {
        return Ok(
            json!({"date": calendar.adjust(date("from")?, text("adjust").unwrap().parse()?)?.to_string()}),
        );
    }
    if let Some(count) = asked["add"].as_i64() {
        return Ok(json!({"date": calendar.add(date("from")?, count)?.to_string()}));
    }
    Ok(json!({"count": calendar.count(date("from")?, date("to")?)?}))
}

/// The due day of a rule.
fn due(asked: &Value, policy: &Policy) -> Result<Value, Error> {
    let text = |key: &str| asked[key].as_str();
    if let Some(obligation) = text("obligation") {
        return Ok(json!(policy.due_of(obligation)?));
    }
    let number = |key: &str| asked[key].as_u64().map(|number| u32::try_from(number).unwrap());
    let day = text("day").map(cnscd::parse_day).transpose()?;
    let of = text("of").map(str::parse).transpose()?;
    let rule = DueRule::new(text("due").unwrap().parse()?, day, number("count"), of, number("months"))?;
    let start = match (text("start"), text("scheme")) {
        (Some(period), Some(scheme)) => Some(Start::Period(period.parse()?, scheme.parse()?)),
        (day, _) => day.map(cnscd::parse_day).transpose()?.map(Start::Day),
    };
    Ok(json!(policy.calendar().due(rule, text("adjust").unwrap().parse()?, start)?))
}

fn answer(case: &Value) -> Result<Value, Error> {
    if case["period"].is_object() {
        return period(&case["period"]);
    }
    if case["lunar"].is_object() {
        return lunar(&case["lunar"]);
    }
    let own = || Policy::from_json(&case["policy"].to_string());
    let policy = || case["policy"].as_str().map_or_else(own, Policy::preset);
    if case["calendar"].is_object() {
        return calendar(&case["calendar"], &policy()?);
    }
    if case["due_rule"].is_object() {
        return due(&case["due_rule"], &policy()?);
    }
    let document = case["document"].as_str().map_or_else(|| case["register"].to_string(), Into::into);
    let mut register = Register::from_json(&document)?;
    if let Some(reports) = case.get("reports") {
        let text = reports.as_str().map_or_else(|| reports.to_string(), Into::into);
        register = register.with_reports(&Reports::from_json(&register, &text)?)?;
    }
    let policy = policy()?;
    let mut checked = register.check(&policy, case["as_of"].as_str().unwrap().parse().unwrap())?;
    let mut edited = Vec::new();
    for changes in case["edits"].as_array().into_iter().flatten() {
        edited.push(json!(checked.edit(&changes.to_string())?.data(Some((Locale::Vi, Names::Hidden)))));
    }
    let query = |key: &str| case["query"][key].as_str();
    let found = checked.findings(&Query {
        unit: query("unit").map(Into::into),
        code: query("code").map(Into::into),
        severity: query("severity").map(str::parse).transpose()?,
        when: query("when").map_or(Ok(When::Any), str::parse)?,
    })?;
    let data = |locale| found.iter().map(move |finding| json!(finding.data(Some((locale, Names::Hidden)))));
    let en = data(Locale::En).map(|finding| json!({"text": finding["text"], "remedy": finding["remedy"]}));
    let mut answer = json!({"findings": data(Locale::Vi).collect::<Value>(), "en": en.collect::<Value>()});
    if !edited.is_empty() {
        answer["edited"] = edited.into();
    }
    if let Some(query) = case["agenda"].as_object() {
        let text = |key: &str| query.get(key).and_then(Value::as_str);
        let query = AgendaQuery {
            unit: text("unit").map(Into::into),
            team: text("team").map(Into::into),
            body: text("body").map(Into::into),
            from: text("from").map(cnscd::parse_day).transpose()?,
            until: text("until").map(cnscd::parse_day).transpose()?,
            by_unit: query.get("by_unit").is_some_and(|flag| flag == true),
            obligation: text("obligation").map(Into::into),
            state: text("state").map(str::parse).transpose()?,
            days: query.get("days").and_then(Value::as_u64).map(|days| days.try_into().unwrap()),
        };
        let steps = case["agenda"]["steps"] == true;
        let rows = checked.agenda(&query)?;
        answer["duties"] = rows.into_iter().map(|row| json!(row.data(Some(Locale::Vi), steps))).collect();
    }
    if case["completeness"].is_object() {
        let text = |key: &str| case["completeness"][key].as_str();
        let (unit, obligation) = (text("unit").map(Into::into), text("obligation").map(Into::into));
        let level = text("level").map(str::parse).transpose()?;
        let period = text("period").map(str::parse).transpose()?;
        answer["counts"] =
            json!(checked.completeness(&CompletenessQuery { unit, level, obligation, period })?);
    }
    if case["preview"].is_object() {
        let preview = checked.preview(&case["preview"].to_string())?;
        answer["previewed"] = json!(preview.data(Some((Locale::Vi, Names::Hidden))));
    }
    if let Some(form) = case["departures"].as_str() {
        answer["departed"] = json!(checked.departures(form)?);
    }
    if let Some(asked) = case["explain"].as_object() {
        let (unit, day) = (asked["unit"].as_str().unwrap(), asked["day"].as_str().unwrap());
        answer["explained"] = json!(policy.explain(&register, unit, day.parse().unwrap())?);
    }
    Ok(answer)
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
        let file = format!("rules/{}.json", rule.name);
        let mut own = all.iter().filter(|(name, _)| name.contains(&file)).peekable();
        assert!(own.peek().is_some(), "add vectors/{file}");
        assert!(own.clone().any(meets("findings", rule.code)), "{file}: no case in which it speaks");
        assert!(own.any(|case| !meets("findings", rule.code)(case)), "{file}: no case in which it is silent");
    }
    for key in Key::ALL {
        assert!(all.iter().any(meets("policy", key.word())), "add a case whose policy sets `{}`", key.word());
    }
    for state in State::ALL {
        assert!(
            all.iter().any(meets("duties", state.word())),
            "add a case of a duty that is {}",
            state.word()
        );
    }
    for kind in PROBLEMS {
        assert!(all.iter().any(meets("problems", kind.code)), "add vectors/reader/{}.json", kind.code);
    }
}
