//! What the response to a stranger shows about the server.

use cors_core::Stranger;

use crate::Response;

impl Response {
    /// Returns what is wrong with a server that sends this response to a stranger, and what to do. Returns `None` if the
    /// response does not name the stranger (`*` does not), or if the stranger differs only by its scheme and gets no
    /// credentials, which some servers intend.
    ///
    /// ```
    /// # mod cors_actix { pub use cors_browser as testing; }
    /// use cors_actix::testing::{Response, Stranger};
    ///
    /// let strangers = Stranger::of("https://app.example.com");
    /// let answer = Response::new(200).header("Access-Control-Allow-Origin", "https://why-probeexample.com");
    /// assert_eq!(
    ///     answer.warning_about(&strangers[1]).unwrap(),
    ///     "the server allows https://why-probeexample.com too, since it ends like an origin that it means: anyone who \
    ///      registers such a host can read what is meant for others. Compare the whole origin, or whole labels, with the dot before \
    ///      the domain"
    /// );
    /// ```
    pub fn warning_about(&self, stranger: &Stranger) -> Option<String> {
        let is_named = self.values("access-control-allow-origin").eq([stranger.origin().as_bytes()]);
        let with_credentials = self.values("access-control-allow-credentials").eq([b"true"]);
        let is_hole = is_named && (with_credentials || !stranger.is_insecure());
        is_hole.then(|| stranger.warning("the server", "Access-Control-Allow-Origin: *", with_credentials))
    }
}
