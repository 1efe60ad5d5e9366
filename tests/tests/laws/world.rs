//! Random registers, valid by construction: small, made up, dense with everything that the rules look at.

use chrono::{Days, NaiveDate};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Days are counted from here; the guidance of 5/3/2022 begins on day 63.
pub const START: NaiveDate = NaiveDate::from_ymd_opt(2022, 1, 1).unwrap();
pub const SPAN: i32 = 400;

pub const KINDS: [&str; 2] = ["village_head", "party_cell_secretary"];
pub const ROLES: [&str; 3] = ["head", "deputy", "member"];
/// The first two are one name.
pub const NAMES: [&str; 4] = ["Trần Mẫu Hòa", "TRẦN Mẫu Hoà", "Trần Mẫu Hoa", "Lê Mẫu"];

pub fn date(day: i32) -> NaiveDate {
    START + Days::new(u64::try_from(day).unwrap())
}

/// From a day up to, not including, a day; an open start is `i32::MIN`, an open end `i32::MAX`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span(pub i32, pub i32);

impl Span {
    pub fn has(self, day: i32) -> bool {
        self.0 <= day && day < self.1
    }
}

#[derive(Clone, Debug)]
pub struct Version {
    pub code: String,
    pub commune: usize,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Team {
    pub commune: usize,
    pub community: bool,
    pub covers: Vec<usize>,
    pub span: Span,
    pub decision: Option<usize>,
}

#[derive(Clone, Debug)]
pub struct Person {
    pub name: usize,
    pub born: Option<u32>,
    pub number: Option<u32>,
}

#[derive(Clone, Debug)]
pub struct Membership {
    pub team: usize,
    pub person: usize,
    pub role: usize,
    pub acting: bool,
    pub position: Option<usize>,
    pub span: Span,
}

/// Two communes of one district; villages are lines of one or two versions.
#[derive(Clone, Debug)]
pub struct World {
    pub villages: Vec<Vec<Version>>,
    /// Signed, in force.
    pub decisions: Vec<(i32, Option<i32>)>,
    pub teams: Vec<Team>,
    pub suspensions: Vec<(usize, Span)>,
    pub people: Vec<Person>,
    pub positions: Vec<(usize, usize, Span)>,
    pub memberships: Vec<Membership>,
}

fn span() -> impl Strategy<Value = Span> {
    (0..SPAN, option::weighted(0.6, 1..150))
        .prop_map(|(from, length)| Span(from, length.map_or(i32::MAX, |n| from + n)))
}

/// The commune of a village, when it begins, after how many days it moves and where to, after how many it ends.
type Village = (usize, Option<i32>, Option<(i32, usize)>, Option<i32>);

fn village() -> impl Strategy<Value = Village> {
    let begins = option::weighted(0.3, 0..SPAN / 2);
    let moves = option::weighted(0.3, (1..SPAN / 2, 0..2_usize));
    (0..2_usize, begins, moves, option::weighted(0.2, 1..SPAN / 2))
}

pub fn world() -> impl Strategy<Value = World> {
    let teams = vec(
        (0..2_usize, prop::bool::weighted(0.8), any::<u8>(), span(), option::weighted(0.8, 0..3_usize)),
        1..6,
    );
    let memberships =
        (0..100_usize, 0..100_usize, 0..3_usize, prop::bool::weighted(0.3), option::of(0..2_usize), span());
    (
        vec(village(), 0..5),
        vec((0..SPAN, option::of(0..60)), 3),
        teams,
        vec((0..100_usize, span()), 0..3),
        vec((0..NAMES.len(), option::weighted(0.6, 0..2_u32), option::weighted(0.3, 0..2_u32)), 1..7),
        vec((0..100_usize, 0..2_usize, span()), 0..7),
        vec(memberships, 0..16),
    )
        .prop_map(|(villages, decisions, teams, suspensions, people, positions, memberships)| {
            let villages: Vec<_> =
                villages.into_iter().enumerate().map(|(n, village)| versions(n, village)).collect();
            let teams: Vec<_> = teams
                .into_iter()
                .map(|(commune, community, mask, span, decision)| {
                    // Only what exists on the first day can be named.
                    let there = |n: &usize| villages[*n].iter().any(|version| version.span.has(span.0));
                    let covers = (0..villages.len()).filter(|n| mask >> n & 1 == 1).filter(there).collect();
                    Team { commune, community, covers, span, decision }
                })
                .collect();
            let people: Vec<_> =
                people.into_iter().map(|(name, born, number)| Person { name, born, number }).collect();
            World {
                decisions: decisions.into_iter().map(|(day, later)| (day, later.map(|n| day + n))).collect(),
                suspensions: suspensions.into_iter().map(|(team, span)| (team % teams.len(), span)).collect(),
                positions: positions
                    .into_iter()
                    .map(|(person, kind, span)| (person % people.len(), kind, span))
                    .collect(),
                memberships: memberships
                    .into_iter()
                    .map(|(team, person, role, acting, position, span)| {
                        let (team, person) = (team % teams.len(), person % people.len());
                        Membership { team, person, role, acting, position, span }
                    })
                    .collect(),
                villages,
                teams,
                people,
            }
        })
}

fn versions(n: usize, (commune, begins, moves, ends): Village) -> Vec<Version> {
    let from = begins.unwrap_or(i32::MIN);
    let turn = moves.map(|(days, to)| (begins.unwrap_or(0) + days, to));
    let end = ends.map_or(i32::MAX, |days| turn.map_or(begins.unwrap_or(0), |(day, _)| day) + days);
    let code = |commune: usize, part: &str| format!("9900{}-{n}{part}", commune + 1);
    match turn {
        None => vec![Version { code: code(commune, ""), commune, span: Span(from, end) }],
        Some((day, to)) => vec![
            Version { code: code(commune, ""), commune, span: Span(from, day) },
            Version { code: code(to, "b"), commune: to, span: Span(day, end) },
        ],
    }
}

/// A row of the document; nothing absent in it.
fn row(cells: Value) -> Value {
    let Value::Object(cells) = cells else { unreachable!() };
    cells
        .into_iter()
        .filter(|(_, value)| !value.is_null() && *value != json!([]) && *value != json!(false))
        .collect::<Map<_, _>>()
        .into()
}

fn day(day: i32) -> Value {
    if day == i32::MIN || day == i32::MAX { Value::Null } else { json!(date(day).to_string()) }
}

impl World {
    /// The document, with its rows and keys in some order that `shuffle` decides.
    pub fn document(&self) -> Value {
        let mut units = vec![
            json!({"code": "99", "name": "Tỉnh Minh Họa", "kind": "tinh", "level": "province"}),
            json!({"code": "991", "name": "Huyện Mẫu", "kind": "huyen", "level": "district", "parent": "99"}),
        ];
        for n in 1..=2 {
            units.push(json!({"code": format!("9900{n}"), "name": format!("Xã Mẫu {n}"), "kind": "xa", "level": "commune", "parent": "991"}));
        }
        let mut successions = Vec::new();
        for line in &self.villages {
            for version in line {
                let parent = format!("9900{}", version.commune + 1);
                units.push(row(json!({"code": version.code, "name": "Thôn Mẫu", "kind": "thon", "level": "village", "parent": parent, "from": day(version.span.0), "to": day(version.span.1)})));
            }
            if let [old, new] = &line[..] {
                successions.push(
                    json!({"day": day(new.span.0), "old": old.code, "new": new.code, "extent": "continues"}),
                );
            }
        }
        let decisions = self.decisions.iter().enumerate().map(|(n, &(signed, in_force))| {
            row(json!({"id": format!("d{n}"), "number": format!("{}/QĐ-UBND", n + 10), "body": "b", "signed": day(signed), "in_force": in_force.map(day), "kind": "establish"}))
        });
        let teams = self.teams.iter().enumerate().map(|(n, team)| {
            let covers: Vec<_> = team.covers.iter().map(|&village| self.code_on(village, team.span.0)).collect();
            row(json!({"id": format!("t{n}"), "kind": if team.community { "community" } else { "steering" }, "unit": format!("9900{}", team.commune + 1), "covers": covers, "decision": team.decision.map(|n| format!("d{n}")), "from": day(team.span.0), "to": day(team.span.1)}))
        });
        let people = self.people.iter().enumerate().map(|(n, person)| {
            row(json!({"id": format!("p{n}"), "name": NAMES[person.name], "born": person.born.map(|n| format!("199{n}-02-03")), "citizen_number": person.number.map(|n| format!("09909912345{n}"))}))
        });
        let positions = self.positions.iter().map(|&(person, kind, span)| {
            row(json!({"person": format!("p{person}"), "kind": KINDS[kind], "from": day(span.0), "to": day(span.1)}))
        });
        let memberships = self.memberships.iter().map(|m| {
            row(json!({"team": format!("t{}", m.team), "person": format!("p{}", m.person), "role": ROLES[m.role], "acting": m.acting, "position": m.position.map(|kind| KINDS[kind]), "from": day(m.span.0), "to": day(m.span.1)}))
        });
        let suspensions = self.suspensions.iter().map(|&(team, span)| {
            row(json!({"team": format!("t{team}"), "from": day(span.0), "to": day(span.1)}))
        });
        json!({
            "note": "Made up.",
            "units": units,
            "successions": successions,
            "bodies": [{"id": "b", "name": "UBND xã Mẫu", "kind": "peoples_committee"}],
            "decisions": decisions.collect::<Vec<_>>(),
            "teams": teams.collect::<Vec<_>>(),
            "suspensions": suspensions.collect::<Vec<_>>(),
            "people": people.collect::<Vec<_>>(),
            "positions": positions.collect::<Vec<_>>(),
            "memberships": memberships.collect::<Vec<_>>(),
        })
    }

    /// The code of a village on a day; the last one begun, or the first one, where it does not exist.
    pub fn code_on(&self, village: usize, day: i32) -> &str {
        let begun = self.villages[village].iter().rfind(|version| version.span.0 <= day);
        &begun.unwrap_or(&self.villages[village][0]).code
    }

    /// The register without the facts that begin after `day`, and without what cannot be read then.
    pub fn known_on(&self, day: i32) -> Value {
        let mut document = self.document();
        let after = date(day).to_string();
        let tables = document.as_object_mut().unwrap();
        for (_, rows) in tables.iter_mut().filter(|(table, _)| *table != "note") {
            rows.as_array_mut().unwrap().retain(|row| {
                let begins = ["from", "day", "signed"].iter().find_map(|key| row.get(key)?.as_str());
                begins.is_none_or(|begins| *begins <= *after)
            });
        }
        let ids = |table: &str, tables: &Map<String, Value>| -> Vec<Value> {
            tables[table].as_array().unwrap().iter().map(|row| row["id"].clone()).collect()
        };
        let (teams, decisions) = (ids("teams", tables), ids("decisions", tables));
        for row in tables["teams"].as_array_mut().unwrap() {
            if row.get("decision").is_some_and(|decision| !decisions.contains(decision)) {
                row.as_object_mut().unwrap().remove("decision");
            }
        }
        for table in ["memberships", "suspensions"] {
            tables[table].as_array_mut().unwrap().retain(|row| teams.contains(&row["team"]));
        }
        document
    }
}
