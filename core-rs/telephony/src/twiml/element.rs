//! One element and all it holds, already written.

use smallvec::SmallVec;

use super::escape::{Position, push_escaped};
use super::keywords::Keywords;
use super::{Child, DECLARATION, MAX_BYTES, Tag, TwimlError, Value};

/// What escaping may add before the buffer of an element has to grow.
const SLACK: usize = 32;

/// Where a value is still to come.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) name: Box<str>,
    /// The offset in the document at which its value goes.
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
    /// PERF: the declaration stands before every element's markup, so that rendering is one copy.
    document: String,
    pub(super) slots: Vec<Slot>,
    oversize: bool,
}

impl Element {
    /// Writes an element from pairs of a keyword and a value.
    ///
    /// Attribute names are mapped as twilio-python maps them (`speech_timeout` becomes
    /// `speechTimeout`, `from_` becomes `from`) and sorted. As there, a text that follows another
    /// text directly takes its place.
    ///
    /// # Errors
    /// [`TwimlError::InvalidName`] for a tag or an attribute that is no XML name.
    pub fn new<'a>(
        tag: &str,
        attributes: impl IntoIterator<Item = (&'a str, Value<'a>)>,
        content: &[Child<'_>],
    ) -> Result<Self, TwimlError> {
        let mut keywords = SmallVec::<[_; 8]>::new();
        let mut values = SmallVec::<[_; 8]>::new();
        for (keyword, value) in attributes {
            keywords.push(keyword);
            values.push(Some(value));
        }
        let (tag, keywords) = (Tag::new(tag)?, Keywords::new(&keywords)?);
        Ok(Self::with_keywords(tag, &keywords, &values, content))
    }

    /// The same from keywords that were mapped and sorted before, and their values in the order
    /// in which [`Keywords::new`] was given them. `None` is an attribute left out, as is a value
    /// that is not there.
    #[must_use]
    pub fn with_keywords(
        tag: Tag<'_>,
        keywords: &Keywords,
        values: &[Option<Value<'_>>],
        content: &[Child<'_>],
    ) -> Self {
        let tag = tag.as_str();
        let size = size(tag, values, content) + keywords.size();
        let mut element = Self {
            document: String::with_capacity(size + SLACK),
            slots: Vec::new(),
            oversize: false,
        };
        element.document.push_str(DECLARATION);
        element.document.push('<');
        element.document.push_str(tag);
        element.push_attributes(keywords, values);
        element.push_content(tag, content);
        if element.oversize || element.markup().len() > MAX_BYTES {
            element = Self {
                document: String::from(DECLARATION),
                slots: Vec::new(),
                oversize: true,
            };
        }
        element
    }

    /// The document whose root this element is.
    ///
    /// # Errors
    /// [`TwimlError::TooLarge`] over [`MAX_BYTES`]; [`TwimlError::MissingSlot`] when a slot is left.
    pub fn render(&self) -> Result<String, TwimlError> {
        self.document().map(str::to_owned)
    }

    /// The same without a copy.
    ///
    /// # Errors
    /// As [`Element::render`].
    pub fn document(&self) -> Result<&str, TwimlError> {
        let document = self.unfilled()?;
        match self.slots.first() {
            Some(slot) => Err(TwimlError::MissingSlot(slot.name.to_string())),
            None => Ok(document),
        }
    }

    /// The element as markup, with nothing where slots are.
    #[must_use]
    pub fn markup(&self) -> &str {
        &self.document[DECLARATION.len()..]
    }

    pub(super) fn unfilled(&self) -> Result<&str, TwimlError> {
        if self.oversize || self.document.len() > MAX_BYTES {
            return Err(TwimlError::TooLarge);
        }
        Ok(&self.document)
    }

    fn push_attributes(&mut self, keywords: &Keywords, values: &[Option<Value<'_>>]) {
        for (opening, value) in keywords.zip(values) {
            self.document.push_str(opening);
            self.push_value(value, Position::Attribute);
            self.document.push('"');
        }
    }

    fn push_content(&mut self, tag: &str, content: &[Child<'_>]) {
        let open_end = self.document.len();
        let outer_slots = self.slots.len();
        self.document.push('>');
        let start = self.document.len();
        let mut run = (start, outer_slots);
        for child in content {
            match child {
                Child::Element(child) => {
                    self.push_element(child);
                    run = (self.document.len(), self.slots.len());
                }
                Child::Value(value) => {
                    self.document.truncate(run.0);
                    self.slots.truncate(run.1);
                    self.push_value(value, Position::Text);
                }
            }
        }
        if self.document.len() > start {
            self.document.push_str("</");
            self.document.push_str(tag);
            self.document.push('>');
            return;
        }
        self.document.truncate(open_end);
        match self.slots.get_mut(outer_slots) {
            Some(slot) => {
                slot.at = open_end;
                slot.place = Place::Whole {
                    end_tag: format!("</{tag}>").into(),
                };
            }
            None => self.document.push_str(" />"),
        }
    }

    fn push_element(&mut self, child: &Self) {
        let base = self.document.len() - DECLARATION.len();
        self.oversize |= child.oversize;
        self.document.push_str(child.markup());
        self.slots.extend(child.slots.iter().map(|slot| Slot {
            at: base + slot.at,
            ..slot.clone()
        }));
    }

    fn push_value(&mut self, value: &Value<'_>, position: Position) {
        match value {
            Value::Text(text) => push_escaped(text, position, &mut self.document),
            Value::Slot(name) => self.slots.push(Slot {
                name: Box::from(*name),
                at: self.document.len(),
                place: match position {
                    Position::Attribute => Place::Attribute,
                    Position::Text => Place::Text,
                },
            }),
        }
    }
}

/// The bytes of a document whose values need no escaping, without its attributes' names.
fn size(tag: &str, values: &[Option<Value<'_>>], content: &[Child<'_>]) -> usize {
    let values: usize = values.iter().flatten().map(Value::size).sum();
    let content: usize = content
        .iter()
        .map(|child| match child {
            Child::Element(child) => child.markup().len(),
            Child::Value(value) => value.size(),
        })
        .sum();
    DECLARATION.len() + 2 * tag.len() + "<></>".len() + values + content
}
