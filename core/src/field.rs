//! The types of columns: how a cell becomes a value, and back.

use crate::choice::{
    Adjust, Counted, Counting, Due, Extent, Force, Level, OverPeriods, OverUnits, Reckoning, ReportKind,
    ReportState, Role, Sex, TeamKind, Test, Trigger, Weight, Who, Work, quoted,
};
use crate::day::Day;
use crate::expression::{Missing, Operator};
use crate::facts::{Body, Decision, Event, Facts, Person, Row, Team, Unit};
use crate::order::sort;
use crate::period::{Period, Scheme};
use crate::personal::{IdForm, id_form};
use crate::problem as p;
use crate::read::Reader;
use crate::sheet::LIMIT_OF_SHEETS;
use crate::table::{Cell, Id, List, Text, Type, Word};
use std::borrow::Cow;
use std::num::{NonZeroU16, NonZeroU32};

/// What a column's values become: the Rust type of a field is the type of its column. `read` returns nothing after it has noted a problem.
pub(crate) trait Field: Sized {
    const TYPE: Type;
    const REQUIRED: bool = true;
    const PERSONAL: bool = false;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self>;

    fn cell<'f>(&self, facts: &'f Facts) -> Cell<'f>;

    /// Puts in a reference to the table's own rows, once these are complete.
    fn resolve(&mut self, _row: NonZeroU32) {}
}

impl<T: Field> Field for Option<T> {
    const TYPE: Type = T::TYPE;
    const REQUIRED: bool = false;
    const PERSONAL: bool = T::PERSONAL;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        if cell.is_absent() { Some(None) } else { T::read(cell, reader).map(Some) }
    }

    fn cell<'f>(&self, facts: &'f Facts) -> Cell<'f> {
        self.as_ref().map_or(Cell::Absent, |value| value.cell(facts))
    }
}

/// A row that others refer to, by a key in the document.
pub(crate) trait Target: Row {
    /// What a reference looks like in the description.
    fn key(&self) -> Text;

    /// The row that `text` names on `day`.
    fn find(reader: &mut Reader, text: &str, _day: Day) -> Option<Id<Self>> {
        reader.find::<Self>(text)
    }

    /// The row that `text` named until it ended, by `day`.
    fn ended(_reader: &mut Reader, _text: &str, _day: Day) -> Option<Id<Self>> {
        None
    }

    /// The row of the register at hand that `text` names, for a document beside it.
    fn there(reader: &mut Reader, text: &str) -> Option<Id<Self>> {
        reader.find_there(text, |_| true)
    }
}

fn text_cell(facts: &Facts, text: Text) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(facts.text(text)))
}

impl Field for Text {
    const TYPE: Type = Type::Text;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        let text = reader.text(cell)?;
        reader.store(text)
    }

    fn cell<'f>(&self, facts: &'f Facts) -> Cell<'f> {
        text_cell(facts, *self)
    }
}

/// A column that is a text with a law or a guard of its own.
macro_rules! texts {
    ($($(#[doc = $doc:literal])+ $name:ident: $kind:expr, personal: $personal:literal, $read:expr;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy)]
        pub(crate) struct $name(pub Text);

        impl Field for $name {
            const TYPE: Type = $kind;
            const PERSONAL: bool = $personal;

            fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
                let read: fn(&str, &mut Reader) -> bool = $read;
                let text = reader.text(cell)?;
                if read(text, reader) { reader.store(text).map(Self) } else { None }
            }

            fn cell<'f>(&self, facts: &'f Facts) -> Cell<'f> {
                text_cell(facts, self.0)
            }
        }
    )+};
}

texts! {
    /// The identifier of a row.
    Key: Type::Id, personal: false, |text, reader| {
        let problem = match id_form(text) {
            IdForm::Good => return true,
            IdForm::Bad => &p::BAD_ID,
            IdForm::Personal => &p::PERSONAL_ID,
        };
        reader.problem(problem, text, "");
        false
    };
    /// The code of a unit; that it fits the level is seen when the row is whole.
    Code: Type::Code, personal: false, |_, _| true;
    /// The name of a person.
    Name: Type::Text, personal: true, |_, _| true;
    /// A phone number as written.
    Phone: Type::Text, personal: true, |_, _| true;
    /// A citizen number as written.
    Number: Type::Text, personal: true, |_, _| true;
}

/// How the code of a unit of this level is written.
pub(crate) fn code_form(level: Level) -> &'static str {
    match level {
        Level::Province => "`00`",
        Level::District => "`000`",
        Level::Commune => "`00000`",
        Level::Village => "`00000-x`",
    }
}

/// Whether `code` is written as a unit of this level has it.
pub(crate) fn is_code(code: &str, level: Level) -> bool {
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    match level {
        Level::Province => digits(code, 2),
        Level::District => digits(code, 3),
        Level::Commune => digits(code, 5),
        Level::Village => code.split_once('-').is_some_and(|(commune, local)| {
            digits(commune, 5)
                && (1..=16).contains(&local.len())
                && local.bytes().all(|b| b.is_ascii_alphanumeric())
                && id_form(local) == IdForm::Good
        }),
    }
}

/// Whether `code` is written as a unit of some level has it.
pub(crate) fn is_any_code(code: &str) -> bool {
    Level::ALL.iter().any(|&level| is_code(code, level))
}

impl Field for Day {
    const TYPE: Type = Type::Day;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        if let Cell::Day(day) = cell {
            return Some(*day);
        }
        let text = reader.text(cell)?;
        let day = Self::parse(text);
        if day.is_none() {
            reader.problem(&p::BAD_DAY, text, "");
        }
        day
    }

    fn cell<'f>(&self, _: &'f Facts) -> Cell<'f> {
        if self.is_date() { Cell::Day(*self) } else { Cell::Absent }
    }
}

/// A column that is a day with a meaning of its own.
macro_rules! days {
    ($($(#[doc = $doc:literal])+ $name:ident, required: $required:literal, personal: $personal:literal, absent: $absent:expr, $law:expr;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy)]
        pub(crate) struct $name(pub Day);

        impl From<$name> for Day {
            fn from(day: $name) -> Self {
                day.0
            }
        }

        impl Field for $name {
            const TYPE: Type = Type::Day;
            const REQUIRED: bool = $required;
            const PERSONAL: bool = $personal;

            fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
                let law: fn(Day, &mut Reader) -> bool = $law;
                let day = if cell.is_absent() { $absent } else { Day::read(cell, reader)? };
                law(day, reader).then_some(Self(day))
            }

            fn cell<'f>(&self, facts: &'f Facts) -> Cell<'f> {
                self.0.cell(facts)
            }
        }
    )+};
}

days! {
    /// A first day that may be open.
    Start, required: false, personal: false, absent: Day::OPEN_START, |_, _| true;
    /// The first day on which a fact no longer holds, or open.
    End, required: false, personal: false, absent: Day::OPEN_END, |day, reader| reader.after_first_day(day);
    /// A day that may be still to come.
    Pending, required: false, personal: false, absent: Day::OPEN_END, |_, _| true;
    /// A day of birth.
    Birth, required: true, personal: true, absent: Day::OPEN_START, |_, _| true;
}

impl Field for Word {
    const TYPE: Type = Type::Word;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        let text = reader.text(cell)?;
        reader.word(text)
    }

    fn cell<'f>(&self, facts: &'f Facts) -> Cell<'f> {
        Cell::Text(Cow::Borrowed(facts.word(*self)))
    }
}

/// Whether `text` may be an open word.
pub(crate) fn is_word(text: &str) -> bool {
    let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-');
    // A word, too, must not carry a number of a person.
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(good)
        && id_form(text) == IdForm::Good
}

impl Field for bool {
    const TYPE: Type = Type::Flag;
    const REQUIRED: bool = false;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        match cell {
            Cell::Absent => Some(false),
            Cell::Flag(flag) => Some(*flag),
            _ => {
                reader.problem(&p::BAD_FLAG, "", "");
                None
            }
        }
    }

    fn cell<'f>(&self, _: &'f Facts) -> Cell<'f> {
        if *self { Cell::Flag(true) } else { Cell::Absent }
    }
}

/// A whole number from 0.
#[derive(Clone, Copy)]
pub(crate) struct Count(pub u32);

/// A share in thousandths, 1 to 1000.
#[derive(Clone, Copy)]
pub(crate) struct Share(pub u32);

/// The number of a month, 1 to 12.
#[derive(Clone, Copy)]
pub(crate) struct MonthNumber(pub u32);

/// The number of a day in a month, 1 to 31, or in a week, 1 to 7.
#[derive(Clone, Copy)]
pub(crate) struct DayNumber(pub u32);

/// Some days beside a day, 1 to 10.
#[derive(Clone, Copy)]
pub(crate) struct Few(pub u32);

/// A year, 1900 to 2199.
#[derive(Clone, Copy)]
pub(crate) struct Year(pub u32);

/// A figure of a report, or a bound of one.
#[derive(Clone, Copy)]
pub(crate) struct Figure(pub u32);

macro_rules! counts {
    ($($name:ident: $from:literal, $to:expr, $shown:literal;)+) => {$(
        impl Field for $name {
            const TYPE: Type = Type::Count($from, $to);

            fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
                if let Cell::Count(count) = cell
                    && let Ok(count) = u32::try_from(*count)
                    && ($from..=$to).contains(&count)
                {
                    return Some(Self(count));
                }
                reader.problem(&p::BAD_COUNT, "", $shown);
                None
            }

            fn cell<'f>(&self, _: &'f Facts) -> Cell<'f> {
                Cell::Count(u64::from(self.0))
            }
        }
    )+};
}

counts! {
    Count: 0, u32::MAX, "0–4294967295";
    Share: 1, 1000, "1–1000";
    MonthNumber: 1, 12, "1–12";
    DayNumber: 1, 31, "1–31";
    Few: 1, 10, "1–10";
    Year: 1900, 2199, "1900–2199";
    Figure: 0, MOST, "0–2147483647";
}

/// A number from 1 that takes two bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ordinal(pub NonZeroU16);

impl Ordinal {
    /// The number; 1 where none is given.
    pub(crate) fn or_first(number: Option<Self>) -> u16 {
        number.map_or(1, |number| number.0.get())
    }
}

impl Field for Ordinal {
    const TYPE: Type = Type::Count(1, 65535);

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        let number = if let Cell::Count(count) = cell { u16::try_from(*count).ok() } else { None };
        let number = number.and_then(NonZeroU16::new);
        if number.is_none() {
            reader.problem(&p::BAD_COUNT, "", "1–65535");
        }
        number.map(Self)
    }

    fn cell<'f>(&self, _: &'f Facts) -> Cell<'f> {
        Cell::Count(u64::from(self.0.get()))
    }
}

/// The form of a report: what follows in its row belongs to it.
#[derive(Clone, Copy)]
pub(crate) struct FormName(pub Word);

impl Field for FormName {
    const TYPE: Type = Type::Word;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        let form = Word::read(cell, reader)?;
        let row = reader.facts.reports.len();
        if !reader.facts.sheets.begin(form, row) {
            reader.crowded(&[
                format!("mẫu báo cáo khác nhau; tối đa {LIMIT_OF_SHEETS}"),
                format!("different forms; at most {LIMIT_OF_SHEETS}"),
            ]);
            return None;
        }
        Some(Self(form))
    }

    fn cell<'f>(&self, facts: &'f Facts) -> Cell<'f> {
        self.0.cell(facts)
    }
}

/// The period of a report: units are named as they are on its last day.
#[derive(Clone, Copy)]
pub(crate) struct About(pub Period);

impl Field for About {
    const TYPE: Type = Type::Text;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        let period = Period::read(cell, reader)?;
        (reader.first_day, reader.day) = period.span(Scheme::Calendar);
        Some(Self(period))
    }

    fn cell<'f>(&self, facts: &'f Facts) -> Cell<'f> {
        self.0.cell(facts)
    }
}

/// A reference into the register beside the document that is read.
pub(crate) struct There<T>(pub Option<Id<T>>);

impl<T> Clone for There<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for There<T> {}

impl<T: Target> Field for There<T> {
    const TYPE: Type = Type::Reference(T::NAME);
    const REQUIRED: bool = false;
    const PERSONAL: bool = T::TABLE.personal;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        if cell.is_absent() {
            return Some(Self(None));
        }
        let text = reader.text(cell)?;
        let found = T::there(reader, text);
        if found.is_none() {
            reader.problem(&p::DANGLING, text, &format!("`{}`", T::NAME));
        }
        found.map(|id| Self(Some(id)))
    }

    /// Only the register has the key: who prints a report puts it in.
    fn cell<'f>(&self, _: &'f Facts) -> Cell<'f> {
        Cell::Absent
    }
}

/// The most that a figure can be.
pub(crate) const MOST: u32 = i32::MAX.cast_unsigned();

/// What stands in the columns of a report's sheet and is read from a map. Who prints a report puts it in.
#[derive(Clone, Copy)]
pub(crate) struct Figures;

impl Field for Figures {
    const TYPE: Type = Type::Figures;
    const REQUIRED: bool = false;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        let mut good = true;
        for (key, value) in pairs(cell, reader)? {
            let figure = match value {
                Cell::Absent => {
                    good &= reader.is_key(key);
                    continue;
                }
                Cell::Count(count) => i32::try_from(*count).ok(),
                _ => None,
            };
            let Some(figure) = figure else {
                reader.problem(&p::BAD_FIGURE, key, &format!("0–{MOST}"));
                good = false;
                continue;
            };
            good &= reader.figure(key, figure);
        }
        good.then_some(Self)
    }

    fn cell<'f>(&self, _: &'f Facts) -> Cell<'f> {
        Cell::Absent
    }
}

fn pairs<'c, 'd>(cell: &'c Cell<'d>, reader: &mut Reader) -> Option<&'c [(Cow<'d, str>, Cell<'d>)]> {
    match cell {
        Cell::Absent => Some(&[]),
        // A key without value is put nowhere, where it would be seen that it comes twice.
        Cell::Map(pairs) if pairs.iter().any(|(_, value)| value.is_absent()) => {
            let mut keys: Vec<&str> = pairs.iter().map(|(key, _)| &**key).collect();
            sort(&mut keys);
            let twice: Vec<_> = keys.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).collect();
            for key in twice.iter().filter_map(|same| same.first()) {
                reader.problem(&p::DUPLICATE_KEY, key, "");
            }
            Some(pairs.as_slice()).filter(|_| twice.is_empty())
        }
        Cell::Map(pairs) => Some(pairs),
        _ => {
            reader.problem(&p::NOT_AN_OBJECT, "", "");
            None
        }
    }
}

/// Words beside the figures of a report: 0 for indicators that do not apply, else one of the [`kinds`](crate::sheet::Mark) of marks.
#[derive(Clone, Copy)]
pub(crate) struct Marks<const KIND: u8>;

impl<const KIND: u8> Field for Marks<KIND> {
    const TYPE: Type = Type::Words;
    const REQUIRED: bool = false;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        // The words go to the sheet, not to the pool of lists.
        let from = reader.facts.lists.len();
        let read = List::<Word>::read(cell, reader)?;
        let words: Vec<_> =
            reader.facts.list(read).filter_map(|word| NonZeroU16::try_from(word).ok()).collect();
        reader.facts.lists.truncate(from);
        for word in words.into_iter().map(Word) {
            if KIND == 0 && !reader.has_room(word) {
                return None;
            }
            let is_new = reader.facts.sheets.mark(KIND, word);
            if !is_new {
                let word = reader.facts.word(word).to_owned();
                reader.problem(if KIND == 0 { &p::FIGURE_TWICE } else { &p::DUPLICATE_KEY }, &word, "");
                return None;
            }
        }
        Some(Self)
    }

    fn cell<'f>(&self, _: &'f Facts) -> Cell<'f> {
        Cell::Absent
    }
}

/// The texts of a report.
#[derive(Clone, Copy)]
pub(crate) struct Prose;

impl Field for Prose {
    const TYPE: Type = Type::Texts;
    const REQUIRED: bool = false;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        let mut good = true;
        for (key, value) in pairs(cell, reader)? {
            if value.is_absent() {
                good &= reader.is_key(key);
                continue;
            }
            let word = reader.word(key);
            let text = Text::read(value, reader);
            let Some((word, text)) = word.zip(text) else {
                good = false;
                continue;
            };
            if !reader.facts.sheets.text(word, text) {
                reader.problem(&p::DUPLICATE_KEY, key, "");
                good = false;
            }
        }
        good.then_some(Self)
    }

    fn cell<'f>(&self, _: &'f Facts) -> Cell<'f> {
        Cell::Absent
    }
}

impl Field for Period {
    const TYPE: Type = Type::Text;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        let text = reader.text(cell)?;
        let period = text.parse().ok();
        if period.is_none() {
            reader.problem(&p::BAD_PERIOD, text, "");
        }
        period
    }

    fn cell<'f>(&self, _: &'f Facts) -> Cell<'f> {
        Cell::Text(Cow::Owned(self.to_string()))
    }
}

impl<T: Target> Field for Id<T> {
    const TYPE: Type = Type::Reference(T::NAME);

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        let text = reader.text(cell)?;
        reader.reference::<T>(text, reader.day)
    }

    fn cell<'f>(&self, facts: &'f Facts) -> Cell<'f> {
        text_cell(facts, T::rows(facts)[*self].key())
    }
}

/// The old unit of a succession: named by the code it had on the day before.
#[derive(Clone, Copy)]
pub(crate) struct Before(pub Id<Unit>);

impl Field for Before {
    const TYPE: Type = <Id<Unit> as Field>::TYPE;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        let text = reader.text(cell)?;
        reader.reference::<Unit>(text, reader.day.plus(-1)).map(Self)
    }

    fn cell<'f>(&self, facts: &'f Facts) -> Cell<'f> {
        self.0.cell(facts)
    }
}

/// A reference that may be absent, also into the row's own table.
pub(crate) struct Link<T>(pub Option<Id<T>>);

impl<T> Clone for Link<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Link<T> {}

impl<T: Target> Field for Link<T> {
    const TYPE: Type = Type::Reference(T::NAME);
    const REQUIRED: bool = false;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        if cell.is_absent() {
            return Some(Self(None));
        }
        let text = reader.text(cell)?;
        if reader.is_own::<T>() {
            reader.later(text, None);
            return Some(Self(None));
        }
        reader.reference::<T>(text, reader.day).map(|id| Self(Some(id)))
    }

    fn cell<'f>(&self, facts: &'f Facts) -> Cell<'f> {
        self.0.map_or(Cell::Absent, |id| id.cell(facts))
    }

    fn resolve(&mut self, row: NonZeroU32) {
        self.0 = Some(Id::new(row));
    }
}

/// What a list can hold: each item is read into a number of the pool.
pub(crate) trait Item: Sized {
    const LIST: Type;

    fn read_item(text: &str, reader: &mut Reader) -> Option<u32>;

    fn item_text(number: NonZeroU32, facts: &Facts) -> &str;
}

impl<T: Target> Item for T {
    const LIST: Type = Type::References(T::NAME);

    fn read_item(text: &str, reader: &mut Reader) -> Option<u32> {
        if reader.is_own::<T>() {
            reader.later(text, Some(reader.facts.lists.len()));
            return Some(0);
        }
        reader.reference::<T>(text, reader.day).map(|id| id.number().get())
    }

    fn item_text(number: NonZeroU32, facts: &Facts) -> &str {
        facts.text(T::rows(facts)[Id::new(number)].key())
    }
}

impl Item for Word {
    const LIST: Type = Type::Words;

    fn read_item(text: &str, reader: &mut Reader) -> Option<u32> {
        reader.word(text).map(|word| u32::from(word.0.get()))
    }

    fn item_text(number: NonZeroU32, facts: &Facts) -> &str {
        NonZeroU16::try_from(number).map_or("", |word| facts.word(Word(word)))
    }
}

impl<T: Item> Field for List<T> {
    const TYPE: Type = T::LIST;
    const REQUIRED: bool = false;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        let items = match cell {
            Cell::Absent => return Some(Self::new(0, 0)),
            Cell::List(items) => items,
            _ => {
                reader.problem(&p::NOT_A_LIST, "", "");
                return None;
            }
        };
        let offset = reader.facts.lists.len();
        let mut good = true;
        for (position, item) in items.iter().enumerate() {
            reader.item = u32::try_from(position).ok();
            match reader.text(item).and_then(|text| T::read_item(text, reader)) {
                Some(number) => reader.facts.lists.push(number),
                None => good = false,
            }
        }
        reader.item = None;
        let length = reader.facts.lists.len() - offset;
        good.then(|| Self::new(u32::try_from(offset).unwrap_or(0), u32::try_from(length).unwrap_or(0)))
    }

    fn cell<'f>(&self, facts: &'f Facts) -> Cell<'f> {
        if self.is_empty() {
            return Cell::Absent;
        }
        Cell::List(
            facts.list(*self).map(|item| Cell::Text(Cow::Borrowed(T::item_text(item, facts)))).collect(),
        )
    }
}

/// The value of a setting as it was given; whether it fits the key is seen when the row is whole.
#[derive(Clone, Copy)]
pub(crate) enum Given {
    Nothing,
    Wanted,
    Count(Count),
    Words(List<Word>),
}

impl Field for Given {
    const TYPE: Type = Type::Value;
    const REQUIRED: bool = false;

    fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
        match cell {
            Cell::Absent => Some(Self::Nothing),
            Cell::Flag(true) => Some(Self::Wanted),
            Cell::Count(_) => Count::read(cell, reader).map(Self::Count),
            Cell::List(_) => List::read(cell, reader).map(Self::Words),
            _ => {
                reader.problem(&p::BAD_VALUE, "", "");
                None
            }
        }
    }

    fn cell<'f>(&self, facts: &'f Facts) -> Cell<'f> {
        match self {
            Self::Nothing => Cell::Absent,
            Self::Wanted => Cell::Flag(true),
            Self::Count(count) => count.cell(facts),
            // None at all is not the same as nothing asked.
            Self::Words(words) if words.is_empty() => Cell::List(Vec::new()),
            Self::Words(words) => words.cell(facts),
        }
    }
}

macro_rules! choice_fields {
    ($($name:ty),+) => { choice_fields!($($name: WORDS),+); };
    ($($name:ty: $words:ident),+) => {$(
        impl Field for $name {
            const TYPE: Type = Type::Choice(Self::$words);

            fn read(cell: &Cell<'_>, reader: &mut Reader) -> Option<Self> {
                let text = reader.text(cell)?;
                let value = Self::from_word(text).filter(|value| Self::$words.contains(&value.word()));
                if value.is_none() {
                    reader.problem(&p::BAD_CHOICE, text, &quoted(Self::$words));
                }
                value
            }

            fn cell<'f>(&self, _: &'f Facts) -> Cell<'f> {
                Cell::Text(Cow::Borrowed(self.word()))
            }
        }
    )+};
}

choice_fields!(Extent, Level, Role, Sex, TeamKind);
choice_fields!(Adjust, Counted, Due, Force, Test, Weight);
choice_fields!(Reckoning, Trigger, Who, Work);
choice_fields!(Counting, OverPeriods, OverUnits, ReportKind, ReportState, Missing, Operator);
choice_fields!(crate::period::Frequency: COMING_BACK);
choice_fields!(Scheme);
choice_fields!(crate::setting::Key, crate::setting::Of);

macro_rules! targets {
    ($($row:ty: $key:ident;)+) => {$(
        impl Target for $row {
            fn key(&self) -> Text {
                self.$key.0
            }
        }
    )+};
}

targets! {
    Body: id;
    Decision: id;
    Team: id;
    Person: id;
    Event: id;
}

impl Target for Unit {
    fn key(&self) -> Text {
        self.code.0
    }

    fn find(reader: &mut Reader, text: &str, day: Day) -> Option<Id<Self>> {
        reader.version(text, day)
    }

    fn ended(reader: &mut Reader, text: &str, day: Day) -> Option<Id<Self>> {
        reader.ended(text, day)
    }

    fn there(reader: &mut Reader, text: &str) -> Option<Id<Self>> {
        let (last, first) = (reader.day, reader.first_day);
        let on = |day: Day| move |unit: &Self| unit.span().contains(day);
        reader.find_there(text, on(last)).or_else(|| reader.find_there(text, on(first)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_fit_their_level() {
        assert!(is_code("01", Level::Province) && is_code("11044-02", Level::Village));
        assert!(!is_code("1", Level::Province) && !is_code("11044", Level::Village));
        assert!(!is_code("11044-", Level::Village) && !is_code("11044-2 ", Level::Village));
    }
}
