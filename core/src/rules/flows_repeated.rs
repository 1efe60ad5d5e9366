//! R008 `flows-repeated`.

use crate::choice::Counting;
use crate::locale::Bilingual;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "R008",
    name: "flows-repeated",
    title: Bilingual { vi: "Số phát sinh lặp lại y nguyên kỳ trước", en: "Flows are those of the period before" },
    severity: Severity::Warning,
    policy: &[],
    params: &["form", "period", "kind", "indicators"],
    text: Bilingual {
        vi: "{report} có mọi số phát sinh trong kỳ giống hệt kỳ trước.",
        en: "{report} has for every flow the figure of the period before.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {sender} đối chiếu với sổ theo dõi, danh sách, số liệu gốc và đính chính{confirm}.",
        en: "{sender} should compare the figures with the records and correct them{confirm}.",
    },
    doc: "\
### What it does
Finds reports in which each figure of what happened in the period is that of the period before: at least two of them, not all 0, and absent where it was absent or counted in another way.

### Why
What there is may repeat, what happens hardly does: last month's report was copied.

### Example
12 people guided in 15 times and 3 sessions held, in May and again in June.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    let Some(before) = view.before() else { return };
    let (mut flows, mut any) = (Vec::new(), false);
    for (at, _) in view.indicators().filter(|(_, own)| own.counts == Counting::InPeriod) {
        let figure = view.figure(at);
        if figure != view.review.like(at, view.row, before) {
            return;
        }
        flows.extend(figure.map(|_| at));
        any |= figure.is_some_and(|figure| figure > 0);
    }
    if any && flows.len() > 1 {
        let finding = emit.finding(view.params_of(flows));
        // It may be right, whatever text asks for the report.
        (finding.basis, finding.raises) = (view.basis(), false);
    }
}
