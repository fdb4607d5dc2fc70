//! The number directory's rules, without waiting.

use std::time::Duration;

use clientsvia_telephony::directory::{Directory, Lookup, Settings};

const A: u64 = 12_395_551_212;
const B: u64 = 12_395_551_213;

fn directory(miss_capacity: usize) -> Directory<&'static str> {
    Directory::new(Settings {
        lifetime: at(100),
        miss_lifetime: at(10),
        miss_capacity,
    })
}

const fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn a_value_is_believed_for_its_lifetime_and_kept_for_bad_days() {
    let mut directory = directory(10);
    directory.replace("smith", "v1", &[A, B], at(0));
    assert_eq!(directory.get(A, at(99)), Lookup::Found(&"v1"));
    assert_eq!(directory.get(A, at(100)), Lookup::Unknown);
    assert_eq!(directory.stale(A), Some(&"v1"));
    assert_eq!(directory.stale(7), None);
}

#[test]
fn replacing_an_owner_drops_the_numbers_it_no_longer_has() {
    let mut directory = directory(10);
    directory.replace("smith", "v1", &[A, B], at(0));
    assert_eq!(directory.replace("smith", "v2", &[B, B], at(1)), Some("v1"));
    assert_eq!(directory.get(A, at(2)), Lookup::Unknown);
    assert_eq!(directory.get(B, at(2)), Lookup::Found(&"v2"));
    assert_eq!(directory.len(), 1);
    assert_eq!(directory.replace("smith", "v3", &[], at(3)), Some("v2"));
    assert!(directory.is_empty());
    assert!(!directory.invalidate("smith"));
}

#[test]
fn a_number_moves_to_whoever_has_it_last() {
    let mut directory = directory(10);
    directory.replace("smith", "smith", &[A, B], at(0));
    directory.replace("jones", "jones", &[A], at(0));
    assert_eq!(directory.get(A, at(1)), Lookup::Found(&"jones"));
    directory.replace("smith", "smith", &[B], at(1));
    assert_eq!(directory.get(A, at(2)), Lookup::Found(&"jones"));
    assert_eq!(directory.get(B, at(2)), Lookup::Found(&"smith"));
}

#[test]
fn invalidating_an_owner_covers_all_its_numbers_at_once() {
    let mut directory = directory(10);
    directory.replace("smith", "v1", &[A, B], at(0));
    assert!(directory.invalidate("smith"));
    assert!(!directory.invalidate("jones"));
    assert_eq!(directory.get(A, at(0)), Lookup::Unknown);
    assert_eq!(directory.get(B, at(0)), Lookup::Unknown);
    assert_eq!(directory.stale(B), Some(&"v1"));
    directory.replace("smith", "v2", &[A], at(0));
    assert_eq!(directory.get(A, at(0)), Lookup::Found(&"v2"));
}

#[test]
fn a_miss_is_remembered_until_it_expires_or_somebody_gets_the_number() {
    let mut directory = directory(10);
    assert_eq!(directory.get(A, at(0)), Lookup::Unknown);
    directory.remember_miss(A, at(0));
    assert_eq!(directory.get(A, at(9)), Lookup::Missing);
    assert_eq!(directory.get(A, at(10)), Lookup::Unknown);
    directory.remember_miss(A, at(10));
    directory.replace("smith", "v1", &[A], at(11));
    assert_eq!(directory.get(A, at(11)), Lookup::Found(&"v1"));
    directory.remember_miss(A, at(12));
    assert_eq!(directory.get(A, at(12)), Lookup::Found(&"v1"));
}

#[test]
fn a_flood_of_strangers_is_bounded_and_evicts_no_owner() {
    let mut directory = directory(100);
    directory.replace("smith", "v1", &[A], at(0));
    for number in 0..10_000 {
        directory.remember_miss(number, at(0));
        assert_eq!(directory.get(number, at(0)), Lookup::Missing);
        assert!(directory.stats().remembered <= 100);
    }
    assert_eq!(directory.get(A, at(0)), Lookup::Found(&"v1"));
}

#[test]
fn nothing_is_remembered_without_room() {
    let mut directory = directory(0);
    directory.remember_miss(A, at(0));
    assert_eq!(directory.get(A, at(0)), Lookup::Unknown);
}

#[test]
fn every_lookup_is_counted_once() {
    let mut directory = directory(10);
    directory.replace("smith", "v1", &[A], at(0));
    directory.remember_miss(B, at(0));
    for (number, now) in [(A, 0), (A, 1), (A, 100), (B, 0), (B, 10), (7, 0)] {
        let _ = directory.get(number, at(now));
    }
    let stats = directory.stats();
    assert_eq!((stats.hits, stats.expired), (2, 1));
    assert_eq!((stats.missing, stats.unknown), (1, 2));
    assert_eq!((stats.numbers, stats.owners, stats.remembered), (1, 1, 1));
    assert_eq!(directory.clear(), ["v1"]);
    assert_eq!(directory.stats().numbers, 0);
    assert_eq!(directory.stats().hits, 2);
}
