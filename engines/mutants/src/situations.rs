//! What no visit can show: time that is longer than a run, TLS, names that only one machine has.

use std::time::Duration;

use cors_browser::mutants::{Mutant, broken};
use cors_browser::{
    Body, Browser, InitiatorType, Mode, OutgoingRequest, Page, ReferrerPolicy, Response, ScriptRequest, Verdict,
};

use crate::noticed::AS;

/// Who asks for what, one after the other, and how long nothing happens before each.
struct Situation {
    asks: Vec<(u64, Page, ScriptRequest)>,
    answer: fn(&OutgoingRequest) -> Response,
    with_http_cache: bool,
}

impl Situation {
    fn of(asks: Vec<(u64, &str, ScriptRequest)>, answer: fn(&OutgoingRequest) -> Response) -> Self {
        let asks = asks.into_iter().map(|(wait, page, request)| (wait, Page::at(page).unwrap(), request)).collect();
        Self { asks, answer, with_http_cache: false }
    }

    /// What is sent, and what comes of it, as the standard and as each engine.
    fn seen(&self) -> String {
        let mut seen = Vec::new();
        for engine in AS {
            let mut browser = engine.map_or_else(Browser::new, Browser::of);
            if self.with_http_cache {
                browser = browser.with_http_cache();
            }
            for (wait, page, request) in &self.asks {
                browser.advance(Duration::from_secs(*wait));
                let transcript = browser.run(page, request, |outgoing| (self.answer)(outgoing));
                let sent: Vec<&OutgoingRequest> =
                    transcript.exchanges.iter().map(|exchange| &exchange.request).collect();
                let is_readable = matches!(transcript.verdict, Verdict::Readable(_));
                seen.push(format!("{engine:?} {sent:?} {is_readable} {:?}", transcript.verdict));
            }
        }
        seen.join("\n")
    }
}

const PAGE: &str = "https://app.example.com";
const API: &str = "https://api.example.net/";

/// Consents to all, for as long as the path says.
fn consent(outgoing: &OutgoingRequest) -> Response {
    let text = |name: &str| outgoing.header(name).unwrap_or_default().to_vec();
    let response = Response::new(if outgoing.preflight { 204 } else { 200 })
        .header("Access-Control-Allow-Origin", text("Origin"))
        .header("Access-Control-Allow-Methods", text("Access-Control-Request-Method"))
        .header("Access-Control-Allow-Headers", text("Access-Control-Request-Headers"));
    match outgoing.url.rsplit_once("/age=") {
        Some((_, seconds)) => response.header("Access-Control-Max-Age", seconds),
        None => response,
    }
}

/// Redirects to another server by the status that the path says.
fn redirect(outgoing: &OutgoingRequest) -> Response {
    match outgoing.url.rsplit_once("/status=") {
        Some((_, status)) if !outgoing.preflight => Response::new(status.parse().unwrap())
            .header("Access-Control-Allow-Origin", outgoing.header("Origin").unwrap_or_default())
            .header("Location", API),
        _ => consent(outgoing),
    }
}

fn of_one_site(outgoing: &OutgoingRequest) -> Response {
    consent(outgoing).header("Cross-Origin-Resource-Policy", "same-site")
}

fn put(path: &str) -> ScriptRequest {
    ScriptRequest::new(format!("{API}{path}")).method("PUT")
}

/// Each situation shows some mutants; the test asks which.
fn situations() -> Vec<Situation> {
    let mut situations = Vec::new();
    // A clock: the default of 5 seconds, and the longest that each engine remembers.
    for (path, seconds) in [("", 6), ("age=100000000", 601), ("age=100000000", 7_201), ("age=100000000", 86_401)] {
        situations.push(Situation::of(vec![(0, PAGE, put(path)), (seconds, PAGE, put(path))], consent));
    }
    // TLS: streams arrive, and an `https:` page asks an `http:` server or the other way round.
    for status in [303, 307] {
        let stream = ScriptRequest::new(format!("{API}status={status}")).method("POST").body(Body::Stream);
        situations.push(Situation::of(vec![(0, PAGE, stream)], redirect));
    }
    let downgrade = ScriptRequest::new("http://api.example.net/").method("POST").mode(Mode::NoCors);
    let downgrade = downgrade.referrer_policy(ReferrerPolicy::StrictOrigin);
    situations.push(Situation::of(vec![(0, PAGE, downgrade)], consent));
    let upgrade = ScriptRequest::new("https://app.example.com/").mode(Mode::NoCors);
    situations.push(Situation::of(vec![(0, "http://app.example.com", upgrade)], of_one_site));
    // Two hosts of one registrable domain.
    let sibling = ScriptRequest::new("https://api.example.com/").mode(Mode::NoCors);
    situations.push(Situation::of(vec![(0, PAGE, sibling)], of_one_site));
    let mut framed = Situation::of(vec![(0, PAGE, put("age=600")), (0, PAGE, put("age=600"))], consent);
    for (top, ask) in ["https://www.example.com", "https://shop.example.com"].into_iter().zip(&mut framed.asks) {
        ask.1 = ask.1.clone().framed_by(top);
    }
    situations.push(framed);
    // An EventSource that comes back, lines of one name, and Range.
    let events = ScriptRequest::of(InitiatorType::EventSource, API).header("Last-Event-ID", "x".repeat(200));
    situations.push(Situation::of(vec![(0, PAGE, events)], consent));
    let image = || ScriptRequest::new(API).mode(Mode::NoCors);
    let together = image().header("Accept", "a".repeat(60)).header("Accept", "b".repeat(70));
    situations.push(Situation::of(vec![(0, PAGE, together)], consent));
    situations.push(Situation::of(vec![(0, PAGE, image().header("Range", "bytes=0-9"))], consent));
    // An HTTP cache.
    let own = || ScriptRequest::new(format!("{PAGE}/")).mode(Mode::SameOrigin);
    let cached = own().cache(cors_browser::CacheMode::OnlyIfCached);
    let mut cache = Situation::of(vec![(0, PAGE, own()), (0, PAGE, cached)], |_| {
        Response::new(200).header("Cache-Control", "max-age=60")
    });
    cache.with_http_cache = true;
    situations.push(cache);
    situations
}

/// Whether some situation shows a mutant.
pub(crate) fn shows(mutant: &Mutant) -> bool {
    situations().iter().any(|situation| situation.seen() != broken(mutant.number, || situation.seen()))
}
