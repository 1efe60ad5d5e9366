//! M005 `head-without-wanted-position`.

use crate::choice::Role;
use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "M005",
    name: "head-without-wanted-position",
    title: Bilingual {
        vi: "Tổ trưởng không giữ chức vụ thường được chọn",
        en: "Head without a usual position",
    },
    severity: Severity::Info,
    policy: &[Key::HeadPositions],
    params: &["person", "positions"],
    text: Bilingual {
        vi: "{person} là {head} {team} nhưng không giữ chức vụ thường được chọn ({positions}) {span}.",
        en: "{person}, head of {team}, {had} none of the usual positions ({positions}) {span}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị kiểm tra chức vụ đã ghi; nếu đúng thực tế, giữ nguyên.{optional}",
        en: "Please check the position entered; if it is right, leave it.{optional}",
    },
    doc: "\
### What it does
Finds heads of teams in force who neither sit by one of the `head_positions` nor hold one on the day. People who only act are left alone.

### Why
Where it is usual that a certain office heads or deputises, another one is often a slip, or a change that was not entered. Places differ: in Huế the secretary of the Party cell heads the team.

### Example
The head is a `teacher`; in this district village heads lead the teams.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    if !view.is_in_force() {
        return;
    }
    let Some((id, entry)) = view.policy_of_kind(Key::HeadPositions) else { return };
    for person in view.without_position(|role| role == Role::Head, view.context.words(id)) {
        let params = vec![("person", Param::Person(person)), ("positions", Param::Names(entry.words()))];
        emit.finding(params).basis = Some(id);
    }
}
