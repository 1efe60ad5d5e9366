//! R003 `figure-out-of-bounds`.

use crate::locale::Bilingual;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Param, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "R003",
    name: "figure-out-of-bounds",
    title: Bilingual { vi: "Số liệu ngoài khoảng thường gặp", en: "Figures out of bounds" },
    severity: Severity::Warning,
    policy: &[],
    params: &["form", "period", "kind", "indicators", "value", "bound"],
    text: Bilingual {
        vi: "{report} có \"{indicators}\" là {value}, {beyond} nêu trong mẫu ({bound}).",
        en: "{report} has {value} for \"{indicators}\", {beyond} of the form ({bound}).",
    },
    remedy: Bilingual {
        vi: "Đề nghị {sender} đối chiếu với sổ theo dõi, danh sách, số liệu gốc và đính chính{confirm}.",
        en: "{sender} should compare the figures with the records and correct them{confirm}.",
    },
    doc: "\
### What it does
Finds figures below the `min` or above the `max` of their indicator.

### Why
A digit too many is seen most easily where it was typed.

### Example
500 members of a team, where the form has at most 60.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    let Some((form, _)) = view.form() else { return };
    for (at, own) in view.indicators() {
        let Some(value) = view.figure(at) else { continue };
        let figure = value.unsigned_abs();
        let bound = own.min.filter(|&min| figure < min).or(own.max.filter(|&max| figure > max));
        if let Some(bound) = bound {
            let mut params = view.params_of(vec![at]);
            params.extend([("value", Param::Amount(value.into())), ("bound", Param::Amount(bound.into()))]);
            let finding = emit.finding(params);
            // The figure may be right, whatever text asks for it.
            finding.basis = Some(view.review.context.policy.basis_of_indicator(form, at));
            finding.raises = false;
        }
    }
}
