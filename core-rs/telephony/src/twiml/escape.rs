//! Escaping by position, and dropping what XML 1.0 forbids.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    Attribute,
    Text,
}

/// Bytes looked at together; the compiler makes vector instructions of it.
const CHUNK: usize = 32;

/// Appends a text as it must be written at its position.
pub(super) fn push_escaped(text: &str, position: Position, out: &mut String) {
    out.reserve(text.len());
    let mut rest = text;
    loop {
        let plain = plain_prefix(rest.as_bytes());
        // The first byte that may be special is never inside a character: it is ASCII or a lead.
        let (clean, special) = rest.split_at(plain);
        out.push_str(clean);
        let Some(character) = special.chars().next() else {
            return;
        };
        push_special(character, position, out);
        rest = &special[character.len_utf8()..];
    }
}

fn push_special(character: char, position: Position, out: &mut String) {
    match (character, position) {
        ('&', _) => out.push_str("&amp;"),
        ('<', _) => out.push_str("&lt;"),
        ('>', _) => out.push_str("&gt;"),
        ('"', Position::Attribute) => out.push_str("&quot;"),
        ('\t', Position::Attribute) => out.push_str("&#09;"),
        ('\n', Position::Attribute) => out.push_str("&#10;"),
        ('\r', Position::Attribute) => out.push_str("&#13;"),
        ('\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}', _) => {}
        (other, _) => out.push(other),
    }
}

/// How many bytes at the start need no look.
fn plain_prefix(bytes: &[u8]) -> usize {
    let skipped = bytes
        .chunks_exact(CHUNK)
        .take_while(|chunk| {
            !chunk
                .iter()
                .fold(false, |any, &byte| any | may_be_special(byte))
        })
        .count()
        * CHUNK;
    bytes[skipped..]
        .iter()
        .position(|&byte| may_be_special(byte))
        .map_or(bytes.len(), |at| skipped + at)
}

/// 0xEF leads U+FFFE and U+FFFF, among others.
const fn may_be_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'&' || byte == b'<' || byte == b'>' || byte == b'"' || byte == 0xEF
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
            let text = format!("{}&é<", "x".repeat(before));
            let expected = format!("{}&amp;é&lt;", "x".repeat(before));
            assert_eq!(escaped(&text, Position::Text), expected);
        }
    }
}
