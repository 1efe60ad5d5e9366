//! Members of a team: M005 to M013, M016 to M018.

use crate::calendar::day;
use crate::province::{Extra, Home, Province};

pub(super) fn all(all: &mut Province) {
    offices(all);
    numbers(all);
    deputies(all);
    young(all);
    homes(all);
    agencies(all);
    roles_and_decisions(all);
}

/// M005 and M006: offices by which one usually sits.
fn offices(all: &mut Province) {
    let from = Province::from("99016");
    all.member("to-99016-02", 1, |member| member.position = Some("teacher"));
    all.office("p-99016-02-1", |position| position.kind = "teacher");
    all.plant("M005", "to-99016-02", from);
    all.member("to-99016-03", 2, |member| member.position = Some("farmers_branch_head"));
    all.office("p-99016-03-2", |position| position.kind = "farmers_branch_head");
    all.plant("M006", "to-99016-03", from);
    // In order: sits by no office, and holds the usual one.
    all.member("to-99016-01", 1, |member| member.position = None);
    all.member("to-99016-01", 2, |member| member.position = None);
}

/// M007 and M008: too few, too many.
fn numbers(all: &mut Province) {
    let left = day(2022, 6, 6);
    for number in 3..=5 {
        all.leave("to-99016-04", number, left);
    }
    all.plant("M007", "to-99016-04", left);
    // In order: while they were away, the team was suspended.
    let (from, to) = (day(2022, 7, 1), day(2022, 9, 1));
    all.suspensions.push(("to-99005-04".to_owned(), from, to));
    all.team("to-99005-04", |team| team.members.truncate(3));
    all.leave("to-99005-04", 3, from);
    all.rejoin("to-99005-04", 3, ("member", false), to, None);

    all.grow("to-99013-01", "99013-01", 8);
    all.plant("M008", "to-99013-01", Province::from("99013"));
    // In order: seven are not more than seven; elsewhere nobody asks.
    all.grow("to-99013-02", "99013-02", 7);
    all.grow("to-99001-03", "99001-03", 9);
}

/// M009 and M010: no deputy, two of them.
fn deputies(all: &mut Province) {
    all.member("to-99017-01", 2, |member| member.role = "member");
    all.plant("M009", "to-99017-01", Province::from("99017"));
    all.member("to-99013-03", 3, |member| {
        member.role = "deputy";
        member.position = Some("youth_branch_secretary");
    });
    all.plant("M010", "to-99013-03", Province::from("99013"));
    // In order: one deputy goes on the day on which the other comes.
    let change = day(2022, 8, 1);
    all.leave("to-99013-04", 2, change);
    all.office("p-99013-04-2", |position| position.to = Some(change));
    all.hold("to-99013-04", 3, "youth_branch_secretary", change);
    all.promote("to-99013-04", 3, "deputy", false, change, None);
}

/// Takes everybody of a team out of the Youth Union; the deputy becomes a member.
fn leave_union(all: &mut Province, team: &str) {
    let stem = team.strip_prefix("to-").unwrap_or(team);
    for number in [2, 3] {
        let id = format!("p-{stem}-{number}");
        all.person(&id, |person| person.organisation = None);
        all.positions.retain(|position| position.person != id);
        all.member(team, number, |member| {
            member.role = "member";
            member.position = None;
        });
    }
}

/// Makes everybody of a team older than thirty.
fn grow_old(all: &mut Province, team: &str) {
    let stem = team.strip_prefix("to-").unwrap_or(team);
    let prefix = format!("p-{stem}-");
    for (person, year) in all.people.iter_mut().filter(|p| p.id.starts_with(&prefix)).zip(1970..) {
        person.born = person.born.map(|_| day(year, 2, 3));
    }
}

/// M011 and M012: nobody of the Youth Union, nobody young.
fn young(all: &mut Province) {
    leave_union(all, "to-99002-05");
    all.person("p-99002-05-3", |person| person.born = Some(day(2001, 8, 9)));
    all.plant("M011", "to-99002-05", Province::from("99002"));
    leave_union(all, "to-99012-03");
    grow_old(all, "to-99012-03");
    all.plant("M011", "to-99012-03", Province::from("99012"));
    all.plant("M012", "to-99012-03", Province::from("99012"));
    // The only young one turned 31 on 10/9/2022.
    leave_union(all, "to-99001-05");
    grow_old(all, "to-99001-05");
    all.person("p-99001-05-3", |person| person.born = Some(day(1991, 9, 10)));
    all.plant("M011", "to-99001-05", Province::from("99001"));
    all.plant("M012", "to-99001-05", day(2022, 9, 10));
    // One birth day is not known, so nothing is said of age.
    leave_union(all, "to-99010-05");
    grow_old(all, "to-99010-05");
    all.plant("M011", "to-99010-05", Province::from("99010"));
    // One left the Youth Union. In order: the secretary of its branch is still there.
    all.person("p-99005-04-3", |person| person.left = Some(day(2022, 9, 2)));
}

/// M013: a member who lives elsewhere.
fn homes(all: &mut Province) {
    all.person("p-99017-02-3", |person| person.homes = vec![Home::of("99018-01")]);
    all.plant("M013", "to-99017-02", Province::from("99017"));
    // Moved away in the summer.
    let moved = day(2022, 7, 11);
    all.person("p-99017-03-4", |person| {
        person.homes = vec![
            Home { unit: "99017-03".to_owned(), from: None, to: Some(moved) },
            Home { unit: "99017-04".to_owned(), from: Some(moved), to: None },
        ];
    });
    all.plant("M013", "to-99017-03", moved);
    // In order: only the commune is known; nothing is known; lives in two places.
    all.person("p-99017-02-4", |person| person.homes = vec![Home::of("99017")]);
    all.person("p-99017-02-5", |person| person.homes.clear());
    all.person("p-99017-04-3", |person| person.homes.push(Home::of("99018-01")));
}

/// M016: members of steering teams who speak for nobody.
fn agencies(all: &mut Province) {
    all.member("tcd-99013", 6, |member| member.on_behalf_of = None);
    all.plant("M016", "tcd-99013", Province::from("99013"));
    let ended = day(2022, 10, 1);
    for (id, name, to) in [
        ("tt-htcd-99015", "Trung tâm Học tập cộng đồng xã Hải Trung", ended),
        ("hoi-kh-99015", "Hội Khuyến học xã Hải Trung", day(2023, 1, 1)),
    ] {
        all.bodies.push(Extra { id, name, kind: "association", unit: "99015", to: Some(to) });
    }
    all.member("tcd-99015", 7, |member| member.on_behalf_of = Some("tt-htcd-99015".to_owned()));
    all.plant("M016", "tcd-99015", ended);
    // In order: it goes on to the end of the year.
    all.member("tcd-99015", 8, |member| member.on_behalf_of = Some("hoi-kh-99015".to_owned()));
}

/// M017 and M018: a decision that came later, a role of other teams.
fn roles_and_decisions(all: &mut Province) {
    let from = Province::from("99017");
    let later = all.decide("99017", day(2022, 5, 16), None, &[]);
    let first = all.first_decision("99017");
    all.member("to-99017-04", 4, |member| member.decision = Some(later));
    all.plant("M017", "to-99017-04", from);
    // In order: the same day.
    all.member("to-99017-04", 5, |member| member.decision = Some(first));
    all.member("to-99017-04", 2, |member| member.role = "standing_deputy");
    all.plant("M018", "to-99017-04", from);
}
