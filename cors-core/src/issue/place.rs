//! Where in a policy a mistake is.

use std::fmt;

use super::IssueKind;
use crate::spelling::nearest;

/// A key of the policy language.
///
/// ```
/// use cors_core::Key;
///
/// assert_eq!(Key::from_name("allow_headers")?, Key::AllowHeaders);
/// let mistake = Key::from_name("allowedHeaders").unwrap_err();
/// assert_eq!(mistake.suggestion().as_deref(), Some("allow_headers"));
/// # Ok::<(), cors_core::IssueKind>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Key {
    /// `origins`: who may read.
    Origins,
    /// `credentials`: whether requests with cookies may be read.
    Credentials,
    /// `methods`: what may be sent besides GET, HEAD and POST.
    Methods,
    /// `allow_headers`: which request headers may be sent besides the safelisted ones.
    AllowHeaders,
    /// `expose_headers`: which response headers may be read besides the safelisted ones.
    ExposeHeaders,
    /// `max_age`: how long a browser may remember a preflight.
    MaxAge,
    /// `on_denied`: what becomes of a request of an origin that no rule is for.
    OnDenied,
    /// `dangerously_allow`: what is refused unless it is asked for by name.
    DangerouslyAllow,
    /// `rules`: several rules instead of the keys of one.
    Rules,
    /// A key that the language does not have.
    Unknown(String),
}

impl Key {
    /// The keys of the language, in its order.
    pub const ALL: [Self; 9] = [
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

    /// The key of this name.
    ///
    /// # Errors
    ///
    /// There is none; with the one that was meant, where other libraries' names or a slip of the finger tell.
    pub fn from_name(name: &str) -> Result<Self, IssueKind> {
        match Self::ALL.into_iter().find(|key| key.name() == name) {
            Some(key) => Ok(key),
            None => Err(IssueKind::UnknownKey { name: name.to_owned(), suggestion: meant(name) }),
        }
    }

    /// Whether a list of texts stands at the key.
    pub const fn takes_list(&self) -> bool {
        matches!(
            self,
            Self::Origins | Self::Methods | Self::AllowHeaders | Self::ExposeHeaders | Self::DangerouslyAllow
        )
    }

    /// The name as one writes it.
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

/// Other libraries put these words around the same nouns: `allowedHeaders`, `supports_credentials`, `Access-Control-Max-Age`.
fn meant(name: &str) -> Option<Key> {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let letters = letters.strip_prefix("accesscontrol").unwrap_or(&letters);
    let noun = ["allowed", "allow", "supports", "support", "exposed", "expose", "with"]
        .iter()
        .find_map(|word| letters.strip_prefix(word))
        .unwrap_or(letters);
    match noun {
        "origin" | "origins" | "anyorigin" => Some(Key::Origins),
        "credentials" | "credential" => Some(Key::Credentials),
        "method" | "methods" | "anymethod" => Some(Key::Methods),
        "header" | "headers" | "anyheader" if letters.starts_with("expose") => Some(Key::ExposeHeaders),
        "header" | "headers" | "anyheader" => Some(Key::AllowHeaders),
        "maxage" => Some(Key::MaxAge),
        _ => {
            let names = Key::ALL.each_ref().map(Key::name);
            nearest(name, &names).and_then(|name| Key::from_name(name).ok())
        }
    }
}

/// A place in a policy: a key, or one item of a key's list, perhaps of one of several rules. Prints as `rules[1].origins[2]`.
///
/// ```
/// use cors_core::{Key, Place};
///
/// assert_eq!(Place::of(Key::MaxAge).to_string(), "max_age");
/// assert_eq!(Place::item_of(Key::Origins, 2).to_string(), "origins[2]");
/// assert_eq!(Place::item_of(Key::Origins, 2).in_rule(1).to_string(), "rules[1].origins[2]");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    rule: Option<usize>,
    key: Key,
    item: Option<usize>,
    misspelt: Option<String>,
    /// Where the reader of the policy found it: a number that only the reader understands, 0 for the whole policy.
    mark: usize,
}

impl Place {
    /// A key and its whole value.
    pub const fn of(key: Key) -> Self {
        Self { rule: None, key, item: None, misspelt: None, mark: 0 }
    }

    /// The whole policy.
    pub(crate) const fn whole() -> Self {
        Self::of(Key::Unknown(String::new()))
    }

    /// Whether this is the whole policy, not a part of it.
    pub(crate) fn is_whole(&self) -> bool {
        *self == Self::whole()
    }

    /// The item of a key's list with this index, from 0.
    pub const fn item_of(key: Key, index: usize) -> Self {
        Self { rule: None, key, item: Some(index), misspelt: None, mark: 0 }
    }

    /// The same place in the rule with this index, from 0.
    #[must_use]
    pub const fn in_rule(mut self, index: usize) -> Self {
        self.rule = Some(index);
        self
    }

    /// The same place with the number by which the reader of the policy finds it.
    pub(crate) const fn marked(mut self, mark: usize) -> Self {
        self.mark = mark;
        self
    }

    /// The number by which the reader of the policy finds the place.
    pub(crate) const fn mark(&self) -> usize {
        self.mark
    }

    /// The same place where the key is written in another way.
    pub(crate) fn misspelt(mut self, name: &str) -> Self {
        self.misspelt = Some(name.to_owned());
        self
    }

    /// What stands there instead of the key's name.
    pub(crate) fn as_misspelt(&self) -> Option<&str> {
        self.misspelt.as_deref()
    }

    /// The index of the rule, from 0; `None` when the place belongs to the policy, or to its only rule.
    pub const fn rule(&self) -> Option<usize> {
        self.rule
    }

    /// The key; where it is misspelt, the one that was surely meant.
    pub const fn key(&self) -> &Key {
        &self.key
    }

    /// The index of the item, from 0; `None` when the place is the whole value.
    pub const fn item(&self) -> Option<usize> {
        self.item
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(rule) = self.rule {
            write!(formatter, "rules[{rule}].")?;
        }
        write!(formatter, "{}", self.as_misspelt().unwrap_or_else(|| self.key.name()).escape_debug())?;
        match self.item {
            Some(index) => write!(formatter, "[{index}]"),
            None => Ok(()),
        }
    }
}
