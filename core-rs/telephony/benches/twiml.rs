//! A Gather with an answer of 200 characters and a Redirect: as a tree, as a template, and as
//! a `format!` of text that is known to need no escaping.

use std::hint::black_box;
use std::time::Duration;

use clientsvia_telephony::twiml::{Child, Element, Template, Value};
use criterion::{Criterion, criterion_group, criterion_main};

const ANSWER: &str = "We are open from Monday to Friday, from eight in the morning to five in the \
    afternoon, and on Saturday until noon. Our address is 12 Harbour Road, Fort Myers. What else \
    can I do for you?";
const ACTION: &str = "https://answers.example/api/twilio/handle-speech?call=abc.1";

fn document(answer: Value<'_>, action: &Value<'_>) -> Element {
    let voice = vec![("voice", Value::from("Polly.Joanna-Neural"))];
    let say = Element::new("Say", voice, &[Child::Value(answer)]).expect("sound names");
    let attributes = vec![
        ("input", Value::from("speech")),
        ("action", action.clone()),
        ("speech_timeout", Value::from("auto")),
    ];
    let gather = Element::new("Gather", attributes, &[Child::Element(&say)]).expect("sound names");
    let redirect = Element::new("Redirect", vec![], &[Child::Value(action.clone())]);
    let redirect = redirect.expect("sound names");
    let content = [Child::Element(&gather), Child::Element(&redirect)];
    Element::new("Response", vec![], &content).expect("sound names")
}

fn formatted(answer: &str, action: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Gather action=\"{action}\" \
         input=\"speech\" speechTimeout=\"auto\"><Say voice=\"Polly.Joanna-Neural\">{answer}</Say>\
         </Gather><Redirect>{action}</Redirect></Response>"
    )
}

fn render(criterion: &mut Criterion) {
    let tree = || document(black_box(ANSWER).into(), &black_box(ACTION).into()).render();
    let template = Template::new(&document(Value::Slot("answer"), &Value::Slot("action")));
    let template = template.expect("small");
    let slots: Vec<&str> = template.slots().collect();
    let values: Vec<&str> = slots
        .iter()
        .map(|slot| if *slot == "answer" { ANSWER } else { ACTION })
        .collect();
    let expected = formatted(ANSWER, ACTION);
    assert_eq!(tree().as_ref(), Ok(&expected));
    assert_eq!(template.render(&values).as_ref(), Ok(&expected));

    let mut group = criterion.benchmark_group("twiml");
    group.bench_function("tree", |bencher| bencher.iter(tree));
    group.bench_function("template", |bencher| {
        bencher.iter(|| template.render(black_box(&values)));
    });
    group.bench_function("format!", |bencher| {
        bencher.iter(|| formatted(black_box(ANSWER), black_box(ACTION)));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = render
}
criterion_main!(benches);
