//! A checked rule as plain data, which the macro reads and writes into its expansion.

use std::borrow::Cow;

use super::Dangers;
use crate::origin_list::OriginListParts;
use crate::{MaxAge, Names, OriginList, Origins, Rule};

/// A checked [`Rule`] as plain data. Has a field for every key of a rule, so that a key that is added to the language without
/// being added to the expansion does not compile.
#[derive(Debug)]
pub struct RuleParts<'r> {
    /// The value of `origins`.
    pub origins: OriginsParts<'r>,
    /// The value of `credentials`.
    pub credentials: bool,
    /// The value of `methods`.
    pub methods: NamesParts<'r>,
    /// The value of `allow_headers`.
    pub allow_headers: NamesParts<'r>,
    /// The value of `expose_headers`.
    pub expose_headers: NamesParts<'r>,
    /// The value of `max_age` in seconds, as a number and as text.
    pub max_age: Option<(u32, &'r str)>,
    /// Whether `dangerously_allow` has `insecure_origins`.
    pub insecure_origins: bool,
    /// Whether `dangerously_allow` has `public_suffix_wildcards`.
    pub public_suffix_wildcards: bool,
}

/// [`Origins`] as plain data.
#[derive(Debug)]
pub enum OriginsParts<'r> {
    /// `"*"`.
    Any,
    /// Origins and patterns.
    Listed(OriginListParts<'r>),
    /// Origins that a source allows.
    FromSource,
}

/// [`Names`] as plain data.
#[derive(Debug)]
pub enum NamesParts<'r> {
    /// The key is not set.
    Unset,
    /// Only names that need no permission.
    Safelisted(&'r str),
    /// `"*"`, alone or beside `Authorization`.
    Any(&'r str),
    /// Names joined by `, `.
    Listed(&'r str),
}

impl Rule {
    pub(crate) const fn from_parts(parts: RuleParts<'static>) -> Self {
        Self {
            origins: match parts.origins {
                OriginsParts::Any => Origins::Any,
                OriginsParts::Listed(list) => Origins::Listed(OriginList::from_parts(list)),
                OriginsParts::FromSource => Origins::FromSource,
            },
            credentials: parts.credentials,
            methods: Names::from_parts(parts.methods),
            allow_headers: Names::from_parts(parts.allow_headers),
            expose_headers: Names::from_parts(parts.expose_headers),
            max_age: match parts.max_age {
                Some((seconds, text)) => Some(MaxAge::from_parts(seconds, text)),
                None => None,
            },
            dangerously_allow: Dangers {
                insecure_origins: parts.insecure_origins,
                public_suffix_wildcards: parts.public_suffix_wildcards,
            },
        }
    }
}

impl Names {
    const fn from_parts(parts: NamesParts<'static>) -> Self {
        match parts {
            NamesParts::Unset => Self::Unset,
            NamesParts::Safelisted(text) => Self::Safelisted(Cow::Borrowed(text)),
            NamesParts::Any(text) => Self::Any(Cow::Borrowed(text)),
            NamesParts::Listed(text) => Self::Listed(Cow::Borrowed(text)),
        }
    }
}

impl<'r> From<&'r Rule> for RuleParts<'r> {
    fn from(rule: &'r Rule) -> Self {
        let Rule { origins, credentials, methods, allow_headers, expose_headers, max_age, dangerously_allow } = rule;
        Self {
            origins: match origins {
                Origins::Any => OriginsParts::Any,
                Origins::Listed(list) => OriginsParts::Listed(list.parts()),
                Origins::FromSource => OriginsParts::FromSource,
            },
            credentials: *credentials,
            methods: methods.into(),
            allow_headers: allow_headers.into(),
            expose_headers: expose_headers.into(),
            max_age: max_age.as_ref().map(|max_age| (max_age.seconds(), max_age.text())),
            insecure_origins: dangerously_allow.insecure_origins,
            public_suffix_wildcards: dangerously_allow.public_suffix_wildcards,
        }
    }
}

impl<'r> From<&'r Names> for NamesParts<'r> {
    fn from(names: &'r Names) -> Self {
        match names {
            Names::Unset => Self::Unset,
            Names::Safelisted(text) => Self::Safelisted(text),
            Names::Any(text) => Self::Any(text),
            Names::Listed(text) => Self::Listed(text),
        }
    }
}
