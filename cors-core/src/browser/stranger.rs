//! What a server's answer to a stranger says of the server.

use super::Response;
use crate::Stranger;
use crate::stranger::Likeness;

impl Stranger {
    /// What is wrong with a server that answers it so, and what to do. None where the answer does not name it, as `*` does not; nor
    /// where it is a page without encryption that gets nothing by credentials, which some servers mean to allow.
    ///
    /// ```
    /// # mod cors_actix { pub use cors_core::browser as testing; }
    /// use cors_actix::testing::{Response, Stranger};
    ///
    /// let strangers = Stranger::of("https://app.example.com");
    /// let answer = Response::new(200).header("Access-Control-Allow-Origin", "https://why-probeexample.com");
    /// assert_eq!(
    ///     strangers[1].hole(&answer).unwrap(),
    ///     "the server allows https://why-probeexample.com too, since it ends like an origin that it means: whoever registers such a \
    ///      host can read what is meant for others. Compare whole labels: \".example.com\", with the dot"
    /// );
    /// ```
    pub fn hole(&self, answer: &Response) -> Option<String> {
        let is_named = answer.values("access-control-allow-origin").eq([self.origin().as_bytes()]);
        let with_credentials = answer.values("access-control-allow-credentials").eq([b"true"]);
        let is_hole = is_named && (with_credentials || self.likeness != Likeness::Insecure);
        is_hole.then(|| self.warning("the server", "Access-Control-Allow-Origin: *", with_credentials))
    }
}
