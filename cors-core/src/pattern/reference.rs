//! A pattern whose text belongs to something else.

use std::fmt;

use super::{Comparison, HostRelation, OriginPattern};
use crate::origin::split::{Port, Scheme, Split};
use crate::origin::{Origin, host};

/// A borrowed [`OriginPattern`], as [`OriginList::iter`](crate::OriginList::iter) gives them.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{OriginPattern, Origins, PolicyDraft};
///
/// let policy = PolicyDraft::new().origins(["https://*.example.com"]).validate()?;
/// let Origins::Listed(list) = policy.rules()[0].origins() else { unreachable!() };
/// let pattern: OriginPattern = list.iter().next().unwrap().to_pattern();
/// assert_eq!(pattern.as_str(), "https://*.example.com");
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OriginPatternRef<'t> {
    text: &'t str,
    split: Split,
    subdomains: bool,
}

impl<'t> OriginPatternRef<'t> {
    pub(crate) fn from_parts(text: &'t str, split: Split) -> Self {
        Self { text, split, subdomains: text[split.host()].starts_with('*') }
    }

    /// Takes text that was parsed before; none if it was not.
    pub(crate) fn checked(text: &'t str) -> Option<Self> {
        Split::of(text.as_bytes()).map(|split| Self::from_parts(text, split))
    }

    /// The pattern as it is written.
    pub const fn as_str(self) -> &'t str {
        self.text
    }

    /// The pattern with a text of its own.
    pub fn to_pattern(self) -> OriginPattern {
        OriginPattern { text: self.text.into(), split: self.split }
    }

    /// The origin, if this is no pattern but one.
    pub fn as_exact(self) -> Option<Origin> {
        self.is_exact().then(|| Origin::from_parts(self.text.to_owned().into(), self.split))
    }

    /// Whether the value of an `Origin` line matches, as [`OriginPattern::matches`] does.
    pub fn matches(self, origin: &[u8]) -> bool {
        if self.is_exact() {
            // SRV-4: byte for byte.
            return self.text.as_bytes() == origin;
        }
        // A `:*` in the line is no port.
        let split = Split::of(origin).filter(|split| split.port != Port::Any);
        split.is_some_and(|split| self.compare_parts(origin, split).is_match())
    }

    /// In which parts an origin agrees with this, as [`OriginPattern::compare`] does.
    pub fn compare(self, origin: &Origin) -> Comparison {
        self.compare_parts(origin.as_str().as_bytes(), *origin.split())
    }

    fn compare_parts(self, origin: &[u8], split: Split) -> Comparison {
        Comparison {
            scheme: self.text.as_bytes()[..self.split.scheme.length()] == origin[..split.scheme.length()],
            host: HostRelation::of(&origin[split.host()], self.base().as_bytes()),
            // SRV-6: the port of an origin is one that a browser writes.
            port: self.split.port == Port::Any || self.split.port == split.port,
        }
    }

    pub(crate) fn is_exact(self) -> bool {
        !self.subdomains && self.split.port != Port::Any
    }

    pub(crate) const fn has_subdomains(self) -> bool {
        self.subdomains
    }

    /// The host; of a pattern for subdomains the one above them.
    pub(crate) fn host(self) -> &'t str {
        let base = self.base();
        if self.subdomains { &base[1..] } else { base }
    }

    /// The host; of a pattern for subdomains what each ends with, from the dot on.
    pub(crate) fn base(self) -> &'t str {
        let host = &self.text[self.split.host()];
        if self.subdomains { &host[1..] } else { host }
    }

    pub(crate) const fn split(&self) -> &Split {
        &self.split
    }

    pub(crate) fn is_insecure(self) -> bool {
        self.split.scheme == Scheme::Http && !host::is_local(self.host())
    }
}

impl fmt::Display for OriginPatternRef<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.text)
    }
}

impl fmt::Debug for OriginPatternRef<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("OriginPatternRef").field(&self.text).finish()
    }
}
