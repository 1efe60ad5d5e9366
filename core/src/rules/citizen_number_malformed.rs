//! P002 `citizen-number-malformed`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Rule, Severity};
use crate::view::CardView;

pub(crate) static RULE: Rule = Rule {
    code: "P002",
    name: "citizen-number-malformed",
    title: Bilingual {
        vi: "Số định danh cá nhân không đúng cấu trúc",
        en: "Citizen number malformed",
    },
    severity: Severity::Warning,
    policy: &[],
    params: &[],
    text: Bilingual {
        vi: "Số định danh cá nhân của {person} không đủ 12 chữ số hoặc không đúng cấu trúc.",
        en: "The citizen number of {person} does not have 12 digits, or is not in the usual form.",
    },
    remedy: Bilingual {
        vi: "Đề nghị đối chiếu với căn cước; nếu là số chứng minh nhân dân 09 chữ số, thay bằng số định danh, hoặc bỏ trống. Thành viên Tổ không bắt buộc có số định danh.",
        en: "Compare it with the card; if it is the number of an old identity card of nine digits, put in the citizen number or leave it out. A member needs none.",
    },
    doc: "\
### What it does
Finds people whose citizen number is not of twelve digits: three for the province or country of birth registration, one for century and sex, two for the year of birth, six at random. Blanks and dots between them do not count. Codes of provinces that have merged stay valid; no check digit is known.

### Why
A number with a digit too few finds nobody, and hides that one person was entered twice. The number itself is shown nowhere.

### Example
Eleven digits.
",
    check: Check::Card(check),
};

fn check(view: &CardView<'_>, emit: &mut Emit<'_>) {
    if view.person().citizen_number.is_some() && view.citizen.is_none() {
        emit.finding(vec![]);
    }
}
