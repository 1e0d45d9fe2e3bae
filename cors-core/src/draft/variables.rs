//! Reads a draft from environment variables.

use std::ffi::OsStr;

use super::PolicyDraft;
use crate::document::Document;

impl PolicyDraft {
    /// Reads a policy from the environment variables of this process whose names begin with `prefix`, in the form that
    /// [`from_variables`](Self::from_variables) describes.
    ///
    /// ```no_run
    /// # use cors_core as cors_actix;
    /// use cors_actix::PolicyDraft;
    ///
    /// // CORS_ORIGINS=https://app.example.com,https://b.example.com CORS_MAX_AGE=2h
    /// let policy = PolicyDraft::from_environment("CORS_").validate()?;
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn from_environment(prefix: &str) -> Self {
        Self::from_variables(prefix, std::env::vars_os())
    }

    /// Reads a policy from variables. The name of each is `prefix` and a key in upper case. Commas separate the items
    /// of a list; white space around an item is ignored. A list may be `*`. Variables cannot express several rules.
    ///
    /// Every variable whose name begins with `prefix` belongs to the policy. A name that is not a key is a mistake.
    /// Every mistake names its variable.
    ///
    /// ```
    /// # use cors_core as cors_actix;
    /// use cors_actix::PolicyDraft;
    ///
    /// let variables = [("CORS_ORIGINS", "https://app.example.com,https://b.example.com/"), ("CORS_CREDENTIAL", "true")];
    /// let mistakes = PolicyDraft::from_variables("CORS_", variables).validate().unwrap_err();
    /// assert_eq!(mistakes.to_string(), "\
    /// 2 mistakes in the CORS policy
    ///   CORS_ORIGINS: \"https://b.example.com/\" ends with a slash
    ///     help: write https://b.example.com
    ///     note: an origin is scheme, host and port, and browsers send nothing more; \
    /// the match is byte for byte, so this would never match
    ///   a policy has no variable CORS_CREDENTIAL
    ///     help: did you mean CORS_CREDENTIALS?");
    /// ```
    pub fn from_variables<N: AsRef<OsStr>, V: AsRef<OsStr>>(
        prefix: &str,
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        Self { document: Document::from_variables(prefix, variables) }
    }
}
