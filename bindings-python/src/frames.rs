//! *Frames* are tables of anything that speaks Arrow: data frames, query results. Here their columns become cells.
//!
//! Texts are borrowed from the frame, and what a column is made of is looked at once a batch.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date64Type, Decimal128Type, Float16Type, Float32Type, Float64Type, Int8Type,
    Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, BooleanArray, Date32Array, GenericListArray, LargeStringArray, OffsetSizeTrait, PrimitiveArray,
    RecordBatch, RecordBatchReader, StringArray, StringViewArray,
};
use arrow_schema::{ArrowError, DataType, TimeUnit};
use chrono::{DateTime, NaiveDate};
use cnscd::Type;
use cnscd::tables::{Cell, Day, Rows};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use pyo3_arrow::input::AnyRecordBatch;

/// The batches of an object that speaks Arrow.
pub(crate) fn batches(frame: &Bound<'_, PyAny>, table: &str) -> PyResult<Box<dyn RecordBatchReader + Send>> {
    if !frame.hasattr("__arrow_c_stream__")? && !frame.hasattr("__arrow_c_array__")? {
        let kind = frame.get_type().name()?;
        let message =
            format!("`{table}` is a {kind}; a table has `__arrow_c_stream__` or `__arrow_c_array__`");
        return Err(PyTypeError::new_err(message));
    }
    without_null_type(frame)?.extract::<AnyRecordBatch>()?.into_reader()
}

/// polars gives a column in which nothing has a value a buffer that the Arrow crates refuse (pola-rs/polars#22934). As a column of
/// texts it is taken.
fn without_null_type<'py>(frame: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = frame.py();
    // Not imported for this: a frame of polars has seen to that.
    let Ok(polars) = py.import("sys")?.getattr("modules")?.get_item("polars") else {
        return Ok(frame.clone());
    };
    if !frame.is_instance(&polars.getattr("DataFrame")?)? {
        return Ok(frame.clone());
    }
    let (null, text, list) = (polars.getattr("Null")?, polars.getattr("String")?, polars.getattr("List")?);
    let types = PyDict::new(py);
    types.set_item(list.call1((&null,))?, list.call1((&text,))?)?;
    types.set_item(null, text)?;
    frame.call_method1("cast", (types,))
}

/// Why the rows of a frame cannot be read on.
pub(crate) enum Stop {
    Core(cnscd::Error),
    /// What the frame itself says.
    Frame(ArrowError),
    Python(PyErr),
}

impl From<cnscd::Error> for Stop {
    fn from(error: cnscd::Error) -> Self {
        Self::Core(error)
    }
}

impl From<ArrowError> for Stop {
    fn from(error: ArrowError) -> Self {
        Self::Frame(error)
    }
}

impl From<PyErr> for Stop {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

/// Reads the rows of a frame.
pub(crate) fn feed(batches: Box<dyn RecordBatchReader + Send>, rows: &mut Rows) -> Result<(), Stop> {
    let schema = batches.schema();
    let names = schema.fields().iter().map(|field| field.name().as_str()).enumerate();
    let (kept, names): (Vec<_>, Vec<_>) = names.filter(|(_, name)| !is_index(name)).unzip();
    let positions = rows.columns(names);
    for batch in batches {
        feed_batch(&batch?.project(&kept)?, &positions, rows)?;
    }
    Ok(())
}

/// Whether pandas named the column so because it is an index without a name.
fn is_index(name: &str) -> bool {
    name.strip_prefix("__index_level_").is_some_and(|rest| rest.ends_with("__"))
}

fn feed_batch(batch: &RecordBatch, positions: &[Option<usize>], rows: &mut Rows) -> Result<(), Stop> {
    let mut columns = Vec::new();
    for (array, position) in batch.columns().iter().zip(positions) {
        let Some((position, kind)) = position.and_then(|at| Some((at, rows.kind(at)?))) else {
            continue;
        };
        // What comes in through a pointer may be anything; texts must be UTF-8 before they are texts.
        array.to_data().validate_full()?;
        let values = Values::new(array, kind);
        if values.has_bad() {
            rows.bad_column(position);
        }
        columns.push((position, values));
    }
    let mut cells = vec![Cell::Absent; rows.width()];
    for row in 0..batch.num_rows() {
        for (position, values) in &columns {
            if let Some(cell) = cells.get_mut(*position) {
                values.fill(row, cell);
            }
        }
        rows.push(&cells)?;
    }
    Ok(())
}

/// The values of a column in a batch, by what they are made of.
enum Values<'b> {
    Absent,
    Small(&'b StringArray),
    Large(&'b LargeStringArray),
    View(&'b StringViewArray),
    /// Texts that stand for values of another type.
    Spelt(Box<Self>, Type),
    Flags(&'b BooleanArray),
    Days(&'b Date32Array),
    /// Moments, and how many of their units a day has.
    Moments(&'b dyn Array, &'b [i64], i64),
    Numbers(Box<dyn Fn(usize) -> Cell<'static> + 'b>),
    Lists {
        lists: &'b dyn Array,
        span: Box<dyn Fn(usize) -> (usize, usize) + 'b>,
        items: Box<Self>,
    },
    /// A row of each key, and the values that the keys stand for.
    Coded(&'b dyn Array, Vec<usize>, Box<Self>),
    /// Values that the column cannot have, and for each row whether it has one.
    Bad(Vec<bool>, Cell<'static>),
}

impl<'b> Values<'b> {
    fn new(array: &'b dyn Array, kind: Type) -> Self {
        if let Some(coded) = array.as_any_dictionary_opt() {
            let keys = if coded.values().is_empty() { Vec::new() } else { coded.normalized_keys() };
            return Self::Coded(array, keys, Box::new(Self::new(coded.values(), kind)));
        }
        let texts = match array.data_type() {
            DataType::Null => return Self::Absent,
            DataType::Utf8 => Some(Self::Small(array.as_string())),
            DataType::LargeUtf8 => Some(Self::Large(array.as_string())),
            DataType::Utf8View => Some(Self::View(array.as_string_view())),
            _ => None,
        };
        if let Some(texts) = texts {
            return match kind {
                Type::Count(..) | Type::Flag | Type::Words | Type::References(_) => {
                    Self::Spelt(Box::new(texts), kind)
                }
                _ => texts,
            };
        }
        let values = match kind {
            Type::Flag => array.as_boolean_opt().map(Self::Flags),
            Type::Count(..) => numbers(array).map(Self::Numbers),
            Type::Day => days(array),
            Type::Words | Type::References(_) => match array.data_type() {
                DataType::List(_) => array.as_list_opt::<i32>().map(Self::lists),
                DataType::LargeList(_) => array.as_list_opt::<i64>().map(Self::lists),
                _ => None,
            },
            _ => None,
        };
        values.unwrap_or_else(|| Self::bad(array, kind))
    }

    fn lists<O: OffsetSizeTrait>(lists: &'b GenericListArray<O>) -> Self {
        let offsets = lists.value_offsets();
        let at = |row: usize| offsets.get(row).map_or(0, |offset| offset.as_usize());
        let items = Box::new(Self::new(lists.values(), Type::Id));
        Self::Lists { lists, span: Box::new(move |row| (at(row), at(row + 1))), items }
    }

    fn bad(array: &'b dyn Array, kind: Type) -> Self {
        let nulls = array.logical_nulls();
        let mut found: Vec<_> =
            (0..array.len()).map(|row| nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row))).collect();
        // pandas makes a column of floats of one in which every value is missing.
        if let Some(number) = numbers(array).filter(|_| array.data_type().is_floating()) {
            for (row, found) in found.iter_mut().enumerate() {
                *found &= number(row) != Cell::Absent;
            }
        }
        // Of a day it is told that it is none, and what it is.
        let name = array.data_type().to_string().to_lowercase();
        let name = name.split('(').next().unwrap_or_default().to_owned();
        Self::Bad(found, if kind == Type::Day { Cell::Text(name.into()) } else { Cell::Object })
    }

    fn has_bad(&self) -> bool {
        match self {
            Self::Bad(found, _) => found.contains(&true),
            Self::Lists { items, .. } | Self::Coded(_, _, items) => items.has_bad(),
            _ => false,
        }
    }

    /// Puts the value of a row into a cell. A list stays one, so that its memory is used again.
    fn fill(&self, row: usize, cell: &mut Cell<'b>) {
        match self {
            Self::Lists { lists, span, items } => {
                let (from, to) = if lists.is_null(row) { (0, 0) } else { span(row) };
                if !matches!(cell, Cell::List(_)) {
                    *cell = Cell::List(Vec::new());
                }
                if let Cell::List(list) = cell {
                    list.clear();
                    list.extend((from..to).map(|item| items.cell(item)));
                }
            }
            Self::Coded(coded, keys, values) => match keys.get(row) {
                Some(&key) if coded.is_valid(row) => values.fill(key, cell),
                _ => *cell = Cell::Absent,
            },
            _ => *cell = self.cell(row),
        }
    }

    fn cell(&self, row: usize) -> Cell<'b> {
        let text = |text: &'b str| Cell::Text(text.into());
        match self {
            Self::Small(texts) if texts.is_valid(row) => text(texts.value(row)),
            Self::Large(texts) if texts.is_valid(row) => text(texts.value(row)),
            Self::View(texts) if texts.is_valid(row) => text(texts.value(row)),
            Self::Spelt(texts, kind) => match texts.cell(row) {
                Cell::Text(std::borrow::Cow::Borrowed(text)) => Cell::of_text(text, *kind),
                other => other,
            },
            Self::Flags(flags) if flags.is_valid(row) => Cell::Flag(flags.value(row)),
            Self::Days(days) if days.is_valid(row) => day(i64::from(days.value(row)), None),
            Self::Moments(moments, ticks, of_a_day) if moments.is_valid(row) => {
                let ticks = ticks.get(row).copied().unwrap_or_default();
                let (days, rest) = (ticks.div_euclid(*of_a_day), ticks.rem_euclid(*of_a_day));
                let seconds = i128::from(rest) * 86_400 / i128::from(*of_a_day);
                day(days, (rest != 0).then(|| u32::try_from(seconds).unwrap_or_default()))
            }
            Self::Numbers(number) => number(row),
            Self::Lists { .. } | Self::Coded(..) => {
                let mut cell = Cell::Absent;
                self.fill(row, &mut cell);
                cell
            }
            Self::Bad(found, cell) if found.get(row) == Some(&true) => cell.clone(),
            _ => Cell::Absent,
        }
    }
}

/// A day, or the text of what is none: too early, too late, or a moment in a day.
fn day(days: i64, seconds: Option<u32>) -> Cell<'static> {
    let days = i32::try_from(days).ok();
    if let (Some(day), None) = (days.and_then(Day::from_epoch_days), seconds) {
        return Cell::Day(day);
    }
    let date = days.and_then(NaiveDate::from_epoch_days);
    let time = seconds.and_then(|seconds| DateTime::from_timestamp(i64::from(seconds), 0));
    let time = time.map_or_else(String::new, |time| time.format("T%H%M%S").to_string());
    Cell::Text(date.map_or_else(|| "?".into(), |date| format!("{date}{time}")).into())
}

fn days(array: &dyn Array) -> Option<Values<'_>> {
    let seconds: i64 = 86_400;
    Some(match array.data_type() {
        DataType::Date32 => Values::Days(array.as_primitive_opt()?),
        DataType::Date64 => {
            Values::Moments(array, array.as_primitive_opt::<Date64Type>()?.values(), seconds * 1_000)
        }
        DataType::Timestamp(unit, None) => {
            let (ticks, of_a_second): (&[i64], _) = match unit {
                TimeUnit::Second => (array.as_primitive_opt::<TimestampSecondType>()?.values(), 1),
                TimeUnit::Millisecond => {
                    (array.as_primitive_opt::<TimestampMillisecondType>()?.values(), 1_000)
                }
                TimeUnit::Microsecond => {
                    (array.as_primitive_opt::<TimestampMicrosecondType>()?.values(), 1_000_000)
                }
                TimeUnit::Nanosecond => {
                    (array.as_primitive_opt::<TimestampNanosecondType>()?.values(), 1_000_000_000)
                }
            };
            Values::Moments(array, ticks, seconds * of_a_second)
        }
        _ => return None,
    })
}

type Number<'b> = Box<dyn Fn(usize) -> Cell<'static> + 'b>;

/// Whole numbers of any width, and floats, which pandas makes of whole numbers where some are missing.
fn numbers(array: &dyn Array) -> Option<Number<'_>> {
    match array.data_type() {
        DataType::Int8 => whole::<Int8Type>(array),
        DataType::Int16 => whole::<Int16Type>(array),
        DataType::Int32 => whole::<Int32Type>(array),
        DataType::Int64 => whole::<Int64Type>(array),
        DataType::UInt8 => whole::<UInt8Type>(array),
        DataType::UInt16 => whole::<UInt16Type>(array),
        DataType::UInt32 => whole::<UInt32Type>(array),
        DataType::UInt64 => whole::<UInt64Type>(array),
        DataType::Decimal128(_, 0) => whole::<Decimal128Type>(array),
        DataType::Float16 => float::<Float16Type>(array),
        DataType::Float32 => float::<Float32Type>(array),
        DataType::Float64 => float::<Float64Type>(array),
        _ => None,
    }
}

fn whole<T: ArrowPrimitiveType>(array: &dyn Array) -> Option<Number<'_>>
where
    u64: TryFrom<T::Native>,
{
    numbers_of::<T>(array, |number| u64::try_from(number).map_or(Cell::Number, Cell::Count))
}

fn float<T: ArrowPrimitiveType<Native: Into<f64>>>(array: &dyn Array) -> Option<Number<'_>> {
    numbers_of::<T>(array, |number| {
        let number: f64 = number.into();
        if number.is_nan() {
            Cell::Absent
        } else if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a whole number that fits"
            )]
            Cell::Count(number as u64)
        } else {
            Cell::Number
        }
    })
}

fn numbers_of<T: ArrowPrimitiveType>(
    array: &dyn Array,
    cell: fn(T::Native) -> Cell<'static>,
) -> Option<Number<'_>> {
    let numbers: &PrimitiveArray<T> = array.as_primitive_opt()?;
    Some(Box::new(move |row| if numbers.is_valid(row) { cell(numbers.value(row)) } else { Cell::Absent }))
}
