//! Changes to requests.

use cors_browser::{CredentialsMode, Mode, RedirectMode};
use cors_core::names;

use super::super::super::document::{Document, Frame};
use super::super::super::random::Random;
use super::super::super::site::Site;
use super::super::super::visit::{Ask, By, Payload, Visit};
use super::super::{consent, request, values};

/// Makes a preflight due.
pub(super) fn unsafe_request(random: &mut Random, visit: &mut Visit) {
    for ask in &mut visit.asks {
        if ask.mode == Mode::Cors && random.percent(70) {
            ask.method = random.one(&["PUT", "DELETE", "PATCH", "QUERY"]).to_owned();
        }
        if random.percent(40) {
            set(ask, "X-A", "1");
        }
    }
    consent::answer(random, visit);
}

/// In place of what there is of this name.
fn set(ask: &mut Ask, name: &str, value: &str) {
    ask.headers.retain(|(set, _)| !set.eq_ignore_ascii_case(name));
    ask.headers.push((name.to_owned(), value.to_owned()));
}

/// Any of the requests.
fn some<'v>(random: &mut Random, visit: &'v mut Visit) -> &'v mut Ask {
    let place = random.below(visit.asks.len());
    &mut visit.asks[place]
}

pub(super) fn authorization(random: &mut Random, visit: &mut Visit) {
    for ask in &mut visit.asks {
        ask.mode = Mode::Cors;
        set(ask, "Authorization", "Basic dTpw");
    }
    consent::answer(random, visit);
    super::responses::headers_of(random, visit);
}

/// Asks more than once, not quite the same.
pub(super) fn remembered(random: &mut Random, visit: &mut Visit) {
    unsafe_request(random, visit);
    let again = request::again(random, &visit.asks[0]);
    visit.asks.insert(1, again);
    if random.percent(30) {
        visit.asks[0].credentials = CredentialsMode::Include;
        visit.asks[1].credentials = CredentialsMode::SameOrigin;
    }
    visit.asks.truncate(6);
    consent::answer(random, visit);
    if random.percent(30) {
        super::responses::origin(random, visit);
    }
}

/// Asks the same from documents of one origin, in outermost pages that may be others.
pub(super) fn partitioned(random: &mut Random, visit: &mut Visit) {
    unsafe_request(random, visit);
    visit.asks.truncate(1);
    let origin = |document: &Document| match document.frame {
        Frame::Sandboxed => None,
        Frame::None | Frame::Of(_) => Some(document.site()),
    };
    let wanted = random.one(&[Some(Site::PageByName), Some(Site::PageByName), Some(Site::PageByNumber), None]);
    let documents: Vec<Document> = Document::ALL.into_iter().filter(|found| origin(found) == wanted).collect();
    for place in 0..3 {
        let ask = Ask { document: random.one(&documents), ..visit.asks[0].clone() };
        if place == 0 { visit.asks[0] = ask } else { visit.asks.push(ask) }
    }
    consent::answer(random, visit);
}

pub(super) fn redirect_mode(random: &mut Random, visit: &mut Visit) {
    super::responses::location(random, visit);
    for ask in &mut visit.asks {
        ask.by = By::Fetch;
        ask.redirect = random.one(&[RedirectMode::Error, RedirectMode::Manual]);
    }
}

pub(super) fn modes(random: &mut Random, visit: &mut Visit) {
    for ask in &mut visit.asks {
        ask.by = By::Fetch;
        ask.mode = random.one(&[Mode::NoCors, Mode::NoCors, Mode::SameOrigin]);
        ask.redirect = random.one(&[RedirectMode::Follow, RedirectMode::Error, RedirectMode::Manual]);
    }
}

/// Several lines of one name, which may be safe alone and not together.
pub(super) fn repeated(random: &mut Random, visit: &mut Visit) {
    let ask = &mut visit.asks[0];
    let (name, value) = random.one(&values::HEADERS);
    let lines = random.one(&[2, 2, 3, 9, 9]);
    let length = random.one(&[0, 60, 70, 114, 128]);
    ask.by = By::Fetch;
    ask.headers.retain(|(set, _)| !set.eq_ignore_ascii_case(name));
    for _ in 0..lines {
        ask.headers.push((name.to_owned(), request::lengthened(value, length)));
    }
    if random.percent(40) {
        ask.mode = Mode::NoCors;
        ask.method = random.one(&["GET", "POST"]).to_owned();
        ask.redirect = RedirectMode::Follow;
        ask.body = Payload::None;
    }
    consent::answer(random, visit);
}

/// What a script must not set, and what is nearly so.
pub(super) fn forbidden(random: &mut Random, visit: &mut Visit) {
    let ask = some(random, visit);
    for _ in 0..4 {
        if random.percent(70) {
            set(ask, random.one(&names::FORBIDDEN_REQUEST_HEADERS), "dropped-7");
        } else {
            set(ask, random.one(&values::OVERRIDES), random.one(&values::OVERRIDDEN));
        }
    }
    consent::answer(random, visit);
}

/// A value with one byte that may need permission.
pub(super) fn unsafe_bytes(random: &mut Random, visit: &mut Visit) {
    let ask = some(random, visit);
    let (name, before) =
        random.one(&[("Accept", "a"), ("Accept", "a"), ("Content-Type", "text/plain;a="), ("Accept-Language", "de")]);
    // The Fetch API refuses these three.
    let bytes: Vec<char> = (0..=255).map(char::from).filter(|byte| !['\0', '\n', '\r'].contains(byte)).collect();
    let byte = if random.percent(70) { random.one(&values::unsafe_bytes()) } else { random.one(&bytes) };
    set(ask, name, &format!("{before}{byte}b"));
    if name == "Content-Type" {
        ask.by = By::Fetch;
    }
    consent::answer(random, visit);
}

/// Headers that go when a redirect takes the body away.
pub(super) fn body_headers(random: &mut Random, visit: &mut Visit) {
    const LINES: [(&str, &str); 4] = [
        ("Content-Encoding", "own"),
        ("Content-Language", "de"),
        ("Content-Location", "/own"),
        ("Content-Type", "application/json"),
    ];
    let ask = &mut visit.asks[0];
    (ask.by, ask.mode, ask.redirect) = (By::Fetch, Mode::Cors, RedirectMode::Follow);
    ask.method = random.one(&["POST", "POST", "PUT", "GET"]).to_owned();
    ask.body = if ask.method == "GET" { Payload::None } else { Payload::Text };
    for (name, value) in LINES {
        if random.percent(60) {
            set(ask, name, value);
        }
    }
    consent::answer(random, visit);
    super::responses::redirected(random, visit);
}

/// Methods in lower case, of which some are made upper case.
pub(super) fn lower_case(random: &mut Random, visit: &mut Visit) {
    for ask in &mut visit.asks {
        ask.mode = Mode::Cors;
        ask.method = random.one(&values::METHODS).to_lowercase();
        request::fit_body(ask);
    }
    consent::answer(random, visit);
}

/// What an engine refuses before it asks a server.
pub(super) fn refused(random: &mut Random, visit: &mut Visit) {
    let ask = some(random, visit);
    ask.by = By::Fetch;
    match random.below(9) {
        0 | 1 => {
            let forbidden = random.one(&names::FORBIDDEN_METHODS);
            let forbidden = if random.percent(50) { forbidden.to_owned() } else { forbidden.to_lowercase() };
            let forbidden = forbidden.as_str();
            random.one(&["PU T", "", "P\u{dc}T", forbidden, forbidden, forbidden]).clone_into(&mut ask.method);
        }
        2 => {
            let (name, value) = random.one(&values::REFUSED_HEADERS);
            ask.headers.push((name.to_owned(), value.to_owned()));
        }
        3 => {
            random.one(&["GET", "head"]).clone_into(&mut ask.method);
            ask.body = random.one(&[Payload::Text, Payload::Bytes]);
        }
        4 => {
            "POST".clone_into(&mut ask.method);
            ask.body = Payload::Stream;
            ask.mode = random.one(&[Mode::Cors, Mode::NoCors]);
        }
        5 => {
            ask.cache = cors_browser::CacheMode::OnlyIfCached;
            ask.mode = random.one(&[Mode::Cors, Mode::NoCors, Mode::SameOrigin]);
        }
        _ => random.one(&values::ADDRESSES).clone_into(&mut ask.url),
    }
}
