//! Values that lie on both sides of a rule: of requests in a file of their own, of answers here.

mod requests;

use cors_browser::Response;

pub(super) use requests::{ADDRESSES, HEADERS, METHODS, OVERRIDDEN, OVERRIDES, REFUSED_HEADERS, unsafe_bytes};

/// As the model has them.
pub(super) fn redirect_statuses() -> Vec<u16> {
    (300..400).filter(|status| Response::new(*status).header("Location", "/").is_redirect()).collect()
}

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
