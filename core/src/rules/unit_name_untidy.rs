//! U002 `unit-name-untidy`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::text::tidy;
use crate::view::UnitView;
use std::borrow::Cow;

pub(crate) static RULE: Rule = Rule {
    code: "U002",
    name: "unit-name-untidy",
    title: Bilingual {
        vi: "Tên đơn vị chưa theo chuẩn",
        en: "Name of a unit out of form",
    },
    severity: Severity::Info,
    policy: &[],
    params: &["likely"],
    text: Bilingual {
        vi: "Tên của {unit} có khoảng trắng thừa hoặc ký tự chưa theo chuẩn; có thể là \"{likely}\".",
        en: "The name of {unit} has stray blanks or characters out of form; \"{likely}\" may be meant.",
    },
    remedy: Bilingual {
        vi: "Đề nghị ghi lại tên đơn vị theo danh mục hành chính.",
        en: "Please write the name as the list of units has it.",
    },
    doc: "\
### What it does
Finds units whose name is not in Unicode's composed form (NFC), or has blanks at its ends, several in a row, or others than the plain one.

### Why
Such a name looks right and is not found by other programs. Here it is found all the same; it should still be written once, in one way.

### Example
`Xã  Toàn Thắng` with two blanks.
",
    check: Check::Unit(check),
};

fn check(view: &UnitView<'_>, emit: &mut Emit<'_>) {
    let Some(unit) = view.unit() else { return };
    let name = view.text(unit.name);
    if let Cow::Owned(likely) = tidy(name) {
        emit.finding(vec![("likely", Param::Likely(likely))]);
    }
}
