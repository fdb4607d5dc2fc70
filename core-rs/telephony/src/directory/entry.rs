//! What is held for one number.

use std::num::NonZeroU64;

use super::{SPREAD, Tick};

/// The bits an E.164 number of 15 digits takes; those above hold the generation.
const NUMBER_BITS: u32 = 50;
const NUMBER: u64 = (1 << NUMBER_BITS) - 1;
const LARGEST: u64 = 999_999_999_999_999;

/// One number: whose it is, until when that is believed, and the owner's value right here.
///
/// PERF: 24 bytes with the value among them: a lookup touches one line of memory and the value,
/// which at a million numbers is the whole of its time.
pub(super) struct Entry<V> {
    word: NonZeroU64,
    pub(super) value: V,
    pub(super) owner: u32,
    pub(super) until: Tick,
}

/// How often everything was flushed, in the 14 bits that an entry has for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Generation(u16);

impl Generation {
    pub(super) const fn next(self) -> Self {
        Self((self.0 + 1) % (1 << (u64::BITS - NUMBER_BITS)))
    }
}

impl<V> Entry<V> {
    pub(super) fn new(
        number: u64,
        generation: Generation,
        value: V,
        owner: u32,
        until: Tick,
    ) -> Self {
        let word = number & NUMBER | u64::from(generation.0) << NUMBER_BITS;
        Self {
            word: NonZeroU64::new(word).unwrap_or(NonZeroU64::MIN),
            value,
            owner,
            until,
        }
    }

    #[inline]
    pub(super) const fn number(&self) -> u64 {
        self.word.get() & NUMBER
    }

    #[inline]
    pub(super) const fn is_of(&self, number: u64) -> bool {
        self.number() == number
    }

    #[inline]
    pub(super) fn is_fresh(&self, generation: Generation, now: Tick) -> bool {
        self.word.get() >> NUMBER_BITS == u64::from(generation.0) && now < self.until
    }
}

/// Whether a number has 1 to 15 digits.
pub(super) fn is_number(number: u64) -> bool {
    (1..=LARGEST).contains(&number)
}

/// A number's hash, spread over all bits.
#[inline]
pub(super) const fn hash(number: u64) -> u64 {
    number.wrapping_mul(SPREAD)
}
