//! What a server knows of a fetch's credentials.

/// Whether a page's script fetches with credentials, as far as a server knows
/// (<https://fetch.spec.whatwg.org/#concept-request-credentials-mode>).
///
/// ```
/// use cors_core::Credentials;
///
/// // A `Cookie` came with `Sec-Fetch-Mode: cors`, which no form or image sends.
/// let (has_cookie, is_a_scripts) = (true, true);
/// let credentials = if has_cookie && is_a_scripts { Credentials::Included } else { Credentials::Unknown };
/// assert_eq!(credentials, Credentials::Included);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Credentials {
    /// The mode is `include`.
    Included,
    /// The mode is `omit` or `same-origin`.
    NotIncluded,
    /// The request does not show it, as no preflight does. It is judged as if they were not included.
    #[default]
    Unknown,
}
