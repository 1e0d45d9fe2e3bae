//! The mistakes that a policy for the page would have.

use cors_core::__private::in_source;
use cors_core::{Issue, IssueKind, PolicyDraft};

use super::Wish;
use crate::stack::Stack;

/// Why not to allow what is wished, and what to do instead. An `http` origin with credentials is dangerous in any stack. `cors_policy!`
/// refuses it, as every other mistake.
pub(crate) fn dangers(stack: Option<Stack>, wish: &Wish) -> Vec<String> {
    let issues = draft(wish).validate().err();
    let is_macro = stack == Some(Stack::CorsActix);
    issues.iter().flatten().filter_map(|issue| if is_macro { Some(refusal(issue)) } else { danger(issue) }).collect()
}

fn draft(wish: &Wish) -> PolicyDraft {
    let draft = PolicyDraft::new().origins([&wish.origin]).credentials(wish.credentials);
    let draft = if wish.methods.is_empty() { draft } else { draft.methods(&wish.methods) };
    let draft = if wish.headers.is_empty() { draft } else { draft.allow_headers(&wish.headers) };
    if wish.expose.is_empty() { draft } else { draft.expose_headers(&wish.expose) }
}

fn refusal(issue: &Issue) -> String {
    let message = in_source(issue).message();
    let is_insecure = matches!(issue.kind(), IssueKind::InsecureWithCredentials { .. });
    let first = if is_insecure { "serve the page by https, and " } else { "" };
    format!("`cors_policy!` refuses this: {}; {first}{}", message.summary(), message.help())
}

fn danger(issue: &Issue) -> Option<String> {
    let IssueKind::InsecureWithCredentials { origin } = issue.kind() else { return None };
    let encrypted = issue.kind().suggestion()?;
    Some(format!("{origin} is not encrypted, and gets credentials; serve the page by https, and allow {encrypted}"))
}
