//! O004 `obligation-binds-nobody`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::view::ObligationView;

pub(crate) static RULE: Rule = Rule {
    code: "O004",
    name: "obligation-binds-nobody",
    title: Bilingual { vi: "Nhiệm vụ định kỳ không có đối tượng thực hiện", en: "A recurring obligation that binds nobody" },
    severity: Severity::Warning,
    policy: &[],
    params: &["obligation", "scope", "day"],
    text: Bilingual {
        vi: "Tại {unit}, nhiệm vụ định kỳ \"{obligation}\"{row} đến nay chưa có đối tượng thực hiện (đơn vị, Tổ hoặc thành viên) ở kỳ nào.",
        en: "In {unit}, the recurring obligation \"{obligation}\"{row} has bound no unit, team or member in any period.",
    },
    remedy: Bilingual {
        vi: "Đề nghị cơ quan xây dựng bộ quy định kiểm tra cấp, loại đơn vị, loại Tổ và phạm vi; hoặc bổ sung Tổ, thành viên còn thiếu vào hồ sơ.",
        en: "Check the level, the kinds of units and teams and the scope that the policy names, or add the teams that the register lacks.",
    },
    doc: "\
### What it does
Finds obligations that come back, whose first period has begun, and that bind nobody in a province (a unit that stands under none) or below it. Of an obligation with a scope, only where that unit stands. Where several rows have its identifier, the finding names the row by its scope and first day, and a row is silent if others count in its place.

### Why
A slip in a level or a kind of unit silences a whole obligation, and then everybody seems to be in time.

### Example
Reports are asked of teams that districts manage, and all teams are managed by communes.
",
    check: Check::Obligation(check),
};

fn check(view: &ObligationView<'_>, emit: &mut Emit<'_>) {
    for at in view.binding_nobody() {
        let mut params = vec![("obligation", Param::Obligation(at))];
        params.extend(view.row(at));
        let finding = emit.finding(params);
        finding.basis = Some(view.basis(at));
        // Nobody breaks it.
        finding.raises = false;
    }
}
