//! An *open word* names a kind that policy gives meaning to; a register numbers the words it meets.

use crate::keys::Keys;
use crate::table::{Text, Word};
use std::num::NonZeroU16;

/// The words of a register, in the order in which they were met.
#[derive(Clone, Default)]
pub(crate) struct Words {
    texts: Vec<Text>,
    keys: Keys,
}

impl Words {
    pub(crate) fn get(&self, word: Word) -> Option<Text> {
        self.texts.get(usize::from(word.0.get()) - 1).copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The text of each word, in order.
    pub(crate) fn texts(&self) -> impl Iterator<Item = Text> + '_ {
        self.texts.iter().copied()
    }

    pub(crate) fn find(&self, arena: &str, word: &str) -> Option<Word> {
        let row = self.keys.find(word, |row| self.texts.get(row).is_some_and(|text| text.is(arena, word)))?;
        Self::word(row)
    }

    /// Adds a word that `find` does not find; `text` is its place in the arena. Nothing if there are too many.
    pub(crate) fn add(&mut self, arena: &str, text: Text) -> Option<Word> {
        let word = Self::word(self.texts.len())?;
        self.keys.enter(text.of(arena), self.texts.len(), |_| false);
        self.texts.push(text);
        Some(word)
    }

    fn word(row: usize) -> Option<Word> {
        u16::try_from(row + 1).ok().and_then(NonZeroU16::new).map(Word)
    }
}
