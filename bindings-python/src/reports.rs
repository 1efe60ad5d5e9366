//! Reports beside a register.

use crate::errors::{self, raise};
use crate::frames::{self, Stop};
use crate::{Register, dumps, loads};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyBytes, PyString};
use std::sync::Arc;

/// Reports that were read beside a register.
#[pyclass(frozen, module = "cnscd")]
pub(crate) struct Reports(pub cnscd::Reports);

#[pymethods]
impl Reports {
    #[staticmethod]
    fn from_json(py: Python<'_>, register: &Register, json: &Bound<'_, PyAny>) -> PyResult<Self> {
        let register = &register.0;
        let read = if let Ok(text) = json.cast::<PyString>() {
            let text: PyBackedStr = text.extract().map_err(|_| errors::lone_surrogate(py))?;
            py.detach(|| cnscd::Reports::from_json(register, &text))
        } else {
            let bytes: PyBackedBytes = json
                .cast::<PyBytes>()
                .map_err(|_| PyTypeError::new_err("a document is a str or bytes"))?
                .extract()?;
            py.detach(|| cnscd::Reports::from_json_bytes(register, &bytes))
        };
        read.map(Self).map_err(|error| raise(py, &error))
    }

    #[staticmethod]
    #[pyo3(signature = (register, table, *, note=None))]
    fn from_table(
        py: Python<'_>,
        register: &Register,
        table: &Bound<'_, PyAny>,
        note: Option<&Bound<'_, PyString>>,
    ) -> PyResult<Self> {
        let note: Option<PyBackedStr> =
            note.map(|note| note.extract().map_err(|_| errors::lone_surrogate(py))).transpose()?;
        let batches = frames::batches(table, "reports")?;
        let read = py.detach(|| {
            cnscd::tables::read_reports(&register.0, note.as_deref(), |rows| frames::feed(batches, rows))
        });
        read.map(Self).map_err(|stop| match stop {
            Stop::Core(error) => raise(py, &error),
            Stop::Frame(error) => errors::frame("reports", &error),
            Stop::Python(error) => error,
        })
    }

    #[getter]
    fn note(&self) -> Option<&str> {
        self.0.note()
    }

    /// The forms, each with the indicators that somebody reported.
    fn forms(&self) -> Vec<(&str, Vec<&str>)> {
        self.0.forms().collect()
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn __repr__(&self) -> String {
        format!("<{:?}>", self.0)
    }
}

/// What is said of a report before it is kept, from its JSON.
pub(crate) fn preview<'py>(
    py: Python<'py>,
    checked: &Arc<cnscd::Checked>,
    json: &str,
    text: Option<(cnscd::Locale, cnscd::Names)>,
) -> PyResult<Bound<'py, PyAny>> {
    let preview = py.detach(|| checked.preview(json).map(|preview| dumps(&preview.data(text))));
    loads(py, &preview.map_err(|error| raise(py, &error))??)
}
