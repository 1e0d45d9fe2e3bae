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
    /// `DPR`, `Save-Data` and their like are safelisted, where the value is one of theirs (against HDR-1).
    pub(super) safelists_client_hints: bool,
    /// A script's `User-Agent` is dropped as if forbidden (against HDR-5).
    pub(super) drops_user_agent: bool,
    /// Bytes from 0x80 are unsafe (against HDR-2).
    pub(super) high_bytes_are_unsafe: bool,
    /// The unit of `Range` may be written in any case (against HDR-1).
    pub(super) range_unit_in_any_case: bool,
    /// A number in `Range` that needs more than 63 bits is unsafe (against HDR-1).
    pub(super) long_ranges_are_unsafe: bool,
    /// The referrer policy has a say in what `Origin` is in mode no-cors (ORG-3).
    pub(super) referrer_policy_hides_origin: bool,
    /// A redirect in mode no-cors taints the origin also where it leaves the page's own origin (against ORG-4).
    pub(super) no_cors_taints_at_once: bool,
    /// A GET that was a POST keeps `Origin` while it is redirected within an origin (against ORG-3).
    pub(super) redirects_keep_origin_line: bool,
    /// A preflight names the page even where a redirect tainted the origin (against ORG-4).
    pub(super) preflight_ignores_taint: bool,
    /// What decides after a redirect whether a preflight is due (against RED-6).
    pub(super) later_preflights: LaterPreflights,
    /// What a redirect does with headers that one before removed (against RED-3 and RED-4).
    pub(super) removed_headers: RemovedHeaders,
    /// DELETE becomes GET when the origin changes, whatever the status, and keeps its headers (against RED-3; seen in WebKitGTK).
    pub(super) delete_becomes_get: bool,
    /// An empty line of a response header counts only where it is the only one (against CHK-1 and PRE-12).
    pub(super) skips_empty_lines: bool,
    /// Whose preflights are not remembered (against CAC-1).
    pub(super) never_remembered: NeverRemembered,
    /// Methods that are remembered for a URL with whatever else is (against CAC-1).
    pub(super) covered_methods: &'static [&'static str],
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
    /// Once due, always due; by the headers that the script set also where no preflight was made yet.
    OnceDueAlwaysDue,
    /// Once due, always due, and for the headers that the script set, also those that a redirect removed.
    OnceDueByFirstHeaders,
}

/// See [`Deviations::removed_headers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RemovedHeaders {
    StayAway,
    /// They come back, unless this redirect removes them too.
    ComeBack,
    /// The same, but for `Authorization`, which stays away.
    ComeBackWithoutAuthorization,
}

/// See [`Deviations::never_remembered`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NeverRemembered {
    Nobody,
    /// Those of an origin that a redirect made `null`.
    Tainted,
    /// Those of every origin that is `null`.
    Null,
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
        range_unit_in_any_case: false,
        long_ranges_are_unsafe: false,
        referrer_policy_hides_origin: true,
        no_cors_taints_at_once: false,
        redirects_keep_origin_line: false,
        preflight_ignores_taint: false,
        later_preflights: LaterPreflights::ByRequest,
        removed_headers: RemovedHeaders::StayAway,
        delete_becomes_get: false,
        skips_empty_lines: false,
        never_remembered: NeverRemembered::Nobody,
        covered_methods: &[],
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
                long_ranges_are_unsafe: true,
                referrer_policy_hides_origin: false,
                no_cors_taints_at_once: true,
                never_remembered: NeverRemembered::Null,
                negative_max_age_forbids: true,
                longest_max_age: Some(7200),
                failure_forgets: false,
                reload_asks_again: true,
                ..Self::STANDARD
            },
            Engine::Firefox => Self {
                wildcard_covers_authorization: true,
                high_bytes_are_unsafe: true,
                long_ranges_are_unsafe: true,
                preflight_ignores_taint: true,
                later_preflights: LaterPreflights::OnceDueAlwaysDue,
                removed_headers: RemovedHeaders::ComeBack,
                skips_empty_lines: true,
                covered_methods: &["GET", "POST"],
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
                range_unit_in_any_case: true,
                long_ranges_are_unsafe: true,
                redirects_keep_origin_line: true,
                later_preflights: LaterPreflights::OnceDueByFirstHeaders,
                removed_headers: RemovedHeaders::ComeBackWithoutAuthorization,
                delete_becomes_get: true,
                never_remembered: NeverRemembered::Tainted,
                covered_methods: &["GET", "HEAD", "POST"],
                negative_max_age_forbids: true,
                longest_max_age: Some(600),
                failure_forgets: false,
                streams: Streams::Refused,
                ..Self::STANDARD
            },
        }
    }
}
