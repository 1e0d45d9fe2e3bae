//! The key that opens the page.

use std::error::Error;
use std::fmt::{self, Write};
use std::ops::RangeInclusive;
use std::sync::Arc;

use subtle::ConstantTimeEq;

/// The number of digits of a key. Fewer are easy to guess; more do not help.
const DIGITS: RangeInclusive<usize> = 32..=128;

/// Hex digits that only the developer knows.
#[derive(Clone)]
pub(super) struct Key {
    /// `None` if the system has no random bytes: then nobody can open the page.
    digits: Option<Arc<str>>,
    is_of_application: bool,
}

impl Key {
    /// Returns 128 random bits.
    pub(super) fn random() -> Self {
        let mut bytes = [0_u8; 16];
        let digits = getrandom::fill(&mut bytes).ok().map(|()| {
            bytes.iter().fold(String::new(), |mut digits, byte| {
                // Writing to a string does not fail.
                let _ = write!(digits, "{byte:02x}");
                digits
            })
        });
        Self { digits: digits.map(Arc::from), is_of_application: false }
    }

    pub(super) fn of(secret: &str) -> Result<Self, InspectorSecretError> {
        let length = secret.chars().count();
        if !secret.bytes().all(|byte| byte.is_ascii_hexdigit()) || !DIGITS.contains(&length) {
            return Err(InspectorSecretError { length });
        }
        Ok(Self { digits: Some(secret.into()), is_of_application: true })
    }

    pub(super) const fn is_of_application(&self) -> bool {
        self.is_of_application
    }

    /// Compares in constant time, so that nobody can find the key digit by digit.
    pub(super) fn is(&self, given: &[u8]) -> bool {
        self.digits.as_ref().is_some_and(|digits| digits.as_bytes().ct_eq(given).into())
    }

    /// Returns the query of the page's address.
    pub(super) fn query(&self) -> Option<String> {
        self.digits.as_ref().map(|digits| format!("key={digits}"))
    }
}

/// The error of [`Inspector::secret`](crate::Inspector::secret): the secret is not 32 to 128 hex digits.
///
/// It does not contain the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InspectorSecretError {
    length: usize,
}

impl fmt::Display for InspectorSecretError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.length {
            length if !DIGITS.contains(&length) => format!("has {length} characters"),
            _ => "has a character that is no hex digit".to_owned(),
        };
        let (fewest, most) = (DIGITS.start(), DIGITS.end());
        write!(
            formatter,
            "the secret of the inspector {what}: write {fewest} to {most} hex digits, as `openssl rand -hex 16` prints them"
        )
    }
}

impl Error for InspectorSecretError {}
