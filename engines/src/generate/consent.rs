//! Answers that consent to what a visit asks for, in many ways.

use cors_browser::{CredentialsMode, is_forbidden_request_header, normalise_method};

use super::super::answers::{Answer, Resource};
use super::super::document::Document;
use super::super::random::Random;
use super::super::site::Site;
use super::super::visit::{Ask, Visit};
use super::change::{ALLOW_HEADERS, ALLOW_METHODS, MAX_AGE};
use super::script::ADDRESSES;
use super::values::STATUSES;

/// Makes the resources anew: as many as are asked first, then those that they redirect to.
pub(super) fn answer(random: &mut Random, visit: &mut Visit) {
    let places = visit.asks.iter().any(|ask| ask.url.contains("{url1}"));
    let first = if places { ADDRESSES } else { 1 };
    let mut resources: Vec<Resource> = (0..first).map(|_| resource(random, visit)).collect();
    for place in 0..first {
        let mut from = place;
        for _ in 1..random.one(&[1, 1, 1, 1, 1, 1, 1, 2, 2, 3]) {
            let to = resources.len();
            let status = random.one(&[301, 302, 303, 307, 308]);
            for actual in &mut resources[from].actual {
                actual.status = status;
                actual.set("Location", &[&format!("{{url{to}}}")]);
            }
            resources.push(resource(random, visit));
            from = to;
        }
    }
    visit.resources = resources;
}

fn resource(random: &mut Random, visit: &Visit) -> Resource {
    let site = site(random, visit.asks[0].document);
    // Servers with a memory answer each time by the next of these.
    let times = |random: &mut Random| if visit.asks.len() > 1 && random.percent(15) { 1 + random.below(3) } else { 1 };
    let preflights = times(random);
    let preflight = (0..preflights).map(|_| preflight(random, visit)).collect();
    let actuals = times(random);
    Resource { site, preflight, actual: (0..actuals).map(|_| actual(random, visit)).collect() }
}

fn site(random: &mut Random, document: Document) -> Site {
    if random.percent(12) {
        return document.site();
    }
    random.one(&[Site::ApiByName, Site::ApiByName, Site::ApiByNumber, Site::ApiByNumber, Site::ApiBelow])
}

pub(super) fn includes(visit: &Visit) -> bool {
    visit.asks.iter().any(|ask| ask.credentials == CredentialsMode::Include)
}

/// Methods and names that a visit needs, as they are on the wire.
pub(super) fn methods(visit: &Visit) -> Vec<String> {
    let mut methods: Vec<String> = Vec::new();
    for method in visit.asks.iter().map(|ask| normalise_method(&ask.method).into_owned()) {
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    methods
}

pub(super) fn names(visit: &Visit) -> Vec<String> {
    let mut names: Vec<String> = visit.asks.iter().flat_map(names_of).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn names_of(ask: &Ask) -> Vec<String> {
    let allowed = ask.headers.iter().filter(|(name, value)| !is_forbidden_request_header(name, value.as_bytes()));
    // A body brings its own.
    allowed.map(|(name, _)| name.to_ascii_lowercase()).chain(["content-type".to_owned()]).collect()
}

fn origin(random: &mut Random, visit: &Visit) -> &'static str {
    if includes(visit) || random.percent(60) { "{origin}" } else { "*" }
}

fn checked(random: &mut Random, visit: &Visit, statuses: &[u16]) -> Answer {
    let answer = Answer::new(random.one(statuses));
    let name =
        random.one(&["Access-Control-Allow-Origin", "access-control-allow-origin", "ACCESS-CONTROL-ALLOW-ORIGIN"]);
    let answer = answer.line(name, origin(random, visit));
    let allows = includes(visit) || random.percent(20);
    if allows { answer.line("Access-Control-Allow-Credentials", "true") } else { answer }
}

fn preflight(random: &mut Random, visit: &Visit) -> Answer {
    let wildcard = !includes(visit);
    let answer = checked(random, visit, &[200, 204]);
    let (methods, names) = (methods(visit), names(visit));
    let methods = match random.below(10) {
        0..3 if wildcard => "*".to_owned(),
        // All that is asked for now, and no more.
        3 | 4 => "{request-method}".to_owned(),
        5 => methods[random.below(methods.len())].clone(),
        _ => methods.join(", "),
    };
    let names = match random.below(10) {
        0..3 if wildcard => "*, Authorization".to_owned(),
        3 | 4 => "{request-headers}".to_owned(),
        5 | 6 => names.join(",").to_uppercase(),
        _ => names.join(", "),
    };
    let answer = answer.line(ALLOW_METHODS, methods).line(ALLOW_HEADERS, names);
    match random.below(10) {
        0 => answer.line(MAX_AGE, "0"),
        1..6 => answer.line(MAX_AGE, "600"),
        _ => answer,
    }
}

fn actual(random: &mut Random, visit: &Visit) -> Answer {
    const LINES: [(&str, &str); 6] = [
        ("X-Out", "1"),
        ("ETag", "\"1\""),
        ("Content-Language", "de"),
        ("Pragma", "x"),
        ("Vary", "Origin"),
        ("Last-Modified", "Sat, 28 Nov 2026 12:00:00 GMT"),
    ];
    let mut answer = checked(random, visit, &STATUSES);
    for (name, value) in LINES {
        if random.percent(30) {
            answer = answer.line(name, value);
        }
    }
    if random.percent(5) {
        answer = answer.line("Referrer-Policy", random.one(&super::values::REFERRER_POLICIES));
    }
    match random.below(4) {
        0 => answer.line("Access-Control-Expose-Headers", "X-Out, ETag"),
        1 => answer.line("Access-Control-Expose-Headers", "*"),
        _ => answer,
    }
}
