//! O005 `due-on-expected-day`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::DutyView;

pub(crate) static RULE: Rule = Rule {
    code: "O005",
    name: "due-on-expected-day",
    title: Bilingual { vi: "Hạn tính theo lịch nghỉ chưa công bố", en: "Due on an expected calendar" },
    severity: Severity::Info,
    policy: &[],
    params: &["obligation", "period", "person", "day"],
    text: Bilingual {
        vi: "Hạn thực hiện nhiệm vụ \"{obligation}\"{in_period} của {debtor} là hết ngày {day}, tính theo lịch nghỉ dự kiến, do lịch nghỉ chính thức của năm chưa có trong bộ quy định.",
        en: "The duty \"{obligation}\"{in_period} of {debtor} is due by the end of {day}, by days off that have yet to be decided.",
    },
    remedy: Bilingual {
        vi: "Chưa cần xử lý; khi có lịch nghỉ chính thức, đề nghị bổ sung vào bộ quy định để tính lại hạn.",
        en: "Nothing to do yet; when the days off of the year are decided, add them to the policy and the day is worked out anew.",
    },
    doc: "\
### What it does
Finds duties left to do whose last good day rests on working days of a year that the policy has no row of `years` for.

### Why
Tết, the day beside 2 September and swapped days are decided a year at a time, and a term may move with them.

### Example
A report is due two working days after a cut-off in February 2031.
",
    check: Check::Duty(check),
};

fn check(view: &DutyView<'_>, emit: &mut Emit<'_>) {
    let duty = view.duty;
    if duty.is_left() && !duty.published {
        let mut params = view.params();
        params.push(("day", Param::Day(duty.last)));
        let finding = emit.finding(params);
        finding.span.from = duty.from.min(view.context.as_of);
        finding.basis = Some(view.basis());
        // There is nothing to mend.
        finding.raises = false;
    }
}
