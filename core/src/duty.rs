//! A *duty* is what one unit owes under one obligation of the policy: by which day, since when it is done, and whether a document moved
//! the day or freed the unit. It is worked out once; the agenda, late findings and completeness all look at it.

use crate::calendar::Calendar;
use crate::choice::{Adjust, Counted, Due, Level, TeamKind, Test, choices};
use crate::context::Context;
use crate::day::{Day, Span};
use crate::due::{DueDay, DueRule, Start};
use crate::error::Error;
use crate::facts::{self, Excuse, Facts, Unit};
use crate::order::sort_by;
use crate::policy::Basis;
use crate::register::Line;
use crate::table::Id;
use chrono::NaiveDate;

choices! {
    /// How a duty stands on the day of its checked register.
    State {
        /// Its term has not begun.
        NotYet = "not_yet", "Chưa đến kỳ", "Not yet due";
        /// Inside the term.
        Open = "open", "Đang thực hiện, trong hạn", "Open";
        /// Near the end of the term.
        DueSoon = "due_soon", "Sắp đến hạn", "Due soon";
        /// Past its term and not done.
        Overdue = "overdue", "Quá hạn, chưa hoàn thành", "Overdue";
        /// Done in time.
        DoneOnTime = "done_on_time", "Hoàn thành đúng hạn", "Done on time";
        /// Done after its term.
        DoneLate = "done_late", "Hoàn thành quá hạn", "Done late";
        /// Not done, in a term that a document made longer.
        Extended = "extended", "Được gia hạn", "Extended";
        /// Freed by a document.
        Excused = "excused", "Được miễn", "Excused";
        /// The unit ended before the term did.
        NotBound = "not_bound", "Không thuộc đối tượng", "Not bound";
    }
}

/// Something that units must have done by a day.
#[derive(Clone, Debug)]
pub struct Obligation {
    /// Identifier.
    pub id: String,
    /// Name, in Vietnamese.
    pub name_vi: String,
    /// Name, in English.
    pub name_en: String,
    /// Level of the units concerned.
    pub level: Level,
    /// Kinds of the units concerned; none means all of the level.
    pub kinds: Vec<String>,
    /// Kind of the body that leads.
    pub lead: String,
    /// Kinds of the bodies that support.
    pub supporting: Vec<String>,
    /// By when.
    pub due: Due,
    /// Where a last day goes that is no working day.
    pub adjust: Adjust,
    /// When it is done.
    pub test: Test,
    /// Code of the unit in which units are concerned; none means everywhere.
    pub scope: Option<String>,
    /// What it rests on.
    pub basis: Basis,
    pub(crate) from: Day,
    day: Option<Day>,
    count: Option<u32>,
    of: Option<Counted>,
    months: Option<u32>,
    pub(crate) soon: i32,
    /// The last good day, an extension not counted.
    pub(crate) last: Day,
}

impl Obligation {
    pub(crate) fn new(facts: &Facts, row: &facts::Obligation, basis: Basis) -> Self {
        Self {
            id: facts.word(row.id).into(),
            name_vi: facts.text(row.name_vi).into(),
            name_en: facts.text(row.name_en).into(),
            level: row.level,
            kinds: facts.words(row.kinds).map(Into::into).collect(),
            lead: facts.word(row.lead).into(),
            supporting: facts.words(row.supporting).map(Into::into).collect(),
            due: row.due,
            adjust: row.adjust,
            test: row.test,
            scope: row.scope.map(|code| facts.text(code.0).into()),
            basis,
            from: row.from,
            day: row.day,
            count: row.count.map(|count| count.0),
            of: row.of,
            months: row.months.map(|months| months.0),
            last: row.from,
            soon: row.soon.map_or(0, |days| i32::try_from(days.0).unwrap_or(i32::MAX)),
        }
    }

    /// First day of the term.
    #[must_use]
    pub fn from(&self) -> Option<NaiveDate> {
        self.from.date()
    }

    /// The day that the text names, if it names one.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        self.day.and_then(Day::date)
    }

    /// By when, as a rule.
    ///
    /// # Errors
    /// None: the columns of an obligation fit each other.
    pub fn rule(&self) -> Result<DueRule, Error> {
        DueRule::new(self.due, self.day(), self.count, self.of, self.months)
    }

    /// What its term runs from, unless the text names its last day.
    fn start(&self) -> Option<Start> {
        self.from().filter(|_| self.day.is_none()).map(Start::Day)
    }

    /// Works the last good day out.
    pub(crate) fn settle(&mut self, calendar: &Calendar) -> Result<(), Error> {
        let due = self.rule().and_then(|rule| calendar.due_day(rule, self.adjust, self.start()));
        let (last, _) = due.map_err(|error| Error::BadDue(format!("obligation `{}`: {error}", self.id)))?;
        self.last = last;
        Ok(())
    }

    /// Its last good day and how it comes about, an extension not counted.
    ///
    /// # Errors
    /// None: it was worked out when the policy was read.
    pub fn explain(&self, calendar: &Calendar) -> Result<DueDay, Error> {
        calendar.due(self.rule()?, self.adjust, self.start())
    }
}

/// What one unit owes under one obligation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Duty {
    /// Position in the policy.
    pub obligation: usize,
    pub line: Id<Line>,
    /// The last good day, an extension counted.
    pub last: Day,
    pub done: Option<Day>,
    /// The document that moved the day or freed the unit.
    pub excuse: Option<Id<Excuse>>,
    pub state: State,
}

/// The duties of one unit, in the order of the obligations.
pub(crate) fn duties_of(context: &Context, line: Id<Line>) -> impl Iterator<Item = Duty> + '_ {
    let obligations = context.policy.obligations().iter().enumerate();
    obligations.filter_map(move |(at, obligation)| duty(context, at, obligation, line))
}

fn duty(context: &Context, at: usize, obligation: &Obligation, line: Id<Line>) -> Option<Duty> {
    let (inner, facts) = (context.inner(), context.facts());
    if inner.level(line) != obligation.level {
        return None;
    }
    // Whom it binds is asked on the last day of the term as first set, or on the day asked if that is earlier.
    let day = obligation.last.min(context.as_of);
    let is_bound = |day: Day| {
        let version = inner.version(line, day).map(|id| &facts.units[id])?;
        let kind = facts.word(version.kind);
        let is_kind = obligation.kinds.is_empty() || obligation.kinds.iter().any(|own| own == kind);
        let scope = obligation.scope.as_ref().map(|code| {
            let scope = inner.unit_by_code(code, obligation.from);
            let known = scope.filter(|&unit| facts.units[unit].span().from <= context.as_of);
            known.is_some_and(|unit| inner.path(line, day).any(|line| line == inner.line_of[unit]))
        });
        (is_kind && scope.unwrap_or(true)).then_some(())
    };
    let bound = is_bound(day).is_some();
    if !bound && is_bound(obligation.from.min(context.as_of)).is_none() {
        return None;
    }
    let mut rows: Vec<_> = inner.excuses.of(line).collect();
    rows.retain(|&id| {
        facts.excuses[id].day <= context.as_of && facts.word(facts.excuses[id].obligation) == obligation.id
    });
    let excuse = rows.into_iter().max_by_key(|&id| facts.excuses[id].day);
    let until = excuse.map(|id| facts.excuses[id].until);
    let last = until.flatten().unwrap_or(obligation.last);
    let done = match obligation.test {
        Test::VillagesCovered => covered(context, line, obligation.from),
        Test::DecisionIssued => {
            let versions = inner.versions(line).map(|id| facts.units[id].span());
            let own = versions.filter_map(|own| {
                decided(context, line, Span { from: own.from.max(obligation.from), to: own.to })
            });
            own.min()
        }
    };
    let done = done.filter(|&day| day <= context.as_of);
    let state = match done {
        _ if !bound => State::NotBound,
        _ if until == Some(None) => State::Excused,
        Some(day) if day <= last => State::DoneOnTime,
        Some(_) => State::DoneLate,
        None if context.as_of < obligation.from => State::NotYet,
        None if context.as_of > last => State::Overdue,
        None if until.is_some() => State::Extended,
        None if last.since(context.as_of) < i64::from(obligation.soon) => State::DueSoon,
        None => State::Open,
    };
    Some(Duty { obligation: at, line, last, done, excuse, state })
}

/// The first day from `from` on which the unit has villages and a community team in force serves each of them.
fn covered(context: &Context, line: Id<Line>, from: Day) -> Option<Day> {
    let mut villages = Vec::new();
    villages_below(context, line, Span { from: Day::OPEN_START, to: Day::OPEN_END }, &mut villages);
    let (facts, inner) = (context.facts(), context.inner());
    // Days on which the unit is not there, there is no village, or one without a team.
    let mut gaps = Vec::new();
    let own = inner.versions(line).map(|id| facts.units[id].span()).collect();
    for spans in [own, villages.iter().map(|&(_, span)| span).collect()] {
        gaps_of(Span { from: Day::OPEN_START, to: Day::OPEN_END }, spans, &mut gaps);
    }
    for (village, span) in villages {
        let teams = inner.covers_of.of(village).map(|cover| &facts.teams[inner.covers[cover].team]);
        let serving = teams.filter(|team| team.kind == TeamKind::Community && team.from <= context.as_of);
        gaps_of(span, serving.map(facts::Team::span).collect(), &mut gaps);
    }
    sort_by(&mut gaps, |a, b| a.from.cmp(&b.from));
    let mut day = from;
    for gap in gaps {
        if day < gap.from {
            break;
        }
        day = day.max(gap.to);
    }
    day.is_date().then_some(day)
}

/// Adds what `spans` leave uncovered of `whole`.
fn gaps_of(whole: Span, mut spans: Vec<Span>, gaps: &mut Vec<Span>) {
    sort_by(&mut spans, |a, b| a.from.cmp(&b.from));
    let mut from = whole.from;
    for span in spans {
        if from < span.from && from < whole.to {
            gaps.push(Span { from, to: span.from.min(whole.to) });
        }
        from = from.max(span.to);
    }
    if from < whole.to {
        gaps.push(Span { from, to: whole.to });
    }
}

/// Adds the villages that are or were below a unit in `span`, with the days on which they were.
fn villages_below(context: &Context, line: Id<Line>, span: Span, out: &mut Vec<(Id<Line>, Span)>) {
    let (facts, inner) = (context.facts(), context.inner());
    let meet = |other: Span| {
        let span = Span { from: span.from.max(other.from), to: span.to.min(other.to) };
        Some(span).filter(|span| span.from < span.to)
    };
    if inner.level(line) == Level::Village {
        out.extend(inner.versions(line).filter_map(|id| Some((line, meet(facts.units[id].span())?))));
    }
    for child in inner.children.of(line) {
        let below = inner.line_of[child];
        if inner.level(below) == Level::Village {
            out.extend(meet(facts.units[child].span()).map(|span| (below, span)));
        } else if let Some(span) = meet(standing(context, child)) {
            villages_below(context, below, span, out);
        }
    }
}

/// The days on which what stands below a version of a unit stands below the one above it: also when the unit has ended.
fn standing(context: &Context, version: Id<Unit>) -> Span {
    let span = context.unit(version).span();
    if context.inner().is_last(version) { Span { from: span.from, to: Day::OPEN_END } } else { span }
}

/// The first day in `span` on which a decision is signed that a community team of the unit, or of one then below it, names.
fn decided(context: &Context, line: Id<Line>, span: Span) -> Option<Day> {
    let (facts, inner) = (context.facts(), context.inner());
    let teams = inner
        .managed
        .of(line)
        .filter(|&team| facts.teams[team].kind == TeamKind::Community && context.knows_team(team));
    let signed = teams.filter_map(|team| context.decision(team)).map(|id| facts.decisions[id].signed);
    let own = signed.map(|day| day.max(span.from)).filter(|&day| day < span.to);
    let below = inner.children.of(line).filter_map(|child| {
        let own = standing(context, child);
        let own = Span { from: span.from.max(own.from), to: span.to.min(own.to) };
        if own.from < own.to { decided(context, inner.line_of[child], own) } else { None }
    });
    own.chain(below).min()
}
