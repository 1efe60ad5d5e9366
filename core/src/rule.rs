//! A *rule* says what is wrong with a subject on a day. It only emits drafts of findings: it does not stop, sort or render, and
//! reads no other finding.

use crate::choice::{ReportKind, Role, TeamKind, choices};
use crate::context::Context;
use crate::day::{Day, Span};
use crate::facts::{Body, Decision, Document, Event, Person, Team};
use crate::locale::Bilingual;
use crate::order::sort_by;
use crate::period::Period;
use crate::register::Line;
use crate::review::ReportView;
use crate::setting::Key;
use crate::table::{Id, Word};
use crate::view::{
    CardView, DecisionView, DutyView, ObligationView, PersonView, RecordView, SameView, TeamView, UnitView,
};
use serde::Serialize;
use serde::ser::SerializeMap;
use std::borrow::Cow;
use std::fmt;

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
}

/// A rule: its code, its texts, and what it looks at.
pub struct Rule {
    /// A letter and three digits; never used again for another rule.
    pub code: &'static str,
    /// What is wrong, as a word.
    pub name: &'static str,
    /// What is wrong, as a heading.
    pub title: Bilingual,
    /// How much it matters. A rule whose basis is not binding is never an error.
    pub severity: Severity,
    /// The keys of the policy that it asks; none for a rule that only states a contradiction of facts.
    pub policy: &'static [Key],
    /// The parameters of its findings.
    pub params: &'static [&'static str],
    /// The fact, with places to fill.
    pub text: Bilingual,
    /// What mends it, with places to fill.
    pub remedy: Bilingual,
    /// What it does, why, and an example, in Markdown.
    pub doc: &'static str,
    pub(crate) check: Check,
}

impl Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rule = serializer.serialize_map(Some(9))?;
        rule.serialize_entry("code", self.code)?;
        rule.serialize_entry("name", self.name)?;
        rule.serialize_entry("title", &self.title)?;
        rule.serialize_entry("severity", self.severity.word())?;
        rule.serialize_entry("policy", &self.policy.iter().map(|key| key.word()).collect::<Vec<_>>())?;
        rule.serialize_entry("params", self.params)?;
        rule.serialize_entry("text", &self.text)?;
        rule.serialize_entry("remedy", &self.remedy)?;
        rule.serialize_entry("doc", self.doc)?;
        rule.end()
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.name)
    }
}

impl Rule {
    /// What a rule rests on that asks no policy.
    #[must_use]
    pub fn ground(&self) -> Bilingual {
        if self.severity == Severity::Error {
            Bilingual {
                vi: "thông tin trong hồ sơ mâu thuẫn nhau", en: "the facts contradict each other"
            }
        } else {
            Bilingual { vi: "đối chiếu thông tin trong hồ sơ", en: "a comparison of the facts" }
        }
    }
}

pub(crate) type TeamCheck = fn(&TeamView<'_>, &mut Emit<'_>);
pub(crate) type PersonCheck = fn(&PersonView<'_>, &mut Emit<'_>);
pub(crate) type UnitCheck = fn(&UnitView<'_>, &mut Emit<'_>);
pub(crate) type CardCheck = fn(&CardView<'_>, &mut Emit<'_>);
pub(crate) type DecisionCheck = fn(&DecisionView<'_>, &mut Emit<'_>);
pub(crate) type SameCheck<T> = fn(&SameView<'_, T>, &mut Emit<'_>);
pub(crate) type DutyCheck = fn(&DutyView<'_>, &mut Emit<'_>);
pub(crate) type ReportCheck = fn(&ReportView<'_>, &mut Emit<'_>);
pub(crate) type RecordCheck = fn(&RecordView<'_>, &mut Emit<'_>);
pub(crate) type ObligationCheck = fn(&ObligationView<'_>, &mut Emit<'_>);

/// What a rule looks at.
#[derive(Clone, Copy)]
pub(crate) enum Check {
    Team(TeamCheck),
    Person(PersonCheck),
    Unit(UnitCheck),
    /// What is entered of a person.
    Card(CardCheck),
    Decision(DecisionCheck),
    /// People whose names hash alike.
    Names(SameCheck<Person>),
    /// People whose citizen numbers hash alike.
    Citizens(SameCheck<Person>),
    /// Decisions whose bodies, years and numbers hash alike.
    Numbers(SameCheck<Decision>),
    Duty(DutyCheck),
    /// A row about a duty that fits none.
    Record(RecordCheck),
    /// The obligations in a unit that stands under none, and below it.
    Obligation(ObligationCheck),
    /// A report that counts.
    Report(ReportCheck),
}

/// What a finding is about.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Subject {
    Team(Id<Team>),
    Person(Id<Person>),
    Unit(Id<Line>),
    Decision(Id<Decision>),
}

/// A parameter of a finding: handles, numbers and words; no text that may be personal.
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
    /// Units of one name, to be told apart by their codes.
    Namesakes(Vec<Id<Line>>),
    /// Open words of the policy.
    Names(Vec<String>),
    Role(Role),
    Kind(TeamKind),
    Body(Id<Body>),
    /// Columns of `people`.
    Columns(Vec<&'static str>),
    /// A text that is no personal one: what may have been meant by the number of a decision or the name of a unit, or the word of a form.
    Likely(String),
    /// An obligation of the policy.
    Obligation(usize),
    Event(Id<Event>),
    /// A table, by its position among all.
    Table(usize),
    Period(Period),
    /// A form of the policy, and the number of a version.
    Form(usize, u16),
    /// Indicators of a form.
    Indicators(usize, Vec<usize>),
    /// Figures and texts that a report lacks, by the positions of the first, then of the second.
    Lacks(usize, Vec<usize>, Vec<usize>),
    /// A check of a form.
    Check(usize, usize),
    /// A figure, or what is worked out of some.
    Amount(f64),
    /// One side of a check, to so many places.
    Side(f64, u32),
    Kinds(ReportKind),
}

impl Param {
    /// How many things it names.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Teams(ids) => ids.len(),
            Self::People(ids) => ids.len(),
            Self::Units(lines) | Self::Namesakes(lines) => lines.len(),
            _ => 1,
        }
    }
}

/// A finding in the making, and as it is kept.
#[derive(Clone)]
pub(crate) struct Draft {
    pub rule: &'static Rule,
    /// How much it matters on its last day.
    pub severity: Severity,
    pub subject: Subject,
    /// The unit that it belongs to.
    pub unit: Option<Id<Line>>,
    pub params: Vec<(&'static str, Param)>,
    /// What it rests on in the policy on its last day: the position of an entry, or behind those of an obligation.
    pub basis: Option<usize>,
    /// Whether it is an error where its basis binds.
    pub raises: bool,
    /// It is dropped unless it lasts longer than so many days, as asked on its last day.
    pub longer_than: i64,
    /// Whether these days go on when only the parameters change.
    pub runs_on: bool,
    /// The first of these days.
    pub since: Day,
    pub span: Span,
    /// Whether the next span says the same.
    pub is_carried_on: bool,
}

impl Draft {
    /// Whether this says the same as `other`. The days aside, and the basis: a new text with the same value starts no new count.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        std::ptr::eq(self.rule, other.rule) && self.unit == other.unit && self.params == other.params
    }

    /// Whether this is the same finding as `other`, to the last day.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.says_the_same(other)
            && self.subject == other.subject
            && self.span == other.span
            && self.severity == other.severity
            && self.basis == other.basis
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
                Param::Units(lines) | Param::Namesakes(lines) => {
                    sort_by(lines, |&a, &b| code(a).cmp(code(b)));
                }
                _ => {}
            }
        }
    }

    /// What tells apart two findings of one rule, subject and first day.
    pub(crate) fn params_key<'c>(&self, context: &'c Context) -> Vec<Cow<'c, str>> {
        let facts = context.facts();
        let mut key = Vec::new();
        for (_, param) in &self.params {
            match param {
                Param::Person(id) => key.push(facts.text(facts.people[*id].id.0).into()),
                Param::Team(id) => key.push(facts.text(facts.teams[*id].id.0).into()),
                Param::Word(word) => key.push(facts.word(*word).into()),
                Param::People(ids) => {
                    key.extend(ids.iter().map(|&id| Cow::from(facts.text(facts.people[id].id.0))));
                }
                Param::Decision(id) => key.push(facts.text(facts.decisions[*id].id.0).into()),
                Param::Units(lines) | Param::Namesakes(lines) => {
                    let codes = lines.iter().map(|&line| context.inner().code(line, context.as_of));
                    key.extend(codes.map(Cow::from));
                }
                Param::Role(role) => key.push(role.word().into()),
                Param::Kind(kind) => key.push(kind.word().into()),
                Param::Obligation(at) => {
                    let obligation = context.policy.obligations().get(*at);
                    key.extend(obligation.map(|obligation| Cow::from(obligation.id.as_str())));
                }
                Param::Event(id) => key.push(facts.text(facts.events[*id].id.0).into()),
                Param::Table(order) => {
                    key.extend(Document::table(*order).map(|table| Cow::from(table.name)));
                }
                Param::Period(period) => key.push(period.to_string().into()),
                Param::Day(day) => key.push(day.to_string().into()),
                Param::Form(form, _) => {
                    let form = context.policy.forms().get(*form);
                    key.extend(form.map(|form| Cow::from(form.id.as_str())));
                }
                Param::Likely(text) => key.push(text.clone().into()),
                Param::Check(form, check) => {
                    let own = context.policy.forms().get(*form).and_then(|form| form.checks.get(*check));
                    key.extend(own.map(|own| Cow::from(own.part.id.as_str())));
                }
                Param::Indicators(form, own) | Param::Lacks(form, own, _) => {
                    let form = context.policy.forms().get(*form);
                    let ids = own.iter().filter_map(|&at| Some(form?.indicators.get(at)?.part.id.as_str()));
                    key.extend(ids.map(Cow::from));
                }
                _ => {}
            }
        }
        key
    }
}

/// Where a rule puts its findings.
pub(crate) struct Emit<'e> {
    pub rule: &'static Rule,
    pub subject: Subject,
    pub unit: Option<Id<Line>>,
    pub span: Span,
    pub drafts: &'e mut Vec<Draft>,
}

impl Emit<'_> {
    /// A finding that holds on the view's day.
    pub(crate) fn finding(&mut self, params: Vec<(&'static str, Param)>) -> &mut Draft {
        let (rule, subject, unit, span) = (self.rule, self.subject, self.unit, self.span);
        self.drafts.push_mut(Draft {
            rule,
            severity: rule.severity,
            subject,
            unit,
            params,
            basis: None,
            raises: true,
            longer_than: 0,
            runs_on: false,
            since: span.from,
            span,
            is_carried_on: false,
        })
    }
}

impl Subject {
    /// The identifier of what it is.
    pub(crate) fn key(self, context: &Context) -> &str {
        let facts = context.facts();
        match self {
            Self::Team(id) => facts.text(facts.teams[id].id.0),
            Self::Person(id) => facts.text(facts.people[id].id.0),
            Self::Unit(line) => context.inner().code(line, context.as_of),
            Self::Decision(id) => facts.text(facts.decisions[id].id.0),
        }
    }
}
