//! R010 `form-version-other`.

use crate::locale::Bilingual;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Param, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "R010",
    name: "form-version-other",
    title: Bilingual { vi: "Phiên bản mẫu báo cáo chưa phù hợp với kỳ", en: "The version of the form is not that of the period" },
    severity: Severity::Warning,
    policy: &[],
    params: &["form", "period", "kind", "stated", "other"],
    text: Bilingual {
        vi: "{report} {version}{instead}.",
        en: "{report} {version}{instead}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {sender} lập lại theo phiên bản áp dụng cho kỳ này; nếu không có phiên bản nào áp dụng, đề nghị kiểm tra kỳ báo cáo, hoặc bổ sung phiên bản của mẫu vào bộ quy định.",
        en: "{sender} should make it out on the version for this period; if there is none, check the period, or add the version to the policy.",
    },
    doc: "\
### What it does
Finds reports that name another version of the form than the one in force on the last day of their period, and reports for periods in which none is. A report that names none is on the one in force.

### Why
Figures of two versions may count differently, so they do not add up.

### Example
A report for July 2022 on version 1, where version 2 is in force from 2022-07-01.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    let Some((_, form)) = view.form() else { return };
    let right = form.at(view.report.period()).map(|version| version.number);
    let stated = view.report.version.map(|version| version.0.get());
    if stated.or(right) != right || right.is_none() {
        let mut params = view.params();
        params.extend(stated.map(|stated| ("stated", Param::Count(stated.into()))));
        params.extend(right.map(|right| ("other", Param::Count(right.into()))));
        emit.finding(params).basis = right.and_then(|right| view.basis_of(right));
    }
}
