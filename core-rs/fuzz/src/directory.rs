//! The number directory, beside plain maps. Each line is one step:
//!
//! `r smith 1 2` gives smith these numbers, `i smith` stops believing smith, `m 3` remembers that
//! nobody has 3, `g 3` asks, `t 60` lets a minute pass, `c` clears.

use std::collections::HashMap;
use std::time::Duration;

use clientsvia_telephony::directory::{Directory, Lookup, Settings};

const SETTINGS: Settings = Settings {
    lifetime: Duration::from_secs(100),
    miss_lifetime: Duration::from_secs(10),
    // More than any input remembers: what is forgotten for want of room is tested elsewhere.
    miss_capacity: 100_000,
};

struct Owner {
    value: usize,
    fresh_until: Duration,
}

struct Twins {
    directory: Directory<usize>,
    numbers: HashMap<u64, String>,
    owners: HashMap<String, Owner>,
    misses: HashMap<u64, Duration>,
    now: Duration,
}

/// Step by step the directory answers as the maps do.
pub fn check(data: &[u8]) {
    let mut twins = Twins {
        directory: Directory::new(SETTINGS),
        numbers: HashMap::new(),
        owners: HashMap::new(),
        misses: HashMap::new(),
        now: Duration::ZERO,
    };
    for (step, line) in super::text(data).lines().enumerate() {
        let mut words = line.split(' ');
        match (words.next(), words.next()) {
            (Some("r"), Some(owner)) => {
                let numbers: Vec<_> = words.filter_map(|word| word.parse().ok()).collect();
                twins.replace(owner, step, &numbers);
            }
            (Some("i"), Some(owner)) => twins.invalidate(owner),
            (Some("c"), _) => twins.clear(),
            (Some(action), Some(word)) => twins.with_number(action, word),
            _ => {}
        }
        twins.compare_sizes();
    }
}

impl Twins {
    fn with_number(&mut self, action: &str, word: &str) {
        match (action, word.parse()) {
            ("g", Ok(number)) => self.get(number),
            ("m", Ok(number)) => self.remember_miss(number),
            ("t", Ok(seconds)) => self.now += Duration::from_secs(seconds % 1_000),
            _ => {}
        }
    }

    fn replace(&mut self, name: &str, value: usize, numbers: &[u64]) {
        let old = self.directory.replace(name, value, numbers, self.now);
        let expected = self.owners.remove(name).map(|owner| owner.value);
        self.numbers.retain(|_, owner| owner != name);
        if numbers.is_empty() {
            assert_eq!(old, expected.or(Some(value)));
            return;
        }
        assert_eq!(old, expected);
        let fresh_until = self.now + SETTINGS.lifetime;
        self.owners
            .insert(name.to_owned(), Owner { value, fresh_until });
        for number in numbers {
            self.misses.remove(number);
            self.numbers.insert(*number, name.to_owned());
        }
    }

    fn invalidate(&mut self, name: &str) {
        let known = self.owners.get_mut(name);
        assert_eq!(self.directory.invalidate(name), known.is_some());
        if let Some(owner) = known {
            owner.fresh_until = Duration::ZERO;
        }
    }

    fn remember_miss(&mut self, number: u64) {
        self.directory.remember_miss(number, self.now);
        if !self.numbers.contains_key(&number) {
            self.misses
                .insert(number, self.now + SETTINGS.miss_lifetime);
        }
    }

    fn get(&self, number: u64) {
        let owner = self.numbers.get(&number).map(|name| &self.owners[name]);
        let missing = self
            .misses
            .get(&number)
            .is_some_and(|until| self.now < *until);
        let expected = match owner {
            Some(owner) if self.now < owner.fresh_until => Lookup::Found(&owner.value),
            None if missing => Lookup::Missing,
            _ => Lookup::Unknown,
        };
        assert_eq!(self.directory.get(number, self.now), expected);
        assert_eq!(
            self.directory.stale(number),
            owner.map(|owner| &owner.value)
        );
    }

    fn clear(&mut self) {
        let mut values = self.directory.clear();
        values.sort_unstable();
        let mut expected: Vec<_> = self.owners.drain().map(|(_, owner)| owner.value).collect();
        expected.sort_unstable();
        assert_eq!(values, expected);
        self.numbers.clear();
        self.misses.clear();
    }

    fn compare_sizes(&self) {
        let stats = self.directory.stats();
        assert_eq!(stats.numbers, self.numbers.len() as u64);
        assert_eq!(stats.owners, self.owners.len() as u64);
        assert_eq!(self.directory.len(), self.numbers.len());
    }
}
