//! The effect of a response on a browser, to compare responses of different forms.

use std::collections::BTreeSet;

use cors_browser::{CredentialsMode, HeaderLine, cors_check};

use crate::answer::Answer;
use crate::support::{Request, bytes};

/// Returns, with and without credentials, whether a preflight is allowed, or what a script may read.
pub(crate) fn effect(request: &Request, answer: &Answer) -> String {
    let effect = |mode: CredentialsMode| {
        let lines: Vec<HeaderLine> =
            answer.headers.iter().map(|(name, value)| HeaderLine::new(name, value.clone())).collect();
        // A cache may give the response without `Origin` to any page.
        let origin = values(request, "origin").first().map_or("https://cached.example", |origin| origin);
        if cors_check(origin, mode, &lines).is_err() {
            return "blocked".to_owned();
        }
        match values(request, "access-control-request-method").first() {
            Some(method) if request.method == "OPTIONS" => {
                let names = values(request, "access-control-request-headers");
                if allows(answer, mode, method, &names) { "allowed" } else { "blocked" }.to_owned()
            }
            _ => format!("readable {:?}", list(answer, "access-control-expose-headers")),
        }
    };
    format!("omit: {}; include: {}", effect(CredentialsMode::Omit), effect(CredentialsMode::Include))
}

fn values<'r>(request: &'r Request, wanted: &str) -> Vec<&'r str> {
    let lines = request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
    lines.map(|(_, value)| value.as_str()).collect()
}

/// The elements of a header's list, in lower case.
fn list(answer: &Answer, name: &str) -> BTreeSet<String> {
    let value = answer.headers.get(name).map(|value| String::from_utf8_lossy(value).to_ascii_lowercase());
    elements(&value.unwrap_or_default()).map(str::to_owned).collect()
}

fn elements(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|element| !element.is_empty())
}

/// Whether a response allows what a preflight requests (<https://fetch.spec.whatwg.org/#cors-preflight-fetch>).
fn allows(answer: &Answer, mode: CredentialsMode, method: &str, names: &[&str]) -> bool {
    let is_ok = answer.status.is_none_or(|status| (200..300).contains(&status));
    let wildcard = mode != CredentialsMode::Include;
    let methods = answer.headers.get("access-control-allow-methods").cloned().unwrap_or_default();
    let is_method = |listed: &[u8]| listed.trim_ascii() == bytes(method) || wildcard && listed.trim_ascii() == b"*";
    let safelisted = ["GET", "HEAD", "POST"].contains(&method);
    let allowed = list(answer, "access-control-allow-headers");
    let is_allowed = |name: &str| {
        let name = name.to_ascii_lowercase();
        allowed.contains(&name) || wildcard && name != "authorization" && allowed.contains("*")
    };
    is_ok
        && (safelisted || methods.split(|byte| *byte == b',').any(is_method))
        && names.iter().flat_map(|line| elements(line)).all(is_allowed)
}
