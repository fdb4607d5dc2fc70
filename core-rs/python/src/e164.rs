//! Telephone numbers.

use clientsvia_telephony::e164::{self, Accept};
use pyo3::prelude::*;

use crate::errors::Refused;
use crate::text::Text;

/// The E.164 form of a valid number, such as `+12395551212`.
///
/// `region` (ISO 3166, two letters) is assumed for numbers without a country code; without a
/// region those are refused. With `possible`, a number whose length alone is right will do.
/// Raises `InvalidNumber`, whose `reason` tells why.
#[pyfunction]
#[pyo3(
    signature = (raw, region = Some("US"), *, possible = false),
    text_signature = "(raw, region='US', *, possible=False)"
)]
pub(crate) fn normalize(
    raw: Text<'_>,
    region: Option<&str>,
    possible: bool,
) -> Result<String, Refused> {
    let accept = if possible {
        Accept::Possible
    } else {
        Accept::Valid
    };
    Ok(e164::normalize(raw.as_ref(), region, accept)?)
}

/// One label for everything a text can be.
///
/// `+…` is a valid number, `possible:+…` one whose length is right, `invalid:+…` one whose length
/// is wrong, `error:KIND` none at all. `region` as for `normalize`; `None` and `"ZZ"` are none.
#[pyfunction]
pub(crate) fn classify(raw: Text<'_>, region: Option<&str>) -> String {
    e164::classify(raw.as_ref(), region)
}
