//! What keeps `why` from asking at all.

use std::fmt;

/// Something that the user has to write in another way.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mistake(String);

impl Mistake {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Mistake {}
