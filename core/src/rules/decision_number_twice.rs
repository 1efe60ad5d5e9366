//! D003 `decision-number-twice`.

use crate::facts::Decision;
use crate::locale::Bilingual;
use crate::order::sort_by;
use crate::rule::{Check, Emit, Param, Rule, Severity, Subject};
use crate::view::SameView;
use chrono::Datelike;

pub(crate) static RULE: Rule = Rule {
    code: "D003",
    name: "decision-number-twice",
    title: Bilingual {
        vi: "Một số quyết định dùng hai lần",
        en: "One decision number twice",
    },
    severity: Severity::Warning,
    policy: &[],
    params: &["other"],
    text: Bilingual {
        vi: "{decision} ký ngày {signed} chung số, ký hiệu với quyết định ký ngày {other_signed} của cùng cơ quan, trong cùng một năm.",
        en: "{decision} of {signed} has the same number as another of the same body and year, of {other_signed}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị đối chiếu số, ký hiệu và ngày ký với bản đã ký.",
        en: "Compare numbers and days with the signed copies.",
    },
    doc: "\
### What it does
Finds decisions of one body signed in one year under one number (leading zeros, blanks, case and marks aside) on different days. Documents of the Party and the Youth Union are numbered over a term and left alone.

### Why
State documents are numbered anew each year. Two with one number are one document entered twice, or a mistyped number.

### Example
`12/QĐ-UBND` of 2022-04-05 and `12/QĐ-UBND` of 2022-05-06, both of the same commune.
",
    check: Check::Numbers(check),
};

fn check(view: &SameView<'_, Decision>, emit: &mut Emit<'_>) {
    let mut rows: Vec<_> = view.same.iter().map(|row| (row.id, view.number(row.id))).collect();
    let year = |id| view.decision(id).signed.date().map(|date| date.year());
    let key = |&(id, ref number): &(_, String)| (view.decision(id).body, year(id), number.clone());
    rows.retain(|&(id, _)| view.decision(id).signed <= view.context.as_of);
    sort_by(&mut rows, |a, b| {
        let order = |id| (view.decision(id).signed, view.key(id));
        key(a).cmp(&key(b)).then_with(|| order(a.0).cmp(&order(b.0)))
    });
    for same in rows.chunk_by(|a, b| key(a) == key(b)) {
        let Some((&(first, _), others)) = same.split_first() else { continue };
        for &(other, _) in others {
            let finding = emit.finding(vec![("other", Param::Decision(first))]);
            finding.subject = Subject::Decision(other);
            finding.unit = view.context.seat_of(view.decision(other).body);
        }
    }
}
