//! The library for the comparison. Only this file uses its names.

use std::collections::BTreeSet;

use cors_core::{
    Answered, Decision, Lines, Origin, OriginPattern, Policy, PolicyDraft, Request as Parts, Vary, decide,
};
use serde_json::Value;

use super::mistakes::Mistake;
use super::{Answer, Request};

/// The lines of the public suffix list for all hosts that are used.
pub(crate) const SUFFIXES: [&str; 28] = [
    "com",
    "net",
    "io",
    "uk",
    "jp",
    "app",
    "example",
    "github.io",
    "co.uk",
    "*.sch.uk",
    "*.kawasaki.jp",
    "!city.kawasaki.jp",
    "*.compute.amazonaws.com",
    "s3.amazonaws.com",
    "blob.core.windows.net",
    "*.hosting.ovh.net",
    "up.railway.app",
    "internal",
    "intranet",
    "co",
    "test",
    "org",
    "local",
    "dev",
    "de",
    "xn--p1ai",
    "ck",
    "bd",
];

/// A policy of the library, and what its source knows.
pub(crate) struct Real {
    pub(crate) policy: Policy,
    known: Vec<String>,
}

/// Returns the policy, or its mistakes.
pub(crate) fn check(written: &Value) -> Result<Real, BTreeSet<Mistake>> {
    let mut keys = written.clone();
    let source = keys.as_object_mut().expect("a policy is an object").remove("source");
    let mut draft: PolicyDraft = serde_json::from_value(keys).expect("no content is an error");
    if source.is_some() {
        draft = draft.ask_for_other_origins();
    }
    let policy = draft.validate().map_err(|issues| {
        let mistake = |issue: &cors_core::Issue| (issue.place().to_string(), class(issue.kind().code()));
        let found: Vec<Mistake> = issues.iter().map(mistake).collect();
        let distinct: BTreeSet<Mistake> = found.iter().cloned().collect();
        assert_eq!(found.len(), distinct.len(), "a mistake is reported once: {found:?}");
        distinct
    })?;
    let known = source.iter().flat_map(|list| list.as_array().into_iter().flatten());
    Ok(Real { policy, known: known.filter_map(|origin| origin.as_str().map(str::to_owned)).collect() })
}

/// Returns the class of a code. The library has several codes for some classes.
fn class(code: &'static str) -> &'static str {
    match code {
        "installation-origin" | "none-in-rule" => "unserialisable-origin",
        "covered" | "unreachable" | "after-wildcard" | "needless-authorization" => "repetition",
        "source-never-asked" => "never-acts",
        code => code,
    }
}

/// Whether the text is an origin or a pattern, and whether it matches the value of an `Origin` line.
pub(crate) fn matches(item: &str, origin: &[u8]) -> Option<bool> {
    OriginPattern::parse(item).ok().map(|item| item.matches(origin))
}

impl Real {
    pub(crate) fn answer(&self, request: &Request) -> Answer {
        let lines = |name: &str| Lines::of(request.lines(name).into_iter());
        let authority = request.authority.as_deref().map(str::as_bytes);
        let host = match (authority, lines("host")) {
            (Some(authority), Lines::None) => Lines::One(authority),
            (Some(authority), host) if host != Lines::One(authority) => Lines::Several,
            (_, host) => host,
        };
        let public_origin =
            request.public_origin.as_deref().map(|text| Origin::parse(text).expect("a public origin is an origin"));
        let names = request.lines("access-control-request-headers");
        let mut parts = Parts::new(&request.method)
            .origin(lines("origin"))
            .access_control_request_method(lines("access-control-request-method"))
            .access_control_request_headers(&names)
            .sec_fetch_site(lines("sec-fetch-site"))
            .host(host);
        if let Some(origin) = &public_origin {
            parts = parts.public_origin(origin);
        }
        let decision = match decide(&self.policy, &parts) {
            Decision::Ask(ask) => {
                let answered = match ask.question(&parts) {
                    Ok(question) if self.known.iter().any(|known| known == question.origin().as_str()) => {
                        Answered::Allowed
                    }
                    Ok(_) => Answered::Denied,
                    Err(denial) => Answered::NotAsked(denial),
                };
                ask.resume(answered, &parts)
            }
            decision => decision,
        };
        let reply = self.policy.reply(decision);
        let vary = reply.vary().map_or("", Vary::text);
        Answer {
            status: reply.status(),
            headers: reply.lines(&parts).map(|(name, value)| (name.to_owned(), value.into_owned())).collect(),
            vary: vary.split(", ").filter(|name| !name.is_empty()).map(str::to_ascii_lowercase).collect(),
        }
    }
}
