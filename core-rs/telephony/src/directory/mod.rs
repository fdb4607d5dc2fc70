//! Who a called number belongs to: numbers to owners, with lifetimes and remembered misses.
//!
//! Time is passed in, as the span since any fixed moment, so that every rule can be tried
//! without waiting.

mod misses;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rustc_hash::FxHashMap;

use misses::Misses;

/// How long things are believed, and how many misses are remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How long an owner is believed after it was put in.
    pub lifetime: Duration,
    /// How long a number nobody has is believed to have nobody.
    pub miss_lifetime: Duration,
    /// The most misses remembered; older ones are forgotten first.
    pub miss_capacity: usize,
}

/// What is known of a number.
#[derive(Debug, PartialEq, Eq)]
pub enum Lookup<'a, V> {
    /// Its owner's value.
    Found(&'a V),
    /// Nobody has it, as was learnt a short while ago.
    Missing,
    /// Nothing, or nothing fresh: ask the store.
    Unknown,
}

/// Counters since the start, and sizes now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Lookups answered with a value.
    pub hits: u64,
    /// Lookups answered with a remembered miss.
    pub missing: u64,
    /// Lookups that knew nothing.
    pub unknown: u64,
    /// Lookups whose value was too old or invalidated.
    pub expired: u64,
    /// Numbers with an owner.
    pub numbers: u64,
    /// Owners.
    pub owners: u64,
    /// Misses remembered.
    pub remembered: u64,
}

struct Owner<V> {
    value: V,
    numbers: Vec<u64>,
    fresh_until: Duration,
}

#[derive(Default)]
struct Counters {
    hits: AtomicU64,
    missing: AtomicU64,
    unknown: AtomicU64,
    expired: AtomicU64,
}

/// Numbers to owners; see the module.
pub struct Directory<V> {
    settings: Settings,
    slots: FxHashMap<u64, usize>,
    owners: Vec<Option<Owner<V>>>,
    free: Vec<usize>,
    names: FxHashMap<Box<str>, usize>,
    misses: Misses,
    counters: Counters,
}

impl<V> Directory<V> {
    /// An empty directory.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            slots: FxHashMap::default(),
            owners: Vec::new(),
            free: Vec::new(),
            names: FxHashMap::default(),
            misses: Misses::new(settings.miss_capacity),
            counters: Counters::default(),
        }
    }

    /// What is known of a number.
    #[must_use]
    pub fn get(&self, number: u64, now: Duration) -> Lookup<'_, V> {
        let (counter, lookup) = match self.owner_of(number) {
            Some(owner) if now < owner.fresh_until => {
                (&self.counters.hits, Lookup::Found(&owner.value))
            }
            Some(_) => (&self.counters.expired, Lookup::Unknown),
            None if self.misses.holds(number, now) => (&self.counters.missing, Lookup::Missing),
            None => (&self.counters.unknown, Lookup::Unknown),
        };
        counter.fetch_add(1, Ordering::Relaxed);
        lookup
    }

    /// The last value known of a number's owner, however old, even if invalidated.
    #[must_use]
    pub fn stale(&self, number: u64) -> Option<&V> {
        self.owner_of(number).map(|owner| &owner.value)
    }

    /// Puts an owner in with all its numbers, in place of what was there.
    ///
    /// A number another owner had moves. Without numbers the owner is forgotten. What was
    /// replaced is handed back, for the caller to drop once no lock is held.
    pub fn replace(&mut self, name: &str, value: V, numbers: &[u64], now: Duration) -> Option<V> {
        let old = self.remove(name);
        if numbers.is_empty() {
            return old.or(Some(value));
        }
        let slot = self.free.pop().unwrap_or(self.owners.len());
        let mut numbers = numbers.to_vec();
        numbers.sort_unstable();
        numbers.dedup();
        for &number in &numbers {
            self.misses.forget(number);
            if let Some(other) = self.slots.insert(number, slot) {
                self.take_from(other, number);
            }
        }
        let owner = Owner {
            value,
            numbers,
            fresh_until: now.saturating_add(self.settings.lifetime),
        };
        self.names.insert(name.into(), slot);
        if slot == self.owners.len() {
            self.owners.push(Some(owner));
        } else {
            self.owners[slot] = Some(owner);
        }
        old
    }

    /// Remembers that nobody has a number. An owner's number stays the owner's.
    pub fn remember_miss(&mut self, number: u64, now: Duration) {
        if !self.slots.contains_key(&number) {
            let until = now.saturating_add(self.settings.miss_lifetime);
            self.misses.remember(number, until);
        }
    }

    /// Stops believing an owner, at once and for all its numbers; whether it was known.
    pub fn invalidate(&mut self, name: &str) -> bool {
        let slot = self.names.get(name);
        let owner = slot.and_then(|&slot| self.owners[slot].as_mut());
        owner.is_some_and(|owner| {
            owner.fresh_until = Duration::ZERO;
            true
        })
    }

    /// Forgets everything but the counters; the values are handed back as by
    /// [`Directory::replace`].
    pub fn clear(&mut self) -> Vec<V> {
        self.slots.clear();
        self.names.clear();
        self.free.clear();
        self.misses.clear();
        let owners = std::mem::take(&mut self.owners);
        owners
            .into_iter()
            .flatten()
            .map(|owner| owner.value)
            .collect()
    }

    /// Counters and sizes.
    #[must_use]
    pub fn stats(&self) -> Stats {
        Stats {
            hits: self.counters.hits.load(Ordering::Relaxed),
            missing: self.counters.missing.load(Ordering::Relaxed),
            unknown: self.counters.unknown.load(Ordering::Relaxed),
            expired: self.counters.expired.load(Ordering::Relaxed),
            numbers: self.slots.len() as u64,
            owners: self.names.len() as u64,
            remembered: self.misses.len() as u64,
        }
    }

    /// How many numbers have an owner.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether no number has an owner.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    fn owner_of(&self, number: u64) -> Option<&Owner<V>> {
        self.owners[*self.slots.get(&number)?].as_ref()
    }

    fn remove(&mut self, name: &str) -> Option<V> {
        let slot = self.names.remove(name)?;
        let owner = self.owners[slot].take()?;
        self.free.push(slot);
        for number in &owner.numbers {
            self.slots.remove(number);
        }
        Some(owner.value)
    }

    /// An owner that loses its last number stays known by name, for its next numbers.
    fn take_from(&mut self, slot: usize, number: u64) {
        if let Some(owner) = &mut self.owners[slot] {
            owner.numbers.retain(|other| *other != number);
        }
    }
}
