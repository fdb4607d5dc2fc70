//! The number directory against plain maps that follow the same rules, in virtual time.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use clientsvia_telephony::directory::{Claim, Directory, Lookup, Settings, Tick};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

const LIFETIME: Tick = 32;
const MISS_LIFETIME: Tick = 16;
const LEASE: Tick = 8;
const LOADS: usize = 2;
const NUMBERS: u64 = 12;

#[derive(Debug, Clone)]
enum Step {
    Get(u64),
    Stale(u64),
    Replace(u8, Vec<u64>),
    RememberMiss(u64),
    Vacate(u64),
    Invalidate(u8),
    Flush,
    Clear,
    Claim(u64),
    Release(u64, u64),
    Wait(Tick),
}

fn step() -> impl Strategy<Value = Step> {
    let number = 1..=NUMBERS;
    let numbers = prop::collection::vec(number.clone(), 0..5);
    prop_oneof![
        8 => number.clone().prop_map(Step::Get),
        2 => number.clone().prop_map(Step::Stale),
        6 => (0_u8..6, numbers).prop_map(|(owner, numbers)| Step::Replace(owner, numbers)),
        3 => number.clone().prop_map(Step::RememberMiss),
        2 => number.clone().prop_map(Step::Vacate),
        2 => (0_u8..6).prop_map(Step::Invalidate),
        1 => Just(Step::Flush),
        1 => Just(Step::Clear),
        3 => number.clone().prop_map(Step::Claim),
        2 => (number, 0_u64..20).prop_map(|(number, ticket)| Step::Release(number, ticket)),
        4 => (0_u32..20).prop_map(Step::Wait),
    ]
}

/// What is known, in the plainest form.
#[derive(Default)]
struct Model {
    now: Tick,
    values: u64,
    tickets: u64,
    /// Number to owner, value, and the end of belief in it.
    numbers: HashMap<u64, (u8, u64, Tick)>,
    misses: HashMap<u64, Tick>,
    loads: HashMap<u64, (u64, Tick)>,
}

impl Model {
    fn get(&self, number: u64) -> Lookup<'_, u64> {
        match self.numbers.get(&number) {
            Some((_, value, until)) if self.now < *until => Lookup::Found(value),
            None if self
                .misses
                .get(&number)
                .is_some_and(|until| self.now < *until) =>
            {
                Lookup::Missing
            }
            _ => Lookup::Unknown,
        }
    }

    fn replace(&mut self, owner: u8, numbers: &[u64]) {
        self.numbers.retain(|_, known| known.0 != owner);
        for number in numbers {
            self.misses.remove(number);
            let entry = (owner, self.values, self.now + LIFETIME);
            self.numbers.insert(*number, entry);
        }
    }

    fn claim(&mut self, number: u64) -> Claim {
        let now = self.now;
        if self.loads.get(&number).is_some_and(|load| now < load.1) {
            return Claim::Taken;
        }
        let live = self.loads.values().filter(|load| now < load.1).count();
        if live >= LOADS {
            return Claim::TooMany;
        }
        self.tickets += 1;
        self.loads.insert(number, (self.tickets, now + LEASE));
        Claim::Yours(self.tickets)
    }

    fn owners(&self) -> usize {
        let owners = self.numbers.values().map(|known| known.0);
        owners.collect::<HashSet<_>>().len()
    }
}

fn apply(step: Step, model: &mut Model, directory: &mut Directory<u64>) -> TestCaseResult {
    match step {
        Step::Get(number) => prop_assert_eq!(directory.get(number, model.now), model.get(number)),
        Step::Stale(number) => {
            let known = model.numbers.get(&number).map(|known| &known.1);
            prop_assert_eq!(directory.stale(number), known);
        }
        Step::Replace(owner, numbers) => {
            model.values += 1;
            let values = numbers.iter().map(|number| (*number, model.values));
            directory.replace(&format!("owner-{owner}"), values, model.now);
            model.replace(owner, &numbers);
        }
        Step::RememberMiss(number) => {
            directory.remember_miss(number, model.now);
            if !model.numbers.contains_key(&number) {
                model.misses.insert(number, model.now + MISS_LIFETIME);
            }
        }
        Step::Vacate(number) => {
            let value = model.numbers.remove(&number).map(|known| known.1);
            prop_assert_eq!(directory.vacate(number, model.now), value);
            model.misses.insert(number, model.now + MISS_LIFETIME);
        }
        Step::Invalidate(owner) => {
            let mut known = false;
            for entry in model.numbers.values_mut().filter(|entry| entry.0 == owner) {
                known = true;
                entry.2 = 0;
            }
            prop_assert_eq!(directory.invalidate(&format!("owner-{owner}")), known);
        }
        Step::Flush => {
            directory.flush();
            model.numbers.values_mut().for_each(|entry| entry.2 = 0);
            model.misses.clear();
        }
        Step::Clear => {
            prop_assert_eq!(directory.clear().len(), model.numbers.len());
            model.numbers.clear();
            model.misses.clear();
        }
        Step::Claim(number) => {
            prop_assert_eq!(directory.claim(number, model.now), model.claim(number));
        }
        Step::Release(number, ticket) => {
            directory.release(number, ticket);
            if model
                .loads
                .get(&number)
                .is_some_and(|load| load.0 == ticket)
            {
                model.loads.remove(&number);
            }
        }
        Step::Wait(span) => model.now += span,
    }
    prop_assert_eq!(directory.len(), model.numbers.len());
    prop_assert_eq!(directory.stats().owners, model.owners() as u64);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_directory_knows_what_plain_maps_know(
        steps in prop::collection::vec(step(), 1..200),
        seed in any::<u64>(),
    ) {
        let mut model = Model { now: 1, ..Model::default() };
        let mut directory = Directory::new(Settings {
            lifetime: Duration::from_secs(2),
            jitter: Duration::ZERO,
            seed,
            miss_lifetime: Duration::from_secs(1),
            miss_capacity: 1_000,
            lease: Duration::from_millis(500),
            loads: LOADS,
        });
        for step in steps {
            apply(step, &mut model, &mut directory)?;
        }
    }

    #[test]
    fn numbers_are_found_however_many_come_and_go(
        numbers in prop::collection::hash_set(1_u64..1_000_000_000_000_000, 1..600),
        gone in prop::collection::vec(any::<prop::sample::Index>(), 0..300),
    ) {
        let mut directory = Directory::new(Settings::default());
        let mut left: Vec<u64> = numbers.into_iter().collect();
        for number in &left {
            directory.replace(&number.to_string(), [(*number, *number)], 0);
        }
        for index in gone {
            if left.len() > 1 {
                let number = left.swap_remove(index.index(left.len()));
                prop_assert_eq!(directory.replace(&number.to_string(), [], 0), vec![number]);
                prop_assert_eq!(directory.get(number, 0), Lookup::Unknown);
            }
        }
        prop_assert_eq!(directory.len(), left.len());
        for number in &left {
            prop_assert_eq!(directory.get(*number, 0), Lookup::Found(number));
        }
    }
}
