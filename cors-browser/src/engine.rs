//! The engines, and how each differs from the standard.

use super::InitiatorType;
use super::deviations::{
    Deviations, EmptyLocation, LaterPreflights, ManualLocation, RemovedHeaders, RepeatedHeader, RepeatedLocation,
    Streams,
};

/// A browser engine. The model differs from the standard where the engine was seen to differ.
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
    /// The engine of Chrome, Edge and Opera (seen in version 156).
    Chromium,
    /// The engine of Firefox (seen in version 153).
    Firefox,
    /// The engine of Safari (seen in WebKitGTK 2.50).
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
                repeated_header: RepeatedHeader::Joined,
                largest_in_range: Some(LARGEST_SIGNED),
                upload_listeners_need_body: true,
                forced_preflight_allows_method: false,
                streams_use_mode_cors: true,
                referrer_policy_hides_origin: false,
                no_cors_taints_at_once: true,
                repeated_location: RepeatedLocation::MustAgree,
                empty_location: EmptyLocation::None,
                manual_location: ManualLocation::Url,
                error_needs_location: true,
                user_info_is_refused: true,
                ..Self::STANDARD
            },
            Engine::Firefox => Self {
                wildcard_covers_authorization: true,
                quotes_commas: false,
                high_bytes_are_unsafe: true,
                stray_separators_are_unsafe: true,
                repeated_header: RepeatedHeader::ListedEach,
                largest_in_range: Some(LARGEST_UNSIGNED),
                forced_preflight_allows_method: false,
                preflight_ignores_taint: true,
                later_preflights: LaterPreflights::OnceDueAlwaysDue,
                repeated_location: RepeatedLocation::MustAgree,
                own_preflights_pass: true,
                xml_http_requests_keep_cache_mode: true,
                unknown_resource_policies_satisfy: true,
                removed_headers: RemovedHeaders::ComeBack,
                skips_empty_lines: true,
                preloads_fonts_with_cors: true,
                streams: Streams::AsText,
                ..Self::STANDARD
            },
            Engine::WebKit => Self {
                wildcard_covers_authorization: true,
                quotes_commas: false,
                only_if_cached_needs_cache: true,
                range_unit_in_any_case: true,
                repeated_header: RepeatedHeader::Joined,
                largest_in_range: Some(LARGEST_UNSIGNED),
                forced_preflight_allows_method: false,
                no_cors_keeps_type_of_body: true,
                preflights_carry_user_agent: true,
                redirects_keep_origin_line: true,
                redirects_set_referrer_policy: false,
                later_preflights: LaterPreflights::OnceDueByFirstHeaders,
                removed_headers: RemovedHeaders::ComeBackWithoutAuthorization,
                repeated_location: RepeatedLocation::Joined,
                empty_location: EmptyLocation::Refused,
                manual_location: ManualLocation::NotFtp,
                error_needs_location: true,
                refuses_redirects_late: true,
                delete_becomes_get: true,
                no_cors_keeps_credentials: true,
                ignores_credentialless: true,
                fetches_without_cors: &[InitiatorType::Font, InitiatorType::Track],
                requests_whole_media: true,
                streams: Streams::Refused,
                ..Self::STANDARD
            },
        }
    }
}
