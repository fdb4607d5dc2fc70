//! From what people write to the digits in it.

use super::Reason;
use super::candidate::{is_plus, number_in};
use super::tables::{
    ASCII, EXTENSION_ENDS, EXTENSION_ROWS, EXTENSION_START, OTHERS, PLAIN, VIABLE_ENDS,
    VIABLE_ROWS, VIABLE_START,
};
use super::unicode;

/// The longest input that is read, in UTF-16 units, as in libphonenumber.
const MAX_INPUT_UNITS: usize = 250;

/// With as many ASCII letters as this, letters stand for the digits of their keys.
const VANITY_LETTERS: usize = 3;

/// With as many digits as this, plain text always looks like a number.
const ALWAYS_VIABLE: usize = 3;

/// The class of decimal digits, as the tables number classes, and of what means nothing.
const DIGIT: u8 = 1;
const OTHER: u8 = 0;
const MAX_CLASS: u8 = 63;

/// The digits of a text, as ASCII.
pub(super) struct Digits {
    bytes: [u8; MAX_INPUT_UNITS],
    length: usize,
}

impl Digits {
    pub(super) const fn new() -> Self {
        Self {
            bytes: [0; MAX_INPUT_UNITS],
            length: 0,
        }
    }

    fn push(&mut self, digit: u8) {
        self.bytes[self.length] = b'0' + digit;
        self.length += 1;
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// What a text says beside its digits, before any country's rules.
pub(super) struct Written {
    /// Whether a plus sign comes first.
    pub(super) plus: bool,
    /// The extension as it was written.
    pub(super) extension: Option<Box<str>>,
}

/// Reads a text as libphonenumber does, up to its digits, which go into `digits` (without those
/// of an extension).
///
/// # Errors
/// [`Reason::TooLong`] for more than 250 UTF-16 units, [`Reason::NotANumber`] when it does not
/// look like a number.
pub(super) fn read(raw: &str, digits: &mut Digits) -> Result<Written, Reason> {
    if let Some(plus) = plain(raw.as_bytes(), digits) {
        return Ok(Written {
            plus,
            extension: None,
        });
    }
    if raw.len() > MAX_INPUT_UNITS && raw.encode_utf16().count() > MAX_INPUT_UNITS {
        return Err(Reason::TooLong);
    }
    let text = number_in(raw)?;
    let (mut number, mut scan) = (&*text, Scan::of(&text, digits));
    if !scan.viable {
        return Err(Reason::NotANumber);
    }
    let mut extension = None;
    if let Some((shorter, start)) = without_extension(&text, &scan, digits) {
        extension = Some(extension_of(&text));
        (number, scan) = (&text[..start], shorter);
    }
    if scan.letters >= VANITY_LETTERS {
        press_keys(number, digits);
    }
    Ok(Written {
        plus: number.starts_with(is_plus),
        extension,
    })
}

/// Whether a plus sign comes first in a text of digits and everyday punctuation alone; `None` for
/// any other text.
///
/// PERF: a quarter of the time that characters of every kind take, and what most people write.
fn plain(raw: &[u8], digits: &mut Digits) -> Option<bool> {
    if raw.len() > MAX_INPUT_UNITS {
        return None;
    }
    let mut plus = None;
    for (at, &byte) in raw.iter().enumerate() {
        match byte {
            b'0'..=b'9' => digits.push(byte - b'0'),
            b' ' | b'-' | b'.' | b'(' | b')' => {}
            // Plus signs are read in one run, before any digit.
            b'+' if digits.length == 0 && plus.is_none_or(|last| last + 1 == at) => plus = Some(at),
            _ => return None,
        }
    }
    (digits.length >= ALWAYS_VIABLE).then_some(plus.is_some())
}

/// What one pass over a text tells beside its digits.
struct Scan {
    /// Whether it looks like a number.
    viable: bool,
    /// How many ASCII letters it holds.
    letters: usize,
    /// A bit for each class of characters in it.
    classes: u64,
}

impl Scan {
    fn of(number: &str, digits: &mut Digits) -> Self {
        digits.length = 0;
        let (mut letters, mut classes) = (0, 0);
        let mut state = VIABLE_START;
        for character in number.chars() {
            let class = class_of(character);
            if class == DIGIT {
                digits.push(unicode::digit(character).unwrap_or(0));
            }
            letters += usize::from(character.is_ascii_alphabetic());
            classes |= 1 << (class & MAX_CLASS);
            state = VIABLE_ROWS[usize::from(state)][usize::from(class & MAX_CLASS)];
        }
        Self {
            viable: VIABLE_ENDS[usize::from(state)],
            letters,
            classes,
        }
    }
}

fn class_of(character: char) -> u8 {
    if character.is_ascii() {
        return ASCII[character as usize];
    }
    if unicode::digit(character).is_some() {
        return DIGIT;
    }
    let found = OTHERS.binary_search_by_key(&character, |pair| pair.0);
    found.map_or(OTHER, |at| OTHERS[at].1)
}

/// The number before an extension and how many bytes it has, if there is one and what is left
/// still looks like a number.
fn without_extension(number: &str, scan: &Scan, digits: &mut Digits) -> Option<(Scan, usize)> {
    if scan.classes & !PLAIN == 0 {
        return None;
    }
    let start = extension_start(number)?;
    let shorter = Scan::of(&number[..start], digits);
    if shorter.viable {
        return Some((shorter, start));
    }
    Scan::of(number, digits);
    None
}

/// Where the longest extension, with its label, begins.
fn extension_start(number: &str) -> Option<usize> {
    let mut state = EXTENSION_START;
    let mut start = None;
    for (at, character) in number.char_indices().rev() {
        state = EXTENSION_ROWS[usize::from(state)][usize::from(class_of(character) & MAX_CLASS)];
        if state == 0 {
            break;
        }
        if EXTENSION_ENDS[usize::from(state)] {
            start = Some(at);
        }
    }
    start
}

/// The digits that end a text with an extension; a `#` may follow them.
fn extension_of(number: &str) -> Box<str> {
    let number = number.strip_suffix('#').unwrap_or(number);
    let label = number.trim_end_matches(|character| unicode::digit(character).is_some());
    number[label.len()..].into()
}

/// The digits of a number with letters: those of their keys. As in libphonenumber, digits of other
/// scripts are lost, and two letters that become ASCII in capitals are not.
fn press_keys(number: &str, digits: &mut Digits) {
    digits.length = 0;
    for character in number.chars() {
        let plain = match character {
            'ı' => 'I',
            'ſ' => 'S',
            other => other.to_ascii_uppercase(),
        };
        match plain {
            '0'..='9' => digits.push(plain as u8 - b'0'),
            'A'..='Z' => digits.push(KEYS[usize::from(plain as u8 - b'A')]),
            _ => {}
        }
    }
}

/// The keys of A to Z on a telephone (ITU-T E.161).
const KEYS: [u8; 26] = [
    2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8, 9, 9, 9, 9,
];
