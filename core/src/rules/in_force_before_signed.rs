//! D001 `in-force-before-signed`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::DecisionView;

pub(crate) static RULE: Rule = Rule {
    code: "D001",
    name: "in-force-before-signed",
    title: Bilingual {
        vi: "Quyết định có hiệu lực trước ngày ký",
        en: "Decision in force before it was signed",
    },
    severity: Severity::Warning,
    policy: &[],
    params: &["day", "signed"],
    text: Bilingual {
        vi: "{decision} được ghi có hiệu lực từ ngày {day}, trước ngày ký ({signed}).",
        en: "{decision} is entered as in force from {day}, before it was signed on {signed}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị đối chiếu hai ngày với bản đã ký.",
        en: "Compare both days with the signed copy.",
    },
    doc: "\
### What it does
Finds decisions whose `in_force` lies before `signed`.

### Why
Mostly one of the two days was mistyped. Every rule that asks since when a team had its decision depends on it.

### Example
`signed` is 2022-04-05 and `in_force` 2022-03-05.
",
    check: Check::Decision(check),
};

fn check(view: &DecisionView<'_>, emit: &mut Emit<'_>) {
    let decision = view.decision();
    if let Some(day) = decision.in_force.filter(|&day| day < decision.signed) {
        emit.finding(vec![("day", Param::Day(day)), ("signed", Param::Day(decision.signed))]);
    }
}
