//! What makes a request, and the mode, credentials and headers that its standard sets.

use super::modes::{CredentialsMode, Mode};

/// What makes a request (<https://fetch.spec.whatwg.org/#request-initiator-type>), as far as CORS depends on it.
///
/// [`ScriptRequest::of`](crate::ScriptRequest::of) returns the request of each. Consoles distinguish fewer:
/// [`Explanation::from_console`] returns `Script` for a module, `Image` for an image of CSS, and `Other` for an
/// `EventSource`.
///
/// ```
/// # mod cors_actix { pub use cors_browser as testing; }
/// use cors_actix::testing::{CredentialsMode, InitiatorType, Mode};
///
/// assert_eq!(InitiatorType::Image.mode(), Mode::NoCors);
/// assert_eq!((InitiatorType::Font.mode(), InitiatorType::Font.credentials()), (Mode::Cors, CredentialsMode::SameOrigin));
/// ```
///
/// [`Explanation::from_console`]: crate::explain::Explanation::from_console
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InitiatorType {
    /// `fetch()`, with or without `keepalive`.
    #[default]
    Fetch,
    /// `XMLHttpRequest`. Its URL may have user info, and upload listeners make a preflight due. `withCredentials` is
    /// [`ScriptRequest::credentials`](crate::ScriptRequest::credentials) with mode `include`.
    XmlHttpRequest,
    /// `EventSource`, which never needs a preflight. `withCredentials` as for `XMLHttpRequest`.
    EventSource,
    /// `navigator.sendBeacon()`, always with credentials. CORS applies if the type of the body is not safelisted.
    Beacon,
    /// `<a ping>`.
    Ping,
    /// A classic `<script>`.
    Script,
    /// `<script type="module">`, `import`, `import()` and `<link rel="modulepreload">`.
    ModuleScript,
    /// `new Worker()`. Its script must be of the page's own origin.
    Worker,
    /// `importScripts()` of a worker.
    ImportScripts,
    /// `<img>`, also for a canvas.
    Image,
    /// `<video>`.
    Video,
    /// `<audio>`.
    Audio,
    /// `<track>`. The attribute `crossorigin` is on the `<video>` or `<audio>` around it.
    Track,
    /// `<link rel="stylesheet">`, and `@import`.
    Stylesheet,
    /// `@font-face`, and `FontFace`.
    Font,
    /// An image of CSS that is only shown, such as `background-image`.
    CssImage,
    /// An image of CSS that shapes an element: `mask-image` and `shape-outside`.
    CssShape,
    /// `<link rel="preload">` of anything but a font.
    Preload,
    /// `<link rel="preload" as="font">`.
    PreloadFont,
    /// Anything else. Treated like `fetch()`.
    Other,
}

impl InitiatorType {
    pub(super) const ALL: [Self; 20] = [
        Self::Fetch,
        Self::XmlHttpRequest,
        Self::Script,
        Self::Image,
        Self::Font,
        Self::Stylesheet,
        Self::Video,
        Self::Audio,
        Self::Other,
        Self::EventSource,
        Self::Beacon,
        Self::Ping,
        Self::ModuleScript,
        Self::Worker,
        Self::ImportScripts,
        Self::Track,
        Self::CssImage,
        Self::CssShape,
        Self::Preload,
        Self::PreloadFont,
    ];

    /// Returns the mode of the request without `crossorigin` and without a body. In mode `no-cors`, CORS does not
    /// apply.
    pub const fn mode(self) -> Mode {
        match self {
            Self::Fetch | Self::XmlHttpRequest | Self::EventSource | Self::Other => Mode::Cors,
            // https://drafts.csswg.org/css-fonts/#font-fetching-requirements,
            // https://html.spec.whatwg.org/#fetch-a-single-module-script
            Self::Font | Self::CssShape | Self::ModuleScript => Mode::Cors,
            // The same-origin fallback flag of https://html.spec.whatwg.org/#create-a-potential-cors-request
            Self::Worker | Self::Track => Mode::SameOrigin,
            Self::Beacon | Self::Ping | Self::Script | Self::ImportScripts | Self::Image | Self::Video => Mode::NoCors,
            Self::Audio | Self::Stylesheet | Self::CssImage | Self::Preload | Self::PreloadFont => Mode::NoCors,
        }
    }

    /// Returns the credentials mode of the request, unless `crossorigin` or a script sets another.
    pub const fn credentials(self) -> CredentialsMode {
        match (self, self.mode()) {
            (Self::Track, _) | (_, Mode::NoCors) => CredentialsMode::Include,
            _ => CredentialsMode::SameOrigin,
        }
    }

    /// Whether the unsafe-request flag is set. Without it, no method or header needs a preflight
    /// (<https://fetch.spec.whatwg.org/#unsafe-request-flag>).
    ///
    /// The Beacon standard does not set the flag, although it intends a preflight. All engines send one.
    pub const fn is_unsafe_request(self) -> bool {
        matches!(self, Self::Fetch | Self::XmlHttpRequest | Self::Beacon | Self::Other)
    }

    /// Whether an attribute `crossorigin` has an effect.
    pub const fn takes_crossorigin(self) -> bool {
        self.element().is_some() || matches!(self, Self::Track)
    }

    /// Returns the start tag that has `crossorigin`, without its brackets.
    pub(super) const fn element(self) -> Option<&'static str> {
        Some(match self {
            Self::Script => "script",
            Self::ModuleScript => "script type=\"module\"",
            Self::Image => "img",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Stylesheet => "link rel=\"stylesheet\"",
            Self::Preload => "link rel=\"preload\"",
            Self::PreloadFont => "link rel=\"preload\" as=\"font\"",
            _ => return None,
        })
    }

    /// Returns the headers that its standard sets.
    pub(super) const fn headers(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::EventSource => &[("Accept", "text/event-stream")],
            Self::Ping => &[("Content-Type", "text/ping")],
            // No standard says so, but Chromium and Firefox send it.
            Self::Video | Self::Audio => &[("Range", "bytes=0-")],
            _ => &[],
        }
    }

    /// Returns its name in the console of Chromium.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Fetch => "fetch",
            Self::XmlHttpRequest => "XMLHttpRequest",
            Self::Script | Self::ModuleScript | Self::Worker | Self::ImportScripts => "script",
            Self::Image | Self::CssImage | Self::CssShape => "image",
            Self::Font | Self::PreloadFont => "font",
            Self::Stylesheet => "CSS stylesheet",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Track => "text track",
            // With `as="fetch"`. Other preloads have the name of what they load.
            Self::Preload => "link element resource",
            Self::EventSource | Self::Beacon | Self::Ping | Self::Other => "resource",
        }
    }
}
