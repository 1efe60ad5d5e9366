//! M015 `head-of-two-teams`.

use crate::choice::Role;
use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::PersonView;

pub(crate) static RULE: Rule = Rule {
    code: "M015",
    name: "head-of-two-teams",
    title: Bilingual {
        vi: "Một người là Tổ trưởng của nhiều Tổ",
        en: "Head of two teams",
    },
    severity: Severity::Info,
    policy: &[Key::ExemptPositions],
    params: &["n", "teams"],
    text: Bilingual {
        vi: "{person} là Tổ trưởng của {n} Tổ công nghệ số cộng đồng cùng lúc {span}: {teams}.",
        en: "{person} {was} head of {n} community teams at once {span}: {teams}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị kiểm tra; nếu đúng thực tế, giữ nguyên, hoặc cử Tổ trưởng riêng cho từng Tổ khi kiện toàn.",
        en: "Please check; if it is right, leave it, or appoint a head for each team when they are reconstituted.",
    },
    doc: "\
### What it does
Finds people who head several community teams in force at once, not counting those for which they only act. People who hold one of the `exempt_positions`, or sit in a team by one, are left alone.

### Why
A head of two villages' teams is rare and mostly a slip. After villages merged it may be meant, until their teams merge too.

### Example
The village head of `11044-01` is head of the teams of `11044-01` and `11044-02`.
",
    check: Check::Person(check),
};

fn check(view: &PersonView<'_>, emit: &mut Emit<'_>) {
    if view.memberships().nth(1).is_none() {
        return;
    }
    let teams = view.teams(|row| row.role == Role::Head && !row.acting);
    let exempt = view.policy(Key::ExemptPositions);
    let words = exempt.map_or(&[][..], |(id, _)| view.context.words(id));
    if teams.len() > 1 && !view.holds(words) {
        let unit = view.context.common(teams.iter().map(|&team| view.context.place_of(team)));
        emit.finding(vec![("n", Param::Count(teams.len())), ("teams", Param::Teams(teams))]).unit = unit;
    }
}
