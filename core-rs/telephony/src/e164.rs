//! Telephone numbers: what people and Twilio write, to E.164.
//!
//! The only file that knows which library reads numbers.

use std::borrow::Cow;
use std::fmt;

use rlibphonenumber::{
    PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberFormat, Region, ValidationError,
};

/// The longest input that is read, in UTF-16 units, as in libphonenumber.
const MAX_INPUT_UNITS: usize = 250;

const FULL_WIDTH_TILDE: char = '\u{FF5E}';

/// The most digits a key may have: 18 decimal digits always fit a `u64`.
const MAX_KEY_DIGITS: usize = 18;

/// Why a text is no usable number; the first five are libphonenumber's own labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Nothing in it reads as a number.
    NotANumber,
    /// No default region was given, or no country has the calling code.
    InvalidCountryCode,
    /// Nothing is left after the international dialling prefix.
    TooShortAfterIdd,
    /// Fewer than two national digits.
    TooShortNsn,
    /// More digits than any number has, or more than 250 UTF-16 units of text.
    TooLong,
    /// It was read, and its length is wrong.
    NotPossible,
    /// It was read, its length is right, and nobody can have it.
    NotValid,
}

impl Reason {
    /// The label: `NOT_A_NUMBER`, `TOO_LONG` and so on.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotANumber => "NOT_A_NUMBER",
            Self::InvalidCountryCode => "INVALID_COUNTRY_CODE",
            Self::TooShortAfterIdd => "TOO_SHORT_AFTER_IDD",
            Self::TooShortNsn => "TOO_SHORT_NSN",
            Self::TooLong => "TOO_LONG",
            Self::NotPossible => "NOT_POSSIBLE",
            Self::NotValid => "NOT_VALID",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// Which numbers are good enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// Only numbers that can be assigned.
    Valid,
    /// Also numbers that merely have a right length.
    Possible,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Valid,
    Possible,
    Impossible,
}

/// The E.164 form (`+12395551212`) of what was written; without a region only numbers with
/// their country code are read.
///
/// # Errors
/// The [`Reason`] why it is no usable number.
pub fn normalize(raw: &str, region: Option<&str>, accept: Accept) -> Result<String, Reason> {
    let number = parse(raw, region)?;
    match (standing(&number), accept) {
        (Standing::Valid, _) | (Standing::Possible, Accept::Possible) => Ok(format(&number)),
        (Standing::Possible, Accept::Valid) => Err(Reason::NotValid),
        (Standing::Impossible, _) => Err(Reason::NotPossible),
    }
}

/// One label for everything a text can be: `+…` (valid), `possible:+…`, `invalid:+…`, `error:KIND`.
#[must_use]
pub fn classify(raw: &str, region: Option<&str>) -> String {
    match parse(raw, region) {
        Err(reason) => format!("error:{reason}"),
        Ok(number) => {
            let e164 = format(&number);
            match standing(&number) {
                Standing::Valid => e164,
                Standing::Possible => format!("possible:{e164}"),
                Standing::Impossible => format!("invalid:{e164}"),
            }
        }
    }
}

/// The digits of an E.164 number as an integer, the directory's key; `None` for anything else.
#[must_use]
pub fn key(e164: &str) -> Option<u64> {
    let digits = e164.strip_prefix('+')?.as_bytes();
    if !(1..=MAX_KEY_DIGITS).contains(&digits.len()) || digits[0] == b'0' {
        return None;
    }
    digits.iter().try_fold(0_u64, |key, byte| {
        byte.is_ascii_digit()
            .then(|| key * 10 + u64::from(byte - b'0'))
    })
}

fn parse(raw: &str, region: Option<&str>) -> Result<PhoneNumber, Reason> {
    if raw.len() > MAX_INPUT_UNITS && raw.encode_utf16().count() > MAX_INPUT_UNITS {
        return Err(Reason::TooLong);
    }
    let region = region.and_then(|code| code.parse::<Region>().ok());
    // Java reads the full-width tilde as a tilde; the crate knows only the plain one.
    let raw = if raw.contains(FULL_WIDTH_TILDE) {
        Cow::Owned(raw.replace(FULL_WIDTH_TILDE, "~"))
    } else {
        Cow::Borrowed(raw)
    };
    PHONE_NUMBER_UTIL
        .parse(raw, region)
        .map_err(|error| match error {
            ParseError::InvalidCountryCode => Reason::InvalidCountryCode,
            ParseError::NotANumber(_) => Reason::NotANumber,
            ParseError::TooShortAfterIdd => Reason::TooShortAfterIdd,
            ParseError::TooShortNsn => Reason::TooShortNsn,
            ParseError::TooLongNsn => Reason::TooLong,
        })
}

fn standing(number: &PhoneNumber) -> Standing {
    if number.is_valid() {
        return Standing::Valid;
    }
    match number.is_possible_with_reason() {
        Ok(_) => Standing::Possible,
        Err(
            ValidationError::InvalidCountryCode
            | ValidationError::TooShort
            | ValidationError::InvalidLength
            | ValidationError::TooLong,
        ) => Standing::Impossible,
    }
}

fn format(number: &PhoneNumber) -> String {
    number.format_as(PhoneNumberFormat::E164).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_valid_number_becomes_e164_however_it_is_written() {
        for raw in [
            "+12395551212",
            "(239) 555-1212",
            "1-239-555-1212",
            "tel:+1-239-555-1212",
        ] {
            assert_eq!(
                normalize(raw, Some("US"), Accept::Valid).as_deref(),
                Ok("+12395551212")
            );
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
        assert_eq!(
            classify("2395551212", Some("ZZ")),
            "error:INVALID_COUNTRY_CODE"
        );
        assert_eq!(
            classify("2395551212", Some("")),
            "error:INVALID_COUNTRY_CODE"
        );
        assert_eq!(
            classify("2395551212", Some("é😀")),
            "error:INVALID_COUNTRY_CODE"
        );
    }

    #[test]
    fn only_e164_has_a_key() {
        assert_eq!(key("+12395551212"), Some(12_395_551_212));
        for other in [
            "",
            "+",
            "12395551212",
            "+0123",
            "+1 239",
            "+1٣",
            "+1234567890123456789",
        ] {
            assert_eq!(key(other), None, "{other}");
        }
    }
}
