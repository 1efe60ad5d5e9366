//! Python bindings: types, conversion and errors; no rules.

mod errors;

use chrono::NaiveDate;
use cnscd::{Locale, Names, Policy, Query, RULES, RollUpQuery, TeamQuery, When};
use errors::raise;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyBytes, PyIterator, PyList, PySlice, PyString};
use std::sync::Arc;

/// Python objects from JSON text.
fn loads<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (json,))
}

fn dumps<T: serde::Serialize>(value: &T) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| pyo3::exceptions::PyRuntimeError::new_err(error.to_string()))
}

fn parse<T: std::str::FromStr<Err = cnscd::Error>>(
    py: Python<'_>,
    word: Option<&str>,
) -> PyResult<Option<T>> {
    word.map(|word| word.parse().map_err(|error| raise(py, &error))).transpose()
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

    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.to_json())
    }

    #[getter]
    fn note(&self) -> Option<&str> {
        self.0.note()
    }

    fn counts(&self) -> Vec<(&'static str, usize)> {
        self.0.counts().collect()
    }

    #[pyo3(signature = (policy, *, as_of))]
    fn check(&self, py: Python<'_>, policy: &str, as_of: NaiveDate) -> PyResult<Checked> {
        let checked = py.detach(|| self.0.check(&Policy::preset(policy)?, as_of));
        checked.map(|checked| Checked(Arc::new(checked))).map_err(|error| raise(py, &error))
    }

    fn __repr__(&self) -> String {
        format!("<{:?}>", self.0)
    }
}

/// A register that was checked.
#[pyclass(frozen, module = "cnscd")]
struct Checked(Arc<cnscd::Checked>);

#[pymethods]
impl Checked {
    #[getter]
    fn policy(&self) -> &str {
        self.0.policy().name()
    }

    #[getter]
    fn as_of(&self) -> NaiveDate {
        self.0.as_of()
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
        let found = py.detach(|| {
            let findings = self.0.findings(&query)?;
            Ok(findings.iter().map(cnscd::Finding::position).collect())
        });
        let positions = found.map_err(|error| raise(py, &error))?;
        Ok(Findings { checked: Arc::clone(&self.0), positions })
    }

    #[pyo3(signature = (*, unit=None, kind=None))]
    fn teams<'py>(
        &self,
        py: Python<'py>,
        unit: Option<String>,
        kind: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let query = TeamQuery { unit, kind: parse(py, kind)? };
        loads(py, &dumps(&self.0.teams(&query).map_err(|error| raise(py, &error))?)?)
    }

    #[pyo3(signature = (*, unit=None, level=None))]
    fn roll_up<'py>(
        &self,
        py: Python<'py>,
        unit: Option<String>,
        level: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let query = RollUpQuery { unit, level: parse(py, level)? };
        let rolled = py.detach(|| self.0.roll_up(&query)).map_err(|error| raise(py, &error))?;
        loads(py, &dumps(&rolled.rows)?)
    }

    fn __repr__(&self) -> String {
        format!("<{:?}>", self.0)
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
    use super::{Checked, Finding, Findings, Register};
    use super::{Policy, RULES, dumps, loads, raise};
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
        Policy::PRESETS.to_vec()
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
    fn version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}
