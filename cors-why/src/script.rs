//! The request of a page's script, from the command line, a `curl` command or a recording.

use cors_browser::{Body, CredentialsMode, Page, ScriptRequest, is_forbidden_request_header};
use url::Url;

use crate::arguments::Arguments;
use crate::mistake::{Mistake, Mistakes};
use crate::reading::text_in;

/// A request as someone wrote it, or as it was recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) url: String,
    pub(crate) method: Option<String>,
    /// The headers of the script, without those of the browser.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<String>,
    /// The type that the body implies if no header has it.
    pub(crate) body_kind: Body,
    pub(crate) cookie: Option<String>,
    /// Whether the script asks with credentials; `None` if unknown.
    pub(crate) credentials: Option<bool>,
    /// The page, by the headers that a browser adds.
    pub(crate) page: Option<String>,
    /// Whether those headers show mode cors; `None` if unknown.
    pub(crate) mode_is_cors: Option<bool>,
    /// Whether only the preflight is known. Then the values are invented, and the request cannot be sent.
    pub(crate) is_made_up: bool,
    /// How the command connects to the server.
    pub(crate) way: WayAsked,
    /// Mistakes, to be reported together with the others.
    pub(crate) mistakes: Mistakes,
}

/// The options that change the connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WayAsked {
    pub(crate) insecure: bool,
    pub(crate) proxy: Option<String>,
    /// Each is `HOST:PORT:ADDRESS`.
    pub(crate) resolve: Vec<String>,
}

/// The value of a header if only its name is known.
const UNKNOWN_VALUE: &str = "(unknown)";

impl Asked {
    /// Separates the script's headers from those that the browser added.
    pub(crate) fn take_headers(&mut self, headers: Vec<(String, String)>) {
        let find =
            |name: &str| headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value);
        self.page = find("origin").or_else(|| find("referer")).cloned();
        self.cookie = find("cookie").cloned();
        self.mode_is_cors = match find("sec-fetch-mode") {
            Some(mode) => Some(mode == "cors"),
            None => find("origin").map(|_| true),
        };
        // With its cache off, a network tab adds both.
        let cache_is_off = find("pragma").is_some() && find("cache-control").is_some();
        let is_of_browser = |name: &str, value: &str| {
            let is = |names: &[&str]| names.iter().any(|other| name.eq_ignore_ascii_case(other));
            is_forbidden_request_header(name, value.as_bytes())
                || is(&["user-agent", "priority"])
                || (cache_is_off && is(&["pragma", "cache-control"]))
        };
        self.headers = headers.iter().filter(|(name, value)| !is_of_browser(name, value)).cloned().collect();
        self.ask_for_what_a_preflight_asks(&headers);
    }

    /// In a network tab a preflight is its own row, and usually the red one, so people copy it.
    fn ask_for_what_a_preflight_asks(&mut self, headers: &[(String, String)]) {
        let value = |wanted: &str| {
            let line = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            line.map(|(_, value)| value.clone())
        };
        let is_options = self.method.as_deref().is_some_and(|method| method.eq_ignore_ascii_case("OPTIONS"));
        let Some(method) = value("access-control-request-method").filter(|_| is_options) else { return };
        self.method = Some(method);
        self.headers.clear();
        self.is_made_up = true;
        self.add_unknown(&value("access-control-request-headers").unwrap_or_default());
    }

    /// Adds headers from a list of names with commas.
    pub(crate) fn add_unknown(&mut self, names: &str) {
        for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            if !self.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
                // This value always needs a preflight.
                self.headers.push((name.to_owned(), UNKNOWN_VALUE.to_owned()));
            }
        }
    }
}

/// A page, and the request of its script.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) page: Page,
    pub(crate) request: ScriptRequest,
    pub(crate) asked: Asked,
    pub(crate) credentials: bool,
}

impl Script {
    /// A GET of an address, from a page of an origin. Without an origin, the page has the address's.
    pub(crate) fn of_address(address: &str, arguments: &Arguments) -> Result<Self, Mistake> {
        let own = Url::parse(address).ok().map(|url| url.origin().ascii_serialization());
        Self::new(Asked { url: address.to_owned(), page: own, ..Asked::default() }, arguments)
    }

    pub(crate) fn new(mut asked: Asked, arguments: &Arguments) -> Result<Self, Mistake> {
        let mut mistakes = std::mem::take(&mut asked.mistakes);
        let is_mistaken = !mistakes.is_empty();
        let from = arguments.from.as_ref().or(asked.page.as_ref());
        let page = match from {
            Some(from) => mistakes.take(page(from)),
            None => mistakes.take(Err(no_page())),
        };
        match address(&asked.url) {
            Some(url) => asked.url = url,
            // A curl command without an address was reported already.
            None if asked.url.is_empty() && is_mistaken => {}
            None if asked.url.is_empty() => mistakes.add("what was pasted has no address"),
            None => mistakes.add(format!("{:?} is not the address of a server; write https:// before it", asked.url)),
        }
        let page = mistakes.none(page)?.ok_or_else(no_page)?;
        if arguments.credentials || asked.cookie.is_some() {
            asked.credentials = Some(true);
        }
        let credentials = asked.credentials == Some(true);
        let mut request = ScriptRequest::new(&asked.url);
        match (&asked.method, &asked.body) {
            (Some(method), _) => request = request.method(method),
            (None, Some(_)) => request = request.method("POST"),
            (None, None) => {}
        }
        for (name, value) in &asked.headers {
            request = request.header(name, value.as_bytes());
        }
        if asked.body.is_some() {
            request = request.body(asked.body_kind.clone());
        }
        if credentials {
            request = request.credentials(CredentialsMode::Include);
        }
        Ok(Self { page, request, asked, credentials })
    }

    /// Whether the credentials mode is unknown.
    pub(crate) fn credentials_unknown(&self) -> bool {
        self.asked.credentials.is_none()
    }
}

/// The address of a server. On this machine it needs no scheme.
pub(crate) fn address(text: &str) -> Option<String> {
    // URL parsers remove these too.
    let text = text.trim_matches(|letter: char| letter <= ' ');
    let end = text.find(['/', '?', '#']).unwrap_or(text.len());
    let port = text[..end].rfind(':').filter(|colon| text[colon + 1..end].bytes().all(|byte| byte.is_ascii_digit()));
    let host = text[..port.unwrap_or(end)].to_ascii_lowercase();
    let is_local = host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host == "[::1]";
    let text = if is_local { format!("http://{text}") } else { text.to_owned() };
    let is_of_server = |url: &Url| url.has_host() && ["http", "https"].contains(&url.scheme());
    Url::parse(&text).is_ok_and(|url| is_of_server(&url)).then_some(text)
}

/// Returns the text, or the content of the file after an `@`.
pub(crate) fn body(data: &str) -> Result<String, Mistake> {
    data.strip_prefix('@').map_or_else(|| Ok(data.to_owned()), text_in)
}

/// `null`, or the page at an address.
pub(crate) fn page(from: &str) -> Result<Page, Mistake> {
    if from == "null" {
        return Ok(Page::opaque());
    }
    // Most origins are complete, and recordings have thousands.
    if let Some(page) = Page::at(from).ok().filter(|page| page.origin() != "null") {
        return Ok(page);
    }
    let page = Page::at(&address(from).unwrap_or_else(|| from.to_owned())).map_err(|_| no_origin(from))?;
    // A URL parser takes `app.example.com` in `app.example.com:3000` for a scheme.
    let is_meant_opaque = ["file:", "data:"].iter().any(|scheme| from.starts_with(scheme));
    if page.origin() == "null" && !is_meant_opaque { Err(no_origin(from)) } else { Ok(page) }
}

fn no_page() -> Mistake {
    Mistake::new("say which page asks, as its address bar has it: --from https://app.example.com")
}

fn no_origin(from: &str) -> Mistake {
    Mistake::new(format!("{from:?} is not an origin; write one such as https://app.example.com, or null"))
}

/// `Name: value`.
pub(crate) fn header(line: &str) -> Result<(String, String), Mistake> {
    match line.split_once(':') {
        Some((name, value)) => Ok((name.trim().to_owned(), value.trim().to_owned())),
        None => Err(Mistake::new(format!("{line:?} is no header; write 'Name: value'"))),
    }
}
