//! A *table* of facts, findings or measures, as data frames and databases take it: by the Arrow `PyCapsule` interface.
//!
//! Texts and lists have 64-bit offsets, so that no table is too long for them.

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, LargeListBuilder, LargeStringBuilder, UInt32Builder,
};
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Int64Array, LargeStringArray, RecordBatch, RecordBatchIterator,
    UInt32Array,
};
use arrow_schema::ArrowError;
use cnscd::tables::Cell;
use cnscd::{
    AgendaRow, CompletenessRow, Finding, FormDeparture, Level, Locale, Names, REPORT_TABLES, Role, RollUp,
    RollUpRow, Severity, Sex, Share, TABLES, TeamKind, Type,
};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::sync::Arc;

/// Rows and columns for a data frame.
#[pyclass(frozen, module = "cnscd")]
pub(crate) struct Table(RecordBatch);

#[pymethods]
impl Table {
    pub(crate) fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema =
            FFI_ArrowSchema::try_from(self.0.schema_ref().as_ref()).map_err(|error| broken(&error))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// Another schema may be asked for; this interface leaves it to the consumer to make one of what it gets.
    #[pyo3(signature = (requested_schema=None))]
    pub(crate) fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let rows = RecordBatchIterator::new([Ok(self.0.clone())], self.0.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(rows)), c"arrow_array_stream")
    }

    #[getter]
    fn columns(&self) -> Vec<String> {
        self.0.schema_ref().fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.0.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("<Table: {} rows, {} columns>", self.0.num_rows(), self.0.num_columns())
    }
}

fn broken(error: &ArrowError) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

/// The columns of a table that is being made; of each whether it may lack a value.
#[derive(Default)]
struct Columns(Vec<(String, ArrayRef, bool)>);

impl Columns {
    fn texts<'t>(&mut self, name: &str, texts: impl Iterator<Item = &'t str>) {
        self.0.push((name.into(), Arc::new(LargeStringArray::from_iter_values(texts)), false));
    }

    fn maybe_texts<'t>(&mut self, name: &str, texts: impl Iterator<Item = Option<&'t str>>) {
        self.0.push((name.into(), Arc::new(texts.collect::<LargeStringArray>()), true));
    }

    fn counts(&mut self, name: String, counts: impl Iterator<Item = u32>) {
        self.0.push((name, Arc::new(UInt32Array::from_iter_values(counts)), false));
    }

    /// `part` of `whole` as two columns.
    fn shares(&mut self, name: &str, shares: impl Iterator<Item = Option<Share>> + Clone) {
        let part: UInt32Array = shares.clone().map(|share| Some(share?.part)).collect();
        let whole: UInt32Array = shares.map(|share| Some(share?.whole)).collect();
        self.0.push((format!("{name}_part"), Arc::new(part), true));
        self.0.push((format!("{name}_whole"), Arc::new(whole), true));
    }

    fn table(self) -> PyResult<Table> {
        let made = RecordBatch::try_from_iter_with_nullable(self.0);
        made.map(Table).map_err(|error| broken(&error))
    }
}

/// All reports, with a column for each figure and text that one of them has.
fn reports(register: &cnscd::Register) -> PyResult<Table> {
    let names = register.report_columns().unwrap_or_else(|| {
        let columns = REPORT_TABLES.iter().flat_map(|table| table.columns);
        let flat = columns.filter(|column| !matches!(column.kind, Type::Figures | Type::Texts));
        flat.map(|column| column.name.to_owned()).collect()
    });
    let described =
        |name: &str| REPORT_TABLES.iter().flat_map(|table| table.columns).find(|own| own.name == name);
    let kind = |name: &str| match described(name.split('.').next().unwrap_or(name)).map(|column| column.kind)
    {
        Some(Type::Figures) => Type::Count(0, u32::MAX),
        Some(kind) => kind,
        None => Type::Text,
    };
    let mut builders: Vec<_> = names.iter().map(|name| Builder::new(kind(name))).collect();
    register.each_report(&mut |cells| {
        for (cell, builder) in cells.iter().zip(&mut builders) {
            builder.push(cell);
        }
    });
    let made = builders.into_iter().zip(names).map(|(builder, name)| {
        let required = described(&name).is_some_and(|column| column.required);
        let never_null = required || matches!(builder, Builder::Lists(_));
        (name, builder.finish(), !never_null)
    });
    Columns(made.collect()).table()
}

/// The checks that reports depart from, a row each.
pub(crate) fn departures(found: &[FormDeparture<'_>]) -> PyResult<Table> {
    let mut columns = Columns::default();
    columns.counts("report".into(), found.iter().map(|own| own.report));
    columns.texts("check", found.iter().map(|own| own.check));
    columns.table()
}

/// The facts of one table; a column that no row has a value in is there too.
pub(crate) fn facts(register: &cnscd::Register, name: &str) -> Result<PyResult<Table>, cnscd::Error> {
    if name == "reports" {
        return Ok(reports(register));
    }
    let columns = TABLES.iter().filter(|table| table.name == name).flat_map(|table| table.columns);
    let mut builders: Vec<_> = columns.clone().map(|column| Builder::new(column.kind)).collect();
    register.each_row(name, &mut |cells| {
        for (cell, builder) in cells.iter().zip(&mut builders) {
            builder.push(cell);
        }
    })?;
    let made = builders.into_iter().zip(columns).map(|(builder, column)| {
        let never_null = column.required || matches!(builder, Builder::Flags(_) | Builder::Lists(_));
        (column.name.to_owned(), builder.finish(), !never_null)
    });
    Ok(Columns(made.collect()).table())
}

/// A column of facts that is being made.
enum Builder {
    Texts(LargeStringBuilder),
    Days(Date32Builder),
    Counts(UInt32Builder),
    /// Absent means false.
    Flags(BooleanBuilder),
    /// Absent means empty.
    Lists(LargeListBuilder<LargeStringBuilder>),
}

impl Builder {
    fn new(kind: Type) -> Self {
        match kind {
            Type::Day => Self::Days(Date32Builder::new()),
            Type::Count(..) => Self::Counts(UInt32Builder::new()),
            Type::Flag => Self::Flags(BooleanBuilder::new()),
            Type::Words | Type::References(_) => {
                Self::Lists(LargeListBuilder::new(LargeStringBuilder::new()))
            }
            // Values of a policy are no facts.
            Type::Text
            | Type::Id
            | Type::Code
            | Type::Word
            | Type::Choice(_)
            | Type::Reference(_)
            | Type::Figures
            | Type::Texts
            | Type::Value => Self::Texts(LargeStringBuilder::new()),
        }
    }

    fn push(&mut self, cell: &Cell<'_>) {
        fn text<'c>(cell: &'c Cell<'_>) -> Option<&'c str> {
            if let Cell::Text(text) = cell { Some(text) } else { None }
        }
        match self {
            Self::Texts(texts) => texts.append_option(text(cell)),
            Self::Days(days) => {
                days.append_option(if let Cell::Day(day) = cell { Some(day.epoch_days()) } else { None });
            }
            Self::Counts(counts) => counts.append_option(match cell {
                Cell::Count(count) => u32::try_from(*count).ok(),
                _ => None,
            }),
            Self::Flags(flags) => flags.append_value(*cell == Cell::Flag(true)),
            Self::Lists(lists) => {
                if let Cell::List(items) = cell {
                    for item in items {
                        lists.values().append_option(text(item));
                    }
                }
                lists.append(true);
            }
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Self::Texts(mut texts) => Arc::new(texts.finish()),
            Self::Days(mut days) => Arc::new(days.finish()),
            Self::Counts(mut counts) => Arc::new(counts.finish()),
            Self::Flags(mut flags) => Arc::new(flags.finish()),
            Self::Lists(mut lists) => Arc::new(lists.finish()),
        }
    }
}

/// Findings, a row each, with text and remedy where a locale is given.
pub(crate) fn findings(found: &[Finding<'_>], text: Option<(Locale, Names)>) -> PyResult<Table> {
    let params: Vec<_> =
        found.iter().map(|finding| crate::dumps(&finding.params())).collect::<PyResult<_>>()?;
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_epoch_days());
    let mut columns = Columns::default();
    columns.texts("code", found.iter().map(Finding::code));
    columns.texts("name", found.iter().map(|finding| finding.rule().name));
    columns.texts("severity", found.iter().map(|finding| finding.severity().word()));
    columns.texts("subject_table", found.iter().map(|finding| finding.subject().0));
    columns.texts("subject", found.iter().map(|finding| finding.subject().1));
    columns.maybe_texts("unit", found.iter().map(Finding::unit));
    let from: Date32Array = found.iter().map(|finding| day(finding.from())).collect();
    let to: Date32Array = found.iter().map(|finding| day(finding.to())).collect();
    columns.0.push(("from".into(), Arc::new(from), true));
    columns.0.push(("to".into(), Arc::new(to), true));
    let present: BooleanArray = found.iter().map(|finding| Some(finding.is_present())).collect();
    columns.0.push(("present".into(), Arc::new(present), false));
    columns.texts("params", params.iter().map(String::as_str));
    if let Some((locale, names)) = text {
        let texts: Vec<_> = found.iter().map(|finding| finding.text(locale, names)).collect();
        let remedies: Vec<_> = found.iter().map(|finding| finding.remedy(locale, names)).collect();
        columns.texts("text", texts.iter().map(String::as_str));
        columns.texts("remedy", remedies.iter().map(String::as_str));
    }
    columns.table()
}

/// Duties, a row each.
pub(crate) fn agenda(rows: &[AgendaRow<'_>]) -> PyResult<Table> {
    let days = |days: &mut dyn Iterator<Item = Option<chrono::NaiveDate>>| -> ArrayRef {
        Arc::new(days.map(|day| day.map(|day| day.to_epoch_days())).collect::<Date32Array>())
    };
    let mut columns = Columns::default();
    columns.texts("obligation", rows.iter().map(AgendaRow::obligation));
    columns.texts("unit", rows.iter().map(AgendaRow::unit));
    columns.texts("level", rows.iter().map(|row| row.level().word()));
    let periods: Vec<_> = rows.iter().map(|row| row.period().map(|period| period.to_string())).collect();
    columns.maybe_texts("team", rows.iter().map(AgendaRow::team));
    columns.maybe_texts("person", rows.iter().map(AgendaRow::person));
    columns.maybe_texts("period", periods.iter().map(Option::as_deref));
    columns.maybe_texts("event", rows.iter().map(AgendaRow::event));
    columns.texts("state", rows.iter().map(|row| row.state().word()));
    columns.0.push(("from".into(), days(&mut rows.iter().map(AgendaRow::from)), true));
    columns.0.push(("due".into(), days(&mut rows.iter().map(AgendaRow::due)), true));
    columns.0.push(("done".into(), days(&mut rows.iter().map(AgendaRow::done)), true));
    let late: Int64Array = rows.iter().map(AgendaRow::late).collect();
    columns.0.push(("remind".into(), days(&mut rows.iter().map(AgendaRow::remind)), true));
    let published: BooleanArray = rows.iter().map(|row| Some(row.is_published())).collect();
    columns.0.push(("published".into(), Arc::new(published), false));
    columns.0.push(("late".into(), Arc::new(late), true));
    let late: Int64Array = rows.iter().map(AgendaRow::late_working).collect();
    columns.0.push(("late_working".into(), Arc::new(late), true));
    columns.maybe_texts("document", rows.iter().map(AgendaRow::document));
    columns.table()
}

type Count = fn(&cnscd::Counts) -> u32;

/// Numbers of duties, a row a unit, obligation and period.
pub(crate) fn completeness(rows: &[CompletenessRow]) -> PyResult<Table> {
    let periods: Vec<_> = rows.iter().map(|row| row.period.map(|period| period.to_string())).collect();
    let mut columns = Columns::default();
    columns.texts("unit", rows.iter().map(|row| row.unit.as_str()));
    columns.texts("name", rows.iter().map(|row| row.name.as_str()));
    columns.texts("level", rows.iter().map(|row| row.level.word()));
    columns.texts("obligation", rows.iter().map(|row| row.obligation.as_str()));
    columns.maybe_texts("period", periods.iter().map(Option::as_deref));
    let counts: [(&str, Count); 4] = [
        ("expected", |counts| counts.expected),
        ("done", |counts| counts.done),
        ("on_time", |counts| counts.on_time),
        ("overdue", |counts| counts.overdue),
    ];
    for (name, count) in counts {
        columns.counts(name.into(), rows.iter().map(|row| count(&row.counts)));
    }
    columns.table()
}

type Measure = fn(&cnscd::Measures, Level, TeamKind) -> u32;

/// Measures, a row a unit and a column a number. The words of organisations are open, so they stay together as JSON text.
pub(crate) fn roll_up(rolled: &RollUp) -> PyResult<Table> {
    let rows = || rolled.rows.iter();
    let organisations = |row: &RollUpRow| {
        let counts = row.organisations.iter().map(|(word, count)| (word.clone(), (*count).into()));
        serde_json::Value::Object(counts.collect()).to_string()
    };
    let organisations: Vec<_> = rows().map(organisations).collect();
    let mut columns = Columns::default();
    columns.texts("unit", rows().map(|row| row.unit.as_str()));
    columns.texts("name", rows().map(|row| row.name.as_str()));
    columns.texts("level", rows().map(|row| row.level.word()));
    columns.maybe_texts("parent", rows().map(|row| row.parent.as_deref()));
    for &level in Level::ALL {
        columns.counts(format!("units_{}", level.word()), rows().map(|row| row.measures.units(level)));
    }
    let grids: [(&str, Measure); 3] = [
        ("units_with", cnscd::Measures::units_with),
        ("teams", cnscd::Measures::teams),
        ("members", cnscd::Measures::members),
    ];
    for (name, measure) in grids {
        for &level in Level::ALL {
            for &kind in TeamKind::ALL {
                let name = format!("{name}_{}_{}", level.word(), kind.word());
                columns.counts(name, rows().map(|row| measure(&row.measures, level, kind)));
            }
        }
    }
    for &level in Level::ALL {
        let name = format!("required_{}", level.word());
        columns.shares(&name, rows().map(|row| row.measures.required(level)));
    }
    columns.shares("villages_covered", rows().map(|row| row.measures.villages_covered()));
    for &role in Role::ALL {
        columns.counts(format!("roles_{}", role.word()), rows().map(|row| row.measures.role(role)));
    }
    let sexes = Sex::ALL.iter().map(|&sex| Some(sex)).chain([None]);
    for sex in sexes {
        let name = format!("sexes_{}", sex.map_or("unknown", Sex::word));
        columns.counts(name, rows().map(|row| row.measures.sex(sex)));
    }
    for &severity in Severity::ALL {
        let name = format!("findings_{}", severity.word());
        columns.counts(name, rows().map(|row| row.measures.findings(severity)));
    }
    columns.shares("duties_done", rows().map(|row| row.measures.duties_done()));
    columns.texts("organisations", organisations.iter().map(String::as_str));
    columns.table()
}
