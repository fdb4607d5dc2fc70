//! Owners by name: who has which numbers, in as few bytes as that takes.

use std::hash::Hasher;
use std::num::NonZeroU32;

use rustc_hash::FxHasher;

use super::table::Table;
use super::{SPREAD, grow_gently};

/// Below this many bytes of forgotten names, tidying up is not worth it.
const WASTE: usize = 4096;

/// Owners by name, each known to the numbers as an index.
pub(super) struct Owners {
    known: Vec<Owner>,
    free: Vec<u32>,
    index: Table<NonZeroU32>,
    /// All names one after the other, and some that were forgotten.
    names: String,
    forgotten: usize,
}

struct Owner {
    name_at: u32,
    name_length: u32,
    numbers: Numbers,
}

/// The numbers of one owner; nearly every company has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Numbers {
    One(u64),
    // A thin pointer keeps the owner at 24 bytes.
    #[expect(clippy::box_collection, reason = "half the size of a vector")]
    Many(Box<Vec<u64>>),
}

impl Numbers {
    pub(super) fn as_slice(&self) -> &[u64] {
        match self {
            Self::One(number) => std::slice::from_ref(number),
            Self::Many(numbers) => numbers,
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::One(_) => 0,
            Self::Many(numbers) => size_of::<Vec<u64>>() + numbers.capacity() * size_of::<u64>(),
        }
    }
}

impl From<Vec<u64>> for Numbers {
    fn from(numbers: Vec<u64>) -> Self {
        match numbers[..] {
            [number] => Self::One(number),
            _ => Self::Many(Box::new(numbers)),
        }
    }
}

impl Owners {
    pub(super) const fn new() -> Self {
        Self {
            known: Vec::new(),
            free: Vec::new(),
            index: Table::new(),
            names: String::new(),
            forgotten: 0,
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.index.len()
    }

    /// The bytes all of it takes.
    pub(super) fn bytes(&self) -> usize {
        let many: usize = self.known.iter().map(|owner| owner.numbers.bytes()).sum();
        self.known.capacity() * size_of::<Owner>()
            + self.free.capacity() * size_of::<u32>()
            + self.index.bytes()
            + self.names.capacity()
            + many
    }

    /// The numbers of the owner of this name.
    pub(super) fn numbers(&self, name: &str) -> Option<&[u64]> {
        let owner = *self.index.at(self.place(name)?)?;
        Some(self.owner(owner).numbers.as_slice())
    }

    /// Puts in an owner who is not there yet; the index the numbers are to have.
    pub(super) fn insert(&mut self, name: &str, numbers: Numbers) -> u32 {
        let owner = Owner {
            name_at: short(self.names.len()),
            name_length: short(name.len()),
            numbers,
        };
        if self.names.capacity() - self.names.len() < name.len() {
            self.names.reserve_exact(name.len() + self.names.len() / 8);
        }
        self.names.push_str(name);
        let at = self.free.pop().unwrap_or_else(|| short(self.known.len()));
        if at as usize == self.known.len() {
            grow_gently(&mut self.known);
            self.known.push(owner);
        } else {
            self.known[at as usize] = owner;
        }
        let (owners, names) = (&self.known, &self.names);
        let id = NonZeroU32::MIN.saturating_add(at);
        self.index
            .insert(id, |id| hash(name_of(owners, names, *id)));
        at
    }

    /// Forgets an owner; the numbers it had.
    pub(super) fn remove(&mut self, name: &str) -> Option<Numbers> {
        let place = self.place(name)?;
        let (owners, names) = (&self.known, &self.names);
        let id = self
            .index
            .remove(place, |id| hash(name_of(owners, names, *id)))?;
        let at = id.get() - 1;
        self.free.push(at);
        let owner = &mut self.known[at as usize];
        let numbers = std::mem::replace(&mut owner.numbers, Numbers::One(0));
        self.forgotten += owner.name_length as usize;
        owner.name_length = 0;
        if self.forgotten > WASTE && self.forgotten > self.names.len() / 2 {
            self.tidy();
        }
        Some(numbers)
    }

    /// Takes a number from an owner, who is forgotten with its last.
    pub(super) fn take(&mut self, at: u32, number: u64) {
        let owner = &mut self.known[at as usize];
        let mut left = owner.numbers.as_slice().to_vec();
        left.retain(|other| *other != number);
        if left.is_empty() {
            let id = NonZeroU32::MIN.saturating_add(at);
            let name = name_of(&self.known, &self.names, id).to_owned();
            self.remove(&name);
        } else {
            owner.numbers = left.into();
        }
    }

    pub(super) fn clear(&mut self) {
        *self = Self::new();
    }

    fn owner(&self, id: NonZeroU32) -> &Owner {
        &self.known[id.get() as usize - 1]
    }

    fn place(&self, name: &str) -> Option<usize> {
        let is = |id: &NonZeroU32| name_of(&self.known, &self.names, *id) == name;
        self.index.find(hash(name), is)
    }

    /// Writes the names anew without those that were forgotten.
    fn tidy(&mut self) {
        let mut names = String::with_capacity(self.names.len() - self.forgotten);
        for owner in &mut self.known {
            let from = owner.name_at as usize;
            owner.name_at = short(names.len());
            names.push_str(&self.names[from..from + owner.name_length as usize]);
        }
        self.names = names;
        self.forgotten = 0;
    }
}

fn name_of<'a>(owners: &[Owner], names: &'a str, id: NonZeroU32) -> &'a str {
    let owner = &owners[id.get() as usize - 1];
    let from = owner.name_at as usize;
    &names[from..from + owner.name_length as usize]
}

fn hash(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(name.as_bytes());
    hasher.finish().wrapping_mul(SPREAD)
}

/// An offset or index in 32 bits.
///
/// # Panics
/// Past four thousand million owners, or bytes of names.
fn short(size: usize) -> u32 {
    u32::try_from(size).expect("a directory holds fewer owners, with shorter names")
}
