//! What is pasted as a message of a console.

use cors_browser::Engine;
use cors_browser::explain::Explanation;

use crate::assert_plain;

/// What is read can be said again: the messages that the explanation has are read as the same cause.
pub fn check(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Some(explanation) = Explanation::from_console(&text) else { return };
    let said =
        [explanation.help(), explanation.notes(), explanation.header_lines(), vec![explanation.reason()]].concat();
    for line in &said {
        assert_plain(line);
        assert!(line.len() <= 2_000 + 4 * text.len(), "{} bytes of {}", line.len(), text.len());
    }
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        if let Some(message) = explanation.console(engine) {
            assert!(Explanation::from_console(&message).is_some(), "{message:?} is not read back");
        }
    }
}
