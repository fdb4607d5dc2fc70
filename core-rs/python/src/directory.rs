//! The number directory.

use std::ffi::CStr;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use clientsvia_telephony::directory::{self, Claim, Lookup, Settings, Tick, key};
use clientsvia_telephony::e164::Reason;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict};

use crate::clock::{Clock, ticks_of};
use crate::errors::Refused;
use crate::fastcall::{OneArgument, add_one_argument_method};
use crate::gil::GilCell;
use crate::text::plain;

type Values = directory::Directory<Py<PyAny>>;

/// Who a called number belongs to, in memory: owners' values, and numbers known to be nobody's.
///
/// `lifetime_s` is how long a value is believed at most, and `jitter` by which share of that a
/// number's own lifetime may be shorter, as follows from the number and `seed` (random unless
/// given); `miss_lifetime_s` is how long a miss is believed, `capacity` how many are remembered.
/// `lease_s` is how long a claimed load may take, `loads` how many may be under way. Times are
/// exact to a sixteenth of a second; `clock` gives seconds, in place of the system's monotonic
/// time. Safe to share between threads.
#[pyclass(frozen, generic, module = "clientsvia._core")]
pub(crate) struct Directory {
    values: GilCell<Values>,
    clock: Clock,
    other_clock: Option<Py<PyAny>>,
}

#[pymethods]
impl Directory {
    #[new]
    #[pyo3(signature = (
        *,
        lifetime_s = 300.0,
        miss_lifetime_s = 30.0,
        capacity = 100_000,
        jitter = 0.1,
        seed = None,
        lease_s = 5.0,
        loads = 64,
        clock = None,
    ))]
    #[expect(clippy::too_many_arguments, reason = "keywords, each with a default")]
    fn new(
        lifetime_s: f64,
        miss_lifetime_s: f64,
        capacity: usize,
        jitter: f64,
        seed: Option<u64>,
        lease_s: f64,
        loads: usize,
        clock: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        if !(0.0..=1.0).contains(&jitter) {
            return Err(PyValueError::new_err(
                "jitter is a share of the lifetime, from 0 to 1",
            ));
        }
        let lifetime = duration(lifetime_s)?;
        Ok(Self {
            values: GilCell::new(Values::new(Settings {
                lifetime,
                jitter: lifetime.mul_f64(jitter),
                seed: seed.unwrap_or_else(|| RandomState::new().hash_one(0)),
                miss_lifetime: duration(miss_lifetime_s)?,
                miss_capacity: capacity,
                lease: duration(lease_s)?,
                loads,
            })),
            clock: Clock::new(),
            other_clock: clock,
        })
    }

    /// The last value known of the number's owner, however old, flushed or invalidated, for when
    /// the store fails; `None` when there was none.
    fn stale<'py>(&self, py: Python<'py>, e164: &str) -> Option<Bound<'py, PyAny>> {
        let number = key(e164)?;
        self.values.with(py, |values| {
            let value = values.stale(number)?;
            Some(value.bind(py).clone())
        })
    }

    /// Swaps in an owner's value and all its numbers at once.
    ///
    /// A number another owner had moves here; without numbers the owner is forgotten. Raises
    /// `InvalidNumber`, and changes nothing, when a number is not E.164.
    fn replace(
        &self,
        py: Python<'_>,
        owner: &str,
        value: Py<PyAny>,
        numbers: Vec<Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let mut keys = Vec::with_capacity(numbers.len());
        for number in &numbers {
            let key = key(number.extract()?).ok_or(Reason::NotANumber);
            keys.push(key.map_err(Refused::from)?);
        }
        let now = self.now(py)?;
        let entries = keys.iter().map(|key| (*key, value.clone_ref(py)));
        let entries: Vec<_> = entries.collect();
        // Dropped outside: a value's finaliser may come back to this directory.
        let old = self
            .values
            .with(py, |values| values.replace(owner, entries, now));
        drop(old);
        Ok(())
    }

    /// Remembers for a while that nobody has the number; ignored when somebody does.
    fn remember_miss(&self, py: Python<'_>, e164: &str) -> PyResult<()> {
        if let Some(number) = key(e164) {
            let now = self.now(py)?;
            self.values
                .with(py, |values| values.remember_miss(number, now));
        }
        Ok(())
    }

    /// Takes the number from whoever has it, for the store says that nobody does, and remembers
    /// that for a while.
    fn vacate(&self, py: Python<'_>, e164: &str) -> PyResult<()> {
        if let Some(number) = key(e164) {
            let now = self.now(py)?;
            let old = self.values.with(py, |values| values.vacate(number, now));
            drop(old);
        }
        Ok(())
    }

    /// Stops believing an owner's value, at once and for all its numbers; whether it was known.
    fn invalidate(&self, py: Python<'_>, owner: &str) -> bool {
        self.values.with(py, |values| values.invalidate(owner))
    }

    /// Stops believing everything, misses too, at once however much it is; it stays for `stale`.
    fn flush(&self, py: Python<'_>) {
        self.values.with(py, Values::flush);
    }

    /// Forgets every owner, number and miss; the counters and loads under way stay.
    fn clear(&self, py: Python<'_>) {
        let old = self.values.with(py, Values::clear);
        drop(old);
    }

    /// Asks to load the number from the store: a ticket for whoever is to do it, `None` for
    /// everybody else until it is released, its lease is over, or fewer loads are under way.
    fn claim(&self, py: Python<'_>, e164: &str) -> PyResult<Option<u64>> {
        let Some(number) = key(e164) else {
            return Ok(None);
        };
        let now = self.now(py)?;
        let claim = self.values.with(py, |values| values.claim(number, now));
        Ok(match claim {
            Claim::Yours(ticket) => Some(ticket),
            Claim::Taken | Claim::TooMany => None,
        })
    }

    /// Ends a load, unless its lease is over and somebody else has it by now.
    fn release(&self, py: Python<'_>, e164: &str, ticket: u64) {
        if let Some(number) = key(e164) {
            self.values
                .with(py, |values| values.release(number, ticket));
        }
    }

    /// Counters since the start (hits, misses, expired, unknown, stale, loads, joined, refused)
    /// and sizes now (entries, owners, remembered, loading).
    fn stats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let stats = self.values.with(py, |values| values.stats());
        let dict = PyDict::new(py);
        for (name, count) in [
            ("hits", stats.hits),
            ("misses", stats.missing),
            ("expired", stats.expired),
            ("unknown", stats.unknown),
            ("stale", stats.stale),
            ("loads", stats.loads),
            ("joined", stats.joined),
            ("refused", stats.refused),
            ("entries", stats.numbers),
            ("owners", stats.owners),
            ("remembered", stats.remembered),
            ("loading", stats.loading),
        ] {
            dict.set_item(name, count)?;
        }
        Ok(dict)
    }

    fn __len__(&self, py: Python<'_>) -> usize {
        self.values.with(py, |values| values.len())
    }

    /// The bytes that numbers and owners take, without what their values refer to.
    fn __sizeof__(&self, py: Python<'_>) -> usize {
        size_of::<Self>() + self.values.with(py, |values| values.bytes())
    }
}

impl Directory {
    #[inline]
    fn now(&self, py: Python<'_>) -> PyResult<Tick> {
        match &self.other_clock {
            None => Ok(self.clock.read()),
            Some(clock) => told(clock.bind(py)),
        }
    }
}

#[cold]
fn told(clock: &Bound<'_, PyAny>) -> PyResult<Tick> {
    let seconds = clock.call0()?.extract()?;
    ticks_of(seconds).ok_or_else(|| PyValueError::new_err("a clock counts seconds up from 0"))
}

struct Get;

impl OneArgument for Get {
    const NAME: &'static CStr = c"get";
    const DOC: &'static CStr = c"get($self, e164, /)\n--\n\n\
The value of the number's owner; `False` when nobody is known to have it; `None` when nothing
fresh is known, so that the store must be asked.";

    #[inline]
    fn call<'py>(
        receiver: Borrowed<'_, 'py, PyAny>,
        argument: Borrowed<'_, 'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = receiver.py();
        let directory = receiver.cast::<Directory>()?.get();
        let text = match plain(argument) {
            Some(text) => text,
            None => argument.extract()?,
        };
        let Some(number) = key(text) else {
            return Ok(py.None().into_bound(py));
        };
        let now = directory.now(py)?;
        Ok(directory
            .values
            .with(py, |values| match values.get(number, now) {
                Lookup::Found(value) => value.bind(py).clone(),
                Lookup::Missing => PyBool::new(py, false).to_owned().into_any(),
                Lookup::Unknown => py.None().into_bound(py),
            }))
    }
}

/// Adds the one method that every call goes through.
pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_one_argument_method::<Get>(&module.py().get_type::<Directory>())
}

fn duration(seconds: f64) -> PyResult<Duration> {
    Duration::try_from_secs_f64(seconds)
        .map_err(|_| PyValueError::new_err("a lifetime is a number of seconds from 0 up"))
}
