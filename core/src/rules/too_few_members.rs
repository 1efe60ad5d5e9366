//! M007 `too-few-members`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "M007",
    name: "too-few-members",
    title: Bilingual {
        vi: "Tổ có ít thành viên",
        en: "Too few members",
    },
    severity: Severity::Warning,
    policy: &[Key::MinMembers],
    params: &["n", "bound"],
    text: Bilingual {
        vi: "{team} có {n} thành viên {span}, ít hơn mức tối thiểu là {bound}.",
        en: "The number of members of {team} {was} {n} {span}; the least is {bound}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} xem xét bổ sung khi kiện toàn.",
        en: "{issuer} should consider adding somebody when the team is reconstituted.",
    },
    doc: "\
### What it does
Finds teams in force, not suspended and with members, with fewer members than `min_members` of their kind. People are counted once.

### Why
The guidance speaks of the village head and two more people. A team of fewer can hardly reach every household.

### Example
A team has two members; the guidance speaks of a head and two more.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    let Some((id, bound)) = view.bound(Key::MinMembers) else { return };
    let n = view.people().count();
    if n < bound && !view.members.is_empty() {
        emit.finding(vec![("n", Param::Count(n)), ("bound", Param::Count(bound))]).basis = Some(id);
    }
}
