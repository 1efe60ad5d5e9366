//! M010 `too-many-deputies`.

use crate::choice::Role;
use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "M010",
    name: "too-many-deputies",
    title: Bilingual {
        vi: "Tổ có nhiều Tổ phó",
        en: "Too many deputies",
    },
    severity: Severity::Info,
    policy: &[Key::MaxDeputies],
    params: &["n", "bound"],
    text: Bilingual {
        vi: "{team} có {n} {deputy} {span}, nhiều hơn mức tối đa là {bound}.",
        en: "The number of deputies of {team} {was} {n} {span}; the most is {bound}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} xem xét cơ cấu khi kiện toàn.",
        en: "{issuer} should consider the number when the team is reconstituted.",
    },
    doc: "\
### What it does
Finds teams in force, not suspended, with more deputies than `max_deputies` of their kind. People are counted once.

### Why
One deputy is what was seen in a commune of Hải Dương. Several in a team of five is often a slip in the column of roles.

### Example
A team of five has two deputies, and one is usual here.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    let Some((id, bound)) = view.bound(Key::MaxDeputies) else { return };
    let n = view.with_role(Role::is_deputy).len();
    if n > bound {
        emit.finding(vec![("n", Param::Count(n)), ("bound", Param::Count(bound))]).basis = Some(id);
    }
}
