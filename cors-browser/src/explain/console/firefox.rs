//! The console of Firefox. After a failed preflight, a second message says only that the request did not succeed.

use super::message::Message;
use crate::At;
use crate::explain::facts::is_several;
use crate::explain::{Cause, Facts};
use crate::header::canonical_name;
use cors_core::names::is_token;

pub(super) fn text(cause: Cause, facts: &Facts) -> Option<String> {
    let url = facts.url.as_deref()?;
    if matches!(cause, Cause::ResourcePolicy | Cause::EmbedderPolicy) {
        return Some(format!(
            "The resource at “{url}” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof). See \
             https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#"
        ));
    }
    // Only this message has quotes around the URL.
    let url = if cause == Cause::WildcardWithCredentials { format!("‘{url}’") } else { url.to_owned() };
    let (reason, status) = reason(cause, facts)?;
    let status = status.map(|status| format!(" Status code: {status}.")).unwrap_or_default();
    Some(format!(
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}. (Reason: \
         {reason}).{status}"
    ))
}

fn reason(cause: Cause, facts: &Facts) -> Option<(String, Option<String>)> {
    let value = facts.value.as_deref().unwrap_or_default();
    let status = facts.status.map(|status| status.to_string());
    let reason = match cause {
        _ if facts.at == Some(At::Preflight) && facts.location.is_some() => {
            "CORS request external redirect not allowed".to_owned()
        }
        Cause::AllowOriginMissing => {
            return Some(("CORS header ‘Access-Control-Allow-Origin’ missing".to_owned(), status));
        }
        Cause::PreflightStatus => return Some(("CORS preflight response did not succeed".to_owned(), status)),
        Cause::RedirectWithCredentialsInUrl => {
            return Some(("CORS request did not succeed".to_owned(), Some("(null)".to_owned())));
        }
        Cause::SeveralAllowedOrigins if facts.allow_origin_lines > 1 => {
            "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed".to_owned()
        }
        Cause::SeveralAllowedOrigins | Cause::AllowOriginMismatch => {
            format!("CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’")
        }
        Cause::WildcardWithCredentials => {
            "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’".to_owned()
        }
        Cause::AllowCredentialsNotTrue => {
            "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’".to_owned()
        }
        Cause::PreflightListMalformed => {
            let mut elements = value.split(',').map(str::trim).filter(|element| !element.is_empty());
            let element = elements.find(|element| !is_token(element.as_bytes()))?;
            format!("invalid token ‘{element}’ in CORS header ‘{}’", facts.header.as_deref()?)
        }
        Cause::MethodNotAllowed => "Did not find method in CORS header ‘Access-Control-Allow-Methods’".to_owned(),
        Cause::HeaderNotAllowed => format!(
            "header ‘{}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response",
            facts.header.as_deref()?.to_ascii_lowercase()
        ),
        _ => return None,
    };
    Some((reason, None))
}

pub(super) fn read(message: &Message) -> Option<(Cause, Facts)> {
    if !message.has("(Reason: ") {
        return None;
    }
    let (cause, mut facts) = read_reason(message)?;
    // A message that ends with "soon" warns of a future block.
    let url = message
        .between("remote resource at ", " (Reason: ")
        .map(|url| url.trim_end_matches(" soon.").trim_end_matches('.'));
    facts.url = url.map(|url| url.trim_matches('\'').to_owned());
    facts.status = message.number_after("Status code: ");
    Some((cause, facts))
}

fn read_reason(message: &Message) -> Option<(Cause, Facts)> {
    let mut facts = Facts::default();
    let found = |before, after| message.owned_between(before, after);
    let cause = if message.has("CORS header 'Access-Control-Allow-Origin' missing") {
        Cause::AllowOriginMissing
    } else if message.has("Multiple CORS header 'Access-Control-Allow-Origin' not allowed") {
        facts.allow_origin_lines = 2;
        Cause::SeveralAllowedOrigins
    } else if let Some(value) = found("CORS header 'Access-Control-Allow-Origin' does not match '", "')") {
        let cause = if is_several(&value) { Cause::SeveralAllowedOrigins } else { Cause::AllowOriginMismatch };
        facts.value = Some(value);
        cause
    } else if message.has("Credential is not supported if the CORS header 'Access-Control-Allow-Origin' is '*'") {
        facts.credentials = Some(true);
        Cause::WildcardWithCredentials
    } else if message.has("expected 'true' in CORS header 'Access-Control-Allow-Credentials'") {
        facts.credentials = Some(true);
        Cause::AllowCredentialsNotTrue
    } else if message.has("CORS request external redirect not allowed") {
        facts.at = Some(At::Preflight);
        Cause::PreflightRedirected
    } else if message.has("CORS preflight response did not succeed")
        || message.has("CORS preflight channel did not succeed")
    {
        facts.at = Some(At::Preflight);
        let status = message.number_after("Status code: ");
        if status.is_some_and(|status| status != 304 && (300..400).contains(&status)) {
            Cause::PreflightRedirected
        } else {
            Cause::PreflightStatus
        }
    } else if message.has("Did not find method in CORS header") {
        facts.at = Some(At::Preflight);
        Cause::MethodNotAllowed
    } else if let Some(token) = found("invalid token '", "' in CORS header '") {
        facts.at = Some(At::Preflight);
        (facts.value, facts.header) = (Some(token), found("' in CORS header '", "'"));
        Cause::PreflightListMalformed
    } else if let Some(header) = read_header(message) {
        facts.at = Some(At::Preflight);
        facts.needs.add_header(&header);
        facts.header = Some(header);
        Cause::HeaderNotAllowed
    } else if message.has("CORS request not http") {
        Cause::Scheme
    } else if message.has("CORS request did not succeed") {
        Cause::NoAnswer
    } else {
        return None;
    };
    Some((cause, facts))
}

/// Returns the header that is not allowed. The second form is of older versions, the third is a warning.
fn read_header(message: &Message) -> Option<String> {
    let header = message
        .between("header '", "' is not allowed according to header")
        .or_else(|| message.between("missing token '", "' in CORS header 'Access-Control-Allow-Headers'"))
        .or_else(|| message.has("header is not covered").then_some("authorization"))?;
    Some(canonical_name(header))
}
