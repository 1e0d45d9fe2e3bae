//! Checks whether a source allows origins of strangers.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};

use cors_core::{Answered, Denial, Origin, Stranger};

use super::origin_source::SourceAnswer;
use super::settings::Source;
use super::subject::Subject;

/// The answer in place of the one of a careless source.
pub(super) const CARELESS: Answered = Answered::NotAsked(Denial::CarelessSource);

/// Mistakes that were found in a source.
#[derive(Default)]
pub(super) struct Carelessness {
    without_credentials: AtomicBool,
    with_credentials: AtomicBool,
}

impl Carelessness {
    /// Returns whether everything from the source is denied.
    pub(super) fn denies(&self) -> bool {
        self.with_credentials.load(Ordering::Relaxed)
    }

    /// Returns whether this was not found before.
    pub(super) fn admit(&self, with_credentials: bool) -> bool {
        let found = if with_credentials { &self.with_credentials } else { &self.without_credentials };
        !found.swap(true, Ordering::Relaxed)
    }

    pub(super) fn forget(&self) {
        self.without_credentials.store(false, Ordering::Relaxed);
        self.with_credentials.store(false, Ordering::Relaxed);
    }
}

/// Returns questions that show whether a source compares whole origins: a source that allows this origin must deny
/// all of them.
///
/// Nobody can own their hosts, which are different each time. `http` instead of `https` is not included: the policy
/// decides about it.
pub(super) fn probes(subject: &Subject) -> Vec<(Stranger, Subject)> {
    let name = format!("probe-{:016x}", RandomState::new().build_hasher().finish());
    let strangers = Stranger::named(&subject.origin, &name).into_iter();
    let probe = |stranger: Stranger| {
        let origin = Origin::parse(stranger.origin()).ok()?;
        let is_of_policy = origin.host() == subject.origin.host();
        (!is_of_policy).then(|| (stranger, Subject::new(&subject.key, &origin)))
    };
    strangers.filter_map(probe).collect()
}

impl Source {
    /// For `testing::source_strangers`.
    #[doc(hidden)]
    pub async fn allowed_strangers(&self, key: &str, origin: &Origin) -> Result<Vec<Stranger>, String> {
        let allows = async |subject: &Subject| {
            let answer = (self.ask)(subject).await;
            let text = |error| format!("the source has no answer for {}: {error}", subject.origin);
            answer.map(|answer| answer != SourceAnswer::Deny).map_err(text)
        };
        let subject = Subject::new(key, origin);
        if !allows(&subject).await? {
            return Err(format!(
                "the source does not allow {origin} under the key {key:?}, so the test cannot find anything"
            ));
        }
        let mut allowed = Vec::new();
        for (stranger, subject) in probes(&subject) {
            allowed.extend(allows(&subject).await?.then_some(stranger));
        }
        Ok(allowed)
    }
}
