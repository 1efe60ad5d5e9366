//! Teams: a steering team with its people, and the community teams of a commune, each set up by a decision of that day.

use chrono::NaiveDate;

use crate::doc::Doc;
use crate::names::Names;
use crate::seat::{Composition, Stay, Table, sit};
use crate::territory::{
    Decision, Village, committee_id, community_name, decision_number, steering_name, village_row,
};
use crate::units::{Unit, in_sentence};

/// Decides on a unit's steering team and writes both rows; gives the team's id.
pub(crate) fn steering_row(doc: &mut Doc, unit: &Unit, parent: Option<&str>, decision: &Decision) -> String {
    let id = format!("tcd-{}", unit.code);
    let decided = decision.write(doc);
    doc.teams()
        .text("id", &id)
        .text("name", &steering_name(unit.name))
        .text("kind", "steering")
        .text("unit", unit.code)
        .text_if("parent", parent)
        .text("decision", &decided)
        .day("from", decision.signed);
    id
}

/// A steering team of a unit with its people; gives the team's id.
pub(crate) fn steering(
    doc: &mut Doc,
    names: &mut Names,
    unit: &Unit,
    composition: &Composition,
    size: usize,
    parent: Option<&str>,
    from: NaiveDate,
) -> String {
    let subject = format!("thành lập {}", steering_name(unit.name));
    let decision = Decision {
        unit: unit.code,
        number: decision_number(unit.code),
        signed: from,
        announced: None,
        in_force: Some(from),
        subject: &subject,
        attached_list: &[],
    };
    let team = steering_row(doc, unit, parent, &decision);
    let stem = format!("{}-cd", unit.code);
    let body = committee_id(unit.code);
    let table = Table { team: &team, stem: &stem, body: &body, commune: unit.code, home: unit.code, from };
    names.next_place();
    for (seat, number) in composition.seats(size).zip(1..) {
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
    let codes: Vec<String> = villages.iter().map(|village| village.code.clone()).collect();
    let subject =
        format!("thành lập các Tổ công nghệ số cộng đồng trên địa bàn {}", in_sentence(commune.name));
    let decision = Decision {
        unit: commune.code,
        number: decision_number(commune.code) + 1,
        signed: from,
        announced: None,
        in_force: Some(from),
        subject: &subject,
        attached_list: &codes,
    }
    .write(doc);
    let body = committee_id(commune.code);
    for village in villages {
        village_row(doc, village, commune.code, None);
        let team = format!("to-{}", village.code);
        doc.teams()
            .text("id", &team)
            .text("name", &community_name(&village.name))
            .text("kind", "community")
            .text("unit", commune.code)
            .list("covers", std::slice::from_ref(&village.code))
            .text("parent", parent)
            .text("decision", &decision)
            .day("from", from);
        let home = &village.code;
        seats(doc, &Table { team: &team, stem: home, body: &body, commune: commune.code, home, from });
    }
}
