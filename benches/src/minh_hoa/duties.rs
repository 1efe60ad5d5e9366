//! Duties: O001 to O006, an extension, an excuse.

use crate::calendar::day;
use crate::province::{Completion, Excuse, Province};

pub(super) fn all(all: &mut Province) {
    set_up(all);
    review(all);
    report(all);
    slips(all);
}

/// All villages of a district were to have a team before 30/4/2022.
fn set_up(all: &mut Province) {
    // One village never had a team.
    all.plant("O001", "993", day(2022, 4, 30));
    // The last village of the district followed four days later; a village has until 03/5/2022 before it is spoken of itself.
    let from = day(2022, 5, 3);
    all.remove("to-99006-04");
    let decision = all.decide("99006", from, Some(from), &["99006-04"]);
    all.add("to-99006-04", "99006-04", from, decision);
    all.plant("O002", "992", from);
    // Of one commune the villages are not known.
    all.plant("O001", "994", day(2022, 4, 30));
}

/// All villages of a commune were to have a team on or before 30/9/2022; what was so on 01/6/2022 was done then.
fn review(all: &mut Province) {
    let ended = day(2022, 5, 20);
    all.end("to-99017-05", ended);
    all.plant("U001", "99017", ended);
    all.plant("O001", "99017", day(2022, 10, 1));

    follow(all, "99018", "to-99018-06", day(2022, 10, 12));
    all.plant("O002", "99018", day(2022, 10, 12));
    // In order: as late, but with a new term.
    follow(all, "99009", "to-99009-06", day(2022, 10, 5));
    all.excuses.push(Excuse {
        obligation: "review-teams",
        unit: "99009",
        day: day(2022, 9, 20),
        until: Some(day(2022, 10, 31)),
        document: "31/UBND-VX",
    });
    // In order: a village has no team, but there is time until the end of January.
    all.excuses.push(Excuse {
        obligation: "review-teams",
        unit: "99011",
        day: day(2022, 9, 26),
        until: Some(day(2023, 1, 31)),
        document: "33/UBND-VX",
    });
    // In order: freed, for its villages are not known.
    all.excuses.push(Excuse {
        obligation: "review-teams",
        unit: "99019",
        day: day(2022, 6, 20),
        until: None,
        document: "24/UBND-VX",
    });
}

/// The reports of the districts for the fourth quarter were due on 21/12/2022, five working days after the cut-off.
fn report(all: &mut Province) {
    all.completions.retain(|done| done.unit != "992");
    for done in all.completions.iter_mut().filter(|done| done.unit == "993") {
        done.day = day(2022, 12, 26);
    }
    // It was the report of the quarter before.
    let (unit, day_before) = ("994", day(2022, 9, 10));
    all.completions.push(Completion {
        obligation: "report-quarter",
        unit,
        period: "2022-Q4",
        day: day_before,
    });
    all.plant("O001", "992", day(2022, 12, 22));
    all.plant("O002", "993", day(2022, 12, 26));
    all.plant("O003", unit, day_before);
    // Slips of the policy itself: it asks urban districts, of which there are none, and a day of 2028, whose days off nobody has decided.
    all.plant("O004", "99", day(2022, 12, 31));
    all.plant("O005", "99", day(2022, 6, 1));
}

/// Rows that fit no duty: a name mistyped, another period, a report of a commune where districts send one.
fn slips(all: &mut Province) {
    let day_sent = day(2022, 12, 19);
    for (obligation, unit, period) in [
        ("report-quater", "991", "2022-Q4"),
        ("report-quarter", "994", "2022-12"),
        ("report-quarter", "99003", "2022-Q4"),
    ] {
        all.completions.push(Completion { obligation, unit, period, day: day_sent });
        all.plant("O006", unit, day_sent);
    }
    let (unit, asked_on) = ("99013", day(2022, 9, 21));
    let (until, document) = (Some(day(2022, 10, 31)), "32/UBND-VX");
    all.excuses.push(Excuse { obligation: "review-team", unit, day: asked_on, until, document });
    all.plant("O006", unit, asked_on);
}

/// The last team of a commune ends in May and is followed later.
fn follow(all: &mut Province, commune: &'static str, team: &str, from: chrono::NaiveDate) {
    let (ended, village) = (day(2022, 5, 25), format!("{commune}-05"));
    all.end(&format!("to-{village}"), ended);
    let decision = all.decide(commune, from, Some(from), &[&village]);
    all.add(team, &village, from, decision);
    all.plant("U001", commune, ended);
}
