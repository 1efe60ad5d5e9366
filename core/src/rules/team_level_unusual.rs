//! T006 `team-level-unusual`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "T006",
    name: "team-level-unusual",
    title: Bilingual {
        vi: "Cấp quản lý Tổ khác thường",
        en: "Team at an unusual level",
    },
    severity: Severity::Warning,
    policy: &[Key::Levels],
    params: &["kind"],
    text: Bilingual {
        vi: "{team} do {unit} quản lý {span}; {kind} thường không lập ở {level}.",
        en: "{team} {was} managed by {unit} {span}; the {level} usually has no {kind}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị kiểm tra đơn vị quản lý và loại của Tổ; nếu đúng thực tế, không cần xử lý thêm.",
        en: "Please check the team's unit and kind; if they are right, nothing more is to be done.",
    },
    doc: "\
### What it does
Finds teams in force whose unit is of a level that is not among the `levels` of their kind.

### Why
A community team belongs to a commune or village, a steering team to a commune, district or province. Another level is most often the wrong kind of team, or the wrong code.

### Example
A `community` team whose unit is a district.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    if view.is_in_force()
        && let Some((id, entry)) = view.policy_of_kind(Key::Levels)
        && !entry.has_level(view.context.inner().level(view.place()))
    {
        emit.finding(vec![("kind", Param::Kind(view.kind()))]).basis = Some(id);
    }
}
