//! What a client with any bytes can try, over HTTP/1.1 and over HTTP/2 with TLS, under policies of every kind. Each answer is compared
//! whole with what the naive model of the server's half says.

mod corpus;
mod http1;
mod http2;
#[path = "../../../cors-core/tests/naive/mod.rs"]
#[allow(dead_code, reason = "the model is shared with a test that uses all of it")]
mod naive;
mod servers;

use naive::{Answer, Request};

/// What came back.
#[derive(Debug, PartialEq, Eq)]
struct Got {
    status: u16,
    headers: Vec<String>,
    /// Whether the handler answered.
    handled: bool,
}

impl Got {
    /// What has to come for an answer of the model.
    fn expected(answer: &Answer) -> Self {
        let vary = answer.vary.iter().cloned().collect::<Vec<_>>().join(", ");
        let lines = answer.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice()));
        let vary = Some(("vary", vary.as_bytes())).filter(|_| !vary.is_empty());
        Self {
            status: answer.status.unwrap_or(200),
            headers: cors_tests::cors_headers(lines.chain(vary)),
            handled: answer.status.is_none(),
        }
    }

    /// What has to come where HTTP itself refuses a request.
    fn malformed() -> Self {
        Self { status: 400, headers: Vec::new(), handled: false }
    }
}

/// The differences, of which the first are shown.
fn assert_none(differences: &[String], compared: usize, at_least: usize) {
    assert!(compared >= at_least, "only {compared} answers were compared");
    let shown = differences.iter().take(10).cloned().collect::<Vec<_>>().join("\n");
    assert!(differences.is_empty(), "{} of {compared} differ:\n{shown}", differences.len());
}

fn difference(policy: &str, request: &Request, expected: &Got, got: &Got) -> Option<String> {
    let method = request.method.escape_ascii();
    let lines = request.headers.iter().map(|(name, value)| {
        let shown = &value[..value.len().min(200)];
        format!("{name}: {}", shown.escape_ascii())
    });
    let lines = lines.collect::<Vec<_>>().join(" | ");
    (expected != got).then(|| format!("/{policy} {method} {lines}\n  expected {expected:?}\n  got      {got:?}"))
}
