//! Words for mistakes in `methods`, `allow_headers`, `expose_headers` and `max_age`.

use super::Words;
use crate::names::{is_forbidden_request_header, is_protocol_header};
use crate::{Key, MaxAge};

pub(super) fn wildcard_among_others(key: &Key) -> Words {
    let companion = match key {
        Key::AllowHeaders => " but \"Authorization\"",
        _ => "",
    };
    Words::new(
        "\"*\" stands in a list with others",
        "remove \"*\" and list what is meant",
        format!("\"*\" stands for everything, so nothing{companion} may stand beside it"),
    )
}

pub(super) fn wildcard_in_name(name: &str) -> Words {
    Words::new(
        format!("{name:?} has a wildcard in it, which a name cannot"),
        "list each name",
        "browsers take it for one name that has a * in it",
    )
}

pub(super) fn repetition(key: &Key, text: &str) -> Words {
    let case = match key {
        Key::AllowHeaders | Key::ExposeHeaders => ", perhaps in other letters: header names have no case",
        _ => "",
    };
    Words::without_note(format!("{text:?} is in the list already{case}"), "remove one of the two")
}

pub(super) fn needless_authorization() -> Words {
    Words::new(
        "\"Authorization\" is covered by \"*\" in a policy with credentials: true",
        "remove \"Authorization\"",
        "with credentials the answer to a preflight lists what was asked for, Authorization too",
    )
}

pub(super) fn forbidden(key: &Key, name: &str) -> Words {
    match key {
        Key::Methods => Words::new(
            format!("no script can send {name:?}"),
            "remove it",
            "browsers refuse CONNECT, TRACE and TRACK before anything is sent (https://fetch.spec.whatwg.org/#forbidden-method)",
        ),
        Key::ExposeHeaders => Words::new(
            format!("no script can read {name:?}"),
            "remove it",
            "browsers hide Set-Cookie from scripts, whatever is exposed \
             (https://fetch.spec.whatwg.org/#forbidden-response-header-name)",
        ),
        _ => Words::new(
            format!("no script can set {name:?}, so it needs no permission"),
            "remove it",
            "browsers set this header themselves and never ask for it in a preflight \
             (https://fetch.spec.whatwg.org/#forbidden-request-header)",
        ),
    }
}

pub(super) fn misplaced(key: &Key, name: &str) -> Words {
    if is_protocol_header(name) {
        return Words::new(
            format!("{name:?} is a header of CORS itself"),
            "remove it; this policy makes the CORS headers",
            "browsers read these headers themselves; no list grants anything about them",
        );
    }
    let help = match is_forbidden_request_header(name) {
        true => "remove it",
        false => "remove it; what scripts may send stands in `allow_headers`",
    };
    Words::new(
        format!("{name:?} is a request header, and `{}` lists response headers", key.name()),
        help,
        "exposing it would expose nothing, since no response has it",
    )
}

pub(super) fn not_a_token(key: &Key, text: &str, suggestion: Option<&str>) -> Words {
    let what = if *key == Key::Methods { "method" } else { "header" };
    let help = match suggestion {
        Some(name) => format!("write {name:?}"),
        None => format!("write the name of a {what}: letters, digits and `-`, without spaces or colons"),
    };
    Words::new(
        format!("{text:?} is not the name of a {what}"),
        help,
        format!("a {what} that HTTP cannot carry makes browsers refuse the whole list"),
    )
}

pub(super) fn method_case(method: &str, suggestion: &str) -> Words {
    let upper_cased = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"].contains(&suggestion);
    let note = if upper_cased {
        format!("methods have case, and browsers send {suggestion} whatever letters a script uses")
    } else {
        format!(
            "methods have case, and browsers send this one in the letters that the script uses: with \
             fetch(.., {{ method: {method:?} }}) correct the script too"
        )
    };
    Words::new(format!("{method:?} is not the method {suggestion}"), format!("write {suggestion:?}"), note)
}

pub(super) fn max_age(text: &str) -> Words {
    if text.starts_with('-') {
        return Words::new(
            format!("max_age: {text} is negative"),
            "write max_age: 0 if browsers shall not remember a preflight",
            "browsers disagree about negative numbers: some do not remember, others do for 5 seconds",
        );
    }
    let without_spaces: String = text.split_whitespace().collect();
    let help = match MaxAge::parse(&without_spaces) {
        Ok(_) => format!("write max_age: {without_spaces}"),
        Err(_) => "write a whole number of seconds, or one with a unit: 600, 600s, 10min, 2h or 1d".to_owned(),
    };
    Words::new(
        format!("max_age: {text} is not a duration"),
        help,
        "what browsers cannot read as seconds some take for 5 seconds, others for none",
    )
}

pub(super) fn max_age_too_long(text: &str) -> Words {
    Words::new(
        format!("max_age: {text} is more than a day"),
        "write max_age: 1d or less",
        "no browser remembers a preflight for longer: Firefox 24 hours, Chromium 2 hours, Safari 10 minutes",
    )
}
