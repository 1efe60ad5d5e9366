//! The rules once more, for one day at a time and from the facts themselves: short, slow and obviously right. Stretches of
//! days are then found by looking at every day.

use crate::duties::{binding_nobody, duties, id, renewed, serves, unfit_records};
use crate::policy::{Asked, Entry, is_of};
use crate::world::{
    BIRTHS, CITIZENS, Form, LEVELS, MAX, MIN, Membership, NUMBERS, PHONES, POSITIONS, TEAM_KINDS, TEAM_NAMES,
    Team, World, date, day_of, shown,
};
use chrono::{Datelike, NaiveDate};
use cnscd::RULES;
use cnscd::text::{same_name, search_key};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Team(usize),
    Person(usize),
    Unit(usize),
    Decision(usize),
}

/// What is said of a subject on a day.
struct Said {
    code: &'static str,
    subject: Subject,
    unit: Option<usize>,
    params: Value,
    /// Lists of units, by parameter.
    lines: Vec<(&'static str, Vec<usize>)>,
    /// Its text and its force.
    basis: Option<Value>,
    /// Whether it is an error where its basis binds.
    raises: bool,
    longer_than: i32,
    /// The first of these days, if it is not that of the finding.
    since: Option<i32>,
    severity: &'static str,
}

impl Said {
    fn on(&mut self, entry: &Entry) -> &mut Self {
        self.basis = Some(crate::policy::basis(&entry.row));
        self
    }
}

/// The findings, each as one line.
pub fn findings(world: &World, asked: &Asked, as_of: i32) -> Vec<String> {
    let mut oracle = Oracle { world, asked, as_of, said: Vec::new() };
    let mut wishes = BTreeMap::new();
    // Said last on which day, since when.
    let mut runs: BTreeMap<String, Vec<(i32, i32, Said)>> = BTreeMap::new();
    let mut streaks: BTreeMap<String, (i32, i32)> = BTreeMap::new();
    // Day -1 stands for all days before the first one.
    for day in -1..=as_of {
        let today = Today::new(world, day);
        oracle.wishes(&today, &mut wishes);
        oracle.teams(&today);
        oracle.people(&today);
        oracle.units(&today, &wishes);
        for mut said in oracle.weighed(day) {
            let key = format!("{} {:?} {} {:?}", said.code, said.subject, said.params, said.lines);
            if said.code == "T015" {
                // Its days go on when only the numbers change.
                let streak = streaks.entry(format!("{:?}", said.subject)).or_insert((day, day));
                if streak.1 != day {
                    streak.0 = day;
                }
                streak.1 = day + 1;
                said.since = Some(streak.0);
            }
            let runs = runs.entry(key).or_default();
            match runs.last_mut() {
                Some(run) if run.1 == day => (run.1, run.2) = (day + 1, said),
                _ => runs.push((if day == -1 { MIN } else { day }, day + 1, said)),
            }
        }
    }
    let mut found = Vec::new();
    for (from, to, said) in runs.into_values().flatten() {
        if from == MIN || to - said.since.unwrap_or(from) > said.longer_than {
            found.push(oracle.line(from, if to <= as_of { to } else { MAX }, &said));
        }
    }
    oracle.cards();
    oracle.decisions();
    oracle.names();
    oracle.numbers();
    for said in oracle.weighed(as_of) {
        let from = match said.subject {
            Subject::Decision(n) if said.code == "D004" => {
                world.decisions[n].in_force.unwrap_or(world.decisions[n].signed)
            }
            Subject::Decision(n) if said.code != "D003" => world.decisions[n].signed,
            _ => MIN,
        };
        found.push(oracle.line(from, MAX, &said));
    }
    oracle.duties(&mut found);
    found.sort();
    found
}

/// The tree on a day.
struct Today {
    day: i32,
    exists: Vec<bool>,
    paths: Vec<Vec<usize>>,
}

impl Today {
    fn new(world: &World, day: i32) -> Self {
        let lines = || 0..world.lines.len();
        Self {
            day,
            exists: lines().map(|line| world.version_on(line, day).is_some()).collect(),
            paths: lines().map(|line| world.path(line, day)).collect(),
        }
    }
}

/// Since when a team of a kind is wanted in a line without a break.
type Wishes = BTreeMap<(usize, &'static str), i32>;

struct Oracle<'w> {
    world: &'w World,
    asked: &'w Asked,
    as_of: i32,
    said: Vec<Said>,
}

/// Each once, in order.
fn set(items: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut items: Vec<_> = items.into_iter().collect();
    items.sort_unstable();
    items.dedup();
    items
}

fn ids(letter: char, items: &[usize]) -> Vec<String> {
    items.iter().map(|n| format!("{letter}{n}")).collect()
}

impl<'w> Oracle<'w> {
    fn say(&mut self, code: &'static str, subject: Subject, unit: Option<usize>, params: Value) -> &mut Said {
        let (lines, basis) = (Vec::new(), None);
        self.said.push_mut(Said {
            code,
            subject,
            unit,
            params,
            lines,
            basis,
            raises: true,
            longer_than: 0,
            since: None,
            severity: "",
        })
    }

    /// What was said, with how much it matters on a day; what the policy silences is left out.
    fn weighed(&mut self, day: i32) -> Vec<Said> {
        let mut said = std::mem::take(&mut self.said);
        said.retain_mut(|said| {
            let rule = RULES.iter().find(|rule| rule.code == said.code).unwrap();
            let path = said.unit.map(|unit| self.world.path(unit, day)).unwrap_or_default();
            let binds = said.raises && said.basis.as_ref().is_some_and(|basis| basis["force"] == "binding");
            let own = if binds { "error" } else { rule.severity.word() };
            let set = self.asked.severity(rule.name, &path, day).unwrap_or(own);
            said.severity =
                cnscd::Severity::ALL.iter().find(|one| one.word() == set).map_or("", |one| one.word());
            set != "off"
        });
        said
    }

    fn line(&self, from: i32, to: i32, said: &Said) -> String {
        let code = |line: &usize| self.world.code(*line, self.as_of).to_owned();
        let mut params = said.params.clone();
        for (name, lines) in &said.lines {
            let mut codes: Vec<_> = lines.iter().map(code).collect();
            codes.sort();
            params[*name] = json!(codes);
        }
        let subject = match said.subject {
            Subject::Team(n) => format!("t{n}"),
            Subject::Person(n) => format!("p{n}"),
            Subject::Decision(n) => format!("d{n}"),
            Subject::Unit(line) => code(&line),
        };
        let unit = said.unit.as_ref().map(code);
        let basis = said.basis.as_ref().map_or(&Value::Null, |basis| &basis["vi"]);
        crate::line(&json!({
            "code": said.code, "subject": {"id": subject}, "unit": unit, "from": shown(from), "to": shown(to),
            "severity": said.severity, "params": params, "basis": {"vi": basis},
        }))
    }

    /// The lowest line that holds all of `lines`, as of the day asked.
    fn common(&self, lines: impl IntoIterator<Item = usize>) -> Option<usize> {
        let mut paths = lines.into_iter().map(|line| self.world.path(line, self.as_of));
        let mut common = paths.next()?;
        paths.for_each(|path| common.retain(|line| path.contains(line)));
        common.first().copied()
    }

    fn known_decision(&self, decision: Option<usize>) -> Option<usize> {
        decision.filter(|&n| self.world.decisions[n].signed <= self.as_of)
    }

    /// Notes since when teams are wanted.
    fn wishes(&self, today: &Today, wishes: &mut Wishes) {
        for (line, path) in today.paths.iter().enumerate() {
            for kind in TEAM_KINDS {
                let levels = self.asked.get("wanted_levels", kind, path, today.day);
                if levels.is_some_and(|entry| entry.has(LEVELS[self.world.lines[line].level])) {
                    wishes.entry((line, kind)).or_insert(if today.day == -1 { MIN } else { today.day });
                } else {
                    wishes.remove(&(line, kind));
                }
            }
        }
    }

    /// The entry that has wanted a team in a line for longer than the days it gives.
    fn overdue(&self, today: &Today, wishes: &Wishes, line: usize, kind: &'static str) -> Option<&'w Entry> {
        let path = &today.paths[line];
        let days = self.asked.get("wanted_days", kind, path, today.day).map_or(0, Entry::days);
        let since = (*wishes.get(&(line, kind))?).max(self.world.lines[line].versions[0].span.0);
        let is_over = since == MIN || since + days <= today.day;
        is_over.then(|| self.asked.get("wanted_levels", kind, path, today.day))?
    }

    fn teams(&mut self, today: &Today) {
        let (world, as_of) = (self.world, self.as_of);
        for (n, team) in world.teams.iter().enumerate().filter(|(_, team)| team.span.0 <= as_of) {
            let members: Vec<_> =
                world.memberships.iter().filter(|m| m.team == n && m.span.has(today.day)).collect();
            let people = set(members.iter().map(|m| m.person));
            if team.span.has(today.day) {
                self.team(today, n, &members, &people);
                self.decision_of(today, n);
                self.place_of(today, n);
                self.members(today, n, &members, &people);
            } else {
                for person in ids('p', &people) {
                    self.say("M001", Subject::Team(n), Some(team.unit), json!({"person": person}));
                }
            }
        }
    }

    /// What is asked of the team as a whole.
    fn team(&mut self, today: &Today, n: usize, members: &[&Membership], people: &[usize]) {
        let (world, asked, day) = (self.world, self.asked, today.day);
        let team = &world.teams[n];
        let (subject, unit, path) = (Subject::Team(n), Some(team.unit), &today.paths[team.unit]);
        let ask = |key: &str| asked.get(key, "", path, day);
        let ask_kind = |key: &str| asked.get(key, TEAM_KINDS[team.kind], path, day);
        let is_suspended = world.suspensions.iter().any(|(team, span)| *team == n && span.has(day));
        let heads = set(members.iter().filter(|m| m.role == "head" && !m.acting).map(|m| m.person));
        if heads.len() > 1 {
            self.say("T004", subject, unit, json!({"n": heads.len(), "people": ids('p', &heads)}));
        }
        if !is_suspended
            && !members.iter().any(|m| m.role == "head" || m.acting)
            && let Some(entry) = ask("head_grace_days")
        {
            self.say("T005", subject, unit, json!({})).on(entry).longer_than = entry.days();
        }
        if let Some(entry) = ask_kind("levels")
            && !entry.has(LEVELS[world.lines[team.unit].level])
        {
            self.say("T006", subject, unit, json!({"kind": TEAM_KINDS[team.kind]})).on(entry);
        }
        for above in set([team.parent, team.committee].into_iter().flatten()) {
            let other = &world.teams[above];
            if other.span.has(day) && !path.contains(&other.unit) {
                self.say("T007", subject, unit, json!({"parent": format!("t{above}")}));
            }
        }
        let declared =
            world.declarations.iter().filter(|row| row.0 == n && row.1 <= day).max_by_key(|row| row.1);
        if let (Some(&(_, _, declared)), Some(entry)) = (declared, ask("declared_days"))
            && declared != people.len()
        {
            let params = json!({"listed": people.len(), "declared": declared});
            self.say("T015", subject, unit, params).on(entry).longer_than = entry.days();
        }
        if is_suspended {
            return;
        }
        let deputies = set(members.iter().filter(|m| m.role.ends_with("deputy")).map(|m| m.person));
        for (code, key, counted, is_least) in [
            ("M007", "min_members", people, true),
            ("M008", "max_members", people, false),
            ("M009", "min_deputies", &deputies, true),
            ("M010", "max_deputies", &deputies, false),
        ] {
            let Some(entry) = ask_kind(key) else { continue };
            let (count, bound) = (counted.len(), entry.count());
            let is_out = if is_least { count < bound && !members.is_empty() } else { count > bound };
            if is_out {
                self.say(code, subject, unit, json!({"n": count, "bound": bound})).on(entry);
            }
        }
        if members.is_empty() {
            return;
        }
        if let Some(entry) = ask_kind("organisations") {
            let mut missing = entry.words();
            missing.retain(|organisation| !members.iter().any(|m| self.belongs(m, organisation, day)));
            if !missing.is_empty() {
                self.say("M011", subject, unit, json!({"organisations": missing})).on(entry);
            }
        }
        if let Some(entry) = ask_kind("young_age") {
            let may_be_young = |m: &&Membership| {
                let born = world.people[m.person].born;
                born.is_none_or(|born| age(BIRTHS[born], day) <= entry.days())
                    || self.belongs(m, "youth_union", day)
            };
            if !members.iter().any(may_be_young) {
                self.say("M012", subject, unit, json!({})).on(entry);
            }
        }
    }

    fn body_kind(&self, m: &Membership, day: i32) -> Option<&'static str> {
        let body = &self.world.bodies[m.on_behalf_of?];
        body.span.has(day).then_some(body.kind)
    }

    /// Positions by which a member sits, or that the person holds.
    fn positions(&self, m: &Membership, day: i32) -> Vec<usize> {
        let held = self.world.positions.iter().filter(|row| row.person == m.person && row.span.has(day));
        held.map(|row| row.kind).chain(m.position).collect()
    }

    fn belongs(&self, m: &Membership, organisation: &str, day: i32) -> bool {
        let own = self.world.affiliations.iter().filter(|row| row.0 == m.person && row.2.has(day));
        own.map(|row| crate::world::ORGANISATIONS[row.1]).any(|own| own == organisation)
            || self.body_kind(m, day) == Some(organisation)
            || self.positions(m, day).into_iter().any(|kind| is_of(kind, organisation))
    }

    /// Whether one of the rows is by a position of `entry`, or the person holds one.
    fn holds<'m>(
        &self,
        rows: impl IntoIterator<Item = &'m Membership>,
        entry: Option<&Entry>,
        day: i32,
    ) -> bool {
        let kinds = entry.map(Entry::words).unwrap_or_default();
        rows.into_iter().flat_map(|m| self.positions(m, day)).any(|kind| kinds.contains(&POSITIONS[kind].0))
    }

    /// A known decision and those that it replaces, one after the other.
    fn renewed(&self, n: usize) -> Vec<usize> {
        renewed(self.world, n, self.as_of)
    }

    /// The decision of a team.
    fn decision_of(&mut self, today: &Today, n: usize) {
        let (world, asked, day) = (self.world, self.asked, today.day);
        let team = &world.teams[n];
        let (subject, unit, path) = (Subject::Team(n), Some(team.unit), &today.paths[team.unit]);
        let ask_kind = |key: &str| asked.get(key, TEAM_KINDS[team.kind], path, day);
        let Some(d) = self.known_decision(team.decision) else {
            if let Some(entry) = ask_kind("decision_wanted") {
                self.say("T001", subject, unit, json!({})).on(entry);
            }
            return;
        };
        let (id, decision) = (format!("d{d}"), &world.decisions[d]);
        // What it renews began before.
        let first = self.renewed(d).into_iter().min_by_key(|&n| (world.decisions[n].effective(), n)).unwrap();
        let from = world.decisions[first].effective();
        if day < from {
            let params = json!({"decision": format!("d{first}"), "day": date(from).to_string()});
            self.say("T002", subject, unit, params);
        }
        // As it was when the decision came into force.
        let then = decision.effective().min(self.as_of);
        let path = world.path(team.unit, then);
        let ask_then = |key: &str| asked.get(key, TEAM_KINDS[team.kind], &path, then);
        if let Some(entry) = ask_then("issuers") {
            let body = &world.bodies[decision.body];
            let levels = ask_then("issuer_levels");
            let is_usual = entry.has(body.kind) && body.unit.is_none_or(|seat| path.contains(&seat));
            let departs = levels
                .filter(|levels| body.unit.is_some_and(|seat| !levels.has(LEVELS[world.lines[seat].level])));
            if !is_usual || departs.is_some() {
                // It rests on what was departed from.
                let entry = departs.filter(|_| is_usual).unwrap_or(entry);
                let params = json!({"decision": id, "body": format!("b{}", decision.body)});
                self.say("T012", subject, unit, params).on(entry);
            }
        }
        let newer = world.decisions.iter().enumerate().filter(|(_, newer)| {
            (newer.replaces.contains(&d) || newer.annuls.contains(&d))
                && newer.signed <= self.as_of
                && newer.effective() <= day
        });
        if let Some((by, newer)) = newer.min_by_key(|(n, newer)| (newer.effective(), *n)) {
            let params =
                json!({"decision": id, "by": format!("d{by}"), "day": date(newer.effective()).to_string()});
            self.say("T013", subject, unit, params);
        }
        if !decision.list.is_empty() && !decision.list.iter().any(|&line| is_place(team, line)) {
            self.say("T014", subject, unit, json!({"decision": id}));
        }
    }

    /// The unit, the villages and the name of a team.
    fn place_of(&mut self, today: &Today, n: usize) {
        let (world, day) = (self.world, today.day);
        let team = &world.teams[n];
        let (subject, unit, path) = (Subject::Team(n), Some(team.unit), &today.paths[team.unit]);
        let ended = |line: usize| {
            let end = world.named(line, day).span.1;
            (!today.exists[line] && end <= day).then_some(end)
        };
        if let Some(entry) = self.asked.get("unit_end_days", "", path, day) {
            if let Some(end) = ended(team.unit) {
                let params = json!({"day": date(end).to_string()});
                self.say("T008", subject, unit, params).on(entry).longer_than = entry.days();
            }
            // Those that ended on one day are spoken of together.
            for end in 0..=day {
                let villages = set(team.covers.iter().copied().filter(|&line| ended(line) == Some(end)));
                if !villages.is_empty() {
                    let said = self.say("T009", subject, unit, json!({})).on(entry);
                    (said.longer_than, said.lines) = (entry.days(), vec![("villages", villages)]);
                }
            }
        }
        let own = if world.lines[team.unit].level == 3 { path.get(1) } else { None };
        let is_elsewhere = |&line: &usize| {
            let near = |above: &usize| *above == team.unit || own == Some(above);
            // What stands under the unit though that has ended is no other unit's.
            let stands = world.version_on(line, day).and_then(|version| version.parent);
            today.exists[line]
                && !today.paths[line].iter().any(near)
                && stands.is_none_or(|above| above != *own.unwrap_or(&team.unit))
        };
        let villages = set(team.covers.iter().copied().filter(is_elsewhere));
        if !villages.is_empty() {
            self.say("T010", subject, unit, json!({})).lines = vec![("villages", villages)];
        }
        if let Some((name, true)) = team.name.map(|name| TEAM_NAMES[name]) {
            let words = |text: &str| search_key(text).split(' ').map(Into::into).collect::<Vec<String>>();
            // What a team itself is called names no place.
            let name =
                words(name.trim_start_matches("Tổ công nghệ số cộng đồng").trim_start_matches("Ban Chỉ đạo"));
            // Who speaks of a village has to name one, where they are known.
            let is_village = |line: &&usize| world.lines[**line].level == 3;
            let villages: Vec<_> = path[..1].iter().chain(&team.covers).filter(is_village).collect();
            let speaks = name.iter().any(|word| word == "thon")
                || name.windows(3).any(|part| part == ["khu", "dan", "cu"]);
            let all: Vec<_> = path.iter().chain(&team.covers).collect();
            let units = if speaks && !villages.is_empty() { villages } else { all };
            let mut units = units.into_iter().map(|&line| words(world.named(line, day).bare));
            if !units.any(|unit| name.windows(unit.len()).any(|part| part == unit)) {
                self.say("T011", subject, unit, json!({}));
            }
        }
    }

    fn members(&mut self, today: &Today, n: usize, members: &[&Membership], people: &[usize]) {
        let (world, asked, day) = (self.world, self.asked, today.day);
        let team = &world.teams[n];
        let (subject, unit, path) = (Subject::Team(n), Some(team.unit), &today.paths[team.unit]);
        let ask = |key: &str| asked.get(key, "", path, day);
        let ask_kind = |key: &str| asked.get(key, TEAM_KINDS[team.kind], path, day);
        for &p in people {
            let person = format!("p{p}");
            let rows: Vec<_> = members.iter().copied().filter(|m| m.person == p).collect();
            let mine = || rows.iter().copied();
            if rows.len() > 1 {
                self.say("M002", subject, unit, json!({"person": person, "n": rows.len()}));
            }
            if let Some(entry) = ask("acting_days").filter(|_| mine().any(|m| m.acting)) {
                self.say("M004", subject, unit, json!({"person": person})).on(entry).longer_than =
                    entry.days();
            }
            for (code, key, role) in
                [("M005", "head_positions", "head"), ("M006", "deputy_positions", "deputy")]
            {
                if mine().any(|m| m.role.ends_with(role) && !m.acting)
                    && let Some(entry) = ask_kind(key)
                    && !self.holds(mine(), Some(entry), day)
                {
                    self.say(code, subject, unit, json!({"person": person, "positions": entry.words()}))
                        .on(entry);
                }
            }
            if let Some(entry) = ask_kind("resident")
                && self.lives_elsewhere(today, team, p)
                && !self.holds(mine(), ask("exempt_positions"), day)
            {
                self.say("M013", subject, unit, json!({"person": person})).on(entry);
            }
            if let Some(entry) = ask_kind("represents")
                && !mine().any(|m| m.position.is_some() || self.body_kind(m, day).is_some())
                && !world.positions.iter().any(|row| row.person == p && row.span.has(day))
            {
                self.say("M016", subject, unit, json!({"person": person})).on(entry);
            }
            for d in set(mine().filter_map(|m| self.known_decision(m.decision))) {
                let from = world.decisions[d].effective();
                if day < from {
                    let params =
                        json!({"person": person, "decision": format!("d{d}"), "day": date(from).to_string()});
                    self.say("M017", subject, unit, params);
                }
            }
            for role in crate::world::ROLES.iter().filter(|role| mine().any(|m| m.role == **role)) {
                if let Some(entry) = ask_kind("roles").filter(|entry| !entry.has(role)) {
                    self.say("M018", subject, unit, json!({"person": person, "role": role})).on(entry);
                }
            }
        }
    }

    /// Whether a residence is known, and none of those known is where the team works.
    fn lives_elsewhere(&self, today: &Today, team: &Team, p: usize) -> bool {
        let rows = self.world.residences.iter().filter(|row| row.0 == p && row.2.has(today.day));
        let homes: Vec<_> = rows.map(|row| row.1).collect();
        let places = if team.covers.is_empty() { vec![team.unit] } else { team.covers.clone() };
        let is_near = |home: usize, place: usize| {
            today.paths[home].contains(&place) || today.paths[place].contains(&home)
        };
        let is_here = |home: usize| places.iter().any(|&place| is_near(home, place));
        let is_near = |&home: &usize| is_here(home) || self.home(home, today.day).is_none_or(is_here);
        !homes.is_empty() && !homes.iter().any(is_near)
    }

    /// Where a home in a unit that has ended lies: in the one that all of it went into.
    fn home(&self, mut home: usize, day: i32) -> Option<usize> {
        let world = self.world;
        while world.lines[home].versions.iter().all(|version| version.span.1 <= day) {
            let heir = world.wholes.iter().find(|&&(from, old, _)| old == home && from <= day);
            home = heir?.2;
        }
        Some(home)
    }

    fn people(&mut self, today: &Today) {
        let (world, asked, day) = (self.world, self.asked, today.day);
        for p in 0..world.people.len() {
            let subject = Subject::Person(p);
            let now: Vec<_> = world
                .memberships
                .iter()
                .filter(|m| m.person == p && m.span.has(day) && world.teams[m.team].span.has(day))
                .collect();
            let mut said = Vec::new();
            for m in now.iter().filter(|m| m.role == "head") {
                let Some(kind) = m.position else { continue };
                let team = &world.teams[m.team];
                let known = world.positions.iter().filter(|row| row.person == p && row.kind == kind);
                let mut known: Vec<_> = known.filter(|row| row.span.0 <= day).collect();
                let is_here = |unit: Option<usize>| {
                    unit.is_some_and(|unit| unit == team.unit || team.covers.contains(&unit))
                };
                if known.iter().any(|row| is_here(row.unit)) {
                    known.retain(|row| is_here(row.unit));
                }
                let left = known.iter().map(|row| row.span.1).max();
                if let Some(left) = left.filter(|_| !known.iter().any(|row| row.span.has(day))) {
                    said.push((m.team, kind, left));
                }
            }
            said.sort_unstable();
            said.dedup();
            for (team, kind, left) in said {
                let params = json!({"team": format!("t{team}"), "position": POSITIONS[kind].0, "day": date(left).to_string()});
                self.say("M003", subject, Some(world.teams[team].unit), params);
            }
            // All teams that are known of the person.
            let place = self.common(
                world
                    .memberships
                    .iter()
                    .filter(|m| m.person == p && m.span.0 <= self.as_of)
                    .map(|m| &world.teams[m.team])
                    .filter(|team| team.span.0 <= self.as_of)
                    .map(|team| team.unit),
            );
            let path = place.map(|place| today.paths[place].clone()).unwrap_or_default();
            if self.holds(now.iter().copied(), asked.get("exempt_positions", "", &path, day), day) {
                continue;
            }
            let teams = |is_it: fn(&Membership) -> bool| {
                let rows =
                    now.iter().filter(|m| TEAM_KINDS[world.teams[m.team].kind] == "community" && is_it(m));
                set(rows.map(|m| m.team))
            };
            let unit = |teams: &[usize]| self.common(teams.iter().map(|&n| world.teams[n].unit));
            let (all, heads) = (teams(|_| true), teams(|m| m.role == "head" && !m.acting));
            let (of_all, of_heads) = (unit(&all), unit(&heads));
            if let Some(entry) = asked.get("teams_per_person", "", &path, day)
                && all.len() > entry.count()
            {
                self.say("M014", subject, of_all, json!({"n": all.len(), "teams": ids('t', &all)})).on(entry);
            }
            if heads.len() > 1 {
                self.say("M015", subject, of_heads, json!({"n": heads.len(), "teams": ids('t', &heads)}));
            }
        }
    }

    fn units(&mut self, today: &Today, wishes: &Wishes) {
        let (world, asked, day) = (self.world, self.asked, today.day);
        for (line, path) in today.paths.iter().enumerate() {
            let (subject, unit, level) = (Subject::Unit(line), Some(line), LEVELS[world.lines[line].level]);
            let below: Vec<_> = world
                .versions()
                .filter(|(_, version)| version.parent == unit && version.span.has(day))
                .collect();
            let mut spoken = Vec::new();
            for (first, one) in &below {
                let is_like = |(_, other): &&(usize, &crate::world::Version)| {
                    other.kind == one.kind && same_name(&other.name, &one.name)
                };
                let alike = set(below.iter().filter(is_like).map(|(line, _)| *line));
                if alike.len() > 1 && !spoken.contains(first) {
                    spoken.extend(&alike);
                    let said = self.say("U003", subject, unit, json!({"n": alike.len()}));
                    said.lines = vec![("units", alike)];
                }
            }
            let Some(version) = world.version_on(line, day) else { continue };
            if let Some(likely) = &version.likely {
                self.say("U002", subject, unit, json!({"likely": likely}));
            }
            if let Some(entry) =
                asked.get("unit_kinds", level, path, day).filter(|entry| !entry.has(version.kind))
            {
                self.say("U004", subject, unit, json!({"kind": version.kind})).on(entry);
            }
            for kind in TEAM_KINDS.into_iter().filter(|kind| *kind != "community" || level != "village") {
                let mut own =
                    world.teams.iter().filter(|team| team.unit == line && TEAM_KINDS[team.kind] == kind);
                if !own.any(|team| team.span.has(day))
                    && let Some(entry) = self.overdue(today, wishes, line, kind)
                {
                    self.say("U006", subject, unit, json!({"kind": kind})).on(entry);
                }
            }
            if level == "village" {
                let teams: Vec<_> =
                    (0..world.teams.len()).filter(|&n| serves(&world.teams[n], line, day)).collect();
                if let Some(entry) = asked.get("teams_per_village", "", path, day)
                    && teams.len() > entry.count()
                {
                    self.say("T003", subject, unit, json!({"n": teams.len(), "teams": ids('t', &teams)}))
                        .on(entry);
                }
            }
            if level == "commune" {
                let villages: Vec<_> = below.iter().map(|(line, _)| *line).collect();
                if villages.is_empty() {
                    self.say("U005", subject, unit, json!({}));
                }
                let missing = villages
                    .into_iter()
                    .filter(|&village| !world.teams.iter().any(|team| serves(team, village, day)));
                let missing = missing.filter_map(|village| {
                    Some((village, self.overdue(today, wishes, village, "community")?))
                });
                let missing: Vec<_> = missing.collect();
                let force = |entry: &Entry| {
                    ["binding", "recommended", "practice"]
                        .iter()
                        .position(|force| entry.row["force"] == *force)
                };
                let first =
                    missing.iter().min_by_key(|(village, entry)| (force(entry), world.code(*village, day)));
                if let Some((_, entry)) = first {
                    let lines = set(missing.iter().map(|(village, _)| *village));
                    let said = self.say("U001", subject, unit, json!({"n": lines.len()})).on(entry);
                    said.lines = vec![("villages", lines)];
                }
            }
        }
    }

    /// The communes (or other units) of the teams that a person is or was in.
    fn communes(&self, p: usize) -> Vec<usize> {
        let world = self.world;
        let rows = world.memberships.iter().filter(|m| m.person == p && m.span.0 <= self.as_of);
        let teams = rows.map(|m| &world.teams[m.team]).filter(|team| team.span.0 <= self.as_of);
        set(teams.map(|team| {
            // Where its unit stands, or stood when it ended.
            let end = world.named(team.unit, self.as_of).span.1;
            let path = world.path(team.unit, if end == MAX { self.as_of } else { self.as_of.min(end - 1) });
            path.into_iter().find(|&line| world.lines[line].level < 3).unwrap_or(team.unit)
        }))
    }

    fn cards(&mut self) {
        for (p, person) in self.world.people.iter().enumerate() {
            let (subject, unit) = (Subject::Person(p), self.common(self.communes(p)));
            if person.phone.is_some_and(|phone| !PHONES[phone].1) {
                self.say("P004", subject, unit, json!({}));
            }
            match person.citizen.map(|citizen| CITIZENS[citizen].2) {
                Some(None) => drop(self.say("P002", subject, unit, json!({}))),
                Some(Some((year, sex))) => {
                    let mut columns = Vec::new();
                    if person.born.is_some_and(|born| BIRTHS[born].0 != year) {
                        columns.push("born");
                    }
                    if person.sex.is_some_and(|own| own != sex) {
                        columns.push("sex");
                    }
                    if !columns.is_empty() {
                        self.say("P003", subject, unit, json!({"columns": columns}));
                    }
                }
                None => {}
            }
        }
    }

    fn decisions(&mut self) {
        let (world, as_of) = (self.world, self.as_of);
        let year = |n: usize| date(world.decisions[n].signed).year();
        for (n, decision) in world.decisions.iter().enumerate().filter(|(_, row)| row.signed <= as_of) {
            let (subject, unit) = (Subject::Decision(n), world.bodies[decision.body].unit);
            if let Some(day) = decision.in_force.filter(|&day| day < decision.signed) {
                let params =
                    json!({"day": date(day).to_string(), "signed": date(decision.signed).to_string()});
                self.say("D001", subject, unit, params);
            }
            let (_, form, number) = NUMBERS[decision.number];
            match form {
                Form::Usual => {}
                Form::Likely(likely) => drop(self.say("D002", subject, unit, json!({"likely": likely}))),
                Form::Unknown => drop(self.say("D002", subject, unit, json!({}))),
            }
            let same = (0..world.decisions.len()).filter(|&other| {
                let row = &world.decisions[other];
                (row.body, NUMBERS[row.number].2, year(other)) == (decision.body, number, year(n))
            });
            let first = same.min_by_key(|&other| (world.decisions[other].signed, other));
            if let (Some(_), Some(first)) = (number, first.filter(|&first| first != n)) {
                self.say("D003", subject, unit, json!({"other": format!("d{first}")}));
            }
            let renews = |by: usize| world.decisions[by].signed <= as_of && self.renewed(by).contains(&n);
            let known = || {
                world.teams.iter().filter(|team| team.span.0 <= as_of && team.decision.is_some_and(renews))
            };
            let missing =
                set(decision.list.iter().copied().filter(|&line| !known().any(|team| is_place(team, line))));
            if decision.effective() <= as_of && !missing.is_empty() {
                let said = self.say("D004", subject, unit, json!({"n": missing.len()}));
                said.lines = vec![("villages", missing)];
            }
        }
    }

    /// What is said of duties, from a day on.
    fn duties(&mut self, found: &mut Vec<String>) {
        let (world, asked, as_of) = (self.world, self.asked, self.as_of);
        let all = duties(world, asked, as_of, as_of);
        for duty in &all {
            let row = &asked.obligations[duty.at].0;
            let (due, unit) = (date(duty.last).to_string(), Some(duty.who.line));
            let subject = duty.who.team.map_or(Subject::Unit(duty.who.line), Subject::Team);
            let mut params = json!({"obligation": row["id"]});
            if let Some(period) = &duty.period {
                params["period"] = json!(period.name);
            }
            if let Some(person) = id('p', duty.who.person) {
                params["person"] = json!(person);
            }
            let late = duty.done.filter(|_| duty.state == "done_late");
            let is_expected = duty.is_left() && !duty.published;
            for (code, from, done) in [
                ("O001", (duty.state == "overdue").then_some(duty.last + 1), None),
                ("O002", late, late),
                ("O003", duty.early, duty.early),
                ("O005", is_expected.then_some(duty.from.min(as_of)), None),
            ] {
                let Some(from) = from else { continue };
                let mut params = params.clone();
                params["day"] = json!(if code == "O003" { date(duty.from).to_string() } else { due.clone() });
                if let Some(done) = done {
                    params["done"] = json!(date(done).to_string());
                }
                let said = self.say(code, subject, unit, params);
                said.raises = code == "O001";
                said.basis = Some(crate::policy::basis(row));
                let said = self.weighed(as_of);
                found.extend(said.iter().map(|said| self.line(from, MAX, said)));
            }
        }
        for (line, team, params) in unfit_records(world, asked, &all, as_of) {
            let from = day_of(params["day"].as_str().unwrap());
            self.say("O006", team.map_or(Subject::Unit(line), Subject::Team), Some(line), params);
            let said = self.weighed(as_of);
            found.extend(said.iter().map(|said| self.line(from, MAX, said)));
        }
        for (at, line) in binding_nobody(world, asked, &all, as_of) {
            let row = &asked.obligations[at].0;
            let mut params = json!({"obligation": row["id"]});
            if asked.obligations.iter().filter(|(other, _)| other["id"] == row["id"]).count() > 1 {
                params["day"] = row["from"].clone();
                if let Some(scope) = row.get("scope") {
                    params["scope"] = scope.clone();
                }
            }
            let said = self.say("O004", Subject::Unit(line), Some(line), params);
            said.raises = false;
            said.basis = Some(crate::policy::basis(row));
            let said = self.weighed(as_of);
            found.extend(said.iter().map(|said| self.line(as_of, MAX, said)));
        }
    }

    /// People of one name who share a birth day, or, where one has none, a commune.
    fn names(&mut self) {
        let world = self.world;
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for first in 1..4 {
            let named = || (0..world.people.len()).filter(move |&p| world.people[p].name.max(1) == first);
            for born in 0..BIRTHS.len() {
                groups.push(named().filter(|&p| world.people[p].born == Some(born)).collect());
            }
            for commune in 0..world.lines.len() {
                let here: Vec<_> = named().filter(|&p| self.communes(p).contains(&commune)).collect();
                if here.iter().any(|&p| world.people[p].born.is_none()) {
                    groups.push(here);
                }
            }
        }
        groups.retain(|group| {
            let mut numbers: Vec<_> = group.iter().filter_map(|&p| digits(world, p)).collect();
            numbers.sort_unstable();
            numbers.dedup();
            group.len() > 1 && numbers.len() < group.len()
        });
        groups.sort();
        groups.dedup();
        for group in groups {
            self.say_of_people("P001", &group);
        }
    }

    /// People of one citizen number.
    fn numbers(&mut self) {
        let world = self.world;
        for number in set(0..CITIZENS.len()).into_iter().filter(|&n| !CITIZENS[n].1.is_empty()) {
            let own = CITIZENS[number].1;
            let is_first = CITIZENS.iter().position(|citizen| citizen.1 == own) == Some(number);
            let group: Vec<_> = (0..world.people.len()).filter(|&p| digits(world, p) == Some(own)).collect();
            if is_first && group.len() > 1 {
                self.say_of_people("P005", &group);
            }
        }
    }

    fn say_of_people(&mut self, code: &'static str, group: &[usize]) {
        let unit = self.common(group.iter().flat_map(|&p| self.communes(p)));
        self.say(code, Subject::Person(group[0]), unit, json!({"n": group.len(), "people": ids('p', group)}));
    }
}

/// The digits of a person's citizen number; a text without any is none.
fn digits(world: &World, p: usize) -> Option<&'static str> {
    world.people[p].citizen.map(|citizen| CITIZENS[citizen].1).filter(|digits| !digits.is_empty())
}

/// Whether a unit manages a team or is served by it, as the team says.
fn is_place(team: &Team, line: usize) -> bool {
    team.unit == line || team.covers.contains(&line)
}

/// Full years on a day.
fn age((year, month, day): (i32, u32, u32), on: i32) -> i32 {
    let on: NaiveDate = date(on);
    on.year() - year - i32::from((on.month(), on.day()) < (month, day))
}
