//! Telephone numbers: what people and Twilio write, to E.164, exactly as libphonenumber reads it.
//!
//! libphonenumber's rules are regular expressions over digits. They are compiled beforehand into
//! one automaton ([`tables`], made by `metadata/`), so that a number is read in a few table
//! look-ups and the first is as fast as the thousandth. `candidate` and `text` turn
//! characters into digits, `reading` follows libphonenumber's steps from digits to a [`Number`], `plan` walks the
//! automaton.
//!
//! One difference is wanted: digits beyond the Basic Multilingual Plane, which Java's UTF-16
//! drops, are digits here, as they are in libphonenumber's C++ and Python.

mod candidate;
mod number;
mod plan;
mod reading;
#[rustfmt::skip]
mod tables;
mod territory;
mod text;
mod unicode;

use std::fmt;

pub use number::{Kind, Number, Standing};
use plan::{Action, Tail};
/// The version of libphonenumber whose metadata is compiled in.
pub use tables::VERSION as METADATA_VERSION;
use territory::{CallingCode, Region};

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

/// The E.164 form (`+12395551212`) of what was written; without a region only numbers with
/// their country code are read.
///
/// # Errors
/// The [`Reason`] why it is no usable number.
pub fn normalize(raw: &str, region: Option<&str>, accept: Accept) -> Result<String, Reason> {
    if is_settled(raw) {
        return Ok(raw.to_owned());
    }
    Ok(accepted(raw, region, accept)?.e164().to_owned())
}

/// The number that was written, if it is good enough.
///
/// # Errors
/// As [`normalize`].
pub fn accepted(raw: &str, region: Option<&str>, accept: Accept) -> Result<Number, Reason> {
    let number = Number::parse(raw, region)?;
    match (number.standing(), accept) {
        (Standing::Valid, _) | (Standing::Possible, Accept::Possible) => Ok(number),
        (Standing::Possible, Accept::Valid) => Err(Reason::NotValid),
        (Standing::Invalid, _) => Err(Reason::NotPossible),
    }
}

/// Whether a text is the E.164 form of a valid number already, so that [`normalize`] gives it
/// back as it is, whatever the region.
///
/// A few valid numbers are not told so, because their first digits might be a national prefix.
#[must_use]
pub fn is_settled(raw: &str) -> bool {
    let digits = raw.as_bytes().strip_prefix(b"+");
    digits.is_some_and(|digits| plan::settled(digits) != 0)
}

/// One label for everything a text can be: `+…` (valid), `possible:+…`, `invalid:+…`, `error:KIND`.
#[must_use]
pub fn classify(raw: &str, region: Option<&str>) -> String {
    match Number::parse(raw, region) {
        Err(reason) => format!("error:{reason}"),
        Ok(number) => match number.standing() {
            Standing::Valid => number.e164().to_owned(),
            Standing::Possible => format!("possible:{}", number.e164()),
            Standing::Invalid => format!("invalid:{}", number.e164()),
        },
    }
}
