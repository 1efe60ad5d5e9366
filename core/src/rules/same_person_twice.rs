//! M002 `same-person-twice`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "M002",
    name: "same-person-twice",
    title: Bilingual { vi: "Một người được ghi nhiều lần trong một Tổ", en: "One person twice in one team" },
    severity: Severity::Error,
    policy: &[],
    params: &["person", "n"],
    text: Bilingual {
        vi: "{person} được ghi {n} lần cùng lúc trong {team} {span}.",
        en: "{person} {was} listed {n} times at once in {team} {span}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị giữ một dòng theo đúng vai trò tại quyết định và ghi ngày kết thúc cho dòng còn lại.",
        en: "Keep the row with the role of the decision and end the others.",
    },
    doc: "\
### What it does
Finds people with two or more memberships in one team in force on the same day.

### Why
A member counts once. Most often a change of role was entered as a new row and the old row was left open.

### Example
A person is `member` since 2022-04-05 and, in a second row, `deputy` since 2022-06-01; the first row has no end.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    // Rows that outlive the team are another rule's.
    for (person, n) in view.people().filter(|&(_, n)| n > 1 && view.is_in_force()) {
        emit.finding(vec![("person", Param::Person(person)), ("n", Param::Count(n))]);
    }
}
