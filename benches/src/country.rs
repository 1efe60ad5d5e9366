//! The whole country, or some eighths of it: made-up teams on the real units of early 2025.

mod commune;
mod reports;
mod slip;

use std::collections::{BTreeMap, BTreeSet};

use commune::Maker;
use slip::speaks_for_nobody;

use crate::calendar::{day, set_up_day};
use crate::doc::Doc;
use crate::mix::{below, mix, seed, spread};
use crate::names::Names;
use crate::planted::{Planted, plant};
use crate::seat::{Composition, DISTRICT, PROVINCE, Seat};
use crate::team::steering;
use crate::territory::{committee_row, unit_row};
use crate::units::{Unit, vietnam_2025};

pub use reports::{ABSENT, CountryReports, REPORTED, country_reports};

const NOTE: &str = "Cả nước, hoặc một số phần tám của cả nước, để đo tốc độ. Chỉ các đơn vị hành chính (đầu năm 2025, gói \
vietnamadminunits 1.0.4) là có thật. Mọi thôn, tổ dân phố, ấp, khu phố, mọi tổ, mọi người, mọi quyết định, mọi ngày, mọi số điện \
thoại (đầu 0990) và số định danh cá nhân (đầu 099) đều là giả định, cũng như việc cơ quan nào cử người vào Tổ Chỉ đạo; tổng số tổ \
và số thành viên phỏng theo con số chưa kiểm chứng của năm 2024. Khoảng 3% số tổ và 2% số xã có cài sẵn một chỗ cần rà soát. Nên \
xem xét vào ngày 31/12/2024. / The whole country, or some eighths of it, to measure with. Only the administrative units (early \
2025) are real. All villages, teams, people, decisions, days, phone numbers (beginning with 0990) and citizen numbers (beginning \
with 099) are made up, and so is which agency sent whom; the totals of teams and members follow an unverified figure of 2024. In \
about 3% of the teams and 2% of the communes one mistake is planted. Meant to be looked at on 31 December 2024.";

/// Teams of the whole country, community and steering.
const TEAMS: usize = 93_524;
/// Memberships of the whole country.
const MEMBERSHIPS: usize = 457_820;

/// A register of `eighths` eighths of the whole country (1 to 8; others are taken as the nearest of these), as a JSON
/// document.
///
/// All eight hold 93,524 teams, 457,820 memberships of nearly as many people, and about 104,000 units: the codes of early 2025
/// and a made-up village for each community team. Fewer hold whole districts, spread evenly over the provinces, and the
/// same share of teams and memberships. Every province and district of a smaller part is there as a unit only if
/// something of it is in it. Most of it is in order: about one head in twenty changed in 2023 or 2024, and about three teams in a
/// hundred have one mistake; see [`country_with_mistakes`].
#[must_use]
pub fn country(eighths: u32) -> String {
    country_with_mistakes(eighths).0
}

/// The same document, and every finding under `national-2022` on 31/12/2024, sorted.
#[must_use]
pub fn country_with_mistakes(eighths: u32) -> (String, Vec<Planted>) {
    let eighths = usize::try_from(eighths).unwrap_or(8).clamp(1, 8);
    let units = part(&vietnam_2025(), eighths);
    let of = |level: &'static str| units.iter().filter(move |unit| unit.level == level);
    let mut maker = Maker {
        doc: Doc::default(),
        names: Names::new(2024),
        planted: Vec::new(),
        districts: of("district").map(|district| district.code).collect(),
        neighbour: None,
        numbers: 0,
    };
    for unit in &units {
        unit_row(&mut maker.doc, unit);
        committee_row(&mut maker.doc, unit);
    }
    let (provinces, districts, communes) =
        (of("province").count(), of("district").count(), of("commune").count());
    let steering_teams = provinces + districts;
    let steering_people = 40 * provinces + 20 * districts;
    for province in of("province") {
        maker.steering(province, &PROVINCE, 40, None);
    }
    for district in of("district") {
        maker.steering(district, &DISTRICT, 20, Some(&format!("tcd-{}", district.parent)));
    }
    let teams = TEAMS * eighths / 8 - steering_teams;
    let people = MEMBERSHIPS * eighths / 8 - steering_people;
    let counts = spread(teams, communes, 3, 25, seed("teams"));
    let mut sizes = spread(people, teams, 3, 9, seed("memberships")).into_iter();
    for (commune, count) in of("commune").zip(counts) {
        let sizes: Vec<usize> = sizes.by_ref().take(count).collect();
        maker.commune(commune, &sizes);
    }
    maker.planted.sort();
    (maker.doc.finish(NOTE), maker.planted)
}

impl Maker<'_> {
    fn steering(&mut self, unit: &Unit, composition: &Composition, size: usize, parent: Option<&str>) {
        let from = match parent {
            None => day(2022, 3, 21),
            Some(_) => set_up_day(below(mix(seed(unit.code), 3), 4)),
        };
        let mut seats: Vec<Seat> = composition.seats(size).copied().collect();
        for (seat, number) in seats.iter_mut().zip(1..) {
            if seat.position.is_none() && speaks_for_nobody(&format!("p-{}-cd-{number}", unit.code)) {
                seat.agency = None;
                self.planted.push(plant("M016", &format!("tcd-{}", unit.code), Some(from)));
            }
        }
        steering(&mut self.doc, &mut self.names, unit, &seats, parent, from);
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::{Ask, Found, place_of, read};

    #[test]
    fn totals_follow_the_part() {
        for (eighths, communes) in [(1, 1254), (3, 3763)] {
            let doc = read(&country(eighths));
            let share = usize::try_from(eighths).unwrap();
            assert_eq!(doc.table("teams").len(), TEAMS * share / 8);
            assert_eq!(doc.table("memberships").len(), MEMBERSHIPS * share / 8);
            let people = doc.table("people").len();
            assert!((MEMBERSHIPS * share / 8 - 100 * share..MEMBERSHIPS * share / 8).contains(&people));
            let found = doc.table("units").iter().filter(|row| row.text("level") == "commune").count();
            assert!(found.abs_diff(communes) < 25, "{found} communes");
        }
    }

    #[test]
    fn whole_totals_are_exact() {
        let (text, planted) = country_with_mistakes(8);
        let rows = |table: &str| {
            let (_, rows) = text.split_once(&format!("\n\"{table}\":[")).unwrap();
            rows.lines().skip(1).take_while(|line| line.starts_with('{')).count()
        };
        assert_eq!(["teams", "memberships"].map(rows), [TEAMS, MEMBERSHIPS]);
        assert!(rows("units").abs_diff(10_794 + TEAMS - 63 - 696) < 200);
        assert!(rows("bodies").abs_diff(10_794 + 63 * 19 + 696 * 12) < 20);
        // Of every kind some, and few for so many teams.
        let codes: BTreeSet<_> = planted.iter().map(|mistake| mistake.code).collect();
        assert_eq!(codes.len(), 42);
        assert!((3_000..5_000).contains(&planted.len()), "{}", planted.len());
    }

    /// Every single day of some communes; the findings of all are compared where the core finds them.
    #[test]
    fn planted_is_what_the_rules_find() {
        let (text, planted) = country_with_mistakes(1);
        let doc = read(&text);
        doc.assert_sound();
        let chosen = |place: &str| below(mix(seed(place), 0), 60) == 0;
        let listed = planted.into_iter().filter(|mistake| chosen(place_of(&mistake.subject)));
        let mut listed: Vec<Found> = listed.map(|m| (m.code, m.subject, m.from)).collect();
        listed.sort();
        assert!(listed.len() > 5);
        assert_eq!(doc.findings_in(&Ask::national(), day(2024, 12, 31), chosen), listed);
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
