//! The range of tokens that a message points at.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

/// The tokens from `first` to `last`. On a stable compiler no single span covers several tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    first: Span,
    last: Span,
}

impl Extent {
    /// The whole invocation, for a mistake that has no tokens.
    pub(crate) fn whole() -> Self {
        Span::call_site().into()
    }

    pub(crate) fn of(tokens: &[TokenTree]) -> Self {
        match tokens {
            [first, .., last] => Self { first: first.span(), last: last.span() },
            [only] => only.span().into(),
            [] => Self::whole(),
        }
    }

    /// Line and column of the beginning, to sort by. Outside of the compiler, as in unit tests, all are equal.
    pub(crate) fn position(self) -> (usize, usize) {
        if !proc_macro::is_available() {
            return (0, 0);
        }
        // `Span::unwrap` returns the span of the compiler, and does not panic while a macro expands.
        let start = self.first.unwrap().start();
        (start.line(), start.column())
    }

    /// Returns a compile error at these tokens: the compiler marks an invocation from its first token to its last. The tokens have
    /// the edition of their source, which must be 2018 or later for `::core`.
    pub(crate) fn error(self, message: &str) -> TokenStream {
        let path = quote_spanned!(self.first=> ::core::compile_error);
        let rest = quote_spanned!(self.last=> ! { #message });
        quote!(#path #rest)
    }
}

impl From<Span> for Extent {
    fn from(span: Span) -> Self {
        Self { first: span, last: span }
    }
}
