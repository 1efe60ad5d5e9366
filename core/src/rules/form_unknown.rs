//! R014 `form-unknown`.

use crate::locale::Bilingual;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "R014",
    name: "form-unknown",
    title: Bilingual {
        vi: "Mẫu báo cáo chưa có trong bộ quy định", en: "The policy does not have the form"
    },
    severity: Severity::Warning,
    policy: &[],
    params: &["form", "period", "kind"],
    text: Bilingual {
        vi: "{report} được lập theo mẫu chưa có trong bộ quy định đang áp dụng.",
        en: "{report} is on a form that the policy in force does not have.",
    },
    remedy: Bilingual {
        vi: "Đề nghị kiểm tra mã mẫu, hoặc bổ sung mẫu vào bộ quy định; số liệu của báo cáo này hiện chưa được kiểm tra.",
        en: "Check the name of the form, or add the form to the policy; the figures of this report are not looked at.",
    },
    doc: "\
### What it does
Finds reports on forms that the policy does not have.

### Why
Nothing can be said of their figures, and silence would look like approval.

### Example
A report on `team-montly`.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    if view.form().is_none() {
        emit.finding(view.params());
    }
}
