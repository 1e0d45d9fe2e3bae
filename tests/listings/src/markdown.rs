//! What stands in a page of Markdown: listings, links and headings.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

/// A page.
#[derive(Debug)]
pub struct Page {
    /// Its path from the repository's root.
    pub path: PathBuf,
    /// In their order.
    pub listings: Vec<Listing>,
    /// Where links and pictures lead, as written, with their lines.
    pub links: Vec<(usize, String)>,
    /// What can be linked to within the page.
    pub anchors: Vec<String>,
}

/// A fenced listing.
#[derive(Debug)]
pub struct Listing {
    /// `README.md:12`
    pub place: String,
    /// The first word after the fence.
    pub language: String,
    /// What follows it after commas.
    pub attributes: Vec<String>,
    /// Its lines.
    pub text: String,
}

impl Page {
    /// Reads the page at this path from the root.
    pub fn read(root: &Path, path: &Path) -> Self {
        let text = fs::read_to_string(root.join(path)).expect("a page can be read");
        let mut page = Self { path: path.to_owned(), listings: Vec::new(), links: Vec::new(), anchors: Vec::new() };
        let mut heading: Option<String> = None;
        let mut listing: Option<Listing> = None;
        for (event, range) in Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter() {
            let line = text[..range.start].matches('\n').count() + 1;
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let information = match kind {
                        CodeBlockKind::Fenced(information) => information.into_string(),
                        CodeBlockKind::Indented => String::new(),
                    };
                    let mut words = information.split(',').map(|word| word.trim().to_owned());
                    listing = Some(Listing {
                        place: format!("{}:{line}", path.display()),
                        language: words.next().unwrap_or_default(),
                        attributes: words.collect(),
                        text: String::new(),
                    });
                }
                Event::Text(part) if listing.is_some() => {
                    listing.iter_mut().for_each(|listing| listing.text.push_str(&part));
                }
                Event::End(TagEnd::CodeBlock) => {
                    page.listings.extend(listing.take());
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => page.anchors.extend(heading.take().map(|text| anchor(&text))),
                Event::Text(part) | Event::Code(part) if heading.is_some() => {
                    heading.iter_mut().for_each(|heading| heading.push_str(&part));
                }
                Event::Start(Tag::Link { link_type, dest_url, .. }) if link_type != LinkType::Email => {
                    page.links.push((line, dest_url.into_string()));
                }
                Event::Start(Tag::Image { dest_url, .. }) => page.links.push((line, dest_url.into_string())),
                _ => {}
            }
        }
        page
    }
}

impl Listing {
    /// Whether it says so after its language.
    pub fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|own| own == attribute)
    }
}

/// Every page whose listings and links are held, as paths from the root.
pub fn pages(root: &Path) -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = [
        "README.md",
        "CHANGELOG.md",
        "DESIGN.md",
        "cors-why/README.md",
        "engines/README.md",
        "examples/README.md",
        "tests/README.md",
    ]
    .map(PathBuf::from)
    .into();
    let mut folders = vec![PathBuf::from("docs")];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(root.join(&folder)).expect("a folder can be read");
        for entry in entries.map(|entry| entry.expect("an entry can be read")) {
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}

/// The anchor of a heading, as GitHub and the guide's site make it.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.chars().filter(|each| each.is_alphanumeric() || matches!(each, ' ' | '-' | '_'));
    kept.map(|each| if each == ' ' { '-' } else { each }).collect()
}
