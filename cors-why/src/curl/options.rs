//! The options of curl that describe a request, and those that have no effect here.

use crate::mistake::Mistake;

/// The meaning of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Nothing,
    Url,
    Method,
    Head,
    Get,
    Header,
    Cookie,
    UserAgent,
    Referer,
    User,
    Bearer,
    Data,
    RawData,
    EncodedData,
    Json,
    Form,
    Insecure,
    Proxy,
    Resolve,
}

/// Options with a value: the letter if there is one, the name, and the meaning.
const WITH_VALUE: [(&str, &str, Action); 34] = [
    ("X", "request", Action::Method),
    ("H", "header", Action::Header),
    ("b", "cookie", Action::Cookie),
    ("A", "user-agent", Action::UserAgent),
    ("e", "referer", Action::Referer),
    ("u", "user", Action::User),
    ("", "oauth2-bearer", Action::Bearer),
    ("d", "data", Action::Data),
    ("", "data-ascii", Action::Data),
    ("", "data-binary", Action::Data),
    ("", "data-raw", Action::RawData),
    ("", "data-urlencode", Action::EncodedData),
    ("", "json", Action::Json),
    ("F", "form", Action::Form),
    ("", "form-string", Action::Form),
    ("", "url", Action::Url),
    ("x", "proxy", Action::Proxy),
    ("", "resolve", Action::Resolve),
    ("o", "output", Action::Nothing),
    ("w", "write-out", Action::Nothing),
    ("m", "max-time", Action::Nothing),
    ("", "connect-timeout", Action::Nothing),
    ("c", "cookie-jar", Action::Nothing),
    ("D", "dump-header", Action::Nothing),
    ("E", "cert", Action::Nothing),
    ("", "key", Action::Nothing),
    ("", "cacert", Action::Nothing),
    ("", "capath", Action::Nothing),
    ("", "ciphers", Action::Nothing),
    ("", "retry", Action::Nothing),
    ("", "retry-delay", Action::Nothing),
    ("", "max-redirs", Action::Nothing),
    ("", "output-dir", Action::Nothing),
    ("", "limit-rate", Action::Nothing),
];

const WITHOUT_VALUE: [(&str, &str, Action); 36] = [
    ("I", "head", Action::Head),
    ("G", "get", Action::Get),
    ("k", "insecure", Action::Insecure),
    ("s", "silent", Action::Nothing),
    ("S", "show-error", Action::Nothing),
    ("L", "location", Action::Nothing),
    ("", "location-trusted", Action::Nothing),
    ("i", "include", Action::Nothing),
    ("", "show-headers", Action::Nothing),
    ("v", "verbose", Action::Nothing),
    ("f", "fail", Action::Nothing),
    ("", "fail-with-body", Action::Nothing),
    ("", "fail-early", Action::Nothing),
    ("g", "globoff", Action::Nothing),
    ("N", "no-buffer", Action::Nothing),
    ("", "no-progress-meter", Action::Nothing),
    ("#", "progress-bar", Action::Nothing),
    ("O", "remote-name", Action::Nothing),
    ("J", "remote-header-name", Action::Nothing),
    ("R", "remote-time", Action::Nothing),
    ("j", "junk-session-cookies", Action::Nothing),
    ("q", "disable", Action::Nothing),
    ("4", "ipv4", Action::Nothing),
    ("6", "ipv6", Action::Nothing),
    ("0", "http1.0", Action::Nothing),
    ("", "http1.1", Action::Nothing),
    ("", "http2", Action::Nothing),
    ("", "http2-prior-knowledge", Action::Nothing),
    ("", "http3", Action::Nothing),
    ("1", "tlsv1", Action::Nothing),
    ("", "tlsv1.2", Action::Nothing),
    ("", "tlsv1.3", Action::Nothing),
    ("", "compressed", Action::Nothing),
    ("", "basic", Action::Nothing),
    ("", "path-as-is", Action::Nothing),
    ("", "ssl-no-revoke", Action::Nothing),
];

/// The options of a command, one by one: the spelling, the meaning, and the value.
pub(super) struct Options<I> {
    words: I,
    /// The remaining letters after one hyphen.
    letters: String,
    only_addresses: bool,
}

type Found = (String, Action, String);

impl<I: Iterator<Item = String>> Options<I> {
    pub(super) fn of(words: I) -> Self {
        Self { words, letters: String::new(), only_addresses: false }
    }

    fn word(&mut self, word: String) -> Result<Found, Mistake> {
        // curl requires a space, but people write an equals sign.
        let long = word.trim_start_matches('-');
        let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value.to_owned())));
        let of_name = |table: &[(&str, &str, Action)]| table.iter().find(|(_, long, _)| *long == name).map(|row| row.2);
        if let Some(action) = of_name(&WITH_VALUE) {
            let value = value.map_or_else(|| self.value(&word), Ok)?;
            return Ok((word, action, value));
        }
        let known = of_name(&WITHOUT_VALUE).or_else(|| name.starts_with("no-").then_some(Action::Nothing));
        known.map(|action| (word.clone(), action, String::new())).ok_or_else(|| unknown(&word))
    }

    fn letter(&mut self, letter: char) -> Result<Found, Mistake> {
        let option = format!("-{letter}");
        let of_letter = |table: &[(&str, &str, Action)]| {
            table.iter().find(|(short, ..)| short.chars().eq([letter])).map(|row| row.2)
        };
        if let Some(action) = of_letter(&WITH_VALUE) {
            let rest = std::mem::take(&mut self.letters);
            let value = if rest.is_empty() { self.value(&option)? } else { rest };
            return Ok((option, action, value));
        }
        of_letter(&WITHOUT_VALUE).map(|action| (option.clone(), action, String::new())).ok_or_else(|| unknown(&option))
    }

    fn value(&mut self, option: &str) -> Result<String, Mistake> {
        self.words.next().ok_or_else(|| Mistake::new(format!("the value of {option} is missing")))
    }
}

impl<I: Iterator<Item = String>> Iterator for Options<I> {
    type Item = Result<Found, Mistake>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(letter) = self.letters.chars().next() {
                self.letters = self.letters.split_off(letter.len_utf8());
                return Some(self.letter(letter));
            }
            let word = self.words.next()?;
            match word.strip_prefix('-').filter(|rest| !self.only_addresses && !rest.is_empty()) {
                None => return Some(Ok((String::new(), Action::Url, word))),
                Some("-") => self.only_addresses = true,
                Some(long) if long.starts_with('-') => return Some(self.word(word)),
                Some(letters) => self.letters = letters.to_owned(),
            }
        }
    }
}

fn unknown(option: &str) -> Mistake {
    let option = option.escape_debug();
    Mistake::new(format!("{option} of curl is unknown here; leave it out if it does not matter"))
}
