//! T002 `active-before-decision`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "T002",
    name: "active-before-decision",
    title: Bilingual { vi: "Tổ hoạt động trước khi quyết định có hiệu lực", en: "Team at work before its decision" },
    severity: Severity::Warning,
    policy: &[],
    params: &["decision", "day"],
    text: Bilingual {
        vi: "{team} hoạt động {span}, trước khi {decision} có hiệu lực ngày {day}.",
        en: "{team} {was} at work {span}; {decision} is in force only from {day}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} đối chiếu ngày bắt đầu hoạt động với quyết định; nếu Tổ đã hoạt động trước đó, ghi rõ căn cứ.",
        en: "{issuer} should compare the first day with the decision; if the team did start earlier, state the ground.",
    },
    doc: "\
### What it does
Finds days on which a team is in force and the decision that set it up is not yet (`in_force`, or else the day of signing). If its decision replaces another one, the first of them counts: a team that is reconstituted goes on.

### Why
Either a day is mistyped, or the team worked without a ground for that time.

### Example
A team begins on 2022-04-01, and its decision was signed on 2022-04-05.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    if let Some((id, decision)) = view.first_decision()
        && view.is_in_force()
        && view.day < decision.effective()
    {
        emit.finding(vec![("decision", Param::Decision(id)), ("day", Param::Day(decision.effective()))]);
    }
}
