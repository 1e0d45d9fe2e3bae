//! CORS policies and decisions, as the Fetch standard has them, for any HTTP library.
//!
//! A [`PolicyDraft`] is a policy as written. [`PolicyDraft::validate`] returns a [`Policy`], or [`Issues`]: every mistake with its
//! place, its reason and the text to write instead. [`decide`](decide()) returns what a server does with a [`Request`] under a policy.
//!
//! For actix-web use the crate `cors-actix`, where the policy is written in source and checked by the compiler.
//!
//! ```
//! use cors_core::{Decision, Forward, Lines, PolicyDraft, Request, ResponseHeader, Value, decide};
//!
//! let policy = PolicyDraft::new().origins(["https://app.example.com"]).expose_headers(["ETag"]).validate()?;
//!
//! let request = Request::new(b"GET").origin(Lines::One(b"https://app.example.com"));
//! let Decision::Forward(Forward::Granted(grants)) = decide(&policy, &request) else { unreachable!() };
//! assert_eq!(grants.value(ResponseHeader::AllowOrigin), Some(Value::Requested));
//! assert_eq!(grants.value(ResponseHeader::ExposeHeaders), Some(Value::Text("ETag")));
//! # Ok::<(), cors_core::Issues>(())
//! ```
//!
//! # Features
//!
//! - `serde`: reads and writes a draft as TOML, JSON, YAML or any other format of serde. `policy.schema.json` is the JSON Schema.
//! - `public-suffix`, on by default: the list of public suffixes for [`PolicyDraft::validate`]. Without it, a pattern with
//!   credentials is refused only below a single label, such as `com`.
//!
//! # Statements
//!
//! Comments name the rule that a line implements: an anchor of the [Fetch standard](https://fetch.spec.whatwg.org/), or a number
//! such as SRV-10. The standard leaves much to the server; the SRV numbers are the choices of this project, listed in `DESIGN.md`.
//! Other numbers, such as CHK-3, are the standard's requirements for browsers, which the module `browser` (feature `browser`) models.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod advice;
#[cfg(feature = "browser")]
pub mod browser;
mod decide;
mod decision;
mod denial;
mod document;
mod draft;
mod issue;
mod key;
mod max_age;
mod names;
mod origin;
mod origin_list;
mod pattern;
mod policy;
mod quote;
mod request;
mod response;
mod spelling;
mod suffixes;
mod unmet;
mod validate;

pub use advice::{Advice, Difference, Nearest};
pub use decide::decide;
pub use decision::{Answered, Ask, Decision, Forward, Grants};
pub use denial::Denial;
pub use draft::{List, MaxAgeValue, OnDeniedValue, PolicyDraft, RuleDraft};
pub use issue::{Issue, IssueKind, Issues, Literal, Message, Part, Place, SyntaxIssue};
pub use key::{Key, KeyError};
pub use max_age::{MaxAge, MaxAgeError, MaxAgeErrorKind};
pub use origin::{Origin, OriginError, OriginErrorKind, OriginFlaw};
pub use origin_list::OriginList;
pub use pattern::{Comparison, HostRelation, OriginPattern, OriginPatternRef};
pub use policy::{Names, OnDenied, Origins, Policy, Rule};
pub use request::{IncomingRequest, Lines, Request, RequestHeader};
pub use response::{ResponseHeader, Value};
#[cfg(feature = "public-suffix")]
pub use suffixes::PublicSuffixes;
pub use suffixes::{SuffixList, SuffixSection};

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
