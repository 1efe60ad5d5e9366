//! R005 `stock-jumps`.

use crate::choice::Counting;
use crate::locale::Bilingual;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;

pub(crate) static RULE: Rule = Rule {
    code: "R005",
    name: "stock-jumps",
    title: Bilingual { vi: "Số liệu hiện có thay đổi lớn giữa hai kỳ", en: "A stock jumps between periods" },
    severity: Severity::Warning,
    policy: &[Key::MaxStockChange],
    params: &["form", "period", "kind", "indicators", "value", "before", "most"],
    text: Bilingual {
        vi: "{report} có \"{indicators}\" là {value}, thay đổi quá {most}% so với kỳ trước ({before}).",
        en: "{report} has {value} for \"{indicators}\", a change of more than {most}% from the {before} of the period before.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {sender} đối chiếu với sổ theo dõi, danh sách, số liệu gốc và đính chính{confirm}.",
        en: "{sender} should compare the figures with the records and correct them{confirm}.",
    },
    doc: "\
### What it does
Finds figures at the cut-off that differ from those of the period before by more per cent than `max_stock_change`. Nothing is said where the figure before was 0, or was counted in another way by the version of that report.

### Why
What there is changes slowly; a jump is mostly another way of counting, or a slip.

### Example
A team with 5 members in May and 50 in June.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    let Some((basis, entry)) = view.policy(Key::MaxStockChange) else { return };
    let Some(before) = view.before() else { return };
    let most = i64::from(entry.count());
    for (at, _) in view.indicators().filter(|(_, own)| own.counts == Counting::AtCutOff) {
        let Some((value, last)) = view.figure(at).zip(view.review.like(at, view.row, before)) else {
            continue;
        };
        let (new, old) = (i64::from(value), i64::from(last));
        if old > 0 && (new - old).abs() * 100 > most * old {
            let mut params = view.params_of(vec![at]);
            params.extend([("value", Param::Amount(value.into())), ("before", Param::Amount(last.into()))]);
            params.push(("most", Param::Amount(entry.count().into())));
            let finding = emit.finding(params);
            (finding.basis, finding.raises) = (Some(basis), false);
        }
    }
}
