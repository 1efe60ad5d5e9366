//! The *calendar* of a policy says which days are working days (ngày làm việc), why, by which text, and whether that is published
//! or only expected.
//!
//! Every day from the first weekly rest that the policy knows to the end of 2100 is a bit; counting is two look-ups.

use crate::choice::{Reckoning, Work, choices};
use crate::day::{Day, Span};
use crate::error::Error;
use crate::facts::{self, Facts};
use crate::locale::{Locale, date_text};
use crate::lunar::LunarDate;
use crate::order::sort;
use crate::policy::Basis;
use crate::problem::{self as p, Place, Problem};
use crate::table::Text;
use chrono::{Datelike, NaiveDate};
use serde::ser::{Serialize, SerializeMap, Serializer};

choices! {
    /// What a day is.
    DayKind {
        /// Ngày làm việc.
        WorkingDay = "working_day", "ngày làm việc", "working day";
        /// Ngày nghỉ hằng tuần.
        RestDay = "rest_day", "ngày nghỉ hằng tuần", "weekly day of rest";
        /// Ngày lễ, tết.
        Holiday = "holiday", "ngày nghỉ lễ, tết", "public holiday";
        /// Ngày nghỉ bù: in place of a holiday that fell on a day of rest.
        DayInLieu = "day_in_lieu", "ngày nghỉ bù", "day in lieu";
        /// Ngày nghỉ hoán đổi: a day off that another day makes up for.
        SwappedDay = "swapped_day", "ngày nghỉ hoán đổi", "day off by swap";
        /// Any other day off.
        DayOff = "day_off", "ngày nghỉ", "day off";
        /// Ngày làm bù: a day of rest on which people work.
        MakeUpDay = "make_up_day", "ngày làm bù", "make-up day";
    }
}

/// A day that comes back, as a policy has it.
#[derive(Clone, Debug)]
pub(crate) struct Holiday {
    id: String,
    names: Named,
    reckoning: Reckoning,
    month: u32,
    day: u32,
    beside: bool,
    before: i32,
    after: i32,
    in_lieu: bool,
    span: Span,
}

/// A single day that a decision made free or working.
#[derive(Clone, Debug)]
pub(crate) struct Decided {
    day: Day,
    work: Work,
    names: Named,
    swapped_with: Option<Day>,
}

/// What a row of a calendar is called, and what it rests on.
#[derive(Clone, Debug)]
struct Named {
    vi: String,
    en: String,
    basis: Basis,
}

/// The rows of a calendar, those that it extends taken in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    holidays: Vec<Holiday>,
    days: Vec<Decided>,
    years: Vec<(i32, Basis)>,
}

impl Rows {
    /// Lays the rows of a document over these.
    pub(crate) fn extend(&mut self, facts: &Facts, basis: impl Fn(Text, Text, crate::Force, bool) -> Basis) {
        let text = |text| facts.text(text).to_owned();
        let named = |vi, en, basis| Named { vi: text(vi), en: text(en), basis };
        let number = |few: Option<crate::field::Few>| few.map_or(0, |few| few.0.cast_signed());
        self.holidays
            .retain(|holiday| facts.holidays.iter().all(|(_, row)| facts.word(row.id) != holiday.id));
        self.holidays.extend(facts.holidays.iter().map(|(_, row)| Holiday {
            id: facts.word(row.id).into(),
            names: named(
                row.name_vi,
                row.name_en,
                basis(row.basis_vi, row.basis_en, row.force, row.verified),
            ),
            reckoning: row.calendar,
            month: row.month.map_or(0, |month| month.0),
            day: row.day.0,
            beside: row.beside,
            before: number(row.before),
            after: number(row.after),
            in_lieu: row.in_lieu,
            span: row.span(),
        }));
        self.days.retain(|day| facts.days.iter().all(|(_, row)| row.day != day.day));
        self.days.extend(facts.days.iter().map(|(_, row)| Decided {
            day: row.day,
            work: row.work,
            names: named(
                row.name_vi,
                row.name_en,
                basis(row.basis_vi, row.basis_en, row.force, row.verified),
            ),
            swapped_with: row.swapped_with,
        }));
        let year = |row: &facts::DecidedYear| row.year.0.cast_signed();
        self.years.retain(|&(own, _)| facts.years.iter().all(|(_, row)| year(row) != own));
        self.years.extend(
            facts
                .years
                .iter()
                .map(|(_, row)| (year(row), basis(row.basis_vi, row.basis_en, row.force, row.verified))),
        );
    }

    /// The weekly rest of a day.
    fn rest(&self, day: Day) -> Option<usize> {
        let weekly = |holiday: &Holiday| {
            holiday.reckoning == Reckoning::Week && holiday.day == day.weekday() && holiday.span.contains(day)
        };
        self.holidays.iter().position(weekly)
    }
}

/// Why a day is not what its place in the week says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    /// The row of a decision.
    Decided(usize),
    Holiday(usize),
    /// In place of this holiday, which fell on this day.
    InLieu(usize, Day),
}

/// Which days are working days, by a policy.
pub struct Calendar {
    rows: Rows,
    /// The first day.
    first: Day,
    /// A bit for each day from the first on: whether it is a working day.
    working: Vec<u64>,
    /// The number of working days before each of these words, and of all.
    before: Vec<u32>,
    /// By day, what counts most first.
    special: Vec<(Day, Why)>,
}

/// The year in which every calendar ends: that of the lunar calendar.
const LAST_YEAR: i32 = 2100;

fn last() -> Option<Day> {
    NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31).and_then(Day::from_date)
}

impl Rows {
    /// Sees that each day of a document that is swapped has its other day, and that one of them is worked and the other free.
    pub(crate) fn swaps(&self, facts: &Facts, problems: &mut Vec<Problem>) {
        for (id, row) in facts.days.iter() {
            let Some(other) = row.swapped_with else { continue };
            let place = Place::of::<facts::Decided>(id.row(), "swapped_with");
            let partner = self.days.iter().find(|day| day.day == other);
            problems.extend(match partner {
                Some(partner) if partner.work != row.work => None,
                Some(_) => Some(Problem::new(place, &p::UNFIT, row.work.word(), "`null`")),
                None => Some(Problem::new(place, &p::DANGLING, &other.to_string(), "`days`")),
            });
        }
    }
}

impl Calendar {
    pub(crate) fn new(rows: Rows) -> Self {
        let weekly = rows.holidays.iter().filter(|holiday| holiday.reckoning == Reckoning::Week);
        let from = weekly.map(|holiday| holiday.span.from).min();
        let earliest = NaiveDate::from_ymd_opt(1901, 1, 1).and_then(Day::from_date);
        // Without a weekly rest there is no calendar.
        let first = from.zip(earliest).map_or(Day::OPEN_END, |(from, earliest)| from.max(earliest));
        let (working, before, special) = (Vec::new(), vec![0], Vec::new());
        let mut calendar = Self { rows, first, working, before, special };
        calendar.fill();
        calendar
    }

    /// Works every day out.
    fn fill(&mut self) {
        let Some(last) = last() else { return };
        let days = usize::try_from(last.since(self.first) + 1).unwrap_or(0);
        let (first, rows) = (self.first, &self.rows);
        let mut working = vec![true; days];
        let at = |day: Day| usize::try_from(day.since(first)).ok().filter(|&at| at < days);
        for holiday in rows.holidays.iter().filter(|holiday| holiday.reckoning == Reckoning::Week) {
            let from = first.max(holiday.span.from);
            let to = at(holiday.span.to.min(last.plus(1))).unwrap_or(days);
            let ahead = (holiday.day + 7 - from.weekday()) % 7;
            let weekly = working.get_mut(at(from).unwrap_or(days)..to).unwrap_or_default();
            weekly.iter_mut().skip(ahead as usize).step_by(7).for_each(|day| *day = false);
        }
        let mut set = |day: Day, is_working: bool| {
            if let Some(slot) = at(day).and_then(|at| working.get_mut(at)) {
                *slot = is_working;
            }
        };
        let mut special = Vec::new();
        for (position, holiday) in rows.holidays.iter().enumerate() {
            for day in holiday.occurrences() {
                special.extend(at(day).map(|_| (day, Why::Holiday(position))));
                set(day, false);
            }
        }
        sort(&mut special);
        // What is swapped is free for another reason; any other row may say once more what follows by rule.
        let is_swapped = |decided: &&Decided| decided.work == Work::Off && decided.swapped_with.is_some();
        for decided in rows.days.iter().filter(is_swapped) {
            set(decided.day, false);
        }
        // What falls on a day of rest is made good for, in the order of the days.
        let mut in_lieu = Vec::new();
        let mut made_good = None;
        for &(day, why) in &special {
            let Why::Holiday(position) = why else { continue };
            let is_made_good = rows.holidays.get(position).is_some_and(|holiday| holiday.in_lieu);
            // Two holidays on one day of rest take one day from people.
            if !is_made_good || rows.rest(day).is_none() || made_good.replace(day) == Some(day) {
                continue;
            }
            let free = std::iter::successors(Some(day), |day| Some(day.plus(1)))
                .take(30)
                .find(|&day| at(day).and_then(|at| working.get(at)).is_some_and(|&is_working| is_working));
            if let Some(free) = free {
                in_lieu.push((free, Why::InLieu(position, day)));
                if let Some(slot) = at(free).and_then(|at| working.get_mut(at)) {
                    *slot = false;
                }
            }
        }
        special.append(&mut in_lieu);
        for (position, decided) in rows.days.iter().enumerate() {
            if let Some(slot) = at(decided.day).and_then(|at| working.get_mut(at)) {
                *slot = decided.work == Work::Working;
                special.push((decided.day, Why::Decided(position)));
            }
        }
        sort(&mut special);
        let mut count = 0;
        self.before.clear();
        for days in working.chunks(64) {
            let word = days.iter().rev().fold(0_u64, |word, &day| word << 1 | u64::from(day));
            self.before.push(count);
            count += word.count_ones();
            self.working.push(word);
        }
        self.before.push(count);
        self.special = special;
    }

    /// The first and the last day that it knows; none if the policy has no weekly rest.
    #[must_use]
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.first.date().zip(last().and_then(Day::date))
    }

    /// The position of a day.
    fn at(&self, day: Day) -> Result<usize, Error> {
        let known = Some(day).filter(|day| day.is_date() && self.first <= *day && Some(*day) <= last());
        let at = known.and_then(|day| usize::try_from(day.since(self.first)).ok());
        at.ok_or_else(|| self.unknown(day.to_string()))
    }

    fn unknown(&self, what: String) -> Error {
        let [_, known] = self.known();
        Error::NoCalendar { what, known }
    }

    /// Which days it knows, in Vietnamese and in English.
    pub(crate) fn known(&self) -> [String; 2] {
        match self.days() {
            Some((first, last)) => [
                format!(
                    "lịch ngày làm việc chỉ có từ ngày {} đến ngày {}",
                    date_text(first, Locale::Vi),
                    date_text(last, Locale::Vi)
                ),
                format!("the calendar runs from {first} to {last}"),
            ],
            None => [
                "bộ quy định chưa có ngày nghỉ hằng tuần; hãy kế thừa `vietnam-calendar`".into(),
                "the policy has no weekly rest; extend `vietnam-calendar`".into(),
            ],
        }
    }

    /// How many working days lie before the day at a position.
    fn rank(&self, at: usize) -> u32 {
        let word = self.working.get(at / 64).copied().unwrap_or(0);
        let below = word & !(u64::MAX << (at % 64));
        self.before.get(at / 64).copied().unwrap_or(0) + below.count_ones()
    }

    /// The day that has `rank` working days before it and is one itself.
    fn select(&self, rank: u32) -> Option<Day> {
        let total = self.before.last().copied().filter(|&total| rank < total)?;
        // Working days lie so evenly that a guess is off by little.
        let guess = u64::from(rank) * self.working.len() as u64 / u64::from(total);
        let mut word = usize::try_from(guess).ok()?;
        while self.before.get(word).is_some_and(|&before| before > rank) {
            word -= 1;
        }
        while self.before.get(word + 1).is_some_and(|&before| before <= rank) {
            word += 1;
        }
        let mut bits = self.working.get(word).copied()?;
        for _ in *self.before.get(word)?..rank {
            bits &= bits - 1;
        }
        Some(self.first.plus_days(word * 64 + bits.trailing_zeros() as usize))
    }

    pub(crate) fn works(&self, day: Day) -> Result<bool, Error> {
        let at = self.at(day)?;
        Ok(self.working.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1))
    }

    /// Working days behind `from`, up to and including `to`; negative if `to` lies before `from`: those before `from`, from `to` on.
    pub(crate) fn between(&self, from: Day, to: Day) -> Result<i64, Error> {
        let (a, b) = (self.at(from)?, self.at(to)?);
        let rank = |at| i64::from(self.rank(at));
        Ok(if a <= b { rank(b + 1) - rank(a + 1) } else { rank(b) - rank(a) })
    }

    /// The `count`-th working day behind `from`, or before it if `count` is negative.
    pub(crate) fn plus(&self, from: Day, count: i64) -> Result<Day, Error> {
        let at = self.at(from)?;
        let rank = match count {
            0 => return Ok(from),
            1.. => (i64::from(self.rank(at + 1)) - 1).saturating_add(count),
            _ => i64::from(self.rank(at)).saturating_add(count),
        };
        let found = u32::try_from(rank).ok().and_then(|rank| self.select(rank));
        found.ok_or_else(|| self.unknown(format!("{count} working days from {from}")))
    }

    /// Whether people work on a date.
    ///
    /// # Errors
    /// [`Error::NoCalendar`] for a date that the calendar does not know.
    pub fn is_working(&self, date: NaiveDate) -> Result<bool, Error> {
        self.works(day(date)?)
    }

    /// The working days behind `from`, up to and including `to`: the first day is not counted (Civil Code 2015, Article 147). If `to` lies
    /// before `from`, those before `from`, from `to` on, as a negative number.
    ///
    /// # Errors
    /// [`Error::NoCalendar`] for a date that the calendar does not know.
    pub fn count(&self, from: NaiveDate, to: NaiveDate) -> Result<i64, Error> {
        self.between(day(from)?, day(to)?)
    }

    /// The `count`-th working day behind `from`; before it if `count` is negative; `from` itself, working or not, if it is 0.
    ///
    /// # Errors
    /// [`Error::NoCalendar`] if the calendar does not reach so far.
    ///
    /// ```
    /// use cnscd::Policy;
    /// let policy = Policy::preset("national-2022")?;
    /// let cut_off = cnscd::parse_day("29/4/2022")?;
    /// // 30 April, 1 May and the two days in lieu of them lie between.
    /// assert_eq!(policy.calendar().add(cut_off, 1)?.to_string(), "2022-05-04");
    /// # Ok::<(), cnscd::Error>(())
    /// ```
    pub fn add(&self, from: NaiveDate, count: i64) -> Result<NaiveDate, Error> {
        Ok(self.plus(day(from)?, count)?.date().unwrap_or(from))
    }

    /// Whether the days off of a year have been decided.
    #[must_use]
    pub fn is_published(&self, year: i32) -> bool {
        self.rows.years.iter().any(|&(own, _)| own == year)
    }

    /// What a date is, and why.
    ///
    /// # Errors
    /// [`Error::NoCalendar`] for a date that the calendar does not know.
    ///
    /// ```
    /// use cnscd::{DayKind, Locale, Policy};
    /// let policy = Policy::preset("national-2022")?;
    /// let day = policy.calendar().day(cnscd::parse_day("4/5/2024")?)?;
    /// assert_eq!(day.kind(), DayKind::MakeUpDay);
    /// assert_eq!(day.text(Locale::Vi), "thứ Bảy, 04/5/2024: ngày làm bù cho ngày 29/4/2024");
    /// # Ok::<(), cnscd::Error>(())
    /// ```
    pub fn day(&self, date: NaiveDate) -> Result<CalendarDay<'_>, Error> {
        let day = day(date)?;
        let works = self.works(day)?;
        Ok(CalendarDay { calendar: self, day, works })
    }

    fn special(&self, day: Day) -> &[(Day, Why)] {
        let from = self.special.partition_point(|&(own, _)| own < day);
        let to = self.special.partition_point(|&(own, _)| own <= day);
        self.special.get(from..to).unwrap_or_default()
    }
}

pub(crate) fn day(date: NaiveDate) -> Result<Day, Error> {
    Day::from_date(date).ok_or_else(|| Error::BadDay(date.to_string()))
}

impl Holiday {
    /// Every day that it makes free.
    fn occurrences(&self) -> impl Iterator<Item = Day> + '_ {
        let dates = (1900..=LAST_YEAR).filter_map(|year| match self.reckoning {
            Reckoning::Week => None,
            Reckoning::Solar => NaiveDate::from_ymd_opt(year, self.month, self.day),
            Reckoning::Lunar => LunarDate::new(year, self.month, false, self.day).map(LunarDate::date).ok(),
        });
        let days = dates.filter_map(Day::from_date).filter(|&day| self.span.contains(day));
        days.flat_map(|day| {
            let day = if self.beside { beside(day) } else { day };
            (-self.before..=self.after).map(move |days| day.plus(days))
        })
    }
}

/// The day before or after a holiday that joins it to Saturday and Sunday; of a Wednesday the one before, as was decided for 2026.
fn beside(day: Day) -> Day {
    day.plus(if matches!(day.weekday(), 1 | 4 | 7) { 1 } else { -1 })
}

/// A day of a calendar.
#[derive(Clone, Copy)]
pub struct CalendarDay<'c> {
    calendar: &'c Calendar,
    day: Day,
    works: bool,
}

/// Why a day is what it is.
#[derive(Clone, Copy, Debug)]
pub struct Reason<'c> {
    /// What it is called, in Vietnamese.
    pub name_vi: &'c str,
    /// What it is called, in English.
    pub name_en: &'c str,
    /// The holiday in whose place it is free, or the day it is swapped with.
    pub of: Option<NaiveDate>,
    /// What it rests on.
    pub basis: &'c Basis,
}

impl<'c> CalendarDay<'c> {
    /// The date.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        self.day.date().unwrap_or_default()
    }

    /// Whether people work on it.
    #[must_use]
    pub fn is_working(self) -> bool {
        self.works
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> DayKind {
        let rows = &self.calendar.rows;
        match self.calendar.special(self.day).first() {
            Some(&(_, Why::Decided(at))) => {
                let swapped = rows.days.get(at).is_some_and(|decided| decided.swapped_with.is_some());
                match (self.works, swapped) {
                    (true, true) => DayKind::MakeUpDay,
                    (true, false) => DayKind::WorkingDay,
                    (false, true) => DayKind::SwappedDay,
                    (false, false) => DayKind::DayOff,
                }
            }
            Some((_, Why::Holiday(_))) => DayKind::Holiday,
            Some((_, Why::InLieu(..))) => DayKind::DayInLieu,
            None if self.works => DayKind::WorkingDay,
            None => DayKind::RestDay,
        }
    }

    /// Whether the days off of its year have been decided; else it is only expected.
    #[must_use]
    pub fn is_published(self) -> bool {
        self.calendar.is_published(self.date().year())
    }

    /// Why it is so, what counts most first; empty for a working day like any other.
    pub fn reasons(self) -> impl Iterator<Item = Reason<'c>> {
        let rows = &self.calendar.rows;
        let special = self.calendar.special(self.day).iter().filter_map(|&(_, why)| match why {
            Why::Decided(at) => rows.days.get(at).map(|row| (&row.names, row.swapped_with)),
            Why::Holiday(at) => rows.holidays.get(at).map(|row| (&row.names, None)),
            Why::InLieu(at, of) => rows.holidays.get(at).map(|row| (&row.names, Some(of))),
        });
        let rest = rows.rest(self.day).and_then(|at| rows.holidays.get(at)).map(|row| (&row.names, None));
        special.chain(rest).map(|(names, of)| Reason {
            name_vi: &names.vi,
            name_en: &names.en,
            of: of.and_then(Day::date),
            basis: &names.basis,
        })
    }

    /// The text that decided the days off of its year.
    #[must_use]
    pub fn published_by(self) -> Option<&'c Basis> {
        let year = self.date().year();
        self.calendar.rows.years.iter().find(|&&(own, _)| own == year).map(|(_, basis)| basis)
    }

    /// What it is, in a few words: `ngày nghỉ bù của Ngày Chiến thắng (30/4/2022)`.
    pub(crate) fn phrase(self, locale: Locale) -> String {
        let kind = self.kind();
        let Some(reason) = self.reasons().next().filter(|_| kind != DayKind::RestDay) else {
            return kind.label().pick(locale).into();
        };
        let name = if locale == Locale::Vi { reason.name_vi } else { reason.name_en };
        let of = reason.of.map(|of| date_text(of, locale));
        match (kind, of, locale) {
            (DayKind::DayInLieu, Some(of), Locale::Vi) => format!("ngày nghỉ bù của {name} ({of})"),
            (DayKind::DayInLieu, Some(of), Locale::En) => format!("a day off for {name} on {of}"),
            (DayKind::MakeUpDay, Some(of), Locale::Vi) => format!("ngày làm bù cho ngày {of}"),
            (DayKind::MakeUpDay, Some(of), Locale::En) => format!("a working day in place of {of}"),
            (_, Some(of), Locale::Vi) => format!("ngày nghỉ hoán đổi với ngày {of}"),
            (_, Some(of), Locale::En) => format!("a day off swapped with {of}"),
            _ => name.into(),
        }
    }

    /// The day of the week, the date, and what it is, in one line.
    #[must_use]
    pub fn text(self, locale: Locale) -> String {
        let mut out = format!("{}, {}: ", weekday(self.day, locale), date_text(self.date(), locale));
        out.push_str(&self.phrase(locale));
        if !self.is_published() {
            out.push_str(match locale {
                Locale::Vi => "; lịch nghỉ của năm này chưa có trong dữ liệu, tính theo quy định chung",
                Locale::En => "; expected by rule, the days off of this year are not in the data",
            });
        }
        out
    }

    /// As JSON data, with its text in one language where a locale is given.
    #[must_use]
    pub fn data(self, locale: Option<Locale>) -> impl Serialize + use<'c> {
        Data { day: self, locale }
    }
}

struct Data<'c> {
    day: CalendarDay<'c>,
    locale: Option<Locale>,
}

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let day = self.day;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("date", &day.date().to_string())?;
        map.serialize_entry("kind", day.kind().word())?;
        map.serialize_entry("working", &day.works)?;
        map.serialize_entry("published", &day.is_published())?;
        map.serialize_entry("reasons", &day.reasons().collect::<Vec<_>>())?;
        map.serialize_entry("published_by", &day.published_by())?;
        if let Some(locale) = self.locale {
            map.serialize_entry("text", &day.text(locale))?;
        }
        map.end()
    }
}

impl Serialize for Reason<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("vi", self.name_vi)?;
        map.serialize_entry("en", self.name_en)?;
        map.serialize_entry("of", &self.of.map(|of| of.to_string()))?;
        map.serialize_entry("basis", self.basis)?;
        map.end()
    }
}

/// `thứ Hai`; `Monday`.
pub(crate) fn weekday(day: Day, locale: Locale) -> &'static str {
    const VI: [&str; 7] = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"];
    const EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let names = if locale == Locale::Vi { VI } else { EN };
    names.get(day.weekday() as usize - 1).copied().unwrap_or_default()
}
