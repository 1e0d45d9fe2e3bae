//! The format of a recording (HTTP Archive 1.2), as far as `why` reads it. It is read piece by piece, and only little of it is kept, because
//! recordings are long.

use std::collections::HashSet;
use std::fmt;
use std::rc::Rc;

use cors_browser::{Response, is_forbidden_request_header};
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, de};
use url::Url;

#[derive(Debug, Deserialize)]
pub(super) struct Archive {
    pub(super) log: Log,
}

#[derive(Debug, Deserialize)]
pub(super) struct Log {
    #[serde(deserialize_with = "kept")]
    pub(super) entries: Vec<Entry>,
    pub(super) creator: Option<Program>,
    pub(super) browser: Option<Program>,
}

/// The program that recorded, or the browser that was recorded.
#[derive(Debug, Deserialize)]
pub(super) struct Program {
    #[serde(default)]
    pub(super) name: String,
}

/// The kept parts of one request and its answer.
#[derive(Debug)]
pub(super) struct Entry {
    /// In microseconds. Only differences have a meaning. 0 if the recording has no time.
    pub(super) began: u64,
    pub(super) method: Rc<str>,
    /// As the model of the browser writes it: without a fragment.
    pub(super) url: Rc<str>,
    /// Without the headers of the browser that decide nothing.
    pub(super) headers: Rc<[Header]>,
    pub(super) has_body: bool,
    /// Whether a script asked; `None` if the recording does not say.
    pub(super) is_of_script: Option<bool>,
    /// 0 or -1 if no answer came, or if the browser hides it.
    status: i32,
    answer: Rc<[Header]>,
    /// The browser's error of a failed request.
    pub(super) error: Option<Rc<str>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Header {
    pub(super) name: Rc<str>,
    pub(super) value: Rc<str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    /// ISO 8601. A browser uses one time zone in a recording.
    #[serde(default)]
    started_date_time: String,
    request: WrittenRequest,
    response: WrittenAnswer,
    /// The initiator, in recordings of Chromium. Of a blocked request Chromium records few headers.
    #[serde(rename = "_resourceType")]
    resource_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WrittenRequest {
    method: String,
    url: String,
    headers: Vec<WrittenHeader>,
    post_data: Option<de::IgnoredAny>,
}

#[derive(Deserialize)]
struct WrittenAnswer {
    status: i32,
    #[serde(default)]
    headers: Vec<WrittenHeader>,
    #[serde(rename = "_error")]
    error: Option<String>,
    /// The same, in recordings of Playwright.
    #[serde(rename = "_failureText")]
    failure: Option<String>,
}

#[derive(Deserialize)]
struct WrittenHeader {
    name: String,
    value: String,
}

/// Maximum number of requests. They need half a gigabyte of memory.
const MOST_REQUESTS: usize = 1_000_000;

/// Replaces a value that decides nothing and differs from answer to answer.
const LEFT_OUT: &str = "(left out)";
const DIFFERENT: [&str; 8] =
    ["date", "etag", "last-modified", "expires", "content-length", "x-request-id", "report-to", "nel"];
/// Whether no verdict depends on the value of a header.
const LONGEST: usize = 256;

/// Texts and lists, each kept once.
#[derive(Default)]
struct Texts {
    texts: HashSet<Rc<str>>,
    lists: HashSet<Rc<[Header]>>,
    /// The last ones by their lengths: most answers of a server are alike, and so need no hash.
    recent: [Option<Header>; RECENT],
}

const RECENT: usize = 32;

impl Texts {
    fn one(&mut self, text: &str) -> Rc<str> {
        if let Some(known) = self.texts.get(text) {
            return Rc::clone(known);
        }
        let new: Rc<str> = text.into();
        self.texts.insert(Rc::clone(&new));
        new
    }

    fn header(&mut self, name: &str, value: &str) -> Header {
        let place = (name.len() * 7 + value.len()) % RECENT;
        if let Some(known) = self.recent[place].as_ref().filter(|known| &*known.name == name && &*known.value == value)
        {
            return known.clone();
        }
        let header = Header { name: self.one(name), value: self.one(value) };
        self.recent[place].insert(header).clone()
    }

    fn list(&mut self, headers: Vec<Header>) -> Rc<[Header]> {
        if let Some(known) = self.lists.get(headers.as_slice()) {
            return Rc::clone(known);
        }
        let new: Rc<[Header]> = headers.into();
        self.lists.insert(Rc::clone(&new));
        new
    }
}

fn kept<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Entry>, D::Error> {
    struct Entries;
    impl<'de> Visitor<'de> for Entries {
        type Value = Vec<Entry>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a list of requests and their answers")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Vec<Entry>, A::Error> {
            let mut texts = Texts::default();
            let mut kept = Vec::new();
            while let Some(written) = entries.next_element()? {
                if kept.len() >= MOST_REQUESTS {
                    return Err(de::Error::custom(format!("it has more than {MOST_REQUESTS} requests of scripts")));
                }
                kept.extend(keep(written, &mut texts));
            }
            Ok(kept)
        }
    }
    deserializer.deserialize_seq(Entries)
}

/// `None` for requests of no script.
fn keep(Written { started_date_time, request, response, resource_type }: Written, texts: &mut Texts) -> Option<Entry> {
    let is_of_script = resource_type.as_deref().map(|kind| ["fetch", "xhr"].contains(&kind));
    let is_kept = |name: &str, value: &str| {
        let says_much = ["origin", "referer", "cookie", "sec-fetch-mode"];
        let is = |other: &&str| name.eq_ignore_ascii_case(other);
        let is_of_preflight = name.get(..15).is_some_and(|begin| begin.eq_ignore_ascii_case("access-control-"));
        // In HTTP/2 the request line consists of names with colons.
        says_much.iter().any(is)
            || is_of_preflight
            || !(name.starts_with(':') || is_forbidden_request_header(name, value.as_bytes()))
    };
    let headers = request.headers.iter().filter(|header| is_kept(&header.name, &header.value));
    let headers: Vec<Header> = headers.map(|header| texts.header(&header.name, &header.value)).collect();
    let says = |name: &str| headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
    let is_cors = says("origin").is_some() || says("sec-fetch-mode").is_some_and(|mode| &*mode.value == "cors");
    if is_of_script == Some(false) && !is_cors {
        return None;
    }
    // Chromium records several headers with the same name as one, with line breaks.
    let lines = response.headers.iter().flat_map(|header| header.value.split('\n').map(|value| (&*header.name, value)));
    let answer = lines.map(|(name, value)| {
        let decides = name.get(..15).is_some_and(|begin| begin.eq_ignore_ascii_case("access-control-"));
        let is_different = DIFFERENT.iter().any(|other| name.eq_ignore_ascii_case(other));
        let is_location = name.eq_ignore_ascii_case("location");
        let is_left_out = is_different || (value.len() > LONGEST && !decides && !is_location);
        texts.header(name, if is_left_out { LEFT_OUT } else { value })
    });
    let answer = answer.collect();
    let (headers, answer) = (texts.list(headers), texts.list(answer));
    Some(Entry {
        began: began(&started_date_time),
        method: texts.one(&request.method),
        url: texts.one(&without_fragment(&request.url)),
        headers,
        has_body: request.post_data.is_some(),
        is_of_script,
        status: response.status,
        answer,
        error: response.error.or(response.failure).map(|error| texts.one(&error)),
    })
}

fn without_fragment(text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else { return text.to_owned() };
    url.set_fragment(None);
    url.into()
}

/// Counts every month as 31 days.
fn began(text: &str) -> u64 {
    let mut numbers = text.split(|letter: char| !letter.is_ascii_digit());
    let mut next = || numbers.next().and_then(|digits| digits.parse::<u64>().ok()).unwrap_or_default();
    let days = (next().min(9999) * 12 + next().min(12)) * 31 + next().min(31);
    let seconds = (next().min(24) * 60 + next().min(59)) * 60 + next().min(60);
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    let digits = fraction.chars().map_while(|letter| letter.to_digit(10)).chain(std::iter::repeat(0));
    let microseconds = digits.take(6).fold(0, |sum, digit| sum * 10 + u64::from(digit));
    (days * 86_400 + seconds) * 1_000_000 + microseconds
}

impl Entry {
    /// `None` if no answer came, or if the browser hides it.
    pub(super) fn answer(&self) -> Option<Response> {
        let status = u16::try_from(self.status).ok().filter(|status| *status >= 100)?;
        let add = |response: Response, header: &Header| response.header(&*header.name, &*header.value);
        Some(self.answer.iter().fold(Response::new(status), add))
    }

    pub(super) fn is_answered(&self) -> bool {
        self.status >= 100
    }

    pub(super) fn is_redirect(&self) -> bool {
        (300..400).contains(&self.status)
            && self.answer.iter().any(|header| header.name.eq_ignore_ascii_case("location"))
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let line = self.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        line.map(|header| &*header.value)
    }

    /// The method that a preflight asks for; `None` if the request is not a preflight.
    pub(super) fn preflights(&self) -> Option<&str> {
        self.header("access-control-request-method").filter(|_| &*self.method == "OPTIONS")
    }
}
