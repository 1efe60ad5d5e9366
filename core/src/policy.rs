//! A *policy* says what is asked of units, teams and members, since when, where, and on which text that rests. Rules hold no such
//! value themselves.
//!
//! A policy is a document like a register: tables of entries (see [`POLICY_TABLES`](crate::POLICY_TABLES)), read by the same reader. A
//! preset is a policy that comes with the library; another policy may extend it and change entries.

use crate::calendar::{self, Calendar};
use crate::cascade::cascades;
use crate::choice::{Filler, Force, Level, Role, Trigger, Weight, Who, quoted};
use crate::context::Context;
use crate::day::{Day, Span};
use crate::due::DueDay;
use crate::error::Error;
use crate::facts::{self, Facts, POLICY, Setting};
use crate::field::{Code, Count, Given};
use crate::form::{Form, Version, forms};
use crate::json;
use crate::obligation::Obligation;
use crate::order::sort_by;
use crate::period::Period;
use crate::problem::{self as p, Place, Problem};
use crate::register::Register;
use crate::rule::{Rule, Severity};
use crate::rules::RULES;
use crate::setting::{Key, Of, Shape, WIDTH, slot};
use crate::table::Text;
use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

impl Weight {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Off => None,
        }
    }
}

/// The text that an entry or a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Basis {
    /// The text, in Vietnamese.
    pub vi: String,
    /// The text, in English.
    pub en: String,
    /// How far it binds.
    pub force: Force,
    /// Whether the wording was read at its source, or in a source that quotes it.
    pub verified: bool,
}

/// What an entry sets.
#[derive(Clone, Debug)]
pub enum Item {
    /// A setting.
    Setting(Key, Option<Of>),
    /// The severity of a rule.
    Severity(&'static Rule),
    /// The obligation of this identifier.
    Obligation(String),
}

/// Where the severity of a rule stands in a profile.
pub(crate) fn severity_slot(rule: &'static Rule) -> usize {
    let at = RULES.binary_search_by(|other| other.code.cmp(rule.code)).unwrap_or_default();
    Key::ALL.len() * WIDTH + at
}

impl Item {
    fn slot(&self) -> usize {
        match *self {
            Self::Setting(key, of) => slot(key, of),
            Self::Severity(rule) => severity_slot(rule),
            // A profile has none.
            Self::Obligation(_) => usize::MAX,
        }
    }

    /// The word of the key, the name of the rule, or the identifier of the obligation.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Setting(key, _) => key.word(),
            Self::Severity(rule) => rule.name,
            Self::Obligation(id) => id,
        }
    }
}

/// The value of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing is asked.
    Nothing,
    /// It is wanted.
    Wanted,
    /// A number, or a number of days or years.
    Count(u32),
    /// Some open words.
    Words(Vec<String>),
    /// Some levels.
    Levels(Vec<Level>),
    /// Some roles.
    Roles(Vec<Role>),
    /// A severity; none if the rule is silent.
    Severity(Option<Severity>),
    /// What has to be done.
    Obligation(Box<Obligation>),
}

impl Value {
    fn words(&self) -> Vec<&str> {
        match self {
            Self::Words(words) => words.iter().map(String::as_str).collect(),
            Self::Levels(levels) => levels.iter().map(|level| level.word()).collect(),
            Self::Roles(roles) => roles.iter().map(|role| role.word()).collect(),
            _ => Vec::new(),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing"),
            Self::Wanted => f.write_str("wanted"),
            Self::Count(count) => write!(f, "{count}"),
            Self::Severity(severity) => f.write_str(severity.map_or("off", Severity::word)),
            Self::Obligation(obligation) => f.write_str(&obligation.name_en),
            Self::Words(words) if words.is_empty() => f.write_str("none"),
            words => f.write_str(&words.words().join(", ")),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_unit(),
            Self::Wanted => serializer.serialize_bool(true),
            Self::Count(count) => serializer.serialize_u32(*count),
            Self::Severity(severity) => serializer.serialize_str(severity.map_or("off", Severity::word)),
            Self::Obligation(obligation) => obligation.serialize(serializer),
            words => {
                let words = words.words();
                let mut list = serializer.serialize_seq(Some(words.len()))?;
                for word in words {
                    list.serialize_element(word)?;
                }
                list.end()
            }
        }
    }
}

/// One line of a policy: a value, from a day to a day, in a unit and below, and what it rests on.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it sets.
    pub item: Item,
    /// The value.
    pub value: Value,
    pub(crate) span: Span,
    /// Code of the unit in which, with all below, it holds; none means everywhere.
    pub scope: Option<String>,
    /// What it rests on.
    pub basis: Basis,
    /// The policy that has it.
    pub policy: Arc<str>,
    /// 0 for the policy that extends none.
    pub(crate) layer: usize,
    /// Its row in the document of that policy.
    pub(crate) row: usize,
}

impl Entry {
    /// First day; none if it has held for as long as matters.
    #[must_use]
    pub fn from(&self) -> Option<NaiveDate> {
        self.span.from.date()
    }

    /// First day on which it no longer holds; none if that is open.
    #[must_use]
    pub fn to(&self) -> Option<NaiveDate> {
        self.span.to.date()
    }

    /// The value as a number; 0 for any other value.
    pub(crate) fn count(&self) -> u32 {
        if let Value::Count(count) = self.value { count } else { 0 }
    }

    pub(crate) fn days(&self) -> i32 {
        i32::try_from(self.count()).unwrap_or(i32::MAX)
    }

    /// Whether it asks something under `key`.
    pub(crate) fn is(&self, key: Key) -> bool {
        matches!(self.item, Item::Setting(own, _) if own == key) && !matches!(self.value, Value::Nothing)
    }

    /// The words of the value.
    pub(crate) fn words(&self) -> Vec<String> {
        self.value.words().into_iter().map(Into::into).collect()
    }

    pub(crate) fn has_level(&self, level: Level) -> bool {
        matches!(&self.value, Value::Levels(levels) if levels.contains(&level))
    }

    pub(crate) fn has_role(&self, role: Role) -> bool {
        matches!(&self.value, Value::Roles(roles) if roles.contains(&role))
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let mut map = serializer.serialize_map(Some(8))?;
        let word = self.item.word();
        match self.item {
            Item::Setting(_, of) => {
                map.serialize_entry("key", word)?;
                map.serialize_entry("of", &of.map(Of::word))?;
            }
            Item::Severity(_) => map.serialize_entry("rule", word)?,
            Item::Obligation(_) => map.serialize_entry("obligation", word)?,
        }
        map.serialize_entry("value", &self.value)?;
        map.serialize_entry("from", &day(self.from()))?;
        map.serialize_entry("to", &day(self.to()))?;
        map.serialize_entry("scope", &self.scope)?;
        map.serialize_entry("policy", &*self.policy)?;
        map.serialize_entry("basis", &self.basis)?;
        map.end()
    }
}

/// An entry in force in a unit on a day, and those that it overrode.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The entry in force.
    pub entry: Entry,
    /// Those that would be in force without it, the next one first.
    pub overrode: Vec<Entry>,
}

impl Serialize for Explained {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("entry", &self.entry)?;
        map.serialize_entry("overrode", &self.overrode)?;
        map.end()
    }
}

/// Entries under a name. Cloning is cheap.
#[derive(Clone)]
pub struct Policy {
    document: Arc<Facts>,
    name: Arc<str>,
    entries: Arc<[Entry]>,
    obligations: Arc<[Obligation]>,
    forms: Arc<[Form]>,
    days: Arc<Days>,
    layer: usize,
}

/// The rows of the calendar, and the calendar when it is first asked for.
#[derive(Default)]
struct Days {
    rows: calendar::Rows,
    calendar: OnceLock<Calendar>,
}

impl Days {
    fn calendar(&self) -> &Calendar {
        self.calendar.get_or_init(|| Calendar::new(self.rows.clone()))
    }
}

/// Shows the name and the number of entries.
impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Policy {} ({} entries)", self.name, self.entries.len())
    }
}

const DOCUMENTS: &[&str] = &[
    include_str!("../presets/hai-duong-2022.json"),
    include_str!("../presets/national-2022.json"),
    include_str!("../presets/team-report.json"),
    include_str!("../presets/vietnam-calendar.json"),
];

impl Policy {
    /// The names of the presets.
    pub const PRESETS: &'static [&'static str] =
        &["hai-duong-2022", "national-2022", "team-report", "vietnam-calendar"];

    /// Reads a policy from a JSON document (see the reference of the format). What it `extends` is a preset.
    ///
    /// # Errors
    /// [`Error::Syntax`] if it is not JSON; [`Error::Invalid`] with every problem and its place: a value that does not fit its key,
    /// two entries that set one thing for the same scope and day, a rule that does not exist, `error` on a text that does not
    /// bind, an obligation that is due on a day that the calendar does not know, levels that have no working day between them;
    /// [`Error::UnknownPreset`] if there is nothing of the name that it extends.
    ///
    /// ```
    /// use cnscd::Policy;
    /// let policy = Policy::from_json(r#"{"name": "ours", "extends": "national-2022", "settings": [
    ///     {"key": "max_members", "of": "community", "value": 9, "scope": "297",
    ///      "basis_vi": "Ví dụ", "basis_en": "An example", "force": "practice"}
    /// ]}"#)?;
    /// assert_eq!(policy.name(), "ours");
    ///
    /// let error = Policy::from_json(r#"{"settings": [{"key": "max_members", "of": "village", "value": 9,
    ///     "basis_vi": "Ví dụ", "basis_en": "An example", "force": "practice"}]}"#).unwrap_err();
    /// assert_eq!(
    ///     error.problems()[0].to_string(),
    ///     "settings[0].of: does not fit `max_members`; write for instance `committee`, `steering`, `community`"
    /// );
    /// # Ok::<(), cnscd::Error>(())
    /// ```
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let facts = json::read(json, &POLICY)?.facts;
        let [_, name, extends] = facts.texts.map(|text| text.map(|text| facts.text(text)));
        let name: Arc<str> = name.unwrap_or("policy").into();
        let base = extends.map(Self::preset).transpose()?;
        let layer = base.as_ref().map_or(0, |base| base.layer + 1);
        let mut entries = base.as_ref().map_or_else(Vec::new, |base| base.entries.to_vec());
        let days = base.as_ref().map_or_else(Arc::default, |base| Arc::clone(&base.days));
        let own_forms = base.as_ref().map_or_else(Arc::default, |base| Arc::clone(&base.forms));
        let mut obligations = base.map_or_else(Vec::new, |base| base.obligations.to_vec());
        let basis = |vi: Text, en: Text, force, verified| Basis {
            vi: facts.text(vi).into(),
            en: facts.text(en).into(),
            force,
            verified,
        };
        let scope = |code: Option<Code>| code.map(|code| facts.text(code.0).to_owned());
        for (id, row) in facts.settings.iter() {
            entries.push(Entry {
                item: Item::Setting(row.key, row.of),
                value: value(&facts, row),
                span: row.span(),
                scope: scope(row.scope),
                basis: basis(row.basis_vi, row.basis_en, row.force, row.verified),
                policy: Arc::clone(&name),
                layer,
                row: id.row(),
            });
        }
        for (id, row) in facts.severities.iter() {
            entries.push(Entry {
                item: Item::Severity(crate::rules::explain(facts.word(row.rule))?),
                value: Value::Severity(row.severity.severity()),
                span: row.span(),
                scope: scope(row.scope),
                basis: basis(row.basis_vi, row.basis_en, row.force, row.verified),
                policy: Arc::clone(&name),
                layer,
                row: id.row(),
            });
        }
        for (id, row) in facts.obligations.iter() {
            let basis = basis(row.basis_vi, row.basis_en, row.force, row.verified);
            obligations.push(Obligation::new(&facts, id, basis, &name, layer)?);
        }
        in_order(&mut obligations);
        if entries.len() >= Profile::LIMIT {
            return Err(Error::TooManyEntries(entries.len()));
        }
        let has_forms =
            facts.forms.len() + facts.indicators.len() + facts.prose.len() + facts.checks.len() > 0;
        let (forms, mut problems) =
            if has_forms { forms(&own_forms, &facts, &basis) } else { (own_forms.to_vec(), Vec::new()) };
        reported(&facts, &forms, &mut problems);
        let forms = if has_forms { forms.into() } else { own_forms };
        let has_days = facts.holidays.len() + facts.days.len() + facts.years.len() > 0;
        let days = if has_days {
            let mut rows = days.rows.clone();
            rows.extend(&facts, basis);
            rows.swaps(&facts, &mut problems);
            Arc::new(Days { rows, calendar: OnceLock::new() })
        } else {
            days
        };
        for obligation in &mut obligations {
            obligation.settle(days.calendar(), layer, &mut problems);
        }
        for same in obligations.chunk_by_mut(|a, b| a.id == b.id) {
            alike(same, layer, &mut problems);
            let first = same.iter().map(|own| own.once.0).min();
            for own in same {
                own.counts_on = first.unwrap_or(own.counts_on);
            }
        }
        if problems.is_empty() {
            cascades(&obligations, days.calendar(), layer, &mut problems);
        }
        if !problems.is_empty() {
            sort_by(&mut problems, |a, b| a.place().cmp(&b.place()));
            // Of one slip in several scopes.
            problems.dedup();
            return Err(Error::Invalid(problems.into()));
        }
        let (entries, obligations) = (entries.into(), obligations.into());
        Ok(Self { name, entries, obligations, forms, days, layer, document: Arc::new(facts) })
    }

    /// The document, without what it extends; reading it gives the same policy.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::print(&self.document, &POLICY)
    }

    /// A policy that comes with the library.
    ///
    /// # Errors
    /// [`Error::UnknownPreset`] if there is none of this name.
    pub fn preset(name: &str) -> Result<Self, Error> {
        // Each is read once.
        static READ: [OnceLock<Policy>; DOCUMENTS.len()] = [const { OnceLock::new() }; DOCUMENTS.len()];
        let at = Self::PRESETS.iter().position(|preset| *preset == name);
        let document = at.and_then(|at| Some((READ.get(at)?, DOCUMENTS.get(at)?)));
        let unknown = || Error::UnknownPreset {
            name: crate::personal::shown(name, false).into(),
            presets: quoted(Self::PRESETS),
        };
        let (read, json) = document.ok_or_else(unknown)?;
        if let Some(policy) = read.get() {
            return Ok(policy.clone());
        }
        let policy = Self::from_json(json)?;
        Ok(read.get_or_init(|| policy).clone())
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Every entry, those of what it extends first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Every obligation, those of what it extends among them, by identifier.
    #[must_use]
    pub fn obligations(&self) -> &[Obligation] {
        &self.obligations
    }

    /// The positions of the obligations with the identifier of the one at `at`.
    pub(crate) fn named_as(&self, at: usize) -> Range<usize> {
        self.obligations.get(at).map_or(0..0, |obligation| obligation.named.clone())
    }

    /// The positions of the obligations of an identifier.
    pub(crate) fn named(&self, id: &str) -> Option<Range<usize>> {
        let at = self.obligations.binary_search_by(|own| own.id.as_str().cmp(id)).ok()?;
        Some(self.named_as(at))
    }

    /// Every form, those of what it extends first.
    #[must_use]
    pub fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// The forms that its own document says something of.
    pub(crate) fn own_forms(&self) -> impl Iterator<Item = &Form> {
        let facts = &self.document;
        let has = |form: &&Form| facts.forms.iter().any(|(_, row)| facts.word(row.id) == form.id);
        self.forms.iter().filter(has)
    }

    /// What a finding rests on, by its position: of the entries, then the obligations, then the checks of the forms, their versions and their indicators.
    pub(crate) fn basis(&self, at: usize) -> Option<&Basis> {
        let Some(behind) = at.checked_sub(self.entries.len()) else {
            return self.entries.get(at).map(|entry| &entry.basis);
        };
        let Some(behind) = behind.checked_sub(self.obligations.len()) else {
            return self.obligations.get(behind).map(|obligation| &obligation.basis);
        };
        let checks = self.forms.iter().flat_map(|form| &form.checks).map(|check| &check.basis);
        let versions = self.forms.iter().flat_map(|form| &form.versions).map(|version| &version.basis);
        let indicators = self.forms.iter().flat_map(|form| &form.indicators).map(|own| &own.basis);
        checks.chain(versions).chain(indicators).nth(behind)
    }

    /// The position for [`Self::basis`] of a check of a form.
    pub(crate) fn basis_of_check(&self, form: usize, check: usize) -> usize {
        let before: usize = self.forms.iter().take(form).map(|form| form.checks.len()).sum();
        self.entries.len() + self.obligations.len() + before + check
    }

    /// The position for [`Self::basis`] of a version of a form.
    pub(crate) fn basis_of_version(&self, form: usize, version: usize) -> usize {
        let checks: usize = self.forms.iter().map(|form| form.checks.len()).sum();
        let before: usize = self.forms.iter().take(form).map(|form| form.versions.len()).sum();
        self.entries.len() + self.obligations.len() + checks + before + version
    }

    /// The position for [`Self::basis`] of an indicator of a form.
    pub(crate) fn basis_of_indicator(&self, form: usize, indicator: usize) -> usize {
        let all: usize = self.forms.iter().map(|form| form.versions.len()).sum();
        let before: usize = self.forms.iter().take(form).map(|form| form.indicators.len()).sum();
        self.basis_of_version(0, all) + before + indicator
    }

    /// Which days are working days.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        self.days.calendar()
    }

    /// The last good day of an obligation and how it comes about, an extension not counted: of several with the identifier, the one that
    /// counts where no unit has its own, the latest first.
    ///
    /// # Errors
    /// [`Error::UnknownObligation`] if the policy has none of this identifier.
    pub fn due_of(&self, obligation: &str) -> Result<DueDay, Error> {
        let unknown = || Error::UnknownObligation(crate::personal::shown(obligation, false).into());
        let named = self.named(obligation).and_then(|named| self.obligations.get(named)).unwrap_or_default();
        let everywhere = named.iter().rev().find(|own| own.scope.is_none());
        everywhere.or(named.last()).ok_or_else(unknown)?.explain(self.calendar())
    }

    /// What is asked at a unit on a day: every value in force, where it comes from, and what it overrode; in the order of the keys, then of
    /// the rules whose severity is set, then of the obligations by identifier, whichever level they name. What holds for all units alike is
    /// not: see [`Self::calendar`] and [`Self::forms`].
    ///
    /// # Errors
    /// [`Error::UnknownUnit`] if no unit has this code on the day; [`Error::BadDay`] for a day outside 1900 to 2199; those of
    /// [`Register::check`].
    pub fn explain(&self, register: &Register, unit: &str, day: NaiveDate) -> Result<Vec<Explained>, Error> {
        let day = Day::from_date(day).ok_or_else(|| Error::BadDay(day.to_string()))?;
        let inner = &register.inner;
        let unknown = || Error::UnknownUnit(crate::personal::shown(unit, false).into());
        let line = inner.unit_by_code(unit, day).map(|id| inner.line_of[id]).ok_or_else(unknown)?;
        Context::new(register.clone(), self.clone(), day).map(|context| context.explain(line, day))
    }

    /// Whether it asks something under `key`, somewhere and on some day.
    pub(crate) fn asks(&self, key: Key) -> bool {
        self.entries.iter().any(|entry| entry.is(key))
    }

    /// The entries in force on `day` that hold everywhere.
    pub(crate) fn profile(&self, day: Day) -> Profile {
        let mut profile = Profile(vec![Profile::NONE; Key::ALL.len() * WIDTH + RULES.len()].into());
        for (id, entry) in self.entries.iter().enumerate().filter(|(_, entry)| entry.scope.is_none()) {
            profile.overlay(id, entry, day);
        }
        profile
    }
}

/// Puts obligations in the order of their identifiers, and those of one in that of their layers and days, and tells each where those of its
/// identifier are.
fn in_order(obligations: &mut [Obligation]) {
    sort_by(obligations, |a, b| {
        let key = |own: &Obligation| (own.layer, own.span.from);
        a.id.cmp(&b.id).then_with(|| key(a).cmp(&key(b))).then_with(|| a.scope.cmp(&b.scope))
    });
    let mut start = 0;
    for same in obligations.chunk_by_mut(|a, b| a.id == b.id) {
        let named = start..start + same.len();
        start = named.end;
        for own in same {
            own.named = named.clone();
        }
    }
}

/// Sees that the rows of an obligation all come once, all come back by one scheme, or all have the same rise: else two of them would be about one
/// term.
fn alike(same: &[Obligation], layer: usize, problems: &mut Vec<Problem>) {
    // The one that was written first.
    let Some(first) = same.iter().min_by_key(|own| (own.layer, own.row)) else { return };
    for own in same {
        let every = |own: &Obligation| own.every.map(|(every, _)| every.word());
        let scheme = |own: &Obligation| own.every.map(|(_, scheme)| scheme.word());
        let on = |own: &Obligation| own.on.map(Trigger::word);
        let slip = if every(own).is_some() != every(first).is_some() {
            Some(("every", every(first)))
        } else if scheme(own) != scheme(first) {
            Some(("scheme", scheme(first)))
        } else {
            Some(("on", on(first))).filter(|(_, wanted)| on(own) != *wanted)
        };
        if let Some((column, wanted)) = slip {
            let wanted = format!("`{}`", wanted.unwrap_or("null"));
            problems.push(Problem::new(own.place(layer, column), &p::UNFIT, &own.id, &wanted));
        }
    }
}

/// Sees that what is to be reported has a form with such periods, which those who owe it fill in.
fn reported(facts: &Facts, forms: &[Form], problems: &mut Vec<Problem>) {
    for (id, row) in facts.obligations.iter() {
        let Some(name) = row.form.map(|form| facts.word(form)) else { continue };
        let mut note = |column, kind, found: &str, wanted: &str| {
            let place = Place::of::<facts::Obligation>(id.row(), column);
            problems.push(Problem::new(place, kind, found, wanted));
        };
        let Some(form) = forms.iter().find(|form| form.id == name) else {
            let names: Vec<_> = forms.iter().map(|form| form.id.as_str()).collect();
            let near = json::likely(name, &names);
            note("form", &p::UNKNOWN_FORM, name, &quoted(if near.is_empty() { &["forms"] } else { &near }));
            continue;
        };
        let who = if row.who == Some(Who::Team) { Filler::Team } else { Filler::of(row.level) };
        let span = Span { from: row.from, to: row.to.0 };
        // The cut-offs of the periods that are asked.
        let first = row.from.date().zip(row.every.zip(row.scheme));
        let first =
            first.and_then(|(from, (every, scheme))| Some((Period::at(every, from, scheme)?, scheme)));
        let Some((first, scheme)) = first else { continue };
        let asked =
            std::iter::successors(Some(first), |period| period.next()).map(|period| period.span(scheme).1);
        let asked = asked.skip_while(|&day| day < span.from).take_while(|&day| day < span.to);
        let asked: Vec<_> = asked.take(PERIODS_AHEAD).collect();
        let is_asked = |version: &&Version| asked.iter().any(|&day| version.span.contains(day));
        for version in form.versions.iter().filter(is_asked) {
            if row.every.is_some_and(|every| every != version.every) {
                note("every", &p::UNFIT, name, &format!("`{}`", version.every.word()));
            } else if row.scheme.is_some_and(|scheme| scheme != version.scheme) {
                note("scheme", &p::UNFIT, name, &format!("`{}`", version.scheme.word()));
            } else if !version.filled_by.contains(&who) {
                let fillers: Vec<_> = version.filled_by.iter().map(|filler| filler.word()).collect();
                note("form", &p::UNFIT, who.word(), &quoted(&fillers));
            } else if let Some(kind) = version.teams.filter(|_| who == Filler::Team)
                && row.teams != Some(kind)
            {
                note("teams", &p::UNFIT, name, &format!("`{}`", kind.word()));
            }
        }
        // Each of them has a version.
        let has = |day: &Day| form.versions.iter().any(|version| version.span.contains(*day));
        if let Some(&day) = asked.iter().find(|day| !has(day)) {
            let begins =
                form.versions.iter().map(|version| version.span.from).filter(|&from| day < from).min();
            let ends = form.versions.iter().map(|version| version.span.to).filter(|&to| to <= day).max();
            match (begins, ends) {
                (Some(from), None) => note("from", &p::UNFIT, name, &format!("`{from}`")),
                (_, Some(to)) => note("to", &p::UNFIT, name, &format!("`{to}`")),
                (None, None) => {}
            }
        }
    }
}

/// So many periods are looked at for one without a version of its form.
const PERIODS_AHEAD: usize = 600;

/// The value of a setting, which is known to fit its key.
fn value(facts: &Facts, row: &Setting) -> Value {
    let words = || match row.value {
        Given::Words(list) => facts.words(list).collect(),
        _ => Vec::new(),
    };
    match (row.value, row.key.form().0) {
        (Given::Nothing, _) => Value::Nothing,
        (Given::Wanted, _) => Value::Wanted,
        (Given::Count(Count(count)), _) => Value::Count(count),
        (_, Shape::Levels) => Value::Levels(words().into_iter().filter_map(Level::from_word).collect()),
        (_, Shape::Roles) => Value::Roles(words().into_iter().filter_map(Role::from_word).collect()),
        _ => Value::Words(words().into_iter().map(Into::into).collect()),
    }
}

/// For each slot, the position of the entry in force somewhere on some day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Profile(Box<[u16]>);

impl Profile {
    const NONE: u16 = u16::MAX;
    /// The most entries of one policy.
    pub(crate) const LIMIT: usize = Self::NONE as usize;

    /// Puts an entry in, if it holds on `day`, over what there is.
    pub(crate) fn overlay(&mut self, id: usize, entry: &Entry, day: Day) {
        if entry.span.contains(day)
            && let Some(slot) = self.0.get_mut(entry.item.slot())
        {
            *slot = u16::try_from(id).unwrap_or(Self::NONE);
        }
    }

    pub(crate) fn get(&self, slot: usize) -> Option<usize> {
        self.0.get(slot).copied().filter(|&id| id != Self::NONE).map(usize::from)
    }

    pub(crate) fn slots(&self) -> Range<usize> {
        0..self.0.len()
    }
}

impl Entry {
    /// Where its row stands in the document of its policy.
    pub(crate) fn place(&self) -> Place {
        let table = if matches!(self.item, Item::Severity(_)) {
            Place::of::<facts::Severe>
        } else {
            Place::of::<Setting>
        };
        table(self.row, "scope")
    }

    pub(crate) fn slot(&self) -> usize {
        self.item.slot()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::TeamKind;
    use crate::setting::About;

    #[test]
    fn presets_are_read_and_printed() {
        for name in Policy::PRESETS {
            let policy = Policy::preset(name).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(policy.name(), *name);
            assert_eq!(Policy::from_json(&policy.to_json()).unwrap().to_json(), policy.to_json());
        }
    }

    #[test]
    fn presets_hold_on_their_days() {
        let policy = Policy::preset("national-2022").unwrap();
        let before = policy.profile(Day::of(2022, 3, 4));
        let since = policy.profile(Day::of(2022, 3, 5));
        let slot_of = |key, of| slot(key, Some(of));
        assert_eq!(before.get(slot_of(Key::WantedLevels, Of::Community)), None);
        assert!(since.get(slot_of(Key::WantedLevels, Of::Community)).is_some());
        assert!(before.get(slot(Key::HeadGraceDays, None)).is_some());
    }

    #[test]
    fn slots_are_apart() {
        let mut seen = Vec::new();
        for &key in Key::ALL {
            let ofs: Vec<Option<Of>> = match key.form().1 {
                About::Nothing => vec![None],
                About::Level => Level::ALL.iter().map(|&level| Some(level.into())).collect(),
                About::Team => TeamKind::ALL.iter().map(|&kind| Some(kind.into())).collect(),
            };
            seen.extend(ofs.into_iter().map(|of| slot(key, of)));
        }
        seen.extend(RULES.iter().map(|rule| severity_slot(rule)));
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), count);
    }

    #[test]
    fn an_unknown_preset_names_those_there_are() {
        let error = Policy::preset("national-2021").unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no preset `national-2021`; the presets are `hai-duong-2022`, `national-2022`, `team-report`, `vietnam-calendar`"
        );
    }
}
