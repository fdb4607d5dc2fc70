//! The core's refusals as the exceptions of `clientsvia.errors`.

use clientsvia_telephony::Error;
use clientsvia_telephony::twiml::TwimlError;
use pyo3::PyErr;
use pyo3::exceptions::PyValueError;

mod classes {
    #![allow(missing_docs, reason = "the macro writes public types without docs")]
    pyo3::import_exception!(clientsvia.errors, InvalidForm);
    pyo3::import_exception!(clientsvia.errors, InvalidNumber);
    pyo3::import_exception!(clientsvia.errors, TwimlTooLarge);
}

/// Any refusal of the core, on its way to Python.
pub(crate) struct Refused(Error);

impl<E: Into<Error>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl From<Refused> for PyErr {
    fn from(refused: Refused) -> Self {
        match refused.0 {
            Error::Number(reason) => classes::InvalidNumber::new_err((reason.label(),)),
            Error::Form(error) => {
                classes::InvalidForm::new_err((error.to_string(), error.status()))
            }
            Error::Twiml(error @ TwimlError::TooLarge) => {
                classes::TwimlTooLarge::new_err((error.to_string(),))
            }
            Error::Twiml(error) => PyValueError::new_err(error.to_string()),
        }
    }
}
