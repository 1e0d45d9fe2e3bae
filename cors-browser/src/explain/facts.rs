//! What is known of a blocked request: everything from a verdict, less from a console message.

use url::Url;

use super::{Cause, InitiatorType};
use crate::header::{canonical_name, isomorphic_decode};
use crate::{At, Blocked, CredentialsMode, HeaderLine, OutgoingRequest, Page, Reason, ScriptRequest, normalise_method};
use cors_core::names::is_safelisted_method;

/// What is known of a blocked request. Header values have one character for each byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) initiator: InitiatorType,
    pub(super) at: Option<At>,
    /// The URL of the blocked response.
    pub(super) url: Option<String>,
    /// The URL that the script requested, if it was redirected.
    pub(super) redirected_from: Option<String>,
    /// The URL of the redirect.
    pub(super) location: Option<String>,
    pub(super) page_origin: Option<String>,
    /// The origin that the response must allow: the page's, or `null`.
    pub(super) origin: Option<String>,
    /// The value of the wrong header.
    pub(super) value: Option<String>,
    /// The number of `Access-Control-Allow-Origin` lines.
    pub(super) allow_origin_lines: usize,
    /// Whether `Vary` covers the origin, by name or by `*`.
    pub(super) varies: bool,
    /// Whether `Vary` names `Origin`, as only servers do that look at the origin.
    pub(super) looks_at_origin: bool,
    /// Whether a preflight before the request succeeded.
    pub(super) passed_preflight: bool,
    pub(super) status: Option<u16>,
    /// The known part of a message that is not from a browser.
    pub(super) known_text: Option<&'static str>,
    /// The header `Server` of the response.
    pub(super) server: Option<String>,
    /// The header `Allow` of the response, if it is printable.
    pub(super) allow: Option<String>,
    /// The method of the script.
    pub(super) asked_method: Option<String>,
    pub(super) method: Option<String>,
    /// The request header as the script wrote it, or the malformed list in the response to the preflight.
    pub(super) header: Option<String>,
    /// What the response lists instead of the method or header.
    pub(super) listed: Option<Vec<String>>,
    /// Whether the credentials mode is `include`.
    pub(super) credentials: Option<bool>,
    pub(super) needs: NeededGrants,
    /// Whether the response comes from the HTTP cache.
    pub(super) is_stored: bool,
}

/// What the response to the preflight must allow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NeededGrants {
    pub(super) method: Option<String>,
    /// The names as the script wrote them.
    pub(super) headers: Vec<String>,
}

impl Facts {
    pub(super) fn of(blocked: &Blocked, page: &Page, request: &ScriptRequest) -> (Cause, Self) {
        let response = blocked.response.as_ref();
        let allowed: Vec<&[u8]> =
            response.into_iter().flat_map(|response| response.values("access-control-allow-origin")).collect();
        let sees_null = page.origin() == "null" || allowed == [b"null"];
        let varies_by = |name| response.is_some_and(|response| response.varies_by(name));
        let preflight = blocked.preflight.as_ref().filter(|_| blocked.redirects == 0);
        let mut facts = Self {
            initiator: request.initiator,
            at: Some(blocked.at),
            url: Some(blocked.url.clone()),
            redirected_from: (blocked.redirects > 0).then(|| without_fragment(&request.url)),
            location: location(blocked),
            page_origin: Some(page.origin().to_owned()),
            origin: Some(if sees_null { "null" } else { page.origin() }.to_owned()),
            allow_origin_lines: allowed.len(),
            varies: varies_by("origin") || varies_by("*"),
            looks_at_origin: varies_by("origin"),
            passed_preflight: blocked.at == At::Actual && preflight.is_some(),
            status: response.map(|response| response.status),
            server: response.and_then(|response| response.values("server").next()).and_then(plain_text),
            allow: response.and_then(|response| response.values("allow").next()).and_then(plain_text),
            asked_method: Some(normalise_method(&request.method).into_owned()),
            credentials: Some(request.credentials == CredentialsMode::Include),
            needs: preflight.map(|preflight| NeededGrants::of(preflight, &request.headers)).unwrap_or_default(),
            is_stored: blocked.is_stored,
            ..Self::default()
        };
        facts.add(&blocked.reason, &request.headers);
        let cause = cause(&blocked.reason, &facts);
        (cause, facts)
    }

    fn add(&mut self, reason: &Reason, written: &[HeaderLine]) {
        match reason {
            Reason::AllowOriginMissing { origin } | Reason::WildcardWithCredentials { origin } => {
                self.origin = Some(origin.clone());
            }
            Reason::AllowOriginMismatch { origin, value } => {
                self.origin = Some(origin.clone());
                self.value = Some(isomorphic_decode(value));
            }
            Reason::AllowCredentialsNotTrue { value } => self.value = value.as_deref().map(isomorphic_decode),
            Reason::PreflightListMalformed { header, value } => {
                self.header = Some(canonical_name(header));
                self.value = Some(isomorphic_decode(value));
            }
            Reason::MethodNotAllowed { method, allowed, .. } => {
                self.method = Some(method.clone());
                self.listed = Some(allowed.clone());
                self.needs.method = Some(method.clone());
            }
            Reason::HeaderNotAllowed { name, allowed, .. } => {
                let name = as_written(name, written);
                self.listed = Some(allowed.clone());
                self.needs.add_header(&name);
                self.header = Some(name);
            }
            Reason::RedirectLocationInvalid { value } => self.value = Some(isomorphic_decode(value)),
            Reason::RedirectScheme { url } | Reason::RedirectWithCredentialsInUrl { url } => {
                self.location = Some(url.clone());
            }
            Reason::ResourcePolicy { value } => self.value = Some(value.clone()),
            _ => {}
        }
    }

    /// Whether the browser sends `null` for a page that has an origin, because of a redirect.
    pub(super) fn is_tainted(&self) -> bool {
        self.origin.as_deref() == Some("null") && self.page_origin.as_deref().is_some_and(|own| own != "null")
    }

    pub(super) fn with_credentials(&self) -> bool {
        self.credentials == Some(true)
    }
}

impl NeededGrants {
    fn of(preflight: &OutgoingRequest, written: &[HeaderLine]) -> Self {
        let text = |name| preflight.header(name).map(isomorphic_decode);
        let headers = text("access-control-request-headers").unwrap_or_default();
        let names = headers.split(',').filter(|name| !name.is_empty());
        Self {
            method: text("access-control-request-method").filter(|method| !is_safelisted_method(method)),
            headers: names.map(|name| as_written(name, written)).collect(),
        }
    }

    pub(super) fn add_header(&mut self, name: &str) {
        if !self.headers.iter().any(|other| other.eq_ignore_ascii_case(name)) {
            self.headers.push(name.to_owned());
        }
    }
}

fn without_fragment(url: &str) -> String {
    Url::parse(url).map_or_else(
        |_| url.to_owned(),
        |mut url| {
            url.set_fragment(None);
            url.into()
        },
    )
}

/// Returns a short printable text. A server can send anything.
fn plain_text(value: &[u8]) -> Option<String> {
    const LONGEST: usize = 64;
    let is_plain = value.len() <= LONGEST && value.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ');
    (is_plain && !value.is_empty()).then(|| isomorphic_decode(value))
}

fn location(blocked: &Blocked) -> Option<String> {
    let response = blocked.response.as_ref().filter(|response| response.is_redirect())?;
    let value = isomorphic_decode(response.values("location").next()?);
    let resolved = Url::parse(&blocked.url).and_then(|url| url.join(&value));
    Some(resolved.map_or(value, String::from))
}

/// Returns the name as the script wrote it. Browsers send it in lower case.
fn as_written(name: &str, written: &[HeaderLine]) -> String {
    let line = written.iter().find(|line| line.is(name));
    line.map_or_else(|| canonical_name(name), |line| line.name.clone())
}

/// Whether the value of `Access-Control-Allow-Origin` has more than one origin.
pub(super) fn is_several(value: &str) -> bool {
    value.contains([',', ' '])
}

fn cause(reason: &Reason, facts: &Facts) -> Cause {
    match reason {
        // Browsers do not follow this redirect, whatever its headers.
        _ if facts.at == Some(At::Preflight) && facts.location.is_some() => Cause::PreflightRedirected,
        Reason::AllowOriginMismatch { .. } if facts.value.as_deref().is_some_and(is_several) => {
            Cause::SeveralAllowedOrigins
        }
        reason => reason.cause(),
    }
}
