//! Public suffixes: names such as `co.uk` and `github.io`, below which strangers have their sites.

#[cfg(feature = "public-suffix")]
mod table;

#[cfg(feature = "public-suffix")]
pub use table::PublicSuffixes;

/// A list of public suffixes, for [`PolicyDraft::validate_with`](crate::PolicyDraft::validate_with).
///
/// `PublicSuffixes`, which comes with the feature `public-suffix`, is the list that browsers have. Another list is a few lines:
///
/// ```
/// use cors_core::{PolicyDraft, SuffixList, SuffixSection};
///
/// /// The names that a company hands out to its customers.
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
    /// The section of the list in which a host is a suffix; `None` where it is none.
    ///
    /// The host is written as in an `Origin` line: in lower case, in Punycode, without a final dot.
    fn section(&self, host: &str) -> Option<SuffixSection>;

    /// A suffix that has the host as its parent, or further up: `s3.amazonaws.com` for `amazonaws.com`. Of several, one that
    /// readers of a message are likely to know. A rule for every label is named as lists write it: `*.compute.amazonaws.com`.
    fn below(&self, host: &str) -> Option<String>;
}

/// A section of the list of public suffixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SuffixSection {
    /// Names that registries hand out: `com`, `co.uk`.
    Icann,
    /// Names that other owners hand out to their users: `github.io`, `vercel.app`.
    Private,
}
