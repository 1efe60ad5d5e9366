//! M012 `no-young-member`.

use crate::facts::Membership;
use crate::labels::YOUTH_UNION;
use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "M012",
    name: "no-young-member",
    title: Bilingual {
        vi: "Tổ chưa có đoàn viên, thanh niên",
        en: "No young member",
    },
    severity: Severity::Info,
    policy: &[Key::YoungAge],
    params: &[],
    text: Bilingual {
        vi: "{team} {lacks} thành viên là đoàn viên, thanh niên {span}.",
        en: "{team} {lacks} young member or Youth Union member {span}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} bổ sung khi kiện toàn; có thể đề nghị tổ chức Đoàn giới thiệu.{optional}",
        en: "{issuer} should add somebody when the team is reconstituted; the Youth Union may propose whom.{optional}",
    },
    doc: "\
### What it does
Finds teams in force, not suspended and with members, in which the birth day of every member is known, none is of at most `young_age` years, and none is of the Youth Union (`youth_union`).

### Why
Young people are the core force of the teams. A birth day that is not known says nothing, so such a team is left alone.

### Example
The youngest of five members turned 31 on 2022-06-01.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    let Some((id, entry)) = view.policy_of_kind(Key::YoungAge) else { return };
    if !view.is_active() || view.members.is_empty() {
        return;
    }
    let people = &view.context.facts().people;
    let union = (YOUTH_UNION, view.context.youth_union);
    let may_be_young = |member: &Membership| {
        people[member.person].born.is_none()
            || view.is_at_most(member.person, entry.days())
            || view.belongs(member, union)
    };
    if !view.members().any(may_be_young) {
        emit.finding(vec![]).basis = Some(id);
    }
}
