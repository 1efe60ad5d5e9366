//! Python bindings: types, conversion and errors; no rules.

mod days;
mod errors;
mod frames;
mod reports;
mod table;

use chrono::NaiveDate;
use cnscd::{AgendaQuery, Locale, Names, Query, RULES, RollUp, RollUpQuery, TeamQuery, When};
use errors::raise;
use frames::Stop;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyBytes, PyCapsule, PyDate, PyDict, PyIterator, PyList, PySlice, PyString};
use reports::Reports;
use std::sync::{Arc, PoisonError, RwLock};
use table::Table;

/// Python objects from JSON text.
fn loads<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (json,))
}

fn dumps<T: serde::Serialize>(value: &T) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| pyo3::exceptions::PyRuntimeError::new_err(error.to_string()))
}

/// What the text of an argument stands for.
fn choice<T: std::str::FromStr<Err = cnscd::Error>>(py: Python<'_>, word: &str) -> PyResult<T> {
    word.parse().map_err(|error| raise(py, &error))
}

fn parse<T: std::str::FromStr<Err = cnscd::Error>>(
    py: Python<'_>,
    word: Option<&str>,
) -> PyResult<Option<T>> {
    word.map(|word| choice(py, word)).transpose()
}

/// Dated facts, read and indexed.
#[pyclass(frozen, module = "cnscd")]
struct Register(cnscd::Register);

#[pymethods]
impl Register {
    #[staticmethod]
    fn from_json(py: Python<'_>, json: &Bound<'_, PyAny>) -> PyResult<Self> {
        let read = if let Ok(text) = json.cast::<PyString>() {
            let text: PyBackedStr = text.extract().map_err(|_| errors::lone_surrogate(py))?;
            py.detach(|| cnscd::Register::from_json(&text))
        } else {
            let bytes: PyBackedBytes = json
                .cast::<PyBytes>()
                .map_err(|_| pyo3::exceptions::PyTypeError::new_err("a document is a str or bytes"))?
                .extract()?;
            py.detach(|| cnscd::Register::from_json_bytes(&bytes))
        };
        read.map(Self).map_err(|error| raise(py, &error))
    }

    /// The tables are read one after the other, each from its first batch to its last: a database may have only one answer open.
    #[staticmethod]
    #[pyo3(signature = (*, note=None, **tables))]
    fn from_tables(
        py: Python<'_>,
        note: Option<&Bound<'_, PyString>>,
        tables: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let text = |text: &Bound<'_, PyString>| -> PyResult<PyBackedStr> {
            text.extract().map_err(|_| errors::lone_surrogate(py))
        };
        let note = note.map(text).transpose()?;
        let tables = tables.map(|tables| tables.iter().collect::<Vec<_>>()).unwrap_or_default();
        let names: Vec<_> = tables.iter().map(|(name, _)| text(name.cast()?)).collect::<PyResult<_>>()?;
        let names: Vec<&str> = names.iter().map(|name| &**name).collect();
        let mut reading = "";
        let read = cnscd::tables::read(note.as_deref(), &names, |position, rows| {
            let Some((_, frame)) = tables.get(position).filter(|(_, frame)| !frame.is_none()) else {
                return Ok(());
            };
            reading = rows.table().name;
            let batches = frames::batches(frame, reading)?;
            py.detach(|| frames::feed(batches, rows))
        });
        read.map(Self).map_err(|stop| match stop {
            Stop::Core(error) => raise(py, &error),
            Stop::Frame(error) => errors::frame(reading, &error),
            Stop::Python(error) => error,
        })
    }

    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.to_json())
    }

    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Table> {
        py.detach(|| table::facts(&self.0, name)).map_err(|error| raise(py, &error))?
    }

    fn with_reports(&self, py: Python<'_>, reports: &Reports) -> PyResult<Self> {
        self.0.with_reports(&reports.0).map(Self).map_err(|error| raise(py, &error))
    }

    #[getter]
    fn reports(&self) -> Option<Reports> {
        self.0.reports().map(Reports)
    }

    fn reports_to_json(&self, py: Python<'_>) -> Option<String> {
        py.detach(|| self.0.reports_to_json())
    }

    fn erase(&self, py: Python<'_>, person: &str) -> PyResult<Self> {
        py.detach(|| self.0.erase(person)).map(Self).map_err(|error| raise(py, &error))
    }

    #[getter]
    fn note(&self) -> Option<&str> {
        self.0.note()
    }

    fn counts(&self) -> Vec<(&'static str, usize)> {
        self.0.counts().collect()
    }

    #[pyo3(signature = (policy, *, as_of))]
    fn check(&self, py: Python<'_>, policy: &Bound<'_, PyAny>, as_of: NaiveDate) -> PyResult<Checked> {
        let policy = chosen(policy)?;
        let checked = py.detach(|| self.0.check(&policy, as_of));
        checked.map(|checked| Checked(RwLock::new(Arc::new(checked)))).map_err(|error| raise(py, &error))
    }

    fn __repr__(&self) -> String {
        format!("<{:?}>", self.0)
    }
}

/// The policy that an argument is: the name of a preset, or a policy.
fn chosen(policy: &Bound<'_, PyAny>) -> PyResult<cnscd::Policy> {
    if let Ok(policy) = policy.cast::<Policy>() {
        return Ok(policy.get().0.clone());
    }
    let name: PyBackedStr = policy
        .cast::<PyString>()
        .map_err(|_| pyo3::exceptions::PyTypeError::new_err("a policy is a Policy or the name of a preset"))?
        .extract()?;
    cnscd::Policy::preset(&name).map_err(|error| raise(policy.py(), &error))
}

/// What is asked, since when, where, and on which text that rests.
#[pyclass(frozen, module = "cnscd")]
struct Policy(cnscd::Policy);

#[pymethods]
impl Policy {
    #[staticmethod]
    fn preset(py: Python<'_>, name: &str) -> PyResult<Self> {
        cnscd::Policy::preset(name).map(Self).map_err(|error| raise(py, &error))
    }

    #[staticmethod]
    fn from_json(py: Python<'_>, json: &Bound<'_, PyString>) -> PyResult<Self> {
        let text: PyBackedStr = json.extract().map_err(|_| errors::lone_surrogate(py))?;
        cnscd::Policy::from_json(&text).map(Self).map_err(|error| raise(py, &error))
    }

    fn to_json(&self) -> String {
        self.0.to_json()
    }

    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    #[pyo3(signature = (register, unit, day))]
    fn explain<'py>(
        &self,
        py: Python<'py>,
        register: &Register,
        unit: &str,
        day: NaiveDate,
    ) -> PyResult<Bound<'py, PyAny>> {
        let explained = self.0.explain(&register.0, unit, day).map_err(|error| raise(py, &error))?;
        loads(py, &dumps(&explained)?)
    }

    #[pyo3(signature = (date, *, locale=None))]
    fn day<'py>(
        &self,
        py: Python<'py>,
        date: NaiveDate,
        locale: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let locale = parse(py, locale)?;
        let day = self.0.calendar().day(date).map_err(|error| raise(py, &error))?;
        loads(py, &dumps(&day.data(locale))?)
    }

    fn is_working(&self, py: Python<'_>, date: NaiveDate) -> PyResult<bool> {
        self.0.calendar().is_working(date).map_err(|error| raise(py, &error))
    }

    #[pyo3(signature = (from_, to))]
    fn count_working_days(&self, py: Python<'_>, from_: NaiveDate, to: NaiveDate) -> PyResult<i64> {
        self.0.calendar().count(from_, to).map_err(|error| raise(py, &error))
    }

    #[pyo3(signature = (from_, count))]
    fn add_working_days(&self, py: Python<'_>, from_: NaiveDate, count: i64) -> PyResult<NaiveDate> {
        self.0.calendar().add(from_, count).map_err(|error| raise(py, &error))
    }

    fn adjust(&self, py: Python<'_>, date: NaiveDate, adjust: &str) -> PyResult<NaiveDate> {
        self.0.calendar().adjust(date, choice(py, adjust)?).map_err(|error| raise(py, &error))
    }

    #[expect(clippy::too_many_arguments, reason = "named as the columns are")]
    #[pyo3(signature = (due, *, adjust, day=None, count=None, of=None, months=None, start=None, scheme=None))]
    fn due<'py>(
        &self,
        py: Python<'py>,
        due: &str,
        adjust: &str,
        day: Option<NaiveDate>,
        count: Option<u32>,
        of: Option<&str>,
        months: Option<u32>,
        start: Option<days::Start>,
        scheme: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (due, of, adjust, scheme) =
            (choice(py, due)?, parse(py, of)?, choice(py, adjust)?, parse(py, scheme)?);
        let find = || {
            let start = start.map(|start| start.with(scheme)).transpose()?;
            self.0.calendar().due(cnscd::DueRule::new(due, day, count, of, months)?, adjust, start)
        };
        let found = find().map_err(|error| raise(py, &error))?;
        loads(py, &dumps(&found)?)
    }

    fn due_of<'py>(&self, py: Python<'py>, obligation: &str) -> PyResult<Bound<'py, PyAny>> {
        let found = self.0.due_of(obligation).map_err(|error| raise(py, &error))?;
        loads(py, &dumps(&found)?)
    }

    fn forms<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        loads(py, &dumps(&self.0.forms())?)
    }

    fn __repr__(&self) -> String {
        format!("<Policy {}>", self.0.name())
    }
}

/// Rows as JSON text.
fn written(rows: &Bound<'_, PyAny>) -> PyResult<String> {
    let py = rows.py();
    let options = PyDict::new(py);
    options.set_item("default", wrap_pyfunction!(day_text, py)?)?;
    py.import("json")?.call_method("dumps", (rows,), Some(&options))?.extract()
}

/// A day in a change, as text; it is called for what is no JSON.
#[pyfunction]
fn day_text<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    if value.is_instance_of::<PyDate>() {
        return value.str();
    }
    let kind = value.get_type().name()?;
    Err(pyo3::exceptions::PyTypeError::new_err(format!(
        "a row holds text, numbers, flags, lists and dates, not {kind}"
    )))
}

/// A register that was checked. What was taken from it before an edit goes on as it was.
#[pyclass(frozen, module = "cnscd")]
struct Checked(RwLock<Arc<cnscd::Checked>>);

impl Checked {
    fn get(&self) -> Arc<cnscd::Checked> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn counted(
        &self,
        py: Python<'_>,
        unit: Option<String>,
        level: Option<&str>,
        obligation: Option<String>,
        period: Option<&str>,
    ) -> PyResult<Vec<cnscd::CompletenessRow>> {
        let query = cnscd::CompletenessQuery {
            unit,
            level: parse(py, level)?,
            obligation,
            period: parse(py, period)?,
        };
        py.detach(|| self.get().completeness(&query)).map_err(|error| raise(py, &error))
    }

    fn rolled(&self, py: Python<'_>, unit: Option<String>, level: Option<&str>) -> PyResult<RollUp> {
        let query = RollUpQuery { unit, level: parse(py, level)? };
        py.detach(|| self.get().roll_up(&query)).map_err(|error| raise(py, &error))
    }
}

#[pymethods]
impl Checked {
    #[getter]
    fn policy(&self) -> String {
        self.get().policy().name().to_owned()
    }

    #[getter]
    fn as_of(&self) -> NaiveDate {
        self.get().as_of()
    }

    #[getter]
    fn register(&self) -> Register {
        Register(self.get().register())
    }

    #[getter]
    fn unknown_scopes(&self) -> Vec<String> {
        self.get().unknown_scopes().to_vec()
    }

    #[getter]
    fn unknown_attributes(&self) -> Vec<String> {
        self.get().unknown_attributes()
    }

    /// A report is written by Python's own `json`, days as text.
    #[pyo3(signature = (report, *, locale=None, names="hidden"))]
    fn preview<'py>(
        &self,
        py: Python<'py>,
        report: &Bound<'py, PyAny>,
        locale: Option<&str>,
        names: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let text = text_choice(py, locale, names)?;
        reports::preview(py, &self.get(), &written(report)?, text)
    }

    fn departures(&self, py: Python<'_>, form: &str) -> PyResult<Table> {
        let checked = self.get();
        let found = py.detach(|| checked.departures(form)).map_err(|error| raise(py, &error))?;
        table::departures(&found)
    }

    /// The changes are written by Python's own `json`, days as text.
    #[pyo3(signature = (changes, *, locale=None, names="hidden"))]
    fn edit<'py>(
        &self,
        py: Python<'py>,
        changes: &Bound<'py, PyAny>,
        locale: Option<&str>,
        names: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let text = text_choice(py, locale, names)?;
        let json = written(changes)?;
        let edited = py.detach(|| {
            let mut checked = self.0.write().unwrap_or_else(PoisonError::into_inner);
            let edited = Arc::make_mut(&mut checked).edit(&json)?;
            Ok(dumps(&edited.data(text)))
        });
        loads(py, &edited.map_err(|error| raise(py, &error))??)
    }

    #[pyo3(signature = (*, unit=None, code=None, severity=None, when="any"))]
    fn findings(
        &self,
        py: Python<'_>,
        unit: Option<String>,
        code: Option<String>,
        severity: Option<&str>,
        when: &str,
    ) -> PyResult<Findings> {
        let when: When = parse(py, Some(when))?.unwrap_or(When::Any);
        let query = Query { unit, code, severity: parse(py, severity)?, when };
        let checked = self.get();
        let found = py.detach(|| {
            let findings = checked.findings(&query)?;
            Ok(findings.iter().map(cnscd::Finding::position).collect())
        });
        let positions = found.map_err(|error| raise(py, &error))?;
        Ok(Findings { checked, positions })
    }

    #[expect(clippy::too_many_arguments, reason = "keywords of Python")]
    #[pyo3(signature = (*, unit=None, team=None, body=None, obligation=None, state=None, from_=None, until=None, days=None, by_unit=false, locale=None, steps=false))]
    fn agenda<'py>(
        &self,
        py: Python<'py>,
        unit: Option<String>,
        team: Option<String>,
        body: Option<String>,
        obligation: Option<String>,
        state: Option<&str>,
        from_: Option<NaiveDate>,
        until: Option<NaiveDate>,
        days: Option<u32>,
        by_unit: bool,
        locale: Option<&str>,
        steps: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let state = parse(py, state)?;
        let query = AgendaQuery { unit, team, body, obligation, state, from: from_, until, days, by_unit };
        let locale = parse(py, locale)?;
        let checked = self.get();
        let rows = py.detach(|| checked.agenda(&query)).map_err(|error| raise(py, &error))?;
        loads(py, &dumps(&rows.into_iter().map(|row| row.data(locale, steps)).collect::<Vec<_>>())?)
    }

    #[expect(clippy::too_many_arguments, reason = "keywords of Python")]
    #[pyo3(signature = (*, unit=None, team=None, body=None, obligation=None, state=None, from_=None, until=None, days=None, by_unit=false))]
    fn agenda_table(
        &self,
        py: Python<'_>,
        unit: Option<String>,
        team: Option<String>,
        body: Option<String>,
        obligation: Option<String>,
        state: Option<&str>,
        from_: Option<NaiveDate>,
        until: Option<NaiveDate>,
        days: Option<u32>,
        by_unit: bool,
    ) -> PyResult<Table> {
        let state = parse(py, state)?;
        let query = AgendaQuery { unit, team, body, obligation, state, from: from_, until, days, by_unit };
        let checked = self.get();
        table::agenda(&py.detach(|| checked.agenda(&query)).map_err(|error| raise(py, &error))?)
    }

    #[expect(clippy::too_many_arguments, reason = "keywords of Python")]
    #[pyo3(signature = (*, unit=None, team=None, body=None, obligation=None, state=None, from_=None, until=None, days=None, by_unit=false, locale="vi"))]
    fn to_ical(
        &self,
        py: Python<'_>,
        unit: Option<String>,
        team: Option<String>,
        body: Option<String>,
        obligation: Option<String>,
        state: Option<&str>,
        from_: Option<NaiveDate>,
        until: Option<NaiveDate>,
        days: Option<u32>,
        by_unit: bool,
        locale: &str,
    ) -> PyResult<String> {
        let (state, locale) = (parse(py, state)?, choice(py, locale)?);
        let query = AgendaQuery { unit, team, body, obligation, state, from: from_, until, days, by_unit };
        let checked = self.get();
        let text = py.detach(|| checked.agenda(&query).map(|rows| checked.to_ical(&rows, locale)));
        text.map_err(|error| raise(py, &error))
    }

    #[pyo3(signature = (*, unit=None, level=None, obligation=None, period=None))]
    fn completeness<'py>(
        &self,
        py: Python<'py>,
        unit: Option<String>,
        level: Option<&str>,
        obligation: Option<String>,
        period: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        loads(py, &dumps(&self.counted(py, unit, level, obligation, period)?)?)
    }

    #[pyo3(signature = (*, unit=None, level=None, obligation=None, period=None))]
    fn completeness_table(
        &self,
        py: Python<'_>,
        unit: Option<String>,
        level: Option<&str>,
        obligation: Option<String>,
        period: Option<&str>,
    ) -> PyResult<Table> {
        table::completeness(&self.counted(py, unit, level, obligation, period)?)
    }

    #[pyo3(signature = (*, unit=None, kind=None))]
    fn teams<'py>(
        &self,
        py: Python<'py>,
        unit: Option<String>,
        kind: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let query = TeamQuery { unit, kind: parse(py, kind)? };
        loads(py, &dumps(&self.get().teams(&query).map_err(|error| raise(py, &error))?)?)
    }

    #[pyo3(signature = (*, unit=None, level=None))]
    fn roll_up<'py>(
        &self,
        py: Python<'py>,
        unit: Option<String>,
        level: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        loads(py, &dumps(&self.rolled(py, unit, level)?.rows)?)
    }

    #[pyo3(signature = (*, unit=None, level=None))]
    fn roll_up_table(&self, py: Python<'_>, unit: Option<String>, level: Option<&str>) -> PyResult<Table> {
        let rolled = self.rolled(py, unit, level)?;
        py.detach(|| table::roll_up(&rolled))
    }

    fn __repr__(&self) -> String {
        format!("<{:?}>", self.get())
    }
}

/// Findings in their order: a sequence.
#[pyclass(frozen, sequence, module = "cnscd")]
struct Findings {
    checked: Arc<cnscd::Checked>,
    positions: Vec<usize>,
}

#[pymethods]
impl Findings {
    fn __len__(&self) -> usize {
        self.positions.len()
    }

    /// One finding, or the findings of a slice.
    fn __getitem__<'py>(&self, py: Python<'py>, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let checked = Arc::clone(&self.checked);
        if let Ok(slice) = index.cast::<PySlice>() {
            let span = slice.indices(isize::try_from(self.positions.len())?)?;
            let at = (0..span.slicelength).map(|n| span.start + span.step * isize::try_from(n).unwrap_or(0));
            let positions =
                at.filter_map(|at| self.positions.get(usize::try_from(at).ok()?).copied()).collect();
            return Ok(Bound::new(py, Self { checked, positions })?.into_any());
        }
        let index: isize = index.extract()?;
        let from_end = index.checked_add_unsigned(self.positions.len()).filter(|_| index < 0);
        let position = usize::try_from(from_end.unwrap_or(index)).ok().and_then(|at| self.positions.get(at));
        let &position = position.ok_or_else(|| pyo3::exceptions::PyIndexError::new_err("no such finding"))?;
        Ok(Bound::new(py, Finding { checked, position })?.into_any())
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        let finding = |&position: &usize| Finding { checked: Arc::clone(&self.checked), position };
        PyList::new(
            py,
            self.positions.iter().map(finding).map(|it| Py::new(py, it)).collect::<PyResult<Vec<_>>>()?,
        )?
        .try_iter()
    }

    #[pyo3(signature = (locale=None, *, names="hidden"))]
    fn to_dicts<'py>(
        &self,
        py: Python<'py>,
        locale: Option<&str>,
        names: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let text = text_choice(py, locale, names)?;
        let data: Vec<_> = self
            .positions
            .iter()
            .filter_map(|&at| self.checked.finding(at))
            .map(|finding| finding.data(text))
            .collect();
        loads(py, &dumps(&data)?)
    }

    #[pyo3(signature = (locale=None, *, names="hidden"))]
    fn table(&self, py: Python<'_>, locale: Option<&str>, names: &str) -> PyResult<Table> {
        let text = text_choice(py, locale, names)?;
        py.detach(|| {
            let found: Vec<_> = self.positions.iter().filter_map(|&at| self.checked.finding(at)).collect();
            table::findings(&found, text)
        })
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        self.table(py, None, "hidden")?.__arrow_c_schema__(py)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        self.table(py, None, "hidden")?.__arrow_c_stream__(py, requested_schema)
    }

    fn __repr__(&self) -> String {
        format!("<Findings: {}>", self.positions.len())
    }
}

fn text_choice(py: Python<'_>, locale: Option<&str>, names: &str) -> PyResult<Option<(Locale, Names)>> {
    let names: Names = parse(py, Some(names))?.unwrap_or(Names::Hidden);
    Ok(parse(py, locale)?.map(|locale| (locale, names)))
}

/// What a rule says of a subject over a span.
#[pyclass(frozen, module = "cnscd")]
struct Finding {
    checked: Arc<cnscd::Checked>,
    position: usize,
}

impl Finding {
    fn get(&self) -> PyResult<cnscd::Finding<'_>> {
        let gone = || pyo3::exceptions::PyIndexError::new_err("no such finding");
        self.checked.finding(self.position).ok_or_else(gone)
    }
}

#[pymethods]
impl Finding {
    #[getter]
    fn code(&self) -> PyResult<&'static str> {
        Ok(self.get()?.code())
    }

    #[getter]
    fn name(&self) -> PyResult<&'static str> {
        Ok(self.get()?.rule().name)
    }

    #[getter]
    fn severity(&self) -> PyResult<&'static str> {
        Ok(self.get()?.severity().word())
    }

    #[getter]
    fn subject(&self) -> PyResult<(&'static str, &str)> {
        Ok(self.get()?.subject())
    }

    #[getter]
    fn unit(&self) -> PyResult<Option<&str>> {
        Ok(self.get()?.unit())
    }

    #[getter]
    fn from_(&self) -> PyResult<Option<NaiveDate>> {
        Ok(self.get()?.from())
    }

    #[getter]
    fn to(&self) -> PyResult<Option<NaiveDate>> {
        Ok(self.get()?.to())
    }

    #[getter]
    fn present(&self) -> PyResult<bool> {
        Ok(self.get()?.is_present())
    }

    #[getter]
    fn params<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.to_dict(py, None, "hidden")?.get_item("params")
    }

    #[getter]
    fn basis<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        loads(py, &dumps(&self.get()?.basis())?)
    }

    #[pyo3(signature = (locale="vi", *, names="hidden"))]
    fn text(&self, py: Python<'_>, locale: &str, names: &str) -> PyResult<String> {
        let (locale, names) = text_choice(py, Some(locale), names)?.unwrap_or((Locale::Vi, Names::Hidden));
        Ok(self.get()?.text(locale, names))
    }

    #[pyo3(signature = (locale="vi", *, names="hidden"))]
    fn remedy(&self, py: Python<'_>, locale: &str, names: &str) -> PyResult<String> {
        let (locale, names) = text_choice(py, Some(locale), names)?.unwrap_or((Locale::Vi, Names::Hidden));
        Ok(self.get()?.remedy(locale, names))
    }

    #[pyo3(signature = (locale=None, *, names="hidden"))]
    fn to_dict<'py>(
        &self,
        py: Python<'py>,
        locale: Option<&str>,
        names: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let text = text_choice(py, locale, names)?;
        loads(py, &dumps(&self.get()?.data(text))?)
    }

    fn __repr__(&self) -> PyResult<String> {
        let finding = self.get()?;
        Ok(format!("<Finding {} {} {}>", finding.code(), finding.rule().name, finding.subject().1))
    }
}

/// The native part of `cnscd`.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::days::{LunarDate, Period};
    #[pymodule_export]
    use super::{Checked, Finding, Findings, Policy, Register, Reports, Table};
    use super::{RULES, dumps, loads, raise};
    use pyo3::prelude::*;

    #[pyfunction]
    fn explain<'py>(py: Python<'py>, code: &str) -> PyResult<Bound<'py, PyAny>> {
        let rule = cnscd::explain(code).map_err(|error| raise(py, &error))?;
        loads(py, &dumps(rule)?)
    }

    #[pyfunction]
    fn rules() -> Vec<&'static str> {
        RULES.iter().map(|rule| rule.code).collect()
    }

    #[pyfunction]
    fn presets() -> Vec<&'static str> {
        cnscd::Policy::PRESETS.to_vec()
    }

    #[pyfunction]
    fn search_key(text: &str) -> String {
        cnscd::text::search_key(text)
    }

    #[pyfunction]
    fn compare_text(a: &str, b: &str) -> i32 {
        cnscd::text::compare(a, b) as i32
    }

    #[pyfunction]
    fn json_schema() -> String {
        cnscd::schema::json_schema()
    }

    #[pyfunction]
    fn policy_schema() -> String {
        cnscd::schema::policy_schema()
    }

    #[pyfunction]
    fn reports_schema() -> String {
        cnscd::schema::reports_schema()
    }

    #[pyfunction]
    fn version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}
