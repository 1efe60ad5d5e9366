//! T004 `two-heads`.

use crate::choice::Role;
use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "T004",
    name: "two-heads",
    title: Bilingual { vi: "Tổ có nhiều Tổ trưởng cùng lúc", en: "Two heads at once" },
    severity: Severity::Error,
    policy: &[],
    params: &["n", "people"],
    text: Bilingual {
        vi: "{team} có {n} {head} cùng lúc {span}: {people}.",
        en: "{team} {had} {n} heads at once {span}: {people}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} xác định 01 {head} tại quyết định kiện toàn; người còn lại ghi là {others} hoặc thôi tham gia từ ngày thực tế.",
        en: "{issuer} should name one head in a decision; record the other as {others}, or left from the actual day.",
    },
    doc: "\
### What it does
Finds teams in force with two or more different people in the role `head` on the same day. Someone acting (quyền, phụ trách) is not a second head.

### Why
A team has one head. Two of them mean that a change was entered on one side only.

### Example
A new head is entered from 2022-09-01, and the row of the old one has no end.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    let heads = || {
        view.members()
            .filter(|member| member.role == Role::Head && !member.acting)
            .map(|member| member.person)
    };
    let Some(first) = heads().next() else { return };
    if view.is_in_force() && heads().any(|person| person != first) {
        let mut people: Vec<_> = heads().collect();
        people.dedup();
        emit.finding(vec![("n", Param::Count(people.len())), ("people", Param::People(people))]);
    }
}
