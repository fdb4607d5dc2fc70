//! Request signatures.

use clientsvia_telephony::signature::{self, Algorithm, Body};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyMapping, PyString, PyTuple};

use crate::form::Form;

type Pairs<'py> = Vec<(Bound<'py, PyString>, Bound<'py, PyString>)>;

/// The signature Twilio would send for a URL and its parameters.
///
/// Parameters are a `Form`, a mapping to strings or lists of strings, or pairs. `sha256` signs
/// with HMAC-SHA256. The URL is signed exactly as given.
#[pyfunction]
#[pyo3(signature = (token, url, params = None, *, sha256 = false))]
pub(crate) fn sign(
    token: &str,
    url: &str,
    params: Option<&Bound<'_, PyAny>>,
    sha256: bool,
) -> PyResult<String> {
    let algorithm = algorithm(sha256);
    let Some(params) = params else {
        return Ok(signature::sign(token, url, &[], algorithm));
    };
    if let Ok(form) = params.cast::<Form>() {
        let pairs: Vec<_> = form.get().0.pairs().collect();
        return Ok(signature::sign(token, url, &pairs, algorithm));
    }
    let pairs = pairs(params)?;
    Ok(signature::sign(token, url, &borrowed(&pairs)?, algorithm))
}

/// Whether one of the tokens made the signature of a request.
///
/// `params` as for `sign`, or the body as it came (needed when the URL carries `bodySHA256`).
/// The URL's user, password and fragment do not count, nor whether it names its port; a
/// WebSocket's last slash does not either. `None` and `""` are no signature.
#[pyfunction]
#[pyo3(signature = (token, url, params, signature, *, sha256 = false))]
pub(crate) fn verify(
    token: &Bound<'_, PyAny>,
    url: &str,
    params: Option<&Bound<'_, PyAny>>,
    signature: Option<&Bound<'_, PyString>>,
    sha256: bool,
) -> PyResult<bool> {
    // Text with lone surrogates was signed by nobody.
    let Some(Ok(signature)) = signature.map(|signature| signature.to_str()) else {
        return Ok(false);
    };
    let tokens = strings(token)?;
    let tokens: Vec<&str> = tokens
        .iter()
        .filter_map(|token| token.to_str().ok())
        .collect();
    let judge =
        |body: Body<'_>| signature::verify(&tokens, url, body, signature, algorithm(sha256));
    let Some(params) = params else {
        return Ok(judge(Body::None));
    };
    if let Ok(form) = params.cast::<Form>() {
        return Ok(judge(Body::Form(&form.get().0)));
    }
    if let Ok(raw) = params.cast::<PyBytes>() {
        return Ok(judge(Body::Raw(raw.as_bytes())));
    }
    let pairs = pairs(params)?;
    Ok(borrowed(&pairs).is_ok_and(|pairs| judge(Body::Parameters(&pairs))))
}

const fn algorithm(sha256: bool) -> Algorithm {
    if sha256 {
        Algorithm::Sha256
    } else {
        Algorithm::Sha1
    }
}

fn borrowed<'a>(pairs: &'a Pairs<'_>) -> PyResult<Vec<(&'a str, &'a str)>> {
    let mut texts = Vec::with_capacity(pairs.len());
    for (name, value) in pairs {
        texts.push((name.to_str()?, value.to_str()?));
    }
    Ok(texts)
}

fn pairs<'py>(params: &Bound<'py, PyAny>) -> PyResult<Pairs<'py>> {
    if params.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err(
            "parameters as text are ambiguous: pass the body's bytes",
        ));
    }
    let mut pairs = Vec::with_capacity(32);
    if let Ok(dict) = params.cast::<PyDict>() {
        // A value may be of a class whose code changes the dict while it is read.
        for (name, values) in dict.iter().collect::<Vec<_>>() {
            push_values(name.cast_into()?, values, &mut pairs)?;
        }
    } else if let Ok(mapping) = params.cast::<PyMapping>() {
        for item in mapping.items()? {
            let (name, values) = item.extract()?;
            push_values(name, values, &mut pairs)?;
        }
    } else {
        for pair in params.try_iter()? {
            pairs.push(pair?.extract()?);
        }
    }
    Ok(pairs)
}

fn push_values<'py>(
    name: Bound<'py, PyString>,
    values: Bound<'py, PyAny>,
    pairs: &mut Pairs<'py>,
) -> PyResult<()> {
    match values.cast_into::<PyString>() {
        Ok(value) => pairs.push((name, value)),
        Err(error) => {
            let values = strings(&error.into_inner())?;
            pairs.extend(values.into_iter().map(|value| (name.clone(), value)));
        }
    }
    Ok(())
}

/// One string, or the strings of a list or tuple.
fn strings<'py>(values: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyString>>> {
    if let Ok(value) = values.cast::<PyString>() {
        return Ok(vec![value.clone()]);
    }
    if values.is_instance_of::<PyList>() || values.is_instance_of::<PyTuple>() {
        return values.extract();
    }
    Err(PyTypeError::new_err(
        "expected a string, or a list or tuple of strings",
    ))
}
