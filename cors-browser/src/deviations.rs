//! The differences between engines and the standard.

use super::InitiatorType;

/// All differences. Each new difference is a field here and has one place that checks it.
#[derive(Clone, Debug)]
pub(super) struct Deviations {
    /// `Access-Control-Allow-Headers: *` covers `Authorization` (against PRE-14).
    pub(super) wildcard_covers_authorization: bool,
    /// Client hints such as `DPR` and `Save-Data` are safelisted if their value is valid. A redirect removes them,
    /// except `Save-Data`, if it leads to another origin than the page's, or if the top-level page has another origin
    /// (against HDR-1).
    pub(super) safelists_client_hints: bool,
    /// A `User-Agent` that a script sets is dropped as if it were forbidden (against HDR-5).
    pub(super) drops_user_agent: bool,
    /// Commas in quotes do not separate the methods in `X-HTTP-Method` and similar headers (HDR-5).
    pub(super) quotes_commas: bool,
    /// Bytes from 0x80 are unsafe (against HDR-2).
    pub(super) high_bytes_are_unsafe: bool,
    /// A `Content-Type` with a comma, or with a semicolon after its parameters, is not safelisted (against HDR-1).
    pub(super) stray_separators_are_unsafe: bool,
    /// How several lines of one name are sent that a script sets (HDR-1, HDR-3).
    pub(super) repeated_header: RepeatedHeader,
    /// The unit in `Range` is case-insensitive (against HDR-1).
    pub(super) range_unit_in_any_case: bool,
    /// Maximum number in `Range` that is safe (against HDR-1).
    pub(super) largest_in_range: Option<&'static str>,
    /// In mode `no-cors`, the type of the body is sent even if it is not safelisted (against HDR-6).
    pub(super) no_cors_keeps_type_of_body: bool,
    /// Upload listeners make a preflight due only if the request has a body (against PRE-4).
    pub(super) upload_listeners_need_body: bool,
    /// If upload listeners or a stream made the preflight due, a response without `Access-Control-Allow-Methods` allows
    /// the method (PRE-12).
    pub(super) forced_preflight_allows_method: bool,
    /// A request with a stream as its body uses mode `cors`, whatever its mode (against PRE-2).
    pub(super) streams_use_mode_cors: bool,
    /// In modes other than `cors`, the referrer policy can make `Origin` `null` (ORG-3).
    pub(super) referrer_policy_hides_origin: bool,
    /// The `Referrer-Policy` of a redirect applies to the next request.
    pub(super) redirects_set_referrer_policy: bool,
    /// In mode `no-cors`, a redirect taints the origin even if it leaves the page's own origin (against ORG-4).
    pub(super) no_cors_taints_at_once: bool,
    /// A request that a redirect changed to GET keeps `Origin` until a redirect changes the origin (against ORG-3).
    pub(super) redirects_keep_origin_line: bool,
    /// A preflight has the page's origin even if a redirect tainted it (against ORG-4).
    pub(super) preflight_ignores_taint: bool,
    /// A preflight has the `User-Agent` that a script set (against PRE-10).
    pub(super) preflights_carry_user_agent: bool,
    /// When a preflight is due after a redirect (against RED-6).
    pub(super) later_preflights: LaterPreflights,
    /// What several `Location` lines mean (against RED-1).
    pub(super) repeated_location: RepeatedLocation,
    /// What an empty `Location` means, which resolves to the current URL (RED-1).
    pub(super) empty_location: EmptyLocation,
    /// What a `Location` must be in redirect mode `manual` (against RED-1).
    pub(super) manual_location: ManualLocation,
    /// In redirect mode `error`, a redirect status without `Location` or with an empty one is no redirect (against
    /// RED-1).
    pub(super) error_needs_location: bool,
    /// User info in `Location` is refused for every URL (against RED-2).
    pub(super) user_info_is_refused: bool,
    /// Cache mode `only-if-cached` sends the request if there is no HTTP cache, as in a private window.
    pub(super) only_if_cached_needs_cache: bool,
    /// Conditional headers of a script do not change the cache mode of an `XMLHttpRequest`.
    pub(super) xml_http_requests_keep_cache_mode: bool,
    /// An unknown `Cross-Origin-Resource-Policy` satisfies an embedder policy (against PRE-2).
    pub(super) unknown_resource_policies_satisfy: bool,
    /// Two redirects are refused only after the next preflight: one with user info before the request used CORS
    /// (RED-2), and one that fails the CORS check of credentials mode `include` after a request in mode `same-origin`
    /// left the page's origin (against CHK-4).
    pub(super) refuses_redirects_late: bool,
    /// The response to a preflight for the page's own origin needs no CORS check (against PRE-11).
    pub(super) own_preflights_pass: bool,
    /// What a redirect does with headers that an earlier redirect removed (against RED-3 and RED-4).
    pub(super) removed_headers: RemovedHeaders,
    /// If a redirect changes the origin, DELETE becomes GET for every status, and keeps its headers (against RED-3;
    /// seen in WebKitGTK).
    pub(super) delete_becomes_get: bool,
    /// An empty line of a response header is ignored if the header has other lines. `Access-Control-Allow-Origin` is an
    /// exception (against CHK-4 and PRE-16).
    pub(super) skips_empty_lines: bool,
    /// In mode `no-cors` and credentials mode `same-origin`, a redirect away from the page's origin keeps sending
    /// cookies (against CRD-1), and headers removed before it do not come back. In every credentials mode, the referrer
    /// policy no longer hides the origin after it (against ORG-3).
    pub(super) no_cors_keeps_credentials: bool,
    /// The embedder policy `credentialless` has no effect (against PRE-2).
    pub(super) ignores_credentialless: bool,
    /// Fonts are preloaded in mode `cors`, with and without `crossorigin`.
    pub(super) preloads_fonts_with_cors: bool,
    /// Initiators that use mode `no-cors` with credentials, unless an attribute `crossorigin` says otherwise (against
    /// their standards; seen in WebKitGTK).
    pub(super) fetches_without_cors: &'static [InitiatorType],
    /// Video and audio are requested without `Range` (seen in WebKitGTK).
    pub(super) requests_whole_media: bool,
    /// What happens to a stream as a body.
    pub(super) streams: Streams,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LaterPreflights {
    /// If the redirected request needs one.
    ByRequest,
    /// If one was due before, or if the request or the headers that the script set need one.
    OnceDueAlwaysDue,
    /// If one was due before, or if the request needs one. It lists the headers that the script set, also those that a
    /// redirect removed.
    OnceDueByFirstHeaders,
}

/// See [`Deviations::removed_headers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RemovedHeaders {
    StayRemoved,
    /// They come back, unless this redirect would also remove them from a request with the first method.
    ComeBack,
    /// They come back if the request uses CORS before or after this redirect, except `Authorization`. Otherwise only
    /// `Content-Type` comes back, with 307 and 308, and `User-Agent` is removed.
    ComeBackWithoutAuthorization,
}

/// See [`Deviations::repeated_header`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RepeatedHeader {
    Apart,
    /// One line, joined by `, `.
    Joined,
    /// Separate lines. A preflight lists the name once for each line, and their total length has no limit.
    ListedEach,
}

/// See [`Deviations::repeated_location`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RepeatedLocation {
    Invalid,
    /// Equal values are one value. Different values are an error, whatever the status.
    MustAgree,
    /// One value, joined by `, `.
    Joined,
}

/// See [`Deviations::empty_location`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EmptyLocation {
    Followed,
    /// The same as no `Location`.
    None,
    Refused,
}

/// See [`Deviations::manual_location`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ManualLocation {
    Unchecked,
    /// A URL.
    Url,
    /// Anything but a URL of the scheme `ftp`.
    NotFtp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Streams {
    Sent,
    /// It is sent as the text `[object ReadableStream]`.
    AsText,
    Refused,
}

impl Deviations {
    pub(super) const STANDARD: Self = Self {
        wildcard_covers_authorization: false,
        safelists_client_hints: false,
        drops_user_agent: false,
        quotes_commas: true,
        high_bytes_are_unsafe: false,
        stray_separators_are_unsafe: false,
        repeated_header: RepeatedHeader::Apart,
        range_unit_in_any_case: false,
        largest_in_range: None,
        no_cors_keeps_type_of_body: false,
        upload_listeners_need_body: false,
        forced_preflight_allows_method: true,
        streams_use_mode_cors: false,
        referrer_policy_hides_origin: true,
        redirects_set_referrer_policy: true,
        no_cors_taints_at_once: false,
        redirects_keep_origin_line: false,
        preflight_ignores_taint: false,
        preflights_carry_user_agent: false,
        later_preflights: LaterPreflights::ByRequest,
        repeated_location: RepeatedLocation::Invalid,
        empty_location: EmptyLocation::Followed,
        manual_location: ManualLocation::Unchecked,
        error_needs_location: false,
        user_info_is_refused: false,
        only_if_cached_needs_cache: false,
        xml_http_requests_keep_cache_mode: false,
        unknown_resource_policies_satisfy: false,
        refuses_redirects_late: false,
        own_preflights_pass: false,
        removed_headers: RemovedHeaders::StayRemoved,
        delete_becomes_get: false,
        skips_empty_lines: false,
        no_cors_keeps_credentials: false,
        ignores_credentialless: false,
        preloads_fonts_with_cors: false,
        fetches_without_cors: &[],
        requests_whole_media: false,
        streams: Streams::Sent,
    };
}
