//! What three real engines did, and what the standard does in the same situations.

use std::time::Duration;

use cors_browser::{Browser, Engine, HeaderLine, OutgoingRequest, Page, Response, Verdict};
use libtest_mimic::Trial;
use serde::Deserialize;

use crate::init::{Answer, Init, initiator, response};
use crate::trial::trials_but;

pub(crate) fn trials() -> Vec<Trial> {
    let out_of_scope = |situation: &Situation| situation.out_of_scope.clone();
    trials_but("situations", include_str!("../data/situations.json"), check, out_of_scope)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Situation {
    /// What the situation is about, if not CORS.
    out_of_scope: Option<String>,
    /// The host of the first request.
    host: String,
    steps: Vec<Act>,
    server: Side,
    second_hop: Option<Side>,
    standard: Expected,
    /// The engines, and what they did.
    engines: Vec<(Vec<String>, Recorded)>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Act {
    Wait {
        wait_ms: u64,
    },
    Fetch {
        /// `fetch`, `xhr`, or an element that uses CORS.
        by: String,
        /// `None` if the page's origin is opaque.
        page: Option<String>,
        init: Box<Init>,
        /// The end of its URL, to distinguish it from the others.
        #[serde(default)]
        suffix: String,
        user_info: Option<String>,
    },
}

/// The answers of a URL; none for a closed connection.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Side {
    preflight: Option<Answer>,
    /// The answers to one request after another. The last is for all that follow.
    actual: Vec<Answer>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    outcome: Option<String>,
    preflights: Option<usize>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    outcome: String,
    preflights: usize,
    /// `None` if the response is blocked, or if the initiator cannot tell.
    readable: Option<Vec<String>>,
    requests: Vec<Arrived>,
}

/// A request as it arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Arrived {
    preflight: bool,
    method: String,
    /// `None` for the host of the situation.
    host: Option<String>,
    origin: Option<String>,
    request_method: Option<String>,
    request_headers: Option<String>,
    content_type: Option<String>,
    authorization: Option<String>,
    cookies: bool,
}

impl Arrived {
    fn of(request: &OutgoingRequest, situation: &Situation) -> Self {
        let value = |name| request.header(name).map(|value| String::from_utf8_lossy(value).into_owned());
        let host = request.url.strip_prefix("http://").and_then(|rest| rest.split('/').next()).unwrap_or_default();
        Self {
            preflight: request.preflight,
            method: request.method.clone(),
            host: (host != situation.host).then(|| host.to_owned()),
            origin: value("Origin"),
            request_method: value("Access-Control-Request-Method"),
            request_headers: value("Access-Control-Request-Headers"),
            content_type: value("Content-Type"),
            authorization: value("Authorization"),
            cookies: request.credentials,
        }
    }

    /// Cookies arrive only if there are some. So they prove that they may be sent, and their absence proves nothing.
    fn agrees_with(&self, recorded: &Self) -> bool {
        Self { cookies: self.cookies && recorded.cookies, ..self.clone() } == *recorded
    }
}

/// Runs the steps. The query of each URL has the number of its hop, as in the recorded ones.
fn run(situation: &Situation, mut browser: Browser) -> Recorded {
    let mut recorded = Recorded { outcome: String::new(), preflights: 0, readable: None, requests: Vec::new() };
    let mut answered = 0;
    for act in &situation.steps {
        let (by, page, init, suffix, user_info) = match act {
            Act::Wait { wait_ms } => {
                browser.advance(Duration::from_millis(*wait_ms));
                continue;
            }
            Act::Fetch { by, page, init, suffix, user_info } => (by, page, init, suffix, user_info),
        };
        let page = page.as_deref().map_or_else(Page::opaque, |page| Page::at(page).expect("a URL"));
        let user_info = user_info.as_ref().map(|user_info| format!("{user_info}@")).unwrap_or_default();
        let url = format!("http://{user_info}{}/api{suffix}", situation.host);
        let request = init.request_of(initiator(by), &url);
        let verdict = browser
            .run(&page, &request, |request| {
                let arrived = Arrived::of(request, situation);
                let response = answer(situation, request, arrived.origin.as_deref(), &mut answered);
                recorded.requests.push(arrived);
                response
            })
            .verdict;
        recorded.readable = None;
        let outcome = match verdict {
            Verdict::Readable(readable) => {
                let visible = matches!(by.as_str(), "fetch" | "xhr");
                recorded.readable = visible.then_some(readable.headers);
                "readable"
            }
            Verdict::Opaque => "opaque",
            Verdict::OpaqueRedirect => "opaqueredirect",
            Verdict::Blocked(_) | Verdict::RefusedByApi(_) => "blocked",
            Verdict::Local | Verdict::Unanswered => panic!("the servers answer"),
        };
        if outcome.starts_with("opaque") {
            recorded.readable = Some(Vec::new());
        }
        outcome.clone_into(&mut recorded.outcome);
    }
    recorded.preflights = recorded.requests.iter().filter(|request| request.preflight).count();
    recorded
}

fn answer(situation: &Situation, request: &OutgoingRequest, origin: Option<&str>, answered: &mut usize) -> Response {
    let second = request.url.ends_with("?hop=2");
    let side = if second { situation.second_hop.as_ref().expect("a second hop") } else { &situation.server };
    if request.preflight {
        return echoed(response(side.preflight.as_ref().expect("a preflight's answer"), origin), request);
    }
    let answer = side.actual.get(*answered).or(side.actual.last()).expect("an answer");
    *answered += 1;
    let mut response = response(answer, origin);
    for line in &mut response.headers {
        if line.name == "Location" && situation.second_hop.is_some() {
            line.value.extend_from_slice(b"?hop=2");
        }
    }
    response.headers.push(HeaderLine::new("Content-Type", "text/plain"));
    if response.status != 204 {
        response.headers.push(HeaderLine::new("Content-Length", "4"));
    }
    response
}

/// Returns the response of a server that allows what a request asks for.
fn echoed(mut response: Response, request: &OutgoingRequest) -> Response {
    for line in &mut response.headers {
        let asked = match line.value.as_slice() {
            b"@ACRM@" => "Access-Control-Request-Method",
            b"@ACRH@" => "Access-Control-Request-Headers",
            _ => continue,
        };
        line.value = request.header(asked).unwrap_or_default().to_owned();
    }
    response
}

fn differences(expected: &Recorded, found: &Recorded) -> bool {
    let requests = expected.requests.len() == found.requests.len()
        && found.requests.iter().zip(&expected.requests).all(|(found, expected)| found.agrees_with(expected));
    !requests
        || (&expected.outcome, expected.preflights, &expected.readable)
            != (&found.outcome, found.preflights, &found.readable)
}

/// Checks that the model follows the standard, and that the model of each engine does what the engine did.
fn check(situation: &Situation) -> Result<(), String> {
    let found = run(situation, Browser::new().with_http_cache());
    let Expected { outcome, preflights } = &situation.standard;
    let outcome_differs = outcome.as_ref().is_some_and(|outcome| *outcome != found.outcome);
    if outcome_differs || preflights.is_some_and(|preflights| preflights != found.preflights) {
        return Err(format!("  by the standard {:?}\n  found {found:?}", situation.standard));
    }
    for (name, engine) in [("chromium", Engine::Chromium), ("firefox", Engine::Firefox), ("webkit", Engine::WebKit)] {
        let recorded = situation.engines.iter().find(|(names, _)| names.iter().any(|other| other == name));
        let (_, recorded) = recorded.ok_or_else(|| format!("  it was not run in {name}"))?;
        let found = run(situation, Browser::of(engine).with_http_cache());
        if differences(recorded, &found) {
            return Err(format!("  recorded in {name} {recorded:?}\n  found {found:?}"));
        }
    }
    Ok(())
}
