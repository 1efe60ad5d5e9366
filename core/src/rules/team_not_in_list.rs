//! T014 `team-not-in-list`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::{TeamView, belongs_to};

pub(crate) static RULE: Rule = Rule {
    code: "T014",
    name: "team-not-in-list",
    title: Bilingual {
        vi: "Tổ không có trong danh sách kèm theo quyết định",
        en: "The team is not in its decision's list",
    },
    severity: Severity::Warning,
    policy: &[],
    params: &["decision"],
    text: Bilingual {
        vi: "{decision} có danh sách kèm theo, nhưng danh sách không nêu địa bàn của {team}.",
        en: "{decision} has an attached list that does not name the place of {team}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị đối chiếu danh sách kèm theo với bản đã ký, hoặc kiểm tra quyết định đã ghi cho Tổ.",
        en: "Compare the list with the signed copy, or check which decision the team rests on.",
    },
    doc: "\
### What it does
Finds teams in force that name a decision with an attached list in which neither their unit nor a village that they serve stands.

### Why
One decision of a commune may set up the teams of all its villages, one line each. A team that is not among them was entered with the wrong decision or territory.

### Example
Decision `d1` lists `11044-01` and `11044-02`; the team of `11044-03` names it.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    if let Some((id, decision)) = view.decision().filter(|_| view.is_in_force())
        && !decision.attached_list.is_empty()
    {
        let (context, list, team) = (view.context, decision.attached_list, view.team());
        let (facts, inner) = (context.facts(), context.inner());
        // Nearly always the list has the very unit.
        let is_there = facts.ids(team.covers).any(|unit| facts.has(list, unit))
            || facts.has(list, team.unit)
            || facts.ids(list).any(|unit| belongs_to(context, view.id, inner.line_of[unit]));
        if !is_there {
            emit.finding(vec![("decision", Param::Decision(id))]);
        }
    }
}
