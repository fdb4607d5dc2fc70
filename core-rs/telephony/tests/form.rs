//! Reading forms: what is decoded, what is kept, what is refused.

use clientsvia_telephony::form::{Form, Limits};
use proptest::prelude::*;

fn pairs(body: &[u8]) -> Vec<(String, String)> {
    let form = Form::parse(body, Limits::default()).expect("within the limits");
    form.pairs()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[test]
fn duplicates_and_order_are_kept() {
    let expected = vec![pair("b", "2"), pair("a", "1"), pair("b", ""), pair("c", "")];
    assert_eq!(pairs(b"b=2&&a=1&b=&c"), expected);
}

#[test]
fn plus_is_a_space_and_broken_percent_stays() {
    let expected = vec![pair("a b", "+1 2"), pair("c", "%"), pair("d", "%G1%4")];
    assert_eq!(pairs(b"a+b=%2B1+2&c=%&d=%G1%4"), expected);
}

#[test]
fn invalid_utf8_becomes_the_replacement_character() {
    assert_eq!(
        pairs(b"a=%FF&b=\xF0\x9F\x98\x80"),
        vec![pair("a", "\u{FFFD}"), pair("b", "😀")]
    );
}

#[test]
fn a_character_cut_by_a_border_is_not_joined() {
    assert_eq!(pairs(b"%C3=%A9"), vec![pair("\u{FFFD}", "\u{FFFD}")]);
    assert_eq!(
        pairs(b"a=%C3&%A9=b"),
        vec![pair("a", "\u{FFFD}"), pair("\u{FFFD}", "b")]
    );
}

#[test]
fn limits_are_kept() {
    let limits = Limits {
        bytes: 7,
        parameters: 2,
    };
    assert!(Form::parse(b"a=1&b=2", limits).is_ok());
    assert_eq!(Form::parse(b"a=1&b=22", limits).unwrap_err().status(), 413);
    assert_eq!(Form::parse(b"a&b&c", limits).unwrap_err().status(), 400);
}

proptest! {
    #[test]
    fn any_bytes_are_read_and_every_piece_is_one_parameter(body in any::<Vec<u8>>()) {
        let form = Form::parse(&body, Limits::default()).expect("within the limits");
        let pieces = body.split(|byte| *byte == b'&').filter(|piece| !piece.is_empty());
        prop_assert_eq!(form.len(), pieces.count());
        for (name, value) in form.pairs() {
            prop_assert!(form.get_all(name).any(|other| other == value));
        }
    }
}
