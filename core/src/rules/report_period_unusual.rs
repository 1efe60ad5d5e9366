//! R011 `report-period-unusual`.

use crate::choice::ReportKind;
use crate::locale::Bilingual;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "R011",
    name: "report-period-unusual",
    title: Bilingual {
        vi: "Kỳ báo cáo không đúng định kỳ của mẫu",
        en: "The period is not of the kind of the form",
    },
    severity: Severity::Warning,
    policy: &[],
    params: &["form", "period", "kind"],
    text: Bilingual {
        vi: "{report} là báo cáo định kỳ nhưng kỳ báo cáo không đúng với mẫu (mẫu lập theo {frequency}).",
        en: "{report} comes by the calendar, and its period is not of the kind of the form (one each {frequency}).",
    },
    remedy: Bilingual {
        vi: "Đề nghị {sender} sửa kỳ báo cáo, hoặc ghi là báo cáo chuyên đề hoặc đột xuất.",
        en: "{sender} should correct the period, or mark it as thematic or ad hoc.",
    },
    doc: "\
### What it does
Finds periodic reports whose period is of another frequency than the form has.

### Why
It stands in a series of its own, so the other reports under the form are not compared with it, and no duty is done by it.

### Example
A report for 2022-Q2 on a monthly form.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    let Some(version) = view.version.filter(|_| view.report.kind() == ReportKind::Periodic) else { return };
    if view.report.period().frequency() != version.every {
        emit.finding(view.params()).basis = view.basis();
    }
}
