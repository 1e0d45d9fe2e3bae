//! The setters for the keys of a rule, for policies and rules.

use super::{List, MaxAgeValue, PolicyDraft, RuleDraft};
use crate::Key;
use crate::document::RawValue;

macro_rules! setters {
    ($($draft:ident),*) => {$(
        impl $draft {
            /// Sets the origins that may read: `"*"`, `"none"`, or origins and patterns in the form of
            /// [`OriginPattern`](crate::OriginPattern). Required.
            pub fn origins(self, origins: impl Into<List>) -> Self {
                self.with(&Key::Origins, origins.into().0)
            }

            /// Sets whether pages may read responses to requests with credentials (cookies, stored passwords). The
            /// default is `false`.
            pub fn credentials(self, credentials: bool) -> Self {
                self.with(&Key::Credentials, RawValue::Flag(credentials))
            }

            /// Sets the methods that pages may use: `"*"`, or names besides the CORS-safelisted GET, HEAD and POST.
            pub fn methods(self, methods: impl Into<List>) -> Self {
                self.with(&Key::Methods, methods.into().0)
            }

            /// Sets the request headers that pages may send: `"*"`, or names besides the CORS-safelisted ones, such as
            /// `Accept`.
            pub fn allow_headers(self, names: impl Into<List>) -> Self {
                self.with(&Key::AllowHeaders, names.into().0)
            }

            /// Sets the response headers that pages may read: `"*"`, or names besides the CORS-safelisted ones, such as
            /// `Content-Type`.
            pub fn expose_headers(self, names: impl Into<List>) -> Self {
                self.with(&Key::ExposeHeaders, names.into().0)
            }

            /// Sets how long a browser may cache the answer to a preflight, at most a day: a number of seconds, a
            /// `Duration`, or a text in the form of [`MaxAge`](crate::MaxAge): `"600"`, `"10min"`, `"2h"`. The default
            /// of browsers is 5 seconds.
            pub fn max_age(self, max_age: impl Into<MaxAgeValue>) -> Self {
                self.with(&Key::MaxAge, max_age.into().0)
            }

            /// Sets the dangers that the rule accepts: `insecure_origins`, `public_suffix_wildcards`. A danger that the
            /// rule does not need is a mistake.
            ///
            /// ```
            /// # use cors_core as cors_actix;
            /// use cors_actix::PolicyDraft;
            ///
            /// let intranet = PolicyDraft::new().origins(["http://intranet.example.com"]).credentials(true);
            /// assert!(intranet.clone().validate().is_err());
            /// assert!(intranet.dangerously_allow(["insecure_origins"]).validate().is_ok());
            /// ```
            pub fn dangerously_allow(self, dangers: impl Into<List>) -> Self {
                self.with(&Key::DangerouslyAllow, dangers.into().0)
            }
        }
    )*};
}

setters!(PolicyDraft, RuleDraft);
