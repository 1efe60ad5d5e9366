//! T001 `team-without-decision`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "T001",
    name: "team-without-decision",
    title: Bilingual { vi: "Tổ chưa có quyết định thành lập", en: "Team without a decision" },
    severity: Severity::Warning,
    policy: &[Key::DecisionWanted],
    params: &[],
    text: Bilingual {
        vi: "{team} hoạt động nhưng hồ sơ chưa có quyết định thành lập, tính {span}.",
        en: "{team} {was} at work, but the register holds no decision that set it up, counted {span}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} bổ sung số, ký hiệu, ngày ký; nếu chưa ban hành, đề nghị ban hành quyết định.",
        en: "{issuer} should add number and day of signing, or issue the decision.",
    },
    doc: "\
### What it does
Finds teams in force that name no decision, or one that is not signed by the day asked. Days count from when the policy wants a decision.

### Why
The guidance has the chairperson of the commune issue a decision for its teams. Support money and lists of members rest on it. For steering teams and committees it is practice.

### Example
A community team exists since 2022-04-05 and its `decision` is left out.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    if view.is_in_force()
        && view.decision().is_none()
        && let Some((id, _)) = view.policy_of_kind(Key::DecisionWanted)
    {
        emit.finding(vec![]).basis = Some(id);
    }
}
