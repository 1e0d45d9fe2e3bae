//! Where browsers differ from the standard.

/// A browser engine, by which the model differs from the standard where the engine was seen to.
///
/// ```
/// use cors_core::browser::{Browser, Engine};
///
/// let standard = Browser::new();
/// let firefox = Browser::of(Engine::Firefox);
/// assert_eq!((standard.engine(), firefox.engine()), (None, Some(Engine::Firefox)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Chrome, Edge, Opera (seen in version 156).
    Chromium,
    /// Firefox (seen in version 153).
    Firefox,
    /// Safari (seen in WebKitGTK 2.50).
    WebKit,
}

/// Each point on which some engine differs. A new difference gets a field here, and one place that asks for it.
#[derive(Clone, Debug)]
pub(super) struct Deviations {
    /// `Access-Control-Allow-Headers: *` covers `Authorization` (against PRE-14, CAC-3).
    pub(super) wildcard_covers_authorization: bool,
    /// `DPR`, `Save-Data` and their like are safelisted, whatever their value (against HDR-1).
    pub(super) safelists_client_hints: bool,
    /// A script's `User-Agent` is dropped as if forbidden (against HDR-5).
    pub(super) drops_user_agent: bool,
    /// Bytes from 0x80 are unsafe (against HDR-2).
    pub(super) high_bytes_are_unsafe: bool,
    /// A preflight names the page even where a redirect tainted the origin (against ORG-4).
    pub(super) preflight_ignores_taint: bool,
    /// What decides after a redirect whether a preflight is due (against RED-6).
    pub(super) later_preflights: LaterPreflights,
    /// A negative max-age forbids to remember (against PRE-16).
    pub(super) negative_max_age_forbids: bool,
    /// A max-age that is not empty and no number forbids to remember (against PRE-16).
    pub(super) malformed_max_age_forbids: bool,
    /// The longest time a preflight is remembered, in seconds, which the standard leaves to the browser.
    pub(super) longest_max_age: Option<u64>,
    /// A remembered `*` covers other methods and names (CAC-1).
    pub(super) remembers_wildcards: bool,
    /// What was remembered with credentials serves requests without them too (CAC-2).
    pub(super) reuses_across_credentials: bool,
    /// A failed request clears what was remembered for its URL (CAC-4).
    pub(super) failure_forgets: bool,
    /// The cache modes reload and no-store bypass the preflight cache.
    pub(super) reload_asks_again: bool,
    /// What becomes of a body that is a stream.
    pub(super) streams: Streams,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LaterPreflights {
    /// The request as the redirect left it.
    ByRequest,
    /// Once due, always due.
    OnceDueAlwaysDue,
    /// The headers that the script set, also those that a redirect removed.
    ByFirstHeaders,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Streams {
    Sent,
    /// Sent as `[object ReadableStream]`.
    AsText,
    Refused,
}

impl Deviations {
    pub(super) const STANDARD: Self = Self {
        wildcard_covers_authorization: false,
        safelists_client_hints: false,
        drops_user_agent: false,
        high_bytes_are_unsafe: false,
        preflight_ignores_taint: false,
        later_preflights: LaterPreflights::ByRequest,
        negative_max_age_forbids: false,
        malformed_max_age_forbids: false,
        longest_max_age: None,
        remembers_wildcards: true,
        reuses_across_credentials: true,
        failure_forgets: true,
        reload_asks_again: false,
        streams: Streams::Sent,
    };

    pub(super) const fn of(engine: Engine) -> Self {
        match engine {
            Engine::Chromium => Self {
                wildcard_covers_authorization: true,
                safelists_client_hints: true,
                drops_user_agent: true,
                negative_max_age_forbids: true,
                longest_max_age: Some(7200),
                failure_forgets: false,
                reload_asks_again: true,
                ..Self::STANDARD
            },
            Engine::Firefox => Self {
                wildcard_covers_authorization: true,
                high_bytes_are_unsafe: true,
                preflight_ignores_taint: true,
                later_preflights: LaterPreflights::OnceDueAlwaysDue,
                malformed_max_age_forbids: true,
                longest_max_age: Some(86_400),
                remembers_wildcards: false,
                reuses_across_credentials: false,
                reload_asks_again: true,
                streams: Streams::AsText,
                ..Self::STANDARD
            },
            Engine::WebKit => Self {
                wildcard_covers_authorization: true,
                later_preflights: LaterPreflights::ByFirstHeaders,
                negative_max_age_forbids: true,
                longest_max_age: Some(600),
                failure_forgets: false,
                streams: Streams::Refused,
                ..Self::STANDARD
            },
        }
    }
}
