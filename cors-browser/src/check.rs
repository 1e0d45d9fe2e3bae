//! The CORS check, and the cross-origin resource policy check.

use url::Url;

use super::deviations::Deviations;
use super::fetching::Fetching;
use super::header::{get, isomorphic_decode};
use super::modes::CredentialsMode;
use super::site::is_schemelessly_same_site;
use super::{EmbedderPolicy, HeaderLine, Reason};

/// Checks whether a response allows an origin to read it (<https://fetch.spec.whatwg.org/#concept-cors-check>).
///
/// # Errors
///
/// Returns the reason why it does not.
///
/// ```
/// use cors_browser::{CredentialsMode, HeaderLine, cors_check};
///
/// let lines = [HeaderLine::new("Access-Control-Allow-Origin", "*")];
/// assert_eq!(cors_check("https://app.example.com", CredentialsMode::SameOrigin, &lines), Ok(()));
///
/// let reason = cors_check("https://app.example.com", CredentialsMode::Include, &lines).unwrap_err();
/// assert_eq!((reason.code(), reason.statement()), ("wildcard-with-credentials", "CHK-3"));
/// ```
pub fn cors_check(origin: &str, credentials: CredentialsMode, headers: &[HeaderLine]) -> Result<(), Reason> {
    let origin = origin.to_owned();
    // CHK-1
    let Some(allowed) = get(headers, "access-control-allow-origin") else {
        return Err(Reason::AllowOriginMissing { origin });
    };
    let include = credentials == CredentialsMode::Include;
    // CHK-2
    if allowed == b"*" && !include {
        return Ok(());
    }
    // CHK-3
    if allowed == b"*" {
        return Err(Reason::WildcardWithCredentials { origin });
    }
    if allowed != origin.as_bytes() {
        return Err(Reason::AllowOriginMismatch { origin, value: allowed });
    }
    // CHK-4
    let value = get(headers, "access-control-allow-credentials");
    if include && value.as_deref() != Some(b"true") {
        return Err(Reason::AllowCredentialsNotTrue { value });
    }
    Ok(())
}

/// The cross-origin resource policy check: PRE-2
/// (<https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check>).
pub(super) fn resource_policy_check(
    fetching: &Fetching,
    headers: &[HeaderLine],
    deviations: &Deviations,
) -> Result<(), Reason> {
    let policy = get(headers, "cross-origin-resource-policy");
    let blocks = match policy.as_deref() {
        Some(b"same-origin") => !fetching.is_same_origin(),
        Some(b"same-site") => !is_same_site(fetching),
        Some(b"cross-origin") => false,
        Some(value) if deviations.unknown_resource_policies_satisfy && !value.is_empty() => false,
        // No policy or an unknown one. `Credentialless` does not need one: the request had no credentials.
        _ if fetching.page.embedder_policy == EmbedderPolicy::RequireCorp && !fetching.is_same_origin() => {
            return Err(Reason::EmbedderPolicy);
        }
        _ => false,
    };
    match policy.filter(|_| blocks) {
        Some(value) => Err(Reason::ResourcePolicy { value: isomorphic_decode(&value) }),
        None => Ok(()),
    }
}

/// Returns whether page and URL are schemelessly same site. For a page without https, an https URL never is.
fn is_same_site(fetching: &Fetching) -> bool {
    let is_same = |page: Url| {
        is_schemelessly_same_site(&page, &fetching.url)
            && (page.scheme() == "https" || fetching.url.scheme() != "https")
    };
    Url::parse(fetching.page.origin()).is_ok_and(is_same)
}
