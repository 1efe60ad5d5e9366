//! R004 `cumulative-figure-fell`.

use crate::choice::Counting;
use crate::locale::Bilingual;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Param, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "R004",
    name: "cumulative-figure-fell",
    title: Bilingual { vi: "Số lũy kế giảm so với kỳ trước", en: "A year-to-date figure fell" },
    severity: Severity::Warning,
    policy: &[],
    params: &["form", "period", "indicators", "value", "before"],
    text: Bilingual {
        vi: "{report} có \"{indicators}\" là {value}, thấp hơn số đã báo cáo kỳ trước trong cùng năm ({before}).",
        en: "{report} has {value} for \"{indicators}\", less than the {before} of the period before in the same year.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {sender} kiểm tra số của cả hai kỳ; nếu là đính chính, đề nghị xác nhận và ghi rõ lý do.",
        en: "{sender} should check the figures of both periods; if it is a correction, please confirm it and note why.",
    },
    doc: "\
### What it does
Finds figures counted from the first of the year that are below those of the period before in the same year. With a new year they begin again. A figure that the version of the report before counted in another way is not compared.

### Why
What has happened does not unhappen: one of the two figures is wrong, or was corrected, and the difference would be a negative flow.

### Example
120 households guided up to May, and 115 up to June.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    let Some(before) = view.before().filter(|_| !view.review.begins_year(view.row)) else { return };
    for (at, _) in view.indicators().filter(|(_, own)| own.counts == Counting::YearToDate) {
        let Some((value, last)) = view.figure(at).zip(view.review.earlier_figure(at, before)) else {
            continue;
        };
        if value < last {
            let mut params = view.params_of(at);
            params.extend([("value", Param::Amount(value.into())), ("before", Param::Amount(last.into()))]);
            let finding = emit.finding(params);
            // The figures may be right, whatever text asks for them.
            (finding.basis, finding.raises) = (view.basis(), false);
        }
    }
}
