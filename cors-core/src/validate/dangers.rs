//! The rules for `dangerously_allow`.

use crate::document::{Field, FieldItem, FieldList};
use crate::policy::Dangers;
use crate::{Issue, IssueKind, Key};

/// The dangers that `dangerously_allow` names, each with its item.
#[derive(Default)]
pub(super) struct RequestedDangers<'f> {
    insecure_origins: Option<&'f FieldItem>,
    public_suffix_wildcards: Option<&'f FieldItem>,
    has_unknown: bool,
}

impl<'f> RequestedDangers<'f> {
    pub(super) fn read(field: &'f Field<FieldList>, issues: &mut Vec<Issue>) -> Self {
        let mut requested = Self { has_unknown: field.has_broken_part(), ..Self::default() };
        if let Some(FieldList::Items { items, is_for_other_builds: false, has_unset: false }) = field.given()
            && items.is_empty()
        {
            issues.push(Issue::new(field.place_of_value(Key::DangerouslyAllow), IssueKind::EmptyList));
        }
        for item in field.items() {
            let Some(name) = item.text.as_deref() else {
                continue;
            };
            let kind = match requested.slot(name) {
                Some(slot) if slot.is_none() => {
                    *slot = Some(item);
                    continue;
                }
                Some(_) => IssueKind::Repetition { text: name.to_owned() },
                None => {
                    requested.has_unknown = true;
                    IssueKind::UnknownValue { value: name.to_owned() }
                }
            };
            issues.push(item.issue(Key::DangerouslyAllow, kind));
        }
        requested
    }

    fn slot(&mut self, name: &str) -> Option<&mut Option<&'f FieldItem>> {
        match name {
            Dangers::INSECURE_ORIGINS => Some(&mut self.insecure_origins),
            Dangers::PUBLIC_SUFFIX_WILDCARDS => Some(&mut self.public_suffix_wildcards),
            _ => None,
        }
    }

    /// Returns the allowed dangers. If an item is unreadable, returns all: each could be meant, and a report would
    /// mislead.
    pub(super) const fn allowed(&self) -> Dangers {
        Dangers {
            insecure_origins: self.insecure_origins.is_some() || self.has_unknown,
            public_suffix_wildcards: self.public_suffix_wildcards.is_some() || self.has_unknown,
        }
    }

    /// Reports each danger that is not needed, because it would silently allow a dangerous origin later.
    pub(super) fn report_unneeded(&self, needs: Dangers, issues: &mut Vec<Issue>) {
        let items = [
            (self.insecure_origins, needs.insecure_origins, Dangers::INSECURE_ORIGINS),
            (self.public_suffix_wildcards, needs.public_suffix_wildcards, Dangers::PUBLIC_SUFFIX_WILDCARDS),
        ];
        for (item, needed, name) in items {
            if let (Some(item), false) = (item, needed) {
                let kind = IssueKind::AllowsNothing { name: name.to_owned() };
                issues.push(item.issue(Key::DangerouslyAllow, kind));
            }
        }
    }
}
