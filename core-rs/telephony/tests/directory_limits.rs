//! The number directory's limits: loads under way, memory.

mod directories;

use clientsvia_telephony::directory::{Claim, Directory, Lookup};

use directories::{A, B, SETTINGS, at, directory, put};

#[test]
fn a_flood_of_strangers_is_bounded_and_evicts_no_owner() {
    let mut directory = directory(100);
    put(&mut directory, "smith", "v1", &[A], at(0));
    for number in 1..10_000 {
        directory.remember_miss(number, at(0));
        assert_eq!(directory.get(number, at(0)), Lookup::Missing);
        assert!(directory.stats().remembered <= 100);
    }
    assert_eq!(directory.get(A, at(0)), Lookup::Found(&"v1"));
}

#[test]
fn of_a_thousand_askers_one_loads() {
    let mut directory = directory(10);
    let claims: Vec<_> = (0..1_000).map(|_| directory.claim(A, at(0))).collect();
    assert_eq!(claims[0], Claim::Yours(1));
    assert!(claims[1..].iter().all(|claim| *claim == Claim::Taken));
    assert_eq!(
        (directory.stats().loads, directory.stats().joined),
        (1, 999)
    );
    assert_eq!(directory.stats().loading, 1);
    directory.release(A, 1);
    assert_eq!(directory.claim(A, at(0)), Claim::Yours(2));
}

#[test]
fn a_loader_that_never_comes_back_blocks_nobody_for_ever() {
    let mut directory = directory(10);
    assert_eq!(directory.claim(A, at(0)), Claim::Yours(1));
    assert_eq!(directory.claim(A, at(4)), Claim::Taken);
    assert_eq!(directory.claim(A, at(5)), Claim::Yours(2));
    directory.release(A, 1); // which is over
    assert_eq!(directory.claim(A, at(6)), Claim::Taken);
    directory.release(A, 2);
    assert_eq!(directory.claim(A, at(6)), Claim::Yours(3));
}

#[test]
fn loads_under_way_are_bounded_however_many_numbers_are_asked_for() {
    let mut directory = directory(10);
    for number in 1..=3 {
        assert!(matches!(directory.claim(number, at(0)), Claim::Yours(_)));
    }
    for number in 4..10_000 {
        assert_eq!(directory.claim(number, at(0)), Claim::TooMany);
    }
    assert_eq!(
        (directory.stats().loading, directory.stats().refused),
        (3, 9_996)
    );
    assert_eq!(
        directory.claim(9, at(5)),
        Claim::Yours(4),
        "the leases of the first are over"
    );
    assert_eq!(directory.stats().loading, 1);
}

#[test]
fn an_entry_takes_at_most_85_bytes_with_its_owner() {
    let mut directory: Directory<u64> = Directory::new(SETTINGS);
    for count in 1..=300_000_u64 {
        let name = format!("company-{count:06}");
        put(
            &mut directory,
            &name,
            0,
            &[12_390_000_000 + count * 7],
            at(0),
        );
        if count >= 1_000 && count % 997 == 0 {
            let each = directory.bytes() / usize::try_from(count).expect("small");
            assert!(each <= 85, "{each} at {count}");
        }
    }
}

#[test]
fn a_flood_of_names_that_come_and_go_leaves_nothing_behind() {
    let mut directory: Directory<u64> = Directory::new(SETTINGS);
    put(&mut directory, "stays", 1, &[A], at(0));
    for count in 0..100_000 {
        let name = format!("comes-and-goes-{count}");
        put(&mut directory, &name, 2, &[B, B + 1], at(0));
        put(&mut directory, &name, 2, &[], at(0));
    }
    assert!(directory.bytes() < 20_000, "{}", directory.bytes());
    assert_eq!(directory.get(A, at(0)), Lookup::Found(&1));
    assert!(directory.invalidate("stays"));
}
