//! CORS for actix-web.
//!
//! [`cors_policy!`] declares a policy in source. What can never work or is dangerous does not compile, and the message says what
//! to write instead. The result is middleware:
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
//! - A preflight is answered here, allowed or refused; the handler is never called for it.
//! - Every other request goes to the handler. CORS does not keep a request out: it keeps the page from reading the answer.
//!   With `on_denied: reject` requests of origins that no rule is for are refused before the handler.
//! - The grants go onto every response that comes out of the wrapped service: of handlers and extractors, errors included, of
//!   inner middleware and its errors, 304, streams, upgrades. What the server refuses before any service sees it, such as a
//!   malformed request, goes out without.
//! - The six `Access-Control-*` response headers are the middleware's own. `Vary` is merged with the application's.
//!
//! # In which order to wrap
//!
//! The middleware that is wrapped last is outermost: it sees a request first and its response last. Wrap `Cors`
//! last, so that it is outside of all middleware that answers requests or replaces responses:
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
//!     .wrap(Logger::default());                        // the log, which then shows preflights too
//! ```
//!
//! - **Authentication, sessions, rate limits** inside: a preflight carries no credentials, so that outside, authentication would
//!   answer it with 401 and the browser would stop there. Inside, their own 401 or 429 gets the grants, and the page can read
//!   it. Preflights are not rate-limited then; a limit that shall count them goes outside.
//! - **ErrorHandlers** inside: a page that it begins anew still gets the grants.
//! - **Logger** outside, so that preflights are logged.
//! - **Compress** inside: what it adds to `Vary` is then merged into one line, since some caches read one line only; and its own 406 gets
//!   the grants.
//!
//! # One route
//!
//! A guard on the method keeps preflights out: middleware inside `#[put("/notes/{id}", wrap = "...")]` never sees one. Wrap the resource,
//! the scope or the app, or use the guards of [`with_preflight`], which has examples. In a test of your own,
//! `testing::preflight(..).await.assert_reaches_policy()` (feature `testing`) finds a route that no preflight reaches.
//!
//! # While you develop
//!
//! With the feature `inspector` your app has a page at `/__cors` that shows what browsers asked, what was answered, and why they block. See
//! `Inspector`.
//!
//! # Errors and nesting
//!
//! The `Err` of an inner middleware passes through with the grants in it, and is still the same error. They are written when it
//! becomes a response: by the server, or by [`Error::error_response`](actix_web::Error::error_response). Middleware outside
//! that makes a response of an error with `HttpResponse::from_error` or `ServiceRequest::error_response` asks the error's
//! cause alone, and loses them.
//!
//! Where one `Cors` is wrapped around another, say an app's around a scope's, a request must pass both:
//!
//! - The outer policy answers preflights, by its own lists: nobody knows yet which policy stands inside.
//! - Every other response has what both policies grant, and nothing else.
//! - A request that the outer policy grants and the inner one does not, because of its origin or its method, is refused by 403 before the
//!   handler. Requests of the server's own pages are not; behind a proxy that changes `Host`, state `Rejection::public_origin`.
//!
//! So an inner policy can only be stricter, and only as far as the outer one lets its preflights pass. Policies that differ belong side
//! by side, each around its own scope:
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
//! With the feature `tracing` the log says what two nested policies disagree about, and names both: once for each pair of rules that decide
//! together, again when a policy was replaced, and for 64 pairs at most. Only what runs
//! inside the outer policy's own task counts as nested: middleware that moves the inner call to another task hides it, and so does a
//! service that is built while its first request is under way. A handler that calls another app of ours in the same process is around it
//! like a policy: what that app does not grant, its own response does not have either.
//!
//! Middleware that is wrapped outside and sets `Access-Control-*` headers, such as `DefaultHeaders`, contradicts the policy: do not.
//!
//! # Policies in files and in the environment
//!
//! A [`PolicyDraft`] has the names and values of the macro, and its mistakes the same words. With the feature `serde` it is read
//! from TOML, JSON and YAML, alone or as a part of a configuration; mistakes of type and key are reported with all others, and
//! [`Issues::within`] says where in the file the policy stands:
//!
//! ```toml
//! #:schema policy.schema.json
//! origins = ["https://app.example.com", "https://*.preview.example.com"]
//! credentials = true
//! methods = ["PUT", "DELETE"]
//! max_age = "2h"
//! ```
//!
//! With that first line (for the extension Even Better TOML and other users of Taplo) an editor completes and checks the file as one
//! writes. `why --schema policy > policy.schema.json` makes the schema beside it, and so does [`PolicyDraft::SCHEMA`], which says more.
//!
//! Variables of the environment hold a policy of one rule, [`PolicyDraft::from_environment`] reads it:
//!
//! ```text
//! CORS_ORIGINS=https://app.example.com,https://*.preview.example.com
//! CORS_CREDENTIALS=true
//! CORS_MAX_AGE=2h
//! ```
//!
//! # Features
//!
//! - `serde`: [`PolicyDraft`] reads and writes TOML, JSON, YAML, whatever serde does.
//! - `source`: `Cors::with_source`, a policy with a source, such as a database, that is asked for origins that no list matches.
//! - `tracing`: a line in the log for each refusal, with what to do about it; the same refusal once a minute, and at most sixty a minute
//!   for each policy and its shadow. Also once, where a service inside a policy sets CORS headers of its own, and where nested policies disagree.
//!   `Cors::counts` counts grants and refusals, `Cors::shadow` tries out another policy beside the one in use, and `Cors::observer`
//!   tells your own code.
//! - `public-suffix`: the list of public suffixes for policies made at run time ([`PolicyDraft::validate`]). The macro always
//!   has it, and nothing of it gets into the program.
//! - `inspector`: `Inspector`, a page of your own app on which you watch while you develop what browsers were answered, and why they
//!   block. It answers only to the machine it runs on, and is off in release builds.
//! - `testing`: for tests of an app, `testing::Browser` says whether a page may read an answer, and `testing::preflight` whether a
//!   preflight reaches a policy.

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

/// A CORS policy, checked while your program is compiled. Yields a [`Cors`], as a constant expression: for `const`, `static` and
/// in place.
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
/// | key | values | when left out |
/// |---|---|---|
/// | `origins` | `"*"`, `none` (nobody: the policy is switched off), or a list of origins and [patterns](OriginPattern) | required |
/// | `credentials` | `true`, `false` | `false` |
/// | `methods` | `"*"`, or a list of names, bare (`PUT`) or quoted (`"VERSION-CONTROL"`), beyond GET, HEAD and POST, which need no permission | none more |
/// | `allow_headers` | `"*"`, or a list of quoted names; without credentials also `["*", "Authorization"]` | none but the CORS-safelisted ones, such as `Accept` |
/// | `expose_headers` | `"*"`, or a list of quoted names | none but the CORS-safelisted ones, such as `Content-Type` |
/// | `max_age` | `600` (seconds), `600s`, `10min`, `2h`, `1d`; `0` forbids remembering | browsers remember for 5 seconds |
/// | `on_denied` | `forward` (the browser enforces), `reject` (403 before the handler, see [`Rejection`]); of the policy, not of a rule | `forward` |
/// | `dangerously_allow` | a list of `insecure_origins`, `public_suffix_wildcards` | nothing |
/// | `rules` | a list of rules instead of the keys of one, see below | one rule |
///
/// Keys stand in any order, each once. With credentials, `methods: "*"` and `allow_headers: "*"` are answered with what was
/// asked for, since browsers take a literal `*` for a name then.
///
/// A name may also be a constant of the crate http, under exactly these two segments: `Method::PUT`, `header::CONTENT_TYPE`.
///
/// A chain of actix-cors in place of the keys, `cors_policy! { Cors::default().allowed_origin("https://app.example.com") }`, does not compile,
/// and the error prints the policy that says the same.
///
/// # Rules
///
/// Where different origins may do different things, a policy has several rules, each with keys of its own. The first whose
/// origins match decides, and an origin that a former rule takes already is a mistake:
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
/// An item of any list may be `env!("NAME")` or `option_env!("NAME")`: read while compiling, checked like a literal, several values
/// separated by commas. `#[cfg(..)]` may stand before an item, a key or a rule; every combination of the options is checked, whichever
/// is active, so that a debug build finds the mistake of the release policy.
///
/// # Errors
///
/// All mistakes are reported at once, each at the token that must change:
///
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
