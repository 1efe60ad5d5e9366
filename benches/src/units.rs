//! Units (đơn vị hành chính) as the CSV files of `data/` give them.

/// One row: a province, a district or a commune.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) level: &'static str,
    /// Empty at a province.
    pub(crate) parent: &'static str,
}

/// Hải Dương in 2022: 1 province, 12 districts, 235 communes.
pub(crate) fn hai_duong_2022() -> Vec<Unit> {
    rows(include_str!("../data/hai-duong-2022.csv")).collect()
}

/// The whole country in early 2025: 63 provinces, 696 districts, 10,035 communes.
pub(crate) fn vietnam_2025() -> Vec<Unit> {
    rows(include_str!("../data/vietnam-2025-01.csv")).collect()
}

fn rows(text: &'static str) -> impl Iterator<Item = Unit> {
    text.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        Some(Unit {
            code: cells.next()?,
            name: cells.next()?,
            kind: cells.next()?,
            level: cells.next()?,
            parent: cells.next()?,
        })
    })
}

/// People whose names units of Hải Dương bear.
const NAMED_AFTER: [&str; 11] = [
    "Hoàng Diệu",
    "Hoàng Hoa Thám",
    "Lê Lợi",
    "Lê Thanh Nghị",
    "Nguyễn Trãi",
    "Ngô Quyền",
    "Phạm Ngũ Lão",
    "Quang Trung",
    "Trần Hưng Đạo",
    "Trần Phú",
    "Yết Kiêu",
];

/// Whether the kind of a unit keeps its capital inside a sentence: with a number or a person's name (Quận 1, Phường Lê
/// Thanh Nghị).
pub(crate) fn keeps_capital(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_digit()) || NAMED_AFTER.iter().any(|person| name.ends_with(person))
}

/// A unit's name inside a sentence: "xã Toàn Thắng", but "Phường Lê Thanh Nghị".
pub(crate) fn in_sentence(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) if !keeps_capital(name) => first.to_lowercase().chain(chars).collect(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(units: &[Unit], level: &str) -> usize {
        units.iter().filter(|unit| unit.level == level).count()
    }

    #[test]
    fn files_are_whole() {
        let units = hai_duong_2022();
        assert_eq!(["province", "district", "commune"].map(|level| count(&units, level)), [1, 12, 235]);
        assert_eq!(units.iter().filter(|unit| unit.parent == "297").count(), 18);
        let units = vietnam_2025();
        assert_eq!(["province", "district", "commune"].map(|level| count(&units, level)), [63, 696, 10_035]);
        for unit in &units {
            assert!(
                unit.parent.is_empty() || units.iter().any(|other| other.code == unit.parent),
                "{unit:?}"
            );
        }
    }

    #[test]
    fn code_99_is_free() {
        for unit in hai_duong_2022().iter().chain(&vietnam_2025()) {
            assert!(!(unit.level == "province" && unit.code == "99"), "{unit:?}");
            assert!(!["991", "992", "993"].contains(&unit.code), "{unit:?}");
            assert!(!unit.code.starts_with("990") || unit.code.len() != 5, "{unit:?}");
        }
    }

    #[test]
    fn capitals() {
        assert_eq!(in_sentence("Xã Toàn Thắng"), "xã Toàn Thắng");
        assert_eq!(in_sentence("Đặc khu Cô Tô"), "đặc khu Cô Tô");
        assert_eq!(in_sentence("Phường Lê Thanh Nghị"), "Phường Lê Thanh Nghị");
        assert_eq!(in_sentence("Quận 1"), "Quận 1");
    }
}
