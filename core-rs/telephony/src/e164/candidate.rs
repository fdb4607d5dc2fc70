//! Which part of a text may be a number, before its characters are judged.

use std::borrow::Cow;

use super::{Reason, unicode};

const PHONE_CONTEXT: &str = ";phone-context=";
const SUBADDRESS: &str = ";isub=";
const SCHEME: &str = "tel:";

/// The part that may be a number; for RFC 3966 with a context, the two put together.
///
/// # Errors
/// [`Reason::NotANumber`] for a context that is none.
pub(super) fn number_in(raw: &str) -> Result<Cow<'_, str>, Reason> {
    if !raw.contains(';') {
        return Ok(Cow::Borrowed(possible(raw)));
    }
    let number = match raw.find(PHONE_CONTEXT) {
        Some(at) => Cow::Owned(in_context(raw, at)?),
        None => Cow::Borrowed(possible(raw)),
    };
    Ok(match number.find(SUBADDRESS) {
        Some(at) if at > 0 => Cow::Owned(number[..at].to_owned()),
        _ => number,
    })
}

/// From the first plus sign or digit to the last letter, number or `#`, and not into a second
/// number such as `/x2303`.
fn possible(raw: &str) -> &str {
    let starts = |character| is_plus(character) || unicode::digit(character).is_some();
    let Some(start) = raw.find(starts) else {
        return "";
    };
    let ends = |character| character != '#' && !unicode::is_letter_or_number(character);
    let number = raw[start..].trim_end_matches(ends);
    match second_number(number) {
        Some(at) => &number[..at],
        None => number,
    }
}

fn second_number(number: &str) -> Option<usize> {
    let mut slashes = number.match_indices(['/', '\\']).map(|(at, _)| at);
    slashes.find(|at| number[at + 1..].trim_start_matches(' ').starts_with('x'))
}

fn in_context(raw: &str, at: usize) -> Result<String, Reason> {
    let after = &raw[at + PHONE_CONTEXT.len()..];
    let context = after.split(';').next().unwrap_or(after);
    if !(is_global_number(context) || is_domain(context)) {
        return Err(Reason::NotANumber);
    }
    let start = raw.find(SCHEME).map_or(0, |found| found + SCHEME.len());
    let prefix = if context.starts_with('+') {
        context
    } else {
        ""
    };
    // A scheme behind the context leaves nothing of the number.
    let local = raw.get(start..at).unwrap_or("");
    Ok(format!("{prefix}{local}"))
}

/// RFC 3966's `global-number-digits`: a plus sign, digits of any script and visual separators.
fn is_global_number(context: &str) -> bool {
    let Some(number) = context.strip_prefix('+') else {
        return false;
    };
    let is_digit = |character| unicode::digit(character).is_some();
    number.chars().any(is_digit)
        && number
            .chars()
            .all(|character| is_digit(character) || matches!(character, '-' | '.' | '(' | ')'))
}

/// RFC 3966's `domainname`: labels of letters, digits and inner hyphens; the last one begins with
/// a letter, and a full stop may follow it.
fn is_domain(context: &str) -> bool {
    let name = context.strip_suffix('.').unwrap_or(context);
    let is_inner =
        |character: char| character.is_ascii_alphabetic() || unicode::digit(character).is_some();
    let is_label = |label: &str| {
        label.starts_with(is_inner)
            && label.ends_with(is_inner)
            && label
                .chars()
                .all(|character| character == '-' || is_inner(character))
    };
    let last = name.rsplit('.').next().unwrap_or(name);
    name.split('.').all(is_label) && last.starts_with(|first: char| first.is_ascii_alphabetic())
}

pub(super) fn is_plus(character: char) -> bool {
    matches!(character, '+' | '＋')
}
