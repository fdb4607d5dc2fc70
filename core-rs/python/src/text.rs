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

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        match object.extract::<&'a str>() {
            Ok(text) => Ok(Self(Cow::Borrowed(text))),
            Err(_) => without_surrogates(object).map(|text| Self(Cow::Owned(text))),
        }
    }
}

#[cold]
fn without_surrogates(object: Borrowed<'_, '_, PyAny>) -> PyResult<String> {
    let encoded = object
        .cast::<PyString>()?
        .call_method1("encode", ("utf-8", "ignore"))?;
    let bytes = encoded.cast::<PyBytes>()?.as_bytes();
    Ok(String::from_utf8_lossy(bytes).into_owned())
}
