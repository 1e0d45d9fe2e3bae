//! What `cors_actix::testing::Browser` says of apps, right ones and mistaken ones.

mod agreement;
mod conformance;
mod findings;
mod memory;
mod never_panics;
mod readable;
mod strangers;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};

use cors_actix::testing::{CredentialsMode, Exchange, Outcome, ScriptRequest};
use cors_tests::cors_headers;

/// A request to the API.
fn request(path: &str) -> ScriptRequest {
    ScriptRequest::new(format!("https://api.example.com{path}"))
}

fn put(path: &str) -> ScriptRequest {
    request(path).method("PUT")
}

fn put_with_cookies(path: &str) -> ScriptRequest {
    put(path).credentials(CredentialsMode::Include)
}

/// The methods that were sent.
fn methods(outcome: &Outcome) -> Vec<&str> {
    outcome.exchanges().iter().map(|exchange| exchange.request.method.as_str()).collect()
}

/// Every CORS header of an answer.
fn cors_of(exchange: &Exchange) -> Vec<String> {
    cors_headers(exchange.response.headers.iter().map(|line| (line.name.as_str(), line.value.as_slice())))
}

/// What an assertion says that fails.
fn panic_of(assertion: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(assertion)).expect_err("the assertion fails");
    *panic.downcast().expect("the text is formatted")
}

/// What `assert_readable` says of an answer that cannot be read.
fn complaint(outcome: &Outcome) -> String {
    panic_of(|| outcome.assert_readable())
}
