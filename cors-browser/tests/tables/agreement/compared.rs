//! The result of a fetch for the server and for a browser.

use cors_browser::{Browser, Engine, Page, Response, ScriptRequest, Transcript, Verdict};
use cors_core::{Credentials, Decision, Denial, Forward, Lines, Policy, Request, decide};
use serde::Deserialize;

use crate::init::{Init, initiator};

/// The standard first.
pub(super) const ALL: [(&str, Option<Engine>); 4] = [
    ("standard", None),
    ("chromium", Some(Engine::Chromium)),
    ("firefox", Some(Engine::Firefox)),
    ("webkit", Some(Engine::WebKit)),
];

/// In the standard, any method passes a preflight that listeners or a stream made due, if the response lists no
/// methods. A server does not see why the preflight was sent.
pub(super) const ANY_METHOD: &str = "PRE-12";
/// In all engines `Access-Control-Allow-Headers: *` covers `Authorization`.
pub(super) const AUTHORIZATION: &str = "PRE-14";
/// Without `Sec-Fetch-Site`, a rejecting policy recognises a page of the server's own origin by host and port: a server
/// does not know whether clients use http or https.
pub(super) const OTHER_SCHEME: &str = "SRV-22";

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// `None` if the origin is opaque.
    page: Option<String>,
    url: String,
    by: String,
    init: Init,
    /// Whether the browser sends `Sec-Fetch-Site`.
    #[serde(default)]
    sec_fetch_site: bool,
}

/// A fetch, parsed once for all browsers.
pub(super) struct Fetch {
    page: Page,
    request: ScriptRequest,
    host: String,
    sec_fetch_site: Option<&'static [u8]>,
    is_same_origin: bool,
    /// The credentials, which a server does not see in a preflight.
    credentials: Credentials,
    forces_preflight: bool,
}

impl From<&Asked> for Fetch {
    fn from(asked: &Asked) -> Self {
        let page = asked.page.as_deref().map_or_else(Page::opaque, |page| Page::at(page).expect("a URL"));
        let by = initiator(&asked.by);
        let origin = asked.url.strip_suffix("/x").expect("the one path");
        let (_, host) = origin.split_once("://").expect("a URL");
        let is_same_origin = page.origin() == origin;
        let site: &[u8] = if is_same_origin { b"same-origin" } else { b"cross-site" };
        Self {
            page,
            request: asked.init.request_of(by, &asked.url),
            host: host.to_owned(),
            sec_fetch_site: asked.sec_fetch_site.then_some(site),
            is_same_origin,
            credentials: match asked.init.includes_credentials(by) {
                true => Credentials::Included,
                false => Credentials::NotIncluded,
            },
            forces_preflight: asked.init.forces_preflight(),
        }
    }
}

/// The result of a fetch.
pub(super) struct Compared<'f> {
    fetch: &'f Fetch,
    engine: Option<Engine>,
    /// The server's reason why the browser blocks.
    pub(super) blocked: Option<Denial>,
    is_taken_for_own: bool,
    transcript: Transcript,
}

/// Runs the fetch against the server's half alone.
pub(super) fn compared<'f>(policy: &Policy, fetch: &'f Fetch, engine: Option<Engine>) -> Compared<'f> {
    let (mut blocked, mut is_taken_for_own) = (None, false);
    let mut browser = engine.map_or_else(Browser::new, Browser::of);
    let transcript = browser.run(&fetch.page, &fetch.request, |outgoing| {
        let line = |name| Lines::of(outgoing.header(name).into_iter());
        let names: Vec<&[u8]> = outgoing.header("Access-Control-Request-Headers").into_iter().collect();
        let request = Request::new(outgoing.method.as_bytes())
            .origin(line("Origin"))
            .access_control_request_method(line("Access-Control-Request-Method"))
            .access_control_request_headers(&names)
            .host(Lines::One(fetch.host.as_bytes()))
            .sec_fetch_site(Lines::of(fetch.sec_fetch_site.into_iter()));
        let decision = decide(policy, &request);
        is_taken_for_own |= decision == Decision::Forward(Forward::SameOrigin);
        blocked = blocked.or(decision.blocked_by_browser(&request, fetch.credentials));
        let reply = policy.respond(&request);
        let response = Response::new(reply.status().unwrap_or(HANDLED));
        reply.lines(&request).fold(response, |response, (name, value)| response.header(name, value))
    });
    Compared { fetch, engine, blocked, is_taken_for_own, transcript }
}

/// The status of the handler.
const HANDLED: u16 = 200;

impl Compared<'_> {
    /// Returns how the browser deviates from the server. The error is a difference that no deviation explains.
    pub(super) fn deviation(&self) -> Result<Option<&'static str>, String> {
        let found = match &self.transcript.verdict {
            Verdict::Readable(readable) if readable.status == HANDLED => None,
            Verdict::Blocked(blocked) => Some(blocked.reason.code()),
            // Nothing was sent, or nothing asks for CORS.
            Verdict::RefusedByApi(_) | Verdict::Opaque => return Ok(None),
            other => return Err(format!("  {:?} {other:?}", self.engine)),
        };
        // A page needs no grants for its own origin.
        let said = if self.fetch.is_same_origin { &[][..] } else { self.blocked.map_or(&[][..], reasons) };
        let agrees = found.map_or(said.is_empty(), |found| said.contains(&found));
        match self.explained(found) {
            _ if agrees => Ok(None),
            Some(deviation) => Ok(Some(deviation)),
            None => Err(format!("  the server says {said:?}, and in {:?} it is {found:?}", self.engine)),
        }
    }

    fn explained(&self, found: Option<&str>) -> Option<&'static str> {
        let answer = &self.transcript.exchanges.first()?.response;
        let lists = |name| answer.values(name).next();
        match (self.blocked, found) {
            (None, Some("allow-origin-missing")) if self.is_taken_for_own => Some(OTHER_SCHEME),
            (Some(Denial::MethodNotListed), None | Some("header-not-allowed"))
                if self.engine.is_none()
                    && self.fetch.forces_preflight
                    && lists("access-control-allow-methods").is_none() =>
            {
                Some(ANY_METHOD)
            }
            (Some(Denial::HeaderNotListed), None)
                if self.engine.is_some() && lists("access-control-allow-headers") == Some(b"*") =>
            {
                Some(AUTHORIZATION)
            }
            _ => None,
        }
    }
}

/// Returns the browser's reasons for a denial of the server.
fn reasons(denial: Denial) -> &'static [&'static str] {
    match denial {
        Denial::MethodNotListed => &["method-not-allowed"],
        Denial::HeaderNotListed => &["header-not-allowed"],
        Denial::CredentialsNotAllowed => &["wildcard-with-credentials", "allow-credentials-not-true"],
        _ => &["allow-origin-missing"],
    }
}
