//! Who is asking the store for which number, so that each is asked for once.

use rustc_hash::FxHashMap;

use super::Tick;

/// Loads under way.
pub(super) struct Claims {
    most: usize,
    lease: Tick,
    last: u64,
    loading: FxHashMap<u64, Lease>,
}

struct Lease {
    ticket: u64,
    until: Tick,
}

/// What came of asking to load a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Load it, and release it with this ticket.
    Yours(u64),
    /// Somebody loads it already.
    Taken,
    /// As many loads as may be are under way.
    TooMany,
}

impl Claims {
    pub(super) fn new(most: usize, lease: Tick) -> Self {
        Self {
            most,
            lease,
            last: 0,
            loading: FxHashMap::default(),
        }
    }

    pub(super) fn claim(&mut self, number: u64, now: Tick) -> Claim {
        if self
            .loading
            .get(&number)
            .is_some_and(|lease| now < lease.until)
        {
            return Claim::Taken;
        }
        if self.loading.len() >= self.most && !self.loading.contains_key(&number) {
            self.loading.retain(|_, lease| now < lease.until);
            if self.loading.len() >= self.most {
                return Claim::TooMany;
            }
        }
        self.last += 1;
        let lease = Lease {
            ticket: self.last,
            until: now.saturating_add(self.lease),
        };
        self.loading.insert(number, lease);
        Claim::Yours(self.last)
    }

    /// Ends a load, unless its lease ran out and somebody else has it by now.
    pub(super) fn release(&mut self, number: u64, ticket: u64) {
        let held = self.loading.get(&number);
        if held.is_some_and(|lease| lease.ticket == ticket) {
            self.loading.remove(&number);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.loading.len()
    }
}
