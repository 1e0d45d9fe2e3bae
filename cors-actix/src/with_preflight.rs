//! Guards for a route with its own policy. Each matches one method and its preflights.
//!
//! A preflight is an OPTIONS request, so the guard of `#[put("/notes/{id}", wrap = "EDITORS")]` or of `web::put()`
//! does not match it, and middleware inside that guard never sees it. If all methods of a path have the same policy,
//! wrap the resource, which has no guard:
//!
//! ```
//! # use actix_web::web;
//! # use cors_actix::{Cors, cors_policy};
//! # async fn save() -> &'static str { "saved" }
//! const EDITORS: Cors = cors_policy! { origins: ["https://edit.example.com"], methods: [PUT] };
//!
//! let resource = web::resource("/notes/{id}").wrap(EDITORS).route(web::put().to(save));
//! ```
//!
//! If a policy is for one method, use a function of this module as the guard of its route. Routes of other methods at
//! the same path can have other policies, or none; the requested method of a preflight selects the route:
//!
//! ```
//! use actix_web::{App, route};
//! use cors_actix::{Cors, cors_policy, with_preflight};
//!
//! const EDITORS: Cors = cors_policy! { origins: ["https://edit.example.com"], methods: [PUT] };
//! const PUBLIC: Cors = cors_policy! { origins: "*" };
//!
//! #[route("/notes/{id}", method = "PUT", method = "OPTIONS", guard = "with_preflight::put", wrap = "EDITORS")]
//! async fn save() -> &'static str { "saved" }
//!
//! #[route("/notes/{id}", method = "GET", method = "OPTIONS", guard = "with_preflight::get", wrap = "PUBLIC")]
//! async fn read() -> &'static str { "read" }
//!
//! let app = App::new().service(save).service(read);
//! ```
//!
//! `method = "OPTIONS"` matches all OPTIONS requests, and the guard limits them to the preflights for this method;
//! the application gets all others. Without the macro use `web::route()`, which has no guard, and wrap the policy
//! last:
//!
//! ```
//! # use actix_web::web;
//! # use cors_actix::{Cors, cors_policy, with_preflight};
//! # const EDITORS: Cors = cors_policy! { origins: ["https://edit.example.com"], methods: [PUT] };
//! # async fn save() -> &'static str { "saved" }
//! # async fn read() -> &'static str { "read" }
//! let resource = web::resource("/notes/{id}")
//!     .route(web::route().guard(with_preflight::put).to(save).wrap(EDITORS))
//!     .route(web::get().to(read));
//! ```
//!
//! For a handler of several methods write your own guard function:
//!
//! ```
//! use actix_web::guard::GuardContext;
//! use cors_actix::with_preflight;
//!
//! fn put_or_patch(context: &GuardContext<'_>) -> bool {
//!     with_preflight::put(context) || with_preflight::patch(context)
//! }
//! ```
//!
//! A preflight has only the path, the query, the method's name and the header names of the real request. So a guard
//! for the value of a header does not match it: wrap the policy outside of such a guard.
//!
//! `cors_actix::testing` (feature `testing`) checks whether a preflight reaches a policy.

use actix_web::dev::RequestHead;
use actix_web::guard::{self, Guard, GuardContext};
use actix_web::http::{Method, header};

macro_rules! guards {
    ($($name:ident $method:ident)*) => {
        /// The methods that have a guard in this module.
        #[cfg(any(feature = "inspector", feature = "testing"))]
        pub(crate) const NAMES: &[&str] = &[$(stringify!($name)),*];

        $(
        #[doc = concat!("Matches ", stringify!($method), ", and the preflights that ask for ", stringify!($method), ".")]
        ///
        /// ```
        /// use actix_web::web;
        /// use cors_actix::{cors_policy, with_preflight};
        ///
        /// async fn handle() -> &'static str { "handled" }
        ///
        /// let cors = cors_policy! { origins: ["https://app.example.com"], methods: "*" };
        #[doc = concat!("let route = web::route().guard(with_preflight::", stringify!($name), ").to(handle).wrap(cors);")]
        /// ```
        #[must_use]
        pub fn $name(context: &GuardContext<'_>) -> bool {
            method(Method::$method).check(context)
        }
        )*
    };
}

guards! {
    get GET
    head HEAD
    post POST
    put PUT
    patch PATCH
    delete DELETE
}

/// Returns a guard for any method, also an extension method, and its preflights.
///
/// ```
/// use actix_web::{http::Method, web};
/// use cors_actix::{cors_policy, with_preflight};
///
/// async fn find() -> &'static str { "found" }
///
/// let cors = cors_policy! { origins: ["https://app.example.com"], methods: ["PROPFIND"] };
/// let propfind = Method::from_bytes(b"PROPFIND").expect("a method is a token");
/// let route = web::route().guard(with_preflight::method(propfind)).to(find).wrap(cors);
/// ```
pub fn method(method: Method) -> impl Guard {
    // actix's own guard provides the method for the `Allow` of a 405.
    let alone = guard::Method(method.clone());
    guard::fn_guard(move |context| alone.check(context) || is_preflight_for(context.head(), &method))
}

/// SRV-2, and compares the requested method byte for byte.
fn is_preflight_for(head: &RequestHead, method: &Method) -> bool {
    let mut asked = head.headers.get_all(header::ACCESS_CONTROL_REQUEST_METHOD);
    head.method == Method::OPTIONS
        && head.headers.contains_key(header::ORIGIN)
        && asked.any(|asked| asked.as_bytes() == method.as_str().as_bytes())
}
