//! The texts of explanations, except console messages.

mod danger;
mod element;
mod header_lines;
mod help;
mod note;
mod reason;

pub(super) use danger::warning;
pub(super) use header_lines::header_lines;
pub(super) use help::help;
pub(super) use note::notes;
pub(super) use reason::reason;

use super::{Cause, Facts};
use crate::At;
use cors_core::{Denial, Difference, Issue, Lines, Origin, PolicyDraft, Request};

/// Returns `the answer to the preflight of https://api.example.com/notes`.
fn answer(facts: &Facts) -> String {
    let of = facts.url.as_ref().map(|url| format!(" of {url}")).unwrap_or_default();
    match facts.at {
        Some(At::Preflight) => format!("the answer to the preflight{of}"),
        _ => format!("the answer{of}"),
    }
}

/// Returns `the page of https://app.example.com`.
fn page(facts: &Facts) -> String {
    match facts.page_origin.as_deref() {
        Some("null") => "the page, which has no origin of its own".to_owned(),
        Some(origin) => format!("the page of {origin}"),
        None => "the page".to_owned(),
    }
}

/// Whether one line has several origins. Console messages join several lines too.
fn is_joined_list(cause: Cause, facts: &Facts) -> bool {
    cause == Cause::SeveralAllowedOrigins && facts.allow_origin_lines == 1
}

/// Returns the library that prints the message, if it is not a browser.
fn library(facts: &Facts) -> Option<&'static str> {
    Some(match facts.known_text? {
        "Network Error" | "ERR_NETWORK" => "Axios",
        "0 Unknown Error" | "statusText: 'Unknown Error'" => "Angular",
        "XMLHttpRequest error" => "Flutter",
        "Network request failed" => "React Native",
        _ => return None,
    })
}

/// Returns the origin of the request, if a server may allow it by name.
fn allowable_origin(facts: &Facts) -> Option<&str> {
    facts.origin.as_deref().filter(|origin| *origin != "null")
}

/// Whether a network between browser and server could insert its own page at the origin.
fn is_insecure(facts: &Facts) -> bool {
    facts.origin.as_deref().is_some_and(|origin| Origin::parse(origin).is_ok_and(|origin| origin.is_insecure()))
}

/// Returns the mistake that the method or header would be in any policy, so that the script is wrong.
fn mistake_of_script(cause: Cause, facts: &Facts) -> Option<Issue> {
    let draft = PolicyDraft::new().origins("*");
    let draft = match (cause, &facts.method, &facts.header) {
        (Cause::MethodNotAllowed, Some(method), _) => draft.methods([method.as_str()]),
        (Cause::HeaderNotAllowed, _, Some(header)) => draft.allow_headers([header.as_str()]),
        _ => return None,
    };
    draft.validate().err()?.iter().next().cloned()
}

/// A small mistake in the script's URL, which a redirect corrects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UrlMistake {
    /// `http` instead of `https`.
    Https,
    /// A missing or needless slash at the end.
    Slash,
}

pub(super) fn url_mistake(facts: &Facts) -> Option<UrlMistake> {
    let (url, to) = (facts.url.as_deref()?, facts.location.as_deref()?);
    let is_encrypted = |rest: &str| to.strip_prefix("https:") == Some(rest);
    let without_slash = |text: &str| {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        (path.trim_end_matches('/').to_owned(), query.to_owned())
    };
    if url == to {
        None
    } else if url.strip_prefix("http:").is_some_and(is_encrypted) {
        Some(UrlMistake::Https)
    } else if without_slash(url) == without_slash(to) {
        Some(UrlMistake::Slash)
    } else {
        None
    }
}

/// Returns how a value of `Access-Control-Allow-Origin` differs from the origin, as half a sentence.
fn difference(value: &str, origin: &str) -> Option<String> {
    if value.is_empty() {
        return None;
    }
    if value == "null" {
        return Some("null is for pages without an origin of their own".to_owned());
    }
    let policy = match PolicyDraft::new().origins([value]).validate() {
        Ok(policy) => policy,
        Err(issues) => return issues.iter().next().map(|issue| issue.message().summary()),
    };
    if value.contains('*') {
        return Some("browsers know no wildcard but * alone".to_owned());
    }
    let request = Request::new(b"GET").origin(Lines::One(origin.as_bytes()));
    let advice = policy.advice(Denial::OriginNotListed, &request);
    let what = match advice.nearest()?.difference() {
        Difference::Port => "the port is another",
        Difference::Scheme => "the scheme is another",
        Difference::SchemeAndPort => "scheme and port are others",
        Difference::HostOfSubdomains | Difference::Subdomain => "one host is a subdomain of the other",
        Difference::Spelling => "the host is spelt almost alike",
        _ => return None,
    };
    Some(what.to_owned())
}
