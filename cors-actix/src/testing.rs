//! Tests of your own app: can this page read that answer?
//!
//! [`Browser`] runs a script's request against an app, with preflights, redirects and the browser's memory, and
//! returns what the page gets. Enable the feature `testing` in `[dev-dependencies]`. Cargo unifies features, so
//! builds of tests also enable `source` and `tracing`.
//!
//! ```
//! use actix_web::{App, test, web};
//! use cors_actix::cors_policy;
//! use cors_actix::testing::{Browser, CredentialsMode, ScriptRequest};
//!
//! # actix_web::rt::System::new().block_on(async {
//! let cors = cors_policy! { origins: ["https://app.example.com"], credentials: true, methods: [PUT] };
//! let notes = web::resource("/notes/{id}").wrap(cors).route(web::put().to(|| async { "saved" }));
//! let app = test::init_service(App::new().service(notes)).await;
//!
//! let put = ScriptRequest::new("https://api.example.com/notes/1").method("PUT").credentials(CredentialsMode::Include);
//! Browser::at("https://app.example.com").fetch(&app, put.clone()).await.assert_readable();
//! Browser::at("https://evil.example").fetch(&app, put).await.assert_blocked("allow-origin-missing");
//! # });
//! ```
//!
//! A failed assertion prints the requests and answers, the rule of the standard that blocks, and the mistake if it is
//! one of these:
//!
//! - a guard for the method does not match the preflight,
//! - authentication, or other middleware that answers, is outside of the policy,
//! - `Access-Control-Allow-Origin` is set twice,
//! - the preflight is redirected.
//!
//! Otherwise it explains what is missing in the answer. With the [policy](Browser::policy), it says what to write
//! there.
//!
//! [`Browser::strangers`] finds mistakes that allow other origins: it sends requests from such origins.
//!
//! [`source_strangers`] does the same with a source of origins.
//!
//! [`conformance()`] sends requests from the origins of a policy and from others, and compares the whole app with the
//! policy.
//!
//! [`preflight()`] checks only whether a preflight reaches a policy. It runs no handler, so use it for routes that
//! tests must not run.
//!
//! The package [`cors-browser`](https://docs.rs/cors-browser) describes the model. It covers CORS, but no content
//! security policies and no `SameSite` of cookies.
//!
//! ```
//! # use actix_web::http::Method;
//! # use actix_web::{App, test};
//! # use cors_actix::{cors_policy, testing};
//! # actix_web::rt::System::new().block_on(async {
//! # let app = test::init_service(App::new().wrap(cors_policy! { origins: ["https://app.example.com"] })).await;
//! testing::preflight(&app, Method::DELETE, "/notes/1", "https://app.example.com").await.assert_reaches_policy();
//! # });
//! ```

mod browser;
mod conformance;
mod outcome;
mod preflight;
mod source;
mod strangers;
mod wire;

pub use browser::Browser;
pub use conformance::{Conformance, conformance};
pub use cors_browser::{
    At, Blocked, Body, CacheMode, CredentialsMode, Engine, Exchange, HeaderLine, InitiatorType, Loss, Mode,
    OutgoingRequest, Readable, Reason, RedirectMode, ReferrerPolicy, Refusal, Response, ResponseType, ScriptRequest,
    Stranger, Transcript, Verdict,
};
pub use outcome::Outcome;
pub use preflight::{Preflight, preflight};
pub use source::{SourceStrangers, source_strangers};
pub use strangers::Strangers;

pub use crate::finding::unanswered::PreflightUnanswered;
