//! One change to a pair whose answers consent: to one line of one answer, or to the request.

use cors_browser::{CredentialsMode, Mode, RedirectMode};

use super::super::answers::Answer;
use super::super::pair::{By, Pair, Payload};
use super::super::random::Random;
use super::change::{ALLOW_CREDENTIALS, ALLOW_HEADERS, ALLOW_METHODS, ALLOW_ORIGIN, Asked, EXPOSE_HEADERS, MAX_AGE};
use super::values;
use super::{consent, request};

type Change = fn(&mut Random, &mut Pair);

/// By turns; what has more to it comes more than once.
const CHANGES: [Change; 24] = [
    origin,
    origin,
    credentials,
    methods,
    headers,
    refused,
    origin,
    preflight_status,
    location,
    methods,
    headers,
    refused,
    exposed,
    max_age,
    redirect_mode,
    credentials,
    resource_policy,
    modes,
    origin,
    remembered,
    endless,
    authorization,
    refused,
    location,
];

pub(super) fn cross(random: &mut Random, pair: &mut Pair, turn: usize) {
    CHANGES[turn % CHANGES.len()](random, pair);
}

/// Either answer of a hop.
fn either<'p>(random: &mut Random, pair: &'p mut Pair) -> &'p mut Answer {
    let hop = random.below(pair.hops.len());
    if random.percent(50) { &mut pair.hops[hop].preflight } else { &mut pair.hops[hop].actual }
}

/// Makes a preflight due.
fn unsafe_request(random: &mut Random, pair: &mut Pair) {
    for ask in &mut pair.asks {
        if ask.mode == Mode::Cors && random.percent(70) {
            ask.method = random.one(&["PUT", "DELETE", "PATCH", "QUERY"]).to_owned();
        }
        if random.percent(40) {
            ask.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("x-a"));
            ask.headers.push(("X-A".to_owned(), "1".to_owned()));
        }
    }
    pair.hops = consent::hops(random, pair);
}

fn origin(random: &mut Random, pair: &mut Pair) {
    let asked = Asked::of(pair);
    asked.set(either(random, pair), ALLOW_ORIGIN, random.one(&values::ORIGINS));
}

fn credentials(random: &mut Random, pair: &mut Pair) {
    for ask in &mut pair.asks {
        ask.credentials = CredentialsMode::Include;
    }
    pair.hops = consent::hops(random, pair);
    let asked = Asked::of(pair);
    asked.set(either(random, pair), ALLOW_CREDENTIALS, random.one(&values::CREDENTIALS));
}

fn methods(random: &mut Random, pair: &mut Pair) {
    unsafe_request(random, pair);
    let asked = Asked::of(pair);
    let hop = random.below(pair.hops.len());
    asked.set(&mut pair.hops[hop].preflight, ALLOW_METHODS, random.one(&values::ALLOWED_METHODS));
}

fn headers(random: &mut Random, pair: &mut Pair) {
    unsafe_request(random, pair);
    let asked = Asked::of(pair);
    let hop = random.below(pair.hops.len());
    asked.set(&mut pair.hops[hop].preflight, ALLOW_HEADERS, random.one(&values::ALLOWED_HEADERS));
}

fn authorization(random: &mut Random, pair: &mut Pair) {
    for ask in &mut pair.asks {
        ask.mode = Mode::Cors;
        ask.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
        ask.headers.push(("Authorization".to_owned(), "Basic dTpw".to_owned()));
    }
    pair.hops = consent::hops(random, pair);
    let asked = Asked::of(pair);
    asked.set(&mut pair.hops[0].preflight, ALLOW_HEADERS, random.one(&values::ALLOWED_HEADERS));
}

fn preflight_status(random: &mut Random, pair: &mut Pair) {
    unsafe_request(random, pair);
    let hop = random.below(pair.hops.len());
    let preflight = &mut pair.hops[hop].preflight;
    preflight.status = random.one(&values::PREFLIGHT_STATUSES);
    if matches!(preflight.status, 301..=308) {
        preflight.set("Location", &["{url0}?elsewhere"]);
    }
}

fn exposed(random: &mut Random, pair: &mut Pair) {
    let asked = Asked::of(pair);
    for hop in &mut pair.hops {
        for (name, value) in [("X-Out", "1"), ("ETag", "\"1\""), ("Set-Cookie", "visitor=7; Path=/"), ("Expires", "0")]
        {
            hop.actual.set(name, &[value]);
        }
        asked.set(&mut hop.actual, EXPOSE_HEADERS, random.one(&values::EXPOSED));
    }
}

/// Asks twice, so that it shows what is remembered.
fn max_age(random: &mut Random, pair: &mut Pair) {
    unsafe_request(random, pair);
    pair.asks.truncate(1);
    pair.asks.push(pair.asks[0].clone());
    let asked = Asked::of(pair);
    for hop in &mut pair.hops {
        asked.set(&mut hop.preflight, MAX_AGE, random.one(&values::MAX_AGES));
    }
}

/// Asks twice, not quite the same.
fn remembered(random: &mut Random, pair: &mut Pair) {
    unsafe_request(random, pair);
    pair.asks.truncate(1);
    let again = request::again(random, &pair.asks[0]);
    pair.asks.push(again);
    if random.percent(30) {
        pair.asks[0].credentials = CredentialsMode::Include;
        pair.asks[1].credentials = CredentialsMode::SameOrigin;
    }
    pair.hops = consent::hops(random, pair);
    if random.percent(30) {
        origin(random, pair);
    }
}

fn location(random: &mut Random, pair: &mut Pair) {
    while pair.hops.len() < 2 {
        pair.hops.extend(consent::hops(random, pair));
    }
    let first = &mut pair.hops[0].actual;
    first.status = random.one(&[301, 302, 303, 304, 305, 307, 308]);
    if first.status == 304 {
        first.status = 300;
    }
    let location = random.one(&values::LOCATIONS);
    first.set("Location", location);
    // Chromium follows user info for an `XMLHttpRequest` only, which the model does not know.
    if location.iter().any(|value| value.contains('@')) {
        pair.asks.iter_mut().for_each(|ask| ask.by = By::Fetch);
    }
}

fn redirect_mode(random: &mut Random, pair: &mut Pair) {
    location(random, pair);
    for ask in &mut pair.asks {
        ask.by = By::Fetch;
        ask.redirect = random.one(&[RedirectMode::Error, RedirectMode::Manual]);
    }
    pair.hops[0].actual.set("Location", &["{url1}"]);
}

/// Back to where it came from.
fn endless(random: &mut Random, pair: &mut Pair) {
    pair.asks.truncate(1);
    pair.asks[0].redirect = RedirectMode::Follow;
    let last = pair.hops.len() - 1;
    pair.hops[last].actual.status = random.one(&[302, 307]);
    pair.hops[last].actual.set("Location", &["{url0}"]);
}

fn modes(random: &mut Random, pair: &mut Pair) {
    for ask in &mut pair.asks {
        ask.by = By::Fetch;
        ask.mode = random.one(&[Mode::NoCors, Mode::NoCors, Mode::SameOrigin]);
        ask.redirect = random.one(&[RedirectMode::Follow, RedirectMode::Error, RedirectMode::Manual]);
    }
}

fn resource_policy(random: &mut Random, pair: &mut Pair) {
    for ask in &mut pair.asks {
        ask.by = By::Fetch;
        ask.mode = Mode::NoCors;
        ask.redirect = RedirectMode::Follow;
        ask.method = random.one(&["GET", "POST"]).to_owned();
        if ask.method == "GET" || ask.body == Payload::Stream {
            ask.body = Payload::None;
        }
    }
    let hop = random.below(pair.hops.len());
    pair.hops[hop].actual.set("Cross-Origin-Resource-Policy", random.one(&values::RESOURCE_POLICIES));
}

/// What an engine refuses before it asks a server.
fn refused(random: &mut Random, pair: &mut Pair) {
    let ask = &mut pair.asks[0];
    ask.by = By::Fetch;
    match random.below(8) {
        0 | 1 => random.one(&values::REFUSED_METHODS).clone_into(&mut ask.method),
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
        _ => random.one(&values::ADDRESSES).clone_into(&mut ask.url),
    }
}
