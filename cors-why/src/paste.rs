//! Recognises the input: an address, a message, a command, a call of fetch or a recording; as an argument, in a file, on standard
//! input, or at the prompt.

use std::path::Path;

use cors_browser::explain::{Cause, Explanation};

use crate::arguments::Arguments;
use crate::har::Recording;
use crate::mistake::Mistake;
use crate::reading::{ask, begins_with_brace, has_terminal, open, text, text_in};
use crate::script::{Asked, address};
use crate::{curl, fetch, powershell};

/// The input.
#[derive(Debug)]
pub(crate) enum Paste {
    Request(Asked),
    Message(String),
    Recording(Recording),
}

const QUESTION: &str = "\
Paste a message of the console, what the network tab copies (as cURL, as fetch), or an address,
then press Enter on an empty line:
";

impl Paste {
    /// The input on the command line, or else on standard input.
    pub(crate) fn given(arguments: &Arguments) -> Result<Self, Mistake> {
        if let Some(words) = &arguments.curl_words {
            return Ok(Self::Request(curl::of_words(words.iter().skip(1).cloned())));
        }
        let read = |value: &str| if value == "-" { text_in(value) } else { Ok(value.to_owned()) };
        if let Some(message) = &arguments.message {
            return read(message).map(Self::Message);
        }
        if let Some(command) = &arguments.curl {
            let command = read(command)?;
            let begun =
                curl::begin(&command).ok_or_else(|| Mistake::new("a command that begins with curl was expected"))?;
            return curl::parse(begun).map(Self::Request);
        }
        if let Some(file) = &arguments.har {
            return Recording::read(open(file)?).map(Self::Recording);
        }
        match arguments.paste.as_slice() {
            [] if has_terminal() => Self::at_the_prompt(arguments),
            [] => Self::in_file("-", arguments),
            [one] if one == "-" || is_file(one) => Self::in_file(one, arguments),
            words => Self::of_text(&words.join(" "), arguments),
        }
    }

    fn at_the_prompt(arguments: &Arguments) -> Result<Self, Mistake> {
        let mut paste = Self::of_text(&ask(QUESTION, |lines| address(lines.trim()).is_some())?, arguments)?;
        if let (Self::Request(Asked { page: page @ None, .. }), None) = (&mut paste, &arguments.from) {
            *page = Some(ask("Which page asks? (such as http://localhost:3000) ", |_| true)?.trim().to_owned());
        }
        Ok(paste)
    }

    fn in_file(file: &str, arguments: &Arguments) -> Result<Self, Mistake> {
        let mut reader = open(file)?;
        if begins_with_brace(&mut reader)? {
            return Recording::read(reader).map(Self::Recording);
        }
        Self::of_text(&text(reader, file)?, arguments)
    }

    pub(crate) fn of_text(text: &str, arguments: &Arguments) -> Result<Self, Mistake> {
        let text = text.trim();
        let is_one_word = !text.contains(char::is_whitespace);
        let address = is_one_word.then(|| address(text.trim_matches(['<', '>', '"', '\'', '`']))).flatten();
        let copied = if text.is_empty() {
            return Err(Mistake::new("nothing was pasted; why --help shows what can be"));
        } else if text.starts_with('{') {
            return Recording::read(text.as_bytes()).map(Self::Recording);
        } else if let Some(command) = curl::begin(text) {
            curl::parse(command)?
        } else if powershell::is_powershell(text) {
            powershell::parse(text)?
        } else if let Some(address) = address {
            return Ok(Self::Request(arguments.asked(address)));
        } else if let Some(call) = fetch::arguments(text).filter(|_| !is_telling(text)) {
            fetch::parse(call)?
        } else if let Some(mistake) = several(text) {
            return Err(mistake);
        } else if is_one_word && Explanation::from_console(text).is_none() {
            // Each mistake of the request is reported together with the others.
            return Ok(Self::Request(arguments.asked(text.to_owned())));
        } else {
            return Ok(Self::Message(text.to_owned()));
        };
        match arguments.says_request() {
            true => Err(Mistake::new("-X, -H and -d go with an address or a message; the paste has its own")),
            false => Ok(Self::Request(copied)),
        }
    }
}

/// A console shows the call beside its message.
fn is_telling(text: &str) -> bool {
    Explanation::from_console(text).is_some_and(|explanation| explanation.cause() != Cause::SaidElsewhere)
}

/// Refuses a second thing after an address or a file: nothing is left out in silence.
fn several(text: &str) -> Option<Mistake> {
    let mut words = text.split_whitespace();
    let (first, next) = (words.next()?, words.next()?);
    let is_meant = address(first).is_some() || is_file(first);
    (is_meant && Explanation::from_console(text).is_none()).then(|| {
        Mistake::new(format!("one thing is asked at a time, and {next:?} follows {first}; the page goes after --from"))
    })
}

fn is_file(name: &str) -> bool {
    // A missing file gets the message that it is missing.
    Path::new(name).is_file() || (name.ends_with(".har") && address(name).is_none())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::Paste;
    use crate::arguments::Arguments;
    use crate::har::Recording;

    /// The copies of all network tabs, cut off at each place, with special characters at each place.
    #[test]
    fn no_text_is_a_panic() {
        let arguments = Arguments::read(["why".to_owned()].into_iter());
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/why/data/curl");
        let files = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
        let mut texts: Vec<String> = files.map(|file| fs::read_to_string(file).expect("a text")).collect();
        texts.push(
            "await fetch(\"http://a.example/\", {\"headers\": {\"a\": \"é\"}, \"body\": \"{}\", \"mode\": \"cors\"});"
                .to_owned(),
        );
        texts.push(
            "Invoke-WebRequest -Uri \"http://a.example/é\" `\n-Headers @{\n\"a\"=\"$([char]233)`\"\"\n} -Body (\"b\")"
                .to_owned(),
        );
        for text in texts {
            for (place, _) in text.char_indices().step_by(5) {
                let (before, after) = text.split_at(place);
                let _ = Paste::of_text(before, &arguments);
                for letter in ["'", "\"", "\\", "^", "`", "$'\\u", "$(", "|", "é", "--data-urlencode", "{"] {
                    let _ = Paste::of_text(&format!("{before}{letter}{after}"), &arguments);
                }
            }
        }
    }

    #[test]
    fn no_recording_is_a_panic() {
        let arguments = Arguments::read(["why".to_owned()].into_iter());
        let recording = include_str!("../tests/why/data/har/min_redirect.har");
        let values = ["0", "-1", "99999999999", "\"\"", "null", "[]", "{}", "\"\\u0000\"", "\"é://\""];
        for (place, _) in recording.match_indices(':') {
            assert!(Recording::read(&recording.as_bytes()[..place]).is_err());
            for value in values {
                let end = recording[place..].find([',', '}']).map_or(recording.len(), |length| place + length);
                let changed = format!("{}:{value}{}", &recording[..place], &recording[end..]);
                let _ = Recording::read(changed.as_bytes()).map(|recording| recording.report(&arguments));
            }
        }
    }
}
