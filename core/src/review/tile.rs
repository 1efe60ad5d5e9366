//! What the checks of a form ask of some rows beside their figures: the periods before, the reports below, the unit and the register.

use super::Review;
use super::sequence::NONE;
use crate::choice::{Level, ReportKind, ReportState, TeamKind};
use crate::context::Context;
use crate::day::{Day, Span};
use crate::duty::standing;
use crate::expression::{ABSENT, Fact, Item, KEPT, Tile};
use crate::facts::{Report, Team};
use crate::order::sort_few;
use crate::period::Frequency;
use crate::register::Line;
use crate::reports::is_figure;
use crate::sheet::Reporter;
use crate::table::Id;
use crate::view;
use std::cell::RefCell;
use std::ops::Range;

/// A value that stays the same for some days, of one reporter.
#[derive(Clone, Copy)]
struct Steady {
    series: Series,
    span: Span,
    value: f64,
}

/// Reports that stand one after the other by their days.
type Series = (Reporter, ReportKind, Frequency);

/// Rows of a review that checks are run over together.
pub(super) struct Rows<'r, 'c> {
    review: &'r Review<'c>,
    range: Range<usize>,
    /// The figures of the periods before, by indicator, as far as a check asks for them.
    previous: Vec<(usize, Vec<i32>)>,
    /// What was worked out last of each kind of value that changes seldom.
    steady: RefCell<Vec<(Item, Steady)>>,
}

impl<'r, 'c> Rows<'r, 'c> {
    pub(super) fn new(review: &'r Review<'c>) -> Self {
        let checks = review.form.map_or(&[][..], |(_, form)| &form.checks);
        let items = checks.iter().flat_map(|check| &check.compiled).flat_map(|compiled| compiled.items());
        let mut previous: Vec<(usize, Vec<i32>)> = Vec::new();
        for item in items {
            if let Item::Previous(at) = *item
                && !previous.iter().any(|(other, _)| *other == at)
            {
                previous.push((at, Vec::new()));
            }
        }
        Self { review, range: 0..0, previous, steady: RefCell::default() }
    }

    /// Goes on to other rows.
    pub(super) fn go(&mut self, range: Range<usize>) {
        let review = self.review;
        let before = review.sequence.all_before(&range);
        // Mostly it is the row before: then figures come in a run.
        let first = range.start.checked_sub(1).and_then(|first| u32::try_from(first).ok());
        #[expect(clippy::needless_bitwise_bool, reason = "several rows are asked at once")]
        let is_next = |first: u32| {
            before.iter().zip(first..).fold(true, |all, (&row, at)| all & ((row == at) | (row == NONE)))
        };
        let shifted = first.filter(|&first| is_next(first)).map(|first| first as usize..range.end - 1);
        for (at, figures) in &mut self.previous {
            let column = review.column(*at);
            figures.clear();
            if let Some(column) = shifted.clone().and_then(|rows| column.get(rows)) {
                let pairs = before.iter().zip(column);
                figures.extend(pairs.map(|(&row, &figure)| if row == NONE { ABSENT } else { figure }));
            } else {
                let figure = |&row: &u32| column.get(row as usize).copied().unwrap_or(ABSENT);
                figures.extend(before.iter().map(figure));
            }
        }
        self.range = range;
    }
}

impl Tile for Rows<'_, '_> {
    fn len(&self) -> usize {
        self.range.len()
    }

    fn figure(&self, index: usize) -> &[i32] {
        self.review.column(index).get(self.range.clone()).unwrap_or_default()
    }

    fn previous(&self, index: usize) -> &[i32] {
        let own = self.previous.iter().find(|(at, _)| *at == index);
        own.map_or(&[], |(_, figures)| figures)
    }

    fn fill(&self, item: &Item, out: &mut [f64]) {
        let review = self.review;
        let number = |figure: Option<i32>| figure.map_or(f64::NAN, f64::from);
        match *item {
            // These are columns.
            Item::Figure(_) | Item::Previous(_) => {}
            Item::LastYear(at) => self.each(out, &mut |row| {
                number(review.last_year(row).and_then(|before| review.figure(at, before)))
            }),
            Item::Flow(at) => {
                // In another version the same figure may count in another way.
                let rows = self.review.form.map_or(Vec::new(), |(_, form)| form.namesakes(at).collect());
                self.each(out, &mut |row| {
                    let flow = rows.iter().find_map(|&at| review.flow(at, row));
                    #[expect(clippy::cast_precision_loss, reason = "the difference of two figures")]
                    flow.map_or(f64::NAN, |flow| flow as f64)
                });
            }
            Item::Before(at) => self.before(at, out),
            Item::Below(at) => self.each(out, &mut |row| self.below(at, row)),
            Item::Attribute(_) | Item::Fact(_) => self.each(out, &mut |row| self.steady(item, row)),
        }
    }
}

impl Rows<'_, '_> {
    /// Puts in the value of each row that counts.
    fn each(&self, out: &mut [f64], value: &mut dyn FnMut(usize) -> f64) {
        for (out, row) in out.iter_mut().zip(self.range.clone()) {
            *out = if self.review.counts(row) { value(row) } else { f64::NAN };
        }
    }

    /// The sum of a figure over all earlier periods.
    fn before(&self, indicator: usize, out: &mut [f64]) {
        let review = self.review;
        // The row that the sum stands at, the sum, and whether there was any figure.
        let mut so_far: Option<(usize, i64, bool)> = None;
        self.each(out, &mut |row| {
            let mut sum = (0_i64, false);
            let mut last = None;
            for earlier in review.earlier(row) {
                last = last.or(Some(earlier));
                if let Some((at, before, any)) = so_far
                    && at == earlier
                {
                    sum = (sum.0 + before, sum.1 || any);
                    break;
                }
                if let Some(figure) = review.figure(indicator, earlier) {
                    sum = (sum.0 + i64::from(figure), true);
                }
            }
            // For the next row, this one has come before as well.
            let own = review.figure(indicator, row);
            so_far = Some((row, sum.0 + i64::from(own.unwrap_or(0)), sum.1 || own.is_some()));
            #[expect(clippy::cast_precision_loss, reason = "at most 4,096 figures")]
            if sum.1 { sum.0 as f64 } else { f64::NAN }
        });
    }

    /// The sum of a figure over the reports for the same period of the teams that a unit and those below it manage.
    fn below(&self, indicator: usize, row: usize) -> f64 {
        let review = self.review;
        let (context, inner) = (review.context, review.context.inner());
        let Some(report) = review.sheet.row(row) else { return f64::NAN };
        let Reporter::Unit(line) = report.reporter(inner) else { return f64::NAN };
        let day = review.cut_off(report).map_or(context.as_of, |day| day.min(context.as_of));
        let name =
            review.form.and_then(|(_, form)| form.indicators.get(indicator)).map(|own| own.part.id.as_str());
        // A report that is being looked at before it is kept is not among those of the others.
        let Some(store) = &context.register().reports else { return f64::NAN };
        let form = review.facts.word(review.sheet.form);
        let Some((sheet, name)) = store.sheet(form).zip(name) else { return f64::NAN };
        let column = store
            .facts
            .find_word(name)
            .and_then(|word| sheet.column(word))
            .and_then(|at| sheet.columns.get(at));
        let Some(column) = column else { return f64::NAN };
        let (mut sum, mut any) = (0_i64, false);
        let mut teams = Vec::new();
        teams_below(context, line, day, &mut teams);
        for team in teams {
            let rows = sheet.rows_of(Reporter::Team(team), inner);
            let own = sheet.rows.get(rows.clone()).unwrap_or_default();
            let key = |row: &Report| (row.kind(), row.period().key());
            let from = own.partition_point(|other| key(other) < key(report));
            let to = own.partition_point(|other| key(other) <= key(report));
            let same =
                (from..to).rev().find(|&at| own.get(at).is_some_and(|other| other.is_known(context.as_of)));
            // What was sent back does not count.
            let same = same.filter(|&at| own.get(at).is_some_and(|row| row.state() != ReportState::Returned));
            let figure = same.and_then(|at| column.figures.get(rows.start + at)).copied();
            if let Some(figure) = figure.filter(|&figure| is_figure(figure)) {
                (sum, any) = (sum + i64::from(figure), true);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a unit has fewer teams than that")]
        if any { sum as f64 } else { f64::NAN }
    }

    /// A value that changes seldom, on the last day of a row's period.
    fn steady(&self, item: &Item, row: usize) -> f64 {
        let review = self.review;
        let (context, inner) = (review.context, review.context.inner());
        let Some(report) = review.sheet.row(row) else { return f64::NAN };
        let reporter = report.reporter(inner);
        let series = (reporter, report.kind(), report.period().frequency());
        let mut steady = self.steady.borrow_mut();
        let at = steady.iter().position(|(other, _)| other == item);
        let last =
            at.and_then(|at| steady.get(at)).map(|(_, last)| *last).filter(|last| last.series == series);
        // Each report of a series is later than the one before; spans of days may lie in one another.
        let ascends = series.2 != Frequency::Custom;
        if let Some(last) = last.filter(|last| ascends && last.span.to == Day::OPEN_END) {
            return last.value;
        }
        let day = review.cut_off(report).map_or(context.as_of, |day| day.min(context.as_of));
        if let Some(last) = last.filter(|last| last.span.contains(day)) {
            return last.value;
        }
        let (value, span) = match item {
            Item::Attribute(name) => attribute(context, reporter, name, day),
            Item::Fact(fact) => known(context, reporter, *fact, day),
            _ => (None, Span { from: day, to: day.plus(1) }),
        };
        let fresh = Steady { series, span, value: value.unwrap_or(f64::NAN) };
        if let Some((_, last)) = at.and_then(|at| steady.get_mut(at)) {
            *last = fresh;
        } else if steady.len() < KEPT {
            steady.push((item.clone(), fresh));
        }
        fresh.value
    }
}

/// Cuts a span down to the part around a day in which a boundary does not lie.
fn narrow(span: &mut Span, day: Day, boundary: Day) {
    if boundary <= day {
        span.from = span.from.max(boundary);
    } else {
        span.to = span.to.min(boundary);
    }
}

const ALWAYS: Span = Span { from: Day::OPEN_START, to: Day::OPEN_END };

/// The places that a reporter speaks for on a day: the unit, or the villages that the team serves and that are there; a span around the
/// day is cut down to where they stay the same.
fn places(context: &Context, reporter: Reporter, day: Day, span: &mut Span) -> Vec<Id<Line>> {
    let (facts, inner) = (context.facts(), context.inner());
    let mut lines = match reporter {
        Reporter::Unit(line) => vec![line],
        Reporter::Team(team) => facts.ids(facts.teams[team].covers).map(|unit| inner.line_of[unit]).collect(),
    };
    sort_few(&mut lines);
    lines.dedup();
    lines.retain(|&line| {
        let mut is_there = false;
        for own in inner.versions(line).map(|unit| facts.units[unit].span()) {
            narrow(span, day, own.from);
            narrow(span, day, own.to);
            is_there |= own.contains(day);
        }
        is_there
    });
    lines
}

/// An attribute of the places of a reporter on a day, added up; none if one of them has none.
fn attribute(context: &Context, reporter: Reporter, name: &str, day: Day) -> (Option<f64>, Span) {
    let (facts, inner) = (context.facts(), context.inner());
    let Some(word) = facts.find_word(name) else { return (None, ALWAYS) };
    let mut span = ALWAYS;
    let places = match reporter {
        // A team that names no village speaks for its unit.
        Reporter::Team(team) if facts.teams[team].covers.is_empty() => {
            places(context, Reporter::Unit(context.place_of(team)), day, &mut span)
        }
        _ => places(context, reporter, day, &mut span),
    };
    let mut sum = Some(0.0).filter(|_| !places.is_empty());
    for place in places {
        let mut own: Option<(Day, u32)> = None;
        for id in inner.attributes.of(place) {
            let row = &facts.attributes[id];
            if row.attribute != word {
                continue;
            }
            narrow(&mut span, day, row.from);
            if row.from <= day && own.is_none_or(|(from, _)| from < row.from) {
                own = Some((row.from, row.value.0));
            }
        }
        sum = sum.zip(own).map(|(sum, (_, value))| sum + f64::from(value));
    }
    (sum, span)
}

/// What the register says of a reporter on a day.
fn known(context: &Context, reporter: Reporter, fact: Fact, day: Day) -> (Option<f64>, Span) {
    let (facts, inner) = (context.facts(), context.inner());
    let mut span = ALWAYS;
    let teams = match reporter {
        Reporter::Team(team) => vec![team],
        Reporter::Unit(line) => {
            span = Span { from: day, to: day.plus(1) };
            let mut teams = Vec::new();
            teams_below(context, line, day, &mut teams);
            teams
        }
    };
    let count = match (fact, reporter) {
        (Fact::Teams, _) => teams.len(),
        (Fact::Members, _) => {
            let mut count = 0;
            for team in teams {
                // Somebody may be in a team by several rows.
                let mut people = Vec::new();
                for row in inner.members.of(team).map(|id| &facts.memberships[id]) {
                    if row.from <= context.as_of {
                        narrow(&mut span, day, row.from);
                        narrow(&mut span, day, row.span().to);
                        people.extend(Some(row.person).filter(|_| row.span().contains(day)));
                    }
                }
                sort_few(&mut people);
                people.dedup();
                count += people.len();
            }
            count
        }
        (Fact::Villages, Reporter::Team(team)) if facts.teams[team].covers.is_empty() => {
            usize::from(inner.level(context.place_of(team)) == Level::Village)
        }
        (Fact::Villages, Reporter::Team(_)) => places(context, reporter, day, &mut span).len(),
        (Fact::Villages, Reporter::Unit(line)) => villages_below(context, line, day),
    };
    (u32::try_from(count).ok().map(f64::from), span)
}

/// The community teams in force on a day that a unit and those below it manage.
fn teams_below(context: &Context, line: Id<Line>, day: Day, out: &mut Vec<Id<Team>>) {
    let (facts, inner) = (context.facts(), context.inner());
    out.extend(inner.managed.of(line).filter(|&team| {
        let row = &facts.teams[team];
        row.kind == TeamKind::Community && row.span().contains(day) && context.knows_team(team)
    }));
    for child in below(context, line, day) {
        teams_below(context, child, day, out);
    }
}

fn villages_below(context: &Context, line: Id<Line>, day: Day) -> usize {
    let own = view::villages(context, line, day).count();
    own + below(context, line, day).map(|child| villages_below(context, child, day)).sum::<usize>()
}

/// The units that stand below another on a day, those that have ended by then among them: what is below them is passed on.
fn below(context: &Context, line: Id<Line>, day: Day) -> impl Iterator<Item = Id<Line>> + '_ {
    let inner = context.inner();
    let children = inner.children.of(line).filter(move |&child| standing(context, child).contains(day));
    children.map(|child| inner.line_of[child])
}
