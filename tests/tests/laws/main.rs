//! Laws of the whole, on random registers.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod duties;
mod edits;
mod oracle;
mod policy;
mod rare;
mod world;

use cnscd::{
    AgendaQuery, Checked, CompletenessQuery, Level, Policy, Query, Register, Role, RollUpQuery, Severity,
    Sex, State, TABLES, TeamKind, TeamQuery,
};
use policy::Asked;
use proptest::prelude::*;
use serde_json::Value;
use world::{SPAN, World, date, world};

fn read(document: &Value) -> Register {
    Register::from_json(&document.to_string()).unwrap_or_else(|error| panic!("{error}\n{document:#}"))
}

fn check(document: &Value, policy: &Policy, as_of: i32) -> Checked {
    read(document).check(policy, date(as_of)).unwrap()
}

fn checked(world: &World, as_of: i32) -> Checked {
    check(&world.document(), &world.policy(), as_of)
}

fn json(checked: &Checked) -> Vec<Value> {
    let findings = checked.findings(&Query::default()).unwrap();
    findings.into_iter().map(|finding| serde_json::to_value(finding.data(None)).unwrap()).collect()
}

fn teams(checked: &Checked) -> Value {
    serde_json::to_value(checked.teams(&TeamQuery::default()).unwrap()).unwrap()
}

fn agenda(checked: &Checked, query: &AgendaQuery) -> Vec<Value> {
    let rows = checked.agenda(query).unwrap();
    rows.into_iter().map(|row| serde_json::to_value(row.data(None, false)).unwrap()).collect()
}

fn roll_up(checked: &Checked, unit: Option<&str>) -> Vec<Value> {
    let query = RollUpQuery { unit: unit.map(Into::into), level: None };
    let rows = checked.roll_up(&query).unwrap().rows;
    rows.iter().map(|row| serde_json::to_value(row).unwrap()).collect()
}

fn completeness(checked: &Checked, query: &CompletenessQuery) -> Vec<Value> {
    let rows = checked.completeness(query).unwrap();
    rows.iter().map(|row| serde_json::to_value(row).unwrap()).collect()
}

/// All answers.
fn answers(checked: &Checked) -> [Vec<Value>; 6] {
    let ahead = AgendaQuery { days: Some(60), ..AgendaQuery::default() };
    [
        json(checked),
        vec![teams(checked)],
        roll_up(checked, None),
        agenda(checked, &AgendaQuery::default()),
        agenda(checked, &ahead),
        completeness(checked, &CompletenessQuery::default()),
    ]
}

/// Fails with what stands in one of two answers only.
fn same(a: &Checked, b: &Checked) -> Result<(), TestCaseError> {
    for (a, b) in answers(a).iter().zip(answers(b)) {
        let [a, b] = [a, &b].map(|values| values.iter().map(Value::to_string).collect::<Vec<_>>());
        let first = a.iter().zip(&b).find(|(a, b)| a != b);
        prop_assert!(a == b, "{:#?}, first {first:#?}", difference(&a, &b));
    }
    Ok(())
}

/// What the oracle says of a finding, as one line.
fn line(finding: &Value) -> String {
    let f = |key: &str| &finding[key];
    format!(
        "{} {} in {} from {} to {}: {} by {}, {}",
        f("code"),
        f("subject")["id"],
        f("unit"),
        f("from"),
        f("to"),
        f("severity"),
        f("basis")["vi"],
        f("params")
    )
}

/// Lines that stand on one side only: on the left, of the engine; on the right, of the oracle.
fn difference(left: &[String], right: &[String]) -> Vec<String> {
    let count = |lines: &[String], line: &String| lines.iter().filter(|other| *other == line).count();
    let only = |name: &str, a: &[String], b: &[String]| -> Vec<String> {
        a.iter()
            .filter(|line| count(a, line) != count(b, line))
            .map(|line| format!("{name} {line}"))
            .collect()
    };
    [only("<", left, right), only(">", right, left)].concat()
}

/// The text of the document with rows, keys and tables in another order.
fn shuffled(document: &Value, by: usize) -> String {
    let turn = |mut items: Vec<String>| {
        items.reverse();
        let middle = by % items.len().max(1);
        items.rotate_left(middle);
        items.join(",")
    };
    match document {
        Value::Object(map) => {
            let pairs = map.iter().map(|(key, value)| format!("\"{key}\":{}", shuffled(value, by)));
            format!("{{{}}}", turn(pairs.collect()))
        }
        Value::Array(items) => format!("[{}]", turn(items.iter().map(|item| shuffled(item, by)).collect())),
        other => other.to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_shrink_iters: 1500, ..ProptestConfig::default() })]

    /// Law 1.
    #[test]
    fn printing_undoes_reading(world in world()) {
        let document = world.document();
        let register = read(&document);
        let printed = register.to_json();
        prop_assert_eq!(&printed, &Register::from_json(&printed).unwrap().to_json());
        let csv: Vec<_> = TABLES.iter().map(|table| (table.name, register.to_csv(table.name).unwrap())).collect();
        prop_assert_eq!(&printed, &Register::from_csv(&csv, register.note()).unwrap().to_json());
        prop_assert_eq!(serde_json::from_str::<Value>(&printed).unwrap(), document);
        let printed = world.policy().to_json();
        prop_assert_eq!(&printed, &Policy::from_json(&printed).unwrap().to_json());
        prop_assert_eq!(&serde_json::from_str::<Value>(&printed).unwrap(), world.policy.last().unwrap());
    }

    /// Law 2.
    #[test]
    fn later_facts_are_not_seen((world, as_of) in (world(), 0..SPAN)) {
        let all = checked(&world, as_of);
        let known = check(&world.known_on(as_of), &world.policy(), as_of);
        same(&all, &known)?;
    }

    /// Law 3.
    #[test]
    fn the_engine_equals_a_check_of_every_day((world, as_of) in (world(), 0..SPAN)) {
        let mut found: Vec<_> = json(&checked(&world, as_of)).iter().map(line).collect();
        found.sort();
        let wanted = oracle::findings(&world, &Asked::new(&world, as_of), as_of);
        prop_assert!(found == wanted, "{:#?}", difference(&found, &wanted));
    }

    /// What is asked is found by a search through all entries.
    #[test]
    fn explaining_equals_a_search((world, more) in (world(), 0..SPAN)) {
        let (register, policy) = (read(&world.document()), world.policy());
        let days = Asked::new(&world, SPAN).days().into_iter().flat_map(|day| [day - 1, day]).chain([0, more, SPAN]);
        for day in days.filter(|&day| (0..=SPAN).contains(&day)) {
            let asked = Asked::new(&world, day);
            for line in world.nameable(day) {
                let explained = policy.explain(&register, world.code(line, day), date(day)).unwrap();
                let explained = serde_json::to_value(explained).unwrap();
                let wanted = asked.explain(&world.path(line, day), day);
                prop_assert_eq!(explained, wanted, "{} on {}", world.code(line, day), date(day));
            }
        }
        let checked = register.check(&policy, date(more)).unwrap();
        prop_assert_eq!(checked.unknown_scopes(), Asked::new(&world, more).unknown_scopes());
    }

    /// Duties are found by looking at every day.
    #[test]
    fn the_agenda_equals_a_look_at_every_day((world, as_of) in (world(), 0..SPAN)) {
        // Also where something begins or ends.
        let mut days = duties::days(&world);
        days.retain(|&day| (0..SPAN).contains(&day));
        let each = days.len().div_ceil(8).max(1);
        let some = days.into_iter().skip(usize::try_from(as_of).unwrap() % each).step_by(each);
        let (register, policy) = (read(&world.document()), world.policy());
        for as_of in some.chain([as_of]) {
            let asked = Asked::new(&world, as_of);
            let checked = register.check(&policy, date(as_of)).unwrap();
            let duties = duties::duties(&world, &asked, as_of, as_of);
            let wanted: Vec<_> = duties.iter().map(|duty| duty.json(&world, &asked, as_of)).collect();
            prop_assert_eq!(agenda(&checked, &AgendaQuery::default()), wanted, "on {}", date(as_of));
            let wanted = duties::completeness(&world, &asked, &duties, as_of);
            prop_assert_eq!(completeness(&checked, &CompletenessQuery::default()), wanted, "on {}", date(as_of));
        }
    }

    /// Asking for a part of the agenda gives the part of the whole, and what begins in the days asked for.
    #[test]
    fn an_agenda_of_a_part((world, as_of, days, from) in (world(), 0..SPAN, 0..100_u32, -40..120)) {
        let checked = checked(&world, as_of);
        let asked = Asked::new(&world, as_of);
        let (all, duties) = (agenda(&checked, &AgendaQuery::default()), duties::duties(&world, &asked, as_of, as_of));
        let with = |is_it: &dyn Fn(&Value) -> bool| all.iter().filter(|row| is_it(row)).cloned().collect::<Vec<_>>();
        for state in State::ALL {
            let query = AgendaQuery { state: Some(*state), ..AgendaQuery::default() };
            prop_assert_eq!(agenda(&checked, &query), with(&|row| row["state"] == state.word()));
        }
        for (row, _) in &asked.obligations {
            let query = AgendaQuery { obligation: row["id"].as_str().map(Into::into), ..AgendaQuery::default() };
            prop_assert_eq!(agenda(&checked, &query), with(&|other| other["obligation"] == row["id"]));
        }
        for team in (0..world.teams.len()).filter_map(|n| duties::id('t', Some(n))) {
            let query = AgendaQuery { team: Some(team.clone()), ..AgendaQuery::default() };
            prop_assert_eq!(agenda(&checked, &query), with(&|row| row["team"] == *team));
        }
        for (n, body) in world.bodies.iter().enumerate() {
            let query = AgendaQuery { body: duties::id('b', Some(n)), ..AgendaQuery::default() };
            let is_part = |duty: &duties::Duty, row: &Value| {
                let is_kind = row["lead"] == body.kind || row["supporting"].as_array().unwrap().contains(&body.kind.into());
                // On the day on which it was done, or is to be, it is there, and none of its kind is nearer.
                let day = duty.done.unwrap_or(if duty.is_left() { duty.last.max(as_of) } else { duty.last });
                let is_there = |other: &world::Body, unit: usize| {
                    other.unit == Some(unit) && other.kind == body.kind && other.span.0 <= as_of.min(day) && day < other.span.1
                };
                let mut path = duty.path(&world, as_of).into_iter();
                let nearest = path.find(|&unit| world.bodies.iter().any(|other| is_there(other, unit)));
                is_kind && nearest.is_some_and(|unit| is_there(body, unit))
            };
            let wanted = duties.iter().zip(&all).filter(|(duty, row)| is_part(duty, row));
            prop_assert_eq!(agenda(&checked, &query), wanted.map(|(_, row)| row.clone()).collect::<Vec<_>>());
        }
        // From a day on, or what is left to do for some days.
        let first = as_of + from;
        let spans = [(None, Some(days), None), (Some(first), Some(days), None), (Some(first), None, None)];
        let until = as_of + 60;
        for (from, days, until) in spans.into_iter().chain([(Some(first), None, Some(until)), (None, Some(days), Some(until))]) {
            let end = days.map_or(i32::MAX, |days| from.unwrap_or(as_of) + days.cast_signed());
            let query = AgendaQuery { from: from.map(date), days, until: until.map(date), ..AgendaQuery::default() };
            let horizon = end.min(until.unwrap_or(i32::MAX));
            let horizon = if horizon == i32::MAX { as_of } else { horizon };
            let duties = duties::duties(&world, &asked, as_of, as_of.max(horizon));
            let is_asked = |duty: &&duties::Duty| {
                from.is_none_or(|from| duty.last >= from)
                    && until.is_none_or(|until| duty.last <= until)
                    && (days.is_none() || duty.is_left() && duty.last <= end)
            };
            let rows: Vec<_> = duties.iter().filter(is_asked).collect();
            let json = |rows: &[&duties::Duty]| rows.iter().map(|duty| duty.json(&world, &asked, as_of)).collect::<Vec<_>>();
            prop_assert_eq!(agenda(&checked, &query), json(&rows), "{:?} {:?}", from, days);
            for n in 0..world.teams.len() {
                let query = AgendaQuery { team: duties::id('t', Some(n)), ..query.clone() };
                let rows: Vec<_> = rows.iter().copied().filter(|duty| duty.who.team == Some(n)).collect();
                prop_assert_eq!(agenda(&checked, &query), json(&rows));
            }
        }
    }

    /// Law 5.
    #[test]
    fn order_does_not_matter((world, as_of, by) in (world(), 0..SPAN, 0..7_usize)) {
        let document = world.document();
        let straight = checked(&world, as_of);
        let turned = Register::from_json(&shuffled(&document, by)).unwrap().check(&world.policy_turned(by), date(as_of)).unwrap();
        same(&straight, &turned)?;
    }

    /// Laws 4 and 8.
    #[test]
    fn a_roll_up_adds_what_is_below((world, as_of) in (world(), 0..SPAN)) {
        let checked = checked(&world, as_of);
        let rows = checked.roll_up(&RollUpQuery::default()).unwrap().rows;
        // Where each team counts: with its unit, or the lowest one above it that exists.
        let place = |unit: usize| {
            let mut path = world.path(unit, as_of).into_iter();
            path.find(|&line| world.version_on(line, as_of).is_some()).map(|line| world.code(line, as_of))
        };
        let duties = agenda(&checked, &AgendaQuery::default());
        for row in &rows {
            let below: Vec<_> = rows.iter().filter(|other| other.parent.as_deref() == Some(&row.unit)).collect();
            prop_assert!(below.iter().all(|other| other.level > row.level));
            // What a unit has itself: its own row, the teams it manages, their members.
            let m = &row.measures;
            let sum = |get: &dyn Fn(&cnscd::Measures) -> u32| below.iter().map(|row| get(&row.measures)).sum::<u32>();
            for &level in Level::ALL {
                let own = u32::from(level == row.level);
                prop_assert_eq!(m.units(level), own + sum(&|m| m.units(level)));
                for (n, kind) in [TeamKind::Committee, TeamKind::Steering, TeamKind::Community].into_iter().enumerate() {
                    let own = world.teams.iter().filter(|team| {
                        let is_here = place(team.unit) == Some(&row.unit) && world.lines[team.unit].level == level as usize;
                        team.kind == n && team.span.has(as_of) && is_here
                    });
                    let own = u32::try_from(own.count()).unwrap();
                    prop_assert_eq!(m.teams(level, kind), own + sum(&|m| m.teams(level, kind)));
                }
            }
            let members = Level::ALL.iter().flat_map(|&l| TeamKind::ALL.iter().map(move |&k| m.members(l, k))).sum::<u32>();
            prop_assert_eq!(members, Role::ALL.iter().map(|&role| m.role(role)).sum::<u32>());
            prop_assert_eq!(members, [Some(Sex::Male), Some(Sex::Female), None].map(|sex| m.sex(sex)).iter().sum::<u32>());
            let part = |get: &dyn Fn(&cnscd::Measures) -> Option<cnscd::Share>, m| get(m).map_or([0; 2], |share| [share.part, share.whole]);
            let covered = part(&|m| m.villages_covered(), m);
            prop_assert!(covered[0] <= covered[1] && covered[1] == m.units(Level::Village));
        }
        // The units at the top have every finding that has a unit, and every duty.
        let present = checked.findings(&Query::default()).unwrap();
        let of_units = present.iter().filter(|f| f.is_present() && f.unit().is_some()).count();
        let top: Vec<_> = rows.iter().filter(|row| row.parent.is_none()).map(|row| &row.measures).collect();
        let counted: u32 = Severity::ALL.iter().flat_map(|&severity| top.iter().map(move |m| m.findings(severity))).sum();
        prop_assert!(usize::try_from(counted).unwrap() <= of_units);
        let owed = duties.iter().filter(|row| !matches!(row["state"].as_str(), Some("not_bound" | "excused")));
        let counted: u32 = top.iter().filter_map(|m| m.duties_done()).map(|share| share.whole).sum();
        prop_assert!(usize::try_from(counted).unwrap() <= owed.count());
    }

    /// Asking for a part gives the part of the whole.
    #[test]
    fn filters_take_a_part((world, as_of) in (world(), 0..SPAN)) {
        let checked = checked(&world, as_of);
        let all = json(&checked);
        for severity in Severity::ALL {
            let query = Query { severity: Some(*severity), ..Query::default() };
            let part = checked.findings(&query).unwrap().len();
            prop_assert_eq!(part, all.iter().filter(|f| f["severity"] == severity.word()).count());
        }
        let rows = roll_up(&checked, None);
        let asked = Asked::new(&world, as_of);
        let duties = duties::duties(&world, &asked, as_of, as_of);
        let counts = duties::completeness(&world, &asked, &duties, as_of);
        for level in Level::ALL {
            let query = CompletenessQuery { level: Some(*level), ..CompletenessQuery::default() };
            let wanted: Vec<_> = counts.iter().filter(|row| row["level"] == level.word()).cloned().collect();
            prop_assert_eq!(completeness(&checked, &query), wanted);
        }
        for (row, _) in &asked.obligations {
            let obligation = row["id"].as_str().map(Into::into);
            let query = CompletenessQuery { obligation, ..CompletenessQuery::default() };
            let wanted: Vec<_> = counts.iter().filter(|other| other["obligation"] == row["id"]).cloned().collect();
            prop_assert_eq!(completeness(&checked, &query), wanted);
        }
        for line in world.nameable(as_of) {
            let code = world.code(line, as_of);
            // A code that was given twice means both units.
            if world.versions().any(|(other, version)| other != line && version.code == code) {
                continue;
            }
            let unit = roll_up(&checked, Some(code));
            prop_assert!(unit.iter().all(|row| rows.contains(row)));
            prop_assert_eq!(&unit[0]["unit"], code);
            let present = Query { unit: Some(code.into()), when: cnscd::When::Present, ..Query::default() };
            let counts = unit[0]["findings"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum::<u64>();
            prop_assert_eq!(counts, checked.findings(&present).unwrap().len() as u64, "findings of {}", code);
            let query = AgendaQuery { unit: Some(code.into()), ..AgendaQuery::default() };
            let wanted = duties.iter().filter(|duty| duty.path(&world, as_of).contains(&line));
            let wanted: Vec<_> = wanted.map(|duty| duty.json(&world, &asked, as_of)).collect();
            prop_assert_eq!(agenda(&checked, &query), wanted);
            let owed = duties.iter().filter(|duty| !matches!(duty.state, "not_bound" | "excused"));
            let owed: Vec<_> = owed.filter(|duty| world.path(duty.who.line, as_of).contains(&line)).collect();
            let done = owed.iter().filter(|duty| duty.done.is_some()).count();
            let share = &unit[0]["duties_done"];
            prop_assert_eq!(share["whole"].as_u64().unwrap_or(0), owed.len() as u64, "duties of {}", code);
            prop_assert_eq!(share["part"].as_u64().unwrap_or(0), done as u64, "duties done of {}", code);
        }
    }
}

/// The random registers are worth checking: every rule fires in them, present and past, and duties of every kind are done or not.
#[test]
fn random_registers_reach_every_rule() {
    use proptest::strategy::ValueTree;
    const DUTIES: [&str; 6] = ["period", "event", "team", "person", "document", "remind"];
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeMap::<String, [usize; 2]>::new();
    for _ in 0..600 {
        let world: World = world().new_tree(&mut runner).unwrap().current();
        let checked = checked(&world, SPAN - 1);
        for row in agenda(&checked, &AgendaQuery::default()) {
            for key in DUTIES.into_iter().filter(|key| !row[key].is_null()) {
                seen.entry(key.into()).or_default()[usize::from(row["done"].is_null())] += 1;
            }
        }
        for finding in json(&checked) {
            let past = usize::from(finding["present"] == false);
            seen.entry(finding["code"].as_str().unwrap().into()).or_default()[past] += 1;
        }
    }
    let mut rare = Vec::new();
    // Reports have laws of their own.
    for rule in cnscd::RULES.iter().filter(|rule| !rule.code.starts_with('R')) {
        let counts = seen.get(rule.code).copied().unwrap_or_default();
        // What is entered of people, decisions and duties holds as known now.
        let has_past = !matches!(rule.code.as_bytes()[0], b'P' | b'D' | b'O');
        if counts[0] <= 5 || has_past && counts[1] <= 5 {
            rare.push(format!("{}: {counts:?}", rule.code));
        }
    }
    rare.extend(
        DUTIES.iter().filter(|key| seen[**key].iter().any(|&count| count <= 10)).map(|key| (*key).into()),
    );
    assert!(rare.is_empty(), "{rare:#?}");
}
