//! Numbers nobody has, remembered within bounds.

use rustc_hash::FxHashMap;

use super::Tick;
use super::entry::Generation;

/// Numbers nobody has, in two halves: when the younger is full the older is forgotten, so
/// remembering costs the same however many strangers call.
pub(super) struct Misses {
    half: usize,
    young: FxHashMap<u64, Miss>,
    old: FxHashMap<u64, Miss>,
}

/// Until when, and under which generation, a number is believed to be nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Miss {
    pub(super) until: Tick,
    pub(super) generation: Generation,
}

impl Misses {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            half: capacity.div_ceil(2),
            young: FxHashMap::default(),
            old: FxHashMap::default(),
        }
    }

    pub(super) fn get(&self, number: u64) -> Option<Miss> {
        let miss = self.young.get(&number).or_else(|| self.old.get(&number));
        miss.copied()
    }

    pub(super) fn remember(&mut self, number: u64, miss: Miss) {
        if self.half == 0 {
            return;
        }
        self.old.remove(&number);
        if self.young.len() >= self.half && !self.young.contains_key(&number) {
            std::mem::swap(&mut self.old, &mut self.young);
            self.young.clear();
        }
        self.young.insert(number, miss);
    }

    pub(super) fn forget(&mut self, number: u64) {
        self.young.remove(&number);
        self.old.remove(&number);
    }

    pub(super) fn clear(&mut self) {
        self.young = FxHashMap::default();
        self.old = FxHashMap::default();
    }

    pub(super) fn len(&self) -> usize {
        self.young.len() + self.old.len()
    }
}
