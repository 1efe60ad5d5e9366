//! A *table* is one kind of fact, described as data: its columns, their types and what they refer to.
//!
//! Reading, printing, places in errors, the JSON Schema and the reference page all follow from a [`Table`]. Values cross
//! the border as untyped [`Cell`]s.

use crate::day::Day;
use crate::locale::Bilingual;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::num::{NonZeroU16, NonZeroU32};

/// One kind of fact: a list of rows in the document.
#[derive(Debug)]
pub struct Table {
    /// The key of the list in a document.
    pub name: &'static str,
    /// What a row is.
    pub title: Bilingual,
    /// What the table holds, in English.
    pub doc: &'static str,
    /// Columns in their printed order.
    pub columns: &'static [Column],
    /// Whether a row says something of a person, so that its values are shown in no error unless they are plain identifiers.
    pub personal: bool,
}

/// The columns that say on which day a fact begins, the first one given counting; references by code are resolved on that day.
/// A decision often names units that begin on the day it comes into force.
pub(crate) const fn begins(columns: &[Column]) -> [Option<usize>; 4] {
    [
        column(columns, b"in_force"),
        column(columns, b"from"),
        column(columns, b"day"),
        column(columns, b"signed"),
    ]
}

/// The position of a column.
#[expect(clippy::indexing_slicing, reason = "runs when the crate is built")]
pub(crate) const fn column(columns: &[Column], name: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at < columns.len() {
        if is_equal(columns[at].name.as_bytes(), name) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// `==`, which no constant can call yet.
#[expect(clippy::indexing_slicing, reason = "runs when the crate is built")]
pub(crate) const fn is_equal(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// One column of a [`Table`].
#[derive(Debug)]
pub struct Column {
    /// The key in a row.
    pub name: &'static str,
    /// The label in Vietnamese.
    pub label: &'static str,
    /// What a value means, with its unit, in English.
    pub doc: &'static str,
    /// The form of a value.
    pub kind: Type,
    /// Whether every row has a value.
    pub required: bool,
    /// Whether a value is personal and shown nowhere.
    pub personal: bool,
}

/// The form of the values of a [`Column`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Any text but the empty one.
    Text,
    /// An identifier of the document: ASCII letters, digits and `.`, `_`, `-`, `/`, at most 64.
    Id,
    /// A code of a unit.
    Code,
    /// A day: `2022-05-17`, or `17/5/2022`.
    Day,
    /// An open word: lower-case ASCII letters, digits, `_` and `-`.
    Word,
    /// A list of words.
    Words,
    /// One of a closed list.
    Choice(&'static [&'static str]),
    /// A whole number between two bounds, both included.
    Count(u32, u32),
    /// A value of a policy: a whole number, `true`, or a list of words.
    Value,
    /// True or false; absent means false.
    Flag,
    /// The id (or code) of a row of another table.
    Reference(&'static str),
    /// A list of such references.
    References(&'static str),
    /// Whole numbers from 0 to 2147483647, each by a word.
    Figures,
    /// Texts, each by a word.
    Texts,
}

/// An untyped value on its way in or out. `Day` is never produced by JSON; tables with typed columns have it.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// No value.
    Absent,
    /// True or false.
    Flag(bool),
    /// A whole number from 0.
    Count(u64),
    /// A text.
    Text(Cow<'a, str>),
    /// A day.
    Day(Day),
    /// A list of texts.
    List(Vec<Cell<'a>>),
    /// Values, each by a key.
    Map(Vec<(Cow<'a, str>, Cell<'a>)>),
    /// Any other number: negative, or with a fraction.
    Number,
    /// Anything else.
    Object,
}

impl Cell<'_> {
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Takes another value. (Nearly all cells own nothing: to drop each of them would take a thirtieth of the time of reading.)
    pub(crate) fn put(&mut self, value: Self) {
        match std::mem::replace(self, value) {
            old @ (Self::Text(Cow::Owned(_)) | Self::List(_) | Self::Map(_)) => drop(old),
            old => std::mem::forget(old),
        }
    }
}

/// A handle on a row of [`Rows<T>`]. It is good only with the register that gave it.
pub(crate) struct Id<T> {
    number: NonZeroU32,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    pub(crate) fn new(number: NonZeroU32) -> Self {
        Self { number, of: PhantomData }
    }

    pub(crate) fn number(self) -> NonZeroU32 {
        self.number
    }

    /// The position of the row, from 0.
    pub(crate) fn row(self) -> usize {
        self.number.get() as usize - 1
    }

    pub(crate) fn at(row: usize) -> Self {
        let number = u32::try_from(row).unwrap_or(u32::MAX - 1).saturating_add(1);
        Self::new(NonZeroU32::new(number).unwrap_or(NonZeroU32::MAX))
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.number.cmp(&other.number)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.row())
    }
}

/// One value for each row of `K`: the rows themselves, or a column of an index. The one place with indexing.
pub(crate) struct Rows<K, V = K> {
    values: Vec<V>,
    of: PhantomData<fn() -> K>,
}

impl<K, V> Default for Rows<K, V> {
    fn default() -> Self {
        Self { values: Vec::new(), of: PhantomData }
    }
}

impl<K, V> Rows<K, V> {
    pub(crate) fn filled(len: usize, value: V) -> Self
    where
        V: Clone,
    {
        Self { values: vec![value; len], of: PhantomData }
    }

    pub(crate) fn push(&mut self, value: V) -> Id<K> {
        self.values.push(value);
        Id::at(self.values.len() - 1)
    }

    /// Takes the last row back.
    pub(crate) fn pop(&mut self) -> Option<V> {
        self.values.pop()
    }

    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    pub(crate) fn try_get(&self, row: usize) -> Option<&V> {
        self.values.get(row)
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (Id<K>, &V)> + ExactSizeIterator {
        self.values.iter().enumerate().map(|(row, value)| (Id::at(row), value))
    }

    pub(crate) fn ids(&self) -> impl DoubleEndedIterator<Item = Id<K>> + use<K, V> {
        (0..self.values.len()).map(Id::at)
    }
}

impl<K, V> std::ops::Index<Id<K>> for Rows<K, V> {
    type Output = V;

    #[expect(clippy::indexing_slicing, reason = "a handle is made from a row of the same register")]
    fn index(&self, id: Id<K>) -> &V {
        &self.values[id.row()]
    }
}

impl<K, V> std::ops::IndexMut<Id<K>> for Rows<K, V> {
    #[expect(clippy::indexing_slicing, reason = "a handle is made from a row of the same register")]
    fn index_mut(&mut self, id: Id<K>) -> &mut V {
        &mut self.values[id.row()]
    }
}

impl<K, V: Clone> Clone for Rows<K, V> {
    fn clone(&self) -> Self {
        Self { values: self.values.clone(), of: PhantomData }
    }
}

/// The entries of each owner, in row order: a head for each owner, a next for each entry. The one kind of index.
pub(crate) struct Chain<O, E> {
    head: Rows<O, Option<Id<E>>>,
    next: Rows<E, Option<Id<E>>>,
}

impl<O, E> Clone for Chain<O, E> {
    fn clone(&self) -> Self {
        Self { head: self.head.clone(), next: self.next.clone() }
    }
}

impl<O, E> Chain<O, E> {
    /// `owner` names the owner of each entry, if it has one.
    pub(crate) fn new<V>(owners: usize, entries: &Rows<E, V>, owner: impl Fn(&V) -> Option<Id<O>>) -> Self {
        let mut chain = Self { head: Rows::filled(owners, None), next: Rows::filled(entries.len(), None) };
        for (id, entry) in entries.iter().rev() {
            if let Some(owner) = owner(entry) {
                chain.next[id] = chain.head[owner].replace(id);
            }
        }
        chain
    }

    /// Makes room for one more owner, or takes back that of the last.
    pub(crate) fn grow(&mut self, on: bool) {
        if on {
            self.head.push(None);
        } else {
            self.head.pop();
        }
    }

    /// Puts an entry among those of its owner, in row order.
    pub(crate) fn add(&mut self, owner: Option<Id<O>>, entry: Id<E>) {
        while self.next.len() <= entry.row() {
            self.next.push(None);
        }
        let Some(owner) = owner else { return };
        let before = self.of(owner).take_while(|&other| other < entry).last();
        let link = match before {
            Some(before) => &mut self.next[before],
            None => &mut self.head[owner],
        };
        let after = link.replace(entry);
        self.next[entry] = after;
    }

    /// Takes an entry from among those of its owner.
    pub(crate) fn remove(&mut self, owner: Option<Id<O>>, entry: Id<E>) {
        let Some(owner) = owner else { return };
        let before = self.of(owner).take_while(|&other| other != entry).last();
        let after = self.next[entry].take();
        match before {
            Some(before) => self.next[before] = after,
            None => self.head[owner] = after,
        }
    }

    /// Puts an entry in, or takes it out.
    pub(crate) fn set(&mut self, owner: Option<Id<O>>, entry: Id<E>, on: bool) {
        if on {
            self.add(owner, entry);
        } else {
            self.remove(owner, entry);
        }
    }

    /// How many entries an owner has.
    pub(crate) fn count(&self, owner: Id<O>) -> usize {
        self.of(owner).count()
    }

    pub(crate) fn of(&self, owner: Id<O>) -> impl Iterator<Item = Id<E>> + '_ {
        std::iter::successors(self.head[owner], |&id| self.next[id])
    }
}

/// A text in the arena of its register; an empty one does not exist.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) offset: u32,
    pub(crate) length: NonZeroU32,
}

impl Text {
    pub(crate) fn of(self, arena: &str) -> &str {
        let from = self.offset as usize;
        arena.get(from..from + self.length.get() as usize).unwrap_or_default()
    }

    pub(crate) fn is(self, arena: &str, text: &str) -> bool {
        self.length.get() as usize == text.len() && self.of(arena) == text
    }
}

/// An open word, interned: a kind of position, organisation, body, decision ...
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Word(pub(crate) NonZeroU16);

impl Word {
    pub(crate) fn number(self) -> usize {
        usize::from(self.0.get())
    }
}

/// Some handles or words in the pool of their register.
pub(crate) struct List<T> {
    pub(crate) offset: u32,
    pub(crate) length: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for List<T> {}

impl<T> List<T> {
    pub(crate) fn new(offset: u32, length: u32) -> Self {
        Self { offset, length, of: PhantomData }
    }

    pub(crate) fn is_empty(self) -> bool {
        self.length == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_small() {
        assert_eq!(size_of::<Option<Id<u8>>>(), 4);
        assert_eq!(size_of::<Option<Text>>(), 8);
        assert_eq!(size_of::<Option<Word>>(), 2);
    }

    #[test]
    fn a_chain_lists_entries_in_row_order() {
        let mut rows: Rows<u8, usize> = Rows::default();
        for owner in [1, 0, 1, 1] {
            rows.push(owner);
        }
        let chain: Chain<u16, u8> = Chain::new(3, &rows, |&owner| (owner > 0).then(|| Id::at(owner)));
        assert_eq!(chain.of(Id::at(1)).map(Id::row).collect::<Vec<_>>(), [0, 2, 3]);
        assert_eq!(chain.of(Id::at(0)).count(), 0);
    }

    #[test]
    fn a_chain_is_edited_in_row_order() {
        let mut chain: Chain<u16, u8> = Chain::new(1, &Rows::<u8, usize>::default(), |_| None);
        let rows = |chain: &Chain<u16, u8>| chain.of(Id::at(0)).map(Id::row).collect::<Vec<_>>();
        for entry in [3, 0, 2] {
            chain.add(Some(Id::at(0)), Id::at(entry));
        }
        assert_eq!(rows(&chain), [0, 2, 3]);
        chain.remove(Some(Id::at(0)), Id::at(2));
        assert_eq!(rows(&chain), [0, 3]);
        chain.remove(Some(Id::at(0)), Id::at(0));
        chain.add(Some(Id::at(0)), Id::at(1));
        assert_eq!(rows(&chain), [1, 3]);
    }
}
