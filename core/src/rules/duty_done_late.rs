//! O002 `duty-done-late`.

use crate::duty::State;
use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::DutyView;

pub(crate) static RULE: Rule = Rule {
    code: "O002",
    name: "duty-done-late",
    title: Bilingual { vi: "Nhiệm vụ hoàn thành quá hạn", en: "Duty done late" },
    severity: Severity::Info,
    policy: &[],
    params: &["obligation", "period", "person", "day", "done"],
    text: Bilingual {
        vi: "{debtor} hoàn thành nhiệm vụ \"{obligation}\"{in_period} vào ngày {done}, chậm {late} so với hạn (hết ngày {day}).",
        en: "{debtor} did the duty \"{obligation}\"{in_period} on {done}, {late} after the term (the end of {day}).",
    },
    remedy: Bilingual {
        vi: "Không cần xử lý thêm; đề nghị ghi lý do để cấp trên tổng hợp.",
        en: "Nothing more to do; please record the reason for the level above.",
    },
    doc: "\
### What it does
Finds duties that were done after their last good day, an extension counted.

### Why
A province that sums up a campaign names who was late and why.

### Example
The last village of a district had its team on 2022-05-04; all were to have one before 2022-04-30.
",
    check: Check::Duty(check),
};

fn check(view: &DutyView<'_>, emit: &mut Emit<'_>) {
    let duty = view.duty;
    if let Some(done) = duty.done.filter(|_| duty.state == State::DoneLate) {
        let mut params = view.params();
        params.extend([("day", Param::Day(duty.last)), ("done", Param::Day(done))]);
        let finding = emit.finding(params);
        finding.span.from = done;
        finding.basis = Some(view.basis());
        // There is nothing left to mend.
        finding.raises = false;
    }
}
