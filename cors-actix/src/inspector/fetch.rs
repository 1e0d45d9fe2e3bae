//! A page's fetch in the model of the browser: one that was recorded, or one from the form.

use std::sync::Arc;

use crate::observe::{Decisions, PolicyDecision};
use cors_browser::{
    Blocked, Browser, CredentialsMode, OutgoingRequest, Page, Readable, Refusal, Response, ScriptRequest, Transcript,
    Verdict,
};
use cors_core::{Policy, RequestHeader, ResponseHeader};

use super::exchange::{KeptExchange, KeptHeaders, KeptLine};
use super::log::Together;

/// A fetch, with all its messages and its outcome for the page.
pub(super) struct Fetch {
    /// The transcript of the model.
    pub(super) transcript: Transcript,
    pub(super) server: String,
    pub(super) path: String,
    /// The method of the request after the preflight.
    pub(super) method: String,
    /// The header names in the preflight.
    pub(super) asked_headers: Vec<String>,
    /// At most a preflight and the request.
    pub(super) sent: Vec<Sent>,
    pub(super) outcome: FetchOutcome,
    /// The policy that decided, if any did.
    pub(super) policy: Option<Policy>,
    /// The decisions of the policies about the last request; `None` if it did not reach an app.
    pub(super) decisions: Option<Decisions>,
    /// Whether a preflight was necessary, but not recorded.
    pub(super) is_preflight_unseen: bool,
}

/// A request and its answer for the page.
pub(super) struct Sent {
    pub(super) is_preflight: bool,
    pub(super) request: Vec<KeptLine>,
    pub(super) status: u16,
    pub(super) answer: Vec<KeptLine>,
    pub(super) by: By,
    /// The decision of each policy, the outermost first.
    pub(super) decided: Vec<PolicyDecision>,
}

/// The part of the app that answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Policy,
    App,
    /// Something outside of every policy.
    Unknown,
}

/// The outcome for the page.
pub(super) enum FetchOutcome {
    Readable(Readable),
    Blocked(Box<Blocked>),
    /// The preflight allows the request, which was not recorded.
    Allowed,
    /// A redirect to another server, which decides.
    Redirected(String),
    Refused(Refusal),
    /// No verdict, with the reason.
    None(String),
}

impl FetchOutcome {
    /// Returns the kind of verdict, for the colour in the page.
    pub(super) const fn verdict(&self) -> &'static str {
        match self {
            Self::Readable(_) => "readable",
            Self::Blocked(_) | Self::Refused(_) => "blocked",
            Self::Allowed | Self::Redirected(_) => "open",
            Self::None(_) => "none",
        }
    }

    /// Returns the code of the outcome or of its reason.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Readable(_) => "readable",
            Self::Blocked(blocked) => blocked.reason.code(),
            Self::Allowed => "allowed",
            Self::Redirected(_) => "redirected",
            Self::Refused(refusal) => refusal.code(),
            Self::None(_) => "none",
        }
    }
}

/// Returns the outcome for the page. A browser sends more after the request itself only for a redirect.
pub(super) fn outcome(transcript: &Transcript) -> FetchOutcome {
    match (&transcript.verdict, &transcript.unanswered) {
        (Verdict::Readable(readable), _) => FetchOutcome::Readable(readable.clone()),
        (Verdict::Blocked(blocked), _) => FetchOutcome::Blocked(blocked.clone()),
        (Verdict::RefusedByApi(refusal), _) => FetchOutcome::Refused(refusal.clone()),
        (Verdict::Unanswered, Some(unanswered)) => match transcript.exchanges.last() {
            Some(last) if !last.request.preflight => FetchOutcome::Redirected(unanswered.url.clone()),
            _ => FetchOutcome::Allowed,
        },
        (Verdict::Opaque | Verdict::OpaqueRedirect | Verdict::Local | Verdict::Unanswered, _) => {
            FetchOutcome::None("nothing of the answer is for the page".to_owned())
        }
    }
}

/// Returns a page with the origin of a request, or `None` if no browser sends such an origin.
fn page_of(origin: &str) -> Option<Page> {
    match origin {
        "null" => Some(Page::opaque()),
        origin => Page::at(origin).ok().filter(|page| page.origin() == origin),
    }
}

/// Returns whether the request may follow the preflight, with or without credentials.
pub(super) fn lets_follow(preflight: &Arc<KeptExchange>) -> bool {
    let together = Together { preflight: Some(Arc::clone(preflight)), actual: None };
    [CredentialsMode::SameOrigin, CredentialsMode::Include]
        .into_iter()
        .filter_map(|credentials| seen(&together, credentials))
        .any(|fetch| matches!(fetch.outcome, FetchOutcome::Allowed))
}

/// Returns the recorded fetch, assuming these credentials.
pub(super) fn seen(together: &Together, credentials: CredentialsMode) -> Option<Fetch> {
    let (first, last) = (together.first()?, together.last()?);
    let origin = first.request.origin();
    let page = page_of(&origin).ok_or("no browser sends such an Origin line");
    let is_own = last.request.lines.get("sec-fetch-site").as_deref() == Some("same-origin");
    // Behind a proxy that terminates TLS the browser uses another scheme than this server.
    let server = if is_own { origin.clone() } else { last.request.server.clone() };
    let (script, method, asked_headers) = script(together, &format!("{server}{}", last.request.path), credentials)?;
    let shown_page = page.clone().unwrap_or(Page::opaque());
    let script = if together.preflight.is_some() { with_preflight(&shown_page, script) } else { script };

    let mut is_preflight_unseen = false;
    let (mut preflight, mut actual) = (together.preflight.as_deref(), together.actual.as_deref());
    let transcript =
        Browser::new().run(&shown_page, &script, |outgoing| match (outgoing.preflight, preflight.take()) {
            (true, Some(preflight)) => Some(preflight.response()),
            // The preflight was remembered, or the client is no browser: the request came anyway.
            (true, None) if actual.is_some() => {
                is_preflight_unseen = page.is_ok();
                Some(granting(outgoing))
            }
            _ => actual.take().map(KeptExchange::response),
        });
    let is_whole = [&together.preflight, &together.actual].into_iter().flatten().all(|exchange| exchange.is_whole());
    let outcome = match (page, not_cors(together)) {
        (_, Some(reason)) | (Err(reason), None) => FetchOutcome::None(reason.to_owned()),
        (Ok(_), None) if !is_whole => FetchOutcome::None("the headers are too long to be kept".to_owned()),
        (Ok(_), None) => outcome(&transcript),
    };
    Some(Fetch {
        transcript,
        server,
        path: last.request.path.clone(),
        method,
        asked_headers,
        sent: [&together.preflight, &together.actual].into_iter().flatten().map(|exchange| sent(exchange)).collect(),
        outcome,
        policy: None,
        decisions: None,
        is_preflight_unseen,
    })
}

/// Returns the script's request, its method, and the header names that its preflight lists.
fn script(
    together: &Together,
    url: &str,
    credentials: CredentialsMode,
) -> Option<(ScriptRequest, String, Vec<String>)> {
    let script = ScriptRequest::new(url).credentials(credentials);
    if let Some(preflight) = &together.preflight {
        let lines = &preflight.request.lines;
        let method = lines.get(RequestHeader::AccessControlRequestMethod.name()).unwrap_or_default();
        let names = lines.get(RequestHeader::AccessControlRequestHeaders.name()).unwrap_or_default();
        let names: Vec<String> =
            names.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        // A preflight has no values. This value needs permission with every name.
        let script = names.iter().fold(script.method(&method), |script, name| script.header(name.as_str(), "\""));
        return Some((script, method, names));
    }
    let request = &together.actual.as_ref()?.request;
    let script = script.method(&request.method);
    let script = match request.lines.get("content-type") {
        Some(value) => script.header("Content-Type", value),
        None => script,
    };
    Some((script, request.method.clone(), Vec::new()))
}

/// Adds upload listeners if neither method nor headers explain the preflight.
fn with_preflight(page: &Page, script: ScriptRequest) -> ScriptRequest {
    match Browser::new().fetch(page, &script).pending() {
        Some(request) if !request.preflight => script.upload_listeners(true),
        _ => script,
    }
}

/// Returns an answer that grants everything in a preflight that the browser remembered.
fn granting(preflight: &OutgoingRequest) -> Response {
    let of = |header: RequestHeader| preflight.header(header.name()).unwrap_or_default().to_vec();
    Response::new(204)
        .header(ResponseHeader::AllowOrigin.name(), of(RequestHeader::Origin))
        .header(ResponseHeader::AllowCredentials.name(), "true")
        .header(ResponseHeader::AllowMethods.name(), of(RequestHeader::AccessControlRequestMethod))
        .header(ResponseHeader::AllowHeaders.name(), of(RequestHeader::AccessControlRequestHeaders))
}

/// Returns the reason if CORS does not decide about the request.
fn not_cors(together: &Together) -> Option<&'static str> {
    let lines = &together.actual.as_ref()?.request.lines;
    let mode = lines.get("sec-fetch-mode");
    match mode.as_deref() {
        Some("navigate") => {
            Some("a form or a link sent it, so the browser shows the answer as a page, and no script reads it")
        }
        Some("no-cors") => {
            Some("it was sent in mode \"no-cors\", in which no script reads the answer, whatever it allows")
        }
        Some("websocket") => Some(WEB_SOCKET),
        _ if lines.has("sec-websocket-key") => Some(WEB_SOCKET),
        _ => None,
    }
}

const WEB_SOCKET: &str = "it opens a WebSocket, to which CORS does not apply: the server must check Origin itself";

fn sent(exchange: &KeptExchange) -> Sent {
    let decided = &exchange.decisions.policies;
    let by = match decided.iter().any(|seen| seen.is_answer) {
        true => By::Policy,
        false if decided.is_empty() => By::Unknown,
        false => By::App,
    };
    let lines = |lines: &KeptHeaders| lines.lines.clone();
    Sent {
        is_preflight: exchange.request.is_preflight,
        request: lines(&exchange.request.lines),
        status: exchange.status,
        answer: lines(&exchange.answer),
        by,
        decided: decided.clone(),
    }
}
