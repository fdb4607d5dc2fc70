//! Telephone numbers. The first line is a region, the rest is what was written.

use clientsvia_telephony::directory::key;
use clientsvia_telephony::e164::{Accept, Reason, classify, normalize};

/// The longest E.164 number that is ever made: `+`, a calling code and 17 national digits.
const LONGEST: usize = 1 + 3 + 17;

/// Nothing panics, and the ways of asking agree with each other.
pub fn check(data: &[u8]) {
    let text = super::text(data);
    let (region, raw) = text.split_once('\n').unwrap_or(("US", &text));
    for region in [Some(region), None] {
        let label = classify(raw, region);
        let valid = normalize(raw, region, Accept::Valid);
        let possible = normalize(raw, region, Accept::Possible);
        let expected = match (&valid, &possible) {
            (Ok(valid), Ok(possible)) if valid == possible => valid.clone(),
            (Err(Reason::NotValid), Ok(possible)) => format!("possible:{possible}"),
            (Err(Reason::NotPossible), Err(Reason::NotPossible)) => {
                assert!(label.starts_with("invalid:+"), "{label}");
                label.clone()
            }
            (Err(valid), Err(possible)) if valid == possible => format!("error:{valid}"),
            _ => panic!("{raw:?}: {valid:?} and {possible:?}"),
        };
        assert_eq!(label, expected);
        check_number(label.rsplit(':').next().unwrap_or_default());
        if let Ok(number) = valid {
            check_again(&number);
        }
    }
}

/// What looks like E.164 is E.164.
fn check_number(number: &str) {
    if let Some(digits) = number.strip_prefix('+') {
        assert!(digits.bytes().all(|byte| byte.is_ascii_digit()), "{number}");
        assert!(number.len() <= LONGEST, "{number}");
        if (1..=15).contains(&digits.len()) && !digits.starts_with('0') {
            assert_eq!(key(number), digits.parse().ok());
        } else {
            assert_eq!(key(number), None);
        }
    }
}

/// A valid number is read as itself, in every region and in none. One that is only possible may
/// not be: libphonenumber takes a national prefix from `+61 0…` that it left after `0`.
fn check_again(number: &str) {
    for region in [None, Some("DE"), Some("ZZ")] {
        assert_eq!(classify(number, region), number);
        let again = normalize(number, region, Accept::Valid);
        assert_eq!(again.as_deref(), Ok(number));
    }
}
