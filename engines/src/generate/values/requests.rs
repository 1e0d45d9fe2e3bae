//! Values of requests.

use cors_browser::is_safelisted_request_header;

/// Methods as scripts write them.
pub(in crate::generate) const METHODS: [&str; 16] = [
    "GET", "GET", "GET", "HEAD", "POST", "POST", "POST", "PUT", "PUT", "DELETE", "PATCH", "patch", "put", "OPTIONS",
    "QUERY", "X-Own",
];

/// Request headers by which some servers let another method do, and values with methods that no script can send.
pub(in crate::generate) const OVERRIDES: [&str; 3] = ["X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override"];
pub(in crate::generate) const OVERRIDDEN: [&str; 7] =
    ["TRACE", "PUT", "get, track", "connect", "\"get, TRACE, a\"", "\"a\\\", TRACE, b\"", "TRACE x"];

/// The bytes that need permission (HDR-2), as the model has them.
pub(in crate::generate) fn unsafe_bytes() -> Vec<char> {
    let is_unsafe = |byte: &u8| !is_safelisted_request_header("Accept", &[*byte]) && !b"\0\r\n".contains(byte);
    (0..=255).filter(is_unsafe).map(char::from).collect()
}

/// Request headers, safelisted or nearly so.
pub(in crate::generate) const HEADERS: [(&str, &str); 61] = [
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
    ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8;"),
    ("Content-Type", "multipart/form-data; boundary=a,b"),
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
pub(in crate::generate) const REFUSED_HEADERS: [(&str, &str); 4] =
    [("X A", "1"), ("", "1"), ("X-A:", "1"), ("X-A", "1\n2")];

/// Addresses that no server is asked by.
pub(in crate::generate) const ADDRESSES: [&str; 8] = [
    "http://u:p@{there0}",
    "http://u@{there0}",
    "http://[",
    "http://localhost:99999/",
    "ftp://localhost/",
    "own://localhost/",
    "data:text/plain,x",
    "http://",
];
