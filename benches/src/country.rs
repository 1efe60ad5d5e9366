//! The whole country, or some eighths of it: made-up teams on the real units of early 2025.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use crate::calendar::{SET_UP_DAYS, day, set_up_day};
use crate::doc::Doc;
use crate::mix::{below, mix, seed, spread};
use crate::names::Names;
use crate::seat::{COMMUNITY_PLAIN, DISTRICT, PROVINCE, Seat, Stay, Table, sit};
use crate::team::{community, steering};
use crate::territory::{committee_row, unit_row, villages};
use crate::units::{Unit, vietnam_2025};

const NOTE: &str = "Cả nước, hoặc một số phần tám của cả nước, để đo tốc độ. Chỉ các đơn vị hành chính (đầu năm 2025, gói \
vietnamadminunits 1.0.4) là có thật. Mọi thôn, tổ dân phố, ấp, khu phố, mọi tổ, mọi người, mọi quyết định và mọi ngày đều là \
giả định; tổng số tổ và số thành viên phỏng theo con số chưa kiểm chứng của năm 2024. Nên xem xét vào ngày 31/12/2024. / The \
whole country, or some eighths of it, to measure with. Only the administrative units (early 2025) are real. All villages, \
teams, people, decisions and days are made up; the totals of teams and members follow an unverified figure of 2024. Meant to \
be looked at on 31 December 2024.";

/// Teams of the whole country, community and steering.
const TEAMS: usize = 93_524;
/// Memberships of the whole country.
const MEMBERSHIPS: usize = 457_820;

/// A register of `eighths` eighths of the whole country (1 to 8; others are taken as the nearest of these), as a JSON
/// document.
///
/// All eight hold 93,524 teams, 457,820 memberships of as many people, and about 104,000 units: the codes of early 2025
/// and a made-up village for each community team. Fewer hold whole districts, spread evenly over the provinces, and the
/// same share of teams and memberships. Every province and district of a smaller part is there as a unit only if
/// something of it is in it. Nothing in it is out of order; about one head in twenty changed in 2023 or 2024.
#[must_use]
pub fn country(eighths: u32) -> String {
    let eighths = usize::try_from(eighths).unwrap_or(8).clamp(1, 8);
    let units = part(&vietnam_2025(), eighths);
    let (mut doc, mut names) = (Doc::default(), Names::new(2024));
    for unit in &units {
        unit_row(&mut doc, unit);
        committee_row(&mut doc, unit);
    }
    let of = |level: &'static str| units.iter().filter(move |unit| unit.level == level);
    let (provinces, districts, communes) =
        (of("province").count(), of("district").count(), of("commune").count());
    let steering_teams = provinces + districts;
    let steering_people = 40 * provinces + 20 * districts;
    for province in of("province") {
        steering(&mut doc, &mut names, province, &PROVINCE, 40, None, day(2022, 3, 21));
    }
    for district in of("district") {
        let parent = format!("tcd-{}", district.parent);
        let from = set_up_day(below(mix(seed(district.code), 3), 4));
        steering(&mut doc, &mut names, district, &DISTRICT, 20, Some(&parent), from);
    }
    let teams = TEAMS * eighths / 8 - steering_teams;
    let people = MEMBERSHIPS * eighths / 8 - steering_people;
    let counts = spread(teams, communes, 3, 25, seed("teams"));
    let mut sizes = spread(people, teams, 3, 9, seed("memberships")).into_iter();
    for (commune, count) in of("commune").zip(counts) {
        let sizes: Vec<usize> = sizes.by_ref().take(count).collect();
        villages_of(&mut doc, &mut names, commune, &sizes);
    }
    doc.finish(NOTE)
}

/// Districts by turns into eight parts, each to the part with the fewest communes so far; then the first `eighths` parts.
fn part(units: &[Unit], eighths: usize) -> Vec<Unit> {
    let mut sizes = [0; 8];
    let mut kept = Vec::new();
    let districts: Vec<&Unit> = units.iter().filter(|unit| unit.level == "district").collect();
    let mut communes = BTreeMap::<&str, usize>::new();
    for commune in units.iter().filter(|unit| unit.level == "commune") {
        *communes.entry(commune.parent).or_default() += 1;
    }
    for district in districts {
        let smallest = sizes.iter().zip(0..).min_by_key(|(size, _)| **size).map_or(0, |(_, n)| n);
        if let Some(size) = sizes.get_mut(smallest) {
            *size += communes.get(district.code).copied().unwrap_or_default();
        }
        if smallest < eighths {
            kept.push(district);
        }
    }
    let codes: BTreeSet<&str> = kept.iter().flat_map(|unit| [unit.code, unit.parent]).collect();
    let holds = |unit: &&Unit| codes.contains(if unit.level == "commune" { unit.parent } else { unit.code });
    units.iter().filter(holds).copied().collect()
}

/// The villages of a commune and their teams, by one decision.
fn villages_of(doc: &mut Doc, names: &mut Names, commune: &Unit, sizes: &[usize]) {
    let from = set_up_day(4 + below(mix(seed(commune.code), 3), SET_UP_DAYS - 4));
    let kind = village_kind(commune);
    let villages = villages(commune.code, sizes.len(), |_| kind);
    let parent = format!("tcd-{}", commune.parent);
    let mut sizes = sizes.iter().copied();
    names.next_place();
    community(doc, commune, &villages, &parent, from, |doc, table| {
        seat_all(doc, names, table, sizes.next().unwrap_or_default());
    });
}

/// Fills a team. In one of twenty the head was followed by another; one member in twelve came later.
fn seat_all(doc: &mut Doc, names: &mut Names, table: &Table, size: usize) {
    let seed = seed(table.team);
    let change = (below(mix(seed, 0), 20) == 0).then(|| in_2023_or_2024(mix(seed, 1)));
    let seats = size - usize::from(change.is_some());
    let mut head: Option<&Seat> = None;
    for (seat, number) in COMMUNITY_PLAIN.seats(seats).zip(1..) {
        let stay = if head.is_none() {
            Stay { from: None, to: change }
        } else {
            let draw = mix(seed, 10 + number as u64);
            Stay {
                from: (below(draw, 12) == 0 && seat.position.is_none()).then(|| in_2023_or_2024(draw)),
                to: None,
            }
        };
        sit(doc, names, seat, table, number, stay);
        head = head.or(Some(seat));
    }
    if let (Some(seat), Some(_)) = (head, change) {
        sit(doc, names, seat, table, size, Stay { from: change, to: None });
    }
}

fn in_2023_or_2024(mixed: u64) -> NaiveDate {
    let first = day(2023, 1, 1);
    first.checked_add_days(Days::new(u64::from(below(mixed << 16, 720)))).unwrap_or(first)
}

/// North and centre have `thon` and `to-dan-pho`; the south, from Bình Phước (70) on, `ap` and `khu-pho`.
fn village_kind(commune: &Unit) -> &'static str {
    let south = commune.code > "25193";
    match (commune.kind == "xa", south) {
        (true, false) => "thon",
        (true, true) => "ap",
        (false, false) => "to-dan-pho",
        (false, true) => "khu-pho",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::read;

    #[test]
    fn totals_follow_the_part() {
        for (eighths, communes) in [(1, 1254), (3, 3763)] {
            let doc = read(&country(eighths));
            let share = usize::try_from(eighths).unwrap();
            assert_eq!(doc.table("teams").len(), TEAMS * share / 8);
            assert_eq!(doc.table("memberships").len(), MEMBERSHIPS * share / 8);
            assert_eq!(doc.table("people").len(), MEMBERSHIPS * share / 8);
            let found = doc.table("units").iter().filter(|row| row.text("level") == "commune").count();
            assert!(found.abs_diff(communes) < 25, "{found} communes");
        }
    }

    #[test]
    fn whole_totals_are_exact() {
        let text = country(8);
        let rows = |table: &str| {
            let (_, rows) = text.split_once(&format!("\n\"{table}\":[")).unwrap();
            rows.lines().skip(1).take_while(|line| line.starts_with('{')).count()
        };
        assert_eq!(["teams", "memberships", "people"].map(rows), [TEAMS, MEMBERSHIPS, MEMBERSHIPS]);
        assert_eq!(rows("units"), 10_794 + TEAMS - 63 - 696);
        assert_eq!(rows("bodies"), 10_794);
    }

    /// Some seconds with optimisation, minutes without.
    #[test]
    #[ignore = "slow"]
    fn the_whole_is_in_order() {
        let doc = read(&country(8));
        doc.assert_sound();
        assert_eq!(doc.findings(day(2024, 12, 31)), []);
    }

    #[test]
    fn an_eighth_is_in_order() {
        let doc = read(&country(1));
        doc.assert_sound();
        assert_eq!(doc.findings(day(2024, 12, 31)), []);
    }

    #[test]
    fn parts_are_even() {
        let units = vietnam_2025();
        assert_eq!(part(&units, 8).len(), units.len());
        let communes = |n| part(&units, n).iter().filter(|unit| unit.level == "commune").count();
        for n in 1..=8 {
            assert!(communes(n).abs_diff(10_035 * n / 8) < 30, "{n}: {}", communes(n));
        }
    }

    #[test]
    fn is_the_same_each_time() {
        assert!(country(1) == country(1));
    }
}
