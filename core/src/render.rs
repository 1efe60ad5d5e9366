//! Text of findings, made late: the rule's templates, filled in the reader's language.
//!
//! How units, days and counts are written follows Decree 30/2020/NĐ-CP, Appendices I and II, as quoted in the press:
//! `xã Toàn Thắng` inside a sentence, `05/3/2022`, `04 Tổ`.

mod report;

pub(crate) use report::{parts_of, places_of};

use crate::choice::{Force, Level, Role, Sex, TeamKind};
use crate::context::Context;
use crate::day::Day;
use crate::facts::{Body, Decision, Document, Excuse, Person, Row, Team, Unit};
use crate::finding::Finding;
use crate::labels::{UNIT_KINDS, WORDS, label};
use crate::locale::{Bilingual, Locale, Names, date_text, fill};
use crate::register::Line;
use crate::rule::{Param, Severity, Subject};
use crate::table::{Id, Word};
use crate::text;
use crate::view;
use std::fmt::Write as _;

impl Finding<'_> {
    /// The fact, one sentence. People are named as `names` says; the default of every binding is [`Names::Hidden`].
    #[must_use]
    pub fn text(&self, locale: Locale, names: Names) -> String {
        self.fill(self.rule().text, locale, names)
    }

    /// What mends it, one sentence.
    #[must_use]
    pub fn remedy(&self, locale: Locale, names: Names) -> String {
        self.fill(self.rule().remedy, locale, names)
    }

    fn fill(&self, template: Bilingual, locale: Locale, names: Names) -> String {
        let writer = Writer { context: self.context, locale, names };
        capital(&fill(writer.pick(template), &mut |place, out| writer.place(self, place, out)))
    }
}

/// The text with its first letter as a capital.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters
        .next()
        .map_or_else(String::new, |first| std::iter::once(text::upper(first)).chain(letters).collect())
}

fn list<T>(items: &[T], out: &mut String, each: impl Fn(&T, &mut String)) {
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            out.push_str("; ");
        }
        each(item, out);
    }
}

/// The name of a unit as it stands inside a sentence.
pub(crate) fn unit(context: &Context, line: Id<Line>, locale: Locale) -> String {
    let mut out = String::new();
    Writer { context, locale, names: Names::Hidden }.unit(line, &mut out);
    out
}

/// The name of a team as it stands inside a sentence.
pub(crate) fn team(context: &Context, id: Id<Team>, locale: Locale) -> String {
    let mut out = String::new();
    Writer { context, locale, names: Names::Hidden }.team(id, &mut out);
    out
}

struct Writer<'c> {
    context: &'c Context,
    locale: Locale,
    names: Names,
}

impl Writer<'_> {
    fn pick<'t>(&self, text: Bilingual) -> &'t str {
        match self.locale {
            Locale::Vi => text.vi,
            Locale::En => text.en,
        }
    }

    fn place(&self, finding: &Finding<'_>, place: &str, out: &mut String) {
        match (finding.draft.param(place), finding.draft.subject) {
            (Some(&Param::Word(word)), Subject::Person(person)) => {
                let left = match finding.draft.param("day") {
                    Some(&Param::Day(day)) => self.context.left_position(person, word, day),
                    _ => None,
                };
                return self.word(word, left.and_then(|position| position.unit.0), out);
            }
            (Some(&Param::Role(role)), Subject::Team(id)) => return out.push_str(self.role(role, Some(id))),
            (Some(param), _) => return self.param(param, out),
            (None, _) => {}
        }
        let team = match (finding.draft.subject, finding.draft.param("team")) {
            (Subject::Team(id), _) | (_, Some(&Param::Team(id))) => Some(id),
            _ => None,
        };
        let present = finding.is_present();
        match (place, finding.draft.subject) {
            ("person", Subject::Person(id)) => self.person(id, out),
            ("unit" | "village", Subject::Unit(line)) => self.unit(line, out),
            ("unit", Subject::Team(id)) => self.unit(self.context.place_of(id), out),
            ("level", subject) => {
                let line = match subject {
                    Subject::Unit(line) => Some(line),
                    Subject::Team(id) => Some(self.context.place_of(id)),
                    _ => None,
                };
                out.push_str(line.map_or("", |line| self.pick(self.context.inner().level(line).label())));
            }
            ("decision", Subject::Decision(id)) => self.decision(id, out),
            ("number", Subject::Decision(id)) => {
                out.push_str(self.context.facts().text(self.context.facts().decisions[id].number));
            }
            // Two decisions of one number are told apart by their days.
            ("signed", Subject::Decision(id)) => self.day(self.context.facts().decisions[id].signed, out),
            ("other_signed", _) => {
                if let Some(&Param::Decision(id)) = finding.draft.param("other") {
                    self.day(self.context.facts().decisions[id].signed, out);
                }
            }
            ("body", Subject::Decision(id)) => self.body(self.context.facts().decisions[id].body, out),
            // What may have been meant, where it can be told.
            ("maybe", _) => {
                if let Some(Param::Likely(likely)) = finding.draft.param("likely") {
                    let (before, after) = match self.locale {
                        Locale::Vi => ("; có thể là \"", "\""),
                        Locale::En => ("; \"", "\" may be meant"),
                    };
                    out.extend([before, likely, after]);
                }
            }
            ("law", Subject::Team(id)) => self.law(self.context.place_of(id), out),
            // How many of the villages there are, two plain numbers.
            ("share", Subject::Unit(line)) => {
                let last = finding.draft.span.to.plus(-1).min(self.context.as_of);
                let part = finding.draft.param("villages").map_or(0, Param::len);
                let _ = write!(out, "{part}/{}", view::villages(self.context, line, last).count());
            }
            ("span", _) => self.span(finding, out),
            ("limit", _) => {
                let _ = write!(out, "{}", finding.draft.longer_than);
            }
            ("until", _) => self.until(finding, out),
            ("late", _) => self.late(finding, out),
            // A finding that still holds and one that is past want other words.
            ("was", _) => {
                out.push_str(self.pick(Bilingual { vi: "", en: if present { "has been" } else { "was" } }));
            }
            ("had", _) => {
                out.push_str(self.pick(Bilingual { vi: "", en: if present { "has had" } else { "had" } }));
            }
            ("lacks", _) => out.push_str(self.pick(Bilingual {
                vi: if present { "chưa có" } else { "không có" },
                en: if present { "has had no" } else { "had no" },
            })),
            ("optional", _) => out.push_str(self.optional(finding)),
            ("debtor", _) => self.debtor(finding, out),
            (
                "report" | "sender" | "message" | "beyond" | "version" | "confirm" | "instead" | "frequency",
                _,
            ) => self.of_report(finding, place, out),
            ("in_period" | "named", _) => self.named(finding, place, out),
            ("row", _) => self.row(finding, out),
            ("extension", _) => {
                if matches!(finding.draft.param("table"), Some(&Param::Table(order)) if order == Excuse::ORDER)
                {
                    out.push_str(self.pick(Bilingual {
                        vi: "; nếu là gia hạn, ngày gia hạn phải sau ngày đến hạn đã giao, và văn bản không ghi kỳ, sự kiện thì phải có trước khi quá hạn",
                        en: "; an extension has to be later than the term, and a document that names no period and no event has to come before the term is over",
                    }));
                }
            }
            ("others", _) => out.push_str(self.others(team)),
            ("team", _) => team.into_iter().for_each(|id| self.team(id, out)),
            ("head", _) => out.push_str(self.role(Role::Head, team)),
            ("deputy", _) => out.push_str(self.role(Role::Deputy, team)),
            ("issuer", _) => self.issuer(team, finding.draft.unit, out),
            _ => {}
        }
    }

    /// How far the text binds that a finding rests on.
    fn optional(&self, finding: &Finding<'_>) -> &'static str {
        match finding.basis().map(|basis| basis.force) {
            _ if finding.severity() == Severity::Error => "",
            Some(Force::Binding) => "",
            Some(Force::Recommended) => {
                self.pick(Bilingual { vi: " Nội dung này là khuyến nghị.", en: " A recommendation." })
            }
            _ => self.pick(Bilingual { vi: " Nội dung này không bắt buộc.", en: " Not mandatory." }),
        }
    }

    /// The period of a duty; of a row about one, what else it names.
    fn named(&self, finding: &Finding<'_>, place: &str, out: &mut String) {
        for (name, what) in [
            ("period", Bilingual { vi: " kỳ ", en: " for " }),
            ("event", Bilingual { vi: ", sự kiện ", en: ", event " }),
            ("other_team", Bilingual { vi: ", của ", en: ", of " }),
        ] {
            let param = finding.draft.param(name).filter(|_| name == "period" || place == "named");
            if let Some(param) = param {
                out.push_str(self.pick(what));
                self.param(param, out);
            }
        }
    }

    /// Which of several rows of an obligation it is.
    fn row(&self, finding: &Finding<'_>, out: &mut String) {
        let (scope, day) = (finding.draft.param("scope"), finding.draft.param("day"));
        let Some(day) = day else { return };
        let words = Bilingual { vi: "phạm vi ", en: "scope " };
        out.push_str(" (");
        if let Some(scope) = scope {
            out.push_str(self.pick(words));
            self.param(scope, out);
            out.push_str(", ");
        }
        out.push_str(self.pick(Bilingual { vi: "từ ngày ", en: "from " }));
        self.param(day, out);
        out.push(')');
    }

    /// A unit, a team, or a member and the team.
    fn debtor(&self, finding: &Finding<'_>, out: &mut String) {
        if let Some(&Param::Person(id)) = finding.draft.param("person") {
            self.person(id, out);
            out.push_str(" (");
        }
        match finding.draft.subject {
            Subject::Team(id) => self.team(id, out),
            Subject::Unit(line) => self.unit(line, out),
            _ => {}
        }
        if finding.draft.param("person").is_some() {
            out.push(')');
        }
    }

    fn param(&self, param: &Param, out: &mut String) {
        match param {
            Param::Count(count) if self.locale == Locale::Vi && *count > 0 => {
                let _ = write!(out, "{count:02}");
            }
            Param::Count(count) => {
                let _ = write!(out, "{count}");
            }
            Param::Day(day) => self.day(*day, out),
            Param::Word(word) => self.word(*word, None, out),
            Param::Decision(id) => self.decision(*id, out),
            Param::Body(id) => self.body(*id, out),
            Param::Names(words) => list(words, out, |word, out| {
                out.push_str(label(WORDS, word).map_or(word, |label| self.pick(label)));
            }),
            Param::Role(role) => out.push_str(self.role(*role, None)),
            Param::Kind(kind) => out.push_str(self.pick(kind.label())),
            Param::Columns(columns) => list(columns, out, |column, out| {
                out.push_str(self.pick(match *column {
                    "born" => Bilingual { vi: "năm sinh", en: "year of birth" },
                    _ => Bilingual { vi: "giới tính", en: "sex" },
                }));
            }),
            Param::Likely(text) => out.push_str(text),
            Param::Period(period) => out.push_str(&period.text(self.locale)),
            Param::Form(form, version) => {
                let form = self.context.policy.forms().get(*form);
                let version = form.and_then(|form| form.version(*version).or(form.versions.last()));
                out.push_str(version.map_or("", |own| self.pick_of(&own.name_vi, &own.name_en)));
            }
            Param::Indicators(form, own) => self.labels(*form, own, &[], out),
            Param::Lacks(form, figures, texts) => self.labels(*form, figures, texts, out),
            Param::Check(form, check) => {
                let check = self.context.policy.forms().get(*form).and_then(|form| form.checks.get(*check));
                out.push_str(check.map_or("", |check| &check.part.id));
            }
            Param::Amount(amount) => out.push_str(&report::amount_text(*amount, 2, self.locale)),
            Param::Side(amount, places) => {
                out.push_str(&report::amount_text(*amount, *places, self.locale));
            }
            Param::Kinds(kind) => out.push_str(self.pick(kind.label())),
            Param::Event(id) => {
                out.push_str(self.context.facts().text(self.context.facts().events[*id].id.0));
            }
            Param::Table(order) => {
                out.push_str(Document::table(*order).map_or("", |table| self.pick(table.title)));
            }
            Param::Obligation(at) => {
                if let Some(obligation) = self.context.policy.obligations().get(*at) {
                    out.push_str(match self.locale {
                        Locale::Vi => &obligation.name_vi,
                        Locale::En => &obligation.name_en,
                    });
                }
            }
            // Units of one name are told apart by their codes.
            Param::Namesakes(lines) => list(lines, out, |&line, out| {
                self.short_unit(line, out);
                let _ = write!(out, " ({})", self.context.inner().code(line, self.context.as_of));
            }),
            Param::Team(id) => self.team(*id, out),
            Param::Person(id) => self.person(*id, out),
            // Teams side by side are told apart by their identifiers.
            Param::Teams(ids) => list(ids, out, |&id, out| {
                self.team(id, out);
                let _ = write!(out, " ({})", self.context.facts().text(self.context.facts().teams[id].id.0));
            }),
            Param::People(ids) => list(ids, out, |&id, out| self.person(id, out)),
            Param::Units(lines) => list(lines, out, |&line, out| self.short_unit(line, out)),
        }
    }

    fn pick_of<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        if self.locale == Locale::Vi { vi } else { en }
    }

    fn day(&self, day: Day, out: &mut String) {
        if let Some(date) = day.date() {
            out.push_str(&date_text(date, self.locale));
        }
    }

    /// `từ ngày 05/4/2022 đến nay (43 ngày)`, `trong ngày 05/4/2022`; the last day named is the last on which it held.
    fn span(&self, finding: &Finding<'_>, out: &mut String) {
        let span = finding.draft.span;
        // What has been so for as long as matters has an end alone.
        if !span.from.is_date() {
            return self.until(finding, out);
        }
        if !finding.is_present() && span.days() == 1 {
            out.push_str(self.pick(Bilingual { vi: "trong ngày ", en: "on " }));
            return self.day(span.from, out);
        }
        out.push_str(
            self.pick(Bilingual {
                vi: "từ ngày ",
                en: if finding.is_present() { "since " } else { "from " },
            }),
        );
        self.day(span.from, out);
        if !finding.is_present() {
            out.push_str(self.pick(Bilingual { vi: " đến ngày ", en: " to " }));
            self.day(span.to.plus(-1), out);
        } else if self.locale == Locale::Vi {
            out.push_str(" đến nay");
        }
        self.days(finding, out);
    }

    /// The end of the span alone, where the text has named its beginning: `đến nay (43 ngày)`.
    fn until(&self, finding: &Finding<'_>, out: &mut String) {
        if finding.is_present() {
            out.push_str(self.pick(Bilingual { vi: "đến nay", en: "to this day" }));
        } else {
            out.push_str(self.pick(Bilingual { vi: "đến hết ngày ", en: "until " }));
            self.day(finding.draft.span.to.plus(-1), out);
        }
        self.days(finding, out);
    }

    fn days(&self, finding: &Finding<'_>, out: &mut String) {
        let span = finding.draft.span;
        if span.from.is_date() {
            out.push_str(" (");
            self.count_days(span.days(), out);
            out.push(')');
        }
    }

    /// How long after its term a duty was done, or is not.
    fn late(&self, finding: &Finding<'_>, out: &mut String) {
        let Some(&Param::Day(last)) = finding.draft.param("day") else { return };
        let end = match finding.draft.param("done") {
            Some(&Param::Day(done)) => done,
            _ => self.context.as_of,
        };
        self.count_days(end.since(last), out);
        if let Ok(days) = self.context.policy.calendar().between(last, end) {
            let _ = match self.locale {
                Locale::Vi => write!(out, " ({days:02} ngày làm việc)"),
                Locale::En => write!(out, " ({days} working {})", if days == 1 { "day" } else { "days" }),
            };
        }
    }

    fn count_days(&self, days: i64, out: &mut String) {
        let _ = match self.locale {
            Locale::Vi => write!(out, "{days:02} ngày"),
            Locale::En if days == 1 => write!(out, "1 day"),
            Locale::En => write!(out, "{days} days"),
        };
    }

    /// The label of a position, as the kind of unit has it in which it is held.
    fn word(&self, word: Word, unit: Option<Id<Unit>>, out: &mut String) {
        let facts = self.context.facts();
        let text = facts.word(word);
        let label = label(WORDS, text).or_else(|| label(UNIT_KINDS, text));
        let label = label.map_or(text, |label| self.pick(label));
        let kind = unit.map(|unit| facts.word(facts.units[unit].kind)).filter(|_| self.locale == Locale::Vi);
        match (kind, text) {
            (Some("to-dan-pho"), "village_head") => out.push_str("Tổ trưởng tổ dân phố"),
            (Some(kind), _) => {
                let kind = crate::labels::label(UNIT_KINDS, kind).map_or(kind, |label| label.vi);
                // Labels are those of a thôn and a xã.
                match label.strip_suffix("thôn").or_else(|| label.strip_suffix("xã")) {
                    Some(office) => out.extend([office, kind]),
                    None => out.push_str(label),
                }
            }
            (None, _) => out.push_str(label),
        }
    }

    fn is_committee(&self, team: Option<Id<Team>>) -> bool {
        team.is_some_and(|id| self.context.facts().teams[id].kind == TeamKind::Committee)
    }

    /// The label of a role, as the kind of team has it.
    fn role(&self, role: Role, team: Option<Id<Team>>) -> &'static str {
        let vi = match role {
            Role::Head => "Trưởng ban",
            Role::StandingDeputy => "Phó Trưởng ban thường trực",
            Role::Deputy => "Phó Trưởng ban",
            Role::Member => "Ủy viên",
            Role::Secretary => "Thư ký",
        };
        let label = role.label();
        self.pick(if self.is_committee(team) { Bilingual { vi, ..label } } else { label })
    }

    fn decision(&self, id: Id<Decision>, out: &mut String) {
        let facts = self.context.facts();
        out.push_str(self.pick(Bilingual { vi: "Quyết định số ", en: "decision " }));
        out.push_str(facts.text(facts.decisions[id].number));
    }

    fn body(&self, id: Id<Body>, out: &mut String) {
        let facts = self.context.facts();
        out.push_str(facts.text(facts.bodies[id].name));
    }

    /// The text by which a unit ended, if it is known.
    fn law(&self, line: Id<Line>, out: &mut String) {
        let (facts, inner) = (self.context.facts(), self.context.inner());
        let end = facts.units[inner.named(line, self.context.as_of)].span().to;
        let mut rows = facts.successions.iter().map(|(_, row)| row);
        let row = rows.find(|row| row.day == end && inner.line_of[row.old.0] == line && row.basis.is_some());
        if let Some(basis) = row.and_then(|row| row.basis) {
            out.push_str(self.pick(Bilingual { vi: " theo ", en: " under " }));
            out.push_str(facts.text(basis));
        }
    }

    /// The roles below the head.
    fn others(&self, team: Option<Id<Team>>) -> &'static str {
        let vi = if self.is_committee(team) {
            "Phó Trưởng ban, ủy viên"
        } else {
            "Tổ phó, thành viên"
        };
        self.pick(Bilingual { vi, en: "deputy, member" })
    }

    /// The body that can act: who issued the decision, or took over from it; else the People's Committee of the unit that manages the
    /// team, or of the one that took it over.
    fn issuer(&self, team: Option<Id<Team>>, unit: Option<Id<Line>>, out: &mut String) {
        let facts = self.context.facts();
        let as_of = self.context.as_of;
        let decided = team.and_then(|id| self.context.decision(id)).map(|id| facts.decisions[id].body);
        // A chain of successors has no circle, so this ends.
        let mut heirs = std::iter::successors(decided, |&id| facts.bodies[id].successor.0);
        if let Some(body) = heirs.find(|&id| facts.bodies[id].span().contains(as_of)) {
            out.push_str(facts.text(facts.bodies[body].name));
            return;
        }
        let unit = team.map(|id| self.context.place_of(id)).or(unit);
        if let Some(unit) = unit.and_then(|unit| self.context.heir(unit)) {
            out.push_str(self.pick(Bilingual { vi: "UBND ", en: "the People's Committee of " }));
            self.unit(unit, out);
        } else {
            out.push_str(self.pick(Bilingual { vi: "cơ quan có thẩm quyền", en: "the body in charge" }));
        }
    }

    fn team(&self, id: Id<Team>, out: &mut String) {
        let facts = self.context.facts();
        let team = &facts.teams[id];
        if let Some(name) = team.name {
            let name = facts.text(name);
            out.push_str(name);
            // A village's name alone may stand in any commune.
            let mut place = String::new();
            self.short_unit(self.context.place_of(id), &mut place);
            let (key, place_key) = (text::search_key(name), text::search_key(&place));
            let is_named =
                key.as_bytes().windows(place_key.len().max(1)).any(|part| part == place_key.as_bytes());
            if self.locale == Locale::Vi && !is_named {
                let _ = write!(out, ", {place}");
            }
            return;
        }
        out.push_str(self.pick(Bilingual { vi: "", en: "the " }));
        out.push_str(self.pick(team.kind.label()));
        out.push_str(self.pick(Bilingual { vi: " ", en: " of " }));
        let mut villages = facts.ids(team.covers);
        if let (Some(village), None) = (villages.next(), villages.next()) {
            return self.unit(self.context.inner().line_of[village], out);
        }
        self.unit(self.context.place_of(id), out);
        if !team.covers.is_empty() {
            // Several villages: the identifier tells the teams of one commune apart.
            let _ = write!(out, " ({})", facts.text(team.id.0));
        }
    }

    /// `xã Toàn Thắng`; a village with its commune: `thôn Đông, xã Toàn Thắng`.
    fn unit(&self, line: Id<Line>, out: &mut String) {
        self.short_unit(line, out);
        let inner = self.context.inner();
        if inner.level(line) == Level::Village
            && let Some(parent) = self.context.unit(inner.named(line, self.context.as_of)).parent.0
        {
            out.push_str(", ");
            self.short_unit(inner.line_of[parent], out);
        }
    }

    fn short_unit(&self, line: Id<Line>, out: &mut String) {
        let facts = self.context.facts();
        let unit = &facts.units[self.context.inner().named(line, self.context.as_of)];
        let name = text::tidy(facts.text(unit.name));
        out.push_str(&unit_name(&name, facts.word(unit.kind), unit, self.locale));
    }

    fn person(&self, id: Id<Person>, out: &mut String) {
        let facts = self.context.facts();
        let person = &facts.people[id];
        let (key, name) = (facts.text(person.id.0), facts.text(person.name.0));
        // Of somebody who was erased, the identifier is all there is.
        match if name == key { Names::Hidden } else { self.names } {
            Names::Hidden => {
                out.push_str(self.pick(Bilingual { vi: "người có mã ", en: "person " }));
                out.push_str(key);
            }
            Names::Initials => {
                for letter in name.split_whitespace().filter_map(|part| part.chars().next()) {
                    out.extend([text::upper(letter), '.']);
                }
                let _ = write!(out, " ({key})");
            }
            Names::Full => {
                out.push_str(match (self.locale, person.sex) {
                    (Locale::Vi, Some(Sex::Male)) => "ông ",
                    (Locale::Vi, Some(Sex::Female)) => "bà ",
                    (Locale::Vi, None) => "ông/bà ",
                    (Locale::En, _) => "",
                });
                out.push_str(name);
            }
        }
    }
}

/// A unit's name inside a sentence: the kind small in Vietnamese unless a number follows or the unit keeps its capital; the
/// kind behind the name in English.
fn unit_name(name: &str, kind: &str, unit: &Unit, locale: Locale) -> String {
    let parts = kind.split('-').count();
    let mut words = name.splitn(parts + 1, char::is_whitespace);
    let lead: Vec<_> = words.by_ref().take(parts).collect();
    let Some(rest) = words.next().filter(|_| text::search_key(&lead.join("-")) == kind) else {
        return name.into();
    };
    let special = unit.level == Level::Province && text::search_key(rest) == "ho chi minh";
    // A name all in capitals stays as it is.
    let is_capitals = name.chars().nth(1).is_some_and(|second| text::lower(second) != second);
    match locale {
        Locale::Vi
            if special
                || is_capitals
                || unit.keep_capital
                || rest.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            name.into()
        }
        Locale::Vi => {
            let mut letters = name.chars();
            letters.next().map_or_else(String::new, |first| {
                std::iter::once(text::lower(first)).chain(letters).collect()
            })
        }
        Locale::En => {
            let kind = label(UNIT_KINDS, kind).map_or(kind, |label| label.en);
            if rest.starts_with(|c: char| c.is_ascii_digit()) {
                format!("{} {rest}", capital(kind))
            } else {
                format!("{rest} {kind}")
            }
        }
    }
}
