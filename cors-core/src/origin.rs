//! An origin as a browser serialises it.

mod anatomy;
mod error;
mod flaw;
pub(crate) mod host;
mod serialise;
pub(crate) mod split;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

pub use error::{OriginError, OriginErrorKind};
pub use flaw::OriginFlaw;
pub(crate) use serialise::{check_length, differs_by_installation, parse, without_page_of_its_own};
use split::{Port, Scheme, Split};

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
/// let origin = Origin::parse("http://localhost:3000")?;
/// assert_eq!(origin, "http://localhost:3000");
/// assert_eq!((origin.scheme(), origin.host(), origin.port()), ("http", "localhost", Some(3000)));
///
/// let mistake = Origin::parse("https://App.example.com/").unwrap_err();
/// assert_eq!(mistake.suggestion(), Some("https://app.example.com"));
/// # Ok::<(), cors_core::OriginError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    text: Cow<'static, str>,
    split: Split,
}

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
        let split = parse(text)?;
        if split.port == Port::Any || text[split.host()].starts_with('*') {
            return Err(OriginError::new(text, OriginErrorKind::WildcardElsewhere));
        }
        Ok(Self::from_parts(text.to_owned().into(), split))
    }

    /// Takes text that was parsed before, with its parts.
    pub(crate) const fn from_parts(text: Cow<'static, str>, split: Split) -> Self {
        Self { text, split }
    }

    /// The origin as a browser sends it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The scheme: what stands before `://`.
    pub fn scheme(&self) -> &str {
        &self.text[..self.split.scheme.length()]
    }

    /// The host. An IPv6 address stands in brackets.
    pub fn host(&self) -> &str {
        &self.text[self.split.host()]
    }

    /// The port, if one is written: the scheme's default never is.
    pub const fn port(&self) -> Option<u16> {
        match self.split.port {
            Port::Number(number) => Some(number),
            Port::Default | Port::Any => None,
        }
    }

    pub(crate) const fn split(&self) -> &Split {
        &self.split
    }

    /// Whether a network between browser and server can put its own page there.
    pub(crate) fn is_insecure(&self) -> bool {
        self.split.scheme == Scheme::Http && !host::is_local(self.host())
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Origin {
    type Error = OriginError;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        Self::parse(text)
    }
}

impl AsRef<str> for Origin {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl PartialEq<str> for Origin {
    fn eq(&self, text: &str) -> bool {
        self.text == text
    }
}

impl PartialEq<&str> for Origin {
    fn eq(&self, text: &&str) -> bool {
        self.text == *text
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Origin").field(&self.text).finish()
    }
}
