//! The whole pipeline: tokens to the expansion.

use proc_macro2::{TokenStream, TokenTree};

use crate::{actix_cors, build, emit, parse, report};

/// Checks a policy and expands to a constant expression. The input begins with the path of the adapter crate in brackets.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut policy = input.into_iter();
    let krate = match policy.next() {
        Some(TokenTree::Group(group)) => group.stream(),
        _ => TokenStream::new(),
    };
    let policy: TokenStream = policy.collect();
    if let Some(expansion) = actix_cors::expand(&krate, policy.clone()) {
        return expansion;
    }
    let source = parse::parse(krate, policy);
    let builds = build::check(&source);
    let issues = report::collect(&source, &builds);
    if issues.is_empty() { emit::policy(&source, &builds) } else { emit::errors(&source, &issues) }
}
