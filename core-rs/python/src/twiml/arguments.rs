//! What Python hands to an element, as the core takes it.

use std::borrow::Cow;

use clientsvia_telephony::twiml::{Child, Value};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyList, PyString, PyTuple};
use smallvec::SmallVec;

use super::{Element, Slot};
use crate::text::{Text, plain};

/// The children of an `Element`, held for as long as it is written.
pub(super) fn children<'py>(
    children: Option<&Bound<'py, PyAny>>,
) -> PyResult<SmallVec<[Bound<'py, PyAny>; 8]>> {
    match children {
        None => Ok(SmallVec::new()),
        Some(text) if text.is_instance_of::<PyString>() => Err(PyTypeError::new_err(
            "children are a sequence; text comes before them",
        )),
        Some(children) => children.try_iter()?.collect(),
    }
}

/// What stands between an element's tags.
pub(super) fn content<'a>(child: Borrowed<'a, '_, PyAny>) -> PyResult<Child<'a>> {
    if let Some(text) = text_value(child)? {
        return Ok(Child::Value(text));
    }
    match child.cast::<Element>() {
        Ok(element) => Ok(Child::Element(&element.get().0)),
        Err(_) => Err(PyTypeError::new_err(
            "an element holds text, slots and elements, nothing else",
        )),
    }
}

/// The same, and nothing for what Python takes for false: as twilio-python does.
pub(super) fn content_unless_falsy<'a>(
    child: Borrowed<'a, '_, PyAny>,
) -> PyResult<Option<Child<'a>>> {
    match content(child) {
        Ok(child) => Ok(Some(child)),
        Err(error) if child.is_truthy()? => Err(error),
        Err(_) => Ok(None),
    }
}

/// An attribute's value; `None` when it is left out.
pub(super) fn attribute<'a>(value: Borrowed<'a, '_, PyAny>) -> PyResult<Option<Value<'a>>> {
    if let Some(text) = text_value(value)? {
        return Ok(Some(text));
    }
    if value.is_none() {
        return Ok(None);
    }
    if value.is_instance_of::<PyDict>() {
        return Err(PyTypeError::new_err(
            "an attribute holds text, numbers or lists, no dict",
        ));
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        let words = value.try_iter()?.map(|word| written(&word?));
        let words: Vec<String> = words.collect::<PyResult<_>>()?;
        return Ok(Some(Value::Text(Cow::Owned(words.join(" ")))));
    }
    Ok(Some(Value::Text(Cow::Owned(written(&value)?))))
}

fn text_value<'a>(value: Borrowed<'a, '_, PyAny>) -> PyResult<Option<Value<'a>>> {
    if let Some(text) = plain(value) {
        return Ok(Some(Value::Text(Cow::Borrowed(text))));
    }
    if value.is_instance_of::<PyString>() {
        let text: Text<'a> = value.extract()?;
        return Ok(Some(Value::Text(text.into_inner())));
    }
    if let Ok(slot) = value.cast::<Slot>() {
        return Ok(Some(Value::Slot(&slot.get().name)));
    }
    Ok(None)
}

/// A value as text: booleans as XML has them, anything else as Python's `str`.
fn written(value: &Bound<'_, PyAny>) -> PyResult<String> {
    if let Ok(truth) = value.cast::<PyBool>() {
        return Ok(truth.is_true().to_string());
    }
    let text = value.str()?;
    let text: Text<'_> = text.as_any().extract()?;
    Ok(text.into_inner().into_owned())
}
