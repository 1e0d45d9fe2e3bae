//! The procedural macro behind `cors_policy!`. Use it through `cors-actix`, which documents it.

mod build;
mod configuration;
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

/// Checks a policy and yields it as a constant expression. The first tokens are the path of the crate that the expansion may name.
#[doc(hidden)]
#[proc_macro]
pub fn policy(input: TokenStream) -> TokenStream {
    expand(input.into()).into()
}

fn expand(input: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let source = parse::parse(input);
    let builds = build::check(&source);
    let mistakes = report::collect(&source, &builds);
    if mistakes.is_empty() { emit::policy(&source, &builds) } else { emit::errors(&source, &mistakes) }
}
