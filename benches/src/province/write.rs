//! Writing a province as a document.

use super::{Decided, Person, Province, Team, UNITS};
use crate::doc::Doc;
use crate::territory::{Decision, committee_row, unit_row, village_row};

impl Province {
    pub(crate) fn write(&self, note: &str) -> String {
        let mut doc = Doc::default();
        for unit in &UNITS {
            unit_row(&mut doc, unit);
            committee_row(&mut doc, unit);
        }
        for (village, commune, from) in &self.villages {
            village_row(&mut doc, village, commune, *from);
        }
        for decision in &self.decisions {
            decision.write(&mut doc);
        }
        for team in &self.teams {
            team.write(&mut doc);
        }
        for (team, from, to) in &self.suspensions {
            doc.suspensions().text("team", team).day("from", *from).day("to", *to);
        }
        for person in &self.people {
            person.write(&mut doc);
        }
        for position in &self.positions {
            let body = Some(position.body.as_str()).filter(|_| position.unit.is_none());
            doc.positions()
                .text("person", &position.person)
                .text("kind", position.kind)
                .text_if("unit", position.unit.as_deref())
                .text_if("body", body)
                .day("from", position.from)
                .day_if("to", position.to);
        }
        doc.finish(note)
    }
}

impl Decided {
    fn write(&self, doc: &mut Doc) {
        let row = Decision {
            unit: self.unit,
            number: self.number,
            signed: self.signed,
            announced: None,
            in_force: self.in_force,
            subject: &self.subject,
            attached_list: &self.villages,
        };
        debug_assert_eq!(row.id(), self.id);
        row.write(doc);
    }
}

impl Team {
    fn write(&self, doc: &mut Doc) {
        doc.teams()
            .text("id", &self.id)
            .text("name", &self.name)
            .text("kind", self.kind)
            .text("unit", self.unit)
            .list("covers", &self.covers)
            .text_if("parent", self.parent.as_deref())
            .text_if("decision", self.decision.as_deref())
            .day("from", self.from)
            .day_if("to", self.to);
        for member in &self.members {
            doc.memberships()
                .text("team", &self.id)
                .text("person", &member.person)
                .text("role", member.role)
                .yes_if("acting", member.acting)
                .text_if("position", member.position)
                .day("from", member.from)
                .day_if("to", member.to);
        }
    }
}

impl Person {
    fn write(&self, doc: &mut Doc) {
        doc.people()
            .text("id", &self.id)
            .text("name", &self.name)
            .day_if("born", self.born)
            .text("sex", self.sex)
            .text_if("phone", self.phone)
            .text_if("citizen_number", self.citizen_number);
        doc.residences().text("person", &self.id).text("unit", &self.home);
        if let Some(organisation) = self.organisation {
            doc.affiliations().text("person", &self.id).text("organisation", organisation);
        }
    }
}
