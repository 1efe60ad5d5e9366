//! The peer of reading: what a careful programmer writes with serde alone. Owned texts, closed words as enums, days checked
//! to exist; no ids resolved, no duplicates seen, one error at most.

#![allow(
    dead_code,
    missing_docs,
    reason = "the fields are there to be read into, and named as the tables are"
)]

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};

/// A day, checked as the core checks it: ISO first, else day/month/year.
#[derive(Clone, Copy)]
pub struct Day(NaiveDate);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl serde::de::Visitor<'_> for Text {
            type Value = Day;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a day")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Day, E> {
                cnscd::parse_day(text).map(Day).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}

macro_rules! rows {
    ($($name:ident { $($required:ident: $kind:ty),*; $($optional:ident: $option:ty),* })*) => {$(
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($required: $kind,)* $(#[serde(default)] $optional: $option,)* }
    )*};
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Province,
    District,
    Commune,
    Village,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamKind {
    Committee,
    Steering,
    Community,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Head,
    StandingDeputy,
    Deputy,
    Secretary,
    Member,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Male,
    Female,
}

rows! {
    Unit { code: String, name: String, kind: String, level: Level; parent: Option<String>, from: Option<Day>, to: Option<Day>, keep_capital: bool }
    Body { id: String, name: String, kind: String; unit: Option<String>, parent: Option<String>, from: Option<Day>, to: Option<Day>, successor: Option<String> }
    Decision { id: String, number: String, body: String, signed: Day, kind: String; announced: Option<Day>, in_force: Option<Day>, subject: Option<String>, amends: Vec<String>, replaces: Vec<String>, annuls: Vec<String>, attached_list: Vec<String> }
    Team { id: String, kind: TeamKind, unit: String, from: Day; name: Option<String>, covers: Vec<String>, parent: Option<String>, committee: Option<String>, decision: Option<String>, mandates: Vec<String>, to: Option<Day> }
    Suspension { team: String, from: Day; to: Option<Day>, decision: Option<String> }
    Declaration { team: String, from: Day, members: u32; }
    Person { id: String, name: String; born: Option<Day>, sex: Option<Sex>, phone: Option<String>, citizen_number: Option<String> }
    Residence { person: String, unit: String; from: Option<Day>, to: Option<Day> }
    Affiliation { person: String, organisation: String; from: Option<Day>, to: Option<Day> }
    Position { person: String, kind: String, from: Day; unit: Option<String>, body: Option<String>, to: Option<Day>, acting: bool }
    Membership { team: String, person: String, role: Role, from: Day; acting: bool, position: Option<String>, on_behalf_of: Option<String>, decision: Option<String>, to: Option<Day>, end_reason: Option<String> }
    Document { note: String; units: Vec<Unit>, successions: Vec<()>, attributes: Vec<()>, bodies: Vec<Body>, decisions: Vec<Decision>, teams: Vec<Team>, suspensions: Vec<Suspension>, declarations: Vec<Declaration>, people: Vec<Person>, residences: Vec<Residence>, affiliations: Vec<Affiliation>, positions: Vec<Position>, memberships: Vec<Membership>, events: Vec<()>, excuses: Vec<()>, completions: Vec<()> }
}

/// Reads a document of the generator.
///
/// # Errors
/// What serde says of a document that is not one.
pub fn read(json: &str) -> Result<Document, serde_json::Error> {
    serde_json::from_str(json)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_peer_reads_what_it_is_measured_with() {
        super::read(&crate::country(1)).unwrap();
    }
}
