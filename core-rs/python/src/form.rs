//! Forms and query strings.

use clientsvia_telephony::form::{self, Limits};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyTuple};

use crate::errors::Refused;
use crate::text::Text;

/// Decoded parameters in the order they came, duplicates included.
#[pyclass(frozen, module = "clientsvia._core")]
pub(crate) struct Form(pub(crate) form::Form);

#[pymethods]
impl Form {
    /// The first value of a name, or the default.
    #[pyo3(signature = (name, default = ""))]
    fn get<'a>(&'a self, name: &str, default: &'a str) -> &'a str {
        self.0.get(name).unwrap_or(default)
    }

    /// The first value that is not empty of these names, in their order; `""` if all are.
    #[pyo3(signature = (*names))]
    fn first(&self, names: &Bound<'_, PyTuple>) -> PyResult<&str> {
        for name in names.iter_borrowed() {
            match self.0.get(name.cast::<PyString>()?.to_str()?) {
                None | Some("") => {}
                Some(value) => return Ok(value),
            }
        }
        Ok("")
    }

    /// Every value of a name, in the order they came.
    fn get_all(&self, name: &str) -> Vec<&str> {
        let matching = self.0.pairs().filter(|pair| pair.0 == name);
        matching.map(|pair| pair.1).collect()
    }

    /// Every name and value, in the order they came.
    fn pairs(&self) -> Vec<(&str, &str)> {
        self.0.pairs().collect()
    }

    fn __contains__(&self, name: &str) -> bool {
        self.0.get(name).is_some()
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }
}

/// Reads a form's body, or a query string.
///
/// `+` is a space, a `%` without two hexadecimal digits stays, invalid UTF-8 becomes U+FFFD.
/// Raises `InvalidForm` with status 413 over `max_bytes`, 400 over `max_parameters`.
#[pyfunction]
#[pyo3(signature = (body, *, max_bytes = 65536, max_parameters = 1000))]
pub(crate) fn parse_form(
    body: &Bound<'_, PyAny>,
    max_bytes: usize,
    max_parameters: usize,
) -> PyResult<Form> {
    let limits = Limits {
        bytes: max_bytes,
        parameters: max_parameters,
    };
    let parsed = if let Ok(bytes) = body.cast::<PyBytes>() {
        form::Form::parse(bytes.as_bytes(), limits)
    } else if let Ok(text) = body.extract::<Text<'_>>() {
        form::Form::parse(text.as_ref().as_bytes(), limits)
    } else {
        return Err(PyTypeError::new_err("a form is read from bytes or str"));
    };
    Ok(Form(parsed.map_err(Refused::from)?))
}
