//! Text with placeholders for what a page needs.
//!
//! | place | becomes |
//! |---|---|
//! | `@origin@` | the origin of the page |
//! | `@methods@`, `@headers@`, `@expose@` | a list: `GET, PUT` |
//! | `@"methods"@`, `@'methods'@` | each element in such quotes |
//! | `@:methods@` | each element as a symbol of Ruby: `:get, :put` |
//! | `@unsafe@` | the methods that need a preflight |
//! | `@true@` | `true` with credentials, else `false` |
//! | `@folder@` | the first part of the path: `/api` |
//!
//! A line is left out if its list is empty, or if it begins with `@credentials@` and the page needs none.

use url::Url;

use crate::diagnosis::Need;

/// What a page needs of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) origin: String,
    pub(crate) credentials: bool,
    /// The methods that need a preflight.
    pub(crate) methods: Vec<String>,
    pub(crate) headers: Vec<String>,
    /// Headers of the answer that the script reads.
    pub(crate) expose: Vec<String>,
    /// Whether the server has lists already that no answer shows, so that lists begin with [`OTHERS`].
    adds: bool,
    folder: String,
}

/// Stands in a list for its present elements. Most languages of the blocks refuse it, so that nobody pastes it by mistake; inside of
/// quotes a server sends it, and allows nothing by it.
pub(super) const OTHERS: &str = "<others>";

/// The methods that browsers send whatever the preflight's answer says.
pub(super) const SAFELISTED: [&str; 3] = ["GET", "HEAD", "POST"];

impl Wish {
    pub(crate) fn of(need: &Need) -> Self {
        let url = Url::parse(&need.url).ok();
        let first = url.as_ref().and_then(|url| url.path_segments()?.next());
        Self {
            origin: need.origin.clone(),
            credentials: need.credentials,
            methods: need.methods.iter().filter(|method| !SAFELISTED.contains(&method.as_str())).cloned().collect(),
            headers: need.headers.clone(),
            expose: Vec::new(),
            adds: false,
            folder: first.filter(|first| is_plain(first)).map(|first| format!("/{first}")).unwrap_or_default(),
        }
    }

    pub(super) fn adding(self, adds: bool) -> Self {
        Self { adds, ..self }
    }

    /// The first name with a character that has a meaning in a language of the blocks.
    pub(crate) fn unwritable(&self) -> Option<&str> {
        let names = [&self.methods, &self.headers, &self.expose].into_iter().flatten();
        names.map(String::as_str).find(|name| !is_plain(name))
    }

    pub(super) fn render(&self, template: &str) -> String {
        let lines: Vec<String> = template.trim_matches('\n').lines().filter_map(|line| self.line(line)).collect();
        lines.join("\n")
    }

    /// `None` if a list of the line is empty.
    pub(super) fn line(&self, line: &str) -> Option<String> {
        const CREDENTIALS: &str = "@credentials@";
        let line = match line.contains(CREDENTIALS) {
            true if !self.credentials => return None,
            true => line.replace(CREDENTIALS, ""),
            false => line.to_owned(),
        };
        let mut rendered = String::new();
        let mut rest = line.as_str();
        while let Some((before, after)) = rest.split_once('@') {
            rendered.push_str(before);
            rest = match after.split_once('@').and_then(|(place, rest)| Some((self.place(place)?, rest))) {
                Some((None, _)) => return None,
                Some((Some(text), rest)) => {
                    rendered.push_str(&text);
                    rest
                }
                // An `@` of the text itself.
                None => {
                    rendered.push('@');
                    after
                }
            };
        }
        Some(rendered + rest)
    }

    /// The text for a placeholder. The outer `None`: there is no such placeholder. The inner `None`: its list is empty.
    #[allow(clippy::option_option, reason = "no place, and a place with nothing in it")]
    fn place(&self, place: &str) -> Option<Option<String>> {
        let name = place.trim_matches(['"', '\'', ':']);
        let safelisted = || SAFELISTED.into_iter().filter(|_| !self.adds).map(str::to_owned);
        let list: Vec<String> = match name {
            "origin" => vec![self.origin.clone()],
            "methods" => safelisted().chain(self.methods.iter().cloned()).collect(),
            "unsafe" => self.methods.clone(),
            "headers" => self.headers.clone(),
            "expose" => self.expose.clone(),
            "folder" => return Some(Some(self.folder.clone())),
            "true" => return Some(Some(self.credentials.to_string())),
            _ => return None,
        };
        let element = |element: String| match place.chars().next() {
            Some(quote @ ('"' | '\'')) => format!("{quote}{element}{quote}"),
            Some(':') => format!(":{}", element.to_ascii_lowercase()),
            _ => element,
        };
        // A header takes one origin.
        let others = (self.adds && !list.is_empty() && place != "origin").then(|| OTHERS.to_owned());
        let elements: Vec<String> = others.into_iter().chain(list.into_iter().map(element)).collect();
        Some((!elements.is_empty()).then(|| elements.join(", ")))
    }
}

/// Whether a name has no special character in any language of the blocks.
pub(super) fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter))
}
