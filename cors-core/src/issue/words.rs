//! The text of the message for each kind of mistake.

mod correction;
mod flaws;
mod form;
mod grammar;
mod names;
mod origins;
mod rules;
mod syntax;
mod variables;

use super::message::{Literal, Message, Part, code, entry, parts, user, value};
use super::rendering::Rendering;
use super::{IssueKind, Place};
use crate::Key;
pub(super) use origins::encrypted;
#[cfg(feature = "serde")]
pub(super) use variables::variable_of;
pub(super) use variables::{in_variable, in_variables};

/// The example origin of messages.
const APP: &str = "https://app.example.com";

/// Returns the message for a mistake in data.
pub(super) fn in_data(place: &Place, kind: &IssueKind) -> Message {
    Message { rendering: Rendering::Data, ..of(place, kind) }
}

/// Returns the message for a mistake in source.
pub(super) fn of(place: &Place, kind: &IssueKind) -> Message {
    let key = place.key();
    match kind {
        IssueKind::WildcardWithCredentials => origins::wildcard_with_credentials(key),
        IssueKind::UnsafeOrigin { origin } => origins::unsafe_origin(origin),
        IssueKind::InstallationOrigin { origin } => origins::installation_origin(origin),
        IssueKind::WildcardElsewhere { text, .. } if text == "*" => names::wildcard_among_others(key),
        IssueKind::WildcardElsewhere { text, .. } if *key != Key::Origins => names::wildcard_in_name(text),
        IssueKind::WildcardElsewhere { text, suggestion } => origins::wildcard_elsewhere(text, suggestion.as_deref()),
        IssueKind::UnserialisableOrigin { origin, flaw, suggestion } => {
            flaws::unserialisable(origin, *flaw, suggestion.as_deref())
        }
        IssueKind::Repetition { text } => names::repetition(key, text),
        IssueKind::Covered { origin, by } => origins::covered(origin, by),
        IssueKind::Unreachable { origin, by, rule } => rules::unreachable(origin, by, place.of_rule(*rule)),
        IssueKind::AfterWildcard { rule } => rules::after_wildcard(place.of_rule(*rule)),
        IssueKind::SourceNeverAsked => rules::source_never_asked(),
        IssueKind::SourceWithNone => rules::source_with_none(),
        IssueKind::NoneInRule => rules::none_in_rule(),
        IssueKind::NeedlessAuthorization => names::needless_authorization(),
        IssueKind::InsecureWithCredentials { origin } => origins::insecure_with_credentials(origin),
        IssueKind::PublicSuffixWithCredentials { origin, below, list } => {
            origins::public_suffix_with_credentials(origin, below.as_deref(), list.as_deref())
        }
        IssueKind::ForbiddenName { name } => names::forbidden(key, name),
        IssueKind::MisplacedName { name } => names::misplaced(key, name),
        IssueKind::NotAToken { text, suggestion } => names::not_a_token(key, text, suggestion.as_deref()),
        IssueKind::MethodCase { method, suggestion } => names::method_case(method, suggestion),
        IssueKind::NotADuration { text } => names::max_age(text),
        IssueKind::MaxAgeTooLong { text } => names::max_age_too_long(text),
        IssueKind::AllowsNothing { name } => grammar::allows_nothing(name),
        IssueKind::NeverActs => rules::never_acts(),
        IssueKind::Missing => grammar::missing(place),
        IssueKind::EmptyList => grammar::empty_list(key),
        IssueKind::WrongType { found } => grammar::wrong_type(place, found),
        IssueKind::UnknownKey { name, suggestion } => grammar::unknown_key(name, suggestion.as_ref()),
        IssueKind::UnknownValue { value } => grammar::unknown_value(key, value),
        IssueKind::DuplicateKey => grammar::duplicate_key(place),
        IssueKind::BesideKeysOfOneRule => rules::beside_keys_of_one_rule(),
        IssueKind::MisplacedKey => rules::misplaced_key(key),
        IssueKind::Syntax(syntax) => syntax::of(place, syntax),
    }
}

/// Returns the note for a mistake that only some builds have.
pub(super) fn in_build(build: &str) -> Vec<Part> {
    parts!["this is so in builds with ", code(build.to_owned())]
}

/// Returns `origins: ["https://app.example.com"]`.
fn origins_of_app() -> Part {
    entry(&Key::Origins, Literal::list([APP]))
}

/// Returns `` `text` ``, without escapes.
fn in_backticks(text: &str) -> [Part; 3] {
    ["`".into(), code(text.to_owned()), "`".into()]
}
