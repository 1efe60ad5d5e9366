//! What should be found, report by report, by a look at everything.

use crate::expression::{Item, departs};
use crate::world::{LEVELS, Line, MIN, World, date, day_of};
use cnscd::{Period, Scheme};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A report as its row says, with what is left out in it.
pub struct Report<'w> {
    /// Its number in the document.
    pub at: usize,
    row: &'w Value,
    pub form: &'w str,
    /// The version that it names.
    stated: Option<u64>,
    pub period: Period,
    sender: Sender,
    pub kind: &'w str,
    revision: u64,
    received: Option<i32>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sender {
    Team(usize),
    Line(usize),
}

/// One finding.
pub struct Found {
    pub report: usize,
    pub code: &'static str,
    pub severity: &'static str,
    pub params: Value,
    pub line: String,
}

/// A report that departs from a check.
#[derive(Clone, Debug, PartialEq)]
pub struct Departure {
    pub report: usize,
    pub form: String,
    pub check: usize,
    pub left: Option<f64>,
    pub right: Option<f64>,
}

pub struct Oracle<'w> {
    world: &'w World,
    as_of: i32,
    reports: Vec<Report<'w>>,
}

fn list<'v>(row: &'v Value, key: &str) -> Vec<&'v str> {
    row[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn rows<'v>(document: &'v Value, table: &str) -> Vec<&'v Value> {
    document[table].as_array().into_iter().flatten().collect()
}

fn day(row: &Value, key: &str) -> Option<i32> {
    Some(day_of(row[key].as_str()?.parse().unwrap()))
}

/// Whether an entry of the policy holds on a day.
fn holds(row: &Value, on: i32) -> bool {
    day(row, "from").is_none_or(|from| from <= on) && day(row, "to").is_none_or(|to| on < to)
}

/// A whole number, or a text with so many decimals where one of them is not 0.
fn amount(value: f64, places: usize) -> Value {
    let unit = 10_f64.powi(i32::try_from(places).unwrap());
    // So large a value has no such parts that are exact.
    if value.fract() == 0.0 || value.abs() >= 9e15 / unit {
        return json!(format!("{:.0}", value.trunc()).parse::<i64>().unwrap());
    }
    let parts = (value.abs() * unit + 0.5).floor();
    let width = places + 1;
    let text = format!("{}{parts:0width$.0}", if value < 0.0 && parts > 0.0 { "-" } else { "" });
    let (whole, part) = text.split_at(text.len() - places);
    if part.bytes().all(|digit| digit == b'0') {
        json!(whole.parse::<i64>().unwrap())
    } else {
        json!(format!("{whole}.{part}"))
    }
}

/// The decimals at which two sides look different: two at least, nine at most.
fn places(left: f64, right: f64) -> usize {
    let differ = |&places: &usize| amount(left.abs(), places) != amount(right.abs(), places);
    let may_differ = (left - right).abs() > 0.0;
    (2..=9).find(differ).filter(|_| may_differ).unwrap_or(2)
}

/// The number of a version.
fn number(version: &Value) -> u64 {
    version["version"].as_u64().unwrap_or(1)
}

/// The last day of a period, as a version counts it.
fn end_of(period: Period, version: &Value) -> i32 {
    let scheme: Scheme = version["scheme"].as_str().unwrap().parse().unwrap();
    day_of(*period.days(scheme).end())
}

fn figure(row: &Value, name: &str) -> Option<i64> {
    row["figures"][name].as_i64()
}

impl<'w> Oracle<'w> {
    pub fn new(world: &'w World, as_of: i32) -> Self {
        let read = |(at, row): (usize, &'w Value)| {
            let text = |key: &str| row[key].as_str();
            let period: Period = text("period").unwrap().parse().unwrap();
            let days = period.days(Scheme::Calendar);
            let is_it =
                |line: &Line, day: i32| line.on(day).is_some_and(|own| text("unit") == Some(&own.code));
            let on = |day: i32| world.lines.iter().position(|line| is_it(line, day));
            let unit = || on(day_of(*days.end())).or_else(|| on(day_of(*days.start())));
            let team = text("team").map(|team| Sender::Team(team[1..].parse().unwrap()));
            let sender = team.or_else(|| unit().map(Sender::Line)).unwrap();
            Report {
                at,
                row,
                form: text("form").unwrap(),
                stated: row["version"].as_u64(),
                period,
                sender,
                kind: text("kind").unwrap_or("periodic"),
                revision: row["revision"].as_u64().unwrap_or(1),
                received: day(row, "received"),
            }
        };
        Self { world, as_of, reports: world.reports.iter().enumerate().map(read).collect() }
    }

    fn first_day(&self, sender: Sender) -> i32 {
        match sender {
            Sender::Team(team) => self.world.teams[team].span.0,
            Sender::Line(line) => self.world.lines[line].versions[0].span.0,
        }
    }

    /// Whether it had come by the day, from somebody who was there then.
    fn is_known(&self, report: &Report) -> bool {
        report.row["state"] != "draft"
            && report.received.is_some_and(|day| day <= self.as_of)
            && self.first_day(report.sender) <= self.as_of
    }

    /// The one that counts of those of one sender, form, kind and period.
    fn counting(&self, sender: Sender, form: &str, kind: &str, period: Period) -> Option<&Report<'w>> {
        let is_it = |report: &&Report| {
            (report.sender, report.form, report.kind, report.period) == (sender, form, kind, period)
                && self.is_known(report)
        };
        self.reports.iter().filter(is_it).max_by_key(|report| (report.revision, report.received, report.at))
    }

    fn before(&self, report: &Report) -> Option<&Report<'w>> {
        let period = report.period.previous().filter(|_| report.kind == "periodic")?;
        self.counting(report.sender, report.form, report.kind, period).filter(stands)
    }

    fn last_year(&self, report: &Report) -> Option<&Report<'w>> {
        let name = report.period.to_string();
        let (year, rest) = name.split_at(4);
        // A span of days is of no year, and not every year has a 53rd week.
        let last = format!("{}{rest}", year.parse::<i32>().unwrap() - 1);
        let period = last.parse().ok().filter(|_| report.kind == "periodic" && !name.contains('/'))?;
        self.counting(report.sender, report.form, report.kind, period).filter(stands)
    }

    /// Those that count of earlier periods, the latest first.
    fn earlier(&self, report: &Report) -> Vec<&Report<'w>> {
        // Of two spans of days from one day the shorter is the earlier.
        let start = |report: &Report| report.period.days(Scheme::Calendar).into_inner();
        let mut earlier: Vec<_> = self
            .reports
            .iter()
            .filter(|other| {
                (other.sender, other.form, other.kind, report.kind)
                    == (report.sender, report.form, "periodic", "periodic")
            })
            .filter(|other| {
                other.period.frequency() == report.period.frequency() && start(other) < start(report)
            })
            .filter(|other| {
                self.counting(other.sender, other.form, other.kind, other.period)
                    .is_some_and(|own| own.at == other.at && stands(&own))
            })
            .collect();
        earlier.sort_by_key(|other| std::cmp::Reverse(start(other)));
        earlier
    }

    /// The lines above a line on a day, itself first: what still names a unit stands below it, also after its end.
    fn path(&self, line: usize, day: i32) -> Vec<usize> {
        let lines = &self.world.lines;
        let mut path = vec![line];
        let mut at = line;
        loop {
            let begun = lines[at].versions.iter().rev().find(|version| version.span.0 <= day);
            let Some(parent) = begun.unwrap_or(&lines[at].versions[0]).parent else { return path };
            path.push(parent);
            at = parent;
        }
    }

    /// The code of a line: that of the version that holds, else of the last one begun, else of the first.
    fn code(&self, line: usize) -> &'w str {
        let versions = &self.world.lines[line].versions;
        let begun = versions.iter().rev().find(|version| version.span.0 <= self.as_of);
        &begun.unwrap_or(&versions[0]).code
    }

    fn place(&self, sender: Sender) -> usize {
        match sender {
            Sender::Team(team) => self.world.teams[team].unit,
            Sender::Line(line) => line,
        }
    }

    /// Whether a line is another or below it on a day.
    fn is_below(&self, line: usize, above: usize, day: i32) -> bool {
        self.path(line, day).contains(&above)
    }

    /// The community teams in force on a day in a unit and below.
    fn teams_below(&self, line: usize, day: i32) -> Vec<usize> {
        let is_it = |&at: &usize| {
            let team = &self.world.teams[at];
            team.kind == "community"
                && team.span.has(day)
                && team.span.0 <= self.as_of
                && self.is_below(team.unit, line, day)
        };
        (0..self.world.teams.len()).filter(is_it).collect()
    }

    /// The entries of the versions of a form, by their numbers.
    fn versions(&self, form: &str) -> Vec<&'w Value> {
        let mut versions = rows(&self.world.policy, "forms");
        versions.retain(|row| row["id"] == form);
        versions
    }

    /// The version that a report is on: the one that it names, else the one in force at the end of its period.
    fn version(&self, report: &Report) -> Option<&'w Value> {
        match report.stated {
            Some(stated) => self.versions(report.form).into_iter().find(|row| number(row) == stated),
            None => self.in_force(report),
        }
    }

    /// The version in force at the end of the period of a report, as it counts that end.
    fn in_force(&self, report: &Report) -> Option<&'w Value> {
        self.versions(report.form).into_iter().find(|row| holds(row, end_of(report.period, row)))
    }

    /// Whether a figure, text or check is in the version that a report is on.
    fn is_in(&self, row: &Value, report: &Report) -> bool {
        self.version(report).is_some_and(|version| {
            row["since"].as_u64().is_none_or(|since| since <= number(version))
                && row["until"].as_u64().is_none_or(|until| number(version) <= until)
        })
    }

    /// Whether a form has a figure, text or check in the version and for the sender of a report.
    fn has(&self, row: &Value, report: &Report) -> bool {
        let fillers = list(row, "filled_by");
        row["form"] == report.form
            && self.is_in(row, report)
            && self
                .version(report)
                .is_some_and(|own| list(own, "filled_by").contains(&self.filler(report.sender)))
            && (fillers.is_empty() || fillers.contains(&self.filler(report.sender)))
    }

    /// The indicator of a name that a report should have.
    fn own(&self, report: &Report, name: &str) -> Option<&'w Value> {
        let mut rows = rows(&self.world.policy, "indicators").into_iter();
        rows.find(|row| row["id"] == name && self.has(row, report))
    }

    /// What happened in the period of a report.
    fn flow(&self, name: &str, report: &Report) -> Option<i64> {
        let (own, value) = (self.own(report, name)?, figure(report.row, name)?);
        match own["counts"].as_str().unwrap() {
            "in_period" => Some(value),
            "year_to_date" if begins_year(report.period) => Some(value),
            "year_to_date" => Some(value - self.alike(name, report, self.before(report)?)?),
            _ => None,
        }
    }

    /// The figure of another report, if it counts it as the report does.
    fn alike(&self, name: &str, report: &Report, other: &Report) -> Option<i64> {
        let (own, then) = (self.own(report, name)?, self.own(other, name)?);
        figure(other.row, name).filter(|_| own["counts"] == then["counts"] && own["unit"] == then["unit"])
    }

    fn filler(&self, sender: Sender) -> &'static str {
        match sender {
            Sender::Team(_) => "team",
            Sender::Line(line) => LEVELS[self.world.lines[line].level],
        }
    }

    /// The last day of the period; of a version that there is not, as the first one counts it.
    fn cut_off(&self, report: &Report) -> Option<i32> {
        let version = self.version(report).or_else(|| self.versions(report.form).first().copied())?;
        Some(end_of(report.period, version))
    }

    /// The day by which a report is judged.
    fn day(&self, report: &Report) -> i32 {
        self.cut_off(report).map_or(self.as_of, |day| day.min(self.as_of))
    }

    /// What an expression asks for.
    fn ask(&self, report: &Report, item: Item, name: &str) -> Option<f64> {
        let as_number = |figure: i64| f64::from(i32::try_from(figure).unwrap());
        let day = self.day(report);
        let sum =
            |figures: Vec<i64>| (!figures.is_empty()).then(|| figures.iter().copied().map(as_number).sum());
        match item {
            Item::Figure => self.alike(name, report, report).map(as_number),
            Item::Previous => self.alike(name, report, self.before(report)?).map(as_number),
            Item::LastYear => self.alike(name, report, self.last_year(report)?).map(as_number),
            Item::Flow => self.flow(name, report).map(as_number),
            Item::Before => {
                let all = self.earlier(report);
                sum(all.iter().filter_map(|other| self.alike(name, report, other)).collect())
            }
            Item::Below => {
                let Sender::Line(line) = report.sender else { return None };
                let of_team =
                    |team| self.counting(Sender::Team(team), report.form, report.kind, report.period);
                // What was sent back does not count.
                let teams = self.teams_below(line, day).into_iter().filter_map(of_team).filter(stands);
                let figures: Vec<_> = teams.filter_map(|other| self.alike(name, report, other)).collect();
                if self.own(report, name)?["over_units"] == "maximum" {
                    return figures.into_iter().max().map(as_number);
                }
                sum(figures)
            }
            Item::Attribute => {
                let places = match report.sender {
                    Sender::Team(team) if self.world.teams[team].covers.is_empty() => {
                        self.places(Sender::Line(self.world.teams[team].unit), day)
                    }
                    _ => self.places(report.sender, day),
                };
                let values = places.into_iter().map(|line| self.attribute(line, name, day));
                values
                    .collect::<Option<Vec<_>>>()
                    .filter(|values| !values.is_empty())
                    .map(|values| values.iter().sum())
            }
            Item::Fact => {
                let teams = match report.sender {
                    Sender::Team(team) => vec![team],
                    Sender::Line(line) => self.teams_below(line, day),
                };
                let count = match (name, report.sender) {
                    ("teams", _) => teams.len(),
                    ("members", _) => {
                        let members = self.world.memberships.iter();
                        members.filter(|(team, _, span)| teams.contains(team) && span.has(day)).count()
                    }
                    (_, Sender::Team(_)) => self.places(report.sender, day).len(),
                    (_, Sender::Line(line)) => {
                        let lines = &self.world.lines;
                        let is_below = |&at: &usize| {
                            at != line
                                && lines[at].level == 3
                                && lines[at].on(day).is_some()
                                && self.is_below(at, line, day)
                        };
                        (0..lines.len()).filter(is_below).count()
                    }
                };
                Some(f64::from(u32::try_from(count).unwrap()))
            }
        }
    }

    /// What a sender speaks for, of what is there on a day: the unit, or the villages that the team covers; its unit is one if it names none.
    fn places(&self, sender: Sender, day: i32) -> Vec<usize> {
        let lines = &self.world.lines;
        let mut places = match sender {
            Sender::Line(line) => vec![line],
            Sender::Team(team) => {
                let team = &self.world.teams[team];
                if team.covers.is_empty() {
                    let is_there = |unit: &usize| lines[*unit].level == 3 && lines[*unit].on(day).is_some();
                    return Some(team.unit).filter(is_there).into_iter().collect();
                }
                team.covers.clone()
            }
        };
        places.retain(|&line| lines[line].on(day).is_some());
        places
    }

    fn attribute(&self, line: usize, name: &str, day: i32) -> Option<f64> {
        let own = self
            .world
            .attributes
            .iter()
            .filter(|((of, attribute, from), _)| *of == line && *attribute == name && *from <= day);
        own.max_by_key(|((_, _, from), _)| *from).map(|(_, &value)| f64::from(value))
    }

    /// The checks that reports depart from.
    pub fn departures(&self) -> Vec<Departure> {
        let mut found = Vec::new();
        for report in self.counted() {
            let checks = rows(&self.world.policy, "checks").into_iter().zip(&self.world.sides).enumerate();
            for (check, (row, sides)) in
                checks.filter(|(_, (row, _))| self.has(row, report) && row["severity"] != "off")
            {
                let mut peak = 0.0;
                let mut side = |at: usize, missing: &str| {
                    let missing = row[missing].as_str().unwrap_or("skip_if_any");
                    // There is no -0.
                    sides[at]
                        .side(missing, &|item, name| self.ask(report, item, name), &mut peak)
                        .map(|value| value + 0.0)
                };
                let (left, right) = (side(0, "left_missing"), side(1, "right_missing"));
                let tolerance = row["tolerance"].as_f64().unwrap_or(0.0);
                if departs(row["operator"].as_str().unwrap(), tolerance, left, right, peak) {
                    found.push(Departure { report: report.at, form: report.form.into(), check, left, right });
                }
            }
        }
        found
    }

    fn counted(&self) -> impl Iterator<Item = &Report<'w>> {
        let counts = |report: &&Report| {
            let own = self.counting(report.sender, report.form, report.kind, report.period);
            own.is_some_and(|own| own.at == report.at)
        };
        self.reports.iter().filter(counts)
    }

    /// The entry of a table that is in force for a unit on a day: that of the lowest unit, else the one without a scope.
    fn entry(&self, table: &str, key: &str, name: &str, line: usize, on: i32) -> Option<&'w Value> {
        let entries: Vec<_> = rows(&self.world.policy, table)
            .into_iter()
            .filter(|row| row[key] == name && holds(row, on))
            .collect();
        let scope = |row: &Value| {
            // The code as on the first day of the entry.
            let from = day(row, "from").unwrap_or(MIN);
            let is_it = |line: &Line| line.on(from).is_some_and(|version| row["scope"] == *version.code);
            self.world.lines.iter().position(is_it)
        };
        let own = self
            .path(line, on)
            .into_iter()
            // An entry of a unit above that has ended binds nobody.
            .filter(|&above| above == line || self.world.lines[above].on(on).is_some())
            .find_map(|above| entries.iter().find(|row| scope(row) == Some(above)));
        own.or_else(|| entries.iter().find(|row| row["scope"].is_null())).copied()
    }

    /// All findings, each with the report that it is of.
    #[expect(clippy::too_many_lines, reason = "a paragraph for each rule")]
    pub fn findings(&self) -> Vec<Found> {
        let departures = self.departures();
        let mut found = Vec::new();
        for report in self.counted() {
            let place = self.place(report.sender);
            let version = self.version(report);
            let judged = self.day(report);
            let mut say = |code: &'static str,
                           name: &str,
                           usual: &'static str,
                           basis: Option<&Value>,
                           binds: bool,
                           more: Value,
                           check: Option<&str>| {
                let mut params = json!({"form": report.form, "period": report.period});
                if report.kind != "periodic" {
                    params["kind"] = json!(report.kind);
                }
                for (key, value) in more.as_object().unwrap() {
                    params[key] = value.clone();
                }
                let set = self
                    .entry("severities", "rule", name, place, judged)
                    .map(|row| row["severity"].as_str().unwrap());
                let is_binding = binds && basis.is_some_and(|row| row["force"] == "binding");
                let severity = set.unwrap_or(if is_binding { "error" } else { usual });
                let confirmed = list(report.row, "confirmed");
                let is_confirmed =
                    confirmed.contains(&name) || check.is_some_and(|check| confirmed.contains(&check));
                let severity = match severity {
                    "off" => return,
                    "error" => "error",
                    "warning" if is_confirmed => "info",
                    "warning" => "warning",
                    _ if is_confirmed => return,
                    _ => "info",
                };
                let (table, subject) = match report.sender {
                    Sender::Team(team) => ("teams", format!("t{team}")),
                    Sender::Line(line) => ("units", self.code(line).into()),
                };
                let basis = basis.map_or(Value::Null, |row| row["basis_vi"].clone());
                let line = format!(
                    "{code} {table} {subject} in {} from {} {severity} by {basis}: {params}",
                    self.code(place),
                    date(report.received.unwrap())
                );
                found.push(Found { report: report.at, code, severity, params, line });
            };
            for departure in departures.iter().filter(|departure| departure.report == report.at) {
                let row = rows(&self.world.policy, "checks")[departure.check];
                let id = row["id"].as_str().unwrap();
                let mut more = json!({"check": id});
                let sides = departure.left.zip(departure.right);
                let values = [
                    ("left", departure.left),
                    ("right", departure.right),
                    ("difference", sides.map(|(left, right)| left - right)),
                ];
                let places = sides.map_or(2, |(left, right)| places(left, right));
                for (key, value) in values.into_iter().filter_map(|(key, value)| Some((key, value?))) {
                    more[key] = amount(value, places);
                }
                let usual =
                    ["error", "warning", "info"].into_iter().find(|word| row["severity"] == *word).unwrap();
                say("R001", "figures-depart", usual, Some(row), false, more, Some(id));
            }
            let indicators: Vec<_> = rows(&self.world.policy, "indicators")
                .into_iter()
                .filter(|row| self.has(row, report))
                .collect();
            let id = |row: &Value| row["id"].as_str().unwrap().to_owned();
            let not_applicable = list(report.row, "not_applicable");
            let own = |row: &Value| figure(report.row, row["id"].as_str().unwrap());
            let is_there = |name: &str| figure(report.row, name).is_some() || not_applicable.contains(&name);

            let prose = rows(&self.world.policy, "prose").into_iter().filter(|row| self.has(row, report));
            let lacks = indicators
                .iter()
                .filter(|row| row["required"] == true && !is_there(&id(row)))
                .map(|row| id(row));
            let lacks: Vec<_> = lacks
                .chain(
                    prose
                        .filter(|row| row["required"] == true && report.row["prose"][id(row)].is_null())
                        .map(id),
                )
                .collect();
            if !lacks.is_empty() {
                say("R002", "report-incomplete", "warning", version, true, json!({"lacks": lacks}), None);
            }

            for row in &indicators {
                let Some(figure) = own(row) else { continue };
                let low = row["min"].as_i64().filter(|&min| figure < min);
                let high = row["max"].as_i64().filter(|&max| figure > max);
                if let Some(bound) = low.or(high) {
                    let more = json!({"indicators": [id(row)], "value": figure, "bound": bound});
                    say("R003", "figure-out-of-bounds", "warning", Some(row), false, more, None);
                }
            }

            let before = self.before(report);
            let year = |period: Period| period.to_string()[..4].to_owned();
            for row in
                indicators.iter().filter(|row| row["counts"] == "year_to_date" && !begins_year(report.period))
            {
                let all = self.earlier(report);
                let mut same = all.iter().filter(|other| year(other.period) == year(report.period));
                let last = same.find_map(|other| Some((self.alike(&id(row), report, other)?, other.period)));
                if let Some((value, (last, since))) =
                    own(row).zip(last).filter(|(value, (last, _))| value < last)
                {
                    let more =
                        json!({"indicators": [id(row)], "value": value, "before": last, "since": since});
                    say("R004", "cumulative-figure-fell", "warning", version, false, more, None);
                }
            }

            if let Some(entry) = self.entry("settings", "key", "max_stock_change", place, judged) {
                let most = entry["value"].as_i64().unwrap();
                for row in indicators.iter().filter(|row| row["counts"] == "at_cut_off") {
                    let last = before.and_then(|before| self.alike(&id(row), report, before));
                    let jumps =
                        |&(value, last): &(i64, i64)| last > 0 && (value - last).abs() * 100 > most * last;
                    if let Some((value, last)) = own(row).zip(last).filter(jumps) {
                        let more =
                            json!({"indicators": [id(row)], "value": value, "before": last, "most": most});
                        say("R005", "stock-jumps", "warning", Some(entry), false, more, None);
                    }
                }
            }

            let flow = |row: &Value, report: &Report| self.flow(&id(row), report);
            if let Some(entry) = self.entry("settings", "key", "max_flow_times_median", place, judged) {
                let most = entry["value"].as_i64().unwrap();
                // Of the last six periods.
                let mut near = Vec::new();
                let mut period = report.period.previous();
                while let Some(last) = period.filter(|_| near.len() < 6) {
                    near.push(last);
                    period = last.previous();
                }
                let mut earlier = self.earlier(report);
                if !near.is_empty() {
                    earlier.retain(|other| near.contains(&other.period));
                }
                for row in &indicators {
                    let mut flows: Vec<_> =
                        earlier.iter().take(6).filter_map(|other| flow(row, other)).collect();
                    flows.sort_unstable();
                    let middle = flows.len() / 2;
                    let twice_the_median = match flows.len() {
                        0..3 => continue,
                        odd if odd % 2 == 1 => 2 * flows[middle],
                        _ => flows[middle - 1] + flows[middle],
                    };
                    let is_above = |&flow: &i64| twice_the_median > 0 && 2 * flow > most * twice_the_median;
                    if let Some(value) = flow(row, report).filter(is_above) {
                        let more = json!({"indicators": [id(row)], "value": value, "most": most});
                        say("R006", "flow-above-usual", "warning", Some(entry), false, more, None);
                    }
                }
            }

            let all: Vec<_> = indicators.iter().filter(|row| row["counts"] != "at_cut_off").collect();
            let is_complete = all.iter().all(|row| row["required"] != true || is_there(&id(row)));
            let flows: Vec<_> = all.into_iter().filter(|row| own(row).is_some()).collect();
            if is_complete && !flows.is_empty() && flows.iter().all(|row| flow(row, report) == Some(0)) {
                let flows: Vec<_> = flows.iter().map(|row| id(row)).collect();
                let more = json!({"indicators": flows});
                say("R007", "nothing-happened", "info", version, false, more, None);
            }

            if let Some(before) = before {
                let flows = indicators.iter().filter(|row| row["counts"] == "in_period");
                let flows: Vec<_> =
                    flows.map(|row| (id(row), own(row), self.alike(&id(row), report, before))).collect();
                let figures: Vec<_> = flows.iter().filter_map(|(_, now, _)| *now).collect();
                let named: Vec<_> =
                    flows.iter().filter(|(_, now, _)| now.is_some()).map(|(id, ..)| id).collect();
                if flows.iter().all(|(_, now, then)| now == then)
                    && figures.len() > 1
                    && figures.iter().any(|&figure| figure > 0)
                {
                    let more = json!({"indicators": named});
                    say("R008", "flows-repeated", "warning", version, false, more, None);
                }
            }

            let key = |report: &Report<'w>| {
                (report.sender, report.form, report.kind, report.period, report.revision)
            };
            let count =
                self.reports.iter().filter(|other| key(other) == key(report) && self.is_known(other)).count();
            if count > 1 {
                say("R009", "report-twice", "warning", version, true, json!({"count": count}), None);
            }

            let cut_off = self.cut_off(report);
            let right = self.in_force(report);
            let differs = report.stated.is_some_and(|stated| right.map(number) != Some(stated));
            if !self.versions(report.form).is_empty() && (differs || right.is_none()) {
                let mut more = json!({});
                for (key, number) in [("stated", report.stated), ("other", right.map(number))] {
                    if let Some(number) = number {
                        more[key] = json!(number);
                    }
                }
                say("R010", "form-version-other", "warning", right, true, more, None);
            }

            if let Some(version) = version
                && report.kind == "periodic"
                && version["every"] != report.period.frequency().word()
            {
                say("R011", "report-period-unusual", "warning", Some(version), true, json!({}), None);
            }

            let estimates = list(report.row, "estimates");
            let is_firm = |row: &&Value| own(row).is_some() && !estimates.contains(&&*id(row));
            let firm: Vec<_> = indicators.iter().filter(|row| is_firm(row)).map(|row| id(row)).collect();
            if let Some(cut_off) = cut_off.filter(|&day| report.received.unwrap() < day)
                && !firm.is_empty()
            {
                let more = json!({"indicators": firm, "day": date(cut_off).to_string()});
                say("R012", "received-before-period-ended", "warning", version, true, more, None);
            }

            let mut unknown: Vec<_> = report.row["figures"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, _)| name.as_str())
                .chain(not_applicable.iter().copied())
                .collect();
            unknown.extend(&estimates);
            unknown.retain(|name| !indicators.iter().any(|row| row["id"] == *name));
            let has = |table: &str, name: &str, is_it: &dyn Fn(&Value) -> bool| {
                rows(&self.world.policy, table).into_iter().any(|row| row["id"] == name && is_it(row))
            };
            let texts = report.row["prose"].as_object().into_iter().flatten();
            let texts = texts.filter(|(_, text)| !text.is_null()).map(|(name, _)| name.as_str());
            unknown.extend(texts.filter(|name| !has("prose", name, &|row| self.has(row, report))));
            let is_rule = |name: &str| cnscd::RULES.iter().any(|rule| rule.name == name);
            let is_check = |name: &str| has("checks", name, &|row| row["form"] == report.form);
            let confirmed = list(report.row, "confirmed");
            unknown.extend(confirmed.into_iter().filter(|name| !is_rule(name) && !is_check(name)));
            unknown.sort_unstable();
            unknown.dedup();
            let fills = |own: &Value| list(own, "filled_by").contains(&self.filler(report.sender));
            if version.is_some_and(fills) && !unknown.is_empty() {
                say("R013", "indicator-unknown", "warning", version, true, json!({"unknown": unknown}), None);
            }

            if self.versions(report.form).is_empty() {
                say("R014", "form-unknown", "warning", None, true, json!({}), None);
            }

            if let Some(version) = version {
                let day = cut_off.unwrap().min(self.as_of);
                let is_there = match report.sender {
                    Sender::Team(team) => {
                        let team = &self.world.teams[team];
                        team.span.has(day) && version["teams"].as_str().is_none_or(|kind| kind == team.kind)
                    }
                    Sender::Line(line) => self.world.lines[line].on(day).is_some(),
                };
                if !is_there || !list(version, "filled_by").contains(&self.filler(report.sender)) {
                    say("R015", "reporter-unusual", "warning", Some(version), true, json!({}), None);
                }
            }
        }
        found
    }

    /// Other reports of the sender, form, kind and period of a report.
    pub fn about_the_same(&self, at: usize) -> Vec<usize> {
        let key = |report: &Report<'w>| (report.sender, report.form, report.kind, report.period);
        let is_same = |other: &&Report<'w>| key(other) == key(&self.reports[at]) && other.at != at;
        self.reports.iter().filter(is_same).map(|other| other.at).collect()
    }

    /// Whether the sender of a report begins later.
    pub fn begins_later(&self, at: usize) -> bool {
        self.first_day(self.reports[at].sender) > self.as_of
    }

    pub fn has_come(&self, at: usize) -> bool {
        self.is_known(&self.reports[at])
    }

    /// Puts reports about one thing, with one revision and received on one day, together: nothing tells which of them is the last.
    pub fn ties(&self) -> BTreeMap<String, Vec<usize>> {
        let mut ties: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for report in &self.reports {
            let key = format!(
                "{:?} {} {} {} {} {:?}",
                report.sender, report.form, report.kind, report.period, report.revision, report.received
            );
            ties.entry(key).or_default().push(report.at);
        }
        ties
    }
}

/// Whether a report was not sent back: one that was says nothing of what came before.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "a filter asks so")]
fn stands(report: &&Report) -> bool {
    report.row["state"] != "returned"
}

/// Whether a period is the first of its year.
fn begins_year(period: Period) -> bool {
    let year = |period: Period| period.to_string()[..4].to_owned();
    period.previous().is_none_or(|before| year(before) != year(period))
}
