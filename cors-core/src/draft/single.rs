//! The values of keys that take a single word or duration.

use std::time::Duration;

use crate::document::RawValue;
use crate::{MaxAge, OnDenied};

/// The value of `max_age`: a number of seconds, a [`Duration`], a text such as `"2h"`, or a [`MaxAge`].
///
/// ```
/// use std::time::Duration;
///
/// # use cors_core as cors_actix;
/// use cors_actix::PolicyDraft;
///
/// let draft = PolicyDraft::new().origins("*");
/// assert_eq!(draft.clone().max_age(7200), draft.clone().max_age(Duration::from_secs(7200)));
/// assert_eq!(draft.clone().max_age("2h").validate()?, draft.max_age(7200).validate()?);
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Debug)]
pub struct MaxAgeValue(pub(super) RawValue);

/// The value of `on_denied`: an [`OnDenied`], or its name as a text.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{OnDenied, PolicyDraft};
///
/// let draft = PolicyDraft::new().origins(["https://app.example.com"]);
/// assert_eq!(draft.clone().on_denied(OnDenied::Reject), draft.on_denied("reject"));
/// ```
#[derive(Clone, Debug)]
pub struct OnDeniedValue(pub(super) RawValue);

macro_rules! seconds {
    ($($number:ty),*) => {$(
        impl From<$number> for MaxAgeValue {
            fn from(seconds: $number) -> Self {
                Self(RawValue::Number(seconds.to_string()))
            }
        }
    )*};
}

seconds!(u16, u32, u64, usize, i32, i64);

impl From<Duration> for MaxAgeValue {
    /// A fraction of a second is a mistake, which [`validate`](crate::PolicyDraft::validate) reports.
    fn from(duration: Duration) -> Self {
        let fraction = match duration.subsec_nanos() {
            0 => String::new(),
            nanoseconds => format!(".{nanoseconds:09}"),
        };
        Self(RawValue::Number(format!("{}{}", duration.as_secs(), fraction.trim_end_matches('0'))))
    }
}

impl From<MaxAge> for MaxAgeValue {
    fn from(max_age: MaxAge) -> Self {
        Self(RawValue::Text(max_age.to_string()))
    }
}

macro_rules! texts {
    ($($of:ident),*) => {$(
        impl From<&str> for $of {
            fn from(text: &str) -> Self {
                Self(RawValue::Text(text.to_owned()))
            }
        }

        impl From<String> for $of {
            fn from(text: String) -> Self {
                Self(RawValue::Text(text))
            }
        }

        impl From<&String> for $of {
            fn from(text: &String) -> Self {
                Self(RawValue::Text(text.clone()))
            }
        }
    )*};
}

texts!(MaxAgeValue, OnDeniedValue);

impl From<OnDenied> for OnDeniedValue {
    fn from(on_denied: OnDenied) -> Self {
        Self(RawValue::Text(on_denied.name().to_owned()))
    }
}
