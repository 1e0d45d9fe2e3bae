//! A policy that was checked.

mod parts;
mod text;

pub use parts::{NamesParts, OriginsParts, RuleParts};
pub(crate) use text::written_rules;

use std::borrow::Cow;

use crate::{MaxAge, OriginList};

/// A policy that was checked, with the text of each header computed. Comes from [`PolicyDraft::validate`], or from
/// `cors_policy!`; it cannot be changed.
///
/// Its `Display` is the policy as one would write it, for logs and audits.
///
/// ```
/// use cors_core::PolicyDraft;
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

/// What becomes of an actual request of an origin that no rule is for. (A preflight is refused either way.)
///
/// ```
/// use cors_core::{OnDenied, PolicyDraft};
///
/// let policy = PolicyDraft::new().origins(["https://app.example.com"]).validate()?;
/// assert_eq!(policy.on_denied(), OnDenied::Forward);
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OnDenied {
    /// The handler answers, and the browser keeps the answer from the page.
    #[default]
    Forward,
    /// It is refused by 403 before the handler, unless it is of the same origin.
    Reject,
}

impl OnDenied {
    /// The names as one writes them.
    pub(crate) const NAMES: [&str; 2] = ["forward", "reject"];

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Forward, Self::Reject].into_iter().find(|on_denied| on_denied.name() == name)
    }

    pub(crate) const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// Who may read, and what may be sent and read. Of several in a policy the first whose origins match decides.
///
/// ```
/// use cors_core::PolicyDraft;
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

/// Whom a rule is for.
///
/// ```
/// use cors_core::{Origins, PolicyDraft};
///
/// let policy = PolicyDraft::new().origins("*").validate()?;
/// assert_eq!(policy.rules()[0].origins(), &Origins::Any);
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[expect(clippy::large_enum_variant, reason = "a rule has one, and a constant cannot have a box")]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origins {
    /// `"*"`.
    Any,
    /// Origins and patterns.
    Listed(OriginList),
    /// Origins that a source knows that must be asked.
    FromSource,
}

/// Names of methods or headers as written, and what becomes of them.
///
/// ```
/// use cors_core::{Names, PolicyDraft};
///
/// let policy = PolicyDraft::new().origins("*").methods(["PUT", "PATCH"]).validate()?;
/// assert_eq!(policy.rules()[0].methods(), &Names::Listed("PUT, PATCH".into()));
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Names {
    /// Nothing was said.
    Unset,
    /// Only names that need no permission; no header is sent.
    Safelisted(Cow<'static, str>),
    /// `"*"`, alone or beside `Authorization`: the value of the header.
    Any(Cow<'static, str>),
    /// The names joined by `, `: the value of the header.
    Listed(Cow<'static, str>),
}

/// The dangers that a rule takes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dangers {
    pub(crate) insecure_origins: bool,
    pub(crate) public_suffix_wildcards: bool,
}

impl Dangers {
    pub(crate) const INSECURE_ORIGINS: &'static str = "insecure_origins";
    pub(crate) const PUBLIC_SUFFIX_WILDCARDS: &'static str = "public_suffix_wildcards";
    pub(crate) const NAMES: [&'static str; 2] = [Self::INSECURE_ORIGINS, Self::PUBLIC_SUFFIX_WILDCARDS];

    /// Those of them that are needed; all where it is not known.
    pub(crate) fn needed(self, needs: Option<Self>) -> Self {
        needs.map_or(self, |needs| Self {
            insecure_origins: self.insecure_origins && needs.insecure_origins,
            public_suffix_wildcards: self.public_suffix_wildcards && needs.public_suffix_wildcards,
        })
    }
}

impl Policy {
    /// Returns a policy of rules that were checked: by `validate`, or by the macro while it expanded.
    pub(crate) const fn from_checked(rules: Cow<'static, [Rule]>, on_denied: OnDenied) -> Self {
        Self { rules, on_denied }
    }

    /// The rules, in the order in which they decide.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What becomes of an actual request of an origin that no rule is for.
    pub const fn on_denied(&self) -> OnDenied {
        self.on_denied
    }

    /// The rule of every request, where the answer is the same whoever asks (SRV-20, SRV-30).
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
    /// Whom the rule is for.
    pub const fn origins(&self) -> &Origins {
        &self.origins
    }

    /// Whether answers to requests with credentials may be read.
    pub const fn credentials(&self) -> bool {
        self.credentials
    }

    /// The methods that may be sent.
    pub const fn methods(&self) -> &Names {
        &self.methods
    }

    /// The request headers that may be sent.
    pub const fn allow_headers(&self) -> &Names {
        &self.allow_headers
    }

    /// The response headers that may be read.
    pub const fn expose_headers(&self) -> &Names {
        &self.expose_headers
    }

    /// How long a browser may remember a preflight.
    pub const fn max_age(&self) -> Option<&MaxAge> {
        self.max_age.as_ref()
    }
}

impl Names {
    /// The names as written, `*` included.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let text = match self {
            Self::Unset => None,
            Self::Safelisted(text) | Self::Any(text) | Self::Listed(text) => Some(text),
        };
        text.into_iter().flat_map(|text| text.split(", "))
    }
}
