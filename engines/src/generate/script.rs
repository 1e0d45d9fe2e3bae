//! What scripts ask for, one request after the other.

use std::time::Duration;

use cors_browser::{CredentialsMode, Mode};

use super::super::document::{Document, Frame};
use super::super::random::Random;
use super::super::site::Site;
use super::super::visit::{Ask, By, Kind, Visit};
use super::request;

/// How many addresses are asked, where there are several; each may redirect.
pub(super) const ADDRESSES: usize = 2;

/// One to six requests: the first is anything, and most of the others are like one before.
pub(super) fn asks(random: &mut Random, kind: Kind) -> Vec<Ask> {
    let count = match kind {
        Kind::Plain => random.one(&[1, 1, 1, 1, 1, 2, 2, 3, 4]),
        Kind::Waits => random.one(&[2, 3, 3, 4, 5, 6]),
    };
    let document = document(random);
    let mut asks = vec![request::ask(random, document)];
    let others = random.percent(25);
    let places = random.percent(30);
    while asks.len() < count {
        let before = random.below(asks.len());
        let mut ask = match random.percent(80) {
            true => request::again(random, &asks[before]),
            false => request::ask(random, document),
        };
        if others && random.percent(50) {
            ask.document = random.one(&Document::ALL);
        }
        if places {
            ask.url = format!("{{url{}}}", random.below(ADDRESSES));
        }
        asks.push(ask);
    }
    for ask in &mut asks {
        // Other addresses for what is remembered, and the same for a server.
        if random.percent(if count > 1 { 15 } else { 5 }) {
            ask.url.push_str(random.one(&["#a", "#b", "?a", "?b", "?a#b", "?"]));
        }
    }
    asks
}

fn document(random: &mut Random) -> Document {
    match random.below(10) {
        0..4 => Document::ALL[0],
        4..6 => Document::ALL[1],
        _ => random.one(&Document::ALL),
    }
}

/// Takes out what `README.md` says that visits leave out.
pub(super) fn leave_out(visit: &mut Visit) {
    for ask in &mut visit.asks {
        if ask.by != By::Fetch {
            request::fit_xhr(ask);
        }
        // With cookies Chromium and Firefox send `Origin` there, which is about storage access and not about CORS.
        let elsewhere = ask.document.frame == Frame::Sandboxed || ask.document.is_third_party();
        if elsewhere && ask.mode == Mode::NoCors && ask.credentials == CredentialsMode::Include {
            ask.credentials = CredentialsMode::SameOrigin;
        }
    }
    // What is a site: Chromium knows where a sandboxed frame came from, and blocks between two ports of an address; to WebKit
    // `localhost` and what is below are one.
    let is_sandboxed = visit.asks.iter().any(|ask| ask.document.frame == Frame::Sandboxed);
    for resource in &mut visit.resources {
        if is_sandboxed || !matches!(resource.site, Site::PageByName | Site::ApiByName) {
            let lines = resource.actual.iter_mut().flat_map(|answer| &mut answer.lines);
            lines.filter(|(_, value)| value == "same-site").for_each(|(_, value)| "same-origin".clone_into(value));
        }
    }
    visit.asks[0].wait = Duration::ZERO;
}
