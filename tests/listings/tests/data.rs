//! Listings that are data: policies are read as this project reads them, a manifest names features that are there, and everything else is
//! well-formed. Every listing is of a language that something checks, or says that it is text.

use std::collections::BTreeMap;
use std::path::Path;

use cors_actix::PolicyDraft;
use cors_listings::markdown::{Listing, Page, pages};
use serde::Deserialize;
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn listings() -> impl Iterator<Item = Listing> {
    pages(root()).into_iter().flat_map(|path| Page::read(root(), &path).listings)
}

/// How each language is checked, here or in another file.
const LANGUAGES: [(&str, &str); 12] = [
    ("rust", "compiled, and their tests run"),
    ("toml", "read as a policy or a manifest"),
    ("json", "read"),
    ("yaml", "read"),
    ("dotenv", "read as a policy"),
    ("console", "run, and the output compared"),
    ("sh", "not run; their syntax checked"),
    ("js", "read by node"),
    ("html", "their scripts read by node"),
    ("nginx", "read by nginx"),
    ("caddyfile", "read by caddy"),
    ("text", "not checked"),
];

#[test]
fn every_listing_is_of_a_language_that_is_checked_or_says_that_it_is_text() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for Listing { place, language, attributes, .. } in listings() {
        let attribute = if language == "rust" { "compile_fail" } else { "" };
        match LANGUAGES.iter().find(|(name, _)| *name == language) {
            None => {
                wrong.push(format!("{place}: a listing of {language:?}, which nothing checks; `text` is not checked"))
            }
            Some(_) if attributes.iter().any(|other| other != attribute) => {
                wrong.push(format!("{place}: unknown words after the language: {attributes:?}"));
            }
            Some((name, _)) => *counts.entry(name).or_default() += 1,
        }
    }
    for (language, how) in LANGUAGES {
        println!("{:4} {language}: {how}", counts.get(language).unwrap_or(&0));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(Listing { language, text, .. }: &Listing) -> Result<(), String> {
    let whole: Value = match language.as_str() {
        "toml" => toml::from_str(text).map_err(|error| error.to_string())?,
        "json" => serde_json::from_str(text).map_err(|error| error.to_string())?,
        "yaml" => yaml_serde::from_str(text).map_err(|error| error.to_string())?,
        "dotenv" => {
            let variables = text.lines().filter_map(|line| line.split_once('='));
            return valid(&PolicyDraft::from_variables("CORS_", variables));
        }
        _ => return Ok(()),
    };
    let draft = match (whole.get("cors"), whole.get("origins"), whole.get("rules")) {
        (Some(part), _, _) => part,
        // A suite of `why`, whose own tests read it.
        (None, None, None) if whole.get("requests").is_some() => return Ok(()),
        (None, None, None) if language == "toml" => return manifest(&whole),
        (None, None, None) => return Ok(()),
        _ => &whole,
    };
    valid(&PolicyDraft::deserialize(draft).map_err(|error| error.to_string())?)
}

fn valid(draft: &PolicyDraft) -> Result<(), String> {
    draft.validate().map(|_| ()).map_err(|issues| issues.to_string())
}

/// Every feature of ours that it asks for is there.
fn manifest(whole: &Value) -> Result<(), String> {
    let dependencies: Vec<_> = ["dependencies", "dev-dependencies"].iter().filter_map(|key| whole.get(key)).collect();
    if dependencies.is_empty() {
        return Err("neither a policy nor a manifest".to_owned());
    }
    let ours = std::fs::read_to_string(root().join("cors-actix/Cargo.toml")).map_err(|error| error.to_string())?;
    let ours: Value = toml::from_str(&ours).map_err(|error| error.to_string())?;
    let asked = dependencies.iter().filter_map(|table| table.get("cors-actix")?.get("features")?.as_array()).flatten();
    let unknown = asked.filter_map(Value::as_str).find(|feature| ours["features"].get(feature).is_none());
    unknown.map_or(Ok(()), |feature| Err(format!("cors-actix has no feature {feature}")))
}

/// The messages of `tests/ui`, which the compiler gives.
fn messages(folder: &Path) -> String {
    let entries =
        std::fs::read_dir(folder).expect("a folder can be read").map(|entry| entry.expect("it is there").path());
    let texts = entries.map(|path| match path.extension() {
        Some(extension) if extension == "stderr" => std::fs::read_to_string(path).expect("a message can be read"),
        None => messages(&path),
        _ => String::new(),
    });
    texts.collect()
}

#[test]
fn a_message_of_the_compiler_is_one_that_it_gives() {
    let given = messages(&root().join("tests/ui"));
    let shown = listings().filter(|listing| listing.language == "text" && listing.text.starts_with("error: "));
    // Where the mistake stands differs.
    let text = |listing: &Listing| listing.text.split(" --> ").next().unwrap_or_default().to_owned();
    let wrong: Vec<_> = shown.filter(|listing| !given.contains(&text(listing))).map(|listing| listing.place).collect();
    assert!(wrong.is_empty(), "no message of tests/ui is the one of {}", wrong.join(", "));
}

/// GitHub shows no file that a page includes, so the page has the text.
#[test]
fn the_guide_shows_the_project_that_the_tests_of_the_browser_run() {
    let shown = Page::read(root(), Path::new("docs/guide/development.md")).listings;
    let files =
        ["api.rs", ".env", "main.js", "index.html", "vite.config.js"].map(|name| format!("tests/fixtures/vite/{name}"));
    let wrong: Vec<_> = files
        .iter()
        .filter(|file| {
            let text = std::fs::read_to_string(root().join(file)).expect("a file can be read");
            !shown.iter().any(|listing| listing.text == text)
        })
        .map(|file| format!("no listing of docs/guide/development.md is {file}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn data_can_be_read_and_a_policy_in_it_has_no_mistake() {
    let wrong: Vec<_> = listings()
        .filter_map(|listing| check(&listing).err().map(|mistake| format!("{}: {mistake}", listing.place)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
