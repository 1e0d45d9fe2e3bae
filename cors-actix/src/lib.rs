//! CORS for actix-web.
//!
//! [`cors_policy!`] declares a policy in source. A policy that cannot work, or that is dangerous, does not compile,
//! and the error says what to write instead. The result is middleware:
//!
//! ```
//! use actix_web::{App, web};
//! use cors_actix::{Cors, cors_policy};
//!
//! const WEB_APP: Cors = cors_policy! {
//!     origins: ["https://app.example.com", "https://*.preview.example.com"],
//!     credentials: true,
//!     methods: [GET, POST, PUT, DELETE],
//!     allow_headers: ["Content-Type", "Authorization"],
//!     expose_headers: ["X-Request-Id"],
//!     max_age: 2h,
//! };
//!
//! let app = App::new().wrap(WEB_APP).route("/", web::get().to(|| async { "hello" }));
//! ```
//!
//! # What it does
//!
//! - It answers preflights itself, allowed or refused. Handlers never see them.
//! - It forwards every other request to the handler. CORS does not stop requests: it keeps pages from reading the
//!   answers. With `on_denied: reject` it answers 403 before the handler if no rule matches the `Origin`; links have none.
//! - It adds the grants to every response of the wrapped service: of handlers and extractors, of inner middleware,
//!   errors, 304, streams and upgrades. Responses of the server itself, for example to a malformed request, get none.
//! - It replaces the six `Access-Control-*` response headers of handlers, and merges `Vary` with the application's.
//!
//! # The order of wrapping
//!
//! The middleware that is wrapped last is outermost: it sees a request first and the response last. Wrap `Cors`
//! outside of all middleware that answers requests or replaces responses:
//!
//! ```
//! use actix_web::middleware::{ErrorHandlers, Logger};
//! # use actix_web::App;
//! # use cors_actix::cors_policy;
//! # async fn authenticate<B>(r: actix_web::dev::ServiceRequest, n: actix_web::middleware::Next<B>)
//! #     -> Result<actix_web::dev::ServiceResponse<B>, actix_web::Error>
//! #     where B: actix_web::body::MessageBody { n.call(r).await }
//! # use actix_web::middleware::from_fn;
//! let app = App::new()
//!     .wrap(from_fn(authenticate))                     // authentication and sessions
//!     .wrap(ErrorHandlers::<actix_web::body::BoxBody>::new()) // error pages
//!     .wrap(cors_policy! { origins: ["https://app.example.com"], credentials: true })
//!     .wrap(Logger::default());                        // the log, so that it shows preflights too
//! ```
//!
//! - **Authentication, sessions, rate limits** inside: a preflight has no credentials. If authentication is outside,
//!   it answers the preflight with 401, and the browser blocks the request. Inside, a 401 or 429 gets the grants, so
//!   the page can read it. A rate limit inside does not count preflights; wrap it outside if it must.
//! - **ErrorHandlers** inside: the error pages get the grants.
//! - **Logger** outside: it logs preflights, too.
//! - **Compress** inside: its `Vary` is merged into one line, because some caches read only one line; and its 406
//!   gets the grants.
//!
//! # One route
//!
//! A guard for a method does not match preflights: middleware inside `#[put("/notes/{id}", wrap = "...")]` never sees
//! one. Wrap the resource, the scope or the app, or use a guard of [`with_preflight`], which has examples. In a test,
//! `testing::preflight(..).await.assert_reaches_policy()` (feature `testing`) finds a route that does not match its
//! preflights.
//!
//! # While you develop
//!
//! With the feature `inspector` your app has a page at `/__cors` that shows the requests of browsers, the answers,
//! and why browsers block them. See `Inspector`.
//!
//! # Errors and nesting
//!
//! If an inner middleware returns `Err`, the grants are attached to this error, and are written when it becomes a
//! response: in the server, or in [`Error::error_response`](actix_web::Error::error_response). Outer middleware that
//! calls `HttpResponse::from_error` or `ServiceRequest::error_response` uses only the cause of the error, and loses
//! the grants.
//!
//! If one `Cors` is inside another, for example one around a scope and one around the app, a request must pass both:
//!
//! - The outer policy answers preflights with its own lists, because it does not know which policy is inside.
//! - Every other response gets only what both policies grant.
//! - If the outer policy grants a request, and the inner one does not grant its origin or method, the answer is 403
//!   before the handler runs. Requests of the server's own pages pass; behind a proxy that changes `Host`, set
//!   `Rejection::public_origin`.
//!
//! So an inner policy can only be stricter, and only for requests whose preflights the outer one allows. Wrap
//! different policies side by side, each around its own scope:
//!
//! ```
//! # use actix_web::{App, web};
//! # use cors_actix::{Cors, cors_policy};
//! const PUBLIC: Cors = cors_policy! { origins: "*" }.name("public");
//! const ADMIN: Cors = cors_policy! { origins: ["https://admin.example.com"], credentials: true, methods: [PUT] }.name("admin");
//!
//! let app = App::new()
//!     .service(web::scope("/public").wrap(PUBLIC)) // not around the app
//!     .service(web::scope("/admin").wrap(ADMIN));
//! ```
//!
//! With the feature `tracing` the log has each disagreement of two nested policies once for each pair of rules, for at
//! most 64 pairs. A policy counts as nested if it runs in the same task as the outer one: not if middleware moves the
//! inner call to another task, or builds its service during its first request. If a handler calls another app with a
//! policy in the same process, that app counts as nested, too.
//!
//! Do not set `Access-Control-*` headers in middleware outside of the policy: they contradict it.
//!
//! # Policies in files and in the environment
//!
//! A [`PolicyDraft`] has the same keys, values and error messages as the macro. With the feature `serde` it is read
//! from TOML, JSON and YAML, as a separate file or as a part of a configuration. It reports wrong types and unknown
//! keys together with all other mistakes; [`Issues::within`] adds the place of the policy in the file:
//!
//! ```toml
//! #:schema policy.schema.json
//! origins = ["https://app.example.com", "https://*.preview.example.com"]
//! credentials = true
//! methods = ["PUT", "DELETE"]
//! max_age = "2h"
//! ```
//!
//! With the first line, an editor with Taplo (such as Even Better TOML) checks the file while you write.
//! `why --schema policy > policy.schema.json` writes the schema; see also [`PolicyDraft::SCHEMA`].
//!
//! [`PolicyDraft::from_environment`] reads a policy with one rule from environment variables:
//!
//! ```text
//! CORS_ORIGINS=https://app.example.com,https://*.preview.example.com
//! CORS_CREDENTIALS=true
//! CORS_MAX_AGE=2h
//! ```
//!
//! # Features
//!
//! - `serde`: [`PolicyDraft`] reads and writes TOML, JSON, YAML and every other format of serde.
//! - `source`: `Cors::with_source`, a policy that asks a source, such as a database, about origins that it does not
//!   list.
//! - `tracing`: a log line for each refusal, with advice; the same refusal once a minute, and at most sixty lines a
//!   minute for each policy and its shadow. One warning if a service inside a policy sets CORS headers itself, and
//!   for each disagreement of nested policies. `Cors::counts` counts grants and refusals, `Cors::shadow` tries
//!   another policy beside the one in use, and `Cors::observer` passes decisions to your own code.
//! - `public-suffix`: the list of public suffixes for policies made at run time ([`PolicyDraft::validate`]). The
//!   macro always has the list, but does not add it to the program.
//! - `inspector`: `Inspector`, a page of your app for development that shows the requests of browsers, the answers,
//!   and why browsers block them. Only clients with its key can see it, and it is off in release builds.
//! - `testing`: for tests of an app, `testing::Browser` checks whether a page can read an answer, and
//!   `testing::preflight` whether a preflight reaches a policy.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "public-suffix")]
pub use cors_core::PublicSuffixes;
pub use cors_core::{
    Advice, Comparison, Denial, Difference, HostRelation, Issue, IssueKind, Issues, Key, KeyError, List, Literal,
    MaxAge, MaxAgeError, MaxAgeErrorKind, MaxAgeValue, Message, Names, Nearest, NestingConflict, OnDenied,
    OnDeniedValue, Origin, OriginError, OriginErrorKind, OriginFlaw, OriginList, OriginPattern, OriginPatternRef,
    Origins, Part, Place, Policy, PolicyDraft, Rule, RuleDraft, SuffixList, SuffixSection, SyntaxIssue, Vary,
};

mod authority;
mod careless;
mod checked;
mod cors;
#[cfg(any(feature = "inspector", feature = "testing"))]
mod finding;
mod from_actix_cors;
mod future;
mod grants;
mod handle;
mod headers;
mod held;
mod incoming;
#[cfg(feature = "inspector")]
mod inspector;
#[doc(hidden)]
pub mod keys;
mod name;
mod nested_grant;
mod nested_response;
mod nesting;
mod observation;
#[cfg_attr(not(feature = "tracing"), path = "off/observe.rs")]
mod observe;
#[cfg(feature = "tracing")]
mod observed;
mod options;
mod prepared;
#[cfg_attr(not(feature = "tracing"), path = "off/record.rs")]
mod record;
mod rejection;
mod service;
#[cfg_attr(not(feature = "source"), path = "off/source.rs")]
mod source;
#[cfg(feature = "testing")]
pub mod testing;
mod unanswered;
#[doc(hidden)]
pub mod values;
pub mod with_preflight;
#[cfg(feature = "source")]
mod with_source;

pub use careless::CarelessSource;
pub use checked::CheckedPolicy;
pub use cors::Cors;
pub use handle::PolicyHandle;
pub use held::CurrentPolicy;
#[cfg(feature = "inspector")]
pub use inspector::{Inspector, InspectorSecretError};
pub use name::PolicyName;
#[cfg(feature = "tracing")]
pub use observe::{Decided, Observer};
#[cfg(feature = "tracing")]
pub use record::Counts;
pub use rejection::Rejection;
#[cfg(feature = "source")]
pub use source::{Addressed, OriginSource, Source, SourceAnswer};
pub use unanswered::Unanswered;
#[cfg(feature = "source")]
pub use with_source::SourceHandle;

/// Declares a CORS policy that the compiler checks. The result is a [`Cors`]. It is a constant expression, for a
/// `const`, a `static` or an argument of `wrap`.
///
/// ```
/// use cors_actix::{Cors, cors_policy};
///
/// const WEB_APP: Cors = cors_policy! {
///     origins: [
///         "https://app.example.com",
///         "https://*.preview.example.com",
///         option_env!("EXTRA_ORIGIN"),
///         #[cfg(debug_assertions)] "http://localhost:*",
///     ],
///     credentials: true,
///     methods: [GET, POST, PUT, DELETE],
///     allow_headers: ["Content-Type", "Authorization"],
///     expose_headers: ["X-Request-Id"],
///     max_age: 2h,
/// };
/// ```
///
/// # Keys
///
/// | key | values | default |
/// |---|---|---|
/// | `origins` | `"*"`, `none` (nobody), or a list of origins and [patterns](OriginPattern) | required |
/// | `credentials` | `true`, `false` | `false` |
/// | `methods` | `"*"`, or a list of names, bare (`PUT`) or quoted (`"VERSION-CONTROL"`), beyond GET, HEAD and POST, which need no permission | none |
/// | `allow_headers` | `"*"`, or a list of quoted names; without credentials also `["*", "Authorization"]` | only the CORS-safelisted ones, such as `Accept` |
/// | `expose_headers` | `"*"`, or a list of quoted names | only the CORS-safelisted ones, such as `Content-Type` |
/// | `max_age` | `600` (seconds), `600s`, `10min`, `2h`, `1d`; `0` forbids remembering | browsers remember for 5 seconds |
/// | `on_denied` | `forward` (the browser enforces), `reject` (403 before the handler if there is an `Origin`, see [`Rejection`]); for the whole policy, not in a rule | `forward` |
/// | `dangerously_allow` | a list of `insecure_origins`, `public_suffix_wildcards` | nothing |
/// | `rules` | a list of rules instead of the keys of one rule, see below | one rule |
///
/// Keys can be in any order, each at most once. With credentials, the answer for `methods: "*"` and
/// `allow_headers: "*"` has the requested names, because browsers then take a literal `*` for a name.
///
/// A name can also be a constant of the crate http, with exactly two segments: `Method::PUT`, `header::CONTENT_TYPE`.
///
/// A chain of actix-cors such as `Cors::default().allowed_origin("https://app.example.com")` instead of the keys does
/// not compile, and the error shows the same policy.
///
/// # Rules
///
/// Use several rules to give different origins different permissions. Each rule has its own keys. The first rule
/// whose origins match decides; an origin that an earlier rule already matches is a mistake:
///
/// ```
/// # use cors_actix::{Cors, cors_policy};
/// const API: Cors = cors_policy! {
///     rules: [
///         { origins: ["https://admin.example.com"], credentials: true, methods: [PUT, DELETE] },
///         { origins: "*", expose_headers: ["ETag"], max_age: 1h },
///     ],
/// };
/// ```
///
/// # Environment and configurations
///
/// An item of a list can be `env!("NAME")` or `option_env!("NAME")`. The macro reads the variable at compile time and
/// checks it like a literal; commas separate several values. Write `#[cfg(..)]` before an item, a key or a rule. The
/// macro checks every combination of the options, so a debug build finds a mistake in the release policy.
///
/// # Errors
///
/// The compiler reports all mistakes at once, each at the token to change:
/// ```text
/// error: "https://app.example.com/" ends with a slash
///        help: write "https://app.example.com"
///        note: an origin is scheme, host and port, and browsers send nothing more; the match is byte for byte, so this would never match
/// ```
#[macro_export]
macro_rules! cors_policy {
    ($($policy:tt)*) => { $crate::__private::policy! { [$crate] $($policy)* } };
}

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
