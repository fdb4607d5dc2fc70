//! Numbers, against libphonenumber's labels and against another port of it.

use clientsvia_telephony::e164::{
    Accept, Kind, Number, Reason, Standing, classify, is_settled, normalize,
};
use proptest::prelude::*;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};

const SAMPLES: &str = include_str!("../../../tests/telephony/data/numbers.tsv");

#[test]
fn samples_have_libphonenumbers_labels() {
    for line in SAMPLES.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let region = Some(fields[0]).filter(|region| *region != "ZZ");
        assert_eq!(classify(fields[1], region), fields[2], "{line}");
        if let [_, _, _, whose, _, national, international] = fields[..] {
            let number = Number::parse(fields[1], region).expect("labelled as one");
            assert_eq!(number.region().unwrap_or("null"), whose, "{line}");
            assert_eq!(number.national(), national, "{line}");
            assert_eq!(number.international(), international, "{line}");
        }
    }
}

#[test]
fn a_valid_number_becomes_e164_however_it_is_written() {
    for raw in [
        "+12395551212",
        "(239) 555-1212",
        "1-239-555-1212",
        "tel:+1-239-555-1212",
        "239.555.1212 ext. 5",
        "２３９ ５５５ １２１２",
        "011 1 239 555 1212",
    ] {
        let found = normalize(raw, Some("US"), Accept::Valid);
        assert_eq!(found.as_deref(), Ok("+12395551212"), "{raw}");
    }
}

#[test]
fn a_number_that_is_only_possible_needs_leave() {
    let raw = "+15551234567";
    assert_eq!(normalize(raw, None, Accept::Valid), Err(Reason::NotValid));
    assert_eq!(normalize(raw, None, Accept::Possible).as_deref(), Ok(raw));
}

#[test]
fn over_250_utf16_units_is_too_long() {
    assert_eq!(classify(&"😀".repeat(126), Some("US")), "error:TOO_LONG");
    assert_eq!(classify(&"1".repeat(251), Some("US")), "error:TOO_LONG");
    assert_eq!(classify(&"é".repeat(250), Some("US")), "error:NOT_A_NUMBER");
}

#[test]
fn a_full_width_tilde_is_a_tilde() {
    assert_eq!(classify("+3～-91992/62000", Some("IT")), "+39199262000");
}

#[test]
fn a_region_nobody_knows_is_no_region() {
    for region in ["ZZ", "", "é😀", "us", "001"] {
        let label = classify("2395551212", Some(region));
        assert_eq!(label, "error:INVALID_COUNTRY_CODE", "{region}");
    }
}

#[test]
fn no_more_than_ten_leading_zeros_are_kept() {
    let label = classify("0000000000000000", Some("US"));
    assert_eq!(label, "invalid:+100000000000");
}

#[test]
fn a_context_that_is_none_makes_no_number() {
    for (raw, label) in [
        ("tel:555-1212;phone-context=+1-239", "+12395551212"),
        ("tel:239-555-1212;phone-context=example.com", "+12395551212"),
        ("tel:239-555-1212;phone-context=", "error:NOT_A_NUMBER"),
        ("tel:239-555-1212;phone-context=-", "error:NOT_A_NUMBER"),
        ("tel:239-555-1212;phone-context=1.2", "error:NOT_A_NUMBER"),
        (";phone-context=a.btel:239-555-1212", "error:NOT_A_NUMBER"),
    ] {
        assert_eq!(classify(raw, Some("US")), label, "{raw}");
    }
}

#[test]
fn kinds_are_told_apart() {
    for (raw, kind) in [
        ("+18003569377", Kind::TollFree),
        ("+19005551212", Kind::PremiumRate),
        ("+447911123456", Kind::Mobile),
        ("+442079460958", Kind::FixedLine),
        ("+12395551212", Kind::FixedLineOrMobile),
        ("+15551234567", Kind::Unknown),
    ] {
        assert_eq!(
            Number::parse(raw, None).map(|number| number.kind()),
            Ok(kind)
        );
    }
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(raw in any::<String>(), region in "[A-Z]{2}|[a-z0-9]{0,3}") {
        prop_assert!(!classify(&raw, Some(&region)).is_empty());
    }

    #[test]
    fn what_is_settled_parses_to_itself(raw in r"\+[0-9]{1,17}") {
        if is_settled(&raw) {
            for region in [None, Some("US"), Some("AR"), Some("KR")] {
                prop_assert_eq!(classify(&raw, region), raw.as_str());
            }
        }
    }

    #[test]
    fn what_is_written_of_a_number_reads_as_the_same(raw in r"\+[1-9][0-9]{6,14}") {
        let Ok(number) = Number::parse(&raw, None) else { return Ok(()) };
        if number.standing() != Standing::Valid { return Ok(()) }
        let again = normalize(&number.international(), None, Accept::Valid);
        prop_assert_eq!(again.as_deref(), Ok(number.e164()));
    }

    #[test]
    fn numbers_are_read_as_another_port_reads_them(
        raw in r"(\+|0|00|1|)[1-9][0-9 ()-]{5,14}[0-9]",
        at in 0..6_usize,
    ) {
        let region = ["US", "GB", "DE", "FR", "IN", "AU"][at];
        let theirs = PHONE_NUMBER_UTIL.parse(&raw, region.parse::<Region>().ok());
        let ours = Number::parse(&raw, Some(region));
        prop_assert_eq!(ours.is_ok(), theirs.is_ok());
        if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
            let e164 = theirs.format_as(PhoneNumberFormat::E164);
            prop_assert_eq!(ours.e164(), &*e164);
            prop_assert_eq!(ours.standing() == Standing::Valid, theirs.is_valid());
        }
    }
}
