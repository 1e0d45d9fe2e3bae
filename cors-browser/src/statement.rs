//! The statements by which a browser blocks: each with the short name of what blocks, its number, and where the standard says so.

/// A statement of the standard, as a verdict and its explanation name it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statement {
    /// A short name that does not change.
    pub(super) code: &'static str,
    /// As `DESIGN.md` lists it.
    pub(super) number: &'static str,
    fragment: &'static str,
}

const CHECK: &str = "concept-cors-check";
const PREFLIGHT: &str = "cors-preflight-fetch";
const REDIRECT: &str = "concept-http-redirect-fetch";
const MAIN: &str = "concept-main-fetch";

impl Statement {
    pub(super) const ALLOW_ORIGIN_MISSING: Self = Self::new("allow-origin-missing", "CHK-1", CHECK);
    /// CHK-2 can only let pass; `*` that it does not let pass is not the origin.
    pub(super) const WILDCARD_WITH_CREDENTIALS: Self = Self::new("wildcard-with-credentials", "CHK-3", CHECK);
    pub(super) const ALLOW_ORIGIN_MISMATCH: Self = Self::new("allow-origin-mismatch", "CHK-3", CHECK);
    pub(super) const ALLOW_CREDENTIALS_NOT_TRUE: Self = Self::new("allow-credentials-not-true", "CHK-4", CHECK);
    pub(super) const PREFLIGHT_STATUS: Self = Self::new("preflight-status", "PRE-11", PREFLIGHT);
    pub(super) const PREFLIGHT_LIST_MALFORMED: Self = Self::new("preflight-list-malformed", "PRE-12", PREFLIGHT);
    pub(super) const METHOD_NOT_ALLOWED: Self = Self::new("method-not-allowed", "PRE-13", PREFLIGHT);
    pub(super) const HEADER_NOT_ALLOWED: Self = Self::new("header-not-allowed", "PRE-15", PREFLIGHT);
    pub(super) const REDIRECT_MODE_ERROR: Self = Self::new("redirect-mode-error", "RED-1", "concept-http-fetch");
    pub(super) const REDIRECT_LOCATION_INVALID: Self = Self::new("redirect-location-invalid", "RED-1", REDIRECT);
    pub(super) const REDIRECT_SCHEME: Self = Self::new("redirect-scheme", "RED-1", REDIRECT);
    pub(super) const TOO_MANY_REDIRECTS: Self = Self::new("too-many-redirects", "RED-1", REDIRECT);
    pub(super) const REDIRECT_WITH_CREDENTIALS_IN_URL: Self =
        Self::new("redirect-with-credentials-in-url", "RED-2", REDIRECT);
    pub(super) const REDIRECT_WITH_STREAM_BODY: Self = Self::new("redirect-with-stream-body", "RED-5", REDIRECT);
    pub(super) const CROSS_ORIGIN_IN_SAME_ORIGIN_MODE: Self =
        Self::new("cross-origin-in-same-origin-mode", "PRE-2", MAIN);
    pub(super) const NO_CORS_NEEDS_FOLLOW: Self = Self::new("no-cors-needs-follow", "PRE-2", MAIN);
    pub(super) const SCHEME: Self = Self::new("scheme", "PRE-3", MAIN);
    pub(super) const RESOURCE_POLICY: Self =
        Self::new("resource-policy", "PRE-2", "cross-origin-resource-policy-check");
    pub(super) const EMBEDDER_POLICY: Self = Self::RESOURCE_POLICY.named("embedder-policy");
    pub(super) const STREAM_NEEDS_HTTP_2: Self =
        Self::new("stream-needs-http-2", "NET-1", "concept-http-network-fetch");

    pub(super) const fn new(code: &'static str, number: &'static str, fragment: &'static str) -> Self {
        Self { code, number, fragment }
    }

    /// The same statement, where another remedy wants another name.
    pub(super) const fn named(self, code: &'static str) -> Self {
        Self { code, ..self }
    }

    pub(super) fn anchor(self) -> String {
        format!("https://fetch.spec.whatwg.org/#{}", self.fragment)
    }
}
