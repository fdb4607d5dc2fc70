//! Functions that take their arguments as the interpreter passes them: in an array, with the
//! keywords' names in a tuple.
//!
//! PERF: for a function with `**keywords` PyO3 has a tuple and a dict made for every call, which
//! took 0.2 us of a template's 0.3 us.

use std::ffi::CStr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use pyo3::exceptions::PyRuntimeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple, PyType};

/// A function or a method.
pub(crate) trait FastCall {
    const NAME: &'static CStr;
    /// `name(signature)\n--\n\ntext`, as CPython has it; a method's signature begins with `$self`.
    const DOC: &'static CStr;

    /// `receiver` is a method's object and a function's module.
    fn call<'py>(
        receiver: Borrowed<'_, 'py, PyAny>,
        arguments: &Arguments<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>>;
}

/// The arguments of one call.
pub(crate) struct Arguments<'a, 'py> {
    py: Python<'py>,
    positional: &'a [*mut ffi::PyObject],
    named: &'a [*mut ffi::PyObject],
    /// The names of `named`; a tuple of strings.
    names: Option<Borrowed<'a, 'py, PyTuple>>,
}

impl<'a, 'py> Arguments<'a, 'py> {
    pub(crate) fn positional(
        &self,
    ) -> impl ExactSizeIterator<Item = Borrowed<'a, 'py, PyAny>> + use<'a, 'py> {
        borrowed(self.py, self.positional)
    }

    /// The keywords' values, in the order of their names.
    pub(crate) fn named(
        &self,
    ) -> impl ExactSizeIterator<Item = Borrowed<'a, 'py, PyAny>> + use<'a, 'py> {
        borrowed(self.py, self.named)
    }

    pub(crate) const fn names(&self) -> Option<Borrowed<'a, 'py, PyTuple>> {
        self.names
    }

    /// Where among the keywords a name is; `guess` is looked at first.
    pub(crate) fn place_of(&self, name: &Py<PyString>, guess: usize) -> Option<usize> {
        let names = self.names?;
        // PERF: both sides are interned almost always, so that they are the same object.
        let is_at = |at: usize| {
            names
                .get_borrowed_item(at)
                .is_ok_and(|found| found.is(name))
        };
        if guess < names.len() && is_at(guess) {
            return Some(guess);
        }
        let mut places = 0..names.len();
        places.clone().find(|&at| is_at(at)).or_else(|| {
            let name = name.bind(self.py);
            places.find(|&at| {
                names
                    .get_borrowed_item(at)
                    .is_ok_and(|found| found.eq(name).unwrap_or(false))
            })
        })
    }
}

fn borrowed<'a, 'py>(
    py: Python<'py>,
    objects: &'a [*mut ffi::PyObject],
) -> impl ExactSizeIterator<Item = Borrowed<'a, 'py, PyAny>> + use<'a, 'py> {
    // SAFETY: a call's arguments are objects, which the caller keeps alive until it returns.
    let borrow = move |object: &*mut ffi::PyObject| unsafe { Borrowed::from_ptr(py, *object) };
    objects.iter().map(borrow)
}

/// Adds a function to a module.
pub(crate) fn add_function<F: FastCall>(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let name = module.name()?;
    // SAFETY: the definition lives for ever, module and name are objects.
    let function = unsafe {
        let function = ffi::PyCFunction_NewEx(definition::<F>(), module.as_ptr(), name.as_ptr());
        Bound::from_owned_ptr_or_err(module.py(), function)?
    };
    module.add(F::NAME.to_string_lossy(), function)
}

/// Adds a method to a class.
pub(crate) fn add_method<F: FastCall>(class: &Bound<'_, PyType>) -> PyResult<()> {
    // SAFETY: the definition lives for ever, the class is one.
    let method = unsafe {
        let method = ffi::PyDescr_NewMethod(class.as_type_ptr(), definition::<F>());
        Bound::from_owned_ptr_or_err(class.py(), method)?
    };
    class.setattr(F::NAME.to_string_lossy(), method)
}

/// The definition CPython keeps a pointer to, hence leaked: once per function and process.
fn definition<F: FastCall>() -> *mut ffi::PyMethodDef {
    Box::leak(Box::new(ffi::PyMethodDef {
        ml_name: F::NAME.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunctionFastWithKeywords: entry::<F>,
        },
        ml_flags: ffi::METH_FASTCALL | ffi::METH_KEYWORDS,
        ml_doc: F::DOC.as_ptr(),
    }))
}

/// What CPython calls.
///
/// # Safety
/// `receiver` is an object; `arguments` has `positional` objects and as many more as the tuple
/// `names`, if there is one, has strings. The thread is attached to the interpreter.
unsafe extern "C" fn entry<F: FastCall>(
    receiver: *mut ffi::PyObject,
    arguments: *const *mut ffi::PyObject,
    positional: ffi::Py_ssize_t,
    names: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as above.
    let py = unsafe { Python::assume_attached() };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: as above.
        unsafe {
            let receiver = Borrowed::from_ptr(py, receiver);
            let arguments = gather(py, arguments, positional, names);
            F::call(receiver, &arguments)
        }
    }));
    let outcome = outcome.unwrap_or_else(|_| {
        Err(PyRuntimeError::new_err(
            "a bug in clientsvia._core: report it with what standard error says about it",
        ))
    });
    match outcome {
        Ok(object) => object.into_ptr(),
        Err(error) => {
            error.restore(py);
            ptr::null_mut()
        }
    }
}

/// # Safety
/// As for [`entry`].
#[inline]
unsafe fn gather<'a, 'py>(
    py: Python<'py>,
    arguments: *const *mut ffi::PyObject,
    positional: ffi::Py_ssize_t,
    names: *mut ffi::PyObject,
) -> Arguments<'a, 'py> {
    // SAFETY: as for `entry`; an empty call may come with a null array.
    unsafe {
        let names =
            Borrowed::from_ptr_or_opt(py, names).map(|names| names.cast_unchecked::<PyTuple>());
        let all = positional.unsigned_abs() + names.map_or(0, |names| names.len());
        let all = match all {
            0 => &[][..],
            all => std::slice::from_raw_parts(arguments, all),
        };
        let (positional, named) = all.split_at(positional.unsigned_abs());
        Arguments {
            py,
            positional,
            named,
            names,
        }
    }
}
