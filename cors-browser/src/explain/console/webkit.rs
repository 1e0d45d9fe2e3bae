//! The console of WebKit. A second message says that access control checks failed, and has the URL.

use super::message::{Message, address};
use crate::At;
use crate::explain::{Cause, Facts};

pub(super) fn text(cause: Cause, facts: &Facts) -> Option<String> {
    let (url, status) = (facts.url.as_deref()?, facts.status.unwrap_or_default());
    let value = facts.value.as_deref().unwrap_or_default();
    // WebKit checks the status of a preflight before any header.
    if facts.at == Some(At::Preflight) && !(200..=299).contains(&status) {
        return Some(format!("Preflight response is not successful. Status code: {status}"));
    }
    let refused = match cause {
        Cause::AllowOriginMissing | Cause::AllowOriginMismatch => origin_not_allowed(facts)?,
        Cause::SeveralAllowedOrigins if !value.contains(',') => origin_not_allowed(facts)?,
        Cause::SeveralAllowedOrigins => "Access-Control-Allow-Origin cannot contain more than one origin.".to_owned(),
        Cause::WildcardWithCredentials => {
            "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.".to_owned()
        }
        Cause::AllowCredentialsNotTrue => {
            "Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\".".to_owned()
        }
        Cause::PreflightListMalformed => {
            return Some(format!("Header {} has an invalid value: {value}", facts.header.as_deref()?));
        }
        Cause::MethodNotAllowed => {
            return Some(format!(
                "Method {} is not allowed by Access-Control-Allow-Methods.",
                facts.method.as_deref()?
            ));
        }
        Cause::HeaderNotAllowed => {
            let name = facts.header.as_deref()?;
            return Some(format!("Request header field {name} is not allowed by Access-Control-Allow-Headers."));
        }
        Cause::RedirectWithCredentialsInUrl => {
            format!("redirection URL {} has credentials", facts.location.as_deref()?)
        }
        Cause::RedirectModeError => return Some(format!("Not allowed to follow a redirection while loading {url}")),
        Cause::CrossOriginInSameOriginMode => return Some(format!("Fetch API cannot load {url}.")),
        Cause::ResourcePolicy => {
            return Some(format!(
                "Cancelled load to {url} because it violates the resource's Cross-Origin-Resource-Policy response header."
            ));
        }
        _ => return None,
    };
    Some(match &facts.location {
        Some(location) => {
            format!("Cross-origin redirection to {location} denied by Cross-Origin Resource Sharing policy: {refused}")
        }
        None => refused,
    })
}

fn origin_not_allowed(facts: &Facts) -> Option<String> {
    let (origin, status) = (facts.origin.as_deref()?, facts.status?);
    Some(format!("Origin {origin} is not allowed by Access-Control-Allow-Origin. Status code: {status}"))
}

pub(super) fn read(message: &Message) -> Option<(Cause, Facts)> {
    let (cause, of_cause) = read_what(message)?;
    let of_preflight = [
        Cause::PreflightStatus,
        Cause::PreflightRedirected,
        Cause::PreflightListMalformed,
        Cause::MethodNotAllowed,
        Cause::HeaderNotAllowed,
    ];
    let at = of_preflight.contains(&cause).then_some(At::Preflight);
    // The URL is in the second message.
    let url = ["Fetch API cannot load ", "XMLHttpRequest cannot load ", "Beacon API cannot load ", "while loading "]
        .into_iter()
        .find_map(|before| message.after(before).and_then(address));
    let location = message.after("Cross-origin redirection to ").and_then(address);
    let status = message.number_after("Status code: ");
    Some((cause, Facts { at, url, location, status, ..of_cause }))
}

fn read_what(message: &Message) -> Option<(Cause, Facts)> {
    let mut facts = Facts::default();
    let found = |before, after| message.owned_between(before, after);
    let cause = if let Some((before, _)) = message.text.split_once(" is not allowed by Access-Control-Allow-Origin") {
        let origin = before.rsplit_once("Origin ").map(|(_, origin)| origin.to_owned());
        facts.page_origin = origin.clone().filter(|origin| origin != "null");
        facts.origin = origin;
        Cause::OriginNotAllowed
    } else if message.has("Access-Control-Allow-Origin cannot contain more than one origin") {
        Cause::SeveralAllowedOrigins
    } else if message.has("Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true") {
        facts.credentials = Some(true);
        Cause::WildcardWithCredentials
    } else if message.has("Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\"") {
        facts.credentials = Some(true);
        Cause::AllowCredentialsNotTrue
    } else if message.has("Preflight response is not successful") {
        let status = message.number_after("Status code: ");
        let redirects = status.is_some_and(|status| status != 304 && (300..400).contains(&status));
        if redirects { Cause::PreflightRedirected } else { Cause::PreflightStatus }
    } else if let Some(method) = found("Method ", " is not allowed by Access-Control-Allow-Methods") {
        facts.needs.method = Some(method.clone());
        facts.method = Some(method);
        Cause::MethodNotAllowed
    } else if let Some(header) = found("Request header field ", " is not allowed by Access-Control-Allow-Headers") {
        facts.needs.add_header(&header);
        facts.header = Some(header);
        Cause::HeaderNotAllowed
    } else if let Some(header) = found("Header ", " has an invalid value:").filter(|name| name.starts_with("Access-")) {
        let value = message.after(" has an invalid value:").map(str::trim_start).filter(|value| !value.is_empty());
        // Nothing marks the end of the value, and other messages may follow.
        let next = [" CONSOLE ", " Uncaught ", " Unhandled ", " TypeError: "];
        let end = |value: &str| next.iter().filter_map(|begin| value.find(begin)).min().unwrap_or(value.len());
        facts.value = value.map(|value| value[..end(value)].to_owned());
        facts.header = Some(header);
        Cause::PreflightListMalformed
    } else if message.between("redirection URL ", " has credentials").is_some() {
        Cause::RedirectWithCredentialsInUrl
    } else if message.has("Not allowed to follow a redirection") {
        Cause::RedirectModeError
    } else if message.has("Fetch API cannot load ") && !message.has("due to access control checks") {
        Cause::CrossOriginInSameOriginMode
    } else {
        return None;
    };
    Some((cause, facts))
}
