//! The engines, and where each differs from the standard.

use super::deviations::{
    Deviations, EmptyLocation, Failures, LaterPreflights, ManualReads, Remembered, RemovedHeaders, RepeatedLocation,
    Streams, Wildcards,
};

/// A browser engine, by which the model differs from the standard where the engine was seen to.
///
/// Exhaustive, so that a caller handles every engine.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::Engine;
///
/// let browser = |engine| match engine {
///     Engine::Chromium => "Chrome",
///     Engine::Firefox => "Firefox",
///     Engine::WebKit => "Safari",
/// };
/// assert_eq!(browser(Engine::WebKit), "Safari");
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

/// 2^63 - 1
const LARGEST_SIGNED: &str = "9223372036854775807";
/// 2^64 - 1
const LARGEST_UNSIGNED: &str = "18446744073709551615";

impl Deviations {
    pub(super) const fn of(engine: Engine) -> Self {
        match engine {
            Engine::Chromium => Self {
                wildcard_covers_authorization: true,
                safelists_client_hints: true,
                drops_user_agent: true,
                largest_in_range: Some(LARGEST_SIGNED),
                upload_listeners_need_body: true,
                covered_methods: &["GET", "HEAD", "POST"],
                forced_methods_count: false,
                streams_ask_in_every_mode: true,
                referrer_policy_hides_origin: false,
                no_cors_taints_at_once: true,
                repeated_location: RepeatedLocation::MustAgree,
                empty_location: EmptyLocation::None,
                manual_reads: ManualReads::Url,
                user_info_is_refused: true,
                tainted_remembered: Remembered::Never,
                opaque_remembered: Remembered::ForOneFetch,
                negative_max_age_forbids: true,
                longest_max_age: Some(7200),
                failure_forgets: Failures::None,
                reload_asks_again: true,
                ..Self::STANDARD
            },
            Engine::Firefox => Self {
                wildcard_covers_authorization: true,
                high_bytes_are_unsafe: true,
                largest_in_range: Some(LARGEST_UNSIGNED),
                forced_methods_count: false,
                preflight_ignores_taint: true,
                later_preflights: LaterPreflights::OnceDueAlwaysDue,
                repeated_location: RepeatedLocation::MustAgree,
                own_preflights_pass: true,
                remembers_safelisted_methods: true,
                removed_headers: RemovedHeaders::ComeBack,
                skips_empty_lines: true,
                failure_forgets: Failures::AllButRedirectMode,
                covered_methods: &["GET", "POST"],
                malformed_max_age_forbids: true,
                longest_max_age: Some(86_400),
                remembered_wildcards: Wildcards::None,
                reuses_across_credentials: false,
                reload_asks_again: true,
                streams: Streams::AsText,
                ..Self::STANDARD
            },
            Engine::WebKit => Self {
                wildcard_covers_authorization: true,
                remembered_wildcard_covers_authorization: true,
                range_unit_in_any_case: true,
                largest_in_range: Some(LARGEST_UNSIGNED),
                forced_methods_count: false,
                no_cors_keeps_type_of_body: true,
                redirects_keep_origin_line: true,
                later_preflights: LaterPreflights::OnceDueByFirstHeaders,
                removed_headers: RemovedHeaders::ComeBackWithoutAuthorization,
                repeated_location: RepeatedLocation::Joined,
                empty_location: EmptyLocation::Refused,
                manual_reads: ManualReads::Scheme,
                refuses_redirects_late: true,
                delete_becomes_get: true,
                remembered_wildcards: Wildcards::WithoutCredentials,
                remembers_refusals: true,
                no_cors_keeps_credentials: true,
                tainted_remembered: Remembered::ForOneFetch,
                covered_methods: &["GET", "HEAD", "POST"],
                negative_max_age_forbids: true,
                longest_max_age: Some(600),
                failure_forgets: Failures::None,
                streams: Streams::Refused,
                ..Self::STANDARD
            },
        }
    }
}
