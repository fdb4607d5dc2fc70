//! Signatures. The first line is a token, the second a URL, the rest a body, whose length
//! chooses the algorithm.

use clientsvia_telephony::form::{Form, Limits};
use clientsvia_telephony::signature::{Algorithm, Body, sign, verify};

/// What was signed is accepted however it is handed over; what was changed is refused.
pub fn check(data: &[u8]) {
    let mut lines = data.splitn(3, |byte| *byte == b'\n');
    let token = super::text(lines.next().unwrap_or_default());
    let url = super::text(lines.next().unwrap_or_default());
    let body = lines.next().unwrap_or_default();
    let Ok(form) = Form::parse(body, Limits::default()) else {
        return;
    };
    let algorithm = if body.len() % 4 == 3 {
        Algorithm::Sha256
    } else {
        Algorithm::Sha1
    };
    let request = Request {
        token: &token,
        url: &url,
        form: &form,
        algorithm,
    };
    request.check(body);
}

struct Request<'a> {
    token: &'a str,
    url: &'a str,
    form: &'a Form,
    algorithm: Algorithm,
}

impl Request<'_> {
    fn check(&self, body: &[u8]) {
        let pairs: Vec<_> = self.form.pairs().collect();
        let signature = sign(self.token, self.url, &pairs, self.algorithm);
        let accepted = self.judge(self.token, Body::Form(self.form), &signature);
        let backwards: Vec<_> = pairs.iter().rev().copied().collect();
        let shuffled = self.judge(self.token, Body::Parameters(&backwards), &signature);
        assert_eq!(accepted, shuffled);
        if !self.may_carry_a_hash() {
            let raw = self.judge(self.token, Body::Raw(body), &signature);
            assert_eq!(accepted, raw);
        }
        assert!(!(accepted && self.token.is_empty()));
        assert!(accepted || self.token.is_empty() || !self.is_plain());
        self.check_changes(&pairs, &signature);
    }

    fn check_changes(&self, pairs: &[(&str, &str)], signature: &str) {
        let body = Body::Parameters(pairs);
        let other_token = format!("{}x", self.token);
        assert!(!self.judge(&other_token, body, signature));
        assert!(!self.judge(self.token, body, &signature[1..]));
        assert!(!self.judge(self.token, body, &format!("{signature}=")));
        assert!(!self.judge(self.token, body, &flipped(signature)));
        let longest = pairs.iter().map(|pair| pair.0.len()).max().unwrap_or(0);
        let unknown = "x".repeat(longest + 1);
        let more: Vec<_> = pairs.iter().copied().chain([(&*unknown, "")]).collect();
        assert!(!self.judge(self.token, Body::Parameters(&more), signature));
    }

    fn judge(&self, token: &str, body: Body<'_>, signature: &str) -> bool {
        verify(&["", token], self.url, body, signature, self.algorithm)
    }

    /// Whether the URL is signed as it stands, judged from afar.
    fn is_plain(&self) -> bool {
        !self.url.contains(['#', '@', ';', '?']) && !self.url.contains(char::is_uppercase)
    }

    fn may_carry_a_hash(&self) -> bool {
        self.url.contains('?')
    }
}

fn flipped(signature: &str) -> String {
    let other = if signature.starts_with('A') { 'B' } else { 'A' };
    format!("{other}{}", &signature[1..])
}
