//! Origins, and pages that have one.

use std::fmt;

use url::Url;

use super::site::site_of;

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
    /// Of the outermost page.
    pub(super) top_level_origin: String,
    pub(super) embedder_policy: EmbedderPolicy,
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
        let page = Self { origin, ..Self::opaque() };
        let top_level = page.origin().to_owned();
        Ok(page.framed_by(top_level))
    }

    /// A page whose origin is opaque, such as a sandboxed frame.
    ///
    /// ```
    /// assert_eq!(cors_browser::Page::opaque().origin(), "null");
    /// ```
    pub fn opaque() -> Self {
        Self {
            origin: WebOrigin::Opaque,
            top_level_origin: "null".to_owned(),
            embedder_policy: EmbedderPolicy::UnsafeNone,
        }
    }

    /// Returns the same page in a frame of a page of this origin. Preflights are remembered for each site of an outermost page apart
    /// (CAC-1); in WebKit for each origin.
    ///
    /// ```
    /// # mod cors_actix { pub use cors_browser as testing; }
    /// use cors_actix::testing::Page;
    ///
    /// let framed = Page::at("https://widget.example")?.framed_by("https://shop.example.com");
    /// assert_eq!(framed.origin(), "https://widget.example");
    /// # Ok::<(), cors_actix::testing::InvalidUrl>(())
    /// ```
    pub fn framed_by(self, origin: impl Into<String>) -> Self {
        Self { top_level_origin: origin.into(), ..self }
    }

    /// Returns the same page with this `Cross-Origin-Embedder-Policy`. WebKit does not know `credentialless`.
    ///
    /// ```
    /// # mod cors_actix { pub use cors_browser as testing; }
    /// use cors_actix::testing::{Browser, EmbedderPolicy, Mode, Page, Response, ScriptRequest, Verdict};
    ///
    /// let page = Page::at("https://app.example.com")?.embedder_policy(EmbedderPolicy::RequireCorp);
    /// let image = ScriptRequest::new("https://images.example.net/1.png").mode(Mode::NoCors);
    /// let verdict = Browser::new().run(&page, &image, |_| Response::new(200)).verdict;
    /// let Verdict::Blocked(blocked) = verdict else { unreachable!() };
    /// assert_eq!(blocked.reason.to_string(), "embedder-policy (PRE-2)");
    /// # Ok::<(), cors_actix::testing::InvalidUrl>(())
    /// ```
    pub fn embedder_policy(self, embedder_policy: EmbedderPolicy) -> Self {
        Self { embedder_policy, ..self }
    }

    /// Looked up in a long list, so only where it decides.
    pub(super) fn top_level_site(&self) -> String {
        site_of(&self.top_level_origin)
    }

    /// Whether the outermost page is of the same origin.
    pub(super) fn is_of_top_level_origin(&self) -> bool {
        self.origin() == self.top_level_origin
    }

    /// The origin as it stands in an `Origin` line.
    pub fn origin(&self) -> &str {
        self.origin.serialised()
    }

    /// Whether the URL is of the site of the outermost page, so that its cookies need no `SameSite=None`
    /// (<https://html.spec.whatwg.org/#same-site>).
    ///
    /// ```
    /// let page = cors_browser::Page::at("https://app.example.com")?;
    /// assert!(page.is_same_site("https://api.example.com/notes"));
    /// assert!(!page.is_same_site("https://example.net/") && !page.is_same_site("http://api.example.com/"));
    /// # Ok::<(), cors_browser::InvalidUrl>(())
    /// ```
    pub fn is_same_site(&self, url: &str) -> bool {
        self.top_level_origin != "null" && site_of(url) == self.top_level_site()
    }
}

/// What a page demands of what it embeds from other origins in mode no-cors
/// (<https://html.spec.whatwg.org/#embedder-policy-value>): [`Page::embedder_policy`] has an example.
///
/// Exhaustive: the standard has no others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EmbedderPolicy {
    /// Nothing.
    #[default]
    UnsafeNone,
    /// A `Cross-Origin-Resource-Policy` that allows it.
    RequireCorp,
    /// That it was asked for without credentials; the browser sees to that.
    Credentialless,
}
