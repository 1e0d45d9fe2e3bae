//! A pair: what a page's script asks for, and what the server answers.

use std::fmt;

use cors_browser::{CacheMode, CredentialsMode, Mode, RedirectMode};

use super::answers::Hop;
use super::site::Site;

/// What a pair is made from again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id {
    /// The seed of the run.
    pub seed: u64,
    /// The place in the run.
    pub index: usize,
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.seed, self.index)
    }
}

/// Which page asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PageKind {
    /// That of a server.
    Of(Site),
    /// A sandboxed frame in the page by name, whose origin is opaque.
    Sandboxed,
}

impl PageKind {
    /// The page that the browser opens.
    pub(super) fn site(self) -> Site {
        match self {
            Self::Of(site) => site,
            Self::Sandboxed => Site::PageByName,
        }
    }
}

/// What a script asks by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// `fetch`.
    Fetch,
    /// `XMLHttpRequest`.
    Xhr,
    /// `XMLHttpRequest` with listeners on its upload.
    XhrWithUploadListeners,
}

/// A body. Blobs have a type, which may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload {
    /// None.
    None,
    /// A string.
    Text,
    /// `URLSearchParams`.
    UrlSearchParams,
    /// `FormData`.
    FormData,
    /// `Blob`.
    Blob(&'static str),
    /// An `ArrayBuffer`.
    Bytes,
    /// A `ReadableStream`.
    Stream,
}

/// One request of a script.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What it is asked by.
    pub by: By,
    /// The address, with marks as in [`super::answers`].
    pub url: String,
    /// The method as the script has it.
    pub method: String,
    /// Names and values, of which every character stands for one byte.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Payload,
    /// The mode.
    pub mode: Mode,
    /// The credentials mode.
    pub credentials: CredentialsMode,
    /// The redirect mode.
    pub redirect: RedirectMode,
    /// The cache mode.
    pub cache: CacheMode,
    /// The referrer policy, or the page's.
    pub referrer_policy: Option<&'static str>,
}

/// Where a pair lies, by the way it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The answers consent, in one of many ways.
    Consenting,
    /// One thing was changed in answers that consent.
    Border,
    /// Each line is anything.
    Wild,
}

/// What is run in an engine and in the model.
#[derive(Clone, Debug)]
pub struct Pair {
    /// What it is made from.
    pub id: Id,
    /// How it was made.
    pub kind: Kind,
    /// Who asks.
    pub page: PageKind,
    /// One request after the other, to the first hop.
    pub asks: Vec<Ask>,
    /// Where redirects may lead, and what is answered there.
    pub hops: Vec<Hop>,
}
