//! The one place where errors become exceptions: `cnscd.Error`, a `ValueError` with `code` and `problems`.

use pyo3::prelude::*;

/// The exception for an error of the core.
pub(crate) fn raise(py: Python<'_>, error: &cnscd::Error) -> PyErr {
    let problems = serde_json::to_string(error.problems()).unwrap_or_else(|_| "[]".into());
    exception(py, error.code(), &error.to_string(), &problems)
}

/// A `str` that cannot be written as UTF-8.
pub(crate) fn lone_surrogate(py: Python<'_>) -> PyErr {
    exception(py, "syntax", "the text holds half of a surrogate pair and cannot be written as UTF-8", "[]")
}

/// What a frame says when it cannot give its rows.
pub(crate) fn frame(table: &str, error: &arrow_schema::ArrowError) -> PyErr {
    pyo3::exceptions::PyRuntimeError::new_err(format!("`{table}` cannot be read: {error}"))
}

fn exception(py: Python<'_>, code: &str, message: &str, problems: &str) -> PyErr {
    let made = py
        .import("cnscd._errors")
        .and_then(|module| module.getattr("Error"))
        .and_then(|class| class.call_method1("_from_native", (code, message, problems)));
    made.map_or_else(|error| error, PyErr::from_value)
}
