//! Escaping by position, and dropping what XML 1.0 forbids.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    Attribute,
    Text,
}

/// Appends a text as it must be written at its position.
pub(super) fn push_escaped(text: &str, position: Position, out: &mut String) {
    let mut copied = 0;
    let mut from = 0;
    while let Some(at) = first_special(&text.as_bytes()[from..]) {
        let at = from + at;
        from = at + 1;
        if let Some((replacement, length)) = replacement(&text.as_bytes()[at..], position) {
            out.push_str(&text[copied..at]);
            out.push_str(replacement);
            copied = at + length;
            from = copied;
        }
    }
    out.push_str(&text[copied..]);
}

/// What stands for the character that these bytes begin with, and its length; `None` when it may
/// stay.
fn replacement(bytes: &[u8], position: Position) -> Option<(&'static str, usize)> {
    let replacement = match (bytes[0], position) {
        (b'&', _) => "&amp;",
        (b'<', _) => "&lt;",
        (b'>', _) => "&gt;",
        (b'"', Position::Attribute) => "&quot;",
        (b'\t', Position::Attribute) => "&#09;",
        (b'\n', Position::Attribute) => "&#10;",
        (b'\r', Position::Attribute) => "&#13;",
        (b'"' | b'\t' | b'\n' | b'\r', Position::Text) => return None,
        (0..=0x1F, _) => "",
        // U+FFFE and U+FFFF, of all that begin with 0xEF.
        _ => return matches!(bytes, [0xEF, 0xBF, 0xBE | 0xBF, ..]).then_some(("", 3)),
    };
    Some((replacement, 1))
}

/// Where the first byte is that may need more than a copy.
///
/// PERF: long texts in blocks that fill vector registers, the last overlapping the one before;
/// only where a block has such a byte, and in short texts, byte by byte.
fn first_special(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(block) = bytes[from..].first_chunk::<32>() {
        if any_special(block) {
            return first_in_bytes(bytes, from);
        }
        from += block.len();
    }
    let is_clean = match bytes.last_chunk::<32>() {
        Some(block) => !any_special(block),
        None => match (bytes.first_chunk::<16>(), bytes.last_chunk::<16>()) {
            (Some(head), Some(tail)) => !any_special(head) && !any_special(tail),
            _ => false,
        },
    };
    if is_clean {
        None
    } else {
        first_in_bytes(bytes, from)
    }
}

/// Without a branch, so that the compiler makes vector instructions of it.
#[inline]
fn any_special<const SIZE: usize>(block: &[u8; SIZE]) -> bool {
    block
        .iter()
        .fold(0, |any, &byte| any | u8::from(is_special(byte)))
        != 0
}

#[inline]
fn first_in_bytes(bytes: &[u8], from: usize) -> Option<usize> {
    let mut rest = bytes[from..].iter();
    let at = rest.position(|&byte| SPECIAL[usize::from(byte)])?;
    Some(from + at)
}

static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = u8::MAX;
    while byte > 0 {
        table[byte as usize] = is_special(byte);
        byte -= 1;
    }
    table[0] = is_special(0);
    table
};

/// Control characters, `"` and `&`, `<` and `>`, and 0xEF, which leads U+FFFE and U+FFFF.
///
/// PERF: `"` differs from `&`, and `<` from `>`, in one bit: four comparisons for six characters.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "no branch, so that blocks become vector instructions"
)]
#[inline]
const fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte | 4 == b'&') | (byte | 2 == b'>') | (byte == 0xEF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str, position: Position) -> String {
        let mut out = String::new();
        push_escaped(text, position, &mut out);
        out
    }

    #[test]
    fn each_position_escapes_its_own() {
        let text = "a&b<c>d\"e'f\tg\nh\ri";
        assert_eq!(
            escaped(text, Position::Text),
            "a&amp;b&lt;c&gt;d\"e'f\tg\nh\ri"
        );
        assert_eq!(
            escaped(text, Position::Attribute),
            "a&amp;b&lt;c&gt;d&quot;e'f&#09;g&#10;h&#13;i"
        );
    }

    #[test]
    fn forbidden_characters_are_dropped_and_others_kept() {
        let text = "\0\u{1}\u{B}\u{1F}\u{FFFE}\u{FFFF}ok\u{7F}\u{85}\u{FFFD}\u{FEFF}😀";
        assert_eq!(
            escaped(text, Position::Text),
            "ok\u{7F}\u{85}\u{FFFD}\u{FEFF}😀"
        );
    }

    #[test]
    fn special_characters_are_found_wherever_they_stand() {
        for before in 0..100 {
            for after in 0..40 {
                let (before, after) = ("x".repeat(before), "y".repeat(after));
                let expected = format!("{before}&amp;é&lt;{after}");
                let text = format!("{before}&é<{after}");
                assert_eq!(escaped(&text, Position::Text), expected);
            }
        }
    }

    #[test]
    fn exactly_these_bytes_may_be_special() {
        for byte in 0..=u8::MAX {
            let expected = byte < 0x20 || b"&<>\"\xEF".contains(&byte);
            assert_eq!(is_special(byte), expected, "{byte}");
            assert_eq!(SPECIAL[usize::from(byte)], expected, "{byte}");
        }
    }
}
