//! A hash table in one block of memory, at least five eighths full.

use std::cmp::Ordering;

/// Items by hash, in open addressing with linear probing.
///
/// The standard map holds a byte more for each place and leaves up to nine places of sixteen
/// empty: here growth is by a quarter, at four fifths full. Whoever uses it passes in the hash of
/// an item, which should be spread over all 64 bits, and how to get it anew.
pub(super) struct Table<T> {
    places: Vec<Option<T>>,
    items: usize,
}

impl<T> Table<T> {
    pub(super) const fn new() -> Self {
        Self {
            places: Vec::new(),
            items: 0,
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.items
    }

    /// The bytes it takes.
    pub(super) const fn bytes(&self) -> usize {
        self.places.capacity() * size_of::<Option<T>>()
    }

    /// Where the item is that has this hash and is the one.
    #[inline]
    pub(super) fn find(&self, hash: u64, is: impl Fn(&T) -> bool) -> Option<usize> {
        let mut at = self.home(hash);
        loop {
            match self.places.get(at)? {
                Some(item) if is(item) => return Some(at),
                Some(_) => at = self.after(at),
                None => return None,
            }
        }
    }

    #[inline]
    pub(super) fn at(&self, at: usize) -> Option<&T> {
        self.places.get(at)?.as_ref()
    }

    pub(super) fn at_mut(&mut self, at: usize) -> Option<&mut T> {
        self.places.get_mut(at)?.as_mut()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.places.iter_mut().flatten()
    }

    /// Puts in an item that is not there yet.
    pub(super) fn insert(&mut self, item: T, hash: impl Fn(&T) -> u64) {
        if self.items * 5 >= self.places.len() * 4 {
            self.grow(&hash);
        }
        self.items += 1;
        self.put(item, &hash);
    }

    /// Takes an item out; those behind it move up, so that none is lost sight of.
    pub(super) fn remove(&mut self, at: usize, hash: impl Fn(&T) -> u64) -> Option<T> {
        let removed = self.places.get_mut(at)?.take()?;
        self.items -= 1;
        let mut free = at;
        let mut next = self.after(at);
        while let Some(item) = self.places[next].as_ref() {
            let home = self.home(hash(item));
            if self.distance(home, next) >= self.distance(free, next) {
                self.places.swap(free, next);
                free = next;
            }
            next = self.after(next);
        }
        Some(removed)
    }

    /// Takes everything out.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = T> + use<T> {
        self.items = 0;
        std::mem::take(&mut self.places).into_iter().flatten()
    }

    fn grow(&mut self, hash: &impl Fn(&T) -> u64) {
        let room = (self.places.len() + self.places.len() / 4).max(8);
        let mut places = Vec::with_capacity(room);
        places.resize_with(room, || None);
        for item in std::mem::replace(&mut self.places, places)
            .into_iter()
            .flatten()
        {
            self.put(item, hash);
        }
    }

    fn put(&mut self, item: T, hash: &impl Fn(&T) -> u64) {
        let mut at = self.home(hash(&item));
        while self.places[at].is_some() {
            at = self.after(at);
        }
        self.places[at] = Some(item);
    }

    /// The place an item is looked for first: the hash as a fraction of the room.
    #[inline]
    fn home(&self, hash: u64) -> usize {
        let product = u128::from(hash) * self.places.len() as u128;
        usize::try_from(product >> 64).unwrap_or_default()
    }

    #[inline]
    const fn after(&self, at: usize) -> usize {
        let next = at + 1;
        if next == self.places.len() { 0 } else { next }
    }

    fn distance(&self, from: usize, to: usize) -> usize {
        match from.cmp(&to) {
            Ordering::Greater => to + self.places.len() - from,
            _ => to - from,
        }
    }
}
