//! T012 `decision-by-other-body`.

use crate::locale::Bilingual;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::setting::Key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "T012",
    name: "decision-by-other-body",
    title: Bilingual {
        vi: "Cơ quan ban hành khác thường",
        en: "Decision of an unusual body",
    },
    severity: Severity::Warning,
    policy: &[Key::Issuers, Key::IssuerLevels],
    params: &["decision", "body"],
    text: Bilingual {
        vi: "{decision} về {team} do {body} ban hành; thường do cơ quan khác ban hành.",
        en: "{decision} on {team} was issued by {body}; usually another body issues it.",
    },
    remedy: Bilingual {
        vi: "Đề nghị đối chiếu cơ quan ban hành với bản đã ký; nếu đúng, không cần xử lý thêm.",
        en: "Compare the issuing body with the signed copy; if it is right, nothing more is to be done.",
    },
    doc: "\
### What it does
Finds teams in force whose decision was issued by a body of a kind that is not among the `issuers` of such teams, or, where the body's unit is known, of a level that is not among the `issuer_levels`, or that is neither the team's unit nor above it; all as it was on the day on which the decision came into force, so that a reform of units changes nothing. Where no `issuers` were asked then, nothing is said. The People's Committee and its chairperson share the symbol QĐ-UBND, so both are entered as the Committee.

### Why
The guidance has the chairperson of the commune decide on its teams. The Youth Union proposes members and never sets up a team.

### Example
A team's decision was issued by the `youth_union` of the commune.
",
    check: Check::Team(check),
};

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    let Some((id, decision)) = view.decision().filter(|_| view.is_in_force()) else { return };
    let context = view.context;
    // What was usual, and whose unit it was, when the decision came into force.
    let (place, day) = (view.place(), decision.effective().min(context.as_of));
    let profile = context.profile(Some(place), day);
    let Some((entry, _)) = view.policy_then(&profile, Key::Issuers) else { return };
    let body = &context.facts().bodies[decision.body];
    let seat = context.seat_of(decision.body);
    let is_near = seat.is_none_or(|seat| context.is_below(place, &[seat], day));
    let is_usual = context.words(entry).contains(&Some(body.kind)) && is_near;
    let level = seat.map(|seat| context.inner().level(seat));
    let asked = level.zip(view.policy_then(&profile, Key::IssuerLevels));
    let departs =
        asked.filter(|(level, (_, levels))| !levels.has_level(*level)).map(|(_, (levels, _))| levels);
    if !is_usual || departs.is_some() {
        let params = vec![("decision", Param::Decision(id)), ("body", Param::Body(decision.body))];
        emit.finding(params).basis = departs.filter(|_| is_usual).or(Some(entry));
    }
}
