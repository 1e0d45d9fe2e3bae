//! A pair in the model.

use cors_browser::{
    Body, Browser, Engine, OutgoingRequest, Page, ReferrerPolicy, Response, ResponseType, ScriptRequest, Verdict,
};

use super::answers::Answer;
use super::pair::{Ask, By, PageKind, Pair, Payload};
use super::render::{self, place, render};
use super::seen::{Arrived, Outcome, Seen};
use super::site::{Site, Sites};
use crate::bytes;

/// What the model says of a pair.
#[derive(Clone, Debug)]
pub struct Told {
    /// What will be seen.
    pub seen: Seen,
    /// Why each blocked request is blocked: the code and the number of the statement.
    pub reasons: Vec<(&'static str, &'static str)>,
}

/// Asks the model, as an engine or as the standard.
///
/// ```
/// use cors_tests::engines::{Sites, ask_model, generate};
///
/// let told = ask_model(&generate(1, 0), &Sites::imagined(), None);
/// assert!(!told.seen.outcomes.is_empty());
/// ```
pub fn ask_model(pair: &Pair, sites: &Sites, engine: Option<Engine>) -> Told {
    let mut browser = engine.map_or_else(Browser::new, Browser::of);
    let page = match pair.page {
        PageKind::Of(site) => Page::at(&sites.origin(site)).expect("an origin is a URL"),
        PageKind::Sandboxed => Page::opaque(),
    };
    let mut told = Told { seen: Seen { outcomes: Vec::new(), arrived: Vec::new() }, reasons: Vec::new() };
    for ask in &pair.asks {
        let verdict = run(&mut browser, &page, ask, pair, sites, &mut told.seen.arrived);
        match &verdict {
            Verdict::Blocked(blocked) => told.reasons.push((blocked.reason.code(), blocked.reason.statement())),
            Verdict::RefusedByApi(refusal) => told.reasons.push((refusal.code(), refusal.statement())),
            _ => {}
        }
        told.seen.outcomes.push(outcome(verdict, ask.by));
    }
    told
}

fn run(
    browser: &mut Browser,
    page: &Page,
    ask: &Ask,
    pair: &Pair,
    sites: &Sites,
    arrived: &mut Vec<Arrived>,
) -> Verdict {
    let server = |outgoing: &OutgoingRequest| {
        let (site, hop) = target(outgoing, sites);
        let value = |name: &str| value(outgoing, name);
        let request = Arrived::new((hop, site), &outgoing.method, value);
        let answer = render::answer(pair, sites, hop, outgoing.preflight, request.origin.as_deref());
        arrived.push(Arrived { cookies: outgoing.credentials, ..request });
        response(&answer)
    };
    browser.run(page, &request(ask, pair, sites), server).verdict
}

/// Of all lines of this name.
fn value(outgoing: &OutgoingRequest, name: &str) -> Option<String> {
    let lines = outgoing.headers.iter().filter(|line| line.name.eq_ignore_ascii_case(name));
    let values: Vec<String> = lines.map(|line| line.value.iter().copied().map(char::from).collect()).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

fn target(outgoing: &OutgoingRequest, sites: &Sites) -> (Site, usize) {
    let (authority, path) =
        outgoing.url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).unwrap_or_default();
    let site = Site::ALL.into_iter().find(|site| sites.authority(*site) == authority);
    let hop = place(&format!("/{path}")).map_or(usize::MAX, |(_, hop)| hop);
    (site.expect("requests go to the servers of the run"), hop)
}

fn response(answer: &Answer) -> Response {
    let add = |response: Response, (name, value): &(String, String)| response.header(name, bytes(value));
    answer.lines.iter().fold(Response::new(answer.status), add)
}

fn request(ask: &Ask, pair: &Pair, sites: &Sites) -> ScriptRequest {
    let request = ScriptRequest::new(render(&ask.url, pair, sites, None))
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
