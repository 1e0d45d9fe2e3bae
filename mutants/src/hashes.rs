//! The files whose mutants were all tried, each with a hash of its tokens. Comments do not count: they change no mutant.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use sha2::{Digest, Sha256};

/// The hash of each file when every mutant of it was killed or explained.
pub(crate) struct Hashes {
    list: PathBuf,
    known: BTreeMap<String, String>,
}

impl Hashes {
    pub(crate) fn read(list: &Path) -> Self {
        let text = fs::read_to_string(list).unwrap_or_default();
        let lines = text.lines().filter_map(|line| line.split_once("  "));
        Self { list: list.to_owned(), known: lines.map(|(hash, file)| (file.to_owned(), hash.to_owned())).collect() }
    }

    pub(crate) fn has(&self, file: &str, text: &str) -> bool {
        self.known.get(file).is_some_and(|known| *known == hash(text))
    }

    /// Writes the list at once, so that what was run before an end that comes too early need not run again.
    pub(crate) fn set(&mut self, file: &str, text: &str) {
        self.known.insert(file.to_owned(), hash(text));
        let lines: String = self.known.iter().map(|(file, hash)| format!("{hash}  {file}\n")).collect();
        fs::write(&self.list, lines).unwrap_or_else(|error| panic!("{}: {error}", self.list.display()));
    }

    /// Leaves out files that are no more.
    pub(crate) fn retain(&mut self, is_there: impl Fn(&str) -> bool) {
        self.known.retain(|file, _| is_there(file));
    }
}

fn hash(text: &str) -> String {
    let tokens = text.parse().unwrap_or_else(|error| panic!("no Rust: {error}"));
    let code = without_comments(tokens).to_string();
    Sha256::digest(code).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Removes documentation, which tokens have as attributes.
fn without_comments(tokens: TokenStream) -> TokenStream {
    let mut code: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if is_documentation(&group) => {
                while matches!(code.last(), Some(TokenTree::Punct(mark)) if ['#', '!'].contains(&mark.as_char())) {
                    code.pop();
                }
            }
            TokenTree::Group(group) => {
                code.push(Group::new(group.delimiter(), without_comments(group.stream())).into());
            }
            token => code.push(token),
        }
    }
    code.into_iter().collect()
}

fn is_documentation(group: &Group) -> bool {
    let first = group.stream().into_iter().next();
    group.delimiter() == Delimiter::Bracket && matches!(first, Some(TokenTree::Ident(name)) if name == "doc")
}
