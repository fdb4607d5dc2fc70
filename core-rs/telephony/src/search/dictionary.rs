//! Words to places, in little memory: a thousand companies have a dictionary each.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap};

/// A fixed map from words to places.
///
/// PERF: about 20 bytes a word; in a map of strings each took 100.
pub(super) struct Dictionary {
    words: Words,
    /// The numbers of words, by their hashes.
    table: HashTable<u32>,
}

/// All words in one text, ordered.
struct Words {
    text: Box<str>,
    /// Where each word ends in the text, and its place.
    ends: Box<[(u32, u32)]>,
}

impl Dictionary {
    pub(super) fn new(places: &FxHashMap<String, u32>) -> Self {
        let words = Words::new(places);
        let mut table = HashTable::with_capacity(words.ends.len());
        for number in (0..).take(words.ends.len()) {
            let rehash = |&other: &u32| hash(words.get(other));
            table.insert_unique(hash(words.get(number)), number, rehash);
        }
        Self { words, table }
    }

    /// The place of a word, if it is known.
    pub(super) fn get(&self, word: &str) -> Option<u32> {
        let is_it = |&number: &u32| self.words.get(number) == word;
        let number = self.table.find(hash(word), is_it)?;
        Some(self.words.ends[*number as usize].1)
    }
}

impl Words {
    fn new(places: &FxHashMap<String, u32>) -> Self {
        let mut sorted: Vec<_> = places.iter().collect();
        sorted.sort_unstable();
        let mut text = String::new();
        let ends = sorted.into_iter().map(|(word, &place)| {
            text.push_str(word);
            // A company's entries are far from four gigabytes.
            (u32::try_from(text.len()).unwrap_or(u32::MAX), place)
        });
        let ends = ends.collect();
        Self {
            text: text.into(),
            ends,
        }
    }

    fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = match number {
            0 => 0,
            _ => self.ends[number - 1].0,
        };
        &self.text[start as usize..self.ends[number].0 as usize]
    }
}

fn hash(word: &str) -> u64 {
    FxBuildHasher.hash_one(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_place_and_no_other_has_one() {
        let words: FxHashMap<String, u32> = (0..500).map(|at| (format!("word{at}é"), at)).collect();
        let dictionary = Dictionary::new(&words);
        for (word, &place) in &words {
            assert_eq!(dictionary.get(word), Some(place));
        }
        for other in ["", "word", "word500é", "é"] {
            assert_eq!(dictionary.get(other), None);
        }
    }

    #[test]
    fn without_words_nothing_is_known() {
        assert_eq!(Dictionary::new(&FxHashMap::default()).get("word"), None);
    }
}
