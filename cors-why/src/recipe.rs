//! What to write, in the words of the stack that answers, so that a page may read.
//!
//! The tables below hold one recipe for each stack. A line of help that names a setting takes it from the block, so the two agree.

mod apps;
mod by_hand;
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
pub(crate) use line::{alternative, line};
pub(crate) use template::Wish;

/// How a stack is told about CORS.
#[derive(Debug)]
struct Recipe {
    stack: Stack,
    /// Whether the tests of this project put the block into a bare server, where Chromium then reads.
    tried: bool,
    /// What to install or to import first; empty where nothing.
    install: &'static str,
    /// Where the block goes.
    place: &'static str,
    /// What the settings of the block belong to.
    inside: &'static str,
    /// What to write where nothing sends the headers, in one sentence: `@place@` is the place, `@rest@` what the
    /// request needs beside the origin.
    missing: &'static str,
    block: &'static str,
    /// Where this stack needs other words than those that are said of all.
    other: &'static [(Topic, &'static str)],
}

/// What a line of help is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Topic {
    /// What comes first in the program answers first.
    Order,
    /// CORS is registered for other paths.
    Paths,
    /// Authentication answers before CORS.
    Login,
    /// Nothing answers the preflight.
    Preflight,
    /// Where the lists of a preflight stand.
    Lists,
    /// Errors lack the headers.
    Errors,
    /// Proxy and application send the header.
    Twice,
    /// What allows every origin, where that is not the list itself.
    Everybody,
    /// Several origins are to be allowed.
    Several,
    /// A function that decides about origins throws.
    Callback,
    /// The server does not know the name by which it was asked.
    Host,
    /// A request's body is too large.
    TooLarge,
}

impl Recipe {
    /// Every stack has one.
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

/// What `--fix` prints.
#[derive(Debug)]
pub(crate) struct Fix {
    /// What to know first: what to install, where the block goes, and whether it was tried.
    pub(crate) heading: Vec<String>,
    /// To be pasted as it is.
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
        Self { heading, block: wish.render(recipe.block) }
    }
}

#[cfg(test)]
mod tests;
