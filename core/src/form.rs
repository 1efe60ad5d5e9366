//! A *form* (mẫu báo cáo) says what is reported: its figures, its texts, and what its figures should be to each other. It is made of the
//! entries of a policy, all versions together; one that contradicts itself is refused.

mod entries;

pub(crate) use entries::forms;

use crate::choice::{Counting, Filler, Level, OverPeriods, OverUnits, TeamKind};
use crate::day::{Day, Span};
use crate::expression::{Comparison, Missing, Operator};
use crate::facts::{self, Report};
use crate::period::{Frequency, Period, Scheme};
use crate::policy::Basis;
use crate::rule::Severity;
use crate::table::Id;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::sync::Arc;

/// What a policy says of one form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Identifier; reports name it.
    pub id: String,
    /// Its versions, by number.
    pub versions: Vec<Version>,
    /// Its figures, in their order.
    pub indicators: Vec<Indicator>,
    /// Its texts, in their order.
    pub prose: Vec<ProseField>,
    /// Its checks, in their order.
    pub checks: Vec<FormCheck>,
}

/// One version of a form.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its number, from 1.
    pub number: u16,
    /// Name, in Vietnamese.
    pub name_vi: String,
    /// Name, in English.
    pub name_en: String,
    /// Who fills it in.
    pub filled_by: Vec<Filler>,
    /// The kind of the teams that do; none means any.
    pub teams: Option<TeamKind>,
    /// How often it is sent.
    pub every: Frequency,
    /// Which days its periods have.
    pub scheme: Scheme,
    /// What it rests on.
    pub basis: Basis,
    pub(crate) span: Span,
    /// Its row, if it is in the document being read.
    row: Option<Id<facts::Form>>,
}

/// What figures, texts and checks have in common: the versions they are in, and whose reports.
#[derive(Clone, Debug)]
pub struct Part {
    /// Identifier.
    pub id: String,
    /// The first version that has it, and the last.
    pub versions: (u16, u16),
    /// Whose reports have it; none means all.
    pub filled_by: Vec<Filler>,
    /// The number of its row, if it is in the document being read.
    row: Option<usize>,
}

/// A figure of a form.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Identifier, versions and fillers.
    pub part: Part,
    /// Label, in Vietnamese.
    pub label_vi: String,
    /// Label, in English.
    pub label_en: String,
    /// What is counted.
    pub unit: String,
    /// How it counts.
    pub counts: Counting,
    /// How figures of several units make one.
    pub over_units: OverUnits,
    /// How figures of several periods make one.
    pub over_periods: OverPeriods,
    /// The goal that it serves.
    pub goal: Option<String>,
    /// The least that is likely.
    pub min: Option<u32>,
    /// The most that is likely.
    pub max: Option<u32>,
    /// Whether a report without it is incomplete.
    pub required: bool,
    /// What is kept as evidence, in Vietnamese and English.
    pub evidence: Option<(String, String)>,
    /// What it rests on.
    pub basis: Basis,
}

/// A part of a form that is written in words.
#[derive(Clone, Debug)]
pub struct ProseField {
    /// Identifier, versions and fillers.
    pub part: Part,
    /// Label, in Vietnamese.
    pub label_vi: String,
    /// Label, in English.
    pub label_en: String,
    /// Whether a report without it is incomplete.
    pub required: bool,
}

/// What two sides of figures should be to each other.
#[derive(Clone, Debug)]
pub struct FormCheck {
    /// Identifier, versions and fillers.
    pub part: Part,
    /// The left side.
    pub left: String,
    /// What it should be to the right one.
    pub operator: Operator,
    /// The right side.
    pub right: String,
    /// What missing figures do, on the left and on the right.
    pub missing: (Missing, Missing),
    /// By how much the sides may miss it.
    pub tolerance: u32,
    /// How much it matters; none if it is silent.
    pub severity: Option<Severity>,
    /// What is so if they are not, in Vietnamese.
    pub message_vi: String,
    /// The same, in English.
    pub message_en: String,
    /// What it rests on.
    pub basis: Basis,
    pub(crate) compiled: Option<Arc<Comparison>>,
}

impl Filler {
    /// Who a unit of a level is.
    pub(crate) fn of(level: Level) -> Self {
        match level {
            Level::Province => Self::Province,
            Level::District => Self::District,
            Level::Commune => Self::Commune,
            Level::Village => Self::Village,
        }
    }
}

impl Part {
    /// Whether a report of this version by this filler has it.
    pub(crate) fn is_in(&self, version: u16, filler: Filler) -> bool {
        let (since, until) = self.versions;
        (since..=until).contains(&version) && (self.filled_by.is_empty() || self.filled_by.contains(&filler))
    }
}

impl Indicator {
    /// Whether figures of both mean the same.
    pub(crate) fn is_counted_as(&self, other: &Self) -> bool {
        (self.counts, &self.unit) == (other.counts, &other.unit)
    }
}

impl Version {
    /// Whether it asks a part of a filler.
    pub(crate) fn asks(&self, part: &Part, filler: Filler) -> bool {
        self.filled_by.contains(&filler) && part.is_in(self.number, filler)
    }

    /// First day; none if it has held for as long as matters.
    #[must_use]
    pub fn from(&self) -> Option<chrono::NaiveDate> {
        self.span.from.date()
    }

    /// First day on which it no longer holds; none if that is open.
    #[must_use]
    pub fn to(&self) -> Option<chrono::NaiveDate> {
        self.span.to.date()
    }
}

impl FormCheck {
    /// The positions of the indicators that it names, each once.
    pub(crate) fn fields(&self) -> Vec<usize> {
        let mut fields = Vec::new();
        for item in self.compiled.iter().flat_map(|compiled| compiled.items()) {
            fields.extend(item.indicator().filter(|at| !fields.contains(at)));
        }
        fields
    }
}

impl Form {
    /// The version of this number.
    pub(crate) fn version(&self, number: u16) -> Option<&Version> {
        self.versions.iter().find(|version| version.number == number)
    }

    /// The version that a report is on: the one that it names, else the one in force at the end of its period.
    pub(crate) fn version_of(&self, report: &Report) -> Option<&Version> {
        report.version.map_or_else(|| self.at(report.period()), |number| self.version(number.0.get()))
    }

    /// The version in force on the last day of a period.
    pub(crate) fn at(&self, period: Period) -> Option<&Version> {
        let is_always = |span: Span| span == Span { from: Day::OPEN_START, to: Day::OPEN_END };
        let holds = |version: &&Version| version.span.contains(period.span(version.scheme).1);
        self.versions.iter().find(|version| is_always(version.span) || holds(version))
    }
}

impl Serialize for Form {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("versions", &self.versions)?;
        map.serialize_entry("indicators", &self.indicators)?;
        map.serialize_entry("prose", &self.prose)?;
        map.serialize_entry("checks", &self.checks)?;
        map.end()
    }
}

fn words(fillers: &[Filler]) -> Vec<&'static str> {
    fillers.iter().map(|filler| filler.word()).collect()
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        let mut map = serializer.serialize_map(Some(10))?;
        map.serialize_entry("number", &self.number)?;
        map.serialize_entry("name_vi", &self.name_vi)?;
        map.serialize_entry("name_en", &self.name_en)?;
        map.serialize_entry("filled_by", &words(&self.filled_by))?;
        map.serialize_entry("teams", &self.teams.map(TeamKind::word))?;
        map.serialize_entry("every", self.every.word())?;
        map.serialize_entry("scheme", self.scheme.word())?;
        map.serialize_entry("from", &day(self.from()))?;
        map.serialize_entry("to", &day(self.to()))?;
        map.serialize_entry("basis", &self.basis)?;
        map.end()
    }
}

impl Part {
    fn serialize<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let (since, until) = self.versions;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("since", &since)?;
        map.serialize_entry("until", &Some(until).filter(|&until| until < u16::MAX))?;
        map.serialize_entry("filled_by", &words(&self.filled_by))
    }
}

impl Serialize for Indicator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.part.serialize(&mut map)?;
        map.serialize_entry("label_vi", &self.label_vi)?;
        map.serialize_entry("label_en", &self.label_en)?;
        map.serialize_entry("unit", &self.unit)?;
        map.serialize_entry("counts", self.counts.word())?;
        map.serialize_entry("over_units", self.over_units.word())?;
        map.serialize_entry("over_periods", self.over_periods.word())?;
        map.serialize_entry("goal", &self.goal)?;
        map.serialize_entry("min", &self.min)?;
        map.serialize_entry("max", &self.max)?;
        map.serialize_entry("required", &self.required)?;
        map.serialize_entry("evidence_vi", &self.evidence.as_ref().map(|(vi, _)| vi))?;
        map.serialize_entry("evidence_en", &self.evidence.as_ref().map(|(_, en)| en))?;
        map.serialize_entry("basis", &self.basis)?;
        map.end()
    }
}

impl Serialize for ProseField {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.part.serialize(&mut map)?;
        map.serialize_entry("label_vi", &self.label_vi)?;
        map.serialize_entry("label_en", &self.label_en)?;
        map.serialize_entry("required", &self.required)?;
        map.end()
    }
}

impl Serialize for FormCheck {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.part.serialize(&mut map)?;
        map.serialize_entry("left", &self.left)?;
        map.serialize_entry("operator", self.operator.word())?;
        map.serialize_entry("right", &self.right)?;
        map.serialize_entry("left_missing", self.missing.0.word())?;
        map.serialize_entry("right_missing", self.missing.1.word())?;
        map.serialize_entry("tolerance", &self.tolerance)?;
        map.serialize_entry("severity", &self.severity.map_or("off", Severity::word))?;
        map.serialize_entry("message_vi", &self.message_vi)?;
        map.serialize_entry("message_en", &self.message_en)?;
        map.serialize_entry("basis", &self.basis)?;
        map.end()
    }
}
