//! Checks whether a preflight reaches a policy.

use actix_http::Request;
use actix_web::Error;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::test::TestRequest;

use super::PreflightUnanswered;
use super::wire::{answer, assert_path};

/// Sends the preflight of a browser, for a page of this origin and for this method, and returns which part of the app
/// answered it.
///
/// The app comes from [`init_service`](actix_web::test::init_service). Write the origin as in a policy. Only the
/// preflight is sent, so no handler of the method runs.
///
/// ```
/// use actix_web::http::Method;
/// use actix_web::{App, put, test};
/// use cors_actix::testing::{self, Preflight};
/// use cors_actix::{Cors, cors_policy};
///
/// const CORS: Cors = cors_policy! { origins: ["https://app.example.com"], methods: [PUT] };
///
/// #[put("/notes/{id}", wrap = "CORS")] // the guard for PUT comes before the policy
/// async fn save() -> &'static str { "saved" }
///
/// # actix_web::rt::System::new().block_on(async {
/// let app = test::init_service(App::new().service(save)).await;
/// let preflight = testing::preflight(&app, Method::PUT, "/notes/1", "https://app.example.com").await;
/// let Preflight::Unanswered(unanswered) = preflight else { panic!("nobody answers it") };
/// println!("{unanswered}"); // what is wrong, and what to write instead
/// # });
/// ```
///
/// # Panics
///
/// Panics if the path does not begin with `/`, or if the path or the origin has an invalid character.
pub async fn preflight<B>(
    app: &impl Service<Request, Response = ServiceResponse<B>, Error = Error>,
    method: Method,
    path: &str,
    origin: &str,
) -> Preflight {
    assert_path(path);
    let page = HeaderValue::from_str(origin)
        .unwrap_or_else(|error| panic!("{origin:?} cannot stand in an `Origin` line: {error}"));
    let request = TestRequest::with_uri(path)
        .method(Method::OPTIONS)
        .insert_header((header::ACCEPT, "*/*"))
        .insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, method.as_str()))
        .insert_header((header::ORIGIN, page));
    let (status, headers, decisions) = answer(app, request.to_request()).await;
    match decisions.policies.iter().any(|seen| seen.is_answer) {
        true if headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) => Preflight::Granted(headers),
        true => Preflight::Refused,
        false => Preflight::Unanswered(PreflightUnanswered { method, path: path.to_owned(), status }),
    }
}

/// The answer to a preflight.
///
/// Exhaustive, so that a test handles every case.
#[derive(Clone, Debug)]
#[must_use]
pub enum Preflight {
    /// A policy answered with 204, and these headers have its grants. A browser sends the request if they list its
    /// method and headers.
    Granted(HeaderMap),
    /// A policy answered with 403: it grants nothing to the origin.
    Refused,
    /// No policy answered.
    Unanswered(PreflightUnanswered),
}

impl Preflight {
    /// Asserts that a policy answered. It may grant or refuse, and it may list the method or not.
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
    /// Panics if no policy answered, with the text of [`PreflightUnanswered`].
    #[track_caller]
    pub fn assert_reaches_policy(&self) {
        if let Self::Unanswered(unanswered) = self {
            panic!("{unanswered}");
        }
    }
}
