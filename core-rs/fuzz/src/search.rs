//! Search. The first line is a query, each other line a document.

use std::collections::HashSet;

use clientsvia_telephony::search::{Index, Match};

/// Matches are in range, found once, sorted, scored above zero, and a prefix of all matches.
pub fn check(data: &[u8]) {
    let text = super::text(data);
    let mut lines = text.split('\n');
    let query = lines.next().unwrap_or_default();
    let documents: Vec<_> = lines.collect();
    let index = Index::new(&documents);
    assert_eq!(index.len(), documents.len());
    let all = index.search(query, usize::MAX);
    check_matches(&all, documents.len());
    for limit in [0, 1, 3, documents.len()] {
        assert_eq!(index.search(query, limit), all[..limit.min(all.len())]);
    }
    assert_eq!(index.search(&format!("{query} {query}"), usize::MAX), all);
    let alone: HashSet<_> = all.iter().map(|found| found.position).collect();
    for (position, document) in documents.iter().enumerate() {
        let shared = !index.search(document, usize::MAX).is_empty();
        assert!(
            shared || !alone.contains(&position),
            "{document:?} has no word"
        );
    }
}

fn check_matches(all: &[Match], documents: usize) {
    let positions: HashSet<_> = all.iter().map(|found| found.position).collect();
    assert_eq!(positions.len(), all.len());
    assert!(all.iter().all(|found| found.position < documents));
    assert!(
        all.iter()
            .all(|found| found.score > 0.0 && found.score.is_finite())
    );
    assert!(all.is_sorted_by(|one, next| {
        one.score > next.score
            || (one.score.to_bits() == next.score.to_bits() && one.position < next.position)
    }));
}
