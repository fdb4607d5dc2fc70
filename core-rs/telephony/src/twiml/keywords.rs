//! The keywords of one call, mapped to attribute names, checked and sorted once.

use super::{TwimlError, Value, names};

/// The keywords of one call: their attribute names checked and in the order they are written.
///
/// Whoever writes many elements with the same keywords makes this once for all of them.
#[derive(Debug, Clone, Default)]
pub struct Keywords {
    sorted: Vec<Keyword>,
    size: usize,
}

#[derive(Debug, Clone)]
struct Keyword {
    /// Where its value stands among the values.
    at: usize,
    /// What begins the attribute: ` name="`.
    opening: Box<str>,
    /// Whether the next keyword is another spelling of the same name.
    again: bool,
}

impl Keywords {
    /// Maps, checks and sorts keywords.
    ///
    /// # Errors
    /// [`TwimlError::InvalidName`] for one that gives no XML name.
    pub fn new(keywords: &[&str]) -> Result<Self, TwimlError> {
        let mut sorted = Vec::with_capacity(keywords.len());
        for (at, keyword) in keywords.iter().enumerate() {
            let name = names::attribute(keyword);
            names::check(&name)?;
            sorted.push((name, at));
        }
        // With the place, so that of two spellings of one name the later stays the later.
        sorted.sort_unstable();
        let sorted: Vec<Keyword> = sorted
            .iter()
            .enumerate()
            .map(|(nth, (name, at))| Keyword {
                at: *at,
                opening: [" ", name, "=\""].concat().into(),
                again: sorted.get(nth + 1).is_some_and(|next| next.0 == *name),
            })
            .collect();
        let size = sorted.iter().map(|word| word.opening.len() + 1).sum();
        Ok(Self { sorted, size })
    }

    /// The bytes all names take with their quotes.
    pub(super) const fn size(&self) -> usize {
        self.size
    }

    /// What begins each attribute that has a value, and the value, in the order they are written.
    ///
    /// Of several spellings of one name the last with a value counts.
    pub(super) fn zip<'a, 'v>(
        &'a self,
        values: &'a [Option<Value<'v>>],
    ) -> impl Iterator<Item = (&'a str, &'a Value<'v>)> {
        let mut earlier = None;
        self.sorted.iter().filter_map(move |keyword| {
            let value = values.get(keyword.at).and_then(Option::as_ref);
            let value = value.or(earlier.take());
            if keyword.again {
                earlier = value;
                return None;
            }
            Some((&*keyword.opening, value?))
        })
    }
}
