//! Functions that take their arguments as the interpreter passes them: in an array, with the
//! keywords' names in a tuple.
//!
//! PERF: for a function with `**keywords` a tuple and a dict are otherwise made for every call.
//! Without them, and with the texts scanned in vector registers, a template filled by keyword fell
//! from 9,700 instructions to 2,800.

use std::ffi::{CStr, c_int};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use pyo3::exceptions::PyRuntimeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple, PyType};

/// A function or a method.
pub(crate) trait FastCall {
    const NAME: &'static CStr;
    /// `name(signature)\n--\n\ntext`, as the interpreter has it; a method's signature begins with `$self`.
    const DOC: &'static CStr;

    /// `receiver` is a method's object and a function's module.
    fn call<'py>(
        receiver: Borrowed<'_, 'py, PyAny>,
        arguments: &Arguments<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>>;
}

/// A method of one argument, which has no name.
pub(crate) trait OneArgument {
    const NAME: &'static CStr;
    const DOC: &'static CStr;

    fn call<'py>(
        receiver: Borrowed<'_, 'py, PyAny>,
        argument: Borrowed<'_, 'py, PyAny>,
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
            // By their texts: a subclass of str has a comparison of its own.
            let wanted = name.bind(self.py).to_str().ok()?;
            places.find(|&at| {
                let found = names.get_borrowed_item(at);
                found.is_ok_and(|found| found.extract::<&str>().is_ok_and(|text| text == wanted))
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
    let definition = definition(F::NAME, F::DOC, many::<F>());
    // SAFETY: the definition lives for ever, module and name are objects.
    let function = unsafe {
        let function = ffi::PyCFunction_NewEx(definition, module.as_ptr(), name.as_ptr());
        Bound::from_owned_ptr_or_err(module.py(), function)?
    };
    module.add(F::NAME.to_string_lossy(), function)
}

/// Adds a method to a class.
pub(crate) fn add_method<F: FastCall>(class: &Bound<'_, PyType>) -> PyResult<()> {
    add_to_class(class, F::NAME, F::DOC, many::<F>())
}

/// Adds a method of one argument to a class.
pub(crate) fn add_one_argument_method<F: OneArgument>(class: &Bound<'_, PyType>) -> PyResult<()> {
    let pointer = ffi::PyMethodDefPointer {
        PyCFunction: one_entry::<F>,
    };
    add_to_class(class, F::NAME, F::DOC, (pointer, ffi::METH_O))
}

/// What to call, and how.
type Entry = (ffi::PyMethodDefPointer, c_int);

const fn many<F: FastCall>() -> Entry {
    let pointer = ffi::PyMethodDefPointer {
        PyCFunctionFastWithKeywords: entry::<F>,
    };
    (pointer, ffi::METH_FASTCALL | ffi::METH_KEYWORDS)
}

fn add_to_class(
    class: &Bound<'_, PyType>,
    name: &'static CStr,
    doc: &'static CStr,
    entry: Entry,
) -> PyResult<()> {
    // SAFETY: the definition lives for ever, the class is one.
    let method = unsafe {
        let method = ffi::PyDescr_NewMethod(class.as_type_ptr(), definition(name, doc, entry));
        Bound::from_owned_ptr_or_err(class.py(), method)?
    };
    class.setattr(name.to_string_lossy(), method)
}

/// The definition, which the interpreter keeps a pointer to, hence leaked: once per process.
fn definition(name: &'static CStr, doc: &'static CStr, entry: Entry) -> *mut ffi::PyMethodDef {
    let (ml_meth, ml_flags) = entry;
    Box::leak(Box::new(ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth,
        ml_flags,
        ml_doc: doc.as_ptr(),
    }))
}

/// What the interpreter calls.
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
    guarded(py, || {
        // SAFETY: as above.
        unsafe {
            let receiver = Borrowed::from_ptr(py, receiver);
            F::call(receiver, &gather(py, arguments, positional, names))
        }
    })
}

/// What the interpreter calls with one argument.
///
/// # Safety
/// Both are objects, and the thread is attached to the interpreter.
unsafe extern "C" fn one_entry<F: OneArgument>(
    receiver: *mut ffi::PyObject,
    argument: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as above.
    let py = unsafe { Python::assume_attached() };
    guarded(py, || {
        // SAFETY: as above.
        unsafe {
            F::call(
                Borrowed::from_ptr(py, receiver),
                Borrowed::from_ptr(py, argument),
            )
        }
    })
}

/// The outcome as the interpreter takes it: an object, or null and an exception.
#[inline]
fn guarded<'py>(
    py: Python<'py>,
    call: impl FnOnce() -> PyResult<Bound<'py, PyAny>>,
) -> *mut ffi::PyObject {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(object)) => object.into_ptr(),
        Ok(Err(error)) => raise(py, error),
        Err(_) => raise(
            py,
            PyRuntimeError::new_err(
                "a bug in clientsvia._core: report it with what standard error says about it",
            ),
        ),
    }
}

#[cold]
fn raise(py: Python<'_>, error: PyErr) -> *mut ffi::PyObject {
    error.restore(py);
    ptr::null_mut()
}

/// # Safety
/// As for [`entry`].
#[inline]
unsafe fn gather<'a>(
    py: Python<'_>,
    arguments: *const *mut ffi::PyObject,
    positional: ffi::Py_ssize_t,
    names: *mut ffi::PyObject,
) -> Arguments<'a, '_> {
    // SAFETY: as for `entry`; an empty call may come with a null array.
    unsafe {
        let names =
            Borrowed::from_ptr_or_opt(py, names).map(|names| names.cast_unchecked::<PyTuple>());
        let all = positional.unsigned_abs() + names.map_or(0, |names| names.len());
        let all = match all {
            0 => &[][..],
            all => std::slice::from_raw_parts(arguments, all),
        };
        let (first, rest) = all.split_at(positional.unsigned_abs());
        Arguments {
            py,
            positional: first,
            named: rest,
            names,
        }
    }
}
