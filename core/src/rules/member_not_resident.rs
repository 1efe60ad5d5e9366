//! M013 `member-not-resident`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "M013",
    name: "member-not-resident",
    title: Bilingual {
        vi: "Thành viên cư trú ngoài địa bàn",
        en: "Member lives elsewhere",
    },
    severity: Severity::Info,
    policy: &[Key::Resident, Key::ExemptPositions],
    params: &["person"],
    text: Bilingual {
        vi: "{person} là thành viên {team} nhưng cư trú ngoài địa bàn phụ trách {span}.",
        en: "{person}, a member of {team}, {was} resident outside its territory {span}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị xác nhận nơi cư trú; nếu đúng thực tế và Tổ vẫn hoạt động tốt, giữ nguyên.{optional}",
        en: "Please confirm the residence; if it is right and the work goes on, leave it.{optional}",
    },
    doc: "\
### What it does
Finds members of teams in force where `resident` is wanted, whose residence on the day is known and lies neither in a village that the team serves nor, where none is given, in its unit. A residence that is only known by its commune, or a larger unit, is near enough. One in a unit that has ended lies in the unit that all of it went into; where no succession tells that, nothing is said. People who hold one of the `exempt_positions`, or sit in the team by one, are left alone, and so are those whose residence is not known.

### Why
The teams are local people. An official whom the commune assigns to a village may well live elsewhere.

### Example
A member of the team of `11044-01` lives in `11047-02`.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    let Some((id, _)) = view.policy_of_kind(Key::Resident).filter(|_| view.is_in_force()) else { return };
    let exempt = view.policy(Key::ExemptPositions).map_or(&[][..], |(id, _)| view.context.words(id));
    for (person, _) in view.people() {
        if view.lives_elsewhere(person) && !view.rows(person).any(|member| view.holds(member, exempt)) {
            emit.finding(vec![("person", Param::Person(person))]).basis = Some(id);
        }
    }
}
