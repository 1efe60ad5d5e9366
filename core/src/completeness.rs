//! *Completeness* (tỷ lệ nộp) and *timeliness* (tỷ lệ đúng hạn): how many duties were expected of a unit and all below it, how many were
//! done, and how many in time; by obligation and period.

use crate::agenda::named;
use crate::choice::Level;
use crate::context::Context;
use crate::duty::{Duty, State};
use crate::error::Error;
use crate::order::sort_by;
use crate::period::Period;
use crate::register::Line;
use crate::table::Id;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Which rows are wanted. The default is all of them.
#[derive(Clone, Debug, Default)]
pub struct CompletenessQuery {
    /// Code of a unit: the row of it and of what is below it.
    pub unit: Option<String>,
    /// One level.
    pub level: Option<Level>,
    /// Identifier of an obligation.
    pub obligation: Option<String>,
    /// One period.
    pub period: Option<Period>,
}

/// The duties of a unit and all below it under one obligation, in one period where it comes back. Nobody is counted who was not bound or
/// was excused, and no duty whose term has not begun. Completeness is `done` of `expected`, timeliness `on_time` of `expected`; neither
/// is cut off at 100 %, which it cannot pass, since one duty is counted on both sides or on none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletenessRow {
    /// The code of the unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// The identifier of the obligation.
    pub obligation: String,
    /// The period.
    pub period: Option<Period>,
    /// How many duties.
    pub counts: Counts,
}

/// Numbers of duties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that bind and are not excused, their term begun.
    pub expected: u32,
    /// Of these those done by the day of the checked register.
    pub done: u32,
    /// Of these those done in time, an extension counted.
    pub on_time: u32,
    /// Of those expected the ones past their last good day and not done.
    pub overdue: u32,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.expected += other.expected;
        self.done += other.done;
        self.on_time += other.on_time;
        self.overdue += other.overdue;
    }

    fn of(duty: &Duty) -> Option<Self> {
        let state = duty.state;
        let counts = !matches!(state, State::NotBound | State::Excused | State::NotYet);
        counts.then(|| Self {
            expected: 1,
            done: u32::from(duty.done.is_some()),
            on_time: u32::from(state == State::DoneOnTime),
            overdue: u32::from(state == State::Overdue),
        })
    }
}

/// One obligation in one unit, and one period.
type Key = (Id<Line>, usize, Option<Period>);

pub(crate) fn completeness(
    context: &Context,
    duties: &[Duty],
    query: &CompletenessQuery,
) -> Result<Vec<CompletenessRow>, Error> {
    let (facts, inner) = (context.facts(), context.inner());
    let unit = query.unit.as_deref().map(|code| context.lines(code)).transpose()?;
    let obligation = query.obligation.as_deref().map(|id| named(context, id)).transpose()?;
    let mut own: Vec<(Key, Counts)> = Vec::new();
    let is_asked = |duty: &&Duty| {
        obligation.as_ref().is_none_or(|named| named.contains(&duty.obligation))
            && query.period.is_none_or(|period| duty.period == Some(period))
    };
    for duty in duties.iter().filter(is_asked) {
        if let Some(counts) = Counts::of(duty) {
            // What is owed under one identifier is counted together.
            let name = context.policy.named_as(duty.obligation).start;
            own.push(((duty.line, name, duty.period), counts));
        }
    }
    merge(&mut own);
    // Each unit counts where it stands, or stood when it ended.
    let mut all = Vec::new();
    for chunk in own.chunk_by(|a, b| a.0.0 == b.0.0) {
        let Some(&((line, ..), _)) = chunk.first() else { continue };
        for above in inner.path(line, context.last_day(line)) {
            all.extend(chunk.iter().map(|&((_, at, period), counts)| ((above, at, period), counts)));
        }
    }
    merge(&mut all);
    let wanted = |line: Id<Line>| {
        query.level.is_none_or(|level| level == inner.level(line))
            && unit.as_ref().is_none_or(|unit| context.is_below(line, unit, context.last_day(line)))
    };
    // A code may have been given twice.
    let first = |line| context.unit(inner.lines[line]).span().from;
    sort_by(&mut all, |a, b| first(a.0.0).cmp(&first(b.0.0)));
    let mut rows = Vec::new();
    for ((line, at, period), counts) in all.into_iter().filter(|((line, ..), _)| wanted(*line)) {
        let obligation = context.policy.obligations().get(at).map_or("", |obligation| &obligation.id);
        rows.push(CompletenessRow {
            unit: inner.code(line, context.as_of).into(),
            name: facts.text(facts.units[inner.named(line, context.as_of)].name).into(),
            level: inner.level(line),
            obligation: obligation.into(),
            period,
            counts,
        });
    }
    let key = |row: &CompletenessRow| (row.level, row.period.map(Period::key));
    sort_by(&mut rows, |a, b| {
        (key(a).0, &a.unit, &a.obligation, key(a).1).cmp(&(key(b).0, &b.unit, &b.obligation, key(b).1))
    });
    Ok(rows)
}

/// Puts rows in order and adds up those of one key.
fn merge(rows: &mut Vec<(Key, Counts)>) {
    let key = |&(line, at, period): &Key| (line, at, period.map(Period::key));
    sort_by(rows, |a, b| key(&a.0).cmp(&key(&b.0)));
    rows.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            kept.1.add(next.1);
        }
        is_same
    });
}

impl Serialize for CompletenessRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(9))?;
        map.serialize_entry("unit", &self.unit)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("level", self.level.word())?;
        map.serialize_entry("obligation", &self.obligation)?;
        map.serialize_entry("period", &self.period)?;
        map.serialize_entry("expected", &self.counts.expected)?;
        map.serialize_entry("done", &self.counts.done)?;
        map.serialize_entry("on_time", &self.counts.on_time)?;
        map.serialize_entry("overdue", &self.counts.overdue)?;
        map.end()
    }
}
