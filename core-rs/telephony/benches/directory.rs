//! The number directory in random order, beside the standard library's map.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Duration;

use clientsvia_telephony::directory::{Directory, Lookup, Settings, Tick};
use criterion::{Criterion, criterion_group, criterion_main};

const FIRST: u64 = 12_392_600_000;
const SIZES: [u64; 3] = [1_000, 100_000, 1_000_000];
const ASKED: u64 = 65_536;
const NOW: Tick = 16;

/// A walk through the numbers that no prefetcher foresees.
fn asked(size: u64) -> Vec<u64> {
    let mut state = 1_u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        FIRST + (state >> 33) % size
    };
    (0..ASKED).map(|_| next()).collect()
}

fn lookup(criterion: &mut Criterion) {
    for size in SIZES {
        let mut ours = Directory::new(Settings {
            lifetime: Duration::from_secs(3_600),
            ..Settings::default()
        });
        let mut map = HashMap::new();
        for number in FIRST..FIRST + size {
            ours.replace(&number.to_string(), [(number, number)], NOW);
            map.insert(number, number);
        }
        let asked = asked(size);
        for number in &asked {
            assert_eq!(ours.get(*number, NOW), Lookup::Found(number));
            assert_eq!(map.get(number), Some(number));
        }
        let mut group = criterion.benchmark_group(format!("lookup among {size} numbers"));
        let mut walk = asked.iter().cycle();
        group.bench_function("clientsvia", |bencher| {
            bencher.iter(|| {
                let number = *walk.next().expect("endless");
                matches!(black_box(ours.get(number, NOW)), Lookup::Found(_))
            });
        });
        let mut walk = asked.iter().cycle();
        group.bench_function("HashMap", |bencher| {
            bencher.iter(|| black_box(map.get(walk.next().expect("endless"))).is_some());
        });
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = lookup
}
criterion_main!(benches);
