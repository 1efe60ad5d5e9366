//! Writing a province as a document.

use super::{Person, Province, Team, UNITS};
use crate::agencies::agency_rows;
use crate::calendar::day;
use crate::doc::Doc;
use crate::territory::{committee_row, unit_row, village_row};

/// What is known of a unit, in the order of [`Province::attributes`].
const ATTRIBUTES: [&str; 4] = ["households", "adults", "smartphones", "household_businesses"];

impl Province {
    pub(crate) fn write(&self, note: &str) -> String {
        let mut doc = Doc::default();
        for unit in &UNITS {
            unit_row(&mut doc, unit);
            committee_row(&mut doc, unit);
        }
        for (unit, seats) in &self.seats {
            agency_rows(&mut doc, unit, seats.iter().copied());
        }
        for body in &self.bodies {
            doc.bodies()
                .text("id", body.id)
                .text("name", body.name)
                .text("kind", body.kind)
                .text("unit", body.unit)
                .day_if("to", body.to);
        }
        for place in &self.villages {
            village_row(&mut doc, &place.village, place.commune, place.from, place.to);
        }
        for (day, old, new, extent) in &self.successions {
            doc.successions().day("day", *day).text("old", old).text("new", new).text("extent", extent);
        }
        for (unit, values) in &self.attributes {
            for (attribute, value) in ATTRIBUTES.iter().zip(values) {
                doc.attributes()
                    .text("unit", unit)
                    .text("attribute", attribute)
                    .day("from", day(2022, 1, 1))
                    .count("value", usize::try_from(*value).unwrap_or_default());
            }
        }
        for decision in &self.decisions {
            decision.decision.write(&mut doc);
        }
        for team in &self.teams {
            team.write(&mut doc);
        }
        for (team, from, to) in &self.suspensions {
            doc.suspensions().text("team", team).day("from", *from).day("to", *to);
        }
        for (team, from, members) in &self.declarations {
            doc.declarations().text("team", team).day("from", *from).count("members", *members);
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
        for excuse in &self.excuses {
            doc.excuses()
                .text("obligation", excuse.obligation)
                .text("unit", excuse.unit)
                .day("day", excuse.day)
                .day_if("until", excuse.until)
                .text("document", excuse.document);
        }
        for done in &self.completions {
            doc.completions()
                .text("obligation", done.obligation)
                .text("unit", done.unit)
                .text("period", done.period)
                .day("day", done.day);
        }
        doc.finish(note)
    }
}

impl Team {
    fn write(&self, doc: &mut Doc) {
        doc.teams()
            .text("id", &self.id)
            .text("name", &self.name)
            .text("kind", self.kind)
            .text("unit", &self.unit)
            .list("covers", &self.covers)
            .text_if("parent", self.parent.as_deref())
            .text_if("committee", self.committee.as_deref())
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
                .text_if("on_behalf_of", member.on_behalf_of.as_deref())
                .text_if("decision", member.decision.as_deref())
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
        for home in &self.homes {
            doc.residences()
                .text("person", &self.id)
                .text("unit", &home.unit)
                .day_if("from", home.from)
                .day_if("to", home.to);
        }
        if let Some(organisation) = self.organisation {
            doc.affiliations()
                .text("person", &self.id)
                .text("organisation", organisation)
                .day_if("to", self.left);
        }
    }
}
