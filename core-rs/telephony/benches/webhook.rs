//! A webhook of 27 parameters: its form and its signature.

use std::hint::black_box;
use std::time::Duration;

use clientsvia_telephony::form::{Form, Limits};
use clientsvia_telephony::signature::{Algorithm, Body, sign, verify};
use criterion::{Criterion, criterion_group, criterion_main};

const TOKEN: &str = "12345";
const URL: &str = "https://answers.example/api/twilio/voice";
const BODY: &[u8] = b"AccountSid=AC22222222222222222222222222222222&ApiVersion=2010-04-01\
    &CallSid=CA11111111111111111111111111111111&CallStatus=ringing&CallToken=token\
    &Called=%2B12395551212&CalledCity=FORT+MYERS&CalledCountry=US&CalledState=FL\
    &CalledZip=33901&Caller=%2B12393334444&CallerCity=NAPLES&CallerCountry=US&CallerState=FL\
    &CallerZip=34102&Direction=inbound&From=%2B12393334444&FromCity=NAPLES&FromCountry=US\
    &FromState=FL&FromZip=34102&StirVerstat=TN-Validation-Passed-A&To=%2B12395551212\
    &ToCity=FORT+MYERS&ToCountry=US&ToState=FL&ToZip=33901";
const SIGNATURE: &str = "2NdSOUVYF/4utwWvNwwOEB4Eep0=";

fn webhook(criterion: &mut Criterion) {
    let form = Form::parse(BODY, Limits::default()).expect("within limits");
    let pairs: Vec<(&str, &str)> = form.pairs().collect();
    assert_eq!(form.len(), 27);
    assert_eq!(form.get("CalledCity"), Some("FORT MYERS"));
    assert_eq!(sign(TOKEN, URL, &pairs, Algorithm::Sha1), SIGNATURE);
    let genuine = |signature| {
        let body = Body::Parameters(&pairs);
        verify(&[TOKEN], URL, body, signature, Algorithm::Sha1)
    };
    assert!(genuine(SIGNATURE));
    let forged = SIGNATURE.to_lowercase();
    assert!(!genuine(&forged));

    let mut group = criterion.benchmark_group("27 parameters");
    group.bench_function("form", |bencher| {
        bencher.iter(|| Form::parse(black_box(BODY), Limits::default()));
    });
    group.bench_function("verify", |bencher| {
        bencher.iter(|| genuine(black_box(SIGNATURE)));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = webhook
}
criterion_main!(benches);
