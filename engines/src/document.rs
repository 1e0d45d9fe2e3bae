//! Who asks: pages, and frames in them.

use cors_browser::{EmbedderPolicy, Page};

use super::site::{Site, Sites};

/// A page, or a frame in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Document {
    /// The server of the outermost page.
    pub top: Site,
    /// What asks in it.
    pub frame: Frame,
    /// What the outermost page demands of what it embeds.
    pub embedder_policy: EmbedderPolicy,
}

/// What asks in an outermost page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Frame {
    /// The page itself.
    None,
    /// The page of a server in a frame.
    Of(Site),
    /// A sandboxed frame, whose origin is opaque.
    Sandboxed,
}

impl Document {
    /// All that a run opens. The first is the page that opens the others.
    pub const ALL: [Self; 10] = [
        Self::page(Site::PageByName),
        Self::page(Site::PageByNumber),
        Self::page(Site::PageByName).with(Frame::Sandboxed),
        Self::page(Site::PageByName).with(Frame::Of(Site::PageByNumber)),
        Self::page(Site::PageByNumber).with(Frame::Of(Site::PageByName)),
        // Of one site with the first, and not of one origin.
        Self::page(Site::ApiByName).with(Frame::Of(Site::PageByName)),
        Self::page(Site::PageByName).with(Frame::Of(Site::PageByName)),
        Self::page(Site::PageByNumber).with(Frame::Sandboxed),
        Self { embedder_policy: EmbedderPolicy::RequireCorp, ..Self::page(Site::PageByName) },
        Self { embedder_policy: EmbedderPolicy::Credentialless, ..Self::page(Site::PageByName) },
    ];

    const fn page(top: Site) -> Self {
        Self { top, frame: Frame::None, embedder_policy: EmbedderPolicy::UnsafeNone }
    }

    const fn with(self, frame: Frame) -> Self {
        Self { frame, ..self }
    }

    /// The server whose page asks; that of the outermost page for a sandboxed frame.
    pub(super) fn site(self) -> Site {
        match self.frame {
            Frame::Of(site) => site,
            Frame::None | Frame::Sandboxed => self.top,
        }
    }

    /// Whether the outermost page has another host.
    pub(super) fn is_third_party(self) -> bool {
        self.site().host() != self.top.host()
    }

    /// The same in the model.
    pub(super) fn page_in_model(self, sites: &Sites) -> Page {
        let page = match self.frame {
            Frame::Sandboxed => Page::opaque(),
            Frame::None | Frame::Of(_) => Page::at(&sites.origin(self.site())).expect("an origin is a URL"),
        };
        page.framed_by(sites.origin(self.top)).embedder_policy(self.embedder_policy)
    }
}
