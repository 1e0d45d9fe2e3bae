//! What asks for something.

/// What asked, as the console of Chromium tells it apart (<https://fetch.spec.whatwg.org/#request-initiator-type>).
///
/// ```
/// use cors_browser::explain::{Explanation, InitiatorType};
///
/// let text = "Access to font at 'https://cdn.example.com/a.woff2' from origin 'https://app.example.com' has been blocked by CORS policy: \
///             No 'Access-Control-Allow-Origin' header is present on the requested resource.";
/// assert_eq!(Explanation::from_console(text).unwrap().initiator(), InitiatorType::Font);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InitiatorType {
    /// `fetch()`.
    #[default]
    Fetch,
    /// `XMLHttpRequest`.
    XmlHttpRequest,
    /// `<script crossorigin>`, or `import`.
    Script,
    /// `<img crossorigin>`.
    Image,
    /// `@font-face`.
    Font,
    /// Anything else, such as `EventSource`.
    Other,
}

impl InitiatorType {
    pub(super) const ALL: [Self; 6] =
        [Self::Fetch, Self::XmlHttpRequest, Self::Script, Self::Image, Self::Font, Self::Other];

    /// As Chromium says it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Fetch => "fetch",
            Self::XmlHttpRequest => "XMLHttpRequest",
            Self::Script => "script",
            Self::Image => "image",
            Self::Font => "font",
            Self::Other => "resource",
        }
    }
}
