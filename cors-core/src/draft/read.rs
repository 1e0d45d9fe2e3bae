//! Reads a draft from TOML, JSON, YAML and other formats of serde.

use serde::de::{Deserialize, Deserializer};

use super::PolicyDraft;
use crate::document::{Document, RawValue};

/// Reads a policy with the keys and values of the language (feature `serde`). `max_age` is a number of seconds, or a text
/// such as `"2h"`.
///
/// Wrong types and unknown keys are mistakes in the policy. [`validate`](PolicyDraft::validate) reports them together
/// with all others. `null` is not a value of any key. The key `$schema`, with which a JSON file names its schema, is
/// ignored.
///
/// # Errors
///
/// Returns only the errors of the format itself.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::PolicyDraft;
///
/// #[derive(serde::Deserialize)]
/// struct Configuration {
///     cors: PolicyDraft,
/// }
///
/// let file = r#"
///     [cors]
///     origins = ["https://app.example.com", "https://b.example.com/"]
///     credential = true
///     max_age = "2h"
/// "#;
/// let configuration: Configuration = toml::from_str(file)?;
/// let mistakes = configuration.cors.validate().unwrap_err().within("cors");
/// assert_eq!(mistakes.to_string(), "\
/// 2 mistakes in the CORS policy
///   cors.origins[1]: \"https://b.example.com/\" ends with a slash
///     help: write \"https://b.example.com\"
///     note: an origin is scheme, host and port, and browsers send nothing more; \
/// the match is byte for byte, so this would never match
///   cors.credential: a policy has no key `credential`
///     help: did you mean `credentials`?");
/// # Ok::<(), toml::de::Error>(())
/// ```
impl<'de> Deserialize<'de> for PolicyDraft {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let content = RawValue::deserialize(deserializer)?;
        Ok(Self { document: Document { content, ..Document::default() } })
    }
}
