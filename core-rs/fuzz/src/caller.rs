//! Caller ids. The input is what Twilio sent.

use clientsvia_telephony::caller::{CallerKind, caller_kind, redact};

/// The first digit and the last four.
const SHOWN_AT_MOST: usize = 5;

/// Every text has one kind, and what is logged of it tells little.
pub fn check(data: &[u8]) {
    let raw = super::text(data);
    let kind = caller_kind(&raw);
    assert_eq!(caller_kind(raw.trim()), kind);
    let shown = redact(&raw);
    let digits = shown.chars().filter(char::is_ascii_digit).count();
    assert!(digits <= SHOWN_AT_MOST, "{shown}");
    if kind == CallerKind::Number {
        assert!(digits < raw.chars().filter(char::is_ascii_digit).count() - 3);
        let (start, end) = shown.split_once("***").expect("something is hidden");
        assert!(raw.trim().starts_with(start) && raw.trim().ends_with(end));
    } else {
        assert_eq!(digits, 0);
        let known = ["***", "client:***", "sip:***", kind.name()];
        assert!(known.contains(&&*shown), "{shown}");
    }
}
