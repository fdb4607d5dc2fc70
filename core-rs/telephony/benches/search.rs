//! Knowledge search at 20 and 2,000 entries.

use std::hint::black_box;
use std::time::Duration;

use clientsvia_telephony::search::Index;
use criterion::{Criterion, criterion_group, criterion_main};

const ASKED: &str = "How much does an emergency repair of my water heater cost on a Sunday?";
const ANSWER: &str =
    "What does an emergency repair cost? Water heaters are 120 dollars, on Sundays 180.";
const SUBJECTS: [&str; 8] = [
    "boiler",
    "drain",
    "faucet",
    "gutter",
    "water heater",
    "pipe",
    "sink",
    "toilet",
];

fn entries(count: usize) -> Vec<String> {
    let other = |at: usize| {
        let subject = SUBJECTS[at % 8];
        format!("What does a repair of the {subject} cost? Estimate {at} is free.")
    };
    let others = (0..count - 1).map(other);
    others.chain([ANSWER.to_owned()]).collect()
}

fn search(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("search");
    for count in [20, 2_000] {
        let entries = entries(count);
        let texts: Vec<&str> = entries.iter().map(String::as_str).collect();
        let index = Index::new(&texts);
        assert_eq!(index.search(ASKED, 3)[0].position, count - 1);
        group.bench_function(format!("{count} entries"), |bencher| {
            bencher.iter(|| index.search(black_box(ASKED), 3));
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = search
}
criterion_main!(benches);
