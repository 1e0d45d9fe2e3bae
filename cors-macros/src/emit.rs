//! Converts a checked policy to a constant expression, or mistakes to compile errors and a value of the right type.

use std::env;

use cors_core::__private::document::Presence;
use cors_core::__private::packed::Packing;
use cors_core::__private::syntax_issue;
use cors_core::{Key, Policy, SyntaxIssue};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::build::Build;
use crate::source::{LocatedIssue, Source};

/// Returns one static with the policy for each build, under the `cfg` of that build.
pub(crate) fn policy(source: &Source, builds: &[Build]) -> TokenStream {
    let krate = &source.krate;
    let statics = builds.iter().map(|build| {
        let needs_unset_variable = || {
            let is_there = |mark| source.presence(mark, build.combination) == Presence::Present;
            source.unset.iter().any(|unset| is_there(unset.mark))
        };
        let prepared = match &build.policy {
            Some(policy) => prepared(krate, policy),
            None if needs_unset_variable() => quote!(#krate::__private::prepared::nothing()),
            None => unreported(source, build),
        };
        let predicate = build.combination.predicate(&source.options).tokens(&source.options);
        quote! {
            #[cfg(#predicate)]
            static PREPARED: #krate::__private::prepared::Prepared = #prepared;
        }
    });
    let unset = unset_errors(source);
    let names = names(source);
    let tracking = tracking(source);
    quote!({ #names #tracking #(#unset)* #(#statics)* #krate::__private::cors(&PREPARED) })
}

/// Returns the mistakes as compile errors, and a policy that allows nothing, so that there is no second error for a
/// missing value.
pub(crate) fn errors(source: &Source, issues: &[LocatedIssue]) -> TokenStream {
    let krate = &source.krate;
    let errors = issues.iter().map(|located| located.extent.error(&located.issue.to_string()));
    let unset = unset_errors(source);
    let names = names(source);
    let tracking = tracking(source);
    let nothing = nothing(krate);
    quote!({ #names #tracking #(#errors)* #(#unset)* #nothing })
}

/// A policy that allows nothing.
pub(crate) fn nothing(krate: &TokenStream) -> TokenStream {
    quote! {
        static PREPARED: #krate::__private::prepared::Prepared = #krate::__private::prepared::nothing();
        #krate::__private::cors(&PREPARED)
    }
}

/// Returns a compile error for a build that has no policy and no reported mistake. A bug in this crate must not
/// compile as a policy.
fn unreported(source: &Source, build: &Build) -> TokenStream {
    let issues = build.issues.iter().map(|(_, issue)| format!("\n{}: {issue}", issue.place())).collect::<String>();
    source.marks[0].extent.error(&format!("cors_policy! failed to report what is wrong with this policy{issues}"))
}

/// A compile error for each `env!` of a variable that is not set, under the `cfg` of the builds that need it.
fn unset_errors(source: &Source) -> impl Iterator<Item = TokenStream> {
    source.unset.iter().map(|unset| {
        let marked = &source.marks[unset.mark];
        let issue = syntax_issue(Key::Origins, SyntaxIssue::Unset { variable: unset.name.clone() });
        let needed = marked.predicate.tokens(&source.options);
        let error = marked.extent.error(&issue.to_string());
        quote!(#[cfg(#needed)] const _: () = { #error };)
    })
}

/// Returns each name as written, in the module that documents the possible names, so that an editor completes and
/// explains it. Returns nothing for the compiler, so that an incomplete name adds no error.
fn names(source: &Source) -> TokenStream {
    if !is_in_editor() {
        return TokenStream::new();
    }
    let krate = &source.krate;
    let names = source.names.iter().map(|(key, name)| match key {
        None => quote!(keys::#name),
        Some(key) => {
            let key = format_ident!("{}", key.name());
            quote!(values::#key::#name)
        }
    });
    quote!(#(const _: () = #krate::#names;)*)
}

/// Returns whether rust-analyzer expands the macro. Its `cfg` is not set in dependencies, and the compiler warns
/// about it in a user's crate.
fn is_in_editor() -> bool {
    let program = env::current_exe().unwrap_or_default();
    program.file_name().is_some_and(|name| name.to_string_lossy().starts_with("rust-analyzer"))
}

/// An `option_env!` for each variable, so that cargo compiles again when one changes.
fn tracking(source: &Source) -> TokenStream {
    let variables = &source.variables;
    quote!(#(const _: ::core::option::Option<&'static ::core::primitive::str> = ::core::option_env!(#variables);)*)
}

fn prepared(krate: &TokenStream, policy: &Policy) -> TokenStream {
    let count = policy.rules().len();
    let Packing { texts, numbers, displacements, lengths } = Packing::of(policy);
    // The name of the variant, also of future variants.
    let on_denied = format_ident!("{}", format!("{:?}", policy.on_denied()));
    quote! {{
        static RULES: [#krate::Rule; #count] = #krate::__private::packed::Packed {
            texts: &[#(#texts),*],
            numbers: &[#(#numbers),*],
            displacements: &[#(#displacements),*],
            lengths: &[#(#lengths),*],
        }
        .rules();
        static VALUES: [#krate::__private::prepared::PreparedRule; #count] = #krate::__private::prepared::all(&RULES);
        #krate::__private::prepared::Prepared::from_static(
            #krate::__private::checked_policy(&RULES, #krate::OnDenied::#on_denied),
            &VALUES,
        )
    }}
}
