//! People: M014 and M015, P002 to P005, and contacts that no rule minds.

use chrono::NaiveDate;

use crate::calendar::day;
use crate::province::{Home, Member, Province};

pub(super) fn all(all: &mut Province) {
    several_teams(all);
    citizen_numbers(all);
    phones(all);
}

/// A person as a member of a further team.
fn join(all: &mut Province, team: &str, person: &str, role: &'static str, from: NaiveDate) {
    all.team(team, |team| {
        team.members.push(Member {
            person: person.to_owned(),
            role,
            acting: false,
            position: None,
            on_behalf_of: None,
            decision: None,
            from,
            to: None,
        });
    });
}

/// M014 and M015: in several teams, at the head of two.
fn several_teams(all: &mut Province) {
    let from = Province::from("99018");
    // A teacher, of whose home the commune is known.
    all.person("p-99018-01-4", |person| person.homes = vec![Home::of("99018")]);
    join(all, "to-99018-02", "p-99018-01-4", "member", from);
    all.plant("M014", "p-99018-01-4", from);
    // In order: an official whom the commune assigned to three villages and who lives in another commune.
    all.person("p-99018-01-5", |person| person.homes = vec![Home::of("99013-01")]);
    all.hold("to-99018-01", 5, "commune_official_for_village", day(2021, 7, 1));
    join(all, "to-99018-03", "p-99018-01-5", "member", from);
    join(all, "to-99018-04", "p-99018-01-5", "member", from);

    let change = day(2022, 6, 1);
    all.person("p-99018-03-1", |person| person.homes = vec![Home::of("99018")]);
    all.leave("to-99018-04", 1, change);
    all.office("p-99018-04-1", |position| position.to = Some(change));
    join(all, "to-99018-04", "p-99018-03-1", "head", change);
    all.plant("M014", "p-99018-03-1", change);
    all.plant("M015", "p-99018-03-1", change);
    // In order: from one team to the other on one day.
    let moved = day(2022, 11, 7);
    all.person("p-99018-02-5", |person| {
        person.homes = vec![
            Home { unit: "99018-02".to_owned(), from: None, to: Some(moved) },
            Home { unit: "99018-03".to_owned(), from: Some(moved), to: None },
        ];
    });
    all.leave("to-99018-02", 5, moved);
    join(all, "to-99018-03", "p-99018-02-5", "member", moved);
}

/// Gives a person a number, with a birth day and a sex.
fn number(all: &mut Province, id: &str, number: &'static str, born: NaiveDate, sex: &'static str) {
    all.person(id, |person| {
        (person.citizen_number, person.born, person.sex) = (Some(number), Some(born), sex);
    });
}

/// P002, P003 and P005: citizen numbers.
fn citizen_numbers(all: &mut Province) {
    // A digit too few; letters; the number of an old card.
    number(all, "p-99005-04-2", "09909500004", day(1995, 4, 5), "male");
    number(all, "p-99001-03-1", "09907000O051", day(1970, 4, 5), "male");
    number(all, "p-99004-03-4", "099000058", day(1985, 4, 5), "female");
    for id in ["p-99005-04-2", "p-99001-03-1", "p-99004-03-4"] {
        all.plant_undated("P002", id);
    }
    // In order: blanks and dots; a woman of this century.
    number(all, "p-99005-04-1", "099 070 000055", day(1970, 6, 7), "male");
    number(all, "p-99007-03-1", "099.071.000062", day(1971, 6, 7), "male");
    number(all, "p-99013-02-3", "099301000071", day(2001, 6, 7), "female");

    // Another year; another sex; another century.
    number(all, "p-99007-03-3", "099099000074", day(1995, 2, 3), "male");
    number(all, "p-99013-02-4", "099080000077", day(1980, 2, 3), "female");
    number(all, "p-99013-03-3", "099003000079", day(2003, 2, 3), "male");
    for id in ["p-99007-03-3", "p-99013-02-4", "p-99013-03-3"] {
        all.plant_undated("P003", id);
    }

    let born = day(1980, 9, 10);
    number(all, "p-99009-01-4", "099080000084", born, "male");
    number(all, "p-99010-03-4", "099 080 000 084", born, "male");
    all.plant_undated("P005", "p-99009-01-4");
    // In order: one digit differs.
    number(all, "p-99010-04-4", "099080000085", born, "male");
}

/// P004: phone numbers.
fn phones(all: &mut Province) {
    for (id, phone) in [
        ("p-99007-02-2", "099000002"),
        ("p-99008-05-1", "0990000021/0990000022"),
        // A mobile number as it was before 2018, of a length that no number has today.
        ("p-99009-03-2", "09900000230"),
    ] {
        all.person(id, |person| person.phone = Some(phone));
        all.plant_undated("P004", id);
    }
    for (id, phone) in [
        ("p-99001-01-1", "0990000011"),
        ("p-99004-02-3", "0990000012"),
        ("p-99010-01-2", "0990000013"),
        ("p-99012-03-1", "0990000014"),
        ("p-99013-01-1", "+84 990 000 015"),
        ("p-99014-01-1", "0990.000.016"),
        ("p-99015-01-1", "0990-000-017"),
        ("p-99016-01-1", "(0990) 000 018"),
    ] {
        all.person(id, |person| person.phone = Some(phone));
    }
}
