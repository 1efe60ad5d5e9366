//! M011 `organisation-not-represented`.

use crate::locale::Bilingual;
use crate::policy::Value;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "M011",
    name: "organisation-not-represented",
    title: Bilingual {
        vi: "Tổ chưa có thành viên thuộc tổ chức cần có",
        en: "An organisation is not represented",
    },
    severity: Severity::Info,
    policy: &[Key::Organisations],
    params: &["organisations"],
    text: Bilingual {
        vi: "{team} {lacks} thành viên thuộc tổ chức cần có trong Tổ {span}: {organisations}.",
        en: "{team} {lacks} member of a wanted organisation {span}: {organisations}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} bổ sung khi kiện toàn; có thể đề nghị tổ chức đó giới thiệu người.{optional}",
        en: "{issuer} should add somebody when the team is reconstituted; the organisation may propose whom.{optional}",
    },
    doc: "\
### What it does
Finds teams in force, not suspended and with members, in which no member belongs to one of the `organisations`, sits on its behalf, or holds a position of it.

### Why
The guidance recommends the Youth Union, whose members are the core of the teams.

### Example
No member has `youth_union` among the affiliations, and none is secretary of its branch.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    let Some((id, entry)) = view.policy_of_kind(Key::Organisations) else { return };
    if !view.is_active() || view.members.is_empty() {
        return;
    }
    let Value::Words(organisations) = &entry.value else { return };
    let organisations = organisations.iter().zip(view.context.words(id));
    let is_missing = |&(organisation, &word): &(&String, &_)| {
        !view.members().any(|member| view.belongs(member, (organisation, word)))
    };
    let missing: Vec<_> =
        organisations.filter(is_missing).map(|(organisation, _)| organisation.clone()).collect();
    if !missing.is_empty() {
        emit.finding(vec![("organisations", Param::Names(missing))]).basis = Some(id);
    }
}
