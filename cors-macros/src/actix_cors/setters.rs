//! Translates each setter into a policy.

use cors_core::__private::document::RawValue;
use cors_core::__private::{item_issue, syntax_issue};
use cors_core::{Key, SyntaxIssue};

use super::origin_function::{self, Part};
use super::translation::{Translation, newly_allowed};
use super::{Call, argument};
use crate::extent::Extent;
use crate::text::text_of;

impl Translation {
    /// Adds the settings of `Cors::permissive()`.
    pub(super) fn permissive(&mut self) {
        for key in [Key::Origins, Key::Methods, Key::AllowHeaders, Key::ExposeHeaders] {
            self.set(&key, everything());
        }
        self.set(&Key::Credentials, RawValue::Flag(true));
        self.set(&Key::MaxAge, RawValue::Number("1h".to_owned()));
    }

    pub(super) fn call(&mut self, call: &Call) {
        match call.setter.to_string().as_str() {
            "allow_any_origin" => self.set(&Key::Origins, everything()),
            "allow_any_method" => self.set(&Key::Methods, everything()),
            "allow_any_header" => self.set(&Key::AllowHeaders, everything()),
            "expose_any_header" => self.set(&Key::ExposeHeaders, everything()),
            "supports_credentials" => self.set(&Key::Credentials, RawValue::Flag(true)),
            "allowed_origin" => self.item(&Key::Origins, call),
            "allowed_header" => self.item(&Key::AllowHeaders, call),
            "allowed_methods" => self.items(&Key::Methods, call),
            "allowed_headers" => self.items(&Key::AllowHeaders, call),
            "expose_headers" => self.items(&Key::ExposeHeaders, call),
            "allowed_origin_fn" => self.function(call),
            "max_age" if text_of(&call.arguments) == "None" => self.remove(&Key::MaxAge),
            "max_age" => match argument::seconds(&call.arguments) {
                Some(seconds) => self.set(&Key::MaxAge, seconds),
                None => self.unreadable(&Key::MaxAge, call),
            },
            "block_on_origin_mismatch" => match text_of(&call.arguments).as_str() {
                "true" => self.set(&Key::OnDenied, RawValue::Name("reject".to_owned())),
                "false" => {
                    self.remove(&Key::OnDenied);
                    self.note("`.block_on_origin_mismatch(false)` is not needed: requests of other origins reach the handler anyway");
                }
                _ => self.unreadable(&Key::OnDenied, call),
            },
            "send_wildcard" => self.note("`.send_wildcard()` is not needed: origins: \"*\" is answered with `*`, and other origins with themselves"),
            "disable_vary_header" => {
                self.note("`.disable_vary_header()` has no counterpart: `Vary` is sent where answers differ, or a cache would mix them up");
            }
            "disable_preflight" => {
                self.note("`.disable_preflight()` has no counterpart: every preflight is answered, or the browser sends no request");
            }
            "allow_private_network_access" => {
                self.note(
                    "`.allow_private_network_access()` has no counterpart: browsers ask the user now, and no header",
                );
            }
            setter => {
                let text = format!("actix-cors has no setter `{setter}`\nhelp: remove it");
                self.error(call.setter.span().into(), text);
            }
        }
    }

    fn item(&mut self, key: &Key, call: &Call) {
        match argument::value(key, &call.arguments) {
            Some(RawValue::Text(text)) if *key == Key::Origins && text.contains('*') => {
                let pattern = format!("{text:?} matches no origin in actix-cors; in a policy it is a pattern");
                self.note(newly_allowed(&pattern));
                self.add(key, RawValue::Text(text));
            }
            Some(value) => self.add(key, value),
            None => self.unreadable(key, call),
        }
    }

    fn items(&mut self, key: &Key, call: &Call) {
        let Some(items) = argument::items(&call.arguments) else {
            return self.unreadable(key, call);
        };
        for arguments in items {
            self.item(key, &Call { setter: call.setter.clone(), arguments });
        }
    }

    fn function(&mut self, call: &Call) {
        if self.has_every_origin() {
            self.note(
                "the chain allows every origin, whatever `.allowed_origin_fn(..)` says; the policy allows what it says",
            );
        }
        for part in origin_function::read(&call.arguments) {
            match part {
                Part::Everybody => {
                    self.note("`.allowed_origin_fn(..)` lets every origin in");
                    return self.set(&Key::Origins, everything());
                }
                Part::Origins(origins, other) => {
                    if let Some(other) = other {
                        self.note(format!("`.allowed_origin_fn(..)` lets {other:?} in, too; the policy does not"));
                    }
                    for origin in origins {
                        self.add(&Key::Origins, RawValue::Text(origin));
                    }
                }
                Part::Unknown(tokens, reason) => {
                    let found = text_of(&tokens);
                    self.leave_open(&Key::Origins, &found);
                    let note = reason.map(|origin| format!("\nnote: it lets {origin:?} in, too"));
                    let text = format!(
                        "a policy cannot read `{found}`\n\
                         help: write what it lets in, as \"https://*.example.com\" or \"http://localhost:*\"; \
                         a function that asks a database is a source for `Cors::with_source`{}",
                        note.unwrap_or_default()
                    );
                    self.error(Extent::of(&tokens), text);
                }
            }
        }
    }

    /// Reports an argument that is known only at run time, and leaves its place open.
    fn unreadable(&mut self, key: &Key, call: &Call) {
        let found = text_of(&call.arguments);
        self.leave_open(key, &found);
        let issue_of = if key.takes_list() { item_issue } else { syntax_issue };
        self.error(call.extent(), issue_of(key.clone(), SyntaxIssue::NotALiteral { found }).to_string());
    }
}

fn everything() -> RawValue {
    RawValue::Text("*".to_owned())
}
