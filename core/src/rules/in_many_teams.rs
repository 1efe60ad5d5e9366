//! M014 `in-many-teams`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::PersonView;

pub(crate) static RULE: Rule = Rule {
    code: "M014",
    name: "in-many-teams",
    title: Bilingual {
        vi: "Một người tham gia nhiều Tổ",
        en: "One person in many teams",
    },
    severity: Severity::Info,
    policy: &[Key::TeamsPerPerson, Key::ExemptPositions],
    params: &["n", "teams"],
    text: Bilingual {
        vi: "{person} tham gia {n} Tổ công nghệ số cộng đồng cùng lúc {span}: {teams}.",
        en: "{person} {was} in {n} community teams at once {span}: {teams}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị kiểm tra xem có phải một người; nếu đúng thực tế, giữ nguyên.{optional}",
        en: "Please check whether it is one person; if it is right, leave it.{optional}",
    },
    doc: "\
### What it does
Finds people in more community teams in force at once than `teams_per_person`, as asked in the lowest unit that holds all teams that the person is or was in. People who hold one of the `exempt_positions`, or sit in a team by one, are left alone.

### Why
A member works where he or she lives. Several teams are most often two people of one name, or a move whose old row has no end. An official of the commune may sit in the teams of several villages.

### Example
A teacher is in the teams of three villages.
",
    check: Check::Person(check),
};

fn check(view: &PersonView<'_>, emit: &mut Emit<'_>) {
    if view.memberships().nth(1).is_none() {
        return;
    }
    let Some((id, entry)) = view.policy(Key::TeamsPerPerson) else { return };
    let teams = view.teams(|_| true);
    let exempt = view.policy(Key::ExemptPositions).map_or(&[][..], |(id, _)| view.context.words(id));
    if teams.len() > entry.count() as usize && !view.holds(exempt) {
        let unit = view.context.common(teams.iter().map(|&team| view.context.place_of(team)));
        let finding = emit.finding(vec![("n", Param::Count(teams.len())), ("teams", Param::Teams(teams))]);
        (finding.unit, finding.basis) = (unit, Some(id));
    }
}
