//! Keys and values in the notation of the policy.

use std::fmt::{self, Write};

use super::message::{Literal, Part};
use crate::Key;
use crate::quote::{Plain, Quoted};

/// The notation of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rendering {
    /// Source: `origins: ["https://a.example", "https://b.example"]`.
    Source,
    /// A file or the calls of a program: `` `origins` = ["https://a.example", "https://b.example"] ``. The format of a file
    /// is unknown, so no format's notation of a key is printed.
    Data,
    /// Environment variables whose names begin with the prefix: `CORS_ORIGINS=https://a.example,https://b.example`.
    Variables { prefix: String },
}

/// Maximum number of bytes of user text in a message. Every valid value is shorter.
const MAX_SHOWN: usize = 2048;

impl Rendering {
    pub(super) fn text(&self, parts: &[Part]) -> String {
        let mut text = String::new();
        for part in parts {
            self.write(&mut text, part).expect("a string takes all that is written");
        }
        text
    }

    /// Returns the name of the variable for a key.
    pub(super) fn variable(prefix: &str, key: &Key) -> String {
        format!("{prefix}{}", key.name().to_ascii_uppercase())
    }

    fn write(&self, to: &mut String, part: &Part) -> fmt::Result {
        match (self, part) {
            (_, Part::Text(words)) => to.write_str(words),
            (_, Part::User(text)) => write!(to, "{}", Quoted { text, max_bytes: MAX_SHOWN }),
            (_, Part::Code(text)) => write!(to, "{}", Plain { text, max_bytes: MAX_SHOWN }),
            (_, Part::Value(value)) => self.write_value(to, value),
            (Self::Source | Self::Data, Part::Key(key)) => write!(to, "`{}`", key.name()),
            (Self::Variables { prefix }, Part::Key(key)) => to.write_str(&Self::variable(prefix, key)),
            (_, Part::Entry { key, value }) => {
                match self {
                    Self::Source => write!(to, "{}: ", key.name())?,
                    Self::Data => write!(to, "`{}` = ", key.name())?,
                    Self::Variables { prefix } => write!(to, "{}=", Self::variable(prefix, key))?,
                }
                self.write_value(to, value)
            }
        }
    }

    // In a variable, quotes are part of the value. Data has no bare words, only texts, numbers and flags.
    fn write_value(&self, to: &mut String, value: &Literal) -> fmt::Result {
        match (self, value) {
            (Self::Data, Literal::Bare(text)) if !is_flag_or_number(text) => {
                write!(to, "{}", Quoted { text, max_bytes: MAX_SHOWN })
            }
            (_, Literal::Bare(text)) => write!(to, "{}", Plain { text, max_bytes: MAX_SHOWN }),
            (Self::Source | Self::Data, Literal::Text(text)) => write!(to, "{text:?}"),
            (Self::Source | Self::Data, Literal::List(items)) => write!(to, "{items:?}"),
            (Self::Variables { .. }, Literal::Text(text)) => to.write_str(text),
            (Self::Variables { .. }, Literal::List(items)) => to.write_str(&items.join(",")),
        }
    }
}

/// Whether a bare value is no text in data.
fn is_flag_or_number(text: &str) -> bool {
    let is_number =
        text.starts_with(|first: char| first.is_ascii_digit() || first == '-') && text.parse::<f64>().is_ok();
    is_number || matches!(text, "true" | "false")
}
