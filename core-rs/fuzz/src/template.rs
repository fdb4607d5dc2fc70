//! Documents filled in. The first line holds the slots' values, between `|`; a slot takes the
//! value its name's length points at. The rest is described in `tree`.

use clientsvia_telephony::twiml::{Template, TwimlError};

use super::markup;
use super::tree::Node;

/// A filled template is the document that has its values from the start, or fails like it.
pub fn check(data: &[u8]) {
    let text = super::text(data);
    let (values, lines) = text.split_once('\n').unwrap_or((&text, ""));
    let values: Vec<_> = values.split('|').collect();
    let value = |slot: &str| values[slot.len() % values.len()].to_owned();
    let tree = Node::read(lines);
    let whole = tree.filled(&value);
    let expected = whole.element().and_then(|element| element.render());
    let Ok(template) = tree.element().and_then(|element| Template::new(&element)) else {
        assert!(expected.is_err());
        return;
    };
    let values: Vec<_> = template.slots().map(value).collect();
    let document = template.render(&values);
    assert_eq!(document, expected);
    if let Ok(document) = document {
        let read = markup::read(&document);
        assert!(!whole.has_plain_names() || read == whole.expected());
    }
    check_missing(&template, &values);
}

fn check_missing(template: &Template, values: &[String]) {
    let Some(((last, values), missing)) = values.split_last().zip(template.slots().last()) else {
        return;
    };
    let refused = Err(TwimlError::MissingSlot(missing.to_owned()));
    assert_eq!(template.render(values), refused, "without {last:?}");
}
