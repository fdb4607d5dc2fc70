//! Twilio's request signature: base64 of the HMAC of the URL and its sorted parameters.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::form::{Form, Limits};

/// The query parameter that carries the hash of a JSON body.
const BODY_HASH: &str = "bodySHA256";

/// The hash inside the HMAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Algorithm {
    /// What Twilio signs with unless its settings header says otherwise.
    #[default]
    Sha1,
    /// `algorithm=HMAC_SHA256` in the settings header.
    Sha256,
}

/// What came beside the URL.
#[derive(Debug, Clone, Copy)]
pub enum Body<'a> {
    /// Nothing, as with GET.
    None,
    /// Decoded parameters, in any order.
    Parameters(&'a [(&'a str, &'a str)]),
    /// The body as it came: JSON when the URL carries its hash, a form otherwise.
    Raw(&'a [u8]),
}

/// The signature of one URL and its parameters, exactly as given.
#[must_use]
pub fn sign(token: &str, url: &str, parameters: &[(&str, &str)], algorithm: Algorithm) -> String {
    digest(token, url, &payload(parameters), algorithm)
}

/// Whether any of the tokens made the signature.
///
/// User, password and fragment of the URL do not count; it may have been signed with or without
/// its port, a WebSocket's also with or without a last slash. A URL that carries the hash of a
/// body needs that body, [`Body::Raw`]. Empty tokens and empty signatures never match.
#[must_use]
pub fn verify(
    tokens: &[&str],
    url: &str,
    body: Body<'_>,
    signature: &str,
    algorithm: Algorithm,
) -> bool {
    let url = public_part(url);
    let Some(payload) = signed_payload(&url, body) else {
        return false;
    };
    // Twilio signs the URL as configured but for rare cases: the other forms are made on demand.
    let as_given = std::iter::once(Cow::Borrowed(&*url));
    let otherwise = std::iter::once_with(|| other_forms(&url))
        .flatten()
        .map(Cow::Owned);
    as_given.chain(otherwise).any(|form| {
        let mut tokens = tokens.iter().filter(|token| !token.is_empty());
        tokens.any(|token| {
            let expected = digest(token, &form, &payload, algorithm);
            bool::from(expected.as_bytes().ct_eq(signature.as_bytes()))
        })
    })
}

/// What follows the URL in the signed text, or `None` when the body cannot be the signed one.
fn signed_payload(url: &str, body: Body<'_>) -> Option<String> {
    let hash = body_hash(url);
    match (hash, body) {
        (Some(hash), Body::Raw(raw)) => hash_matches(&hash, raw).then(String::new),
        (Some(hash), Body::None) => hash_matches(&hash, &[]).then(String::new),
        (Some(_), Body::Parameters(_)) => None,
        (None, Body::None) => Some(String::new()),
        (None, Body::Parameters(parameters)) => Some(payload(parameters)),
        (None, Body::Raw(raw)) => {
            let form = Form::parse(raw, Limits::default()).ok()?;
            Some(payload(&form.pairs().collect::<Vec<_>>()))
        }
    }
}

/// Names sorted, each with its distinct values sorted, all run together.
fn payload(parameters: &[(&str, &str)]) -> String {
    let mut sorted = parameters.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let length = sorted.iter().map(|pair| pair.0.len() + pair.1.len()).sum();
    let mut text = String::with_capacity(length);
    for (name, value) in sorted {
        text.push_str(name);
        text.push_str(value);
    }
    text
}

fn digest(token: &str, url: &str, payload: &str, algorithm: Algorithm) -> String {
    match algorithm {
        Algorithm::Sha1 => keyed::<Hmac<Sha1>>(token, url, payload),
        Algorithm::Sha256 => keyed::<Hmac<Sha256>>(token, url, payload),
    }
}

fn keyed<M: Mac + KeyInit>(token: &str, url: &str, payload: &str) -> String {
    // HMAC takes keys of every length; a MAC that would not is no reason to accept anything.
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(token.as_bytes()) else {
        return String::new();
    };
    mac.update(url.as_bytes());
    mac.update(payload.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

fn body_hash(url: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let limits = Limits {
        bytes: usize::MAX,
        parameters: usize::MAX,
    };
    let form = Form::parse(query.as_bytes(), limits).ok()?;
    form.get(BODY_HASH).map(str::to_owned)
}

fn hash_matches(expected: &str, raw: &[u8]) -> bool {
    let mut actual = [0_u8; 64];
    for (pair, byte) in actual.chunks_exact_mut(2).zip(Sha256::digest(raw)) {
        pair[0] = hex_digit(byte >> 4);
        pair[1] = hex_digit(byte & 15);
    }
    bool::from(actual.as_slice().ct_eq(expected.as_bytes()))
}

const fn hex_digit(nibble: u8) -> u8 {
    b"0123456789abcdef"[nibble as usize]
}

/// The URL without what Twilio never signs: user, password, fragment.
fn public_part(url: &str) -> Cow<'_, str> {
    let url = url.split('#').next().unwrap_or(url);
    let Some((start, end)) = authority(url) else {
        return Cow::Borrowed(url);
    };
    match url[start..end].rfind('@') {
        Some(at) => Cow::Owned(format!("{}{}", &url[..start], &url[start + at + 1..])),
        None => Cow::Borrowed(url),
    }
}

/// Where the authority (`host:port`) begins and ends.
fn authority(url: &str) -> Option<(usize, usize)> {
    let start = url.find("://")? + 3;
    let length = url[start..].find(['/', '?']).unwrap_or(url.len() - start);
    Some((start, start + length))
}

/// The other forms in which Twilio may have signed the URL.
fn other_forms(url: &str) -> Vec<String> {
    let Some((start, end)) = authority(url) else {
        return Vec::new();
    };
    let scheme = url[..start].to_ascii_lowercase();
    let other_port = match port(&url[start..end]) {
        Some(colon) => format!("{}{}", &url[..start + colon], &url[end..]),
        None => format!("{}:{}{}", &url[..end], default_port(&scheme), &url[end..]),
    };
    let mut forms = Vec::with_capacity(3);
    if scheme.starts_with("ws") {
        forms.push(other_slash(url));
        forms.push(other_slash(&other_port));
    }
    forms.push(other_port);
    forms
}

/// Where the colon before the port stands; the colons of an IPv6 address are none.
fn port(authority: &str) -> Option<usize> {
    let colon = authority.rfind(':')?;
    let digits = &authority[colon + 1..];
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(colon)
}

fn default_port(scheme: &str) -> &'static str {
    match scheme {
        "https://" | "wss://" => "443",
        _ => "80",
    }
}

/// The same URL with the slash that ends its path, or without it.
fn other_slash(url: &str) -> String {
    let path_end = url.find('?').unwrap_or(url.len());
    let (path, query) = url.split_at(path_end);
    match path.strip_suffix('/') {
        Some(bare) => format!("{bare}{query}"),
        None => format!("{path}/{query}"),
    }
}
