//! An origin as a browser serialises it.

mod anatomy;
mod error;
mod flaw;
mod serialise;

use std::borrow::Cow;
use std::fmt;

pub use error::{OriginError, OriginErrorKind};
pub use flaw::OriginFlaw;
pub(crate) use serialise::{Parsed, check_length, differs_by_installation, is_local, parse, without_page_of_its_own};

/// The longest host that the domain name system knows, in bytes.
pub(crate) const LONGEST_HOST: usize = 253;
/// The longest label of a host, in bytes.
pub(crate) const LONGEST_LABEL: usize = 63;

/// An origin, in exactly the bytes that a browser puts into an `Origin` line: scheme, host and port, as
/// `https://app.example.com` or `http://localhost:3000`.
///
/// Valid is what equals its own serialisation (<https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin>): lower
/// case, Punycode, no default port, no path. Nothing is repaired, since a list that holds repaired text would never match.
/// It has at most [`MAX_LENGTH`](Self::MAX_LENGTH) bytes.
///
/// ```
/// use cors_core::Origin;
///
/// assert_eq!(Origin::parse("https://app.example.com")?.as_str(), "https://app.example.com");
///
/// let mistake = Origin::parse("https://App.example.com/").unwrap_err();
/// assert_eq!(mistake.suggestion(), Some("https://app.example.com"));
/// # Ok::<(), cors_core::OriginError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin(Cow<'static, str>);

impl Origin {
    /// The length of the longest origin, in bytes. The longest that a browser sends for an http or https page has 267.
    ///
    /// Longer text is refused before it is read, since strangers choose what stands in an `Origin` line.
    pub const MAX_LENGTH: usize = 512;

    /// Reads an origin.
    ///
    /// # Errors
    ///
    /// The mistake, with the text to write instead where there is one that the author surely meant. A pattern is a mistake
    /// here too: [`OriginPattern::parse`](crate::OriginPattern::parse) reads those.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        match parse(text)? {
            Parsed { origin, subdomains: false, any_port: false } => Ok(origin),
            _ => Err(OriginError::new(text, OriginErrorKind::WildcardElsewhere)),
        }
    }

    /// Whether a network between browser and server can put its own page there.
    pub(crate) fn is_insecure(&self) -> bool {
        self.0.starts_with("http://") && !is_local(self.host())
    }

    /// Takes text that was checked: by [`parse`](Self::parse), or by the macro while it expanded.
    pub(crate) const fn checked(text: Cow<'static, str>) -> Self {
        Self(text)
    }

    /// The origin as a browser sends it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, without port; an IPv6 address stands in brackets.
    pub(crate) fn host(&self) -> &str {
        host(&self.0)
    }
}

/// The host of an origin as it is written.
pub(crate) fn host(origin: &str) -> &str {
    let authority = origin.split_once("://").map_or("", |(_, authority)| authority);
    let end = match authority.rfind(':') {
        Some(colon) if !authority.ends_with(']') => colon,
        _ => authority.len(),
    };
    &authority[..end]
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
