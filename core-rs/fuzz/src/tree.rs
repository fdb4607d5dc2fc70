//! Documents written line by line, and what must become of them.
//!
//! `<Say` opens an element and `>` closes it; `@voice=man` is an attribute and `$voice=slot` one
//! that is filled in later; `?slot` is a text that is, and every other line is a text. `\n`, `\r`
//! and `\t` stand for themselves.

use clientsvia_telephony::twiml::{Child, Element, TwimlError, Value};

use super::markup::{Content, Read, is_forbidden};

/// A text, or the name of a slot.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Text(String),
    Slot(String),
}

/// An element as described.
#[derive(Debug, Default)]
pub(crate) struct Node {
    name: String,
    attributes: Vec<(String, Piece)>,
    content: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Node(Node),
    Piece(Piece),
}

impl Node {
    /// The document that lines describe; elements left open are closed.
    pub(crate) fn read(lines: &str) -> Self {
        let mut open = vec![Self::named("Response")];
        for line in lines.split('\n') {
            if let Some(name) = line.strip_prefix('<') {
                open.push(Self::named(name));
            } else if line == ">" && open.len() > 1 {
                close(&mut open);
            } else if let Some(node) = open.last_mut() {
                node.add(line);
            }
        }
        while open.len() > 1 {
            close(&mut open);
        }
        open.remove(0)
    }

    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    fn add(&mut self, line: &str) {
        let attribute = line.get(1..).and_then(|rest| rest.split_once('='));
        match (line.chars().next(), attribute) {
            (Some('@'), Some((name, value))) => {
                let value = Piece::Text(unescaped(value));
                self.attributes.push((name.to_owned(), value));
            }
            (Some('$'), Some((name, slot))) => {
                let value = Piece::Slot(slot.to_owned());
                self.attributes.push((name.to_owned(), value));
            }
            (Some('?'), _) => self
                .content
                .push(Part::Piece(Piece::Slot(line[1..].to_owned()))),
            _ => self.content.push(Part::Piece(Piece::Text(unescaped(line)))),
        }
    }

    /// The same, each slot replaced by its value.
    pub(crate) fn filled(&self, value: &impl Fn(&str) -> String) -> Self {
        let fill = |piece: &Piece| match piece {
            Piece::Slot(slot) => Piece::Text(value(slot)),
            Piece::Text(_) => piece.clone(),
        };
        let attributes = self.attributes.iter();
        let content = self.content.iter().map(|part| match part {
            Part::Node(node) => Part::Node(node.filled(value)),
            Part::Piece(piece) => Part::Piece(fill(piece)),
        });
        Self {
            name: self.name.clone(),
            attributes: attributes
                .map(|(name, piece)| (name.clone(), fill(piece)))
                .collect(),
            content: content.collect(),
        }
    }

    /// What the core makes of it.
    pub(crate) fn element(&self) -> Result<Element, TwimlError> {
        let children: Result<Vec<_>, _> = self.nodes().map(Self::element).collect();
        let children = children?;
        let mut next = children.iter();
        let content = self.content.iter().map(|part| match part {
            Part::Node(_) => Child::Element(next.next().expect("one for each node")),
            Part::Piece(piece) => Child::Value(piece.value()),
        });
        let content: Vec<_> = content.collect();
        let attributes = self.attributes.iter();
        let attributes = attributes.map(|(name, piece)| (name.as_str(), piece.value()));
        Element::new(&self.name, attributes, &content)
    }

    fn nodes(&self) -> impl Iterator<Item = &Self> {
        self.content.iter().filter_map(|part| match part {
            Part::Node(node) => Some(node),
            Part::Piece(_) => None,
        })
    }

    /// Whether all names are of a kind that nobody could refuse, or would write differently.
    pub(crate) fn has_plain_names(&self) -> bool {
        let attributes = self.attributes.iter().map(|(name, _)| name);
        let mut names = attributes.chain([&self.name]);
        names.all(|name| is_plain(name)) && self.nodes().all(Self::has_plain_names)
    }

    /// What a reader must find in the markup; slots hold nothing.
    pub(crate) fn expected(&self) -> Read {
        let mut attributes: Vec<(String, String)> = Vec::new();
        for (name, piece) in &self.attributes {
            attributes.retain(|(known, _)| known != name);
            attributes.push((name.clone(), piece.allowed()));
        }
        attributes.sort();
        Read {
            name: self.name.clone(),
            attributes,
            content: self.expected_content(),
        }
    }

    fn expected_content(&self) -> Vec<Content> {
        let mut content = Vec::new();
        for part in &self.content {
            match part {
                Part::Node(node) => content.push(Content::Element(node.expected())),
                Part::Piece(piece) => {
                    // A text takes the place of one directly before it.
                    content.pop_if(|last| matches!(last, Content::Text(_)));
                    content.push(Content::Text(piece.allowed()));
                }
            }
        }
        content.retain(|part| !matches!(part, Content::Text(text) if text.is_empty()));
        content
    }
}

impl Piece {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Slot(name) => Value::Slot(name),
        }
    }

    fn allowed(&self) -> String {
        match self {
            Self::Text(text) => text.chars().filter(|&c| !is_forbidden(c)).collect(),
            Self::Slot(_) => String::new(),
        }
    }
}

fn close(open: &mut Vec<Node>) {
    if let (Some(node), Some(parent)) = (open.pop(), open.last_mut()) {
        parent.content.push(Part::Node(node));
    }
}

fn is_plain(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn unescaped(text: &str) -> String {
    text.replace("\\n", "\n")
        .replace("\\r", "\r")
        .replace("\\t", "\t")
}
