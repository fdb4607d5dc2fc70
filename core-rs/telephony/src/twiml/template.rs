//! Documents prepared once, filled in many times.

use super::element::{Place, Slot};
use super::escape::{Position, push_escaped};
use super::{Element, MAX_BYTES, TwimlError};

/// A document whose slots are filled in one pass, each value escaped by where its slot stands.
///
/// The result is what an [`Element`] with the values in place of the slots would render.
#[derive(Debug, Clone)]
pub struct Template {
    markup: String,
    slots: Vec<(usize, Slot)>,
    names: Vec<Box<str>>,
}

impl Template {
    /// Prepares a document; it may have no slot at all.
    ///
    /// # Errors
    /// [`TwimlError::TooLarge`] when it is over [`MAX_BYTES`] before any slot is filled.
    pub fn new(document: &Element) -> Result<Self, TwimlError> {
        let markup = document.unfilled()?.to_owned();
        let mut names: Vec<Box<str>> = Vec::new();
        let mut slots = Vec::with_capacity(document.slots.len());
        for slot in &document.slots {
            let known = names.iter().position(|name| *name == slot.name);
            let index = known.unwrap_or_else(|| {
                names.push(slot.name.clone());
                names.len() - 1
            });
            slots.push((index, slot.clone()));
        }
        Ok(Self {
            markup,
            slots,
            names,
        })
    }

    /// The slots' names, each once, in the order in which they first stand in the document.
    pub fn slots(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.iter().map(AsRef::as_ref)
    }

    /// The document with its slots filled; `values` in the order of [`Template::slots`].
    ///
    /// # Errors
    /// [`TwimlError::MissingSlot`] for the first slot without a value, [`TwimlError::TooLarge`]
    /// when the result is over [`MAX_BYTES`].
    pub fn render(&self, values: &[impl AsRef<str>]) -> Result<String, TwimlError> {
        let mut document = String::with_capacity(self.markup.len());
        self.render_into(values, &mut document)?;
        Ok(document)
    }

    /// The same in place of what the buffer holds, so that one buffer serves many documents.
    ///
    /// # Errors
    /// As [`Template::render`]; what the buffer holds then is of no use.
    pub fn render_into(
        &self,
        values: &[impl AsRef<str>],
        document: &mut String,
    ) -> Result<(), TwimlError> {
        if let Some(name) = self.names.get(values.len()) {
            return Err(TwimlError::MissingSlot(name.to_string()));
        }
        document.clear();
        let mut written = 0;
        for (index, slot) in &self.slots {
            document.push_str(&self.markup[written..slot.at]);
            written = slot.at;
            push_slot(values[*index].as_ref(), &slot.place, document);
        }
        document.push_str(&self.markup[written..]);
        if document.len() > MAX_BYTES {
            return Err(TwimlError::TooLarge);
        }
        Ok(())
    }
}

fn push_slot(value: &str, place: &Place, document: &mut String) {
    match place {
        Place::Attribute => push_escaped(value, Position::Attribute, document),
        Place::Text => push_escaped(value, Position::Text, document),
        Place::Whole { end_tag } => {
            let open_end = document.len();
            document.push('>');
            push_escaped(value, Position::Text, document);
            if document.len() == open_end + 1 {
                document.truncate(open_end);
                document.push_str(" />");
            } else {
                document.push_str(end_tag);
            }
        }
    }
}
