//! U001 `village-without-team`.

use crate::choice::{Level, TeamKind};
use crate::locale::Bilingual;
use crate::order::sort;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::UnitView;

pub(crate) static RULE: Rule = Rule {
    code: "U001",
    name: "village-without-team",
    title: Bilingual { vi: "Thôn, khu dân cư chưa có Tổ", en: "Villages without a team" },
    severity: Severity::Warning,
    policy: &[Key::WantedLevels, Key::WantedDays],
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
Finds communes with villages that no community team in force serves, once the village and the wish for its team (`wanted_levels`) are older than `wanted_days`. One finding for each stretch of days with the same villages; it rests on what is asked of the first of them.

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
    // Of several texts the one that binds most counts, then that of the first village by code.
    let mut basis = None;
    let mut is_missing = |&village: &_| {
        if view.teams_serving(village).next().is_some() {
            return false;
        }
        let Some(id) = view.overdue(TeamKind::Community, village) else { return false };
        let force = view.context.basis(id).map(|basis| basis.force);
        let own = (force, view.context.inner().code(village, view.day), id);
        basis = Some(basis.map_or(own, |other| own.min(other)));
        true
    };
    let mut villages: Vec<_> = view.villages().filter(|village| is_missing(village)).collect();
    if !villages.is_empty() {
        sort(&mut villages);
        emit.finding(vec![("n", Param::Count(villages.len())), ("villages", Param::Units(villages))]).basis =
            basis.map(|(_, _, id)| id);
    }
}
