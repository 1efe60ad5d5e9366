//! Names: made-up people (a name and a birth day) and made-up villages, never twice the same where a rule would mind.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};

use crate::mix::{below, mix, one_of};

/// Surnames with their weight.
const SURNAMES: [(&str, u32); 34] = [
    ("Nguyễn", 300),
    ("Trần", 110),
    ("Lê", 90),
    ("Phạm", 75),
    ("Hoàng", 50),
    ("Vũ", 45),
    ("Phan", 40),
    ("Đặng", 30),
    ("Bùi", 30),
    ("Đỗ", 30),
    ("Ngô", 22),
    ("Dương", 20),
    ("Đinh", 18),
    ("Trịnh", 15),
    ("Đào", 15),
    ("Đoàn", 12),
    ("Lương", 12),
    ("Lý", 10),
    ("Hà", 10),
    ("Cao", 9),
    ("Phùng", 9),
    ("Tạ", 8),
    ("Mạc", 6),
    ("Chu", 6),
    ("Trương", 8),
    ("Nghiêm", 4),
    ("Kiều", 4),
    ("Quách", 4),
    ("Tô", 4),
    ("Vương", 4),
    ("Lưu", 5),
    ("Thái", 4),
    ("Khúc", 3),
    ("Tống", 3),
];

/// Middle names of men; none is among those of women, so a name tells which list it came from.
const MALE_MIDDLES: [&str; 28] = [
    "Văn", "Đình", "Đức", "Hữu", "Quang", "Xuân", "Công", "Quốc", "Thành", "Mạnh", "Trọng", "Duy", "Thế",
    "Tiến", "Việt", "Bá", "Đăng", "Khắc", "Gia", "Viết", "Sỹ", "Huy", "Tuấn", "Hoàng", "Minh", "Chí", "Vĩnh",
    "Hồng",
];

/// Middle names of women.
const FEMALE_MIDDLES: [&str; 28] = [
    "Thị",
    "Thị Thu",
    "Thị Thanh",
    "Thị Ngọc",
    "Thị Kim",
    "Thị Hồng",
    "Thị Minh",
    "Thị Bích",
    "Thị Mai",
    "Thị Lan",
    "Thị Hải",
    "Thị Phương",
    "Thị Hoài",
    "Thị Khánh",
    "Thị Diệu",
    "Thị Quỳnh",
    "Thị Như",
    "Thị Vân",
    "Ngọc",
    "Thu",
    "Thanh",
    "Kim",
    "Diệu",
    "Khánh",
    "Phương",
    "Bích",
    "Hoài",
    "Bảo",
];

/// Given names of men.
const MALE_GIVENS: [&str; 60] = [
    "An",
    "Anh",
    "Bách",
    "Bảo",
    "Bình",
    "Chiến",
    "Chung",
    "Cương",
    "Cường",
    "Dũng",
    "Dương",
    "Đạt",
    "Điệp",
    "Định",
    "Đông",
    "Đồng",
    "Giang",
    "Hà",
    "Hải",
    "Hiếu",
    "Hiệp",
    "Hoàn",
    "Hùng",
    "Hưng",
    "Huân",
    "Huấn",
    "Khang",
    "Khánh",
    "Khôi",
    "Kiên",
    "Lâm",
    "Lân",
    "Lộc",
    "Long",
    "Lực",
    "Mạnh",
    "Minh",
    "Nam",
    "Nghĩa",
    "Nhân",
    "Phong",
    "Phú",
    "Phúc",
    "Phương",
    "Quân",
    "Quyết",
    "Sơn",
    "Tài",
    "Tâm",
    "Tân",
    "Thắng",
    "Thịnh",
    "Thọ",
    "Toàn",
    "Trung",
    "Trường",
    "Tùng",
    "Vinh",
    "Vượng",
    "Vỹ",
];

/// Given names of women.
const FEMALE_GIVENS: [&str; 60] = [
    "An",
    "Anh",
    "Ánh",
    "Bình",
    "Châm",
    "Chi",
    "Cúc",
    "Dịu",
    "Dung",
    "Duyên",
    "Đào",
    "Điệp",
    "Gấm",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hằng",
    "Hiên",
    "Hiền",
    "Hiếu",
    "Hoa",
    "Hồng",
    "Huê",
    "Huệ",
    "Hương",
    "Hường",
    "Lan",
    "Lành",
    "Liên",
    "Linh",
    "Loan",
    "Lụa",
    "Luyến",
    "Lương",
    "Ly",
    "Mai",
    "Mến",
    "My",
    "Nga",
    "Ngân",
    "Nguyệt",
    "Nhàn",
    "Nhung",
    "Oanh",
    "Phượng",
    "Quyên",
    "Sen",
    "Tâm",
    "Thắm",
    "Thảo",
    "Thêu",
    "Thoa",
    "Thơm",
    "Trang",
    "Trinh",
    "Tuyết",
    "Vân",
    "Xuyến",
    "Yến",
];

/// Officials named in the press of the time: no made-up person may bear their names.
const REAL: [&str; 2] = ["Nguyễn Cao Thắng", "Nguyễn Minh Hùng"];

/// First syllables of made-up villages.
const VILLAGE_FIRST: [&str; 20] = [
    "An",
    "Bình",
    "Cẩm",
    "Đông",
    "Hòa",
    "Hưng",
    "Kim",
    "Lạc",
    "Mỹ",
    "Ngọc",
    "Phú",
    "Phúc",
    "Quý",
    "Tân",
    "Thanh",
    "Thuận",
    "Thượng",
    "Trung",
    "Vĩnh",
    "Xuân",
];

/// Second syllables of made-up villages.
const VILLAGE_SECOND: [&str; 20] = [
    "Cầu", "Đoài", "Giang", "Hải", "Hạ", "Khê", "Lâm", "Liễu", "Lộc", "Lương", "Minh", "Nghĩa", "Phong",
    "Quang", "Sơn", "Thái", "Thịnh", "Tiến", "Trại", "Xá",
];

/// Sex, as a document writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sex {
    Male,
    Female,
}

impl Sex {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }
}

/// Makes people. No two share name and birth day, and no two of one place share a name.
pub(crate) struct Names {
    year: i32,
    given_out: HashSet<(u32, i32)>,
    here: HashSet<u32>,
}

impl Names {
    /// `year` is the one in which ages are reached.
    pub(crate) fn new(year: i32) -> Self {
        Self { year, given_out: HashSet::new(), here: HashSet::new() }
    }

    /// Begins another place (a commune, or the office of a district or province).
    pub(crate) fn next_place(&mut self) {
        self.here.clear();
    }

    /// A person who becomes `ages.0` to `ages.1` years old in the year: a name and a birth day.
    pub(crate) fn person(&mut self, seed: u64, sex: Sex, ages: (i32, i32)) -> (String, NaiveDate) {
        let mut attempt = 0;
        loop {
            let (key, name) = name(mix(seed, attempt), sex);
            let born = self.born(mix(seed, attempt + 1), ages);
            attempt += 2;
            let Some(name) = name else { continue };
            let birth = (key, born.num_days_from_ce());
            if self.here.contains(&key) || self.given_out.contains(&birth) {
                continue;
            }
            self.here.insert(key);
            self.given_out.insert(birth);
            return (name, born);
        }
    }

    fn born(&self, mixed: u64, (least, most): (i32, i32)) -> NaiveDate {
        let spare = u32::try_from(most - least + 1).unwrap_or(1);
        let age = least + i32::try_from(below(mixed, spare)).unwrap_or_default();
        NaiveDate::from_yo_opt(self.year - age, 1 + below(mixed << 32, 365)).unwrap_or_default()
    }
}

/// A name and its number; no name if it would not sound like one.
fn name(mixed: u64, sex: Sex) -> (u32, Option<String>) {
    let (middles, givens) = match sex {
        Sex::Male => (&MALE_MIDDLES, &MALE_GIVENS),
        Sex::Female => (&FEMALE_MIDDLES, &FEMALE_GIVENS),
    };
    let (s, surname) = surname(mix(mixed, 0));
    let m = below(mix(mixed, 1), 28);
    let g = below(mix(mixed, 2), 60);
    let middle = middles.get(m as usize).copied().unwrap_or_default();
    let given = givens.get(g as usize).copied().unwrap_or_default();
    let key = ((s * 28 + m) * 60 + g) * 2 + u32::from(sex == Sex::Female);
    let name = format!("{surname} {middle} {given}");
    let sounds =
        surname != middle && surname != given && !middle.ends_with(given) && !REAL.contains(&name.as_str());
    (key, sounds.then_some(name))
}

fn surname(mixed: u64) -> (u32, &'static str) {
    let weights = SURNAMES.iter().map(|(_, weight)| weight).sum();
    let mut left = below(mixed, weights);
    for ((surname, weight), n) in SURNAMES.iter().zip(0..) {
        if left < *weight {
            return (n, surname);
        }
        left -= weight;
    }
    (0, "Nguyễn")
}

/// Names for `count` villages of one commune, without their kind, all different.
pub(crate) fn villages(seed: u64, count: usize) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(count);
    let mut draw = 0;
    while names.len() < count.min(200) {
        let first = one_of(mix(seed, draw), &VILLAGE_FIRST);
        let second = one_of(mix(seed, draw + 1), &VILLAGE_SECOND);
        draw += 2;
        let name = format!("{first} {second}");
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[track_caller]
    fn assert_distinct<'a>(words: impl Iterator<Item = &'a str> + Clone) {
        assert_eq!(words.clone().collect::<BTreeSet<_>>().len(), words.count());
    }

    #[test]
    fn lists_give_each_name_once() {
        assert_distinct(SURNAMES.iter().map(|(surname, _)| *surname));
        assert_distinct(MALE_MIDDLES.iter().chain(&FEMALE_MIDDLES).copied());
        assert_distinct(MALE_GIVENS.iter().copied());
        assert_distinct(FEMALE_GIVENS.iter().copied());
        assert_distinct(VILLAGE_FIRST.iter().copied());
        assert_distinct(VILLAGE_SECOND.iter().copied());
    }

    #[test]
    fn people_are_distinct() {
        let mut names = Names::new(2022);
        let mut seen = BTreeSet::new();
        for n in 0..2000 {
            let (name, born) = names.person(n, Sex::Female, (19, 30));
            assert!((1992..=2003).contains(&born.year()));
            assert!(seen.insert(name));
        }
    }

    #[test]
    fn village_names_are_distinct() {
        let names = villages(1, 40);
        assert_distinct(names.iter().map(String::as_str));
        assert_eq!(names.len(), 40);
    }
}
