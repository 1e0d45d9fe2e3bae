//! A page for each code that `why` prints: what you see, why it is so, and what to do in your stack.

/// Makes a module with its page for each code, and the list of them.
macro_rules! pages {
    ($($name:ident = $code:literal,)+) => {
        $(
            #[doc = include_str!(concat!("../codes/", $code, ".md"))]
            pub mod $name {}
        )+

        const PAGES: &[(&str, &str)] = &[$(($code, stringify!($name)),)+];
    };
}

pages! {
    allow_credentials_not_true = "allow-credentials-not-true",
    allow_origin_mismatch = "allow-origin-mismatch",
    allow_origin_missing = "allow-origin-missing",
    blocked_port = "blocked-port",
    body_with_get = "body-with-get",
    content_security_policy = "content-security-policy",
    cross_origin_in_same_origin_mode = "cross-origin-in-same-origin-mode",
    cross_site_cookie = "cross-site-cookie",
    embedder_policy = "embedder-policy",
    error_status = "error-status",
    header_invalid = "header-invalid",
    header_not_allowed = "header-not-allowed",
    header_not_exposed = "header-not-exposed",
    local_network = "local-network",
    method_forbidden = "method-forbidden",
    method_invalid = "method-invalid",
    method_not_allowed = "method-not-allowed",
    method_not_simple_in_no_cors = "method-not-simple-in-no-cors",
    mixed_content = "mixed-content",
    no_answer = "no-answer",
    no_cors_needs_follow = "no-cors-needs-follow",
    only_if_cached_needs_same_origin = "only-if-cached-needs-same-origin",
    origin_not_allowed = "origin-not-allowed",
    preflight_list_malformed = "preflight-list-malformed",
    preflight_redirected = "preflight-redirected",
    preflight_status = "preflight-status",
    redirect_location_invalid = "redirect-location-invalid",
    redirect_mode_error = "redirect-mode-error",
    redirect_scheme = "redirect-scheme",
    redirect_with_credentials_in_url = "redirect-with-credentials-in-url",
    redirect_with_stream_body = "redirect-with-stream-body",
    refused_by_server = "refused-by-server",
    resource_policy = "resource-policy",
    said_elsewhere = "said-elsewhere",
    scheme = "scheme",
    several_allowed_origins = "several-allowed-origins",
    stream_in_no_cors = "stream-in-no-cors",
    stream_needs_http_2 = "stream-needs-http-2",
    stream_not_supported = "stream-not-supported",
    too_many_redirects = "too-many-redirects",
    url_invalid = "url-invalid",
    url_with_credentials = "url-with-credentials",
    wildcard_with_credentials = "wildcard-with-credentials",
}

/// Where the page of a code is; none of codes that need no page, such as `allowed`.
pub(crate) fn address(code: &str) -> Option<String> {
    let (_, name) = PAGES.iter().find(|(of, _)| *of == code)?;
    Some(format!("https://docs.rs/cors-why/latest/cors_why/codes/{name}/"))
}

#[cfg(test)]
mod tests;
