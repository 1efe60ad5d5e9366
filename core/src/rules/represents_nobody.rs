//! M016 `represents-nobody`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "M016",
    name: "represents-nobody",
    title: Bilingual {
        vi: "Thành viên chưa ghi đại diện cơ quan nào",
        en: "Member represents nobody",
    },
    severity: Severity::Info,
    policy: &[Key::Represents],
    params: &["person"],
    text: Bilingual {
        vi: "{person} là thành viên {team} {span} nhưng chưa ghi chức vụ, cũng chưa ghi cơ quan, tổ chức còn hoạt động mà người này đại diện.",
        en: "{person}, a member of {team}, {was} entered {span} with neither a position nor an existing body to represent.",
    },
    remedy: Bilingual {
        vi: "Đề nghị bổ sung chức vụ hoặc cơ quan, tổ chức cử người tham gia.",
        en: "Please add the position, or the body that sent the person.",
    },
    doc: "\
### What it does
Finds members of teams in force whose kind wants `represents`, with neither `position` nor `on_behalf_of`, or on behalf of a body that does not exist on the day, who hold no position of `positions` either.

### Why
A steering team brings agencies together. Who speaks for none cannot be asked for what it has to do, and when a Department is merged its members speak for a body that is gone.

### Example
A member of the district's steering team sits on behalf of a Division that ended on 2025-07-01.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    let Some((id, _)) = view.policy_of_kind(Key::Represents).filter(|_| view.is_in_force()) else { return };
    for (person, _) in view.people() {
        let has_position = view.positions(person).next().is_some();
        if !has_position
            && !view.rows(person).any(|member| member.position.is_some() || view.body(member).is_some())
        {
            emit.finding(vec![("person", Param::Person(person))]).basis = Some(id);
        }
    }
}
