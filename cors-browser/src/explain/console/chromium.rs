//! The console of Chromium.

use url::Url;

use super::message::{Message, address};
use crate::At;
use crate::explain::{Cause, Facts, InitiatorType};
use crate::header::canonical_name;

pub(super) fn text(cause: Cause, facts: &Facts) -> Option<String> {
    let (url, origin) = (facts.url.as_deref()?, facts.page_origin.as_deref()?);
    match cause {
        Cause::CrossOriginInSameOriginMode => {
            return Some(format!(
                "Fetch API cannot load {url}. Request mode is \"same-origin\" but the URL's origin is not same as the request origin \
                 {origin}."
            ));
        }
        Cause::TooManyRedirects => {
            return Some("Failed to load resource: net::ERR_TOO_MANY_REDIRECTS".to_owned());
        }
        Cause::ResourcePolicy => {
            return Some("Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin".to_owned());
        }
        Cause::EmbedderPolicy => {
            let text =
                "Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep";
            return Some(text.to_owned());
        }
        _ => {}
    }
    let from = facts.redirected_from.as_ref().map(|from| format!(" (redirected from '{from}')")).unwrap_or_default();
    let preflight = match cause {
        Cause::MethodNotAllowed | Cause::HeaderNotAllowed | Cause::PreflightListMalformed => "",
        _ if facts.at == Some(At::Preflight) => "Response to preflight request doesn't pass access control check: ",
        _ => "",
    };
    let initiator = facts.initiator.name();
    let what = what(cause, facts)?;
    Some(format!(
        "Access to {initiator} at '{url}'{from} from origin '{origin}' has been blocked by CORS policy: {preflight}{what}"
    ))
}

fn what(cause: Cause, facts: &Facts) -> Option<String> {
    let value = facts.value.as_deref().unwrap_or_default();
    let of_valid = "Have the server send the header with a valid value.";
    Some(match cause {
        // Chromium checks for a redirect of the preflight before any header.
        _ if facts.at == Some(At::Preflight) && facts.location.is_some() => {
            "Redirect is not allowed for a preflight request.".to_owned()
        }
        Cause::AllowOriginMissing => {
            "No 'Access-Control-Allow-Origin' header is present on the requested resource.".to_owned()
        }
        Cause::SeveralAllowedOrigins => format!(
            "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed. {of_valid}"
        ),
        Cause::AllowOriginMismatch if value != "null" && Url::parse(value).is_err() => {
            format!("The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'. {of_valid}")
        }
        Cause::AllowOriginMismatch => format!(
            "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin. {of_valid}"
        ),
        Cause::WildcardWithCredentials => format!(
            "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's \
             credentials mode is 'include'.{}",
            of_the_attribute(facts)
        ),
        Cause::AllowCredentialsNotTrue => format!(
            "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the \
             request's credentials mode is 'include'.{}",
            of_the_attribute(facts)
        ),
        Cause::PreflightStatus => "It does not have HTTP ok status.".to_owned(),
        Cause::PreflightListMalformed => {
            let header = facts.header.as_deref()?;
            format!("Cannot parse {header} response header field in preflight response.")
        }
        Cause::MethodNotAllowed => format!(
            "Method {} is not allowed by Access-Control-Allow-Methods in preflight response.",
            facts.method.as_deref()?
        ),
        Cause::HeaderNotAllowed => format!(
            "Request header field {} is not allowed by Access-Control-Allow-Headers in preflight response.",
            facts.header.as_deref()?.to_ascii_lowercase()
        ),
        // Chromium does not print the URL.
        Cause::RedirectWithCredentialsInUrl => {
            "Redirect location '' contains a username and password, which is disallowed for \
                                                cross-origin requests."
                .to_owned()
        }
        _ => return None,
    })
}

fn of_the_attribute(facts: &Facts) -> &'static str {
    match facts.initiator {
        InitiatorType::XmlHttpRequest => {
            " The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute."
        }
        _ => "",
    }
}

pub(super) fn read(message: &Message) -> Option<(Cause, Facts)> {
    let (cause, of_cause) = read_what(message)?;
    let mut facts = Facts { at: at(cause, message), ..of_cause };
    let mut cause = cause;
    match message.between("Access to ", HEAD_END) {
        Some(head) => read_head(head, &mut facts),
        None if cause == Cause::CrossOriginInSameOriginMode => facts.url = message.address(),
        None => read_old(message, &mut facts),
    }
    if facts.at != Some(At::Preflight) {
        facts.status = facts.status.or_else(|| status(message));
    }
    if cause == Cause::Scheme && facts.redirected_from.is_some() {
        cause = Cause::RedirectScheme;
        facts.at = Some(At::Redirect);
        facts.location = facts.url.take();
        facts.url = facts.redirected_from.take();
    }
    // The message does not have the origin that was sent. If the value equals the page's origin, the browser sent
    // `null`.
    let is_page = cause == Cause::AllowOriginMismatch && facts.value.is_some() && facts.value == facts.page_origin;
    facts.origin = if is_page { Some("null".to_owned()) } else { facts.page_origin.clone() };
    Some((cause, facts))
}

const HEAD_END: &str = " has been blocked by CORS policy: ";

fn at(cause: Cause, message: &Message) -> Option<At> {
    let of_preflight = ["Response to preflight request", "Response for preflight", "in preflight response"];
    Some(match cause {
        _ if of_preflight.iter().any(|part| message.has(part)) => At::Preflight,
        Cause::RedirectWithCredentialsInUrl => At::Redirect,
        Cause::CrossOriginInSameOriginMode | Cause::Scheme | Cause::LocalNetwork => At::Request,
        // The start of the message, which names the preflight, may be missing.
        _ if !message.has(HEAD_END) => return None,
        _ => At::Actual,
    })
}

/// Reads `fetch at 'URL' (redirected from 'URL') from origin 'ORIGIN'`, with or without quotes.
fn read_head(head: &str, facts: &mut Facts) {
    let Some((initiator, addresses)) = head.split_once(" at ") else { return };
    facts.initiator = InitiatorType::ALL.into_iter().find(|known| known.name() == initiator).unwrap_or_default();
    let Some((addresses, origin)) = addresses.rsplit_once(" from origin ") else { return };
    facts.page_origin = Some(unquoted(origin));
    let (url, from) = match addresses.split_once(" (redirected from ") {
        Some((url, from)) => (url, Some(unquoted(from.trim_end_matches(')')))),
        None => (addresses, None),
    };
    (facts.url, facts.redirected_from) = (Some(unquoted(url)), from);
}

fn unquoted(text: &str) -> String {
    let is_quoted = text.len() > 1 && text.starts_with('\'') && text.ends_with('\'');
    if is_quoted { &text[1..text.len() - 1] } else { text }.to_owned()
}

/// Reads messages before version 63: the URL came first, the origin last.
fn read_old(message: &Message, facts: &mut Facts) {
    let url = ["cannot load ", "Failed to load "].iter().find_map(|before| message.after(before)).and_then(address);
    facts.url = url;
    facts.page_origin =
        facts.page_origin.take().or_else(|| message.owned_between("Origin '", "' is therefore not allowed"));
    facts.status = message.number_after("HTTP status code ");
}

/// Returns the status in `GET https://api.example.com/ net::ERR_FAILED 502 (Bad Gateway)`, which a preflight's line
/// does not have.
fn status(message: &Message) -> Option<u16> {
    message.number_after("net::ERR_FAILED ").filter(|status| *status >= 100)
}

/// Reads the part after the colon.
fn read_what(message: &Message) -> Option<(Cause, Facts)> {
    let mut facts = Facts::default();
    let found = |before, after| message.owned_between(before, after);
    let value_of_origin = "The 'Access-Control-Allow-Origin' header ";
    let cause = if message.has("No 'Access-Control-Allow-Origin' header is present") {
        Cause::AllowOriginMissing
    } else if message.has(value_of_origin) && message.has("contains multiple values '") {
        facts.value = found("contains multiple values '", "', but only one");
        Cause::SeveralAllowedOrigins
    } else if message.has(value_of_origin) {
        facts.value = found("header has a value '", "' that is not equal")
            .or_else(|| found("contains the invalid value '", "'. Have the server"))
            .or_else(|| found("contains the invalid value '", "'. Origin '"));
        Cause::AllowOriginMismatch
    } else if message.has("must not be the wildcard '*'") || message.has("A wildcard '*' cannot be used in") {
        facts.credentials = Some(true);
        Cause::WildcardWithCredentials
    } else if message.has("The value of the 'Access-Control-Allow-Credentials' header in the response is ") {
        facts.credentials = Some(true);
        facts.value = found("header in the response is '", "' which must be").filter(|value| !value.is_empty());
        Cause::AllowCredentialsNotTrue
    } else if message.has("Credentials flag is 'true', but the 'Access-Control-Allow-Credentials' header is ") {
        facts.credentials = Some(true);
        facts.value = found("Credentials' header is '", "'. It must be").filter(|value| !value.is_empty());
        Cause::AllowCredentialsNotTrue
    } else if message.has("It does not have HTTP ok status") {
        Cause::PreflightStatus
    } else if message.has("Response for preflight has invalid HTTP status code") {
        facts.status = message.number_after("invalid HTTP status code ");
        Cause::PreflightStatus
    } else if message.has("Redirect is not allowed for a preflight request")
        || message.has("Response for preflight is invalid (redirect)")
        || message.has("which is disallowed for cross-origin requests that require preflight")
    {
        Cause::PreflightRedirected
    } else if let Some(header) = found("Cannot parse ", " response header field in preflight response") {
        facts.header = Some(header);
        Cause::PreflightListMalformed
    } else if let Some(method) = found("Method ", " is not allowed by Access-Control-Allow-Methods in preflight") {
        facts.needs.method = Some(method.clone());
        facts.method = Some(method);
        Cause::MethodNotAllowed
    } else if let Some(header) = found("Request header field ", " is not allowed by Access-Control-Allow-Headers in") {
        let header = canonical_name(&header);
        facts.needs.add_header(&header);
        facts.header = Some(header);
        Cause::HeaderNotAllowed
    } else if message.has(" contains a username and password, which is disallowed") {
        Cause::RedirectWithCredentialsInUrl
    } else if message.has("Request mode is \"same-origin\" but the URL's origin is not same") {
        facts.page_origin = found("is not same as the request origin ", ".");
        Cause::CrossOriginInSameOriginMode
    } else if message.has("Permission was denied for this request to access the ") {
        Cause::LocalNetwork
    } else if message.has("Cross origin requests are only supported for protocol schemes") {
        Cause::Scheme
    } else {
        return None;
    };
    Some((cause, facts))
}
