//! A fetch as text, so that an input can be read and written by hand.

use cors_browser::{Body, CacheMode, CredentialsMode, Mode, Page, RedirectMode, Response, ScriptRequest};

/// A page, what its script asks for, and what is answered:
///
/// ```text
/// https://app.example.com
/// PUT https://api.example.com/notes
/// cors include follow default text
/// X-Token: 7
///
/// 204
/// Access-Control-Allow-Origin: *
///
/// 200
/// ```
#[derive(Debug)]
pub(super) struct Written {
    pub(super) page: Page,
    pub(super) request: ScriptRequest,
    pub(super) credentials: CredentialsMode,
    pub(super) answers: Vec<Response>,
}

/// More make an input slow and find nothing more.
const MOST_LINES: usize = 60;

impl Written {
    /// `None` where that is no such text.
    pub(super) fn read(data: &[u8]) -> Option<Self> {
        let lines: Vec<&[u8]> = data.split(|byte| *byte == b'\n').take(MOST_LINES).collect();
        let text = |index: usize| lines.get(index).and_then(|line| std::str::from_utf8(line).ok());
        let page = Page::at(text(0)?).unwrap_or_else(|_| Page::opaque());
        let (method, url) = text(1)?.split_once(' ')?;
        let words: Vec<&str> = text(2)?.split(' ').collect();
        let is = |word: &str| words.contains(&word);
        let credentials = match () {
            () if is("include") => CredentialsMode::Include,
            () if is("omit") => CredentialsMode::Omit,
            () => CredentialsMode::SameOrigin,
        };
        let mut request =
            ScriptRequest::new(url).method(method).credentials(credentials).upload_listeners(is("upload"));
        if is("no-cors") {
            request = request.mode(Mode::NoCors);
        }
        if is("error") {
            request = request.redirect(RedirectMode::Error);
        }
        if is("manual") {
            request = request.redirect(RedirectMode::Manual);
        }
        if is("reload") {
            request = request.cache(CacheMode::Reload);
        }
        if is("text") {
            request = request.body(Body::Text);
        }
        if is("stream") {
            request = request.body(Body::Stream);
        }
        let mut blocks = lines.get(3..)?.split(|line| line.is_empty());
        for (name, value) in blocks.next()?.iter().filter_map(|line| header(line)) {
            request = request.header(name, value);
        }
        let answers = blocks.filter_map(|block| {
            let (status, lines) = block.split_first()?;
            let response = Response::new(std::str::from_utf8(status).ok()?.parse().ok()?);
            Some(
                lines.iter().filter_map(|line| header(line)).fold(response, |to, (name, value)| to.header(name, value)),
            )
        });
        Some(Self { page, request, credentials, answers: answers.collect() })
    }
}

/// `None` for bytes that HTTP does not carry.
fn header(line: &[u8]) -> Option<(String, Vec<u8>)> {
    if line.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t') {
        return None;
    }
    let colon = line.iter().position(|byte| *byte == b':')?;
    let name = std::str::from_utf8(&line[..colon]).ok()?;
    Some((name.to_owned(), line[colon + 1..].trim_ascii().to_vec()))
}
