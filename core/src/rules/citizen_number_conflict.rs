//! P003 `citizen-number-conflict`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::CardView;
use chrono::Datelike;

pub(crate) static RULE: Rule = Rule {
    code: "P003",
    name: "citizen-number-conflict",
    title: Bilingual {
        vi: "Số định danh không khớp thông tin khác",
        en: "Citizen number in conflict",
    },
    severity: Severity::Warning,
    policy: &[],
    params: &["columns"],
    text: Bilingual {
        vi: "Số định danh cá nhân của {person} không khớp với thông tin đã ghi: {columns}.",
        en: "The citizen number of {person} does not agree with what is entered: {columns}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị đối chiếu với căn cước và sửa thông tin nhập nhầm.",
        en: "Compare it with the card and correct what was mistyped.",
    },
    doc: "\
### What it does
Finds people whose citizen number names another year of birth (with its century) or another sex than the columns `born` and `sex`.

### Why
The fourth digit says century and sex, the fifth and sixth the year. One of the two was mistyped, and nobody sees which without the card.

### Example
`born` is 1990-02-03, and the number speaks of 1999.
",
    check: Check::Card(check),
};

fn check(view: &CardView<'_>, emit: &mut Emit<'_>) {
    let person = view.person();
    let Some(citizen) = view.citizen else { return };
    let year = person.born.and_then(|born| born.0.date()).map(|date| date.year());
    let mut columns = Vec::new();
    if year.is_some_and(|year| year != citizen.year) {
        columns.push("born");
    }
    if person.sex.is_some_and(|sex| sex != citizen.sex) {
        columns.push("sex");
    }
    if !columns.is_empty() {
        emit.finding(vec![("columns", Param::Columns(columns))]);
    }
}
