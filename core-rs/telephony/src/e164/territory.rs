//! Regions and calling codes: whose rules a number goes by.

use super::plan::{self, KIND_BITS};
use super::tables::{BY_CODE, BY_NAME, CALLING_CODES, REGIONS};

/// One region's rules; the roots are states.
pub(super) struct Region {
    /// Two letters of ISO 3166, or `001` for numbers of no country.
    pub(super) name: &'static str,
    /// The place of its calling code.
    pub(super) calling_code: u8,
    /// The root of all its national numbers, valid or not.
    pub(super) general: u16,
    /// The root of its national prefixes.
    pub(super) prefix: u16,
    /// The root of its international prefixes.
    pub(super) idd: u16,
    /// A bit for each possible number of digits.
    pub(super) lengths: u32,
    /// A bit for each number of digits that will do within an area.
    pub(super) local: u32,
    /// A bit for each first digit with which no prefix and not the calling code begin.
    pub(super) bare: u16,
}

/// One calling code's regions and the roots they share.
#[derive(Debug)]
pub(super) struct CallingCode {
    pub(super) code: u16,
    /// The same as text.
    pub(super) digits: &'static str,
    /// The place of the region whose rules parsing goes by.
    pub(super) main: u8,
    /// Whether that is the only region.
    pub(super) alone: bool,
    /// The root that knows region and type of valid numbers.
    pub(super) plan: u16,
    /// The root that knows regions by first digits alone.
    pub(super) leading: u16,
    /// The root of layouts for callers in the same country.
    pub(super) national: u16,
    /// The root of layouts for callers from abroad.
    pub(super) international: u16,
    /// What is written before an extension.
    pub(super) extension: &'static str,
}

impl CallingCode {
    pub(super) fn main_region(&self) -> &'static Region {
        &REGIONS[usize::from(self.main)]
    }
}

/// How a number of digits compares with those a region has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    Possible,
    LocalOnly,
    TooShort,
    TooLong,
    Between,
}

impl Region {
    pub(super) fn calling_code(&self) -> &'static CallingCode {
        &CALLING_CODES[usize::from(self.calling_code)]
    }

    /// Whether the digits are a national number with nothing before it, by their first one.
    pub(super) fn is_bare(&self, digits: &[u8]) -> bool {
        digits
            .first()
            .is_some_and(|digit| (self.bare >> (digit - b'0')) & 1 == 1)
    }

    /// Whether the digits match the region's most general pattern.
    pub(super) fn matches(&self, digits: &[u8]) -> bool {
        plan::verdict(self.general, digits) != 0
    }

    pub(super) fn length(&self, digits: &[u8]) -> Length {
        let shortest = self.lengths.trailing_zeros() as usize;
        let longest = self.lengths.ilog2() as usize;
        let count = digits.len();
        if count <= 31 && (self.local >> count) & 1 == 1 {
            Length::LocalOnly
        } else if count < shortest {
            Length::TooShort
        } else if count > longest {
            Length::TooLong
        } else if (self.lengths >> count) & 1 == 1 {
            Length::Possible
        } else {
            Length::Between
        }
    }
}

/// The region of two capital letters.
pub(super) fn region(name: &str) -> Option<&'static Region> {
    let &[first, second] = name.as_bytes() else {
        return None;
    };
    if !(first.is_ascii_uppercase() && second.is_ascii_uppercase()) {
        return None;
    }
    let at = usize::from(first - b'A') * 26 + usize::from(second - b'A');
    let place = usize::from(BY_NAME[at]).checked_sub(1)?;
    Some(&REGIONS[place])
}

/// The region at a place, as verdicts name it.
pub(super) fn region_at(place: u16) -> &'static Region {
    &REGIONS[usize::from(place)]
}

/// The calling code of a valid number, by its verdict.
pub(super) fn code_of(verdict: u16) -> Option<&'static CallingCode> {
    (verdict != 0).then(|| region_at(verdict >> KIND_BITS).calling_code())
}

/// The calling code the digits begin with, and how many digits it has.
pub(super) fn leading_code(digits: &[u8]) -> Option<(&'static CallingCode, usize)> {
    let mut code = 0;
    for (at, digit) in digits.iter().take(3).enumerate() {
        code = code * 10 + usize::from(digit - b'0');
        if code == 0 {
            return None;
        }
        if let Some(place) = usize::from(BY_CODE[code]).checked_sub(1) {
            return Some((&CALLING_CODES[place], at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_compared_with_those_a_region_has() {
        let states = region("US").expect("known");
        for (digits, length) in [
            ("2395551212", Length::Possible),
            ("5551212", Length::LocalOnly),
            ("239555", Length::TooShort),
            ("23955512123", Length::TooLong),
        ] {
            assert!(states.length(digits.as_bytes()) == length, "{digits}");
        }
        let andorra = region("AD").expect("known");
        assert!(andorra.length(b"7123456") == Length::Between);
    }

    #[test]
    fn a_calling_code_is_found_at_the_start() {
        let found = |digits: &[u8]| leading_code(digits).map(|(code, length)| (code.code, length));
        assert_eq!(found(b"12395551212"), Some((1, 1)));
        assert_eq!(found(b"442079460958"), Some((44, 2)));
        assert_eq!(found(b"97912345"), Some((979, 3)));
        assert_eq!(found(b"999"), None);
        assert_eq!(found(b"044"), None);
    }
}
