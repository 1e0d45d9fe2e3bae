//! Origins that a server allows only if it compares carelessly.

use cors_browser::{Response, Stranger};
use url::{Host, Url};

use super::Warning;

pub(super) const NULL_ALLOWED: &str =
    "the server allows null, which is what sandboxed frames of every site are, so every site can read the answer";

/// A port that no configuration means.
const PORT: u16 = 47001;

/// An origin to ask as, and the mistake of a server that allows it.
pub(super) struct Lookalike {
    pub(super) origin: String,
    pub(super) code: &'static str,
    /// `None` if some servers allow it on purpose.
    without_credentials: Option<String>,
    with_credentials: String,
    /// The codes of warnings that include this one.
    covered_by: &'static [&'static str],
}

impl Lookalike {
    /// The lookalikes of an origin. The first has nothing in common with it.
    pub(super) fn of(origin: &str) -> Vec<Self> {
        let strangers = Stranger::of(origin);
        let mut all: Vec<Self> = strangers.iter().map(Self::of_stranger).collect();
        let Ok(url) = Url::parse(origin) else { return all };
        if all.is_empty() {
            return all;
        }
        if let Some(Host::Domain(host)) = url.host() {
            all.extend(of_host(&url, host));
        }
        all.push(Self {
            origin: "null".to_owned(),
            code: "null-allowed",
            without_credentials: Some(NULL_ALLOWED.to_owned()),
            with_credentials: NULL_ALLOWED.to_owned(),
            covered_by: &[],
        });
        all
    }

    /// What is wrong with a server that sends this response.
    pub(super) fn hole(&self, response: &Response) -> Option<String> {
        let is = |name: &str, value: &str| response.values(name).eq([value.as_bytes()]);
        let with_credentials = is("access-control-allow-credentials", "true");
        let text = if with_credentials { Some(&self.with_credentials) } else { self.without_credentials.as_ref() };
        text.filter(|_| is("access-control-allow-origin", &self.origin)).cloned()
    }

    pub(super) fn is_covered_by(&self, warnings: &[Warning]) -> bool {
        warnings.iter().any(|warning| self.covered_by.contains(&warning.code))
    }

    fn of_stranger(stranger: &Stranger) -> Self {
        let text =
            |with_credentials| stranger.warning("the server", "Access-Control-Allow-Origin: *", with_credentials);
        Self {
            origin: stranger.origin().to_owned(),
            code: stranger.code(),
            without_credentials: (!stranger.is_insecure()).then(|| text(false)),
            with_credentials: text(true),
            covered_by: &[],
        }
    }

    fn new(origin: String, code: &'static str, why: &str, instead: &str, covered_by: &'static [&'static str]) -> Self {
        let text = |along: &str, what: &str| {
            format!("the server allows {origin} too{along}, {why} can read {what}. {instead}")
        };
        Self {
            without_credentials: Some(text("", "what is meant for others")),
            with_credentials: text(", with credentials", "what belongs to your users"),
            origin,
            code,
            covered_by,
        }
    }
}

fn of_host(url: &Url, host: &str) -> Vec<Lookalike> {
    let scheme = url.scheme();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let is_local = host == "localhost" || host.ends_with(".localhost");
    let mut all = Vec::new();
    if is_local {
        all.push(Lookalike::new(
            format!("{scheme}://why-probe{host}{port}"),
            "ending-matched",
            "since it ends like an origin that it means: anyone who has such a host",
            "Compare the whole origin",
            &[],
        ));
    } else {
        all.extend(dot_replaced(host).map(|host| {
            Lookalike::new(
                format!("{scheme}://{host}{port}"),
                "dot-matched",
                "since a dot of its pattern stands for any character: anyone who registers such a host",
                "Write \\. in the pattern, or compare whole origins",
                &["ending-matched", "beginning-matched"],
            )
        }));
        all.push(Lookalike::new(
            "http://localhost.why-probe.invalid".to_owned(),
            "localhost-matched",
            "since it begins like localhost: anyone who has such a host",
            "Compare the whole host",
            &["beginning-matched"],
        ));
        let any_port = Lookalike::new(
            format!("{scheme}://{host}:{PORT}"),
            "port-matched",
            "on any port: every other program on that host",
            "Compare the port too",
            &["beginning-matched"],
        );
        all.push(Lookalike { without_credentials: None, ..any_port });
    }
    let mut part = format!("{scheme}://{host}");
    part.pop();
    all.push(Lookalike::new(
        part,
        "part-matched",
        "which is a part of an origin that it means: anyone who has a host of such a part",
        "Look for the whole origin in a list, not for a part of a text",
        &[],
    ));
    all
}

/// Replaces the dot before the registered name with a letter. Names below the registered one belong to its owner.
fn dot_replaced(host: &str) -> Option<String> {
    let name = cors_core::PublicSuffixes.registrable(host)?;
    let above = host.strip_suffix(name)?.strip_suffix('.')?;
    Some(format!("{above}x{name}"))
}
