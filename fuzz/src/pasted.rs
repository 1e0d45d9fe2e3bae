//! What is pasted into `why`: an address, a command of curl for any shell, a call of fetch, a recording.

use cors_why::__private::pasted;

/// A text is a request to a server, something else that is known, or a mistake with words.
pub fn check(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    // Such a text names a file, which is no part of the text.
    if text.contains('@') {
        return;
    }
    match pasted(&text) {
        Ok((method, url)) if !method.is_empty() => {
            assert!(url.starts_with("http://") || url.starts_with("https://"), "{url:?} of {text:?}");
            assert!(!method.contains(char::is_whitespace) || text.contains(&method), "{method:?} of {text:?}");
        }
        Ok(_) => {}
        Err(mistake) => assert!(mistake.starts_with("error: "), "{mistake:?}"),
    }
}
