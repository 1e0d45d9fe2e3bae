//! Compares an app with its policy.

mod advice;

use std::collections::HashSet;
use std::fmt;

use actix_http::Request;
use actix_web::Error;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::Method;
use cors_browser::{HeaderLine, OutgoingRequest, Response, Stranger};
use cors_core::{Answered, Origins, Policy, RequestHeader, ResponseHeader};

use super::wire::{assert_path, exchange};
use crate::finding::policy_only::{self, PolicyAnswer};
use crate::finding::words::taken_apart;
use advice::{Compared, Route};

/// Maximum number of origins of each rule to test: a rule can list thousands.
const ORIGINS: usize = 20;

/// Maximum number of differences to print.
const MOST_PRINTED: usize = 10;

/// The host in the requests.
const HOST: &str = "api.example.com";

/// Sends requests to these routes, from the origins of the policy and from strangers, and compares the answers of the
/// app with the policy: status and CORS headers of preflights, and the CORS headers of all other answers.
///
/// It finds everything in the app that changes an answer: another policy around or inside, a handler or middleware
/// that sets CORS headers, a guard that does not match preflights, authentication outside of the policy. Each handler
/// runs several times. It tests at most 20 origins of a rule, and no request headers of scripts. Origins that only a
/// source knows count as unknown.
///
/// ```
/// # use actix_web::{App, http::Method, test, web};
/// # use cors_actix::{Cors, cors_policy, testing};
/// const NOTES: Cors = cors_policy! { origins: ["https://app.example.com"], methods: [PUT] };
///
/// # actix_web::rt::System::new().block_on(async {
/// let notes = web::resource("/notes/{id}").route(web::get().to(|| async { "read" })).route(web::put().to(|| async { "saved" }));
/// let app = test::init_service(App::new().service(notes.wrap(NOTES))).await;
/// let routes = [(Method::GET, "/notes/1"), (Method::PUT, "/notes/1")];
/// testing::conformance(&app, &NOTES.policy(), routes).await.assert_holds();
/// # });
/// ```
///
/// # Panics
///
/// Panics if a path does not begin with `/`, or has an invalid character.
pub async fn conformance<B>(
    app: &impl Service<Request, Response = ServiceResponse<B>, Error = Error>,
    policy: &Policy,
    routes: impl IntoIterator<Item = (Method, &str)>,
) -> Conformance {
    let origins = origins(policy);
    let mut differences = Vec::new();
    for (method, path) in routes {
        assert_path(path);
        let mut route = Route { method: &method, path, has_no_policy: false };
        let mut answers = Vec::new();
        for origin in &origins {
            for outgoing in [preflight(&method, path, origin), actual(&method, path, origin)] {
                let (response, decisions) = exchange(app, &outgoing, "body").await;
                route.has_no_policy |= advice::has_no_policy(&outgoing, &response, &decisions);
                answers.push((origin, outgoing, response, decisions));
            }
        }
        for (origin, outgoing, response, decisions) in answers {
            let alone = policy_only::answer(policy, &outgoing, HOST, Answered::Denied);
            let (expected, got) = (relevant(&alone.response, &alone), relevant(&response, &alone));
            if expected != got || decisions.conflict().is_some() {
                let compared =
                    Compared { outgoing: &outgoing, response: &response, decisions: &decisions, alone: &alone };
                differences.push(Difference {
                    request: describe(&outgoing, &method, origin),
                    expected,
                    got,
                    decided: decisions.policies.iter().map(|seen| seen.name.to_string()).collect(),
                    conflict: decisions.conflict().map(|conflict| taken_apart(conflict).0),
                    advice: taken_apart(&advice::of(&route, &compared, policy)).1,
                });
            }
        }
    }
    Conformance { differences }
}

/// The differences between an app and its policy, from [`conformance`]. Its `Display` lists the first ten.
#[derive(Clone, Debug)]
#[must_use]
pub struct Conformance {
    differences: Vec<Difference>,
}

#[derive(Clone, Debug)]
struct Difference {
    request: String,
    expected: Vec<String>,
    got: Vec<String>,
    decided: Vec<String>,
    conflict: Option<String>,
    /// Helps and notes, each with its kind.
    advice: Vec<(&'static str, String)>,
}

impl Conformance {
    /// Asserts that the app does what the policy says.
    ///
    /// # Panics
    ///
    /// Panics if it does not. The message has the differences.
    #[track_caller]
    pub fn assert_holds(&self) {
        assert!(self.differences.is_empty(), "{self}");
    }
}

/// Returns the policy's own origins, one for each pattern, and strangers.
fn origins(policy: &Policy) -> Vec<String> {
    let mut origins = Vec::new();
    for rule in policy.rules() {
        match rule.origins() {
            Origins::Listed(list) => {
                let texts = list.iter().take(ORIGINS).map(|pattern| pattern.to_string());
                origins.extend(texts.map(|text| text.replace("://*.", "://why-probe.").replace(":*", ":8443")));
            }
            _ => origins.push("https://why-probe.example".to_owned()),
        }
    }
    let strangers = origins.iter().flat_map(|origin| Stranger::of(origin));
    let strangers: Vec<String> = strangers.map(|stranger| stranger.origin().to_owned()).collect();
    origins.extend(strangers);
    origins.push("null".to_owned());
    let mut seen = HashSet::new();
    origins.retain(|origin| seen.insert(origin.clone()));
    origins
}

/// `the preflight for PUT /notes, from https://app.example.com`
fn describe(outgoing: &OutgoingRequest, method: &Method, origin: &str) -> String {
    let path = outgoing.url.split_once(HOST).map_or("", |(_, path)| path);
    let what = if outgoing.preflight { "the preflight for " } else { "" };
    format!("{what}{method} {path}, from {origin}")
}

fn url(path: &str) -> String {
    format!("https://{HOST}{path}")
}

fn actual(method: &Method, path: &str, origin: &str) -> OutgoingRequest {
    OutgoingRequest::by_hand(method.as_str(), url(path), vec![HeaderLine::new(RequestHeader::Origin.name(), origin)])
}

fn preflight(method: &Method, path: &str, origin: &str) -> OutgoingRequest {
    let asked = HeaderLine::new(RequestHeader::AccessControlRequestMethod.name(), method.as_str());
    let mut request = OutgoingRequest::by_hand(
        "OPTIONS",
        url(path),
        vec![HeaderLine::new(RequestHeader::Origin.name(), origin), asked],
    );
    request.preflight = true;
    request
}

/// Returns the parts of an answer that the policy determines: the status if the policy answers itself, and `Vary` if it must name the origin.
fn relevant(answer: &Response, alone: &PolicyAnswer) -> Vec<String> {
    let status = alone.is_answer.then(|| format!("status {}", answer.status));
    let cors = ResponseHeader::ALL.iter().flat_map(|header| {
        let line = |value: &[u8]| format!("{}: {}", header.name(), value.escape_ascii());
        answer.values(header.name()).map(line)
    });
    let varies = (alone.response.varies_by("Origin") && answer.varies_by("Origin")).then(|| "vary: Origin".to_owned());
    status.into_iter().chain(cors).chain(varies).collect()
}

impl fmt::Display for Conformance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.differences.is_empty() {
            return formatter.write_str("the app does what the policy says");
        }
        write!(formatter, "the app does not do what the policy says, for {} requests", self.differences.len())?;
        // Many requests have one cause.
        let mut said = HashSet::new();
        for difference in self.differences.iter().take(MOST_PRINTED) {
            write!(formatter, "\n{difference}")?;
            for (kind, text) in difference.advice.iter().filter(|advice| said.insert(*advice)) {
                write!(formatter, "\n{kind}: {text}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { request, expected, got, decided, conflict, .. } = self;
        let lines = |lines: &[String]| if lines.is_empty() { "no CORS headers".to_owned() } else { lines.join("; ") };
        write!(formatter, "{request}")?;
        if expected != got {
            write!(formatter, "\n    the policy says: {}\n    the app answers: {}", lines(expected), lines(got))?;
        }
        match (conflict, decided.as_slice()) {
            (Some(conflict), _) => write!(formatter, "\n{conflict}"),
            (None, []) => formatter.write_str("\n    no policy decided"),
            (None, decided) => write!(formatter, "\n    decided by {}", decided.join(", then ")),
        }
    }
}
