//! Recordings of a network tab (HTTP Archive). Their answers replace the server's.

mod format;
mod judged;
mod replay;

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::io::BufRead;

use cors_browser::{Body, Engine, Page};

use crate::mistake::Mistake;
use crate::script::Asked;
use format::{Archive, Entry};

/// A recording. Its requests are in the order in which they began.
#[derive(Debug)]
pub(crate) struct Recording {
    entries: Vec<Entry>,
    places: Places,
    /// The recorded browser, if known.
    engine: Option<Engine>,
    /// Playwright records no preflights and no blocked requests.
    is_of_playwright: bool,
}

impl Recording {
    pub(crate) fn read(mut reader: impl BufRead) -> Result<Self, Mistake> {
        let foreign = |error: serde_json::Error| Mistake::new(format!("this is not a recording (HAR): {error}"));
        let mark = "\u{feff}".as_bytes();
        if reader.fill_buf().is_ok_and(|bytes| bytes.starts_with(mark)) {
            reader.consume(mark.len());
        }
        let Archive { log } = serde_json::from_reader(reader).map_err(foreign)?;
        let mut entries = log.entries;
        // Requests that began at the same time keep their order.
        entries.sort_by_key(|entry| entry.began);
        let recorded_by = log.creator.map(|program| program.name).unwrap_or_default();
        let is_of_playwright = recorded_by == "Playwright";
        let browser = log.browser.map(|program| program.name).filter(|_| is_of_playwright).unwrap_or(recorded_by);
        let engine = match browser.as_str() {
            "WebInspector" | "chromium" => Some(Engine::Chromium),
            "Firefox" | "firefox" => Some(Engine::Firefox),
            "WebKit Web Inspector" | "webkit" => Some(Engine::WebKit),
            _ => None,
        };
        let places = Places::of(&entries);
        Ok(Self { entries, places, engine, is_of_playwright })
    }

    /// The request of a script at a place, without preflights. One to its own origin counts only if it was redirected.
    fn asked(&self, place: usize) -> Option<Asked> {
        let entry = &self.entries[place];
        if entry.preflights().is_some() || !entry.url.starts_with("http") {
            return None;
        }
        let mut asked = Asked {
            url: entry.url.to_string(),
            method: Some(entry.method.to_string()),
            body: entry.has_body.then(String::new),
            // If the body has a type, it is among the headers.
            body_kind: Body::Bytes,
            ..Asked::default()
        };
        asked.take_headers(
            entry.headers.iter().map(|header| (header.name.to_string(), header.value.to_string())).collect(),
        );
        // A recording without cookies may have lost them.
        asked.credentials = asked.cookie.is_some().then_some(true);
        if let Some(preflight) = self.preflight_of(place) {
            asked.add_unknown(preflight.header("access-control-request-headers").unwrap_or_default());
        }
        let is_of_script = asked.mode_is_cors.unwrap_or(entry.is_of_script == Some(true));
        (is_of_script && (is_cross_origin(&asked) || entry.is_redirect())).then_some(asked)
    }

    /// The preflight that is nearest to a request, if the request is also nearest to the preflight.
    fn preflight_of(&self, place: usize) -> Option<&Entry> {
        let entry = &self.entries[place];
        let preflight = self.nearest(place, self.places.of_preflights(&self.entries, &entry.url, &entry.method))?;
        let back = self.nearest(preflight, self.places.of_requests(&self.entries, &entry.url, &entry.method))?;
        (back == place).then(|| &self.entries[preflight])
    }

    /// The one of these places that began nearest in time to this one. `places` is in order.
    fn nearest(&self, place: usize, places: &[usize]) -> Option<usize> {
        let began = self.entries[place].began;
        let split = places.partition_point(|other| *other < place);
        let before = places[..split].iter().rev().find(|other| **other != place);
        let after = places[split..].iter().find(|other| **other != place);
        let apart = |other: &&usize| (self.entries[**other].began.abs_diff(began), other.abs_diff(place));
        before.into_iter().chain(after).min_by_key(apart).copied()
    }
}

/// The places of each address and method, in order: recordings are long, so no search begins at the start.
#[derive(Debug, Default)]
struct Places {
    by_hash: HashMap<u64, Vec<usize>>,
    hasher: RandomState,
}

impl Places {
    fn of(entries: &[Entry]) -> Self {
        let mut places = Self::default();
        for (place, entry) in entries.iter().enumerate() {
            // A preflight without an answer shows nothing.
            let key = match entry.preflights() {
                Some(method) if entry.is_answered() => (true, method),
                Some(_) => continue,
                None => (false, &*entry.method),
            };
            let hash = places.hasher.hash_one((key, &*entry.url));
            places.by_hash.entry(hash).or_default().push(place);
        }
        places
    }

    fn of_preflights(&self, entries: &[Entry], url: &str, method: &str) -> &[usize] {
        self.get(entries, (true, method), url)
    }

    fn of_requests(&self, entries: &[Entry], url: &str, method: &str) -> &[usize] {
        self.get(entries, (false, method), url)
    }

    fn get(&self, entries: &[Entry], key: (bool, &str), url: &str) -> &[usize] {
        let places = self.by_hash.get(&self.hasher.hash_one((key, url))).map_or(&[][..], Vec::as_slice);
        // Two different keys can have the same hash.
        if places.first().is_some_and(|place| &*entries[*place].url == url) { places } else { &[] }
    }
}

/// Parses only the page of a recorded request: the addresses are already as the model writes them.
fn is_cross_origin(asked: &Asked) -> bool {
    asked.page.as_ref().is_some_and(|page| {
        let page = Page::at(page).map(|page| page.origin().to_owned()).unwrap_or_default();
        let path = asked.url.strip_prefix(&page).filter(|_| !page.is_empty());
        !path.is_some_and(|path| path.starts_with('/'))
    })
}
