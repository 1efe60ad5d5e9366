//! A *preview* is what is said of a report before it is kept: its findings by field, what the form asks for, what was reported last, and
//! by when this report and the next one are due. It is what an entry form needs.

use crate::checked::Checked;
use crate::choice::{Counting, ReportState};
use crate::context::Context;
use crate::day::Day;
use crate::duty::{Debtor, State, owed_for};
use crate::error::Error;
use crate::facts::{Facts, Report, Row};
use crate::field::{Ordinal, Pending};
use crate::finding::Finding;
use crate::json::{self, Tree};
use crate::locale::{Locale, Names};
use crate::period::Period;
use crate::problem::{self as p, Problem};
use crate::read::Reader;
use crate::reports::{Reports, Store};
use crate::review::{Review, filler, place_of};
use crate::rule::{Draft, Param};
use crate::sheet::{Reporter, Sheet};
use crate::table::{Cell, Id};
use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::num::NonZeroU16;

/// A report before it is kept.
pub struct Preview<'c> {
    context: &'c Context,
    drafts: Vec<Draft>,
    form: String,
    period: Period,
    version: Option<u16>,
    fields: Vec<Field>,
    due: Option<Day>,
    next: Option<(Period, Option<Day>)>,
    cut_off: Option<Day>,
}

/// A figure or a text of a report, as its form has it.
#[derive(Clone, Debug)]
pub struct Field {
    /// The identifier of the indicator or prose field.
    pub id: String,
    /// Label, in Vietnamese.
    pub label_vi: String,
    /// Label, in English.
    pub label_en: String,
    /// What is counted; none of a text.
    pub unit: Option<String>,
    /// Whether a report without it is incomplete.
    pub required: bool,
    /// Whether the report has neither a value nor the word that none applies.
    pub absent: bool,
    /// The figure.
    pub figure: Option<i32>,
    /// The figure of the period before.
    pub previous: Option<i32>,
    /// What the form keeps as evidence, in Vietnamese and English.
    pub evidence: Option<(String, String)>,
    /// How a figure counts; none of a text.
    pub counts: Option<Counting>,
    /// The least and the most that are likely.
    pub bounds: (Option<u32>, Option<u32>),
}

impl Checked {
    /// What is said of a report before it is kept: one row of `reports` as JSON. It is taken as received on `as_of` where it says no earlier
    /// day, and as the next revision where it gives none; nothing is changed.
    ///
    /// # Errors
    /// [`Error::Syntax`] if it is not JSON; [`Error::Invalid`] with every problem, at `reports[0]`.
    ///
    /// ```
    /// # use cnscd::{Locale, Names, Policy, Register};
    /// # let register = Register::from_json(r#"{
    /// #   "units": [{"code": "11044", "name": "Xã Toàn Thắng", "kind": "xa", "level": "commune"}],
    /// #   "teams": [{"id": "t1", "kind": "community", "unit": "11044", "from": "2022-04-05"}]
    /// # }"#)?;
    /// # let as_of = chrono::NaiveDate::from_ymd_opt(2022, 6, 2).ok_or("no day")?;
    /// let checked = register.check(&Policy::preset("national-2022")?, as_of)?;
    /// let preview = checked.preview(
    ///     r#"{"form": "team-monthly", "team": "t1", "period": "2022-05", "figures": {"people_guided": 12, "guidance_occurrences": 9}}"#,
    /// )?;
    /// let findings: Vec<_> = preview.findings().map(|finding| finding.code()).collect();
    /// assert_eq!(findings, ["R001", "R002"]);
    /// assert_eq!(preview.next().map(|(period, _)| period.to_string()).as_deref(), Some("2022-06"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn preview(&self, report: &str) -> Result<Preview<'_>, Error> {
        let context = &self.context;
        let mut cells = cells(report)?;
        // What says no day has come on that of the check.
        let received = Report::TABLE.columns.iter().position(|column| column.name == "received");
        if let Some(cell @ Cell::Absent) = received.and_then(|at| cells.get_mut(at)) {
            *cell = Cell::Day(context.as_of);
        }
        let store = beside(context, &cells)?;
        let last = u32::try_from(store.len()).unwrap_or(u32::MAX).saturating_sub(1);
        let own = store
            .sheets
            .iter()
            .find_map(|sheet| Some((sheet, sheet.origin.iter().position(|&row| row == last)?)));
        // The row was read, so it is there.
        let Some((sheet, row)) = own else { return Err(Error::Invalid(Vec::new().into())) };
        let review = Review::new(context, &store, sheet, 0..sheet.rows.len());
        let mut drafts = Vec::new();
        review.look(&self.plan.checks.report, |at| at == row, &mut drafts);
        let mut drafts: Vec<_> = drafts.into_iter().map(|(_, draft)| draft).collect();
        for draft in &mut drafts {
            draft.settle(context);
        }
        crate::order::sort_by(&mut drafts, |a, b| {
            (a.severity.cmp(&b.severity)).then_with(|| a.rule.code.cmp(b.rule.code))
        });
        let Some(report) = sheet.row(row) else { return Err(Error::Invalid(Vec::new().into())) };
        let reporter = report.reporter(context.inner());
        let (form, period) = (store.facts.word(sheet.form), report.period());
        // What is asked for as it comes does no duty.
        let due = |period: Period| due(context, form, reporter, period).filter(|_| report.is_periodic());
        Ok(Preview {
            context,
            drafts,
            form: form.into(),
            period,
            version: review.version(report).map(|version| version.number),
            fields: fields(&review, &store, sheet, row, report),
            due: due(period),
            next: period.next().filter(|_| report.is_periodic()).map(|next| (next, due(next))),
            cut_off: review.cut_off(report),
        })
    }
}

/// The cells of a report written as a JSON object.
fn cells(report: &str) -> Result<Vec<Cell<'_>>, Error> {
    let invalid = |problem: Problem| Error::Invalid(vec![problem].into());
    let place = p::Place { column: None, column_order: 0, ..p::Place::of::<Report>(0, "form") };
    let Tree::Object(pairs) = json::tree(report)? else {
        return Err(invalid(Problem::new(place, &p::NOT_AN_OBJECT, "", "")));
    };
    let columns = Report::TABLE.columns;
    let (mut cells, mut seen) = (vec![Cell::Absent; columns.len()], Vec::new());
    for (key, value) in pairs {
        let Some(at) = columns.iter().position(|column| column.name == key) else {
            let (found, wanted) = json::unknown_column(&key, Report::TABLE);
            return Err(invalid(Problem::new(place, &p::UNKNOWN_KEY, found, &wanted)));
        };
        if seen.contains(&at) {
            return Err(invalid(Problem::new(place, &p::DUPLICATE_KEY, &key, "")));
        }
        seen.push(at);
        if let Some(cell) = cells.get_mut(at) {
            *cell = value.cell();
        }
    }
    Ok(cells)
}

/// The report, as the last row, with what its reporter sent before under the form.
fn beside(context: &Context, cells: &[Cell<'_>]) -> Result<Store, Error> {
    let (inner, as_of) = (context.inner(), context.as_of);
    let mut reader = Reports::reader(context.register());
    read_row(&mut reader, 0, cells);
    let report = reader.facts.reports.try_get(0).copied();
    let form = report.map(|report| reader.facts.word(report.form.0).to_owned());
    // What is wrong with the report alone is told, before anything is laid beside it.
    let later_team = |report: &Report| report.team.0.filter(|&team| !context.knows_team(team));
    if let Some(team) = report.as_ref().and_then(later_team) {
        let id = context.facts().text(context.facts().teams[team].id.0);
        reader.problem_at(p::Place::of::<Report>(0, "team"), &p::DANGLING, id, "`teams`");
    }
    let later_unit = |report: &Report| {
        let Reporter::Unit(line) = report.reporter(inner) else { return None };
        Some(inner.lines[line]).filter(|&first| context.unit(first).span().from > as_of)
    };
    if let Some(unit) = report.as_ref().filter(|own| own.team.0.is_none()).and_then(later_unit) {
        let code = context.facts().text(context.unit(unit).code.0);
        reader.problem_at(p::Place::of::<Report>(0, "unit"), &p::DANGLING, code, "`units`");
    }
    reader.finish()?;
    let (Some(report), Some(form)) = (report, form) else { return Err(Error::Invalid(Vec::new().into())) };
    let reporter = report.reporter(inner);
    let mut reader = Reports::reader(context.register());
    let (mut latest, mut row) = (0, 0);
    if let Some(store) = &context.register().reports
        && let Some(sheet) = store.sheet(&form)
    {
        for at in sheet.rows_of(reporter, inner) {
            let Some(other) = sheet.row(at).filter(|other| other.is_known(as_of)) else { continue };
            if other.is_about_the_same(&report) {
                latest = latest.max(other.revision());
                // What came after it would hide it.
                if report.revision.is_some() && other.revision() > report.revision() {
                    continue;
                }
            }
            let mut own = Vec::new();
            store.cells(sheet, at, inner, &mut own);
            read_row(&mut reader, row, &own);
            // Of the same revision the one that is entered now is the last.
            if other.is_about_the_same(&report) {
                let other = &mut reader.facts.reports[Id::at(row as usize)];
                other.received = Pending(other.received.0.min(report.received.0));
            }
            row += 1;
        }
    }
    read_row(&mut reader, row, cells);
    let row = &mut reader.facts.reports[Id::at(row as usize)];
    row.received = Pending(row.received.0.min(as_of));
    row.state = row.state.filter(|&state| state != ReportState::Draft);
    if row.revision.is_none() {
        row.revision = NonZeroU16::new(latest.saturating_add(1)).map(Ordinal);
    }
    Store::new(reader.finish()?, inner)
}

fn read_row(reader: &mut Reader, row: u32, cells: &[Cell<'_>]) {
    reader.at(Report::ORDER, row);
    Facts::read_row(Report::ORDER, cells, reader);
}

/// The last good day for a period by the obligation that binds the reporter, an extension counted.
fn due(context: &Context, form: &str, reporter: Reporter, period: Period) -> Option<Day> {
    let line = place_of(context, reporter);
    let debtor = match reporter {
        Reporter::Team(team) => Debtor::Team(team),
        Reporter::Unit(_) => Debtor::Unit,
    };
    let all = context.policy.obligations().iter().enumerate();
    let mut own = all.filter(|(_, own)| own.form.as_deref() == Some(form));
    let duty = own.find_map(|(at, _)| owed_for(context, at, line, debtor, period));
    duty.filter(|duty| duty.state != State::Excused).map(|duty| duty.last)
}

/// The figures and texts that the report should have.
fn fields(review: &Review<'_>, store: &Store, sheet: &Sheet, row: usize, report: &Report) -> Vec<Field> {
    let Some((_, form)) = review.form else { return Vec::new() };
    let Some(version) = review.version(report) else { return Vec::new() };
    let filler = filler(review.context, report.reporter(review.context.inner()));
    let before = review.before(row);
    let figures = form.indicators.iter().enumerate().filter(|(_, own)| version.asks(&own.part, filler));
    let figures = figures.map(|(at, own)| Field {
        id: own.part.id.clone(),
        label_vi: own.label_vi.clone(),
        label_en: own.label_en.clone(),
        unit: Some(own.unit.clone()),
        required: own.required,
        absent: review.raw(at, row) == crate::expression::ABSENT,
        figure: review.figure(at, row),
        previous: before.and_then(|before| review.like(at, row, before)),
        evidence: own.evidence.clone(),
        counts: Some(own.counts),
        bounds: (own.min, own.max),
    });
    let texts = form.prose.iter().filter(|own| version.asks(&own.part, filler));
    let texts = texts.map(|own| Field {
        id: own.part.id.clone(),
        label_vi: own.label_vi.clone(),
        label_en: own.label_en.clone(),
        unit: None,
        required: own.required,
        absent: !sheet.prose(row).any(|prose| store.facts.word(prose.field) == own.part.id),
        figure: None,
        previous: None,
        evidence: None,
        counts: None,
        bounds: (None, None),
    });
    figures.chain(texts).collect()
}

impl Preview<'_> {
    /// The findings about the report, worst first.
    pub fn findings(&self) -> impl Iterator<Item = Finding<'_>> {
        self.drafts.iter().map(|draft| Finding { context: self.context, draft, position: usize::MAX })
    }

    /// The figures and texts that the form asks of the reporter, in the order of the form; none if the policy has no such form.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The last day of the period, by the form.
    #[must_use]
    pub fn cut_off(&self) -> Option<NaiveDate> {
        self.cut_off.and_then(Day::date)
    }

    /// The last good day of the report, an extension counted; none if no obligation of the policy asks for it.
    #[must_use]
    pub fn due(&self) -> Option<NaiveDate> {
        self.due.and_then(Day::date)
    }

    /// The next period, and the last good day for it.
    #[must_use]
    pub fn next(&self) -> Option<(Period, Option<NaiveDate>)> {
        self.next.map(|(period, due)| (period, due.and_then(Day::date)))
    }

    /// As JSON data, with labels and texts where a locale is given.
    #[must_use]
    pub fn data(&self, text: Option<(Locale, Names)>) -> impl Serialize {
        Data { preview: self, text }
    }
}

impl<'c> Finding<'c> {
    /// The indicators and prose fields that a finding about a report is of, and the names that the form does not have; empty for any other.
    #[must_use]
    pub fn fields(&self) -> Vec<&'c str> {
        for (_, param) in &self.draft.params {
            match param {
                Param::Indicators(form, figures) => {
                    return crate::finding::parts(self.context, *form, figures, &[]);
                }
                Param::Lacks(form, figures, texts) => {
                    return crate::finding::parts(self.context, *form, figures, texts);
                }
                Param::Check(form, check) => {
                    let check =
                        self.context.policy.forms().get(*form).and_then(|form| form.checks.get(*check));
                    let figures = check.map(crate::form::FormCheck::fields).unwrap_or_default();
                    return crate::finding::parts(self.context, *form, &figures, &[]);
                }
                // What the form does not have.
                Param::Names(names) => return names.iter().map(String::as_str).collect(),
                _ => {}
            }
        }
        Vec::new()
    }
}

struct Data<'p> {
    preview: &'p Preview<'p>,
    text: Option<(Locale, Names)>,
}

/// A finding with the fields it is about.
struct AtFields<'p>(Finding<'p>, Option<(Locale, Names)>);

impl Serialize for AtFields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("fields", &self.0.fields())?;
        map.serialize_entry("finding", &self.0.data(self.1))?;
        map.end()
    }
}

struct Next(Period, Option<Day>);

impl Serialize for Next {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("period", &self.0)?;
        map.serialize_entry("due", &self.1.and_then(Day::date).map(|day| day.to_string()))?;
        map.end()
    }
}

struct FieldData<'p>(&'p Field, Option<Locale>);

impl Serialize for FieldData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (field, locale) = (self.0, self.1);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &field.id)?;
        map.serialize_entry("unit", &field.unit)?;
        map.serialize_entry("required", &field.required)?;
        map.serialize_entry("absent", &field.absent)?;
        map.serialize_entry("figure", &field.figure)?;
        map.serialize_entry("previous", &field.previous)?;
        map.serialize_entry("counts", &field.counts.map(Counting::word))?;
        map.serialize_entry("min", &field.bounds.0)?;
        map.serialize_entry("max", &field.bounds.1)?;
        if let Some(locale) = locale {
            let pick =
                |vi: &'_ str, en: &'_ str| if locale == Locale::Vi { vi.to_owned() } else { en.to_owned() };
            map.serialize_entry("label", &pick(&field.label_vi, &field.label_en))?;
            map.serialize_entry("evidence", &field.evidence.as_ref().map(|(vi, en)| pick(vi, en)))?;
        }
        map.end()
    }
}

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { preview, text } = *self;
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("form", &preview.form)?;
        map.serialize_entry("version", &preview.version)?;
        map.serialize_entry("period", &preview.period)?;
        map.serialize_entry("cut_off", &day(preview.cut_off()))?;
        map.serialize_entry("due", &day(preview.due()))?;
        map.serialize_entry("next", &preview.next.map(|(period, due)| Next(period, due)))?;
        let locale = text.map(|(locale, _)| locale);
        map.serialize_entry(
            "fields",
            &preview.fields.iter().map(|field| FieldData(field, locale)).collect::<Vec<_>>(),
        )?;
        map.serialize_entry(
            "findings",
            &preview.findings().map(|finding| AtFields(finding, text)).collect::<Vec<_>>(),
        )?;
        map.end()
    }
}
