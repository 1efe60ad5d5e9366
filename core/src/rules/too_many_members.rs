//! M008 `too-many-members`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "M008",
    name: "too-many-members",
    title: Bilingual {
        vi: "Tổ có nhiều thành viên",
        en: "Too many members",
    },
    severity: Severity::Warning,
    policy: &[Key::MaxMembers],
    params: &["n", "bound"],
    text: Bilingual {
        vi: "{team} có {n} thành viên {span}, nhiều hơn mức tối đa là {bound}.",
        en: "The number of members of {team} {was} {n} {span}; the most is {bound}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} xem xét cơ cấu khi kiện toàn.",
        en: "{issuer} should consider the number when the team is reconstituted.",
    },
    doc: "\
### What it does
Finds teams in force, not suspended, with more members than `max_members` of their kind. People are counted once.

### Why
No text was found that gives a maximum; a province that pays its teams may set one.

### Example
A province asks for at most nine, and a team has eleven.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    let Some((id, bound)) = view.bound(Key::MaxMembers) else { return };
    let n = view.people().count();
    if n > bound {
        emit.finding(vec![("n", Param::Count(n)), ("bound", Param::Count(bound))]).basis = Some(id);
    }
}
