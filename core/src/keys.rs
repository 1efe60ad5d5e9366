//! A *key* finds a row by its text: one open-addressing table of row numbers; the texts stay where they are.

use std::hash::{BuildHasher, RandomState};

const EMPTY: u32 = u32::MAX;

/// Row numbers by the hash of their text. The hash is keyed, so a document cannot be made to collide.
#[derive(Default)]
pub(crate) struct Keys {
    slots: Vec<u32>,
    len: usize,
    state: RandomState,
}

impl Keys {
    /// The row whose text `is_it`, among those that hash like `text`.
    pub(crate) fn find(&self, text: &str, is_it: impl Fn(usize) -> bool) -> Option<usize> {
        let mut slot = self.start(text)?;
        loop {
            match *self.slots.get(slot)? {
                EMPTY => return None,
                row if is_it(row as usize) => return Some(row as usize),
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// Adds a row whose text is not there yet. `text` gives the text of any row.
    pub(crate) fn insert<'t>(&mut self, row: usize, text: impl Fn(usize) -> &'t str) {
        if (self.len + 1) * 4 > self.slots.len() * 3 {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![EMPTY; (old.len() * 2).max(16)];
            for row in old.into_iter().filter(|&row| row != EMPTY) {
                self.place(row, text(row as usize));
            }
        }
        self.place(u32::try_from(row).unwrap_or(EMPTY - 1), text(row));
        self.len += 1;
    }

    fn place(&mut self, row: u32, text: &str) {
        let mask = self.slots.len() - 1;
        let Some(mut slot) = self.start(text) else { return };
        while let Some(entry) = self.slots.get_mut(slot) {
            if *entry == EMPTY {
                *entry = row;
                return;
            }
            slot = (slot + 1) & mask;
        }
    }

    fn start(&self, text: &str) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        #[expect(clippy::cast_possible_truncation, reason = "the low bits are what is wanted")]
        Some(self.state.hash_one(text) as usize & mask)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_inserted() {
        let texts: Vec<String> = (0..1000).map(|n| format!("k{n}")).collect();
        let mut keys = Keys::default();
        assert_eq!(keys.find("k1", |_| true), None);
        for row in 0..texts.len() {
            keys.insert(row, |row| &texts[row]);
        }
        for (row, text) in texts.iter().enumerate() {
            assert_eq!(keys.find(text, |row| texts[row] == *text), Some(row));
        }
        assert_eq!(keys.find("other", |row| texts[row] == "other"), None);
    }
}
