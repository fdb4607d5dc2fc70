//! The number directory's rules, without waiting.

mod directories;

use std::time::Duration;

use clientsvia_telephony::directory::{Directory, Lookup, Settings, Tick};

use directories::{A, B, SETTINGS, at, directory, put};

#[test]
fn a_value_is_believed_for_its_lifetime_and_kept_for_bad_days() {
    let mut directory = directory(10);
    put(&mut directory, "smith", "v1", &[A, B], at(0));
    assert_eq!(directory.get(A, at(99)), Lookup::Found(&"v1"));
    assert_eq!(directory.get(A, at(100)), Lookup::Unknown);
    assert_eq!(directory.stale(A), Some(&"v1"));
    assert_eq!(directory.stale(7), None);
}

#[test]
fn replacing_an_owner_drops_the_numbers_it_no_longer_has() {
    let mut directory = directory(10);
    put(&mut directory, "smith", "v1", &[A, B], at(0));
    assert_eq!(
        put(&mut directory, "smith", "v2", &[B, B], at(1)),
        ["v1", "v1", "v2"]
    );
    assert_eq!(directory.get(A, at(2)), Lookup::Unknown);
    assert_eq!(directory.get(B, at(2)), Lookup::Found(&"v2"));
    assert_eq!(directory.len(), 1);
    assert_eq!(put(&mut directory, "smith", "v3", &[], at(3)), ["v2"]);
    assert!(directory.is_empty());
    assert!(!directory.invalidate("smith"));
}

#[test]
fn a_number_moves_to_whoever_has_it_last() {
    let mut directory = directory(10);
    put(&mut directory, "smith", "smith", &[A, B], at(0));
    put(&mut directory, "jones", "jones", &[A], at(0));
    assert_eq!(directory.get(A, at(1)), Lookup::Found(&"jones"));
    put(&mut directory, "smith", "smith", &[B], at(1));
    assert_eq!(directory.get(A, at(2)), Lookup::Found(&"jones"));
    assert_eq!(directory.get(B, at(2)), Lookup::Found(&"smith"));
}

#[test]
fn invalidating_an_owner_covers_all_its_numbers_at_once() {
    let mut directory = directory(10);
    put(&mut directory, "smith", "v1", &[A, B], at(0));
    assert!(directory.invalidate("smith"));
    assert!(!directory.invalidate("jones"));
    assert_eq!(directory.get(A, at(0)), Lookup::Unknown);
    assert_eq!(directory.get(B, at(0)), Lookup::Unknown);
    assert_eq!(directory.stale(B), Some(&"v1"));
    put(&mut directory, "smith", "v2", &[A], at(0));
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
    put(&mut directory, "smith", "v1", &[A], at(11));
    assert_eq!(directory.get(A, at(11)), Lookup::Found(&"v1"));
    directory.remember_miss(A, at(12));
    assert_eq!(directory.get(A, at(12)), Lookup::Found(&"v1"));
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
    put(&mut directory, "smith", "v1", &[A], at(0));
    directory.remember_miss(B, at(0));
    for (number, now) in [(A, 0), (A, 1), (A, 100), (B, 0), (B, 10), (7, 0)] {
        let _ = directory.get(number, at(now));
    }
    let stats = directory.stats();
    assert_eq!((stats.hits, stats.expired), (2, 1));
    assert_eq!((stats.missing, stats.unknown), (1, 2));
    assert_eq!((stats.numbers, stats.owners, stats.remembered), (1, 1, 1));
    assert_eq!(directory.stale(A), Some(&"v1"));
    assert_eq!(directory.stale(7), None);
    assert_eq!(directory.stats().stale, 1);
    assert_eq!(directory.clear(), ["v1"]);
    assert_eq!(directory.stats().numbers, 0);
    assert_eq!(directory.stats().hits, 2);
}

#[test]
fn a_flush_stops_belief_in_everything_and_forgets_nothing() {
    let mut directory = directory(10);
    put(&mut directory, "smith", "v1", &[A], at(0));
    directory.remember_miss(B, at(0));
    for _ in 0..40_000 {
        directory.flush();
        assert_eq!(directory.get(A, at(0)), Lookup::Unknown);
        assert_eq!(directory.get(B, at(0)), Lookup::Unknown);
    }
    assert_eq!(directory.stale(A), Some(&"v1"));
    put(&mut directory, "smith", "v2", &[A], at(0));
    directory.remember_miss(B, at(0));
    assert_eq!(directory.get(A, at(0)), Lookup::Found(&"v2"));
    assert_eq!(directory.get(B, at(0)), Lookup::Missing);
}

#[test]
fn lifetimes_end_apart_within_the_jitter_and_alike_for_one_seed() {
    let ends = |seed| {
        let mut directory: Directory<()> = Directory::new(Settings {
            jitter: Duration::from_secs(20),
            seed,
            ..SETTINGS
        });
        let mut ends = Vec::new();
        for number in A..A + 100 {
            put(&mut directory, "all", (), &[number], at(7));
            let fresh = |tick: &Tick| directory.get(number, *tick) == Lookup::Found(&());
            ends.push((at(7)..at(200)).take_while(fresh).count());
        }
        ends
    };
    let one = ends(1);
    let (earliest, latest) = (at(80) as usize, at(100) as usize);
    assert!(
        one.iter().all(|end| (earliest..=latest).contains(end)),
        "{one:?}"
    );
    let different: std::collections::BTreeSet<_> = one.iter().collect();
    assert!(different.len() > 50, "{one:?}");
    assert_eq!(one, ends(1));
    assert_ne!(one, ends(2));
}

#[test]
fn an_owner_whose_last_number_moves_is_forgotten() {
    let mut directory = directory(10);
    put(&mut directory, "smith", "v1", &[A], at(0));
    put(&mut directory, "jones", "v2", &[A, B], at(0));
    assert!(!directory.invalidate("smith"));
    assert_eq!(directory.stats().owners, 1);
    assert!(put(&mut directory, "smith", "v1", &[], at(0)).is_empty());
    assert_eq!(directory.get(A, at(0)), Lookup::Found(&"v2"));
}

#[test]
fn what_is_no_number_is_neither_put_in_nor_found() {
    let mut directory = directory(10);
    for wrong in [0, 1_000_000_000_000_000, (1 << 50) + A, u64::MAX] {
        put(&mut directory, "smith", "v1", &[wrong], at(0));
        directory.remember_miss(wrong, at(0));
        assert_eq!(directory.get(wrong, at(0)), Lookup::Unknown);
    }
    assert_eq!((directory.len(), directory.stats().remembered), (0, 0));
    put(&mut directory, "smith", "v1", &[A], at(0));
    assert_eq!(directory.get((1 << 50) + A, at(0)), Lookup::Unknown);
}
