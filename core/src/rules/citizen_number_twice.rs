//! P005 `citizen-number-twice`.

use crate::facts::Person;
use crate::locale::Bilingual;
use crate::order::sort_by;
use crate::rule::{Check, Emit, Param, Rule, Severity, Subject};
use crate::view::SameView;

pub(crate) static RULE: Rule = Rule {
    code: "P005",
    name: "citizen-number-twice",
    title: Bilingual {
        vi: "Nhiều người chung một số định danh",
        en: "One citizen number of several people",
    },
    severity: Severity::Error,
    policy: &[],
    params: &["n", "people"],
    text: Bilingual {
        vi: "Có {n} người trong hồ sơ chung một số định danh cá nhân: {people}.",
        en: "{n} people in the register share one citizen number: {people}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị đối chiếu với căn cước; nếu là một người, giữ một định danh và chuyển các dòng liên quan; nếu là nhiều người, sửa số nhập nhầm.",
        en: "Compare the cards; if they are one person, keep one id and move the rows to it; if not, correct the number that was mistyped.",
    },
    doc: "\
### What it does
Finds people whose citizen numbers are the same digits. Numbers that are malformed count too; a text without a digit is no number.

### Why
A citizen number is one person's for life. Two people with one number are one person entered twice, or a number in the wrong row.

### Example
`p-1` and `p-2` have the same twelve digits.
",
    check: Check::Citizens(check),
};

fn check(view: &SameView<'_, Person>, emit: &mut Emit<'_>) {
    let mut people: Vec<_> =
        view.same.iter().filter_map(|row| Some((view.citizen_number(row.id)?, row.id))).collect();
    sort_by(&mut people, |a, b| a.0.cmp(&b.0).then_with(|| view.key(a.1).cmp(view.key(b.1))));
    for same in people.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        let ids: Vec<_> = same.iter().map(|&(_, id)| id).collect();
        if let Some(&first) = ids.first() {
            let unit = view.context.common(ids.iter().flat_map(|&id| view.context.communes(id)));
            let finding = emit.finding(vec![("n", Param::Count(ids.len())), ("people", Param::People(ids))]);
            (finding.subject, finding.unit) = (Subject::Person(first), unit);
        }
    }
}
