//! D004 `listed-without-team`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::DecisionView;

pub(crate) static RULE: Rule = Rule {
    code: "D004",
    name: "listed-without-team",
    title: Bilingual {
        vi: "Có trong danh sách kèm theo nhưng chưa có Tổ",
        en: "Listed in a decision without a team",
    },
    severity: Severity::Warning,
    policy: &[],
    params: &["n", "villages"],
    text: Bilingual {
        vi: "Danh sách kèm theo {decision} có {n} địa bàn mà hồ sơ chưa có Tổ lập theo quyết định này: {villages}.",
        en: "{decision} lists places for which the register has no team under it ({n}): {villages}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị bổ sung Tổ vào hồ sơ, hoặc đối chiếu lại danh sách kèm theo.",
        en: "Please enter the teams, or compare the attached list.",
    },
    doc: "\
### What it does
Finds decisions in force with units in their attached list to which no team belongs that names the decision, or one that has replaced it. Decisions that appoint, reconstitute or dissolve (`kind`) set up none.

### Why
The decision set up these teams. Until they are entered, the province counts too few.

### Example
Decision `d1` lists four villages, and three teams name it.
",
    check: Check::Decision(check),
};

/// Kinds of decisions that list teams and set none up.
const NOT_FOUNDING: &[&str] = &["appoint", "dissolve", "reconstitute"];

fn check(view: &DecisionView<'_>, emit: &mut Emit<'_>) {
    if NOT_FOUNDING.contains(&view.kind()) {
        return;
    }
    let mut villages = view.listed();
    villages.retain(|&line| !view.has_team(line));
    let day = view.decision().effective();
    if !villages.is_empty() && day <= view.context.as_of {
        let params = vec![("n", Param::Count(villages.len())), ("villages", Param::Units(villages))];
        emit.finding(params).span.from = day;
    }
}
