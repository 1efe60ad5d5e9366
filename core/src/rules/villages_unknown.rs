//! U005 `villages-unknown`.

use crate::choice::Level;
use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Rule, Severity};
use crate::view::UnitView;

pub(crate) static RULE: Rule = Rule {
    code: "U005",
    name: "villages-unknown",
    title: Bilingual {
        vi: "Chưa có danh sách thôn, khu dân cư",
        en: "Villages not known",
    },
    severity: Severity::Info,
    policy: &[],
    params: &[],
    text: Bilingual {
        vi: "Hồ sơ {lacks} thôn, khu dân cư nào của {unit} {span}.",
        en: "The register {lacks} village of {unit} {span}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị bổ sung danh sách thôn, khu dân cư; khi chưa có, chưa tính được tỷ lệ bao phủ.",
        en: "Please add its villages; without them the coverage is not known.",
    },
    doc: "\
### What it does
Finds communes that exist and have no village in the register.

### Why
Whether every village has a team can only be said where the villages are known. A commune without villages would look complete.

### Example
A commune is entered with its teams, but without its villages.
",
    check: Check::Unit(check),
};

fn check(view: &UnitView<'_>, emit: &mut Emit<'_>) {
    if view.level() == Level::Commune && view.exists() && view.villages().next().is_none() {
        emit.finding(vec![]);
    }
}
