//! Random policies, and what is asked in a unit on a day by a search through all entries.

use crate::duties::Period;
use crate::world::{
    BODY_KINDS, Dice, LEVELS, MAX, MIN, ORGANISATIONS, POSITIONS, ROLES, SPAN, Span, TEAM_KINDS, World,
    day_of, row, shown,
};
use cnscd::{Key, Of, Policy, RULES};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What `of` of a key may be.
const NONE: &[&str] = &[""];
const PLACES: &[&str] = &["village", "commune", "district", "province"];
const KINDS: &[&str] = &["community", "steering", "committee"];

/// A key, what it may be about, numbers and words.
type Choices = (&'static str, &'static [&'static str], &'static [u32], &'static [&'static str]);

/// The keys, what they are about, and the values that are set: numbers, words to choose from, or nothing for `true`.
const KEYS: [Choices; 27] = [
    ("acting_days", NONE, &[0, 20, 90], &[]),
    ("decision_wanted", KINDS, &[], &[]),
    ("declared_days", NONE, &[0, 10, 45], &[]),
    ("deputy_positions", KINDS, &[], &["youth_branch_secretary", "village_head", "farmers_branch_head"]),
    ("exempt_positions", NONE, &[], &["party_cell_secretary", "commune_official_for_village"]),
    ("head_grace_days", NONE, &[0, 15, 90], &[]),
    ("head_positions", KINDS, &[], &["village_head", "party_cell_secretary"]),
    ("issuer_levels", KINDS, &[], &LEVELS),
    ("issuers", KINDS, &[], &BODY_KINDS),
    ("levels", KINDS, &[], &LEVELS),
    ("max_deputies", KINDS, &[0, 1], &[]),
    ("max_flow_times_median", NONE, &[2, 3], &[]),
    ("max_members", KINDS, &[0, 1, 2], &[]),
    ("max_stock_change", NONE, &[0, 20], &[]),
    ("min_deputies", KINDS, &[1, 2], &[]),
    ("min_members", KINDS, &[1, 2, 4], &[]),
    ("organisations", KINDS, &[], &ORGANISATIONS),
    ("represents", KINDS, &[], &[]),
    ("resident", KINDS, &[], &[]),
    ("roles", KINDS, &[], &ROLES),
    ("teams_per_person", NONE, &[1, 2], &[]),
    ("teams_per_village", NONE, &[1, 2], &[]),
    ("unit_end_days", NONE, &[0, 10, 90], &[]),
    ("unit_kinds", PLACES, &[], &["xa", "thon", "phuong", "thi-tran", "xom", "huyen", "tinh"]),
    ("wanted_days", KINDS, &[0, 10, 30], &[]),
    ("wanted_levels", KINDS, &[], &LEVELS),
    ("young_age", KINDS, &[28, 29, 30, 31], &[]),
];

/// Some of `items`, in their order.
fn some(dice: &mut Dice<'_>, items: &[&str]) -> Value {
    let mask = dice.pick((1 << items.len()) - 1) + 1;
    items.iter().enumerate().filter(|(n, _)| mask >> n & 1 == 1).map(|(_, item)| json!(item)).collect()
}

fn text(document: &Value, key: &str) -> Option<String> {
    document[key].as_str().map(Into::into)
}

/// The documents of a random policy, what is extended first.
pub fn documents(world: &World, top: &mut Dice<'_>, rows: [Vec<Dice<'_>>; 3]) -> Vec<Value> {
    let preset =
        |name: &str| -> Value { serde_json::from_str(&Policy::preset(name).unwrap().to_json()).unwrap() };
    // `team-report` extends `vietnam-calendar`, which sets nothing.
    let national = || vec![preset("team-report"), preset("national-2022")];
    let mut documents: Vec<Value> = match top.pick(8) {
        0 => national(),
        1 => [national(), vec![preset("hai-duong-2022")]].concat(),
        2..=4 => [national(), vec![json!(null)]].concat(),
        5 => [national(), vec![preset("hai-duong-2022"), json!(null)]].concat(),
        _ => vec![json!(null)],
    };
    if documents.last().is_some_and(Value::is_null) {
        documents.pop();
        let extends = documents.last().and_then(|base| text(base, "name"));
        documents.push(random(world, top, extends.as_deref(), rows));
    }
    documents
}

fn random(
    world: &World,
    top: &mut Dice<'_>,
    extends: Option<&str>,
    [settings, severities, obligations]: [Vec<Dice<'_>>; 3],
) -> Value {
    let mut count = 0;
    // From when to when, where, and on which text.
    let mut entry = |dice: &mut Dice<'_>| {
        count += 1;
        let from = if dice.chance(60) { dice.day(0, SPAN) } else { MIN };
        let end = dice.chance(40);
        let to = if end { from.max(0) + dice.day(1, 200) } else { MAX };
        // Often a unit that has a team.
        let (any, team) = (dice.pick(world.lines.len()), dice.pick(world.teams.len()));
        let line = if dice.chance(40) { world.teams[team].unit } else { any };
        let version = dice.of(&world.lines[line].versions.iter().collect::<Vec<_>>());
        // Mostly a code that the unit has on the first day; sometimes one that it has on another.
        let code = world.code_for(line, from).filter(|_| !dice.chance(10)).unwrap_or(&version.code);
        let scope = dice.chance(65).then(|| code.to_owned());
        let force = dice.of(&["practice", "recommended", "binding"]);
        json!({"from": shown(from), "to": shown(to), "scope": scope, "force": force, "basis_vi": format!("Ví dụ {count}"), "basis_en": "An example"})
    };
    let mut with = |dice: &mut Dice<'_>, more: Value| {
        let mut row = entry(dice);
        set(&mut row, &more);
        row
    };
    let mut rows = [Vec::new(), Vec::new(), Vec::new()];
    // Half of the rows speak of one thing, so that they meet.
    let often = [
        "max_deputies",
        "max_members",
        "max_members",
        "min_deputies",
        "unit_end_days",
        "wanted_levels",
        "teams_per_person",
    ];
    let (many, any) = (top.chance(50).then(|| top.of(&often)), top.of(&KEYS).0);
    let theme = many.unwrap_or(any);
    for mut dice in settings {
        let (one, own) = (dice.chance(50), dice.of(&KEYS));
        let (key, of, numbers, words) = KEYS.into_iter().find(|key| one && key.0 == theme).unwrap_or(own);
        let of = if dice.chance(35) { dice.of(of) } else { of[0] };
        let nothing = dice.chance(12);
        let value = match (numbers, words) {
            _ if nothing => Value::Null,
            ([], []) => json!(true),
            ([], words) => some(&mut dice, words),
            (numbers, _) => json!(dice.of(numbers)),
        };
        let of = Some(of).filter(|of| !of.is_empty());
        rows[0].push(with(&mut dice, json!({"key": key, "of": of, "value": value})));
    }
    let often =
        ["head-left-position", "head-of-two-teams", "in-many-teams", "village-without-team", "no-head"];
    let (many, any) = (top.chance(50).then(|| top.of(&often)), top.of(RULES).name);
    let theme = many.unwrap_or(any);
    for mut dice in severities {
        let rule = if dice.chance(50) { theme } else { dice.of(RULES).name };
        let severity = dice.of(&["off", "info", "warning", "error"]);
        let mut row = with(&mut dice, json!({"rule": rule, "severity": severity}));
        if severity == "error" {
            row["force"] = json!("binding");
        }
        rows[1].push(row);
    }
    // A calendar of its own, of a year that is decided or one that is only expected.
    let days_of_rest = extends.is_none() && top.chance(60);
    let (holidays, years) = if days_of_rest { calendar(top.chance(40)) } else { Default::default() };
    let has_calendar = extends.is_some() || days_of_rest;
    for (n, mut dice) in obligations.into_iter().enumerate() {
        let name = format!("o{n}");
        let mut row = with(&mut dice, json!({"id": name, "name_vi": "Ví dụ", "name_en": "An example"}));
        set(&mut row, &obligation(world, &mut dice, has_calendar));
        // That of a preset comes once.
        if is_once(&row) && dice.chance(50) {
            row["id"] = json!("set-up-teams");
        }
        if dice.chance(50) {
            row["scope"].take();
        }
        let below = rows[2].iter().find(|other: &&Value| {
            let rank = |level: &Value| LEVELS.iter().position(|own| *level == **own);
            other["every"].is_string()
                && other["of"] == "working_days"
                && other["id"] != "set-up-teams"
                && rank(&other["level"]) >= rank(&row["level"])
        });
        if let Some(below) = below.filter(|_| row["every"].is_string() && dice.chance(50)) {
            // A working day more.
            let count = below["count"].as_u64().unwrap() + 1;
            let own = json!({"gathers": below["id"], "every": below["every"], "scheme": below["scheme"]});
            set(&mut row, &own);
            let due = json!({"due": "after", "count": count, "of": "working_days", "months": null});
            set(&mut row, &due);
        }
        rows[2].push(with_a_period(row));
    }
    share_names(&mut rows[2], top);
    for rows in &mut rows {
        without_contradictions(world, rows);
    }
    let rows = rows.map(|rows| rows.into_iter().map(row).collect::<Vec<_>>());
    let [settings, severities, obligations] = rows;
    let mut document = json!({"note": "Made up.", "name": "mine", "extends": extends, "settings": settings, "severities": severities, "holidays": holidays, "years": years, "obligations": obligations});
    document.as_object_mut().unwrap().retain(|_, value| !value.is_null() && *value != json!([]));
    document
}

/// The row; what comes back has one period at least.
fn with_a_period(mut row: Value) -> Value {
    let Span(from, to) = span(&row);
    let mut periods = (from - 800..to.min(from + 800)).filter_map(|day| Period::begun(&row, day));
    if row["every"].is_string() && !periods.any(|period| from <= period.last && period.last < to) {
        row["to"].take();
    }
    row
}

/// Gives some obligations the name of another, for another unit or other days; what is gathered or gathers keeps its own.
fn share_names(rows: &mut [Value], dice: &mut Dice<'_>) {
    let gathers: Vec<_> = rows.iter().filter_map(|row| row.get("gathers").cloned()).collect();
    let is_free = |row: &Value| row.get("gathers").is_none() && !gathers.contains(&row["id"]);
    let free: Vec<_> = (0..rows.len()).filter(|&n| is_free(&rows[n])).collect();
    // Those of one name come once, come back by one scheme, or have one rise.
    let rise = |row: &Value| (row.get("every").is_some(), row.get("scheme").cloned(), row.get("on").cloned());
    let is_set_up = |row: &Value| row["id"] == "set-up-teams";
    for (n, &one) in free.iter().enumerate().skip(1) {
        let other = free[..n].iter().rfind(|&&other| rise(&rows[other]) == rise(&rows[one]));
        if let Some(&other) = other.filter(|_| !is_set_up(&rows[one]) && dice.chance(60)) {
            rows[one]["id"] = rows[other]["id"].clone();
        }
    }
}

/// Puts cells into a row.
fn set(row: &mut Value, cells: &Value) {
    row.as_object_mut().unwrap().extend(cells.as_object().unwrap().clone());
}

/// What a random obligation asks, of whom, how often and by when.
fn obligation(world: &World, dice: &mut Dice<'_>, has_calendar: bool) -> Value {
    let who = dice.of(&["unit", "team", "member"]);
    // Mostly of a team that there is.
    let team = &world.teams[dice.pick(world.teams.len())];
    let (level, own) = (dice.pick(4), if who == "unit" { 2 } else { world.lines[team.unit].level });
    let level = LEVELS[if dice.chance(30) { level } else { own }];
    let kinds = if dice.chance(15) { some(dice, &["xa", "phuong", "huyen", "thon"]) } else { json!([]) };
    let from = dice.day(0, 200);
    let lead = dice.of(&BODY_KINDS);
    let supporting = if dice.chance(30) { json!(["youth_union"]) } else { json!([]) };
    let mut row = json!({"level": level, "kinds": kinds, "from": shown(from), "to": null, "lead": lead, "supporting": supporting});
    let teams = if who == "unit" || dice.chance(50) { None } else { Some(TEAM_KINDS[team.kind]) };
    let to = shown(from + dice.day(1, 250));
    let to = if dice.chance(35) { to } else { None };
    let every = ["week", "month", "month", "month", "quarter", "quarter", "half_year", "nine_months"];
    let (every, scheme) = (every.get(dice.pick(10)), dice.of(&["administrative", "calendar"]));
    let every = every.unwrap_or(&"year");
    let kind = dice.pick(10);
    let is_once = kind > 7;
    set(
        &mut row,
        &match kind {
            0..=3 => json!({"who": who, "teams": teams, "every": every, "scheme": scheme, "to": to}),
            4 | 5 => json!({"who": "member", "teams": teams, "on": "appointment", "to": to}),
            6 | 7 if who == "member" => json!({"who": "team", "teams": teams, "on": "event", "to": to}),
            6 | 7 => json!({"who": who, "teams": teams, "on": "event", "to": to}),
            8 => json!({"who": who, "teams": teams}),
            _ => json!({}),
        },
    );
    let of_unit = dice.of(&["villages_covered", "decision_issued", "recorded"]);
    let is_of_unit = kind == 9 || kind == 8 && who == "unit";
    row["test"] = json!(if is_of_unit { of_unit } else { "recorded" });
    match dice.pick(5) {
        0 | 1 => row["soon"] = json!(dice.pick(40)),
        2 | 3 if has_calendar => row["remind"] = json!(dice.pick(6)),
        _ => {}
    }
    // Working days need a calendar.
    let counted = ["days", "weeks", "months", "years", "working_days", "working_days"];
    let counted = if has_calendar { &counted[..] } else { &counted[..3] };
    let adjust = if has_calendar { dice.of(&["none", "following", "preceding"]) } else { "none" };
    // What comes once is due in its term, so it does not move to before it.
    let adjust = if is_once && adjust == "preceding" { "none" } else { adjust };
    row["adjust"] = json!(adjust);
    let (months, day) = (dice.pick(4), shown(from + dice.day(1, 100)));
    let due = match dice.pick(if is_once { 6 } else { 3 }) {
        0 => json!({"due": "month_day", "count": 1 + dice.pick(31), "months": months + 1}),
        1 => json!({"due": "month_end", "months": months}),
        2 => json!({"due": "after", "count": 1 + dice.pick(20), "of": dice.of(counted)}),
        // What is due before a day does not move behind it.
        3 if adjust == "following" => json!({"due": "before", "day": day, "adjust": "none"}),
        3 => json!({"due": "before", "day": day}),
        _ => json!({"due": "on_or_before", "day": day}),
    };
    set(&mut row, &due);
    row
}

/// Rows of a week of five days, and of the year 2022 if it is decided.
fn calendar(is_decided: bool) -> (Vec<Value>, Vec<Value>) {
    let basis = |row: Value| {
        let mut row = row;
        for (key, text) in [("basis_vi", "Ví dụ"), ("basis_en", "An example"), ("force", "practice")] {
            row[key] = json!(text);
        }
        row
    };
    let rest = [("saturday", 6), ("sunday", 7)].map(|(id, day)| {
        json!({"id": id, "name_vi": "Ngày nghỉ", "name_en": "Rest", "calendar": "week", "day": day, "from": "2021-01-01"})
    });
    let year = is_decided.then(|| json!({"year": 2022}));
    (rest.map(basis).into(), year.map(basis).into_iter().collect())
}

fn span(row: &Value) -> Span {
    let day = |key: &str, open| row.get(key).and_then(Value::as_str).map_or(open, day_of);
    Span(day("from", MIN), day("to", MAX))
}

/// Leaves out what sets for one unit and day what an entry before it sets.
fn without_contradictions(world: &World, rows: &mut Vec<Value>) {
    let mut kept: Vec<Value> = Vec::new();
    for row in rows.drain(..) {
        let line = |row: &Value| Some(world.unit_by_code(row["scope"].as_str()?, span(row).0)?.0);
        // The `of` of an obligation is not what it is about.
        let named = if row.get("id").is_some() { &["id"][..] } else { &["key", "of", "rule"] };
        let same = |other: &&Value| {
            named.iter().all(|key| other.get(key) == row.get(key))
                && (other["scope"] == row["scope"] || line(other).is_some() && line(other) == line(&row))
                && (span(other).meets(span(&row)) || is_once(other) || is_once(&row))
        };
        if kept.iter().find(same).is_none() {
            kept.push(row);
        }
    }
    *rows = kept;
}

/// Whether a row is an obligation that comes once.
pub fn is_once(row: &Value) -> bool {
    row.get("id").is_some() && row.get("every").is_none() && row.get("on").is_none()
}

impl World {
    pub fn policy(&self) -> Policy {
        self.policy_turned(0)
    }

    /// The policy with its rows in another order.
    pub fn policy_turned(&self, by: usize) -> Policy {
        let mut own = self.policy.last().unwrap().clone();
        for rows in own.as_object_mut().unwrap().values_mut().filter_map(Value::as_array_mut) {
            let middle = by % rows.len();
            rows.rotate_left(middle);
        }
        let read = |document: &Value| {
            Policy::from_json(&document.to_string()).unwrap_or_else(|error| panic!("{error}\n{document:#}"))
        };
        match own["name"].as_str().unwrap() {
            "mine" => read(&own),
            preset => Policy::preset(preset).unwrap(),
        }
    }
}

/// All obligations.
pub fn obligations(documents: &[Value]) -> Vec<Value> {
    let rows = documents.iter().filter_map(|document| document.get("obligations")?.as_array());
    rows.flatten().cloned().collect()
}

/// Where an entry holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scope {
    Everywhere,
    Below(usize),
    /// Its code is not given yet.
    Later,
    Nowhere,
}

/// One row of a policy.
#[derive(Debug)]
pub struct Entry {
    pub row: Value,
    pub value: Value,
    pub span: Span,
    pub scope: Scope,
    /// The position of its document.
    pub layer: usize,
    policy: String,
}

impl Entry {
    pub fn count(&self) -> usize {
        usize::try_from(self.value.as_u64().unwrap()).unwrap()
    }

    pub fn days(&self) -> i32 {
        i32::try_from(self.count()).unwrap()
    }

    pub fn words(&self) -> Vec<&str> {
        self.value.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect()
    }

    pub fn has(&self, word: &str) -> bool {
        self.words().contains(&word)
    }

    /// As `explain` shows it.
    fn json(&self) -> Value {
        let mut shown = Map::new();
        for key in ["key", "rule"] {
            if let Some(word) = self.row.get(key) {
                shown.insert(key.into(), word.clone());
            }
        }
        if shown.contains_key("key") {
            shown.insert("of".into(), self.row.get("of").cloned().unwrap_or_default());
        }
        shown.insert("value".into(), self.value.clone());
        for key in ["from", "to", "scope"] {
            shown.insert(key.into(), self.row.get(key).cloned().unwrap_or_default());
        }
        shown.insert("policy".into(), json!(self.policy));
        shown.insert("basis".into(), basis(&self.row));
        shown.into()
    }
}

/// What a row of a policy rests on.
pub fn basis(row: &Value) -> Value {
    json!({
        "vi": row["basis_vi"], "en": row["basis_en"], "force": row["force"],
        "verified": row.get("verified").cloned().unwrap_or(json!(false)),
    })
}

/// Every entry of a policy: by key and what it is about, or by the name of the rule.
pub struct Asked {
    entries: BTreeMap<String, BTreeMap<String, Vec<Entry>>>,
    /// Obligations, and where each holds.
    pub obligations: Vec<(Value, Scope)>,
    /// The position of the document of each, and its name.
    layers: Vec<(usize, String)>,
    /// Whose calendar says when people work.
    pub policy: Policy,
}

impl Asked {
    /// As known on `as_of`.
    pub fn new(world: &World, as_of: i32) -> Self {
        let (entries, obligations, layers) = Default::default();
        let mut asked = Self { entries, obligations, layers, policy: world.policy() };
        for (layer, document) in world.policy.iter().enumerate() {
            let rows = |table: &str| document.get(table).and_then(Value::as_array).into_iter().flatten();
            let scope = |row: &Value| match row.get("scope").and_then(Value::as_str) {
                None => Scope::Everywhere,
                Some(code) => match world.unit_by_code(code, span(row).0) {
                    None => Scope::Nowhere,
                    Some((_, version)) if version.span.0 > as_of => Scope::Later,
                    Some((line, _)) => Scope::Below(line),
                },
            };
            for row in rows("settings").chain(rows("severities")) {
                let key = text(row, "key").or(text(row, "rule")).unwrap();
                let value = row.get("value").or(row.get("severity")).cloned().unwrap_or_default();
                let slot = asked.entries.entry(key).or_default().entry(text(row, "of").unwrap_or_default());
                slot.or_default().push(Entry {
                    row: row.clone(),
                    value,
                    span: span(row),
                    scope: scope(row),
                    layer,
                    policy: text(document, "name").unwrap(),
                });
            }
            for row in rows("obligations") {
                asked.obligations.push((row.clone(), scope(row)));
                asked.layers.push((layer, text(document, "name").unwrap()));
            }
        }
        asked
    }

    /// The entries under a key that hold on a day in the unit that `path` leads up from, what counts first in front: that of the
    /// lowest unit, then that of the later document.
    fn holding<'a>(entries: &'a [Entry], path: &[usize], day: i32) -> Vec<&'a Entry> {
        let height = |entry: &Entry| match entry.scope {
            Scope::Everywhere => Some(path.len()),
            Scope::Below(line) => path.iter().position(|&above| above == line),
            Scope::Later | Scope::Nowhere => None,
        };
        let mut found: Vec<_> =
            entries.iter().filter(|entry| entry.span.has(day) && height(entry).is_some()).collect();
        found.sort_by_key(|entry| (height(entry), std::cmp::Reverse(entry.layer)));
        found
    }

    /// The entry in force, also if it asks nothing.
    fn entry(&self, key: &str, of: &str, path: &[usize], day: i32) -> Option<&Entry> {
        Self::holding(self.entries.get(key)?.get(of)?, path, day).first().copied()
    }

    /// The entry in force, if it asks something.
    pub fn get(&self, key: &str, of: &str, path: &[usize], day: i32) -> Option<&Entry> {
        self.entry(key, of, path, day).filter(|entry| !entry.value.is_null())
    }

    /// The severity that is set for a rule.
    pub fn severity(&self, rule: &str, path: &[usize], day: i32) -> Option<&str> {
        self.entry(rule, "", path, day)?.value.as_str()
    }

    /// What `explain` says.
    pub fn explain(&self, path: &[usize], day: i32) -> Value {
        let keys = Key::ALL.iter().map(|key| key.word()).chain(RULES.iter().map(|rule| rule.name));
        let mut said = Vec::new();
        for key in keys {
            for of in [""].into_iter().chain(Of::ALL.iter().map(|of| of.word())) {
                let entries = self.entries.get(key).and_then(|of_key| of_key.get(of));
                let found = Self::holding(entries.map_or(&[], Vec::as_slice), path, day);
                if let Some((first, others)) = found.split_first() {
                    let others: Vec<_> = others.iter().map(|entry| entry.json()).collect();
                    said.push(json!({"entry": first.json(), "overrode": others}));
                }
            }
        }
        let mut ids: Vec<_> = self.obligations.iter().filter_map(|(row, _)| row["id"].as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            let found = self.likes(&json!(id), path, day);
            let is_in_force = |at: usize| span(&self.obligations[at].0).has(day);
            if let Some((&first, others)) = found.split_first().filter(|(first, _)| is_in_force(**first)) {
                let others = others.iter().filter(|at| is_in_force(**at));
                let others: Vec<_> = others.map(|&at| self.obligation(at)).collect();
                said.push(json!({"entry": self.obligation(first), "overrode": others}));
            }
        }
        said.into()
    }

    /// The obligations of an identifier that hold on a day in the unit that `path` leads up from, what counts first in front.
    pub fn likes(&self, id: &Value, path: &[usize], day: i32) -> Vec<usize> {
        let height = |at: usize| match self.obligations[at].1 {
            Scope::Everywhere => Some(path.len()),
            Scope::Below(line) => path.iter().position(|&above| above == line),
            Scope::Later | Scope::Nowhere => None,
        };
        let holds = |at: usize| {
            let row = &self.obligations[at].0;
            row["id"] == *id && (is_once(row) || span(row).has(day)) && height(at).is_some()
        };
        let mut found: Vec<_> = (0..self.obligations.len()).filter(|&at| holds(at)).collect();
        found.sort_by_key(|&at| (height(at), std::cmp::Reverse(self.layers[at].0)));
        found
    }

    /// An obligation as `explain` shows it.
    fn obligation(&self, at: usize) -> Value {
        let row = &self.obligations[at].0;
        let cell = |key: &str| row.get(key).filter(|value| **value != json!(0)).cloned().unwrap_or_default();
        let or = |key: &str, other: Value| row.get(key).cloned().unwrap_or(other);
        let mut value = Map::new();
        for key in [
            "name_vi", "name_en", "level", "teams", "every", "scheme", "on", "gathers", "lead", "due", "day",
            "of", "adjust", "soon", "remind", "test", "form",
        ] {
            value.insert(key.into(), cell(key));
        }
        let has_months = row["due"] == "month_day" || row["due"] == "month_end";
        value.insert("count".into(), or("count", Value::Null));
        value.insert("months".into(), or("months", if has_months { json!(0) } else { Value::Null }));
        value.insert("who".into(), or("who", json!("unit")));
        value.insert("kinds".into(), or("kinds", json!([])));
        value.insert("supporting".into(), or("supporting", json!([])));
        json!({
            "obligation": row["id"], "value": value, "from": cell("from"), "to": cell("to"), "scope": cell("scope"),
            "policy": self.layers[at].1, "basis": basis(row),
        })
    }

    /// The days on which something changes.
    pub fn days(&self) -> Vec<i32> {
        let entries = self.entries.values().flat_map(BTreeMap::values).flatten();
        let spans = entries.map(|entry| entry.span).chain(self.obligations.iter().map(|(row, _)| span(row)));
        let mut days: Vec<_> = spans.flat_map(|span| [span.0, span.1]).collect();
        days.retain(|&day| day != MIN && day != MAX);
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Codes that no unit has.
    pub fn unknown_scopes(&self) -> Vec<String> {
        let entries = self.entries.values().flat_map(BTreeMap::values).flatten();
        let rows = entries.map(|entry| (&entry.row, entry.scope));
        let all = rows.chain(self.obligations.iter().map(|(row, scope)| (row, *scope)));
        let mut codes: Vec<_> = all
            .filter(|(_, scope)| *scope == Scope::Nowhere)
            .filter_map(|(row, _)| text(row, "scope"))
            .collect();
        codes.sort();
        codes.dedup();
        codes
    }
}

/// Which positions belong to an organisation.
pub fn is_of(position: usize, organisation: &str) -> bool {
    POSITIONS[position].1 == organisation
}

const _: () = assert!(TEAM_KINDS.len() == KINDS.len());
