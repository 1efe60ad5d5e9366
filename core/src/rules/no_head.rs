//! T005 `no-head`.

use crate::choice::Role;
use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "T005",
    name: "no-head",
    title: Bilingual { vi: "Tổ chưa có Tổ trưởng", en: "Team without a head" },
    severity: Severity::Warning,
    policy: &[Key::HeadGraceDays],
    params: &[],
    text: Bilingual {
        vi: "{team} {lacks} {head} {span}.",
        en: "{team} {lacks} head {span}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} cử {head}; trong thời gian chờ, giao một người phụ trách.",
        en: "{issuer} should appoint a head; meanwhile put someone in charge.",
    },
    doc: "\
### What it does
Finds teams that are in force and not suspended and have neither a head nor anybody acting, for more days in a row than `head_grace_days` of the policy.

### Why
Without a head nobody answers for the team. Some days between two heads are normal; how many is a default of this library that a province sets for itself.

### Example
The head left on 2022-06-01, and no other was entered by 2022-08-01.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    if view.members().any(|member| member.role == Role::Head || member.acting) || !view.is_in_force() {
        return;
    }
    let Some((id, entry)) = view.policy(Key::HeadGraceDays) else { return };
    if !view.is_suspended() {
        let finding = emit.finding(vec![]);
        finding.longer_than = i64::from(entry.count());
        finding.basis = Some(id);
    }
}
