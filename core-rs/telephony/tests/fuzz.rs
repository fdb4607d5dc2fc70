//! Every file of the fuzzers' corpus, without a fuzzer.

#[path = "../../fuzz/src/lib.rs"]
#[allow(
    unreachable_pub,
    reason = "what fuzzers see from outside is within this test here"
)]
mod targets;

use std::fs;
use std::path::Path;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/corpus");

fn check_all(target: &str, check: fn(&[u8])) {
    let files = fs::read_dir(Path::new(CORPUS).join(target)).expect("the target has a corpus");
    let mut checked = 0;
    for file in files {
        let path = file.expect("a readable folder").path();
        // Shown when the check panics.
        println!("{}", path.display());
        check(&fs::read(&path).expect("a readable file"));
        checked += 1;
    }
    assert!(checked >= 10, "{target} has {checked} seeds");
}

macro_rules! replay {
    ($($target:ident)*) => { $(
        #[test]
        fn $target() {
            check_all(stringify!($target), targets::$target::check);
        }
    )* };
}

replay!(caller directory e164 form search signature template twiml);
