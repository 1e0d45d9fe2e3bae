//! Builds the request that a script makes, before anything is sent (<https://fetch.spec.whatwg.org/#dom-request>).

use std::borrow::Cow;

use url::Url;

use super::deviations::{Deviations, RepeatedHeader, Streams};
use super::fetching::{Fetching, Tainting};
use super::header::{get, trim_whitespace};
use super::modes::{CacheMode, Mode};
use super::safelist::is_no_cors_safelisted;
use super::script::{Body, content_type};
use super::{CredentialsMode, EmbedderPolicy, HeaderLine, InitiatorType, Page, Refusal, ScriptRequest};
use cors_core::names;

/// Returns the method as the browser sends it: six methods in upper case, all others unchanged (MET-3,
/// <https://fetch.spec.whatwg.org/#concept-method-normalize>).
///
/// ```
/// use cors_browser::normalise_method;
///
/// assert_eq!((&*normalise_method("put"), &*normalise_method("patch")), ("PUT", "patch"));
/// ```
pub fn normalise_method(method: &str) -> Cow<'_, str> {
    let upper = method.to_ascii_uppercase();
    match upper.as_str() {
        "DELETE" | "GET" | "HEAD" | "OPTIONS" | "POST" | "PUT" => Cow::Owned(upper),
        _ => Cow::Borrowed(method),
    }
}

/// Returns whether the browser drops this header of a script (HDR-5,
/// <https://fetch.spec.whatwg.org/#forbidden-request-header>).
///
/// ```
/// use cors_browser::is_forbidden_request_header;
///
/// assert!(is_forbidden_request_header("Cookie", b"a=b"));
/// assert!(is_forbidden_request_header("X-HTTP-Method-Override", b"TRACE"));
/// assert!(!is_forbidden_request_header("X-HTTP-Method-Override", b"PUT"));
/// ```
pub fn is_forbidden_request_header(name: &str, value: &[u8]) -> bool {
    is_forbidden(name, value, &Deviations::STANDARD)
}

fn is_forbidden(name: &str, value: &[u8], deviations: &Deviations) -> bool {
    let overrides = ["x-http-method", "x-http-method-override", "x-method-override"];
    names::is_forbidden_request_header(name)
        || (overrides.contains(&name.to_ascii_lowercase().as_str())
            && split(value, deviations.quotes_commas).into_iter().any(names::is_forbidden_method))
}

/// Splits a list at commas; if `quotes_commas`, not at commas in quotes
/// (<https://fetch.spec.whatwg.org/#header-value-get-decode-and-split>).
fn split(value: &[u8], quotes_commas: bool) -> Vec<&[u8]> {
    let (mut quoted, mut escaped) = (false, false);
    let elements = value.split(|byte| {
        let ends = *byte == b',' && !quoted;
        match *byte {
            _ if escaped => escaped = false,
            b'"' => quoted = quotes_commas && !quoted,
            b'\\' => escaped = quoted,
            _ => {}
        }
        ends
    });
    elements.map(trim_whitespace).collect()
}

/// Checks the script's request and adds what the browser fills in (HDR-7).
pub(super) fn construct(page: &Page, script: &ScriptRequest, deviations: &Deviations) -> Result<Fetching, Refusal> {
    let url = Url::parse(&script.url).map_err(|_| Refusal::UrlInvalid { url: script.url.clone() })?;
    let may_have_user_info = script.initiator != InitiatorType::Fetch;
    if !may_have_user_info && (!url.username().is_empty() || url.password().is_some()) {
        return Err(Refusal::UrlWithCredentials { url: script.url.clone() });
    }
    let method = check_method(script)?;
    // https://xhr.spec.whatwg.org/#dom-xmlhttprequest-setrequestheader
    let joins = script.initiator == InitiatorType::XmlHttpRequest;
    let lines = if joins { RepeatedHeader::Joined } else { deviations.repeated_header };
    let mut headers = Vec::new();
    for line in &script.headers {
        append(&mut headers, line, script.mode, lines, deviations)?;
    }
    let body = match (&script.body, deviations.streams) {
        (Body::Stream, Streams::AsText) => &Body::Text,
        (Body::Stream, Streams::Refused) => return Err(Refusal::StreamNotSupported),
        (body, _) => body,
    };
    if *body != Body::None && ["GET", "HEAD"].contains(&&*method) {
        return Err(Refusal::BodyWithGet { method: method.into_owned() });
    }
    let content_type = content_type(body);
    if let Some(value) = content_type.filter(|_| !headers.iter().any(|line| line.is("content-type"))) {
        let mode = if deviations.no_cors_keeps_type_of_body { Mode::Cors } else { script.mode };
        append(&mut headers, &HeaderLine::new("Content-Type", value), mode, lines, deviations)?;
    }
    for (name, value) in script.initiator.headers() {
        let asks_for_all = deviations.requests_whole_media && *name == "Range";
        if !asks_for_all && !headers.iter().any(|line| line.is(name)) {
            headers.push(HeaderLine::new(*name, *value));
        }
    }
    if *body == Body::Stream && script.mode == Mode::NoCors {
        return Err(Refusal::StreamInNoCors);
    }
    if script.cache == CacheMode::OnlyIfCached && script.mode != Mode::SameOrigin {
        return Err(Refusal::OnlyIfCachedNeedsSameOrigin);
    }
    let upload_listeners = script.upload_listeners && (*body != Body::None || !deviations.upload_listeners_need_body);
    let (mode, credentials) = modes(script, body, deviations);
    let mut page = page.clone();
    if deviations.ignores_credentialless && page.embedder_policy == EmbedderPolicy::Credentialless {
        page.embedder_policy = EmbedderPolicy::UnsafeNone;
    }
    Ok(Fetching {
        page,
        url,
        tainted_origin: false,
        redirects: 0,
        first_method: method.clone().into_owned(),
        method: method.into_owned(),
        first_headers: headers.clone(),
        headers,
        has_body: *body != Body::None,
        // PRE-4: the use-CORS-preflight flag.
        use_cors_preflight: upload_listeners || *body == Body::Stream,
        has_stream_body: *body == Body::Stream,
        unsafe_request: script.initiator.is_unsafe_request(),
        mode,
        credentials,
        redirect: script.redirect,
        cache: cache_mode(script, deviations),
        stated_cache: script.cache,
        referrer_policy: script.referrer_policy,
        kept_origin_line: None,
        asked_headers: None,
        left_own_origin: false,
        is_stored: false,
        refused_late: None,
        no_cors_keeps_credentials: deviations.no_cors_keeps_credentials,
        referrer_policy_hides_origin: deviations.referrer_policy_hides_origin,
        tainting: Tainting::Basic,
        preflight_was_due: false,
    })
}

/// Returns the modes of the request. Some engines do not use the modes of the initiator's standard.
fn modes(script: &ScriptRequest, body: &Body, deviations: &Deviations) -> (Mode, CredentialsMode) {
    let is_plain = script.mode == script.initiator.mode();
    match script.initiator {
        InitiatorType::PreloadFont if is_plain && deviations.preloads_fonts_with_cors => {
            (Mode::Cors, CredentialsMode::SameOrigin)
        }
        initiator if is_plain && deviations.fetches_without_cors.contains(&initiator) => {
            (Mode::NoCors, CredentialsMode::Include)
        }
        _ if deviations.streams_use_mode_cors && *body == Body::Stream => (Mode::Cors, script.credentials),
        _ => (script.mode, script.credentials),
    }
}

/// Returns `no-store` if the script sets conditional headers itself
/// (<https://fetch.spec.whatwg.org/#http-network-or-cache-fetch>).
fn cache_mode(script: &ScriptRequest, deviations: &Deviations) -> CacheMode {
    let conditions = ["if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since"];
    let is_condition = |line: &HeaderLine| conditions.iter().any(|name| line.is(name));
    let is_kept = deviations.xml_http_requests_keep_cache_mode && script.initiator == InitiatorType::XmlHttpRequest;
    match script.cache {
        CacheMode::Default if !is_kept && script.headers.iter().any(is_condition) => CacheMode::NoStore,
        mode => mode,
    }
}

fn check_method(script: &ScriptRequest) -> Result<Cow<'_, str>, Refusal> {
    let method = &script.method;
    if !names::is_token(method.as_bytes()) {
        return Err(Refusal::MethodInvalid { method: method.clone() });
    }
    // MET-2
    if names::is_forbidden_method(method.as_bytes()) {
        return Err(Refusal::MethodForbidden { method: method.clone() });
    }
    let method = normalise_method(method);
    if script.mode == Mode::NoCors && !names::is_safelisted_method(&*method) {
        return Err(Refusal::MethodNotSimpleInNoCors { method: method.into_owned() });
    }
    Ok(method)
}

/// Appends a header of the script, unless it is dropped (<https://fetch.spec.whatwg.org/#concept-headers-append>).
fn append(
    headers: &mut Vec<HeaderLine>,
    line: &HeaderLine,
    mode: Mode,
    lines: RepeatedHeader,
    deviations: &Deviations,
) -> Result<(), Refusal> {
    let value = trim_whitespace(&line.value);
    if !names::is_token(line.name.as_bytes()) || value.iter().any(|byte| b"\0\r\n".contains(byte)) {
        return Err(Refusal::HeaderInvalid { line: line.clone() });
    }
    let dropped_by_engine = deviations.drops_user_agent && line.is("user-agent");
    if is_forbidden(&line.name, value, deviations) || dropped_by_engine {
        return Ok(());
    }
    let line = HeaderLine::new(line.name.clone(), value);
    if mode == Mode::NoCors {
        // HDR-6: the joined value of all lines is checked.
        let so_far = get(headers, &line.name).map_or_else(Vec::new, |value| [&value, b", ".as_slice()].concat());
        if !is_no_cors_safelisted(&line.name, &[so_far, line.value.clone()].concat(), deviations) {
            return Ok(());
        }
    }
    match headers.iter_mut().find(|before| before.is(&line.name)) {
        Some(before) if lines == RepeatedHeader::Joined => {
            before.value = [&before.value, b", ".as_slice(), &line.value].concat();
        }
        _ => headers.push(line),
    }
    Ok(())
}
