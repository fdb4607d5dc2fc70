//! Every way this crate refuses its input, in one type.

use std::fmt;

use crate::e164::Reason;
use crate::form::FormError;
use crate::twiml::TwimlError;

/// What was refused; each variant's text says what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// Not a usable telephone number.
    Number(Reason),
    /// Not a form, or too much of one.
    Form(FormError),
    /// Not a document Twilio would take.
    Twiml(TwimlError),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(reason) => write!(f, "not a usable telephone number ({reason})"),
            Self::Form(error) => error.fmt(f),
            Self::Twiml(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<Reason> for Error {
    fn from(reason: Reason) -> Self {
        Self::Number(reason)
    }
}

impl From<FormError> for Error {
    fn from(error: FormError) -> Self {
        Self::Form(error)
    }
}

impl From<TwimlError> for Error {
    fn from(error: TwimlError) -> Self {
        Self::Twiml(error)
    }
}
