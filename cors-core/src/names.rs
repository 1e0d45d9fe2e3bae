//! The standard's lists of method and header names, and the syntax of a name.
//!
//! ```
//! use cors_core::names;
//!
//! assert!(names::is_safelisted_method("HEAD"));
//! assert!(names::is_forbidden_method(b"trace"));
//! assert!(names::is_forbidden_request_header("Cookie"));
//! assert!(names::is_forbidden_response_header("Set-Cookie"));
//! assert!(names::is_non_wildcard_request_header("Authorization"));
//! assert!(names::is_token(b"X-Request-Id") && !names::is_token(b"X Request Id"));
//! ```

/// Whether a method is CORS-safelisted and needs no permission
/// (<https://fetch.spec.whatwg.org/#cors-safelisted-method>).
pub fn is_safelisted_method(method: impl AsRef<[u8]>) -> bool {
    matches!(method.as_ref(), b"GET" | b"HEAD" | b"POST")
}

/// The methods of [`is_forbidden_method`].
pub const FORBIDDEN_METHODS: [&str; 3] = ["CONNECT", "TRACE", "TRACK"];

/// Whether scripts cannot send a method, in any case (<https://fetch.spec.whatwg.org/#forbidden-method>).
pub fn is_forbidden_method(method: &[u8]) -> bool {
    FORBIDDEN_METHODS.iter().any(|name| method.eq_ignore_ascii_case(name.as_bytes()))
}

/// The methods of the IANA registry except the forbidden ones, to suggest `PATCH` for `patch`.
const REGISTERED_METHODS: [&str; 38] = [
    "ACL",
    "BASELINE-CONTROL",
    "BIND",
    "CHECKIN",
    "CHECKOUT",
    "COPY",
    "DELETE",
    "GET",
    "HEAD",
    "LABEL",
    "LINK",
    "LOCK",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKCOL",
    "MKREDIRECTREF",
    "MKWORKSPACE",
    "MOVE",
    "OPTIONS",
    "ORDERPATCH",
    "PATCH",
    "POST",
    "PRI",
    "PROPFIND",
    "PROPPATCH",
    "PUT",
    "QUERY",
    "REBIND",
    "REPORT",
    "SEARCH",
    "UNBIND",
    "UNCHECKOUT",
    "UNLINK",
    "UNLOCK",
    "UPDATE",
    "UPDATEREDIRECTREF",
    "VERSION-CONTROL",
];

/// Returns the registered method that differs from `method` only in case.
pub(crate) fn registered_in_upper_case(method: &str) -> Option<&'static str> {
    let differs_by_case = |name: &&&str| **name != method && name.eq_ignore_ascii_case(method);
    REGISTERED_METHODS.iter().find(differs_by_case).copied()
}

/// The names of [`is_forbidden_request_header`], without its two prefixes.
pub const FORBIDDEN_REQUEST_HEADERS: [&str; 21] = [
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// Whether scripts cannot set a request header (<https://fetch.spec.whatwg.org/#forbidden-request-header>).
pub fn is_forbidden_request_header(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    FORBIDDEN_REQUEST_HEADERS.contains(&lower.as_str()) || lower.starts_with("proxy-") || lower.starts_with("sec-")
}

/// Whether scripts cannot read a response header (<https://fetch.spec.whatwg.org/#forbidden-response-header-name>).
pub fn is_forbidden_response_header(name: &str) -> bool {
    ["set-cookie", "set-cookie2"].contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a header belongs to the CORS protocol itself, so that a list neither allows nor exposes it.
pub(crate) fn is_protocol_header(name: &str) -> bool {
    name.to_ascii_lowercase().starts_with("access-control-")
}

/// Whether a header belongs to the CORS protocol, and is not one of the three of actual responses, which scripts can
/// read if they are exposed.
pub(crate) fn is_preflight_header(name: &str) -> bool {
    const READABLE: [&str; 3] =
        ["access-control-allow-origin", "access-control-allow-credentials", "access-control-expose-headers"];
    is_protocol_header(name) && !READABLE.iter().any(|readable| name.eq_ignore_ascii_case(readable))
}

/// Whether a header is only for requests, so that exposing it has no effect.
pub(crate) fn is_request_only_header(name: &str) -> bool {
    const NAMES: [&str; 16] = [
        "accept",
        "accept-charset",
        "accept-encoding",
        "accept-language",
        "authorization",
        "cookie",
        "host",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "if-unmodified-since",
        "origin",
        "range",
        "referer",
        "user-agent",
    ];
    NAMES.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether `*` does not cover a request header
/// (<https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name>).
pub fn is_non_wildcard_request_header(name: impl AsRef<[u8]>) -> bool {
    name.as_ref().eq_ignore_ascii_case(b"authorization")
}

/// Whether the bytes are a token, the syntax of method and header names
/// (<https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2>).
pub fn is_token(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(|byte| is_token_byte(*byte))
}

/// Whether a name may contain the byte. Uses a table, because an echoed list is read byte by byte.
#[inline]
pub(crate) const fn is_token_byte(byte: u8) -> bool {
    const TABLE: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < table.len() {
            table[byte] = matches!(
                byte as u8,
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.'
                    | b'^' | b'_' | b'`' | b'|' | b'~'
            );
            byte += 1;
        }
        table
    };
    TABLE[byte as usize]
}
