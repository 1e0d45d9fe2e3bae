//! Recordings of a network tab (HTTP Archive), whose answers stand in for the server's.

mod format;
mod replay;

use std::collections::HashMap;

use cors_browser::Page;
use url::Url;

use crate::mistake::Mistake;
use crate::script::Asked;
use format::{Archive, Entry, Request};
pub(crate) use replay::Replay;

/// A recording, in the order in which its requests began.
#[derive(Debug)]
pub(crate) struct Recording {
    entries: Vec<Entry>,
    /// Where in `entries` an address was asked for, in order. Addresses are parsed once, for recordings are long.
    places: HashMap<String, Vec<usize>>,
}

impl Recording {
    pub(crate) fn parse(text: &str) -> Result<Self, Mistake> {
        let text = text.trim_start_matches('\u{feff}');
        let archive: Archive =
            serde_json::from_str(text).map_err(|error| Mistake::new(format!("this is no recording (HAR): {error}")))?;
        let mut entries = archive.log.entries;
        // Those that began at once stay as they are recorded.
        entries.sort_by(|left, right| left.started_date_time.cmp(&right.started_date_time));
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, entry) in entries.iter().enumerate() {
            if let Some(address) = address(&entry.request.url) {
                places.entry(address).or_default().push(place);
            }
        }
        Ok(Self { entries, places })
    }

    /// What scripts asked of other origins, without preflights, each with the recorded answers to it.
    pub(crate) fn cross_origin_requests(&self) -> impl Iterator<Item = (Asked, Replay<'_>)> {
        self.entries.iter().enumerate().filter_map(|(place, entry)| {
            let asked = asked_by_script(entry).filter(is_cross_origin)?;
            Some((asked, Replay::from(self, place)))
        })
    }

    /// Where this address was asked for, in order.
    fn places(&self, address: &str) -> &[usize] {
        self.places.get(address).map_or(&[], Vec::as_slice)
    }
}

fn asked_by_script(entry: &Entry) -> Option<Asked> {
    if entry.request.is_preflight() {
        return None;
    }
    let asked = asked(&entry.request);
    asked.mode_is_cors.unwrap_or_else(|| is_type_of_script(entry)).then_some(asked)
}

fn is_type_of_script(entry: &Entry) -> bool {
    matches!(entry.resource_type.as_deref(), Some("fetch" | "xhr"))
}

fn asked(request: &Request) -> Asked {
    let mut asked = Asked {
        url: request.url.clone(),
        method: Some(request.method.clone()),
        body: request.post_data.as_ref().map(|data| data.text.clone()),
        ..Asked::default()
    };
    // HTTP/2 writes the request line so.
    let headers = request.headers.iter().filter(|header| !header.name.starts_with(':'));
    asked.take_headers(headers.map(|header| (header.name.clone(), header.value.clone())).collect());
    asked
}

fn is_cross_origin(asked: &Asked) -> bool {
    let origin = |url: &str| Page::at(url).map(|page| page.origin().to_owned()).ok();
    match &asked.page {
        Some(page) if asked.url.starts_with("http") => origin(page) != origin(&asked.url),
        _ => false,
    }
}

/// As the model of the browser writes it: without fragment.
fn address(text: &str) -> Option<String> {
    let mut url = Url::parse(text).ok()?;
    url.set_fragment(None);
    Some(url.into())
}
