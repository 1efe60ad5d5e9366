//! Mixing: numbers that look random and are the same on every machine.

/// A well-mixed number for the `n`-th draw of a seed (the finaliser of `SplitMix64`).
pub(crate) fn mix(seed: u64, n: u64) -> u64 {
    let mut x = (seed ^ n.wrapping_mul(0xd134_2543_de82_ef95)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The seed of a text (FNV-1a), so that what a thing looks like hangs on its id and not on its place.
pub(crate) fn seed(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A number below `bound` (0 if `bound` is 0) from a mixed one.
pub(crate) fn below(mixed: u64, bound: u32) -> u32 {
    let scaled = (mixed >> 32) * u64::from(bound);
    u32::try_from(scaled >> 32).unwrap_or_default()
}

/// An entry of a list that is not empty.
pub(crate) fn one_of<T: Copy + Default>(mixed: u64, list: &[T]) -> T {
    let bound = u32::try_from(list.len()).unwrap_or(u32::MAX);
    list.get(below(mixed, bound) as usize).copied().unwrap_or_default()
}

/// Parts, each in `least..=most`, that add up to `total`, if that is possible.
pub(crate) fn spread(total: usize, parts: usize, least: usize, most: usize, seed: u64) -> Vec<usize> {
    let mut values = vec![least; parts];
    let mut left = total.saturating_sub(least * parts).min(most.saturating_sub(least) * parts);
    let bound = u32::try_from(parts).unwrap_or(u32::MAX);
    let mut draw = 0;
    while left > 0 {
        if let Some(value) = values.get_mut(below(mix(seed, draw), bound) as usize)
            && *value < most
        {
            *value += 1;
            left -= 1;
        }
        draw += 1;
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreads_exactly() {
        for (total, parts, least, most) in [(357, 12, 22, 40), (12, 4, 3, 3), (0, 0, 1, 2), (100, 10, 3, 30)]
        {
            let values = spread(total, parts, least, most, 7);
            assert_eq!(values.len(), parts);
            assert_eq!(values.iter().sum::<usize>(), total);
            assert!(values.iter().all(|value| (least..=most).contains(value)));
        }
    }

    #[test]
    fn stays_below() {
        assert!((0..1000).all(|n| below(mix(1, n), 7) < 7));
        assert_eq!(one_of(u64::MAX, &["a", "b"]), "b");
    }
}
