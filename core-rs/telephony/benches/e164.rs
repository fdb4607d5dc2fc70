//! Telephone numbers, beside the crate rlibphonenumber.

use std::hint::black_box;
use std::time::Duration;

use clientsvia_telephony::e164::{Accept, classify, normalize};
use criterion::{Criterion, criterion_group, criterion_main};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};

const PLAIN: &str = "+12395551212";
const NATIONAL: &str = "(239) 555-1212";
const MIX: &str = include_str!("../../../benches/core/mix.tsv");

fn with_rlibphonenumber(raw: &str, region: &str) -> Option<String> {
    let region = region.parse::<Region>().ok();
    let number = PHONE_NUMBER_UTIL.parse(raw, region).ok()?;
    let valid = PHONE_NUMBER_UTIL.is_valid_number(&number);
    valid.then(|| {
        PHONE_NUMBER_UTIL
            .format(&number, PhoneNumberFormat::E164)
            .into_owned()
    })
}

fn plain(criterion: &mut Criterion) {
    for raw in [PLAIN, NATIONAL] {
        assert_eq!(
            normalize(raw, Some("US"), Accept::Valid).as_deref(),
            Ok(PLAIN)
        );
        assert_eq!(with_rlibphonenumber(raw, "US").as_deref(), Some(PLAIN));
        let mut group = criterion.benchmark_group(format!("normalize {raw}"));
        group.bench_function("clientsvia", |bencher| {
            bencher.iter(|| normalize(black_box(raw), Some("US"), Accept::Valid));
        });
        group.bench_function("rlibphonenumber", |bencher| {
            bencher.iter(|| with_rlibphonenumber(black_box(raw), "US"));
        });
        group.finish();
    }
}

/// A hundred lines of the vectors; the time is that of all of them.
fn mix(criterion: &mut Criterion) {
    let lines: Vec<Vec<&str>> = MIX.lines().map(|line| line.split('\t').collect()).collect();
    for line in &lines {
        assert_eq!(classify(line[1], Some(line[0])), line[2], "{line:?}");
        let valid = line[2].starts_with('+').then_some(line[2]);
        assert_eq!(
            with_rlibphonenumber(line[1], line[0]).as_deref(),
            valid,
            "{line:?}"
        );
    }
    let mut group = criterion.benchmark_group("100 nasty numbers");
    group.bench_function("clientsvia", |bencher| {
        bencher.iter(|| {
            for line in &lines {
                _ = black_box(normalize(black_box(line[1]), Some(line[0]), Accept::Valid));
            }
        });
    });
    group.bench_function("rlibphonenumber", |bencher| {
        bencher.iter(|| {
            for line in &lines {
                _ = black_box(with_rlibphonenumber(black_box(line[1]), line[0]));
            }
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = plain, mix
}
criterion_main!(benches);
