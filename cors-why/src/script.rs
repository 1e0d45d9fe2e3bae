//! What a page's script asks for, whether the command line, a `curl` command or a recording says so.

use cors_browser::{Body, CredentialsMode, Page, ScriptRequest, is_forbidden_request_header};
use url::Url;

use crate::arguments::{Arguments, text_in};
use crate::mistake::Mistake;

/// A request as it was written or recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) url: String,
    pub(crate) method: Option<String>,
    /// Those of the script, without those that a browser adds.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<String>,
    pub(crate) cookie: Option<String>,
    /// What the headers that a browser adds say about the page.
    pub(crate) page: Option<String>,
    /// Whether those headers say that it was asked in mode cors; none where they say nothing.
    pub(crate) mode_is_cors: Option<bool>,
}

impl Asked {
    /// Sorts what a browser sent into what the script set and what the browser added.
    pub(crate) fn take_headers(&mut self, headers: Vec<(String, String)>) {
        let find =
            |name: &str| headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value);
        self.page = find("origin").or_else(|| find("referer")).cloned();
        self.cookie = find("cookie").cloned();
        self.mode_is_cors = match find("sec-fetch-mode") {
            Some(mode) => Some(mode == "cors"),
            None => find("origin").map(|_| true),
        };
        // A network tab that switches the cache off adds both.
        let cache_is_off = find("pragma").is_some() && find("cache-control").is_some();
        let is_of_browser = |name: &str, value: &str| {
            let is = |names: &[&str]| names.iter().any(|other| name.eq_ignore_ascii_case(other));
            is_forbidden_request_header(name, value.as_bytes())
                || is(&["user-agent", "priority"])
                || (cache_is_off && is(&["pragma", "cache-control"]))
        };
        self.headers = headers.iter().filter(|(name, value)| !is_of_browser(name, value)).cloned().collect();
    }
}

/// A page, and what its script asks for.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) page: Page,
    pub(crate) request: ScriptRequest,
    pub(crate) asked: Asked,
    pub(crate) credentials: bool,
    /// Where the request is from a browser, which does not say whether credentials were asked for.
    pub(crate) credentials_unknown: bool,
}

impl Script {
    pub(crate) fn of_arguments(arguments: &Arguments) -> Result<Self, Mistake> {
        let headers = arguments.headers.iter().map(|line| header(line)).collect::<Result<_, _>>()?;
        let asked = Asked {
            url: arguments.url.clone().unwrap_or_default(),
            method: arguments.request.clone(),
            headers,
            body: arguments.data.as_deref().map(body).transpose()?,
            ..Asked::default()
        };
        Self::new(asked, arguments, Body::Text)
    }

    pub(crate) fn of_curl(asked: Asked, arguments: &Arguments) -> Result<Self, Mistake> {
        Self::new(asked, arguments, Body::UrlSearchParams).map(Self::of_browser)
    }

    pub(crate) fn of_recording(asked: Asked, arguments: &Arguments) -> Result<Self, Mistake> {
        // Its type is among the headers, where it had one.
        Self::new(asked, arguments, Body::Bytes).map(Self::of_browser)
    }

    /// A GET of an address, for a page of an origin; the address's own where none is named.
    pub(crate) fn of_address(address: &str, arguments: &Arguments) -> Result<Self, Mistake> {
        let own = Url::parse(address).ok().map(|url| url.origin().ascii_serialization());
        let asked = Asked { url: address.to_owned(), page: own, ..Asked::default() };
        Self::new(asked, arguments, Body::Bytes)
    }

    fn of_browser(self) -> Self {
        Self { credentials_unknown: !self.credentials, ..self }
    }

    fn new(asked: Asked, arguments: &Arguments, body: Body) -> Result<Self, Mistake> {
        let from = arguments.from.as_ref().or(asked.page.as_ref());
        let from =
            from.ok_or_else(|| Mistake::new("the request names no origin; say --from https://app.example.com"))?;
        let page = page(from)?;
        if !Url::parse(&asked.url).is_ok_and(|url| url.has_host() && ["http", "https"].contains(&url.scheme())) {
            return Err(Mistake::new(format!("{:?} is no address of a server; write https:// before it", asked.url)));
        }
        let credentials = arguments.credentials || asked.cookie.is_some();
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
            request = request.body(body);
        }
        if credentials {
            request = request.credentials(CredentialsMode::Include);
        }
        Ok(Self { page, request, asked, credentials, credentials_unknown: false })
    }
}

/// A text, or what stands in the file that an `@` names.
fn body(data: &str) -> Result<String, Mistake> {
    data.strip_prefix('@').map_or_else(|| Ok(data.to_owned()), text_in)
}

/// `null`, or the page at an address.
pub(crate) fn page(from: &str) -> Result<Page, Mistake> {
    if from == "null" {
        return Ok(Page::opaque());
    }
    let page = Page::at(from).map_err(|_| no_origin(from))?;
    // What `localhost:3000` means to a URL parser is not what its author means.
    let is_meant_opaque = ["file:", "data:"].iter().any(|scheme| from.starts_with(scheme));
    if page.origin() == "null" && !is_meant_opaque { Err(no_origin(from)) } else { Ok(page) }
}

fn no_origin(from: &str) -> Mistake {
    Mistake::new(format!("{from:?} is no origin; write one such as https://app.example.com, or null"))
}

/// `Name: value`.
pub(crate) fn header(line: &str) -> Result<(String, String), Mistake> {
    match line.split_once(':') {
        Some((name, value)) => Ok((name.trim().to_owned(), value.trim().to_owned())),
        None => Err(Mistake::new(format!("{line:?} is no header; write 'Name: value'"))),
    }
}
