//! M018 `role-unusual`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "M018",
    name: "role-unusual",
    title: Bilingual {
        vi: "Vai trò không có ở loại Tổ này", en: "Role that such a team does not have"
    },
    severity: Severity::Info,
    policy: &[Key::Roles],
    params: &["person", "role"],
    text: Bilingual {
        vi: "{person} được ghi là {role} của {team} {span}; Tổ, Ban loại này thường không có vai trò đó.",
        en: "{person} {was} listed as {role} of {team} {span}; such a team usually has no such role.",
    },
    remedy: Bilingual {
        vi: "Đề nghị kiểm tra vai trò đã ghi; nếu đúng theo quyết định, giữ nguyên.",
        en: "Please check the role; if the decision says so, leave it.",
    },
    doc: "\
### What it does
Finds members of teams in force with a role that is not among the `roles` of their kind of team.

### Why
Roles are often copied from another list. The standing deputy of a committee is none of a village's team.

### Example
A `standing_deputy` in a community team.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    let Some((id, entry)) = view.policy_of_kind(Key::Roles).filter(|_| view.is_in_force()) else { return };
    for member in view.members().filter(|member| !entry.has_role(member.role)) {
        // Who has one role twice is spoken of once.
        let mut same = view.rows(member.person).filter(|other| other.role == member.role);
        if !same.next().is_some_and(|first| std::ptr::eq(first, member)) {
            continue;
        }
        let params = vec![("person", Param::Person(member.person)), ("role", Param::Role(member.role))];
        emit.finding(params).basis = Some(id);
    }
}
