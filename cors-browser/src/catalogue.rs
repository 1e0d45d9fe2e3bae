//! All that can block, one entry each: what it is, its name, and the statement of the standard that says so. The check that finds it
//! is elsewhere; what people read about it is in `explain/words` and `explain/console`.

use super::statement::{Statement, catalogue};

pub(crate) const CHECK: &str = "concept-cors-check";
pub(crate) const PREFLIGHT: &str = "cors-preflight-fetch";
const REDIRECT: &str = "concept-http-redirect-fetch";
const MAIN: &str = "concept-main-fetch";
const RESOURCE_POLICY: &str = "cross-origin-resource-policy-check";

catalogue! {
    /// Why a browser keeps an answer from a page, with what an explanation needs. [`Blocked`](crate::Blocked) has an example.
    reasons {
        /// The answer has no `Access-Control-Allow-Origin`.
        AllowOriginMissing {
            /// The origin that it had to allow.
            origin: String,
        } = "allow-origin-missing", "CHK-1", CHECK;
        // CHK-2 can only let pass; `*` that it does not let pass is not the origin.
        /// `Access-Control-Allow-Origin` is `*`, and the credentials mode is include.
        WildcardWithCredentials {
            /// The origin that it had to allow.
            origin: String,
        } = "wildcard-with-credentials", "CHK-3", CHECK;
        /// `Access-Control-Allow-Origin` is another value than the origin.
        AllowOriginMismatch {
            /// The origin that it had to allow.
            origin: String,
            /// The value; of several lines, joined by `, `.
            value: Vec<u8>,
        } = "allow-origin-mismatch", "CHK-3", CHECK;
        /// The credentials mode is include, and `Access-Control-Allow-Credentials` is not exactly `true`.
        AllowCredentialsNotTrue {
            /// The value; of several lines, joined by `, `.
            value: Option<Vec<u8>>,
        } = "allow-credentials-not-true", "CHK-4", CHECK;
        /// The status of a preflight's answer is not 200 to 299.
        PreflightStatus {
            /// The status.
            status: u16,
        } = "preflight-status", "PRE-11", PREFLIGHT;
        /// A list in a preflight's answer has an element that is no token.
        PreflightListMalformed {
            /// The name of the header, in lower case.
            header: &'static str,
            /// The value; of several lines, joined by `, `.
            value: Vec<u8>,
        } = "preflight-list-malformed", "PRE-12", PREFLIGHT;
        /// `Access-Control-Allow-Methods` does not list the method.
        MethodNotAllowed {
            /// The method.
            method: String,
            /// What is listed.
            allowed: Vec<String>,
            /// Whether the credentials mode is include, by which `*` is a name like any other.
            with_credentials: bool,
        } = "method-not-allowed", "PRE-13", PREFLIGHT;
        /// `Access-Control-Allow-Headers` does not list a header.
        HeaderNotAllowed {
            /// Its name, in lower case.
            name: String,
            /// What is listed.
            allowed: Vec<String>,
            /// Whether the credentials mode is include, by which `*` is a name like any other.
            with_credentials: bool,
        } = "header-not-allowed", "PRE-15", PREFLIGHT;
        /// There was a redirect, and the redirect mode is error.
        RedirectModeError {
            /// The status.
            status: u16,
        } = "redirect-mode-error", "RED-1", "concept-http-fetch";
        /// `Location` is no URL, or is there twice.
        RedirectLocationInvalid {
            /// The value; of several lines, joined by `, `.
            value: Vec<u8>,
        } = "redirect-location-invalid", "RED-1", REDIRECT;
        /// A redirect leads to something else than http or https.
        RedirectScheme {
            /// Where to.
            url: String,
        } = "redirect-scheme", "RED-1", REDIRECT;
        /// There are more than 20 redirects.
        TooManyRedirects = "too-many-redirects", "RED-1", REDIRECT;
        /// A redirect leads to a URL with user info.
        RedirectWithCredentialsInUrl {
            /// Where to.
            url: String,
        } = "redirect-with-credentials-in-url", "RED-2", REDIRECT;
        /// A redirect would have to send a stream again.
        RedirectWithStreamBody {
            /// The status.
            status: u16,
        } = "redirect-with-stream-body", "RED-5", REDIRECT;
        /// The URL is of another origin, and the mode is same-origin.
        CrossOriginInSameOriginMode {
            /// The URL.
            url: String,
        } = "cross-origin-in-same-origin-mode", "PRE-2", MAIN;
        /// The URL is of another origin, the mode is no-cors, and the redirect mode is not follow.
        NoCorsNeedsFollow = "no-cors-needs-follow", "PRE-2", MAIN;
        /// The URL is neither http nor https.
        Scheme {
            /// The URL.
            url: String,
        } = "scheme", "PRE-3", MAIN;
        /// `Cross-Origin-Resource-Policy` keeps the answer from pages of other origins or sites.
        ResourcePolicy {
            /// The value.
            value: String,
        } = "resource-policy", "PRE-2", RESOURCE_POLICY;
        /// The page demands a `Cross-Origin-Resource-Policy`, and the answer has none.
        EmbedderPolicy = "embedder-policy", "PRE-2", RESOURCE_POLICY;
        /// The body is a stream, and the URL is `http:`, where browsers speak HTTP/1.1, which cannot send one.
        StreamNeedsHttp2 {
            /// The URL.
            url: String,
        } = "stream-needs-http-2", "NET-1", "concept-http-network-fetch";
    }

    /// What an [`Explanation`](crate::explain::Explanation) explains. Most are a [`Reason`](crate::Reason) without its details; some of these are told apart
    /// further, where the remedy is another, and some only a console message can say.
    ///
    /// ```
    /// use cors_browser::explain::{Cause, Explanation};
    ///
    /// let text = "Access-Control-Allow-Origin cannot contain more than one origin.";
    /// assert_eq!(Explanation::from_console(text).map(|explanation| explanation.cause()), Some(Cause::SeveralAllowedOrigins));
    /// ```
    causes {
        /// `Access-Control-Allow-Origin` has several values, or is there twice.
        SeveralAllowedOrigins = "several-allowed-origins", "CHK-3", CHECK;
        /// `Access-Control-Allow-Origin` is missing, has several values, or is another value; the console of WebKit does not say which.
        OriginNotAllowed = "origin-not-allowed", "CHK-3", CHECK;
        /// The status of a preflight's answer is not 200 to 299, for the answer is a redirect.
        PreflightRedirected = "preflight-redirected", "PRE-11", PREFLIGHT;
        /// Browsers send nothing to this port.
        BlockedPort = "blocked-port", "PRE-0", "port-blocking";
        /// No answer came. Firefox says so too after a failed preflight, whose cause stands in the message before.
        NoAnswer = "no-answer";
        /// The message says only that something failed; the one before it says what.
        SaidElsewhere = "said-elsewhere";
        /// The answer has an error status, and CORS has nothing to do with it.
        ErrorStatus = "error-status";
        /// The user did not permit requests to the local network.
        LocalNetwork = "local-network";
        /// A page of https asked an address of http.
        MixedContent = "mixed-content";
        /// The Content Security Policy of the page does not list the address.
        ContentSecurityPolicy = "content-security-policy";
        /// The page may read the answer, but not this header of it.
        HeaderNotExposed = "header-not-exposed";
        /// It is a server's own text, by which it refuses an origin, a method or a header.
        RefusedByServer = "refused-by-server";
        /// It is about a cookie of another site.
        CrossSiteCookie = "cross-site-cookie";
    }
}
