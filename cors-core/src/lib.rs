//! CORS policies and decisions, as the Fetch standard has them, for any HTTP library.
//!
//! A [`PolicyDraft`] is what somebody wrote. Its `validate` gives a [`Policy`], or [`Issues`]: every mistake with its place, its
//! reason and what to write instead. [`Policy::respond`] is the whole answer to a [`Request`]; [`decide`](decide()) says what decided.
//!
//! Users of actix-web want the crate `cors-actix`, where the policy is written in source and checked by the compiler.
//!
//! ```
//! use std::borrow::Cow;
//!
//! use cors_core::{Lines, PolicyDraft, Request, Vary};
//!
//! let policy = PolicyDraft::new().origins(["https://app.example.com"]).expose_headers(["ETag"]).validate()?;
//!
//! let request = Request::new(b"GET").origin(Lines::One(b"https://app.example.com"));
//! let reply = policy.respond(&request);
//! assert_eq!(reply.status(), None, "the application responds");
//! assert_eq!(reply.lines(&request).collect::<Vec<_>>(), [
//!     ("access-control-allow-origin", Cow::Borrowed(b"https://app.example.com".as_slice())),
//!     ("access-control-expose-headers", Cow::Borrowed(b"ETag".as_slice())),
//! ]);
//! assert_eq!(reply.vary(), Some(Vary::Origin));
//! # Ok::<(), cors_core::Issues>(())
//! ```
//!
//! # Features
//!
//! - `serde`: a draft as TOML, JSON, YAML, whatever serde reads and writes. `policy.schema.json` is the JSON Schema.
//! - `public-suffix`, on by default: the list of public suffixes for [`PolicyDraft::validate`]. Without it a pattern with
//!   credentials is refused below a single label only, such as `com`.
//!
//! # Statements
//!
//! Comments name what a line implements: an anchor of the [Fetch standard](https://fetch.spec.whatwg.org/), or a number such as
//! SRV-10. The standard leaves a server much freedom; SRV is what this project decided, and `DESIGN.md` lists it.
//! The other numbers, such as CHK-3, are the standard's demands on a browser, which the module `browser` (feature `browser`) models.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod advice;
mod ask;
#[cfg(feature = "browser")]
pub mod browser;
mod credentials;
mod decide;
mod decision;
mod denial;
mod document;
mod draft;
mod grants;
mod issue;
mod joined;
mod key;
mod max_age;
mod missing;
mod names;
mod origin;
mod origin_list;
mod pattern;
mod policy;
mod quote;
mod reply;
mod request;
mod requested;
mod response;
mod spelling;
mod suffixes;
mod validate;
mod vary;

pub use advice::{Advice, Difference, Nearest};
pub use ask::{Answered, Ask, Question};
pub use credentials::Credentials;
pub use decide::decide;
pub use decision::{Decision, Forward};
pub use denial::Denial;
pub use draft::{List, MaxAgeValue, OnDeniedValue, PolicyDraft, RuleDraft};
pub use grants::Grants;
pub use issue::{Issue, IssueKind, Issues, Literal, Message, Part, Place};
pub use key::{Key, KeyError};
pub use max_age::{MaxAge, MaxAgeError, MaxAgeErrorKind};
pub use origin::{Origin, OriginError, OriginErrorKind, OriginFlaw};
pub use origin_list::OriginList;
pub use pattern::{Comparison, HostRelation, OriginPattern, OriginPatternRef};
pub use policy::{Names, OnDenied, Origins, Policy, Rule};
pub use reply::Reply;
pub use request::{IncomingRequest, Lines, Request, RequestHeader};
pub use response::{ResponseHeader, Value};
#[cfg(feature = "public-suffix")]
pub use suffixes::PublicSuffixes;
pub use suffixes::{SuffixList, SuffixSection};
pub use vary::Vary;

/// What the macro needs beside; not for users.
#[doc(hidden)]
pub mod __private {
    pub use crate::document::{Document, Entry, Item, Keys, Mark, Notation, Presence, Value, values_in};
    pub use crate::issue::{Syntax, in_build, mark_of, syntax};
    pub use crate::origin_list::{LookupParts, OriginListParts, TableParts, WildcardParts};
    pub use crate::response::ALLOW_CREDENTIALS;
    #[cfg(feature = "public-suffix")]
    pub use crate::validate::check_with_suffixes as check;

    use crate::OriginList;

    /// A list that was checked while the macro expanded.
    pub const fn origin_list(parts: OriginListParts<'static>) -> OriginList {
        OriginList::from_parts(parts)
    }

    /// What [`origin_list`] takes.
    pub fn origin_list_parts(list: &OriginList) -> OriginListParts<'_> {
        list.parts()
    }
}
