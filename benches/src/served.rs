//! A service that can be asked.

use crate::Case;

/// A service under one [`Subject`](crate::Subject).
pub trait Served {
    /// Prepares this many requests. Each call of the result sends one of them, and drops what comes back.
    ///
    /// Nothing but the service's work happens in functions called `measured`, which is what is counted.
    fn calls(&self, case: &Case, times: usize) -> Box<dyn FnMut() + '_>;

    /// What the service answers.
    fn answer(&self, case: &Case) -> Answer;
}

/// What a browser looks at.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Every header line, the name in lower case.
    pub headers: Vec<(String, String)>,
}

impl Answer {
    pub(crate) fn new<'h>(status: u16, headers: impl Iterator<Item = (&'h str, &'h [u8])>) -> Self {
        let headers = headers.map(|(name, value)| (name.to_owned(), value.escape_ascii().to_string())).collect();
        Self { status, headers }
    }
}
