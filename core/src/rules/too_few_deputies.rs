//! M009 `too-few-deputies`.

use crate::choice::Role;
use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "M009",
    name: "too-few-deputies",
    title: Bilingual {
        vi: "Tổ có ít Tổ phó",
        en: "Too few deputies",
    },
    severity: Severity::Info,
    policy: &[Key::MinDeputies],
    params: &["n", "bound"],
    text: Bilingual {
        vi: "{team} có {n} {deputy} {span}, ít hơn mức tối thiểu là {bound}.",
        en: "The number of deputies of {team} {was} {n} {span}; the least is {bound}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} xem xét bổ sung khi kiện toàn.",
        en: "{issuer} should consider adding somebody when the team is reconstituted.",
    },
    doc: "\
### What it does
Finds teams in force, not suspended and with members, with fewer deputies than `min_deputies` of their kind. People are counted once.

### Why
A deputy goes on when the head is away. No text was found that asks for one; a province may.

### Example
A province wants a deputy in each team, and a team has none.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    let Some((id, bound)) = view.bound(Key::MinDeputies) else { return };
    let n = view.with_role(Role::is_deputy).len();
    if n < bound && !view.members.is_empty() {
        emit.finding(vec![("n", Param::Count(n)), ("bound", Param::Count(bound))]).basis = Some(id);
    }
}
