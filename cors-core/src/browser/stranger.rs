//! Origins that a server must not allow because it allows another, and that careless comparisons let in.

use url::{Host, Url};

use super::Response;

/// What a host of nobody's begins with here.
const PROBE: &str = "why-probe";

/// An origin that has nothing to do with the one it was [made of](Self::of), and that a server allows only by mistake. No page is there:
/// ask as it, and see.
///
/// ```
/// use cors_core::browser::{Response, Stranger};
///
/// let strangers = Stranger::of("https://app.example.com");
/// let origins: Vec<&str> = strangers.iter().map(Stranger::origin).collect();
/// assert_eq!(
///     origins,
///     [
///         "https://why-probe.invalid",
///         "https://why-probeexample.com",
///         "https://app.example.com.why-probe.invalid",
///         "http://app.example.com",
///     ]
/// );
/// let answer = Response::new(200).header("Access-Control-Allow-Origin", "https://why-probeexample.com");
/// assert_eq!(
///     strangers[1].hole(&answer).unwrap(),
///     "the server allows https://why-probeexample.com too, since it ends like an origin that it means: whoever registers such a \
///      host can read what is meant for others. Compare whole labels: \".example.com\", with the dot"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stranger {
    origin: String,
    likeness: Likeness,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Likeness {
    /// To nothing: only an echo of whatever asks allows it.
    None,
    /// The end of the text, and what the text should end with.
    Ending(String),
    /// The beginning of the text.
    Beginning,
    /// All but the scheme.
    Insecure,
}

impl Stranger {
    /// The strangers to an origin; none to `null`, and to what is no origin. The first has nothing in common with it.
    ///
    /// Where a registered name begins is known with the feature `public-suffix` only; without it those of two labels count as
    /// registered.
    pub fn of(origin: &str) -> Vec<Self> {
        let Ok(url) = Url::parse(origin) else { return Vec::new() };
        let Some(host) = url.host() else { return Vec::new() };
        let mut strangers = vec![Self { origin: format!("https://{PROBE}.invalid"), likeness: Likeness::None }];
        let Host::Domain(host) = host else { return strangers };
        let (scheme, port) = (url.scheme(), url.port().map(|port| format!(":{port}")).unwrap_or_default());
        if let Some(name) = registered(host) {
            let likeness = Likeness::Ending(format!(".{name}"));
            strangers.push(Self { origin: format!("{scheme}://{PROBE}{name}{port}"), likeness });
        }
        let likeness = Likeness::Beginning;
        strangers.push(Self { origin: format!("{scheme}://{host}.{PROBE}.invalid{port}"), likeness });
        let is_local = host == "localhost" || host.ends_with(".localhost");
        if scheme == "https" && !is_local {
            strangers.push(Self { origin: format!("http://{host}{port}"), likeness: Likeness::Insecure });
        }
        strangers
    }

    /// As it stands in an `Origin` line.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A short name of the mistake by which it is allowed, which does not change.
    pub const fn code(&self) -> &'static str {
        match self.likeness {
            Likeness::None => "origin-reflected",
            Likeness::Ending(_) => "ending-matched",
            Likeness::Beginning => "beginning-matched",
            Likeness::Insecure => "insecure-matched",
        }
    }

    /// What is wrong with a server that answers it so, and what to do. None where the answer does not name it, as `*` does not; nor
    /// where it is a page without encryption that gets nothing by credentials, which some servers mean to allow.
    pub fn hole(&self, answer: &Response) -> Option<String> {
        let is_named = answer.values("access-control-allow-origin").eq([self.origin.as_bytes()]);
        let with_credentials = answer.values("access-control-allow-credentials").eq([b"true"]);
        let is_hole = is_named && (with_credentials || self.likeness != Likeness::Insecure);
        is_hole.then(|| self.warning(with_credentials))
    }

    fn warning(&self, with_credentials: bool) -> String {
        let origin = &self.origin;
        let along = if with_credentials { ", with credentials" } else { "" };
        let what = if with_credentials { "what belongs to your users" } else { "what is meant for others" };
        match &self.likeness {
            Likeness::None if with_credentials => format!(
                "the server allows whatever origin asks, {origin} too, and with credentials: every site can read what belongs to \
                 your users. Name the origins that may"
            ),
            Likeness::None => format!(
                "the server allows whatever origin asks, {origin} too. If everybody may read the answer, say so by \
                 Access-Control-Allow-Origin: *, and if not, name the origins that may"
            ),
            Likeness::Ending(ending) => format!(
                "the server allows {origin} too{along}, since it ends like an origin that it means: whoever registers such a host \
                 can read {what}. Compare whole labels: {ending:?}, with the dot"
            ),
            Likeness::Beginning => format!(
                "the server allows {origin} too{along}, since it begins like an origin that it means: whoever has such a host can \
                 read {what}. Compare the whole origin"
            ),
            Likeness::Insecure => format!(
                "the server allows {origin} too{along}, which is not encrypted: whoever sits between browser and server can put a \
                 page of their own there, and read {what}. Compare the scheme too"
            ),
        }
    }
}

/// The part of a host that somebody registers: `example.co.uk` of `www.example.co.uk`.
#[cfg(feature = "public-suffix")]
fn registered(host: &str) -> Option<&str> {
    crate::PublicSuffixes.registrable(host)
}

#[cfg(not(feature = "public-suffix"))]
fn registered(host: &str) -> Option<&str> {
    let start = host.rmatch_indices('.').nth(1).map_or(0, |(dot, _)| dot + 1);
    host.contains('.').then(|| &host[start..])
}
