//! The check of `cors_fuzz::tokens`, as a program of libFuzzer.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| cors_fuzz::tokens::check(data));
