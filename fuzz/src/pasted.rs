//! What is pasted into `why`: an address, a command of curl for any shell, a call of fetch, a recording.

use cors_why::__private::pasted;

use crate::assert_of_server;

/// A text is a request to a server, something else that is known, or a mistake with words.
pub fn check(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    // Such a text names a file, which is no part of the text.
    if text.contains('@') {
        return;
    }
    match pasted(&text) {
        Ok((method, url)) if !method.is_empty() => {
            assert_of_server(&url, &text);
            // Unless something escapes letters, they are the text's.
            let mut written = text.chars();
            let is_written = method.chars().all(|letter| written.any(|other| other.eq_ignore_ascii_case(&letter)));
            let is_implied = ["GET", "HEAD", "POST", "PUT"].contains(&method.as_str());
            assert!(is_implied || is_written || text.contains(['\\', '`']), "{method:?} of {text:?}");
        }
        Ok(_) => {}
        Err(mistake) => assert!(mistake.starts_with("error: "), "{mistake:?}"),
    }
}
