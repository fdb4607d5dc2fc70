//! Walks through the tables.
//!
//! All automata share their states. Most are rows with a successor for each digit; where digits
//! no longer matter, only their count, a state is a tail, and the walk is over.

use super::tables::{
    ACTIONS, BY_CODE, BY_NAME, CALLING_CODES, INTERNATIONAL, OUTCOMES, REGIONS, ROWS, TAIL, TAILS,
    VERDICTS,
};

/// How many bits of a plan's verdict name the type; the region's place is above them.
pub(super) const KIND_BITS: u32 = 4;

/// The state that says nothing and leads nowhere: the first tail.
const DEAD: usize = ROWS.len();

/// What holds of a number that ends after 0, 1, 2 … digits more.
pub(super) type Tail = [u16; TAIL];

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

/// What becomes of the first digits of a number: `literal`, then the digits from `start` to
/// `stop`, in place of the first `end`.
pub(super) struct Action {
    pub(super) literal: &'static [u8],
    pub(super) start: u8,
    pub(super) stop: u8,
    pub(super) end: u8,
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

    /// Whether the digits match the region's most general pattern.
    pub(super) fn matches(&self, digits: &[u8]) -> bool {
        verdict(self.general, digits) != 0
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

impl Region {
    /// Whether the digits are a national number with nothing before it, by their first one.
    pub(super) fn is_bare(&self, digits: &[u8]) -> bool {
        digits
            .first()
            .is_some_and(|digit| (self.bare >> (digit - b'0')) & 1 == 1)
    }
}

/// Whether libphonenumber knows a region by these two capital letters.
#[must_use]
pub fn is_region(name: &str) -> bool {
    region(name).is_some()
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

/// What holds of the whole of some ASCII digits; 0 is nothing.
pub(super) fn verdict(root: u16, digits: &[u8]) -> u16 {
    let mut state = usize::from(root);
    for (at, digit) in digits.iter().enumerate() {
        let Some(row) = ROWS.get(state) else {
            return after(state, digits.len() - at);
        };
        state = usize::from(row[usize::from(digit - b'0')]);
    }
    VERDICTS
        .get(state)
        .map_or_else(|| after(state, 0), |&found| found)
}

/// The verdict of ASCII digits that follow a plus sign, if parsing would leave them as they are;
/// otherwise, or if they are no valid number, 0. Other bytes are no digits.
pub(super) fn settled(digits: &[u8]) -> u16 {
    let mut state = usize::from(INTERNATIONAL);
    for (at, byte) in digits.iter().enumerate() {
        let Some(row) = ROWS.get(state) else {
            let rest = &digits[at..];
            return if all_digits(rest) {
                after(state, rest.len())
            } else {
                0
            };
        };
        match row.get(usize::from(byte.wrapping_sub(b'0'))) {
            Some(&next) => state = usize::from(next),
            None => return 0,
        }
    }
    VERDICTS
        .get(state)
        .map_or_else(|| after(state, 0), |&found| found)
}

/// What a prefix at the start of the digits leads to; `None` when there is none.
pub(super) fn prefix(root: u16, digits: &[u8]) -> Option<&'static Action> {
    let mut found = None;
    let mut state = usize::from(root);
    for at in 0..=digits.len() {
        let Some(row) = ROWS.get(state) else {
            // PERF: most numbers have no prefix, and their walk is over after a digit.
            let over = state == DEAD;
            let later = (!over).then(|| last_in_tail(state, digits.len() - at));
            return later.flatten().or(found);
        };
        found = action(VERDICTS[state], at == digits.len()).or(found);
        if let Some(digit) = digits.get(at) {
            state = usize::from(row[usize::from(digit - b'0')]);
        }
    }
    found
}

/// The last action along a tail of which `count` digits are still to come.
fn last_in_tail(state: usize, count: usize) -> Option<&'static Action> {
    let verdicts = TAILS[state - ROWS.len()].iter().take(count + 1);
    let mut actions = verdicts.enumerate().rev();
    actions.find_map(|(at, &outcome)| action(outcome, at == count))
}

/// The action of an outcome, for when the digits have ended or go on.
fn action(outcome: u16, ended: bool) -> Option<&'static Action> {
    let [going_on, at_end] = OUTCOMES[usize::from(outcome)];
    let place = usize::from(if ended { at_end } else { going_on });
    (place != 0).then(|| &ACTIONS[place])
}

/// What a tail says after some digits more.
fn after(state: usize, count: usize) -> u16 {
    let tail = &TAILS[state - ROWS.len()];
    tail.get(count).copied().unwrap_or(0)
}

fn all_digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}
