//! Chance that is the same on every machine and in every run.

/// A sequence of numbers: SplitMix64, by Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
pub struct Dice(u64);

impl Dice {
    /// Those of the `number`th note.
    pub fn of(number: usize) -> Self {
        Dice(number as u64)
    }

    /// The next number, from 0 to `bound - 1`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % bound as u64).unwrap_or(0)
    }

    /// Whether something happens that happens `percent` times in a hundred.
    pub fn happens(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of some words.
    pub fn pick(&mut self, words: &[&'static str]) -> &'static str {
        let at = self.below(words.len().max(1));
        words.get(at).copied().unwrap_or_default()
    }
}
