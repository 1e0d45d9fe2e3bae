//! Redirects (<https://fetch.spec.whatwg.org/#concept-http-redirect-fetch>).

use url::Url;

use super::check::cors_check;
use super::deviations::{Deviations, EmptyLocation, ManualLocation, RemovedHeaders, RepeatedLocation};
use super::fetching::{Fetching, Tainting};
use super::header::{Repeated, get, isomorphic_decode, single, without_repetition};
use super::message::is_redirect_status;
use super::modes::{CredentialsMode, Mode, RedirectMode, ReferrerPolicy};
use super::origin::WebOrigin;
use super::safelist::is_client_hint;
use super::{HeaderLine, Reason, Response};
use cors_core::names::is_non_wildcard_request_header;

/// Maximum number of redirects (RED-1).
const MAX_REDIRECTS: u8 = 20;

/// What happens with a response that may be a redirect.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Redirected {
    /// The response is no redirect, or has no `Location`. The response itself is the result.
    No,
    /// The script gets an opaque redirect (redirect mode `manual`).
    Opaque,
    /// The request is ready for the next URL.
    Followed,
    /// Like `Followed`, but the fetch fails after the next preflight.
    RefusedLate(Reason),
}

/// Checks that several `Location` lines agree, which some engines require for every status.
pub(super) fn check_locations(response: &Response, deviations: &Deviations) -> Result<(), Reason> {
    match deviations.repeated_location {
        RepeatedLocation::MustAgree => {
            single_location(&without_repetition(&response.headers)).map(drop).map_err(|_| invalid_location(response))
        }
        _ => Ok(()),
    }
}

pub(super) fn follow(
    fetching: &mut Fetching,
    response: &Response,
    deviations: &Deviations,
) -> Result<Redirected, Reason> {
    // RED-1
    if !is_redirect_status(response.status) {
        return Ok(Redirected::No);
    }
    match fetching.redirect {
        RedirectMode::Error if deviations.error_needs_location && has_no_location(response) => {
            return Ok(Redirected::No);
        }
        RedirectMode::Error => return Err(Reason::RedirectModeError { status: response.status }),
        RedirectMode::Manual => return manual_redirect(fetching, response, deviations),
        RedirectMode::Follow => {}
    }
    let Some(location) = location(fetching, response, deviations)? else {
        return Ok(Redirected::No);
    };
    let checked = check(fetching, response, &location, deviations);
    let late = match checked {
        Err(reason @ Reason::RedirectWithCredentialsInUrl { .. })
            if deviations.refuses_redirects_late && fetching.tainting != Tainting::Cors =>
        {
            Some(reason)
        }
        checked => {
            checked?;
            late_refusal(fetching, response).filter(|_| deviations.refuses_redirects_late)
        }
    };
    update_request(fetching, response, location, deviations);
    Ok(late.map_or(Redirected::Followed, Redirected::RefusedLate))
}

fn manual_redirect(fetching: &Fetching, response: &Response, deviations: &Deviations) -> Result<Redirected, Reason> {
    match (deviations.manual_location, location(fetching, response, deviations)) {
        (ManualLocation::Url, Err(reason)) => Err(reason),
        (ManualLocation::NotFtp, Ok(Some(location))) if location.scheme() == "ftp" => {
            Err(Reason::RedirectScheme { url: location.into() })
        }
        _ => Ok(Redirected::Opaque),
    }
}

fn has_no_location(response: &Response) -> bool {
    get(&response.headers, "location").is_none_or(|value| value.is_empty())
}

fn is_http(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// Returns the URL of the redirect (<https://fetch.spec.whatwg.org/#concept-response-location-url>).
fn location(fetching: &Fetching, response: &Response, deviations: &Deviations) -> Result<Option<Url>, Reason> {
    let value = match deviations.repeated_location {
        RepeatedLocation::Invalid => single_location(&response.headers),
        RepeatedLocation::MustAgree => single_location(&without_repetition(&response.headers)),
        RepeatedLocation::Joined => Ok(get(&response.headers, "location")),
    };
    let Some(value) = value.map_err(|_| invalid_location(response))? else { return Ok(None) };
    match deviations.empty_location {
        EmptyLocation::None if value.is_empty() => return Ok(None),
        EmptyLocation::Refused if value.is_empty() => return Err(invalid_location(response)),
        _ => {}
    }
    let text = String::from_utf8(value).unwrap_or_else(|error| isomorphic_decode(error.as_bytes()));
    let mut location = fetching.url.join(&text).map_err(|_| invalid_location(response))?;
    if location.fragment().is_none() {
        location.set_fragment(fetching.url.fragment());
    }
    Ok(Some(location))
}

fn single_location(headers: &[HeaderLine]) -> Result<Option<Vec<u8>>, Repeated> {
    single(headers, "location").map(|value| value.map(<[u8]>::to_vec))
}

fn invalid_location(response: &Response) -> Reason {
    Reason::RedirectLocationInvalid { value: get(&response.headers, "location").unwrap_or_default() }
}

fn check(fetching: &Fetching, response: &Response, location: &Url, deviations: &Deviations) -> Result<(), Reason> {
    let url = || location.as_str().to_owned();
    if !is_http(location) {
        return Err(Reason::RedirectScheme { url: url() });
    }
    if fetching.redirects == MAX_REDIRECTS {
        return Err(Reason::TooManyRedirects);
    }
    // RED-2
    let own = fetching.page.origin.is_same(&WebOrigin::of(location));
    let by_cors = (fetching.mode == Mode::Cors && !own) || fetching.tainting == Tainting::Cors;
    let refuses_credentials = by_cors || deviations.user_info_is_refused;
    if refuses_credentials && (!location.username().is_empty() || location.password().is_some()) {
        return Err(Reason::RedirectWithCredentialsInUrl { url: url() });
    }
    // RED-5
    if fetching.has_stream_body && response.status != 303 {
        return Err(Reason::RedirectWithStreamBody { status: response.status });
    }
    Ok(())
}

fn update_request(fetching: &mut Fetching, response: &Response, location: Url, deviations: &Deviations) {
    let (from, to) = (WebOrigin::of(&fetching.url), WebOrigin::of(&location));
    let changes_origin = !from.is_same(&to);
    let kept = deviations.redirects_keep_origin_line && !changes_origin;
    fetching.kept_origin_line = fetching.origin_header().filter(|_| kept).map(str::to_owned);
    fetching.left_own_origin |= fetching.tainting == Tainting::Basic;
    restore_headers(fetching, response.status, &to, deviations);
    if deviations.safelists_client_hints
        && !(fetching.page.is_of_top_level_origin() && to.is_same(&fetching.page.origin))
    {
        fetching.headers.retain(|line| line.is("save-data") || !is_client_hint(&line.name));
    }
    // RED-3
    let removes_headers = match deviations.removed_headers {
        RemovedHeaders::ComeBack => becomes_get(response.status, &fetching.first_method),
        _ => becomes_get(response.status, &fetching.method),
    };
    let mut asked = fetching.headers.clone();
    if becomes_get(response.status, &fetching.method) {
        remove_headers_of_body(&mut asked);
        "GET".clone_into(&mut fetching.method);
        fetching.has_body = false;
        fetching.has_stream_body = false;
    }
    if removes_headers {
        remove_headers_of_body(&mut fetching.headers);
    }
    if changes_origin && deviations.delete_becomes_get && fetching.method == "DELETE" {
        "GET".clone_into(&mut fetching.method);
        fetching.has_body = false;
    }
    if changes_origin {
        // RED-4
        for headers in [&mut fetching.headers, &mut asked] {
            headers.retain(|line| !is_non_wildcard_request_header(&line.name));
        }
        // ORG-4
        let at_once = deviations.no_cors_taints_at_once && fetching.mode == Mode::NoCors;
        fetching.tainted_origin |= at_once || !from.is_same(&fetching.page.origin);
    }
    let leaves = fetching.tainting == Tainting::Basic && !to.is_same(&fetching.page.origin);
    if leaves && fetching.keeps_credentials() {
        fetching.first_headers.clone_from(&fetching.headers);
    }
    // https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect: the last known name
    // counts.
    let policies = get(&response.headers, "referrer-policy").map(|value| isomorphic_decode(&value)).unwrap_or_default();
    let policy = policies.split(',').rev().find_map(|name| ReferrerPolicy::from_name(name.trim()));
    if let Some(policy) = policy.filter(|_| deviations.redirects_set_referrer_policy) {
        fetching.referrer_policy = policy;
    }
    fetching.asked_headers = (deviations.removed_headers == RemovedHeaders::ComeBack).then_some(asked);
    fetching.redirects += 1;
    fetching.url = location;
}

fn remove_headers_of_body(headers: &mut Vec<HeaderLine>) {
    let of_body = ["content-encoding", "content-language", "content-location", "content-type"];
    headers.retain(|line| !of_body.iter().any(|name| line.is(name)));
}

/// See [`Deviations::refuses_redirects_late`].
fn late_refusal(fetching: &Fetching, response: &Response) -> Option<Reason> {
    let left = fetching.left_own_origin && fetching.tainting == Tainting::Cors;
    let asked = left && fetching.credentials == CredentialsMode::SameOrigin;
    let checked = asked.then(|| cors_check(fetching.serialised_origin(), CredentialsMode::Include, &response.headers));
    checked.and_then(Result::err)
}

fn becomes_get(status: u16, method: &str) -> bool {
    match status {
        301 | 302 => method == "POST",
        303 => !matches!(method, "GET" | "HEAD"),
        _ => false,
    }
}

fn restore_headers(fetching: &mut Fetching, status: u16, to: &WebOrigin, deviations: &Deviations) {
    let is_authorization = |line: &HeaderLine| is_non_wildcard_request_header(&line.name);
    let left_behind = !fetching.headers.iter().any(is_authorization);
    let restores = match deviations.removed_headers {
        RemovedHeaders::StayRemoved => false,
        RemovedHeaders::ComeBack => true,
        RemovedHeaders::ComeBackWithoutAuthorization => {
            let will_be_cors = fetching.mode == Mode::Cors && !fetching.page.origin.is_same(to);
            fetching.tainting == Tainting::Cors || will_be_cors
        }
    };
    if restores {
        fetching.headers.clone_from(&fetching.first_headers);
    }
    if deviations.removed_headers != RemovedHeaders::ComeBackWithoutAuthorization {
        return;
    }
    if left_behind {
        fetching.headers.retain(|line| !is_authorization(line));
    }
    let is_type = |line: &&HeaderLine| line.is("content-type");
    if matches!(status, 307 | 308) && !fetching.headers.iter().any(|line| is_type(&line)) {
        fetching.headers.extend(fetching.first_headers.iter().find(is_type).cloned());
    }
    if !restores {
        fetching.headers.retain(|line| !line.is("user-agent"));
    }
}
