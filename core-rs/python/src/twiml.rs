//! `TwiML` documents and templates.

use std::borrow::Cow;

use clientsvia_telephony::twiml::{self, Child, Value};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyList, PyString, PyTuple};

use crate::errors::Refused;
use crate::text::Text;

/// A place in a document whose text comes later; made by `slot`.
#[pyclass(frozen, module = "clientsvia._core")]
pub(crate) struct Slot {
    /// The keyword that fills it.
    #[pyo3(get)]
    name: String,
}

/// A slot of a `Template`, to stand where an `Element` takes text or an attribute's value.
#[pyfunction]
pub(crate) fn slot(name: String) -> Slot {
    Slot { name }
}

/// One element and all it holds, with twilio-python's attribute names.
///
/// `None` is dropped, booleans are lower-case, lists and tuples are joined by spaces. Characters
/// XML forbids are dropped; raises `ValueError` for names that are no XML names, `TypeError` for
/// values that are no text.
#[pyclass(frozen, module = "clientsvia._core")]
pub(crate) struct Element(twiml::Element);

#[pymethods]
impl Element {
    #[new]
    #[pyo3(
        signature = (tag, text = None, children = None, /, **attributes),
        text_signature = "(tag, text=None, children=(), /, **attributes)"
    )]
    fn new(
        tag: &str,
        text: Option<&Bound<'_, PyAny>>,
        children: Option<&Bound<'_, PyAny>>,
        attributes: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let attributes: Vec<_> = attributes.into_iter().flatten().collect();
        let mut values = Vec::with_capacity(attributes.len());
        for (name, value) in &attributes {
            if let Some(value) = attribute_value(value)? {
                values.push((name.cast::<PyString>()?.to_str()?, value));
            }
        }
        let children = elements(children)?;
        let mut content = Vec::with_capacity(children.len() + 1);
        for child in text.into_iter().chain(&children) {
            content.push(content_of(child)?);
        }
        Ok(Self(
            twiml::Element::new(tag, values, &content).map_err(Refused::from)?,
        ))
    }

    fn __repr__(&self) -> &str {
        self.0.markup()
    }
}

/// The document whose root the element is, as UTF-8 with its XML declaration.
///
/// Raises `TwimlTooLarge` over 65,536 bytes, `ValueError` when a slot has no value.
#[pyfunction]
pub(crate) fn render<'py>(
    py: Python<'py>,
    element: &Bound<'py, Element>,
) -> Result<Bound<'py, PyBytes>, Refused> {
    let document = element.get().0.render()?;
    Ok(PyBytes::new(py, document.as_bytes()))
}

/// A document prepared once; each `render` fills its slots, escaped by where they stand.
///
/// Raises `TwimlTooLarge` when it is over 65,536 bytes already.
#[pyclass(frozen, module = "clientsvia._core")]
pub(crate) struct Template {
    document: twiml::Template,
    names: Vec<Py<PyString>>,
}

#[pymethods]
impl Template {
    #[new]
    fn new(py: Python<'_>, document: &Bound<'_, Element>) -> PyResult<Self> {
        let document = twiml::Template::new(&document.get().0).map_err(Refused::from)?;
        let names = document
            .slots()
            .map(|name| PyString::intern(py, name).unbind());
        Ok(Self {
            names: names.collect(),
            document,
        })
    }

    /// The slots' names, in the order in which they first stand in the document.
    #[getter]
    fn slots(&self) -> Vec<&str> {
        self.document.slots().collect()
    }

    /// The document with every slot filled, as `render` would write it.
    ///
    /// Raises `TypeError` when a slot has no value or a value no slot, `TwimlTooLarge` over
    /// 65,536 bytes.
    #[pyo3(signature = (**values))]
    fn render<'py>(
        &self,
        py: Python<'py>,
        values: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let mut found = Vec::with_capacity(self.names.len());
        for name in &self.names {
            let value = values
                .map(|values| values.get_item(name))
                .transpose()?
                .flatten();
            found.extend(value);
        }
        if found.len() != self.names.len() || found.len() != values.map_or(0, PyDictMethods::len) {
            return Err(PyTypeError::new_err(format!(
                "this template needs exactly these keywords: {}",
                self.slots().join(", ")
            )));
        }
        let texts: Vec<Text<'_>> = found
            .iter()
            .map(PyAnyMethods::extract)
            .collect::<PyResult<_>>()?;
        let document = self.document.render(&texts).map_err(Refused::from)?;
        Ok(PyBytes::new(py, document.as_bytes()))
    }
}

fn elements<'py>(children: Option<&Bound<'py, PyAny>>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    match children {
        None => Ok(Vec::new()),
        Some(text) if text.is_instance_of::<PyString>() => Err(PyTypeError::new_err(
            "children are a sequence; text comes before them",
        )),
        Some(children) => children.try_iter()?.collect(),
    }
}

fn content_of<'a>(child: &'a Bound<'_, PyAny>) -> PyResult<Child<'a>> {
    if let Ok(element) = child.cast::<Element>() {
        return Ok(Child::Element(&element.get().0));
    }
    text_value(child)?.map(Child::Value).ok_or_else(|| {
        PyTypeError::new_err("an element holds text, slots and elements, nothing else")
    })
}

fn text_value<'a>(value: &'a Bound<'_, PyAny>) -> PyResult<Option<Value<'a>>> {
    if let Ok(slot) = value.cast::<Slot>() {
        return Ok(Some(Value::Slot(&slot.get().name)));
    }
    if value.is_instance_of::<PyString>() {
        let text: Text<'a> = value.extract()?;
        return Ok(Some(Value::Text(text.into_inner())));
    }
    Ok(None)
}

fn attribute_value<'a>(value: &'a Bound<'_, PyAny>) -> PyResult<Option<Value<'a>>> {
    if value.is_none() {
        return Ok(None);
    }
    if let Some(text) = text_value(value)? {
        return Ok(Some(text));
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
    Ok(Some(Value::Text(Cow::Owned(written(value)?))))
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
