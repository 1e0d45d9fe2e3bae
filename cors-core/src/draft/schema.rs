//! The schema of a policy in a file.

use super::PolicyDraft;

impl PolicyDraft {
    /// The JSON Schema (draft 2020-12) of a policy in TOML, JSON or YAML. Editors use it to complete and check the
    /// file.
    ///
    /// The schema does not find every mistake. It accepts every valid policy, except one without `origins`, which needs
    /// a source of origins. A larger schema can refer to it by `$ref`. Write the schema beside the policy's file, and
    /// name it in the first line of that file: `#:schema policy.schema.json` in TOML,
    /// `# yaml-language-server: $schema=policy.schema.json` in YAML, or the key `"$schema"` in JSON.
    /// `why --schema policy` prints it too.
    ///
    /// ```no_run
    /// # use cors_core as cors_actix;
    /// use cors_actix::PolicyDraft;
    ///
    /// std::fs::write("policy.schema.json", PolicyDraft::SCHEMA)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub const SCHEMA: &str = include_str!("../../policy.schema.json");
}
