//! The texts in a picture, for developers who are new to CORS.

use cors_browser::{At, Reason, canonical_name};

use crate::finding::Status;
use crate::inspector::fetch::{By, Fetch, FetchOutcome, Sent};

pub(super) const fn title(fetch: &Fetch) -> &'static str {
    match &fetch.outcome {
        FetchOutcome::Readable(_) => "The page may read the answer",
        FetchOutcome::Blocked(blocked) => match blocked.at {
            At::Preflight | At::Request => "Blocked: the request was never sent",
            At::Redirect => "Blocked at a redirect",
            At::Actual => "Blocked: the request was sent, but the page may not read the answer",
        },
        FetchOutcome::Allowed => "Allowed: the request itself has not come yet",
        FetchOutcome::Redirected(_) => "Redirected: what is there decides",
        FetchOutcome::Refused(_) => "The browser sends no such request",
        FetchOutcome::None(_) => "Not for CORS to decide",
    }
}

/// `The browser asks first: may I PUT with Content-Type?`
pub(super) fn ask(fetch: &Fetch, sent: &Sent) -> String {
    let method = &fetch.method;
    if !sent.is_preflight {
        return format!("The browser sends the {method} request");
    }
    let names: Vec<_> = fetch.asked_headers.iter().map(|name| canonical_name(name)).collect();
    match names.as_slice() {
        [] => format!("The browser asks first: may I {method}?"),
        names => format!("The browser asks first: may I {method} with {}?", names.join(", ")),
    }
}

pub(super) const fn server(sent: &Sent) -> &'static str {
    match (sent.by, sent.is_preflight) {
        (By::Policy, true) => "Your policy answers, no handler runs",
        (By::Policy, false) => "Your policy refuses, no handler runs",
        (By::App, false) => "Your app runs",
        (By::App, true) => "Your app answers the preflight itself",
        (By::Unknown, true) => "No policy saw this preflight: something else answered it",
        (By::Unknown, false) => "No policy saw this request: your app answers alone",
    }
}

pub(super) fn answer(fetch: &Fetch, sent: &Sent, is_stopped: bool) -> String {
    format!("Your server {}", answers(fetch, sent, is_stopped))
}

fn answers(fetch: &Fetch, sent: &Sent, is_stopped: bool) -> String {
    let origin = fetch.transcript.page.origin();
    let blocked = match &fetch.outcome {
        FetchOutcome::Blocked(blocked) if is_stopped => blocked,
        FetchOutcome::None(_) => return "answers".to_owned(),
        FetchOutcome::Redirected(url) if !sent.is_preflight => return format!("answers: go to {url}"),
        _ if sent.is_preflight => return "answers: yes, you may".to_owned(),
        _ => return format!("answers: {origin} may read this"),
    };
    match &blocked.reason {
        Reason::AllowOriginMissing { origin } => format!("answers: no permission for {origin}"),
        Reason::AllowOriginMismatch { value, .. } => {
            format!("answers: permission for {}, not for {origin}", String::from_utf8_lossy(value))
        }
        Reason::WildcardWithCredentials { .. } => {
            "answers: permission for everybody, but not for requests with cookies".to_owned()
        }
        Reason::AllowCredentialsNotTrue { .. } => "answers: permission, but not with cookies".to_owned(),
        Reason::PreflightStatus { status: code } => format!("answers {}: that is no permission", Status(*code)),
        Reason::MethodNotAllowed { method, .. } => format!("answers: permission, but not for {method}"),
        Reason::HeaderNotAllowed { name, .. } => {
            format!("answers: permission, but not for the header {}", canonical_name(name))
        }
        Reason::PreflightListMalformed { .. } => "answers with a list that cannot be read".to_owned(),
        _ => "answers".to_owned(),
    }
}

/// Returns the text at the end, on the browser's side. The reason is a separate text.
pub(super) fn end(fetch: &Fetch) -> Option<(&'static str, String)> {
    let method = &fetch.method;
    Some(match &fetch.outcome {
        FetchOutcome::Readable(_) => ("good", "The browser gives the answer to the page".to_owned()),
        FetchOutcome::Blocked(blocked) if blocked.at == At::Request => return None,
        FetchOutcome::Blocked(_) => ("bad", "The browser stops here".to_owned()),
        FetchOutcome::Allowed => {
            ("open", format!("The browser may send the {method} request now; it has not come yet"))
        }
        FetchOutcome::Redirected(url) => ("open", format!("The browser goes on to {url}")),
        FetchOutcome::Refused(_) | FetchOutcome::None(_) => return None,
    })
}

pub(super) fn preflight_unseen(method: &str) -> String {
    format!("There was no preflight: the browser remembers that {method} is allowed, or the client is not a browser")
}
