//! A *key* finds a row by its text: one open-addressing table of row numbers; the texts stay where they are.

use std::hash::{BuildHasher, RandomState};

/// A row and half of the hash of its text, so that a look at a wrong slot need not fetch the row and its text.
#[derive(Clone, Copy)]
struct Slot {
    hash: u32,
    row: u32,
}

const EMPTY: u32 = u32::MAX;

/// Row numbers by the hash of their text. The hash is keyed, so a document cannot be made to collide.
#[derive(Clone, Default)]
pub(crate) struct Keys {
    slots: Vec<Slot>,
    len: usize,
    state: RandomState,
}

impl Keys {
    /// The row with this text; `is_it` compares.
    pub(crate) fn find(&self, text: &str, is_it: impl Fn(usize) -> bool) -> Option<usize> {
        self.search(self.hash(text), is_it).err()
    }

    /// Enters a row with this text; gives the row that has it already, if one has, and enters nothing then.
    pub(crate) fn enter(&mut self, text: &str, row: usize, is_it: impl Fn(usize) -> bool) -> Option<usize> {
        if (self.len + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let hash = self.hash(text);
        match self.search(hash, is_it) {
            Err(taken) => Some(taken),
            Ok(free) => {
                if let Some(slot) = self.slots.get_mut(free) {
                    *slot = Slot { hash, row: u32::try_from(row).unwrap_or(EMPTY - 1) };
                    self.len += 1;
                }
                None
            }
        }
    }

    /// Takes out the row with this text.
    pub(crate) fn remove(&mut self, text: &str, is_it: impl Fn(usize) -> bool) {
        let mask = self.slots.len().wrapping_sub(1);
        let hash = self.hash(text);
        let mut hole = hash as usize & mask;
        loop {
            match self.slots.get(hole) {
                Some(slot) if slot.row == EMPTY => return,
                Some(slot) if slot.hash == hash && is_it(slot.row as usize) => break,
                Some(_) => hole = (hole + 1) & mask,
                None => return,
            }
        }
        self.len -= 1;
        // Those behind it that would not be found over a hole move up.
        let mut at = hole;
        loop {
            at = (at + 1) & mask;
            let Some(&slot) = self.slots.get(at).filter(|slot| slot.row != EMPTY) else { break };
            let wanted = slot.hash as usize & mask;
            if (at.wrapping_sub(wanted) & mask) >= (at.wrapping_sub(hole) & mask) {
                if let Some(place) = self.slots.get_mut(hole) {
                    *place = slot;
                }
                hole = at;
            }
        }
        if let Some(place) = self.slots.get_mut(hole) {
            place.row = EMPTY;
        }
    }

    /// The free slot where a text of this hash belongs, or else the row that has the text.
    fn search(&self, hash: u32, is_it: impl Fn(usize) -> bool) -> Result<usize, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(slot) = self.slots.get(at) {
            if slot.row == EMPTY {
                break;
            }
            if slot.hash == hash && is_it(slot.row as usize) {
                return Err(slot.row as usize);
            }
            at = (at + 1) & mask;
        }
        Ok(at)
    }

    fn grow(&mut self) {
        let free = Slot { hash: 0, row: EMPTY };
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![free; (old.len() * 2).max(16)];
        for slot in old.into_iter().filter(|slot| slot.row != EMPTY) {
            if let Ok(at) = self.search(slot.hash, |_| false)
                && let Some(place) = self.slots.get_mut(at)
            {
                *place = slot;
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "half of a hash is wanted")]
    fn hash(&self, text: &str) -> u32 {
        self.state.hash_one(text) as u32
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
        for (row, text) in texts.iter().enumerate() {
            assert_eq!(keys.enter(text, row, |other| texts[other] == *text), None);
        }
        for (row, text) in texts.iter().enumerate() {
            assert_eq!(keys.find(text, |row| texts[row] == *text), Some(row));
            assert_eq!(keys.enter(text, 7, |row| texts[row] == *text), Some(row));
        }
        assert_eq!(keys.find("other", |row| texts[row] == "other"), None);
        for (row, text) in texts.iter().enumerate().filter(|(row, _)| row % 3 != 1) {
            keys.remove(text, |other| other == row);
        }
        for (row, text) in texts.iter().enumerate() {
            assert_eq!(keys.find(text, |row| texts[row] == *text), (row % 3 == 1).then_some(row));
        }
    }
}
