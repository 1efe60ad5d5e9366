//! R013 `indicator-unknown`.

use crate::locale::Bilingual;
use crate::order::sort;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Param, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "R013",
    name: "indicator-unknown",
    title: Bilingual { vi: "Nội dung không có trong mẫu", en: "What the form does not have" },
    severity: Severity::Warning,
    policy: &[],
    params: &["form", "period", "kind", "unknown"],
    text: Bilingual {
        vi: "{report} có tên chỉ tiêu, phần lời văn hoặc nội dung xác nhận không thuộc phiên bản này của mẫu, hoặc không thuộc phần nơi gửi phải lập: {unknown}.",
        en: "{report} names what this version of the form does not have, or does not ask of the sender: {unknown}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {sender} kiểm tra các tên này; nội dung ghi theo các tên đó hiện chưa được sử dụng.",
        en: "{sender} should check the names; nothing is done with what stands under them.",
    },
    doc: "\
### What it does
Finds figures, estimates and texts that are not in the version of the form, or are not for whoever sent the report; and names in `confirmed` that no rule and no check of the form has.

### Why
A figure under a mistyped name is in no sum, a text is read by nobody, and a confirmation confirms nothing.

### Example
`member` instead of `members`.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    // Of whoever does not fill in the form at all R015 speaks.
    if !view.version.is_some_and(|version| version.filled_by.contains(&view.filler)) {
        return;
    }
    let mut unknown = view.unknown();
    if !unknown.is_empty() {
        sort(&mut unknown);
        unknown.dedup();
        let mut params = view.params();
        params.push(("unknown", Param::Names(unknown)));
        emit.finding(params).basis = view.basis();
    }
}
