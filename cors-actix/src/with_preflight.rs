//! Guards for a route with a policy of its own: a method, and the preflights that ask for it.
//!
//! A preflight is an OPTIONS request, so the guard of `#[put("/notes/{id}", wrap = "EDITORS")]` or of `web::put()` keeps it out, and
//! middleware that is wrapped inside that guard never sees it. Where one policy is right for all methods of a path, wrap the
//! resource, which has no guard:
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
//! Where a policy is for one method, guard its route by a function of this module in place of the method alone. Routes of other
//! methods at the same path then have other policies, or none; what a preflight asks for selects the route:
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
//! `method = "OPTIONS"` lets OPTIONS in, and the guard narrows that to the preflights; every other OPTIONS request remains the
//! application's. Without the macro it is `web::route()`, which has no guard of its own, and the policy is wrapped last:
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
//! A handler of several methods has a guard that is a function of your own:
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
//! A preflight carries nothing of the request it asks for but the path, the query, the method's name and the names of headers. So
//! a guard on the value of a header keeps it out too: wrap the policy outside of such a guard.
//!
//! `cors_actix::testing` (feature `testing`) finds out whether a preflight reaches a policy.

use actix_web::dev::RequestHead;
use actix_web::guard::{self, Guard, GuardContext};
use actix_web::http::{Method, header};

macro_rules! guards {
    ($($name:ident $method:ident)*) => {
        /// The methods that have a guard of their own.
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

/// Returns a guard for any method, extension methods too, and for its preflights.
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
    // actix's own guard notes the method, for the `Allow` of a 405.
    let alone = guard::Method(method.clone());
    guard::fn_guard(move |context| alone.check(context) || is_preflight_for(context.head(), &method))
}

/// SRV-2, and the method that is asked for, byte for byte.
fn is_preflight_for(head: &RequestHead, method: &Method) -> bool {
    let mut asked = head.headers.get_all(header::ACCESS_CONTROL_REQUEST_METHOD);
    head.method == Method::OPTIONS
        && head.headers.contains_key(header::ORIGIN)
        && asked.any(|asked| asked.as_bytes() == method.as_str().as_bytes())
}
