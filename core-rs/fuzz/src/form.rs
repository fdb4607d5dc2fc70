//! Forms. The input is the body.

use clientsvia_telephony::form::{Form, FormError, Limits};

/// Parameters are those a slow and plain reader finds; limits hold exactly.
pub fn check(body: &[u8]) {
    let limits = Limits {
        bytes: body.len(),
        parameters: usize::MAX,
    };
    let form = Form::parse(body, limits).expect("no limit is passed");
    let expected = plainly(body);
    let pairs: Vec<_> = form.pairs().collect();
    assert!(
        pairs
            .iter()
            .copied()
            .eq(expected.iter().map(|(name, value)| (&**name, &**value)))
    );
    // A few, since each looks at all: more would fuzz slowly what a few show.
    for (name, _) in pairs.iter().take(4).chain(pairs.last()) {
        let values = || {
            pairs
                .iter()
                .filter(|pair| pair.0 == *name)
                .map(|pair| pair.1)
        };
        assert_eq!(form.get(name), values().next());
        assert!(form.get_all(name).eq(values()));
    }
    check_limits(body, limits, pairs.len());
}

fn check_limits(body: &[u8], limits: Limits, parameters: usize) {
    let exact = Limits {
        parameters,
        ..limits
    };
    assert_eq!(
        Form::parse(body, exact).map(|form| form.len()),
        Ok(parameters)
    );
    if let Some(limit) = parameters.checked_sub(1) {
        let refused = Form::parse(
            body,
            Limits {
                parameters: limit,
                ..limits
            },
        );
        assert_eq!(refused.err(), Some(FormError::TooManyParameters { limit }));
    }
    if let Some(limit) = body.len().checked_sub(1) {
        let refused = Form::parse(
            body,
            Limits {
                bytes: limit,
                ..limits
            },
        );
        assert_eq!(refused.err(), Some(FormError::TooLarge { limit }));
    }
}

fn plainly(body: &[u8]) -> Vec<(String, String)> {
    let pieces = body
        .split(|byte| *byte == b'&')
        .filter(|piece| !piece.is_empty());
    let split = pieces.map(|piece| {
        let equals = piece.iter().position(|byte| *byte == b'=');
        let (name, value) = piece.split_at(equals.unwrap_or(piece.len()));
        (decoded(name), decoded(value.get(1..).unwrap_or_default()))
    });
    split.collect()
}

fn decoded(mut piece: &[u8]) -> String {
    let mut bytes = Vec::new();
    while let [first, rest @ ..] = piece {
        piece = rest;
        let escape = rest.get(..2).and_then(|digits| str::from_utf8(digits).ok());
        let escape = escape.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match (first, escape) {
            (b'+', _) => bytes.push(b' '),
            (b'%', Some(digits)) => {
                bytes.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits"));
                piece = &rest[2..];
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
