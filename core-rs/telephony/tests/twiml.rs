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

/// A text that is known, or a slot of this number.
#[derive(Debug, Clone)]
enum Piece {
    Known(String),
    Slot(usize),
}

#[derive(Debug, Clone)]
enum Node {
    Text(Piece),
    Element {
        attributes: Vec<(String, Piece)>,
        content: Vec<Node>,
    },
}

const SLOTS: [&str; 3] = ["answer", "url", "é"];

fn piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        any::<String>().prop_map(Piece::Known),
        (0..SLOTS.len()).prop_map(Piece::Slot),
    ]
}

fn node() -> impl Strategy<Value = Node> {
    let attributes = || prop::collection::vec(("[a-c]_?[a-cA-C]{0,2}", piece()), 0..4);
    let empty = attributes().prop_map(|attributes| Node::Element {
        attributes,
        content: Vec::new(),
    });
    let leaf = prop_oneof![2 => piece().prop_map(Node::Text), 1 => empty];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        let content = prop::collection::vec(inner, 0..5);
        (attributes(), content).prop_map(|(attributes, content)| Node::Element {
            attributes,
            content,
        })
    })
}

/// The value of a piece: the slot itself as long as there are no values.
fn value<'a>(piece: &'a Piece, values: Option<&'a [String]>) -> Value<'a> {
    match (piece, values) {
        (Piece::Known(text), _) => text.as_str().into(),
        (Piece::Slot(slot), None) => Value::Slot(SLOTS[*slot]),
        (Piece::Slot(slot), Some(values)) => values[*slot].as_str().into(),
    }
}

fn element(attributes: &[(String, Piece)], content: &[Node], values: Option<&[String]>) -> Element {
    let pairs = attributes
        .iter()
        .map(|(name, piece)| (name.as_str(), value(piece, values)));
    let inner: Vec<_> = content
        .iter()
        .map(|node| match node {
            Node::Text(_) => None,
            Node::Element {
                attributes,
                content,
            } => Some(element(attributes, content, values)),
        })
        .collect();
    let held: Vec<_> = content
        .iter()
        .zip(&inner)
        .filter_map(|(node, inner)| match (node, inner) {
            (Node::Text(piece), _) => Some(Child::Value(value(piece, values))),
            (Node::Element { .. }, inner) => inner.as_ref().map(Child::Element),
        })
        .collect();
    Element::new("Say", pairs, &held).expect("sound names")
}

proptest! {
    #[test]
    fn a_filled_template_is_the_document_with_its_values(
        root in prop::collection::vec(node(), 0..5),
        attributes in prop::collection::vec(("[a-c]_?[a-cA-C]{0,2}", piece()), 0..4),
        values in prop::collection::vec(any::<String>(), SLOTS.len()),
        emptied in 0..=SLOTS.len(),
    ) {
        let mut values = values;
        values[..emptied].iter_mut().for_each(String::clear);
        let template = Template::new(&element(&attributes, &root, None)).expect("small");
        let document = element(&attributes, &root, Some(&values));
        let in_order: Vec<&String> = template
            .slots()
            .map(|name| &values[SLOTS.iter().position(|slot| *slot == name).expect("known")])
            .collect();
        prop_assert_eq!(template.render(&in_order), document.render());
        let mut page = String::from("what was there before");
        prop_assert_eq!(template.render_into(&in_order, &mut page), Ok(()));
        prop_assert_eq!(Ok(page), document.render());
    }

    #[test]
    fn no_text_becomes_markup(answer in any::<String>()) {
        let document = text("Say", &answer).render().expect("small");
        prop_assert!(document.matches('<').count() <= 3);
        let forbidden = ['\0', '\u{1F}', '\u{FFFE}', '\u{FFFF}'];
        prop_assert!(!document.contains(forbidden));
    }
}
