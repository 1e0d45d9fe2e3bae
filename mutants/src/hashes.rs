//! The files whose mutants were all run, with the hash of their code at that time.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use sha2::{Digest, Sha256};

const LIST: &str = "mutants/hashes";

/// The hash of each file when every mutant of it was killed or explained.
pub(crate) struct Hashes {
    repository: PathBuf,
    known: BTreeMap<String, String>,
}

impl Hashes {
    /// Reads the list, without files that are deleted.
    pub(crate) fn read(repository: &Path) -> Self {
        let text = fs::read_to_string(repository.join(LIST)).unwrap_or_default();
        let lines = text.lines().filter_map(|line| line.split_once("  "));
        let known = lines.filter(|(_, file)| repository.join(file).exists());
        let known = known.map(|(hash, file)| (file.to_owned(), hash.to_owned())).collect();
        Self { repository: repository.to_owned(), known }
    }

    pub(crate) fn has(&self, file: &str, text: &str) -> bool {
        self.known.get(file).is_some_and(|known| *known == hash(text))
    }

    /// Writes the list at once, so that a run that is ended continues there. Keeps what another run has written.
    pub(crate) fn set(&mut self, file: &str, text: &str) {
        self.known.extend(Self::read(&self.repository).known);
        self.known.insert(file.to_owned(), hash(text));
        let lines: String = self.known.iter().map(|(file, hash)| format!("{hash}  {file}\n")).collect();
        fs::write(self.repository.join(LIST), lines).unwrap_or_else(|error| panic!("{LIST}: {error}"));
    }
}

/// The SHA-256 of the tokens, without comments and documentation.
fn hash(text: &str) -> String {
    let mut words = Vec::new();
    words_of(text.parse().expect("it is Rust"), &mut words);
    let (mut hash, mut rest) = (Sha256::new(), words.as_slice());
    while let [word, others @ ..] = rest {
        let behind = others.iter().position(|other| other != "!").unwrap_or_default();
        rest = match &others[behind..] {
            [open, doc, equals, _, _, after @ ..]
                if (&**word, &**open, &**doc, &**equals) == ("#", "[", "doc", "=") =>
            {
                after
            }
            _ => {
                hash.update(word);
                hash.update("\n");
                others
            }
        };
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The tokens in their order, those in brackets too.
fn words_of(tokens: TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                words.push(open.to_owned());
                words_of(group.stream(), words);
                words.push(close.to_owned());
            }
            token => words.push(token.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn comments_and_spaces_do_not_count_and_all_else_does() {
        let code = "#[derive(Debug)] struct Host(u8); fn f() -> bool { g(1) }";
        let same = "//! Hosts.\n/// A host.\n#[derive(Debug)]\nstruct Host(u8);\n\n// Why.\nfn f() -> bool {\n    /* One. */ g(1)\n}";
        assert_eq!(hash(code), hash(same));
        for other in [code.replace('1', "2"), code.replace("Debug", "Clone"), code.replace("g(1)", "g[1]")] {
            assert_ne!(hash(code), hash(&other), "{other}");
        }
    }
}
