//! Decisions, and teams against them: D001 to D004, T012 to T015.

use crate::calendar::day;
use crate::province::Province;

pub(super) fn all(all: &mut Province) {
    days_and_numbers(all);
    lists(all);
    issuers_and_links(all);
    declared(all);
}

/// D001, D002 and D003.
fn days_and_numbers(all: &mut Province) {
    let (signed, from) = (day(2022, 5, 5), Province::from("99003"));
    let decision = all.decide("99003", signed, Some(from), &["99003-04"]);
    all.plant("D001", &decision, signed);
    all.decided("to-99003-04", Some(decision));

    let decision = all.first_decision("99002");
    all.decision(&decision, |decision| decision.number = decision.number.replace('Đ', "D"));
    all.plant("D002", &decision, Province::from("99002"));
    // In order: zeros in front are real.
    let decision = all.first_decision("99001");
    all.decision(&decision, |decision| decision.number = format!("0{}", decision.number));

    // The same number in the same year, and in the year before.
    let first = all.first_decision("99010");
    let mut number = String::new();
    all.decision(&first, |first| number.clone_from(&first.number));
    let again = all.decide("99010", day(2022, 9, 12), None, &[]);
    all.decision(&again, |again| {
        again.number.clone_from(&number);
        again.kind = "reconstitute";
        again.amends = vec![first.clone()];
    });
    all.plant_undated("D003", &again);
    let earlier = all.decide("99010", day(2021, 11, 15), None, &[]);
    all.decision(&earlier, |earlier| earlier.number = number);
}

/// D004 and T014: lists without a team, a team without a line.
fn lists(all: &mut Province) {
    let from = Province::from("99006");
    let own = all.decide("99006", from, Some(from), &["99006-05"]);
    all.team("to-99006-05", |team| team.decision = Some(own));
    let first = all.first_decision("99006");
    all.plant("D004", &first, from);

    all.strike("to-99015-04");
    all.plant("T014", "to-99015-04", Province::from("99015"));
}

/// T012 and T013: an unusual issuer, a decision that was replaced.
fn issuers_and_links(all: &mut Province) {
    let from = Province::from("99015");
    let youth = all.decide("99015", from, Some(from), &["99015-02"]);
    all.decision(&youth, |decision| {
        "doan-99015".clone_into(&mut decision.body);
        "05-QĐ/ĐTN".clone_into(&mut decision.number);
    });
    all.decided("to-99015-02", Some(youth));
    all.plant("T012", "to-99015-02", from);

    let old = all.decide("99015", from, Some(from), &["99015-03"]);
    all.decided("to-99015-03", Some(old.clone()));
    let in_force = day(2022, 10, 10);
    let new = all.decide("99015", day(2022, 10, 3), Some(in_force), &[]);
    all.decision(&new, |new| {
        new.kind = "reconstitute";
        new.replaces = vec![old];
    });
    all.plant("T013", "to-99015-03", in_force);
    // In order: amended only; and replaced from the next year on.
    let first = all.first_decision("99016");
    let amending = all.decide("99016", day(2022, 8, 8), None, &[]);
    all.decision(&amending, |amending| amending.amends = vec![first.clone()]);
    let next = all.decide("99016", day(2022, 12, 20), Some(day(2023, 1, 10)), &[]);
    all.decision(&next, |next| next.replaces = vec![first]);
}

/// T015: a declared number that is not that of the list.
fn declared(all: &mut Province) {
    let from = Province::from("99016");
    all.declarations.push(("to-99016-01", from, 7));
    all.plant("T015", "to-99016-01", from);
    // In order: equal; and put right after thirty days.
    all.declarations.push(("to-99016-02", from, 5));
    all.declarations.push(("to-99016-03", from, 6));
    all.declarations.push(("to-99016-03", day(2022, 5, 29), 5));
    all.declarations.push(("tcd-99", day(2022, 4, 1), 21));
}
