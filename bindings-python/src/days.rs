//! Days of the lunar calendar, and periods.

use crate::choice;
use crate::errors::raise;
use chrono::NaiveDate;
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// A day of the Vietnamese lunar calendar.
#[pyclass(frozen, eq, ord, hash, module = "cnscd")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LunarDate(cnscd::LunarDate);

#[pymethods]
impl LunarDate {
    #[new]
    #[pyo3(signature = (year, month, day, *, leap=false))]
    fn new(py: Python<'_>, year: i64, month: i64, day: i64, leap: bool) -> PyResult<Self> {
        let own = || Some((i32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?));
        let made = match own() {
            Some((year, month, day)) => cnscd::LunarDate::new(year, month, leap, day),
            None => Err(cnscd::Error::BadLunarDay {
                found: format!("{day}/{month} {year}"),
                wanted: "years are 1900 to 2100, months 1 to 12, days 1 to 30".into(),
            }),
        };
        made.map(Self).map_err(|error| raise(py, &error))
    }

    #[staticmethod]
    fn of(py: Python<'_>, date: NaiveDate) -> PyResult<Self> {
        cnscd::LunarDate::of(date).map(Self).map_err(|error| raise(py, &error))
    }

    fn date(&self) -> NaiveDate {
        self.0.date()
    }

    #[getter]
    fn year(&self) -> i32 {
        self.0.year()
    }

    #[getter]
    fn month(&self) -> u32 {
        self.0.month()
    }

    #[getter]
    fn leap(&self) -> bool {
        self.0.is_leap()
    }

    #[getter]
    fn day(&self) -> u32 {
        self.0.day()
    }

    fn text(&self, py: Python<'_>, locale: &str) -> PyResult<String> {
        Ok(self.0.text(choice(py, locale)?))
    }

    fn __repr__(&self) -> String {
        let (year, month, day) = (self.0.year(), self.0.month(), self.0.day());
        format!("LunarDate({year}, {month}, {day}{})", if self.0.is_leap() { ", leap=True" } else { "" })
    }

    /// For copies and pickles.
    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<((i32, u32, u32), Bound<'py, PyDict>)> {
        let names = PyDict::new(py);
        names.set_item("leap", self.0.is_leap())?;
        Ok(((self.0.year(), self.0.month(), self.0.day()), names))
    }
}

/// What a term runs from: a date, or a period in a scheme.
#[derive(FromPyObject)]
pub(crate) enum Start {
    Date(NaiveDate),
    Period(Period),
}

impl Start {
    pub(crate) fn with(self, scheme: Option<cnscd::Scheme>) -> Result<cnscd::Start, cnscd::Error> {
        match (self, scheme) {
            (Self::Date(date), None) => Ok(cnscd::Start::Day(date)),
            (Self::Period(period), Some(scheme)) => Ok(cnscd::Start::Period(period.0, scheme)),
            _ => Err(cnscd::Error::BadDue("a period needs a `scheme`, a date has none".into())),
        }
    }
}

/// What a report is about, such as `2022-Q2`.
#[pyclass(frozen, eq, hash, from_py_object, module = "cnscd")]
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Period(cnscd::Period);

#[pymethods]
impl Period {
    #[new]
    fn new(py: Python<'_>, notation: &str) -> PyResult<Self> {
        choice(py, notation).map(Self)
    }

    #[staticmethod]
    fn at(py: Python<'_>, frequency: &str, date: NaiveDate, scheme: &str) -> PyResult<Option<Self>> {
        Ok(cnscd::Period::at(choice(py, frequency)?, date, choice(py, scheme)?).map(Self))
    }

    #[getter]
    fn frequency(&self) -> &'static str {
        self.0.frequency().word()
    }

    fn days(&self, py: Python<'_>, scheme: &str) -> PyResult<(NaiveDate, NaiveDate)> {
        Ok(self.0.days(choice(py, scheme)?).into_inner())
    }

    fn contains(&self, py: Python<'_>, date: NaiveDate, scheme: &str) -> PyResult<bool> {
        Ok(self.0.contains(date, choice(py, scheme)?))
    }

    fn next(&self) -> Option<Self> {
        self.0.next().map(Self)
    }

    fn previous(&self) -> Option<Self> {
        self.0.previous().map(Self)
    }

    fn through(&self, last: &Bound<'_, Self>) -> Vec<Self> {
        self.0.through(last.get().0).map(Self).collect()
    }

    fn split(&self, py: Python<'_>, into: &str) -> PyResult<Vec<Self>> {
        let parts = self.0.split(choice(py, into)?).map_err(|error| raise(py, &error))?;
        Ok(parts.into_iter().map(Self).collect())
    }

    fn text(&self, py: Python<'_>, locale: &str) -> PyResult<String> {
        Ok(self.0.text(choice(py, locale)?))
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Period('{}')", self.0)
    }

    /// For copies and pickles.
    fn __getnewargs__(&self) -> (String,) {
        (self.0.to_string(),)
    }
}
