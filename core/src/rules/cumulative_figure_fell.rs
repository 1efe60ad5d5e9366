//! R004 `cumulative-figure-fell`.

use crate::choice::Counting;
use crate::facts::Report;
use crate::locale::Bilingual;
use crate::period::Period;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Param, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "R004",
    name: "cumulative-figure-fell",
    title: Bilingual { vi: "Số lũy kế giảm so với kỳ trước", en: "A year-to-date figure fell" },
    severity: Severity::Warning,
    policy: &[],
    params: &["form", "period", "kind", "indicators", "value", "before", "since"],
    text: Bilingual {
        vi: "{report} có \"{indicators}\" là {value}, thấp hơn số đã báo cáo kỳ {since} trong cùng năm ({before}).",
        en: "{report} has {value} for \"{indicators}\", less than the {before} reported for {since} in the same year.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {sender} kiểm tra số của cả hai kỳ; nếu là đính chính, đề nghị xác nhận và ghi rõ lý do.",
        en: "{sender} should check the figures of both periods; if it is a correction, please confirm it and note why.",
    },
    doc: "\
### What it does
Finds figures counted from the first of the year that are below those of the last report before in the same year that has them. With a new year they begin again. A figure that the version of the report before counted in another way is not compared; nor is one of a report that was sent back.

### Why
What has happened does not unhappen: one of the two figures is wrong, or was corrected, and the difference would be a negative flow.

### Example
120 households guided up to May, and 115 up to June.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    let (review, row) = (view.review, view.row);
    if review.begins_year(row) {
        return;
    }
    let period = |row: usize| review.sheet.row(row).map(Report::period);
    let year = period(row).map(Period::year);
    for (at, _) in view.indicators().filter(|(_, own)| own.counts == Counting::YearToDate) {
        let Some(value) = view.figure(at) else { continue };
        let mut before = review.earlier(row).take_while(|&earlier| period(earlier).map(Period::year) == year);
        let last = before.find_map(|earlier| Some((review.like(at, row, earlier)?, period(earlier)?)));
        if let Some((last, since)) = last.filter(|&(last, _)| value < last) {
            let mut params = view.params_of(vec![at]);
            params.extend([("value", Param::Amount(value.into())), ("before", Param::Amount(last.into()))]);
            params.push(("since", Param::Period(since)));
            let finding = emit.finding(params);
            // The figures may be right, whatever text asks for them.
            (finding.basis, finding.raises) = (view.basis(), false);
        }
    }
}
