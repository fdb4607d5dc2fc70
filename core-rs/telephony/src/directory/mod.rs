//! Who a called number belongs to: numbers to owners, with lifetimes and remembered misses.
//!
//! Time is passed in, in [`Tick`]s since any fixed moment, so that every rule can be tried
//! without waiting.

mod claims;
mod entry;
mod key;
mod misses;
mod owners;
mod table;
mod types;

use std::time::Duration;

pub use claims::Claim;
pub use key::key;
pub use types::{Lookup, Settings, Stats};

use claims::Claims;
use entry::{Entry, Generation, hash};
use misses::{Miss, Misses};
use owners::Owners;
use table::Table;

/// Time, in sixteenths of a second: fine enough for lifetimes, and 8 years fit in 32 bits.
pub type Tick = u32;

/// How many ticks are in a second.
pub const TICKS_A_SECOND: u32 = 16;

/// An odd number whose multiples fill all bits evenly (2⁶⁴ by the golden ratio).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Numbers to owners; see the module.
pub struct Directory<V> {
    lifetime: Tick,
    jitter: Tick,
    seed: u64,
    miss_lifetime: Tick,
    generation: Generation,
    numbers: Table<Entry<V>>,
    owners: Owners,
    misses: Misses,
    claims: Claims,
    counters: Stats,
}

impl<V> Directory<V> {
    /// An empty directory.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            lifetime: ticks(settings.lifetime),
            jitter: ticks(settings.jitter.min(settings.lifetime)),
            seed: settings.seed,
            miss_lifetime: ticks(settings.miss_lifetime),
            generation: Generation::default(),
            numbers: Table::new(),
            owners: Owners::new(),
            misses: Misses::new(settings.miss_capacity),
            claims: Claims::new(settings.loads, ticks(settings.lease)),
            counters: Stats::default(),
        }
    }

    /// What is known of a number.
    #[inline]
    pub fn get(&mut self, number: u64, now: Tick) -> Lookup<'_, V> {
        let Some(entry) = self.numbers.find(hash(number), |entry| entry.is_of(number)) else {
            return self.look_among_misses(number, now);
        };
        match self.numbers.at(entry) {
            Some(entry) if entry.is_fresh(self.generation, now) => {
                self.counters.hits += 1;
                Lookup::Found(&entry.value)
            }
            _ => {
                self.counters.expired += 1;
                Lookup::Unknown
            }
        }
    }

    fn look_among_misses(&mut self, number: u64, now: Tick) -> Lookup<'_, V> {
        let miss = self.misses.get(number);
        if miss.is_some_and(|miss| miss.generation == self.generation && now < miss.until) {
            self.counters.missing += 1;
            return Lookup::Missing;
        }
        self.counters.unknown += 1;
        Lookup::Unknown
    }

    /// The last value known of a number's owner, however old, even if flushed or invalidated.
    pub fn stale(&mut self, number: u64) -> Option<&V> {
        let at = self.place(number)?;
        self.counters.stale += 1;
        self.numbers.at(at).map(|entry| &entry.value)
    }

    /// Puts an owner in with all its numbers, in place of what was there; each number comes with
    /// the owner's value, or a reference to it.
    ///
    /// A number another owner had moves, and an owner without numbers is forgotten. What is no
    /// E.164 number is left out. The values that were replaced are handed back, for the caller to
    /// drop when it suits.
    pub fn replace(
        &mut self,
        name: &str,
        values: impl IntoIterator<Item = (u64, V)>,
        now: Tick,
    ) -> Vec<V> {
        let mut values: Vec<_> = values.into_iter().collect();
        values.retain(|(number, _)| entry::is_number(*number));
        let mut old = self.remove(name);
        let mut numbers: Vec<u64> = values.iter().map(|(number, _)| *number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        if numbers.is_empty() {
            return old;
        }
        let owner = self.owners.insert(name, numbers.into());
        for (number, value) in values {
            self.misses.forget(number);
            let until = self.end_of_life(number, now);
            let entry = Entry::new(number, self.generation, value, owner, until);
            old.extend(self.put(entry));
        }
        old
    }

    /// Remembers that nobody has a number. An owner's number stays the owner's.
    pub fn remember_miss(&mut self, number: u64, now: Tick) {
        if entry::is_number(number) && self.place(number).is_none() {
            let miss = Miss {
                until: now.saturating_add(self.miss_lifetime),
                generation: self.generation,
            };
            self.misses.remember(number, miss);
        }
    }

    /// Takes a number from whoever has it, for the store says that nobody does, and remembers so.
    /// The value is handed back as by [`Directory::replace`].
    pub fn vacate(&mut self, number: u64, now: Tick) -> Option<V> {
        let entry = self.place(number);
        let entry = entry.and_then(|at| self.numbers.remove(at, |entry| hash(entry.number())));
        if let Some(entry) = &entry {
            self.owners.take(entry.owner, number);
        }
        self.remember_miss(number, now);
        entry.map(|entry| entry.value)
    }

    /// Stops believing an owner, at once and for all its numbers; whether it was known.
    pub fn invalidate(&mut self, name: &str) -> bool {
        let Some(numbers) = self.owners.numbers(name) else {
            return false;
        };
        for &number in numbers {
            let at = self.numbers.find(hash(number), |entry| entry.is_of(number));
            if let Some(entry) = at.and_then(|at| self.numbers.at_mut(at)) {
                entry.until = 0;
            }
        }
        true
    }

    /// Stops believing everything, misses too, by one step of a counter.
    pub fn flush(&mut self) {
        self.generation = self.generation.next();
        if self.generation == Generation::default() {
            // Each 16,384th time the counter begins anew, and old entries would be believed.
            self.numbers.iter_mut().for_each(|entry| entry.until = 0);
            self.misses.clear();
        }
    }

    /// Forgets everything but the counters and the loads under way; the values are handed back
    /// as by [`Directory::replace`].
    pub fn clear(&mut self) -> Vec<V> {
        self.owners.clear();
        self.misses.clear();
        self.numbers.drain().map(|entry| entry.value).collect()
    }

    /// Asks to load a number from the store: granted to one at a time, until it is released or
    /// the lease is over, and to so many in all as the settings say.
    pub fn claim(&mut self, number: u64, now: Tick) -> Claim {
        let claim = self.claims.claim(number, now);
        match claim {
            Claim::Yours(_) => self.counters.loads += 1,
            Claim::Taken => self.counters.joined += 1,
            Claim::TooMany => self.counters.refused += 1,
        }
        claim
    }

    /// Ends a load, unless its lease ran out and somebody else has it by now.
    pub fn release(&mut self, number: u64, ticket: u64) {
        self.claims.release(number, ticket);
    }

    /// Counters and sizes.
    #[must_use]
    pub fn stats(&self) -> Stats {
        Stats {
            numbers: self.numbers.len() as u64,
            owners: self.owners.len() as u64,
            remembered: self.misses.len() as u64,
            loading: self.claims.len() as u64,
            ..self.counters
        }
    }

    /// The bytes that numbers and owners take, without what their values refer to.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.numbers.bytes() + self.owners.bytes()
    }

    /// How many numbers have an owner.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether no number has an owner.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.numbers.len() == 0
    }

    fn place(&self, number: u64) -> Option<usize> {
        self.numbers.find(hash(number), |entry| entry.is_of(number))
    }

    fn end_of_life(&self, number: u64, now: Tick) -> Tick {
        let share = hash(hash(number ^ self.seed)) >> 32;
        let earlier = (u64::from(self.jitter) * share) >> 32;
        let earlier = Tick::try_from(earlier).unwrap_or(self.jitter);
        now.saturating_add(self.lifetime - earlier)
    }

    /// Puts an entry in the place of the one with its number; the value that was there.
    fn put(&mut self, entry: Entry<V>) -> Option<V> {
        let number = entry.number();
        let place = self.place(number);
        let Some(known) = place.and_then(|at| self.numbers.at_mut(at)) else {
            self.numbers.insert(entry, |entry| hash(entry.number()));
            return None;
        };
        let (from, to) = (known.owner, entry.owner);
        let old = std::mem::replace(known, entry).value;
        if from != to {
            self.owners.take(from, number);
        }
        Some(old)
    }

    fn remove(&mut self, name: &str) -> Vec<V> {
        let Some(numbers) = self.owners.remove(name) else {
            return Vec::new();
        };
        let mut values = Vec::with_capacity(numbers.as_slice().len());
        for &number in numbers.as_slice() {
            let entry = self.place(number);
            let entry = entry.and_then(|at| self.numbers.remove(at, |entry| hash(entry.number())));
            values.extend(entry.map(|entry| entry.value));
        }
        values
    }
}

/// A span in ticks, rounded down.
#[must_use]
pub fn ticks(span: Duration) -> Tick {
    let sixteenths = span.as_millis() * u128::from(TICKS_A_SECOND) / 1000;
    Tick::try_from(sixteenths).unwrap_or(Tick::MAX)
}

/// Makes room for one more by an eighth: doubling would leave up to half of it empty.
fn grow_gently<T>(items: &mut Vec<T>) {
    if items.len() == items.capacity() {
        items.reserve_exact(items.len() / 8 + 4);
    }
}
