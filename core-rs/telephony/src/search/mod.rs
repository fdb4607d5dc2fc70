//! The entry that answers: BM25 over short texts, from postings weighted in advance.

mod dictionary;
mod words;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use bm25::{Embedder, EmbedderBuilder, TokenEmbedder};
use rustc_hash::FxHashMap;

use dictionary::Dictionary;
pub use words::Words;

/// A word as itself: hashes of words would let two of them meet.
struct Word;

impl TokenEmbedder for Word {
    type EmbeddingSpace = String;

    fn embed(word: &str) -> String {
        word.to_owned()
    }
}

#[derive(Debug, Clone, Copy)]
struct Posting {
    document: u32,
    weight: f32,
}

/// One answer to a query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The document's place in the list the index was made from.
    pub position: usize,
    /// Its BM25 score, over zero; higher is better.
    pub score: f32,
}

/// A fixed set of documents, searched by the stems of their words.
///
/// The crate `bm25` weighs each word of each document once, when the index is made. Its own
/// scorer weighs a word anew for each document of each query, and takes ten times as long.
pub struct Index {
    words: Words,
    /// The place of each stem's postings.
    stems: Dictionary,
    /// The same for each word as a document writes it.
    forms: Dictionary,
    /// All postings, those of one place together.
    postings: Box<[Posting]>,
    /// Where the postings of each place end.
    ends: Box<[u32]>,
    documents: usize,
}

impl Index {
    /// Indexes documents in English.
    #[must_use]
    pub fn new(documents: &[&str]) -> Self {
        let words = Words::new();
        let (stems, lists) = weighed(documents);
        let forms = forms(documents, &words, &stems);
        let mut end = 0;
        let ends = lists.iter().map(|list| {
            end += u32::try_from(list.len()).unwrap_or(u32::MAX);
            end
        });
        Self {
            words,
            stems: Dictionary::new(&stems),
            forms: Dictionary::new(&forms),
            ends: ends.collect(),
            postings: lists.into_iter().flatten().collect(),
            documents: documents.len(),
        }
    }

    /// The best matches, best first, equal scores in the documents' order.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<Match> {
        let mut scores = vec![0.0_f32; self.documents];
        let mut seen = Vec::with_capacity(16);
        self.words.each(query, |word| {
            // A word asked twice counts once: people repeat themselves on the phone.
            let Some(place) = self.place(word).filter(|place| !seen.contains(place)) else {
                return;
            };
            seen.push(place);
            for posting in self.postings_at(place) {
                scores[posting.document as usize] += posting.weight;
            }
        });
        best(&scores, limit)
    }

    /// Where the postings of a word are.
    fn place(&self, word: &str) -> Option<u32> {
        // PERF: callers use the words of the entries, mostly; to find a stem takes 0.15 us.
        let known = self.forms.get(word);
        known.or_else(|| self.stems.get(&self.words.stem(word)))
    }

    fn postings_at(&self, place: u32) -> &[Posting] {
        let place = place as usize;
        let start = match place {
            0 => 0,
            _ => self.ends[place - 1],
        };
        &self.postings[start as usize..self.ends[place] as usize]
    }

    /// How many documents there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.documents
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents == 0
    }
}

/// The place of each stem, and the postings of each place.
fn weighed(documents: &[&str]) -> (FxHashMap<String, u32>, Vec<Vec<Posting>>) {
    let embedder: Embedder<Word, Words> =
        EmbedderBuilder::with_tokenizer_and_fit_to_corpus(Words::new(), documents).build();
    let mut stems = FxHashMap::default();
    let mut lists: Vec<Vec<Posting>> = Vec::new();
    for (document, text) in (0..).zip(documents) {
        // A word that comes twice has two equal embeddings.
        let tokens = embedder.embed(text).0.into_iter();
        let weights: BTreeMap<_, _> = tokens.map(|token| (token.index, token.value)).collect();
        for (stem, weight) in weights {
            let next = u32::try_from(lists.len()).unwrap_or(u32::MAX);
            let place = *stems.entry(stem).or_insert(next);
            if place == next {
                lists.push(Vec::new());
            }
            lists[place as usize].push(Posting { document, weight });
        }
    }
    for list in &mut lists {
        let rarity = rarity(list.len(), documents.len());
        for posting in list.iter_mut() {
            posting.weight *= rarity;
        }
    }
    (stems, lists)
}

/// The place of each word as the documents write it.
fn forms(
    documents: &[&str],
    words: &Words,
    stems: &FxHashMap<String, u32>,
) -> FxHashMap<String, u32> {
    let mut forms = FxHashMap::default();
    for text in documents {
        words.each(text, |word| {
            if let Some(&place) = stems.get(&*words.stem(word)) {
                forms.insert(word.to_owned(), place);
            }
        });
    }
    forms
}

/// How much a word tells: BM25's inverse document frequency, never negative.
#[expect(clippy::cast_precision_loss, reason = "counts of documents are small")]
fn rarity(holding: usize, documents: usize) -> f32 {
    let (holding, documents) = (holding as f32, documents as f32);
    (1.0 + (documents - holding + 0.5) / (holding + 0.5)).ln()
}

/// The few best of many scores, in one pass.
fn best(scores: &[f32], limit: usize) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::with_capacity(limit.min(scores.len()) + 1);
    if limit == 0 {
        return found;
    }
    let mut least = 0.0;
    for (position, &score) in scores.iter().enumerate() {
        if score <= least {
            continue;
        }
        let place = found.partition_point(|other| other.score.total_cmp(&score) != Ordering::Less);
        found.insert(place, Match { position, score });
        found.truncate(limit);
        if found.len() == limit {
            least = found[limit - 1].score;
        }
    }
    found
}
