//! R007 `nothing-happened`.

use crate::choice::Counting;
use crate::locale::Bilingual;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "R007",
    name: "nothing-happened",
    title: Bilingual { vi: "Không có phát sinh trong kỳ", en: "All flows are zero" },
    severity: Severity::Info,
    policy: &[],
    params: &["form", "period", "kind", "indicators"],
    text: Bilingual {
        vi: "{report} có tất cả số phát sinh trong kỳ bằng 0.",
        en: "{report} has 0 for everything that could happen in the period.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {sender} xác nhận \"không phát sinh\", hoặc bổ sung số liệu.",
        en: "{sender} should confirm that nothing happened, or add the figures.",
    },
    doc: "\
### What it does
Finds reports in which every figure of what happened in the period is 0, there is one, no required one is absent, and of each figure to date it is known. It is silent once `nothing-happened` is among what the sender has `confirmed`.

### Why
A quiet month is possible; a form sent without being filled in looks the same.

### Example
A report with 5 members and 0 in every other figure.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    let mut flows = Vec::new();
    for (at, own) in view.indicators().filter(|(_, own)| own.counts != Counting::AtCutOff) {
        if view.figure(at).is_some() {
            // Of a figure to date it may not be known what happened in the period.
            if view.flow(at) != Some(0) {
                return;
            }
            flows.push(at);
        } else if own.required && view.is_absent(at) {
            // What is missing is no 0.
            return;
        }
    }
    if !flows.is_empty() {
        let finding = emit.finding(view.params_of(flows));
        // It may be right, whatever text asks for the report.
        (finding.basis, finding.raises) = (view.basis(), false);
    }
}
