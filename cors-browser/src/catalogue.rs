//! All reasons for blocking, with their meaning, code and statement of the standard. Other modules check for them;
//! their texts are in `explain/words` and `explain/console`.

use super::statement::{Statement, catalogue};

pub(crate) const CHECK: &str = "concept-cors-check";
pub(crate) const PREFLIGHT: &str = "cors-preflight-fetch";
const REDIRECT: &str = "concept-http-redirect-fetch";
const MAIN: &str = "concept-main-fetch";
const RESOURCE_POLICY: &str = "cross-origin-resource-policy-check";

catalogue! {
    /// Why a browser blocks a response, with the details for an explanation. [`Blocked`](crate::Blocked) has an
    /// example.
    reasons {
        /// The response has no `Access-Control-Allow-Origin`.
        AllowOriginMissing {
            /// The origin that the response must allow.
            origin: String,
        } = "allow-origin-missing", "CHK-1", CHECK;
        // CHK-2 can only allow. CHK-3 compares a `*` that it does not allow with the origin.
        /// `Access-Control-Allow-Origin` is `*`, and the credentials mode is `include`.
        WildcardWithCredentials {
            /// The origin that the response must allow.
            origin: String,
        } = "wildcard-with-credentials", "CHK-3", CHECK;
        /// `Access-Control-Allow-Origin` has another value than the origin.
        AllowOriginMismatch {
            /// The origin that the response must allow.
            origin: String,
            /// The value. Several lines are joined by `, `.
            value: Vec<u8>,
        } = "allow-origin-mismatch", "CHK-3", CHECK;
        /// The credentials mode is `include`, and `Access-Control-Allow-Credentials` is not exactly `true`.
        AllowCredentialsNotTrue {
            /// The value, if the header is present. Several lines are joined by `, `.
            value: Option<Vec<u8>>,
        } = "allow-credentials-not-true", "CHK-4", CHECK;
        /// The status of the response to the preflight is not in the range 200 to 299.
        PreflightStatus {
            /// The status.
            status: u16,
        } = "preflight-status", "PRE-11", PREFLIGHT;
        /// A list in the response to the preflight has an element that is not a token.
        PreflightListMalformed {
            /// The name of the header, in lower case.
            header: &'static str,
            /// The value. Several lines are joined by `, `.
            value: Vec<u8>,
        } = "preflight-list-malformed", "PRE-12", PREFLIGHT;
        /// `Access-Control-Allow-Methods` does not list the method.
        MethodNotAllowed {
            /// The method.
            method: String,
            /// The methods that the response lists.
            allowed: Vec<String>,
            /// Whether the credentials mode is `include`, where `*` is a name like any other.
            with_credentials: bool,
        } = "method-not-allowed", "PRE-13", PREFLIGHT;
        /// `Access-Control-Allow-Headers` does not list a header.
        HeaderNotAllowed {
            /// The name of the header, in lower case.
            name: String,
            /// The headers that the response lists.
            allowed: Vec<String>,
            /// Whether the credentials mode is `include`, where `*` is a name like any other.
            with_credentials: bool,
        } = "header-not-allowed", "PRE-15", PREFLIGHT;
        /// The response is a redirect, and the redirect mode is `error`.
        RedirectModeError {
            /// The status.
            status: u16,
        } = "redirect-mode-error", "RED-1", "concept-http-fetch";
        /// `Location` is not a URL, or the response has several.
        RedirectLocationInvalid {
            /// The value. Several lines are joined by `, `.
            value: Vec<u8>,
        } = "redirect-location-invalid", "RED-1", REDIRECT;
        /// The redirect leads to a URL that is neither http nor https.
        RedirectScheme {
            /// The URL of the redirect.
            url: String,
        } = "redirect-scheme", "RED-1", REDIRECT;
        /// There are more than 20 redirects.
        TooManyRedirects = "too-many-redirects", "RED-1", REDIRECT;
        /// The redirect leads to a URL with user info.
        RedirectWithCredentialsInUrl {
            /// The URL of the redirect.
            url: String,
        } = "redirect-with-credentials-in-url", "RED-2", REDIRECT;
        /// The redirect requires sending a stream again.
        RedirectWithStreamBody {
            /// The status.
            status: u16,
        } = "redirect-with-stream-body", "RED-5", REDIRECT;
        /// The URL is of another origin, and the mode is `same-origin`.
        CrossOriginInSameOriginMode {
            /// The URL.
            url: String,
        } = "cross-origin-in-same-origin-mode", "PRE-2", MAIN;
        /// The URL is of another origin, the mode is `no-cors`, and the redirect mode is not `follow`.
        NoCorsNeedsFollow = "no-cors-needs-follow", "PRE-2", MAIN;
        /// The URL is neither http nor https.
        Scheme {
            /// The URL.
            url: String,
        } = "scheme", "PRE-3", MAIN;
        /// `Cross-Origin-Resource-Policy` blocks pages of other origins or sites.
        ResourcePolicy {
            /// The value.
            value: String,
        } = "resource-policy", "PRE-2", RESOURCE_POLICY;
        /// The page requires a `Cross-Origin-Resource-Policy`, and the response has no valid one.
        EmbedderPolicy = "embedder-policy", "PRE-2", RESOURCE_POLICY;
        /// The body is a stream and the URL is `http:`. Streams need HTTP/2, and browsers use HTTP/1.1 there.
        StreamNeedsHttp2 {
            /// The URL.
            url: String,
        } = "stream-needs-http-2", "NET-1", "concept-http-network-fetch";
    }

    /// What an [`Explanation`](crate::explain::Explanation) explains: every [`Reason`](crate::Reason) without its
    /// details, finer causes with a remedy of their own, and causes that only a console message shows.
    ///
    /// ```
    /// use cors_browser::explain::{Cause, Explanation};
    ///
    /// let text = "Access-Control-Allow-Origin cannot contain more than one origin.";
    /// assert_eq!(Explanation::from_console(text).map(|explanation| explanation.cause()), Some(Cause::SeveralAllowedOrigins));
    /// ```
    causes {
        /// `Access-Control-Allow-Origin` has several values or several lines.
        SeveralAllowedOrigins = "several-allowed-origins", "CHK-3", CHECK;
        /// `Access-Control-Allow-Origin` is missing, has several values, or has another value. WebKit's console does
        /// not say which.
        OriginNotAllowed = "origin-not-allowed", "CHK-3", CHECK;
        /// The response to the preflight is a redirect.
        PreflightRedirected = "preflight-redirected", "PRE-11", PREFLIGHT;
        /// Browsers send no requests to this port.
        BlockedPort = "blocked-port", "PRE-0", "port-blocking";
        /// No response arrived. Firefox also says so after a failed preflight; the message before has the cause.
        NoAnswer = "no-answer";
        /// The message says only that something failed. The message before has the cause.
        SaidElsewhere = "said-elsewhere";
        /// The response has an error status. CORS is not the cause.
        ErrorStatus = "error-status";
        /// The user did not permit requests to the local network.
        LocalNetwork = "local-network";
        /// A page of https requests a URL of http.
        MixedContent = "mixed-content";
        /// The page's Content Security Policy does not list the URL.
        ContentSecurityPolicy = "content-security-policy";
        /// The page may read the response, but not this header.
        HeaderNotExposed = "header-not-exposed";
        /// The message is a server's own text. It refuses an origin, a method or a header.
        RefusedByServer = "refused-by-server";
        /// The message is about a cookie of another site.
        CrossSiteCookie = "cross-site-cookie";
    }
}
