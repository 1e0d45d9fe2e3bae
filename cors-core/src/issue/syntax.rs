//! Mistakes of form in source text and environment variables.

/// A mistake of form that only source text and environment variables can have.
/// [`IssueKind::Syntax`](crate::IssueKind::Syntax) contains it.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{IssueKind, PolicyDraft, SyntaxIssue};
///
/// let issues = PolicyDraft::from_variables("CORS_", [("CORS_ORIGINS", "")]).validate().unwrap_err();
/// let kind = issues.iter().next().unwrap().kind();
/// assert!(matches!(kind, IssueKind::Syntax(SyntaxIssue::EmptyVariable { .. })));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SyntaxIssue {
    /// Two items or entries without a comma between them.
    MissingComma,
    /// A comma with nothing before it.
    NeedlessComma,
    /// A semicolon instead of a comma.
    Semicolon,
    /// A key without a value.
    NoValue,
    /// A key without a colon.
    NoColon {
        /// The tokens instead of the colon, if there are any.
        found: Option<String>,
        /// The value.
        value: String,
    },
    /// A key in quotes.
    QuotedKey,
    /// Tokens that no key begins with.
    NoKey {
        /// As written.
        found: String,
    },
    /// A name or expression that the compiler could evaluate, but not the macro.
    NotALiteral {
        /// As written.
        found: String,
    },
    /// An attribute other than `cfg`.
    NotCfg,
    /// A doc comment: `///`.
    DocComment,
    /// An attribute before a value.
    MisplacedAttribute,
    /// An attribute with nothing after it.
    LoneAttribute,
    /// A `cfg` that is not a valid predicate.
    MalformedCfg {
        /// As written.
        found: String,
    },
    /// A fifth `cfg` option in one policy.
    TooManyOptions,
    /// An `env!` or `option_env!` without exactly one quoted name.
    MalformedEnvironment {
        /// `env` or `option_env`.
        macro_name: String,
    },
    /// A required variable that is not set.
    Unset {
        /// The name of the variable.
        variable: String,
    },
    /// A variable that is not valid Unicode.
    NotUnicode {
        /// The name of the variable.
        variable: String,
    },
    /// A variable without text.
    EmptyVariable {
        /// The name of the variable.
        variable: String,
    },
    /// A variable with two commas in a row, or one at its start or end.
    EmptyPart {
        /// The name of the variable.
        variable: String,
    },
    /// `*` in a variable that a policy in source reads.
    WildcardInVariable {
        /// The name of the variable.
        variable: String,
    },
}
