//! What must hold for every input: one module for each parser and renderer of the core.
//!
//! Each has one function, `check`, which panics where the core errs. The fuzzers in
//! `fuzz_targets/` call it with whatever they think of, and `tests/fuzz.rs` of the pure crate
//! with every file of `corpus/`, so that `cargo test` needs no fuzzer. Inputs are text a person
//! can write: lines, most often, and each module says what they mean.

pub mod caller;
pub mod directory;
pub mod e164;
pub mod form;
mod markup;
pub mod search;
pub mod signature;
pub mod template;
mod tree;
pub mod twiml;

/// The input as text, what is no UTF-8 replaced.
fn text(data: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(data)
}
