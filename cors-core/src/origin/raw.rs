//! Splits a text that should be an origin into its parts, however wrong it is.

/// The probable parts of a text. Nothing here is checked.
#[derive(Debug)]
pub(crate) struct RawOrigin<'t> {
    /// The text before `://`, `:/` or `:\`, if it looks like a scheme.
    pub(crate) scheme: Option<&'t str>,
    /// The text between scheme and authority: `://` in a valid origin.
    pub(crate) slashes: &'t str,
    pub(crate) user_info: Option<&'t str>,
    /// Whether `*.` is before the host.
    pub(crate) subdomains: bool,
    pub(crate) host: &'t str,
    pub(crate) port: Option<&'t str>,
    /// Path, query and fragment.
    pub(crate) tail: &'t str,
}

impl<'t> RawOrigin<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let (scheme, rest) = split_scheme(text);
        let colon = usize::from(scheme.is_some());
        let slashes = rest[colon..].bytes().take_while(|byte| matches!(byte, b'/' | b'\\')).count();
        let (slashes, rest) = rest.split_at(colon + slashes);
        let authority_end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(authority_end);
        let (user_info, authority) = match authority.rsplit_once('@') {
            Some((user_info, authority)) => (Some(user_info), authority),
            None => (None, authority),
        };
        let (subdomains, authority) = match authority.strip_prefix("*.") {
            Some(base) => (true, base),
            None => (false, authority),
        };
        let (host, port) = split_port(authority);
        Self { scheme, slashes, user_info, subdomains, host, port, tail }
    }

    pub(crate) fn any_port(&self) -> bool {
        self.port == Some("*")
    }

    pub(crate) fn has_wildcard(&self) -> bool {
        self.subdomains || self.any_port()
    }

    /// Returns the number of bytes that the shortest label for `*.` needs.
    pub(crate) const fn room_below(&self) -> usize {
        if self.subdomains { "a.".len() } else { 0 }
    }

    /// Whether the host seems to contain a second port: `example.com:8443:*` has two.
    pub(crate) fn has_second_port(&self) -> bool {
        self.port.is_some() && self.host.rsplit(']').next().is_some_and(|end| end.contains(':'))
    }

    /// Whether the scheme may have a wildcard: http or https, in any case. A missing scheme counts, because it is a
    /// mistake of its own.
    pub(crate) fn is_web(&self) -> bool {
        self.scheme.is_none_or(|scheme| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
    }
}

/// Splits off the scheme: `https:/app.example.com` has one, `localhost:3000` has none. A scheme must have slashes
/// behind it, or be known to need none.
fn split_scheme(text: &str) -> (Option<&str>, &str) {
    let Some(colon) = text.find(':') else {
        return (None, text);
    };
    let (scheme, rest) = text.split_at(colon);
    let known = ["http", "https", "data", "blob", "about", "javascript"];
    let is_known = known.iter().any(|name| scheme.eq_ignore_ascii_case(name));
    let slash_follows = rest[1..].starts_with(['/', '\\']);
    if (!scheme.is_empty() && rest.starts_with("://")) || is_known || (is_scheme(scheme) && slash_follows) {
        (Some(scheme), rest)
    } else {
        (None, text)
    }
}

/// Whether a text has the syntax of a scheme (<https://url.spec.whatwg.org/#url-scheme-string>).
pub(super) fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    let after_address = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    match authority[after_address..].rfind(':') {
        Some(colon) => {
            let (host, port) = authority.split_at(after_address + colon);
            (host, Some(&port[1..]))
        }
        None => (authority, None),
    }
}
