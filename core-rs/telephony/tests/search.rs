//! Finding the entry that answers.

use clientsvia_telephony::search::Index;

const ENTRIES: [&str; 5] = [
    "Do you offer emergency repairs? Yes, day and night.",
    "Where can I park? Behind the building.",
    "What does a repair cost? We charge by the hour.",
    "Do you take credit cards? Visa and Mastercard.",
    "Where can I park? Behind the building.",
];

fn positions(query: &str, limit: usize) -> Vec<usize> {
    let found = Index::new(&ENTRIES).search(query, limit);
    found.iter().map(|found| found.position).collect()
}

#[test]
fn the_best_entry_comes_first_by_stem() {
    assert_eq!(positions("how much does repairing something cost", 3)[0], 2);
    assert_eq!(positions("do you accept cards", 3), [3]);
}

#[test]
fn equal_scores_come_in_the_entries_order() {
    for _ in 0..20 {
        assert_eq!(positions("parking", 5), [1, 4]);
        assert_eq!(positions("parking", 1), [1]);
    }
}

#[test]
fn a_word_said_twice_counts_once() {
    let index = Index::new(&ENTRIES);
    assert_eq!(index.search("park park park", 3), index.search("park", 3));
}

#[test]
fn nothing_asked_finds_nothing() {
    for query in ["", "the of and", "zebra", "\0\u{FFFF}", "''''"] {
        assert!(positions(query, 3).is_empty(), "{query}");
    }
    assert!(positions("parking", 0).is_empty());
    assert!(Index::new(&[]).search("parking", 3).is_empty());
}

#[test]
fn scores_are_those_of_the_bm25_formula() {
    let index = Index::new(&["red apple", "green apple pie", "blue sky"]);
    let apple = index.search("apple", 1)[0];
    let (idf, tf, length_ratio) = (1.6_f32.ln(), 1.0_f32, 2.0_f32 / (7.0 / 3.0));
    let expected = idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length_ratio));
    assert_eq!(apple.position, 0);
    assert!((apple.score - expected).abs() < 1e-6);
}
