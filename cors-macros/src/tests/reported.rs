//! Every invocation in `tests/ui`, by the pipeline alone: the texts of its mistakes. Where they are marked is for the compiler to say,
//! in `tests/tests/compile_errors.rs`.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::expand::expand;

/// What differs in the compiler: a fragment of another macro is one token there, and it writes tokens with other spaces.
const OF_THE_COMPILER: [&str; 2] = ["mistake_in_a_fragment.rs", "comma_twice.rs"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder of mistakes") {
        let path = entry.expect("its entries").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !OF_THE_COMPILER.iter().any(|name| path.ends_with(name))
        {
            found.push(path);
        }
    }
}

/// The groups behind `name!`, those inside of groups too.
fn invocations(name: &str, tokens: TokenStream) -> Vec<Group> {
    let (mut found, mut behind) = (Vec::new(), 0);
    for token in tokens {
        match token {
            TokenTree::Group(group) if behind == 2 => found.push(group),
            TokenTree::Group(group) => found.extend(invocations(name, group.stream())),
            TokenTree::Ident(ident) if ident == name => {
                behind = 1;
                continue;
            }
            TokenTree::Punct(punct) if punct.as_char() == '!' && behind == 1 => {
                behind = 2;
                continue;
            }
            _ => {}
        }
        behind = 0;
    }
    found
}

/// What the expansion of a policy says.
fn said(policy: TokenStream) -> Vec<String> {
    let input = "[cors]".parse::<TokenStream>().expect("tokens").into_iter().chain(policy).collect();
    let errors = invocations("compile_error", expand(input)).into_iter();
    errors.map(|error| syn::parse2::<syn::LitStr>(error.stream()).expect("a text").value()).collect()
}

/// What the compiler says, without the places.
fn expected(errors: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for error in errors.split("error: ").skip(1) {
        let (text, _) = error.split_once("--> ").expect("a place");
        let lines = text.trim_end().lines().map(|line| line.strip_prefix("       ").unwrap_or(line));
        texts.push(lines.collect::<Vec<_>>().join("\n"));
    }
    texts
}

#[test]
fn the_pipeline_says_of_each_file_what_the_compiler_prints() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/ui"), &mut files);
    let (mut compared, mut different) = (0, Vec::new());
    for file in files {
        let source: TokenStream = fs::read_to_string(&file).expect("a text").parse().expect("tokens");
        let policies = invocations("cors_policy", source);
        if policies.is_empty() {
            continue;
        }
        let mut said: Vec<String> = policies.into_iter().flat_map(|policy| said(policy.stream())).collect();
        let mut expected = expected(&fs::read_to_string(file.with_extension("stderr")).expect("what is printed"));
        said.sort();
        expected.sort();
        compared += 1;
        if said != expected {
            different.push((file, said, expected));
        }
    }
    assert!(different.is_empty(), "{different:#?}");
    assert!(compared > 240, "{compared} files");
}
