//! A service that can be asked.

use crate::Case;

/// A service under one [`Subject`](crate::Subject).
pub trait Served {
    /// Prepares this many requests. Each call of the result sends one of them, and what comes back is dropped with the result.
    ///
    /// So every response has a header map of its own. A map hashes by its own seed, actix-web uses maps again, and one whose seed is
    /// unlucky would cost all requests of a run.
    ///
    /// Nothing but the service's work happens in functions called `measured`, which is what is counted.
    fn calls(&self, case: &Case, times: usize) -> Box<dyn FnMut() + '_>;

    /// What the service answers.
    fn answer(&self, case: &Case) -> Answer;
}

/// What a service answers to a request.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The header lines that concern CORS, `Vary` among them, in alphabetical order; names and the value of `Vary` in lower case.
    pub cors: Vec<String>,
}

impl Answer {
    pub(crate) fn new<'h>(status: u16, headers: impl Iterator<Item = (&'h str, &'h [u8])>) -> Self {
        let mut cors: Vec<_> = headers
            .filter(|(name, _)| name.starts_with("access-control-") || *name == "vary")
            .map(|(name, value)| match name {
                "vary" => format!("vary: {}", value.to_ascii_lowercase().escape_ascii()),
                _ => format!("{name}: {}", value.escape_ascii()),
            })
            .collect();
        cors.sort_unstable();
        Self { status, cors }
    }
}
