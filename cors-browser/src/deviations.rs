//! How an engine can differ from the standard.

use super::InitiatorType;

/// Each point on which some engine differs. A new difference gets a field here, and one place that asks for it.
#[derive(Clone, Debug)]
pub(super) struct Deviations {
    /// `Access-Control-Allow-Headers: *` covers `Authorization` (against PRE-14).
    pub(super) wildcard_covers_authorization: bool,
    /// `DPR`, `Save-Data` and their like are safelisted, where the value is one of theirs, and all but `Save-Data` stay
    /// behind where a redirect leads to another origin than the page's, or the outermost page is of another (against HDR-1).
    pub(super) safelists_client_hints: bool,
    /// A script's `User-Agent` is dropped as if forbidden (against HDR-5).
    pub(super) drops_user_agent: bool,
    /// Commas between quotes do not part the methods in `X-HTTP-Method` and its like (HDR-5).
    pub(super) quotes_commas: bool,
    /// Bytes from 0x80 are unsafe (against HDR-2).
    pub(super) high_bytes_are_unsafe: bool,
    /// What lines of one name that a script sets are (HDR-1 and HDR-3).
    pub(super) repeated_header: RepeatedHeader,
    /// The unit of `Range` may be written in any case (against HDR-1).
    pub(super) range_unit_in_any_case: bool,
    /// A larger number in `Range` is unsafe (against HDR-1).
    pub(super) largest_in_range: Option<&'static str>,
    /// The type that a body brings along is sent in mode no-cors, whatever it is (against HDR-6).
    pub(super) no_cors_keeps_type_of_body: bool,
    /// Listeners on an upload make a preflight due only where there is a body (against PRE-4).
    pub(super) upload_listeners_need_body: bool,
    /// Where no `Access-Control-Allow-Methods` came and listeners or a stream made the preflight due, the method counts as listed
    /// (PRE-12).
    pub(super) forced_methods_count: bool,
    /// A body that is a stream is asked about in every mode (against PRE-2).
    pub(super) streams_ask_in_every_mode: bool,
    /// The referrer policy has a say in what `Origin` is in mode no-cors (ORG-3).
    pub(super) referrer_policy_hides_origin: bool,
    /// The `Referrer-Policy` of a redirect counts for the next request.
    pub(super) redirects_set_referrer_policy: bool,
    /// A redirect in mode no-cors taints the origin also where it leaves the page's own origin (against ORG-4).
    pub(super) no_cors_taints_at_once: bool,
    /// A GET that was a POST keeps `Origin` while it is redirected within an origin (against ORG-3).
    pub(super) redirects_keep_origin_line: bool,
    /// A preflight names the page even where a redirect tainted the origin (against ORG-4).
    pub(super) preflight_ignores_taint: bool,
    /// A preflight carries the `User-Agent` that a script set (against PRE-10).
    pub(super) preflights_carry_user_agent: bool,
    /// What decides after a redirect whether a preflight is due (against RED-6).
    pub(super) later_preflights: LaterPreflights,
    /// What `Location` is where it is there twice (against RED-1).
    pub(super) repeated_location: RepeatedLocation,
    /// What an empty `Location` does, which is the current URL (RED-1).
    pub(super) empty_location: EmptyLocation,
    /// What must be right with `Location` also in redirect mode manual (against RED-1).
    pub(super) manual_reads: ManualReads,
    /// A redirect status without `Location`, or with an empty one, is no redirect in redirect mode error (against RED-1).
    pub(super) error_needs_location: bool,
    /// User info in `Location` is refused wherever it leads (against RED-2).
    pub(super) user_info_is_refused: bool,
    /// Cache mode only-if-cached asks the server where there is no HTTP cache, as in a private window.
    pub(super) only_if_cached_needs_cache: bool,
    /// The conditions that a script sets in an `XMLHttpRequest` change nothing about caches.
    pub(super) xml_http_requests_keep_cache_mode: bool,
    /// A `Cross-Origin-Resource-Policy` that is none satisfies an embedder policy (against PRE-2).
    pub(super) unknown_resource_policies_satisfy: bool,
    /// Some redirects are refused late, after the preflight of the next request: with user info where only the page's own origin
    /// was involved before (RED-2), and what fails the check of mode include where a request in credentials mode same-origin left
    /// the page's own origin (against CHK-4).
    pub(super) refuses_redirects_late: bool,
    /// A preflight to the page's own origin passes the CORS check (against PRE-11).
    pub(super) own_preflights_pass: bool,
    /// What a redirect does with headers that one before removed (against RED-3 and RED-4).
    pub(super) removed_headers: RemovedHeaders,
    /// DELETE becomes GET when the origin changes, whatever the status, and keeps its headers (against RED-3; seen in WebKitGTK).
    pub(super) delete_becomes_get: bool,
    /// An empty line of a response header counts only where it is the only one, but for `Access-Control-Allow-Origin`
    /// (against CHK-4 and PRE-16).
    pub(super) skips_empty_lines: bool,
    /// In mode no-cors cookies go along after a redirect away from the page's own origin in credentials mode same-origin (against
    /// CRD-1), and headers that went before do not come back. In every credentials mode the referrer policy does not hide the origin from
    /// then on (against ORG-3).
    pub(super) no_cors_keeps_credentials: bool,
    /// The embedder policy `credentialless` has no effect (against PRE-2).
    pub(super) ignores_credentialless: bool,
    /// A font is preloaded with CORS, whether the line says so or not.
    pub(super) preloads_fonts_with_cors: bool,
    /// Who asks without CORS and with credentials, where no attribute `crossorigin` says otherwise (against the mode of its standard; seen in
    /// WebKitGTK).
    pub(super) asks_without_cors: &'static [InitiatorType],
    /// A video or audio is asked for without `Range` (seen in WebKitGTK).
    pub(super) asks_for_whole_media: bool,
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
    /// They come back, unless this redirect removes them too, as it would from the first method.
    ComeBack,
    /// They come back where CORS decides or will decide by this redirect, but for `Authorization`. Elsewhere `Content-Type` does by 307
    /// and 308, and `User-Agent` goes.
    ComeBackWithoutAuthorization,
}

/// See [`Deviations::repeated_header`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RepeatedHeader {
    Apart,
    /// One line, joined by `, `.
    Joined,
    /// They are listed once for each line, and there is no limit to what they have together.
    ListedEach,
}

/// See [`Deviations::repeated_location`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RepeatedLocation {
    Invalid,
    /// One with the same value, and a failure with another, whatever the status.
    MustAgree,
    /// One value, joined by `, `.
    Joined,
}

/// See [`Deviations::empty_location`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EmptyLocation {
    Followed,
    /// As if there were none.
    None,
    Refused,
}

/// See [`Deviations::manual_reads`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ManualReads {
    Nothing,
    /// It is a URL.
    Url,
    /// Where it is a URL, its scheme is not `ftp`.
    NoFtp,
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
        quotes_commas: true,
        high_bytes_are_unsafe: false,
        repeated_header: RepeatedHeader::Apart,
        range_unit_in_any_case: false,
        largest_in_range: None,
        no_cors_keeps_type_of_body: false,
        upload_listeners_need_body: false,
        forced_methods_count: true,
        streams_ask_in_every_mode: false,
        referrer_policy_hides_origin: true,
        redirects_set_referrer_policy: true,
        no_cors_taints_at_once: false,
        redirects_keep_origin_line: false,
        preflight_ignores_taint: false,
        preflights_carry_user_agent: false,
        later_preflights: LaterPreflights::ByRequest,
        repeated_location: RepeatedLocation::Invalid,
        empty_location: EmptyLocation::Followed,
        manual_reads: ManualReads::Nothing,
        error_needs_location: false,
        user_info_is_refused: false,
        only_if_cached_needs_cache: false,
        xml_http_requests_keep_cache_mode: false,
        unknown_resource_policies_satisfy: false,
        refuses_redirects_late: false,
        own_preflights_pass: false,
        removed_headers: RemovedHeaders::StayAway,
        delete_becomes_get: false,
        skips_empty_lines: false,
        no_cors_keeps_credentials: false,
        ignores_credentialless: false,
        preloads_fonts_with_cors: false,
        asks_without_cors: &[],
        asks_for_whole_media: false,
        streams: Streams::Sent,
    };
}
