//! Mistakes as data, for editors and other programs.

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::{Issue, Issues, Literal, Message, Part};

/// Writes an object with the code, the place and the texts of the message, and with the parts of each text in `parts`
/// (feature `serde`).
impl Serialize for Issue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        located(self, &self.place().to_string(), serializer)
    }
}

/// Writes a list of the mistakes. Every place begins with the argument of [`within`](Issues::within) (feature `serde`).
impl Serialize for Issues {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|issue| Located(issue, self.place_within(issue))))
    }
}

/// A mistake and its place in something larger.
struct Located<'i>(&'i Issue, String);

impl Serialize for Located<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        located(self.0, &self.1, serializer)
    }
}

fn located<S: Serializer>(issue: &Issue, place: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let message = issue.message();
    let mut fields = serializer.serialize_struct("Issue", 8)?;
    fields.serialize_field("code", issue.kind().code())?;
    fields.serialize_field("place", place)?;
    fields.serialize_field("variable", &issue.variable())?;
    fields.serialize_field("suggestion", &issue.kind().suggestion())?;
    fields.serialize_field("summary", &message.summary())?;
    fields.serialize_field("help", &message.help())?;
    fields.serialize_field("notes", &message.notes())?;
    fields.serialize_field("parts", &MessageParts(&message))?;
    fields.end()
}

struct MessageParts<'m>(&'m Message);

impl Serialize for MessageParts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Parts", 3)?;
        fields.serialize_field("summary", &self.0.summary)?;
        fields.serialize_field("help", &self.0.help)?;
        fields.serialize_field("notes", &self.0.notes)?;
        fields.end()
    }
}

/// Writes an object whose first field names the kind of the part (feature `serde`).
impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(None)?;
        match self {
            Self::Text(words) => fields.serialize_entry("text", words)?,
            Self::User(text) => fields.serialize_entry("user", text)?,
            Self::Key(key) => fields.serialize_entry("key", key.name())?,
            Self::Entry { key, value } => {
                fields.serialize_entry("key", key.name())?;
                fields.serialize_entry("value", value)?;
            }
            Self::Value(value) => fields.serialize_entry("value", value)?,
            Self::Code(text) => fields.serialize_entry("code", text)?,
        }
        fields.end()
    }
}

/// Writes a text or a list of texts (feature `serde`).
impl Serialize for Literal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) | Self::Bare(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
        }
    }
}
