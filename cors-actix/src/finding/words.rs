//! Texts for several findings, and the parts of a text.

/// The help if something else than the policy answers.
pub(crate) const WRAP_LAST: &str =
    "wrap the policy last, outside of the middleware that answers: `.wrap(authentication).wrap(CORS)`";

/// The help if something else than the policy sets its headers.
pub(crate) const ONE_POLICY: &str =
    "leave the CORS headers to one policy, and take them out of other middleware, handlers and proxies";

/// The note about what a policy does not replace.
pub(crate) const SET_OUTSIDE: &str =
    "a `Cors` replaces what is set inside of it, so what it does not replace is set outside";

/// Returns the help if no policy is around what serves the path.
pub(crate) fn unseen(path: &str) -> String {
    format!(
        "wrap a policy around what serves {path}: its scope, its resource, or the whole app; no policy of the app saw the \
         request\n    App::new().wrap(POLICY)"
    )
}

/// Splits a text into its first sentence, and each `help:`, `note:` and `warning:` after it.
pub(crate) fn taken_apart(text: &str) -> (String, Vec<(&'static str, String)>) {
    let mut parts = vec![("", String::new())];
    for line in text.lines() {
        let begins = ["help", "note", "warning"]
            .into_iter()
            .find_map(|kind| Some((kind, line.strip_prefix(kind)?.strip_prefix(": ")?)));
        match (begins, parts.last_mut()) {
            (Some((kind, rest)), _) => parts.push((kind, rest.to_owned())),
            (None, Some((_, text))) if text.is_empty() => line.clone_into(text),
            (None, Some((_, text))) => {
                text.push('\n');
                text.push_str(line);
            }
            (None, None) => {}
        }
    }
    (parts.remove(0).1, parts)
}
