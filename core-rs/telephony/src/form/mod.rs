//! `application/x-www-form-urlencoded`, from bytes to parameters in one pass.
//!
//! Lenient as browsers are (the WHATWG rules): `+` is a space, a `%` that no two hexadecimal
//! digits follow stays as it is, invalid UTF-8 becomes U+FFFD. Whoever signs such a body signs
//! what these rules read, and a webhook with one odd parameter still gets its answer.

mod reader;

use std::fmt;

use reader::Read;

/// The largest body read, in bytes: 64 KiB.
pub const MAX_BYTES: usize = 65_536;
/// The most parameters read; Twilio sends about 30.
pub const MAX_PARAMETERS: usize = 1_000;

/// How much is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the body.
    pub bytes: usize,
    /// Parameters in it.
    pub parameters: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: MAX_BYTES,
            parameters: MAX_PARAMETERS,
        }
    }
}

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormError {
    /// More bytes than the limit; HTTP 413.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// More parameters than the limit; HTTP 400.
    TooManyParameters {
        /// The limit.
        limit: usize,
    },
}

impl FormError {
    /// The HTTP status that says so.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::TooLarge { .. } => 413,
            Self::TooManyParameters { .. } => 400,
        }
    }
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => {
                write!(f, "the form is over {limit} bytes: send a smaller body")
            }
            Self::TooManyParameters { limit } => {
                write!(f, "the form has over {limit} parameters: send fewer")
            }
        }
    }
}

impl std::error::Error for FormError {}

#[derive(Debug, Clone, Copy)]
struct Span {
    start: usize,
    equals: usize,
    end: usize,
}

/// Decoded parameters in the order they came, in one allocation of text.
#[derive(Debug, Clone, Default)]
pub struct Form {
    text: String,
    spans: Vec<Span>,
}

impl Form {
    /// Reads a body or a query string.
    ///
    /// # Errors
    /// [`FormError`] when it is over a limit.
    pub fn parse(body: &[u8], limits: Limits) -> Result<Self, FormError> {
        if body.len() > limits.bytes {
            let limit = limits.bytes;
            return Err(FormError::TooLarge { limit });
        }
        let Read { text, spans } = reader::read(body, limits.parameters)?;
        match String::from_utf8(text) {
            // A sequence cut by a border would be whole only in the joined text.
            Ok(text) if spans.iter().all(|span| on_borders(&text, *span)) => {
                Ok(Self { text, spans })
            }
            Ok(text) => Ok(Self::from_broken(text.as_bytes(), &spans)),
            Err(error) => Ok(Self::from_broken(error.as_bytes(), &spans)),
        }
    }

    fn from_broken(decoded: &[u8], broken: &[Span]) -> Self {
        let mut form = Self::default();
        for span in broken {
            let name = String::from_utf8_lossy(&decoded[span.start..span.equals]);
            let value = String::from_utf8_lossy(&decoded[span.equals..span.end]);
            form.push(&name, &value);
        }
        form
    }

    fn push(&mut self, name: &str, value: &str) {
        let start = self.text.len();
        self.text.push_str(name);
        let equals = self.text.len();
        self.text.push_str(value);
        let end = self.text.len();
        self.spans.push(Span { start, equals, end });
    }

    /// Name and value of every parameter, in the order they came.
    #[must_use]
    pub fn pairs(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        let text = &self.text;
        self.spans
            .iter()
            .map(|span| (&text[span.start..span.equals], &text[span.equals..span.end]))
    }

    /// The same as bytes, which need no look at the borders of characters.
    pub(crate) fn bytes(&self) -> impl Iterator<Item = (&[u8], &[u8])> + Clone {
        let text = self.text.as_bytes();
        self.spans
            .iter()
            .map(|span| (&text[span.start..span.equals], &text[span.equals..span.end]))
    }

    /// Every name and value run together, in the order they came.
    pub(crate) fn joined(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// The first value of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.spans_of(name).next().map(|span| self.value(span))
    }

    /// Every value of a name, in the order they came.
    pub fn get_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.spans_of(name).map(|span| self.value(span))
    }

    fn spans_of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Span> {
        let text = self.text.as_bytes();
        let has_name = move |span: &&Span| text[span.start..span.equals] == *name.as_bytes();
        self.spans.iter().filter(has_name)
    }

    fn value(&self, span: &Span) -> &str {
        &self.text[span.equals..span.end]
    }

    /// How many parameters came, duplicates included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether none came.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }
}

fn on_borders(text: &str, span: Span) -> bool {
    text.is_char_boundary(span.equals) && text.is_char_boundary(span.end)
}
