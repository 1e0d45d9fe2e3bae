//! A policy as it stands in the source: a document, and the tokens behind each of its marks.

use std::rc::Rc;

use cors_core::__private::document::{Document, Mark, Presence};
use cors_core::Issue;
use proc_macro2::{Ident, TokenStream};

use crate::configuration::{CfgOptions, Combination, Predicate};
use crate::extent::Extent;

pub(crate) struct Source {
    /// The path of the crate that the expansion may name.
    pub(crate) krate: TokenStream,
    /// What is written, for all builds.
    pub(crate) document: Document,
    /// What each mark of the document stands for; the first is the whole policy.
    pub(crate) marks: Vec<Marked>,
    pub(crate) options: CfgOptions,
    /// Mistakes of the grammar, which do not depend on the build.
    pub(crate) issues: Vec<LocatedIssue>,
    /// The keys that are names, so that editors find their documentation.
    pub(crate) keys: Vec<Ident>,
    /// Every variable that was read, so that a change makes cargo compile again.
    pub(crate) variables: Vec<String>,
    /// Each `env!` of a variable that is not set.
    pub(crate) unset: Vec<Unset>,
}

/// Tokens, and when they are there.
pub(crate) struct Marked {
    pub(crate) extent: Extent,
    pub(crate) predicate: Rc<Predicate>,
}

/// A mistake and the tokens that must change.
#[derive(Clone, Debug)]
pub(crate) struct LocatedIssue {
    pub(crate) extent: Extent,
    pub(crate) issue: Issue,
}

/// An `env!` of a variable that is not set, which only the compiler can tell to be needed.
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
