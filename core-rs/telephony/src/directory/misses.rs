//! Numbers nobody has, remembered within bounds.

use std::time::Duration;

use rustc_hash::FxHashMap;

/// Numbers nobody has, in two halves: when the younger is full the older is forgotten, so
/// remembering costs the same however many strangers call.
pub(super) struct Misses {
    half: usize,
    young: FxHashMap<u64, Duration>,
    old: FxHashMap<u64, Duration>,
}

impl Misses {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            half: capacity.div_ceil(2),
            young: FxHashMap::default(),
            old: FxHashMap::default(),
        }
    }

    pub(super) fn holds(&self, number: u64, now: Duration) -> bool {
        let until = self.young.get(&number).or_else(|| self.old.get(&number));
        until.is_some_and(|until| now < *until)
    }

    pub(super) fn remember(&mut self, number: u64, until: Duration) {
        if self.half == 0 {
            return;
        }
        self.old.remove(&number);
        if self.young.len() >= self.half && !self.young.contains_key(&number) {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(number, until);
    }

    pub(super) fn forget(&mut self, number: u64) {
        self.young.remove(&number);
        self.old.remove(&number);
    }

    pub(super) fn clear(&mut self) {
        self.young.clear();
        self.old.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.young.len() + self.old.len()
    }
}
