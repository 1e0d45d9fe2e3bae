//! Origins, and pages that have one.

use std::fmt;

use url::Url;

/// The origin of a page or URL (ORG-1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum WebOrigin {
    /// Serialised; two tuples are the same when their serialisations are.
    Tuple(String),
    Opaque,
}

impl WebOrigin {
    /// <https://url.spec.whatwg.org/#concept-url-origin>
    pub(super) fn of(url: &Url) -> Self {
        let origin = url.origin();
        match url.host_str() {
            _ if origin.is_tuple() => Self::Tuple(origin.ascii_serialization()),
            // Browsers, and programs that embed one, give pages of other schemes origins, which the standard does not know.
            Some(host) if url.scheme() != "file" && !host.is_empty() => Self::Tuple(match url.port() {
                Some(port) => format!("{}://{host}:{port}", url.scheme()),
                None => format!("{}://{host}", url.scheme()),
            }),
            _ => Self::Opaque,
        }
    }

    /// <https://html.spec.whatwg.org/#same-origin>: an opaque origin is the same only as itself, which no URL can have.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Tuple(left), Self::Tuple(right)) if left == right)
    }

    /// ORG-2 (<https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin>).
    pub(super) fn serialised(&self) -> &str {
        match self {
            Self::Tuple(text) => text,
            Self::Opaque => "null",
        }
    }
}

/// A text that is no URL.
///
/// ```
/// use cors_browser::Page;
///
/// let mistake = Page::at("app.example.com").unwrap_err();
/// assert_eq!(mistake.to_string(), "\"app.example.com\" is no URL");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidUrl {
    /// The text.
    pub url: String,
}

impl fmt::Display for InvalidUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?} is no URL", self.url)
    }
}

impl std::error::Error for InvalidUrl {}

/// A page whose script makes requests.
///
/// ```
/// use cors_browser::Page;
///
/// assert_eq!(Page::at("https://App.example.com:443/cart?x#y")?.origin(), "https://app.example.com");
/// assert_eq!(Page::at("tauri://localhost/index.html")?.origin(), "tauri://localhost");
/// assert_eq!(Page::at("data:text/html,x")?.origin(), "null");
/// # Ok::<(), cors_browser::InvalidUrl>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Page {
    pub(super) origin: WebOrigin,
    pub(super) top_level_site: String,
}

impl Page {
    /// The page at this address. The origin of `data:` and `file:` is opaque, that of `blob:` its creator's (ORG-2).
    ///
    /// # Errors
    ///
    /// The text is no URL.
    pub fn at(url: &str) -> Result<Self, InvalidUrl> {
        let url = Url::parse(url).map_err(|_| InvalidUrl { url: url.to_owned() })?;
        let origin = WebOrigin::of(&url);
        let top_level_site = origin.serialised().to_owned();
        Ok(Self { origin, top_level_site })
    }

    /// A page whose origin is opaque, such as a sandboxed frame.
    ///
    /// ```
    /// assert_eq!(cors_browser::Page::opaque().origin(), "null");
    /// ```
    pub fn opaque() -> Self {
        Self { origin: WebOrigin::Opaque, top_level_site: "null".to_owned() }
    }

    /// The same page, framed by a page of this site. Preflights are remembered for each site apart (CAC-1).
    pub fn framed_by(self, site: impl Into<String>) -> Self {
        Self { top_level_site: site.into(), ..self }
    }

    /// The origin as it stands in an `Origin` line.
    pub fn origin(&self) -> &str {
        self.origin.serialised()
    }
}
