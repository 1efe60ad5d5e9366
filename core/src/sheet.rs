//! A *sheet* is the reports of one form as columns: their keys, and one column of figures for each indicator that somebody reported.
//! Rows of one reporter stand together, by kind and period, so the period before is the row before.

use crate::choice::{ReportKind, ReportState};
use crate::day::Day;
use crate::expression::{ABSENT, NOT_APPLICABLE};
use crate::facts::{Facts, Report, Team};
use crate::field::Ordinal;
use crate::order::sort_by;
use crate::period::Period;
use crate::register::{Inner, Line};
use crate::table::{Id, Text, Word};
use std::cmp::Ordering;
use std::ops::Range;

/// A column of figures: one for each row, or [`ABSENT`] or [`NOT_APPLICABLE`].
#[derive(Clone)]
pub(crate) struct Column {
    pub indicator: Word,
    pub figures: Vec<i32>,
    /// No figure is larger.
    pub most: i32,
}

/// A word beside the figures of a row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    pub row: u32,
    pub kind: u8,
    pub word: Word,
}

impl Mark {
    /// The figure of this indicator is an estimate.
    pub(crate) const ESTIMATE: u8 = 1;
    /// The findings of this rule or check were looked at and explained.
    pub(crate) const CONFIRMED: u8 = 2;
}

/// A text of a row.
#[derive(Clone, Copy)]
pub(crate) struct Prose {
    pub row: u32,
    pub field: Word,
    pub text: Text,
}

/// The reports of one form.
#[derive(Clone)]
pub(crate) struct Sheet {
    pub form: Word,
    /// The keys; while they are read they stand with the facts.
    pub rows: Vec<Report>,
    /// The number of each row in its document.
    pub origin: Vec<u32>,
    pub columns: Vec<Column>,
    /// By row, kind and word.
    pub marks: Vec<Mark>,
    /// By row, as they came.
    pub prose: Vec<Prose>,
    /// Whether it was told that there are too many columns.
    is_told: bool,
}

/// The most columns of one sheet; a form has 200 figures at most. Each costs four bytes a row.
pub(crate) const LIMIT_OF_COLUMNS: usize = 400;
/// The most sheets of a document.
pub(crate) const LIMIT_OF_SHEETS: usize = 1000;

/// The sheets of a document, by its forms.
#[derive(Clone, Default)]
pub(crate) struct Sheets {
    pub all: Vec<Sheet>,
    /// The sheet of the row being read; none while its form is not known.
    current: Option<usize>,
    /// The column that the next figure is likely to stand in.
    next: usize,
}

impl Sheets {
    /// Begins the row that has this number in the document; false if it would be a sheet too many.
    pub(crate) fn begin(&mut self, form: Word, row: usize) -> bool {
        let at = self.all.iter().position(|sheet| sheet.form == form);
        if at.is_none() && self.all.len() == LIMIT_OF_SHEETS {
            return false;
        }
        (self.current, self.next) = (Some(at.unwrap_or(self.all.len())), 0);
        if at.is_none() {
            let (rows, origin, columns) = (Vec::new(), Vec::new(), Vec::new());
            let (marks, prose) = (Vec::new(), Vec::new());
            self.all.push(Sheet { form, rows, origin, columns, marks, prose, is_told: false });
        }
        if let Some(sheet) = self.sheet() {
            sheet.origin.push(u32::try_from(row).unwrap_or(u32::MAX));
        }
        true
    }

    /// Whether an indicator has a column in the sheet at hand, or can have one; else, whether that has yet to be told.
    pub(crate) fn room(&mut self, indicator: Word) -> Result<(), bool> {
        let Some(sheet) = self.sheet() else { return Ok(()) };
        let has = || sheet.columns.iter().any(|column| column.indicator == indicator);
        if sheet.columns.len() < LIMIT_OF_COLUMNS || has() {
            return Ok(());
        }
        Err(!std::mem::replace(&mut sheet.is_told, true))
    }

    /// Ends a row: what follows belongs to no form until one is named.
    pub(crate) fn end(&mut self) {
        self.current = None;
    }

    fn sheet(&mut self) -> Option<&mut Sheet> {
        self.all.get_mut(self.current?)
    }

    /// The column whose indicator has this word, if the next ones or the first of them does.
    pub(crate) fn likely(&self, is_it: impl Fn(Word) -> bool) -> Option<usize> {
        let columns = &self.all.get(self.current?)?.columns;
        let (before, after) = columns.split_at_checked(self.next)?;
        let is_it = |column: &Column| is_it(column.indicator);
        after.iter().position(is_it).map(|at| before.len() + at).or_else(|| before.iter().position(is_it))
    }

    /// Puts a figure of the row at hand into a column; false if there is one.
    pub(crate) fn put(&mut self, column: usize, figure: i32) -> bool {
        self.next = column + 1;
        let Some(sheet) = self.sheet() else { return true };
        let row = sheet.origin.len().saturating_sub(1);
        sheet.columns.get_mut(column).is_some_and(|column| {
            let is_new = column.figures.len() <= row;
            if is_new {
                column.figures.resize(row, ABSENT);
                column.figures.push(figure);
                column.most = column.most.max(figure);
            }
            is_new
        })
    }

    /// The same for an indicator that may have no column yet.
    pub(crate) fn put_new(&mut self, indicator: Word, figure: i32) -> bool {
        let Some(sheet) = self.sheet() else { return true };
        let at = sheet.columns.iter().position(|column| column.indicator == indicator);
        if at.is_none() {
            sheet.columns.push(Column { indicator, figures: Vec::new(), most: 0 });
        }
        let at = at.unwrap_or(sheet.columns.len() - 1);
        self.put(at, figure)
    }

    /// Puts a mark beside the row at hand; of kind 0 it is that an indicator does not apply. False if it is there, or if the indicator has
    /// a figure.
    pub(crate) fn mark(&mut self, kind: u8, word: Word) -> bool {
        if kind == 0 {
            return self.put_new(word, NOT_APPLICABLE);
        }
        let Some(sheet) = self.sheet() else { return true };
        let row = u32::try_from(sheet.origin.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let mark = Mark { row, kind, word };
        let is_new =
            !sheet.marks.iter().rev().take_while(|other| other.row == row).any(|other| *other == mark);
        if is_new {
            sheet.marks.push(mark);
        }
        is_new
    }

    /// Puts a text beside the row at hand; false if its field has one.
    pub(crate) fn text(&mut self, field: Word, text: Text) -> bool {
        let Some(sheet) = self.sheet() else { return true };
        let row = u32::try_from(sheet.origin.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let mut own = sheet.prose.iter().rev().take_while(|other| other.row == row);
        let is_new = !own.any(|other| other.field == field);
        if is_new {
            sheet.prose.push(Prose { row, field, text });
        }
        is_new
    }
}

/// Whose report it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reporter {
    Unit(Id<Line>),
    Team(Id<Team>),
}

impl Report {
    pub(crate) fn reporter(&self, inner: &Inner) -> Reporter {
        match (self.team.0, self.unit.0) {
            (Some(team), _) => Reporter::Team(team),
            // A row without either was refused.
            (None, unit) => Reporter::Unit(unit.map_or(Id::at(0), |unit| inner.line_of[unit])),
        }
    }

    pub(crate) fn kind(&self) -> ReportKind {
        self.kind.unwrap_or(ReportKind::Periodic)
    }

    pub(crate) fn is_periodic(&self) -> bool {
        self.kind() == ReportKind::Periodic
    }

    pub(crate) fn state(&self) -> ReportState {
        self.state.unwrap_or(ReportState::Submitted)
    }

    pub(crate) fn period(&self) -> Period {
        self.period.0
    }

    pub(crate) fn revision(&self) -> u16 {
        Ordinal::or_first(self.revision)
    }

    /// Whether it had come by a day: a draft never does.
    pub(crate) fn is_known(&self, as_of: Day) -> bool {
        self.received.0 <= as_of && self.state() != ReportState::Draft
    }

    /// Whether two rows of one reporter are about the same: of one kind and period.
    pub(crate) fn is_about_the_same(&self, other: &Self) -> bool {
        self.kind() == other.kind() && self.period() == other.period()
    }

    /// The order of the rows of a sheet, those of one document aside.
    fn order(&self, other: &Self, inner: &Inner) -> Ordering {
        let key = |row: &Self| {
            (row.reporter(inner), row.kind(), row.period().key(), row.revision(), row.received.0)
        };
        key(self).cmp(&key(other))
    }
}

impl Sheet {
    /// Takes the rows of the form from those of the document and puts all in order.
    pub(crate) fn arrange(&mut self, facts: &Facts, inner: &Inner) {
        let reports = &facts.reports;
        let mut rows: Vec<u32> = (0..).zip(&self.origin).map(|(row, _)| row).collect();
        let report = |row: u32| {
            let origin = self.origin.get(row as usize).copied().unwrap_or(0);
            &reports[Id::at(origin as usize)]
        };
        let is_less = |a: u32, b: u32| report(a).order(report(b), inner).then(a.cmp(&b));
        let is_sorted = rows.windows(2).all(|pair| !matches!(pair, &[a, b] if is_less(a, b).is_gt()));
        if !is_sorted {
            sort_by(&mut rows, |&a, &b| is_less(a, b));
        }
        self.rows = rows.iter().map(|&row| *report(row)).collect();
        for column in &mut self.columns {
            column.figures.resize(rows.len(), ABSENT);
        }
        if is_sorted {
            self.columns.iter_mut().for_each(|column| column.figures.shrink_to_fit());
            return sort_by(&mut self.marks, Mark::cmp);
        }
        let mut place = vec![0_u32; rows.len()];
        for (to, &from) in (0_u32..).zip(&rows) {
            if let Some(place) = place.get_mut(from as usize) {
                *place = to;
            }
        }
        let to = |row: u32| place.get(row as usize).copied().unwrap_or(0);
        for column in &mut self.columns {
            let figures = &column.figures;
            column.figures =
                rows.iter().map(|&row| figures.get(row as usize).copied().unwrap_or(ABSENT)).collect();
        }
        let origin = &self.origin;
        self.origin = rows.iter().map(|&row| origin.get(row as usize).copied().unwrap_or(0)).collect();
        self.marks.iter_mut().for_each(|mark| mark.row = to(mark.row));
        self.prose.iter_mut().for_each(|prose| prose.row = to(prose.row));
        sort_by(&mut self.marks, Mark::cmp);
        sort_by(&mut self.prose, |a, b| a.row.cmp(&b.row));
    }

    pub(crate) fn row(&self, row: usize) -> Option<&Report> {
        self.rows.get(row)
    }

    /// The rows of one reporter.
    pub(crate) fn rows_of(&self, reporter: Reporter, inner: &Inner) -> Range<usize> {
        let from = self.rows.partition_point(|row| row.reporter(inner) < reporter);
        let rest = self.rows.get(from..).unwrap_or_default();
        from..from + rest.partition_point(|row| row.reporter(inner) == reporter)
    }

    /// The marks of one kind of a row.
    pub(crate) fn marks(&self, row: usize, kind: u8) -> impl Iterator<Item = Word> + '_ {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let from = self.marks.partition_point(|mark| (mark.row, mark.kind) < (row, kind));
        let rest = self.marks.get(from..).unwrap_or_default();
        rest.iter().take_while(move |mark| (mark.row, mark.kind) == (row, kind)).map(|mark| mark.word)
    }

    /// The texts of a row.
    pub(crate) fn prose(&self, row: usize) -> impl Iterator<Item = &Prose> {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let from = self.prose.partition_point(|prose| prose.row < row);
        self.prose.get(from..).unwrap_or_default().iter().take_while(move |prose| prose.row == row)
    }

    /// The column of an indicator.
    pub(crate) fn column(&self, indicator: Word) -> Option<usize> {
        self.columns.iter().position(|column| column.indicator == indicator)
    }
}
