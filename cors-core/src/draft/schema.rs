//! The schema of a policy in a file.

use super::PolicyDraft;

impl PolicyDraft {
    /// The JSON Schema of a policy in TOML, JSON or YAML, draft 2020-12. With it an editor completes and checks the file.
    ///
    /// The schema refuses nothing that is right, but that it wants `origins`, which a policy with a source of them may leave out; and
    /// not all that is wrong. A larger schema refers to it by `$ref`. Write it beside the file, which names it in its first line:
    /// `#:schema policy.schema.json` in TOML, `# yaml-language-server: $schema=policy.schema.json` in YAML, and the key `"$schema"` in
    /// JSON. `why --schema policy` prints it too.
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
