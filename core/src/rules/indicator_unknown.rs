//! R013 `indicator-unknown`.

use crate::locale::Bilingual;
use crate::order::sort;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Param, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "R013",
    name: "indicator-unknown",
    title: Bilingual { vi: "Chỉ tiêu không có trong mẫu", en: "Figures that the form does not have" },
    severity: Severity::Warning,
    policy: &[],
    params: &["form", "period", "unknown"],
    text: Bilingual {
        vi: "{report} có chỉ tiêu không thuộc phiên bản này của mẫu, hoặc không thuộc phần nơi gửi phải lập: {unknown}.",
        en: "{report} has figures that this version of the form does not have, or does not ask of the sender: {unknown}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {sender} kiểm tra tên chỉ tiêu; số liệu này hiện chưa được sử dụng.",
        en: "{sender} should check the names; nothing is done with these figures.",
    },
    doc: "\
### What it does
Finds figures whose indicators are not in the version of the form, or are not for whoever sent the report.

### Why
A figure under a mistyped name is in no sum.

### Example
`member` instead of `members`.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    if view.version.is_none() {
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
