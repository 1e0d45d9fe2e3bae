//! A visit in the model.

use std::time::Duration;

use cors_browser::{
    Body, Browser, Engine, InitiatorType, OutgoingRequest, ReferrerPolicy, Response, ResponseType, ScriptRequest,
    Verdict,
};

use super::answers::Answer;
use super::bytes;
use super::document::Frame;
use super::render::{Answering, render, target};
use super::seen::{Arrived, Cookies, Outcome, Seen};
use super::site::Sites;
use super::times::Times;
use super::visit::{Ask, By, Payload, Visit};

/// Where something that is remembered ends so close to a request, it cannot be said which was first.
const MARGIN: Duration = Duration::from_millis(300);

/// What the model says of a visit.
#[derive(Clone, Debug)]
pub struct Told {
    /// What will be seen.
    pub seen: Seen,
    /// Why each blocked request is blocked: the code and the number of the statement.
    pub reasons: Vec<(&'static str, &'static str)>,
    /// Whether something that is remembered ends about when a request was made.
    pub is_close: bool,
}

/// Asks the model, as an engine or as the standard.
///
/// ```
/// use cors_engines::{Sites, ask_model, generate};
///
/// let told = ask_model(&generate(1, 0), &Sites::imagined(), None);
/// assert!(!told.seen.outcomes.is_empty());
/// ```
pub fn ask_model(visit: &Visit, sites: &Sites, engine: Option<Engine>) -> Told {
    replay(visit, sites, engine, &Times::planned(visit))
}

/// Asks the model for what happens at these times.
pub fn replay(visit: &Visit, sites: &Sites, engine: Option<Engine>, times: &Times) -> Told {
    let mut browser = engine.map_or_else(Browser::new, Browser::of);
    let mut answering = Answering::new(visit, sites);
    let mut told = Told { seen: Seen::default(), reasons: Vec::new(), is_close: false };
    let mut clock = Clock { times, now: Duration::ZERO, slowest: times.slowest(), is_close: false };
    for (place, ask) in visit.asks.iter().enumerate() {
        let verdict = run(&mut browser, &mut clock, place, ask, &mut answering, &mut told.seen.arrived);
        match &verdict {
            Verdict::Blocked(blocked) => told.reasons.push((blocked.reason.code(), blocked.reason.statement())),
            Verdict::RefusedByApi(refusal) => told.reasons.push((refusal.code(), refusal.statement())),
            _ => {}
        }
        told.seen.outcomes.push(outcome(verdict, ask.by));
    }
    told.is_close = clock.is_close;
    told
}

fn run(
    browser: &mut Browser,
    clock: &mut Clock<'_>,
    place: usize,
    ask: &Ask,
    answering: &mut Answering<'_>,
    arrived: &mut Vec<Arrived>,
) -> Verdict {
    let (visit, sites) = (answering.visit, answering.sites);
    let (begin, end) = clock.times.asks.get(place).copied().unwrap_or_default();
    let host = ask.document.site().host();
    let mut within_host = !ask.document.is_third_party() && ask.document.frame != Frame::Sandboxed;
    // What is remembered was looked at before this request arrived.
    clock.pass(browser, begin, clock.arrival(arrived.len(), end).unwrap_or(begin));
    let mut fetch = browser.fetch(&ask.document.page_in_model(sites), &request(ask, visit, sites));
    while let Some(outgoing) = fetch.pending() {
        let Some((site, resource, query)) = target(&outgoing.url, sites) else { break };
        within_host &= site.host() == host;
        let cookies = match (outgoing.credentials, within_host) {
            (false, _) => Cookies::None,
            (true, true) => Cookies::Sent,
            (true, false) => Cookies::PerhapsSent,
        };
        let value = |name: &str| value(outgoing, name);
        let request = Arrived::new((site, resource, query), &outgoing.method, value, visit, sites.with_tls);
        let request = Arrived { cookies, body: outgoing.body, ..request };
        let (answer, is_preflight) = (response(&answering.answer(&request)), request.preflight);
        arrived.push(request);
        if !is_preflight {
            // A redirect leads to another look at what is remembered.
            let now = clock.now;
            clock.pass(fetch.browser(), now, clock.arrival(arrived.len(), end).unwrap_or(now));
        }
        fetch.answer(answer);
        if is_preflight && fetch.pending().is_some() {
            let now = clock.now;
            clock.pass(fetch.browser(), now, clock.arrival(arrived.len(), end).unwrap_or(now));
        }
    }
    fetch.end().verdict
}

/// Time as it went by in a run.
struct Clock<'t> {
    times: &'t Times,
    now: Duration,
    slowest: Duration,
    is_close: bool,
}

impl Clock<'_> {
    /// When the request at this place arrived; nothing if it did not before the end.
    fn arrival(&self, place: usize, end: Duration) -> Option<Duration> {
        self.times.arrivals.get(place).copied().filter(|arrival| *arrival <= end)
    }

    /// Lets time pass; somewhere between these moments the browser looks at what it remembers.
    fn pass(&mut self, browser: &mut Browser, from: Duration, until: Duration) {
        let until = until.max(self.now);
        let early = from.saturating_sub(MARGIN + self.slowest).clamp(self.now, until);
        let mut probe = browser.clone();
        probe.advance(early - self.now);
        let alive = probe.preflight_cache().count();
        probe.advance(until + MARGIN - early);
        self.is_close |= probe.preflight_cache().count() != alive;
        browser.advance(until - self.now);
        self.now = until;
    }
}

/// Of all lines of this name.
fn value(outgoing: &OutgoingRequest, name: &str) -> Option<String> {
    let lines = outgoing.headers.iter().filter(|line| line.name.eq_ignore_ascii_case(name));
    let values: Vec<String> = lines.map(|line| line.value.iter().copied().map(char::from).collect()).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

fn response(answer: &Answer) -> Response {
    let add = |response: Response, (name, value): &(String, String)| response.header(name, bytes(value));
    answer.lines.iter().fold(Response::new(answer.status), add)
}

fn request(ask: &Ask, visit: &Visit, sites: &Sites) -> ScriptRequest {
    let initiator = if ask.by == By::Fetch { InitiatorType::Fetch } else { InitiatorType::XmlHttpRequest };
    let request = ScriptRequest::of(initiator, render(&ask.url, visit, sites, ask.document))
        .method(&ask.method)
        .body(match ask.body {
            Payload::None => Body::None,
            Payload::Text => Body::Text,
            Payload::UrlSearchParams => Body::UrlSearchParams,
            Payload::FormData => Body::FormData,
            Payload::Blob(kind) => Body::Blob(kind.to_owned()),
            Payload::Bytes => Body::Bytes,
            Payload::Stream => Body::Stream,
        })
        .mode(ask.mode)
        .credentials(ask.credentials)
        .redirect(ask.redirect)
        .cache(ask.cache)
        .referrer_policy(ask.referrer_policy.map_or_else(ReferrerPolicy::default, referrer_policy))
        .upload_listeners(ask.by == By::XhrWithUploadListeners);
    ask.headers.iter().fold(request, |request, (name, value)| request.header(name, bytes(value)))
}

fn referrer_policy(name: &str) -> ReferrerPolicy {
    match name {
        "no-referrer" => ReferrerPolicy::NoReferrer,
        "no-referrer-when-downgrade" => ReferrerPolicy::NoReferrerWhenDowngrade,
        "same-origin" => ReferrerPolicy::SameOrigin,
        "origin" => ReferrerPolicy::Origin,
        "strict-origin" => ReferrerPolicy::StrictOrigin,
        "origin-when-cross-origin" => ReferrerPolicy::OriginWhenCrossOrigin,
        "unsafe-url" => ReferrerPolicy::UnsafeUrl,
        other => panic!("no referrer policy is called {other}"),
    }
}

fn outcome(verdict: Verdict, by: By) -> Outcome {
    match verdict {
        Verdict::Readable(readable) => Outcome::Readable {
            status: readable.status,
            kind: (by == By::Fetch).then(|| match readable.response_type {
                ResponseType::Basic => "basic".to_owned(),
                ResponseType::Cors => "cors".to_owned(),
            }),
            headers: readable.headers,
        },
        Verdict::Opaque => Outcome::Opaque,
        Verdict::OpaqueRedirect => Outcome::OpaqueRedirect,
        Verdict::Local => Outcome::Local,
        Verdict::Blocked(_) | Verdict::Unanswered | Verdict::RefusedByApi(_) => Outcome::Blocked,
    }
}
