//! CORS policies and decisions of the Fetch standard, for any HTTP library.
//!
//! A [`PolicyDraft`] is a policy as written. [`PolicyDraft::validate`] returns a [`Policy`], or [`Issues`]: every mistake with its
//! place, its reason and the text to write instead. [`Policy::respond`] returns the whole answer to a [`Request`];
//! [`decide`](decide()) returns the decision alone.
//!
//! For actix-web use the crate `cors-actix`, where the policy is written in source and checked by the compiler.
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
//! [`Policy::advice`] says what to write where a request is denied:
//!
//! ```
//! use cors_core::{Denial, Difference, Lines, PolicyDraft, Request};
//!
//! let policy = PolicyDraft::new().origins(["https://app.example.com"]).validate()?;
//! let request = Request::new(b"GET").origin(Lines::One(b"https://app.example.com:8443"));
//! let advice = policy.advice(Denial::OriginNotListed, &request);
//! assert_eq!(advice.nearest().map(|nearest| nearest.difference()), Some(Difference::Port));
//! assert_eq!(
//!     advice.to_string(),
//!     "origins[0] \"https://app.example.com\" has another port; if pages of that origin may read, add \
//!      \"https://app.example.com:8443\" to `origins`"
//! );
//! # Ok::<(), cors_core::Issues>(())
//! ```
//!
//! # Features
//!
//! - `serde`: reads and writes a draft as TOML, JSON, YAML or any other format of serde. [`PolicyDraft::SCHEMA`] is the JSON
//!   Schema.
//! - `public-suffix`, on by default: the list of public suffixes for [`PolicyDraft::validate`]. Without it, a pattern with
//!   credentials is refused only below a single label, such as `com`.
//!
//! Some examples use the crate name `cors_actix`, because `cors-actix` has the same items. Write `cors_core` instead.
//!
//! # Statements
//!
//! Comments name the rule that a line implements: an anchor of the [Fetch standard](https://fetch.spec.whatwg.org/), or
//! a number such as SRV-10. The SRV numbers are choices of this project where the standard leaves the server free;
//! `DESIGN.md` lists them. Other numbers, such as CHK-3, are requirements of the standard for browsers, which the crate
//! `cors-browser` models.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod advice;
mod ask;
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
mod lines;
mod max_age;
mod missing;
pub mod names;
mod nested;
mod origin;
mod origin_list;
mod packed;
mod pattern;
mod policy;
mod quote;
mod reply;
mod request;
mod requested;
mod response;
mod spelling;
mod stranger;
mod suffixes;
mod text;
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
pub use issue::{Issue, IssueKind, Issues, Literal, Message, Part, Place, SyntaxIssue};
pub use key::{Key, KeyError};
pub use lines::Lines;
pub use max_age::{MaxAge, MaxAgeError, MaxAgeErrorKind};
pub use nested::{NestingConflict, exposed_by_both};
pub use origin::{Origin, OriginError, OriginErrorKind, OriginFlaw};
pub use origin_list::OriginList;
pub use pattern::{Comparison, HostRelation, OriginPattern, OriginPatternRef};
pub use policy::{Names, OnDenied, Origins, Policy, Rule};
pub use reply::Reply;
pub use request::{IncomingRequest, Request, RequestHeader};
pub use response::{ResponseHeader, Value};
pub use stranger::Stranger;
#[cfg(feature = "public-suffix")]
pub use suffixes::PublicSuffixes;
pub use suffixes::{SuffixList, SuffixSection};
pub use vary::Vary;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
