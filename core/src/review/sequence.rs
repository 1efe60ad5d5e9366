//! The *sequence* of reports: which rows of a sheet count as they are known on `as_of`, and what came before each.

use super::form_of;
use crate::choice::ReportState;
use crate::context::Context;
use crate::facts::Report;
use crate::reports::Store;
use crate::sheet::{Reporter, Sheet};
use std::ops::Range;

/// Some rows of one sheet, whole reporters.
#[derive(Clone)]
pub(crate) struct Sequence {
    pub rows: Range<usize>,
    /// Of each row, whether it counts: the last known revision of its kind and period, of a reporter that is known.
    counts: Vec<bool>,
    /// Of each row that counts, the one that counts for the period before; [`NONE`] if none does.
    before: Vec<u32>,
    /// The version of the form that each row is on; 0 if there is none.
    versions: Vec<u16>,
}

/// No row.
pub(super) const NONE: u32 = u32::MAX;

impl Sequence {
    /// Of all rows of each sheet of a register.
    pub(crate) fn all(context: &Context) -> Vec<Self> {
        let store = context.register().reports.iter();
        let sheets = store.flat_map(|store| store.sheets.iter().map(move |sheet| (store, sheet)));
        sheets.map(|(store, sheet)| Self::new(context, store, sheet, 0..sheet.rows.len())).collect()
    }

    pub(crate) fn new(context: &Context, store: &Store, sheet: &Sheet, rows: Range<usize>) -> Self {
        let inner = context.inner();
        let form = form_of(context, store, sheet);
        let all = sheet.rows.get(rows.clone()).unwrap_or_default();
        let (mut counts, mut before) = (vec![false; all.len()], vec![NONE; all.len()]);
        let mut versions = Vec::with_capacity(all.len());
        let mut at = 0;
        for own in all.chunk_by(|a, b| a.reporter(inner) == b.reporter(inner)) {
            let first = at;
            at += own.len();
            let version = |row| form.and_then(|(_, form)| form.version_of(row));
            versions.extend(own.iter().map(|row| version(row).map_or(0, |version| version.number)));
            if !own.first().is_some_and(|row| knows(context, row.reporter(inner))) {
                continue;
            }
            let mut from = first;
            let mut last: Option<(usize, &Report)> = None;
            for same in own.chunk_by(Report::is_about_the_same) {
                let known = same.iter().rposition(|row| row.is_known(context.as_of));
                if let Some((counting, row)) = known.and_then(|at| Some((from + at, same.get(at)?))) {
                    let previous = row.period().previous();
                    let follows = |&(_, other): &(usize, &Report)| {
                        other.kind() == row.kind() && Some(other.period()) == previous
                    };
                    if let Some(slot) = counts.get_mut(counting) {
                        *slot = true;
                    }
                    if let (Some(slot), Some((last, _))) =
                        (before.get_mut(counting), last.filter(follows).filter(|_| row.is_periodic()))
                    {
                        *slot = u32::try_from(rows.start + last).unwrap_or(NONE);
                    }
                    // What was sent back says nothing of what came before.
                    last = Some((counting, row)).filter(|_| row.state() != ReportState::Returned);
                }
                from += same.len();
            }
        }
        Self { rows, counts, before, versions }
    }

    pub(super) fn counts(&self, row: usize) -> bool {
        row.checked_sub(self.rows.start).and_then(|at| self.counts.get(at)).is_some_and(|&counts| counts)
    }

    pub(super) fn before(&self, row: usize) -> Option<usize> {
        let before = row.checked_sub(self.rows.start).and_then(|at| self.before.get(at));
        before.filter(|&&row| row != NONE).map(|&row| row as usize)
    }

    /// The same of several rows; [`NONE`] where none came before.
    pub(super) fn all_before(&self, rows: &Range<usize>) -> &[u32] {
        self.before.get(rows.start - self.rows.start..rows.end - self.rows.start).unwrap_or_default()
    }

    pub(super) fn version(&self, row: usize) -> Option<u16> {
        row.checked_sub(self.rows.start).and_then(|at| self.versions.get(at)).copied()
    }

    /// The version of several rows, if they have one and the same.
    pub(super) fn version_of_all(&self, rows: &Range<usize>) -> Option<u16> {
        let own = self.versions.get(rows.start - self.rows.start..rows.end - self.rows.start)?;
        let first = *own.first()?;
        let differ = own.iter().fold(0, |differ, &other| differ | (other ^ first));
        (differ == 0).then_some(first)
    }
}

/// Whether a reporter has begun by `as_of`.
fn knows(context: &Context, reporter: Reporter) -> bool {
    match reporter {
        Reporter::Team(team) => context.knows_team(team),
        Reporter::Unit(line) => {
            let first = context.inner().versions(line).next();
            first.is_some_and(|unit| context.unit(unit).span().from <= context.as_of)
        }
    }
}
