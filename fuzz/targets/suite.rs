//! The check of `cors_fuzz::suite`, as a program of libFuzzer.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| cors_fuzz::suite::check(data));
