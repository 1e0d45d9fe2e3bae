//! The situations: what is wrong, and what the page asks.

/// A situation, and what a page asks in it.
pub(crate) struct Row {
    /// As in `tests/bed/situations`.
    pub(crate) name: &'static str,
    pub(crate) wrong: &'static str,
    pub(crate) asks: Asks,
    /// The server and the path that are asked after what the line says is done; the same, mended, where that is none.
    pub(crate) then: Option<(&'static str, &'static str)>,
}

/// What the page's script asks.
#[derive(Clone, Copy)]
pub(crate) struct Asks {
    pub(crate) path: &'static str,
    pub(crate) method: &'static str,
    pub(crate) header: Option<(&'static str, &'static str)>,
    pub(crate) credentials: bool,
    pub(crate) body: Option<&'static str>,
}

const GET: Asks = Asks { path: "/notes", method: "GET", header: None, credentials: false, body: None };
const PUT: Asks = Asks { method: "PUT", ..GET };
const HEADER: Asks = Asks { header: Some(("X-Token", "7")), ..GET };
pub(crate) const WITH_COOKIES: Asks = Asks { credentials: true, ..GET };
const TEXT: Asks = Asks { method: "POST", body: Some("a note"), ..GET };

const fn row(name: &'static str, wrong: &'static str, asks: Asks) -> Row {
    Row { name, wrong, asks, then: None }
}

pub(crate) const ROWS: &[Row] = &[
    row("express-right", "nothing", WITH_COOKIES),
    row("express-none", "no CORS", Asks { method: "PUT", ..HEADER }),
    row("express-after", "`cors()` after the routes", GET),
    row("express-slash", "a slash at the end of the listed origin", GET),
    row("express-list", "another origin listed", GET),
    row("express-empty", "a list from a variable that is not set", GET),
    row("express-other", "one other origin, as a text", GET),
    row("express-schemeless", "an origin without a scheme listed", GET),
    row("express-wildcard", "`*` and credentials", WITH_COOKIES),
    row("express-credentials", "credentials not allowed", WITH_COOKIES),
    row("express-methods", "PUT not listed", PUT),
    row("express-headers", "X-Token not listed", HEADER),
    row("express-throws", "the function for origins throws \"Not allowed by CORS\"", GET),
    row("express-mute", "the function for origins throws something else", GET),
    row("express-token", "authentication before `cors()`, which answers 401", GET),
    row("express-token-preflight", "authentication before `cors()`, which answers the preflight", PUT),
    row("express-login", "a redirect to a login page before `cors()`", PUT),
    row("express-one-route", "`cors()` at one route only, and its preflight without", PUT),
    row("express-options", "headers by hand, and OPTIONS gets 404", PUT),
    row("express-joined", "the whole list in one line", GET),
    row("express-quotes", "quotes around the origin", GET),
    row("express-null", "the value null", GET),
    row("express-twice", "a proxy adds the header to the app's", GET),
    row("express-large", "413 before `cors()`", TEXT),
    row("koa-after", "`cors()` after the routes", GET),
    row("koa-none", "no CORS", GET),
    row("json-server-right", "nothing", GET),
    row("node-fails", "the handler fails", GET),
    row("node-cache", "a cache that forgets Vary: Origin", GET),
    row("flask-right", "nothing", GET),
    row("flask-none", "no CORS", PUT),
    row("flask-paths", "`resources` for /api/* only", GET),
    row("flask-list", "another origin listed", GET),
    row("flask-slash", "a slash at the end of the listed origin", GET),
    row("flask-credentials", "credentials not allowed", WITH_COOKIES),
    row("flask-headers", "X-Token not listed", HEADER),
    row("flask-token", "`before_request` answers the preflight with 401", PUT),
    Row { then: Some(("flask-path-slash", "/notes/")), ..row("flask-path-slash", "the address lacks its slash", PUT) },
    row("flask-route", "the route does not take PUT", PUT),
    row("fastapi-slash", "a slash at the end of the listed origin", GET),
    row("fastapi-methods", "PUT not listed, so the preflight gets 400", PUT),
    row("fastapi-headers", "X-Token not listed, so the preflight gets 400", HEADER),
    row("fastapi-list", "another origin listed", GET),
    row("fastapi-list-preflight", "another origin listed, so the preflight gets 400", PUT),
    row("fastapi-none", "no CORS", PUT),
    row("fastapi-token", "authentication outside of the middleware", GET),
    row("fastapi-fails", "the handler raises, and 500 has no headers", GET),
    row("http.server-none", "no CORS", Asks { path: "/", ..GET }),
    row("django-list", "another origin listed", GET),
    row("django-none", "the middleware is missing", GET),
    row("django-headers", "X-Token not listed", HEADER),
    row("django-wildcard", "every origin allowed, and credentials not", WITH_COOKIES),
    row("nginx-none", "no CORS", GET),
    row("nginx-errors", "`add_header` without `always`, and 404", Asks { path: "/none", ..GET }),
    row("nginx-inherits", "a `location` with another `add_header`", GET),
    row("nginx-down", "the server behind the proxy is down", GET),
    row("nginx-large", "413", TEXT),
    row("nginx-twice", "`add_header` beside the app's header", GET),
    row("nginx-if", "`add_header` inside `if`", PUT),
    row("nginx-password", "`auth_basic` answers the preflight", HEADER),
    row("nginx-spaces", "the whole list in one line", GET),
    row("apache-errors", "`Header set` without `always`, and 404", Asks { path: "/none", ..GET }),
    row("apache-twice", "`Header add` beside the app's header", GET),
    row("apache-password", "`AuthType Basic` answers the preflight", HEADER),
    Row {
        then: Some(("apache-folder wrong", "/folder/")),
        ..row("apache-folder", "the address of a folder lacks its slash", Asks { path: "/folder", ..GET })
    },
    row("caddy-none", "no CORS", GET),
    Row { then: Some(("upstream-right", "/notes")), ..row("caddy-redirects", "a redirect of preflights", PUT) },
    row("haproxy-twice", "`add-header` beside the app's header", GET),
    row("haproxy-down", "the server behind the proxy is down", GET),
];
