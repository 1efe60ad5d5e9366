//! U001 `village-without-team`.

use crate::facts::Level;
use crate::locale::Bilingual;
use crate::order::sort;
use crate::policy::Key;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::UnitView;

pub(crate) static RULE: Rule = Rule {
    code: "U001",
    name: "village-without-team",
    title: Bilingual { vi: "Thôn, khu dân cư chưa có Tổ", en: "Villages without a team" },
    severity: Severity::Warning,
    policy: &[Key::VillageTeamDays],
    params: &["n", "villages"],
    text: Bilingual {
        vi: "{unit} có {share} thôn, khu dân cư {lacks} Tổ công nghệ số cộng đồng {span}: {villages}.",
        en: "{unit}: {share} villages without a community team {span}: {villages}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị UBND {unit} thành lập Tổ, hoặc ghi rõ Tổ nào phụ trách chung địa bàn.",
        en: "The People's Committee of {unit} should set up teams, or state which team covers these villages.",
    },
    doc: "\
### What it does
Finds communes with villages that no community team in force serves, once the village and the policy are older than `village_team_days`. One finding for each stretch of days with the same villages.

### Why
The guidance reaches every household through the team of its village. The commune can act, so the finding is the commune's.

### Example
Two villages of a commune have no team on 2022-06-01.
",
    check: Check::Unit(check),
};

fn check(view: &UnitView<'_>, emit: &mut Emit<'_>) {
    if view.level() != Level::Commune || !view.exists() {
        return;
    }
    let Some((id, entry)) = view.policy(Key::VillageTeamDays) else { return };
    let is_missing =
        |&village: &_| view.is_overdue(village, entry) && view.teams_serving(village).next().is_none();
    let mut villages: Vec<_> = view.villages().filter(is_missing).collect();
    if !villages.is_empty() {
        sort(&mut villages);
        emit.finding(vec![("n", Param::Count(villages.len())), ("villages", Param::Units(villages))]).basis =
            Some(id);
    }
}
