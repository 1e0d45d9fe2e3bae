//! Tests of your own app: does a preflight reach a policy?
//!
//! Needs the feature `testing`, which belongs into `[dev-dependencies]`.
//!
//! ```
//! use actix_web::http::Method;
//! use actix_web::{App, test, web};
//! use cors_actix::{cors_policy, testing};
//!
//! # actix_web::rt::System::new().block_on(async {
//! let cors = cors_policy! { origins: ["https://app.example.com"], methods: [PUT] };
//! let notes = web::resource("/notes/{id}").wrap(cors).route(web::put().to(|| async { "saved" }));
//! let app = test::init_service(App::new().service(notes)).await;
//!
//! testing::preflight(&app, Method::PUT, "/notes/1", "https://app.example.com").await.assert_reaches_policy();
//! # });
//! ```

use std::fmt;

use actix_http::Request;
use actix_web::Error;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header::{self, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;

/// Sends the preflight that a browser sends before a page of this origin may use this method, and says who answered it.
///
/// The app comes from [`init_service`](actix_web::test::init_service), the origin is as in a policy. Only the preflight is sent:
/// no handler of the method runs.
///
/// ```
/// use actix_web::http::Method;
/// use actix_web::{App, put, test};
/// use cors_actix::testing::{self, Preflight};
/// use cors_actix::{Cors, cors_policy};
///
/// const CORS: Cors = cors_policy! { origins: ["https://app.example.com"], methods: [PUT] };
///
/// #[put("/notes/{id}", wrap = "CORS")] // the guard on PUT stands before the policy
/// async fn save() -> &'static str { "saved" }
///
/// # actix_web::rt::System::new().block_on(async {
/// let app = test::init_service(App::new().service(save)).await;
/// let preflight = testing::preflight(&app, Method::PUT, "/notes/1", "https://app.example.com").await;
/// let Preflight::Unanswered(unanswered) = preflight else { panic!("nobody answers it") };
/// println!("{unanswered}"); // what is wrong, and what to write instead
/// # });
/// ```
pub async fn preflight<S, B>(app: &S, method: Method, path: &str, origin: &str) -> Preflight
where
    S: Service<Request, Response = ServiceResponse<B>, Error = Error>,
{
    let request = TestRequest::with_uri(path)
        .method(Method::OPTIONS)
        .insert_header((header::ACCEPT, "*/*"))
        .insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, method.as_str()))
        .insert_header((header::ORIGIN, origin));
    let (status, headers) = match app.call(request.to_request()).await {
        Ok(response) => (response.status(), response.headers().clone()),
        Err(error) => {
            let response = error.error_response();
            (response.status(), response.headers().clone())
        }
    };
    match status {
        StatusCode::NO_CONTENT if headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) => {
            Preflight::Granted(headers)
        }
        StatusCode::FORBIDDEN if varies_by_origin(&headers) => Preflight::Refused,
        _ => Preflight::Unanswered(Unanswered { method, path: path.to_owned(), status }),
    }
}

/// A policy that refuses an origin says so, and nobody else has a reason to.
fn varies_by_origin(headers: &HeaderMap) -> bool {
    let mut names = headers.get_all(header::VARY).flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
    names.any(|name| name.trim_ascii().eq_ignore_ascii_case(b"Origin"))
}

/// What became of a preflight, as far as its answer tells.
#[derive(Clone, Debug)]
#[must_use]
pub enum Preflight {
    /// A policy answered with 204, and grants to the origin what these headers say. A browser goes on if they list the method and
    /// the headers that it asks for.
    Granted(HeaderMap),
    /// A policy answered with 403: it grants nothing to the origin.
    Refused,
    /// No policy answered.
    Unanswered(Unanswered),
}

impl Preflight {
    /// Asserts that a policy answered, whether it grants or refuses; one that does not list the method passes too.
    ///
    /// ```
    /// # use actix_web::{App, http::Method, test};
    /// # use cors_actix::{cors_policy, testing};
    /// # actix_web::rt::System::new().block_on(async {
    /// let app = App::new().wrap(cors_policy! { origins: ["https://app.example.com"] });
    /// let app = test::init_service(app).await;
    /// testing::preflight(&app, Method::PUT, "/notes/1", "https://app.example.com").await.assert_reaches_policy();
    /// testing::preflight(&app, Method::PUT, "/notes/1", "https://evil.example").await.assert_reaches_policy();
    /// # });
    /// ```
    ///
    /// # Panics
    ///
    /// When no policy answered, with what [`Unanswered`] says.
    #[track_caller]
    pub fn assert_reaches_policy(&self) {
        if let Self::Unanswered(unanswered) = self {
            panic!("{unanswered}");
        }
    }
}

/// No policy answered a preflight. Displayed, it says why that may be, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    method: Method,
    path: String,
    status: StatusCode,
}

impl Unanswered {
    /// The status that came instead of a policy's answer.
    ///
    /// ```
    /// # use actix_web::{App, http::Method, http::StatusCode, test};
    /// # use cors_actix::testing::{self, Preflight};
    /// # actix_web::rt::System::new().block_on(async {
    /// let app = test::init_service(App::new()).await;
    /// let preflight = testing::preflight(&app, Method::PUT, "/notes/1", "https://app.example.com").await;
    /// assert!(matches!(preflight, Preflight::Unanswered(unanswered) if unanswered.status() == StatusCode::NOT_FOUND));
    /// # });
    /// ```
    pub const fn status(&self) -> StatusCode {
        self.status
    }
}

impl fmt::Display for Unanswered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, path, status } = self;
        writeln!(formatter, "no CORS policy answered the preflight for {method} {path}: {status} came instead")?;
        match *status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => self.guarded(formatter),
            status if status.is_success() => formatter.write_str(
                "help: wrap the policy around whatever answers OPTIONS here\n\
                 note: a policy answers with 204 and `Access-Control-Allow-Origin`, or with 403",
            ),
            _ => formatter.write_str(
                "help: wrap the policy last, outside of whatever answers so: `.wrap(authentication).wrap(CORS)`\n\
                 note: a preflight carries no cookies and no `Authorization`, so authentication refuses it when it is outside",
            ),
        }
    }
}

impl Unanswered {
    /// Most likely a guard on the method kept OPTIONS out.
    fn guarded(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, path, .. } = self;
        let name = method.as_str().to_ascii_lowercase();
        let (route, wrong, right) = match name.as_str() {
            "get" | "head" | "post" | "put" | "patch" | "delete" => (
                format!("web::{name}()"),
                format!("`#[{name}(\"{path}\", wrap = \"CORS\")]` and `web::{name}().to(handler).wrap(CORS)`"),
                format!(
                    "#[route(\"{path}\", method = \"{method}\", method = \"OPTIONS\", \
                     guard = \"cors_actix::with_preflight::{name}\", wrap = \"CORS\")]"
                ),
            ),
            _ => (
                "web::method(method)".to_owned(),
                "`web::method(method).to(handler).wrap(CORS)`".to_owned(),
                "web::route().guard(cors_actix::with_preflight::method(method)).to(handler).wrap(CORS)".to_owned(),
            ),
        };
        write!(
            formatter,
            "help: wrap the resource, which has no guard:\n      \
             web::resource(\"{path}\").wrap(CORS).route({route}.to(handler))\n\
             help: or let the preflights for {method} in:\n      \
             {right}\n\
             note: a preflight is an OPTIONS request, so a guard on the method keeps it out, and what is wrapped inside the \
             guard never sees it, as in {wrong}\n\
             note: a guard on a header keeps it out too; and where nothing is served, no policy but the app's is asked"
        )
    }
}
