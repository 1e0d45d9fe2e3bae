//! Changes to answers.

use cors_browser::{CredentialsMode, Mode, RedirectMode};

use super::super::super::random::Random;
use super::super::super::visit::{By, Payload, Visit};
use super::super::change::{
    ALLOW_CREDENTIALS, ALLOW_HEADERS, ALLOW_METHODS, ALLOW_ORIGIN, Asked, EXPOSE_HEADERS, MAX_AGE,
};
use super::super::{consent, values};
use super::requests::unsafe_request;
use super::{actual, either, preflight};

pub(super) fn origin(random: &mut Random, visit: &mut Visit) {
    let asked = Asked::of(visit);
    asked.set(either(random, visit), ALLOW_ORIGIN, random.one(&values::ORIGINS));
}

pub(super) fn credentials(random: &mut Random, visit: &mut Visit) {
    for ask in &mut visit.asks {
        ask.credentials = CredentialsMode::Include;
    }
    consent::answer(random, visit);
    let asked = Asked::of(visit);
    asked.set(either(random, visit), ALLOW_CREDENTIALS, random.one(&values::CREDENTIALS));
}

pub(super) fn methods(random: &mut Random, visit: &mut Visit) {
    unsafe_request(random, visit);
    let asked = Asked::of(visit);
    asked.set(preflight(random, visit), ALLOW_METHODS, random.one(&values::ALLOWED_METHODS));
}

pub(super) fn headers(random: &mut Random, visit: &mut Visit) {
    unsafe_request(random, visit);
    headers_of(random, visit);
}

pub(super) fn headers_of(random: &mut Random, visit: &mut Visit) {
    let asked = Asked::of(visit);
    asked.set(preflight(random, visit), ALLOW_HEADERS, random.one(&values::ALLOWED_HEADERS));
}

/// `*`, which means itself where there are credentials; also for what is remembered.
pub(super) fn wildcard(random: &mut Random, visit: &mut Visit) {
    unsafe_request(random, visit);
    for ask in &mut visit.asks {
        ask.credentials = random.one(&[CredentialsMode::Include, CredentialsMode::Include, CredentialsMode::Omit]);
    }
    consent::answer(random, visit);
    let answer = preflight(random, visit);
    let name = random.one(&[ALLOW_METHODS, ALLOW_HEADERS]);
    let kept: Vec<String> =
        answer.lines.iter().filter(|(line, _)| line == name).map(|(_, value)| value.clone()).collect();
    let with_others = format!("*, {}", kept.join(", "));
    answer.set(name, &[if random.percent(50) { "*" } else { &with_others }]);
}

pub(super) fn preflight_status(random: &mut Random, visit: &mut Visit) {
    unsafe_request(random, visit);
    let answer = preflight(random, visit);
    answer.status = random.one(&values::PREFLIGHT_STATUSES);
    if matches!(answer.status, 301..=308) {
        answer.set("Location", &["{url0}?elsewhere"]);
    }
}

pub(super) fn exposed(random: &mut Random, visit: &mut Visit) {
    const LINES: [(&str, &str); 7] = [
        ("X-Out", "1"),
        ("ETag", "\"1\""),
        ("Set-Cookie", "visitor=7; Path=/"),
        ("Set-Cookie2", "visitor=7"),
        ("Expires", "0"),
        ("Last-Modified", "Sat, 28 Nov 2026 12:00:00 GMT"),
        ("Content-Language", "de"),
    ];
    let asked = Asked::of(visit);
    for answer in visit.resources.iter_mut().flat_map(|resource| &mut resource.actual) {
        for (name, value) in LINES {
            answer.set(name, &[value]);
        }
        asked.set(answer, EXPOSE_HEADERS, random.one(&values::EXPOSED));
    }
}

/// Asks twice, so that it shows what is remembered.
pub(super) fn max_age(random: &mut Random, visit: &mut Visit) {
    unsafe_request(random, visit);
    visit.asks.truncate(1);
    visit.asks.push(visit.asks[0].clone());
    consent::answer(random, visit);
    let asked = Asked::of(visit);
    for answer in visit.resources.iter_mut().flat_map(|resource| &mut resource.preflight) {
        asked.set(answer, MAX_AGE, random.one(&values::MAX_AGES));
    }
}

/// What is remembered is asked for again together with something else, which brings another max-age.
pub(super) fn renewed(random: &mut Random, visit: &mut Visit) {
    visit.asks.truncate(1);
    let first = &mut visit.asks[0];
    (first.mode, first.by, first.redirect) = (Mode::Cors, By::Fetch, RedirectMode::Follow);
    first.method = "PUT".to_owned();
    let mut second = first.clone();
    if random.percent(50) {
        second.method = "DELETE".to_owned();
    } else {
        second.headers.push(("X-Renewed".to_owned(), "1".to_owned()));
    }
    let third = first.clone();
    visit.asks.extend([second, third]);
    consent::answer(random, visit);
    let (methods, names) = (consent::methods(visit).join(", "), consent::names(visit).join(", "));
    for resource in &mut visit.resources {
        let mut first = resource.preflight[0].clone();
        first.set(ALLOW_METHODS, &["{request-method}"]);
        first.set(ALLOW_HEADERS, &["{request-headers}"]);
        let mut second = resource.preflight[0].clone();
        second.set(ALLOW_METHODS, &[&methods]);
        second.set(ALLOW_HEADERS, &[&names]);
        first.set(MAX_AGE, &[random.one(&["3", "600"])]);
        second.set(MAX_AGE, &[random.one(&["0", "3", "600"])]);
        resource.preflight = vec![first, second];
    }
}

/// Something fails between two requests of which the second may be spared its preflight.
pub(super) fn forgotten(random: &mut Random, visit: &mut Visit) {
    visit.asks.truncate(1);
    let first = &mut visit.asks[0];
    (first.mode, first.by) = (Mode::Cors, By::Fetch);
    first.method = "PUT".to_owned();
    let mut between = first.clone();
    between.method = random.one(&["GET", "GET", "POST", "DELETE"]).to_owned();
    between.body = Payload::None;
    if random.percent(70) {
        between.headers.clear();
    }
    let last = first.clone();
    visit.asks.extend([between, last]);
    consent::answer(random, visit);
    let resource = &mut visit.resources[0];
    let consenting = resource.actual[0].clone();
    let mut refusing = consenting.clone();
    let asked_of = random.one(&values::ORIGINS);
    refusing.set(ALLOW_ORIGIN, asked_of);
    resource.actual = vec![consenting.clone(), refusing, consenting];
    for answer in &mut resource.preflight {
        answer.set(MAX_AGE, &["600"]);
    }
}

/// Lets the first address redirect.
pub(super) fn redirected(random: &mut Random, visit: &mut Visit) {
    if visit.resources.len() < 2 {
        let first = visit.resources[0].clone();
        consent::answer(random, visit);
        visit.resources.insert(0, first);
    }
    for answer in &mut visit.resources[0].actual {
        answer.status = random.one(&values::redirect_statuses());
        answer.set("Location", &["{url1}"]);
    }
}

pub(super) fn location(random: &mut Random, visit: &mut Visit) {
    redirected(random, visit);
    let location = random.one(&values::LOCATIONS);
    for answer in &mut visit.resources[0].actual {
        if random.percent(20) {
            answer.status = random.one(&[201, 300, 305, 306]);
        }
        answer.set("Location", location);
    }
    // Chromium follows user info for an `XMLHttpRequest` only, which the model does not know.
    if location.iter().any(|value| value.contains('@')) {
        visit.asks.iter_mut().for_each(|ask| ask.by = By::Fetch);
    }
}

/// Back to where it came from.
pub(super) fn endless(random: &mut Random, visit: &mut Visit) {
    visit.asks.truncate(1);
    visit.asks[0].redirect = RedirectMode::Follow;
    let last = visit.resources.len() - 1;
    for answer in &mut visit.resources[last].actual {
        answer.status = random.one(&[302, 307]);
        answer.set("Location", &["{url0}"]);
    }
}

/// A redirect says what later servers may learn about the page.
pub(super) fn referrer_policy(random: &mut Random, visit: &mut Visit) {
    for ask in &mut visit.asks {
        (ask.by, ask.mode, ask.redirect) = (By::Fetch, Mode::NoCors, RedirectMode::Follow);
        ask.method = "POST".to_owned();
        ask.body = random.one(&[Payload::None, Payload::Text]);
        if ask.credentials == CredentialsMode::Include {
            ask.credentials = CredentialsMode::SameOrigin;
        }
    }
    consent::answer(random, visit);
    redirected(random, visit);
    if random.percent(70) {
        visit.resources[0].site = visit.asks[0].document.site();
    }
    let policy = random.one(&values::REFERRER_POLICIES);
    for answer in &mut visit.resources[0].actual {
        answer.status = random.one(&[307, 308, 302]);
        answer.set("Referrer-Policy", &[policy]);
    }
}

pub(super) fn resource_policy(random: &mut Random, visit: &mut Visit) {
    for ask in &mut visit.asks {
        (ask.by, ask.mode, ask.redirect) = (By::Fetch, Mode::NoCors, RedirectMode::Follow);
        ask.method = random.one(&["GET", "POST"]).to_owned();
        if ask.method == "GET" || ask.body == Payload::Stream {
            ask.body = Payload::None;
        }
    }
    actual(random, visit).set("Cross-Origin-Resource-Policy", random.one(&values::RESOURCE_POLICIES));
}
