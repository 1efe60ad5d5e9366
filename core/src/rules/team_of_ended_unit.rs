//! T008 `team-of-ended-unit`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "T008",
    name: "team-of-ended-unit",
    title: Bilingual {
        vi: "Tổ của đơn vị đã kết thúc",
        en: "Team of a unit that has ended",
    },
    severity: Severity::Warning,
    policy: &[Key::UnitEndDays],
    params: &["day"],
    text: Bilingual {
        vi: "{team} thuộc {unit}, đơn vị đã kết thúc từ ngày {day}{law}, nhưng chưa được kiện toàn {until}.",
        en: "{team} {was} left unchanged {until}, though its unit, {unit}, ended on {day}{law}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} kiện toàn hoặc kết thúc hoạt động của Tổ; trong thời gian chờ, Tổ tiếp tục nhiệm vụ trên địa bàn cũ.",
        en: "{issuer} should reconstitute or end it; until then it goes on in its old area.",
    },
    doc: "\
### What it does
Finds teams in force whose unit has ended, with no version that continues it, for more days in a row than `unit_end_days`.

### Why
When communes merge or the district level ends, their teams stay behind on paper. Some weeks for a new decision are normal; how many is a default of this library that a province sets for itself.

### Example
A district's steering team without an end, looked at on 2025-10-01; the district ended on 2025-07-01.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    if view.is_in_force()
        && let Some(day) = view.ended(view.place())
        && let Some((id, entry)) = view.policy(Key::UnitEndDays)
    {
        let finding = emit.finding(vec![("day", Param::Day(day))]);
        finding.longer_than = i64::from(entry.count());
        finding.basis = Some(id);
    }
}
