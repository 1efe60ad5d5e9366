//! The rules once more, for one day at a time and from the facts themselves: short, slow and obviously right. Stretches of
//! days are then found by looking at every day.

use crate::world::{KINDS, ROLES, World, date};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What is said on a day: code, subject, parameters, and the days it must last longer than.
type Said = (&'static str, String, Value, i32);

/// Code, subject, first day, first day after, parameters.
pub type Found = (String, String, Option<String>, Option<String>, String);

const GUIDANCE: i32 = 63;

pub fn findings(world: &World, as_of: i32) -> Vec<Found> {
    let mut stretches: BTreeMap<String, Vec<(i32, i32, Said)>> = BTreeMap::new();
    // Day -1 stands for all days before the first one.
    for day in -1..=as_of {
        for said in on_day(world, day, as_of) {
            let runs = stretches.entry(format!("{} {} {}", said.0, said.1, said.2)).or_default();
            match runs.last_mut() {
                Some(run) if run.1 == day || run.1 == day + 1 => run.1 = day + 1,
                _ => runs.push((day, day + 1, said)),
            }
        }
    }
    let kept = stretches.into_values().flatten().filter(|(from, to, said)| to - from > said.3);
    let mut found: Vec<Found> = kept
        .map(|(from, to, (code, subject, params, _))| {
            let to = (to <= as_of).then(|| date(to).to_string());
            (code.into(), subject, Some(date(from).to_string()), to, params.to_string())
        })
        .collect();
    found.extend(duplicates(world, as_of));
    found.sort();
    found
}

fn on_day(world: &World, day: i32, as_of: i32) -> Vec<Said> {
    let mut said = Vec::new();
    for (n, team) in world.teams.iter().enumerate().filter(|(_, team)| team.span.0 <= as_of) {
        let id = format!("t{n}");
        let there = team.span.has(day);
        let decision =
            team.decision.map(|d| (d, world.decisions[d])).filter(|(_, (signed, _))| *signed <= as_of);
        match decision {
            None if there && (day >= GUIDANCE || !team.community) => {
                said.push(("T001", id.clone(), json!({}), 0));
            }
            Some((d, (signed, in_force))) if there && day < in_force.unwrap_or(signed) => {
                let params =
                    json!({"decision": format!("d{d}"), "day": date(in_force.unwrap_or(signed)).to_string()});
                said.push(("T002", id.clone(), params, 0));
            }
            _ => {}
        }
        let members: Vec<_> = world.memberships.iter().filter(|m| m.team == n && m.span.has(day)).collect();
        let mut heads: Vec<_> =
            members.iter().filter(|m| ROLES[m.role] == "head" && !m.acting).map(|m| m.person).collect();
        heads.sort_unstable();
        heads.dedup();
        if there && heads.len() > 1 {
            let people: Vec<_> = heads.iter().map(|p| format!("p{p}")).collect();
            said.push(("T004", id.clone(), json!({"n": people.len(), "people": people}), 0));
        }
        let suspended = world.suspensions.iter().any(|(team, span)| *team == n && span.has(day));
        if there && !suspended && !members.iter().any(|m| ROLES[m.role] == "head" || m.acting) {
            said.push(("T005", id.clone(), json!({}), 30));
        }
        for p in 0..world.people.len() {
            let mine: Vec<_> = members.iter().filter(|m| m.person == p).collect();
            let person = format!("p{p}");
            if !mine.is_empty() && !there {
                said.push(("M001", id.clone(), json!({"person": person}), 0));
            }
            if there && mine.len() > 1 {
                said.push(("M002", id.clone(), json!({"person": person, "n": mine.len()}), 0));
            }
            if there && mine.iter().any(|m| m.acting) {
                said.push(("M004", id.clone(), json!({"person": person}), 60));
            }
        }
    }
    for m in world.memberships.iter().filter(|m| ROLES[m.role] == "head" && m.span.has(day)) {
        let Some(kind) = m.position.filter(|_| world.teams[m.team].span.has(day)) else { continue };
        let held: Vec<_> = world.positions.iter().filter(|(p, k, _)| *p == m.person && *k == kind).collect();
        let last = held.iter().filter(|(_, _, span)| span.1 <= day).map(|(_, _, span)| span.1).max();
        if let (false, Some(last)) = (held.iter().any(|(_, _, span)| span.has(day)), last) {
            let params = json!({"team": format!("t{}", m.team), "position": KINDS[kind], "day": date(last).to_string()});
            said.push(("M003", format!("p{}", m.person), params, 0));
        }
    }
    let serving = |village: usize| -> Vec<usize> {
        let serves = |n: &usize| {
            let team = &world.teams[*n];
            team.community && team.span.has(day) && team.covers.contains(&village)
        };
        (0..world.teams.len()).filter(serves).collect()
    };
    for village in 0..world.villages.len() {
        let exists = world.villages[village].iter().any(|version| version.span.has(day));
        let teams: Vec<_> = serving(village).iter().map(|n| format!("t{n}")).collect();
        if day >= GUIDANCE && exists && teams.len() > 1 {
            said.push((
                "T003",
                world.code_on(village, as_of).into(),
                json!({"n": teams.len(), "teams": teams}),
                0,
            ));
        }
    }
    for commune in 0..2 {
        let mut missing: Vec<_> = (0..world.villages.len())
            .filter(|&v| {
                world.villages[v].iter().any(|version| version.commune == commune && version.span.has(day))
            })
            .filter(|&v| day >= world.villages[v][0].span.0.max(GUIDANCE) + 60 && serving(v).is_empty())
            .map(|v| world.code_on(v, as_of))
            .collect();
        missing.sort_unstable();
        if !missing.is_empty() {
            let code = format!("9900{}", commune + 1);
            said.push(("U001", code, json!({"n": missing.len(), "villages": missing}), 0));
        }
    }
    said
}

/// People of one name who share a birth day, or, where one has none, a commune; as known on `as_of`.
fn duplicates(world: &World, as_of: i32) -> Vec<Found> {
    let name = |p: usize| world.people[p].name.max(1);
    let known = |p: usize| {
        let mine = world.memberships.iter().filter(move |m| m.person == p && m.span.0 <= as_of);
        mine.map(|m| &world.teams[m.team]).filter(|team| team.span.0 <= as_of).map(|team| team.commune)
    };
    let all = 0..world.people.len();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for first in 1..4 {
        for born in 0..2 {
            groups.push(
                all.clone().filter(|&p| name(p) == first && world.people[p].born == Some(born)).collect(),
            );
        }
        for commune in 0..2 {
            let here: Vec<_> =
                all.clone().filter(|&p| name(p) == first && known(p).any(|c| c == commune)).collect();
            if here.iter().any(|&p| world.people[p].born.is_none()) {
                groups.push(here);
            }
        }
    }
    let told_apart = |group: &Vec<usize>| {
        let mut numbers: Vec<_> = group.iter().filter_map(|&p| world.people[p].number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.len() == group.len()
    };
    groups.retain(|group| group.len() > 1 && !told_apart(group));
    groups.sort();
    groups.dedup();
    let found = groups.into_iter().map(|group| {
        let people: Vec<_> = group.iter().map(|p| format!("p{p}")).collect();
        let params = json!({"n": people.len(), "people": people});
        ("P001".into(), people[0].clone(), None, None, params.to_string())
    });
    found.collect()
}
