//! What goes into a directory and what comes out.

use std::time::Duration;

/// How long things are believed, and how much is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How long an owner is believed at most after it was put in.
    pub lifetime: Duration,
    /// By how much a number's lifetime may be shorter, so that not all end at once. How much it
    /// is follows from the number and the seed.
    pub jitter: Duration,
    /// What the jitter follows from, besides the number.
    pub seed: u64,
    /// How long a number nobody has is believed to have nobody.
    pub miss_lifetime: Duration,
    /// The most misses remembered; older ones are forgotten first.
    pub miss_capacity: usize,
    /// How long a claimed load may take before another is granted.
    pub lease: Duration,
    /// The most loads under way at once.
    pub loads: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lifetime: Duration::from_secs(300),
            jitter: Duration::from_secs(30),
            seed: 0,
            miss_lifetime: Duration::from_secs(30),
            miss_capacity: 100_000,
            lease: Duration::from_secs(5),
            loads: 64,
        }
    }
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
    /// Lookups whose value was too old, flushed or invalidated.
    pub expired: u64,
    /// Values given out although they may have been so.
    pub stale: u64,
    /// Loads granted.
    pub loads: u64,
    /// Loads not granted because one of the number was under way.
    pub joined: u64,
    /// Loads not granted because too many were under way.
    pub refused: u64,
    /// Numbers with an owner.
    pub numbers: u64,
    /// Owners.
    pub owners: u64,
    /// Misses remembered.
    pub remembered: u64,
    /// Loads under way.
    pub loading: u64,
}
