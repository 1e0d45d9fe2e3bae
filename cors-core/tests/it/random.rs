//! Generated cases. They are the same in each run; `CORS_TESTS_RANDOM` tries others.

use proptest::test_runner::{Config, RngSeed, TestRunner};

pub(crate) fn config(cases: u32) -> Config {
    let is_random = std::env::var_os("CORS_TESTS_RANDOM").is_some();
    let rng_seed = if is_random { RngSeed::Random } else { RngSeed::Fixed(0) };
    Config { cases, rng_seed, failure_persistence: None, ..Config::default() }
}

pub(crate) fn runner(cases: u32) -> TestRunner {
    TestRunner::new(config(cases))
}
