//! Python text as Rust text: borrowed when it can be, without lone surrogates when it cannot.

use std::borrow::Cow;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

/// A `str` argument; lone surrogates, which UTF-8 does not know, are dropped.
pub(crate) struct Text<'a>(Cow<'a, str>);

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<'a> Text<'a> {
    pub(crate) fn into_inner(self) -> Cow<'a, str> {
        self.0
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for Text<'a> {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        match (object.extract::<&'a str>(), object.cast::<PyString>()) {
            (Ok(text), _) => Ok(Self(Cow::Borrowed(text))),
            (Err(_), Ok(string)) => Ok(Self(Cow::Owned(without_surrogates(&string)?))),
            (Err(error), Err(_)) => Err(error),
        }
    }
}

fn without_surrogates(string: &Bound<'_, PyString>) -> PyResult<String> {
    let encoded = string.call_method1("encode", ("utf-8", "ignore"))?;
    let bytes = encoded.cast::<PyBytes>()?.as_bytes();
    Ok(String::from_utf8_lossy(bytes).into_owned())
}
