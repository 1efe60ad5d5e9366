//! T009 `covered-village-ended`.

use crate::locale::Bilingual;
use crate::order::sort_few;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "T009",
    name: "covered-village-ended",
    title: Bilingual {
        vi: "Địa bàn phụ trách đã kết thúc",
        en: "A village of the team has ended",
    },
    severity: Severity::Warning,
    policy: &[Key::UnitEndDays],
    params: &["villages"],
    text: Bilingual {
        vi: "{team} vẫn được ghi phụ trách địa bàn đã kết thúc, {span}: {villages}.",
        en: "{team} {was} listed {span} as serving villages that have ended: {villages}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} xác định lại địa bàn phụ trách theo thôn, khu dân cư hiện nay.",
        en: "{issuer} should say which of today's villages the team serves.",
    },
    doc: "\
### What it does
Finds teams in force with villages in `covers` that have ended, with no version that continues them, for more days in a row than `unit_end_days`. One finding for the villages that ended on one day.

### Why
When villages merge, so must their teams, or a new village has two teams or none.

### Example
Two villages merged into a new one on 2026-07-01; their teams still name the old ones in October.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    if !view.is_in_force() {
        return;
    }
    let mut villages: Vec<_> =
        view.covers().filter_map(|village| Some((view.ended(village)?, village))).collect();
    if villages.is_empty() {
        return;
    }
    let Some((id, entry)) = view.policy(Key::UnitEndDays) else { return };
    sort_few(&mut villages);
    villages.dedup();
    for same in villages.chunk_by(|a, b| a.0 == b.0) {
        let villages = same.iter().map(|&(_, village)| village).collect();
        let finding = emit.finding(vec![("villages", Param::Units(villages))]);
        finding.longer_than = i64::from(entry.count());
        finding.basis = Some(id);
    }
}
