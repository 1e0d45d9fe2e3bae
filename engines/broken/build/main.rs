//! Makes a copy of cors-browser in which each row of `rules` is a mutant.

mod function;
mod items;
mod rule;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use rule::{Mutant, read_rules};

/// Where a module of the copy comes from: the model, and the tables of names that it shares with the server's half.
const MODEL: &str = "../../cors-browser/src";
const NAMES: &str = "../../cors-core/src/names.rs";

fn main() {
    let mut sources = BTreeMap::new();
    read_sources(Path::new(MODEL), Path::new(MODEL), &mut sources);
    sources.insert("names.rs".to_owned(), read(Path::new(NAMES)));
    let (mut mutants, mut mistakes) = (Vec::new(), Vec::new());
    for path in files(Path::new("rules")) {
        let rules = read_rules(&read(&path)).unwrap_or_else(|mistake| {
            mistakes.push(format!("{}: {mistake}", path.display()));
            Vec::new()
        });
        for rule in rules {
            match rule.mutants(&sources) {
                Ok(made) => mutants.extend(made),
                Err(mistake) => mistakes.push(format!("{}: {rule}: {mistake}", path.display())),
            }
        }
    }
    for mistake in &mistakes {
        println!("cargo::error={}", mistake.replace('\n', " "));
    }
    if !mistakes.is_empty() {
        return;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where"));
    for (name, source) in &sources {
        write(&out.join("copy").join(name), &copy(name, source, &mutants));
    }
    write(&out.join("mutants.rs"), &list(&mutants));
}

/// The text of a file of the copy.
fn copy(name: &str, source: &str, mutants: &[Mutant]) -> String {
    let mut text = source.to_owned();
    if name == "lib.rs" {
        // What is included cannot begin with documentation.
        let lines = text.lines().filter(|line| !line.starts_with("//!"));
        text = lines.collect::<Vec<_>>().join("\n") + "\nmod names;\n";
    }
    let mut bodies: BTreeMap<&str, Vec<(usize, String)>> = BTreeMap::new();
    for (place, mutant) in mutants.iter().enumerate() {
        for (change, body) in mutant.bodies.iter().filter(|(change, _)| change.file == name) {
            bodies.entry(&change.function).or_default().push((place + 1, body.clone()));
        }
    }
    for (function, bodies) in bodies {
        text = function::find(&text, function).expect("its mutants were made").with_bodies(&bodies);
    }
    text
}

fn list(mutants: &[Mutant]) -> String {
    let row = |(place, mutant): (usize, &Mutant)| {
        let Mutant { statement, name, shown_by, .. } = mutant;
        format!(
            "    Mutant {{ number: {}, statement: {statement:?}, name: {name:?}, shown_by: {shown_by:?} }},\n",
            place + 1
        )
    };
    let rows: String = mutants.iter().enumerate().map(row).collect();
    format!(
        "/// Every mutant, in the order of its number.\npub const MUTANTS: [Mutant; {}] = [\n{rows}];\n",
        mutants.len()
    )
}

fn read_sources(root: &Path, folder: &Path, sources: &mut BTreeMap<String, String>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for path in files(folder) {
        if path.is_dir() {
            read_sources(root, &path, sources);
        } else {
            let name = path.strip_prefix(root).expect("it is in there").to_str().expect("names are ASCII");
            sources.insert(name.replace('\\', "/"), read(&path).replace("cors_core::names", "crate::names"));
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be read").path()).collect();
    paths.sort();
    paths
}

fn read(path: &Path) -> String {
    println!("cargo::rerun-if-changed={}", path.display());
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder can be made");
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
