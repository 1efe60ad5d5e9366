//! T010 `covers-other-commune`.

use crate::choice::Level;
use crate::locale::Bilingual;
use crate::order::sort_few;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "T010",
    name: "covers-other-commune",
    title: Bilingual {
        vi: "Phụ trách địa bàn của xã khác",
        en: "A village of another commune is served",
    },
    severity: Severity::Warning,
    policy: &[],
    params: &["villages"],
    text: Bilingual {
        vi: "{team} do {unit} quản lý nhưng được ghi phụ trách địa bàn của đơn vị khác, {span}: {villages}.",
        en: "{team}, managed by {unit}, {was} listed {span} as serving villages of another unit: {villages}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị kiểm tra lại địa bàn phụ trách hoặc đơn vị quản lý Tổ.",
        en: "Please check the villages, or the unit that manages the team.",
    },
    doc: "\
### What it does
Finds teams in force with villages in `covers` that stand neither below the unit that manages the team (or stood there when it ended) nor, if that is a village, in the same commune.

### Why
The commune that set up the team answers for its villages. After villages moved to another commune, the team often still names them.

### Example
A team of commune `11044` covers `11047-02`.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    if !view.is_in_force() {
        return;
    }
    let inner = view.context.inner();
    let place = view.place();
    // A team of a village may serve others of its commune.
    let own =
        if inner.level(place) == Level::Village { view.path.get(1).copied().unwrap_or(place) } else { place };
    let is_elsewhere = |village: &_| {
        inner.stands_under(*village, own, view.day) != Some(true)
            && inner.version(*village, view.day).is_some()
            && !view.path_of(*village).any(|line| line == own || line == place)
    };
    let mut villages: Vec<_> = view.covers().filter(is_elsewhere).collect();
    if !villages.is_empty() {
        sort_few(&mut villages);
        villages.dedup();
        emit.finding(vec![("villages", Param::Units(villages))]);
    }
}
