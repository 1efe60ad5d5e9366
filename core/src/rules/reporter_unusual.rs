//! R015 `reporter-unusual`.

use crate::locale::Bilingual;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "R015",
    name: "reporter-unusual",
    title: Bilingual { vi: "Nơi gửi báo cáo không thuộc đối tượng lập mẫu", en: "The sender does not fill in this form" },
    severity: Severity::Warning,
    policy: &[],
    params: &["form", "period", "kind"],
    text: Bilingual {
        vi: "{report}: nơi gửi không thuộc đối tượng lập mẫu này, hoặc chưa hoạt động hay không còn hoạt động vào ngày cuối kỳ.",
        en: "{report} comes from one who does not fill in this form, or was not there at the end of the period.",
    },
    remedy: Bilingual {
        vi: "Đề nghị kiểm tra nơi gửi và kỳ báo cáo.",
        en: "Check who sent it, and for which period.",
    },
    doc: "\
### What it does
Finds reports of teams or units that the version of the form does not name in `filled_by` and `teams`, or that are not in force on the last day of the period (on the day of the check, if that is earlier).

### Why
Such a figure is nobody's, or is counted twice: by the unit that took the place, too.

### Example
A report for the year 2025 of a district, which ended on 2025-06-30.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    if !view.is_reporter() {
        emit.finding(view.params()).basis = view.basis();
    }
}
