//! O001 `duty-overdue`.

use crate::duty::State;
use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::DutyView;

pub(crate) static RULE: Rule = Rule {
    code: "O001",
    name: "duty-overdue",
    title: Bilingual {
        vi: "Nhiệm vụ quá hạn, chưa hoàn thành",
        en: "Duty overdue",
    },
    severity: Severity::Warning,
    policy: &[],
    params: &["obligation", "period", "person", "day"],
    text: Bilingual {
        vi: "{debtor} chưa hoàn thành nhiệm vụ \"{obligation}\"{in_period}, hạn đến hết ngày {day}, đã quá hạn {late}.",
        en: "{debtor} has not done the duty \"{obligation}\"{in_period}, due by the end of {day}, overdue by {late}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} hoàn thành; nếu có lý do khách quan, đề nghị cấp trên gia hạn và ghi rõ văn bản.",
        en: "{issuer} should do it; with good reason the level above may extend the term and name the document.",
    },
    doc: "\
### What it does
Finds duties that are past their last good day, an extension counted, and neither done nor excused. `day` is the last good day: \"trước ngày 30/4/2022\" means that it is 29/4/2022.

### Why
What is late is seen by who has to act, and nobody else has to count.

### Example
A district has a village without a team on 2022-05-17; all were to have one before 2022-04-30.
",
    check: Check::Duty(check),
};

fn check(view: &DutyView<'_>, emit: &mut Emit<'_>) {
    let duty = view.duty;
    if duty.state == State::Overdue {
        let mut params = view.params();
        params.push(("day", Param::Day(duty.last)));
        emit.finding(params).basis = Some(view.basis());
    }
}
