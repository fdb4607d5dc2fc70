//! What a phone call needs and Python is too slow for, without Python.
//!
//! Each module is one concept: [`e164`] and [`caller`] read telephone numbers, [`form`] and
//! [`signature`] read and judge a webhook, [`directory`] finds the company called, [`search`]
//! finds the entry that answers, [`twiml`] writes the reply. Rules live here; the extension
//! module only converts.

#![forbid(unsafe_code)]

pub mod caller;
pub mod directory;
pub mod e164;
mod error;
pub mod form;
pub mod search;
pub mod signature;
pub mod twiml;

pub use error::Error;
