//! What blocks nothing but brings people here all the same: headers that the script cannot read, cookies that a browser drops, answers
//! of a cache, and remembered preflights.

use std::time::Duration;

use cors_browser::{At, Page, Readable, Response, Verdict, canonical_name};

use super::words::browser;
use crate::investigation::Investigation;
use crate::script::Script;

/// Headers for browsers and proxies. Scripts do not need them.
const DULL: [&str; 27] = [
    "accept-ranges",
    "alt-svc",
    "connection",
    "content-encoding",
    "content-security-policy",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "date",
    "expect-ct",
    "keep-alive",
    "nel",
    "origin-agent-cluster",
    "permissions-policy",
    "referrer-policy",
    "report-to",
    "reporting-endpoints",
    "server",
    "server-timing",
    "strict-transport-security",
    "transfer-encoding",
    "vary",
    "via",
    "x-content-type-options",
    "x-frame-options",
    "x-powered-by",
    "x-xss-protection",
];

/// The names of the answer's headers that the script cannot read, in lower case.
pub(super) fn withheld(readable: &Readable, response: &Response) -> Vec<String> {
    let is_withheld = |name: &String| {
        let never = ["set-cookie", "set-cookie2"].contains(&name.as_str());
        !never
            && !DULL.contains(&name.as_str())
            && !name.starts_with("access-control-")
            && !readable.headers.contains(name)
    };
    let mut names: Vec<String> = response.headers.iter().map(|line| line.name.to_ascii_lowercase()).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().filter(is_withheld).collect()
}

/// The header line that exposes them.
pub(super) fn of_withheld(withheld: &[String], script: &Script, response: &Response) -> Option<String> {
    let exposed = response.values("access-control-expose-headers").map(String::from_utf8_lossy);
    let exposed: Vec<String> = exposed.filter(|value| !value.is_empty()).map(|value| value.into_owned()).collect();
    let is_wildcard = exposed.iter().any(|value| value.split(',').any(|name| name.trim() == "*"));
    let before = exposed.iter().filter(|_| !is_wildcard).cloned();
    let names: Vec<String> = withheld.iter().map(|name| canonical_name(name)).collect();
    let why = match is_wildcard && script.credentials {
        true => "; for a request with credentials * is a name like any other",
        false => "",
    };
    (!names.is_empty()).then(|| {
        let line: Vec<String> = before.chain(names.iter().cloned()).collect();
        format!(
            "the script cannot read {}{why}; to let it, send\n    Access-Control-Expose-Headers: {}",
            names.join(", "),
            line.join(", ")
        )
    })
}

pub(super) fn notes(script: &Script, investigation: &Investigation) -> Vec<String> {
    let exchanges = &investigation.transcript.exchanges;
    let cookies = exchanges.iter().filter(|exchange| !exchange.request.preflight).filter_map(|exchange| {
        of_cookies(&script.page, &exchange.request.url, exchange.request.credentials, &exchange.response)
    });
    let mut notes: Vec<String> = cookies.collect();
    notes.extend(exchanges.last().and_then(|exchange| of_cache(&exchange.response)));
    notes.extend(of_memory(investigation));
    notes
}

/// Names only: the values of cookies are secrets.
fn of_cookies(page: &Page, url: &str, credentials: bool, response: &Response) -> Option<String> {
    let lines = response.values("set-cookie").map(|line| String::from_utf8_lossy(line).into_owned());
    let is_for_other_sites = |line: &String| {
        let has = |wanted: &str| line.split(';').skip(1).any(|part| part.trim().eq_ignore_ascii_case(wanted));
        has("samesite=none") && has("secure")
    };
    let is_kept = |line: &String| credentials && (page.is_same_site(url) || is_for_other_sites(line));
    let name = |line: String| line.split(['=', ';']).next().unwrap_or_default().trim().to_owned();
    let dropped: Vec<String> = lines.filter(|line| !is_kept(line)).map(name).collect();
    if dropped.is_empty() {
        return None;
    }
    let (names, why) = (
        dropped.join(", "),
        match credentials {
            false => "the script asks without credentials; to keep it, the script needs credentials: \"include\"",
            true => {
                "a page of another site needs SameSite=None; Secure on it (and Safari and Firefox keep it from other sites even then)"
            }
        },
    );
    Some(format!("browsers drop the cookie {names}: {why}"))
}

/// Whether the answer shows that it comes from a cache.
fn of_cache(response: &Response) -> Option<String> {
    const MARKS: [&str; 6] =
        ["x-cache", "x-cache-status", "cf-cache-status", "cache-status", "x-proxy-cache", "x-varnish-cache"];
    let line = |name: &str| {
        let value = response.values(name).next().map(|value| String::from_utf8_lossy(value).into_owned())?;
        Some((canonical_name(name), value))
    };
    let hits =
        MARKS.iter().filter_map(|name| line(name)).filter(|(_, value)| value.to_ascii_lowercase().contains("hit"));
    let age = line("age").filter(|(_, value)| value.parse::<u64>().is_ok_and(|age| age > 0));
    let signs: Vec<String> = hits.chain(age).map(|(name, value)| format!("{name}: {value}")).collect();
    let advice = match response.varies_by("origin") || response.varies_by("*") {
        true => "it may be older than the last change of the server",
        false => {
            "it may be older than the last change of the server, or made for another page, for it has no Vary: Origin; empty the cache \
             after a change"
        }
    };
    (!signs.is_empty()).then(|| format!("the answer comes from a cache ({}): {advice}", signs.join(", ")))
}

/// Browsers do not remember a refusal.
fn of_memory(investigation: &Investigation) -> Option<String> {
    const NOTICEABLE: Duration = Duration::from_secs(60);
    let is_refused =
        matches!(&investigation.transcript.verdict, Verdict::Blocked(blocked) if blocked.at == At::Preflight);
    let long = investigation.remembered.iter().filter(|(_, time)| *time >= NOTICEABLE && !is_refused);
    let times: Vec<String> =
        long.map(|(engine, time)| format!("{} for {}", browser(*engine), in_words(*time))).collect();
    (!times.is_empty()).then(|| {
        format!(
            "browsers remember what the preflight allows, {}: new permissions work at once, and removed ones until then \
             (unless the cache is off in the network tab)",
            times.join(", ")
        )
    })
}

fn in_words(time: Duration) -> String {
    let seconds = time.as_secs();
    let (count, unit) = match seconds {
        3600.. if seconds.is_multiple_of(3600) => (seconds / 3600, "hour"),
        60.. if seconds.is_multiple_of(60) => (seconds / 60, "minute"),
        _ => (seconds, "second"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}
