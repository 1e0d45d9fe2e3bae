//! Puts what is known in a run in the place of marks.

use std::collections::HashMap;

use super::answers::Answer;
use super::document::{Document, Frame};
use super::seen::Arrived;
use super::site::{Site, Sites};
use super::visit::Visit;

/// Where a resource of a visit is, beside the server.
fn path(index: usize, resource: usize) -> String {
    format!("/visit/{index}/{resource}")
}

/// Which visit and resource a path is, and its query.
pub(super) fn place(path: &str) -> Option<(usize, usize, String)> {
    let path = path.split('#').next()?;
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let (index, resource) = path.strip_prefix("/visit/")?.split_once('/')?;
    // What comes after the number are lines of `Location` that an engine joined.
    let resource = resource.split(',').next()?;
    Some((index.parse().ok()?, resource.parse().ok()?, query.to_owned()))
}

/// Which server a URL leads to, which resource, and the query.
pub(super) fn target(url: &str, sites: &Sites) -> Option<(Site, usize, String)> {
    let (authority, path) = url.split_once("://")?.1.split_once('/')?;
    let site = Site::ALL.into_iter().find(|site| sites.authority(*site) == authority)?;
    let (resource, query) =
        place(&format!("/{path}")).map_or((usize::MAX, String::new()), |(_, resource, query)| (resource, query));
    Some((site, resource, query))
}

/// The text with its marks replaced, as a document has it.
pub(super) fn render(text: &str, visit: &Visit, sites: &Sites, document: Document) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    let stranger = match document.site() {
        Site::PageByName => Site::PageByNumber,
        _ => Site::PageByName,
    };
    let page = match document.frame {
        Frame::Sandboxed => "null".to_owned(),
        Frame::None | Frame::Of(_) => sites.origin(document.site()),
    };
    let mut text = text
        .replace("{page}", &page)
        .replace("{PAGE}", &page.to_uppercase())
        .replace("{stranger}", &sites.origin(stranger));
    for (number, resource) in visit.resources.iter().enumerate() {
        // Few texts have one, and a broken model reads all of them again.
        if !text.contains(&format!("{number}}}")) {
            continue;
        }
        let path = path(visit.id.index, number);
        let there = format!("{}{path}", sites.authority(resource.site));
        text = text.replace(&format!("{{url{number}}}"), &format!("{}://{there}", sites.scheme(resource.site)));
        text = text.replace(&format!("{{there{number}}}"), &there);
        text = text.replace(&format!("{{path{number}}}"), &path);
    }
    text
}

/// The servers of a visit, which remember how often they were asked.
#[derive(Debug)]
pub(super) struct Answering<'v> {
    pub(super) visit: &'v Visit,
    pub(super) sites: &'v Sites,
    asked: HashMap<(usize, bool), usize>,
}

impl<'v> Answering<'v> {
    pub(super) fn new(visit: &'v Visit, sites: &'v Sites) -> Self {
        Self { visit, sites, asked: HashMap::new() }
    }

    /// What is answered to a request.
    pub(super) fn answer(&mut self, request: &Arrived) -> Answer {
        let before = self.asked.entry((request.resource, request.preflight)).or_default();
        let answer = answer(self.visit, self.sites, request, *before);
        *before += 1;
        answer
    }
}

/// What is answered to a request, before which there were so many to the same resource.
pub(super) fn answer(visit: &Visit, sites: &Sites, request: &Arrived, before: usize) -> Answer {
    let resource = visit.resources.get(request.resource);
    let answers = resource.map(|found| if request.preflight { &found.preflight } else { &found.actual });
    let Some(answer) = answers.and_then(|answers| answers.get(before).or(answers.last())) else {
        return Answer::new(404).complete();
    };
    let mut answer = answer.complete();
    for (_, value) in &mut answer.lines {
        *value = render(value, visit, sites, visit.asks[0].document)
            .replace("{origin}", request.origin.as_deref().unwrap_or("{none}"))
            .replace("{request-method}", request.request_method.as_deref().unwrap_or_default())
            .replace("{request-headers}", request.request_headers.as_deref().unwrap_or_default());
    }
    answer
}
