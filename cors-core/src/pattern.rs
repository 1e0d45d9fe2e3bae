//! What an item of `origins` matches.

mod compare;
mod reference;

use std::fmt;
use std::str::FromStr;

use crate::origin::split::Split;
use crate::origin::{self, Origin};
use crate::{OriginError, OriginErrorKind};
pub use compare::{Comparison, HostRelation};
pub use reference::OriginPatternRef;

/// An item of a policy's `origins`: one origin, or all subdomains of a host, or all ports of a host, or both.
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
    /// As it is written, which is the only way to write it.
    text: Box<str>,
    split: Split,
}

impl OriginPattern {
    /// Reads an item of `origins`.
    ///
    /// # Errors
    ///
    /// The mistake: an unsafe origin, a wildcard where none may stand, or text that no browser sends, with the text to write
    /// instead where there is one that the author surely meant.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        origin::check_length(text)?;
        if origin::differs_by_installation(text) {
            return Err(OriginError::new(text, OriginErrorKind::Installation));
        }
        origin::parse(text).map(|split| Self { text: text.into(), split })
    }

    /// A borrow of the pattern.
    pub fn as_pattern_ref(&self) -> OriginPatternRef<'_> {
        OriginPatternRef::from_parts(&self.text, self.split)
    }

    /// The pattern as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The origin, if this is no pattern but one.
    pub fn as_exact(&self) -> Option<Origin> {
        self.as_pattern_ref().as_exact()
    }

    /// Whether the value of an `Origin` line matches. Takes time linear in its first few hundred bytes, however long it is.
    pub fn matches(&self, origin: &[u8]) -> bool {
        self.as_pattern_ref().matches(origin)
    }

    /// In which parts an origin agrees with this.
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

    /// The host; of a pattern for subdomains the one above them.
    pub(crate) fn host(&self) -> &str {
        self.as_pattern_ref().host()
    }

    pub(crate) fn has_subdomains(&self) -> bool {
        self.as_pattern_ref().has_subdomains()
    }

    /// Whether a network between browser and server can put its own page at such an origin.
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
