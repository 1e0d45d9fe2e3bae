//! What an item of `origins` matches.

pub(crate) mod asked;
pub(crate) mod wildcard;

use std::fmt;

use crate::origin;
use crate::{Origin, OriginError, OriginErrorKind};
use asked::Asked;
use wildcard::Wildcard;

/// An item of a policy's `origins`: one origin, or all subdomains of a host, or all ports of a host, or both.
///
/// | written | matches |
/// |---|---|
/// | `https://app.example.com` | exactly these bytes |
/// | `https://*.example.com` | one or more labels before `.example.com`, never `https://example.com` itself |
/// | `http://localhost:*` | any port, also none |
/// | `http://*.localhost:*` | both |
///
/// ```
/// use cors_core::OriginPattern;
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
        origin::parse(text).map(|_| Self::checked(text))
    }

    /// Takes text that was parsed before.
    pub(crate) fn checked(text: &str) -> Self {
        Self { text: text.into() }
    }

    /// The pattern as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The origin, if this is no pattern but one.
    pub fn as_exact(&self) -> Option<Origin> {
        self.wildcard().is_none().then(|| Origin::checked(self.text.to_string().into()))
    }

    /// Whether the value of an `Origin` line matches. Takes time linear in its first few hundred bytes, however long it is.
    pub fn matches(&self, origin: &[u8]) -> bool {
        match self.wildcard() {
            // SRV-4: byte for byte.
            None => self.text.as_bytes() == origin,
            Some(wildcard) => Asked::of(origin).is_some_and(|asked| wildcard.matches(&asked)),
        }
    }

    pub(crate) fn wildcard(&self) -> Option<Wildcard<'_>> {
        Wildcard::of(&self.text)
    }

    /// Whether every origin that `other` matches is matched by `self` too.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        match (self.wildcard(), other.wildcard()) {
            (_, None) => self.matches(other.text.as_bytes()),
            (None, Some(_)) => false,
            (Some(wide), Some(narrow)) => wide.covers(&narrow),
        }
    }

    /// The host; of a pattern for subdomains the one above them.
    pub(crate) fn host(&self) -> &str {
        match self.wildcard() {
            Some(wildcard) => wildcard.host.strip_prefix('.').unwrap_or(wildcard.host),
            None => origin::host(&self.text),
        }
    }

    pub(crate) fn has_subdomains(&self) -> bool {
        self.wildcard().is_some_and(|wildcard| wildcard.subdomains)
    }

    /// Whether a network between browser and server can put its own page at such an origin.
    pub(crate) fn is_insecure(&self) -> bool {
        self.text.starts_with("http://") && !origin::is_local(self.host())
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
