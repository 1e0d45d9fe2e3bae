//! The keys of the policy language.

use std::error::Error;
use std::fmt;

use crate::quote::Quoted;
use crate::spelling::nearest;

/// A key of the policy language.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::Key;
///
/// assert_eq!(Key::from_name("allow_headers")?, Key::AllowHeaders);
/// let error = Key::from_name("allowedHeaders").unwrap_err();
/// assert_eq!(error.suggestion(), Some(&Key::AllowHeaders));
/// # Ok::<(), cors_core::KeyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Key {
    /// `origins`: the origins that may read.
    Origins,
    /// `credentials`: whether pages may read responses to requests with credentials.
    Credentials,
    /// `methods`: the methods that pages may use besides GET, HEAD and POST.
    Methods,
    /// `allow_headers`: the request headers that pages may send besides the CORS-safelisted ones.
    AllowHeaders,
    /// `expose_headers`: the response headers that pages may read besides the CORS-safelisted ones.
    ExposeHeaders,
    /// `max_age`: how long a browser may cache the answer to a preflight.
    MaxAge,
    /// `on_denied`: what happens to a request from an origin that no rule matches.
    OnDenied,
    /// `dangerously_allow`: the dangers that a rule accepts by name.
    DangerouslyAllow,
    /// `rules`: several rules instead of the keys of one.
    Rules,
    /// A key that the language does not have.
    Unknown(String),
}

impl Key {
    /// The keys of the language, in its order.
    pub const ALL: &'static [Self] = &[
        Self::Origins,
        Self::Credentials,
        Self::Methods,
        Self::AllowHeaders,
        Self::ExposeHeaders,
        Self::MaxAge,
        Self::OnDenied,
        Self::DangerouslyAllow,
        Self::Rules,
    ];

    /// Returns the key with this name.
    ///
    /// # Errors
    ///
    /// Returns an error if the language has no such key. The error suggests a key for a misspelling, and for the name
    /// that another library uses.
    pub fn from_name(name: &str) -> Result<Self, KeyError> {
        match Self::ALL.iter().find(|key| key.name() == name) {
            Some(key) => Ok(key.clone()),
            None => Err(KeyError { name: name.to_owned(), suggestion: suggestion(name) }),
        }
    }

    /// Whether the value of the key is a list of texts.
    pub const fn takes_list(&self) -> bool {
        matches!(
            self,
            Self::Origins | Self::Methods | Self::AllowHeaders | Self::ExposeHeaders | Self::DangerouslyAllow
        )
    }

    /// Returns the name in the policy language.
    pub fn name(&self) -> &str {
        match self {
            Self::Origins => "origins",
            Self::Credentials => "credentials",
            Self::Methods => "methods",
            Self::AllowHeaders => "allow_headers",
            Self::ExposeHeaders => "expose_headers",
            Self::MaxAge => "max_age",
            Self::OnDenied => "on_denied",
            Self::DangerouslyAllow => "dangerously_allow",
            Self::Rules => "rules",
            Self::Unknown(name) => name,
        }
    }
}

/// The error of a name that is not a [`Key`]. Prints as one line with at most 64 bytes of the name.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::Key;
///
/// let error = Key::from_name("colour").unwrap_err();
/// assert_eq!(error.to_string(), "a policy has no key \"colour\"");
/// assert_eq!(error.suggestion(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyError {
    name: String,
    suggestion: Option<Key>,
}

/// Maximum number of bytes of the name in the printed error.
const MAX_SHOWN: usize = 64;

impl KeyError {
    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the key to write instead, for a misspelling or the name that another library uses.
    pub const fn suggestion(&self) -> Option<&Key> {
        self.suggestion.as_ref()
    }

    /// Returns the name and the suggestion.
    pub(crate) fn into_parts(self) -> (String, Option<Key>) {
        (self.name, self.suggestion)
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a policy has no key {}", Quoted { text: &self.name, max_bytes: MAX_SHOWN })
    }
}

impl Error for KeyError {}

/// Returns the key for a misspelling or another library's name: `on-denied`, `allowedHeaders`, `supports_credentials`,
/// `Access-Control-Max-Age`.
fn suggestion(name: &str) -> Option<Key> {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let letters = letters.strip_prefix("accesscontrol").unwrap_or(&letters);
    let noun = ["allowed", "allow", "supports", "support", "exposed", "expose", "with"]
        .iter()
        .find_map(|word| letters.strip_prefix(word))
        .unwrap_or(letters);
    match noun {
        "origin" | "origins" | "anyorigin" => Some(Key::Origins),
        "credentials" | "credential" | "cookies" | "cookie" => Some(Key::Credentials),
        "method" | "methods" | "anymethod" => Some(Key::Methods),
        "header" | "headers" | "anyheader" if letters.starts_with("expose") => Some(Key::ExposeHeaders),
        "header" | "headers" | "anyheader" => Some(Key::AllowHeaders),
        "maxage" => Some(Key::MaxAge),
        _ => {
            let names: Vec<&str> = Key::ALL.iter().map(Key::name).collect();
            nearest(&name.replace('-', "_"), &names).and_then(|name| Key::from_name(name).ok())
        }
    }
}
