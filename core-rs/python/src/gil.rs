//! State that the interpreter's lock guards.

use std::cell::RefCell;

use pyo3::Python;

/// A value for whoever holds the interpreter's lock.
///
/// PERF: an own lock, taken and released, cost 5 ns of a directory lookup's 40.
pub(crate) struct GilCell<T>(RefCell<T>);

// SAFETY: only `with` reaches the value, and only with the interpreter's lock held. There is one
// such lock: the module declares `gil_used`, and CPython lets no interpreter with a lock of its own
// import a module that does not declare itself fit for that.
unsafe impl<T: Send> Sync for GilCell<T> {}

impl<T> GilCell<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(RefCell::new(value))
    }

    /// Works on the value. What runs Python code, such as dropping an object, belongs outside:
    /// were it to come back here, it would panic.
    #[inline]
    pub(crate) fn with<R>(&self, _py: Python<'_>, work: impl FnOnce(&mut T) -> R) -> R {
        work(&mut self.0.borrow_mut())
    }
}
