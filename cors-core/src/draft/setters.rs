//! The keys of a rule, which a policy of one rule has too.

use super::{List, MaxAgeValue, PolicyDraft, RuleDraft};
use crate::Key;
use crate::document::Value;

macro_rules! setters {
    ($($draft:ident),*) => {$(
        impl $draft {
            /// Who may read: `"*"`, `"none"`, or origins and origin patterns as [`OriginPattern`](crate::OriginPattern) has them.
            /// Required.
            pub fn origins(self, origins: impl Into<List>) -> Self {
                self.with(&Key::Origins, origins.into().0)
            }

            /// Whether answers to requests with cookies or stored passwords may be read. `false` when not set.
            pub fn credentials(self, credentials: bool) -> Self {
                self.with(&Key::Credentials, Value::Flag(credentials))
            }

            /// Methods that may be sent: `"*"`, or names beyond GET, HEAD and POST, which are CORS-safelisted.
            pub fn methods(self, methods: impl Into<List>) -> Self {
                self.with(&Key::Methods, methods.into().0)
            }

            /// Request headers that may be sent: `"*"`, or names beyond the CORS-safelisted ones, such as `Accept`.
            pub fn allow_headers(self, names: impl Into<List>) -> Self {
                self.with(&Key::AllowHeaders, names.into().0)
            }

            /// Response headers that may be read: `"*"`, or names beyond the CORS-safelisted ones, such as `Content-Type`.
            pub fn expose_headers(self, names: impl Into<List>) -> Self {
                self.with(&Key::ExposeHeaders, names.into().0)
            }

            /// How long a browser may remember a preflight: seconds, a duration, or a text as [`MaxAge`](crate::MaxAge) reads it:
            /// `"600"`, `"10min"`, `"2h"`. When not set, browsers remember for 5 seconds.
            pub fn max_age(self, max_age: impl Into<MaxAgeValue>) -> Self {
                self.with(&Key::MaxAge, max_age.into().0)
            }

            /// Dangers that the policy takes on: `insecure_origins`, `public_suffix_wildcards`.
            ///
            /// ```
            /// use cors_core::PolicyDraft;
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
