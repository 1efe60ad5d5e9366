//! U004 `unit-kind-unusual`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::UnitView;

pub(crate) static RULE: Rule = Rule {
    code: "U004",
    name: "unit-kind-unusual",
    title: Bilingual {
        vi: "Loại đơn vị không có ở cấp này",
        en: "Kind of unit that its level does not have",
    },
    severity: Severity::Warning,
    policy: &[Key::UnitKinds],
    params: &["kind"],
    text: Bilingual {
        vi: "{unit} được ghi là {kind} {span}; {level} không có loại đơn vị này.",
        en: "{unit} {was} entered as {kind} {span}, outside the kinds of its level ({level}).",
    },
    remedy: Bilingual {
        vi: "Đề nghị kiểm tra loại đơn vị, cấp, và ngày bắt đầu, kết thúc của đơn vị.",
        en: "Please check the unit's kind and level, and its first and last day.",
    },
    doc: "\
### What it does
Finds units of a kind that is not among the `unit_kinds` of their level.

### Why
The law lists the kinds of units of each level and has changed: there is no thị trấn and no unit of the district level since 1 July 2025, and no đặc khu before it.

### Example
A `thi-tran` of the commune level without an end, looked at on 2025-08-01.
",
    check: Check::Unit(check),
};

fn check(view: &UnitView<'_>, emit: &mut Emit<'_>) {
    if let Some(unit) = view.unit()
        && let Some((id, _)) = view.policy_of_level(Key::UnitKinds)
        && !view.context.words(id).contains(&Some(unit.kind))
    {
        emit.finding(vec![("kind", Param::Word(unit.kind))]).basis = Some(id);
    }
}
