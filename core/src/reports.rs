//! *Reports* are what teams and units send up, bound to a register: one [`Sheet`] of columns for each form. They are read without a
//! policy, which says only at the check what a form is.

use crate::checked::Checked;
use crate::error::Error;
use crate::expression::{ABSENT, NOT_APPLICABLE};
use crate::facts::{Facts, REPORTS, Report, Row};
use crate::integrity::LIMIT_OF_REPORTS;
use crate::json;
use crate::order::{sort, sort_by};
use crate::personal::shown;
use crate::problem::{self as p, Place, Problem};
use crate::read::{Read, Reader};
use crate::register::{Inner, Register};
use crate::review::Review;
use crate::sheet::{Mark, Sheet};
use crate::table::{Cell, Rows, Type};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Weak};

/// Reports that were read beside a register. Cloning is cheap.
#[derive(Clone)]
pub struct Reports {
    pub(crate) store: Arc<Store>,
    /// The register that they were read beside.
    beside: Weak<Inner>,
}

/// The reports of a register.
pub(crate) struct Store {
    /// Texts and words.
    pub facts: Facts,
    pub sheets: Vec<Sheet>,
}

impl Store {
    /// Puts what was read into its sheets.
    pub(crate) fn new(read: Read, inner: &Inner) -> Result<Self, Error> {
        let mut facts = read.facts;
        let mut sheets = std::mem::take(&mut facts.sheets.all);
        let mut problems = Vec::new();
        for sheet in &mut sheets {
            sheet.arrange(&facts, inner);
            for run in sheet.runs(inner) {
                let crowd = run.clone().nth(LIMIT_OF_REPORTS).and_then(|row| sheet.origin.get(row)).copied();
                problems.extend(crowd.map(|row| {
                    let place = Place {
                        order: Report::ORDER,
                        table: Some(Report::NAME),
                        row: Some(row),
                        ..Place::default()
                    };
                    Problem::new(place, &p::TOO_MANY, Report::NAME, &LIMIT_OF_REPORTS.to_string())
                }));
            }
        }
        if !problems.is_empty() {
            sort_by(&mut problems, |a, b| a.place().cmp(&b.place()));
            return Err(Error::Invalid(problems.into()));
        }
        facts.reports = Rows::default();
        facts.arena.shrink_to_fit();
        Ok(Self { facts, sheets })
    }

    /// The sheet of a form.
    pub(crate) fn sheet(&self, form: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| self.facts.word(sheet.form) == form)
    }

    /// How many reports there are.
    pub(crate) fn len(&self) -> usize {
        self.sheets.iter().map(|sheet| sheet.rows.len()).sum()
    }

    /// The sheet and the row of each report, in the order of the document.
    fn order(&self) -> Vec<(u32, u32)> {
        let mut order = vec![(0, 0); self.len()];
        for (at, sheet) in (0..).zip(&self.sheets) {
            for (row, &origin) in (0..).zip(&sheet.origin) {
                if let Some(slot) = order.get_mut(origin as usize) {
                    *slot = (at, row);
                }
            }
        }
        order
    }

    /// Calls `each` with the cells of every report, in the order of the document.
    pub(crate) fn each_row<'s>(&'s self, inner: &'s Inner, each: &mut dyn FnMut(&[Cell<'s>])) {
        let mut cells = Vec::with_capacity(Report::TABLE.columns.len());
        for (at, row) in self.order() {
            let Some(sheet) = self.sheets.get(at as usize) else { continue };
            cells.clear();
            self.cells(sheet, row as usize, inner, &mut cells);
            each(&cells);
        }
    }

    /// Puts out the cells of a report.
    pub(crate) fn cells<'s>(
        &'s self,
        sheet: &'s Sheet,
        at: usize,
        inner: &'s Inner,
        out: &mut Vec<Cell<'s>>,
    ) {
        let Some(report) = sheet.rows.get(at) else { return };
        let (facts, there) = (&self.facts, &inner.facts);
        report.cells(facts, out);
        let text = |text: &'s str| Cell::Text(Cow::Borrowed(text));
        let word = |word| text(facts.word(word));
        let list = |items: Vec<Cell<'s>>| if items.is_empty() { Cell::Absent } else { Cell::List(items) };
        let map = |items: Vec<_>| if items.is_empty() { Cell::Absent } else { Cell::Map(items) };
        for (cell, column) in out.iter_mut().zip(Report::TABLE.columns) {
            let key = match column.name {
                "unit" => report.unit.0.map(|id| there.units[id].code.0),
                "team" => report.team.0.map(|id| there.teams[id].id.0),
                "by" => report.by.0.map(|id| there.people[id].id.0),
                _ => None,
            };
            if let Some(key) = key {
                *cell = text(there.text(key));
            }
            let figures = || {
                let figures =
                    sheet.columns.iter().map(|column| (column.indicator, column.figures.get(at).copied()));
                figures.filter_map(|(indicator, figure)| Some((indicator, figure?)))
            };
            match column.name {
                "figures" => {
                    let own = figures().filter_map(|(indicator, figure)| {
                        let count = u64::try_from(figure).ok()?;
                        Some((facts.word(indicator).into(), Cell::Count(count)))
                    });
                    *cell = map(own.collect());
                }
                "not_applicable" => {
                    let own = figures().filter(|&(_, figure)| figure == NOT_APPLICABLE);
                    *cell = list(own.map(|(indicator, _)| word(indicator)).collect());
                }
                "estimates" => *cell = list(sheet.marks(at, Mark::ESTIMATE).map(word).collect()),
                "confirmed" => *cell = list(sheet.marks(at, Mark::CONFIRMED).map(word).collect()),
                "prose" => {
                    let own =
                        sheet.prose(at).map(|own| (facts.word(own.field).into(), text(facts.text(own.text))));
                    *cell = map(own.collect());
                }
                _ => {}
            }
        }
    }

    /// The columns of a table of all reports: the name of each, the position of what it comes from, and its key if that is a map.
    fn columns(&self) -> Vec<(String, (usize, Option<&str>))> {
        let facts = &self.facts;
        let mut columns = Vec::new();
        for (at, column) in Report::TABLE.columns.iter().enumerate() {
            let figures = self.sheets.iter().flat_map(|sheet| &sheet.columns).map(|column| column.indicator);
            let texts = self.sheets.iter().flat_map(|sheet| &sheet.prose).map(|prose| prose.field);
            let mut keys: Vec<_> = match column.kind {
                Type::Figures => figures.collect(),
                Type::Texts => texts.collect(),
                _ => {
                    columns.push((column.name.to_owned(), (at, None)));
                    continue;
                }
            };
            sort(&mut keys);
            keys.dedup();
            let keys = keys.into_iter().map(|word| facts.word(word));
            columns.extend(keys.map(|key| (format!("{}.{key}", column.name), (at, Some(key)))));
        }
        columns
    }

    /// The document, its reports in the order in which they came.
    pub(crate) fn to_json(&self, inner: &Inner) -> String {
        let note = self.facts.texts[0].map(|note| self.facts.text(note));
        json::print_rows(note, Report::TABLE, &|each| self.each_row(inner, each))
    }
}

impl Sheet {
    /// The rows of each reporter.
    pub(crate) fn runs<'s>(&'s self, inner: &'s Inner) -> impl Iterator<Item = std::ops::Range<usize>> + 's {
        let mut from = 0;
        let runs = self.rows.chunk_by(move |a, b| a.reporter(inner) == b.reporter(inner));
        runs.map(move |run| {
            let range = from..from + run.len();
            from = range.end;
            range
        })
    }
}

impl Reports {
    /// Reads a JSON document of reports beside the register whose teams and units sent them (see the reference of the format): an object
    /// with an optional `note` and the list `reports`. Which indicators a form has is asked at the check, by the policy.
    ///
    /// # Errors
    /// [`Error::Syntax`] with line and column if it is not JSON; [`Error::Invalid`] with every problem and its place: a team or unit that the
    /// register does not have, a figure that is no whole number from 0 to 2147483647; more than 4,096 reports of one reporter and form;
    /// [`Error::TooLarge`] from four gigabytes.
    ///
    /// ```
    /// use cnscd::{Register, Reports};
    /// let register = Register::from_json(r#"{
    ///   "units": [{"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune"}],
    ///   "teams": [{"id": "t1", "kind": "community", "unit": "99001", "from": "2022-04-05"}]
    /// }"#)?;
    /// let reports = Reports::from_json(&register, r#"{"reports": [
    ///   {"form": "team-monthly", "team": "t1", "period": "2022-05", "received": "2022-06-02", "figures": {"members": 5}}
    /// ]}"#)?;
    /// assert_eq!(reports.len(), 1);
    /// let register = register.with_reports(&reports)?;
    ///
    /// let error = Reports::from_json(&register, r#"{"reports": [
    ///   {"form": "team-monthly", "team": "t2", "period": "2022-05", "figures": {"members": -1}}
    /// ]}"#).unwrap_err();
    /// let problems: Vec<_> = error.problems().iter().map(ToString::to_string).collect();
    /// assert_eq!(problems, [
    ///     "reports[0].team: there is no `t2` in `teams`",
    ///     "reports[0].figures: `members` must be a whole number in the range 0–2147483647",
    /// ]);
    /// # Ok::<(), cnscd::Error>(())
    /// ```
    pub fn from_json(register: &Register, json: &str) -> Result<Self, Error> {
        let read = json::read_with(Self::reader(register), json, &REPORTS)?;
        Self::new(read, register)
    }

    /// Reads a JSON document from bytes.
    ///
    /// # Errors
    /// Those of [`Reports::from_json`], and [`Error::Syntax`] where the bytes are not UTF-8.
    pub fn from_json_bytes(register: &Register, json: &[u8]) -> Result<Self, Error> {
        Self::from_json(register, json::text(json)?)
    }

    /// A reader of reports beside a register.
    pub(crate) fn reader(register: &Register) -> Reader {
        let mut reader = Reader::new();
        reader.beside = Some(Arc::clone(&register.inner));
        reader
    }

    pub(crate) fn new(read: Read, register: &Register) -> Result<Self, Error> {
        let store = Arc::new(Store::new(read, &register.inner)?);
        Ok(Self { store, beside: Arc::downgrade(&register.inner) })
    }

    /// How many reports there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.store.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The note of the document: where the reports come from, what in them is made up.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.store.facts.texts[0].map(|note| self.store.facts.text(note))
    }

    /// The forms that they name, each with the indicators that somebody reported, in the order in which they came.
    pub fn forms(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        let facts = &self.store.facts;
        self.store.sheets.iter().map(|sheet| {
            (
                facts.word(sheet.form),
                sheet.columns.iter().map(|column| facts.word(column.indicator)).collect(),
            )
        })
    }
}

/// Shows how many there are and no value.
impl fmt::Debug for Reports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reports ({})", self.len())
    }
}

impl Register {
    /// The register with reports, which were read beside it. Nothing is copied; reports that it had are left out.
    ///
    /// # Errors
    /// [`Error::OtherRegister`] if they were read beside another one. A register that was edited or erased is another one.
    pub fn with_reports(&self, reports: &Reports) -> Result<Self, Error> {
        if !std::ptr::eq(Weak::as_ptr(&reports.beside), Arc::as_ptr(&self.inner)) {
            return Err(Error::OtherRegister);
        }
        Ok(Self { inner: Arc::clone(&self.inner), reports: Some(Arc::clone(&reports.store)) })
    }

    /// The reports, if it has some.
    #[must_use]
    pub fn reports(&self) -> Option<Reports> {
        let store = Arc::clone(self.reports.as_ref()?);
        Some(Reports { store, beside: Arc::downgrade(&self.inner) })
    }

    /// The names of the columns of its reports as a table, each figure and text that one of them has for itself; none if there are no
    /// reports beside it.
    #[must_use]
    pub fn report_columns(&self) -> Option<Vec<String>> {
        Some(self.reports.as_ref()?.columns().into_iter().map(|(name, _)| name).collect())
    }

    /// Calls `each` with the cells of every report, in the order of the document: one for each of [`Register::report_columns`].
    pub fn each_report<'r>(&'r self, each: &mut dyn FnMut(&[Cell<'r>])) {
        let Some(store) = &self.reports else { return };
        let columns = store.columns();
        let mut flat = Vec::with_capacity(columns.len());
        store.each_row(&self.inner, &mut |cells| {
            flat.clear();
            flat.extend(columns.iter().map(|(_, place)| match (place, cells.get(place.0)) {
                ((_, None), Some(cell)) => cell.clone(),
                ((_, Some(key)), Some(Cell::Map(pairs))) => {
                    let own = pairs.iter().find(|(name, _)| name == key);
                    own.map_or(Cell::Absent, |(_, value)| value.clone())
                }
                _ => Cell::Absent,
            }));
            each(&flat);
        });
    }

    /// The reports as a document; reading it beside the register gives the same reports. None if it has none.
    #[must_use]
    pub fn reports_to_json(&self) -> Option<String> {
        Some(self.reports.as_ref()?.to_json(&self.inner))
    }
}

/// A check of a form that a report departs from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormDeparture<'c> {
    /// The number of the report in its document, from 0.
    pub report: u32,
    /// The check.
    pub check: &'c str,
}

impl Checked {
    /// The reports under a form that count and depart from its checks, in the order in which the store keeps them, then of the checks: what R001 says, without the values.
    ///
    /// # Errors
    /// [`Error::UnknownForm`] if the policy has no such form.
    pub fn departures(&self, form: &str) -> Result<Vec<FormDeparture<'_>>, Error> {
        let context = &self.context;
        let own = context.policy.forms().iter().find(|own| own.id == form);
        let own = own.ok_or_else(|| Error::UnknownForm(shown(form, false).into()))?;
        let Some(store) = &context.register().reports else { return Ok(Vec::new()) };
        let name = |sheet: &Sheet| store.facts.word(sheet.form) == form;
        let mut sheets = store.sheets.iter().zip(self.sequences());
        let Some((sheet, sequence)) = sheets.find(|(sheet, _)| name(sheet)) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        Review::of(context, store, sheet, Cow::Borrowed(sequence)).departures(&mut found);
        let found = found.iter().filter_map(|departs| {
            let (report, check) = (*sheet.origin.get(departs.row)?, own.checks.get(departs.check)?);
            Some(FormDeparture { report, check: &check.part.id })
        });
        Ok(found.collect())
    }
}

/// Whether a figure of a column is one.
pub(crate) fn is_figure(figure: i32) -> bool {
    figure != ABSENT && figure != NOT_APPLICABLE
}
