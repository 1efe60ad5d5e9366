//! O003 `done-before-possible`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::DutyView;

pub(crate) static RULE: Rule = Rule {
    code: "O003",
    name: "done-before-possible",
    title: Bilingual { vi: "Ghi nhận hoàn thành trước ngày có thể thực hiện", en: "Done before it was possible" },
    severity: Severity::Warning,
    policy: &[],
    params: &["obligation", "period", "person", "day", "done"],
    text: Bilingual {
        vi: "{debtor} được ghi nhận đã hoàn thành nhiệm vụ \"{obligation}\"{in_period} vào ngày {done}, sớm hơn ngày đầu tiên có thể thực hiện ({day}).",
        en: "{debtor} is recorded to have done the duty \"{obligation}\"{in_period} on {done}, before the first day on which that was possible ({day}).",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} đối chiếu với văn bản và sửa lại ngày hoặc kỳ; hiện ngày này chưa được tính là ngày hoàn thành.",
        en: "{issuer} should compare it with the document and correct the day or the period; this day does not count as done.",
    },
    doc: "\
### What it does
Finds rows of `completions` whose day lies before the first day on which the duty can be done: the first day of the period, the day of the event or of the appointment, the first day of the term. Such a row does not count.

### Why
Mostly the period or the day was mistyped, and another duty looks undone.

### Example
A report for June 2022 is recorded as received on 2022-05-10.
",
    check: Check::Duty(check),
};

fn check(view: &DutyView<'_>, emit: &mut Emit<'_>) {
    if let Some(early) = view.duty.early {
        let mut params = view.params();
        params.extend([("day", Param::Day(view.duty.from)), ("done", Param::Day(early))]);
        let finding = emit.finding(params);
        finding.span.from = early;
        finding.basis = Some(view.basis());
        // A slip in the record breaks no text.
        finding.raises = false;
    }
}
