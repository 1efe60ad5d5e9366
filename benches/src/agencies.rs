//! Agencies (cơ quan, tổ chức) whose people sit in steering teams.

use crate::doc::Doc;
use crate::seat::Seat;
use crate::territory::committee_id;
use crate::units::{Unit, in_sentence};

/// How an id begins, the kind, and the name up to that of the unit.
const AGENCIES: [(&str, &str, &str); 26] = [
    ("so-tttt", "department", "Sở Thông tin và Truyền thông"),
    ("so-gddt", "department", "Sở Giáo dục và Đào tạo"),
    ("so-yt", "department", "Sở Y tế"),
    ("so-ct", "department", "Sở Công Thương"),
    ("so-nnptnt", "department", "Sở Nông nghiệp và Phát triển nông thôn"),
    ("so-tp", "department", "Sở Tư pháp"),
    ("so-nv", "department", "Sở Nội vụ"),
    ("so-tc", "department", "Sở Tài chính"),
    ("so-khcn", "department", "Sở Khoa học và Công nghệ"),
    ("so-vhttdl", "department", "Sở Văn hóa, Thể thao và Du lịch"),
    ("vp-ubnd", "office", "Văn phòng Ủy ban nhân dân"),
    ("phong-vhtt", "division", "Phòng Văn hóa và Thông tin"),
    ("phong-gddt", "division", "Phòng Giáo dục và Đào tạo"),
    ("phong-nv", "division", "Phòng Nội vụ"),
    ("phong-tckh", "division", "Phòng Tài chính - Kế hoạch"),
    ("vp-hdnd-ubnd", "office", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân"),
    ("cong-an", "police", "Công an"),
    ("cong-an-xa", "commune_police", "Công an"),
    ("doan", "youth_union", "Đoàn"),
    ("hoi-lhpn", "womens_union", "Hội Liên hiệp Phụ nữ"),
    ("hoi-nd", "farmers_union", "Hội Nông dân"),
    ("hoi-ccb", "veterans_association", "Hội Cựu chiến binh"),
    ("ub-mttq", "fatherland_front", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    ("buu-dien", "enterprise", "Bưu điện"),
    ("lien-minh", "enterprise", "Liên minh các doanh nghiệp công nghệ số"),
    ("tram-yt", "health_station", "Trạm Y tế"),
];

/// The id of a unit's agency.
pub(crate) fn agency_id(key: &str, unit: &str) -> String {
    format!("{key}-{unit}")
}

/// The agencies of a unit that somebody in these seats speaks for, each once.
pub(crate) fn agency_rows<'s>(doc: &mut Doc, unit: &Unit, seats: impl Iterator<Item = &'s Seat>) {
    let keys: Vec<&str> = seats.filter_map(|seat| seat.agency).collect();
    for (key, kind, name) in AGENCIES.iter().filter(|agency| keys.contains(&agency.0)) {
        let parent = matches!(*kind, "department" | "division" | "office").then(|| committee_id(unit.code));
        let name =
            if *key == "doan" { union_name(unit) } else { format!("{name} {}", in_sentence(unit.name)) };
        doc.bodies()
            .text("id", &agency_id(key, unit.code))
            .text("name", &name)
            .text("kind", kind)
            .text("unit", unit.code)
            .text_if("parent", parent.as_deref());
    }
}

/// The Youth Union of a unit: "Tỉnh đoàn Hải Dương", "Huyện đoàn Gia Lộc", "Đoàn xã Toàn Thắng".
fn union_name(unit: &Unit) -> String {
    let (front, kind) = match unit.kind {
        "tinh" => ("Tỉnh đoàn", "Tỉnh "),
        "thanh-pho" => ("Thành đoàn", "Thành phố "),
        "thi-xa" => ("Thị đoàn", "Thị xã "),
        "huyen" => ("Huyện đoàn", "Huyện "),
        "quan" => ("Quận đoàn", "Quận "),
        _ => return format!("Đoàn {}", in_sentence(unit.name)),
    };
    format!("{front} {}", unit.name.strip_prefix(kind).unwrap_or(unit.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seat::{COMMUNE, DISTRICT, PROVINCE};
    use crate::units::{hai_duong_2022, vietnam_2025};

    #[test]
    fn every_seat_has_its_agency() {
        for composition in [&PROVINCE, &DISTRICT, &COMMUNE] {
            for seat in composition.seats(60) {
                assert!(seat.agency.is_none_or(|key| AGENCIES.iter().any(|agency| agency.0 == key)));
                assert!(
                    seat.agency.is_some() || seat.position.is_some(),
                    "a {} speaks for nobody",
                    seat.role
                );
            }
        }
    }

    #[test]
    fn unions_are_named_by_level() {
        let units = [hai_duong_2022(), vietnam_2025()].concat();
        let name = |name: &str| union_name(units.iter().find(|unit| unit.name == name).unwrap());
        assert_eq!(name("Tỉnh Hải Dương"), "Tỉnh đoàn Hải Dương");
        assert_eq!(name("Thành phố Hải Dương"), "Thành đoàn Hải Dương");
        assert_eq!(name("Thị xã Kinh Môn"), "Thị đoàn Kinh Môn");
        assert_eq!(name("Huyện Gia Lộc"), "Huyện đoàn Gia Lộc");
        assert_eq!(name("Quận 1"), "Quận đoàn 1");
        assert_eq!(name("Xã Toàn Thắng"), "Đoàn xã Toàn Thắng");
    }
}
