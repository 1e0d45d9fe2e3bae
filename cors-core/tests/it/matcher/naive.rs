//! A matcher that is as slow and plain as possible.

/// A pattern as its parts, to make origins that fit it.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    pub(crate) scheme: &'static str,
    pub(crate) subdomains: bool,
    pub(crate) host: String,
    /// `None` for any.
    pub(crate) port: Option<Option<u16>>,
}

impl Parts {
    pub(crate) fn text(&self) -> String {
        let subdomains = if self.subdomains { "*." } else { "" };
        let port = match self.port {
            None => ":*".to_owned(),
            Some(None) => String::new(),
            Some(Some(port)) => format!(":{port}"),
        };
        format!("{}://{subdomains}{}{port}", self.scheme, self.host)
    }

    /// Whether the pattern matches, by the words of the policy language.
    pub(crate) fn matches(&self, origin: &str) -> bool {
        let Some((scheme, rest)) = origin.split_once("://") else {
            return false;
        };
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(port)),
            _ => (rest, None),
        };
        let port_matches = match (self.port, port) {
            (None, None) | (Some(None), None) => true,
            (None, Some(port)) => {
                let default = if scheme == "http" { 80 } else { 443 };
                port.parse().is_ok_and(|number: u16| number != 0 && number != default && number.to_string() == port)
            }
            (Some(Some(wanted)), Some(port)) => wanted.to_string() == port,
            (Some(None), Some(_)) | (Some(Some(_)), None) => false,
        };
        let host_matches = if self.subdomains {
            let labels: Vec<&str> = host.split('.').collect();
            let base: Vec<&str> = self.host.split('.').collect();
            let below = labels.len().saturating_sub(base.len());
            host.len() <= 253
                && below > 0
                && labels[below..] == base[..]
                && labels[..below].iter().all(|label| is_label(label))
        } else {
            host == self.host
        };
        scheme == self.scheme && port_matches && host_matches
    }
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.chars().count())
        && label.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
}
