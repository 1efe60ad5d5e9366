//! *Labels* of open words: what a person reads for `village_head` or `youth_union`. A word without a label is shown as it is.

use crate::locale::Bilingual;

/// Kinds of units: the words of law in Vietnamese; English where there is an established word.
pub(crate) static UNIT_KINDS: &[(&str, Bilingual)] = &[
    ("ap", b("ấp", "hamlet")),
    ("ban", b("bản", "hamlet")),
    ("bon", b("bon", "hamlet")),
    ("buon", b("buôn", "hamlet")),
    ("dac-khu", b("đặc khu", "special zone")),
    ("huyen", b("huyện", "district")),
    ("khom", b("khóm", "residential group")),
    ("khu-dan-cu", b("khu dân cư", "residential area")),
    ("khu-pho", b("khu phố", "residential group")),
    ("lang", b("làng", "village")),
    ("phum", b("phum", "hamlet")),
    ("phuong", b("phường", "ward")),
    ("quan", b("quận", "urban district")),
    ("soc", b("sóc", "hamlet")),
    ("thanh-pho", b("thành phố", "city")),
    ("thi-tran", b("thị trấn", "township")),
    ("thi-xa", b("thị xã", "town")),
    ("thon", b("thôn", "village")),
    ("tinh", b("tỉnh", "province")),
    ("to-dan-pho", b("tổ dân phố", "residential group")),
    ("xa", b("xã", "commune")),
    ("xom", b("xóm", "hamlet")),
];

/// Positions, organisations and other bodies.
pub(crate) static WORDS: &[(&str, Bilingual)] = &[
    ("commune_chair", b("Chủ tịch UBND xã", "chairperson of the commune People's Committee")),
    (
        "commune_official_for_village",
        b("cán bộ, công chức xã phụ trách thôn", "commune official for the village"),
    ),
    ("commune_party_secretary", b("Bí thư Đảng ủy xã", "secretary of the commune Party Committee")),
    ("commune_police", b("Công an xã", "commune police")),
    ("commune_vice_chair", b("Phó Chủ tịch UBND xã", "vice chairperson of the commune People's Committee")),
    ("commune_youth_secretary", b("Bí thư Đoàn xã", "secretary of the commune Youth Union")),
    ("culture_society_officer", b("công chức Văn hóa - Xã hội", "commune officer for culture and society")),
    ("department", b("Sở", "Department")),
    ("department_deputy_director", b("Phó Giám đốc Sở", "deputy director of a Department")),
    ("department_director", b("Giám đốc Sở", "director of a Department")),
    ("district_chair", b("Chủ tịch UBND huyện", "chairperson of the district People's Committee")),
    (
        "district_vice_chair",
        b("Phó Chủ tịch UBND huyện", "vice chairperson of the district People's Committee"),
    ),
    ("division", b("Phòng", "Division")),
    ("division_head", b("Trưởng phòng", "head of a Division")),
    ("elderly_association", b("Hội Người cao tuổi", "Association of the Elderly")),
    ("enterprise", b("doanh nghiệp", "enterprise")),
    ("enterprise_staff", b("nhân viên doanh nghiệp", "staff of an enterprise")),
    ("farmers_branch_head", b("Chi hội trưởng Nông dân", "head of the farmers' branch")),
    ("farmers_union", b("Hội Nông dân", "Farmers' Union")),
    ("fatherland_front", b("Mặt trận Tổ quốc Việt Nam", "Viet Nam Fatherland Front")),
    ("front_committee_head", b("Trưởng Ban công tác Mặt trận", "head of the village Front committee")),
    ("health_worker", b("nhân viên y tế", "health worker")),
    (
        "office_statistics_officer",
        b("công chức Văn phòng - Thống kê", "commune officer for office and statistics"),
    ),
    ("party_cell", b("chi bộ", "Party cell")),
    ("party_cell_secretary", b("Bí thư chi bộ", "secretary of the Party cell")),
    ("party_committee", b("Đảng ủy", "Party Committee")),
    ("peoples_committee", b("Ủy ban nhân dân", "People's Committee")),
    ("peoples_council", b("Hội đồng nhân dân", "People's Council")),
    ("postal_worker", b("nhân viên bưu điện", "postal worker")),
    ("province_chair", b("Chủ tịch UBND tỉnh", "chairperson of the provincial People's Committee")),
    (
        "province_vice_chair",
        b("Phó Chủ tịch UBND tỉnh", "vice chairperson of the provincial People's Committee"),
    ),
    ("public_service_centre", b("Trung tâm Phục vụ hành chính công", "Public Administration Service Center")),
    ("study_promotion_association", b("Hội Khuyến học", "Association for Promoting Education")),
    ("teacher", b("giáo viên", "teacher")),
    ("veterans_association", b("Hội Cựu chiến binh", "Veterans' Association")),
    ("veterans_branch_head", b("Chi hội trưởng Cựu chiến binh", "head of the veterans' branch")),
    ("village_deputy_head", b("Phó Trưởng thôn", "village deputy head")),
    ("village_head", b("Trưởng thôn", "village head")),
    ("womens_branch_head", b("Chi hội trưởng Phụ nữ", "head of the women's branch")),
    ("womens_union", b("Hội Liên hiệp Phụ nữ", "Women's Union")),
    ("youth_branch_secretary", b("Bí thư chi đoàn", "secretary of the Youth Union branch")),
    ("youth_union", b("Đoàn TNCS Hồ Chí Minh", "Ho Chi Minh Communist Youth Union")),
];

pub(crate) const YOUTH_UNION: &str = "youth_union";

/// The organisation that a position belongs to.
pub(crate) fn organisation_of(position: &str) -> Option<&'static str> {
    Some(match position {
        "commune_youth_secretary" | "youth_branch_secretary" => YOUTH_UNION,
        "farmers_branch_head" => "farmers_union",
        "front_committee_head" => "fatherland_front",
        "veterans_branch_head" => "veterans_association",
        "womens_branch_head" => "womens_union",
        _ => return None,
    })
}

const fn b(vi: &'static str, en: &'static str) -> Bilingual {
    Bilingual { vi, en }
}

/// The label of `word` in a sorted list.
pub(crate) fn label(list: &'static [(&str, Bilingual)], word: &str) -> Option<Bilingual> {
    list.binary_search_by(|(key, _)| (*key).cmp(word))
        .ok()
        .and_then(|at| list.get(at))
        .map(|&(_, label)| label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [UNIT_KINDS, WORDS] {
            assert!(list.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
        assert_eq!(label(WORDS, "village_head").unwrap().vi, "Trưởng thôn");
        assert!(label(WORDS, "astronaut").is_none());
    }
}
