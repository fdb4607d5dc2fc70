//! Caller ids.

use clientsvia_telephony::caller;
use pyo3::prelude::*;

use crate::text::Text;

/// What a caller id is, by its shape.
///
/// `number`, `anonymous`, `restricted`, `unavailable` (also as Twilio's numeric stand-ins, such
/// as `+266696687`), `client`, `sip`, `short_code` or `unknown`.
#[pyfunction]
pub(crate) fn caller_kind(raw: Text<'_>) -> &'static str {
    caller::caller_kind(raw.as_ref()).name()
}

/// A caller id fit for a log: `+1***12` for a number, `client:***`, `sip:***`, and `***` for
/// anything that is none.
#[pyfunction]
pub(crate) fn redact(raw: Text<'_>) -> String {
    caller::redact(raw.as_ref())
}
