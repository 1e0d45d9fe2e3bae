//! What those need who fill a draft with what they read: tokens, data, variables.

use super::{Entry, List, PolicyDraft};
use crate::{Issue, Key};

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

    /// Adds a mistake that the draft cannot hold; `validate` reports it among its own.
    pub(crate) fn report(&mut self, issue: Issue) {
        self.found.push(issue);
    }
}
