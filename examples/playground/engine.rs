//! The engine of the visitor's browser.

use cors_browser::Engine;

/// Returns the engine for a `User-Agent`, or `None` if the model does not have it.
///
/// Chrome and Firefox on an iPhone have Safari's engine, and other names (`CriOS`, `FxiOS`).
pub(crate) fn engine_of(user_agent: &str) -> Option<Engine> {
    let names = [("Firefox/", Engine::Firefox), ("Chrome/", Engine::Chromium), ("Chromium/", Engine::Chromium)];
    let named = names.into_iter().find(|(name, _)| user_agent.contains(name)).map(|(_, engine)| engine);
    // Chrome names WebKit too, because its engine is derived from WebKit.
    named.or_else(|| user_agent.contains("AppleWebKit/").then_some(Engine::WebKit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_recognised_by_its_engine_and_not_its_brand() {
        let webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let blink = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)";
        let cases = [
            (format!("{blink} Chrome/140.0.0.0 Safari/537.36"), Some(Engine::Chromium)),
            (format!("{blink} HeadlessChrome/140.0.0.0 Safari/537.36"), Some(Engine::Chromium)),
            (format!("{blink} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"), Some(Engine::Chromium)),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0".to_owned(),
                Some(Engine::Firefox),
            ),
            (format!("Mozilla/5.0 (Macintosh) {webkit} Version/26.0 Safari/605.1.15"), Some(Engine::WebKit)),
            (format!("Mozilla/5.0 (iPhone) {webkit} CriOS/140.0 Mobile/15E148 Safari/604.1"), Some(Engine::WebKit)),
            (format!("Mozilla/5.0 (iPhone) {webkit} FxiOS/143.0 Mobile/15E148 Safari/605.1.15"), Some(Engine::WebKit)),
            ("curl/8.14.1".to_owned(), None),
            (String::new(), None),
        ];
        for (user_agent, engine) in cases {
            assert_eq!(engine_of(&user_agent), engine, "{user_agent}");
        }
    }
}
