//! What a test learns of a preflight that no policy answered.

use std::fmt;

use actix_web::http::{Method, StatusCode};

use crate::finding::PreflightUnanswered;

/// No policy answered a preflight. Displayed, it says why that may be, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered(PreflightUnanswered);

impl Unanswered {
    pub(super) const fn new(method: Method, path: String, status: StatusCode) -> Self {
        Self(PreflightUnanswered { method, path, status })
    }

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
        self.0.status
    }
}

impl fmt::Display for Unanswered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
