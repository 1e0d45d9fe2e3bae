//! What is wrong, in one sentence: what the browser requires, and what it got. Also what to change in the script and
//! the server, if that depends only on the cause.

use super::element::same_origin_initiator;
use super::{answer, difference, library, page};
use crate::At;
use crate::explain::{Cause, Facts};

pub(in crate::explain) fn reason(cause: Cause, facts: &Facts) -> String {
    let (answer, page) = (answer(facts), page(facts));
    match cause {
        Cause::AllowOriginMissing => {
            format!("{answer} has no Access-Control-Allow-Origin, so the browser {}", consequence(facts, &page))
        }
        Cause::AllowOriginMismatch => mismatch(facts, &answer),
        Cause::SeveralAllowedOrigins => {
            let value = facts.value.as_ref().map(|value| format!(", {value:?}")).unwrap_or_default();
            format!("{answer} has more than one Access-Control-Allow-Origin{value}, and browsers accept only one")
        }
        Cause::OriginNotAllowed => {
            let origin = facts.origin.as_deref().unwrap_or("the page's origin");
            format!(
                "{answer} does not name {origin} in Access-Control-Allow-Origin: it is missing, or has another value"
            )
        }
        Cause::WildcardWithCredentials => format!(
            "{answer} has Access-Control-Allow-Origin: *, and for a request with credentials browsers accept only the \
             page's own origin"
        ),
        Cause::AllowCredentialsNotTrue => {
            let but = facts.value.as_ref().map(|value| format!(", but {value:?}")).unwrap_or_default();
            format!(
                "{answer} does not have Access-Control-Allow-Credentials: true{but}, and the request has credentials"
            )
        }
        Cause::PreflightStatus => {
            let status =
                facts.status.map_or("no status from 200 to 299".to_owned(), |status| format!("the status {status}"));
            format!("{answer} has {status}, so the browser {}", consequence(facts, &page))
        }
        Cause::PreflightRedirected => {
            let to = facts.location.as_ref().map(|location| format!(" to {location}")).unwrap_or_default();
            format!("{answer} is a redirect{to}, and browsers follow none there")
        }
        Cause::PreflightListMalformed => {
            let header = facts.header.as_deref().unwrap_or("a header");
            let value = facts.value.as_ref().map(|value| format!(": {value:?}")).unwrap_or_default();
            format!("{header} in {answer} is not a list of names with commas between them{value}")
        }
        Cause::MethodNotAllowed => {
            let method = facts.method.as_ref().map_or("of the request".to_owned(), Clone::clone);
            format!("{answer} does not allow the method {method}{}", listed(facts, "Access-Control-Allow-Methods"))
        }
        Cause::HeaderNotAllowed => {
            let header = facts.header.as_deref().unwrap_or("of the script");
            format!(
                "{answer} does not allow the request header {header}{}",
                listed(facts, "Access-Control-Allow-Headers")
            )
        }
        Cause::RedirectModeError => format!("{} redirects, and the script asked for redirect: \"error\"", url(facts)),
        Cause::RedirectLocationInvalid => {
            let value = facts.value.as_ref().map(|value| format!(": {value:?}")).unwrap_or_default();
            format!("{} redirects, and its Location is not one URL{value}", url(facts))
        }
        Cause::RedirectScheme => {
            format!("{} redirects to {}, which is neither http nor https", url(facts), location(facts))
        }
        Cause::TooManyRedirects => format!("{} redirects, after 20 redirects before it", url(facts)),
        Cause::RedirectWithCredentialsInUrl => {
            format!("{} redirects to an address with a user name or password in it", url(facts))
        }
        Cause::RedirectWithStreamBody => {
            format!("{} redirects, and the body of the request is a stream, which cannot be sent again", url(facts))
        }
        Cause::CrossOriginInSameOriginMode => {
            let but = same_origin_initiator(facts).map_or_else(
                || "the script asked for mode: \"same-origin\"".to_owned(),
                |what| format!("{what} must be"),
            );
            format!("{} is not of the origin of {page}, and {but}", url(facts))
        }
        Cause::NoCorsNeedsFollow => {
            "the script asked for mode: \"no-cors\", in which redirect must be \"follow\" for other origins".to_owned()
        }
        Cause::Scheme => format!("{} is neither http nor https, and only these know CORS", url(facts)),
        Cause::ResourcePolicy => format!("{answer} has a Cross-Origin-Resource-Policy that keeps it from {page}"),
        Cause::EmbedderPolicy => format!(
            "{answer} has no Cross-Origin-Resource-Policy, which the Cross-Origin-Embedder-Policy of {page} demands"
        ),
        Cause::StreamNeedsHttp2 => format!(
            "the body of the request is a stream, which needs HTTP/2, and browsers speak HTTP/1.1 to {}, which is not https",
            url(facts)
        ),
        Cause::NoAnswer => format!("no answer came{}", from(facts)),
        Cause::SaidElsewhere if library(facts).is_some() => {
            let library = library(facts).unwrap_or_default();
            format!("this is no message by which a browser blocks; {library} says so of every request that failed")
        }
        Cause::SaidElsewhere => "this message says only that the request failed".to_owned(),
        Cause::ErrorStatus => {
            let status = facts.status.map_or(String::new(), |status| format!(" {status}"));
            format!("the answer has the error status{status}; CORS did not block it")
        }
        Cause::BlockedPort => format!("browsers send no request to the port{}", of(facts)),
        Cause::LocalNetwork => format!("{page} has no permission to reach the local network; CORS did not block it"),
        Cause::MixedContent => {
            format!("{page} is of https and may not ask {} by http; CORS did not block it", url(facts))
        }
        Cause::ContentSecurityPolicy => {
            format!("the Content Security Policy of the page does not allow {}; CORS did not block it", url(facts))
        }
        Cause::HeaderNotExposed => {
            let header = facts.header.as_deref().unwrap_or("this header");
            format!("the page may read the answer, but not {header}, for no Access-Control-Expose-Headers lists it")
        }
        Cause::RefusedByServer => {
            let said = facts.known_text.unwrap_or_default();
            format!(
                "this is no message of a browser: a server says {said:?} where its own list of CORS refuses a request"
            )
        }
        Cause::CrossSiteCookie => "the cookie is of another site than the page; CORS did not block anything".to_owned(),
    }
}

/// Returns what to change in the script.
pub(super) fn in_script(cause: Cause, facts: &Facts) -> Option<&'static str> {
    Some(match cause {
        Cause::WildcardWithCredentials => {
            "if the answer does not depend on cookies, leave credentials: \"include\" out of the script"
        }
        Cause::RedirectModeError => "ask for the address that it redirects to, or leave redirect: \"error\" out",
        Cause::RedirectWithStreamBody => {
            "ask for the address that it redirects to, or send a body that is not a stream"
        }
        Cause::CrossOriginInSameOriginMode => {
            "leave mode: \"same-origin\" out of the script if other origins may be asked"
        }
        Cause::NoCorsNeedsFollow => {
            "leave redirect out of the script; and mode: \"no-cors\", if it shall read the answer"
        }
        Cause::StreamNeedsHttp2 => "send a body that is not a stream, or ask by https",
        Cause::ResourcePolicy | Cause::EmbedderPolicy => {
            "ask with CORS, if the server allows it: fetch without mode: \"no-cors\", or crossorigin"
        }
        Cause::SaidElsewhere if library(facts).is_some() => {
            "look in the console of the browser for a line with \"blocked by CORS policy\" (Chrome, Edge), \"Cross-Origin Request \
             Blocked\" (Firefox) or \"access control checks\" (Safari): it has the reason"
        }
        Cause::SaidElsewhere => {
            "look at the message before it in the console, which says why; if there is none, see whether the script asked for \
             redirect: \"error\", and the answer redirects"
        }
        Cause::NoAnswer => {
            "look for a message about CORS before it in the console; if there is none, see whether the server runs, and \
             whether the address and its certificate are right"
        }
        _ => return None,
    })
}

/// Returns what to change in the server besides CORS headers.
pub(super) fn in_server(cause: Cause) -> Option<&'static str> {
    Some(match cause {
        Cause::PreflightRedirected => "answer preflights where they arrive, before anything redirects",
        Cause::PreflightListMalformed => "write names alone into the list, with commas between them and without quotes",
        Cause::RedirectLocationInvalid => "send one Location, with one URL",
        Cause::RedirectScheme => "let the redirect lead to http or https",
        Cause::TooManyRedirects => "look for a loop of redirects",
        Cause::RedirectWithCredentialsInUrl => {
            "leave user name and password out of Location; a script can send Authorization"
        }
        Cause::Scheme => "serve it by http or https; files by a development server",
        Cause::ErrorStatus => "look in the log of the server",
        Cause::BlockedPort => "let the server listen on another port, such as 8080",
        Cause::LocalNetwork => "permit it in the browser's settings of the site, or serve the page from that network",
        Cause::MixedContent => "serve the address by https too, and ask for it by https",
        Cause::ContentSecurityPolicy => {
            "add the origin of the address to connect-src where the page's own server sets Content-Security-Policy, or in its <meta>"
        }
        Cause::RefusedByServer => {
            "add the origin of the page, or the method or the header of the request, to the list that the server has for CORS"
        }
        Cause::CrossSiteCookie => {
            "set the cookie with SameSite=None; Secure; it then goes along with requests of every site, so protect against forged ones"
        }
        _ => return None,
    })
}

fn consequence(facts: &Facts, page: &str) -> String {
    match facts.at {
        Some(At::Preflight) => "does not send the request".to_owned(),
        _ => format!("does not show it to {page}"),
    }
}

fn mismatch(facts: &Facts, answer: &str) -> String {
    let allowed = match &facts.value {
        Some(value) if value.is_empty() => format!("{answer} has an empty Access-Control-Allow-Origin"),
        Some(value) => format!("{answer} allows {value:?}"),
        None => format!("{answer} allows another origin"),
    };
    if facts.is_tainted() {
        let page = facts.page_origin.as_deref().unwrap_or_default();
        return format!(
            "{allowed}, but after a redirect from one origin to another the browser says null in place of {page}"
        );
    }
    let (Some(value), Some(origin)) = (&facts.value, &facts.origin) else {
        return format!("{allowed}, which is not the origin of the page");
    };
    let how = difference(value, origin).map(|how| format!(": {how}")).unwrap_or_default();
    format!("{allowed}, and the origin of the page is {origin:?}{how}")
}

/// Returns what the header lists, if known.
fn listed(facts: &Facts, header: &str) -> String {
    match facts.listed.as_deref() {
        Some([]) => format!("; it has no {header}"),
        Some(names) => format!("; {header} lists {}", names.join(", ")),
        None => String::new(),
    }
}

fn url(facts: &Facts) -> &str {
    facts.url.as_deref().unwrap_or("the address")
}

fn location(facts: &Facts) -> &str {
    facts.location.as_deref().unwrap_or("an address")
}

fn from(facts: &Facts) -> String {
    facts.url.as_ref().map(|url| format!(" from {url}")).unwrap_or_default()
}

fn of(facts: &Facts) -> String {
    facts.url.as_ref().map(|url| format!(" of {url}")).unwrap_or_default()
}
