//! The part of a request that the grants do not cover. Makes a browser's checks on the values that are sent.

use crate::names::{is_non_wildcard_request_header, is_safelisted_method};
use crate::{Credentials, Denial, Grants, IncomingRequest, Lines, RequestHeader, ResponseHeader, Value, requested};

/// A part of a request that is not granted, as received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing<'r> {
    Credentials,
    Method(&'r [u8]),
    Header(&'r [u8]),
}

impl<'r> Missing<'r> {
    /// Returns the first missing part, in the order of a browser's checks.
    pub(crate) fn of(
        grants: &Grants<'_>,
        request: &impl IncomingRequest<'r>,
        credentials: Credentials,
    ) -> Option<Self> {
        // A same-origin GET has no `Origin` and needs no grants.
        if request.origin_lines() == Lines::None {
            return None;
        }
        let included = credentials == Credentials::Included;
        // CHK-2 to CHK-4 (#concept-cors-check): one check, because a rule with `*` has no credentials. A preflight is
        // checked with the credentials mode of the request that follows it (PRE-11).
        if included && grants.value(ResponseHeader::AllowCredentials).is_none() {
            return Some(Self::Credentials);
        }
        if !grants.is_to_preflight() {
            return None;
        }
        // PRE-13 (#cors-preflight-fetch)
        let listed = Listed::of(grants, ResponseHeader::AllowMethods, included);
        if let Lines::One(method) = request.access_control_request_method_lines()
            && !is_safelisted_method(method)
            && !(listed.is_echo || listed.has_wildcard || listed.names().any(|name| name == method))
        {
            return Some(Self::Method(method));
        }
        let listed = Listed::of(grants, ResponseHeader::AllowHeaders, included);
        if listed.is_echo { None } else { listed.first_missing(requested::names(request)).map(Self::Header) }
    }
}

impl From<Missing<'_>> for Denial {
    fn from(missing: Missing<'_>) -> Self {
        match missing {
            Missing::Credentials => Self::CredentialsNotAllowed,
            Missing::Method(_) => Self::MethodNotListed,
            Missing::Header(_) => Self::HeaderNotListed,
        }
    }
}

/// The value of a header that lists what is allowed.
#[derive(Clone, Copy)]
struct Listed<'p> {
    text: &'p str,
    /// Whether the value echoes the request, so that nothing is missing.
    is_echo: bool,
    has_wildcard: bool,
}

impl<'p> Listed<'p> {
    fn of(grants: &Grants<'p>, header: ResponseHeader, included: bool) -> Self {
        let (text, is_echo) = match grants.value(header) {
            Some(Value::Text(text)) => (text, false),
            Some(Value::Requested(RequestHeader::Origin)) | None => ("", false),
            Some(Value::Requested(_)) => ("", true),
        };
        Self { text, is_echo, has_wildcard: !included && text.split(", ").any(|name| name == "*") }
    }

    fn names(self) -> impl Iterator<Item = &'p [u8]> {
        self.text.split(", ").map(str::as_bytes).filter(|name| !name.is_empty())
    }

    /// Returns the first name that is not allowed (PRE-14, PRE-15).
    fn first_missing<'r>(self, mut asked: impl Iterator<Item = &'r [u8]>) -> Option<&'r [u8]> {
        let by_wildcard = |name: &[u8]| self.has_wildcard && !is_non_wildcard_request_header(name);
        let is_missing =
            |name: &&[u8]| !by_wildcard(name) && !self.names().any(|listed| listed.eq_ignore_ascii_case(name));
        // A browser names each header once, so without a wildcard it requests no more names than these.
        let missing = asked.by_ref().take(self.names().count() + 1).find(is_missing);
        if missing.is_some() {
            return missing;
        }
        // Further names are repetitions, or a wildcard covers them. Searching a sorted copy bounds their cost.
        let mut asked = asked.peekable();
        asked.peek()?;
        let mut sorted: Vec<Vec<u8>> = self.names().map(<[u8]>::to_ascii_lowercase).collect();
        sorted.sort_unstable();
        let is_listed = |name: &[u8]| {
            let lower = || name.iter().map(u8::to_ascii_lowercase);
            sorted.binary_search_by(|listed| listed.iter().copied().cmp(lower())).is_ok()
        };
        asked.find(|name| !by_wildcard(name) && !is_listed(name))
    }
}
