//! The procedural macro behind `cors_policy!`. Use it through `cors-actix`, which has its documentation.

mod actix_cors;
mod build;
mod configuration;
mod constant;
mod emit;
mod environment;
mod expand;
mod extent;
mod parse;
mod report;
mod source;
#[cfg(test)]
mod tests;
mod text;

use proc_macro::TokenStream;

/// Checks a policy and expands to a constant expression. The input begins with the path of the adapter crate in
/// brackets. The expansion uses only this crate and `core`.
#[doc(hidden)]
#[proc_macro]
pub fn policy(input: TokenStream) -> TokenStream {
    expand::expand(input.into()).into()
}
