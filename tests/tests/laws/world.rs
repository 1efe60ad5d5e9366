//! Random registers, valid by construction: small, made up, dense with everything that the rules look at.

use crate::policy;
use chrono::{NaiveDate, TimeDelta};
use cnscd::{Frequency, Period, Scheme};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::fmt;

/// Days are counted from here; the guidance of 5/3/2022 begins on day 63.
pub const START: NaiveDate = NaiveDate::from_ymd_opt(2022, 1, 1).unwrap();
pub const SPAN: i32 = 330;
/// An open start and an open end.
pub const MIN: i32 = i32::MIN;
pub const MAX: i32 = i32::MAX;

pub const LEVELS: [&str; 4] = ["province", "district", "commune", "village"];
/// Kinds by level, with the words that a name begins with.
const UNIT_KINDS: [&[(&str, &str)]; 4] = [
    &[("tinh", "Tỉnh"), ("thanh-pho", "Thành phố")],
    &[("huyen", "Huyện"), ("thi-xa", "Thị xã")],
    &[("xa", "Xã"), ("phuong", "Phường"), ("thi-tran", "Thị trấn"), ("dac-khu", "Đặc khu")],
    &[("thon", "Thôn"), ("khu-dan-cu", "Khu dân cư"), ("xom", "Xóm")],
];
const BARE: [&str; 4] = ["Đông", "Tây", "Hòa Bình", "Số 3"];
pub const TEAM_KINDS: [&str; 3] = ["committee", "steering", "community"];
/// Names of teams, and whether they speak of a unit.
pub const TEAM_NAMES: [(&str, bool); 7] = [
    ("Tổ công nghệ số cộng đồng số 3", false),
    ("Tổ công nghệ số cộng đồng thôn Đông", true),
    ("Tổ CNSCĐ  khu dân cư SỐ 3", true),
    ("Tổ công nghệ số cộng đồng xã Hoà Bình", true),
    ("Ban Chỉ đạo chuyển đổi số", false),
    ("Ban Chỉ đạo chuyển đổi số huyện Tây", true),
    ("Tổ công nghệ số cộng đồng thôn Đông Hải", true),
];
pub const BODY_KINDS: [&str; 3] = ["peoples_committee", "youth_union", "division"];
/// Positions, and the organisation that each belongs to.
pub const POSITIONS: [(&str, &str); 5] = [
    ("village_head", ""),
    ("youth_branch_secretary", "youth_union"),
    ("commune_official_for_village", ""),
    ("farmers_branch_head", "farmers_union"),
    ("party_cell_secretary", ""),
];
pub const ORGANISATIONS: [&str; 3] = ["youth_union", "farmers_union", "womens_union"];
pub const ROLES: [&str; 5] = ["head", "deputy", "member", "standing_deputy", "secretary"];
/// The first two are one name.
pub const NAMES: [&str; 4] = ["Trần Mẫu Hòa", "TRẦN Mẫu Hoà", "Trần Mẫu Hoa", "Lê Mẫu"];
/// Year, month and day of birth: some turn 29 to 32 on the days looked at.
pub const BIRTHS: [(i32, u32, u32); 5] =
    [(1991, 4, 3), (1991, 8, 20), (1992, 2, 29), (1990, 6, 15), (1999, 2, 3)];
/// A year and a sex.
type Told = (i32, &'static str);

/// Made-up citizen numbers: the digits, and the year and sex that they tell if they are well formed.
pub const CITIZENS: [(&str, &str, Option<Told>); 7] = [
    ("099091000001", "099091000001", Some((1991, "male"))),
    ("099 191.000 002", "099191000002", Some((1991, "female"))),
    ("099-091-000-001", "099091000001", Some((1991, "male"))),
    ("09909100000", "09909100000", None),
    ("099 091 001", "099091001", None),
    ("chưa có", "", None),
    ("không rõ", "", None),
];
/// Made-up phone numbers, and whether they are well formed.
pub const PHONES: [(&str, bool); 5] = [
    ("0990 000 001", true),
    ("+84 99-000-00-02", true),
    ("(0209) 9900 001", true),
    ("099000000", false),
    ("0990000001 / 0990000002", false),
];
/// Numbers of decisions: whether the form is usual (else what is likely), and what is equal within a year.
pub const NUMBERS: [(&str, Form, Option<u8>); 6] = [
    ("12/QĐ-UBND", Form::Usual, Some(12)),
    ("12/qđ-ubnd", Form::Likely("12/QĐ-UBND"), Some(12)),
    ("5 /QD-UBND", Form::Likely("05/QĐ-UBND"), Some(5)),
    ("05/QĐ-UBND", Form::Usual, Some(5)),
    ("57-NQ/TW", Form::Usual, None),
    ("số mười hai", Form::Unknown, Some(0)),
];

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    Usual,
    Likely(&'static str),
    Unknown,
}

pub fn date(day: i32) -> NaiveDate {
    START + TimeDelta::days(i64::from(day))
}

/// The day that a date in a document stands for.
pub fn day_of(text: &str) -> i32 {
    let date: NaiveDate = text.parse().unwrap();
    i32::try_from((date - START).num_days()).unwrap()
}

/// A day, or nothing for an open start or end.
pub fn shown(day: i32) -> Option<String> {
    (day != MIN && day != MAX).then(|| date(day).to_string())
}

/// From a day up to, not including, a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span(pub i32, pub i32);

impl Span {
    pub fn has(self, day: i32) -> bool {
        self.0 <= day && day < self.1
    }

    pub fn meets(self, other: Self) -> bool {
        self.0 < other.1 && other.0 < self.1
    }
}

#[derive(Clone, Debug)]
pub struct Version {
    pub code: String,
    pub kind: &'static str,
    pub name: String,
    /// The name without its kind.
    pub bare: &'static str,
    /// How the name should be written, if not so.
    pub likely: Option<String>,
    pub parent: Option<usize>,
    pub span: Span,
}

/// The versions of a unit.
#[derive(Clone, Debug)]
pub struct Line {
    pub level: usize,
    pub versions: Vec<Version>,
}

#[derive(Clone, Debug)]
pub struct Body {
    pub kind: &'static str,
    pub unit: Option<usize>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Decision {
    pub number: usize,
    pub body: usize,
    pub signed: i32,
    pub in_force: Option<i32>,
    pub replaces: Vec<usize>,
    pub annuls: Vec<usize>,
    pub list: Vec<usize>,
}

impl Decision {
    pub fn effective(&self) -> i32 {
        self.in_force.unwrap_or(self.signed)
    }
}

#[derive(Clone, Debug)]
pub struct Team {
    pub kind: usize,
    pub unit: usize,
    pub covers: Vec<usize>,
    pub parent: Option<usize>,
    pub committee: Option<usize>,
    pub decision: Option<usize>,
    pub name: Option<usize>,
    pub span: Span,
}

/// A unit or a team owes something since a day.
#[derive(Clone, Debug)]
pub struct Event {
    pub obligation: String,
    pub unit: Option<usize>,
    pub team: Option<usize>,
    pub day: i32,
}

#[derive(Clone, Debug)]
pub struct Excuse {
    pub obligation: String,
    pub unit: usize,
    pub team: Option<usize>,
    pub period: Option<String>,
    pub event: Option<usize>,
    pub day: i32,
    pub until: Option<i32>,
}

#[derive(Clone, Debug)]
pub struct Completion {
    pub obligation: String,
    pub unit: Option<usize>,
    pub team: Option<usize>,
    pub person: Option<usize>,
    pub period: Option<String>,
    pub event: Option<usize>,
    pub day: i32,
}

#[derive(Clone, Debug)]
pub struct Person {
    pub name: usize,
    pub born: Option<usize>,
    pub sex: Option<&'static str>,
    pub phone: Option<usize>,
    pub citizen: Option<usize>,
}

#[derive(Clone, Debug)]
pub struct Position {
    pub person: usize,
    pub kind: usize,
    pub unit: Option<usize>,
    pub body: Option<usize>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Membership {
    pub team: usize,
    pub person: usize,
    pub role: &'static str,
    pub acting: bool,
    pub position: Option<usize>,
    pub on_behalf_of: Option<usize>,
    pub decision: Option<usize>,
    pub span: Span,
}

/// A province with its districts, communes and villages, and what there is of teams and people; and what is asked of them.
#[derive(Clone, Default)]
pub struct World {
    pub lines: Vec<Line>,
    /// Day, old line, new line: all of the old one went into the new one.
    pub wholes: Vec<(i32, usize, usize)>,
    pub bodies: Vec<Body>,
    pub decisions: Vec<Decision>,
    pub teams: Vec<Team>,
    pub suspensions: Vec<(usize, Span)>,
    /// Team, first day, members.
    pub declarations: Vec<(usize, i32, usize)>,
    pub people: Vec<Person>,
    /// Person, line.
    pub residences: Vec<(usize, usize, Span)>,
    /// Person, organisation.
    pub affiliations: Vec<(usize, usize, Span)>,
    pub positions: Vec<Position>,
    pub memberships: Vec<Membership>,
    pub events: Vec<Event>,
    pub excuses: Vec<Excuse>,
    pub completions: Vec<Completion>,
    /// What is asked: documents, each extending the one before it.
    pub policy: Vec<Value>,
}

/// Numbers that decide one row; zeros decide for what is simplest.
type Gene = [[u16; 20]; 2];

pub struct Dice<'g>(std::slice::Iter<'g, u16>);

impl<'g> Dice<'g> {
    fn new(gene: &'g Gene) -> Self {
        Self(gene.as_flattened().iter())
    }

    /// A number below `n`.
    pub fn pick(&mut self, n: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % n.max(1)
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.pick(100) >= 100 - percent
    }

    /// A day from `from` up to, not including, `to`.
    pub fn day(&mut self, from: i32, to: i32) -> i32 {
        from + i32::try_from(self.pick(usize::try_from(to - from).unwrap())).unwrap()
    }

    pub fn of<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.pick(items.len())]
    }

    /// A span that may begin before all days.
    fn span(&mut self, percent_open: usize) -> Span {
        let from = if self.chance(100 - percent_open) { self.day(0, SPAN) } else { MIN };
        let end = self.chance(50);
        let length = self.day(1, 150);
        Span(from, if end { from.max(0) + length } else { MAX })
    }
}

/// The least and the most rows of each table.
const ROWS: [(usize, usize); 19] = [
    (1, 2),
    (2, 4),
    (0, 6),
    (1, 4),
    (0, 5),
    (1, 6),
    (0, 2),
    (0, 3),
    (1, 5),
    (0, 7),
    (0, 4),
    (0, 7),
    (0, 20),
    (0, 6),
    (0, 6),
    (0, 12),
    (0, 9),
    (0, 5),
    (0, 6),
];

pub fn world() -> impl Strategy<Value = World> {
    let tables = ROWS.map(|(least, most)| vec(any::<Gene>(), least..=most));
    (tables, any::<Gene>()).prop_map(|(tables, gene)| World::new(&tables, &gene))
}

impl World {
    fn new(tables: &[Vec<Gene>; 19], gene: &Gene) -> Self {
        let [
            districts,
            communes,
            villages,
            bodies,
            decisions,
            teams,
            suspensions,
            declarations,
            people,
            residences,
            affiliations,
            positions,
            memberships,
            events,
            excuses,
            completions,
            settings,
            severities,
            obligations,
        ] = tables;
        let mut world = Self::default();
        let mut top = Dice::new(gene);
        world.province(&mut top);
        world.each(districts, Self::district);
        world.each(communes, Self::commune);
        world.each(villages, Self::village);
        world.each(bodies, Self::body);
        world.each(decisions, Self::decision);
        world.each(teams, Self::team);
        for mut dice in suspensions.iter().map(Dice::new) {
            let team = dice.pick(world.teams.len());
            world.suspensions.push((team, dice.span(0)));
        }
        for mut dice in declarations.iter().map(Dice::new) {
            let row = (dice.pick(world.teams.len()), dice.day(0, SPAN / 2), dice.pick(4));
            if !world.declarations.iter().any(|other| (other.0, other.1) == (row.0, row.1)) {
                world.declarations.push(row);
            }
        }
        for mut dice in people.iter().map(Dice::new) {
            world.people.push(Person {
                name: dice.pick(NAMES.len()),
                born: dice.chance(75).then(|| dice.pick(BIRTHS.len())),
                sex: dice.chance(60).then(|| dice.of(&["male", "female"])),
                phone: dice.chance(30).then(|| dice.pick(PHONES.len())),
                citizen: dice.chance(50).then(|| dice.pick(CITIZENS.len())),
            });
        }
        for mut dice in residences.iter().map(Dice::new) {
            let (person, span) = (dice.pick(world.people.len()), dice.span(60));
            let villages = if dice.chance(60) { world.some(&mut dice, &[3], span.0) } else { None };
            let place = villages.unwrap_or_else(|| dice.of(&world.nameable(span.0)));
            world.residences.push((person, place, span));
        }
        for mut dice in affiliations.iter().map(Dice::new) {
            let person = dice.pick(world.people.len());
            world.affiliations.push((person, dice.pick(ORGANISATIONS.len()), dice.span(60)));
        }
        world.each(positions, Self::position);
        world.each(memberships, Self::membership);
        let rows = [settings, severities, obligations].map(|genes| genes.iter().map(Dice::new).collect());
        world.policy = policy::documents(&world, &mut top, rows);
        let obligations = policy::obligations(&world.policy);
        if !obligations.is_empty() {
            for mut dice in events.iter().map(Dice::new) {
                world.event(&obligations, &mut dice);
            }
            for mut dice in excuses.iter().map(Dice::new) {
                world.excuse(&obligations, &mut dice);
            }
            for mut dice in completions.iter().map(Dice::new) {
                world.completion(&obligations, &mut dice);
            }
        }
        world
    }

    fn version(
        &self,
        dice: &mut Dice<'_>,
        level: usize,
        code: String,
        parent: Option<usize>,
        span: Span,
    ) -> Version {
        // The first kind mostly, and mostly in a tidy name.
        let at = if dice.chance(35) { dice.pick(UNIT_KINDS[level].len()) } else { 0 };
        let (kind, label) = UNIT_KINDS[level][at];
        // Each has its own name at first; with a few names, many are alike.
        let bare = BARE[(dice.pick(3) + self.lines.len()) % BARE.len()];
        let plain = format!("{label} {bare}");
        let (name, likely) = match dice.pick(12) {
            7 => (format!("{label}  {bare}"), Some(plain)),
            8 => (format!("{plain} "), Some(plain)),
            9 => (format!("{label}\u{A0}{bare}"), Some(plain)),
            10 => (plain.to_uppercase(), None),
            11 if bare == "Tây" => (format!("{label} Ta\u{302}y"), Some(plain)),
            11 => (plain.replace("Hòa", "Hoà"), None),
            _ => (plain, None),
        };
        Version { code, kind, name, bare, likely, parent, span }
    }

    fn each(&mut self, genes: &[Gene], add: fn(&mut Self, &mut Dice<'_>)) {
        for gene in genes {
            add(self, &mut Dice::new(gene));
        }
    }

    fn add(&mut self, level: usize, versions: Vec<Version>) -> usize {
        self.lines.push(Line { level, versions });
        self.lines.len() - 1
    }

    fn province(&mut self, dice: &mut Dice<'_>) {
        let turn = dice.chance(15).then(|| dice.day(1, SPAN));
        let mut versions = vec![self.version(dice, 0, "99".into(), None, Span(MIN, turn.unwrap_or(MAX)))];
        if let Some(day) = turn {
            versions.push(self.version(dice, 0, "99".into(), None, Span(day, MAX)));
        }
        self.add(0, versions);
    }

    fn district(&mut self, dice: &mut Dice<'_>) {
        let to = if dice.chance(25) { dice.day(40, SPAN) } else { MAX };
        let code = format!("99{}", self.lines.len());
        let version = self.version(dice, 1, code, Some(0), Span(MIN, to));
        self.add(1, vec![version]);
    }

    /// Some line of one of `levels` that exists on a day.
    fn some(&self, dice: &mut Dice<'_>, levels: &[usize], day: i32) -> Option<usize> {
        let mut there = self.nameable(day);
        there.retain(|&line| levels.contains(&self.lines[line].level));
        (!there.is_empty()).then(|| dice.of(&there))
    }

    fn commune(&mut self, dice: &mut Dice<'_>) {
        let n = self.lines.len();
        let first = !self.lines.iter().any(|line| line.level == 2);
        let from = if dice.chance(25) && !first { dice.day(1, SPAN) } else { MIN };
        let (turn, end) = (dice.chance(30), dice.chance(25));
        let (turn, end) =
            (turn.then(|| from.max(0) + dice.day(1, 120)), end.then(|| from.max(0) + dice.day(121, 260)));
        // A code may be given again, as long as nobody else has it.
        let old = self.lines.iter().filter(|line| line.level == 2).filter_map(|line| line.versions.last());
        let free: Vec<_> = old.filter(|last| last.span.1 <= from).map(|last| last.code.clone()).collect();
        let code = if dice.chance(50) { free.first().cloned() } else { None };
        let code = code.filter(|code| {
            let span = Span(from, turn.or(end).unwrap_or(MAX));
            !self.versions().any(|(_, other)| other.code == *code && other.span.meets(span))
        });
        let own = format!("9900{n}");
        let code = code.unwrap_or_else(|| own.clone());
        let mut versions = Vec::new();
        for (from, to, code) in [
            (Some(from), turn.or(end), code.clone()),
            (turn, end, if dice.chance(50) || code != own { format!("9901{n}") } else { own.clone() }),
        ] {
            let Some(from) = from else { continue };
            let above: &[usize] = if dice.chance(20) { &[0] } else { &[1] };
            let parent = if dice.chance(5) { None } else { self.some(dice, above, from).or(Some(0)) };
            let span = Span(from, to.unwrap_or(MAX));
            versions.push(self.version(dice, 2, code, parent, span));
        }
        if let Some((day, new)) = end.and_then(|day| Some((day, self.some(dice, &[2], day)?))) {
            self.wholes.push((day, n, new));
        }
        self.add(2, versions);
    }

    fn village(&mut self, dice: &mut Dice<'_>) {
        let n = self.lines.len();
        let from = if dice.chance(25) { dice.day(0, SPAN) } else { MIN };
        let (turn, end) = (dice.chance(35), dice.chance(25));
        let turn = turn.then(|| from.max(0) + dice.day(1, 150));
        let end = end.then(|| turn.unwrap_or(from.max(0)) + dice.day(1, 150));
        let Some(commune) = self.some(dice, &[2], from) else { return };
        let next = turn.and_then(|day| Some((day, self.some(dice, &[2], day)?)));
        let mut versions = Vec::new();
        for (from, to, commune, part) in [
            (Some(from), next.map(|(day, _)| day).or(end), Some(commune), ""),
            (next.map(|(day, _)| day), end, next.map(|(_, commune)| commune), "b"),
        ] {
            let (Some(from), Some(commune)) = (from, commune) else { continue };
            let code = format!("{}-{n}{part}", self.code_for(commune, from).unwrap());
            versions.push(self.version(dice, 3, code, Some(commune), Span(from, to.unwrap_or(MAX))));
        }
        if let Some((day, new)) =
            end.filter(|_| dice.chance(60)).and_then(|day| Some((day, self.some(dice, &[3], day)?)))
        {
            self.wholes.push((day, n, new));
        }
        self.add(3, versions);
    }

    fn body(&mut self, dice: &mut Dice<'_>) {
        let kind = if dice.chance(50) { dice.of(&BODY_KINDS) } else { BODY_KINDS[0] };
        let mut span = dice.span(75);
        if self.bodies.is_empty() {
            span.0 = MIN;
        }
        let places = self.nameable(span.0);
        let unit = dice.chance(80).then(|| dice.of(&places));
        self.bodies.push(Body { kind, unit, span });
    }

    fn decision(&mut self, dice: &mut Dice<'_>) {
        let (body, number) = (dice.pick(self.bodies.len()), dice.pick(NUMBERS.len()));
        let signed = dice.day(-40, SPAN);
        let in_force = dice.chance(45).then(|| signed + dice.day(-20, 120));
        let body = if self.bodies[body].span.0 <= signed { body } else { 0 };
        let is_taken = |other: &Decision| {
            let number_of = |number: usize| NUMBERS[number].2.ok_or(NUMBERS[number].0);
            (other.body, other.signed, number_of(other.number)) == (body, signed, number_of(number))
        };
        if self.decisions.iter().any(is_taken) {
            return;
        }
        let n = self.decisions.len();
        let old = |dice: &mut Dice<'_>| {
            let some = n > 0 && dice.chance(35);
            let old = dice.pick(n);
            if some { vec![old] } else { Vec::new() }
        };
        let (replaces, annuls) = (old(dice), old(dice));
        // Units that are known when the decision is.
        let mut places = self.nameable(in_force.unwrap_or(signed));
        places.retain(|&line| {
            let mut versions = self.lines[line].versions.iter();
            versions.any(|version| version.span.has(in_force.unwrap_or(signed)) && version.span.0 <= signed)
        });
        let mut list = Vec::new();
        if dice.chance(40) && !places.is_empty() {
            list.extend([dice.of(&places), dice.of(&places)]);
            list.truncate(dice.pick(2) + 1);
        }
        self.decisions.push(Decision { number, body, signed, in_force, replaces, annuls, list });
    }

    fn team(&mut self, dice: &mut Dice<'_>) {
        let n = self.teams.len();
        let kind = [2, 1, 0, 1, 2, 2, 2, 2][dice.pick(8)];
        let from = dice.day(0, SPAN * 2 / 3);
        let end = dice.chance(40);
        let span = Span(from, if end { from + dice.day(1, 200) } else { MAX });
        let levels: &[usize] =
            if dice.chance(20) { &[0, 1, 2, 3] } else { [&[0, 1][..], &[0, 1, 2], &[2, 3]][kind] };
        let unit = self.some(dice, levels, from).unwrap_or(0);
        let mut places = self.nameable(from);
        places.retain(|&line| self.lines[line].level == 3);
        let mask = if dice.chance(75) { dice.pick(1 << 16) } else { 0 };
        let mut covers: Vec<_> = places
            .into_iter()
            .enumerate()
            .filter(|(n, _)| mask >> n & 1 == 1)
            .map(|(_, line)| line)
            .collect();
        if dice.chance(5) {
            // A village twice.
            covers.extend(covers.first().copied());
        }
        let earlier = |dice: &mut Dice<'_>, percent| (n > 0 && dice.chance(percent)).then(|| dice.pick(n));
        let (parent, committee) = (earlier(dice, 25), earlier(dice, 15));
        let decision = dice.pick(self.decisions.len() * 4 / 3 + 1);
        let decision = (decision < self.decisions.len()).then_some(decision);
        let name = dice.pick(TEAM_NAMES.len() * 2).checked_sub(TEAM_NAMES.len());
        self.teams.push(Team { kind, unit, covers, parent, committee, decision, name, span });
    }

    fn position(&mut self, dice: &mut Dice<'_>) {
        let (person, kind, span) = (dice.pick(self.people.len()), dice.pick(POSITIONS.len()), dice.span(0));
        let places = self.nameable(span.0);
        let unit = dice.chance(60).then(|| dice.of(&places));
        let body = dice.chance(10).then(|| dice.pick(self.bodies.len()));
        self.positions.push(Position { person, kind, unit, body, span });
    }

    fn membership(&mut self, dice: &mut Dice<'_>) {
        let (mut team, mut person) = (dice.pick(self.teams.len()), dice.pick(self.people.len()));
        let role = if dice.chance(30) { dice.of(&ROLES) } else { ROLES[dice.pick(3)] };
        let acting = dice.chance(20);
        let own: Vec<_> =
            self.positions.iter().filter(|row| row.person == person).map(|row| row.kind).collect();
        let position = if dice.chance(50) && !own.is_empty() {
            Some(dice.of(&own))
        } else {
            dice.chance(25).then(|| dice.pick(POSITIONS.len()))
        };
        let on_behalf_of = dice.chance(25).then(|| dice.pick(self.bodies.len()));
        let decision = dice.pick(self.decisions.len() * 4 + 1);
        let decision = (decision < self.decisions.len()).then_some(decision);
        let from = (self.teams[team].span.0 + [0, 0, -10, 5, 20, 40, 90][dice.pick(7)]).max(0);
        let end = dice.chance(50);
        let mut span = Span(from, if end { from + dice.day(1, 150) } else { MAX });
        // Somebody in another role, or who comes again.
        let mut ended = self.memberships.iter().filter(|m| m.span.1 != MAX);
        if dice.chance(20)
            && let Some(before) = ended.next_back()
        {
            let from = before.span.1 + dice.of(&[0, 0, 30]);
            (team, person, span) = (before.team, before.person, Span(from, MAX));
        }
        self.memberships.push(Membership {
            team,
            person,
            role,
            acting,
            position,
            on_behalf_of,
            decision,
            span,
        });
    }

    /// A team whose unit a fact of a day may name, mostly of a kind.
    fn debtor_team(&self, row: &Value, dice: &mut Dice<'_>, day: i32) -> Option<usize> {
        let mut teams: Vec<_> = (0..self.teams.len()).collect();
        teams.retain(|&n| self.code_for(self.teams[n].unit, day).is_some());
        let fits = |n: &usize| {
            let team = &self.teams[*n];
            row["level"] == LEVELS[self.lines[team.unit].level]
                && row.get("teams").is_none_or(|kind| *kind == TEAM_KINDS[team.kind])
        };
        if !dice.chance(10) && teams.iter().any(fits) {
            teams.retain(fits);
        }
        (!teams.is_empty()).then(|| dice.of(&teams))
    }

    /// A unit that a fact of a day may name, mostly of the level of an obligation.
    fn debtor_unit(&self, row: &Value, dice: &mut Dice<'_>, day: i32) -> usize {
        let mut places = self.nameable(day);
        let fits = |line: &usize| row["level"] == LEVELS[self.lines[*line].level];
        if !dice.chance(10) && places.iter().any(fits) {
            places.retain(fits);
        }
        dice.of(&places)
    }

    fn event(&mut self, obligations: &[Value], dice: &mut Dice<'_>) {
        let own: Vec<_> = obligations.iter().filter(|row| row["on"] == "event").collect();
        let row = if own.is_empty() { &obligations[dice.pick(obligations.len())] } else { dice.of(&own) };
        let day = dice.day(0, SPAN);
        let is_team = row.get("who").is_some_and(|who| who != "unit") != dice.chance(10);
        let team = if is_team { self.debtor_team(row, dice, day) } else { None };
        let unit = team.is_none().then(|| self.debtor_unit(row, dice, day));
        self.events.push(Event { obligation: id_of(row), unit, team, day });
    }

    /// One of the events of an obligation, if there are any.
    fn event_of(&self, row: &Value, dice: &mut Dice<'_>) -> Option<usize> {
        let mut events: Vec<_> = (0..self.events.len()).collect();
        events.retain(|&n| row["id"] == *self.events[n].obligation);
        (!events.is_empty()).then(|| dice.of(&events))
    }

    fn excuse(&mut self, obligations: &[Value], dice: &mut Dice<'_>) {
        let row = &obligations[dice.pick(obligations.len())];
        let obligation = if dice.chance(5) { "other".into() } else { id_of(row) };
        let day = dice.day(0, SPAN);
        let is_team = row.get("who").is_some_and(|who| who != "unit") != dice.chance(5);
        let team = if is_team { self.debtor_team(row, dice, day) } else { None };
        let unit = team.map_or_else(|| self.debtor_unit(row, dice, day), |team| self.teams[team].unit);
        let team = team.filter(|_| dice.chance(60));
        let period = period_near(row, day + dice.day(-30, 60)).filter(|_| dice.chance(60));
        let event = self.event_of(row, dice).filter(|_| dice.chance(60));
        let until = dice.chance(70).then(|| day + dice.day(-30, 120));
        let new = Excuse { obligation, unit, team, period, event, day, until };
        let key = |row: &Excuse| {
            (row.obligation.clone(), row.unit, row.team, row.period.clone(), row.event, row.day)
        };
        if !self.excuses.iter().any(|other| key(other) == key(&new)) {
            self.excuses.push(new);
        }
    }

    fn completion(&mut self, obligations: &[Value], dice: &mut Dice<'_>) {
        let own: Vec<_> = obligations.iter().filter(|row| row["test"] == "recorded").collect();
        let row = if own.is_empty() || dice.chance(5) {
            &obligations[dice.pick(obligations.len())]
        } else {
            dice.of(&own)
        };
        let event = self.event_of(row, dice).filter(|_| !dice.chance(10));
        let day = match event {
            Some(event) => self.events[event].day + dice.day(-10, 60),
            None => dice.day(0, SPAN),
        };
        let is_team = row.get("who").is_some_and(|who| who != "unit") != dice.chance(5);
        let found = if is_team { self.debtor_team(row, dice, day) } else { None };
        let (mut team, mut unit) = (found, found.is_none().then(|| self.debtor_unit(row, dice, day)));
        if let Some(event) = event.filter(|_| !dice.chance(15)) {
            (team, unit) = (self.events[event].team, self.events[event].unit);
        }
        if unit.is_some_and(|unit| self.code_for(unit, day).is_none()) {
            return;
        }
        let mut members: Vec<_> =
            self.memberships.iter().filter(|m| Some(m.team) == team).map(|m| m.person).collect();
        members.retain(|_| row["who"] == "member");
        let person = if members.is_empty() || dice.chance(10) { None } else { Some(dice.of(&members)) };
        // Of a period before mostly, sometimes of one to come.
        let period = period_near(row, day - dice.day(-20, 45)).filter(|_| !dice.chance(5));
        let obligation = id_of(row);
        self.completions.push(Completion { obligation, unit, team, person, period, event, day });
    }

    pub fn versions(&self) -> impl Iterator<Item = (usize, &Version)> {
        let lines = self.lines.iter().enumerate();
        lines.flat_map(|(line, row)| row.versions.iter().map(move |version| (line, version)))
    }

    /// The version of a line that holds on a day.
    pub fn version_on(&self, line: usize, day: i32) -> Option<&Version> {
        self.lines[line].versions.iter().find(|version| version.span.has(day))
    }

    /// The version to name a line by: the one that holds, else the last one begun, else the first.
    pub fn named(&self, line: usize, day: i32) -> &Version {
        let versions = &self.lines[line].versions;
        versions.iter().rfind(|version| version.span.0 <= day).unwrap_or(&versions[0])
    }

    pub fn code(&self, line: usize, day: i32) -> &str {
        &self.named(line, day).code
    }

    /// The code by which a fact that begins on a day refers to a line.
    pub fn code_for(&self, line: usize, day: i32) -> Option<&str> {
        self.version_on(line, day).map(|version| version.code.as_str())
    }

    /// The lines that a fact that begins on a day may refer to.
    pub fn nameable(&self, day: i32) -> Vec<usize> {
        (0..self.lines.len()).filter(|&line| self.version_on(line, day).is_some()).collect()
    }

    /// The unit that a code stands for on a day; where the start is open, the earliest.
    pub fn unit_by_code(&self, code: &str, day: i32) -> Option<(usize, &Version)> {
        let mut own = self.versions().filter(|(_, version)| version.code == code);
        if day == MIN {
            own.min_by_key(|(_, version)| version.span.0)
        } else {
            own.find(|(_, version)| version.span.has(day))
        }
    }

    /// The line above on a day; one that has ended is passed over.
    fn parent(&self, line: usize, day: i32) -> Option<usize> {
        let mut above = self.named(line, day).parent;
        while let Some(line) = above.filter(|&line| self.version_on(line, day).is_none()) {
            above = self.named(line, day).parent;
        }
        above
    }

    /// A line and those above it on a day.
    pub fn path(&self, line: usize, day: i32) -> Vec<usize> {
        let mut path = vec![line];
        while let Some(above) = self.parent(path[path.len() - 1], day) {
            path.push(above);
        }
        path
    }

    /// The document.
    pub fn document(&self) -> Value {
        let code = |line: usize, day: i32| self.code_for(line, day).unwrap();
        let mut tables: Vec<(&str, Vec<Value>)> = Vec::new();
        let units = self.versions().map(|(line, version)| {
            let parent = version.parent.map(|parent| code(parent, version.span.0));
            json!({"code": version.code, "name": version.name, "kind": version.kind, "level": LEVELS[self.lines[line].level], "parent": parent, "from": shown(version.span.0), "to": shown(version.span.1)})
        });
        tables.push(("units", units.collect()));
        let joined = self.lines.iter().flat_map(|line| line.versions.windows(2)).map(|pair| {
            json!({"day": shown(pair[1].span.0), "old": pair[0].code, "new": pair[1].code, "extent": "continues"})
        });
        let wholes = self.wholes.iter().map(|&(day, old, new)| {
            json!({"day": shown(day), "old": code(old, day - 1), "new": code(new, day), "extent": "whole"})
        });
        tables.push(("successions", joined.chain(wholes).collect()));
        let bodies = self.bodies.iter().enumerate().map(|(n, body)| {
            json!({"id": format!("b{n}"), "name": "Cơ quan Mẫu", "kind": body.kind, "unit": body.unit.map(|unit| code(unit, body.span.0)), "from": shown(body.span.0), "to": shown(body.span.1)})
        });
        tables.push(("bodies", bodies.collect()));
        let ids = |ids: &[usize]| ids.iter().map(|n| format!("d{n}")).collect::<Vec<_>>();
        let decisions = self.decisions.iter().enumerate().map(|(n, decision)| {
            let list: Vec<_> = decision.list.iter().map(|&line| code(line, decision.effective())).collect();
            json!({"id": format!("d{n}"), "number": NUMBERS[decision.number].0, "body": format!("b{}", decision.body), "signed": shown(decision.signed), "in_force": decision.in_force.and_then(shown), "kind": "establish", "replaces": ids(&decision.replaces), "annuls": ids(&decision.annuls), "attached_list": list})
        });
        tables.push(("decisions", decisions.collect()));
        let team_id = |n: usize| format!("t{n}");
        let teams = self.teams.iter().enumerate().map(|(n, team)| {
            let covers: Vec<_> = team.covers.iter().map(|&line| code(line, team.span.0)).collect();
            json!({"id": team_id(n), "name": team.name.map(|name| TEAM_NAMES[name].0), "kind": TEAM_KINDS[team.kind], "unit": code(team.unit, team.span.0), "covers": covers, "parent": team.parent.map(team_id), "committee": team.committee.map(team_id), "decision": team.decision.map(|n| format!("d{n}")), "from": shown(team.span.0), "to": shown(team.span.1)})
        });
        tables.push(("teams", teams.collect()));
        let suspensions = self
            .suspensions
            .iter()
            .map(|&(team, span)| json!({"team": team_id(team), "from": shown(span.0), "to": shown(span.1)}));
        tables.push(("suspensions", suspensions.collect()));
        let declarations = self.declarations.iter().map(
            |&(team, from, members)| json!({"team": team_id(team), "from": shown(from), "members": members}),
        );
        tables.push(("declarations", declarations.collect()));
        let people = self.people.iter().enumerate().map(|(n, person)| {
            let born = person.born.map(|born| BIRTHS[born]).map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
            json!({"id": format!("p{n}"), "name": NAMES[person.name], "born": born, "sex": person.sex, "phone": person.phone.map(|n| PHONES[n].0), "citizen_number": person.citizen.map(|n| CITIZENS[n].0)})
        });
        tables.push(("people", people.collect()));
        let residences = self.residences.iter().map(|&(person, line, span)| {
            json!({"person": format!("p{person}"), "unit": code(line, span.0), "from": shown(span.0), "to": shown(span.1)})
        });
        tables.push(("residences", residences.collect()));
        let affiliations = self.affiliations.iter().map(|&(person, organisation, span)| {
            json!({"person": format!("p{person}"), "organisation": ORGANISATIONS[organisation], "from": shown(span.0), "to": shown(span.1)})
        });
        tables.push(("affiliations", affiliations.collect()));
        let positions = self.positions.iter().map(|row| {
            json!({"person": format!("p{}", row.person), "kind": POSITIONS[row.kind].0, "unit": row.unit.map(|unit| code(unit, row.span.0)), "body": row.body.map(|n| format!("b{n}")), "from": shown(row.span.0), "to": shown(row.span.1)})
        });
        tables.push(("positions", positions.collect()));
        let memberships = self.memberships.iter().map(|m| {
            json!({"team": team_id(m.team), "person": format!("p{}", m.person), "role": m.role, "acting": m.acting, "position": m.position.map(|kind| POSITIONS[kind].0), "on_behalf_of": m.on_behalf_of.map(|n| format!("b{n}")), "decision": m.decision.map(|n| format!("d{n}")), "from": shown(m.span.0), "to": shown(m.span.1)})
        });
        tables.push(("memberships", memberships.collect()));
        let event_id = |n: usize| format!("v{n}");
        let events = self.events.iter().enumerate().map(|(n, event)| {
            json!({"id": event_id(n), "obligation": event.obligation, "unit": event.unit.map(|unit| code(unit, event.day)), "team": event.team.map(team_id), "day": shown(event.day)})
        });
        tables.push(("events", events.collect()));
        let excuses = self.excuses.iter().enumerate().map(|(n, excuse)| {
            json!({"obligation": excuse.obligation, "unit": code(excuse.unit, excuse.day), "team": excuse.team.map(team_id), "period": excuse.period, "event": excuse.event.map(event_id), "day": shown(excuse.day), "until": excuse.until.and_then(shown), "document": format!("{}/UBND", n + 10)})
        });
        tables.push(("excuses", excuses.collect()));
        let completions = self.completions.iter().map(|row| {
            json!({"obligation": row.obligation, "unit": row.unit.map(|unit| code(unit, row.day)), "team": row.team.map(team_id), "person": row.person.map(|n| format!("p{n}")), "period": row.period, "event": row.event.map(event_id), "day": shown(row.day)})
        });
        tables.push(("completions", completions.collect()));
        let mut document = Map::new();
        document.insert("note".into(), json!("Made up."));
        for (table, rows) in tables.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            document.insert(table.into(), rows.into_iter().map(row).collect());
        }
        document.into()
    }

    /// The register without the facts that begin after `day`, and without what cannot be read then.
    pub fn known_on(&self, day: i32) -> Value {
        let mut document = self.document();
        let after = date(day).to_string();
        let tables = document.as_object_mut().unwrap();
        let mut rows: Vec<(&String, &mut Vec<Value>)> =
            tables.iter_mut().filter_map(|(table, rows)| Some((table, rows.as_array_mut()?))).collect();
        for (_, rows) in &mut rows {
            rows.retain(|row| {
                let begins = ["from", "day", "signed"].iter().find_map(|key| row.get(key)?.as_str());
                begins.is_none_or(|begins| *begins <= *after)
            });
        }
        let known = |rows: &[(&String, &mut Vec<Value>)]| -> Vec<Value> {
            rows.iter().flat_map(|(_, rows)| rows.iter().filter_map(|row| row.get("id").cloned())).collect()
        };
        // An event may be of a team, and an excuse of an event.
        for key in ["team", "event"] {
            let known = known(&rows);
            for (_, rows) in &mut rows {
                rows.retain(|row| row.get(key).is_none_or(|id| known.contains(id)));
            }
        }
        let known = known(&rows);
        for (_, rows) in &mut rows {
            for row in rows.iter_mut().map(|row| row.as_object_mut().unwrap()) {
                for key in ["parent", "committee", "decision", "body", "on_behalf_of"] {
                    // The parent of a unit is a code.
                    let is_unknown = |id: &Value| !row.contains_key("code") && !known.contains(id);
                    if row.get(key).is_some_and(is_unknown) {
                        row.remove(key);
                    }
                }
                for key in ["replaces", "annuls"] {
                    if let Some(ids) = row.get_mut(key).and_then(Value::as_array_mut) {
                        ids.retain(|id| known.contains(id));
                    }
                }
            }
        }
        document
    }
}

/// Shows the document and the policy, a row a line.
impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let documents = [self.document(), self.policy.last().cloned().unwrap_or_default()];
        for (key, rows) in documents.iter().filter_map(Value::as_object).flatten() {
            match rows {
                Value::Array(rows) => rows.iter().try_for_each(|row| writeln!(f, "{key}: {row}"))?,
                text => writeln!(f, "{key}: {text}")?,
            }
        }
        Ok(())
    }
}

/// A row without what is absent in it.
pub fn row(cells: Value) -> Value {
    let Value::Object(cells) = cells else { unreachable!() };
    cells
        .into_iter()
        .filter(|(_, value)| !value.is_null() && *value != json!([]) && *value != json!(false))
        .collect::<Map<_, _>>()
        .into()
}

fn id_of(row: &Value) -> String {
    row["id"].as_str().unwrap().into()
}

/// The period of an obligation that has a day, if it comes back.
fn period_near(row: &Value, day: i32) -> Option<String> {
    let every: Frequency = row.get("every")?.as_str()?.parse().unwrap();
    let scheme: Scheme = row["scheme"].as_str()?.parse().unwrap();
    Period::at(every, date(day), scheme).map(|period| period.to_string())
}
