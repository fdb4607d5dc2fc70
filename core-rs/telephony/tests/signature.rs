//! Signatures against Twilio's published vectors, and every form of URL it is known to sign.

use clientsvia_telephony::signature::{Algorithm, Body, sign, verify};

const TOKEN: &str = "12345";
const URL: &str = "https://example.com/myapp.php?foo=1&bar=2";
const CALL: [(&str, &str); 5] = [
    ("CallSid", "CA1234567890ABCDE"),
    ("Digits", "1234"),
    ("To", "+18005551212"),
    ("Caller", "+14158675310"),
    ("From", "+14158675310"),
];

fn accepts(url: &str, signature: &str) -> bool {
    verify(
        &[TOKEN],
        url,
        Body::Parameters(&CALL),
        signature,
        Algorithm::Sha1,
    )
}

#[test]
fn published_vectors_agree() {
    let sha1 = "L/OH5YylLD5NRKLltdqwSvS0BnU=";
    let sha256 = "qMztBq0IANMH/q0K9sCfKQJLylezvRdRzRS647SAVow=";
    assert_eq!(sign(TOKEN, URL, &CALL, Algorithm::Sha1), sha1);
    assert_eq!(sign(TOKEN, URL, &CALL, Algorithm::Sha256), sha256);
    let unicode = [("Body", "héllo 😀"), ("Empty", "")];
    assert_eq!(
        sign(TOKEN, URL, &unicode, Algorithm::Sha1),
        "dWQZEIbyCN/WF9HKXT3cSBAuAio="
    );
}

#[test]
fn a_body_as_it_came_is_read_as_a_form() {
    let body = b"Empty=&Body=h%C3%A9llo+%F0%9F%98%80";
    let signature = "dWQZEIbyCN/WF9HKXT3cSBAuAio=";
    assert!(verify(
        &[TOKEN],
        URL,
        Body::Raw(body),
        signature,
        Algorithm::Sha1
    ));
}

#[test]
fn any_of_several_tokens_will_do_and_an_empty_one_never() {
    let signature = sign(TOKEN, URL, &CALL, Algorithm::Sha1);
    let body = Body::Parameters(&CALL);
    assert!(verify(
        &["old", TOKEN],
        URL,
        body,
        &signature,
        Algorithm::Sha1
    ));
    assert!(!verify(&["old"], URL, body, &signature, Algorithm::Sha1));
    assert!(!verify(&[], URL, body, &signature, Algorithm::Sha1));
    let empty = sign("", URL, &CALL, Algorithm::Sha1);
    assert!(!verify(&[""], URL, body, &empty, Algorithm::Sha1));
}

#[test]
fn ports_user_password_and_fragment_do_not_count() {
    for (asked, signed) in [
        ("https://a.example/x", "https://a.example:443/x"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("https://a.example:8443/x", "https://a.example/x"),
        ("http://a.example/x", "http://a.example:80/x"),
        ("https://[::1]/x", "https://[::1]:443/x"),
        ("https://me:secret@a.example/x#rc=2", "https://a.example/x"),
        ("https://a.example?b=1", "https://a.example:443?b=1"),
    ] {
        assert!(
            accepts(asked, &sign(TOKEN, signed, &CALL, Algorithm::Sha1)),
            "{asked}"
        );
    }
    let other = sign(TOKEN, "https://a.example:444/x", &CALL, Algorithm::Sha1);
    assert!(!accepts("https://a.example/x", &other));
}

#[test]
fn a_web_socket_may_gain_or_lose_its_last_slash_and_a_page_may_not() {
    let slashed = sign(TOKEN, "wss://a.example/relay/?b=1", &[], Algorithm::Sha1);
    let relay = "wss://a.example/relay?b=1";
    assert!(verify(
        &[TOKEN],
        relay,
        Body::None,
        &slashed,
        Algorithm::Sha1
    ));
    let page = sign(TOKEN, "https://a.example/x/", &[], Algorithm::Sha1);
    assert!(!verify(
        &[TOKEN],
        "https://a.example/x",
        Body::None,
        &page,
        Algorithm::Sha1
    ));
}

#[test]
fn a_json_body_is_checked_against_the_hash_in_the_url() {
    let hash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    let url = format!("https://a.example/x?bodySHA256={hash}");
    let signature = sign(TOKEN, &url, &[], Algorithm::Sha1);
    let judge = |body| verify(&[TOKEN], &url, body, &signature, Algorithm::Sha1);
    assert!(judge(Body::Raw(b"{}")));
    assert!(!judge(Body::Raw(b"{ }")));
    assert!(!judge(Body::None));
    assert!(!judge(Body::Parameters(&[])));
}

#[test]
fn a_signature_is_taken_whole_or_not_at_all() {
    let signature = sign(TOKEN, URL, &CALL, Algorithm::Sha1);
    for other in [
        "",
        "L/OH",
        &signature[..27],
        &format!("{signature} "),
        &signature.to_lowercase(),
    ] {
        assert!(!accepts(URL, other), "{other}");
    }
}
