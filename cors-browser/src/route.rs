//! How the current URL is fetched (<https://fetch.spec.whatwg.org/#concept-main-fetch>).

use super::Reason;
use super::fetching::{Fetching, Tainting};
use super::modes::{Mode, RedirectMode};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// Without a server.
    Local,
    /// Without CORS. The response gets this tainting.
    Plain(Tainting),
    /// With CORS.
    Cors,
}

pub(super) fn route(fetching: &Fetching) -> Result<Route, Reason> {
    let scheme = fetching.url.scheme();
    let is_http = matches!(scheme, "http" | "https");
    // PRE-1
    if fetching.tainting == Tainting::Basic && fetching.is_same_origin() {
        return Ok(if is_http { Route::Plain(Tainting::Basic) } else { Route::Local });
    }
    if scheme == "data" {
        return Ok(Route::Local);
    }
    // PRE-2
    if fetching.mode == Mode::SameOrigin {
        return Err(Reason::CrossOriginInSameOriginMode { url: fetching.address() });
    }
    if fetching.mode == Mode::NoCors && fetching.redirect != RedirectMode::Follow {
        return Err(Reason::NoCorsNeedsFollow);
    }
    // PRE-3; in mode `no-cors`, https://fetch.spec.whatwg.org/#concept-scheme-fetch has the same result.
    if !is_http {
        return Err(Reason::Scheme { url: fetching.address() });
    }
    Ok(if fetching.mode == Mode::NoCors { Route::Plain(Tainting::Opaque) } else { Route::Cors })
}
