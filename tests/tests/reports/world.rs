//! Random registers, policies with forms, and reports, valid by construction.

use crate::expression::{Bare, Item, MOST, Tree, number};
use chrono::{NaiveDate, TimeDelta};
use cnscd::{Frequency, Period, Scheme};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Range, RangeInclusive};

/// Days are counted from here.
pub const START: NaiveDate = NaiveDate::from_ymd_opt(2021, 11, 1).unwrap();
pub const SPAN: i32 = 790;
/// A day of the year 2130: the periods of reports end before.
const LAST: i32 = 40_000;
/// An open start and an open end.
pub const MIN: i32 = i32::MIN;
pub const MAX: i32 = i32::MAX;

pub const LEVELS: [&str; 4] = ["province", "district", "commune", "village"];
const KINDS: [&str; 4] = ["tinh", "huyen", "xa", "thon"];
/// The level of each line, and the codes that it may have, behind that of the commune for a village.
const LINES: [(usize, [&str; 2]); 8] = [
    (0, ["99", "98"]),
    (1, ["990", "991"]),
    (2, ["99001", "99011"]),
    (2, ["99002", "99012"]),
    (3, ["01", "11"]),
    (3, ["02", "12"]),
    (3, ["03", "13"]),
    (3, ["04", "14"]),
];
pub const PEOPLE: usize = 5;
const TEAM_KINDS: [&str; 3] = ["community", "steering", "committee"];
const FILLERS: [&str; 5] = ["team", "commune", "village", "district", "province"];
const FORCES: [&str; 4] = ["practice", "practice", "recommended", "binding"];
const INDICATORS: [&str; 6] = ["k0", "k1", "k2", "k3", "k4", "k5"];
const PROSE: [&str; 3] = ["w0", "w1", "w2"];
const OPERATORS: [&str; 8] = ["==", "!=", ">", ">=", "<", "<=", "both_or_neither", "not_both"];
const MISSING: [&str; 3] = ["skip_if_any", "skip_if_all", "never_skip"];
pub const RULES: [&str; 15] = [
    "figures-depart",
    "report-incomplete",
    "figure-out-of-bounds",
    "cumulative-figure-fell",
    "stock-jumps",
    "flow-above-usual",
    "nothing-happened",
    "flows-repeated",
    "report-twice",
    "form-version-other",
    "report-period-unusual",
    "received-before-period-ended",
    "indicator-unknown",
    "form-unknown",
    "reporter-unusual",
];

pub fn date(day: i32) -> NaiveDate {
    START + TimeDelta::days(i64::from(day))
}

pub fn day_of(date: NaiveDate) -> i32 {
    i32::try_from((date - START).num_days()).unwrap()
}

fn shown(day: i32) -> Option<String> {
    (day != MIN && day != MAX).then(|| date(day).to_string())
}

/// From a day up to, not including, a day.
#[derive(Clone, Copy, Debug)]
pub struct Span(pub i32, pub i32);

impl Span {
    pub fn has(self, day: i32) -> bool {
        self.0 <= day && day < self.1
    }
}

#[derive(Clone, Debug)]
pub struct Version {
    pub code: String,
    pub span: Span,
    /// The line that it names as the one above.
    pub parent: Option<usize>,
}

/// The versions of a unit.
#[derive(Clone, Debug)]
pub struct Line {
    pub level: usize,
    pub versions: Vec<Version>,
}

impl Line {
    pub fn on(&self, day: i32) -> Option<&Version> {
        self.versions.iter().find(|version| version.span.has(day))
    }
}

#[derive(Clone, Debug)]
pub struct Team {
    pub kind: &'static str,
    pub unit: usize,
    pub covers: Vec<usize>,
    pub span: Span,
}

/// A register, a policy and reports.
#[derive(Clone)]
pub struct World {
    pub lines: Vec<Line>,
    pub teams: Vec<Team>,
    /// Team, person and span.
    pub memberships: Vec<(usize, usize, Span)>,
    /// Line, attribute, first day and value.
    pub attributes: BTreeMap<(usize, &'static str, i32), u32>,
    pub policy: Value,
    /// The sides of each check of the policy.
    pub sides: Vec<[Tree; 2]>,
    pub reports: Vec<Value>,
    pub as_of: i32,
}

fn when(chance: f64, day: impl Strategy<Value = i32>) -> impl Strategy<Value = Option<i32>> {
    option::weighted(chance, day)
}

/// What a line is made of: first day, day of a new version, end, whether the code changes, and which unit is above.
type LineDice = (Option<i32>, Option<i32>, Option<i32>, bool, [usize; 2]);

fn line() -> impl Strategy<Value = LineDice> {
    let above = prop::array::uniform2(0..10_usize);
    (when(0.15, 0..400), when(0.25, 1..SPAN), when(0.25, 100..SPAN), any::<bool>(), above)
}

fn lines(dice: &[LineDice]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (at, &(level, codes)) in LINES.iter().enumerate() {
        let (from, cut, to, recodes, above) = dice[at];
        // The province is always there, and a commune, since a village is always below one.
        let is_needed = at == 0 || at == 2;
        let from = from.filter(|_| !is_needed).unwrap_or(MIN);
        let to = to.filter(|&to| !is_needed && to > from).unwrap_or(MAX);
        let cut = cut.filter(|&cut| from < cut && cut < to);
        let mut versions = Vec::new();
        for (number, (first, behind)) in
            [(from, cut.unwrap_or(to)), (cut.unwrap_or(to), to)].into_iter().enumerate()
        {
            if number == 1 && cut.is_none() {
                continue;
            }
            let higher =
                || (0..at).filter(|&line| lines[line].level < level && lines[line].on(first).is_some());
            let nearest = higher().map(|line| lines[line].level).max();
            let any = above[number] == 0 && level < 3;
            let parents: Vec<_> =
                higher().filter(|&line| any || Some(lines[line].level) == nearest).collect();
            let parent = (!parents.is_empty()).then(|| parents[above[number] % parents.len()]);
            let mut code = codes[usize::from(number == 1 && recodes)].to_owned();
            if let Some(above) = parent.and_then(|parent| lines[parent].on(first)).filter(|_| level == 3) {
                code = format!("{}-{code}", above.code);
            }
            versions.push(Version { code, span: Span(first, behind), parent });
        }
        lines.push(Line { level, versions });
    }
    lines
}

type TeamDice = (usize, usize, Vec<usize>, i32, Option<i32>);

fn team() -> impl Strategy<Value = TeamDice> {
    let covers = prop_oneof![Just(Vec::new()), vec(0..4_usize, 1..4)];
    (0..6_usize, 0..30_usize, covers, 0..250, when(0.3, 1..SPAN))
}

fn teams(dice: &[TeamDice], lines: &[Line]) -> Vec<Team> {
    let team = |(kind, unit, covers, from, length): &TeamDice| {
        let there = |level: usize| {
            let is_there = move |&at: &usize| lines[at].level >= level && lines[at].on(*from).is_some();
            (0..lines.len()).filter(is_there).collect::<Vec<_>>()
        };
        let low = there(2);
        let places = if unit % 6 == 0 || low.is_empty() { there(0) } else { low };
        let villages = there(3);
        let mut covers: Vec<_> =
            covers.iter().filter_map(|at| villages.get(at % villages.len().max(1)).copied()).collect();
        covers.sort_unstable();
        covers.dedup();
        Team {
            kind: TEAM_KINDS[kind.saturating_sub(3)],
            unit: places[unit % places.len()],
            covers,
            span: Span(*from, length.map_or(MAX, |length| from + length)),
        }
    };
    dice.iter().map(team).collect()
}

fn memberships(dice: Vec<(usize, usize, i32, Option<i32>)>, teams: usize) -> Vec<(usize, usize, Span)> {
    // A person is once in a team on each day.
    let mut ends = BTreeMap::new();
    let mut memberships = Vec::new();
    for (team, person, from, length) in dice {
        let team = team % teams;
        let end = ends.entry((team, person)).or_insert(MIN);
        if *end < MAX {
            let from = from.max(*end);
            *end = length.map_or(MAX, |length| from + length);
            memberships.push((team, person, Span(from, *end)));
        }
    }
    memberships
}

/// Who fills something in: none, one or two.
fn fillers() -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![
        6 => Just(Vec::new()),
        1 => select(&FILLERS[..]).prop_map(|filler| vec![filler]),
        1 => Just(vec!["team", "commune"]),
    ]
}

/// The first and the last of some versions, by position.
type Versions = (Option<usize>, Option<usize>);

fn range() -> impl Strategy<Value = Versions> {
    (option::weighted(0.2, 0..3_usize), option::weighted(0.2, 0..3_usize))
}

#[derive(Clone, Debug)]
struct FormDice {
    /// Numbers of the versions, and the days on which each after the first begins, with a gap before it or not.
    numbers: Vec<u64>,
    days: Vec<(i32, bool)>,
    end: Option<i32>,
    every: Vec<&'static str>,
    scheme: Vec<&'static str>,
    filled_by: Vec<Vec<&'static str>>,
    teams: Option<&'static str>,
    forces: Vec<&'static str>,
    indicators: Vec<IndicatorDice>,
    prose: Vec<(bool, Versions, Vec<&'static str>)>,
}

#[derive(Clone, Debug)]
struct IndicatorDice {
    range: Versions,
    /// It has two rows, one for the first version and one for those after it.
    splits: bool,
    counts: [&'static str; 2],
    bounds: [Option<u32>; 2],
    required: bool,
    filled_by: Vec<&'static str>,
}

fn indicator() -> impl Strategy<Value = IndicatorDice> {
    let counts = || select(vec!["in_period", "in_period", "year_to_date", "at_cut_off"]);
    let bounds = [option::weighted(0.2, 0..4_u32), option::weighted(0.2, 5..40_u32)];
    (range(), prop::bool::weighted(0.15), [counts(), counts()], bounds, prop::bool::weighted(0.4), fillers())
        .prop_map(|(range, splits, counts, bounds, required, filled_by)| IndicatorDice {
            range,
            splits,
            counts,
            bounds,
            required,
            filled_by,
        })
}

fn form() -> impl Strategy<Value = FormDice> {
    let every = || {
        select(vec![
            "month",
            "month",
            "month",
            "month",
            "quarter",
            "week",
            "half_year",
            "nine_months",
            "year",
        ])
    };
    let filled_by = select(vec![
        vec!["team"],
        vec!["team", "commune"],
        vec!["team", "commune"],
        vec!["commune", "district"],
        vec!["team", "village", "commune", "district", "province"],
        vec!["team", "village", "commune", "district", "province"],
    ]);
    let versions = (
        select(vec![vec![1], vec![1], vec![1, 2], vec![1, 2], vec![2, 4], vec![1, 2, 3], vec![3]]),
        vec((0..SPAN / 2, prop::bool::weighted(0.15)), 2),
        when(0.1, 500..SPAN),
        vec(every(), 3),
        prop_oneof![3 => Just(false), 1 => Just(true)],
        vec(select(vec!["calendar", "administrative"]), 3),
        vec(filled_by, 3),
        option::weighted(0.5, select(&TEAM_KINDS[..2])),
        vec(select(&FORCES[..]), 3),
    );
    let prose = vec((any::<bool>(), range(), fillers()), 0..4);
    (versions, vec(indicator(), 1..=INDICATORS.len()), prose).prop_map(|(versions, indicators, prose)| {
        let (numbers, mut days, end, mut every, changes, scheme, filled_by, teams, forces) = versions;
        days.sort_unstable();
        days[1].0 += 20;
        if !changes {
            every = vec![every[0]; 3];
        }
        FormDice { numbers, days, end, every, scheme, filled_by, teams, forces, indicators, prose }
    })
}

#[derive(Clone, Debug)]
struct CheckDice {
    sides: [Bare; 2],
    operator: &'static str,
    missing: [Option<&'static str>; 2],
    tolerance: Option<u32>,
    severity: &'static str,
    range: Versions,
    filled_by: Vec<&'static str>,
    force: &'static str,
}

fn check() -> impl Strategy<Value = CheckDice> {
    let missing = || option::weighted(0.7, select(&MISSING[..]));
    let severity = select(vec!["error", "warning", "warning", "info", "off"]);
    (
        [number(3), number(2)],
        select(&OPERATORS[..]),
        [missing(), missing()],
        option::weighted(0.3, 0..5_u32),
        severity,
        range(),
        fillers(),
        select(&FORCES[..]),
    )
        .prop_map(|(sides, operator, missing, tolerance, severity, range, filled_by, force)| CheckDice {
            sides,
            operator,
            missing,
            tolerance,
            severity,
            range,
            filled_by,
            force,
        })
}

/// An entry of the policy: its value, the days on which it holds, and the line that is its scope.
type Entry<T> = (T, Option<i32>, Option<i32>, Option<usize>);

fn entry<T: fmt::Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Option<Entry<T>>> {
    option::weighted(
        0.7,
        (value, when(0.15, 0..SPAN), when(0.15, 1..SPAN), option::weighted(0.3, 0..LINES.len())),
    )
}

type Policy =
    (Vec<FormDice>, Vec<CheckDice>, [Option<Entry<u32>>; 4], Vec<Option<Entry<(usize, &'static str)>>>);

fn policy() -> impl Strategy<Value = Policy> {
    let severity = || (0..RULES.len(), select(vec!["error", "warning", "info", "off"]));
    (
        vec(form(), 1..=2),
        vec(check(), 1..=6),
        [entry(0..60_u32), entry(0..60_u32), entry(1..5_u32), entry(1..5_u32)],
        vec(entry(severity()), 0..4),
    )
}

/// A row without what is absent in it.
fn row(cells: Value) -> Value {
    let Value::Object(cells) = cells else { unreachable!() };
    cells
        .into_iter()
        .filter(|(_, value)| {
            !value.is_null() && *value != json!([]) && *value != json!({}) && *value != json!(false)
        })
        .collect::<Map<_, _>>()
        .into()
}

fn with_basis(mut cells: Value, name: &str, force: &str) -> Value {
    for (key, value) in [("basis_vi", name), ("basis_en", name), ("force", force)] {
        cells[key] = json!(value);
    }
    row(cells)
}

/// Names the versions of a range, in order.
fn versions(numbers: &[u64], (since, until): Versions) -> (Option<u64>, Option<u64>) {
    let number = |at: usize| numbers[at % numbers.len()];
    let (since, until) = (since.map(number), until.map(number));
    match (since, until) {
        (Some(since), Some(until)) if since > until => (Some(until), Some(since)),
        both => both,
    }
}

/// Fillers of a part that fill in some version of the form; all of them if none of these does.
fn known<'f>(fillers: &[&'f str], versions: &[Vec<&str>]) -> Vec<&'f str> {
    fillers.iter().copied().filter(|filler| versions.iter().flatten().any(|known| known == filler)).collect()
}

struct Entries {
    tables: BTreeMap<&'static str, Vec<Value>>,
    sides: Vec<[Tree; 2]>,
}

impl Entries {
    fn add(&mut self, table: &'static str, row: Value) {
        self.tables.entry(table).or_default().push(row);
    }

    fn form(&mut self, id: &str, dice: &FormDice) {
        let numbers = &dice.numbers;
        let mut from = MIN;
        for (at, number) in numbers.iter().enumerate() {
            let is_last = at + 1 == numbers.len();
            let (next, gap) = if is_last { (dice.end.unwrap_or(MAX), false) } else { dice.days[at] };
            let to = if gap { next - 9 } else { next };
            let (from_day, to_day) = (shown(from), shown(to.max(from.saturating_add(1))));
            let filled_by = &dice.filled_by[at];
            let teams = dice.teams.filter(|_| filled_by.contains(&"team"));
            let cells = json!({"id": id, "version": Some(number).filter(|&&number| number > 1), "name_vi": "Mẫu", "name_en": "Form",
                "filled_by": filled_by, "teams": teams, "every": dice.every[at], "scheme": dice.scheme[at], "from": from_day, "to": to_day});
            self.add("forms", with_basis(cells, &format!("{id} {number}"), dice.forces[at]));
            from = next;
        }
        let own = &dice.filled_by[..numbers.len()];
        for (at, (name, indicator)) in INDICATORS.iter().zip(&dice.indicators).enumerate() {
            // The first one is in all versions.
            let (since, until) = if at == 0 { (None, None) } else { versions(numbers, indicator.range) };
            let filled_by = known(&indicator.filled_by, own);
            let mut put = |since: Option<u64>, until: Option<u64>, counts: &str| {
                let [min, max] = indicator.bounds;
                let over_units = ["sum", "maximum", "sum", "none"][at % 4];
                let over_periods = if counts == "in_period" && at % 3 < 2 { "sum" } else { "none" };
                // What is counted may change with the version, too.
                let unit = if until.is_some() && at % 5 == 1 { "session" } else { "occurrence" };
                let cells = json!({"form": id, "id": name, "since": since, "until": until, "label_vi": name, "label_en": name,
                    "unit": unit, "counts": counts, "over_units": over_units, "over_periods": over_periods, "min": min, "max": max,
                    "required": indicator.required, "filled_by": filled_by});
                self.add("indicators", with_basis(cells, "figure", "practice"));
            };
            if indicator.splits && numbers.len() > 1 && at > 0 {
                put(None, Some(numbers[0]), indicator.counts[0]);
                put(Some(numbers[1]), None, indicator.counts[1]);
            } else {
                put(since, until, indicator.counts[0]);
            }
        }
        for (name, (required, range, filled_by)) in PROSE.iter().zip(&dice.prose) {
            let (since, until) = versions(numbers, *range);
            let filled_by = known(filled_by, own);
            let cells = json!({"form": id, "id": name, "since": since, "until": until, "label_vi": name, "label_en": name,
                "required": required, "filled_by": filled_by});
            self.add("prose", row(cells));
        }
    }

    fn check(&mut self, at: usize, form: &str, dice: &CheckDice, of: &FormDice) {
        let (since, until) = versions(&of.numbers, dice.range);
        let is_in = |row: &Value, number: u64| {
            row["since"].as_u64().is_none_or(|since| since <= number)
                && row["until"].as_u64().is_none_or(|until| number <= until)
        };
        let cells = json!({"since": since, "until": until});
        let own: Vec<_> = of.numbers.iter().filter(|&&number| is_in(&cells, number)).collect();
        let rows = &self.tables["indicators"];
        let is_there = |name: &str| {
            let rows: Vec<_> = rows.iter().filter(|row| row["form"] == form && row["id"] == name).collect();
            own.iter().all(|&&number| rows.iter().any(|row| is_in(row, number)))
        };
        let names: Vec<String> =
            INDICATORS.iter().filter(|name| is_there(name)).map(|&name| name.to_owned()).collect();
        let of_name = |name: &str| {
            let own: Vec<_> = rows.iter().filter(|row| row["form"] == form && row["id"] == *name).collect();
            own.into_iter()
        };
        let is_refused = |item: Item, name: &str| {
            of_name(name).any(|row| match item {
                Item::Flow => row["counts"] == "at_cut_off",
                Item::Before => row["over_periods"] != "sum",
                Item::Below => row["over_units"] == "none",
                _ => false,
            })
        };
        let mut sides = [0, 1].map(|side| dice.sides[side].name(&names, &is_refused));
        // Their difference has to be exact.
        if sides[0].bound() + sides[1].bound() > MOST {
            sides[1] = Tree::Whole(7);
        }
        let filled_by = known(&dice.filled_by, &of.filled_by[..of.numbers.len()]);
        // Somebody has to have all that it needs; else a missing figure counts as 0.
        let has = |item: Item, name: &str, number: u64, fillers: &[&str], filler: &str| {
            let asked = if item == Item::Below { "team" } else { filler };
            let is_filled = |row: &Value| {
                let own: Vec<_> = row["filled_by"].as_array().into_iter().flatten().collect();
                own.is_empty() || own.iter().any(|own| **own == *asked)
            };
            matches!(item, Item::Attribute | Item::Fact)
                || !(item == Item::Below && filler == "team")
                    && fillers.contains(&asked)
                    && of_name(name).any(|row| is_in(row, number) && is_filled(row))
        };
        let lacks = |side: &Tree, missing: Option<&str>, number: u64, fillers: &[&str], filler: &str| {
            let mut items = Vec::new();
            // All of one is any of one.
            let does_without = side.items(&mut items)
                || missing == Some("never_skip")
                || missing == Some("skip_if_all") && !side.is_one();
            !does_without && items.iter().any(|(item, name)| !has(*item, name, number, fillers, filler))
        };
        let mut missing = dice.missing;
        let somebody =
            of.numbers.iter().zip(&of.filled_by).filter(|(number, _)| is_in(&cells, **number)).any(
                |(number, fillers)| {
                    let asked =
                        fillers.iter().filter(|filler| filled_by.is_empty() || filled_by.contains(filler));
                    let all = |filler: &str| {
                        (0..2).all(|side| !lacks(&sides[side], missing[side], *number, fillers, filler))
                    };
                    asked.into_iter().any(|filler| all(filler))
                },
            );
        if !somebody {
            missing = [Some("never_skip"); 2];
        }
        let id = format!("c{at}");
        let cells = json!({"form": form, "id": id, "since": since, "until": until, "left": sides[0].print(0), "operator": dice.operator,
            "right": sides[1].print(0), "left_missing": missing[0], "right_missing": missing[1], "tolerance": dice.tolerance,
            "severity": dice.severity, "filled_by": filled_by, "message_vi": "{left} và {right}: {difference}",
            "message_en": "{left} and {right}: {difference}"});
        self.add("checks", with_basis(cells, &id, dice.force));
        self.sides.push(sides);
    }

    /// An entry with days and scope, if no other has its table, key and scope.
    fn entry<T>(&mut self, lines: &[Line], table: &'static str, entry: &Entry<T>, cells: Value, force: &str) {
        let &(_, from, to, scope) = entry;
        let from = from.unwrap_or(MIN);
        let to = to.map_or(MAX, |length| if from == MIN { length } else { from + length });
        // A scope is named by its code on the first day.
        let line = scope.map(|line| if lines[line].on(from).is_some() { line } else { 0 });
        let code = line.and_then(|line| lines[line].on(from)).map(|version| version.code.clone());
        let mut row = with_basis(cells, &format!("{table} {}", code.as_deref().unwrap_or_default()), force);
        let days = [("from", shown(from)), ("to", shown(to)), ("scope", code)];
        for (key, value) in days.into_iter().filter_map(|(key, value)| Some((key, value?))) {
            row[key] = value.into();
        }
        let is_free = self.tables.get(table).into_iter().flatten().all(|other| {
            let name = if table == "settings" { "key" } else { "rule" };
            // Two codes may be those of one unit.
            let line_of = |row: &Value| {
                lines
                    .iter()
                    .position(|line| line.versions.iter().any(|version| row["scope"] == *version.code))
            };
            other[name] != row[name] || line_of(other) != line_of(&row)
        });
        if is_free {
            self.add(table, row);
        }
    }
}

fn document((forms, checks, settings, severities): &Policy, lines: &[Line]) -> (Value, Vec<[Tree; 2]>) {
    let mut entries = Entries { tables: BTreeMap::new(), sides: Vec::new() };
    for (id, form) in ["f", "g"].into_iter().zip(forms) {
        entries.form(id, form);
    }
    for (at, check) in checks.iter().enumerate() {
        let form = usize::from(at == 5 && forms.len() > 1);
        entries.check(at, ["f", "g"][form], check, &forms[form]);
    }
    let keys = ["max_stock_change", "max_stock_change", "max_flow_times_median", "max_flow_times_median"];
    for (key, entry) in keys.into_iter().zip(settings).filter_map(|(key, entry)| Some((key, entry.as_ref()?)))
    {
        let force = FORCES[usize::try_from(entry.0).unwrap() % FORCES.len()];
        entries.entry(lines, "settings", entry, json!({"key": key, "value": entry.0}), force);
    }
    for entry in severities.iter().flatten() {
        let (rule, severity) = entry.0;
        // Only what binds makes an error.
        let force = if severity == "error" { "binding" } else { "practice" };
        entries.entry(lines, "severities", entry, json!({"rule": RULES[rule], "severity": severity}), force);
    }
    let mut document = json!({"name": "mau"});
    for (table, rows) in entries.tables {
        document[table] = rows.into();
    }
    (document, entries.sides)
}

/// What one report is made of.
#[derive(Clone, Debug)]
struct ReportDice {
    /// How many periods after the one before.
    step: u8,
    /// Another frequency, or a span of days.
    other: Option<usize>,
    version: Option<u64>,
    kind: Option<&'static str>,
    revision: Option<u32>,
    state: Option<&'static str>,
    received: (u8, i32),
    /// One for each indicator, and one for an indicator that no form has.
    figures: [u8; 7],
    /// How the figures are changed as a whole.
    all: u8,
    estimates: u16,
    confirmed: u32,
    prose: u8,
    extras: [u8; 4],
}

fn report() -> impl Strategy<Value = ReportDice> {
    let known = (
        prop_oneof![1 => Just(0_u8), 8 => Just(1), 1 => Just(2), 1 => Just(12)],
        option::weighted(0.06, 0..7_usize),
        option::weighted(0.15, 1..5_u64),
        option::weighted(0.1, select(vec!["thematic", "ad_hoc", "periodic"])),
        option::weighted(0.2, 1..4_u32),
        option::weighted(
            0.15,
            select(vec!["draft", "submitted", "returned", "approved", "locked", "reopened"]),
        ),
        (0..10_u8, -25..40),
    );
    let masks = prop_oneof![3 => Just((0, 0)), 1 => (any::<u16>(), any::<u32>())];
    (known, any::<[u8; 7]>(), 0..12_u8, masks, any::<u8>(), any::<[u8; 4]>()).prop_map(
        |(
            (step, other, version, kind, revision, state, received),
            figures,
            all,
            (estimates, confirmed),
            prose,
            extras,
        )| ReportDice {
            step,
            other,
            version,
            kind,
            revision,
            state,
            received,
            figures,
            all,
            estimates,
            confirmed,
            prose,
            extras,
        },
    )
}

/// Reports of one sender under one form: the sender, the form, the frequency, the first day, and each.
type SeriesDice = (usize, u8, usize, i32, Vec<ReportDice>);

fn series(length: Range<usize>) -> impl Strategy<Value = SeriesDice> {
    (0..40_usize, 0..12_u8, 0..14_usize, 0..SPAN / 2, vec(report(), length))
}

/// The frequency of a series whose periods are spans of days.
const SPANS: usize = 3;

fn days_from(first: NaiveDate, length: u8) -> Period {
    // They may lie in each other.
    format!("{first}/{}", first + TimeDelta::days(i64::from(length) % 130)).parse().unwrap()
}

fn reports(world: &World, dice: &[SeriesDice]) -> Vec<Value> {
    let forms: Vec<&Value> = world.policy["forms"].as_array().unwrap().iter().collect();
    let mut reports = Vec::new();
    for (sender, form, frequency, start, all) in dice {
        let form = match form {
            0 => "unknown",
            1..=2 => "g",
            _ => "f",
        };
        let versions: Vec<_> = forms.iter().filter(|row| row["id"] == form).collect();
        let every = versions.first().map_or("month", |version| version["every"].as_str().unwrap());
        let frequencies = ["week", "quarter", "month"];
        let every: Frequency = frequencies.get(*frequency).copied().unwrap_or(every).parse().unwrap();
        // October to December are after the nine months.
        let at = |frequency: Frequency, day: i32| {
            Period::at(frequency, date(day), Scheme::Calendar)
                .or_else(|| Period::at(frequency, date(day - 92), Scheme::Calendar))
        };
        let mut period = at(every, *start).unwrap();
        let mut last: Option<Value> = None;
        for report in all {
            for _ in 0..report.step {
                // The years end, and a day after the last of them is none.
                period = period
                    .next()
                    .filter(|next| day_of(*next.days(Scheme::Calendar).end()) < LAST)
                    .unwrap_or(period);
            }
            let first = *period.days(Scheme::Calendar).start();
            let own = match report.other {
                _ if *frequency == SPANS => days_from(first, report.extras[3]),
                Some(6) => days_from(first, report.extras[3]),
                Some(other) => at(Frequency::ALL[other], day_of(first)).unwrap(),
                None => period,
            };
            let row = one(world, report, *sender, form, own, &versions, last.as_ref());
            last = Some(row.clone());
            // The same is sent under another form.
            if report.extras[1] % 16 == 0 {
                let mut copy = row.clone();
                copy["form"] = json!(["f", "g", "unknown", "other"][usize::from(report.extras[1] / 64)]);
                reports.push(copy);
            }
            reports.push(row);
        }
    }
    reports
}

fn one(
    world: &World,
    dice: &ReportDice,
    sender: usize,
    form: &str,
    period: Period,
    versions: &[&&Value],
    last: Option<&Value>,
) -> Value {
    let days = period.days(Scheme::Calendar);
    let (first, end) = (day_of(*days.start()), day_of(*days.end()));
    let text = end_text(&days);
    let in_force = versions.iter().find(|row| {
        row["from"].as_str().is_none_or(|from| from <= &*text)
            && row["to"].as_str().is_none_or(|to| &*text < to)
    });
    let in_force = in_force.map(|row| row["version"].as_u64().unwrap_or(1));
    let version = dice.version.or(in_force).filter(|&version| version > 1 || dice.extras[0] > 200);
    // Units are named as on the last day of the period, or else the first.
    let (team, unit) = if sender < 24 {
        (Some(format!("t{}", sender % world.teams.len())), None)
    } else {
        let line = &world.lines[sender % world.lines.len()];
        let code = |line: &Line| line.on(end).or_else(|| line.on(first)).map(|version| version.code.clone());
        (None, code(line).or_else(|| code(&world.lines[0])))
    };
    let received = match dice.received {
        (0, _) => None,
        (1, _) => Some(world.as_of),
        (2, offset) => Some(world.as_of + offset.signum()),
        (_, offset) => Some(end + offset),
    };
    let mut figures = Map::new();
    let mut not_applicable = Vec::new();
    for (name, dice) in INDICATORS.into_iter().chain(["x9"]).zip(dice.figures) {
        match dice {
            _ if name == "x9" && dice < 235 => {}
            0..30 => {}
            30..40 => not_applicable.push(name),
            40..70 => drop(figures.insert(name.into(), 0.into())),
            70..235 => drop(figures.insert(name.into(), u32::from(dice % 24).into())),
            235..250 => drop(figures.insert(name.into(), (u32::from(dice) * 7).into())),
            _ => drop(figures.insert(name.into(), (i32::MAX - i32::from(255 - dice)).into())),
        }
    }
    match (dice.all, last) {
        (0, _) => figures.values_mut().for_each(|figure| *figure = 0.into()),
        (1..=2, Some(last)) => {
            figures = last["figures"].as_object().cloned().unwrap_or_default();
            not_applicable.clear();
        }
        _ => {}
    }
    let some = |names: &[&'static str], bits: u32| -> Vec<&'static str> {
        names.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, name)| *name).collect()
    };
    let checks = ["c0", "c1", "c2", "c3", "c4", "c5"];
    let confirmed = [some(&RULES, dice.confirmed), some(&checks, dice.confirmed >> 15)].concat();
    let prose: Map<String, Value> = PROSE
        .into_iter()
        .chain(["wx"])
        .enumerate()
        .filter(|(at, _)| dice.prose >> at & 1 == 1)
        .map(|(at, name)| (name.into(), format!("Lời văn, \"{at}\"; số 1").into()))
        .collect();
    let [_, sent, channel, by] = dice.extras;
    row(json!({
        "form": form, "version": version, "period": period, "unit": unit, "team": team, "kind": dice.kind, "revision": dice.revision,
        "sent": (sent > 200).then(|| shown(end)), "received": received.and_then(shown), "entered": (sent % 9 == 0).then(|| shown(end + 1)),
        "channel": (channel > 200).then_some("paper"), "by": (by > 200).then(|| format!("p{}", usize::from(by) % PEOPLE)),
        // Nobody has looked at what has not come.
        "state": dice.state.filter(|state| received.is_some() || *state == "draft"), "figures": figures, "not_applicable": not_applicable,
        "estimates": some(&INDICATORS, u32::from(dice.estimates)), "confirmed": confirmed, "prose": prose
    }))
}

fn end_text(days: &RangeInclusive<NaiveDate>) -> String {
    days.end().to_string()
}

/// A world with so many series of reports, each of such a length.
pub fn world_of(count: Range<usize>, length: Range<usize>) -> impl Strategy<Value = World> {
    let attributes = (4..LINES.len(), select(vec!["households", "households", "adults"]), 0..SPAN, 0..50_u32);
    let attribute_of_any = (0..LINES.len(), Just("households"), 0..SPAN / 2, 0..90_u32);
    let register = (
        vec(line(), LINES.len()),
        vec(team(), 2..=6),
        vec((0..6_usize, 0..PEOPLE, 0..SPAN / 2, when(0.4, 1..SPAN / 2)), 0..14),
        vec(prop_oneof![attributes, attribute_of_any], 0..14),
    );
    (register, policy(), vec(series(length), count), 0..SPAN).prop_map(
        |((lines_dice, teams_dice, members, attributes), policy, series, as_of)| {
            let lines = lines(&lines_dice);
            let teams = teams(&teams_dice, &lines);
            let memberships = memberships(members, teams.len());
            let attributes = attributes
                .into_iter()
                .filter(|&(line, _, from, _)| lines[line].on(from).is_some())
                .map(|(line, name, from, value)| ((line, name, from), value))
                .collect();
            let (policy, sides) = document(&policy, &lines);
            let mut world =
                World { lines, teams, memberships, attributes, policy, sides, reports: Vec::new(), as_of };
            world.reports = reports(&world, &series);
            world
        },
    )
}

pub fn world() -> impl Strategy<Value = World> {
    world_of(1..6, 1..14)
}

/// A world, and a report that is not among its reports.
pub fn world_and_report() -> impl Strategy<Value = (World, Value)> {
    // The last series has one report.
    (
        world_of(1..5, 1..14),
        (0..40_usize, 3..12_u8, 0..14_usize, report()),
        any::<prop::sample::Index>(),
        0..3_u8,
    )
        .prop_map(|(world, (sender, form, frequency, report), at, like)| {
            let day = (world.as_of - 45).max(0);
            let mut row = reports(&world, &[(sender, form, frequency, day, vec![report])]).remove(0);
            // Mostly it is about the same as one of the reports there, or follows it.
            if like > 0 {
                let other = at.get(&world.reports);
                for key in ["form", "team", "unit", "period"] {
                    match other.get(key) {
                        Some(value) => row[key] = value.clone(),
                        None => drop(row.as_object_mut().unwrap().remove(key)),
                    }
                }
                let next = other["period"].as_str().unwrap().parse::<Period>().unwrap().next();
                if let Some(next) = next.filter(|_| like == 2 && other.get("team").is_some()) {
                    row["period"] = json!(next);
                }
            }
            (world, row)
        })
}

impl World {
    /// The register.
    pub fn register(&self) -> Value {
        let versions =
            || self.lines.iter().flat_map(|line| line.versions.iter().map(move |version| (line, version)));
        let code = |line: usize, day: i32| self.lines[line].on(day).unwrap().code.clone();
        let units = versions().map(|(line, version)| {
            let Span(from, to) = version.span;
            json!({"code": version.code, "name": format!("Mẫu {}", version.code), "kind": KINDS[line.level], "level": LEVELS[line.level],
                "parent": version.parent.map(|parent| code(parent, from)), "from": shown(from), "to": shown(to)})
        });
        let successions = self.lines.iter().flat_map(|line| {
            line.versions.windows(2).map(|pair| {
                json!({"day": shown(pair[1].span.0), "old": pair[0].code, "new": pair[1].code, "extent": "continues"})
            })
        });
        let attributes = self.attributes.iter().map(|(&(line, name, from), value)| {
            json!({"unit": code(line, from), "attribute": name, "from": shown(from), "value": value})
        });
        let teams = self.teams.iter().enumerate().map(|(at, team)| {
            let Span(from, to) = team.span;
            let covers: Vec<_> = team.covers.iter().map(|&line| code(line, from)).collect();
            json!({"id": format!("t{at}"), "kind": team.kind, "unit": code(team.unit, from), "covers": covers, "from": shown(from), "to": shown(to)})
        });
        let people = (0..PEOPLE).map(|at| json!({"id": format!("p{at}"), "name": format!("Người Mẫu {at}")}));
        let memberships = self.memberships.iter().map(|&(team, person, Span(from, to))| {
            json!({"team": format!("t{team}"), "person": format!("p{person}"), "role": "member", "from": shown(from), "to": shown(to)})
        });
        let mut document = Map::new();
        for (table, rows) in [
            ("units", units.collect::<Vec<_>>()),
            ("successions", successions.collect()),
            ("attributes", attributes.collect()),
            ("teams", teams.collect()),
            ("people", people.collect()),
            ("memberships", memberships.collect()),
        ] {
            document.insert(table.into(), rows.into_iter().map(row).collect());
        }
        document.into()
    }

    /// The reports, as a document.
    pub fn document(&self) -> Value {
        documented(&self.reports)
    }
}

pub fn documented(reports: &[Value]) -> Value {
    json!({"note": "Made up.", "reports": reports})
}

/// Shows what is read, a row a line.
impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "as of {}", date(self.as_of))?;
        let documents = [self.register(), self.policy.clone(), self.document()];
        for (key, rows) in documents.iter().filter_map(Value::as_object).flatten() {
            match rows {
                Value::Array(rows) => rows.iter().try_for_each(|row| writeln!(f, "{key}: {row}"))?,
                text => writeln!(f, "{key}: {text}")?,
            }
        }
        Ok(())
    }
}
