//! D002 `decision-number-unusual`.

use crate::locale::Bilingual;
use crate::number::{Form, form};
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::DecisionView;

pub(crate) static RULE: Rule = Rule {
    code: "D002",
    name: "decision-number-unusual",
    title: Bilingual {
        vi: "Số, ký hiệu quyết định khác thể thức thông thường",
        en: "Decision number in an unusual form",
    },
    severity: Severity::Info,
    policy: &[],
    params: &["likely"],
    text: Bilingual {
        vi: "Số, ký hiệu \"{number}\" của {body} chưa đúng thể thức thông thường{maybe}.",
        en: "The number \"{number}\" of {body} is not in a usual form{maybe}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị đối chiếu với bản đã ký và sửa lại nếu nhập nhầm.",
        en: "Compare it with the signed copy and correct it if mistyped.",
    },
    doc: "\
### What it does
Finds decisions whose number is in none of the forms of state, Party and Youth Union documents. Where the likely form can be told, it is given; it is never put in by itself.

### Why
Decisions are found again by their number. Most departures are slips of the keyboard: QD for QĐ, blanks, a missing zero.

### Example
`5 /QD-UBND`; `05/QĐ-UBND` is likely.
",
    check: Check::Decision(check),
};

fn check(view: &DecisionView<'_>, emit: &mut Emit<'_>) {
    match form(view.number()) {
        Form::Usual => {}
        Form::Likely(likely) => drop(emit.finding(vec![("likely", Param::Likely(likely))])),
        Form::Unknown => drop(emit.finding(vec![])),
    }
}
