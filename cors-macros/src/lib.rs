//! The procedural macro behind `cors_policy!`. Use it through `cors-actix`, which documents it.

mod configuration;
mod emit;
mod environment;
mod extent;
mod lower;
mod parse;
mod report;

use proc_macro::TokenStream;

/// Checks a policy and yields it as a constant expression. The first tokens are the path of the crate that the expansion may name.
#[doc(hidden)]
#[proc_macro]
pub fn policy(input: TokenStream) -> TokenStream {
    let source = parse::parse(input.into());
    let lowered = lower::lower(&source);
    let mistakes = report::collect(&source, &lowered);
    if mistakes.is_empty() { emit::policy(&source, &lowered).into() } else { emit::errors(&source, &mistakes).into() }
}
