//! Corrections for values of another type.

use super::flaws::means_every_origin;
use super::{Literal, Part, code, parts, value};
use crate::policy::Dangers;
use crate::{Key, MaxAge, OnDenied, OriginPattern, Place};

/// Returns the value to write instead, if the intention is clear.
pub(super) fn correction(place: &Place, found: &str) -> Option<Vec<Part>> {
    let key = place.key();
    let is_word = found.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let is_flag = matches!(found, "true" | "false");
    let is_environment = found.starts_with("env!") || found.starts_with("option_env!");
    let quoted = found.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let bare = |text: &str| parts![Literal::bare(text.to_owned()), " without quotes"];
    let in_list = |text: String| parts![Literal::list([text])];
    match (key, quoted, place.item()) {
        (Key::Credentials, Some(flag @ ("true" | "false")), _) => Some(bare(flag)),
        (Key::MaxAge, Some(text), _) => MaxAge::parse(text).is_ok().then(|| bare(text)),
        (Key::OnDenied, Some(text), _) => OnDenied::from_name(text).map(|_| bare(text)),
        (Key::Credentials | Key::MaxAge | Key::OnDenied, ..) => None,
        (Key::Origins | Key::Methods | Key::AllowHeaders | Key::ExposeHeaders, _, None)
            if means_every_origin(quoted.unwrap_or(found)) =>
        {
            Some(parts![value("*")])
        }
        (Key::Origins, Some("none"), None) => Some(bare("none")),
        (Key::Origins, Some(origin), None) => match OriginPattern::parse(origin) {
            Ok(_) => Some(in_list(origin.to_owned())),
            Err(error) => error.suggestion().map(|origin| in_list(origin.to_owned())),
        },
        (Key::DangerouslyAllow, _, None) if is_danger(quoted.unwrap_or(found)) => {
            Some(in_list(quoted.unwrap_or(found).to_owned()))
        }
        (Key::Methods | Key::AllowHeaders | Key::ExposeHeaders, Some(names), None) => {
            Some(parts![Literal::list(names.split(',').map(|name| name.trim().to_owned()))])
        }
        (Key::Methods, None, None) if is_word && !is_flag => Some(in_list(found.to_owned())),
        (_, None, None) if is_environment => Some(parts![code(format!("[{found}]"))]),
        (Key::AllowHeaders | Key::ExposeHeaders, None, Some(_)) if is_word && !is_flag => {
            let begins_with_letter = found.starts_with(|first: char| first.is_ascii_alphabetic());
            begins_with_letter.then(|| parts![value(found.to_owned()), " in quotes"])
        }
        (Key::DangerouslyAllow | Key::Rules, ..) => None,
        _ if found == "*" => Some(parts![value("*"), " in quotes"]),
        _ => None,
    }
}

fn is_danger(found: &str) -> bool {
    Dangers::NAMES.contains(&found)
}
