//! T013 `decision-superseded`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "T013",
    name: "decision-superseded",
    title: Bilingual {
        vi: "Quyết định của Tổ đã được thay thế", en: "The team's decision was superseded"
    },
    severity: Severity::Warning,
    policy: &[],
    params: &["decision", "by", "day"],
    text: Bilingual {
        vi: "{team} vẫn được ghi theo {decision} {until}; quyết định này đã được {by} thay thế hoặc bãi bỏ từ ngày {day}.",
        en: "{team} {was} listed under {decision} {until}; {by} replaced or annulled it on {day}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị cập nhật quyết định của Tổ; nếu Tổ không có trong quyết định mới, ghi ngày kết thúc hoạt động.",
        en: "Please enter the new decision; if the team is not in it, give the team an end.",
    },
    doc: "\
### What it does
Finds teams in force whose decision was replaced or annulled by another that is in force.

### Why
Support money and lists of members rest on the decision that holds now.

### Example
The team names the decision of 2022; one of 2023 `replaces` it.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    if view.is_in_force()
        && let Some((id, _)) = view.decision()
        && let Some((day, by)) = view.superseding(id)
    {
        let params =
            vec![("decision", Param::Decision(id)), ("by", Param::Decision(by)), ("day", Param::Day(day))];
        emit.finding(params);
    }
}
