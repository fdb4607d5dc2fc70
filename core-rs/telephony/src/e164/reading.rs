//! From digits to a number, by the rules of countries: libphonenumber's steps in its order.

use std::borrow::Cow;

use super::plan;
use super::territory::{self, CallingCode, Length, Region};
use super::text::{self, Digits, Written};
use super::{Number, Reason};

/// The fewest and the most digits of a national number.
const SHORTEST: usize = 2;
const LONGEST: usize = 17;

/// A calling code, and the national digits that were found with it.
type Found<'a> = (&'static CallingCode, Cow<'a, [u8]>);

pub(super) fn read(raw: &str, region: Option<&str>) -> Result<Number, Reason> {
    let mut digits = Digits::new();
    let Written { plus, extension } = text::read(raw, &mut digits)?;
    let home = region.and_then(territory::region);
    if home.is_none() && !plus {
        return Err(Reason::InvalidCountryCode);
    }
    let digits = digits.as_slice();
    if let Some((code, national)) = at_once(plus, digits, home) {
        return Ok(Number::new(code, national, extension));
    }
    let found = if plus {
        after_plus(digits, home)?
    } else {
        dialled(digits, home)?
    };
    let (code, national, rules) = match (found, home) {
        (Some((code, national)), _) => (code, national, code.main_region()),
        (None, Some(home)) => (home.calling_code(), Cow::Borrowed(digits), home),
        (None, None) => return Err(Reason::InvalidCountryCode),
    };
    if national.len() < SHORTEST {
        return Err(Reason::TooShortNsn);
    }
    let bare = without_prefix(&national, rules);
    let kept = match rules.length(&bare) {
        Length::TooShort | Length::LocalOnly | Length::Between => national,
        Length::Possible | Length::TooLong => bare,
    };
    match kept.len() {
        ..SHORTEST => Err(Reason::TooShortNsn),
        SHORTEST..=LONGEST => Ok(Number::new(code, &kept, extension)),
        _ => Err(Reason::TooLong),
    }
}

/// The calling code and the national digits, when the first digits rule out every prefix.
///
/// PERF: half the time of the whole way, for nine numbers of ten.
fn at_once<'a>(
    plus: bool,
    digits: &'a [u8],
    home: Option<&'static Region>,
) -> Option<(&'static CallingCode, &'a [u8])> {
    if plus {
        let code = territory::code_of(plan::settled(digits))?;
        return Some((code, &digits[code.digits.len()..]));
    }
    let home = home.filter(|home| home.is_bare(digits))?;
    (SHORTEST..=LONGEST)
        .contains(&digits.len())
        .then(|| (home.calling_code(), digits))
}

/// The calling code after a plus sign, and the digits after it.
fn after_plus<'a>(
    digits: &'a [u8],
    home: Option<&'static Region>,
) -> Result<Option<Found<'a>>, Reason> {
    match international(digits) {
        // A plus sign before what is dialled at home, such as an international prefix, is no harm.
        Err(Reason::InvalidCountryCode) => match dialled(digits, home)? {
            None => Err(Reason::InvalidCountryCode),
            found => Ok(found),
        },
        found => found.map(Some),
    }
}

fn international(digits: &[u8]) -> Result<Found<'_>, Reason> {
    if digits.len() <= SHORTEST {
        return Err(Reason::TooShortAfterIdd);
    }
    let (code, length) = territory::leading_code(digits).ok_or(Reason::InvalidCountryCode)?;
    Ok((code, Cow::Borrowed(&digits[length..])))
}

/// What is dialled from a region: an international prefix, or its own calling code although the
/// number is one of its own.
fn dialled<'a>(
    digits: &'a [u8],
    home: Option<&'static Region>,
) -> Result<Option<Found<'a>>, Reason> {
    let Some(home) = home else {
        return Ok(None);
    };
    if let Some(action) = plan::prefix(home.idd, digits) {
        let rest = &digits[usize::from(action.end)..];
        // No calling code begins with 0: then it was no international prefix.
        if rest.first() != Some(&b'0') {
            return international(rest).map(Some);
        }
    }
    let code = home.calling_code();
    let starts_with_code = territory::leading_code(digits)
        .filter(|(found, _)| std::ptr::eq(*found, code))
        .map(|(_, length)| &digits[length..]);
    let Some(rest) = starts_with_code else {
        return Ok(None);
    };
    let national = without_prefix(rest, home);
    let only_then_possible = !home.matches(digits) && home.matches(&national);
    if only_then_possible || home.length(digits) == Length::TooLong {
        return Ok(Some((code, national)));
    }
    Ok(None)
}

/// The digits without their national prefix, unless they would be possible with it alone.
fn without_prefix<'a>(digits: &'a [u8], rules: &Region) -> Cow<'a, [u8]> {
    let Some(action) = plan::prefix(rules.prefix, digits) else {
        return Cow::Borrowed(digits);
    };
    let rest = &digits[usize::from(action.end)..];
    let group = &digits[usize::from(action.start)..usize::from(action.stop)];
    let changed = if action.literal.is_empty() && group.is_empty() {
        Cow::Borrowed(rest)
    } else {
        Cow::Owned([action.literal, group, rest].concat())
    };
    if rules.matches(digits) && !rules.matches(&changed) {
        return Cow::Borrowed(digits);
    }
    changed
}
