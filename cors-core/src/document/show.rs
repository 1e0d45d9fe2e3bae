//! Prints a value in the notation of the policy, for messages.

use std::fmt;

use super::RawValue;

impl fmt::Display for RawValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Flag(flag) => write!(formatter, "{flag}"),
            Self::Number(text) | Self::Name(text) | Self::Other(text) => formatter.write_str(text),
            Self::Text(text) => write!(formatter, "{text:?}"),
            Self::Variable { text, .. } => formatter.write_str(text.trim()),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(|item| item.value.to_string()).collect();
                write!(formatter, "[{}]", items.join(", "))
            }
            Self::Keys(keys) if keys.entries.is_empty() => formatter.write_str("{}"),
            Self::Keys(keys) => {
                let entries: Vec<String> =
                    keys.entries.iter().map(|entry| format!("{}: {}", entry.name, entry.value)).collect();
                write!(formatter, "{{ {} }}", entries.join(", "))
            }
            Self::Absent | Self::Unset | Self::Broken | Self::Invalid(_) => Ok(()),
        }
    }
}
