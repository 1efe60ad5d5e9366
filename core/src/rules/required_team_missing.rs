//! U006 `required-team-missing`.

use crate::choice::{Level, TeamKind};
use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::UnitView;

pub(crate) static RULE: Rule = Rule {
    code: "U006",
    name: "required-team-missing",
    title: Bilingual {
        vi: "Đơn vị chưa có Tổ, Ban theo yêu cầu",
        en: "A wanted team is missing",
    },
    severity: Severity::Warning,
    policy: &[Key::WantedLevels, Key::WantedDays],
    params: &["kind"],
    text: Bilingual {
        vi: "{unit} {lacks} {kind} {span}.",
        en: "{unit} {lacks} {kind} {span}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị {issuer} thành lập, hoặc bổ sung vào hồ sơ nếu đã thành lập.",
        en: "{issuer} should set it up, or enter it if it exists.",
    },
    doc: "\
### What it does
Finds units of a level in `wanted_levels` that manage no team of that kind in force, once the unit and the wish for its level are older than `wanted_days`. Villages without a community team are `village-without-team`.

### Why
In Hải Dương every district had a steering team in May 2022, while a commune could have one. Which levels want one is for the policy to say.

### Example
A district without a steering team on 2022-07-01, under `hai-duong-2022`.
",
    check: Check::Unit(check),
};

fn check(view: &UnitView<'_>, emit: &mut Emit<'_>) {
    if !view.exists() {
        return;
    }
    for &kind in TeamKind::ALL {
        // Of the villages their commune is told.
        let is_told = kind == TeamKind::Community && view.level() == Level::Village;
        if is_told || view.manages(kind) {
            continue;
        }
        if let Some(id) = view.overdue(kind, view.line) {
            emit.finding(vec![("kind", Param::Kind(kind))]).basis = Some(id);
        }
    }
}
