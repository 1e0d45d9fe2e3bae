//! From where to where a message points.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

/// The tokens from `first` to `last`. No single span can stand for several tokens on a stable compiler.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    first: Span,
    last: Span,
}

impl Extent {
    /// The whole invocation, where nothing in it is to blame.
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

    /// Where it begins, to sort by; the same for all outside of the compiler, as in unit tests.
    pub(crate) fn position(self) -> (usize, usize) {
        if !proc_macro::is_available() {
            return (0, 0);
        }
        // Not a fallible unwrap: the compiler's own span, which every span is while a macro expands.
        let start = self.first.unwrap().start();
        (start.line(), start.column())
    }

    /// An error that points here: the compiler marks from the first token of an invocation to its last. Those tokens have the
    /// edition of their source, and `::core` needs 2018 or later.
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
