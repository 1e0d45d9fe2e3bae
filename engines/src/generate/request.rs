//! What a script asks for.

use std::time::Duration;

use cors_browser::{CacheMode, CredentialsMode, Mode, RedirectMode, normalise_method};

use super::super::document::Document;
use super::super::random::Random;
use super::super::visit::{Ask, By, Payload};
use super::values::{HEADERS, METHODS};

const CREDENTIALS: [CredentialsMode; 3] =
    [CredentialsMode::Omit, CredentialsMode::SameOrigin, CredentialsMode::Include];

/// `only-if-cached` is for requests to the page's own origin.
const CACHE_MODES: [CacheMode; 4] = [CacheMode::Reload, CacheMode::NoStore, CacheMode::NoCache, CacheMode::ForceCache];

const BODIES: [Payload; 11] = [
    Payload::None,
    Payload::None,
    Payload::Text,
    Payload::Text,
    Payload::UrlSearchParams,
    Payload::FormData,
    Payload::Blob("image/png"),
    Payload::Blob("text/plain"),
    Payload::Blob(""),
    Payload::Bytes,
    Payload::Stream,
];

const REFERRER_POLICIES: [&str; 7] = [
    "no-referrer",
    "no-referrer-when-downgrade",
    "same-origin",
    "origin",
    "strict-origin",
    "origin-when-cross-origin",
    "unsafe-url",
];

pub(super) fn ask(random: &mut Random, document: Document) -> Ask {
    let mode = match random.below(20) {
        0..17 => Mode::Cors,
        17..19 => Mode::NoCors,
        _ => Mode::SameOrigin,
    };
    let method = if mode == Mode::NoCors { random.one(&["GET", "HEAD", "POST"]) } else { random.one(&METHODS) };
    let redirect = match random.below(20) {
        0 => RedirectMode::Error,
        1 => RedirectMode::Manual,
        _ => RedirectMode::Follow,
    };
    let ask = Ask {
        document,
        wait: Duration::ZERO,
        by: By::Fetch,
        url: "{url0}".to_owned(),
        method: method.to_owned(),
        headers: headers(random),
        body: body(random, method),
        mode,
        credentials: random.one(&CREDENTIALS),
        redirect: if mode == Mode::NoCors { RedirectMode::Follow } else { redirect },
        cache: if random.percent(8) { random.one(&CACHE_MODES) } else { CacheMode::Default },
        referrer_policy: random.percent(15).then(|| random.one(&REFERRER_POLICIES)),
    };
    if random.percent(12) { by_xhr(random, ask) } else { ask }
}

/// Another request to the same address, for which something may be remembered.
pub(super) fn again(random: &mut Random, first: &Ask) -> Ask {
    let mut again = first.clone();
    match random.below(8) {
        0 => again.credentials = random.one(&CREDENTIALS),
        1 | 2 => again.method = random.one(&["GET", "POST", "PUT", "DELETE", "PATCH"]).to_owned(),
        3 | 4 => again.headers = headers(random),
        5 => again.cache = random.one(&CACHE_MODES),
        _ => {}
    }
    if again.mode == Mode::NoCors {
        again.method.clone_from(&first.method);
    }
    fit_body(&mut again);
    if again.by == By::Fetch { again } else { by_xhr(random, again) }
}

fn by_xhr(random: &mut Random, ask: Ask) -> Ask {
    let body = if ask.body == Payload::None { Payload::None } else { Payload::Bytes };
    // Engines write the charset of its type anew, and Firefox treats it in redirects unlike that of a `fetch`.
    let mut headers = ask.headers;
    headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    let mut ask = Ask { by: random.one(&[By::Xhr, By::XhrWithUploadListeners]), headers, body, ..ask };
    fit_xhr(&mut ask);
    ask
}

/// An `XMLHttpRequest` has no modes.
pub(super) fn fit_xhr(ask: &mut Ask) {
    (ask.mode, ask.redirect, ask.cache) = (Mode::Cors, RedirectMode::Follow, CacheMode::Default);
    ask.referrer_policy = None;
    if ask.credentials == CredentialsMode::Omit {
        ask.credentials = CredentialsMode::SameOrigin;
    }
}

pub(super) fn headers(random: &mut Random) -> Vec<(String, String)> {
    let count = random.one(&[0, 0, 0, 1, 1, 1, 1, 2, 2, 3]);
    let mut headers: Vec<(String, String)> = Vec::new();
    for _ in 0..count {
        let (name, value) = random.one(&HEADERS);
        let length = if random.percent(5) { random.one(&[127, 128, 129]) } else { 0 };
        headers.push((name.to_owned(), lengthened(value, length)));
    }
    headers
}

/// At least so long.
pub(super) fn lengthened(value: &str, length: usize) -> String {
    format!("{value}{}", "1".repeat(length.saturating_sub(value.len())))
}

/// Takes away the body that the method must not have.
pub(super) fn fit_body(ask: &mut Ask) {
    if is_without_body(&ask.method) {
        ask.body = Payload::None;
    }
}

fn body(random: &mut Random, method: &str) -> Payload {
    if is_without_body(method) { Payload::None } else { random.one(&BODIES) }
}

fn is_without_body(method: &str) -> bool {
    ["GET", "HEAD"].contains(&&*normalise_method(method))
}
