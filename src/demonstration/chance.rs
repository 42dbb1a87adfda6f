//! Chance, from a seed: choices by weight and waits with a long tail. Nothing here can panic,
//! whatever the weights.

use chrono::TimeDelta;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A source of chance. Each case has a stream of its own, so that a change to how one is told
/// leaves the others as they are.
#[derive(Debug)]
pub(super) struct Chance(ChaCha8Rng);

/// A wait as they usually are: log-normal, many short and a few very long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wait {
    /// The median, in days.
    median: f64,
    /// The standard deviation of the logarithm.
    spread: f64,
}

/// A wait with this median in days and this spread of its logarithm.
pub(super) const fn wait(median: f64, spread: f64) -> Wait {
    Wait { median, spread }
}

impl Wait {
    /// The same wait where things take so many times as long.
    pub fn times(self, pace: f64) -> Self {
        Self { median: self.median * pace, ..self }
    }
}

/// How many standard deviations a wait may lie from its median. Beyond, it would be a freak.
const FURTHEST: f64 = 2.5;

impl Chance {
    /// The chance of a seed and a stream.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut source = ChaCha8Rng::seed_from_u64(seed);
        source.set_stream(stream);
        Self(source)
    }

    /// Yes in so many cases of a hundred.
    pub fn yes(&mut self, per_cent: u32) -> bool {
        self.0.random_range(0..100) < per_cent
    }

    /// A number between two, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        if low < high { self.0.random_range(low..=high) } else { low }
    }

    /// A fraction from 0 up to 1.
    pub fn fraction(&mut self) -> f64 {
        self.0.random()
    }

    /// One of several, each as likely as the others.
    pub fn pick<T: Copy, const N: usize>(&mut self, choices: &[T; N]) -> T {
        const { assert!(N > 0, "there is something to pick from") };
        choices[self.0.random_range(0..N)]
    }

    /// One of several by weight.
    pub fn weigh<T: Copy, const N: usize>(&mut self, choices: &[(u32, T); N]) -> T {
        const { assert!(N > 0, "there is something to weigh") };
        self.weigh_any(choices).unwrap_or(choices[0].1)
    }

    /// One of a list of any length by weight; `None` where nothing in it has any.
    pub fn weigh_any<T: Copy>(&mut self, choices: &[(u32, T)]) -> Option<T> {
        let total: u32 = choices.iter().map(|(weight, _)| weight).sum();
        if total == 0 {
            return None;
        }
        let mut left = self.0.random_range(0..total);
        for (weight, choice) in choices {
            if left < *weight {
                return Some(*choice);
            }
            left -= weight;
        }
        None
    }

    /// Bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes);
        bytes
    }

    /// Puts a list into any order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        list.shuffle(&mut self.0);
    }

    /// How long a wait takes this time: at least a minute, in whole minutes.
    pub fn lasts(&mut self, wait: Wait) -> TimeDelta {
        let days = wait.median * (wait.spread * self.normal().clamp(-FURTHEST, FURTHEST)).exp();
        #[expect(clippy::cast_possible_truncation, reason = "a float as an integer saturates, and is cut next")]
        let minutes = (days * 24.0 * 60.0) as i64;
        TimeDelta::minutes(minutes.clamp(1, 20 * 366 * 24 * 60))
    }

    /// The standard normal distribution (Box and Muller 1958).
    fn normal(&mut self) -> f64 {
        let (u, v) = (1.0 - self.fraction(), self.fraction());
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }
}

/// Deals out exactly so many of each as its share of a hundred asks for, the first taking what
/// rounding leaves over, in any order.
pub(super) fn deal<T: Copy, const N: usize>(
    chance: &mut Chance,
    number: usize,
    first: T,
    others: [(usize, T); N],
) -> Vec<T> {
    let mut dealt = Vec::with_capacity(number);
    for (per_cent, other) in others {
        let quota = (number * per_cent + 50) / 100;
        dealt.extend(std::iter::repeat_n(other, quota.min(number - dealt.len())));
    }
    dealt.resize(number, first);
    chance.shuffle(&mut dealt);
    dealt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_weight_and_no_range_is_too_odd() {
        let mut chance = Chance::new(1, 1);
        assert_eq!(chance.weigh(&[(0, 'a'), (0, 'b')]), 'a');
        assert_eq!(chance.weigh_any::<char>(&[]), None);
        assert_eq!(chance.between(5, 2), 5);
        assert_eq!(chance.lasts(wait(f64::NAN, 1.0)), TimeDelta::minutes(1));
    }

    #[test]
    fn half_of_the_waits_are_shorter_than_the_median() {
        let mut chance = Chance::new(1, 1);
        let shorter = (0..1_000).filter(|_| chance.lasts(wait(9.0, 0.9)) < TimeDelta::days(9)).count();
        assert!((450..=550).contains(&shorter), "{shorter}");
    }

    #[test]
    fn quotas_are_dealt_exactly() {
        let dealt = deal(&mut Chance::new(1, 1), 200, 'a', [(10, 'b'), (3, 'c')]);
        let count = |letter| dealt.iter().filter(|dealt| **dealt == letter).count();
        assert_eq!((count('a'), count('b'), count('c')), (174, 20, 6));
        assert!(deal(&mut Chance::new(1, 1), 0, 'a', [(10, 'b')]).is_empty());
    }
}
