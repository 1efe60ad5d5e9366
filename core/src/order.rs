//! Putting things in order. The standard library compiles each of its sorts anew, some twenty kilobytes of WebAssembly for a
//! dozen of them; here all share one routine over positions.

use std::cmp::Ordering;

/// Sorts by `compare`; what compares equal keeps its order.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut order = positions(items.len(), &mut |a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    arrange(&mut order, &mut |a, b| items.swap(a, b));
}

/// Lets `swap` bring to each place what stands at the position that `order` names for it.
fn arrange(order: &mut [u32], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        // Around a circle of places, each takes what the next one has; a place that is done names itself.
        let mut place = start;
        while let Some(slot) = order.get_mut(place) {
            let from = std::mem::replace(slot, u32::try_from(place).unwrap_or(u32::MAX)) as usize;
            if from == start || from == place {
                break;
            }
            swap(place, from);
            place = from;
        }
    }
}

/// Sorts by the natural order.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts a few items in place without a copy; many as [`sort`] does.
pub(crate) fn sort_few<T: Ord + Copy>(items: &mut [T]) {
    if items.len() > 32 {
        return sort(items);
    }
    for end in 1..items.len() {
        let mut at = end;
        while at > 0 && items.get(at - 1) > items.get(at) {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// The positions 0 to `len` in the order of `compare`: a merge sort from the bottom up.
fn positions(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..u32::try_from(len).unwrap_or(u32::MAX)).collect();
    let mut merged = Vec::with_capacity(len);
    let mut width = 1;
    while width < len {
        for pair in order.chunks(width * 2) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some((&a, rest)), Some((&b, others))) = (left.split_first(), right.split_first()) {
                if compare(a as usize, b as usize).is_le() {
                    merged.push(a);
                    left = rest;
                } else {
                    merged.push(b);
                    right = others;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut order, &mut merged);
        merged.clear();
        width *= 2;
    }
    order
}

/// Sorts by a key without comparing, a byte a pass; what is equal keeps its order.
#[expect(clippy::cast_possible_truncation, reason = "a byte is wanted")]
pub(crate) fn sort_by_bytes<T: Copy>(items: &mut Vec<T>, key: impl Fn(&T) -> u64) {
    let mut out = items.clone();
    for byte in 0..8 {
        let digit = |item: &T| (key(item) >> (byte * 8)) as usize & 0xFF;
        let mut ends = [0_usize; 256];
        for item in items.iter() {
            if let Some(end) = ends.get_mut(digit(item)) {
                *end += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += std::mem::replace(end, sum);
        }
        for item in items.iter() {
            if let Some(slot) = ends.get_mut(digit(item)) {
                if let Some(place) = out.get_mut(*slot) {
                    *place = *item;
                }
                *slot += 1;
            }
        }
        std::mem::swap(items, &mut out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(items in proptest::collection::vec(0..50_u64, 0..200)) {
            let keyed: Vec<_> = items.iter().copied().zip(0..).collect();
            let mut expected = keyed.clone();
            expected.sort_by_key(|&(key, _)| key);
            let mut sorted = keyed.clone();
            sort_by(&mut sorted, |a, b| a.0.cmp(&b.0));
            prop_assert_eq!(&sorted, &expected);
            let spread = |key: u64| key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let mut hashed: Vec<(u64, usize)> = keyed.iter().map(|&(key, n)| (spread(key), n)).collect();
            let mut by_hash = hashed.clone();
            by_hash.sort_by_key(|&(key, _)| key);
            sort_by_bytes(&mut hashed, |item| item.0);
            prop_assert_eq!(hashed, by_hash);
            let mut few = items.clone();
            sort_few(&mut few);
            prop_assert!(few.is_sorted() && few.len() == items.len());
        }
    }
}
