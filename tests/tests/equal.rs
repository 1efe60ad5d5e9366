//! Writes 1,000 random registers, each with a policy, reports and edits, and what Rust answers, to `out/equal.jsonl`. The tests of the other two
//! languages read that file and answer word for word the same. The registers are the same in every run.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use chrono::{Datelike, Days, NaiveDate};
use cnscd::{
    AgendaQuery, Checked, CompletenessQuery, Error, Locale, Names, Policy, Query, RULES, Register, Reports,
    RollUpQuery, TABLES, TeamQuery,
};
use conformance::EDITABLE;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

const CASES: usize = 1000;

/// Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % bound.max(1)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }

    /// One of the items, or nothing once in `n` times.
    fn or_not<T: Clone + Into<Value>>(&mut self, n: usize, items: &[T]) -> Value {
        if items.is_empty() || self.one_in(n) { Value::Null } else { self.of(items).into() }
    }

    fn day(&mut self, from: usize, days: usize) -> String {
        let start = NaiveDate::from_ymd_opt(2022, 1, 1).unwrap();
        let day = start + Days::new(u64::try_from(from + self.below(days)).unwrap());
        if self.one_in(4) { format!("{}/{}/{}", day.day(), day.month(), day.year()) } else { day.to_string() }
    }

    /// A first day, and an end or none.
    fn span(&mut self) -> (String, Value) {
        let from = self.below(300);
        let to = if self.one_in(2) { json!(self.day(from + 1, 200)) } else { Value::Null };
        (self.day(from, 1), to)
    }
}

/// How many rows a register has of what others refer to.
struct World {
    units: Vec<Value>,
    counts: [usize; 5],
}

const OBLIGATIONS: [&str; 5] = ["set-up-teams", "issue-decision", "report", "train", "other"];
const PERIODS: [&str; 8] =
    ["2022-03", "2022-04", "2022-05", "2022-06", "2022-Q1", "2022-Q2", "2022-W18", "2022"];
const ROLES: [&str; 6] = ["head", "deputy", "member", "member", "secretary", "standing_deputy"];
const POSITIONS: [&str; 4] = ["village_head", "youth_branch_secretary", "party_cell_secretary", "teacher"];
const ORGANISATIONS: [&str; 3] = ["youth_union", "womens_union", "farmers_union"];
const NAMES: [&str; 5] =
    ["Trần Mẫu Hòa", "TRẦN Mẫu Hoà", "Trần Mẫu Hoa", "Đỗ Thị \"Mẫu\"", "Lê Mẫu \u{1e4e}\\"];

impl World {
    fn new(random: &mut Random) -> Self {
        let mut units = vec![
            json!({"code": "99", "name": "Tỉnh Minh Họa", "kind": "tinh", "level": "province"}),
            json!({"code": "991", "name": "Huyện Mẫu", "kind": "huyen", "level": "district", "parent": "99"}),
        ];
        for commune in 1..=1 + random.below(3) {
            let code = format!("9900{commune}");
            let kind = random.of(&["xa", "phuong", "xa"]);
            units.push(json!({"code": code, "name": format!("Xã Mẫu {commune}"), "kind": kind, "level": "commune", "parent": "991"}));
            for village in 0..random.below(4) {
                let name = random.of(&["Thôn Đông", "Thôn Tây", "thôn  Nam", "Tổ dân phố 7"]);
                let from = if random.one_in(15) { json!(random.day(0, 90)) } else { Value::Null };
                units.push(whole(&json!({"code": format!("{code}-{village}"), "name": name, "kind": "thon", "level": "village", "parent": code, "from": from})));
            }
        }
        let [bodies, decisions, teams] = [1 + random.below(3), random.below(4), 1 + random.below(5)];
        let counts = [bodies, decisions, teams, 2 + random.below(6), random.below(4)];
        Self { units, counts }
    }

    fn ids(&self, table: usize, letter: char) -> Vec<String> {
        (0..self.counts[table]).map(|n| format!("{letter}{n}")).collect()
    }

    fn codes(&self, least: usize) -> Vec<String> {
        let codes = self.units.iter().map(|unit| unit["code"].as_str().unwrap().to_owned());
        codes.filter(|code| code.len() >= least).collect()
    }

    /// The unit that owes or did something, or the team.
    fn debtor(&self, random: &mut Random) -> (Value, Value) {
        if random.one_in(2) {
            (random.of(&self.codes(0)).into(), Value::Null)
        } else {
            (Value::Null, random.of(&self.ids(2, 't')).into())
        }
    }

    /// A random row; its identifier is the letter of its table and `n`.
    fn row(&self, table: &str, n: usize, random: &mut Random) -> Value {
        let (bodies, decisions) = (self.ids(0, 'b'), self.ids(1, 'd'));
        let (teams, people, events) = (self.ids(2, 't'), self.ids(3, 'p'), self.ids(4, 'e'));
        let before = |ids: &[String]| ids[..n.min(ids.len())].to_vec();
        let some = |random: &mut Random, items: Vec<String>| -> Vec<String> {
            items.into_iter().filter(|_| random.one_in(3)).collect()
        };
        let (from, to) = random.span();
        let places = self.codes(5 * random.below(2));
        whole(&match table {
            "bodies" => {
                json!({"id": format!("b{n}"), "name": format!("UBND {n}"), "kind": random.of(&["peoples_committee", "peoples_committee", "youth_union"]), "unit": random.of(&self.codes(0))})
            }
            "decisions" => {
                json!({"id": format!("d{n}"), "number": format!("{}/QĐ-UBND", 10 + random.below(6)), "body": random.of(&bodies), "signed": random.day(0, 300), "in_force": if random.one_in(3) { json!(random.day(0, 330)) } else { Value::Null }, "kind": "establish", "replaces": some(random, before(&decisions)), "attached_list": some(random, self.codes(6))})
            }
            "teams" => {
                json!({"id": format!("t{n}"), "name": random.or_not(2, &["Tổ Mẫu", "Tổ công nghệ số cộng đồng thôn Đông"]), "kind": random.of(&["community", "community", "community", "steering", "committee"]), "unit": random.of(&places), "covers": some(random, self.codes(6)), "parent": random.or_not(2, &before(&teams)), "committee": random.or_not(5, &before(&teams[..1])), "decision": random.or_not(3, &decisions), "from": from, "to": to})
            }
            "suspensions" => json!({"team": random.of(&teams), "from": from, "to": to}),
            "declarations" => json!({"team": random.of(&teams), "from": from, "members": random.below(6)}),
            "events" => {
                let (unit, team) = self.debtor(random);
                json!({"id": format!("e{n}"), "obligation": random.of(&OBLIGATIONS), "unit": unit, "team": team, "day": random.day(60, 200)})
            }
            "excuses" => {
                let mut rarely =
                    |items: &[String]| if random.one_in(4) { random.or_not(9, items) } else { Value::Null };
                let [team, period, event] = [&teams[..], &PERIODS.map(Into::into), &events].map(&mut rarely);
                json!({"obligation": random.of(&OBLIGATIONS), "unit": random.of(&self.codes(0)), "team": team, "period": period, "event": event, "day": random.day(60, 80), "until": if random.one_in(3) { Value::Null } else { json!(random.day(100, 250)) }, "document": format!("{}/UBND-VX", random.below(90))})
            }
            "completions" => {
                let (unit, team) = self.debtor(random);
                let person = if team.is_null() { Value::Null } else { random.or_not(2, &people) };
                json!({"obligation": random.of(&OBLIGATIONS[1..]), "unit": unit, "team": team, "person": person, "period": random.or_not(3, &PERIODS), "event": random.or_not(3, &events), "day": random.day(60, 240)})
            }
            "people" => {
                json!({"id": format!("p{n}"), "name": random.of(&NAMES), "born": random.or_not(3, &["1990-02-03", "03/2/1990", "1960-12-31", "2001-01-01"]), "sex": random.or_not(3, &["male", "female"]), "phone": random.or_not(2, &["0912 345 678", "091234", "+84 24 3823 4567"]), "citizen_number": random.or_not(2, &["001090000001", "001190000001", "00109000", "001 060 000 001"])})
            }
            "residences" => {
                json!({"person": random.of(&people), "unit": random.of(&self.codes(5)), "from": random.or_not(2, &[from]), "to": to})
            }
            "affiliations" => {
                json!({"person": random.of(&people), "organisation": random.of(&ORGANISATIONS), "from": random.or_not(2, &[from]), "to": to})
            }
            "positions" => {
                json!({"person": random.of(&people), "kind": random.of(&POSITIONS), "unit": random.or_not(2, &self.codes(5)), "from": from, "to": to, "acting": random.one_in(5)})
            }
            "memberships" => {
                json!({"team": random.of(&teams), "person": random.of(&people), "role": random.of(&ROLES), "acting": random.one_in(6), "position": random.or_not(2, &POSITIONS), "on_behalf_of": random.or_not(2, &bodies), "decision": random.or_not(2, &decisions), "from": from, "to": to, "end_reason": random.or_not(2, &["left", "died"])})
            }
            _ => unreachable!("{table}"),
        })
    }

    fn document(&self, random: &mut Random) -> Value {
        let mut document = json!({"note": "Made up.", "units": self.units});
        for table in TABLES.iter().map(|table| table.name) {
            let count = match table {
                "units" | "successions" | "attributes" => continue,
                "bodies" => self.counts[0],
                "decisions" => self.counts[1],
                "teams" => self.counts[2],
                "people" => self.counts[3],
                "events" => self.counts[4],
                "memberships" => 2 + random.below(12),
                _ => random.below(4),
            };
            let rows: Vec<_> = (0..count).map(|n| self.row(table, n, random)).collect();
            if count > 0 {
                document[table] = rows.into();
            }
        }
        document
    }

    /// One change: a new row, some values of a new row for an old one, or an end. Not all of them can be made.
    fn change(&self, document: &Value, number: usize, random: &mut Random) -> Value {
        // Memberships more often than the others.
        let mut editable = EDITABLE.to_vec();
        editable.push("memberships");
        let table = random.of(&editable);
        let fresh = self.row(table, number, random);
        let rows = document[table].as_array().map_or(&[][..], |rows| rows);
        if rows.is_empty() || random.one_in(3) {
            return json!({"add": table, "row": fresh});
        }
        let row = random.of(rows);
        let wanted = if row["id"].is_string() { json!({"id": row["id"]}) } else { row.clone() };
        if row["from"].is_string() && random.one_in(3) {
            return json!({"end": table, "where": wanted, "to": random.day(60, 300)});
        }
        let columns: Vec<_> = fresh.as_object().unwrap().keys().filter(|key| *key != "id").collect();
        let mut set = json!({});
        for _ in 0..=random.below(2) {
            let column = random.of(&columns);
            set[column] = if random.one_in(6) { Value::Null } else { fresh[column].clone() };
        }
        json!({"change": table, "where": wanted, "set": set})
    }
}

/// A row without what is absent.
fn whole(row: &Value) -> Value {
    let absent = |value: &Value| value.is_null() || *value == json!([]) || *value == json!(false);
    let pairs = row.as_object().unwrap().iter().filter(|(_, value)| !absent(value));
    Value::Object(pairs.map(|(key, value)| (key.clone(), value.clone())).collect())
}

/// The name of a preset, or a document.
fn policy(random: &mut Random) -> String {
    if random.one_in(3) {
        return random.of(Policy::PRESETS).to_owned();
    }
    let basis = |random: &mut Random, mut row: Value| {
        let (from, to) = random.span();
        row["from"] = if random.one_in(2) { json!(from) } else { Value::Null };
        row["to"] = if random.one_in(3) { to } else { Value::Null };
        row["scope"] = random.or_not(2, &["99", "991", "99001", "99001-0", "98"]);
        row["basis_vi"] = json!("Ví dụ");
        row["basis_en"] = json!("An example");
        row["force"] = json!(random.of(&["binding", "recommended", "practice"]));
        row["verified"] = json!(random.one_in(2));
        whole(&row)
    };
    let kinds = ["community", "community", "steering", "committee"];
    let counts = ["min_members", "max_members", "min_deputies", "max_deputies", "young_age", "wanted_days"];
    let days = ["acting_days", "declared_days", "head_grace_days", "teams_per_person", "unit_end_days"];
    let settings: Vec<_> = (0..random.below(5))
        .map(|_| {
            let of = random.of(&kinds);
            let row = match random.below(7) {
                0 => json!({"key": random.of(&counts), "of": of, "value": random.below(6)}),
                1 => json!({"key": random.of(&days), "value": 1 + random.below(60)}),
                2 => json!({"key": random.of(&["head_positions", "deputy_positions"]), "of": of, "value": [random.of(&POSITIONS), "village_head"]}),
                3 => json!({"key": "organisations", "of": of, "value": [random.of(&ORGANISATIONS)]}),
                4 => json!({"key": "wanted_levels", "of": of, "value": random.of(&[json!(["village"]), json!(["district", "commune"]), Value::Null])}),
                5 => json!({"key": "roles", "of": of, "value": ["head", random.of(&ROLES)]}),
                _ => json!({"key": random.of(&["resident", "represents", "decision_wanted"]), "of": of, "value": random.or_not(2, &[true])}),
            };
            let mut row = basis(random, row);
            // What is absent asks nothing; where the key stands twice, the document is refused.
            row["of"] = row.get("of").cloned().unwrap_or_default();
            row
        })
        .collect();
    let severities: Vec<_> = (0..random.below(4))
        .map(|_| {
            let rule = RULES[random.below(RULES.len())].name;
            let severity = random.of(&["off", "info", "info", "warning", "warning", "error"]);
            basis(random, json!({"rule": rule, "severity": severity}))
        })
        .collect();
    let extends = random.or_not(4, Policy::PRESETS);
    let mut obligations: Vec<_> = (0..random.below(5))
        .map(|n| {
            // Some have the name of the one before, for another scope.
            let n = if n == 3 { 2 } else { n };
            let mut row = basis(random, json!({"id": OBLIGATIONS[n]}));
            let to = row.as_object_mut().unwrap().remove("to");
            let cells = obligation(n, to, !extends.is_null(), random);
            row.as_object_mut().unwrap().extend(cells.as_object().unwrap().clone());
            whole(&row)
        })
        .collect();
    if let [_, _, other, own, ..] = obligations.as_slice()
        && own.get("scope") == other.get("scope")
    {
        obligations.remove(3);
    }
    json!({"name": "ours", "extends": extends, "settings": settings, "severities": severities, "obligations": obligations}).to_string()
}

/// What an obligation asks, of whom, how often and by when; the first two come once.
fn obligation(n: usize, to: Option<Value>, has_calendar: bool, random: &mut Random) -> Value {
    let kind = random.below(if n < 2 { 2 } else { 6 });
    let who = if kind == 4 { "member" } else { random.of(&["unit", "team", "member"]) };
    let own = random.of(&["villages_covered", "decision_issued"]);
    let is_counted = kind == 0 || kind == 1 && who == "unit" && random.one_in(2);
    let mut row = json!({
        "name_vi": "Thành lập Tổ", "name_en": "Set up the teams", "lead": "peoples_committee",
        "level": random.of(&["district", "commune", "village"]), "from": random.day(50, 60), "adjust": "none",
        "test": if is_counted { own } else { "recorded" },
    });
    if random.one_in(3) {
        row["remind"] = json!(1 + random.below(5));
    } else {
        row["soon"] = json!(random.below(30));
    }
    if kind > 0 {
        row["who"] = json!(who);
        let kinds = ["community", "community", "steering"];
        row["teams"] = if who == "unit" { Value::Null } else { random.or_not(2, &kinds) };
    }
    if kind > 1 {
        row["to"] = to.unwrap_or_default();
    }
    match kind {
        2 | 3 => {
            row["every"] = json!(random.of(&["month", "month", "quarter", "week", "year"]));
            row["scheme"] = json!(random.of(&["administrative", "calendar"]));
        }
        4 => row["on"] = json!("appointment"),
        5 => row["on"] = json!("event"),
        _ => {}
    }
    // What does not come once names no day.
    let due = match random.below(if kind > 1 { 4 } else { 6 }) {
        0 => json!({"due": "month_day", "count": 1 + random.below(31), "months": 1 + random.below(3)}),
        1 => json!({"due": "month_end", "months": random.below(3)}),
        2 => json!({"due": "after", "count": 1 + random.below(60), "of": "days"}),
        3 if has_calendar => json!({
            "due": "after", "count": 1 + random.below(60), "of": "working_days",
            "adjust": random.of(&["following", "preceding"]),
        }),
        _ if kind > 1 => json!({"due": "after", "count": 1 + random.below(8), "of": "weeks"}),
        _ => json!({"due": random.of(&["before", "on_or_before"]), "day": random.day(110, 120)}),
    };
    row.as_object_mut().unwrap().extend(due.as_object().unwrap().clone());
    row
}

const FIGURES: [&str; 9] = [
    "members",
    "members_young",
    "outreach_sessions",
    "outreach_attendance",
    "households_guided",
    "people_guided",
    "guidance_occurrences",
    "feedback_received",
    "province_app_accounts",
];

/// The others that the preset form requires.
const REQUIRED: [&str; 8] = [
    "members_trained",
    "people_guided_public_service",
    "online_files_assisted",
    "eid_activated",
    "epayment_accounts",
    "digital_stalls",
    "adults_digital_skills",
    "feedback_resolved",
];

/// A report of a team or a commune, on the preset form but sometimes; what it says follows the month before more often than not.
fn report(teams: &[Value], month: usize, last: &mut BTreeMap<String, usize>, random: &mut Random) -> Value {
    let mut figures = serde_json::Map::new();
    for name in FIGURES {
        let drawn = random.below(12) + if name == "households_guided" { 4 * month } else { 0 };
        let figure = *last
            .entry(name.into())
            .and_modify(|old| *old = if drawn.is_multiple_of(4) { drawn } else { *old })
            .or_insert(drawn);
        if !random.one_in(12) {
            figures.insert(name.into(), json!(if random.one_in(30) { figure * 40 } else { figure }));
        }
    }
    if random.one_in(15) {
        figures.insert("mistyped".into(), json!(random.below(9)));
    }
    if random.one_in(9) {
        let all = FIGURES.iter().chain(&REQUIRED);
        figures = all.map(|name| ((*name).to_owned(), json!(0))).collect();
    }
    let missing: Vec<_> = FIGURES.into_iter().filter(|name| !figures.contains_key(*name)).collect();
    let team = random.of(teams)["id"].clone();
    let is_commune = random.one_in(9);
    let early = random.below(9);
    whole(&json!({
        "form": random.of(&["team-monthly", "team-monthly", "team-monthly", "team-monthly", "team-monthly", "sheet"]),
        "version": if random.one_in(12) { json!(1 + random.below(2)) } else { Value::Null },
        "period": if random.one_in(15) { "2022-Q1".to_owned() } else { format!("2022-{month:02}") },
        "unit": if is_commune { json!("99001") } else { Value::Null },
        "team": if is_commune { Value::Null } else { team },
        "kind": if random.one_in(12) { json!("thematic") } else { Value::Null },
        "revision": if random.one_in(12) { json!(2) } else { Value::Null },
        "received": random.day(31 * month - early, 30),
        "state": random.or_not(2, &["submitted", "approved", "returned", "draft"]),
        "figures": figures,
        "not_applicable": if random.one_in(4) { json!(missing) } else { Value::Null },
        "estimates": if random.one_in(4) { json!(["members", "people_guided"]) } else { Value::Null },
        "confirmed": if random.one_in(6) { json!(["nothing-happened", "people-within-occurrences"]) } else { Value::Null },
        "prose": if random.one_in(6) { json!({"difficulties": "Không có thật."}) } else { Value::Null },
    }))
}

/// Some months of reports, of which a few cannot be read; and one that is not kept.
fn reports(document: &Value, random: &mut Random) -> (Value, Value) {
    let teams = document["teams"].as_array().cloned().unwrap_or_default();
    if teams.is_empty() || random.one_in(4) {
        return (Value::Null, Value::Null);
    }
    // A few teams, so that their reports follow each other.
    let teams = &teams[..teams.len().min(1 + random.below(3))];
    let mut last = BTreeMap::new();
    let mut rows = Vec::new();
    for month in 1..=11 {
        for _ in 0..=random.below(2) {
            rows.push(report(teams, month, &mut last, random));
        }
    }
    if random.one_in(20) {
        rows.push(json!({"form": "team-monthly", "team": "nobody", "period": "2022-13", "figures": {"members": -1}}));
    }
    (
        json!(json!({"note": "Không có thật.", "reports": rows}).to_string()),
        report(teams, 12, &mut last, random),
    )
}

/// What is found; everything else that can be asked, too, at the end.
fn answers(checked: &Checked, names: Names, last: bool) -> Value {
    let findings = checked.findings(&Query::default()).unwrap();
    let data = |locale| findings.iter().map(move |finding| json!(finding.data(Some((locale, names)))));
    let roll_up = checked.roll_up(&RollUpQuery::default()).unwrap().rows;
    let mut answers = json!({"vi": data(Locale::Vi).collect::<Value>(), "roll_up": roll_up});
    if last {
        let en = data(Locale::En).map(|finding| json!([finding["text"], finding["remedy"]]));
        answers["en"] = en.collect();
        let agenda = |days| -> Value {
            let rows = checked.agenda(&AgendaQuery { days, ..AgendaQuery::default() }).unwrap();
            rows.into_iter().map(|row| json!(row.data(Some(Locale::Vi), true))).collect()
        };
        answers["agenda"] = agenda(None);
        answers["ahead"] = agenda(Some(45));
        answers["completeness"] = json!(checked.completeness(&CompletenessQuery::default()).unwrap());
        answers["teams"] = json!(checked.teams(&TeamQuery::default()).unwrap());
        answers["unknown_scopes"] = json!(checked.unknown_scopes());
        answers["unknown_attributes"] = json!(checked.unknown_attributes());
        answers["document"] = checked.register().to_json().into();
        answers["reports"] = checked.register().reports_to_json().into();
    }
    answers
}

fn told(error: &Error) -> Value {
    json!({"error": error.code(), "message": error.to_string(), "problems": error.problems()})
}

/// The answers of a case, one after the other; the first error ends them unless it is that of an edit.
fn answer(case: &Value, out: &mut Vec<Value>) -> Result<(), Error> {
    let text = |key: &str| case[key].as_str().unwrap();
    let mut register = Register::from_json(text("document"))?;
    if let Some(reports) = case["reports"].as_str() {
        register = register.with_reports(&Reports::from_json(&register, reports)?)?;
    }
    let policy = text("policy");
    let policy = if policy.starts_with('{') { Policy::from_json(policy) } else { Policy::preset(policy) }?;
    let (as_of, names): (NaiveDate, Names) = (text("as_of").parse().unwrap(), text("names").parse()?);
    let mut checked = register.check(&policy, as_of)?;
    out.push(answers(&checked, names, false));
    for changes in case["edits"].as_array().unwrap() {
        let edited = checked.edit(&changes.to_string());
        out.push(
            edited.map_or_else(|error| told(&error), |edited| json!(edited.data(Some((Locale::Vi, names))))),
        );
    }
    out.push(answers(&checked, names, true));
    out.push(json!(checked.register().erase("p0")?.to_json()));
    if case["preview"].is_object() {
        out.push(json!(checked.preview(&case["preview"].to_string())?.data(Some((Locale::Vi, names)))));
    }
    if let Some(unit) = case["explain"].as_str() {
        out.push(json!(policy.explain(&register, unit, as_of)?));
    }
    Ok(())
}

#[test]
fn random_registers_and_what_rust_answers() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let mut of_reports = Random(0x9E37_79B9_7F4A_7C15);
    let mut file = String::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..CASES {
        let world = World::new(&mut random);
        let document = world.document(&mut random);
        let mut edits = Vec::new();
        for n in 0..random.below(5) {
            let mut change = |number: usize| world.change(&document, number, &mut random);
            let (one, other) = (change(20 + 2 * n), change(21 + 2 * n));
            edits.push(if random.one_in(3) { json!([one, other]) } else { one });
        }
        let (reports, preview) = reports(&document, &mut of_reports);
        let mut case = json!({
            "reports": reports,
            "preview": preview,
            "document": document.to_string(),
            "policy": policy(&mut random),
            "as_of": format!("2022-{:02}-28", 1 + random.below(12)),
            "names": random.of(&["hidden", "initials", "full"]),
            "explain": if random.one_in(4) { json!(random.of(&world.codes(0))) } else { Value::Null },
            "edits": edits,
        });
        let mut out = Vec::new();
        if let Err(error) = answer(&case, &mut out) {
            out.push(told(&error));
        }
        let mut note = |what: &str| *seen.entry(what.into()).or_default() += 1;
        match &out[..] {
            [_, _, _, ..] => {
                note("answered");
                for _ in out.iter().filter(|answer| answer["new"].is_array()) {
                    note("edited");
                }
                for row in out
                    .iter()
                    .flat_map(|answer| ["vi", "agenda"].map(|key| &answer[key]))
                    .filter_map(Value::as_array)
                    .flatten()
                {
                    note(row["code"].as_str().or(row["state"].as_str()).unwrap());
                }
                for _ in out.iter().filter(|answer| answer["error"].is_string()) {
                    note("refused");
                }
            }
            _ => note(out[0]["error"].as_str().unwrap()),
        }
        case["answers"] = out.into();
        writeln!(file, "{case}").unwrap();
    }
    // The registers are worth a look: most can be read, most rules fire, and duties and edits go every way.
    println!("{seen:?}, {} bytes", file.len());
    let count = |what: &str| seen.get(what).copied().unwrap_or(0);
    assert!(
        count("answered") > CASES / 2 && count("edited") > CASES / 2 && count("refused") > 100,
        "{seen:?}"
    );
    let silent: Vec<_> = RULES.iter().filter(|rule| count(rule.code) == 0).map(|rule| rule.name).collect();
    assert!(silent.len() <= 8, "{silent:?}");
    for state in cnscd::State::ALL {
        assert!(count(state.word()) > 0 || state.word() == "not_bound", "{} {seen:?}", state.word());
    }
    let out = concat!(env!("CARGO_MANIFEST_DIR"), "/../out");
    std::fs::create_dir_all(out).unwrap();
    std::fs::write(format!("{out}/equal.jsonl"), file).unwrap();
}
