//! Territory: the rows of units, villages, People's Committees and their decisions.

use chrono::NaiveDate;

use crate::doc::Doc;
use crate::mix::{below, mix, seed};
use crate::names;
use crate::units::{Unit, in_sentence, keeps_capital};

/// A village (thôn, khu dân cư ...): a made-up part of a commune.
pub(crate) struct Village {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) kind: &'static str,
}

/// The villages of a commune, numbered from 01; `kind` gives the kind of the `n`-th.
pub(crate) fn villages(commune: &str, count: usize, kind: impl Fn(u64) -> &'static str) -> Vec<Village> {
    let seed = seed(commune);
    let names = names::villages(seed, count);
    let number = |(n, name): (u64, String)| {
        let kind = kind(mix(seed, n));
        Village { code: format!("{commune}-{n:02}"), name: format!("{} {name}", label(kind)), kind }
    };
    (1..).zip(names).map(number).collect()
}

/// A kind of village as its name begins.
pub(crate) fn label(kind: &str) -> &'static str {
    match kind {
        "thon" => "Thôn",
        "ap" => "Ấp",
        "khu-pho" => "Khu phố",
        "to-dan-pho" => "Tổ dân phố",
        _ => "Khu dân cư",
    }
}

pub(crate) fn unit_row(doc: &mut Doc, unit: &Unit) {
    let parent = Some(unit.parent).filter(|parent| !parent.is_empty());
    doc.units()
        .text("code", unit.code)
        .text("name", unit.name)
        .text("kind", unit.kind)
        .text("level", unit.level)
        .text_if("parent", parent)
        .yes_if("keep_capital", keeps_capital(unit.name));
}

pub(crate) fn village_row(
    doc: &mut Doc,
    village: &Village,
    commune: &str,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) {
    doc.units()
        .text("code", &village.code)
        .text("name", &village.name)
        .text("kind", village.kind)
        .text("level", "village")
        .text("parent", commune)
        .day_if("from", from)
        .day_if("to", to);
}

/// The id of a unit's People's Committee.
pub(crate) fn committee_id(code: &str) -> String {
    format!("ubnd-{code}")
}

/// The People's Committee (Ủy ban nhân dân) of a unit.
pub(crate) fn committee_row(doc: &mut Doc, unit: &Unit) {
    let parent = Some(unit.parent).filter(|parent| !parent.is_empty()).map(committee_id);
    doc.bodies()
        .text("id", &committee_id(unit.code))
        .text("name", &format!("Ủy ban nhân dân {}", in_sentence(unit.name)))
        .text("kind", "peoples_committee")
        .text("unit", unit.code)
        .text_if("parent", parent.as_deref());
}

/// The name of a unit's steering team.
pub(crate) fn steering_name(unit: &str) -> String {
    format!("Tổ Chỉ đạo triển khai công nghệ số cộng đồng {}", in_sentence(unit))
}

/// The name of a village's community team.
pub(crate) fn community_name(village: &str) -> String {
    format!("Tổ công nghệ số cộng đồng {}", in_sentence(village))
}

/// A decision (quyết định).
pub(crate) struct Decision {
    pub(crate) id: String,
    pub(crate) number: String,
    pub(crate) body: String,
    pub(crate) signed: NaiveDate,
    pub(crate) announced: Option<NaiveDate>,
    pub(crate) in_force: Option<NaiveDate>,
    pub(crate) kind: &'static str,
    pub(crate) subject: String,
    pub(crate) amends: Vec<String>,
    pub(crate) replaces: Vec<String>,
    pub(crate) annuls: Vec<String>,
    pub(crate) attached_list: Vec<String>,
}

impl Decision {
    /// One that sets up teams, of a unit's People's Committee; in force on the day of signing.
    pub(crate) fn of(unit: &str, number: u32, signed: NaiveDate, subject: String) -> Self {
        Self {
            id: format!("qd-{unit}-{number}"),
            number: format!("{number:02}/QĐ-UBND"),
            body: committee_id(unit),
            signed,
            announced: None,
            in_force: Some(signed),
            kind: "establish",
            subject,
            amends: Vec::new(),
            replaces: Vec::new(),
            annuls: Vec::new(),
            attached_list: Vec::new(),
        }
    }

    pub(crate) fn write(&self, doc: &mut Doc) {
        doc.decisions()
            .text("id", &self.id)
            .text("number", &self.number)
            .text("body", &self.body)
            .day("signed", self.signed)
            .day_if("announced", self.announced)
            .day_if("in_force", self.in_force)
            .text("kind", self.kind)
            .text("subject", &self.subject)
            .list("amends", &self.amends)
            .list("replaces", &self.replaces)
            .list("annuls", &self.annuls)
            .list("attached_list", &self.attached_list);
    }
}

/// A made-up number of a unit's decision; the one after it is free too.
pub(crate) fn decision_number(code: &str) -> u32 {
    let spare = if code.len() == 5 { 90 } else { 900 };
    20 + 2 * below(mix(seed(code), 9), spare)
}
