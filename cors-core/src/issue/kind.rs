//! The kinds of mistakes.

use super::words;
use crate::{Key, OriginFlaw, OriginPattern};

/// What is wrong with a value of a policy. The variants stand in the order in which they are looked for: one text has one
/// mistake, the first.
///
/// What reading a single value gives becomes one by `From`: an [`OriginError`](crate::OriginError), a
/// [`MaxAgeError`](crate::MaxAgeError), a [`KeyError`](crate::KeyError).
///
/// ```
/// use cors_core::{IssueKind, OriginPattern};
///
/// let kind = IssueKind::from(OriginPattern::parse("null").unwrap_err());
/// assert_eq!(kind.code(), "unsafe-origin");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IssueKind {
    /// `"*"` where credentials make browsers ignore or refuse it.
    WildcardWithCredentials,
    /// `null` or `file:`.
    UnsafeOrigin {
        /// As written.
        origin: String,
    },
    /// The origin of an extension that is another one in each installation.
    InstallationOrigin {
        /// As written.
        origin: String,
    },
    /// A `*` where none may stand.
    WildcardElsewhere {
        /// As written.
        text: String,
        /// What the author surely meant.
        suggestion: Option<String>,
    },
    /// An origin that no browser sends.
    UnserialisableOrigin {
        /// As written; of one that is too long only the first 64 bytes.
        origin: String,
        /// What is wrong with it.
        flaw: OriginFlaw,
        /// What the author surely meant.
        suggestion: Option<String>,
    },
    /// A name or origin that stands there already.
    Repetition {
        /// As written.
        text: String,
    },
    /// An origin that a pattern of the same policy matches anyway.
    Covered {
        /// As written.
        origin: String,
        /// The pattern.
        by: OriginPattern,
    },
    /// An origin or pattern that a former rule takes, so that no request of it gets to this one.
    Unreachable {
        /// As written.
        origin: String,
        /// The item of the former rule.
        by: OriginPattern,
        /// The index of the former rule, from 0.
        rule: usize,
    },
    /// A rule after one with `"*"`, which takes every request.
    AfterWildcard {
        /// The index of the rule with `"*"`, from 0.
        rule: usize,
    },
    /// `"*"` where a source is asked for origins that no list matches: there are none.
    NeverAsked,
    /// `none` where a source is asked.
    AskedForNobody,
    /// `none` as the origins of one of several rules.
    NobodyInRule,
    /// A rule that asks a source, before another rule.
    AskedBeforeOthers,
    /// `Authorization` beside `"*"` where that covers it.
    NeedlessAuthorization,
    /// An `http` origin that is not local, with credentials.
    InsecureWithCredentials {
        /// As written.
        origin: String,
    },
    /// All names below a public suffix, with credentials.
    PublicSuffixWithCredentials {
        /// As written.
        origin: String,
        /// A suffix below the host of the pattern; `None` where the host is a suffix itself.
        below: Option<String>,
    },
    /// A method or header that the standard takes from scripts.
    ForbiddenName {
        /// As written.
        name: String,
    },
    /// A header that has no meaning in this list.
    MisplacedName {
        /// As written.
        name: String,
    },
    /// Text that is no method or header name.
    NotAToken {
        /// As written.
        text: String,
        /// The name that is left without the white space or punctuation around it.
        suggestion: Option<String>,
    },
    /// A method in a case that does not exist.
    MethodCase {
        /// As written.
        method: String,
        /// As registered.
        suggestion: &'static str,
    },
    /// A duration that is none.
    NotADuration {
        /// As written.
        text: String,
    },
    /// A duration beyond what any browser honours.
    MaxAgeTooLong {
        /// As written.
        text: String,
    },
    /// A permission that the policy does not need.
    AllowsNothing {
        /// As written.
        name: String,
    },
    /// `on_denied: reject` in a policy that denies no origin.
    NeverActs,
    /// A key that must be there.
    Missing,
    /// A list without items.
    EmptyList,
    /// A value of another type.
    WrongType {
        /// What stands there, as text.
        found: String,
    },
    /// A key that the language does not have.
    UnknownKey {
        /// As written.
        name: String,
        /// The one that was meant.
        suggestion: Option<Key>,
    },
    /// A word that the key does not know.
    UnknownValue {
        /// As written.
        value: String,
    },
    /// A key that was there before.
    KeyTwice,
    /// `rules` beside the keys of one rule.
    BesideKeysOfOneRule,
    /// A key of the policy in a rule.
    MisplacedKey,
    /// A mistake that only source text can have.
    Syntax(SyntaxIssue),
}

/// Mistakes of a policy in source, that data cannot have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[doc(hidden)]
pub enum SyntaxIssue {
    /// Two items or entries without a comma between.
    MissingComma,
    /// A comma with nothing before it.
    NeedlessComma,
    /// A semicolon where a comma belongs.
    Semicolon,
    /// A key without a value.
    NoValue,
    /// A key without a colon, what stands there instead, and the value.
    NoColon { found: Option<String>, value: String },
    /// A key in quotes.
    QuotedKey,
    /// Tokens that no key can begin with.
    NoKey { found: String },
    /// A name that the compiler, not the macro, could look up.
    NotALiteral { found: String },
    /// An attribute other than `cfg`.
    NotCfg,
    /// `///`.
    DocComment,
    /// An attribute before a value.
    MisplacedAttribute,
    /// An attribute with nothing after it.
    LoneAttribute,
    /// A `cfg` that cannot be read.
    MalformedCfg { found: String },
    /// A fifth atom.
    TooManyOptions,
    /// `env!` without one quoted name.
    MalformedEnvironment { macro_name: String },
    /// A variable that is not set.
    Unset { variable: String },
    /// A variable whose bytes are no text.
    NotUnicode { variable: String },
    /// A variable without text.
    EmptyVariable { variable: String },
    /// Two commas in a row in a variable, or one at its end.
    EmptyPart { variable: String },
    /// `*` in a variable.
    WildcardInVariable { variable: String },
}

impl IssueKind {
    /// A short name that stays the same when wording changes.
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
            Self::AskedBeforeOthers => "asked-before-others",
            Self::NeverActs => "never-acts",
            Self::NeverAsked => "never-asked",
            Self::AskedForNobody => "asked-for-nobody",
            Self::NobodyInRule => "nobody-in-rule",
            Self::Missing => "missing",
            Self::EmptyList => "empty-list",
            Self::WrongType { .. } => "wrong-type",
            Self::UnknownKey { .. } => "unknown-key",
            Self::UnknownValue { .. } => "unknown-value",
            Self::KeyTwice => "key-twice",
            Self::BesideKeysOfOneRule => "beside-keys-of-one-rule",
            Self::MisplacedKey => "misplaced-key",
            Self::Syntax(_) => "syntax",
        }
    }

    /// The text to write instead, where there is one that the author surely meant.
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
