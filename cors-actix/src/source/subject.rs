//! An origin and a key, about which a source is asked.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use cors_core::Origin;
use quick_cache::Equivalent;

/// Maximum length of a key in bytes. Strangers choose hosts and paths.
pub(super) const LONGEST_KEY: usize = 128;

/// An origin, and the key of its requests.
#[derive(Debug)]
pub(crate) struct Subject {
    pub(super) key: Box<str>,
    pub(super) origin: Origin,
}

/// The borrowed form, for lookups without an allocation.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SubjectRef<'r> {
    pub(super) key: &'r str,
    pub(super) origin: &'r [u8],
}

impl Subject {
    pub(super) fn new(key: &str, origin: &Origin) -> Self {
        Self { key: key.into(), origin: origin.clone() }
    }

    pub(super) fn borrowed(&self) -> SubjectRef<'_> {
        SubjectRef { key: &self.key, origin: self.origin.as_str().as_bytes() }
    }

    pub(super) fn len(&self) -> usize {
        self.key.len() + self.origin.as_str().len()
    }
}

impl PartialEq for Subject {
    fn eq(&self, other: &Self) -> bool {
        self.borrowed() == other.borrowed()
    }
}

impl Eq for Subject {}

impl Hash for Subject {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.borrowed().hash(state);
    }
}

impl Equivalent<Arc<Subject>> for SubjectRef<'_> {
    fn equivalent(&self, subject: &Arc<Subject>) -> bool {
        *self == subject.borrowed()
    }
}
