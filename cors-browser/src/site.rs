//! Sites (<https://html.spec.whatwg.org/#sites>).

use cors_core::{PublicSuffixes, SuffixList};

use url::{Host, Url};

/// Returns the site of an origin: its scheme and registrable domain, or else its scheme and host. A text that is not a
/// URL is returned unchanged.
pub(super) fn site_of(origin: &str) -> String {
    let site = |url: Url| Some(format!("{}://{}", url.scheme(), host_of_site(&url)?));
    Url::parse(origin).ok().and_then(site).unwrap_or_else(|| origin.to_owned())
}

/// Whether two URLs have the same site, with any schemes (<https://html.spec.whatwg.org/#schemelessly-same-site>).
pub(super) fn is_schemelessly_same_site(left: &Url, right: &Url) -> bool {
    host_of_site(left).is_some_and(|host| host_of_site(right) == Some(host))
}

/// Returns the registrable domain of an origin; `None` for IP addresses, `localhost` and public suffixes.
pub(super) fn registrable_domain_of(origin: &str) -> Option<String> {
    let url = Url::parse(origin).ok()?;
    match url.host()? {
        Host::Domain(_) => registrable_domain(url.host_str()?).map(str::to_owned),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

fn host_of_site(url: &Url) -> Option<&str> {
    let host = url.host_str()?;
    Some(match url.host()? {
        Host::Domain(_) => registrable_domain(host).unwrap_or(host),
        Host::Ipv4(_) | Host::Ipv6(_) => host,
    })
}

/// Returns the registrable domain of a host (<https://url.spec.whatwg.org/#host-registrable-domain>).
fn registrable_domain(host: &str) -> Option<&str> {
    // If no rule of the list matches, the last label is the public suffix.
    let two_labels = || host.rmatch_indices('.').nth(1).map_or(host, |(dot, _)| &host[dot + 1..]);
    let is_public_suffix = PublicSuffixes.section(host).is_some();
    PublicSuffixes.registrable(host).or_else(|| (host.contains('.') && !is_public_suffix).then(two_labels))
}
