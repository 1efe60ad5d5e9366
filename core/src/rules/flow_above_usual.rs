//! R006 `flow-above-usual`.

use crate::locale::Bilingual;
use crate::order::sort_few;
use crate::review::ReportView;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;

pub(crate) static RULE: Rule = Rule {
    code: "R006",
    name: "flow-above-usual",
    title: Bilingual { vi: "Số phát sinh cao hơn nhiều so với các kỳ trước", en: "A flow is far above the usual" },
    severity: Severity::Warning,
    policy: &[Key::MaxFlowTimesMedian],
    params: &["form", "period", "kind", "indicators", "value", "most"],
    text: Bilingual {
        vi: "{report} có \"{indicators}\" phát sinh trong kỳ là {value}, gấp hơn {most} lần số trung vị của các kỳ liền trước.",
        en: "{report} has {value} for \"{indicators}\" in the period, more than {most} times the median of the latest periods.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {sender} đối chiếu với sổ theo dõi, danh sách, số liệu gốc và đính chính{confirm}.",
        en: "{sender} should compare the figures with the records and correct them{confirm}.",
    },
    doc: "\
### What it does
Finds flows of a period above `max_flow_times_median` times the median of the six periods before. At least three reports of them have to have the figure, and nothing is said where the median is not above 0, nor of a figure that an earlier version of the form counted in another way. Of a figure to date the flow is its difference from the period before.

### Why
A figure to date entered as that of the month, or a nought too many, looks like a good month.

### Example
12, 9, 15, 11, 10 and 13 people guided, and then 130.
",
    check: Check::Report(check),
};

fn check(view: &ReportView<'_>, emit: &mut Emit<'_>) {
    let Some((basis, entry)) = view.policy(Key::MaxFlowTimesMedian) else { return };
    let (six, count) = view.review.last_six(view.row);
    let earlier = six.get(..count).unwrap_or_default();
    if count < LEAST {
        return;
    }
    let most = i64::from(entry.count());
    for (at, _) in view.indicators() {
        let Some(flow) = view.flow(at).filter(|&flow| flow > 0) else { continue };
        let (mut flows, mut count, mut low) = ([0; 6], 0, 0);
        for own in earlier.iter().filter_map(|&row| view.review.flow(at, row)) {
            if let Some(slot) = flows.get_mut(count) {
                *slot = own;
            }
            count += 1;
            low += usize::from(own * most < flow);
        }
        // Above so many times the median it is above so many times the lower half.
        if count < LEAST || low * 2 < count {
            continue;
        }
        let flows = flows.get_mut(..count).unwrap_or_default();
        sort_few(flows);
        // The two in the middle, which are one where their number is odd.
        let middle = [(count - 1) / 2, count / 2].map(|at| flows.get(at).copied().unwrap_or(0));
        let twice = middle.iter().sum::<i64>();
        if twice > 0 && flow * 2 > twice * most {
            let mut params = view.params_of(vec![at]);
            let Ok(value) = i32::try_from(flow) else { continue };
            params.extend([
                ("value", Param::Amount(value.into())),
                ("most", Param::Count(entry.count() as usize)),
            ]);
            let finding = emit.finding(params);
            (finding.basis, finding.raises) = (Some(basis), false);
        }
    }
}

/// How many of the reports before have to have the figure.
const LEAST: usize = 3;
