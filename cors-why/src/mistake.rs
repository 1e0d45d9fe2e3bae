//! Mistakes in the input. With one, `why` sends nothing.

use std::fmt;

/// What the user must write in another way: all mistakes at once.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mistake(Vec<String>);

impl Mistake {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(vec![text.into()])
    }

    /// All mistakes on one line, for a table.
    pub(crate) fn on_one_line(&self) -> String {
        self.0.join("; ")
    }
}

/// Collects mistakes, so that the search goes on after each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mistakes(Vec<String>);

impl Mistakes {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn add(&mut self, text: impl Into<String>) {
        self.0.push(text.into());
    }

    /// Returns the value, or adds the mistake.
    pub(crate) fn take<T>(&mut self, result: Result<T, Mistake>) -> Option<T> {
        result.map_err(|Mistake(texts)| self.0.extend(texts)).ok()
    }

    /// Returns the value if there is no mistake.
    pub(crate) fn none<T>(self, value: T) -> Result<T, Mistake> {
        if self.0.is_empty() { Ok(value) } else { Err(Mistake(self.0)) }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(|text| format!("error: {text}")).collect();
        formatter.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Mistake {}
