//! Finds origins that a source allows by mistake.

use std::fmt;

use cors_core::{Origin, Stranger};

use super::strangers::listed;
use crate::Source;
use crate::careless::warning;

/// Asks a source about an origin that nobody can own, and about origins that begin or end like one that it allows.
///
/// The key is the one from [`Source::key`], or empty.
///
/// ```should_panic
/// # use std::convert::Infallible;
/// # use cors_actix::{Origin, testing};
/// # actix_web::rt::System::new().block_on(async {
/// let careless = |origin: Origin| async move { Ok::<_, Infallible>(origin.as_str().ends_with("example.com")) };
/// testing::source_strangers(careless, "", "https://acme.example.com").await.assert_refused();
/// # });
/// ```
///
/// # Panics
///
/// Panics if the last argument is not an origin, or if the source does not allow it or gives no answer.
pub async fn source_strangers(source: impl Into<Source>, key: &str, allowed: &str) -> SourceStrangers {
    let origin = Origin::parse(allowed).unwrap_or_else(|error| panic!("{error}"));
    let allowed = source.into().allowed_strangers(key, &origin).await;
    SourceStrangers { allowed: allowed.unwrap_or_else(|text| panic!("{text}")) }
}

/// The origins that a source allows by mistake, from [`source_strangers`]. Its `Display` says what is wrong.
#[derive(Clone, Debug)]
#[must_use]
pub struct SourceStrangers {
    allowed: Vec<Stranger>,
}

impl SourceStrangers {
    /// Returns the origins that the source allows by mistake.
    pub fn allowed(&self) -> &[Stranger] {
        &self.allowed
    }

    /// Asserts that the source allows no stranger.
    ///
    /// # Panics
    ///
    /// Panics if it allows one. The message says what is wrong.
    #[track_caller]
    pub fn assert_refused(&self) {
        assert!(self.allowed.is_empty(), "{self}");
    }
}

impl fmt::Display for SourceStrangers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let warnings = self.allowed.iter().map(|stranger| format!("warning: {}", warning(stranger, false)));
        formatter.write_str(&listed(warnings, "\n"))
    }
}
