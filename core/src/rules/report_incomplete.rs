//! R002 `report-incomplete`.

use crate::locale::Bilingual;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Param, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "R002",
    name: "report-incomplete",
    title: Bilingual { vi: "Báo cáo thiếu nội dung bắt buộc", en: "Required parts of a report are absent" },
    severity: Severity::Warning,
    policy: &[],
    params: &["form", "period", "kind", "lacks"],
    text: Bilingual {
        vi: "{report} chưa có: {lacks}.",
        en: "{report} lacks: {lacks}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {sender} bổ sung; số liệu không phát sinh thì ghi số 0, không áp dụng thì ghi rõ.",
        en: "{sender} should add them; a figure is 0 if nothing happened, or said not to apply.",
    },
    doc: "\
### What it does
Finds reports without a figure or a text that the version of the form requires of whoever sent it. A figure that is 0, or said not to apply, is not absent.

### Why
A sum over units counts an absent figure as nothing, and nobody sees that it is missing.

### Example
A report without the number of members of the team.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    let Some((form, own)) = view.form() else { return };
    let figures = view.indicators().filter(|&(at, own)| own.required && view.is_absent(at));
    let figures: Vec<_> = figures.map(|(at, _)| at).collect();
    let texts = own.prose.iter().enumerate().filter(|(_, field)| field.required && view.lacks(field));
    let texts: Vec<_> = texts.map(|(at, _)| at).collect();
    if !figures.is_empty() || !texts.is_empty() {
        let mut params = view.params();
        params.push(("lacks", Param::Lacks(form, figures, texts)));
        emit.finding(params).basis = view.basis();
    }
}
