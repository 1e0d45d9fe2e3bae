//! The header lines to send.

use super::{allowable_origin, is_insecure, mistake_of_script};
use crate::At;
use crate::explain::{Cause, Facts};
use cors_core::names::is_token;

/// Returns the header lines that are the remedy on any server.
pub(in crate::explain) fn header_lines(cause: Cause, facts: &Facts) -> Vec<String> {
    if mistake_of_script(cause, facts).is_some() || (facts.with_credentials() && is_insecure(facts)) {
        return Vec::new();
    }
    match cause {
        Cause::AllowOriginMissing
        | Cause::AllowOriginMismatch
        | Cause::SeveralAllowedOrigins
        | Cause::OriginNotAllowed
        | Cause::WildcardWithCredentials => {
            let mut lines = of_origin(facts);
            if !lines.is_empty() && facts.at == Some(At::Preflight) {
                lines.extend(list("Access-Control-Allow-Methods", facts.needs.method.iter()));
                lines.extend(list("Access-Control-Allow-Headers", facts.needs.headers.iter()));
            }
            lines
        }
        Cause::AllowCredentialsNotTrue if facts.origin.as_deref() == Some("null") => Vec::new(),
        Cause::AllowCredentialsNotTrue => vec!["Access-Control-Allow-Credentials: true".to_owned()],
        Cause::MethodNotAllowed => {
            let unknown = "<the method of the request>".to_owned();
            let method = facts.method.as_ref().unwrap_or(&unknown);
            list("Access-Control-Allow-Methods", listed(facts).chain([method])).into_iter().collect()
        }
        Cause::HeaderNotAllowed => {
            list("Access-Control-Allow-Headers", listed(facts).chain(&facts.needs.headers)).into_iter().collect()
        }
        Cause::PreflightListMalformed => repaired(facts).into_iter().collect(),
        Cause::HeaderNotExposed => list("Access-Control-Expose-Headers", facts.header.iter()).into_iter().collect(),
        Cause::ResourcePolicy | Cause::EmbedderPolicy => vec!["Cross-Origin-Resource-Policy: cross-origin".to_owned()],
        _ => Vec::new(),
    }
}

fn of_origin(facts: &Facts) -> Vec<String> {
    let origin = match (allowable_origin(facts), &facts.origin) {
        (Some(origin), _) => origin,
        (None, Some(_)) => return Vec::new(),
        (None, None) => "<the origin of the page>",
    };
    let mut lines = vec![format!("Access-Control-Allow-Origin: {origin}"), "Vary: Origin".to_owned()];
    if facts.with_credentials() {
        lines.insert(1, "Access-Control-Allow-Credentials: true".to_owned());
    }
    lines
}

/// Returns the names that are listed already. With credentials, `*` is left out: it is only a name then.
fn listed(facts: &Facts) -> impl Iterator<Item = &String> {
    facts.listed.iter().flatten().filter(|name| *name != "*" || !facts.with_credentials())
}

fn list<'n>(header: &str, names: impl Iterator<Item = &'n String>) -> Option<String> {
    // Methods are case-sensitive, header names are not.
    let is_same = |one: &str, other: &str| match header {
        "Access-Control-Allow-Methods" => one == other,
        _ => one.eq_ignore_ascii_case(other),
    };
    let mut unique: Vec<&str> = Vec::new();
    for name in names {
        if !unique.iter().any(|other| is_same(other, name)) {
            unique.push(name);
        }
    }
    (!unique.is_empty()).then(|| format!("{header}: {}", unique.join(", ")))
}

/// Returns the header with the names in a malformed list.
fn repaired(facts: &Facts) -> Option<String> {
    let header = facts.header.as_deref()?;
    let separates = |letter: char| !is_token(letter.encode_utf8(&mut [0; 4]).as_bytes());
    let found = facts.value.as_deref().unwrap_or_default().split(separates).filter(|name| !name.is_empty());
    let mut names: Vec<String> = found.map(str::to_owned).collect();
    match header {
        "Access-Control-Allow-Methods" => names.extend(facts.needs.method.clone()),
        _ => names.extend(facts.needs.headers.clone()),
    }
    list(header, names.iter())
}
