//! One element and all it holds, already written.

use std::borrow::Cow;

use super::escape::{Position, push_escaped};
use super::{Child, DECLARATION, MAX_BYTES, TwimlError, Value, names};

/// Where a value is still to come.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) name: Box<str>,
    /// The offset in the markup at which its value goes.
    pub(super) at: usize,
    pub(super) place: Place,
}

#[derive(Debug, Clone)]
pub(super) enum Place {
    Attribute,
    Text,
    /// The only content of an element, whose end tag depends on it: `<Say />` when it is empty.
    Whole {
        end_tag: Box<str>,
    },
}

/// One element and all it holds, already written.
#[derive(Debug, Clone)]
pub struct Element {
    pub(super) markup: String,
    pub(super) slots: Vec<Slot>,
    oversize: bool,
}

impl Element {
    /// Writes an element.
    ///
    /// Attribute names are mapped as twilio-python maps them (`speech_timeout` becomes
    /// `speechTimeout`, `from_` becomes `from`) and sorted. As there, a text that follows another
    /// text directly takes its place.
    ///
    /// # Errors
    /// [`TwimlError::InvalidName`] for a tag or an attribute that is no XML name.
    pub fn new(
        tag: &str,
        attributes: Vec<(&str, Value<'_>)>,
        content: &[Child<'_>],
    ) -> Result<Self, TwimlError> {
        names::check(tag)?;
        let mut element = Self {
            markup: String::with_capacity(256),
            slots: Vec::new(),
            oversize: false,
        };
        element.markup.push('<');
        element.markup.push_str(tag);
        element.push_attributes(attributes)?;
        element.push_content(tag, content);
        if element.oversize || element.markup.len() > MAX_BYTES {
            element = Self {
                markup: String::new(),
                slots: Vec::new(),
                oversize: true,
            };
        }
        Ok(element)
    }

    /// The document whose root this element is.
    ///
    /// # Errors
    /// [`TwimlError::TooLarge`] over [`MAX_BYTES`]; [`TwimlError::MissingSlot`] when a slot is left.
    pub fn render(&self) -> Result<String, TwimlError> {
        let document = self.document()?;
        match self.slots.first() {
            Some(slot) => Err(TwimlError::MissingSlot(slot.name.to_string())),
            None => Ok(document),
        }
    }

    /// The element as markup, with nothing where slots are.
    #[must_use]
    pub fn markup(&self) -> &str {
        &self.markup
    }

    pub(super) fn document(&self) -> Result<String, TwimlError> {
        if self.oversize || DECLARATION.len() + self.markup.len() > MAX_BYTES {
            return Err(TwimlError::TooLarge);
        }
        let mut document = String::with_capacity(DECLARATION.len() + self.markup.len());
        document.push_str(DECLARATION);
        document.push_str(&self.markup);
        Ok(document)
    }

    fn push_attributes(&mut self, attributes: Vec<(&str, Value<'_>)>) -> Result<(), TwimlError> {
        let mut mapped = Vec::with_capacity(attributes.len());
        for (name, value) in attributes {
            let name = names::attribute(name);
            names::check(&name)?;
            mapped.push((name, value));
        }
        // Stable, so that of two spellings of one name the later stays the later.
        mapped.sort_by(|a: &(Cow<'_, str>, _), b| a.0.cmp(&b.0));
        for at in 0..mapped.len() {
            let (name, value) = &mapped[at];
            if mapped.get(at + 1).is_some_and(|next| next.0 == *name) {
                continue;
            }
            self.markup.push(' ');
            self.markup.push_str(name);
            self.markup.push_str("=\"");
            self.push_value(value, Position::Attribute);
            self.markup.push('"');
        }
        Ok(())
    }

    fn push_content(&mut self, tag: &str, content: &[Child<'_>]) {
        let open_end = self.markup.len();
        let outer_slots = self.slots.len();
        self.markup.push('>');
        let start = self.markup.len();
        let mut run = (start, outer_slots);
        for child in content {
            match child {
                Child::Element(child) => {
                    self.push_element(child);
                    run = (self.markup.len(), self.slots.len());
                }
                Child::Value(value) => {
                    self.markup.truncate(run.0);
                    self.slots.truncate(run.1);
                    self.push_value(value, Position::Text);
                }
            }
        }
        if self.markup.len() > start {
            self.markup.push_str("</");
            self.markup.push_str(tag);
            self.markup.push('>');
            return;
        }
        self.markup.truncate(open_end);
        match self.slots.get_mut(outer_slots) {
            Some(slot) => {
                slot.at = open_end;
                slot.place = Place::Whole {
                    end_tag: format!("</{tag}>").into(),
                };
            }
            None => self.markup.push_str(" />"),
        }
    }

    fn push_element(&mut self, child: &Self) {
        let base = self.markup.len();
        self.oversize |= child.oversize;
        self.markup.push_str(&child.markup);
        self.slots.extend(child.slots.iter().map(|slot| Slot {
            at: base + slot.at,
            ..slot.clone()
        }));
    }

    fn push_value(&mut self, value: &Value<'_>, position: Position) {
        match value {
            Value::Text(text) => push_escaped(text, position, &mut self.markup),
            Value::Slot(name) => self.slots.push(Slot {
                name: Box::from(*name),
                at: self.markup.len(),
                place: match position {
                    Position::Attribute => Place::Attribute,
                    Position::Text => Place::Text,
                },
            }),
        }
    }
}
