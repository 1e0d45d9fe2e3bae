//! Reads a curl command, as a network tab copies it and as people write it.

mod options;
mod windows;
mod words;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cors_browser::Body;
use url::form_urlencoded;

use crate::mistake::{Mistake, Mistakes};
use crate::reading::text_in;
use crate::script::{Asked, body, header};
use options::{Action, Options};

const SEVERAL: &str = "these are several commands of curl; keep one";

/// Reads a whole command, for any shell.
pub(crate) fn parse(command: &str) -> Result<Asked, Mistake> {
    let words = if windows::is_for_cmd(command) { windows::split(command) } else { words::split(command)? };
    Ok(of_words(words.into_iter().skip(1)))
}

/// Whether a text is a curl command, possibly after the prompt of a shell.
pub(crate) fn begin(text: &str) -> Option<&str> {
    let text = text.trim_start().trim_start_matches(['$', '%', '>', '#']).trim_start();
    let program = text.split(|letter: char| letter.is_whitespace() || letter == '^').next()?;
    let name = program.rsplit(['/', '\\']).next()?;
    (name == "curl" || name == "curl.exe").then_some(text)
}

/// Reads the words after `curl`.
pub(crate) fn of_words(words: impl Iterator<Item = String>) -> Asked {
    let mut mistakes = Mistakes::default();
    let mut command = Command::default();
    for option in Options::of(words) {
        let applied = option.and_then(|(option, action, value)| command.apply(&option, action, value));
        mistakes.take(applied);
    }
    command.asked(mistakes)
}

/// The parts of a command that were read so far.
#[derive(Debug, Default)]
struct Command {
    urls: Vec<String>,
    asked: Asked,
    headers: Vec<(String, String)>,
    is_get: bool,
    /// Whether a file can be part of the body.
    has_file: bool,
}

impl Command {
    fn apply(&mut self, option: &str, action: Action, value: String) -> Result<(), Mistake> {
        self.has_file |= match action {
            Action::Data | Action::Json => value.starts_with('@'),
            Action::EncodedData => value.find(['=', '@']).is_some_and(|place| value[place..].starts_with('@')),
            _ => false,
        };
        let mut set = |name: &str, value: String| self.headers.push((name.to_owned(), value));
        match action {
            Action::Nothing => {}
            Action::Url => self.urls.push(value),
            Action::Method => self.asked.method = Some(value),
            Action::Head => self.asked.method = Some("HEAD".to_owned()),
            Action::Get => self.is_get = true,
            // `Name:` removes a header that curl sets, `Name;` has an empty value.
            Action::Header if value.trim_end().ends_with(':') => {}
            Action::Header => match value.trim_end().strip_suffix(';').filter(|name| !name.contains(':')) {
                Some(name) => set(name, String::new()),
                None => self.headers.push(header(&value)?),
            },
            Action::Cookie if !value.contains('=') => {
                let why = "names a file of cookies, which a browser does not have; write 'name=value'";
                return Err(Mistake::new(format!("{option} {value:?} {why}")));
            }
            Action::Cookie => set("Cookie", value),
            Action::UserAgent => set("User-Agent", value),
            Action::Referer => set("Referer", value),
            Action::User => set("Authorization", format!("Basic {}", STANDARD.encode(value))),
            Action::Bearer => set("Authorization", format!("Bearer {value}")),
            Action::Data => self.add_body(&body(&value)?, Body::UrlSearchParams),
            Action::RawData => self.add_body(&value, Body::UrlSearchParams),
            Action::EncodedData => self.add_body(&encoded(&value)?, Body::UrlSearchParams),
            Action::Json => {
                set("Content-Type", "application/json".to_owned());
                set("Accept", "application/json".to_owned());
                self.add_body(&body(&value)?, Body::Text);
            }
            // Only the presence of parts decides, not their content.
            Action::Form => self.add_body("", Body::FormData),
            Action::Insecure => self.asked.way.insecure = true,
            Action::Proxy => self.asked.way.proxy = Some(value),
            Action::Resolve => self.asked.way.resolve.push(value),
        }
        Ok(())
    }

    fn add_body(&mut self, more: &str, kind: Body) {
        self.asked.body = Some(match self.asked.body.take() {
            Some(former) if kind == Body::UrlSearchParams => format!("{former}&{more}"),
            Some(former) => former + more,
            None => more.to_owned(),
        });
        self.asked.body_kind = kind;
    }

    fn asked(mut self, mut mistakes: Mistakes) -> Asked {
        match self.urls.as_slice() {
            [url] => self.asked.url.clone_from(url),
            [] => mistakes.add("the command has no address"),
            several if several.iter().any(|url| url == "curl") => mistakes.add(SEVERAL),
            several => mistakes.add(format!("the command asks several addresses: {}; keep one", several.join(", "))),
        }
        // A GET needs no `--send`, so it must not carry a file.
        if self.is_get && self.has_file {
            mistakes.add("-G with a file puts it into the address; write the text in place of the file");
        }
        if let Some(query) = self.asked.body.take_if(|_| self.is_get) {
            let separator = if self.asked.url.contains('?') { '&' } else { '?' };
            self.asked.url = format!("{}{separator}{query}", self.asked.url);
        }
        self.asked.take_headers(self.headers);
        Asked { mistakes, ..self.asked }
    }
}

/// `content`, `=content`, `name=content`, `@file` or `name@file`.
fn encoded(value: &str) -> Result<String, Mistake> {
    let (name, content) = match value.split_once(['=', '@']) {
        Some((name, _)) if value[name.len()..].starts_with('@') => (name, text_in(&value[name.len() + 1..])?),
        Some((name, content)) => (name, content.to_owned()),
        None => ("", value.to_owned()),
    };
    let content: String = form_urlencoded::byte_serialize(content.as_bytes()).collect();
    Ok(if name.is_empty() { content } else { format!("{name}={content}") })
}
