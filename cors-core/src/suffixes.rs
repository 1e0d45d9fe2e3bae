//! Public suffixes: names such as `co.uk` and `github.io`, below which different owners have their sites.

#[cfg(feature = "public-suffix")]
mod table;

#[cfg(feature = "public-suffix")]
pub use table::PublicSuffixes;

/// A list of public suffixes, for [`PolicyDraft::validate_with`](crate::PolicyDraft::validate_with).
///
/// `PublicSuffixes` (feature `public-suffix`) is the list that browsers use. Another list takes a few lines:
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{PolicyDraft, SuffixList, SuffixSection};
///
/// /// The names below which a company gives names to its customers.
/// struct Customers([&'static str; 2]);
///
/// impl SuffixList for Customers {
///     fn section(&self, host: &str) -> Option<SuffixSection> {
///         self.0.contains(&host).then_some(SuffixSection::Private)
///     }
///
///     fn below(&self, host: &str) -> Option<String> {
///         let is_below = |suffix: &&str| suffix.strip_suffix(host).is_some_and(|labels| labels.ends_with('.'));
///         self.0.into_iter().find(is_below).map(str::to_owned)
///     }
/// }
///
/// let list = Customers(["shops.example.com", "sites.example.com"]);
/// let code = |origin: &str| {
///     let draft = PolicyDraft::new().origins([origin]).credentials(true);
///     draft.validate_with(&list).err().map(|issues| issues.iter().next().unwrap().kind().code())
/// };
/// assert_eq!(code("https://*.shops.example.com"), Some("public-suffix-with-credentials"));
/// assert_eq!(code("https://*.example.com"), Some("public-suffix-with-credentials"));
/// assert_eq!(code("https://*.example.org"), None);
/// ```
pub trait SuffixList {
    /// Returns the section of the list in which a host is a suffix; `None` if it is not one.
    ///
    /// The host is in lower case and Punycode, without a final dot.
    fn section(&self, host: &str) -> Option<SuffixSection>;

    /// Returns a suffix below a host, at any depth: `s3.amazonaws.com` for `amazonaws.com`. Messages show it, so prefer
    /// a well-known one. A rule for every label is returned as in the list: `*.compute.amazonaws.com`.
    fn below(&self, host: &str) -> Option<String>;

    /// Returns the version of the list for messages, because a newer list can refuse a policy that was valid. `None` by
    /// default.
    fn version(&self) -> Option<String> {
        None
    }
}

/// A section of the list of public suffixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SuffixSection {
    /// Suffixes of registries: `com`, `co.uk`.
    Icann,
    /// Suffixes of other owners, whose users get names below them: `github.io`, `vercel.app`.
    Private,
}
