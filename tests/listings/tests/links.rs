//! Links within the repository lead to a file, and to a heading in it. Those that lead out are listed.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use cors_listings::markdown::{Page, pages};

#[test]
fn links_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut wrong = Vec::new();
    let mut out = BTreeSet::new();
    for path in pages(&root) {
        for (line, link) in Page::read(&root, &path).links {
            if link.contains("://") {
                out.insert(link);
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target =
                if file.is_empty() { path.clone() } else { normal(&path.parent().unwrap_or(Path::new("")).join(file)) };
            let is_page = target.extension().is_some_and(|extension| extension == "md");
            let place = format!("{}:{line}: {link}", path.display());
            if !root.join(&target).exists() {
                wrong.push(format!("{place}: there is no {}", target.display()));
            } else if !anchor.is_empty() && !is_page {
                wrong.push(format!("{place}: only pages have headings"));
            } else if !anchor.is_empty() && !Page::read(&root, &target).anchors.iter().any(|own| own == anchor) {
                wrong.push(format!("{place}: {} has no heading #{anchor}", target.display()));
            }
        }
    }
    println!("links that lead out, which nobody follows here:\n{}", out.into_iter().collect::<Vec<_>>().join("\n"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.iter().collect()
}
