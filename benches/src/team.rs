//! Teams: a steering team with its people, and the community teams of a commune, each set up by a decision of that day.

use chrono::NaiveDate;

use crate::agencies::agency_rows;
use crate::doc::Doc;
use crate::names::Names;
use crate::seat::{Seat, Stay, Table, sit};
use crate::territory::{
    Decision, Village, committee_id, community_name, decision_number, steering_name, village_row,
};
use crate::units::{Unit, in_sentence};

/// Decides on a unit's steering team and writes both rows; gives the team's id.
pub(crate) fn steering_row(doc: &mut Doc, unit: &Unit, parent: Option<&str>, decision: &Decision) -> String {
    let id = format!("tcd-{}", unit.code);
    decision.write(doc);
    doc.teams()
        .text("id", &id)
        .text("name", &steering_name(unit.name))
        .text("kind", "steering")
        .text("unit", unit.code)
        .text_if("parent", parent)
        .text("decision", &decision.id)
        .day("from", decision.signed);
    id
}

/// A steering team of a unit with its people; gives the team's id.
pub(crate) fn steering(
    doc: &mut Doc,
    names: &mut Names,
    unit: &Unit,
    seats: &[Seat],
    parent: Option<&str>,
    from: NaiveDate,
) -> String {
    let subject = format!("thành lập {}", steering_name(unit.name));
    let decision = Decision::of(unit.code, decision_number(unit.code), from, subject);
    let team = steering_row(doc, unit, parent, &decision);
    let stem = format!("{}-cd", unit.code);
    let body = committee_id(unit.code);
    agency_rows(doc, unit, seats.iter());
    let code = unit.code;
    let table = Table { team: &team, stem: &stem, body: &body, unit: code, commune: code, home: code, from };
    names.next_place();
    for (seat, number) in seats.iter().zip(1..) {
        sit(doc, names, seat, &table, number, Stay::default());
    }
    team
}

/// The villages of a commune, the one decision on their teams, and a team for each; `seats` fills it.
pub(crate) fn community(
    doc: &mut Doc,
    commune: &Unit,
    villages: &[Village],
    parent: &str,
    from: NaiveDate,
    mut seats: impl FnMut(&mut Doc, &Table),
) {
    let mut decision = set_up(commune, from);
    decision.attached_list = villages.iter().map(|village| village.code.clone()).collect();
    decision.write(doc);
    let body = committee_id(commune.code);
    for village in villages {
        village_row(doc, village, commune.code, None, None);
        let team = format!("to-{}", village.code);
        doc.teams()
            .text("id", &team)
            .text("name", &community_name(&village.name))
            .text("kind", "community")
            .text("unit", commune.code)
            .list("covers", std::slice::from_ref(&village.code))
            .text("parent", parent)
            .text("decision", &decision.id)
            .day("from", from);
        let home = &village.code;
        let code = commune.code;
        seats(doc, &Table { team: &team, stem: home, body: &body, unit: code, commune: code, home, from });
    }
}

/// The decision of a commune on the teams of its villages.
pub(crate) fn set_up(commune: &Unit, from: NaiveDate) -> Decision {
    let subject =
        format!("thành lập các Tổ công nghệ số cộng đồng trên địa bàn {}", in_sentence(commune.name));
    Decision::of(commune.code, decision_number(commune.code) + 1, from, subject)
}
