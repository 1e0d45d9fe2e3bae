//! The console of Chromium.

use url::Url;

use super::{address, between, number_after, owned_between};
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
        // Chromium looks for redirects of a preflight before it looks at any header.
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
        // It leaves the place of the address empty.
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

pub(super) fn read(message: &str) -> Option<(Cause, Facts)> {
    let (cause, of_cause) = read_what(message)?;
    // The line below it has the status, where it was copied along.
    let status = of_cause.status.or_else(|| number_after(message, "net::ERR_FAILED "));
    let mut facts = Facts { at: at(cause, message), status, ..of_cause };
    let mut cause = cause;
    if let Some(head) = between(message, "Access to ", " has been blocked by CORS policy: ") {
        read_head(head, &mut facts);
    } else if cause == Cause::CrossOriginInSameOriginMode {
        facts.url = address(message);
    }
    if cause == Cause::Scheme && facts.redirected_from.is_some() {
        cause = Cause::RedirectScheme;
        facts.at = Some(At::Redirect);
        facts.location = facts.url.take();
        facts.url = facts.redirected_from.take();
    }
    // The origin that was sent is not in the text: an equal one is refused only where null was sent in its place.
    let is_page = cause == Cause::AllowOriginMismatch && facts.value.is_some() && facts.value == facts.page_origin;
    facts.origin = if is_page { Some("null".to_owned()) } else { facts.page_origin.clone() };
    Some((cause, facts))
}

fn at(cause: Cause, message: &str) -> Option<At> {
    let of_preflight = ["Response to preflight request", "in preflight response"];
    Some(match cause {
        _ if of_preflight.iter().any(|part| message.contains(part)) => At::Preflight,
        Cause::RedirectWithCredentialsInUrl => At::Redirect,
        Cause::CrossOriginInSameOriginMode | Cause::Scheme | Cause::LocalNetwork => At::Request,
        // A preflight's text may have been cut off.
        _ if !message.contains("has been blocked by CORS policy: ") => return None,
        _ => At::Actual,
    })
}

fn read_head(head: &str, facts: &mut Facts) {
    if let Some((initiator, _)) = head.split_once(" at '") {
        facts.initiator = InitiatorType::ALL.into_iter().find(|known| known.name() == initiator).unwrap_or_default();
    }
    let Some((address, origin)) = head.rsplit_once("' from origin '").or_else(|| head.rsplit_once("') from origin '"))
    else {
        return;
    };
    facts.page_origin = Some(origin.trim_end_matches('\'').to_owned());
    let address = address.split_once(" at '").map_or(address, |(_, address)| address);
    let (url, from) = match address.split_once("' (redirected from '") {
        Some((url, from)) => (url, Some(from.to_owned())),
        None => (address, None),
    };
    (facts.url, facts.redirected_from) = (Some(url.to_owned()), from);
}

/// The part after the colon.
fn read_what(message: &str) -> Option<(Cause, Facts)> {
    let mut facts = Facts::default();
    let found = |before, after| owned_between(message, before, after);
    let value_of_origin = "The 'Access-Control-Allow-Origin' header ";
    let cause = if message.contains("No 'Access-Control-Allow-Origin' header is present") {
        Cause::AllowOriginMissing
    } else if message.contains(value_of_origin) && message.contains("contains multiple values '") {
        facts.value = found("contains multiple values '", "', but only one");
        Cause::SeveralAllowedOrigins
    } else if message.contains(value_of_origin) {
        facts.value = found("header has a value '", "' that is not equal")
            .or_else(|| found("contains the invalid value '", "'. Have the server"));
        Cause::AllowOriginMismatch
    } else if message.contains("must not be the wildcard '*'") {
        facts.credentials = Some(true);
        Cause::WildcardWithCredentials
    } else if message.contains("The value of the 'Access-Control-Allow-Credentials' header in the response is ") {
        facts.credentials = Some(true);
        facts.value = found("header in the response is '", "' which must be").filter(|value| !value.is_empty());
        Cause::AllowCredentialsNotTrue
    } else if message.contains("It does not have HTTP ok status") {
        Cause::PreflightStatus
    } else if message.contains("Redirect is not allowed for a preflight request") {
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
    } else if message.contains(" contains a username and password, which is disallowed") {
        Cause::RedirectWithCredentialsInUrl
    } else if message.contains("Request mode is \"same-origin\" but the URL's origin is not same") {
        facts.page_origin = found("is not same as the request origin ", ".");
        Cause::CrossOriginInSameOriginMode
    } else if message.contains("Permission was denied for this request to access the ") {
        Cause::LocalNetwork
    } else if message.contains("Cross origin requests are only supported for protocol schemes") {
        Cause::Scheme
    } else {
        return None;
    };
    Some((cause, facts))
}
