//! A checked policy to a constant expression; or compile errors and a value of the right type.

use cors_core::__private::{LookupParts, OriginListParts, Presence, Syntax, TableParts, WildcardParts, syntax};
use cors_core::{Key, MaxAge, Names, OnDenied, OriginList, Origins, Policy, Rule};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::build::Build;
use crate::source::{Mistake, Source};

/// The policy of each build in a static of its own, under a `cfg` for that build.
pub(crate) fn policy(source: &Source, builds: &[Build]) -> TokenStream {
    let krate = &source.krate;
    let statics = builds.iter().map(|build| {
        let needs_unset = || {
            let is_there = |mark| source.presence(mark, build.combination) == Presence::Present;
            source.unset.iter().any(|unset| is_there(unset.mark))
        };
        let prepared = match &build.policy {
            Some(policy) => prepared(krate, policy),
            None if needs_unset() => quote!(#krate::__private::nothing()),
            None => lost(source, build),
        };
        let predicate = build.combination.predicate(&source.atoms).tokens(&source.atoms);
        quote! {
            #[cfg(#predicate)]
            static PREPARED: #krate::__private::Prepared = #prepared;
        }
    });
    let unset = unset_errors(source);
    let keys = keys(source);
    let tracking = tracking(source);
    quote!({ #keys #tracking #(#unset)* #(#statics)* #krate::Cors::__from_static(&PREPARED) })
}

/// The mistakes, and a policy that allows nothing, so that nothing else goes wrong for want of a value.
pub(crate) fn errors(source: &Source, mistakes: &[Mistake]) -> TokenStream {
    let krate = &source.krate;
    let errors = mistakes.iter().map(|mistake| mistake.extent.error(&mistake.issue.to_string()));
    let unset = unset_errors(source);
    let keys = keys(source);
    let tracking = tracking(source);
    quote! {{
        #keys #tracking #(#errors)* #(#unset)*
        static PREPARED: #krate::__private::Prepared = #krate::__private::nothing();
        #krate::Cors::__from_static(&PREPARED)
    }}
}

/// In place of a policy that has mistakes of which none was reported: whatever goes wrong here must not pass for a policy.
fn lost(source: &Source, build: &Build) -> TokenStream {
    let issues = build.issues.iter().map(|issue| format!("\n{}: {issue}", issue.place())).collect::<String>();
    source.marks[0].extent.error(&format!("cors_policy! failed to report what is wrong with this policy{issues}"))
}

/// An error for each, in those builds that need it, which only the compiler can tell.
fn unset_errors(source: &Source) -> impl Iterator<Item = TokenStream> {
    source.unset.iter().map(|unset| {
        let marked = &source.marks[unset.mark];
        let issue = syntax(Key::Origins, Syntax::Unset { variable: unset.name.clone() });
        let needed = marked.predicate.tokens(&source.atoms);
        let error = marked.extent.error(&issue.to_string());
        quote!(#[cfg(#needed)] const _: () = { #error };)
    })
}

/// Editors show help for a key, and jump to it, where it is a name that something defines. Each import is used, since a crate
/// may forbid its lints to be allowed.
fn keys(source: &Source) -> TokenStream {
    let krate = &source.krate;
    let names = &source.keys;
    let imports: Vec<_> = (0..names.len()).map(|index| format_ident!("KEY_{index}")).collect();
    quote!(#(use #krate::__private::keys::#names as #imports; const _: () = #imports;)*)
}

/// Makes cargo compile again when a variable changes.
fn tracking(source: &Source) -> TokenStream {
    let variables = &source.variables;
    quote!(#(const _: ::core::option::Option<&'static ::core::primitive::str> = ::core::option_env!(#variables);)*)
}

fn prepared(krate: &TokenStream, policy: &Policy) -> TokenStream {
    let count = policy.rules().len();
    let indices = 0..count;
    let on_denied = match policy.on_denied() {
        OnDenied::Forward => quote!(Forward),
        OnDenied::Reject => quote!(Reject),
    };
    let mut items = Vec::new();
    let mut rules = Vec::new();
    for (index, rule) in policy.rules().iter().enumerate() {
        let patterns = format_ident!("ORIGINS_{index}");
        if let Origins::Listed(origins) = rule.origins() {
            let list = origin_list(krate, origins);
            items.push(quote!(const #patterns: #krate::OriginList = #list;));
        }
        rules.push(tokens_of_rule(krate, rule, &patterns));
    }
    let policy =
        quote!(#krate::Policy::__checked(#krate::__private::Cow::Borrowed(&RULES), #krate::OnDenied::#on_denied));
    quote! {{
        #(#items)*
        static RULES: [#krate::Rule; #count] = [#(#rules),*];
        static POLICY: #krate::Policy = #policy;
        static VALUES: [#krate::__private::PreparedRule; #count] =
            [#(#krate::__private::PreparedRule::from_static(&POLICY, &RULES[#indices])),*];
        #krate::__private::Prepared::from_static(#policy, &VALUES)
    }}
}

fn tokens_of_rule(krate: &TokenStream, rule: &Rule, patterns: &proc_macro2::Ident) -> TokenStream {
    let origins = match rule.origins() {
        Origins::Listed(_) => quote!(#krate::Origins::Listed(#patterns)),
        _ => quote!(#krate::Origins::Any),
    };
    let credentials = rule.credentials();
    let methods = names(krate, rule.methods());
    let allow_headers = names(krate, rule.allow_headers());
    let expose_headers = names(krate, rule.expose_headers());
    let max_age = match rule.max_age().map(MaxAge::seconds) {
        Some(seconds) => {
            let text = seconds.to_string();
            quote!(::core::option::Option::Some(#krate::MaxAge::__checked(#seconds, #text)))
        }
        None => quote!(::core::option::Option::None),
    };
    let [insecure, suffixes] = rule.__dangers();
    quote! {
        #krate::Rule::__checked(
            #origins, #credentials, #methods, #allow_headers, #expose_headers, #max_age, [#insecure, #suffixes],
        )
    }
}

/// The list with its tables, which are made here so that the program need not make them.
fn origin_list(krate: &TokenStream, list: &OriginList) -> TokenStream {
    let OriginListParts { text, bounds, exact, wildcards } = cors_core::__private::origin_list_parts(list);
    let LookupParts { few, longest, table } = exact;
    let exact_table = table_parts(krate, &table);
    let WildcardParts { records, kinds, deep, lengths, table } = wildcards;
    let [own_port, any_port] = lengths;
    let wildcard_table = table_parts(krate, &table);
    quote! {
        #krate::__private::origin_list(#krate::__private::OriginListParts {
            text: #text,
            bounds: &[#(#bounds),*],
            exact: #krate::__private::LookupParts { few: &[#(#few),*], longest: #longest, table: #exact_table },
            wildcards: #krate::__private::WildcardParts {
                records: &[#(#records),*],
                kinds: #kinds,
                deep: #deep,
                lengths: [&[#(#own_port),*], &[#(#any_port),*]],
                table: #wildcard_table,
            },
        })
    }
}

fn table_parts(krate: &TokenStream, table: &TableParts<'_>) -> TokenStream {
    let TableParts { seed, displacements, slots } = table;
    quote! {
        #krate::__private::TableParts {
            seed: #seed,
            displacements: &[#(#displacements),*],
            slots: &[#(#slots),*],
        }
    }
}

fn names(krate: &TokenStream, names: &Names) -> TokenStream {
    let text = names.iter().collect::<Vec<_>>().join(", ");
    let variant = match names {
        Names::Safelisted(_) => quote!(Safelisted),
        Names::Any(_) => quote!(Any),
        Names::Listed(_) => quote!(Listed),
        _ => return quote!(#krate::Names::Unsaid),
    };
    quote!(#krate::Names::#variant(#krate::__private::Cow::Borrowed(#text)))
}
