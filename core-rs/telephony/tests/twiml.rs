//! Documents as twilio-python writes them, and templates that fill to the same bytes.

use clientsvia_telephony::twiml::{Child, Element, MAX_BYTES, Template, TwimlError, Value};
use proptest::prelude::*;

fn text(tag: &str, text: &str) -> Element {
    Element::new(tag, vec![], &[Child::Value(text.into())]).expect("a sound name")
}

fn parent(tag: &str, children: &[Element]) -> Element {
    let content: Vec<_> = children.iter().map(Child::Element).collect();
    Element::new(tag, vec![], &content).expect("a sound name")
}

#[test]
fn a_document_is_written_as_twilio_python_writes_it() {
    let gather = Element::new(
        "Gather",
        vec![
            ("speech_timeout", "auto".into()),
            ("action", "/a?b=1&c=\"2\"".into()),
            ("input", "speech".into()),
        ],
        &[Child::Element(&text("Say", "Tom & <Jerry>"))],
    )
    .expect("sound names");
    let response = parent("Response", &[gather, text("Hangup", "")]);
    assert_eq!(
        response.render().expect("small"),
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8"?><Response>"#,
            r#"<Gather action="/a?b=1&amp;c=&quot;2&quot;" input="speech" speechTimeout="auto">"#,
            "<Say>Tom &amp; &lt;Jerry&gt;</Say></Gather><Hangup /></Response>"
        )
    );
}

#[test]
fn of_two_spellings_of_one_attribute_the_later_stays() {
    let attributes = vec![("callerId", "first".into()), ("caller_id", "second".into())];
    let dial = Element::new("Dial", attributes, &[]).expect("sound names");
    assert_eq!(dial.markup(), r#"<Dial callerId="second" />"#);
}

#[test]
fn text_may_stand_around_elements() {
    let pause = text("break", "");
    let content = [
        Child::Value("replaced".into()),
        Child::Value("one".into()),
        Child::Element(&pause),
        Child::Value("two".into()),
    ];
    let say = Element::new("Say", vec![], &content).expect("sound names");
    assert_eq!(say.markup(), "<Say>one<break />two</Say>");
}

#[test]
fn a_document_over_64_kb_is_refused_whole() {
    let fits = MAX_BYTES - r#"<?xml version="1.0" encoding="UTF-8"?><Say></Say>"#.len();
    assert_eq!(
        text("Say", &"x".repeat(fits)).render().map(|d| d.len()),
        Ok(MAX_BYTES)
    );
    let over = text("Say", &"x".repeat(fits + 1));
    assert_eq!(over.render(), Err(TwimlError::TooLarge));
    let inside = parent("Response", &[text("Say", &"x".repeat(MAX_BYTES))]);
    assert_eq!(inside.render(), Err(TwimlError::TooLarge));
    assert!(Template::new(&inside).is_err());
}

#[test]
fn a_slot_needs_a_template_and_a_value() {
    let say = Element::new("Say", vec![], &[Child::Value(Value::Slot("answer"))]).expect("sound");
    let missing = TwimlError::MissingSlot("answer".to_owned());
    assert_eq!(say.render(), Err(missing.clone()));
    let template = Template::new(&say).expect("small");
    assert_eq!(template.slots().collect::<Vec<_>>(), ["answer"]);
    let none: [&str; 0] = [];
    assert_eq!(template.render(&none), Err(missing));
    assert_eq!(
        template.render(&["x".repeat(MAX_BYTES)]),
        Err(TwimlError::TooLarge)
    );
}

fn with_values(answer: Value<'_>, url: Value<'_>) -> Element {
    let redirect = Element::new(
        "Redirect",
        vec![("method", "POST".into()), ("x_url", url.clone())],
        &[Child::Value(url)],
    );
    let say = Element::new("Say", vec![], &[Child::Value(answer.clone())]);
    let (say, redirect) = (say.expect("sound"), redirect.expect("sound"));
    let content = [
        Child::Value(answer),
        Child::Element(&say),
        Child::Element(&redirect),
    ];
    Element::new("Response", vec![], &content).expect("sound")
}

proptest! {
    #[test]
    fn a_filled_template_is_the_document_with_its_values(answer in any::<String>(), url in ".*") {
        let slots = with_values(Value::Slot("answer"), Value::Slot("url"));
        let document = with_values(answer.as_str().into(), url.as_str().into());
        let template = Template::new(&slots).expect("small");
        prop_assert_eq!(template.render(&[&answer, &url]), document.render());
    }

    #[test]
    fn no_text_becomes_markup(answer in any::<String>()) {
        let document = text("Say", &answer).render().expect("small");
        prop_assert!(document.matches('<').count() <= 3);
        let forbidden = ['\0', '\u{1F}', '\u{FFFE}', '\u{FFFF}'];
        prop_assert!(!document.contains(forbidden));
    }
}
