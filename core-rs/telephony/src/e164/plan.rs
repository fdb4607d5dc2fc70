//! Walks through the tables.
//!
//! All automata share their states. Most are rows with a successor for each digit; where digits
//! no longer matter, only their count, a state is a tail, and the walk is over.

use super::tables::{ACTIONS, INTERNATIONAL, OUTCOMES, ROWS, TAIL, TAILS, VERDICTS};

/// How many bits of a plan's verdict name the type; the region's place is above them.
pub(super) const KIND_BITS: u32 = 4;

/// The state that says nothing and leads nowhere: the first tail.
const DEAD: usize = ROWS.len();

/// What holds of a number that ends after 0, 1, 2 … digits more.
pub(super) type Tail = [u16; TAIL];

/// What becomes of the first digits of a number: `literal`, then the digits from `start` to
/// `stop`, in place of the first `end`.
pub(super) struct Action {
    pub(super) literal: &'static [u8],
    pub(super) start: u8,
    pub(super) stop: u8,
    pub(super) end: u8,
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

#[cfg(test)]
mod tests {
    use super::super::tables::{
        BY_CODE, BY_NAME, CALLING_CODES, EXTENSION_ROWS, LAYOUTS, OTHERS, REGIONS, VIABLE_ROWS,
    };
    use super::super::territory::region;
    use super::*;

    const MEGABYTE: usize = 1_000_000;

    #[test]
    fn all_tables_together_take_less_than_half_a_megabyte() {
        let layouts: usize = LAYOUTS.iter().map(|layout| size_of_val(*layout)).sum();
        let bytes = size_of_val(&ROWS)
            + size_of_val(&VERDICTS)
            + size_of_val(&TAILS)
            + size_of_val(&OUTCOMES)
            + size_of_val(&ACTIONS)
            + size_of_val(&REGIONS)
            + size_of_val(&CALLING_CODES)
            + size_of_val(&BY_CODE)
            + size_of_val(&BY_NAME)
            + size_of_val(&LAYOUTS)
            + layouts
            + size_of_val(&VIABLE_ROWS)
            + size_of_val(&EXTENSION_ROWS)
            + size_of_val(&OTHERS);
        assert!(bytes < MEGABYTE / 2, "{bytes}");
    }

    #[test]
    fn a_prefix_is_found_with_what_becomes_of_it() {
        let argentina = region("AR").expect("known");
        let action = prefix(argentina.prefix, b"0111523456789").expect("a prefix");
        assert_eq!(
            (action.literal, action.start, action.stop, action.end),
            (&b"9"[..], 1, 3, 5)
        );
        let states = region("US").expect("known");
        assert!(prefix(states.prefix, b"2395551212").is_none());
        assert_eq!(
            prefix(states.prefix, b"12395551212").map(|found| found.end),
            Some(1)
        );
    }
}
