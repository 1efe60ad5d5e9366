//! Units, and teams against them: U002 to U006, T006 to T011.

use crate::calendar::day;
use crate::province::{Home, Place, Province};
use crate::territory::{Village, community_name};

pub(super) fn all(all: &mut Province) {
    names(all);
    unknown_villages(all);
    late_steering(all);
    levels_and_parents(all);
    mergers(all);
    other_communes(all);
}

/// Gives a village another name and kind, and its team the name that goes with it.
fn rename(all: &mut Province, code: &str, name: &str, kind: &'static str) {
    all.village(code, |place| {
        name.clone_into(&mut place.village.name);
        place.village.kind = kind;
    });
    all.team(&format!("to-{code}"), |team| team.name = community_name(name));
}

/// U002, U003 and U004: names and kinds of units.
fn names(all: &mut Province) {
    all.village("99006-05", |place| place.village.name = place.village.name.replacen(' ', "  ", 1));
    all.plant_undated("U002", "99006-05");
    rename(all, "99009-01", "Tổ dân phố Minh Tân", "to-dan-pho");
    rename(all, "99009-02", "Tổ dân phố Minh Tân", "to-dan-pho");
    all.plant_undated("U003", "99009");
    // In order: one name, two kinds; and one name in two communes.
    rename(all, "99008-04", "Thôn Minh Tân", "thon");
    rename(all, "99008-05", "Khu dân cư Minh Tân", "khu-dan-cu");
    rename(all, "99001-04", "Cụm dân cư Minh Chài", "cum-dan-cu");
    all.plant_undated("U004", "99001-04");
}

/// U005: a commune whose villages nobody has entered. Its teams are named by number.
fn unknown_villages(all: &mut Province) {
    for n in 3..=5 {
        all.remove(&format!("to-99019-0{n}"));
    }
    for n in 1..=2 {
        let id = format!("to-99019-0{n}");
        all.strike(&id);
        all.team(&id, |team| {
            team.name = format!("Tổ công nghệ số cộng đồng số {n}");
            team.covers.clear();
        });
        let village = format!("99019-0{n}");
        for person in all.people.iter_mut().filter(|p| p.homes.iter().any(|home| home.unit == village)) {
            person.homes = vec![Home::of("99019")];
        }
        for position in all.positions.iter_mut().filter(|p| p.unit.as_ref() == Some(&village)) {
            position.unit = Some("99019".to_owned());
        }
    }
    all.villages.retain(|place| place.commune != "99019");
    all.plant_undated("U005", "99019");
}

/// U006: a district whose steering team was set up in September. Sixty days after 26/3/2022 it was overdue.
fn late_steering(all: &mut Province) {
    let from = day(2022, 9, 5);
    let mut decision = String::new();
    all.team("tcd-994", |team| {
        team.from = from;
        team.members.iter_mut().for_each(|member| member.from = from);
        decision = team.decision.clone().unwrap_or_default();
    });
    all.decision(&decision, |decision| (decision.signed, decision.in_force) = (from, Some(from)));
    all.plant("U006", "994", day(2022, 5, 25));
}

/// T006 and T007: a team of a district, a parent that is not above.
fn levels_and_parents(all: &mut Province) {
    let from = Province::from("99013");
    all.team("to-99013-05", |team| {
        "994".clone_into(&mut team.unit);
        team.parent = Some("tcd-99".to_owned());
    });
    all.plant("T006", "to-99013-05", from);
    // Nor does a commune decide on the team of a district.
    all.plant("T012", "to-99013-05", from);
    // In order: a team of a village, which serves that village.
    all.team("to-99013-04", |team| {
        "99013-04".clone_into(&mut team.unit);
        team.covers.clear();
    });
    all.team("to-99014-01", |team| team.parent = Some("tcd-99002".to_owned()));
    all.plant("T007", "to-99014-01", Province::from("99014"));
    // In order: two levels above; none stated.
    all.team("to-99014-05", |team| team.parent = Some("tcd-99".to_owned()));
    all.team("to-99014-03", |team| team.parent = None);
}

/// T008, T009 and T011: villages that merged or were renamed, and teams that did not notice.
fn mergers(all: &mut Province) {
    let merged = day(2022, 7, 1);
    all.team("to-99014-02", |team| {
        "99014-02".clone_into(&mut team.unit);
        team.covers.clear();
    });
    for village in ["99014-02", "99014-03"] {
        all.village(village, |place| place.to = Some(merged));
    }
    all.plant("T008", "to-99014-02", merged);
    all.plant("T009", "to-99014-03", merged);
    let village = Village { code: "99014-06".to_owned(), name: "Thôn Minh Hợp".to_owned(), kind: "thon" };
    all.villages.push(Place { village, commune: "99014", from: Some(merged), to: None });
    for old in ["99014-02", "99014-03"] {
        all.successions.push((merged, old, "99014-06", "whole"));
    }
    // In order: the new village had its team within sixty days.
    let from = day(2022, 8, 15);
    let decision = all.decide("99014", from, Some(from), &["99014-06"]);
    all.add("to-99014-06", "99014-06", from, decision);
    all.office("p-99014-06-1", |position| position.from = merged);
    all.office("p-99014-06-2", |position| position.from = merged);

    // Renamed: the village goes on, and only the name of its team is old.
    all.village("99014-04", |place| place.to = Some(merged));
    let village = Village { code: "99014-04".to_owned(), name: "Thôn Minh Khai".to_owned(), kind: "thon" };
    all.villages.push(Place { village, commune: "99014", from: Some(merged), to: None });
    all.successions.push((merged, "99014-04", "99014-04", "continues"));
    all.plant("T011", "to-99014-04", merged);
    // In order: not yet sixty days on the last day of the year.
    let merged = day(2022, 12, 1);
    all.village("99014-05", |place| place.to = Some(merged));
    all.successions.push((merged, "99014-05", "99014-04", "whole"));

    all.team("to-99002-05", |team| team.name = community_name("Tổ dân phố Giả Định"));
    all.plant("T011", "to-99002-05", Province::from("99002"));
    // The village's name stands in the words of the team itself, and not as a name.
    rename(all, "99011-05", "Thôn Đông", "thon");
    all.team("to-99011-05", |team| team.name = community_name("Thôn Giả Định"));
    all.plant("T011", "to-99011-05", Province::from("99011"));
    // In order: named after the commune.
    all.team("to-99002-03", |team| team.name = community_name("Phường Sơn Đoài"));
}

/// T010: a village of another commune.
fn other_communes(all: &mut Province) {
    let from = Province::from("99015");
    all.team("to-99015-01", |team| team.covers.push("99013-02".to_owned()));
    all.plant("T010", "to-99015-01", from);
    // So that village has two teams.
    all.plant("T003", "99013-02", from);
    // In order: a second village of the same commune, which has no team of its own.
    let village = Village { code: "99015-06".to_owned(), name: "Thôn Minh Lập".to_owned(), kind: "thon" };
    all.villages.push(Place { village, commune: "99015", from: None, to: None });
    all.team("to-99015-05", |team| team.covers.push("99015-06".to_owned()));
}
