//! Requests of other initiators than `fetch`.

use super::{Body, ScriptRequest};
use crate::initiator::InitiatorType;
use crate::modes::{CacheMode, CredentialsMode, Mode};

impl ScriptRequest {
    /// Returns the request that an initiator makes for this URL, with its mode and credentials.
    ///
    /// ```
    /// # mod cors_actix { pub use cors_browser as testing; }
    /// use cors_actix::testing::{InitiatorType, ScriptRequest};
    ///
    /// let image = ScriptRequest::of(InitiatorType::Image, "https://cdn.example.com/photo.jpg");
    /// assert_eq!(image.initiator(), InitiatorType::Image);
    /// ```
    pub fn of(initiator: InitiatorType, url: impl Into<String>) -> Self {
        let request = Self { initiator, mode: initiator.mode(), ..Self::new(url) }.credentials(initiator.credentials());
        match initiator {
            InitiatorType::EventSource => request.cache(CacheMode::NoStore),
            InitiatorType::Beacon => request.method("POST"),
            InitiatorType::Ping => request.method("POST").body(Body::Bytes),
            _ => request,
        }
    }

    /// Sets the attribute `crossorigin` of HTML. `"use-credentials"` sends credentials to every origin, any other value
    /// only to the page's own (<https://html.spec.whatwg.org/#cors-settings-attribute>). Has no effect for an initiator
    /// that does not [take the attribute](InitiatorType::takes_crossorigin).
    ///
    /// ```
    /// # mod cors_actix { pub use cors_browser as testing; }
    /// use cors_actix::testing::{InitiatorType, ScriptRequest};
    ///
    /// let script = ScriptRequest::of(InitiatorType::Script, "https://cdn.example.com/a.js");
    /// assert_ne!(script.clone().crossorigin("use-credentials"), script);
    /// let worker = ScriptRequest::of(InitiatorType::Worker, "https://app.example.com/a.js");
    /// assert_eq!(worker.clone().crossorigin("use-credentials"), worker);
    /// ```
    pub fn crossorigin(self, value: &str) -> Self {
        if !self.initiator.takes_crossorigin() {
            return self;
        }
        let with_credentials = value.eq_ignore_ascii_case("use-credentials");
        let credentials = if with_credentials { CredentialsMode::Include } else { CredentialsMode::SameOrigin };
        self.mode(Mode::Cors).credentials(credentials)
    }

    /// Returns what makes the request.
    pub const fn initiator(&self) -> InitiatorType {
        self.initiator
    }
}
