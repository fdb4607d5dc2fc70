//! Who calls, when it may not be a number at all.

/// What a caller id is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CallerKind {
    /// Digits that have the shape of a telephone number.
    Number,
    /// The caller withheld it.
    Anonymous,
    /// The network withheld it, or the caller is blocked.
    Restricted,
    /// The network had none to give.
    Unavailable,
    /// A Twilio client, `client:name`.
    Client,
    /// A SIP address.
    Sip,
    /// Three to six digits.
    ShortCode,
    /// Nothing that could be called back.
    Unknown,
}

impl CallerKind {
    /// The kind's name: `number`, `anonymous`, `short_code` and so on.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Anonymous => "anonymous",
            Self::Restricted => "restricted",
            Self::Unavailable => "unavailable",
            Self::Client => "client",
            Self::Sip => "sip",
            Self::ShortCode => "short_code",
            Self::Unknown => "unknown",
        }
    }
}

/// What Twilio sends in place of a number: words, and the same words on a keypad.
const STAND_INS: [(&str, &str, CallerKind); 6] = [
    ("anonymous", "266696687", CallerKind::Anonymous),
    ("restricted", "7378742833", CallerKind::Restricted),
    ("blocked", "2562533", CallerKind::Restricted),
    ("unknown", "8656696", CallerKind::Unknown),
    ("unavailable", "86282452253", CallerKind::Unavailable),
    ("private", "7748283", CallerKind::Anonymous),
];

/// Numbers with more characters than this are told apart by four digits, which hide enough.
const LONG: usize = 9;

/// Types a caller id by its shape; whether a number can be called is for
/// [`crate::e164::normalize`] to say.
#[must_use]
pub fn caller_kind(raw: &str) -> CallerKind {
    let text = raw.trim();
    let digits = text.strip_prefix('+').unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits_kind(digits, digits.len() < text.len());
    }
    if has_scheme(text, "client:") {
        return CallerKind::Client;
    }
    if has_scheme(text, "sip:") || has_scheme(text, "sips:") {
        return CallerKind::Sip;
    }
    STAND_INS
        .iter()
        .find(|(word, _, _)| text.eq_ignore_ascii_case(word))
        .map_or(CallerKind::Unknown, |&(_, _, kind)| kind)
}

/// A caller id fit for a log: the first digit of a number and its last four, two of a short one, the scheme of an
/// address, the words Twilio uses for nobody, and nothing of anything else.
#[must_use]
pub fn redact(raw: &str) -> String {
    let text = raw.trim();
    match caller_kind(text) {
        CallerKind::Number => {
            let lead = if text.starts_with('+') { 2 } else { 1 };
            let tail = if text.len() > LONG { 4 } else { 2 };
            format!("{}***{}", &text[..lead], &text[text.len() - tail..])
        }
        CallerKind::Client => "client:***".to_owned(),
        CallerKind::Sip => "sip:***".to_owned(),
        kind @ (CallerKind::Anonymous | CallerKind::Restricted | CallerKind::Unavailable) => {
            kind.name().to_owned()
        }
        CallerKind::ShortCode | CallerKind::Unknown => "***".to_owned(),
    }
}

fn digits_kind(digits: &str, plus: bool) -> CallerKind {
    if let Some(&(_, _, kind)) = STAND_INS.iter().find(|(_, keypad, _)| *keypad == digits) {
        return kind;
    }
    match digits.len() {
        3..=6 if !plus => CallerKind::ShortCode,
        7..=15 => CallerKind::Number,
        _ => CallerKind::Unknown,
    }
}

fn has_scheme(text: &str, scheme: &str) -> bool {
    text.get(..scheme.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twilios_stand_ins_are_no_numbers() {
        let expected = [
            ("+266696687", CallerKind::Anonymous),
            ("266696687", CallerKind::Anonymous),
            ("Anonymous", CallerKind::Anonymous),
            ("+7378742833", CallerKind::Restricted),
            ("+2562533", CallerKind::Restricted),
            ("+8656696", CallerKind::Unknown),
            ("+86282452253", CallerKind::Unavailable),
        ];
        for (raw, kind) in expected {
            assert_eq!(caller_kind(raw), kind, "{raw}");
        }
    }

    #[test]
    fn addresses_short_codes_and_garbage_are_told_apart() {
        assert_eq!(caller_kind("client:alice"), CallerKind::Client);
        assert_eq!(caller_kind("sip:+12395551212@example.com"), CallerKind::Sip);
        assert_eq!(caller_kind("72345"), CallerKind::ShortCode);
        assert_eq!(caller_kind("+12395551212"), CallerKind::Number);
        for other in ["", "+", "12", "😀client:", "+1234567890123456"] {
            assert_eq!(caller_kind(other), CallerKind::Unknown, "{other}");
        }
    }

    #[test]
    fn a_redacted_caller_cannot_be_called_back() {
        assert_eq!(redact("+12395551212"), "+1***1212");
        assert_eq!(redact("2395551212"), "2***1212");
        assert_eq!(redact("5551212"), "5***12");
        assert_eq!(redact("client:alice"), "client:***");
        assert_eq!(redact("sip:alice@example.com"), "sip:***");
        assert_eq!(redact("+266696687"), "anonymous");
        assert_eq!(redact("call me at 239 555 1212"), "***");
        assert_eq!(redact("é😀"), "***");
    }
}
