//! Test origins that look like an allowed origin. Careless comparisons allow them.

use crate::Origin;
use crate::origin::host::{ends_in_a_number, is_local};

/// The label of hosts that nobody owns.
const PROBE: &str = "why-probe";

/// A test origin that looks like an allowed one, and that a server allows only by mistake. Send it as `Origin` to find
/// such mistakes. There is no page at it.
///
/// ```
/// # mod cors_actix { pub use cors_core as testing; }
/// use cors_actix::testing::Stranger;
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
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stranger {
    origin: String,
    likeness: Likeness,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Likeness {
    /// None. Only a server that echoes every origin allows it.
    None,
    /// The same end.
    Ending,
    /// The same beginning.
    Beginning,
    /// The same, except for the scheme.
    Insecure,
}

impl Stranger {
    /// Returns the test origins for an origin; none for `null` and for a text that is not an origin. The first looks
    /// like no other origin.
    ///
    /// Without the feature `public-suffix`, the last two labels of a host count as its registrable domain.
    pub fn of(origin: &str) -> Vec<Self> {
        Origin::parse(origin).map(|origin| Self::named(&origin, PROBE)).unwrap_or_default()
    }

    /// Returns the test origins for an origin. Their hosts have this label.
    pub fn named(origin: &Origin, probe: &str) -> Vec<Self> {
        let mut strangers = vec![Self { origin: format!("https://{probe}.invalid"), likeness: Likeness::None }];
        let (scheme, host) = (origin.scheme(), origin.host());
        if host.starts_with('[') || ends_in_a_number(host) {
            return strangers;
        }
        let port = origin.port().map(|port| format!(":{port}")).unwrap_or_default();
        if let Some(name) = registered(host) {
            strangers.push(Self { origin: format!("{scheme}://{probe}{name}{port}"), likeness: Likeness::Ending });
        }
        let beginning = format!("{scheme}://{host}.{probe}.invalid{port}");
        strangers.push(Self { origin: beginning, likeness: Likeness::Beginning });
        if scheme == "https" && !is_local(host) {
            strangers.push(Self { origin: format!("http://{host}{port}"), likeness: Likeness::Insecure });
        }
        strangers
    }

    /// Returns the origin as `Origin` has it.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether the only difference is a scheme without encryption. Some servers intend to allow it.
    pub const fn is_insecure(&self) -> bool {
        matches!(self.likeness, Likeness::Insecure)
    }

    /// Returns a short, stable name of the mistake of a server that allows the origin.
    pub const fn code(&self) -> &'static str {
        match self.likeness {
            Likeness::None => "origin-reflected",
            Likeness::Ending => "ending-matched",
            Likeness::Beginning => "beginning-matched",
            Likeness::Insecure => "insecure-matched",
        }
    }

    /// Returns what is wrong if `who` (such as `the server`) allows the origin, and what to do. `for_everybody` is what
    /// to write if every origin may read.
    pub fn warning(&self, who: &str, for_everybody: &str, with_credentials: bool) -> String {
        let origin = &self.origin;
        let along = if with_credentials { ", with credentials" } else { "" };
        let what = if with_credentials { "what belongs to your users" } else { "what is meant for others" };
        match self.likeness {
            Likeness::None if with_credentials => format!(
                "{who} allows whatever origin asks, {origin} too, and with credentials: every site can read what belongs to \
                 your users. Name the origins that may"
            ),
            Likeness::None => format!(
                "{who} allows whatever origin asks, {origin} too. If everybody may read the answer, say so by \
                 {for_everybody}, and if not, name the origins that may"
            ),
            // The allowed origin may be a look-alike itself, so its domain is no example.
            Likeness::Ending => format!(
                "{who} allows {origin} too{along}, since it ends like an origin that it means: anyone who registers such a host \
                 can read {what}. Compare the whole origin, or whole labels, with the dot before the domain"
            ),
            Likeness::Beginning => format!(
                "{who} allows {origin} too{along}, since it begins like an origin that it means: anyone who has such a host can \
                 read {what}. Compare the whole origin"
            ),
            Likeness::Insecure => format!(
                "{who} allows {origin} too{along}, which is not encrypted: anyone between browser and server can put a \
                 page of their own there, and read {what}. Compare the scheme too"
            ),
        }
    }
}

/// Returns the registrable domain of a host: `example.co.uk` of `www.example.co.uk`.
#[cfg(feature = "public-suffix")]
fn registered(host: &str) -> Option<&str> {
    crate::PublicSuffixes.registrable(host)
}

#[cfg(not(feature = "public-suffix"))]
fn registered(host: &str) -> Option<&str> {
    let start = host.rmatch_indices('.').nth(1).map_or(0, |(dot, _)| dot + 1);
    host.contains('.').then(|| &host[start..])
}
