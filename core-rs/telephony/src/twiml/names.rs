//! Tag and attribute names: twilio-python's mapping, and XML's rules.

use std::borrow::Cow;

use super::TwimlError;

/// The attribute name twilio-python writes for a keyword.
pub(super) fn attribute(keyword: &str) -> Cow<'_, str> {
    match keyword {
        "from_" => Cow::Borrowed("from"),
        "for_" => Cow::Borrowed("for"),
        "break_" => Cow::Borrowed("break"),
        "xml_lang" => Cow::Borrowed("xml:lang"),
        "interpret_as" => Cow::Borrowed("interpret-as"),
        _ if !keyword.contains('_') => Cow::Borrowed(keyword),
        _ => Cow::Owned(lower_camel(keyword)),
    }
}

/// The name of an element, known to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a>(&'a str);

impl<'a> Tag<'a> {
    /// Takes a name.
    ///
    /// # Errors
    /// [`TwimlError::InvalidName`] when it is none in XML.
    pub fn new(name: &'a str) -> Result<Self, TwimlError> {
        check(name)?;
        Ok(Self(name))
    }

    /// Takes one of `TwiML`'s own names, which are letters.
    ///
    /// # Panics
    /// When it has anything else; in a constant, this fails to compile.
    #[must_use]
    pub const fn known(name: &'a str) -> Self {
        let (first, mut rest) = name.as_bytes().split_first().expect("a name has letters");
        assert!(first.is_ascii_alphabetic(), "a name has letters");
        while let [letter, others @ ..] = rest {
            assert!(letter.is_ascii_alphabetic(), "a name has letters");
            rest = others;
        }
        Self(name)
    }

    pub(super) const fn as_str(self) -> &'a str {
        self.0
    }
}

/// Refuses what XML 1.0 does not take as a name.
pub(super) fn check(name: &str) -> Result<(), TwimlError> {
    let mut characters = name.chars();
    let sound = characters.next().is_some_and(starts_name) && characters.all(continues_name);
    if sound {
        Ok(())
    } else {
        Err(TwimlError::InvalidName(name.to_owned()))
    }
}

/// Python's `"".join(part.title() for part in keyword.split("_"))`, the first letter lowered.
fn lower_camel(keyword: &str) -> String {
    let mut joined = String::with_capacity(keyword.len());
    for part in keyword.split('_') {
        let mut after_letter = false;
        for character in part.chars() {
            if after_letter {
                joined.extend(character.to_lowercase());
            } else {
                push_title(character, &mut joined);
            }
            after_letter = character.is_lowercase() || character.is_uppercase();
        }
    }
    let mut characters = joined.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => joined,
    }
}

/// One capital; the rest of a letter that becomes several stays small (`ß` becomes `Ss`).
fn push_title(character: char, out: &mut String) {
    let mut capitals = character.to_uppercase();
    out.extend(capitals.next());
    out.extend(capitals.flat_map(char::to_lowercase));
}

const fn starts_name(character: char) -> bool {
    matches!(
        character,
        ':' | '_' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}'
            | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}'
            | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
            | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
            | '\u{10000}'..='\u{EFFFF}'
    )
}

const fn continues_name(character: char) -> bool {
    starts_name(character)
        || matches!(
            character,
            '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_mapped_as_twilio_python_maps_them() {
        for (keyword, name) in [
            ("action", "action"),
            ("speech_timeout", "speechTimeout"),
            ("x_2fa_code", "x2FaCode"),
            ("ALL_CAPS", "allCaps"),
            ("two__under", "twoUnder"),
            ("from_", "from"),
            ("xml_lang", "xml:lang"),
            ("interpret_as", "interpret-as"),
            ("trailing_", "trailing"),
            ("camelCase", "camelCase"),
            ("straße_ß", "straßeSs"),
        ] {
            assert_eq!(attribute(keyword), name);
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for name in [
            "",
            "1a",
            "-a",
            "a b",
            "a>b",
            "a/b",
            "a\"",
            "a=b",
            "{x}y",
            "é!",
            "__proto__\0",
        ] {
            assert!(check(name).is_err(), "{name}");
        }
        for name in ["Say", "say-as", "xml:lang", "_x", "é", "a.b"] {
            assert!(check(name).is_ok(), "{name}");
        }
    }
}
