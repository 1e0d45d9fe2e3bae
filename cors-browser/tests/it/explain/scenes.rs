//! Exchanges that fail, one for every reason, and a server with a policy.

use cors_browser::explain::Explanation;
use cors_browser::{
    Blocked, Body, Browser, CredentialsMode, EmbedderPolicy, Mode, OutgoingRequest, Page, RedirectMode, Response,
    ScriptRequest, Transcript, Verdict,
};
use cors_core::{Lines, Policy, Request};

pub(crate) const APP: &str = "https://app.example.com";
pub(crate) const NOTES: &str = "https://api.example.com/notes";

/// An exchange that is blocked.
pub(crate) struct Scene {
    pub(crate) name: &'static str,
    pub(crate) transcript: Transcript,
}

impl Scene {
    pub(crate) fn explanation(&self) -> Explanation {
        Explanation::of(&self.transcript).expect("it is blocked")
    }

    pub(crate) fn blocked(&self) -> &Blocked {
        let Verdict::Blocked(blocked) = &self.transcript.verdict else {
            panic!("{} is not blocked: {:?}", self.name, self.transcript.verdict)
        };
        blocked
    }
}

pub(crate) fn page(origin: &str) -> Page {
    if origin == "null" { Page::opaque() } else { Page::at(origin).expect("a URL") }
}

pub(crate) fn get(url: &str) -> ScriptRequest {
    ScriptRequest::new(url)
}

fn put() -> ScriptRequest {
    get(NOTES).method("PUT")
}

fn with_credentials(url: &str) -> ScriptRequest {
    get(url).credentials(CredentialsMode::Include)
}

/// Returns a scene. Each answer is a status and header lines, for one request after another; the last is for all that
/// follow.
fn scene(name: &'static str, origin: &str, request: ScriptRequest, answers: &[(u16, &[(&str, &str)])]) -> Scene {
    scene_at(name, page(origin), request, answers)
}

fn scene_at(name: &'static str, page: Page, request: ScriptRequest, answers: &[(u16, &[(&str, &str)])]) -> Scene {
    let mut remaining = answers.iter();
    let mut current = remaining.next();
    let transcript = Browser::new().run(&page, &request, |_| {
        let (status, lines) = current.expect("the scene has an answer");
        current = remaining.next().or(current);
        lines.iter().fold(Response::new(*status), |response, (name, value)| response.header(*name, *value))
    });
    Scene { name, transcript }
}

const ORIGIN: &str = "Access-Control-Allow-Origin";
const CREDENTIALS: &str = "Access-Control-Allow-Credentials";
const METHODS: &str = "Access-Control-Allow-Methods";
const HEADERS: &str = "Access-Control-Allow-Headers";
const OTHER: &str = "https://other.example/notes";

/// Returns the scenes about the check of the origin.
pub(crate) fn of_origins() -> Vec<Scene> {
    let allowing = |name, value| scene(name, APP, get(NOTES), &[(200, &[(ORIGIN, value)])]);
    vec![
        scene("no header", APP, get(NOTES), &[(200, &[])]),
        scene("no header on an error", APP, get(NOTES), &[(500, &[])]),
        scene("no header on an error of a proxy", APP, get(NOTES), &[(502, &[("Server", "nginx/1.26.0")])]),
        scene("no header on a body that is too large", APP, get(NOTES).method("POST").body(Body::Text), &[(413, &[])]),
        scene("a preflight that no app answers", APP, put(), &[(503, &[("Server", "\u{1b}[31m")])]),
        scene("no header on a redirect", APP, get(NOTES), &[(302, &[("Location", "/later")])]),
        scene("no header, with credentials", APP, with_credentials(NOTES), &[(200, &[])]),
        scene("no header on a preflight", APP, put().header("x-token", "7"), &[(204, &[])]),
        scene("a preflight refused by authentication", APP, put(), &[(401, &[])]),
        scene("a preflight without a route", APP, put(), &[(404, &[])]),
        scene("no header for a sandboxed frame", "null", get(NOTES), &[(200, &[])]),
        scene("no header for null with credentials", "null", with_credentials(NOTES), &[(200, &[])]),
        scene("no header for http with credentials", "http://app.example.com", with_credentials(NOTES), &[(200, &[])]),
        allowing("a final slash", "https://app.example.com/"),
        allowing("another port", "https://app.example.com:8443"),
        allowing("another scheme", "http://app.example.com"),
        allowing("a subdomain", "https://example.com"),
        allowing("a wildcard in a host", "https://*.example.com"),
        allowing("upper case", "https://APP.example.com"),
        allowing("no scheme", "app.example.com"),
        allowing("an empty value", ""),
        allowing("null allowed", "null"),
        allowing("another origin", "https://shop.example"),
        scene(
            "another origin, and caches know",
            APP,
            get(NOTES),
            &[(200, &[(ORIGIN, "https://shop.example"), ("Vary", "Accept, origin")])],
        ),
        allowing("two values", "https://app.example.com, https://shop.example"),
        scene("two lines", APP, get(NOTES), &[(200, &[(ORIGIN, APP), (ORIGIN, "*")])]),
        scene(
            "a redirect to a third origin",
            APP,
            get(NOTES),
            &[(302, &[(ORIGIN, APP), ("Location", OTHER)]), (200, &[(ORIGIN, APP)])],
        ),
        scene("a wildcard with credentials", APP, with_credentials(NOTES), &[(200, &[(ORIGIN, "*")])]),
        scene("a wildcard for null with credentials", "null", with_credentials(NOTES), &[(200, &[(ORIGIN, "*")])]),
        scene("credentials not allowed", APP, with_credentials(NOTES), &[(200, &[(ORIGIN, APP)])]),
        scene(
            "credentials not quite allowed",
            APP,
            with_credentials(NOTES),
            &[(200, &[(ORIGIN, APP), (CREDENTIALS, "True")])],
        ),
        scene("credentials for null", "null", with_credentials(NOTES), &[(200, &[(ORIGIN, "null")])]),
    ]
}

/// Returns the scenes about preflights.
pub(crate) fn of_preflights() -> Vec<Scene> {
    let answered = |name, status, location: Option<&str>| {
        let lines: Vec<(&str, &str)> = [(ORIGIN, APP)].into_iter().chain(location.map(|to| ("Location", to))).collect();
        scene(name, APP, put(), &[(status, &lines)])
    };
    let listing = |name, request: ScriptRequest, header, value| {
        scene(name, APP, request, &[(204, &[(ORIGIN, APP), (CREDENTIALS, "true"), (METHODS, "PUT"), (header, value)])])
    };
    let json = get(NOTES).method("POST").header("Content-Type", "application/json").body(Body::Text);
    let foreign = get(NOTES).header("Access-Control-Allow-Origin", "*");
    let include = CredentialsMode::Include;
    vec![
        answered("a preflight refused with headers", 401, None),
        answered("a preflight without a method", 405, None),
        answered("a preflight that fails", 500, None),
        answered("a preflight redirected by a slash", 308, Some("https://api.example.com/notes/")),
        scene(
            "a preflight redirected to https",
            APP,
            get("http://api.example.com/notes").method("PUT"),
            &[(301, &[(ORIGIN, APP), ("Location", NOTES)])],
        ),
        answered("a preflight redirected elsewhere", 302, Some("/login")),
        listing("methods without commas", put(), METHODS, "GET PUT"),
        listing("quoted headers", put().header("X-Token", "7"), HEADERS, "\"X-Token\", X-Trace"),
        scene("a method not listed", APP, put().method("DELETE"), &[(204, &[(ORIGIN, APP), (METHODS, "PUT, PATCH")])]),
        scene("no methods", APP, put(), &[(204, &[(ORIGIN, APP)])]),
        scene("a method in lower case", APP, put().method("patch"), &[(204, &[(ORIGIN, APP), (METHODS, "PATCH")])]),
        scene("a list in lower case", APP, put(), &[(204, &[(ORIGIN, APP), (METHODS, "put")])]),
        scene(
            "a wildcard for methods with credentials",
            APP,
            put().credentials(include),
            &[(204, &[(ORIGIN, APP), (CREDENTIALS, "true"), (METHODS, "*")])],
        ),
        listing("a header not listed", put().header("x-token", "7"), HEADERS, "X-Trace"),
        scene("a type not listed", APP, json, &[(204, &[(ORIGIN, APP)])]),
        listing(
            "a header not listed, beside one in another case",
            put().header("Authorization", "Bearer 7").header("x-token", "7"),
            HEADERS,
            "authorization",
        ),
        listing("a wildcard for Authorization", put().header("Authorization", "Bearer 7"), HEADERS, "*"),
        listing(
            "a wildcard with credentials for headers",
            put().header("X-Token", "7").credentials(include),
            HEADERS,
            "*",
        ),
        scene("a header of answers", APP, foreign, &[(204, &[(ORIGIN, APP)])]),
    ]
}

/// Returns all other scenes.
pub(crate) fn of_the_rest() -> Vec<Scene> {
    let redirecting = |name, request: ScriptRequest, location| {
        scene(name, APP, request, &[(307, &[(ORIGIN, APP), (METHODS, "POST"), ("Location", location)])])
    };
    let stream = get(NOTES).method("POST").body(Body::Stream);
    let http = get("http://api.example.com/notes").method("POST").body(Body::Stream);
    let no_cors = get(NOTES).mode(Mode::NoCors);
    let demanding = page(APP).embedder_policy(EmbedderPolicy::RequireCorp);
    vec![
        redirecting("a redirect in redirect mode error", get(NOTES).redirect(RedirectMode::Error), "/later"),
        redirecting("a Location that is none", get(NOTES), "https://["),
        redirecting("a redirect to a program", get(NOTES), "myapp://notes"),
        redirecting("a loop", get(NOTES), "/notes"),
        redirecting("a redirect with a password", get(NOTES), "https://user:secret@api.example.com/later"),
        scene(
            "a stream that would be sent twice",
            APP,
            stream,
            &[(204, &[(ORIGIN, APP), (METHODS, "POST")]), (307, &[(ORIGIN, APP), ("Location", "/later")])],
        ),
        scene("another origin in mode same-origin", APP, get(NOTES).mode(Mode::SameOrigin), &[]),
        scene("mode no-cors without redirects", APP, no_cors.clone().redirect(RedirectMode::Error), &[]),
        scene("a file", APP, get("file:///notes"), &[]),
        scene("a stream without TLS", APP, http, &[(204, &[(ORIGIN, APP)])]),
        scene_at("no resource policy", demanding, no_cors.clone(), &[(200, &[])]),
        scene("a resource policy", APP, no_cors, &[(200, &[("Cross-Origin-Resource-Policy", "same-origin")])]),
    ]
}

/// Returns the response of a server with this policy.
pub(crate) fn serve(policy: &Policy, outgoing: &OutgoingRequest) -> Response {
    let line = |name| Lines::of(outgoing.header(name).into_iter());
    let names: Vec<&[u8]> = outgoing.header("Access-Control-Request-Headers").into_iter().collect();
    let request = Request::new(outgoing.method.as_bytes())
        .origin(line("Origin"))
        .access_control_request_method(line("Access-Control-Request-Method"))
        .access_control_request_headers(&names);
    let reply = policy.respond(&request);
    let response = Response::new(reply.status().unwrap_or(200));
    reply.lines(&request).fold(response, |response, (name, value)| response.header(name, value))
}

/// Fetches from a server with this policy.
pub(crate) fn ask(policy: &Policy, page: &Page, request: &ScriptRequest) -> Transcript {
    Browser::new().run(page, request, |outgoing| serve(policy, outgoing))
}
