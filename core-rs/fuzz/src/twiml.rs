//! Documents made at once. The input is described in `tree`; a slot's name is its value.

use clientsvia_telephony::twiml::{MAX_BYTES, TwimlError};

use super::markup;
use super::tree::Node;

/// What is written is well-formed, and reads back as what was meant.
pub fn check(data: &[u8]) {
    let tree = Node::read(&super::text(data)).filled(&str::to_owned);
    let document = tree.element().and_then(|element| element.render());
    match document {
        Ok(document) => {
            assert!(document.len() <= MAX_BYTES);
            let read = markup::read(&document);
            if tree.has_plain_names() {
                assert_eq!(read, tree.expected());
            }
        }
        Err(TwimlError::TooLarge) => assert!(data.len() > MAX_BYTES / 16),
        Err(TwimlError::InvalidName(_)) => assert!(!tree.has_plain_names()),
        Err(TwimlError::MissingSlot(name)) => panic!("no slot is left, and {name} is missing"),
    }
}
