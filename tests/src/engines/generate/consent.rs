//! Answers that consent to a request, in many ways.

use cors_browser::{CredentialsMode, is_forbidden_request_header, normalise_method};

use super::super::answers::{Answer, Hop};
use super::super::pair::{Ask, PageKind, Pair};
use super::super::random::Random;
use super::super::site::Site;
use super::values::STATUSES;

/// The hops of a pair: most have one, the others redirect.
pub(super) fn hops(random: &mut Random, pair: &Pair) -> Vec<Hop> {
    let count = random.one(&[1, 1, 1, 1, 1, 1, 1, 2, 2, 3]);
    let mut hops = Vec::new();
    for hop in 0..count {
        let site = site(random, pair.page);
        let mut actual = actual(random, pair);
        if hop + 1 < count {
            actual.status = random.one(&[301, 302, 303, 307, 308]);
            actual = actual.line("Location", format!("{{url{}}}", hop + 1));
        }
        hops.push(Hop { site, preflight: preflight(random, pair), actual });
    }
    hops
}

fn site(random: &mut Random, page: PageKind) -> Site {
    if random.percent(12) {
        return page.site();
    }
    random.one(&[Site::ApiByName, Site::ApiByName, Site::ApiByNumber, Site::ApiByNumber, Site::ApiBelow])
}

pub(super) fn includes(pair: &Pair) -> bool {
    pair.asks.iter().any(|ask| ask.credentials == CredentialsMode::Include)
}

/// Methods and names that the asks of a pair need, as they are on the wire.
pub(super) fn methods(pair: &Pair) -> String {
    let mut methods: Vec<String> = pair.asks.iter().map(|ask| normalise_method(&ask.method).into_owned()).collect();
    methods.dedup();
    methods.join(", ")
}

pub(super) fn names(pair: &Pair) -> Vec<String> {
    let mut names: Vec<String> = pair.asks.iter().flat_map(names_of).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn names_of(ask: &Ask) -> Vec<String> {
    let allowed = ask.headers.iter().filter(|(name, value)| !is_forbidden_request_header(name, value.as_bytes()));
    // A body brings its own.
    allowed.map(|(name, _)| name.to_ascii_lowercase()).chain(["content-type".to_owned()]).collect()
}

fn origin(random: &mut Random, pair: &Pair) -> &'static str {
    if includes(pair) || random.percent(60) { "{origin}" } else { "*" }
}

fn checked(random: &mut Random, pair: &Pair, statuses: &[u16]) -> Answer {
    let answer = Answer::new(random.one(statuses));
    let name =
        random.one(&["Access-Control-Allow-Origin", "access-control-allow-origin", "ACCESS-CONTROL-ALLOW-ORIGIN"]);
    let answer = answer.line(name, origin(random, pair));
    if includes(pair) || random.percent(20) { answer.line("Access-Control-Allow-Credentials", "true") } else { answer }
}

fn preflight(random: &mut Random, pair: &Pair) -> Answer {
    let wildcard = !includes(pair);
    let mut answer = checked(random, pair, &[200, 204]);
    let methods = if wildcard && random.percent(30) { "*".to_owned() } else { methods(pair) };
    answer = answer.line("Access-Control-Allow-Methods", methods);
    let names = names(pair);
    let names = match random.below(4) {
        0 if wildcard => "*, Authorization".to_owned(),
        1 => names.join(",").to_uppercase(),
        _ => names.join(", "),
    };
    answer = answer.line("Access-Control-Allow-Headers", names);
    match random.below(5) {
        0 => answer.line("Access-Control-Max-Age", "0"),
        1 => answer.line("Access-Control-Max-Age", "600"),
        _ => answer,
    }
}

fn actual(random: &mut Random, pair: &Pair) -> Answer {
    let mut answer = checked(random, pair, &STATUSES);
    for (name, value) in
        [("X-Out", "1"), ("ETag", "\"1\""), ("Content-Language", "de"), ("Pragma", "x"), ("Vary", "Origin")]
    {
        if random.percent(30) {
            answer = answer.line(name, value);
        }
    }
    match random.below(4) {
        0 => answer.line("Access-Control-Expose-Headers", "X-Out, ETag"),
        1 => answer.line("Access-Control-Expose-Headers", "*"),
        _ => answer,
    }
}
