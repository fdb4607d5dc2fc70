//! What the directory's tests begin with: two numbers, settings, time as seconds.

use std::time::Duration;

use clientsvia_telephony::directory::{Directory, Settings, Tick, ticks};

pub(crate) const A: u64 = 12_395_551_212;
pub(crate) const B: u64 = 12_395_551_213;

pub(crate) fn directory(miss_capacity: usize) -> Directory<&'static str> {
    Directory::new(Settings {
        miss_capacity,
        ..SETTINGS
    })
}

pub(crate) const SETTINGS: Settings = Settings {
    lifetime: Duration::from_secs(100),
    jitter: Duration::ZERO,
    seed: 0,
    miss_lifetime: Duration::from_secs(10),
    miss_capacity: 10,
    lease: Duration::from_secs(5),
    loads: 3,
};

pub(crate) fn at(seconds: u64) -> Tick {
    ticks(Duration::from_secs(seconds))
}

/// Puts the same value in for each number.
pub(crate) fn put<V: Clone>(
    directory: &mut Directory<V>,
    owner: &str,
    value: V,
    numbers: &[u64],
    now: Tick,
) -> Vec<V> {
    let values = numbers.iter().map(|number| (*number, value.clone()));
    directory.replace(owner, values, now)
}
