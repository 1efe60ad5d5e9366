//! R012 `received-before-period-ended`.

use crate::locale::Bilingual;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Param, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "R012",
    name: "received-before-period-ended",
    title: Bilingual { vi: "Nhận báo cáo khi kỳ chưa kết thúc", en: "Received before its period ended" },
    severity: Severity::Warning,
    policy: &[],
    params: &["form", "period", "kind", "indicators", "day"],
    text: Bilingual {
        vi: "{report} đến trước ngày chốt số liệu ({day}), trong đó có số liệu chưa ghi là số ước thực hiện.",
        en: "{report} came before the cut-off ({day}), and not all of its figures are marked as estimates.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {sender} ghi rõ số ước thực hiện, hoặc gửi lại sau ngày chốt số liệu.",
        en: "{sender} should mark the estimates, or send it again after the cut-off.",
    },
    doc: "\
### What it does
Finds reports that were received before the last day of their period and have a figure that is not marked as an estimate.

### Why
What had not happened yet cannot have been counted.

### Example
A report for May 2022 (1 to 31 May) received on 2022-05-20.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    let Some(cut_off) = view.cut_off().filter(|&day| view.report.received.0 < day) else { return };
    let firm = view.indicators().filter(|&(at, own)| view.figure(at).is_some() && !view.is_estimate(own));
    let firm: Vec<_> = firm.map(|(at, _)| at).collect();
    if !firm.is_empty() {
        let mut params = view.params_of(firm);
        params.push(("day", Param::Day(cut_off)));
        emit.finding(params).basis = view.basis();
    }
}
