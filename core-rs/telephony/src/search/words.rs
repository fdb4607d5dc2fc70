//! What counts as a word: lower case, without accents, without function words, stemmed.

use std::borrow::Cow;
use std::sync::LazyLock;

use bm25::Tokenizer;
use deunicode::deunicode_char;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashSet;

/// English words that say nothing of what is asked. Contractions come without their apostrophe.
/// "open", "close" and "now" are among them: when a company is open is not answered from here.
const FUNCTION_WORDS: &str = "\
    a about am an and any anything are as at be been being but by can close could did do \
    does doing for from get give got had has have he hello her here hers hey hi him his \
    how i id if ill im in into is it its ive just know let like may me might mine my now \
    of okay on open or our ours please shall she should so some something tell thank \
    thanks that thats the their them then there these they this those to uh um us was we \
    were what whats when where which who will with would yeah yes you your youre yours \
    yourself";

static SILENT: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| FUNCTION_WORDS.split_ascii_whitespace().collect());

/// Splits English text into the stems that searching compares.
pub struct Words {
    stemmer: Stemmer,
}

impl Words {
    /// For English.
    #[must_use]
    pub fn new() -> Self {
        Self {
            stemmer: Stemmer::create(Algorithm::English),
        }
    }

    /// Calls `take` with each word as it is written but in lower case, in order, duplicates
    /// included.
    pub fn each(&self, text: &str, mut take: impl FnMut(&str)) {
        let mut word = String::with_capacity(16);
        for character in text.chars() {
            // PERF: nearly all is ASCII, and needs no look into the table.
            if character.is_ascii() {
                Self::add(character, &mut word, &mut take);
                continue;
            }
            // What has no likeness in ASCII stands between words.
            for likeness in deunicode_char(character).unwrap_or(" ").chars() {
                Self::add(likeness, &mut word, &mut take);
            }
        }
        Self::end(&mut word, &mut take);
    }

    /// What a word has in common with its other forms.
    #[must_use]
    pub fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        self.stemmer.stem(word)
    }

    fn add(character: char, word: &mut String, take: &mut impl FnMut(&str)) {
        if character.is_ascii_alphanumeric() {
            word.push(character.to_ascii_lowercase());
        } else if character != '\'' {
            Self::end(word, take);
        }
    }

    fn end(word: &mut String, take: &mut impl FnMut(&str)) {
        if !word.is_empty() && !SILENT.contains(word.as_str()) {
            take(word);
        }
        word.clear();
    }
}

impl Default for Words {
    fn default() -> Self {
        Self::new()
    }
}

impl Tokenizer for Words {
    fn tokenize(&self, text: &str) -> Vec<String> {
        let mut stems = Vec::new();
        self.each(text, |word| stems.push(self.stem(word).into_owned()));
        stems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_lowered_stemmed_and_stripped_of_accents() {
        let words = Words::new();
        let stems = words.tokenize("What are your café's opening hours, please?");
        assert_eq!(stems, ["cafe", "open", "hour"]);
        assert_eq!(words.tokenize("  😀 \0 ' '' "), words.tokenize("grinning"));
        assert_eq!(words.tokenize("é a\0b"), ["e", "b"]);
        assert_eq!(words.tokenize("停车场"), ["ting", "che", "chang"]);
    }
}
