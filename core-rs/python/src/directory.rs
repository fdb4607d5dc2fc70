//! The number directory.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::{Duration, Instant};

use clientsvia_telephony::directory::{self, Lookup, Settings};
use clientsvia_telephony::e164::{Reason, key};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict};

use crate::errors::Refused;

type Values = directory::Directory<Py<PyAny>>;

/// Who a called number belongs to, in memory: owners' values, and numbers known to be nobody's.
///
/// `lifetime_s` is how long a value is believed, `miss_lifetime_s` how long a miss, `capacity`
/// how many misses are remembered. Safe to share between threads.
#[pyclass(frozen, generic, module = "clientsvia._core")]
pub(crate) struct Directory {
    values: RwLock<Values>,
    start: Instant,
}

#[pymethods]
impl Directory {
    #[new]
    #[pyo3(signature = (*, lifetime_s = 300.0, miss_lifetime_s = 30.0, capacity = 100_000))]
    fn new(lifetime_s: f64, miss_lifetime_s: f64, capacity: usize) -> PyResult<Self> {
        Ok(Self {
            values: RwLock::new(Values::new(Settings {
                lifetime: duration(lifetime_s)?,
                miss_lifetime: duration(miss_lifetime_s)?,
                miss_capacity: capacity,
            })),
            start: Instant::now(),
        })
    }

    /// The value of the number's owner; `False` when nobody is known to have it; `None` when
    /// nothing fresh is known, so that the store must be asked.
    fn get<'py>(&self, py: Python<'py>, e164: &str) -> Option<Bound<'py, PyAny>> {
        let number = key(e164)?;
        match self.read().get(number, self.start.elapsed()) {
            Lookup::Found(value) => Some(value.bind(py).clone()),
            Lookup::Missing => Some(PyBool::new(py, false).to_owned().into_any()),
            Lookup::Unknown => None,
        }
    }

    /// The last value known of the number's owner, however old or invalidated, for when the
    /// store fails; `None` when there was none.
    fn stale<'py>(&self, py: Python<'py>, e164: &str) -> Option<Bound<'py, PyAny>> {
        let number = key(e164)?;
        let values = self.read();
        values.stale(number).map(|value| value.bind(py).clone())
    }

    /// Swaps in an owner's value and all its numbers at once.
    ///
    /// A number another owner had moves here; without numbers the owner is forgotten. Raises
    /// `InvalidNumber`, and changes nothing, when a number is not E.164.
    fn replace(&self, owner: &str, value: Py<PyAny>, numbers: Vec<String>) -> PyResult<()> {
        let keys = numbers
            .iter()
            .map(|number| key(number).ok_or(Reason::NotANumber))
            .collect::<Result<Vec<_>, _>>()
            .map_err(Refused::from)?;
        let now = self.start.elapsed();
        // Dropped after the lock is free: a value's finaliser may come back to this directory.
        let old = self.write().replace(owner, value, &keys, now);
        drop(old);
        Ok(())
    }

    /// Remembers for a while that nobody has the number; ignored when somebody does.
    fn remember_miss(&self, e164: &str) {
        if let Some(number) = key(e164) {
            let now = self.start.elapsed();
            self.write().remember_miss(number, now);
        }
    }

    /// Stops believing an owner's value, at once and for all its numbers; whether it was known.
    fn invalidate(&self, owner: &str) -> bool {
        self.write().invalidate(owner)
    }

    /// Forgets every owner, number and miss; the counters stay.
    fn clear(&self) {
        let old = self.write().clear();
        drop(old);
    }

    /// Counters since the start (hits, misses, expired, unknown) and sizes now (entries, owners,
    /// remembered).
    fn stats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let stats = self.read().stats();
        let dict = PyDict::new(py);
        dict.set_item("hits", stats.hits)?;
        dict.set_item("misses", stats.missing)?;
        dict.set_item("expired", stats.expired)?;
        dict.set_item("unknown", stats.unknown)?;
        dict.set_item("entries", stats.numbers)?;
        dict.set_item("owners", stats.owners)?;
        dict.set_item("remembered", stats.remembered)?;
        Ok(dict)
    }

    fn __len__(&self) -> usize {
        self.read().len()
    }
}

impl Directory {
    fn read(&self) -> RwLockReadGuard<'_, Values> {
        self.values.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Values> {
        self.values.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn duration(seconds: f64) -> PyResult<Duration> {
    Duration::try_from_secs_f64(seconds)
        .map_err(|_| PyValueError::new_err("a lifetime is a number of seconds from 0 up"))
}
