//! What the checks of a form ask of some rows beside their figures: the periods before, the reports below, the unit and the register.

use super::sequence::NONE;
use super::{Asks, Review};
use crate::choice::{Filler, Level, OverUnits, ReportKind, ReportState, TeamKind};
use crate::context::Context;
use crate::day::{Day, Span};
use crate::duty::standing;
use crate::expression::{ABSENT, Fact, Item, KEPT, Tile};
use crate::facts::{Report, Team};
use crate::order::sort_few;
use crate::period::Frequency;
use crate::register::Line;
use crate::reports::is_figure;
use crate::sheet::{Reporter, Sheet};
use crate::table::Id;
use crate::view;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

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
    /// What the form asks of all the rows, if that is the same of each.
    asked: Asked<'r>,
    /// By indicator, as far as a check asks for them: the figures where `asked` differs, and those of the periods before.
    figures: Vec<(usize, Vec<i32>)>,
    previous: Vec<(usize, Vec<i32>)>,
    /// What was worked out last of each kind of value that changes seldom.
    steady: RefCell<Vec<(Item, Steady)>>,
    /// By row, the reports below it.
    below: RefCell<Vec<Option<Rc<[usize]>>>>,
}

/// What the form asks of some rows.
#[derive(Clone, Copy)]
enum Asked<'r> {
    /// The same of each; none if it has no such version.
    Alike(Option<&'r Asks>),
    Differs,
}

impl<'r, 'c> Rows<'r, 'c> {
    pub(super) fn new(review: &'r Review<'c>) -> Self {
        let checks = review.form.map_or(&[][..], |(_, form)| &form.checks);
        let (mut figures, mut previous) = (Vec::new(), Vec::new());
        for item in checks.iter().flat_map(|check| &check.compiled).flat_map(|compiled| compiled.items()) {
            let (list, at): (&mut Vec<(usize, Vec<i32>)>, _) = match *item {
                Item::Figure(at) => (&mut figures, at),
                Item::Previous(at) => (&mut previous, at),
                _ => continue,
            };
            if !list.iter().any(|(other, _)| *other == at) {
                list.push((at, Vec::new()));
            }
        }
        let (steady, below) = (RefCell::default(), RefCell::default());
        Self { review, range: 0..0, asked: Asked::Differs, figures, previous, steady, below }
    }

    /// Goes on to other rows.
    pub(super) fn go(&mut self, range: Range<usize>) {
        let review = self.review;
        self.range = range.clone();
        self.asked = self.asked();
        self.below.borrow_mut().clear();
        for (at, figures) in &mut self.figures {
            figures.clear();
            if matches!(self.asked, Asked::Differs) {
                let figure = |row| review.own(*at, row).map_or(ABSENT, |_| review.raw(*at, row));
                figures.extend(range.clone().map(figure));
            }
        }
        let before = review.sequence.all_before(&range);
        // Mostly it is the row before: then figures come in a run.
        let first = range.start.checked_sub(1).and_then(|first| u32::try_from(first).ok());
        #[expect(clippy::needless_bitwise_bool, reason = "several rows are asked at once")]
        let is_next = |first: u32| {
            before.iter().zip(first..).fold(true, |all, (&row, at)| all & ((row == at) | (row == NONE)))
        };
        let shifted = first.filter(|&first| is_next(first)).map(|first| first as usize..range.end - 1);
        let is_alike = review.is_plain() || {
            let version = |row: u32| review.sequence.version(row as usize);
            let mut pairs = before.iter().zip(range.clone());
            matches!(self.asked, Asked::Alike(_))
                && pairs
                    .all(|(&before, row)| before == NONE || version(before) == review.sequence.version(row))
        };
        for (at, figures) in &mut self.previous {
            let column = review.column(*at);
            figures.clear();
            match self.asked {
                Asked::Alike(asked) if !asked.is_some_and(|asked| asked.has(*at)) => {}
                Asked::Alike(_) if is_alike => {
                    if let Some(column) = shifted.clone().and_then(|rows| column.get(rows)) {
                        let pairs = before.iter().zip(column);
                        figures
                            .extend(pairs.map(|(&row, &figure)| if row == NONE { ABSENT } else { figure }));
                    } else {
                        let figure = |&row: &u32| column.get(row as usize).copied().unwrap_or(ABSENT);
                        figures.extend(before.iter().map(figure));
                    }
                }
                _ => figures.extend(before.iter().zip(range.clone()).map(|(&before, row)| {
                    let before = Some(before).filter(|&before| before != NONE);
                    let own = review.own(*at, row).and(before);
                    own.and_then(|before| review.like(*at, row, before as usize)).unwrap_or(ABSENT)
                })),
            }
        }
    }

    /// What the form asks of the rows at hand.
    fn asked(&self) -> Asked<'r> {
        let (review, inner) = (self.review, self.review.context.inner());
        let reporter = |row: usize| review.sheet.row(row).map(|report| report.reporter(inner));
        let Some(first) = reporter(self.range.start) else { return Asked::Differs };
        let filler = |reporter| super::filler(review.context, reporter);
        let Some(version) = review.sequence.version_of_all(&self.range) else { return Asked::Differs };
        // Units come first, by their rows; then teams.
        let is_alike = matches!(first, Reporter::Team(_))
            || self.range.clone().all(|row| reporter(row).is_some_and(|own| filler(own) == filler(first)));
        if is_alike { Asked::Alike(review.asked_of(version, filler(first))) } else { Asked::Differs }
    }

    /// Whether the report of a row should have an indicator.
    fn has(&self, indicator: usize, row: usize) -> bool {
        match self.asked {
            Asked::Alike(asked) => asked.is_some_and(|asked| asked.has(indicator)),
            Asked::Differs => self.review.own(indicator, row).is_some(),
        }
    }
}

impl Tile for Rows<'_, '_> {
    fn len(&self) -> usize {
        self.range.len()
    }

    fn figure(&self, index: usize) -> &[i32] {
        match self.asked {
            Asked::Alike(asked) if asked.is_some_and(|asked| asked.has(index)) => {
                self.review.column(index).get(self.range.clone()).unwrap_or_default()
            }
            Asked::Alike(_) => &[],
            Asked::Differs => {
                let own = self.figures.iter().find(|(at, _)| *at == index);
                own.map_or(&[], |(_, figures)| figures)
            }
        }
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
            Item::LastYear(at) => self.each(out, Some(at), &mut |row| {
                number(review.last_year(row).and_then(|before| review.like(at, row, before)))
            }),
            Item::Flow(at) => self.each(out, Some(at), &mut |row| {
                #[expect(clippy::cast_precision_loss, reason = "the difference of two figures")]
                review.flow(at, row).map_or(f64::NAN, |flow| flow as f64)
            }),
            Item::Before(at) => self.before(at, out),
            Item::Below(at) => self.each(out, Some(at), &mut |row| self.below(at, row)),
            Item::Attribute(_) | Item::Fact(_) => self.each(out, None, &mut |row| self.steady(item, row)),
        }
    }
}

impl Rows<'_, '_> {
    /// Puts in the value of each row that counts and should have an indicator.
    fn each(&self, out: &mut [f64], indicator: Option<usize>, value: &mut dyn FnMut(usize) -> f64) {
        for (out, row) in out.iter_mut().zip(self.range.clone()) {
            let is_asked = self.review.counts(row) && indicator.is_none_or(|at| self.has(at, row));
            *out = if is_asked { value(row) } else { f64::NAN };
        }
    }

    /// The sum of a figure over all earlier periods.
    fn before(&self, indicator: usize, out: &mut [f64]) {
        let review = self.review;
        // The row that the sum stands at, the sum, and whether there was any figure.
        let mut so_far: Option<(usize, i64, bool)> = None;
        self.each(out, Some(indicator), &mut |row| {
            let mut sum = (0_i64, false);
            for earlier in review.earlier(row) {
                if let Some((at, before, any)) = so_far
                    && at == earlier
                    && review.sequence.version(at) == review.sequence.version(row)
                {
                    sum = (sum.0 + before, sum.1 || any);
                    break;
                }
                if let Some(figure) = review.like(indicator, row, earlier) {
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

    /// What the reports for the same period of the teams that a unit and those below it manage make of a figure: their sum, or the most of
    /// any.
    fn below(&self, indicator: usize, row: usize) -> f64 {
        let review = self.review;
        // A report that is being looked at before it is kept is not among those of the others.
        let store = review.context.register().reports.as_ref();
        let sheet = store.and_then(|store| store.sheet(review.facts.word(review.sheet.form)));
        let (Some(store), Some(sheet), Some(own), Some((_, form))) =
            (store, sheet, review.own(indicator, row), review.form)
        else {
            return f64::NAN;
        };
        let column = store.facts.find_word(&own.part.id).and_then(|word| sheet.column(word));
        let Some(column) = column.and_then(|at| sheet.columns.get(at)) else { return f64::NAN };
        let mut all: Option<i64> = None;
        for &at in &*self.reports_below(sheet, row) {
            let figure = column.figures.get(at).copied().filter(|&figure| is_figure(figure));
            let version = sheet.row(at).and_then(|report| form.version_of(report));
            let asked = version.and_then(|version| review.asked_of(version.number, Filler::Team));
            let then = asked.and_then(|asked| form.indicators.get((*asked.own.get(indicator)?)?));
            if let Some(figure) = figure.filter(|_| then.is_some_and(|then| own.is_counted_as(then))) {
                let figure = i64::from(figure);
                all = Some(match (own.over_units, all) {
                    (OverUnits::Maximum, Some(all)) => all.max(figure),
                    (_, all) => all.unwrap_or(0) + figure,
                });
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a unit has fewer teams than that")]
        all.map_or(f64::NAN, |all| all as f64)
    }

    /// The reports that `below` puts together, by their rows in the sheet of the register.
    fn reports_below(&self, sheet: &Sheet, row: usize) -> Rc<[usize]> {
        let review = self.review;
        let (context, inner) = (review.context, review.context.inner());
        let mut below = self.below.borrow_mut();
        below.resize(self.range.len(), None);
        let Some(slot) = below.get_mut(row - self.range.start) else { return Rc::default() };
        if let Some(found) = slot {
            return Rc::clone(found);
        }
        let mut found = Vec::new();
        if let Some((report, line)) = review.sheet.row(row).and_then(|report| match report.reporter(inner) {
            Reporter::Unit(line) => Some((report, line)),
            Reporter::Team(_) => None,
        }) {
            let mut teams = Vec::new();
            teams_below(context, line, review.day(report), &mut teams);
            for team in teams {
                let rows = sheet.rows_of(Reporter::Team(team), inner);
                let own = sheet.rows.get(rows.clone()).unwrap_or_default();
                let key = |row: &Report| (row.kind(), row.period().key());
                let from = own.partition_point(|other| key(other) < key(report));
                let to = own.partition_point(|other| key(other) <= key(report));
                let is_known = |&at: &usize| own.get(at).is_some_and(|other| other.is_known(context.as_of));
                let same = (from..to).rev().find(is_known);
                // What was sent back does not count.
                let counts =
                    |at: &usize| own.get(*at).is_some_and(|own| own.state() != ReportState::Returned);
                found.extend(same.filter(counts).map(|at| rows.start + at));
            }
        }
        let found: Rc<[usize]> = found.into();
        *slot = Some(Rc::clone(&found));
        found
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
        let day = review.day(report);
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
            let place = context.place_of(team);
            let is_village = inner.level(place) == Level::Village;
            usize::from(is_village && !places(context, Reporter::Unit(place), day, &mut span).is_empty())
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
