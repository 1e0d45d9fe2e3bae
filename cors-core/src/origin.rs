//! Origins as browsers serialise them.

mod error;
mod flaw;
pub(crate) mod host;
mod raw;
mod serialise;
pub(crate) mod split;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

pub use error::{OriginError, OriginErrorKind};
pub use flaw::OriginFlaw;
pub(crate) use serialise::{check_length, differs_by_installation, parse, shared_origin};
use split::{Port, Scheme, Split};

/// An origin, in exactly the bytes that a browser sends in `Origin`: scheme, host and port, such as
/// `https://app.example.com` or `http://localhost:3000`.
///
/// A text is valid if it equals its own serialisation (<https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin>): lower
/// case, Punycode, no default port, no path. Nothing is corrected, so that the policy as written is the policy in use. The maximum
/// length is [`MAX_LENGTH`](Self::MAX_LENGTH) bytes.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::Origin;
///
/// let origin = Origin::parse("http://localhost:3000")?;
/// assert_eq!(origin, "http://localhost:3000");
/// assert_eq!((origin.scheme(), origin.host(), origin.port()), ("http", "localhost", Some(3000)));
///
/// let error = Origin::parse("https://App.example.com/").unwrap_err();
/// assert_eq!(error.suggestion(), Some("https://app.example.com"));
/// # Ok::<(), cors_core::OriginError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    text: Cow<'static, str>,
    split: Split,
}

impl Origin {
    /// Maximum length of an origin, in bytes. The longest origin of an http or https page has 267 bytes.
    ///
    /// Longer text is refused without parsing, since an `Origin` line is untrusted input.
    pub const MAX_LENGTH: usize = 512;

    /// Parses an origin.
    ///
    /// # Errors
    ///
    /// Returns an error if no browser sends the text as an origin. The error suggests a text if the intention is clear.
    /// A pattern is an error too: [`OriginPattern::parse`](crate::OriginPattern::parse) accepts patterns.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let split = parse(text)?;
        if split.port == Port::Any || text[split.host()].starts_with('*') {
            return Err(OriginError::new(text, OriginErrorKind::WildcardElsewhere));
        }
        Ok(Self::from_parts(text.to_owned().into(), split))
    }

    /// Returns an origin from a parsed text and its parts.
    pub(crate) const fn from_parts(text: Cow<'static, str>, split: Split) -> Self {
        Self { text, split }
    }

    /// Returns the text of the origin.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the scheme, without `://`.
    pub fn scheme(&self) -> &str {
        &self.text[..self.split.scheme.length()]
    }

    /// Returns the host. An IPv6 address has its brackets.
    pub fn host(&self) -> &str {
        &self.text[self.split.host()]
    }

    /// Returns the port; `None` for the default port of the scheme, which is never written.
    pub const fn port(&self) -> Option<u16> {
        match self.split.port {
            Port::Number(number) => Some(number),
            Port::Default | Port::Any => None,
        }
    }

    pub(crate) const fn split(&self) -> &Split {
        &self.split
    }

    /// Whether the network between browser and server can insert its own page at this origin: the scheme is `http`, and
    /// the host is not local (<https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>).
    ///
    /// ```
    /// # use cors_core as cors_actix;
    /// use cors_actix::Origin;
    ///
    /// assert!(Origin::parse("http://app.example.com")?.is_insecure());
    /// assert!(!Origin::parse("http://localhost:3000")?.is_insecure());
    /// # Ok::<(), cors_core::OriginError>(())
    /// ```
    pub fn is_insecure(&self) -> bool {
        self.split.scheme == Scheme::Http && !host::is_local(self.host())
    }
}

/// Whether the value of `Origin` is [insecure](Origin::is_insecure). An unclear value is insecure.
pub(crate) fn is_insecure(origin: &[u8]) -> bool {
    let is_local = |text: &str| parse(text).is_ok_and(|split| host::is_local(&text[split.host()]));
    origin.starts_with(b"http://") && !std::str::from_utf8(origin).is_ok_and(is_local)
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
