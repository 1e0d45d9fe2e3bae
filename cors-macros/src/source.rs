//! A policy in source: a document, and the tokens of each of its marks.

use std::rc::Rc;

use cors_core::__private::document::{Document, Mark, Presence};
use cors_core::{Issue, Key};
use proc_macro2::{Ident, TokenStream};

use crate::configuration::{CfgOptions, Combination, Predicate};
use crate::extent::Extent;

pub(crate) struct Source {
    /// The path of the adapter crate, for the expansion.
    pub(crate) krate: TokenStream,
    /// The policy as written, for all builds.
    pub(crate) document: Document,
    /// The tokens of each mark of the document. The first is the whole policy.
    pub(crate) marks: Vec<Marked>,
    pub(crate) options: CfgOptions,
    /// Mistakes of the grammar, which do not depend on the build.
    pub(crate) issues: Vec<LocatedIssue>,
    /// Keys, and names that are values of a key, as written, so that an editor can complete and explain them.
    pub(crate) names: Vec<(Option<Key>, Ident)>,
    /// Every variable that was read, so that cargo compiles again when one changes.
    pub(crate) variables: Vec<String>,
    /// Each `env!` of a variable that is not set.
    pub(crate) unset: Vec<Unset>,
}

/// Tokens, and the predicate of the builds that have them.
pub(crate) struct Marked {
    pub(crate) extent: Extent,
    pub(crate) predicate: Rc<Predicate>,
}

/// A mistake and the tokens to change.
#[derive(Clone, Debug)]
pub(crate) struct LocatedIssue {
    pub(crate) extent: Extent,
    pub(crate) issue: Issue,
}

/// An `env!` of a variable that is not set. The compiler decides by its `cfg` whether the variable is needed.
pub(crate) struct Unset {
    pub(crate) mark: Mark,
    pub(crate) name: String,
}

impl Source {
    pub(crate) fn presence(&self, mark: Mark, combination: Combination) -> Presence {
        match self.marks[mark].predicate.holds(combination) {
            Some(true) => Presence::Present,
            Some(false) => Presence::Absent,
            None => Presence::Unknown,
        }
    }
}
