//! M001 `membership-outside-team`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "M001",
    name: "membership-outside-team",
    title: Bilingual { vi: "Thành viên ngoài thời gian hoạt động của Tổ", en: "Membership outside the life of its team" },
    severity: Severity::Error,
    policy: &[],
    params: &["person"],
    text: Bilingual {
        vi: "{person} được ghi là thành viên {team} {span}, ngoài thời gian hoạt động.",
        en: "{person} {was} listed in {team} {span}, when the team did not exist.",
    },
    remedy: Bilingual {
        vi: "Đề nghị đối chiếu với quyết định và sửa ngày tham gia, ngày thôi, hoặc thời gian hoạt động.",
        en: "Compare with the decision and correct the days of the member or of the team.",
    },
    doc: "\
### What it does
Finds days on which a membership holds and its team does not exist, one finding for each person and unbroken stretch.

### Why
The two facts contradict each other: nobody can sit in a team that is not there. Counts of members would be wrong either way.

### Example
A team ends on 2022-10-01, and one of its memberships has no end.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    if !view.is_in_force() {
        for (person, _) in view.people() {
            emit.finding(vec![("person", Param::Person(person))]);
        }
    }
}
