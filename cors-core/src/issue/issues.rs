//! All mistakes in a policy.

use std::error::Error;
use std::{fmt, io};

use super::Issue;

/// All mistakes in a policy, in the order in which the policy language lists the keys.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::PolicyDraft;
///
/// let issues = PolicyDraft::new().origins(["null"]).methods(["put"]).validate().unwrap_err();
/// let places: Vec<String> = issues.iter().map(|issue| issue.place().to_string()).collect();
/// assert_eq!(places, ["origins[0]", "methods[0]"]);
/// println!("{issues}");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Issues {
    issues: Vec<Issue>,
    within: String,
}

impl Issues {
    pub(crate) fn new(issues: Vec<Issue>) -> Self {
        Self { issues, within: String::new() }
    }

    /// Sets the place of the policy in something larger, such as a configuration file. Every place prints after it.
    ///
    /// ```
    /// # use cors_core as cors_actix;
    /// use cors_actix::PolicyDraft;
    ///
    /// let issues = PolicyDraft::new().origins(["https://app.example.com", "null"]).validate().unwrap_err();
    /// let report = issues.within("cors").to_string();
    /// assert!(report.starts_with("1 mistake in the CORS policy\n  cors.origins[1]: \"null\" is the origin of"));
    /// ```
    ///
    /// For the table `[web.cors]`, write `within("web.cors")`. The name of the file may come first, as in
    /// `settings.toml: web.cors`.
    #[must_use]
    pub fn within(self, place: impl Into<String>) -> Self {
        Self { within: place.into(), ..self }
    }

    /// Returns an iterator over the mistakes.
    pub fn iter(&self) -> std::slice::Iter<'_, Issue> {
        self.issues.iter()
    }
}

impl Issues {
    /// Returns the place to print before the message; empty if the message names it.
    fn place_of(&self, issue: &Issue) -> String {
        if issue.names_its_variable() { String::new() } else { self.place_within(issue) }
    }

    /// Returns the place, after the place of the policy.
    pub(super) fn place_within(&self, issue: &Issue) -> String {
        match (self.within.as_str(), issue.place().to_string()) {
            (within, place) if within.is_empty() || place.is_empty() => format!("{within}{place}"),
            (within, place) => format!("{within}.{place}"),
        }
    }
}

impl<'i> IntoIterator for &'i Issues {
    type Item = &'i Issue;
    type IntoIter = std::slice::Iter<'i, Issue>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Issues {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.issues.len() {
            1 => write!(formatter, "1 mistake in the CORS policy")?,
            count => write!(formatter, "{count} mistakes in the CORS policy")?,
        }
        for issue in self {
            let text = issue.to_string().replace('\n', "\n    ");
            match self.place_of(issue) {
                place if place.is_empty() => write!(formatter, "\n  {text}")?,
                place => write!(formatter, "\n  {place}: {text}")?,
            }
        }
        Ok(())
    }
}

/// The same as [`Display`](fmt::Display), because a `main` that returns an error prints `Debug`.
impl fmt::Debug for Issues {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Error for Issues {}

/// Returns an error of the kind [`InvalidInput`](io::ErrorKind::InvalidInput), so that `?` works in a function that returns
/// an [`io::Result`]. A `main` that returns `Box<dyn Error>` prints the mistakes without the words of [`io::Error`].
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::PolicyDraft;
///
/// fn main() -> std::io::Result<()> {
///     let policy = PolicyDraft::new().origins(["https://app.example.com"]).validate()?;
///     assert_eq!(policy.rules().len(), 1);
///     Ok(())
/// }
/// ```
impl From<Issues> for io::Error {
    fn from(issues: Issues) -> Self {
        Self::new(io::ErrorKind::InvalidInput, issues)
    }
}
