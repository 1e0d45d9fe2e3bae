//! Origins and pages.

use std::fmt;

use url::Url;

use super::site::site_of;

/// The origin of a page or URL (ORG-1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum WebOrigin {
    /// The serialised origin. Two tuple origins are the same if their texts are equal.
    Tuple(String),
    Opaque,
}

impl WebOrigin {
    /// Returns the origin of a URL (<https://url.spec.whatwg.org/#concept-url-origin>).
    pub(super) fn of(url: &Url) -> Self {
        let origin = url.origin();
        match url.host_str() {
            _ if origin.is_tuple() => Self::Tuple(origin.ascii_serialization()),
            // The standard has no origin for pages of other schemes. Browsers, and apps that embed them, do.
            Some(host) if url.scheme() != "file" => Self::Tuple(match url.port() {
                Some(port) => format!("{}://{host}:{port}", url.scheme()),
                None => format!("{}://{host}", url.scheme()),
            }),
            _ => Self::Opaque,
        }
    }

    /// Whether two origins are the same (<https://html.spec.whatwg.org/#same-origin>). No URL has the opaque origin of
    /// a page.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Tuple(left), Self::Tuple(right)) if left == right)
    }

    /// Returns the serialised origin: ORG-2 (<https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin>).
    pub(super) fn serialised(&self) -> &str {
        match self {
            Self::Tuple(text) => text,
            Self::Opaque => "null",
        }
    }
}

/// The error of a text that is not a URL.
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

/// A page that makes requests.
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
    /// The origin of the top-level page.
    pub(super) top_level_origin: String,
    pub(super) embedder_policy: EmbedderPolicy,
}

impl Page {
    /// Returns the page at this URL. The origin of `data:` and `file:` is opaque; the origin of `blob:` is its
    /// creator's (ORG-2).
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a URL.
    pub fn at(url: &str) -> Result<Self, InvalidUrl> {
        let url = Url::parse(url).map_err(|_| InvalidUrl { url: url.to_owned() })?;
        let origin = WebOrigin::of(&url);
        let page = Self { origin, ..Self::opaque() };
        let top_level = page.origin().to_owned();
        Ok(page.framed_by(top_level))
    }

    /// Returns a page with an opaque origin, such as a sandboxed frame.
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

    /// Puts the page into a frame below a top-level page of this origin. The preflight cache is separate for each
    /// top-level site (CAC-1); in WebKit for each top-level origin.
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

    /// Sets the `Cross-Origin-Embedder-Policy` of the page. WebKit does not support `credentialless`.
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

    /// Whether the top-level page has the same origin.
    pub(super) fn is_of_top_level_origin(&self) -> bool {
        self.origin() == self.top_level_origin
    }

    /// Returns the origin as `Origin` has it; `null` if it is opaque.
    pub fn origin(&self) -> &str {
        self.origin.serialised()
    }

    /// Whether the URL is same-site with the top-level page, so that its cookies need no `SameSite=None`
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

/// What a page requires of responses of other origins in mode `no-cors`
/// (<https://html.spec.whatwg.org/#embedder-policy-value>). [`Page::embedder_policy`] has an example.
///
/// Exhaustive: the standard has no others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EmbedderPolicy {
    /// Nothing.
    #[default]
    UnsafeNone,
    /// A `Cross-Origin-Resource-Policy` that allows the page.
    RequireCorp,
    /// A request without credentials, which the browser ensures.
    Credentialless,
}
