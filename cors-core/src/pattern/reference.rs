//! A pattern with a borrowed text.

use std::fmt;

use super::{Comparison, HostRelation, OriginPattern};
use crate::origin::split::{Port, Scheme, Split};
use crate::origin::{Origin, host};

/// A borrowed [`OriginPattern`]. [`OriginList::iter`](crate::OriginList::iter) returns them.
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

    /// Returns a pattern for a text that was parsed before; `None` for another text.
    pub(crate) fn checked(text: &'t str) -> Option<Self> {
        Split::of(text.as_bytes()).map(|split| Self::from_parts(text, split))
    }

    /// Returns the text of the pattern.
    pub const fn as_str(self) -> &'t str {
        self.text
    }

    /// Returns a pattern that owns its text.
    pub fn to_pattern(self) -> OriginPattern {
        OriginPattern { text: self.text.into(), split: self.split }
    }

    /// Returns the origin if the item is one origin; `None` if it is a pattern.
    pub fn as_exact(self) -> Option<Origin> {
        self.is_exact().then(|| Origin::from_parts(self.text.to_owned().into(), self.split))
    }

    /// Whether a value of `Origin` matches, as in [`OriginPattern::matches`].
    pub fn matches(self, origin: &[u8]) -> bool {
        if self.is_exact() {
            // SRV-4: byte for byte.
            return self.text.as_bytes() == origin;
        }
        // `:*` in the value is not a port.
        let split = Split::of(origin).filter(|split| split.port != Port::Any);
        split.is_some_and(|split| self.compare_parts(origin, split).is_match())
    }

    /// Compares an origin with the item, as [`OriginPattern::compare`] does.
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

    /// Returns the host; for a pattern of subdomains, the host above them.
    pub(crate) fn host(self) -> &'t str {
        let base = self.base();
        if self.subdomains { &base[1..] } else { base }
    }

    /// Returns the host; for a pattern of subdomains, the common end of the hosts, with its dot.
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
