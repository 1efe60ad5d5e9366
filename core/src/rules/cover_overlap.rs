//! T003 `cover-overlap`.

use crate::choice::Level;
use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::UnitView;

pub(crate) static RULE: Rule = Rule {
    code: "T003",
    name: "cover-overlap",
    title: Bilingual {
        vi: "Nhiều Tổ cùng phụ trách một địa bàn", en: "Several teams for one village"
    },
    severity: Severity::Warning,
    policy: &[Key::TeamsPerVillage],
    params: &["n", "teams"],
    text: Bilingual {
        vi: "{village} do {n} Tổ công nghệ số cộng đồng cùng phụ trách {span}: {teams}.",
        en: "{village} {was} served by {n} community teams at once {span}: {teams}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} xác định Tổ phụ trách địa bàn, hoặc ghi ngày kết thúc của Tổ cũ.{optional}",
        en: "{issuer} should say which team serves the village, or end the older one.{optional}",
    },
    doc: "\
### What it does
Finds villages that more community teams serve at once than `teams_per_village` of the policy.

### Why
The guidance speaks of one team for each village. Two teams for one village report the same households twice.

### Example
After a reconstitution, the old team of a village was left without an end.
",
    check: Check::Unit(check),
};

fn check(view: &UnitView<'_>, emit: &mut Emit<'_>) {
    if view.level() != Level::Village || !view.exists() || view.teams_serving(view.line).nth(1).is_none() {
        return;
    }
    let Some((id, entry)) = view.policy(Key::TeamsPerVillage) else { return };
    let teams: Vec<_> = view.teams_serving(view.line).collect();
    if teams.len() > entry.count() as usize {
        emit.finding(vec![("n", Param::Count(teams.len())), ("teams", Param::Teams(teams))]).basis = Some(id);
    }
}
