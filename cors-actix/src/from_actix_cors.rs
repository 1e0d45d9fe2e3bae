//! The functions of actix-cors. A call of one gives a compile error that says what to write instead.
//!
//! Each function has a bound that is never satisfied. `for<'a>` keeps the compiler from reporting that at the
//! definition, and the unknown return type keeps it from reporting errors in the rest of a chain.
//!
//! The compiler quotes the bound. The first functions of a chain, with `Default` and `Permissive`, are written
//! without a macro, because the compiler would quote the whole macro.

use actix_web::dev::RequestHead;
use actix_web::http::header::HeaderValue;

use crate::Cors;

#[diagnostic::on_unimplemented(
    message = "cors_actix has no `Cors::default()`: a policy is written as a whole, and checked while it is compiled",
    label = "this is actix-cors",
    note = "put cors_actix::cors_policy! {{ .. }} around this chain, and the compiler prints the policy that says the same",
    note = "or write what the setters say as keys: cors_policy! {{ origins: [\"https://app.example.com\"], methods: [PUT], allow_headers: [\"Content-Type\"] }}",
    note = "while you develop: origins: [\"https://app.example.com\", #[cfg(debug_assertions)] \"http://localhost:*\"]",
    note = "for origins that are known only at run time: Cors::new(PolicyDraft::new().origins(list).validate()?)"
)]
pub trait Default<'a> {
    type Never;

    fn never() -> Self::Never;
}

#[diagnostic::on_unimplemented(
    message = "cors_actix has no `Cors::permissive()`: every site could read what belongs to your users",
    label = "this is actix-cors",
    note = "while you develop, allow your own machine: cors_actix::cors_policy! {{ origins: [\"https://app.example.com\", #[cfg(debug_assertions)] \"http://localhost:*\"], credentials: true, methods: \"*\", allow_headers: \"*\" }}",
    note = "for data that everybody may read, without cookies: cors_actix::cors_policy! {{ origins: \"*\", methods: \"*\", allow_headers: [\"*\", \"Authorization\"] }}"
)]
pub trait Permissive<'a> {
    type Never;

    fn never() -> Self::Never;
}

/// Functions of actix-cors that this crate does not have. A call does not compile.
impl Cors {
    #[doc(hidden)]
    #[expect(clippy::should_implement_trait, reason = "the name is that of actix-cors")]
    pub fn default() -> <Self as Default<'static>>::Never
    where
        for<'a> Self: Default<'a>,
    {
        <Self as Default<'static>>::never()
    }

    #[doc(hidden)]
    pub fn permissive() -> <Self as Permissive<'static>>::Never
    where
        for<'a> Self: Permissive<'a>,
    {
        <Self as Permissive<'static>>::never()
    }
}

macro_rules! setters {
    ($($setter:ident($($argument:ty)?) as $trait:ident: $message:literal;)*) => {
        $(
            #[diagnostic::on_unimplemented(
                message = $message,
                label = "this is actix-cors",
                note = "a policy is written as a whole: cors_policy! {{ origins: [\"https://app.example.com\"], methods: [PUT] }}; around a chain of actix-cors, cors_policy! {{ .. }} prints the policy that says the same"
            )]
            pub trait $trait<'a> {
                type Never;

                fn never() -> Self::Never;
            }
        )*

        impl Cors {$(
            #[doc(hidden)]
            pub fn $setter(self, $(_: $argument)?) -> <Self as $trait<'static>>::Never
            where
                for<'a> Self: $trait<'a>,
            {
                <Self as $trait<'static>>::never()
            }
        )*}
    };
}

setters! {
    allowed_origin(&str) as AllowedOrigin:
        "`.allowed_origin(..)` is written as the key `origins`: origins: [\"https://app.example.com\"]";
    allowed_origin_fn(impl Fn(&HeaderValue, &RequestHead) -> bool) as AllowedOriginFn:
        "`.allowed_origin_fn(..)` is written as a pattern, \"https://*.example.com\" or \"http://localhost:*\"; a function that asks a database is a source for `Cors::with_source`";
    allow_any_origin() as AllowAnyOrigin: "`.allow_any_origin()` is written as origins: \"*\"";
    allowed_methods(impl Sized) as AllowedMethods:
        "`.allowed_methods(..)` is written as the key `methods`: methods: [PUT, DELETE]";
    allow_any_method() as AllowAnyMethod: "`.allow_any_method()` is written as methods: \"*\"";
    allowed_headers(impl Sized) as AllowedHeaders:
        "`.allowed_headers(..)` is written as the key `allow_headers`: allow_headers: [\"Content-Type\"]";
    allowed_header(impl Sized) as AllowedHeader:
        "`.allowed_header(..)` is written as the key `allow_headers`: allow_headers: [\"Content-Type\"]";
    allow_any_header() as AllowAnyHeader: "`.allow_any_header()` is written as allow_headers: \"*\", without credentials as allow_headers: [\"*\", \"Authorization\"]";
    expose_headers(impl Sized) as ExposeHeaders:
        "`.expose_headers(..)` is written as the key `expose_headers`: expose_headers: [\"ETag\"]";
    expose_any_header() as ExposeAnyHeader: "`.expose_any_header()` is written as expose_headers: \"*\"";
    supports_credentials() as SupportsCredentials: "`.supports_credentials()` is written as credentials: true";
    max_age(impl Into<Option<usize>>) as MaxAge: "`.max_age(..)` is written as the key `max_age`: max_age: 1h";
    send_wildcard() as SendWildcard:
        "`.send_wildcard()` is not needed: origins: \"*\" is answered with `*`, and other origins with themselves";
    disable_vary_header() as DisableVaryHeader:
        "`.disable_vary_header()` has no counterpart: `Vary` is sent where answers differ, or a cache would mix them up";
    disable_preflight() as DisablePreflight:
        "`.disable_preflight()` has no counterpart: every preflight is answered, or the browser sends no request";
    block_on_origin_mismatch(bool) as BlockOnOriginMismatch:
        "`.block_on_origin_mismatch(true)` is written as on_denied: reject";
    allow_private_network_access() as AllowPrivateNetworkAccess:
        "`.allow_private_network_access()` has no counterpart: browsers ask the user now, and no header";
}
