//! O006 `record-fits-no-duty`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Rule, Severity};
use crate::view::RecordView;

pub(crate) static RULE: Rule = Rule {
    code: "O006",
    name: "record-fits-no-duty",
    title: Bilingual { vi: "Nội dung đã nhập chưa khớp với nhiệm vụ nào", en: "An entry that fits no duty" },
    severity: Severity::Warning,
    policy: &[],
    params: &["table", "obligation", "period", "event", "other_team", "person", "day"],
    text: Bilingual {
        vi: "{debtor}: nội dung \"{table}\" ngày {day} về \"{obligation}\"{named} chưa khớp với nhiệm vụ được giao; cần xem lại tên nhiệm vụ, kỳ, sự kiện, đối tượng thực hiện{extension}.",
        en: "{debtor}: the entry \"{table}\" of {day} on \"{obligation}\"{named} matches no duty: look at its name, its period, its event and who owes it{extension}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} đối chiếu với văn bản và sửa lại; nếu nội dung đã đúng, đề nghị cơ quan xây dựng bộ quy định bổ sung nhiệm vụ. Hiện nội dung này chưa được sử dụng.",
        en: "{issuer} should compare it with the document and correct it; if it is right, those who keep the policy should add the duty. Nothing is done with this entry.",
    },
    doc: "\
### What it does
Finds rows of `events`, `excuses` and `completions` that are about no duty of the unit or team: the policy does not have the obligation, or it does not bind them then, or has other periods, or is not done by being recorded; or the new day of an extension is not later than the term. An excuse for what may still come is none of them; nor is what is older than the obligation, training of somebody who was a member before it, or what teams of a unit that has ended do (T008). Where the policy has no obligations at all, nothing is said.

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
