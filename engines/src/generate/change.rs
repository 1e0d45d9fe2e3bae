//! Sets the lines of an answer to values of a table.

use super::super::answers::Answer;
use super::super::visit::Visit;
use super::consent;

pub(super) const ALLOW_ORIGIN: &str = "Access-Control-Allow-Origin";
pub(super) const ALLOW_CREDENTIALS: &str = "Access-Control-Allow-Credentials";
pub(super) const ALLOW_METHODS: &str = "Access-Control-Allow-Methods";
pub(super) const ALLOW_HEADERS: &str = "Access-Control-Allow-Headers";
pub(super) const EXPOSE_HEADERS: &str = "Access-Control-Expose-Headers";
pub(super) const MAX_AGE: &str = "Access-Control-Max-Age";

/// Where a table speaks of what the visit asks for, it is put there.
pub(super) struct Asked {
    method: String,
    names: Vec<String>,
}

impl Asked {
    pub(super) fn of(visit: &Visit) -> Self {
        Self { method: consent::methods(visit).join(", "), names: consent::names(visit) }
    }

    pub(super) fn set(&self, answer: &mut Answer, name: &str, values: &[&str]) {
        let values: Vec<String> = values.iter().map(|value| self.fill(value)).collect();
        answer.set(name, &values.iter().map(String::as_str).collect::<Vec<_>>());
    }

    fn fill(&self, value: &str) -> String {
        value
            .replace("{method}", &self.method)
            .replace("{method-lower}", &self.method.to_lowercase())
            .replace("{method-upper}", &self.method.to_uppercase())
            .replace("{names}", &self.names.join(", "))
            .replace("{names-upper}", &self.names.join(", ").to_uppercase())
            .replace("{rest}", &self.names[1..].join(", "))
    }
}
