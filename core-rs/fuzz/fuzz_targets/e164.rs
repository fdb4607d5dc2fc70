#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| clientsvia_fuzz::e164::check(data));
