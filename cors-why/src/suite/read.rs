//! Reads a suite: TOML, with all mistakes at once, each with its line.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use url::Url;

use super::{Expectation, MOST, Suite};
use crate::mistake::{Mistake, Mistakes};
use crate::report::Verdict;
use crate::script::{Asked, address, page};

const TABLES: [&str; 5] = ["server", "pages", "requests", "readable", "blocked"];
const OF_A_REQUEST: [&str; 6] = ["url", "method", "headers", "body", "credentials", "send"];

/// The content of a suite. `server` replaces the file's server, and environment variables replace `${NAME}`.
pub(super) fn suite(
    text: &str,
    file: &str,
    server: Option<&str>,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Suite, Mistake> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { text, file, variable: &variable, mistakes: Mistakes::default() };
    for error in &errors {
        reader.wrong(error.span().unwrap_or_default(), error.message().to_owned());
    }
    let expectations = reader.expectations(table.get_ref(), server);
    reader.mistakes.none(Suite { expectations })
}

struct Reader<'t> {
    text: &'t str,
    file: &'t str,
    variable: &'t dyn Fn(&str) -> Option<String>,
    mistakes: Mistakes,
}

/// A request, as the suite writes it.
struct Request {
    asked: Asked,
    send: bool,
}

type Table<'t> = DeTable<'t>;
type Value<'t> = Spanned<DeValue<'t>>;

impl Reader<'_> {
    fn line(&self, at: &Range<usize>) -> usize {
        self.text[..at.start.min(self.text.len())].matches('\n').count() + 1
    }

    fn wrong(&mut self, at: Range<usize>, what: impl std::fmt::Display) {
        let line = self.line(&at);
        self.mistakes.add(format!("{}:{line}: {what}", self.file));
    }

    fn expectations(&mut self, suite: &Table<'_>, server: Option<&str>) -> Vec<Expectation> {
        self.only(suite, &TABLES, "a suite");
        let server = match (server, suite.get("server")) {
            (Some(server), _) => self.server(server, 0..0),
            (None, Some(value)) => self.text(value).and_then(|server| self.server(&server, value.span())),
            (None, None) => None,
        };
        let pages = self.pages(suite);
        let requests = self.requests(suite, server.as_ref());
        let mut expectations: Vec<Expectation> = Vec::new();
        for (key, expected) in [("readable", Verdict::Readable), ("blocked", Verdict::Blocked)] {
            let Some(table) = suite.get(key).and_then(|value| self.table(value)) else { continue };
            for (name, list) in table {
                let Some(origin) = pages.get(name.get_ref().as_ref()) else {
                    self.wrong(name.span(), format!("there is no page {}; [pages] names them", name.get_ref()));
                    continue;
                };
                for item in self.list(list) {
                    let Some(asked) = self.text(item) else { continue };
                    let Some(request) = requests.get(&asked) else {
                        self.wrong(item.span(), format!("there is no request {asked}; [requests.{asked}] would be it"));
                        continue;
                    };
                    let line = self.line(&item.span());
                    let is_said =
                        |other: &&Expectation| other.page == name.get_ref().as_ref() && other.request == asked;
                    if let Some(other) = expectations.iter().find(is_said) {
                        let before = other.line;
                        self.wrong(item.span(), format!("{asked} of {} is in line {before} already", name.get_ref()));
                        continue;
                    }
                    // A request without a valid address is reported already, and so is an invalid page.
                    let (Some(origin), Some(request)) = (origin, request) else { continue };
                    let asked_by = Asked { page: Some(origin.clone()), ..request.asked.clone() };
                    let page = name.get_ref().clone().into_owned();
                    expectations.push(Expectation {
                        page,
                        request: asked,
                        expected,
                        asked: asked_by,
                        send: request.send,
                        line,
                    });
                }
            }
        }
        if expectations.is_empty() {
            self.wrong(0..0, "nothing is expected; write [readable] or [blocked] with app = [\"notes\"]");
        }
        if expectations.len() > MOST {
            self.wrong(0..0, format!("{} pairs of page and request are more than {MOST}", expectations.len()));
        }
        expectations
    }

    fn server(&mut self, server: &str, at: Range<usize>) -> Option<Url> {
        let url = address(server).and_then(|server| Url::parse(&server).ok());
        if url.is_none() {
            self.wrong(
                at,
                format!("{server:?} is not the address of a server; write one such as https://staging.example.com"),
            );
        }
        url
    }

    fn pages(&mut self, suite: &Table<'_>) -> BTreeMap<String, Option<String>> {
        let mut pages = BTreeMap::new();
        for (name, value) in suite.get("pages").and_then(|value| self.table(value)).into_iter().flatten() {
            let origin = self.text(value).and_then(|origin| match page(&origin) {
                Ok(_) => Some(origin),
                Err(mistake) => {
                    self.wrong(value.span(), mistake.on_one_line());
                    None
                }
            });
            pages.insert(name.get_ref().to_string(), origin);
        }
        pages
    }

    fn requests(&mut self, suite: &Table<'_>, server: Option<&Url>) -> BTreeMap<String, Option<Request>> {
        let mut requests = BTreeMap::new();
        for (name, value) in suite.get("requests").and_then(|value| self.table(value)).into_iter().flatten() {
            let request = self.table(value).and_then(|table| self.request(name, table, server));
            requests.insert(name.get_ref().to_string(), request);
        }
        requests
    }

    fn request<'t>(
        &mut self,
        name: &Spanned<std::borrow::Cow<'t, str>>,
        table: &Table<'t>,
        server: Option<&Url>,
    ) -> Option<Request> {
        self.only(table, &OF_A_REQUEST, "a request");
        let mut asked = Asked::default();
        let method = table.get("method").and_then(|value| self.text(value));
        asked.body = table.get("body").and_then(|value| self.text(value));
        asked.credentials = Some(self.truth(table, "credentials"));
        for (name, value) in table.get("headers").and_then(|value| self.table(value)).into_iter().flatten() {
            let value = self.text(value).unwrap_or_default();
            asked.headers.push((name.get_ref().to_string(), value));
        }
        asked.method = method;
        let Some(value) = table.get("url") else {
            self.wrong(name.span(), format!("the request {} has no url", name.get_ref()));
            return None;
        };
        let url = self.text(value)?;
        let joined = match server {
            // An unknown scheme, as in `localhst:8080`, leads to no server.
            Some(server) if address(&url).is_none() => server.join(&url).ok().and_then(|url| address(url.as_str())),
            _ => address(&url),
        };
        match joined {
            Some(joined) => asked.url = joined,
            None => {
                let remedy = "write https://..., or name the server: server = \"https://staging.example.com\"";
                self.wrong(value.span(), format!("{url:?} is no address; {remedy}"));
                return None;
            }
        }
        Some(Request { asked, send: self.truth(table, "send") })
    }

    /// Returns the value in its type, or adds a mistake.
    fn text(&mut self, value: &Value<'_>) -> Option<String> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(value.span(), format!("a text was expected, not {}", value.get_ref().type_str()));
            return None;
        };
        self.filled(text, value.span())
    }

    fn table<'v, 't>(&mut self, value: &'v Value<'t>) -> Option<&'v Table<'t>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(value.span(), format!("a table was expected, not {}", value.get_ref().type_str()));
        }
        table
    }

    fn list<'v, 't>(&mut self, value: &'v Value<'t>) -> impl Iterator<Item = &'v Value<'t>> + use<'v, 't> {
        let list = value.get_ref().as_array();
        if list.is_none() {
            self.wrong(value.span(), format!("a list of requests was expected, not {}", value.get_ref().type_str()));
        }
        list.into_iter().flat_map(|list| list.iter())
    }

    fn truth(&mut self, table: &Table<'_>, key: &str) -> bool {
        let Some(value) = table.get(key) else { return false };
        let truth = value.get_ref().as_bool();
        if truth.is_none() {
            self.wrong(value.span(), format!("{key} is true or false"));
        }
        truth.unwrap_or_default()
    }

    fn only(&mut self, table: &Table<'_>, keys: &[&str], of: &str) {
        for (key, _) in table {
            if !keys.contains(&key.get_ref().as_ref()) {
                self.wrong(key.span(), format!("{} is no key of {of}; these are: {}", key.get_ref(), keys.join(", ")));
            }
        }
    }

    /// Replaces the variables in the text: secrets do not belong in a file.
    fn filled(&mut self, text: &str, at: Range<usize>) -> Option<String> {
        let mut parts = text.split("${");
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let Some((name, rest)) = part.split_once('}') else {
                self.wrong(at, "a variable begins with ${ and ends with }");
                return None;
            };
            let Some(value) = (self.variable)(name) else {
                self.wrong(at, format!("the environment variable {name} is not set"));
                return None;
            };
            filled.push_str(&value);
            filled.push_str(rest);
        }
        Some(filled)
    }
}

#[cfg(test)]
mod tests;
