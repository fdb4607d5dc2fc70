//! A strict reader of the markup the core writes; it panics at whatever XML 1.0 would refuse.

/// An element as read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) content: Vec<Content>,
}

/// What stands between tags.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Element(Read),
    Text(String),
}

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const CHARACTERS: [(&str, char); 7] = [
    ("&amp;", '&'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&quot;", '"'),
    ("&#09;", '\t'),
    ("&#10;", '\n'),
    ("&#13;", '\r'),
];

/// The root of a document.
pub(crate) fn read(document: &str) -> Read {
    assert!(!document.contains(is_forbidden), "{document:?}");
    let rest = document.strip_prefix(DECLARATION).expect("a declaration");
    let (root, rest) = element(rest);
    assert_eq!(rest, "", "after the root");
    root
}

/// What XML 1.0 forbids in every form.
pub(crate) fn is_forbidden(character: char) -> bool {
    let kept = matches!(character, '\t' | '\n' | '\r');
    (character < ' ' && !kept) || matches!(character, '\u{FFFE}' | '\u{FFFF}')
}

fn element(markup: &str) -> (Read, &str) {
    let rest = markup.strip_prefix('<').expect("a tag");
    let (name, mut rest) = name(rest);
    let mut attributes: Vec<(String, String)> = Vec::new();
    while let Some(after) = rest
        .strip_prefix(' ')
        .filter(|after| !after.starts_with('/'))
    {
        let (attribute, after) = self::name(after);
        let after = after.strip_prefix("=\"").expect("a value");
        let (value, after) = after.split_once('"').expect("the value's end");
        assert!(
            attributes.iter().all(|(known, _)| known != attribute),
            "twice"
        );
        attributes.push((attribute.to_owned(), unescaped(value)));
        rest = after;
    }
    let (content, rest) = match rest.strip_prefix(" />") {
        Some(rest) => (Vec::new(), rest),
        None => content(name, rest.strip_prefix('>').expect("the tag's end")),
    };
    let name = name.to_owned();
    (
        Read {
            name,
            attributes,
            content,
        },
        rest,
    )
}

fn content<'a>(name: &str, mut rest: &'a str) -> (Vec<Content>, &'a str) {
    let mut content = Vec::new();
    loop {
        let (text, after) = rest.split_at(rest.find('<').expect("an end tag"));
        if !text.is_empty() {
            content.push(Content::Text(unescaped(text)));
        }
        if let Some(end) = after.strip_prefix("</") {
            let rest = end.strip_prefix(name).and_then(|end| end.strip_prefix('>'));
            assert!(!content.is_empty(), "an empty element in two tags");
            return (content, rest.expect("this element's end tag"));
        }
        let (child, after) = element(after);
        content.push(Content::Element(child));
        rest = after;
    }
}

fn name(markup: &str) -> (&str, &str) {
    let end = markup.find([' ', '>', '=', '/', '<', '"', '&', '\'', '\t', '\n', '\r']);
    let (name, rest) = markup.split_at(end.expect("the name's end"));
    let first = name.chars().next().expect("a name");
    assert!(
        !first.is_ascii_digit() && first != '-' && first != '.',
        "{name}"
    );
    (name, rest)
}

fn unescaped(text: &str) -> String {
    assert!(!text.contains('<'), "{text}");
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (reference, rest) = part.split_once(';').expect("a reference");
        let known = |known: &&(&str, char)| known.0[1..].strip_suffix(';') == Some(reference);
        let (_, character) = CHARACTERS.iter().find(known).expect("a known reference");
        plain.push(*character);
        plain.push_str(rest);
    }
    plain
}
