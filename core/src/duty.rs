//! A *duty* is what one unit, team or member owes under one obligation of the policy, once, for a period or after an event: by which
//! day, since when it is done, and whether a document moved the day or freed from it. It is worked out in one place; the agenda, late
//! findings and completeness all look at it.

use crate::choice::{Level, ReportKind, ReportState, TeamKind, Test, Trigger, Who, choices};
use crate::context::{Context, Reach};
use crate::day::{Day, Span};
use crate::facts::{Completion, Decision, Event, Excuse, Membership, Person, Report, Team, Unit};
use crate::obligation::{Obligation, Term, Terms};
use crate::order::{sort, sort_by};
use crate::period::Period;
use crate::register::Line;
use crate::sheet::Reporter;
use crate::table::Id;

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
        /// Whom it would bind ended, left or was suspended before the term did.
        NotBound = "not_bound", "Không thuộc đối tượng", "Not bound";
    }
}

/// Who owes a duty: the unit, a team that it manages, or a member of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Debtor {
    Unit,
    Team(Id<Team>),
    Member(Id<Team>, Id<Person>),
}

impl Debtor {
    pub(crate) fn team(self) -> Option<Id<Team>> {
        match self {
            Self::Unit => None,
            Self::Team(team) | Self::Member(team, _) => Some(team),
        }
    }

    pub(crate) fn person(self) -> Option<Id<Person>> {
        if let Self::Member(_, person) = self { Some(person) } else { None }
    }
}

/// What one unit, team or member owes under one obligation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Duty {
    /// Position in the policy.
    pub obligation: usize,
    /// The unit that owes, or that manages the team.
    pub line: Id<Line>,
    pub debtor: Debtor,
    pub period: Option<Period>,
    pub event: Option<Id<Event>>,
    /// The first day on which it can be done.
    pub from: Day,
    /// The last good day, an extension counted.
    pub last: Day,
    /// Whether that rests on published days alone.
    pub published: bool,
    pub done: Option<Day>,
    /// A day before the first on which it was said to be done.
    pub early: Option<Day>,
    /// The document that moved the day or freed from the duty.
    pub excuse: Option<Id<Excuse>>,
    /// The last good day that it set.
    pub until: Option<Day>,
    /// The last good day as first set.
    pub set: Day,
    pub state: State,
}

/// The duties of one unit, its teams and their members, in the order of the obligations, then by team, member and term.
pub(crate) fn duties_of(context: &Context, terms: &Terms, line: Id<Line>) -> Vec<Duty> {
    let mut found = Vec::new();
    for owed in Owed::all_of(context, line) {
        owed.all(terms.of(owed.at), &mut found);
    }
    found
}

/// Whether an obligation that comes back binds anybody in a unit or below it, at any of its terms for which no other row of it counts; each
/// unit is looked at where it stands, or stood when it ended.
pub(crate) fn binds_anybody(context: &Context, terms: &Terms, at: usize, top: Id<Line>) -> bool {
    let inner = context.inner();
    let Some(obligation) = context.policy.obligations().get(at) else { return true };
    let named = || context.policy.named_as(at);
    let is_other = |counts_on: Day| {
        let holder = context.holder(named(), top, counts_on.min(context.as_of), counts_on);
        holder.is_some_and(|holder| holder != at)
    };
    // Whether there is any unit of its level, and any for which it counts.
    let (mut any, mut any_own) = (false, false);
    let mut seen = vec![false; inner.lines.len()];
    let mut below = vec![if let Reach::Below(scope) = context.reach(at) { scope } else { top }];
    while let Some(line) = below.pop() {
        let is_seen = seen.get_mut(line.row()).is_none_or(|seen| std::mem::replace(seen, true));
        // What begins later is not known.
        if is_seen || context.unit(inner.lines[line]).span().from > context.as_of {
            continue;
        }
        if inner.level(line) == obligation.level && context.is_below(line, &[top], context.last_day(line)) {
            any = true;
            if let Some(owed) = Owed::all_of(context, line).find(|owed| owed.at == at) {
                let mut own = Vec::new();
                owed.all(terms.of(at), &mut own);
                if own.iter().any(|duty| duty.state != State::NotBound) {
                    return true;
                }
                any_own |= terms.of(at).iter().any(|term| !owed.is_other(term.counts_on));
            }
        }
        below.extend(inner.children.of(line).map(|child| inner.line_of[child]));
    }
    // Where there is no such unit, another row may count for all.
    if any { !any_own } else { terms.of(at).iter().all(|term| is_other(term.counts_on)) }
}

/// What somebody owes for a period under an obligation that binds them.
pub(crate) fn owed_for(
    context: &Context,
    at: usize,
    line: Id<Line>,
    debtor: Debtor,
    period: Period,
) -> Option<Duty> {
    let owed = Owed::all_of(context, line).find(|owed| owed.at == at)?;
    let kind = debtor.team().map(|team| context.facts().teams[team].kind);
    let is_kind = owed.obligation.teams.is_none_or(|wanted| kind == Some(wanted));
    let is_who = matches!(
        (owed.obligation.who, debtor),
        (Who::Unit, Debtor::Unit) | (Who::Team, Debtor::Team(_)) | (Who::Member, Debtor::Member(..))
    );
    let term = owed.obligation.term_of(context.policy.calendar(), period).filter(|_| is_kind && is_who)?;
    let mut found = Vec::new();
    owed.of_terms(debtor, &[term], None, &mut found);
    found.pop().filter(|duty| duty.state != State::NotBound)
}

/// Whether a document is about a duty.
pub(crate) fn applies(context: &Context, duty: &Duty, excuse: Id<Excuse>) -> bool {
    let owed = Owed::all_of(context, duty.line).find(|owed| owed.at == duty.obligation);
    owed.is_some_and(|owed| {
        let (period, event, from, last) = (duty.period, duty.event, duty.from, duty.set);
        let term =
            Term { period, event, from, last, binds_on: last, counts_on: from, published: duty.published };
        owed.applied(&term, &owed.excuses(duty.debtor)).contains(&excuse)
    })
}

/// Whether an obligation is about a unit as it stands on `as_of`, or about what the unit has, being the row that counts on `counts_on`.
pub(crate) fn concerns(context: &Context, at: usize, line: Id<Line>, counts_on: Day) -> bool {
    let as_of = context.as_of;
    let owed = Owed::all_of(context, line).find(|owed| owed.at == at);
    owed.is_some_and(|owed| owed.holder(as_of, counts_on) == Some(at) && owed.binds(Debtor::Unit, as_of))
}

/// One obligation in one unit.
struct Owed<'c> {
    context: &'c Context,
    at: usize,
    obligation: &'c Obligation,
    line: Id<Line>,
    /// The rows of it that reach the unit on some day.
    named: Vec<usize>,
}

impl<'c> Owed<'c> {
    /// The obligations for units of its level that reach a unit on some day.
    fn all_of(context: &'c Context, line: Id<Line>) -> impl Iterator<Item = Self> + use<'c> {
        let level = context.inner().level(line);
        let near = context.obligations_of(line);
        (0..near.len()).filter_map(move |n| {
            let at = *near.get(n)?;
            let obligation = context.policy.obligations().get(at).filter(|own| own.level == level)?;
            let named = near.iter().copied().filter(|other| obligation.named.contains(other)).collect();
            Some(Self { context, at, obligation, line, named })
        })
    }

    fn all(&self, terms: &[Term], found: &mut Vec<Duty>) {
        let (facts, inner) = (self.context.facts(), self.context.inner());
        if self.obligation.who == Who::Unit {
            let events = inner.unit_events.of(self.line);
            return self.of_debtor(Debtor::Unit, terms, events, found);
        }
        for team in inner.managed.of(self.line) {
            let is_kind = self.obligation.teams.is_none_or(|kind| kind == facts.teams[team].kind);
            if !is_kind || !self.context.knows_team(team) {
                continue;
            }
            if self.obligation.who == Who::Team {
                self.of_debtor(Debtor::Team(team), terms, inner.team_events.of(team), found);
                continue;
            }
            let mut members: Vec<_> = inner.members.of(team).map(|id| &facts.memberships[id]).collect();
            members.retain(|row| row.from <= self.context.as_of);
            sort_by(&mut members, |a, b| (a.person, a.from).cmp(&(b.person, b.from)));
            for rows in members.chunk_by(|a, b| a.person == b.person) {
                let Some(first) = rows.first() else { continue };
                let debtor = Debtor::Member(team, first.person);
                if self.obligation.on == Some(Trigger::Appointment) {
                    let calendar = self.context.policy.calendar();
                    let days = joined(rows);
                    // Of somebody who came twice, what was done the first time is not early the second.
                    let first = days.iter().copied().find(|&day| self.is_asked(day));
                    let terms =
                        days.into_iter().filter_map(|day| self.obligation.term_after(calendar, day, None));
                    self.of_terms(debtor, &terms.collect::<Vec<_>>(), first, found);
                } else {
                    self.of_debtor(debtor, terms, std::iter::empty(), found);
                }
            }
        }
    }

    fn of_debtor(
        &self,
        debtor: Debtor,
        terms: &[Term],
        events: impl Iterator<Item = Id<Event>>,
        found: &mut Vec<Duty>,
    ) {
        if self.obligation.on.is_none() {
            return self.of_terms(debtor, terms, None, found);
        }
        let (facts, calendar) = (self.context.facts(), self.context.policy.calendar());
        let mut events: Vec<_> = events.map(|id| (id, &facts.events[id])).collect();
        events.retain(|(_, row)| {
            row.day <= self.context.as_of && facts.word(row.obligation) == self.obligation.id
        });
        let terms =
            events.iter().filter_map(|(id, row)| self.obligation.term_after(calendar, row.day, Some(*id)));
        self.of_terms(debtor, &terms.collect::<Vec<_>>(), None, found);
    }

    /// Whether any row of the obligation, wherever it holds, is in force on a day.
    fn is_asked(&self, day: Day) -> bool {
        let policy = &self.context.policy;
        let mut rows = policy.obligations().get(policy.named_as(self.at)).unwrap_or_default().iter();
        rows.any(|row| row.holds.contains(day))
    }

    /// The duties of some terms; with `first`, only the one that begins then can have been done early.
    fn of_terms(&self, debtor: Debtor, terms: &[Term], first: Option<Day>, found: &mut Vec<Duty>) {
        if terms.is_empty() {
            return;
        }
        let recorded = self.recorded(debtor);
        let excuses = self.excuses(debtor);
        found.extend(terms.iter().filter_map(|term| {
            let is_first = first.is_none_or(|first| term.from == first);
            self.duty(debtor, term, is_first, &recorded, &excuses)
        }));
    }

    /// What is said to be done of the obligation, by day.
    fn recorded(&self, debtor: Debtor) -> Vec<&'c Completion> {
        if self.obligation.test != Test::Recorded {
            return Vec::new();
        }
        let (facts, inner) = (self.context.facts(), self.context.inner());
        let is_own = |row: &&Completion| {
            row.person.0 == debtor.person()
                && row.day <= self.context.as_of
                && facts.word(row.obligation) == self.obligation.id
        };
        let rows = |id: Id<Completion>| &facts.completions[id];
        let mut own: Vec<_> = match debtor.team() {
            None => inner.unit_completions.of(self.line).map(rows).filter(is_own).collect(),
            Some(team) => inner.team_completions.of(team).map(rows).filter(is_own).collect(),
        };
        sort_by(&mut own, |a, b| a.day.cmp(&b.day));
        own
    }

    /// The days on which a report for the period of a term was received, in order; none if it was sent back and has not come again.
    fn reported(&self, debtor: Debtor, term: &Term) -> Vec<Day> {
        let store = self.context.register().reports.as_ref();
        let sheet = store.and_then(|store| store.sheet(self.obligation.form.as_deref()?));
        let (Some(sheet), Some(period)) = (sheet, term.period) else { return Vec::new() };
        let reporter = debtor.team().map_or(Reporter::Unit(self.line), Reporter::Team);
        let own = sheet.rows.get(sheet.rows_of(reporter, self.context.inner())).unwrap_or_default();
        let is_own = |row: &&Report| {
            row.kind() == ReportKind::Periodic && row.period() == period && row.is_known(self.context.as_of)
        };
        let own: Vec<_> = own.iter().filter(is_own).collect();
        if own.last().is_some_and(|last| last.state() == ReportState::Returned) {
            return Vec::new();
        }
        let mut days: Vec<_> = own.iter().map(|row| row.received.0).collect();
        sort(&mut days);
        days
    }

    /// Excuses and extensions, the latest last; of one day what says more comes later.
    fn excuses(&self, debtor: Debtor) -> Vec<Id<Excuse>> {
        let (facts, inner) = (self.context.facts(), self.context.inner());
        let mut own: Vec<_> = inner.excuses.of(self.line).collect();
        own.retain(|&id| {
            let row = &facts.excuses[id];
            row.day <= self.context.as_of
                && facts.word(row.obligation) == self.obligation.id
                && row.team.0.is_none_or(|team| debtor.team() == Some(team))
        });
        let weight = |id: Id<Excuse>| {
            let row = &facts.excuses[id];
            (row.day, row.team.0.is_some(), row.period.is_some(), row.event.0.is_some())
        };
        sort_by(&mut own, |&a, &b| weight(a).cmp(&weight(b)));
        own
    }

    /// The row of the obligation that counts on `counts_on` for the unit as it stands on a day.
    fn holder(&self, day: Day, counts_on: Day) -> Option<usize> {
        self.context.holder(self.named.iter().copied(), self.line, day, counts_on)
    }

    /// Whether another row of the obligation counts for the unit on a day.
    fn is_other(&self, counts_on: Day) -> bool {
        let holder = self.holder(counts_on.min(self.context.as_of), counts_on);
        holder.is_some_and(|holder| holder != self.at)
    }

    /// Whether the obligation, where it holds, binds on a day: the one answer to whom it concerns.
    fn binds(&self, debtor: Debtor, day: Day) -> bool {
        let (inner, facts) = (self.context.inner(), self.context.facts());
        let Some(version) = inner.version(self.line, day).map(|id| &facts.units[id]) else { return false };
        let kind = facts.word(version.kind);
        let is_kind = self.obligation.kinds.is_empty() || self.obligation.kinds.iter().any(|own| own == kind);
        let is_at_work = || {
            let Some(team) = debtor.team() else { return true };
            let mut suspensions = inner.suspensions.of(team).map(|id| facts.suspensions[id].span());
            facts.teams[team].span().contains(day) && !suspensions.any(|span| span.contains(day))
        };
        let is_member = || {
            let Debtor::Member(team, person) = debtor else { return true };
            let mut own = inner.members.of(team).map(|id| &facts.memberships[id]);
            own.any(|row| row.person == person && row.span().contains(day))
        };
        is_kind && is_at_work() && is_member()
    }

    /// Those of the excuses that are about a term, in their order: the last one counts. A new last day has to be later than the one first set;
    /// a document that names neither period nor event is about what is under way on its day, by those before it.
    fn applied(&self, term: &Term, excuses: &[Id<Excuse>]) -> Vec<Id<Excuse>> {
        let facts = self.context.facts();
        let mut last = term.last;
        let about = excuses.iter().copied().filter(|&id| {
            let row = &facts.excuses[id];
            let names_it = row.period.is_some() || row.event.0.is_some() || self.obligation.is_once();
            let is_it = row.period.is_none_or(|period| term.period == Some(period))
                && row.event.0.is_none_or(|event| term.event == Some(event));
            let Some(until) = row.until.filter(|_| is_it) else { return is_it };
            let extends = term.last < until && (names_it || (term.from..=last).contains(&row.day));
            last = if extends { until } else { last };
            extends
        });
        about.collect()
    }

    fn duty(
        &self,
        debtor: Debtor,
        term: &Term,
        is_first: bool,
        recorded: &[&Completion],
        excuses: &[Id<Excuse>],
    ) -> Option<Duty> {
        let (context, facts, obligation) = (self.context, self.context.facts(), self.obligation);
        let as_of = context.as_of;
        // On the day asked, if the one that counts is yet to come.
        let [asked, begun, place] = [term.binds_on, term.from, term.counts_on].map(|day| day.min(as_of));
        let holder = self.holder(place, term.counts_on);
        let bound = holder == Some(self.at) && self.binds(debtor, asked);
        let was_bound = || self.holder(begun, term.counts_on) == Some(self.at) && self.binds(debtor, begun);
        // What counts in place of this one says all that there is to say.
        if !bound && (holder.is_some_and(|holder| holder != self.at) || !was_bound()) {
            return None;
        }
        let excuse = self.applied(term, excuses).last().copied();
        let until = excuse.map(|id| facts.excuses[id].until);
        let last = until.flatten().unwrap_or(term.last);
        let mut early = None;
        let done = match obligation.test {
            Test::VillagesCovered => covered(context, self.line, term.from),
            Test::DecisionIssued => {
                let versions = context.inner().versions(self.line).map(|id| facts.units[id].span());
                let own = versions.filter_map(|own| {
                    decided(context, self.line, Span { from: own.from.max(term.from), to: own.to })
                });
                own.min()
            }
            Test::Recorded => {
                let is_own = |row: &&&Completion| row.period == term.period && row.event.0 == term.event;
                let mut days = recorded.iter().filter(is_own).map(|row| row.day);
                early = days.clone().next().filter(|&day| is_first && day < term.from);
                days.find(|&day| day >= term.from)
            }
            Test::Reported => {
                let days = self.reported(debtor, term);
                early = days.first().copied().filter(|&day| day < term.from);
                days.into_iter().find(|&day| day >= term.from)
            }
        };
        let done = done.filter(|&day| day <= as_of);
        let is_soon = || {
            let reminder = obligation.reminder(context.policy.calendar(), last);
            last.since(as_of) < i64::from(obligation.soon) || reminder.is_some_and(|day| day <= as_of)
        };
        let state = match done {
            _ if !bound => State::NotBound,
            _ if until == Some(None) => State::Excused,
            Some(day) if day <= last => State::DoneOnTime,
            Some(_) => State::DoneLate,
            None if as_of < term.from => State::NotYet,
            None if as_of > last => State::Overdue,
            None if until.is_some() => State::Extended,
            None if is_soon() => State::DueSoon,
            None => State::Open,
        };
        Some(Duty {
            obligation: self.at,
            line: self.line,
            debtor,
            period: term.period,
            event: term.event,
            from: term.from,
            last,
            published: term.published || until.flatten().is_some(),
            done,
            early,
            excuse,
            until: until.flatten(),
            set: term.last,
            state,
        })
    }
}

/// The days on which somebody becomes a member of a team, by the rows of both in their order: who was one the day before only changes
/// role.
fn joined(rows: &[&Membership]) -> Vec<Day> {
    let was_member = |day: Day| rows.iter().any(|row| row.span().contains(day.plus(-1)));
    let mut days: Vec<_> = rows.iter().map(|row| row.from).filter(|&day| !was_member(day)).collect();
    days.dedup();
    days
}

/// The first day from `from` on which the unit has villages, each commune in it has, and a community team in force serves each of them.
fn covered(context: &Context, line: Id<Line>, from: Day) -> Option<Day> {
    let always = Span { from: Day::OPEN_START, to: Day::OPEN_END };
    let mut below = Below::default();
    below.add(context, line, always);
    let (facts, inner) = (context.facts(), context.inner());
    // Days on which the unit is not there, there is no village, or one without a team.
    let mut gaps = Vec::new();
    let own = inner.versions(line).map(|id| facts.units[id].span()).collect();
    for spans in [own, below.villages.iter().map(|&(_, span)| span).collect()] {
        gaps_of(always, spans, &mut gaps);
    }
    for (commune, span) in below.communes {
        let mut villages = Below::default();
        villages.add(context, commune, span);
        gaps_of(span, villages.villages.into_iter().map(|(_, span)| span).collect(), &mut gaps);
    }
    for (village, span) in below.villages {
        let teams = inner.covers_of.of(village).map(|cover| &facts.teams[inner.covers[cover].team]);
        let serving = teams.filter(|team| team.kind == TeamKind::Community && team.from <= context.as_of);
        gaps_of(span, serving.map(Team::span).collect(), &mut gaps);
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

/// The communes and villages that are or were below a unit, with the days on which they were there.
#[derive(Default)]
struct Below {
    communes: Vec<(Id<Line>, Span)>,
    villages: Vec<(Id<Line>, Span)>,
}

impl Below {
    /// Adds those that were below a unit in `span`.
    fn add(&mut self, context: &Context, line: Id<Line>, span: Span) {
        let (facts, inner) = (context.facts(), context.inner());
        let meet = |other: Span| {
            let span = Span { from: span.from.max(other.from), to: span.to.min(other.to) };
            Some(span).filter(|span| span.from < span.to)
        };
        if inner.level(line) == Level::Village {
            let own = inner.versions(line).filter_map(|id| Some((line, meet(facts.units[id].span())?)));
            self.villages.extend(own);
        }
        for child in inner.children.of(line) {
            let below = inner.line_of[child];
            let there = meet(facts.units[child].span()).map(|span| (below, span));
            match inner.level(below) {
                Level::Village => self.villages.extend(there),
                level => {
                    self.communes.extend(there.filter(|_| level == Level::Commune));
                    if let Some(span) = meet(standing(context, child)) {
                        self.add(context, below, span);
                    }
                }
            }
        }
    }
}

/// The days on which what stands below a version of a unit stands below the one above it: also when the unit has ended.
pub(crate) fn standing(context: &Context, version: Id<Unit>) -> Span {
    let span = context.unit(version).span();
    if context.inner().is_last(version) { Span { from: span.from, to: Day::OPEN_END } } else { span }
}

/// The first day in `span` on which a decision is signed that set up a community team of the unit, or of one then below it: one that such a
/// team names or renews, or one of the unit's own bodies that lists villages.
fn decided(context: &Context, line: Id<Line>, span: Span) -> Option<Day> {
    let (facts, inner) = (context.facts(), context.inner());
    let teams = inner
        .managed
        .of(line)
        .filter(|&team| facts.teams[team].kind == TeamKind::Community && context.knows_team(team));
    let named = teams.filter_map(|team| context.decision(team)).flat_map(|id| context.renewed(id));
    let founds = |id: &Id<Decision>| {
        let row = &facts.decisions[*id];
        row.signed <= context.as_of
            && facts.word(row.kind) == "establish"
            && facts.ids(row.attached_list).any(|unit| facts.units[unit].level == Level::Village)
    };
    let signed = named.chain(inner.issued.of(line).filter(founds)).map(|id| facts.decisions[id].signed);
    let own = signed.map(|day| day.max(span.from)).filter(|&day| day < span.to);
    let below = inner.children.of(line).filter_map(|child| {
        let own = standing(context, child);
        let own = Span { from: span.from.max(own.from), to: span.to.min(own.to) };
        if own.from < own.to { decided(context, inner.line_of[child], own) } else { None }
    });
    own.chain(below).min()
}
