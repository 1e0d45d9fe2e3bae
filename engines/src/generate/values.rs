//! Values that lie on both sides of a rule.

use cors_browser::{Response, is_safelisted_request_header};

/// Methods as scripts write them.
pub(super) const METHODS: [&str; 16] = [
    "GET", "GET", "GET", "HEAD", "POST", "POST", "POST", "PUT", "PUT", "DELETE", "PATCH", "patch", "put", "OPTIONS",
    "QUERY", "X-Own",
];

/// Request headers by which some servers let another method do, and values with methods that no script can send.
pub(super) const OVERRIDES: [&str; 3] = ["X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override"];
pub(super) const OVERRIDDEN: [&str; 7] =
    ["TRACE", "PUT", "get, track", "connect", "\"get, TRACE, a\"", "\"a\\\", TRACE, b\"", "TRACE x"];

/// The bytes that need permission (HDR-2), as the model has them.
pub(super) fn unsafe_bytes() -> Vec<char> {
    let is_unsafe = |byte: &u8| !is_safelisted_request_header("Accept", &[*byte]) && !b"\0\r\n".contains(byte);
    (0..=255).filter(is_unsafe).map(char::from).collect()
}

/// As the model has them.
pub(super) fn redirect_statuses() -> Vec<u16> {
    (300..400).filter(|status| Response::new(*status).header("Location", "/").is_redirect()).collect()
}

/// Request headers, safelisted or nearly so.
pub(super) const HEADERS: [(&str, &str); 59] = [
    ("X-A", "1"),
    ("X-A", "1"),
    ("x-b", "2"),
    ("X-B", ""),
    ("Authorization", "Basic dTpw"),
    ("authorization", "Bearer 7"),
    ("Content-Type", "text/plain"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Type", "TEXT/PLAIN"),
    ("Content-Type", "text/plain ;x=y"),
    ("Content-Type", "text/plain, text/html"),
    ("Content-Type", "text/plain;charset=\"utf-8\""),
    ("Content-Type", "text/plain-x"),
    ("Content-Type", "text"),
    ("Content-Type", "text/html"),
    ("Content-Type", "application/json"),
    ("Content-Type", "application/x-www-form-urlencoded"),
    ("Content-Type", "multipart/form-data"),
    ("Content-Type", "multipart/form-data; x=(y)"),
    ("content-type", "application/x-www-form-urlencoded;"),
    ("Accept", "application/json"),
    ("Accept", "text/html;q=\"1\""),
    ("Accept", "a(b)"),
    ("Accept", ""),
    ("Accept", "a\tb"),
    ("Accept", "\u{e9}"),
    ("Accept-Language", "de-DE, en;q=0.5"),
    ("Accept-Language", "de_DE"),
    ("Accept-Language", "de\tDE"),
    ("Content-Language", "*"),
    ("Content-Language", "de/DE"),
    ("Range", "bytes=0-"),
    ("Range", "bytes=0-99"),
    ("Range", "bytes=9-1"),
    ("Range", "bytes=-5"),
    ("Range", "bytes=0-1,3-4"),
    ("Range", "Bytes=0-1"),
    ("Range", "bytes= 0-1"),
    ("Save-Data", "on"),
    ("Save-Data", "off"),
    ("DPR", "1.5"),
    ("DPR", "x"),
    ("Viewport-Width", "wide"),
    ("Width", "12"),
    ("Device-Memory", "8"),
    ("Downlink", "-1"),
    ("RTT", "1.5"),
    ("ECT", "4G"),
    ("User-Agent", "own"),
    ("Range", "bytes=0-9999999999999999999"),
    ("Sec-Own", "dropped"),
    ("Proxy-Own", "dropped"),
    ("Cookie", "dropped=1"),
    ("Origin", "http://dropped.example"),
    ("Access-Control-Request-Method", "DROPPED"),
    ("X-Method-Override", "TRACE"),
    ("X-Method-Override", "PUT"),
    ("X-HTTP-Method", "get, track"),
    ("If-None-Match", "\"1\""),
];

/// Request headers that no script can set.
pub(super) const REFUSED_HEADERS: [(&str, &str); 4] = [("X A", "1"), ("", "1"), ("X-A:", "1"), ("X-A", "1\n2")];

/// `Access-Control-Allow-Origin`, of which one line or more, in answers that may consent.
pub(super) const ORIGINS: [&[&str]; 31] = [
    &[],
    &["*"],
    &["{origin}"],
    &["{page}"],
    &["null"],
    &["{page}/"],
    &["{PAGE}"],
    &["{stranger}"],
    &["{page}, {page}"],
    &["{page}, {stranger}"],
    &["{page}", "{page}"],
    &["*", "*"],
    &["{page}", ""],
    &["", "{page}"],
    &["*", "{page}"],
    &["  {page}\t "],
    &["\t* "],
    &[""],
    &["*, *"],
    &["**"],
    &["'{page}'"],
    &["\"{page}\""],
    &["{page},"],
    &["{page} {stranger}"],
    &["{page};"],
    &["http://localhost"],
    &["http://*.localhost"],
    &["NULL"],
    &["Null"],
    &["{page}\u{a0}"],
    &["true"],
];

/// `Access-Control-Allow-Credentials`.
pub(super) const CREDENTIALS: [&[&str]; 14] = [
    &[],
    &["true"],
    &["TRUE"],
    &["True"],
    &["false"],
    &[""],
    &["  true\t"],
    &["true", "true"],
    &["true, true"],
    &["true,"],
    &["\"true\""],
    &["1"],
    &["*"],
    &["true", ""],
];

/// `Access-Control-Allow-Methods`; `{method}` and `{method-lower}` are the method that is asked for.
pub(super) const ALLOWED_METHODS: [&[&str]; 31] = [
    &[],
    &[""],
    &["*"],
    &["{method}"],
    &["{method-lower}"],
    &["{method-lower}"],
    &["GET, {method-lower}"],
    &["{method-upper}"],
    &["GET, {method}"],
    &["GET,{method},"],
    &[",,{method}"],
    &["GET \t,\t {method} "],
    &["GET", "{method}"],
    &["", "{method}"],
    &["GET {method}"],
    &["GET; {method}"],
    &["\"{method}\""],
    &["{method}, \"*\""],
    &["{method}, P T"],
    &["{method};q=1"],
    &["{method}:"],
    &["{method}, \u{e9}"],
    &["*, {method}"],
    &["**"],
    &["{method}X"],
    &["GET, HEAD, POST"],
    &["PUT, DELETE, PATCH, OPTIONS"],
    &["{method}/"],
    &["[{method}]"],
    &["{method}", "P T"],
    &["'{method}'"],
];

/// `Access-Control-Allow-Headers`; `{names}` are those that the request needs, `{rest}` all but the first.
pub(super) const ALLOWED_HEADERS: [&[&str]; 31] = [
    &[],
    &[""],
    &["*"],
    &["{names}"],
    &["{names-upper}"],
    &["{rest}"],
    &["{names},"],
    &[",, {names}"],
    &["X-Other \t,\t {names} "],
    &["X-Other", "{names}"],
    &["{names}", ""],
    &["{names}; x-other"],
    &["{names} x-other"],
    &["\"{names}\""],
    &["{names}, \"x-other\""],
    &["{names}, x other"],
    &["{names}, x-other:"],
    &["{names}, \u{e9}"],
    &["*, {names}"],
    &["*, Authorization"],
    &["*, {rest}"],
    &["**"],
    &["x-*"],
    &["Accept, Content-Type, Range"],
    &["X-A, X-B, Authorization, Content-Type"],
    &["x-a, x-b"],
    &["Authorization"],
    &["{names}/"],
    &["{names}", "(x)"],
    &["{names}x"],
    &["true"],
];

/// `Access-Control-Expose-Headers`.
pub(super) const EXPOSED: [&[&str]; 20] = [
    &[],
    &[""],
    &["*"],
    &["X-Out"],
    &["x-out"],
    &["X-OUT, ETag"],
    &["X-Out,ETag,"],
    &["X-Out", "ETag"],
    &["X-Out", "*"],
    &["*, X-Out"],
    &["X-Out ETag"],
    &["X-Out, E Tag"],
    &["X-Out, \"ETag\""],
    &["\"X-Out\""],
    &["X-Out; ETag"],
    &["X-Out", "E Tag"],
    &["Set-Cookie, X-Out"],
    &["X-Absent"],
    &["X-Out\t,\tETag"],
    &["**"],
];

/// `Access-Control-Max-Age`.
pub(super) const MAX_AGES: [&[&str]; 20] = [
    &[],
    &["0"],
    &["-1"],
    &["-0"],
    &["600"],
    &["86400"],
    &["100000000"],
    &["99999999999999999999"],
    &["abc"],
    &["600.5"],
    &["+600"],
    &["  600\t"],
    &["600s"],
    &["600 0"],
    &["00600"],
    &["600", "600"],
    &["600, 600"],
    &["0", "600"],
    &[""],
    &["0x10"],
];

/// Statuses of answers that are no redirects.
pub(super) const STATUSES: [u16; 14] = [200, 200, 200, 201, 202, 204, 206, 299, 300, 400, 403, 404, 500, 503];

/// Statuses of answers to preflights.
pub(super) const PREFLIGHT_STATUSES: [u16; 17] =
    [200, 201, 202, 204, 206, 226, 299, 300, 301, 302, 307, 400, 403, 404, 405, 500, 503];

/// Where a redirect may lead, one line or more.
pub(super) const LOCATIONS: [&[&str]; 22] = [
    &[],
    &[""],
    &["{path1}"],
    &["{path1}?elsewhere"],
    &["//{there1}"],
    &["{url1}#fragment"],
    &["{url1}?query"],
    &["  {url1} "],
    &["HTTP://{there1}"],
    &["http://u:p@{there1}"],
    &["http://u@{there1}"],
    &["http://@{there1}"],
    &["http://u:p@{there0}"],
    &["{url1}", "{url1}"],
    &["{url1}", "{url0}"],
    &["http://"],
    &["http://["],
    &["http://localhost:99999/"],
    &["ftp://localhost/"],
    &["data:text/plain,x"],
    &["about:blank"],
    &["{url0}"],
];

/// `Cross-Origin-Resource-Policy`.
pub(super) const RESOURCE_POLICIES: [&[&str]; 9] = [
    &["same-origin"],
    &["same-origin"],
    &["same-site"],
    &["same-site"],
    &["cross-origin"],
    &["Same-Origin"],
    &["same-origin, x"],
    &[""],
    &["other"],
];

/// `Referrer-Policy` of an answer.
pub(super) const REFERRER_POLICIES: [&str; 12] = [
    "no-referrer",
    "no-referrer",
    "no-referrer-when-downgrade",
    "same-origin",
    "same-origin",
    "origin",
    "strict-origin",
    "unsafe-url",
    "no-referrer, origin",
    "x, no-referrer",
    "no-referrer, x",
    "",
];

/// Addresses that no server is asked by.
pub(super) const ADDRESSES: [&str; 8] = [
    "http://u:p@{there0}",
    "http://u@{there0}",
    "http://[",
    "http://localhost:99999/",
    "ftp://localhost/",
    "own://localhost/",
    "data:text/plain,x",
    "http://",
];
