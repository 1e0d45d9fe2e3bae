//! The kinds of mistakes.

use super::{SyntaxIssue, words};
use crate::{Key, OriginFlaw, OriginPattern};

/// The kind of a mistake. The variants are in the order in which they are checked. A value with several mistakes is
/// reported for the first.
///
/// The errors of single values convert with `From`: [`OriginError`](crate::OriginError), [`MaxAgeError`](crate::MaxAgeError),
/// [`KeyError`](crate::KeyError).
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{IssueKind, OriginPattern};
///
/// let kind = IssueKind::from(OriginPattern::parse("null").unwrap_err());
/// assert_eq!(kind.code(), "unsafe-origin");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IssueKind {
    /// `"*"` with credentials. Browsers ignore or refuse it.
    WildcardWithCredentials,
    /// `null` or `file:`.
    UnsafeOrigin {
        /// As written.
        origin: String,
    },
    /// The origin of a browser extension that is different in every installation.
    InstallationOrigin {
        /// As written.
        origin: String,
    },
    /// A `*` in a position that does not allow it.
    WildcardElsewhere {
        /// As written.
        text: String,
        /// The text to write instead, if the intention is clear.
        suggestion: Option<String>,
    },
    /// An origin that no browser sends.
    UnserialisableOrigin {
        /// As written; only the first 64 bytes if it is too long.
        origin: String,
        /// What is wrong with it.
        flaw: OriginFlaw,
        /// The text to write instead, if the intention is clear.
        suggestion: Option<String>,
    },
    /// A name or origin that the list already has.
    Repetition {
        /// As written.
        text: String,
    },
    /// An origin or pattern that another pattern of the same rule covers.
    Covered {
        /// As written.
        origin: String,
        /// The pattern that covers it.
        by: OriginPattern,
    },
    /// An origin or pattern that an earlier rule matches, so that this rule never applies to it.
    Unreachable {
        /// As written.
        origin: String,
        /// The item of the earlier rule.
        by: OriginPattern,
        /// The index of the earlier rule, from 0.
        rule: usize,
    },
    /// A rule after one with `"*"`, which matches every request.
    AfterWildcard {
        /// The index of the rule with `"*"`, from 0.
        rule: usize,
    },
    /// `"*"` in a policy with a source of origins, which then is never asked.
    SourceNeverAsked,
    /// `none` in a policy with a source of origins.
    SourceWithNone,
    /// `none` as the origins of one of several rules.
    NoneInRule,
    /// `Authorization` beside a `"*"` that covers it.
    NeedlessAuthorization,
    /// An `http` origin that is not local, with credentials.
    InsecureWithCredentials {
        /// As written.
        origin: String,
    },
    /// A pattern for all names below a public suffix, with credentials.
    PublicSuffixWithCredentials {
        /// As written.
        origin: String,
        /// A public suffix below the host of the pattern; `None` if the host itself is one.
        below: Option<String>,
        /// The version of the list that says so, if it has one.
        list: Option<String>,
    },
    /// A method or header that the standard forbids to scripts.
    ForbiddenName {
        /// As written.
        name: String,
    },
    /// A header that has no effect in this list.
    MisplacedName {
        /// As written.
        name: String,
    },
    /// A text that is not a method or header name.
    NotAToken {
        /// As written.
        text: String,
        /// The name without the white space and punctuation around it, if that is valid.
        suggestion: Option<String>,
    },
    /// A method in a case that does not exist, such as `put`.
    MethodCase {
        /// As written.
        method: String,
        /// As registered.
        suggestion: &'static str,
    },
    /// A text that is not a duration, or a negative one.
    NotADuration {
        /// As written.
        text: String,
    },
    /// A duration of more than a day, which no browser honours.
    MaxAgeTooLong {
        /// As written.
        text: String,
    },
    /// An item of `dangerously_allow` that the rule does not need.
    AllowsNothing {
        /// As written.
        name: String,
    },
    /// `on_denied: reject` in a policy that denies no origin.
    NeverActs,
    /// A required key that is missing.
    Missing,
    /// A list without items.
    EmptyList,
    /// A value of another type.
    WrongType {
        /// The value as text.
        found: String,
    },
    /// A key that the language does not have.
    UnknownKey {
        /// As written.
        name: String,
        /// The key that was probably meant, if there is one.
        suggestion: Option<Key>,
    },
    /// A word that is not a value of the key.
    UnknownValue {
        /// As written.
        value: String,
    },
    /// A key that the policy or rule already has.
    DuplicateKey,
    /// `rules` beside the keys of one rule.
    BesideKeysOfOneRule,
    /// A key of the policy in a rule.
    MisplacedKey,
    /// A mistake of form that only source text and environment variables can have.
    Syntax(SyntaxIssue),
}

impl IssueKind {
    /// Returns a short, stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WildcardWithCredentials => "wildcard-with-credentials",
            Self::UnsafeOrigin { .. } => "unsafe-origin",
            Self::InstallationOrigin { .. } => "installation-origin",
            Self::WildcardElsewhere { .. } => "wildcard-elsewhere",
            Self::UnserialisableOrigin { .. } => "unserialisable-origin",
            Self::Repetition { .. } => "repetition",
            Self::Covered { .. } => "covered",
            Self::Unreachable { .. } => "unreachable",
            Self::AfterWildcard { .. } => "after-wildcard",
            Self::NeedlessAuthorization => "needless-authorization",
            Self::InsecureWithCredentials { .. } => "insecure-with-credentials",
            Self::PublicSuffixWithCredentials { .. } => "public-suffix-with-credentials",
            Self::ForbiddenName { .. } => "forbidden-name",
            Self::MisplacedName { .. } => "misplaced-name",
            Self::NotAToken { .. } => "not-a-token",
            Self::MethodCase { .. } => "method-case",
            Self::NotADuration { .. } => "max-age",
            Self::MaxAgeTooLong { .. } => "max-age-too-long",
            Self::AllowsNothing { .. } => "allows-nothing",
            Self::NeverActs => "never-acts",
            Self::SourceNeverAsked => "source-never-asked",
            Self::SourceWithNone => "source-with-none",
            Self::NoneInRule => "none-in-rule",
            Self::Missing => "missing",
            Self::EmptyList => "empty-list",
            Self::WrongType { .. } => "wrong-type",
            Self::UnknownKey { .. } => "unknown-key",
            Self::UnknownValue { .. } => "unknown-value",
            Self::DuplicateKey => "duplicate-key",
            Self::BesideKeysOfOneRule => "beside-keys-of-one-rule",
            Self::MisplacedKey => "misplaced-key",
            Self::Syntax(_) => "syntax",
        }
    }

    /// Returns the text to write instead, if the intention is clear.
    pub fn suggestion(&self) -> Option<String> {
        match self {
            Self::UnserialisableOrigin { suggestion, .. } | Self::WildcardElsewhere { suggestion, .. } => {
                suggestion.clone()
            }
            Self::UnknownKey { suggestion, .. } => suggestion.as_ref().map(|key| key.name().to_owned()),
            Self::MethodCase { suggestion, .. } => Some((*suggestion).to_owned()),
            Self::NotAToken { suggestion, .. } => suggestion.clone(),
            Self::InsecureWithCredentials { origin } => Some(words::encrypted(origin)),
            Self::MaxAgeTooLong { .. } => Some("1d".to_owned()),
            _ => None,
        }
    }
}
