//! A *review* goes through the reports of a sheet as they are known on `as_of`: which of them count, what came before each, what the
//! checks of the form and the rules say.

mod sequence;
mod tile;

pub(crate) use sequence::Sequence;

use crate::choice::{Counting, Filler, ReportState};
use crate::context::Context;
use crate::day::{Day, Span};
use crate::expression::{ABSENT, Departure, Item, Scratch, TILE, Tile};
use crate::facts::{Facts, Report};
use crate::form::{Form, Indicator, Part, ProseField, Version};
use crate::order::sort_by;
use crate::period::Period;
use crate::policy::Profile;
use crate::register::Line;
use crate::reports::{Store, is_figure};
use crate::rule::{Draft, Emit, Param, ReportCheck, Rule, Severity, Subject};
use crate::rules::RULES;
use crate::setting::Key;
use crate::sheet::{Column, Mark, Reporter, Sheet};
use crate::table::{Id, Word};
use crate::view::{Asked, asked};
use std::borrow::Cow;
use std::ops::Range;
use tile::Rows;

/// Rows of one sheet, whole reporters, under the form that the policy has for them.
pub(crate) struct Review<'c> {
    pub context: &'c Context,
    /// Where the words and texts of the sheet are.
    pub facts: &'c Facts,
    pub sheet: &'c Sheet,
    /// The position of the form in the policy.
    pub form: Option<(usize, &'c Form)>,
    /// The column of each indicator of the form, if somebody reported it.
    columns: Vec<Option<usize>>,
    /// Columns of no indicator.
    strange: Vec<usize>,
    /// What each version of the form asks of each filler.
    asked: Vec<Asks>,
    sequence: Cow<'c, Sequence>,
}

/// The form that the policy has for the reports of a sheet, with its position.
fn form_of<'c>(context: &'c Context, store: &Store, sheet: &Sheet) -> Option<(usize, &'c Form)> {
    let name = store.facts.word(sheet.form);
    context.policy.forms().iter().enumerate().find(|(_, form)| form.id == name)
}

/// What a version of a form asks of one filler.
struct Asks {
    version: u16,
    filler: Filler,
    /// The positions of its indicators.
    indicators: Vec<usize>,
    /// Those of the others.
    others: Vec<usize>,
    /// For each indicator of the form the one of that name that it has.
    own: Vec<Option<usize>>,
}

impl Asks {
    fn all(form: &Form) -> Vec<Self> {
        let mut all = Vec::new();
        for version in &form.versions {
            for &filler in Filler::ALL {
                let (mut indicators, mut others) = (Vec::new(), Vec::new());
                for (at, own) in form.indicators.iter().enumerate() {
                    let is_in = version.asks(&own.part, filler);
                    if is_in { indicators.push(at) } else { others.push(at) }
                }
                // One of the same name may be in this version.
                let id = |at: usize| form.indicators.get(at).map(|own| &own.part.id);
                let own = |at: usize| indicators.iter().copied().find(|&own| id(own) == id(at));
                let own: Vec<_> = (0..form.indicators.len()).map(own).collect();
                others.retain(|&other| own.get(other).is_some_and(Option::is_none));
                all.push(Self { version: version.number, filler, indicators, others, own });
            }
        }
        all
    }
}

impl Asks {
    /// Whether it has an indicator of the name of this one.
    fn has(&self, indicator: usize) -> bool {
        self.own.get(indicator).is_some_and(Option::is_some)
    }
}

/// A check of a form that a report departs from.
pub(crate) struct Departs {
    pub row: usize,
    pub check: usize,
    /// The value of each side; not a number where it has none.
    pub left: f64,
    pub right: f64,
}

impl<'c> Review<'c> {
    /// Of some rows, whole reporters.
    pub(crate) fn new(context: &'c Context, store: &'c Store, sheet: &'c Sheet, rows: Range<usize>) -> Self {
        Self::of(context, store, sheet, Cow::Owned(Sequence::new(context, store, sheet, rows)))
    }

    /// Of the rows of a sequence.
    pub(crate) fn of(
        context: &'c Context,
        store: &'c Store,
        sheet: &'c Sheet,
        sequence: Cow<'c, Sequence>,
    ) -> Self {
        let facts = &store.facts;
        let form = form_of(context, store, sheet);
        let indicators = form.map_or(&[][..], |(_, form)| &form.indicators);
        let column = |own: &Indicator| facts.find_word(&own.part.id).and_then(|word| sheet.column(word));
        let columns: Vec<_> = indicators.iter().map(column).collect();
        let strange = (0..sheet.columns.len()).filter(|&at| !columns.contains(&Some(at))).collect();
        let asked = form.map_or_else(Vec::new, |(_, form)| Asks::all(form));
        Self { context, facts, sheet, form, columns, strange, asked, sequence }
    }

    /// Whether a row counts.
    pub(crate) fn counts(&self, row: usize) -> bool {
        self.sequence.counts(row)
    }

    /// The row that counts for the period before that of a row.
    pub(crate) fn before(&self, row: usize) -> Option<usize> {
        self.sequence.before(row)
    }

    /// The rows looked at.
    fn rows(&self) -> Range<usize> {
        self.sequence.rows.clone()
    }

    /// The rows of one reporter that count and came before a row by the calendar, the latest first.
    pub(crate) fn earlier(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        let inner = self.context.inner();
        let own = self.sheet.row(row);
        let from = self.sequence.rows.start;
        let all = self.sheet.rows.get(from..row).unwrap_or_default().iter().enumerate().rev();
        let is_own = move |(_, other): &(usize, &Report)| {
            own.is_some_and(|own| {
                other.reporter(inner) == own.reporter(inner)
                    && own.is_periodic()
                    && other.is_periodic()
                    && other.period().frequency() == own.period().frequency()
            })
        };
        let is_other = move |other: &Report| Some(other.period()) != own.map(Report::period);
        // What was sent back says nothing of what came before.
        let is_there = move |other: &&Report| is_other(other) && other.state() != ReportState::Returned;
        all.take_while(is_own)
            .map(move |(at, _)| from + at)
            .filter(move |&at| self.counts(at) && self.sheet.row(at).as_ref().is_some_and(is_there))
    }

    /// Those of [`earlier`](Self::earlier) that are of the last six periods, and how many they are; of spans of days the last six.
    pub(crate) fn last_six(&self, row: usize) -> ([usize; 6], usize) {
        let (mut six, mut count) = ([0; 6], 0);
        let period = self.sheet.row(row).map(Report::period);
        let mut before = std::iter::successors(period, |period| period.previous());
        let first = before.nth(six.len()).map(Period::key);
        let is_near = |&at: &usize| {
            first.is_none_or(|first| self.sheet.row(at).is_some_and(|own| own.period().key() >= first))
        };
        for (slot, earlier) in six.iter_mut().zip(self.earlier(row).take_while(is_near)) {
            *slot = earlier;
            count += 1;
        }
        (six, count)
    }

    /// The row that counts for the same period a year before.
    fn last_year(&self, row: usize) -> Option<usize> {
        let wanted = self.sheet.row(row)?.period().last_year()?;
        let period = |at: usize| self.sheet.row(at).map(Report::period);
        let mut earlier = self.earlier(row);
        earlier
            .find(|&at| period(at).is_none_or(|own| own.key() <= wanted.key()))
            .filter(|&at| period(at) == Some(wanted))
    }

    /// The column of an indicator, if somebody reported it.
    fn reported(&self, indicator: usize) -> Option<&'c Column> {
        self.sheet.columns.get(self.columns.get(indicator).copied().flatten()?)
    }

    /// Its figures.
    pub(crate) fn column(&self, indicator: usize) -> &'c [i32] {
        self.reported(indicator).map_or(&[], |column| &column.figures)
    }

    /// The most that an item can be, as far as the figures at hand tell.
    fn most(&self, item: &Item) -> f64 {
        match *item {
            Item::Figure(at) | Item::Previous(at) | Item::LastYear(at) | Item::Flow(at) => {
                self.reported(at).map_or(0.0, |column| column.most.into())
            }
            Item::Before(_) | Item::Below(_) | Item::Attribute(_) | Item::Fact(_) => f64::INFINITY,
        }
    }

    /// What stands in the column of an indicator.
    pub(crate) fn raw(&self, indicator: usize, row: usize) -> i32 {
        self.column(indicator).get(row).copied().unwrap_or(ABSENT)
    }

    /// A figure that the report should have; none if it is absent or does not apply.
    pub(crate) fn figure(&self, indicator: usize, row: usize) -> Option<i32> {
        Some(self.raw(indicator, row)).filter(|&figure| is_figure(figure))
    }

    /// Whether the form has one version.
    fn is_plain(&self) -> bool {
        self.form.is_some_and(|(_, form)| form.versions.len() == 1)
    }

    /// What a version of the form asks of a filler.
    fn asked_of(&self, version: u16, filler: Filler) -> Option<&Asks> {
        self.asked.iter().find(|asked| asked.filler == filler && asked.version == version)
    }

    /// The indicator of this name that the report of a row should have: that of its version, if its reporter fills it in.
    fn own(&self, indicator: usize, row: usize) -> Option<&'c Indicator> {
        let reporter = self.sheet.row(row)?.reporter(self.context.inner());
        let asked = self.asked_of(self.sequence.version(row)?, filler(self.context, reporter))?;
        self.form?.1.indicators.get((*asked.own.get(indicator)?)?)
    }

    /// The figure of another report of the reporter of a row; none if that counted it in another way.
    pub(crate) fn like(&self, indicator: usize, row: usize, other: usize) -> Option<i32> {
        if self.sequence.version(row) != self.sequence.version(other) {
            let (own, then) = (self.own(indicator, row)?, self.own(indicator, other)?);
            if !own.is_counted_as(then) {
                return None;
            }
        }
        self.figure(indicator, other)
    }

    /// What happened in the period: the figure itself, or of one to date the difference from the period before in the year. `indicator` is
    /// one that the report should have, or that another report of its reporter should have.
    pub(crate) fn flow(&self, indicator: usize, row: usize) -> Option<i64> {
        let (_, form) = self.form?;
        let is_only =
            self.is_plain() && self.sequence.version(row) == form.versions.first().map(|own| own.number);
        let own = if is_only { form.indicators.get(indicator) } else { self.own(indicator, row) }?;
        let figure = i64::from(self.figure(indicator, row)?);
        match own.counts {
            Counting::InPeriod => Some(figure),
            Counting::AtCutOff => None,
            Counting::YearToDate if self.begins_year(row) => Some(figure),
            Counting::YearToDate => Some(figure - i64::from(self.like(indicator, row, self.before(row)?)?)),
        }
    }

    /// Whether the period of a row is the first of its year.
    pub(crate) fn begins_year(&self, row: usize) -> bool {
        let period = self.sheet.row(row).map(Report::period);
        period.is_some_and(|period| period.previous().is_none_or(|before| before.year() != period.year()))
    }

    /// The version of the form that a report is on: the one that it names, else the one in force at the end of its period.
    pub(crate) fn version(&self, report: &Report) -> Option<&'c Version> {
        self.form?.1.version_of(report)
    }

    /// The last day of the period of a report, by its version of the form.
    pub(crate) fn cut_off(&self, report: &Report) -> Option<Day> {
        let version = self.version(report).or_else(|| self.form?.1.versions.first())?;
        Some(report.period().span(version.scheme).1)
    }

    /// The day by which a report is judged: the last of its period, if that has come.
    pub(crate) fn day(&self, report: &Report) -> Day {
        self.cut_off(report).map_or(self.context.as_of, |day| day.min(self.context.as_of))
    }

    /// The columns of no indicator of the form in which a row has something.
    pub(crate) fn strange(&self, row: usize) -> impl Iterator<Item = Word> + '_ {
        let columns = self.strange.iter().filter_map(|&at| self.sheet.columns.get(at));
        let own =
            columns.filter(move |column| column.figures.get(row).is_some_and(|&figure| figure != ABSENT));
        own.map(|column| column.indicator)
    }

    /// What the rules say of the rows that count and for which `is_wanted`, by reporter.
    pub(crate) fn look(
        &self,
        checks: &[(&'static Rule, ReportCheck)],
        is_wanted: impl Fn(usize) -> bool,
        out: &mut Vec<(Reporter, Draft)>,
    ) {
        let (context, inner) = (self.context, self.context.inner());
        let mut departures = Vec::new();
        self.departures(&mut departures);
        let mut departures = &departures[..];
        let mut drafts = Vec::new();
        for (row, report) in self.sheet.rows.iter().enumerate().take(self.rows().end).skip(self.rows().start)
        {
            let own = departures.iter().take_while(|departs| departs.row <= row).count();
            let (own, rest) = departures.split_at(own);
            departures = rest;
            if !self.counts(row) || !is_wanted(row) {
                continue;
            }
            let reporter = report.reporter(inner);
            // What was in force at the end of the period counts.
            let profile = &context.profile(Some(place_of(context, reporter)), self.day(report));
            let filler = filler(context, reporter);
            let version = self.version(report);
            let asked = version.and_then(|version| self.asked_of(version.number, filler));
            let (review, departures) = (self, own);
            let view =
                ReportView { review, row, report, reporter, filler, version, asked, profile, departures };
            let span = Span { from: report.received.0, to: context.as_of.plus(1) };
            let subject = match reporter {
                Reporter::Team(team) => Subject::Team(team),
                Reporter::Unit(line) => Subject::Unit(line),
            };
            let unit = Some(place_of(context, reporter));
            for &(rule, check) in checks {
                check(&view, &mut Emit { rule, subject, unit, span, drafts: &mut drafts });
            }
            if !drafts.is_empty() {
                drafts.retain_mut(|draft| view.weigh(draft));
                out.extend(drafts.drain(..).map(|draft| (reporter, draft)));
            }
        }
    }

    /// The checks of the form that reports depart from, by row.
    pub(crate) fn departures(&self, out: &mut Vec<Departs>) {
        let Some((_, form)) = self.form else { return };
        let inner = self.context.inner();
        let mut scratch = Scratch::default();
        let mut found: Vec<Departure> = Vec::new();
        let checks = form.checks.iter().enumerate().filter_map(|(at, own)| {
            let compiled = own.compiled.as_ref().filter(|_| own.severity.is_some())?;
            Some((at, own, compiled, compiled.is_narrow(&|item| self.most(item))))
        });
        let checks: Vec<_> = checks.collect();
        let mut tile = Rows::new(self);
        let Range { start: mut from, end } = self.rows();
        while from < end {
            tile.go(from..end.min(from + TILE));
            scratch.begin(tile.len());
            let first = out.len();
            for &(check, own, compiled, is_narrow) in &checks {
                compiled.run(is_narrow, &tile, &mut scratch, &mut found);
                for Departure { row, left, right } in found.drain(..) {
                    let row = from + row;
                    let Some(report) = self.sheet.row(row).filter(|_| self.counts(row)) else { continue };
                    let filler = filler(self.context, report.reporter(inner));
                    if self.version(report).is_some_and(|version| version.asks(&own.part, filler)) {
                        out.push(Departs { row, check, left, right });
                    }
                }
            }
            // Of one row in the order of the checks.
            if let Some(own) = out.get_mut(first..) {
                sort_by(own, |a, b| a.row.cmp(&b.row));
            }
            from += tile.len();
        }
    }
}

/// The unit that reports, or that manages the team that does.
pub(crate) fn place_of(context: &Context, reporter: Reporter) -> Id<Line> {
    match reporter {
        Reporter::Team(team) => context.place_of(team),
        Reporter::Unit(line) => line,
    }
}

/// What sort of reporter it is.
pub(crate) fn filler(context: &Context, reporter: Reporter) -> Filler {
    match reporter {
        Reporter::Team(_) => Filler::Team,
        Reporter::Unit(line) => Filler::of(context.inner().level(line)),
    }
}

/// One report as a rule sees it, with what came before it.
pub(crate) struct ReportView<'c> {
    pub review: &'c Review<'c>,
    pub row: usize,
    pub report: &'c Report,
    pub reporter: Reporter,
    pub filler: Filler,
    /// The version of the form that the report is on, if there is one.
    pub version: Option<&'c Version>,
    asked: Option<&'c Asks>,
    pub profile: &'c Profile,
    /// The checks of the form that it departs from.
    pub departures: &'c [Departs],
}

impl<'c> ReportView<'c> {
    /// What is asked of every report.
    pub(crate) fn policy(&self, key: Key) -> Asked<'c> {
        asked(self.review.context, self.profile, key, None)
    }

    /// The form and its position in the policy.
    pub(crate) fn form(&self) -> Option<(usize, &'c Form)> {
        self.review.form
    }

    fn those(&self, positions: &'c [usize]) -> impl Iterator<Item = (usize, &'c Indicator)> + use<'c> {
        let all = self.review.form.map_or(&[][..], |(_, form)| &form.indicators);
        positions.iter().filter_map(move |&at| Some((at, all.get(at)?)))
    }

    /// The indicators that the report should have, each with its position in the form.
    pub(crate) fn indicators(&self) -> impl Iterator<Item = (usize, &'c Indicator)> + use<'c> {
        self.those(self.asked.map_or(&[], |asked| &asked.indicators))
    }

    pub(crate) fn figure(&self, indicator: usize) -> Option<i32> {
        self.review.figure(indicator, self.row)
    }

    /// Whether there is neither a figure nor the word that none applies.
    pub(crate) fn is_absent(&self, indicator: usize) -> bool {
        self.review.raw(indicator, self.row) == ABSENT
    }

    /// The row that counts for the period before.
    pub(crate) fn before(&self) -> Option<usize> {
        self.review.before(self.row)
    }

    pub(crate) fn flow(&self, indicator: usize) -> Option<i64> {
        self.review.flow(indicator, self.row)
    }

    /// What tells the report apart from others of its reporter.
    pub(crate) fn params(&self) -> Vec<(&'static str, Param)> {
        let form = match self.review.form {
            Some((at, _)) => Param::Form(at, self.version.map_or(0, |version| version.number)),
            None => Param::Likely(self.review.facts.word(self.review.sheet.form).into()),
        };
        let mut params = vec![("form", form), ("period", Param::Period(self.report.period()))];
        if !self.report.is_periodic() {
            params.push(("kind", Param::Kinds(self.report.kind())));
        }
        params
    }

    /// The same, with some figures.
    pub(crate) fn params_of(&self, indicators: Vec<usize>) -> Vec<(&'static str, Param)> {
        let mut params = self.params();
        params.extend(self.form().map(|(form, _)| ("indicators", Param::Indicators(form, indicators))));
        params
    }

    /// What a finding about the version of the form rests on.
    pub(crate) fn basis(&self) -> Option<usize> {
        self.basis_of(self.version?.number)
    }

    /// What a finding about another version of the form rests on.
    pub(crate) fn basis_of(&self, version: u16) -> Option<usize> {
        let (form, own) = self.form()?;
        let at = own.versions.iter().position(|own| own.number == version)?;
        Some(self.review.context.policy.basis_of_version(form, at))
    }

    /// Whether the report should have a text and does not.
    pub(crate) fn lacks(&self, field: &ProseField) -> bool {
        let facts = self.review.facts;
        let is_asked = self.version.is_some_and(|version| version.asks(&field.part, self.filler));
        is_asked && !self.review.sheet.prose(self.row).any(|own| facts.word(own.field) == field.part.id)
    }

    /// Figures, marks and texts that the report should not have, by their names.
    pub(crate) fn unknown(&self) -> Vec<String> {
        let others = self.those(self.asked.map_or(&[], |asked| &asked.others));
        let others = others.filter(|(at, _)| !self.is_absent(*at));
        let mut unknown: Vec<_> = others.map(|(_, other)| other.part.id.clone()).collect();
        let review = self.review;
        unknown.extend(review.strange(self.row).map(|word| review.facts.word(word).to_owned()));
        let (sheet, form) = (review.sheet, self.review.form.map(|(_, form)| form));
        if let Some(form) = form
            && !(sheet.marks.is_empty() && sheet.prose.is_empty())
        {
            let is_asked = |part: &Part, name: &str| {
                part.id == name && self.version.is_some_and(|version| version.asks(part, self.filler))
            };
            let is_text = |name: &str| form.prose.iter().any(|own| is_asked(&own.part, name));
            let is_figure = |name: &str| form.indicators.iter().any(|own| is_asked(&own.part, name));
            let can_be_confirmed = |name: &str| {
                form.checks.iter().any(|own| own.part.id == name)
                    || RULES.iter().any(|rule| rule.name == name)
            };
            let mut add = |word: Word, is_known: &dyn Fn(&str) -> bool| {
                let name = review.facts.word(word);
                unknown.extend((!is_known(name)).then(|| name.to_owned()));
            };
            sheet.prose(self.row).for_each(|own| add(own.field, &is_text));
            sheet.marks(self.row, Mark::ESTIMATE).for_each(|word| add(word, &is_figure));
            sheet.marks(self.row, Mark::CONFIRMED).for_each(|word| add(word, &can_be_confirmed));
        }
        unknown
    }

    /// The last day of the period.
    pub(crate) fn cut_off(&self) -> Option<Day> {
        self.review.cut_off(self.report)
    }

    /// Whether the figure of an indicator is an estimate.
    pub(crate) fn is_estimate(&self, indicator: &Indicator) -> bool {
        let mut marks = self.review.sheet.marks(self.row, Mark::ESTIMATE);
        marks.any(|word| self.review.facts.word(word) == indicator.part.id)
    }

    /// Whether the sender has looked at what a rule or check says, and explained it.
    pub(crate) fn is_confirmed(&self, name: &str) -> bool {
        self.review.sheet.marks(self.row, Mark::CONFIRMED).any(|word| self.review.facts.word(word) == name)
    }

    /// Says how much a draft matters; false if it is silent. What was explained matters one step less, unless it cannot be.
    fn weigh(&self, draft: &mut Draft) -> bool {
        let context = self.review.context;
        let Some(severity) = context.severity(draft, self.review.day(self.report)) else { return false };
        let check = if let Some(&Param::Check(form, check)) = draft.param("check") {
            context.policy.forms().get(form).and_then(|form| form.checks.get(check))
        } else {
            None
        };
        let is_confirmed = self.is_confirmed(draft.rule.name)
            || check.is_some_and(|check| self.is_confirmed(&check.part.id));
        draft.severity = match severity {
            Severity::Warning if is_confirmed => Severity::Info,
            Severity::Info if is_confirmed => return false,
            severity => severity,
        };
        true
    }

    /// Other known reports of the same kind, period and revision.
    pub(crate) fn twins(&self) -> usize {
        let review = self.review;
        let inner = review.context.inner();
        let is_twin = |other: &Report| {
            other.reporter(inner) == self.reporter
                && other.is_about_the_same(self.report)
                && other.revision() == self.report.revision()
        };
        let rows = review.sheet.rows.get(..self.row).unwrap_or_default();
        // It is the last of its revision that counts.
        rows.iter()
            .rev()
            .take_while(|other| is_twin(other))
            .filter(|other| other.is_known(review.context.as_of))
            .count()
    }

    /// Whether the reporter is there at the end of the period, or by `as_of`, and of the kind that fills in the form.
    pub(crate) fn is_reporter(&self) -> bool {
        let (context, Some(version)) = (self.review.context, self.version) else { return true };
        let day = self.cut_off().map_or(context.as_of, |day| day.min(context.as_of));
        let is_there = match self.reporter {
            Reporter::Team(team) => {
                let team = &context.facts().teams[team];
                team.span().contains(day) && version.teams.is_none_or(|kind| kind == team.kind)
            }
            Reporter::Unit(line) => context.inner().version(line, day).is_some(),
        };
        is_there && version.filled_by.contains(&self.filler)
    }
}
