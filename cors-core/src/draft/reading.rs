//! What those need who fill a draft with what they read: tokens, data, variables.

use super::{Entry, List, Listed, PolicyDraft};
use crate::{Issue, IssueKind, Issues, Key};

impl PolicyDraft {
    /// Sets the value of a key that takes a list.
    #[doc(hidden)]
    pub fn __list(self, key: &Key, list: List) -> Self {
        match key {
            Key::Origins => self.origins(list),
            Key::Methods => self.methods(list),
            Key::AllowHeaders => self.allow_headers(list),
            Key::ExposeHeaders => self.expose_headers(list),
            Key::DangerouslyAllow => self.dangerously_allow(list),
            Key::Credentials | Key::MaxAge | Key::OnDenied | Key::Rules => self.__broken(key),
            Key::Unknown(_) => self,
        }
    }

    /// Says that the value of a key was broken and has been reported.
    #[doc(hidden)]
    pub fn __broken(mut self, key: &Key) -> Self {
        match key {
            Key::Origins => self.origins = Entry::Broken,
            Key::Credentials => self.credentials = Entry::Broken,
            Key::Methods => self.methods = Entry::Broken,
            Key::AllowHeaders => self.allow_headers = Entry::Broken,
            Key::ExposeHeaders => self.expose_headers = Entry::Broken,
            Key::MaxAge => self.max_age = Entry::Broken,
            Key::OnDenied => self.on_denied = Entry::Broken,
            Key::DangerouslyAllow => self.dangerously_allow = Entry::Broken,
            Key::Rules => self.rules = Entry::Broken,
            Key::Unknown(_) => {}
        }
        self
    }

    /// The draft without the dangers of which these mistakes say that they are not needed.
    #[doc(hidden)]
    pub fn __without_needless_dangers(mut self, issues: &Issues) -> Self {
        let is_needless = |rule, item| {
            let says_so = |issue: &Issue| matches!(issue.kind(), IssueKind::AllowsNothing { .. });
            issues
                .iter()
                .any(|issue| says_so(issue) && (issue.place().rule(), issue.place().item()) == (rule, Some(item)))
        };
        self.retain_dangers(|item| !is_needless(None, item));
        if let Entry::Given(rules) = &mut self.rules {
            for (index, rule) in rules.iter_mut().enumerate() {
                rule.retain_dangers(|item| !is_needless(Some(index), item));
            }
        }
        self
    }

    fn retain_dangers(&mut self, keep: impl Fn(usize) -> bool) {
        if let Entry::Given(List(Listed::Items(items))) = &mut self.dangerously_allow {
            let mut indices = 0..;
            items.retain(|_| indices.next().is_some_and(&keep));
            if items.is_empty() {
                self.dangerously_allow = Entry::Absent;
            }
        }
    }

    /// Adds a mistake that the draft cannot hold; `validate` reports it among its own.
    pub(crate) fn report(&mut self, issue: Issue) {
        self.found.push(issue);
    }
}
