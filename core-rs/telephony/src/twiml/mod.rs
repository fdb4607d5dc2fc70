//! `TwiML`, byte for byte as twilio-python writes it.
//!
//! An [`Element`] is written the moment it is made: a parent copies its children's bytes, and
//! rendering is one copy. What a document may not hold never gets into one: characters XML 1.0
//! forbids are dropped, names that are no XML names are refused.

mod element;
mod escape;
mod keywords;
mod names;
mod template;

use std::borrow::Cow;
use std::fmt;

pub use element::Element;
pub use keywords::Keywords;
pub use names::Tag;
pub use template::Template;

/// The largest document Twilio takes, in bytes (its error 11750).
pub const MAX_BYTES: usize = 65_536;

pub(crate) const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

/// What stands in a text or an attribute: known now, or filled in later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Text, escaped by where it stands.
    Text(Cow<'a, str>),
    /// The name of a [`Template`]'s slot.
    Slot(&'a str),
}

impl Value<'_> {
    /// The bytes it takes when nothing needs escaping.
    fn size(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Slot(_) => 0,
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

/// What stands between an element's tags.
#[derive(Debug, Clone)]
pub enum Child<'a> {
    /// An element.
    Element(&'a Element),
    /// Text before, between or after elements.
    Value(Value<'a>),
}

/// Why a document was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TwimlError {
    /// Over [`MAX_BYTES`].
    TooLarge,
    /// A tag or an attribute that is no XML name.
    InvalidName(String),
    /// A slot outside a template, or one without its value.
    MissingSlot(String),
}

impl fmt::Display for TwimlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(
                f,
                "the document is over Twilio's {MAX_BYTES} bytes: shorten what it says"
            ),
            Self::InvalidName(name) => write!(
                f,
                "{name:?} is no XML name: use letters, digits, '-', '_', '.' and ':', and begin \
                 with a letter or '_'"
            ),
            Self::MissingSlot(name) => write!(
                f,
                "slot {name:?} has no value: make a Template of the document and give it one"
            ),
        }
    }
}

impl std::error::Error for TwimlError {}
