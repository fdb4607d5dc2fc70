//! `TwiML` documents and templates.

mod arguments;
mod shapes;
mod template;
mod verbs;

use clientsvia_telephony::twiml;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};
use smallvec::SmallVec;

use crate::errors::Refused;
use arguments::{attribute, content, content_unless_falsy};

pub(crate) use template::Template;

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
#[pyclass(frozen, freelist = 64, module = "clientsvia._core")]
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
        let attributes: SmallVec<[_; 8]> = attributes.into_iter().flatten().collect();
        let mut values = SmallVec::<[_; 8]>::new();
        for (name, value) in &attributes {
            if let Some(value) = attribute(value.as_borrowed())? {
                values.push((name.cast::<PyString>()?.to_str()?, value));
            }
        }
        let children = arguments::children(children)?;
        let mut held = SmallVec::<[_; 8]>::new();
        if let Some(text) = text {
            held.extend(content_unless_falsy(text.as_borrowed())?);
        }
        for child in &children {
            held.push(content(child.as_borrowed())?);
        }
        let element = twiml::Element::new(tag, values, &held).map_err(Refused::from)?;
        Ok(Self(element))
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
    let document = element.get().0.document()?;
    Ok(PyBytes::new(py, document.as_bytes()))
}

/// Adds what macros cannot say: `Template`'s fast methods, and the verbs.
pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    template::add_to(&module.py().get_type::<Template>())?;
    verbs::add_to(module)
}
