//! O006 `record-fits-no-duty`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Rule, Severity};
use crate::view::RecordView;

pub(crate) static RULE: Rule = Rule {
    code: "O006",
    name: "record-fits-no-duty",
    title: Bilingual { vi: "Ghi nhận không ứng với nhiệm vụ nào", en: "A record that fits no duty" },
    severity: Severity::Warning,
    policy: &[],
    params: &["table", "obligation", "period", "event", "person", "day"],
    text: Bilingual {
        vi: "{debtor}: nội dung \"{table}\" ngày {day} cho nhiệm vụ \"{obligation}\"{in_period} không ứng với nhiệm vụ nào theo bộ quy định đang áp dụng.",
        en: "{debtor}: the entry \"{table}\" of {day} for the duty \"{obligation}\"{in_period} fits no duty under the policy in force.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} kiểm tra mã nhiệm vụ, kỳ, ngày và đối tượng thực hiện đã nhập, hoặc bổ sung nhiệm vụ vào bộ quy định; hiện nội dung này chưa được sử dụng.",
        en: "{issuer} should check the name of the duty, the period, the day and who owes it, or add the duty to the policy; nothing is done with this entry.",
    },
    doc: "\
### What it does
Finds rows of `events`, `excuses` and `completions` that are about no duty of the unit or team: the policy does not have the obligation, or it does not bind them then, or has other periods, or is not done by being recorded. An excuse for what is still to come waits. Where the policy has no obligations at all, nothing is said.

### Why
Such a row changes nothing. A slip in a name or a period makes what was done look undone, and silence would look like approval.

### Example
A completion of `report-montly`.
",
    check: Check::Record(check),
};

fn check(view: &RecordView<'_>, emit: &mut Emit<'_>) {
    emit.finding(view.params());
}
