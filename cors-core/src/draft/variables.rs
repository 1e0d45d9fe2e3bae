//! A draft from environment variables.

use std::ffi::OsStr;

use super::PolicyDraft;
use crate::document::Document;

impl PolicyDraft {
    /// Reads a policy from the variables of this process whose names begin with `prefix`; everything else is said at
    /// [`from_variables`](Self::from_variables).
    ///
    /// ```no_run
    /// use cors_core::PolicyDraft;
    ///
    /// // CORS_ORIGINS=https://app.example.com,https://b.example.com CORS_MAX_AGE=2h
    /// let policy = PolicyDraft::from_environment("CORS_").validate()?;
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn from_environment(prefix: &str) -> Self {
        Self::from_variables(prefix, std::env::vars_os())
    }

    /// Reads a policy from variables: those whose names are `prefix` and a key in upper case. Values of lists are separated by
    /// commas; white space around them does not count. `*` stands for everything. Several rules cannot be said.
    ///
    /// The prefix belongs to the policy alone: another variable that begins with it is a mistake. Every mistake names its variable.
    ///
    /// ```
    /// use cors_core::PolicyDraft;
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
