//! T007 `parent-not-above`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "T007",
    name: "parent-not-above",
    title: Bilingual {
        vi: "Tổ cấp trên không ở cấp trên",
        en: "The team above is not above",
    },
    severity: Severity::Warning,
    policy: &[],
    params: &["parent"],
    text: Bilingual {
        vi: "{team} được ghi trực thuộc {parent} {span}, nhưng Tổ hoặc Ban đó không thuộc cùng đơn vị hay đơn vị cấp trên.",
        en: "{team} {was} listed {span} under {parent}, which belongs neither to the same unit nor to one above it.",
    },
    remedy: Bilingual {
        vi: "Đề nghị kiểm tra lại; nếu để trống, Tổ cấp trên là Tổ Chỉ đạo gần nhất.",
        en: "Please check it; if it is left out, the nearest steering team above is meant.",
    },
    doc: "\
### What it does
Finds teams in force whose stated `parent` or `committee` is in force and belongs to a unit that is neither the team's own nor above it.

### Why
Reports and petitions go up by this link. One that leads sideways sends them to the wrong place.

### Example
A team of one commune names the steering team of the commune next to it.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    if !view.is_in_force() {
        return;
    }
    let (context, team) = (view.context, view.team());
    let committee = team.committee.0.filter(|&committee| team.parent.0 != Some(committee));
    for above in [team.parent.0, committee].into_iter().flatten() {
        let place = context.place_of(above);
        if !view.path.contains(&place) && context.facts().teams[above].span().contains(view.day) {
            emit.finding(vec![("parent", Param::Team(above))]);
        }
    }
}
