//! Items of `origins`, and what they match.

mod compare;
mod reference;

use std::fmt;
use std::str::FromStr;

use crate::origin::split::Split;
use crate::origin::{self, Origin};
use crate::{OriginError, OriginErrorKind};
pub use compare::{Comparison, HostRelation};
pub use reference::OriginPatternRef;

/// An item of a policy's `origins`: one origin, or a pattern for all subdomains of a host, all ports of a host, or
/// both.
///
/// | written | matches |
/// |---|---|
/// | `https://app.example.com` | exactly these bytes |
/// | `https://*.example.com` | one or more labels before `.example.com`, never `https://example.com` itself |
/// | `http://localhost:*` | any port, also none |
/// | `http://*.localhost:*` | both |
///
/// A label has 1 to 63 bytes of `a-z`, `0-9`, `-` and `_` in any order.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::OriginPattern;
///
/// let previews = OriginPattern::parse("https://*.preview.example.com")?;
/// assert!(previews.matches(b"https://pull-17.preview.example.com"));
/// assert!(!previews.matches(b"https://preview.example.com"));
/// assert!(!previews.matches(b"https://evilpreview.example.com"));
/// # Ok::<(), cors_core::OriginError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OriginPattern {
    /// The text, in the only valid form.
    text: Box<str>,
    split: Split,
}

impl OriginPattern {
    /// Parses an item of `origins`.
    ///
    /// # Errors
    ///
    /// Returns an error for an unsafe origin, a misplaced wildcard, or a text that no browser sends. The error suggests
    /// a text if the intention is clear.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        origin::check_length(text)?;
        if origin::differs_by_installation(text) {
            return Err(OriginError::new(text, OriginErrorKind::Installation));
        }
        origin::parse(text).map(|split| Self { text: text.into(), split })
    }

    /// Returns the pattern with a borrowed text.
    pub fn as_pattern_ref(&self) -> OriginPatternRef<'_> {
        OriginPatternRef::from_parts(&self.text, self.split)
    }

    /// Returns the text of the pattern.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the origin if the item is one origin; `None` if it is a pattern.
    pub fn as_exact(&self) -> Option<Origin> {
        self.as_pattern_ref().as_exact()
    }

    /// Whether a value of `Origin` matches. The time is linear in the first few hundred bytes, and bounded for longer
    /// values.
    pub fn matches(&self, origin: &[u8]) -> bool {
        self.as_pattern_ref().matches(origin)
    }

    /// Compares an origin with the item, part by part.
    ///
    /// ```
    /// # use cors_core as cors_actix;
    /// use cors_actix::{HostRelation, Origin, OriginPattern};
    ///
    /// let previews = OriginPattern::parse("https://*.preview.example.com")?;
    /// let comparison = previews.compare(&Origin::parse("https://preview.example.com:8443")?);
    /// assert!(comparison.scheme_agrees() && !comparison.port_agrees());
    /// assert_eq!(comparison.host(), HostRelation::Above);
    /// # Ok::<(), cors_core::OriginError>(())
    /// ```
    pub fn compare(&self, origin: &Origin) -> Comparison {
        self.as_pattern_ref().compare(origin)
    }

    /// Returns the host; for a pattern of subdomains, the host above them.
    pub(crate) fn host(&self) -> &str {
        self.as_pattern_ref().host()
    }

    pub(crate) fn has_subdomains(&self) -> bool {
        self.as_pattern_ref().has_subdomains()
    }

    /// Whether the network between browser and server can insert its own page at a matching origin.
    pub(crate) fn is_insecure(&self) -> bool {
        self.as_pattern_ref().is_insecure()
    }
}

impl FromStr for OriginPattern {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for OriginPattern {
    type Error = OriginError;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        Self::parse(text)
    }
}

impl AsRef<str> for OriginPattern {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for OriginPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl fmt::Debug for OriginPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("OriginPattern").field(&self.text).finish()
    }
}
