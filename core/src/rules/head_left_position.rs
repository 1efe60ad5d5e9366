//! M003 `head-left-position`.

use crate::choice::Role;
use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::PersonView;

pub(crate) static RULE: Rule = Rule {
    code: "M003",
    name: "head-left-position",
    title: Bilingual { vi: "Tổ trưởng đã thôi chức vụ", en: "The head has left the position" },
    severity: Severity::Warning,
    policy: &[],
    params: &["team", "position", "day"],
    text: Bilingual {
        vi: "{person} thôi giữ chức vụ {position} từ ngày {day} nhưng vẫn được ghi là {head} {team} {until}.",
        en: "{person} left the position of {position} on {day} but {was} listed as {head} of {team} {until}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} kiện toàn Tổ, hoặc có văn bản giao người hiện tại tiếp tục phụ trách.",
        en: "{issuer} should reconstitute the team, or confirm in writing that the present head stays in charge.",
    },
    doc: "\
### What it does
Finds heads of teams in force who sit in the team by a position (`position` of the membership) that they held and hold no longer. A position in the territory of the team counts before one elsewhere.

### Why
A village head who leaves office often stays head of the team on paper, while the work has gone to someone else.

### Example
The head sits as `village_head`; that position ended on 2022-08-01 and the membership has no end.
",
    check: Check::Person(check),
};

fn check(view: &PersonView<'_>, emit: &mut Emit<'_>) {
    let heads = || view.memberships().filter(|membership| membership.role == Role::Head);
    for (position, membership) in heads().enumerate() {
        let (team, Some(kind)) = (membership.team, membership.position) else { continue };
        if view.positions(kind, team).any(|position| position.span().contains(view.day)) {
            continue;
        }
        // Who heads a team twice is spoken of once.
        if heads().take(position).any(|other| other.team == team && other.position == Some(kind)) {
            continue;
        }
        if let Some(day) = view.positions(kind, team).map(|position| position.span().to).max() {
            let params =
                vec![("team", Param::Team(team)), ("position", Param::Word(kind)), ("day", Param::Day(day))];
            emit.finding(params).unit = Some(view.context.place_of(team));
        }
    }
}
