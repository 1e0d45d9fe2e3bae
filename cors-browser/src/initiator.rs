//! Who asks: what of a page makes a request, and what its standard says of that request.

use super::modes::{CredentialsMode, Mode};

/// What makes a request (<https://fetch.spec.whatwg.org/#request-initiator-type>), as far as it matters to CORS.
///
/// [`ScriptRequest::of`](crate::ScriptRequest::of) makes the request of each. A console tells fewer apart: by [`Explanation::from_console`] a module is a
/// `Script`, an image of CSS an `Image`, and an `EventSource` `Other`.
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
    /// `fetch()`, also with `keepalive`.
    #[default]
    Fetch,
    /// `XMLHttpRequest`: its URL may have user info, and listeners on its upload make a preflight due; `withCredentials` is
    /// [`ScriptRequest::credentials`](crate::ScriptRequest::credentials) with mode include.
    XmlHttpRequest,
    /// `EventSource`, which needs no preflight, whatever it sends; `withCredentials` as for `XMLHttpRequest`.
    EventSource,
    /// `navigator.sendBeacon()`, always with credentials; CORS applies where the type of the body is not that of a form or of plain text.
    Beacon,
    /// `<a ping>`.
    Ping,
    /// A classic `<script>`.
    Script,
    /// `<script type="module">`, `import`, `import()` and `<link rel="modulepreload">`.
    ModuleScript,
    /// `new Worker()`, whose script must be of the page's own origin.
    Worker,
    /// `importScripts()` of a worker.
    ImportScripts,
    /// `<img>`, also what a canvas draws.
    Image,
    /// `<video>`.
    Video,
    /// `<audio>`.
    Audio,
    /// `<track>`, whose attribute `crossorigin` is that of the `<video>` or `<audio>` around it.
    Track,
    /// `<link rel="stylesheet">`, and `@import`.
    Stylesheet,
    /// `@font-face`, and `FontFace`.
    Font,
    /// An image of CSS that is only shown, as `background-image`.
    CssImage,
    /// An image of CSS that gives something its shape: `mask-image` and `shape-outside`.
    CssShape,
    /// `<link rel="preload">` of anything but a font.
    Preload,
    /// `<link rel="preload" as="font">`.
    PreloadFont,
    /// Anything else, which is taken for `fetch()`.
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

    /// The mode of its requests, where no attribute `crossorigin` and no body says otherwise. In mode no-cors CORS does not apply.
    pub const fn mode(self) -> Mode {
        match self {
            Self::Fetch | Self::XmlHttpRequest | Self::EventSource | Self::Other => Mode::Cors,
            // https://drafts.csswg.org/css-fonts/#font-fetching-requirements, https://html.spec.whatwg.org/#fetch-a-single-module-script
            Self::Font | Self::CssShape | Self::ModuleScript => Mode::Cors,
            // The same-origin fallback flag of https://html.spec.whatwg.org/#create-a-potential-cors-request
            Self::Worker | Self::Track => Mode::SameOrigin,
            Self::Beacon | Self::Ping | Self::Script | Self::ImportScripts | Self::Image | Self::Video => Mode::NoCors,
            Self::Audio | Self::Stylesheet | Self::CssImage | Self::Preload | Self::PreloadFont => Mode::NoCors,
        }
    }

    /// The credentials mode of its requests, where no attribute `crossorigin` and no script says otherwise.
    pub const fn credentials(self) -> CredentialsMode {
        match (self, self.mode()) {
            (Self::Track, _) | (_, Mode::NoCors) => CredentialsMode::Include,
            _ => CredentialsMode::SameOrigin,
        }
    }

    /// Whether the unsafe-request flag is set, without which no method and no header needs a preflight
    /// (<https://fetch.spec.whatwg.org/#unsafe-request-flag>).
    ///
    /// The standard of beacons does not set it, and means a preflight; all engines make one.
    pub const fn is_unsafe_request(self) -> bool {
        matches!(self, Self::Fetch | Self::XmlHttpRequest | Self::Beacon | Self::Other)
    }

    /// Whether an attribute `crossorigin` has a say.
    pub const fn takes_crossorigin(self) -> bool {
        self.element().is_some() || matches!(self, Self::Track)
    }

    /// The start tag that takes `crossorigin`, without its brackets.
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

    /// The headers that its standard sets.
    pub(super) const fn headers(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::EventSource => &[("Accept", "text/event-stream")],
            Self::Ping => &[("Content-Type", "text/ping")],
            // Chromium and Firefox ask so, though no standard says it.
            Self::Video | Self::Audio => &[("Range", "bytes=0-")],
            _ => &[],
        }
    }

    /// As the console of Chromium says it.
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
            // With `as="fetch"`; other preloads are called after what they are for.
            Self::Preload => "link element resource",
            Self::EventSource | Self::Beacon | Self::Ping | Self::Other => "resource",
        }
    }
}
