//! The answer of a policy to a request.

use super::{Answer, Policy, Request, Rule, names, origins};

/// SRV-14, SRV-15
const LONGEST_ECHO: usize = 4_096;

pub(crate) fn answer(policy: &Policy, request: &Request) -> Answer {
    let mut answer = Answer::default();
    // SRV-30, SRV-26
    if !(policy.is_for_all() || (policy.for_nobody && !policy.reject)) {
        answer.vary.insert("origin".to_owned());
    }
    let origin = request.lines("origin");
    let rule = policy.rules.iter().find(|rule| !policy.for_nobody && grants(rule, &origin));
    let asked_methods = request.lines("access-control-request-method");
    if is_preflight(request) {
        match (rule, asked_methods.as_slice()) {
            (Some(rule), [method]) if names::is_token(method) && !names::is_forbidden_method(method) => {
                answer.status = Some(204);
                preflight(rule, request, method, &mut answer);
            }
            // SRV-10
            _ => answer.status = Some(403),
        }
        return answer;
    }
    match rule {
        // SRV-20, SRV-21
        Some(rule) if !origin.is_empty() || policy.is_for_all() => {
            allow_origin(rule, &origin, &mut answer);
            listed(&rule.expose_headers, "access-control-expose-headers", &mut answer);
        }
        // SRV-22
        _ if policy.reject && !origin.is_empty() && !is_same_origin(request) => answer.status = Some(403),
        _ => {}
    }
    answer
}

/// SRV-1, SRV-2
pub(super) fn is_preflight(request: &Request) -> bool {
    let has = |name: &str| !request.lines(name).is_empty();
    request.method == b"OPTIONS" && has("origin") && has("access-control-request-method")
}

/// SRV-3, SRV-7
pub(super) fn grants(rule: &Rule, origin: &[&[u8]]) -> bool {
    let [origin] = origin else { return rule.is_for_all() };
    rule.is_for_all()
        || rule.origins.iter().any(|item| origins::matches(item, origin))
        || rule.source.as_ref().is_some_and(|known| knows(rule, known, origin))
}

/// Whether a source knows the origin. It is asked for origins only, and not for origins that must not have credentials.
fn knows(rule: &Rule, known: &[String], origin: &[u8]) -> bool {
    let may_be_insecure = !rule.credentials || rule.dangers.iter().any(|danger| danger == "insecure_origins");
    std::str::from_utf8(origin).is_ok_and(|origin| {
        origins::is_exact(origin)
            && (may_be_insecure || !origins::is_insecure(origin))
            && known.iter().any(|other| other == origin)
    })
}

/// SRV-12, SRV-13
fn allow_origin(rule: &Rule, origin: &[&[u8]], answer: &mut Answer) {
    let value: &[u8] = if rule.is_for_all() { b"*" } else { origin[0] };
    answer.headers.insert("access-control-allow-origin".to_owned(), value.to_vec());
    if rule.credentials {
        answer.headers.insert("access-control-allow-credentials".to_owned(), b"true".to_vec());
    }
}

fn listed(names: &[String], header: &str, answer: &mut Answer) {
    if !names.is_empty() {
        answer.headers.insert(header.to_owned(), names.join(", ").into_bytes());
    }
}

/// SRV-11 to SRV-17, SRV-31
fn preflight(rule: &Rule, request: &Request, method: &[u8], answer: &mut Answer) {
    allow_origin(rule, &request.lines("origin"), answer);
    if rule.credentials && rule.methods == ["*"] {
        answer.vary.insert("access-control-request-method".to_owned());
        if method.len() <= LONGEST_ECHO {
            answer.headers.insert("access-control-allow-methods".to_owned(), method.to_vec());
        }
    } else if rule.methods.iter().any(|name| !names::is_safelisted_method(name)) {
        listed(&rule.methods, "access-control-allow-methods", answer);
    }
    if rule.credentials && rule.allow_headers.iter().any(|name| name == "*") {
        answer.vary.insert("access-control-request-headers".to_owned());
        let echo = echo(&request.lines("access-control-request-headers"));
        answer.headers.extend(echo.map(|echo| ("access-control-allow-headers".to_owned(), echo)));
    } else {
        listed(&rule.allow_headers, "access-control-allow-headers", answer);
    }
    let max_age = rule.max_age.map(|seconds| seconds.to_string().into_bytes());
    answer.headers.extend(max_age.map(|seconds| ("access-control-max-age".to_owned(), seconds)));
}

/// SRV-15
fn echo(lines: &[&[u8]]) -> Option<Vec<u8>> {
    let names_in = |line: &[u8]| -> Vec<Vec<u8>> {
        let elements = line.split(|byte| *byte == b',').map(trimmed);
        elements.filter(|element| !element.is_empty()).collect()
    };
    let with_names: Vec<&[u8]> = lines.iter().copied().filter(|line| !names_in(line).is_empty()).collect();
    let joined = with_names.join(&b", "[..]);
    let is_right = names_in(&joined).iter().all(|name| names::is_token(name));
    (!joined.is_empty() && is_right && joined.len() <= LONGEST_ECHO).then_some(joined)
}

/// Removes the optional white space of HTTP.
pub(super) fn trimmed(mut text: &[u8]) -> Vec<u8> {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text.to_vec()
}

/// SRV-22
pub(super) fn is_same_origin(request: &Request) -> bool {
    let site = request.lines("sec-fetch-site");
    if !site.is_empty() {
        return site == [b"same-origin"];
    }
    let [origin] = request.lines("origin")[..] else { return false };
    let Ok(origin) = std::str::from_utf8(origin) else { return false };
    if let Some(own) = &request.public_origin {
        return own == origin;
    }
    let host = request.lines("host");
    let here = match (&request.authority, host.as_slice()) {
        (Some(authority), []) => authority.as_bytes(),
        (Some(authority), [host]) if authority.as_bytes() == *host => host,
        (None, [host]) => host,
        _ => return false,
    };
    let Some((scheme, there)) = origin.split_once("://") else { return false };
    if !origins::has_form(origin) {
        return false;
    }
    let whole = |text: &str| {
        let (host, port) = origins::host_and_port(text)?;
        Some((host.to_ascii_lowercase(), port.or(origins::default_port(scheme))?.to_owned()))
    };
    let here = std::str::from_utf8(here).ok().and_then(whole);
    here.is_some() && here == whole(there)
}
