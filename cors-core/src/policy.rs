//! Checked policies.

mod packed;
mod text;

use std::borrow::Cow;

use crate::{MaxAge, OriginList};

/// A checked, immutable policy, with the value of each header computed.
/// [`PolicyDraft::validate`](crate::PolicyDraft::validate) and `cors_policy!` return one.
///
/// Prints in the notation of `cors_policy!`, for logs and audits.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::PolicyDraft;
///
/// let policy = PolicyDraft::new().origins(["https://app.example.com"]).methods(["PUT"]).max_age("600").validate()?;
/// assert_eq!(policy.to_string(), "\
/// origins: [\"https://app.example.com\"],
/// methods: [PUT],
/// max_age: 10min,");
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    rules: Cow<'static, [Rule]>,
    on_denied: OnDenied,
}

/// What happens to an actual request from an origin that no rule matches. Preflights are refused in both cases.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{OnDenied, PolicyDraft};
///
/// let policy = PolicyDraft::new().origins(["https://app.example.com"]).validate()?;
/// assert_eq!(policy.on_denied(), OnDenied::Forward);
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OnDenied {
    /// The handler responds, and the browser blocks the response.
    #[default]
    Forward,
    /// The server answers 403 before the handler, unless the request has no `Origin` or is same-origin.
    Reject,
}

impl OnDenied {
    /// The values in the policy language.
    pub(crate) const NAMES: [&str; 2] = ["forward", "reject"];

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Forward, Self::Reject].into_iter().find(|on_denied| on_denied.name() == name)
    }

    pub(crate) const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// The origins that may read, and what they may send and read. The first rule of a policy whose origins match decides.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::PolicyDraft;
///
/// let policy = PolicyDraft::new().origins(["https://app.example.com"]).credentials(true).validate()?;
/// assert!(policy.rules()[0].credentials());
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub(crate) origins: Origins,
    pub(crate) credentials: bool,
    pub(crate) methods: Names,
    pub(crate) allow_headers: Names,
    pub(crate) expose_headers: Names,
    pub(crate) max_age: Option<MaxAge>,
    pub(crate) dangerously_allow: Dangers,
}

/// The origins that a rule matches.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{Origins, PolicyDraft};
///
/// let policy = PolicyDraft::new().origins("*").validate()?;
/// assert_eq!(policy.rules()[0].origins(), &Origins::Any);
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[expect(clippy::large_enum_variant, reason = "a rule has one, and a constant cannot have a box")]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origins {
    /// Every origin: `"*"`.
    Any,
    /// Listed origins and patterns.
    Listed(OriginList),
    /// The origins that a source allows at run time.
    FromSource,
}

/// The names of a rule's `methods`, `allow_headers` or `expose_headers`, as written.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{Names, PolicyDraft};
///
/// let policy = PolicyDraft::new().origins("*").methods(["PUT", "PATCH"]).validate()?;
/// assert_eq!(policy.rules()[0].methods(), &Names::Listed("PUT, PATCH".into()));
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Names {
    /// The key is not set. No header is sent.
    Unset,
    /// Only CORS-safelisted methods, which need no permission. No header is sent.
    Safelisted(Cow<'static, str>),
    /// `"*"`, alone or beside `Authorization`. Contains the value of the header.
    Any(Cow<'static, str>),
    /// Names joined by `, `. Contains the value of the header.
    Listed(Cow<'static, str>),
}

/// The dangers that a rule accepts or needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dangers {
    pub(crate) insecure_origins: bool,
    pub(crate) public_suffix_wildcards: bool,
}

impl Dangers {
    pub(crate) const INSECURE_ORIGINS: &'static str = "insecure_origins";
    pub(crate) const PUBLIC_SUFFIX_WILDCARDS: &'static str = "public_suffix_wildcards";
    pub(crate) const NAMES: [&'static str; 2] = [Self::INSECURE_ORIGINS, Self::PUBLIC_SUFFIX_WILDCARDS];

    /// Returns the dangers that are also needed; all of them if the needs are unknown.
    pub(crate) fn needed(self, needs: Option<Self>) -> Self {
        needs.map_or(self, |needs| Self {
            insecure_origins: self.insecure_origins && needs.insecure_origins,
            public_suffix_wildcards: self.public_suffix_wildcards && needs.public_suffix_wildcards,
        })
    }
}

impl Policy {
    /// Returns a policy of checked rules: from `validate`, or from the macro.
    pub(crate) const fn from_checked(rules: Cow<'static, [Rule]>, on_denied: OnDenied) -> Self {
        Self { rules, on_denied }
    }

    /// Returns the rules, in the order in which they decide.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Returns what happens to an actual request from an origin that no rule matches.
    pub const fn on_denied(&self) -> OnDenied {
        self.on_denied
    }

    /// Whether the policy has no rules (SRV-26). A rule whose origins are not set in this build is still a rule.
    #[inline]
    pub(crate) const fn is_for_nobody(&self) -> bool {
        match &self.rules {
            Cow::Borrowed(rules) => rules.is_empty(),
            Cow::Owned(rules) => rules.is_empty(),
        }
    }

    /// Whether a source is asked for origins that no rule lists. `validate` puts the rule of the source last.
    #[inline]
    pub fn has_source(&self) -> bool {
        matches!(self.rules(), [.., Rule { origins: Origins::FromSource, .. }])
    }

    /// Returns the rule for every request, if all origins get the same answer (SRV-20, SRV-30).
    pub(crate) const fn rule_for_all(&self) -> Option<&Rule> {
        let rules = match &self.rules {
            Cow::Borrowed(rules) => rules,
            Cow::Owned(rules) => rules.as_slice(),
        };
        match rules {
            [rule] if matches!(rule.origins, Origins::Any) => Some(rule),
            _ => None,
        }
    }
}

impl Rule {
    /// Returns the origins that the rule matches.
    pub const fn origins(&self) -> &Origins {
        &self.origins
    }

    /// Whether the rule may grant anything to an http origin that is not local.
    pub(crate) const fn allows_insecure(&self) -> bool {
        !self.credentials || self.dangerously_allow.insecure_origins
    }

    /// Whether pages may read responses to requests with credentials.
    pub const fn credentials(&self) -> bool {
        self.credentials
    }

    /// Returns the methods that pages may use besides the CORS-safelisted ones.
    pub const fn methods(&self) -> &Names {
        &self.methods
    }

    /// Returns the request headers that pages may send besides the CORS-safelisted ones.
    pub const fn allow_headers(&self) -> &Names {
        &self.allow_headers
    }

    /// Returns the response headers that pages may read besides the CORS-safelisted ones.
    pub const fn expose_headers(&self) -> &Names {
        &self.expose_headers
    }

    /// Returns how long a browser may cache the answer to a preflight; `None` if the key is not set. Browsers then
    /// cache for 5 seconds.
    pub const fn max_age(&self) -> Option<&MaxAge> {
        self.max_age.as_ref()
    }
}

impl Names {
    /// Returns an iterator over the names as written, including `*`.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let text = match self {
            Self::Unset => None,
            Self::Safelisted(text) | Self::Any(text) | Self::Listed(text) => Some(text),
        };
        text.into_iter().flat_map(|text| text.split(", "))
    }
}
