//! Why no policy answers a preflight, and what to write instead.

use std::fmt;

use actix_web::http::{Method, StatusCode};

/// No policy answered a preflight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PreflightUnanswered {
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

impl PreflightUnanswered {
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
