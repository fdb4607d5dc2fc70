//! `clientsvia._core`: what `clientsvia-telephony` does, for Python. Conversion only.

#![expect(
    clippy::needless_pass_by_value,
    reason = "PyO3 hands arguments over by value"
)]

mod caller;
mod clock;
mod directory;
mod e164;
mod errors;
mod fastcall;
mod form;
mod gil;
mod search;
mod signature;
mod text;
mod twiml;

use pyo3::prelude::*;

/// The compiled core; imported through `clientsvia.telephony`.
///
/// `gil_used`: some of its state is guarded by the interpreter's lock.
#[pymodule(gil_used = true)]
mod _core {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::caller::{caller_kind, redact};
    #[pymodule_export]
    use super::directory::Directory;
    #[pymodule_export]
    use super::e164::{PhoneNumber, classify, normalize, parse};
    #[pymodule_export]
    use super::form::{Form, parse_form};
    #[pymodule_export]
    use super::search::Index;
    #[pymodule_export]
    use super::signature::{sign, verify};
    #[pymodule_export]
    use super::twiml::{Element, Slot, Template, render, slot};

    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "Python's own name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::directory::add_to(module)?;
        super::twiml::add_to(module)
    }
}
