//! T015 `members-differ-from-declared`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "T015",
    name: "members-differ-from-declared",
    title: Bilingual {
        vi: "Số thành viên khác số báo cáo",
        en: "Listed and declared members differ",
    },
    severity: Severity::Warning,
    policy: &[Key::DeclaredDays],
    params: &["listed", "declared"],
    text: Bilingual {
        vi: "{team} có {listed} thành viên trong danh sách {span}, khác số do địa phương báo là {declared}.",
        en: "The number of listed members of {team} {was} {listed} {span}, and the declared number {declared}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị rà soát danh sách thành viên hoặc cập nhật số do địa phương báo.",
        en: "Please review the list, or declare the number anew.",
    },
    doc: "\
### What it does
Finds teams in force with a declared number of members (`declarations`) that differs from the number of people listed, for more days in a row than `declared_days`; the days go on when the numbers change and still differ.

### Why
The totals of a province come from both. Where they differ for weeks, the list or the decision is out of date.

### Example
The decision states 5 members since 2022-04-05, and 4 people are listed on 2022-06-01.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    let Some(declared) = view.declared().filter(|_| view.is_in_force()) else { return };
    let listed = view.people().count();
    if listed != declared
        && let Some((id, entry)) = view.policy(Key::DeclaredDays)
    {
        let finding =
            emit.finding(vec![("listed", Param::Count(listed)), ("declared", Param::Count(declared))]);
        finding.longer_than = i64::from(entry.count());
        finding.runs_on = true;
        finding.basis = Some(id);
    }
}
