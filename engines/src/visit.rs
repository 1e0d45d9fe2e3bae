//! A visit: what scripts of pages ask for, and what servers answer.

use std::fmt;
use std::time::Duration;

use cors_browser::{CacheMode, CredentialsMode, Mode, RedirectMode};

use super::answers::Resource;
use super::document::Document;

/// What a visit is made from again.
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
    /// Who asks.
    pub document: Document,
    /// How long nothing happens before.
    pub wait: Duration,
    /// What it is asked by.
    pub by: By,
    /// The address, with marks as `answers.rs` has them.
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

impl fmt::Display for Ask {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, by, url, method, mode, credentials, redirect, cache, .. } = self;
        let Document { top, frame, embedder_policy } = document;
        write!(formatter, "after {:?} {by:?} {method:?} {url} {mode:?} {credentials:?} {redirect:?}", self.wait)?;
        write!(formatter, " {cache:?} {:?} {:?}", self.body, self.referrer_policy)?;
        write!(formatter, " from {top:?} {frame:?} {embedder_policy:?} {:?}", self.headers)
    }
}

/// Whether time matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Nothing waits.
    Plain,
    /// There are waits between requests, in which what is remembered may end.
    Waits,
}

/// How a visit was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Made {
    /// The answers consent, in one of many ways.
    Consenting,
    /// One thing or two were changed where the answers consent.
    Border,
    /// Each line is anything.
    Wild,
    /// It lies at one rule, to which chance rarely leads.
    Aimed,
}

/// What is run in an engine and in the model.
#[derive(Clone, Debug)]
pub struct Visit {
    /// What it is made from.
    pub id: Id,
    /// Whether time matters.
    pub kind: Kind,
    /// How it was made.
    pub made: Made,
    /// One request after the other.
    pub asks: Vec<Ask>,
    /// Where they arrive, and where redirects may lead.
    pub resources: Vec<Resource>,
}
