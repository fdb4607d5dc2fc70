//! Documents prepared once, filled by one call.

use std::ffi::CStr;

use clientsvia_telephony::twiml::{self, MAX_BYTES};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString, PyType};
use smallvec::SmallVec;

use super::Element;
use crate::errors::Refused;
use crate::fastcall::{Arguments, FastCall, add_method};
use crate::gil::GilCell;
use crate::text::Text;

type Texts<'a> = SmallVec<[Text<'a>; 4]>;

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
    fn new(py: Python<'_>, document: &Bound<'_, Element>) -> Result<Self, Refused> {
        let document = twiml::Template::new(&document.get().0)?;
        let names = document.slots();
        let names = names.map(|name| PyString::intern(py, name).unbind());
        Ok(Self {
            names: names.collect(),
            document,
        })
    }

    /// The keywords `render` takes, in the order in which their slots first stand in the document.
    #[getter]
    fn slots<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, &self.names)
    }
}

impl Template {
    /// The values that keywords give to the slots, in the slots' order.
    fn by_name<'a>(&self, arguments: &Arguments<'a, '_>) -> PyResult<Texts<'a>> {
        let wanted = self.names.len();
        if arguments.positional().len() != 0 || arguments.named().len() != wanted {
            return Err(self.wrong_arguments("keywords"));
        }
        let mut texts = Texts::new();
        for (nth, name) in self.names.iter().enumerate() {
            let Some(at) = arguments.place_of(name, nth) else {
                return Err(self.wrong_arguments("keywords"));
            };
            texts.extend(
                arguments
                    .named()
                    .nth(at)
                    .map(Borrowed::extract)
                    .transpose()?,
            );
        }
        Ok(texts)
    }

    fn in_order<'a>(&self, arguments: &Arguments<'a, '_>) -> PyResult<Texts<'a>> {
        let values = arguments.positional();
        if arguments.named().len() != 0 || values.len() != self.names.len() {
            return Err(self.wrong_arguments("values in this order"));
        }
        values.map(Borrowed::extract).collect()
    }

    #[cold]
    fn wrong_arguments(&self, what: &str) -> PyErr {
        let names: Vec<&str> = self.document.slots().collect();
        let names = names.join(", ");
        PyTypeError::new_err(format!("this template needs exactly these {what}: {names}"))
    }

    fn write<'py>(&self, py: Python<'py>, texts: &[Text<'_>]) -> PyResult<Bound<'py, PyAny>> {
        let written = PAGE.with(py, |page| {
            let outcome = self.document.render_into(texts, page);
            let bytes = outcome.map(|()| PyBytes::new(py, page.as_bytes()).into_any());
            page.shrink_to(2 * MAX_BYTES);
            bytes
        });
        Ok(written.map_err(Refused::from)?)
    }
}

/// PERF: where every document is written before its size is known; an own buffer for each cost
/// 13 ns more.
static PAGE: GilCell<String> = GilCell::new(String::new());

struct Render;

impl FastCall for Render {
    const NAME: &'static CStr = c"render";
    const DOC: &'static CStr = c"render($self, /, **values)\n--\n\n\
The document with every slot filled by the keyword of its name, as `render` would write it.

Raises `TypeError` when a slot has no value or a value no slot, `TwimlTooLarge` over 65,536 bytes.";

    fn call<'py>(
        receiver: Borrowed<'_, 'py, PyAny>,
        arguments: &Arguments<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let template = receiver.cast::<Template>()?.get();
        template.write(receiver.py(), &template.by_name(arguments)?)
    }
}

struct Fill;

impl FastCall for Fill {
    const NAME: &'static CStr = c"fill";
    const DOC: &'static CStr = c"fill($self, /, *values)\n--\n\n\
The same with the values in the order of `slots`.

Raises as `render` does.";

    fn call<'py>(
        receiver: Borrowed<'_, 'py, PyAny>,
        arguments: &Arguments<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let template = receiver.cast::<Template>()?.get();
        template.write(receiver.py(), &template.in_order(arguments)?)
    }
}

/// Adds `render` and `fill` to the class.
pub(super) fn add_to(class: &Bound<'_, PyType>) -> PyResult<()> {
    add_method::<Render>(class)?;
    add_method::<Fill>(class)
}
