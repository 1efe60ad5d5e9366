//! The rows of a policy become its forms, or what is wrong with them.

use super::{Form, FormCheck, Indicator, Part, ProseField, Version};
use crate::choice::{Counting, Filler, Force, OverPeriods, OverUnits, Weight, quoted};
use crate::day::overlapping;
use crate::expression::{Comparison, FUNCTIONS, Fault, Item, Known, Missing, Operator, Range, Side};
use crate::facts::{self, Facts, Row};
use crate::field::{Figure, MOST, Ordinal};
use crate::order::{sort, sort_by};
use crate::policy::Basis;
use crate::problem::{self as p, Place, Problem, ProblemKind};
use crate::rule::Severity;
use crate::rules::RULES;
use crate::table::{Id, List, Text, Word};
use std::sync::Arc;

/// Words of the language of expressions, which name no indicator; so do those of its functions.
const RESERVED: &[&str] = &["and", "not", "or", "register", "unit"];

/// The most figures, texts or checks of one form.
const LIMIT_OF_FORM: usize = 200;

/// What is wrong with forms, with places in the document at hand.
struct Faults(Vec<Problem>);

impl Faults {
    /// Notes a problem at a column of a row, if the row is in the document.
    fn add<T: Row>(
        &mut self,
        row: Option<usize>,
        column: &str,
        kind: &'static ProblemKind,
        found: &str,
        wanted: &str,
    ) {
        let Some(row) = row else { return };
        self.0.push(Problem::new(Place::of::<T>(row, column), kind, found, wanted));
    }
}

/// The forms of a policy: those of what it extends, with the rows of its own document in place of those of the same names.
pub(crate) fn forms(
    base: &[Form],
    facts: &Facts,
    basis: &dyn Fn(Text, Text, Force, bool) -> Basis,
) -> (Vec<Form>, Vec<Problem>) {
    let mut faults = Faults(Vec::new());
    let mut forms = base.to_vec();
    for form in &mut forms {
        form.forget_rows();
    }
    let mut reader = Entries { facts, basis, faults: &mut faults };
    reader.versions(&mut forms);
    reader.indicators(&mut forms);
    reader.prose(&mut forms);
    reader.checks(&mut forms);
    for form in &mut forms {
        form.settle(&mut faults);
    }
    (forms, faults.0)
}

/// The entries of a document on their way into forms.
struct Entries<'e> {
    facts: &'e Facts,
    basis: &'e dyn Fn(Text, Text, Force, bool) -> Basis,
    faults: &'e mut Faults,
}

impl Entries<'_> {
    fn text(&self, text: Text) -> String {
        self.facts.text(text).into()
    }

    /// The fillers that a list names; a word that is none is a problem.
    fn fillers<T: Row>(&mut self, row: usize, list: List<Word>) -> Vec<Filler> {
        let mut fillers = Vec::new();
        for word in self.facts.words(list) {
            match Filler::from_word(word) {
                Some(filler) => fillers.push(filler),
                None => {
                    self.faults.add::<T>(
                        Some(row),
                        "filled_by",
                        &p::BAD_CHOICE,
                        word,
                        &quoted(Filler::WORDS),
                    );
                }
            }
        }
        fillers
    }

    fn versions(&mut self, forms: &mut Vec<Form>) {
        let facts = self.facts;
        for (id, row) in facts.forms.iter() {
            let name = facts.word(row.id);
            let version = Version {
                number: Ordinal::or_first(row.version),
                name_vi: self.text(row.name_vi),
                name_en: self.text(row.name_en),
                filled_by: self.fillers::<facts::Form>(id.row(), row.filled_by),
                teams: row.teams,
                every: row.every,
                scheme: row.scheme,
                basis: (self.basis)(row.basis_vi, row.basis_en, row.force, row.verified),
                span: row.span(),
                row: Some(id),
            };
            if row.filled_by.is_empty() {
                self.faults.add::<facts::Form>(Some(id.row()), "filled_by", &p::MISSING, "", "");
            }
            if row.teams.is_some() && !version.filled_by.contains(&Filler::Team) {
                self.faults.add::<facts::Form>(Some(id.row()), "teams", &p::UNFIT, name, "`null`");
            }
            let at = forms.iter().position(|form| form.id == name).unwrap_or(forms.len());
            if at == forms.len() {
                let (indicators, prose, checks) = (Vec::new(), Vec::new(), Vec::new());
                forms.push(Form { id: name.into(), versions: Vec::new(), indicators, prose, checks });
            }
            let Some(form) = forms.get_mut(at) else { continue };
            let same = form.versions.iter().position(|other| other.number == version.number);
            match same.and_then(|at| form.versions.get_mut(at)) {
                None => form.versions.push(version),
                Some(other) if other.row.is_none() => *other = version,
                Some(other) => {
                    let first = other.row.map_or(0, Id::row);
                    let first = format!("`{}`", Place::of::<facts::Form>(first, "id"));
                    self.faults.add::<facts::Form>(
                        Some(id.row()),
                        "version",
                        &p::DUPLICATE_ID,
                        &version.number.to_string(),
                        &first,
                    );
                }
            }
        }
        for form in forms {
            sort_by(&mut form.versions, |a, b| a.number.cmp(&b.number));
        }
    }

    /// The form that a row names, and what the row has in common with others.
    fn part<'f, T: Row>(
        &mut self,
        forms: &'f mut [Form],
        row: usize,
        (form, id): (Word, Word),
        versions: (Option<Ordinal>, Option<Ordinal>),
        fillers: List<Word>,
    ) -> Option<(&'f mut Form, Part)> {
        let name = self.facts.word(form);
        let filled_by = self.fillers::<T>(row, fillers);
        let Some(at) = forms.iter().position(|form| form.id == name) else {
            let names: Vec<_> = forms.iter().map(|form| form.id.as_str()).collect();
            let near = crate::json::likely(name, &names);
            let any = near.is_empty();
            let near = if any { "the `id` of a row of `forms`".into() } else { quoted(&near) };
            self.faults.add::<T>(Some(row), "form", &p::UNKNOWN_FORM, name, &near);
            if let Some(problem) = self.faults.0.last_mut().filter(|_| any) {
                problem.wanted_vi = Some("định danh (`id`) của một dòng trong bảng `forms`".into());
            }
            return None;
        };
        let form = forms.get_mut(at)?;
        let number = |number: Option<Ordinal>, open: u16| number.map_or(open, |number| number.0.get());
        let (since, until) = (number(versions.0, 1), number(versions.1, u16::MAX));
        let numbers: Vec<_> = form.versions.iter().map(|version| version.number.to_string()).collect();
        let numbers: Vec<_> = numbers.iter().map(String::as_str).collect();
        for (column, given) in [("since", versions.0), ("until", versions.1)] {
            if let Some(given) = given.map(|given| given.0.get())
                && form.version(given).is_none()
            {
                self.faults.add::<T>(
                    Some(row),
                    column,
                    &p::BAD_CHOICE,
                    &given.to_string(),
                    &quoted(&numbers),
                );
            }
        }
        if since > until {
            self.faults.add::<T>(Some(row), "until", &p::BAD_COUNT, "", &format!("{since}–65535"));
        }
        let is_strange = |own: &&Filler| !form.versions.iter().any(|version| version.filled_by.contains(own));
        for strange in filled_by.iter().filter(is_strange) {
            let own: Vec<_> =
                form.versions.iter().flat_map(|version| &version.filled_by).map(|own| own.word()).collect();
            self.faults.add::<T>(Some(row), "filled_by", &p::BAD_CHOICE, strange.word(), &quoted(&own));
        }
        Some((
            form,
            Part { id: self.facts.word(id).into(), versions: (since, until), filled_by, row: Some(row) },
        ))
    }

    fn indicators(&mut self, forms: &mut [Form]) {
        let facts = self.facts;
        for (id, row) in facts.indicators.iter() {
            let at = id.row();
            let part = self.part::<facts::Indicator>(
                forms,
                at,
                (row.form, row.id),
                (row.since, row.until),
                row.filled_by,
            );
            let Some((form, part)) = part else { continue };
            let reserved = [RESERVED, FUNCTIONS].concat();
            if part.id.contains('-') || reserved.contains(&part.id.as_str()) {
                let wanted = quoted(&reserved);
                self.faults.add::<facts::Indicator>(Some(at), "id", &p::BAD_NAME, &part.id, &wanted);
            }
            let (unit, over) = (facts.word(row.unit), row.over_periods);
            let wanted = match row.counts {
                _ if over == OverPeriods::Sum && unit == "person" => Some("`none`"),
                Counting::InPeriod if over == OverPeriods::Last => Some("`sum`, `none`"),
                Counting::YearToDate | Counting::AtCutOff if over == OverPeriods::Sum => {
                    Some("`last`, `none`")
                }
                _ => None,
            };
            if let Some(wanted) = wanted {
                let found =
                    if unit == "person" && over == OverPeriods::Sum { unit } else { row.counts.word() };
                self.faults.add::<facts::Indicator>(Some(at), "over_periods", &p::UNFIT, found, wanted);
            }
            let bound = |figure: Option<Figure>| figure.map(|figure| figure.0);
            if bound(row.max).is_some_and(|max| bound(row.min).is_some_and(|min| max < min)) {
                let from = bound(row.min).unwrap_or(0);
                self.faults.add::<facts::Indicator>(
                    Some(at),
                    "max",
                    &p::BAD_COUNT,
                    "",
                    &format!("{from}–{MOST}"),
                );
            }
            let evidence = match (row.evidence_vi, row.evidence_en) {
                (Some(vi), Some(en)) => Some((self.text(vi), self.text(en))),
                (None, None) => None,
                (vi, _) => {
                    let column = if vi.is_some() { "evidence_en" } else { "evidence_vi" };
                    self.faults.add::<facts::Indicator>(Some(at), column, &p::MISSING, "", "");
                    None
                }
            };
            let indicator = Indicator {
                part,
                label_vi: self.text(row.label_vi),
                label_en: self.text(row.label_en),
                unit: unit.into(),
                counts: row.counts,
                over_units: row.over_units,
                over_periods: over,
                goal: row.goal.map(|goal| facts.word(goal).into()),
                min: bound(row.min),
                max: bound(row.max),
                required: row.required,
                evidence,
                basis: (self.basis)(row.basis_vi, row.basis_en, row.force, row.verified),
            };
            let faults = &mut *self.faults;
            put::<facts::Indicator, _>(faults, &mut form.indicators, indicator, |indicator| &indicator.part);
        }
    }

    fn prose(&mut self, forms: &mut [Form]) {
        let facts = self.facts;
        for (id, row) in facts.prose.iter() {
            let part = self.part::<facts::ProseField>(
                forms,
                id.row(),
                (row.form, row.id),
                (row.since, row.until),
                row.filled_by,
            );
            let Some((form, part)) = part else { continue };
            let (label_vi, label_en) = (self.text(row.label_vi), self.text(row.label_en));
            let field = ProseField { part, label_vi, label_en, required: row.required };
            put::<facts::ProseField, _>(self.faults, &mut form.prose, field, |field| &field.part);
        }
    }

    fn checks(&mut self, forms: &mut [Form]) {
        let facts = self.facts;
        for (id, row) in facts.checks.iter() {
            let part = self.part::<facts::FormCheck>(
                forms,
                id.row(),
                (row.form, row.id),
                (row.since, row.until),
                row.filled_by,
            );
            let Some((form, part)) = part else { continue };
            let missing = |missing: Option<Missing>| missing.unwrap_or(Missing::SkipIfAny);
            let check = FormCheck {
                part,
                left: self.text(row.left),
                operator: row.operator,
                right: self.text(row.right),
                missing: (missing(row.left_missing), missing(row.right_missing)),
                tolerance: row.tolerance.map_or(0, |count| count.0),
                severity: match row.severity {
                    Weight::Error => Some(Severity::Error),
                    Weight::Warning => Some(Severity::Warning),
                    Weight::Info => Some(Severity::Info),
                    Weight::Off => None,
                },
                message_vi: self.text(row.message_vi),
                message_en: self.text(row.message_en),
                basis: (self.basis)(row.basis_vi, row.basis_en, row.force, row.verified),
                compiled: None,
            };
            for (column, message) in [("message_vi", &check.message_vi), ("message_en", &check.message_en)] {
                for rest in message.split('{').skip(1) {
                    let (place, end) = rest.split_once('}').map_or((rest, ""), |(place, _)| (place, "}"));
                    if end.is_empty() || !PLACES.contains(&place) {
                        let found = format!("{{{place}{end}");
                        self.faults.add::<facts::FormCheck>(
                            Some(id.row()),
                            column,
                            &p::BAD_CHOICE,
                            &found,
                            MESSAGE,
                        );
                    }
                }
            }
            // A report confirms the findings of rules and of checks by their names.
            if let Some(rule) = RULES.iter().find(|rule| rule.name == check.part.id) {
                let (name, code) = (&check.part.id, rule.code);
                self.faults.add::<facts::FormCheck>(Some(id.row()), "id", &p::DUPLICATE_ID, name, code);
            }
            put::<facts::FormCheck, _>(self.faults, &mut form.checks, check, |check| &check.part);
        }
    }
}

/// What the message of a check can have filled in.
const PLACES: &[&str] = &["left", "right", "difference"];
const MESSAGE: &str = "`{left}`, `{right}`, `{difference}`";

/// Puts a part of the document into its form: in place of those that the form had of its name before, beside those of the document
/// for other versions.
fn put<T: Row, V>(faults: &mut Faults, parts: &mut Vec<V>, new: V, part: fn(&V) -> &Part) {
    let (id, (since, until), row) = (part(&new).id.clone(), part(&new).versions, part(&new).row);
    // A part keeps the place in the form that the one before had.
    let at = parts.iter().position(|other| part(other).id == id && part(other).row.is_none());
    if let Some(first) = at {
        let mut position = 0;
        parts.retain(|other| {
            position += 1;
            position == first + 1 || part(other).id != id || part(other).row.is_some()
        });
        if let Some(slot) = parts.get_mut(first) {
            *slot = new;
        }
        return;
    }
    let twice = parts.iter().find(|other| {
        let (from, to) = part(other).versions;
        part(other).id == id && from <= until && since <= to
    });
    if let Some(first) = twice.and_then(|other| part(other).row) {
        faults.add::<T>(row, "id", &p::DUPLICATE_ID, &id, &format!("`{}`", Place::of::<T>(first, "id")));
        return;
    }
    parts.push(new);
    if parts.len() == LIMIT_OF_FORM + 1 {
        faults.add::<T>(row, "form", &p::TOO_MANY, T::NAME, &LIMIT_OF_FORM.to_string());
    }
}

impl Form {
    fn forget_rows(&mut self) {
        self.versions.iter_mut().for_each(|version| version.row = None);
        self.indicators.iter_mut().for_each(|own| own.part.row = None);
        self.prose.iter_mut().for_each(|own| own.part.row = None);
        self.checks.iter_mut().for_each(|own| own.part.row = None);
    }

    /// Looks at the form as a whole and compiles its checks.
    fn settle(&mut self, faults: &mut Faults) {
        let mut by_day: Vec<_> = self.versions.iter().collect();
        sort_by(&mut by_day, |a, b| a.span.from.cmp(&b.span.from));
        for (a, b) in overlapping(by_day, |version| version.span) {
            let (row, other) = if b.row.is_some() { (b.row, a) } else { (a.row, b) };
            let found = format!("{} ({})", self.id, other.number);
            let other = other.row.map_or_else(
                || format!("`{}`", self.id),
                |row| format!("`{}`", Place::of::<facts::Form>(row.row(), "from")),
            );
            faults.add::<facts::Form>(row.map(Id::row), "from", &p::OVERLAP, &found, &other);
        }
        for version in &self.versions {
            let has_any = self.indicators.iter().any(|own| within(&own.part, version.number));
            if !has_any {
                let number = version.number.to_string();
                faults.add::<facts::Form>(
                    version.row.map(Id::row),
                    "id",
                    &p::NOT_IN_VERSION,
                    "indicators",
                    &number,
                );
            }
        }
        for field in &self.prose {
            if let Some(own) = self.indicators.iter().find(|own| own.part.id == field.part.id) {
                let first = own.part.row.map_or_else(
                    || "`indicators`".into(),
                    |row| format!("`{}`", Place::of::<facts::Indicator>(row, "id")),
                );
                if field.part.row.is_some() {
                    faults.add::<facts::ProseField>(
                        field.part.row,
                        "id",
                        &p::DUPLICATE_ID,
                        &field.part.id,
                        &first,
                    );
                } else {
                    faults.add::<facts::Indicator>(
                        own.part.row,
                        "id",
                        &p::DUPLICATE_ID,
                        &field.part.id,
                        "`prose`",
                    );
                }
            }
        }
        let mut checks = std::mem::take(&mut self.checks);
        for check in &mut checks {
            self.compile(check, faults);
        }
        self.checks = checks;
    }

    /// Compiles a check: its names are those of the indicators of its versions.
    fn compile(&self, check: &mut FormCheck, faults: &mut Faults) {
        let numbers = || {
            self.versions.iter().map(|version| version.number).filter(|&number| within(&check.part, number))
        };
        let named = |name: &str, number: u16| {
            let mut own = self.indicators.iter().enumerate();
            own.find(|(_, own)| own.part.id == name && within(&own.part, number))
        };
        let range = Range { low: 0, high: i64::from(MOST) };
        let figure = |name: &str| numbers().find_map(|number| named(name, number)).map(|(at, _)| (at, range));
        let is_own = |own: &&Indicator| {
            numbers().any(|number| within(&own.part, number)) && !own.part.id.contains('-')
        };
        let all: Vec<_> = self.indicators.iter().filter(is_own).map(|own| own.part.id.as_str()).collect();
        // Of a check in no version, which is a problem of its own, nothing more is said.
        if numbers().next().is_none() {
            return;
        }
        let objection = |item: &Item| {
            let own = item.indicator().and_then(|at| self.indicators.get(at))?;
            let all = numbers().filter_map(|number| named(&own.part.id, number));
            objection(item, &own.part.id, &all.map(|(_, own)| own).collect::<Vec<_>>())
        };
        let known = Known { figure: &figure, names: &all, objection: &objection };
        // A check of what is extended breaks when an indicator goes: that is told of the indicators.
        let place = |column: &str| match check.part.row {
            Some(row) => Place::of::<facts::FormCheck>(row, column),
            None => Place { row: None, column: None, ..Place::of::<facts::FormCheck>(0, "id") },
        };
        let wrong = |fault: Fault, column: &str| {
            let Fault { at, mut vi, mut en } = fault;
            // It has no row here, so it is named.
            if check.part.row.is_none() {
                let id = &check.part.id;
                vi = format!("{vi} (phép kiểm tra `{id}` của bộ được kế thừa)");
                en = format!("{en} (check `{id}` of what is extended)");
            }
            Problem::in_both(place(column), &p::BAD_EXPRESSION, &at.to_string(), &[vi, en])
        };
        let mut side = |text: &str, missing: Missing, column: &str| {
            let side = Side::parse(text, missing, known).map_err(|fault| wrong(fault, column));
            side.map_err(|problem| faults.0.push(problem)).ok()
        };
        let left = side(&check.left, check.missing.0, "left");
        let right = side(&check.right, check.missing.1, "right");
        let Some((left, right)) = left.zip(right) else { return };
        faults.0.extend(left.less(&right).err().map(|fault| wrong(fault, "right")));
        for (items, column) in [(left.items(), "left"), (right.items(), "right")] {
            for item in items {
                let Some(own) = item.indicator().and_then(|at| self.indicators.get(at)) else { continue };
                if let Some(number) = numbers().find(|&number| named(&own.part.id, number).is_none()) {
                    faults.add::<facts::FormCheck>(
                        check.part.row,
                        column,
                        &p::NOT_IN_VERSION,
                        &own.part.id,
                        &number.to_string(),
                    );
                }
            }
        }
        // One of what is extended falls silent; so does one that is off.
        let is_own = check.part.row.is_some() && check.severity.is_some();
        if let Some((column, id)) = self.unfilled(check, &left, &right).filter(|_| is_own) {
            let fillers: Vec<_> = match check.part.filled_by.as_slice() {
                [] => self.versions.iter().flat_map(|version| &version.filled_by).copied().collect(),
                own => own.to_vec(),
            };
            let mut words: Vec<_> = fillers.iter().map(|filler| filler.word()).collect();
            sort(&mut words);
            words.dedup();
            faults.0.push(Problem::new(place(column), &p::NOT_FILLED, &id, &quoted(&words)));
        }
        check.compiled = Some(Arc::new(Comparison::new(left, check.operator, right, check.tolerance)));
    }
}

impl Form {
    /// What a check needs and nobody who fills in the form has with all the rest; none if somebody has all.
    fn unfilled(&self, check: &FormCheck, left: &Side, right: &Side) -> Option<(&'static str, String)> {
        // Where a side has no value, these two ask just for that.
        if matches!(check.operator, Operator::BothOrNeither | Operator::NotBoth) {
            return None;
        }
        let mut lacking = None;
        for version in self.versions.iter().filter(|version| within(&check.part, version.number)) {
            for &filler in version.filled_by.iter().filter(|&&own| check.part.is_in(version.number, own)) {
                let has = |id: &str, filler| {
                    version.filled_by.contains(&filler)
                        && self
                            .indicators
                            .iter()
                            .any(|own| own.part.id == id && own.part.is_in(version.number, filler))
                };
                let lacks = |item: &&Item| {
                    let id = item
                        .indicator()
                        .and_then(|at| self.indicators.get(at))
                        .map(|own| own.part.id.as_str());
                    id.is_some_and(|id| match item {
                        // Reports of teams, which stand below a unit.
                        Item::Below(_) => filler == Filler::Team || !has(id, Filler::Team),
                        _ => !has(id, filler),
                    })
                };
                let sides = [(left, "left"), (right, "right")];
                let mut lacking_here =
                    sides.iter().filter(|(side, _)| side.needs_all()).filter_map(|(side, column)| {
                        let item = side.items().iter().find(lacks)?;
                        Some((*column, self.indicators.get(item.indicator()?)?.part.id.clone()))
                    });
                // Somebody has all that it needs.
                lacking = Some(lacking_here.next()?);
            }
        }
        lacking
    }
}

/// Why an item cannot be asked of an indicator, whose entries in the versions of a check are these.
fn objection(item: &Item, id: &str, all: &[&Indicator]) -> Option<(String, String)> {
    match item {
        Item::Flow(_) if all.iter().any(|own| own.counts == Counting::AtCutOff) => Some((
            format!(
                "`{id}` là số liệu tại thời điểm chốt, không có số phát sinh trong kỳ; hãy viết `{id} - prev({id})`"
            ),
            format!("`{id}` is counted at the cut-off and has no flow; write `{id} - prev({id})`"),
        )),
        Item::Before(_) if all.iter().any(|own| own.over_periods != OverPeriods::Sum) => Some((
            format!("`{id}` không cộng được qua các kỳ (`over_periods` không phải `sum`)"),
            format!("`{id}` cannot be added up over periods (its `over_periods` is not `sum`)"),
        )),
        Item::Below(_) if all.iter().any(|own| own.over_units == OverUnits::None) => Some((
            format!("`{id}` không tổng hợp được qua các đơn vị (`over_units` là `none`)"),
            format!("`{id}` cannot be put together over units (its `over_units` is `none`)"),
        )),
        _ => None,
    }
}

fn within(part: &Part, number: u16) -> bool {
    (part.versions.0..=part.versions.1).contains(&number)
}
