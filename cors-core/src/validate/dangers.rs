//! The rules for `dangerously_allow`.

use crate::draft::{Entry, List};
use crate::policy::Dangers;
use crate::{Issue, IssueKind, Key, Place};

/// The items that ask for each danger.
#[derive(Default)]
pub(super) struct Requested {
    insecure_origins: Option<usize>,
    public_suffix_wildcards: Option<usize>,
    mistaken: bool,
}

impl Requested {
    pub(super) fn read(entry: &Entry<List>, issues: &mut Vec<Issue>) -> Self {
        let mut requested = Self { mistaken: entry.has_broken_part(), ..Self::default() };
        let before = issues.len();
        for (index, name) in super::given_items(Key::DangerouslyAllow, entry, issues) {
            let kind = match requested.slot(name) {
                Some(slot) if slot.is_none() => {
                    *slot = Some(index);
                    continue;
                }
                Some(_) => IssueKind::Repetition { text: name.to_owned() },
                None => IssueKind::UnknownValue { value: name.to_owned() },
            };
            issues.push(Issue::new(Place::item_of(Key::DangerouslyAllow, index), kind));
        }
        requested.mistaken |= issues.len() > before;
        requested
    }

    fn slot(&mut self, name: &str) -> Option<&mut Option<usize>> {
        match name {
            Dangers::INSECURE_ORIGINS => Some(&mut self.insecure_origins),
            Dangers::PUBLIC_SUFFIX_WILDCARDS => Some(&mut self.public_suffix_wildcards),
            _ => None,
        }
    }

    /// Whoever wrote something that cannot be understood meant to allow something: what, nobody knows.
    pub(super) const fn allowed(&self) -> Dangers {
        Dangers {
            insecure_origins: self.insecure_origins.is_some() || self.mistaken,
            public_suffix_wildcards: self.public_suffix_wildcards.is_some() || self.mistaken,
        }
    }

    /// A danger that is taken on without need would let a dangerous origin in later without a word.
    pub(super) fn report_unneeded(&self, needs: Dangers, issues: &mut Vec<Issue>) {
        let items = [
            (self.insecure_origins, needs.insecure_origins, Dangers::INSECURE_ORIGINS),
            (self.public_suffix_wildcards, needs.public_suffix_wildcards, Dangers::PUBLIC_SUFFIX_WILDCARDS),
        ];
        for (item, needed, name) in items {
            if let (Some(index), false) = (item, needed) {
                let kind = IssueKind::AllowsNothing { name: name.to_owned() };
                issues.push(Issue::new(Place::item_of(Key::DangerouslyAllow, index), kind));
            }
        }
    }
}
