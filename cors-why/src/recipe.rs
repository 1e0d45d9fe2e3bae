//! What to write in the server so that the page can read, in the language of its stack.
//!
//! The tables below hold one recipe for each stack. A line of help that names a setting takes it from the block, so the two agree.

mod apps;
mod by_hand;
mod danger;
mod development;
mod javascript;
mod line;
mod proxies;
mod python;
mod rust_and_go;
mod services;
mod template;

use crate::stack::Stack;

pub(crate) use by_hand::is_by_hand;
pub(crate) use danger::dangers;
pub(crate) use line::{alternative, line};
pub(crate) use template::Wish;

/// The settings of a stack for CORS.
#[derive(Debug)]
struct Recipe {
    stack: Stack,
    /// Whether a test puts the block into a bare server and reads from it with Chromium.
    tried: bool,
    /// What to install or to import first; empty if nothing.
    install: &'static str,
    /// Where the block goes.
    place: &'static str,
    /// What the settings of the block belong to.
    inside: &'static str,
    /// What to write if nothing sends the headers, in one sentence: `@place@` is the place, `@rest@` the other settings that the
    /// request needs.
    missing: &'static str,
    block: &'static str,
    /// The sentences that differ from the general ones.
    other: &'static [(Topic, &'static str)],
}

/// The subject of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Topic {
    /// The order of middleware: what comes first in the program answers first.
    Order,
    /// CORS is registered for other paths.
    Paths,
    /// Authentication answers before CORS.
    Login,
    /// Nothing answers the preflight.
    Preflight,
    /// The place of the lists of a preflight.
    Lists,
    /// Errors lack the headers.
    Errors,
    /// Proxy and application both send the header.
    Twice,
    /// The setting that allows every origin, if it is not the list itself.
    Everybody,
    /// Several origins in one value.
    Several,
    /// The function that decides about origins throws an error.
    Callback,
    /// The server does not accept the `Host` of the request.
    Host,
    /// A request's body is too large.
    TooLarge,
}

impl Recipe {
    /// Every stack has a recipe.
    fn of(stack: Stack) -> &'static Self {
        Self::all().find(|recipe| recipe.stack == stack).expect("a test looks for each")
    }

    fn all() -> impl Iterator<Item = &'static Self> {
        let families = [
            javascript::RECIPES,
            development::RECIPES,
            python::RECIPES,
            apps::RECIPES,
            rust_and_go::RECIPES,
            proxies::RECIPES,
            services::RECIPES,
        ];
        families.into_iter().flatten()
    }
}

/// The output of `--fix`.
#[derive(Debug)]
pub(crate) struct Fix {
    /// What to know first: what to install, where the block goes, whether a test runs it, and why not to use it.
    pub(crate) heading: Vec<String>,
    /// The text to paste.
    pub(crate) block: String,
}

impl Fix {
    pub(crate) fn of(stack: Stack, wish: &Wish) -> Self {
        let recipe = Recipe::of(stack);
        let mut heading = Vec::new();
        if !recipe.install.is_empty() {
            heading.push(format!("install: {}", wish.render(recipe.install)));
        }
        heading.push(format!("where: {}", wish.render(recipe.place)));
        heading.push(
            "the block allows this page and request alone: keep what the configuration allows already".to_owned(),
        );
        if !recipe.tried {
            heading.push("not run by us: no test of this project runs this one, so check what it does".to_owned());
        }
        heading.extend(dangers(Some(stack), wish).iter().map(|danger| format!("warning: {danger}")));
        Self { heading, block: wish.render(recipe.block) }
    }
}

#[cfg(test)]
mod tests;
