//! One mistake a file: what the compiler says, word for word, and where.
//!
//! After a change of wording, `TRYBUILD=overwrite cargo test -p cors-tests --test compile_errors`; then read the difference aloud.

#[test]
fn every_mistake_is_reported_once_with_what_to_write_instead() {
    // A single set of cases, so that cargo runs once.
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/**/*.rs");
}
