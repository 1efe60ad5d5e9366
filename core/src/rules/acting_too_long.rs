//! M004 `acting-too-long`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "M004",
    name: "acting-too-long",
    title: Bilingual { vi: "Giao quyền, phụ trách kéo dài", en: "Acting for too long" },
    severity: Severity::Warning,
    policy: &[Key::ActingDays],
    params: &["person"],
    text: Bilingual {
        vi: "{person} được giao quyền hoặc phụ trách tại {team} {span}, vượt mức {limit} ngày.",
        en: "{person} {was} acting in {team} {span}, more than {limit} days.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} cử người chính thức, hoặc ghi rõ lý do kéo dài.{optional}",
        en: "{issuer} should appoint someone for good, or note why it takes longer.{optional}",
    },
    doc: "\
### What it does
Finds memberships in teams in force that are acting (quyền, phụ trách) for more days in a row than `acting_days` of the policy, also over several rows of the same person.

### Why
Acting is meant for the time until someone is appointed. No text was found that limits it for these teams: the limit is a default, and a province sets its own.

### Example
A deputy is in charge since 2022-05-01; on 2022-07-15 that is 76 days.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    let Some((id, entry)) = view.policy(Key::ActingDays) else { return };
    let mut last = None;
    for member in view.members().filter(|member| member.acting && view.is_in_force()) {
        if last.replace(member.person) == Some(member.person) {
            continue;
        }
        let finding = emit.finding(vec![("person", Param::Person(member.person))]);
        finding.longer_than = i64::from(entry.count());
        finding.basis = Some(id);
    }
}
