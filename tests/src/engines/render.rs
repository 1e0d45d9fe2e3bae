//! Puts what is known in a run in the place of marks.

use super::answers::Answer;
use super::pair::Pair;
use super::site::{Site, Sites};

/// Where a hop of a pair is, beside the server.
pub(super) fn path(index: usize, hop: usize) -> String {
    format!("/pair/{index}/{hop}")
}

/// Which pair and hop a path is.
pub(super) fn place(path: &str) -> Option<(usize, usize)> {
    let path = path.split(['?', '#']).next()?;
    let (index, hop) = path.strip_prefix("/pair/")?.split_once('/')?;
    // What comes after the number are lines of `Location` that an engine joined.
    let hop = hop.split(',').next()?;
    Some((index.parse().ok()?, hop.parse().ok()?))
}

/// The text with its marks replaced; `origin` is that of a request.
pub(super) fn render(text: &str, pair: &Pair, sites: &Sites, origin: Option<&str>) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    let stranger = match pair.page.site() {
        Site::PageByName => Site::PageByNumber,
        _ => Site::PageByName,
    };
    let page = match pair.page {
        super::pair::PageKind::Of(site) => sites.origin(site),
        super::pair::PageKind::Sandboxed => "null".to_owned(),
    };
    let mut text = text
        .replace("{origin}", origin.unwrap_or("{none}"))
        .replace("{page}", &page)
        .replace("{PAGE}", &page.to_uppercase())
        .replace("{stranger}", &sites.origin(stranger));
    for (hop, answers) in pair.hops.iter().enumerate() {
        let there = format!("{}{}", sites.authority(answers.site), path(pair.id.index, hop));
        text = text.replace(&format!("{{url{hop}}}"), &format!("http://{there}"));
        text = text.replace(&format!("{{there{hop}}}"), &there);
        text = text.replace(&format!("{{path{hop}}}"), &path(pair.id.index, hop));
    }
    text
}

/// What is answered at a path, to a request with this origin.
pub(super) fn answer(pair: &Pair, sites: &Sites, hop: usize, preflight: bool, origin: Option<&str>) -> Answer {
    let Some(found) = pair.hops.get(hop) else { return Answer::new(404).complete() };
    let mut answer = if preflight { &found.preflight } else { &found.actual }.complete();
    for (_, value) in &mut answer.lines {
        *value = render(value, pair, sites, origin);
    }
    answer
}
