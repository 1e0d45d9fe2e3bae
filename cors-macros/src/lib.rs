//! The procedural macro behind `cors_policy!`. Use it through `cors-actix`, which has its documentation.

mod actix_cors;
mod build;
mod configuration;
mod constant;
mod emit;
mod environment;
mod extent;
mod parse;
mod report;
mod source;
#[cfg(test)]
mod tests;
mod text;

use proc_macro::TokenStream;
use proc_macro2::TokenTree;

/// Checks a policy and expands to a constant expression. The input begins with the path of the adapter crate in
/// brackets. The expansion uses only this crate and `core`.
#[doc(hidden)]
#[proc_macro]
pub fn policy(input: TokenStream) -> TokenStream {
    expand(input.into()).into()
}

fn expand(input: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let mut policy = input.into_iter();
    let krate = match policy.next() {
        Some(TokenTree::Group(group)) => group.stream(),
        _ => proc_macro2::TokenStream::new(),
    };
    let policy: proc_macro2::TokenStream = policy.collect();
    if let Some(expansion) = actix_cors::expand(&krate, policy.clone()) {
        return expansion;
    }
    let source = parse::parse(krate, policy);
    let builds = build::check(&source);
    let issues = report::collect(&source, &builds);
    if issues.is_empty() { emit::policy(&source, &builds) } else { emit::errors(&source, &issues) }
}
