//! Whether a request includes credentials, as far as a server can tell.

/// Whether a script's request includes credentials, as far as a server can tell
/// (<https://fetch.spec.whatwg.org/#concept-request-credentials-mode>).
///
/// Exhaustive: yes, no and unknown are all possible answers.
///
/// ```
/// use cors_core::Credentials;
///
/// // The request has `Cookie` and `Sec-Fetch-Mode: cors`, which no form or image sends.
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
    /// The request does not show the mode; no preflight does. Treated as not included.
    #[default]
    Unknown,
}
