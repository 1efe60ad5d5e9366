//! M017 `member-before-decision`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "M017",
    name: "member-before-decision",
    title: Bilingual {
        vi: "Tham gia trước khi quyết định có hiệu lực",
        en: "Member before the appointing decision",
    },
    severity: Severity::Warning,
    policy: &[],
    params: &["person", "decision", "day"],
    text: Bilingual {
        vi: "{person} được ghi là thành viên {team} {span}, trước khi {decision} có hiệu lực (ngày {day}).",
        en: "{person} {was} listed in {team} {span}; {decision} is in force only from {day}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị kiểm tra ngày tham gia, hoặc quyết định đã ghi cho thành viên này.",
        en: "Please check the first day, or the decision entered for this member.",
    },
    doc: "\
### What it does
Finds members of teams in force on days before the `decision` of their membership is in force.

### Why
The decision is what made the person a member. An earlier day is mostly the day on which work began.

### Example
A member since 2022-04-01 by a decision in force since 2022-04-05.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    if !view.is_in_force() {
        return;
    }
    let (context, decisions) = (view.context, &view.context.facts().decisions);
    for member in view.members() {
        let Some(id) = member.decision.0.filter(|&id| decisions[id].signed <= context.as_of) else {
            continue;
        };
        let day = decisions[id].effective();
        // Who has two rows by one decision is spoken of once.
        let mut same = view.rows(member.person).filter(|other| other.decision.0 == Some(id));
        if view.day < day && same.next().is_some_and(|first| std::ptr::eq(first, member)) {
            let params = vec![
                ("person", Param::Person(member.person)),
                ("decision", Param::Decision(id)),
                ("day", Param::Day(day)),
            ];
            emit.finding(params);
        }
    }
}
