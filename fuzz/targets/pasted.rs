//! The check of `cors_fuzz::pasted`, as a program of libFuzzer.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| cors_fuzz::pasted::check(data));
