//! R001 `figures-depart`.

use crate::locale::Bilingual;
use crate::render::places_of;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Param, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "R001",
    name: "figures-depart",
    title: Bilingual { vi: "Số liệu không khớp theo kiểm tra của mẫu báo cáo", en: "Figures depart from a check of the form" },
    severity: Severity::Warning,
    policy: &[],
    params: &["form", "period", "kind", "check", "left", "right", "difference"],
    text: Bilingual {
        vi: "{report}: {message}.",
        en: "{report}: {message}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {sender} đối chiếu với sổ theo dõi, danh sách, số liệu gốc và đính chính{confirm}.",
        en: "{sender} should compare the figures with the records and correct them{confirm}.",
    },
    doc: "\
### What it does
Finds reports whose figures depart from a check of the form. The check says how much that matters; `left` and `right` are the values of its two sides, and `difference` the first less the second. A check that lacks figures is skipped as the form says.

### Why
A part above its whole, or more people than times, is a slip of counting or typing, best mended while somebody remembers.

### Example
A team has 5 members in its report, 6 of them young.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    let Some((form, own)) = view.form() else { return };
    for departs in view.departures {
        let Some(severity) = own.checks.get(departs.check).and_then(|check| check.severity) else { continue };
        let mut params = view.params();
        params.push(("check", Param::Check(form, departs.check)));
        let (left, right) = (departs.left, departs.right);
        let places = places_of(left, right);
        for (name, value) in [("left", left), ("right", right), ("difference", left - right)] {
            if !value.is_nan() {
                params.push((name, Param::Side(value, places)));
            }
        }
        let finding = emit.finding(params);
        // The check says how much it matters, whatever its text.
        (finding.severity, finding.raises) = (severity, false);
        finding.basis = Some(view.review.context.policy.basis_of_check(form, departs.check));
    }
}
