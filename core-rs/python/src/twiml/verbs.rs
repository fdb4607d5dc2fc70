//! The verbs as functions: content as arguments, attributes as keywords.

use std::ffi::CStr;

use clientsvia_telephony::twiml::{self, Keywords, Tag};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use smallvec::SmallVec;

use super::Element;
use super::arguments::{attribute, content_unless_falsy};
use super::shapes::with_keywords;
use crate::fastcall::{Arguments, FastCall, add_function};

/// Writes an element with the arguments of a call.
fn element<'py>(
    py: Python<'py>,
    tag: Tag<'_>,
    arguments: &Arguments<'_, 'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let mut held = SmallVec::<[_; 4]>::new();
    for child in arguments.positional() {
        held.extend(content_unless_falsy(child)?);
    }
    let mut values = SmallVec::<[_; 8]>::new();
    for value in arguments.named() {
        values.push(attribute(value)?);
    }
    let write = |keywords: &Keywords| twiml::Element::with_keywords(tag, keywords, &values, &held);
    let element = match arguments.names() {
        None => write(&Keywords::default()),
        Some(names) => with_keywords(names, write)?,
    };
    Ok(Bound::new(py, Element(element))?.into_any())
}

macro_rules! verbs {
    ($($verb:ident = $tag:literal, $name:literal, $content:expr, $doc:literal;)*) => {
        $(
            struct $verb;

            impl FastCall for $verb {
                const NAME: &'static CStr = $name;
                const DOC: &'static CStr = $doc;

                fn call<'py>(
                    receiver: Borrowed<'_, 'py, PyAny>,
                    arguments: &Arguments<'_, 'py>,
                ) -> PyResult<Bound<'py, PyAny>> {
                    if !$content.contains(&arguments.positional().len()) {
                        return Err(wrong_content($name));
                    }
                    element(receiver.py(), const { Tag::known($tag) }, arguments)
                }
            }
        )*

        /// Adds every verb to the module.
        pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
            $(add_function::<$verb>(module)?;)*
            Ok(())
        }
    };
}

#[cold]
fn wrong_content(name: &CStr) -> PyErr {
    let name = name.to_string_lossy();
    PyTypeError::new_err(format!(
        "{name}() takes other arguments before its keywords: help({name}) shows them"
    ))
}

verbs! {
    Response = "Response", c"response", (0..),
        c"response(*content, **attributes)\n--\n\n\
The root of a document: its verbs in the order in which Twilio carries them out.";
    Say = "Say", c"say", (0..),
        c"say(*content, voice=None, language=None, loop=None, **attributes)\n--\n\n\
Text to speak, or text with SSML elements in it; about 3,000 characters at most (13521).";
    Play = "Play", c"play", (0..=1),
        c"play(url=None, /, *, loop=None, digits=None, **attributes)\n--\n\n\
A recording to play, by its URL; or keys to press, with digits.";
    Pause = "Pause", c"pause", (0..=0),
        c"pause(*, length=None, **attributes)\n--\n\n\
Silence of `length` seconds, 1 if not given.";
    Gather = "Gather", c"gather", (0..),
        c"gather(*content, input=None, action=None, method=None, timeout=None, \
speech_timeout=None, max_speech_time=None, profanity_filter=None, finish_on_key=None, \
num_digits=None, partial_result_callback=None, partial_result_callback_method=None, \
language=None, hints=None, barge_in=None, action_on_empty_result=None, speech_model=None, \
enhanced=None, **attributes)\n--\n\n\
Listens while it says or plays its content, and posts what it heard to `action`.

Times are in seconds. `speech_timeout=\"auto\"` does not go with `speech_model` (13327).";
    Record = "Record", c"record", (0..=0),
        c"record(*, action=None, method=None, timeout=None, finish_on_key=None, \
max_length=None, play_beep=None, trim=None, recording_status_callback=None, \
recording_status_callback_method=None, recording_status_callback_event=None, \
transcribe=None, transcribe_callback=None, **attributes)\n--\n\n\
Records until `timeout` seconds of silence, or `max_length` seconds in all.";
    Dial = "Dial", c"dial", (0..),
        c"dial(*content, action=None, method=None, timeout=None, hangup_on_star=None, \
time_limit=None, caller_id=None, record=None, trim=None, recording_status_callback=None, \
recording_status_callback_method=None, recording_status_callback_event=None, \
answer_on_bridge=None, ring_tone=None, sequential=None, **attributes)\n--\n\n\
Connects the caller: to a number given as text, or to the nouns it holds.";
    Number = "Number", c"number", (1..=1),
        c"number(phone_number, /, *, send_digits=None, url=None, method=None, \
status_callback_event=None, status_callback=None, status_callback_method=None, \
machine_detection=None, **attributes)\n--\n\n\
A number that a dial rings; `url` is a document for who answers, before the two are connected.";
    Redirect = "Redirect", c"redirect", (1..=1),
        c"redirect(url, /, *, method=None, **attributes)\n--\n\n\
Goes on with the document at `url`.";
    Hangup = "Hangup", c"hangup", (0..=0),
        c"hangup(**attributes)\n--\n\nEnds the call.";
}
