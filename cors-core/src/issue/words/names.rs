//! Texts for mistakes in `methods`, `allow_headers`, `expose_headers` and `max_age`.

use super::form::{DURATIONS, one_of};
use super::origins::yes;
use super::{Literal, Message, code, entry, parts, user, value};
use crate::names::{is_forbidden_request_header, is_protocol_header};
use crate::{Key, MaxAge, MaxAgeErrorKind};

pub(super) fn wildcard_among_others(key: &Key) -> Message {
    let mut note = parts![user("*"), " stands for everything, so nothing "];
    if *key == Key::AllowHeaders {
        note.extend(parts!["but ", user("Authorization"), " "]);
    }
    note.extend(parts!["may stand beside it"]);
    Message::new(
        parts![user("*"), " stands in a list with others"],
        parts!["remove ", value("*"), " and list what is meant"],
        note,
    )
}

pub(super) fn wildcard_in_name(name: &str) -> Message {
    Message::new(
        parts![user(name), " has a wildcard in it, which a name cannot"],
        parts!["list each name"],
        parts!["browsers take it for one name that has a * in it"],
    )
}

pub(super) fn repetition(key: &Key, text: &str) -> Message {
    let case = match key {
        Key::AllowHeaders | Key::ExposeHeaders => ", perhaps in other letters: header names have no case",
        _ => "",
    };
    Message::without_note(parts![user(text), " is in the list already", case], parts!["remove one of the two"])
}

pub(super) fn needless_authorization() -> Message {
    Message::new(
        parts![
            user("Authorization"),
            " is covered by ",
            user("*"),
            " in a policy with ",
            entry(&Key::Credentials, yes()),
        ],
        parts!["remove ", value("Authorization")],
        parts!["with credentials the answer to a preflight lists what was asked for, Authorization too"],
    )
}

pub(super) fn forbidden(key: &Key, name: &str) -> Message {
    let (summary, note) = match key {
        Key::Methods => (
            parts!["no script can send ", user(name)],
            "browsers refuse CONNECT, TRACE and TRACK before anything is sent (https://fetch.spec.whatwg.org/#forbidden-method)",
        ),
        Key::ExposeHeaders => (
            parts!["no script can read ", user(name)],
            "browsers hide Set-Cookie from scripts, whatever is exposed \
             (https://fetch.spec.whatwg.org/#forbidden-response-header-name)",
        ),
        _ => (
            parts!["no script can set ", user(name), ", so it needs no permission"],
            "browsers set this header themselves and never ask for it in a preflight \
             (https://fetch.spec.whatwg.org/#forbidden-request-header)",
        ),
    };
    Message::new(summary, parts!["remove it"], parts![note])
}

pub(super) fn misplaced(key: &Key, name: &str) -> Message {
    if is_protocol_header(name) {
        let note = match key {
            Key::ExposeHeaders => {
                "it stands in preflights only, and no script sees those; exposing it would expose nothing"
            }
            _ => "browsers set and read these headers themselves; no script sends one, so none needs permission",
        };
        return Message::new(
            parts![user(name), " is a header of CORS itself"],
            parts!["remove it; this policy makes the CORS headers"],
            parts![note],
        );
    }
    let help = match is_forbidden_request_header(name) {
        true => parts!["remove it"],
        false => parts!["remove it; what scripts may send stands in ", &Key::AllowHeaders],
    };
    Message::new(
        parts![user(name), " is a request header, and ", key, " lists response headers"],
        help,
        parts!["exposing it would expose nothing, since no response has it"],
    )
}

pub(super) fn not_a_token(key: &Key, text: &str, suggestion: Option<&str>) -> Message {
    let what = if *key == Key::Methods { "method" } else { "header" };
    let help = match suggestion {
        Some(name) => parts!["write ", value(name.to_owned())],
        None => {
            parts!["write the name of a ", what, ": letters, digits and ", code("`-`"), ", without spaces or colons",]
        }
    };
    Message::new(
        parts![user(text), " is not the name of a ", what],
        help,
        parts!["a ", what, " that HTTP cannot carry makes browsers refuse the whole list"],
    )
}

pub(super) fn method_case(method: &str, suggestion: &'static str) -> Message {
    let upper_cased = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"].contains(&suggestion);
    let note = if upper_cased {
        parts!["methods have case, and browsers send ", suggestion, " whatever letters a script uses"]
    } else {
        parts![
            "methods have case, and browsers send this one in the letters that the script uses: with ",
            code(format!("fetch(.., {{ method: {method:?} }})")),
            " correct the script too",
        ]
    };
    Message::new(parts![user(method), " is not the method ", suggestion], parts!["write ", value(suggestion)], note)
}

pub(super) fn max_age(text: &str) -> Message {
    let max_age = |text: &str| entry(&Key::MaxAge, Literal::bare(text.to_owned()));
    let kind = MaxAgeErrorKind::of_unreadable(text);
    let summary = parts![max_age(text), " ", kind.to_string()];
    if kind == MaxAgeErrorKind::Negative {
        return Message::new(
            summary,
            parts!["write ", max_age("0"), " if browsers shall not remember a preflight"],
            parts!["browsers disagree about negative numbers: some do not remember, others do for 5 seconds"],
        );
    }
    let without_spaces: String = text.split_whitespace().collect();
    let help = match MaxAge::parse(&without_spaces) {
        Ok(_) => parts!["write ", max_age(&without_spaces)],
        Err(_) => [parts!["write a whole number of seconds, or one with a unit: "], one_of(&DURATIONS)].concat(),
    };
    let note = "what browsers cannot read as seconds some take for 5 seconds, others for none";
    Message::new(summary, help, parts![note])
}

pub(super) fn max_age_too_long(text: &str) -> Message {
    let max_age = |text: &str| entry(&Key::MaxAge, Literal::bare(text.to_owned()));
    Message::new(
        parts![max_age(text), " ", MaxAgeErrorKind::TooLong.to_string()],
        parts!["write ", max_age("1d"), " or less"],
        parts!["no browser remembers a preflight for longer: Firefox 24 hours, Chromium 2 hours, Safari 10 minutes"],
    )
}
