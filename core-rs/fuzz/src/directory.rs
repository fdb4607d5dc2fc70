//! The number directory, beside plain maps. Each line is one step:
//!
//! `r smith 1 2` gives smith these numbers, `i smith` stops believing smith, `f` stops believing
//! all, `m 3` remembers that nobody has 3, `v 3` takes it from whoever has it, `g 3` asks, `l 3`
//! asks to load it and `d 3` is done with that, `t 60` lets a minute pass, `c` clears.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use clientsvia_telephony::directory::{Claim, Directory, Lookup, Settings, Tick, ticks};

const LARGEST: u64 = 999_999_999_999_999;
const SETTINGS: Settings = Settings {
    lifetime: Duration::from_secs(100),
    jitter: Duration::ZERO,
    seed: 0,
    miss_lifetime: Duration::from_secs(10),
    // More than any input remembers: what is forgotten for want of room is tested elsewhere.
    miss_capacity: 100_000,
    lease: Duration::from_secs(5),
    loads: 3,
};

struct Held {
    owner: String,
    value: usize,
    until: Tick,
}

struct Twins {
    directory: Directory<usize>,
    numbers: HashMap<u64, Held>,
    misses: HashMap<u64, Tick>,
    loads: HashMap<u64, (u64, Tick)>,
    now: Tick,
}

/// Step by step the directory answers as the maps do.
pub fn check(data: &[u8]) {
    let mut twins = Twins {
        directory: Directory::new(SETTINGS),
        numbers: HashMap::new(),
        misses: HashMap::new(),
        loads: HashMap::new(),
        now: 0,
    };
    for (step, line) in super::text(data).lines().enumerate() {
        let mut words = line.split(' ');
        match (words.next(), words.next()) {
            (Some("r"), Some(owner)) => {
                let numbers: Vec<_> = words.filter_map(|word| word.parse().ok()).collect();
                twins.replace(owner, step, &numbers);
            }
            (Some("i"), Some(owner)) => twins.invalidate(owner),
            (Some("f"), _) => twins.flush(),
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
            ("m", Ok(number)) => {
                self.directory.remember_miss(number, self.now);
                self.expect_miss(number);
            }
            ("v", Ok(number)) => self.vacate(number),
            ("l", Ok(number)) => self.load(number),
            ("d", Ok(number)) => self.done(number),
            ("t", Ok(seconds)) => self.now += ticks(Duration::from_secs(seconds % 1_000)),
            _ => {}
        }
    }

    fn replace(&mut self, name: &str, value: usize, numbers: &[u64]) {
        let values = numbers.iter().map(|number| (*number, value));
        let old = self.directory.replace(name, values, self.now);
        let mut expected = self.taken(|_, held| held.owner == name);
        for number in numbers.iter().filter(|number| is_number(**number)) {
            let held = Held {
                owner: name.to_owned(),
                value,
                until: self.now + ticks(SETTINGS.lifetime),
            };
            let before = self.numbers.insert(*number, held);
            expected.extend(before.map(|held| held.value));
            self.misses.remove(number);
        }
        assert_eq!(sorted(old), sorted(expected));
    }

    fn vacate(&mut self, number: u64) {
        let old = self.directory.vacate(number, self.now);
        let expected = self.numbers.remove(&number).map(|held| held.value);
        assert_eq!(old, expected);
        self.expect_miss(number);
    }

    fn invalidate(&mut self, name: &str) {
        let mut known = false;
        for held in self.numbers.values_mut().filter(|held| held.owner == name) {
            held.until = 0;
            known = true;
        }
        assert_eq!(self.directory.invalidate(name), known);
    }

    fn flush(&mut self) {
        self.directory.flush();
        self.misses.clear();
        self.numbers.values_mut().for_each(|held| held.until = 0);
    }

    fn expect_miss(&mut self, number: u64) {
        if is_number(number) && !self.numbers.contains_key(&number) {
            let until = self.now + ticks(SETTINGS.miss_lifetime);
            self.misses.insert(number, until);
        }
    }

    fn get(&mut self, number: u64) {
        let held = self.numbers.get(&number);
        let missing = self.misses.get(&number).is_some_and(|end| self.now < *end);
        let expected = match held {
            Some(held) if self.now < held.until => Lookup::Found(&held.value),
            None if missing => Lookup::Missing,
            _ => Lookup::Unknown,
        };
        assert_eq!(self.directory.get(number, self.now), expected);
        assert_eq!(self.directory.stale(number), held.map(|held| &held.value));
    }

    fn load(&mut self, number: u64) {
        let live = |load: &&(u64, Tick)| self.now < load.1;
        let taken = self.loads.get(&number).is_some_and(|load| live(&load));
        let full = self.loads.values().filter(live).count() >= SETTINGS.loads;
        match self.directory.claim(number, self.now) {
            Claim::Yours(ticket) => {
                assert!(!taken && !full);
                let until = self.now + ticks(SETTINGS.lease);
                self.loads.insert(number, (ticket, until));
            }
            Claim::Taken => assert!(taken),
            Claim::TooMany => assert!(full && !taken),
        }
    }

    fn done(&mut self, number: u64) {
        if let Some((ticket, _)) = self.loads.remove(&number) {
            self.directory.release(number, ticket + 1);
            self.directory.release(number, ticket);
        }
    }

    fn clear(&mut self) {
        let values = self.directory.clear();
        let expected = self.taken(|_, _| true);
        assert_eq!(sorted(values), sorted(expected));
        self.misses.clear();
    }

    /// Takes numbers out of the map; their values.
    fn taken(&mut self, which: impl Fn(&u64, &Held) -> bool) -> Vec<usize> {
        let taken = self.numbers.extract_if(|number, held| which(number, held));
        taken.map(|(_, held)| held.value).collect()
    }

    fn compare_sizes(&self) {
        let owners: HashSet<_> = self.numbers.values().map(|held| &held.owner).collect();
        let stats = self.directory.stats();
        assert_eq!(stats.numbers, self.numbers.len() as u64);
        assert_eq!(stats.owners, owners.len() as u64);
        assert_eq!(self.directory.len(), self.numbers.len());
    }
}

fn sorted(mut values: Vec<usize>) -> Vec<usize> {
    values.sort_unstable();
    values
}

fn is_number(number: u64) -> bool {
    (1..=LARGEST).contains(&number)
}
