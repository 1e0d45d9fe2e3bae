//! Writes a module for each Rust listing of the pages, which `src/lib.rs` includes.

#[path = "src/markdown.rs"]
#[allow(dead_code, unreachable_pub, reason = "the tests use the rest")]
mod markdown;

use std::path::Path;
use std::{env, fs};

use markdown::{Listing, Page, pages};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut modules = String::new();
    println!("cargo::rerun-if-changed={}", root.join("docs").display());
    for path in pages(&root) {
        println!("cargo::rerun-if-changed={}", root.join(&path).display());
        for listing in Page::read(&root, &path).listings.iter().filter(|listing| listing.language == "rust") {
            modules.push_str(&module(listing));
        }
    }
    let out = env::var("OUT_DIR").expect("Cargo sets it");
    fs::write(Path::new(&out).join("listings.rs"), modules).expect("a file can be written");
}

/// What `given.rs` has a function for: a listing of statements may name these without a word of where they come from.
const GIVEN: [&str; 8] = ["app", "authentication", "configuration", "database", "draft", "list", "page", "settings"];

/// A listing of items is a module, whose tests run; one of statements is the body of a function.
fn module(listing: &Listing) -> String {
    let Listing { place, text, .. } = listing;
    let name: String = place.chars().map(|each| if each.is_alphanumeric() { each } else { '_' }).collect();
    let name = name.to_lowercase();
    if listing.has("compile_fail") {
        let commented: String = text.lines().map(|line| format!("/// {line}\n")).collect();
        return format!(
            "\n/// {place}\n///\n/// ```compile_fail\n/// # use cors_actix::*;\n{commented}/// ```\npub mod {name} {{}}\n"
        );
    }
    let body = if text.contains("fn main(") || text.contains("_web::test]") {
        text.clone()
    } else {
        let given = GIVEN.map(|name| format!("let {name} = given::{name}().await;\n")).concat();
        let notes = if text.contains("let notes") { "" } else { "use crate::given::services::notes;\n" };
        format!(
            "async fn listing() -> Result<(), Box<dyn std::error::Error>> {{\n{given}{notes}let _ = {{\n{text}}};\nOk(())\n}}\n"
        )
    };
    format!(
        "\n// {place}\n#[cfg(test)]\n#[allow(warnings, unreachable_pub, clippy::all)]\nmod {name} {{\nuse crate::given::{{self, *}};\n{body}}}\n"
    )
}
