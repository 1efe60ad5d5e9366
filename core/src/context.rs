//! A *context* is facts, a policy and the day as of which they are known.

use crate::choice::{Force, Level, TeamKind};
use crate::day::{Day, overlapping};
use crate::error::Error;
use crate::facts::{Body, Decision, Facts, Person, Position, Team, Unit};
use crate::labels::{YOUTH_UNION, organisation_of};
use crate::obligation::Obligation;
use crate::order::{sort, sort_by};
use crate::personal::shown;
use crate::policy::{Basis, Entry, Explained, Policy, Profile, Value, severity_slot};
use crate::problem::{self as p, Problem};
use crate::register::{Inner, Line, Register};
use crate::rule::{Draft, Severity};
use crate::setting::{Key, slot};
use crate::sheet::Reporter;
use crate::spans::Owner;
use crate::table::{Id, Rows, Word};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::sync::Arc;

#[derive(Clone)]
pub(crate) struct Context {
    register: Register,
    pub policy: Policy,
    pub as_of: Day,
    /// What holds everywhere before the policy first changes.
    first: Profile,
    /// The day of each change of what holds everywhere, and the profile from then on.
    changes: Vec<(Day, Profile)>,
    /// Units with entries of their own.
    scopes: Vec<Scope>,
    /// The position in `scopes` of a line; empty if there are none.
    scope_of: Vec<Option<usize>>,
    /// Where each obligation of the policy holds.
    reach_of: Vec<Reach>,
    /// Codes of scopes that no unit of the register has.
    pub unknown_scopes: Vec<String>,
    /// The open words of each entry, as far as the register has them.
    words: Vec<Vec<Option<Word>>>,
    /// The word of the Youth Union, whose members count as young.
    pub youth_union: Option<Word>,
    /// The organisation that each word of the register belongs to, if it is a position of one.
    organisations: Vec<Option<&'static str>>,
    /// Of a village its commune, as of its last day; of any other unit the unit itself.
    commune_of: Rows<Unit, Id<Line>>,
}

/// Since when something is wanted, and how many days a unit has for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Term {
    since: Day,
    days: i32,
}

/// The entries that hold in one unit and below.
type Scope = Vec<usize>;

/// Where an obligation holds.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Reach {
    Everywhere,
    Below(Id<Line>),
    /// Its code is not given, or not yet.
    Nowhere,
}

/// What can be said twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    Entry,
    Obligation,
}

impl Context {
    pub(crate) fn new(register: Register, policy: Policy, as_of: Day) -> Result<Self, Error> {
        let inner = &register.inner;
        let mut changes = Vec::new();
        let (mut scopes, mut unknown_scopes): (Vec<Scope>, Vec<String>) = (Vec::new(), Vec::new());
        let mut scope_of = Vec::new();
        for (id, entry) in policy.entries().iter().enumerate() {
            let Some(code) = &entry.scope else {
                changes.extend([entry.span.from, entry.span.to]);
                continue;
            };
            let Some(unit) = inner.unit_by_code(code, entry.span.from) else {
                unknown_scopes.push(code.clone());
                continue;
            };
            // A code that is not given yet names nothing.
            if inner.facts.units[unit].span().from > as_of {
                continue;
            }
            let line = inner.line_of[unit];
            scope_of.resize(inner.lines.len(), None);
            let Some(slot) = scope_of.get_mut(line.row()) else { continue };
            let at = *slot.get_or_insert(scopes.len());
            if at == scopes.len() {
                scopes.push(Scope::new());
            }
            if let Some(scope) = scopes.get_mut(at) {
                scope.push(id);
            }
        }
        let mut reach_of = Vec::with_capacity(policy.obligations().len());
        for obligation in policy.obligations() {
            let unit = |code: &String| inner.unit_by_code(code, obligation.span.from);
            reach_of.push(match obligation.scope.as_ref().map(|code| (code, unit(code))) {
                None => Reach::Everywhere,
                Some((_, Some(unit))) if inner.facts.units[unit].span().from <= as_of => {
                    Reach::Below(inner.line_of[unit])
                }
                Some((code, unit)) => {
                    unknown_scopes.extend(unit.is_none().then(|| code.clone()));
                    Reach::Nowhere
                }
            });
        }
        sort(&mut unknown_scopes);
        unknown_scopes.dedup();
        changes.retain(|day| day.is_date());
        sort(&mut changes);
        changes.dedup();
        let changes = changes.into_iter().map(|day| (day, policy.profile(day))).collect();
        let first = policy.profile(Day::OPEN_START);
        let (words, organisations, youth_union) = (Vec::new(), Vec::new(), None);
        let mut context = Self {
            register,
            policy,
            as_of,
            first,
            changes,
            scopes,
            scope_of,
            reach_of,
            unknown_scopes,
            words,
            youth_union,
            organisations,
            commune_of: Rows::default(),
        };
        context.learn_words();
        for unit in context.facts().units.ids() {
            let commune = context.above_village(context.inner().line_of[unit]);
            context.commune_of.push(commune);
        }
        let found = context.contradictions();
        if found.is_empty() { Ok(context) } else { Err(Error::Invalid(found.into())) }
    }

    /// Entries and obligations of one policy that say one thing of one unit and day, under two codes of the unit.
    fn contradictions(&self) -> Vec<Problem> {
        let mut said = Vec::new();
        for (unit, scope) in self.scopes.iter().enumerate() {
            for entry in scope.iter().filter_map(|&id| self.entry(id)) {
                let key = (Of::Entry, unit, entry.slot(), entry.layer);
                said.push((key, entry.span, entry.place(), entry.item.word(), &entry.scope));
            }
        }
        for (at, own) in self.policy.obligations().iter().enumerate() {
            if let Reach::Below(line) = self.reach(at) {
                let key = (Of::Obligation, line.row(), own.named.start, own.layer);
                said.push((key, own.holds, own.place(own.layer, "scope"), &own.id, &own.scope));
            }
        }
        sort_by(&mut said, |a, b| (a.0, a.1.from).cmp(&(b.0, b.1.from)));
        let mut found = Vec::new();
        for same in said.chunk_by(|a, b| a.0 == b.0) {
            for (a, b) in overlapping(same, |own| own.1) {
                let (first, second) = if a.2 < b.2 { (a, b) } else { (b, a) };
                let [one, other] = [first, second].map(|own| own.4.as_deref().unwrap_or_default());
                let wanted = [
                    format!("`{}` (`{one}` và `{other}` là mã của cùng một đơn vị)", first.2),
                    format!("`{}` (`{one}` and `{other}` are codes of one unit)", first.2),
                ];
                found.push(Problem::in_both(second.2, &p::CONTRADICTION, second.3, &wanted));
            }
        }
        sort_by(&mut found, |a, b| a.place().cmp(&b.place()));
        found
    }

    /// Looks up the words of the policy among those of the register, if there are new ones.
    pub(crate) fn learn_words(&mut self) {
        let facts = &self.register.inner.facts;
        if !self.words.is_empty() && self.organisations.len() == facts.words.len() {
            return;
        }
        let words = self.policy.entries().iter().map(|entry| match &entry.value {
            Value::Words(words) => words.iter().map(|word| facts.find_word(word)).collect(),
            _ => Vec::new(),
        });
        self.words = words.collect();
        self.youth_union = facts.find_word(YOUTH_UNION);
        self.organisations = facts.words.texts().map(|text| organisation_of(facts.text(text))).collect();
    }

    pub(crate) fn register(&self) -> &Register {
        &self.register
    }

    /// The register's facts, to be edited.
    pub(crate) fn inner_mut(&mut self) -> &mut Arc<Inner> {
        &mut self.register.inner
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.register.inner
    }

    pub(crate) fn facts(&self) -> &Facts {
        &self.register.inner.facts
    }

    /// What holds everywhere on `day`.
    fn everywhere(&self, day: Day) -> &Profile {
        let at = self.changes.partition_point(|&(from, _)| from <= day);
        at.checked_sub(1).and_then(|at| self.changes.get(at)).map_or(&self.first, |(_, profile)| profile)
    }

    /// The entries in force in a unit on `day`: those of the lowest unit first, then those that hold everywhere.
    pub(crate) fn profile(&self, line: Option<Id<Line>>, day: Day) -> Cow<'_, Profile> {
        let everywhere = self.everywhere(day);
        let Some(line) = line.filter(|_| !self.scopes.is_empty()) else { return Cow::Borrowed(everywhere) };
        let mut profile = Cow::Borrowed(everywhere);
        let mut path: Vec<_> = self.inner().path(line, day).filter_map(|line| self.scope(line)).collect();
        path.reverse();
        for scope in path {
            for &id in scope {
                if let Some(entry) = self.entry(id) {
                    profile.to_mut().overlay(id, entry, day);
                }
            }
        }
        profile
    }

    fn scope(&self, line: Id<Line>) -> Option<&Scope> {
        self.scopes.get((*self.scope_of.get(line.row())?)?)
    }

    /// What is asked in a unit on a day, with what each entry overrode.
    pub(crate) fn explain(&self, line: Id<Line>, day: Day) -> Vec<Explained> {
        // What counts least first.
        let everywhere = self.policy.entries().iter().filter(|entry| entry.scope.is_none());
        let mut candidates: Vec<&Entry> = everywhere.collect();
        let mut path: Vec<_> = self.inner().path(line, day).filter_map(|line| self.scope(line)).collect();
        path.reverse();
        candidates.extend(path.iter().copied().flatten().filter_map(|&id| self.entry(id)));
        candidates.retain(|entry| entry.span.contains(day));
        let of = |slot| -> Option<Explained> {
            let mut mine = candidates.iter().rev().filter(|entry| entry.slot() == slot);
            let entry = (*mine.next()?).clone();
            Some(Explained { entry, overrode: mine.map(|&entry| entry.clone()).collect() })
        };
        let mut found: Vec<_> = self.first.slots().filter_map(of).collect();
        found.extend(self.obligations_explained(line, day));
        found
    }

    /// The obligations that hold in a unit or below it on a day, with what each took the place of.
    fn obligations_explained(&self, line: Id<Line>, day: Day) -> impl Iterator<Item = Explained> + '_ {
        let own = self.policy.obligations();
        let mut rows: Vec<_> = own
            .iter()
            .enumerate()
            .filter(|(_, obligation)| obligation.holds.contains(day))
            .filter_map(|(at, obligation)| Some((obligation.named.start, self.rank(at, line, day)?, at)))
            .collect();
        sort(&mut rows);
        let mut explained = Vec::new();
        for same in rows.chunk_by(|a, b| a.0 == b.0) {
            let entries = same.iter().filter_map(|&(.., at)| own.get(at).map(Obligation::entry));
            let mut entries = entries.enumerate().filter(|(_, entry)| entry.span.contains(day));
            // What comes once counts before its first day too, but is not in force.
            if let Some((0, entry)) = entries.next() {
                explained.push(Explained { entry, overrode: entries.map(|(_, entry)| entry).collect() });
            }
        }
        explained.into_iter()
    }

    /// Where an obligation holds.
    pub(crate) fn reach(&self, at: usize) -> Reach {
        self.reach_of.get(at).copied().unwrap_or(Reach::Nowhere)
    }

    /// How far above a unit, where it stands on `day`, an obligation is set, and in which policy: the least counts. None if it does not
    /// reach the unit.
    pub(crate) fn rank(&self, at: usize, line: Id<Line>, day: Day) -> Option<(usize, Reverse<usize>)> {
        let layer = Reverse(self.policy.obligations().get(at)?.layer);
        match self.reach(at) {
            Reach::Everywhere => Some((usize::MAX, layer)),
            Reach::Below(top) => {
                self.inner().path(line, day).position(|line| line == top).map(|height| (height, layer))
            }
            Reach::Nowhere => None,
        }
    }

    /// The obligations that reach a unit on some day.
    pub(crate) fn obligations_of(&self, line: Id<Line>) -> Vec<usize> {
        let is_scoped = self.reach_of.iter().any(|reach| *reach != Reach::Everywhere);
        let above = if is_scoped { self.ever_above(line) } else { Vec::new() };
        let reaches = |at: &usize| match self.reach(*at) {
            Reach::Everywhere => true,
            Reach::Below(top) => above.contains(&top),
            Reach::Nowhere => false,
        };
        (0..self.reach_of.len()).filter(reaches).collect()
    }

    /// A unit and all that it ever stood under.
    fn ever_above(&self, line: Id<Line>) -> Vec<Id<Line>> {
        let inner = self.inner();
        let (mut above, mut next) = (vec![line], 0);
        while let Some(&line) = above.get(next) {
            next += 1;
            let parents = inner.versions(line).filter_map(|version| self.unit(version).parent.0);
            for parent in parents.map(|parent| inner.line_of[parent]) {
                if !above.contains(&parent) {
                    above.push(parent);
                }
            }
        }
        above
    }

    /// Of some obligations named alike, the one that counts on `counts_on` for a unit that stands where this one does on `day`.
    pub(crate) fn holder(
        &self,
        named: impl Iterator<Item = usize>,
        line: Id<Line>,
        day: Day,
        counts_on: Day,
    ) -> Option<usize> {
        let holds = |at: &usize| {
            self.policy.obligations().get(*at).is_some_and(|obligation| obligation.holds.contains(counts_on))
        };
        named.filter(holds).filter_map(|at| Some((self.rank(at, line, day)?, at))).min().map(|(_, at)| at)
    }

    pub(crate) fn entry(&self, id: usize) -> Option<&Entry> {
        self.policy.entries().get(id)
    }

    /// The open words of an entry, as far as the register has them.
    pub(crate) fn words(&self, id: usize) -> &[Option<Word>] {
        self.words.get(id).map_or(&[], Vec::as_slice)
    }

    /// The days after `after` and up to `as_of` on which what is asked everywhere changes.
    pub(crate) fn policy_cuts(&self, after: Day) -> impl Iterator<Item = Day> + '_ {
        let days = self.changes.iter().map(|&(from, _)| from);
        days.filter(move |&day| after < day && day <= self.as_of)
    }

    /// Adds the days on which what is asked in a unit of its own may change: entries on its path, and changes of the path.
    pub(crate) fn add_scope_cuts(&self, line: Id<Line>, cuts: &mut Vec<Day>) {
        if self.scopes.is_empty() {
            return;
        }
        for line in self.ever_above(line) {
            for version in self.inner().versions(line) {
                let span = self.unit(version).span();
                cuts.extend([span.from, span.to]);
            }
            for entry in self.scope(line).into_iter().flatten() {
                if let Some(entry) = self.entry(*entry) {
                    cuts.extend([entry.span.from, entry.span.to]);
                }
            }
        }
    }

    /// The first day of the unbroken run up to `day` on which the level of a unit is among those under a slot: a renewed entry grants
    /// no new term.
    fn since(&self, slot: usize, line: Id<Line>, day: Day) -> Day {
        let level = self.inner().level(line);
        let is_asked = |profile: &Profile| {
            profile.get(slot).and_then(|id| self.entry(id)).is_some_and(|entry| entry.has_level(level))
        };
        let mut since = day;
        if self.scopes.is_empty() {
            let at = self.changes.partition_point(|&(from, _)| from <= day);
            let later = self.changes.iter().take(at).rev().map(|(from, profile)| (*from, profile));
            let run = later.chain([(Day::OPEN_START, &self.first)]);
            return run.take_while(|&(_, profile)| is_asked(profile)).last().map_or(since, |(from, _)| from);
        }
        let mut cuts = vec![Day::OPEN_START];
        cuts.extend(self.changes.iter().map(|&(from, _)| from));
        self.add_scope_cuts(line, &mut cuts);
        sort(&mut cuts);
        for &from in cuts.iter().rev().filter(|&&cut| cut <= day) {
            if !is_asked(&self.profile(Some(line), from)) {
                break;
            }
            since = from;
        }
        since
    }

    /// The entry of the unit's `profile` on `day` that wants a team of `kind` in it, and the first day on which a unit without one is overdue.
    pub(crate) fn wanted(
        &self,
        profile: &Profile,
        kind: TeamKind,
        line: Id<Line>,
        day: Day,
    ) -> Option<(usize, Day)> {
        let levels = slot(Key::WantedLevels, Some(kind.into()));
        let id = profile.get(levels)?;
        self.entry(id).filter(|entry| entry.has_level(self.inner().level(line)))?;
        let days = profile.get(slot(Key::WantedDays, Some(kind.into()))).and_then(|id| self.entry(id));
        let term = Term { since: self.since(levels, line, day), days: days.map_or(0, Entry::days) };
        Some((id, self.overdue_from(line, term)))
    }

    /// The first day on which a unit is overdue under a term: it runs from the wish, or from the unit's own beginning.
    pub(crate) fn overdue_from(&self, line: Id<Line>, term: Term) -> Day {
        self.unit(self.inner().lines[line]).span().from.max(term.since).plus(term.days)
    }

    /// The kinds of teams that the policy wants at some level, somewhere and on some day.
    pub(crate) fn wanted_levels(&self) -> impl Iterator<Item = (TeamKind, Level)> + '_ {
        let pairs = TeamKind::ALL.iter().flat_map(|&kind| Level::ALL.iter().map(move |&level| (kind, level)));
        pairs.filter(|&(kind, level)| {
            let levels = slot(Key::WantedLevels, Some(kind.into()));
            self.policy.entries().iter().any(|entry| entry.slot() == levels && entry.has_level(level))
        })
    }

    /// The terms that units of a level have for a wanted team, where they are the same for all of them.
    pub(crate) fn terms(&self, kind: TeamKind, level: Level) -> Option<Vec<Term>> {
        if !self.scopes.is_empty() {
            return None;
        }
        let line = self.inner().lines.ids().find(|&line| self.inner().level(line) == level)?;
        let (levels, days) =
            (slot(Key::WantedLevels, Some(kind.into())), slot(Key::WantedDays, Some(kind.into())));
        let mut terms: Vec<Term> = Vec::new();
        for day in [Day::OPEN_START].into_iter().chain(self.policy_cuts(Day::OPEN_START)) {
            let profile = self.everywhere(day);
            if profile.get(levels).is_some() {
                let days = profile.get(days).and_then(|id| self.entry(id)).map_or(0, Entry::days);
                let term = Term { since: self.since(levels, line, day), days };
                if !terms.contains(&term) {
                    terms.push(term);
                }
            }
        }
        Some(terms)
    }

    /// Adds the days on which a unit without a wanted team becomes overdue.
    pub(crate) fn add_term_cuts(&self, kind: TeamKind, line: Id<Line>, cuts: &mut Vec<Day>) {
        let mut days = vec![Day::OPEN_START];
        days.extend(self.policy_cuts(Day::OPEN_START));
        self.add_scope_cuts(line, &mut days);
        days.retain(|&day| day <= self.as_of);
        // A wish of its own may also end.
        cuts.extend(days.iter().copied().filter(|day| day.is_date() && !self.scopes.is_empty()));
        let wanted = |day| self.wanted(&self.profile(Some(line), day), kind, line, day);
        cuts.extend(days.into_iter().filter_map(wanted).map(|(_, term)| term));
    }

    /// The organisation that a kind of position belongs to.
    pub(crate) fn organisation_of(&self, position: Word) -> Option<&'static str> {
        self.organisations.get(position.number() - 1).copied().flatten()
    }

    /// Adds the reports that what is looked at again may bear on: those of its teams, and of the units above them.
    pub(crate) fn add_reports(&self, owners: &mut Vec<Owner>) {
        if self.register.reports.is_none() {
            return;
        }
        let mut reporters = Vec::new();
        for owner in owners.iter() {
            if let Owner::Team(team) = *owner {
                reporters.push(Owner::Reports(Reporter::Team(team)));
                // Where it stood on the days of its reports, too.
                let mut lines = vec![self.place_of(team)];
                let mut next = 0;
                while let Some(&line) = lines.get(next) {
                    next += 1;
                    reporters.push(Owner::Reports(Reporter::Unit(line)));
                    let versions = self.inner().versions(line).filter_map(|unit| self.unit(unit).parent.0);
                    for above in versions.map(|unit| self.inner().line_of[unit]) {
                        if !lines.contains(&above) {
                            lines.push(above);
                        }
                    }
                }
            }
        }
        owners.extend(reporters);
    }

    /// What a finding rests on.
    pub(crate) fn basis(&self, id: usize) -> Option<&Basis> {
        self.policy.basis(id)
    }

    /// How much a draft matters on `day`: as the policy says, else an error where its basis binds, else as the rule says. None if
    /// the policy silences the rule.
    pub(crate) fn severity(&self, draft: &Draft, day: Day) -> Option<Severity> {
        let set = self.profile(draft.unit, day).get(severity_slot(draft.rule)).and_then(|id| self.entry(id));
        if let Some(Value::Severity(severity)) = set.map(|entry| &entry.value) {
            return *severity;
        }
        let binds =
            draft.basis.and_then(|id| self.basis(id)).is_some_and(|basis| basis.force == Force::Binding);
        Some(if binds && draft.raises { Severity::Error } else { draft.severity })
    }

    /// Whether a team has begun by `as_of`; one that has not is invisible, with all that hangs on it.
    pub(crate) fn knows_team(&self, team: Id<Team>) -> bool {
        self.facts().teams[team].from <= self.as_of
    }

    /// The decision of a team, if it was signed by `as_of`.
    pub(crate) fn decision(&self, team: Id<Team>) -> Option<Id<Decision>> {
        let facts = self.facts();
        facts.teams[team].decision.0.filter(|&id| facts.decisions[id].signed <= self.as_of)
    }

    /// A decision and those that it replaces, one after the other, as known on `as_of`: what it renews they began.
    pub(crate) fn renewed(&self, id: Id<Decision>) -> impl Iterator<Item = Id<Decision>> + use<'_> {
        let facts = self.facts();
        self.all_from(id, &|id| facts.ids(facts.decisions[id].replaces).collect())
    }

    /// A decision and those that replace it, one after the other, as known on `as_of`.
    pub(crate) fn renewing(&self, id: Id<Decision>) -> impl Iterator<Item = Id<Decision>> + use<'_> {
        let (facts, inner) = (self.facts(), self.inner());
        let replaces = |by: Id<Decision>, id| facts.ids(facts.decisions[by].replaces).any(|old| old == id);
        self.all_from(id, &|id| {
            let by = inner.superseded.of(id).map(|link| inner.links[link].by);
            by.filter(|&by| replaces(by, id)).collect()
        })
    }

    /// A decision and all that is reached from it, each once; no more than anybody replaces.
    fn all_from(
        &self,
        id: Id<Decision>,
        next: &dyn Fn(Id<Decision>) -> Vec<Id<Decision>>,
    ) -> impl Iterator<Item = Id<Decision>> + use<> {
        const MOST: usize = 64;
        // Mostly there are none.
        let mut rest = next(id);
        let is_known = |id: &Id<Decision>| self.facts().decisions[*id].signed <= self.as_of;
        rest.retain(is_known);
        let mut at = 0;
        while let Some(&one) = rest.get(at).filter(|_| rest.len() < MOST) {
            at += 1;
            for other in next(one).into_iter().filter(is_known) {
                if other != id && !rest.contains(&other) {
                    rest.push(other);
                }
            }
        }
        std::iter::once(id).chain(rest)
    }

    /// The line of the unit that manages a team.
    pub(crate) fn place_of(&self, team: Id<Team>) -> Id<Line> {
        self.inner().line_of[self.facts().teams[team].unit]
    }

    /// The lowest line that holds all of `lines` as of `as_of`.
    pub(crate) fn common(&self, lines: impl IntoIterator<Item = Id<Line>>) -> Option<Id<Line>> {
        let mut lines = lines.into_iter();
        let mut common: Vec<_> = self.inner().path(lines.next()?, self.as_of).collect();
        for line in lines {
            let path: Vec<_> = self.inner().path(line, self.as_of).collect();
            common.retain(|above| path.contains(above));
        }
        common.first().copied()
    }

    /// The line of the unit that a body belongs to.
    pub(crate) fn seat_of(&self, body: Id<Body>) -> Option<Id<Line>> {
        self.facts().bodies[body].unit.0.map(|unit| self.inner().line_of[unit])
    }

    /// The units (for a village: its commune) of the teams that a person is or was in, as known on `as_of`.
    pub(crate) fn communes(&self, id: Id<Person>) -> impl Iterator<Item = Id<Line>> + '_ {
        let facts = self.facts();
        self.inner().memberships.of(id).map(|id| &facts.memberships[id]).filter_map(|row| {
            let team = &facts.teams[row.team];
            (row.from <= self.as_of && team.from <= self.as_of).then(|| self.commune_of[team.unit])
        })
    }

    /// Of a village its commune, as of its last day; of any other unit the unit itself.
    fn above_village(&self, line: Id<Line>) -> Id<Line> {
        let inner = self.inner();
        if inner.level(line) != Level::Village {
            return line;
        }
        let mut path = inner.path(line, self.last_day(line));
        path.find(|&above| inner.level(above) != Level::Village).unwrap_or(line)
    }

    /// Whether `line` is one of `above` or was below one of them on `day`.
    pub(crate) fn is_below(&self, line: Id<Line>, above: &[Id<Line>], day: Day) -> bool {
        self.inner().path(line, day).any(|line| above.contains(&line))
    }

    /// `as_of`, or the last day of a line that has ended.
    pub(crate) fn last_day(&self, line: Id<Line>) -> Day {
        self.facts().units[self.inner().named(line, self.as_of)].span().to.plus(-1).min(self.as_of)
    }

    /// The unit with a People's Committee that answers for a line: itself, or, if it has ended, the one that all of it went into, or
    /// else the one above.
    pub(crate) fn heir(&self, line: Id<Line>) -> Option<Id<Line>> {
        let inner = self.inner();
        let mut line = line;
        // Each step goes to a later day or to a higher level; the bound is for a document that says otherwise.
        for _ in 0..16 {
            let is_there = inner.version(line, self.as_of).is_some();
            if is_there && inner.level(line) != Level::Village {
                return Some(line);
            }
            let went = self.heirs(line).map(|(_, heir)| heir).next().filter(|_| !is_there);
            line = match went {
                Some(heir) => heir,
                None => inner.path(line, self.last_day(line)).nth(1)?,
            };
        }
        None
    }

    /// The units that all of a unit went into, each with the day, as known on `as_of`.
    pub(crate) fn heirs(&self, line: Id<Line>) -> impl Iterator<Item = (Day, Id<Line>)> + '_ {
        let (inner, successions) = (self.inner(), &self.facts().successions);
        let rows = inner.heirs.of(line).map(|id| &successions[id]);
        rows.filter(|row| row.day <= self.as_of).map(|row| (row.day, inner.line_of[row.new]))
    }

    /// The position of a kind that a person left on a day.
    pub(crate) fn left_position(&self, person: Id<Person>, kind: Word, day: Day) -> Option<&Position> {
        let mut positions = self.inner().positions.of(person).map(|id| &self.facts().positions[id]);
        positions.find(|row| row.kind == kind && row.span().to == day)
    }

    /// The lines that have or had `code`.
    pub(crate) fn lines(&self, code: &str) -> Result<Vec<Id<Line>>, Error> {
        let lines = self.inner().lines_by_code(code, self.as_of);
        if lines.is_empty() { Err(Error::UnknownUnit(shown(code, false).into())) } else { Ok(lines) }
    }

    pub(crate) fn unit(&self, id: Id<Unit>) -> &Unit {
        &self.facts().units[id]
    }
}
