//! Names of methods and headers.

const FORBIDDEN_REQUEST_HEADERS: &str = "accept-charset accept-encoding access-control-request-headers \
    access-control-request-method connection content-length cookie cookie2 date dnt expect host keep-alive origin referer \
    set-cookie te trailer transfer-encoding upgrade via";

const REQUEST_HEADERS_ONLY: &str = "accept accept-charset accept-encoding accept-language authorization cookie host if-match \
    if-modified-since if-none-match if-range if-unmodified-since origin range referer user-agent";

/// The headers of actual responses among those that begin with `access-control-`. Any other belongs to preflights, or
/// nowhere.
const ON_ACTUAL_RESPONSES: &str =
    "access-control-allow-origin access-control-allow-credentials access-control-expose-headers";

/// The registry of HTTP methods that IANA keeps.
const REGISTERED: &str = "ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT CONNECT COPY DELETE GET HEAD LABEL LINK LOCK MERGE \
    MKACTIVITY MKCALENDAR MKCOL MKREDIRECTREF MKWORKSPACE MOVE OPTIONS ORDERPATCH PATCH POST PRI PROPFIND PROPPATCH PUT \
    REBIND REPORT SEARCH TRACE UNBIND UNCHECKOUT UNLINK UNLOCK UPDATE UPDATEREDIRECTREF VERSION-CONTROL";

fn has(list: &str, name: &str) -> bool {
    list.split_whitespace().any(|other| other == name)
}

pub(super) fn is_token(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte))
}

/// MET-2
pub(super) fn is_forbidden_method(name: &[u8]) -> bool {
    ["CONNECT", "TRACE", "TRACK"].iter().any(|forbidden| forbidden.as_bytes().eq_ignore_ascii_case(name))
}

/// MET-1
pub(super) fn is_safelisted_method(name: &str) -> bool {
    has("GET HEAD POST", name)
}

/// Returns the mistake in a name of a list, in the order of the table, except `*` and repetition.
pub(super) fn flaw(key: &str, name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let (forbidden, misplaced) = match key {
        "methods" => (is_forbidden_method(name.as_bytes()), false),
        "allow_headers" => (
            has(FORBIDDEN_REQUEST_HEADERS, &lower) || lower.starts_with("sec-") || lower.starts_with("proxy-"),
            lower.starts_with("access-control-"),
        ),
        _ => (
            has("set-cookie set-cookie2", &lower),
            (lower.starts_with("access-control-") && !has(ON_ACTUAL_RESPONSES, &lower))
                || has(REQUEST_HEADERS_ONLY, &lower),
        ),
    };
    let upper = name.to_ascii_uppercase();
    if forbidden {
        Some("forbidden-name")
    } else if misplaced {
        Some("misplaced-name")
    } else if !is_token(name.as_bytes()) {
        Some("not-a-token")
    } else if key == "methods" && name != upper && has(REGISTERED, &upper) {
        Some("method-case")
    } else {
        None
    }
}
