//! R009 `report-twice`.

use crate::locale::Bilingual;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Param, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "R009",
    name: "report-twice",
    title: Bilingual { vi: "Báo cáo gửi trùng", en: "A report was sent twice" },
    severity: Severity::Warning,
    policy: &[],
    params: &["form", "period", "kind", "count"],
    text: Bilingual {
        vi: "{report} có {count} bản cùng ghi một thứ tự lần gửi.",
        en: "{report} came {count} times under the same revision number.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {sender} giữ lại một bản, hoặc ghi đúng thứ tự lần gửi để bản sau thay thế bản trước.",
        en: "{sender} should keep one, or number them, so that the later one takes the place of the earlier.",
    },
    doc: "\
### What it does
Finds reports of one kind, form, period and revision that came from one sender more than once. The one received last is looked at, of one day the last in the document.

### Why
Which of them holds is not said, and a sum might count both.

### Example
Two reports for May 2022 of one team, both without a revision.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    let twins = view.twins();
    if twins > 0 {
        let mut params = view.params();
        params.push(("count", Param::Count(twins + 1)));
        emit.finding(params).basis = view.basis();
    }
}
