//! A *finding* is what a rule says of a subject over a span: data, with identifiers and no text. Text is made late
//! (`render.rs`), in the reader's language and with names only where the reader asks for them.

use crate::choice::choices;
use crate::context::Context;
use crate::facts::Document;
use crate::locale::{Locale, Names};
use crate::policy::Basis;
use crate::render::parts_of;
use crate::rule::{Draft, Param, Rule, Severity, Subject};
use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

choices! {
    /// Which findings, by time.
    When {
        /// All.
        Any = "any", "tất cả", "any";
        /// Those that hold on `as_of`.
        Present = "present", "hiện nay", "present";
        /// Those that held before.
        Past = "past", "trước đây", "past";
    }
}

/// Which findings are wanted. The default is all of them.
#[derive(Clone, Debug)]
pub struct Query {
    /// Code of a unit: findings of it and of what was below it on their last day. A code that was given to several units one after
    /// the other means all of them.
    pub unit: Option<String>,
    /// Code (`T004`) or name (`two-heads`) of a rule.
    pub code: Option<String>,
    /// One severity.
    pub severity: Option<Severity>,
    /// Present, past or any.
    pub when: When,
}

impl Default for Query {
    fn default() -> Self {
        Self { unit: None, code: None, severity: None, when: When::Any }
    }
}

/// A finding of a checked register.
#[derive(Clone, Copy)]
pub struct Finding<'c> {
    pub(crate) context: &'c Context,
    pub(crate) draft: &'c Draft,
    pub(crate) position: usize,
}

impl<'c> Finding<'c> {
    /// Its position among all findings of its checked register, from 0; of what an edit gives, a number that no finding has.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position
    }

    /// The rule.
    #[must_use]
    pub fn rule(&self) -> &'static Rule {
        self.draft.rule
    }

    /// The code of the rule, such as `T004`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.draft.rule.code
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.draft.severity
    }

    /// The table and the identifier of what it is about: `("teams", "t-11044-02")`.
    #[must_use]
    pub fn subject(&self) -> (&'static str, &'c str) {
        let table = match self.draft.subject {
            Subject::Team(_) => "teams",
            Subject::Person(_) => "people",
            Subject::Unit(_) => "units",
            Subject::Decision(_) => "decisions",
        };
        (table, self.draft.subject.key(self.context))
    }

    /// The code of the lowest unit that holds all of it; none if there is no such unit.
    #[must_use]
    pub fn unit(&self) -> Option<&'c str> {
        self.draft.unit.map(|line| self.context.inner().code(line, self.context.as_of))
    }

    /// The first day on which it holds; none if it is not a matter of days.
    #[must_use]
    pub fn from(&self) -> Option<NaiveDate> {
        self.draft.span.from.date()
    }

    /// The first day on which it no longer holds; none if it holds on `as_of`.
    #[must_use]
    pub fn to(&self) -> Option<NaiveDate> {
        if self.is_present() { None } else { self.draft.span.to.date() }
    }

    /// Whether it holds on `as_of`.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.draft.is_present(self.context)
    }

    /// The text that it rests on; none if it rests on the facts alone.
    #[must_use]
    pub fn basis(&self) -> Option<&'c Basis> {
        self.context.basis(self.draft.basis?)
    }

    /// What its text is made of, as JSON data: counts, days, words and identifiers.
    #[must_use]
    pub fn params(self) -> impl Serialize + use<'c> {
        Params(self)
    }

    /// As JSON data, with text and remedy where a locale is given.
    #[must_use]
    pub fn data(self, text: Option<(Locale, Names)>) -> impl Serialize + use<'c> {
        Data { finding: self, text }
    }
}

struct Data<'c> {
    finding: Finding<'c>,
    text: Option<(Locale, Names)>,
}

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Subject<'s> {
            table: &'s str,
            id: &'s str,
        }
        let finding = &self.finding;
        let day = |date: Option<NaiveDate>| date.map(|date| date.to_string());
        let (table, id) = finding.subject();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", finding.code())?;
        map.serialize_entry("name", finding.rule().name)?;
        map.serialize_entry("severity", finding.severity().word())?;
        map.serialize_entry("subject", &Subject { table, id })?;
        map.serialize_entry("unit", &finding.unit())?;
        map.serialize_entry("from", &day(finding.from()))?;
        map.serialize_entry("to", &day(finding.to()))?;
        map.serialize_entry("present", &finding.is_present())?;
        map.serialize_entry("params", &Params(*finding))?;
        map.serialize_entry("basis", &finding.basis())?;
        if let Some((locale, names)) = self.text {
            map.serialize_entry("text", &finding.text(locale, names))?;
            map.serialize_entry("remedy", &finding.remedy(locale, names))?;
        }
        map.end()
    }
}

struct Params<'c>(Finding<'c>);

impl Serialize for Params<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let params = &self.0.draft.params;
        let mut map = serializer.serialize_map(Some(params.len()))?;
        for (name, param) in params {
            map.serialize_entry(name, &Value { context: self.0.context, param })?;
        }
        map.end()
    }
}

struct Value<'c> {
    context: &'c Context,
    param: &'c Param,
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (facts, inner, as_of) = (self.context.facts(), self.context.inner(), self.context.as_of);
        let team = |id| facts.text(facts.teams[id].id.0);
        let person = |id| facts.text(facts.people[id].id.0);
        match self.param {
            Param::Count(count) => serializer.serialize_u64(*count as u64),
            Param::Day(day) => serializer.collect_str(day),
            Param::Word(word) => serializer.serialize_str(facts.word(*word)),
            Param::Decision(id) => serializer.serialize_str(facts.text(facts.decisions[*id].id.0)),
            Param::Team(id) => serializer.serialize_str(team(*id)),
            Param::Person(id) => serializer.serialize_str(person(*id)),
            Param::Teams(ids) => list(serializer, ids.iter().map(|&id| team(id))),
            Param::People(ids) => list(serializer, ids.iter().map(|&id| person(id))),
            Param::Names(words) => list(serializer, words.iter().map(String::as_str)),
            Param::Role(role) => serializer.serialize_str(role.word()),
            Param::Kind(kind) => serializer.serialize_str(kind.word()),
            Param::Body(id) => serializer.serialize_str(facts.text(facts.bodies[*id].id.0)),
            Param::Columns(columns) => list(serializer, columns.iter().copied()),
            Param::Likely(text) => serializer.serialize_str(text),
            Param::Period(period) => serializer.collect_str(period),
            Param::Event(id) => serializer.serialize_str(facts.text(facts.events[*id].id.0)),
            Param::Table(order) => {
                serializer.serialize_str(Document::table(*order).map_or("", |table| table.name))
            }
            Param::Obligation(at) => {
                let obligation = self.context.policy.obligations().get(*at);
                serializer.serialize_str(obligation.map_or("", |obligation| &obligation.id))
            }
            Param::Form(form, _) => {
                let form = self.context.policy.forms().get(*form);
                serializer.serialize_str(form.map_or("", |form| &form.id))
            }
            Param::Indicators(form, own) => {
                list(serializer, parts(self.context, *form, own, &[]).into_iter())
            }
            Param::Lacks(form, own, texts) => {
                list(serializer, parts(self.context, *form, own, texts).into_iter())
            }
            Param::Check(form, check) => {
                let check = self.context.policy.forms().get(*form).and_then(|form| form.checks.get(*check));
                serializer.serialize_str(check.map_or("", |check| &check.part.id))
            }
            Param::Amount(amount) => amount_value(*amount, 2).serialize(serializer),
            Param::Side(amount, places) => amount_value(*amount, *places).serialize(serializer),
            Param::Kinds(kind) => serializer.serialize_str(kind.word()),
            Param::Units(lines) | Param::Namesakes(lines) => {
                list(serializer, lines.iter().map(|&line| inner.code(line, as_of)))
            }
        }
    }
}

/// The identifiers of some indicators and texts of a form.
pub(crate) fn parts<'c>(
    context: &'c Context,
    form: usize,
    figures: &[usize],
    texts: &[usize],
) -> Vec<&'c str> {
    let Some(form) = context.policy.forms().get(form) else { return Vec::new() };
    let figures = figures.iter().filter_map(|&at| form.indicators.get(at)).map(|own| own.part.id.as_str());
    figures.chain(texts.iter().filter_map(|&at| form.prose.get(at)).map(|own| own.part.id.as_str())).collect()
}

/// A whole number, or a text with two places or more: the same in every language.
#[derive(Serialize)]
#[serde(untagged)]
enum Amount {
    Whole(i64),
    Part(String),
}

fn amount_value(amount: f64, places: u32) -> Amount {
    let (whole, part) = parts_of(amount, places);
    if part == 0 {
        let whole = whole.cast_signed();
        return Amount::Whole(if amount < 0.0 { -whole } else { whole });
    }
    let sign = if amount < 0.0 { "-" } else { "" };
    let width = places as usize;
    Amount::Part(format!("{sign}{whole}.{part:0width$}"))
}

fn list<'s, S: Serializer>(
    serializer: S,
    items: impl ExactSizeIterator<Item = &'s str>,
) -> Result<S::Ok, S::Error> {
    let mut list = serializer.serialize_seq(Some(items.len()))?;
    for item in items {
        list.serialize_element(item)?;
    }
    list.end()
}
