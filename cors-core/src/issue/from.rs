//! Conversions from the errors of single values to mistakes in a policy.

use crate::{IssueKind, KeyError, MaxAgeError, MaxAgeErrorKind, OriginError, OriginErrorKind};

impl From<OriginError> for IssueKind {
    fn from(error: OriginError) -> Self {
        let (text, kind, suggestion) = error.into_parts();
        match kind {
            OriginErrorKind::Null | OriginErrorKind::File => Self::UnsafeOrigin { origin: text },
            OriginErrorKind::Installation => Self::InstallationOrigin { origin: text },
            OriginErrorKind::WildcardElsewhere => Self::WildcardElsewhere { text, suggestion },
            OriginErrorKind::Unserialisable(flaw) => Self::UnserialisableOrigin { origin: text, flaw, suggestion },
        }
    }
}

impl From<MaxAgeError> for IssueKind {
    fn from(error: MaxAgeError) -> Self {
        let text = error.text().to_owned();
        match error.kind() {
            MaxAgeErrorKind::NotADuration | MaxAgeErrorKind::Negative => Self::NotADuration { text },
            MaxAgeErrorKind::TooLong => Self::MaxAgeTooLong { text },
        }
    }
}

impl From<KeyError> for IssueKind {
    fn from(error: KeyError) -> Self {
        let (name, suggestion) = error.into_parts();
        Self::UnknownKey { name, suggestion }
    }
}
