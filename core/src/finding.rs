//! A *finding* is what a rule says of a subject over a span: data, with identifiers and no text. Text is made late
//! (`render.rs`), in the reader's language and with names only where the reader asks for them.

use crate::context::Context;
use crate::day::{Day, Span};
use crate::facts::{Decision, Person, Team};
use crate::order::sort_by;
use crate::policy::Basis;
use crate::register::Line;
use crate::rules::Rule;
use crate::table::{Id, Word, choices};
use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

choices! {
    /// How much a finding matters (mức độ), worst first.
    Severity {
        /// The facts contradict each other, or break a binding text or a decision.
        Error = "error", "Phải khắc phục", "Must fix";
        /// Departs from guidance, or is unlikely.
        Warning = "warning", "Cần rà soát", "Review";
        /// Worth knowing.
        Info = "info", "Lưu ý", "Note";
    }
    /// The language of a text.
    Locale {
        /// Vietnamese.
        Vi = "vi", "tiếng Việt", "Vietnamese";
        /// English.
        En = "en", "tiếng Anh", "English";
    }
    /// How people are named in a text.
    Names {
        /// By their identifier.
        Hidden = "hidden", "ẩn họ tên", "hidden";
        /// By their initials and identifier.
        Initials = "initials", "viết tắt", "initials";
        /// By their full name.
        Full = "full", "đầy đủ", "full";
    }
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
    /// Code of a unit: findings of it and of everything below.
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

/// What a finding is about.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Subject {
    Team(Id<Team>),
    Person(Id<Person>),
    Unit(Id<Line>),
}

/// A parameter of a finding: handles and numbers, never text.
#[derive(Clone, PartialEq)]
pub(crate) enum Param {
    Count(usize),
    Day(Day),
    Word(Word),
    Decision(Id<Decision>),
    Team(Id<Team>),
    Teams(Vec<Id<Team>>),
    Person(Id<Person>),
    People(Vec<Id<Person>>),
    Units(Vec<Id<Line>>),
}

/// A finding in the making, and as it is kept.
#[derive(Clone)]
pub(crate) struct Draft {
    pub rule: &'static Rule,
    pub subject: Subject,
    /// The unit that it belongs to.
    pub unit: Option<Id<Line>>,
    pub params: Vec<(&'static str, Param)>,
    /// The entry of the policy that it rests on.
    pub basis: Option<usize>,
    /// It is dropped unless it lasts longer than so many days.
    pub longer_than: i64,
    pub span: Span,
    /// Whether the next span says the same.
    pub is_carried_on: bool,
}

impl Draft {
    /// Whether this says the same as `other`, the days aside.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        std::ptr::eq(self.rule, other.rule)
            && self.unit == other.unit
            && self.basis == other.basis
            && self.params == other.params
    }

    pub(crate) fn is_present(&self, context: &Context) -> bool {
        self.span.contains(context.as_of)
    }

    pub(crate) fn param(&self, name: &str) -> Option<&Param> {
        self.params.iter().find(|(key, _)| *key == name).map(|(_, param)| param)
    }

    /// Puts lists in the order of their identifiers, so that the order of the document does not matter.
    pub(crate) fn settle(&mut self, context: &Context) {
        let (facts, inner) = (context.facts(), context.inner());
        let person = |id: Id<Person>| facts.text(facts.people[id].id.0);
        let team = |id: Id<Team>| facts.text(facts.teams[id].id.0);
        let code = |line: Id<Line>| inner.code(line, context.as_of);
        for (_, param) in &mut self.params {
            match param {
                Param::People(ids) => sort_by(ids, |&a, &b| person(a).cmp(person(b))),
                Param::Teams(ids) => sort_by(ids, |&a, &b| team(a).cmp(team(b))),
                Param::Units(lines) => sort_by(lines, |&a, &b| code(a).cmp(code(b))),
                _ => {}
            }
        }
    }

    /// What tells apart two findings of one rule, subject and first day.
    pub(crate) fn params_key<'c>(&self, context: &'c Context) -> Vec<&'c str> {
        let facts = context.facts();
        let mut key = Vec::new();
        for (_, param) in &self.params {
            match param {
                Param::Person(id) => key.push(facts.text(facts.people[*id].id.0)),
                Param::Team(id) => key.push(facts.text(facts.teams[*id].id.0)),
                Param::Word(word) => key.push(facts.word(*word)),
                Param::People(ids) => key.extend(ids.iter().map(|&id| facts.text(facts.people[id].id.0))),
                _ => {}
            }
        }
        key
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
    /// Its position among all findings of its checked register, from 0.
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
        self.draft.rule.severity
    }

    /// The table and the identifier of what it is about: `("teams", "t-11044-02")`.
    #[must_use]
    pub fn subject(&self) -> (&'static str, &'c str) {
        let table = match self.draft.subject {
            Subject::Team(_) => "teams",
            Subject::Person(_) => "people",
            Subject::Unit(_) => "units",
        };
        let facts = self.context.facts();
        let id = match self.draft.subject {
            Subject::Team(id) => facts.text(facts.teams[id].id.0),
            Subject::Person(id) => facts.text(facts.people[id].id.0),
            Subject::Unit(line) => self.context.inner().code(line, self.context.as_of),
        };
        (table, id)
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

    /// What it rests on; none if the facts contradict each other.
    #[must_use]
    pub fn basis(&self) -> Option<&'c Basis> {
        self.context.entry(self.draft.basis?).map(|entry| &entry.basis)
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
            Param::Units(lines) => list(serializer, lines.iter().map(|&line| inner.code(line, as_of))),
        }
    }
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
