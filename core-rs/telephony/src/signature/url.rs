//! A URL as far as signing needs it: what counts, and the forms in which it may be signed.

use std::borrow::Cow;

/// A URL without what Twilio never signs: user, password, fragment.
///
/// As in twilio-python, the scheme is in lower case, and a query or (of http and https) a last
/// path parameter that is empty does not count.
#[derive(Debug)]
pub(super) struct Url<'a> {
    scheme: Cow<'a, str>,
    host: &'a str,
    port: Option<&'a str>,
    path: &'a str,
    /// With its question mark.
    query: &'a str,
}

/// One way to write a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelling<'a> {
    port: Option<&'a str>,
    slash: Slash,
}

/// Which path is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slash {
    AsGiven,
    Other,
}

impl<'a> Url<'a> {
    /// Takes a URL apart; what has no scheme is a path, and is signed as it stands.
    pub(super) fn new(url: &'a str) -> Self {
        let url = url.split('#').next().unwrap_or(url);
        let (scheme, rest) = match url.split_once("://") {
            Some((scheme, rest)) if is_scheme(scheme) => (lowered(scheme), rest),
            _ => (Cow::Borrowed(""), url),
        };
        let (authority, rest) = match &*scheme {
            "" => ("", rest),
            _ => rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len())),
        };
        let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
        let (host, port) = host_and_port(authority);
        Self {
            path: without_empty_parameter(path, &scheme),
            query: if query == "?" { "" } else { query },
            scheme,
            host,
            port,
        }
    }

    /// The query's parameters, still encoded.
    pub(super) fn query(&self) -> &'a str {
        self.query.strip_prefix('?').unwrap_or("")
    }

    /// Every way in which Twilio may have written the URL, as it was given first.
    pub(super) fn spellings(&self) -> impl Iterator<Item = Spelling<'a>> {
        let slashes: &[Slash] = if self.scheme.starts_with("ws") {
            &[Slash::AsGiven, Slash::Other]
        } else {
            &[Slash::AsGiven]
        };
        let ports = std::iter::once(self.port).chain(self.other_ports());
        ports.flat_map(|port| slashes.iter().map(move |&slash| Spelling { port, slash }))
    }

    fn other_ports(&self) -> impl Iterator<Item = Option<&'a str>> + use<'a> {
        let others: &[_] = match (&*self.scheme, self.port) {
            ("", _) => &[],
            (_, Some(_)) => &[None],
            ("https", None) => &[Some("443")],
            // twilio-python takes 80 for every scheme but https.
            ("wss", None) => &[Some("443"), Some("80")],
            _ => &[Some("80")],
        };
        others.iter().copied()
    }

    /// Hands over the pieces of a URL in one spelling, one after the other.
    pub(super) fn write(&self, spelling: Spelling<'_>, mut take: impl FnMut(&str)) {
        if !self.scheme.is_empty() {
            take(&self.scheme);
            take("://");
        }
        take(self.host);
        if let Some(port) = spelling.port {
            take(":");
            take(port);
        }
        match (spelling.slash, self.path.strip_suffix('/')) {
            (Slash::AsGiven, _) => take(self.path),
            (Slash::Other, Some(bare)) => take(bare),
            (Slash::Other, None) => {
                take(self.path);
                take("/");
            }
        }
        take(self.query);
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

fn lowered(scheme: &str) -> Cow<'_, str> {
    if scheme.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(scheme.to_ascii_lowercase())
    } else {
        Cow::Borrowed(scheme)
    }
}

/// The host without user and password, and the port; the colons of an IPv6 address begin none.
fn host_and_port(authority: &str) -> (&str, Option<&str>) {
    let host = authority.rsplit('@').next().unwrap_or(authority);
    match host.rsplit_once(':') {
        Some((name, port)) if is_port(port) => (name, Some(port)),
        _ => (host, None),
    }
}

fn is_port(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The path without a semicolon that ends it, if that begins the parameters of its last segment.
fn without_empty_parameter<'a>(path: &'a str, scheme: &str) -> &'a str {
    match path.strip_suffix(';') {
        Some(bare) if scheme.starts_with("http") && !last_segment(bare).contains(';') => bare,
        _ => path,
    }
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings(url: &str) -> Vec<String> {
        let url = Url::new(url);
        let written = |spelling| {
            let mut text = String::new();
            url.write(spelling, |piece| text.push_str(piece));
            text
        };
        url.spellings().map(written).collect()
    }

    #[test]
    fn a_page_is_signed_with_and_without_its_port() {
        for (url, expected) in [
            (
                "https://a.example/x?b=1",
                ["https://a.example/x?b=1", "https://a.example:443/x?b=1"],
            ),
            (
                "http://a.example:8080",
                ["http://a.example:8080", "http://a.example"],
            ),
            (
                "https://[::1]?b",
                ["https://[::1]?b", "https://[::1]:443?b"],
            ),
            ("https://[::1]:7/", ["https://[::1]:7/", "https://[::1]/"]),
        ] {
            assert_eq!(spellings(url), expected);
        }
    }

    #[test]
    fn a_web_socket_is_also_signed_with_another_last_slash() {
        let expected = [
            "wss://a.example:9/x",
            "wss://a.example:9/x/",
            "wss://a.example/x",
            "wss://a.example/x/",
        ];
        assert_eq!(spellings("wss://a.example:9/x"), expected);
        assert_eq!(spellings("wss://a.example/?b").len(), 6);
        assert!(spellings("wss://a.example/?b").contains(&"wss://a.example:443?b".to_owned()));
    }

    #[test]
    fn what_does_not_count_is_dropped() {
        for (url, first) in [
            (
                "https://me:se@cret@a.example/x#rc=2?@/",
                "https://a.example/x",
            ),
            ("HTTPS://A.example/X?", "https://A.example/X"),
            ("https://a.example/x;?", "https://a.example/x"),
            ("https://a.example/x;y;", "https://a.example/x;y;"),
            ("wss://a.example/x;", "wss://a.example/x;"),
            ("https://a.example:/x", "https://a.example:/x"),
        ] {
            assert_eq!(spellings(url)[0], first);
        }
    }

    #[test]
    fn what_has_no_scheme_is_signed_as_it_stands() {
        for url in ["", "/x@y:80?b", "a b://c@d/x", "//a.example/x", "://x"] {
            assert_eq!(spellings(url), [url]);
        }
    }
}
