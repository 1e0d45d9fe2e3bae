//! A preflight that no policy answers: the cause, and what to write instead.

use std::fmt;

use actix_web::http::{Method, StatusCode};

use super::words::WRAP_LAST;
use crate::with_preflight::NAMES;

/// A preflight that no policy answered. Its `Display` says the probable cause, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreflightUnanswered {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) status: StatusCode,
}

impl fmt::Display for PreflightUnanswered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, path, status } = self;
        writeln!(formatter, "no CORS policy answered the preflight for {method} {path}: {status} came instead")?;
        match *status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => self.guarded(formatter),
            status if status.is_success() => formatter.write_str(
                "help: wrap the policy around the service that answers OPTIONS here\n\
                 note: a policy answers with 204 and `Access-Control-Allow-Origin`, or with 403",
            ),
            StatusCode::BAD_REQUEST => formatter.write_str(
                "help: take out the other middleware for CORS, or wrap the policy last, outside of it: `.wrap(other).wrap(CORS)`\n\
                 note: of two that are nested the outer one answers preflights; some answer 400 when their own lists do not match",
            ),
            _ => write!(
                formatter,
                "help: {WRAP_LAST}\n\
                 note: a preflight carries no cookies and no `Authorization`, so authentication refuses it when it is outside",
            ),
        }
    }
}

impl PreflightUnanswered {
    /// Returns the status that came instead of a policy's answer.
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

    /// Writes the help for the most probable cause: a guard for the method does not match OPTIONS.
    fn guarded(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, path, .. } = self;
        let name = method.as_str().to_ascii_lowercase();
        let (route, wrong, right) = match name.as_str() {
            name if NAMES.contains(&name) => (
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
             note: a guard on a header keeps it out too; and for a path without a service, only a policy around the whole app is asked"
        )
    }
}
