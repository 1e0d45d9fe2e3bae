//! A copied message. Shells remove quotes and mail programs change them, so a part is found with any quotes and
//! without.

/// The quotes of a message after normalisation.
const QUOTES: [char; 2] = ['\'', '"'];

/// A message on one line, with straight quotes, and without what terminals, mail programs and consoles add. Has no
/// control characters.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) text: String,
    /// The text without quotes.
    bare: String,
}

impl Message {
    pub(super) fn of(copied: &str) -> Self {
        let text = plain(copied);
        let bare = bare(&text);
        Self { text, bare }
    }

    /// Whether the message contains this part.
    pub(super) fn has(&self, part: &str) -> bool {
        self.bare.contains(&bare(part))
    }

    /// Returns the text after a part.
    pub(super) fn after(&self, part: &str) -> Option<&str> {
        let quoted = self.text.split_once(part);
        quoted.or_else(|| self.bare.split_once(&bare(part))).map(|(_, after)| after)
    }

    /// Returns the text between two parts; if `after` is only quotes, and the message has none, one word.
    pub(super) fn between(&self, before: &str, after: &str) -> Option<&str> {
        between(&self.text, before, after).or_else(|| match bare(after) {
            end if end.is_empty() => between(&self.bare, &bare(before), " "),
            end => between(&self.bare, &bare(before), &end),
        })
    }

    pub(super) fn owned_between(&self, before: &str, after: &str) -> Option<String> {
        self.between(before, after).map(str::to_owned)
    }

    /// Returns the number after a part.
    pub(super) fn number_after(&self, part: &str) -> Option<u16> {
        let rest = self.after(part)?;
        let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        rest[..end].parse().ok()
    }

    /// Returns the first URL.
    pub(super) fn address(&self) -> Option<String> {
        address(&self.text)
    }
}

/// Removes quotes, and one of two spaces that then follow each other.
fn bare(text: &str) -> String {
    let unquoted: String = text.chars().filter(|letter| !QUOTES.contains(letter)).collect();
    let mut bare = String::with_capacity(unquoted.len());
    for letter in unquoted.chars() {
        if letter != ' ' || !bare.ends_with(' ') {
            bare.push(letter);
        }
    }
    bare
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

/// Returns the first URL in a text.
pub(super) fn address(text: &str) -> Option<String> {
    let start = text.find("https://").into_iter().chain(text.find("http://")).min()?;
    let end = text[start..].find([' ', '\'', '"']).map_or(text.len(), |length| start + length);
    // A closing parenthesis belongs to the URL, unless the URL is in parentheses.
    let closing: &[char] = if text[..start].ends_with('(') { &['.', ',', ':', ')'] } else { &['.', ',', ':'] };
    Some(text[start..end].trim_end_matches(closing).to_owned())
}

fn plain(message: &str) -> String {
    let straight = |letter| match letter {
        '‘' | '’' | '`' => '\'',
        '“' | '”' | '«' | '»' => '"',
        _ => letter,
    };
    let uncoloured = without_escapes(message);
    let lines = uncoloured.lines().map(|line| without_place(line.trim_start_matches(['>', '|', ' ', '\t'])));
    let printed = |word: &str| word.chars().filter(|letter| !letter.is_control()).map(straight).collect::<String>();
    let words = lines.flat_map(str::split_whitespace).map(printed);
    words.collect::<Vec<_>>().join(" ")
}

/// Removes a link to an explanation or a place in the source from the end of a line, and fences of Markdown.
fn without_place(line: &str) -> &str {
    let line = line.trim_end();
    let line = line.strip_suffix("[Learn More]").unwrap_or(line).trim_end();
    let (before, last) = line.rsplit_once([' ', '\t']).unwrap_or(("", line));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (file, place) = last.split_once(':').unwrap_or((last, ""));
    let is_place = (file.contains('.') || file == "(index)") && place.split(':').all(is_number);
    if is_place || line.starts_with("```") { before } else { line }
}

/// Removes the colours of a terminal, which begin with an escape and a bracket and end with a letter (ECMA-48, 5.4).
fn without_escapes(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_final = |letter: char| ('@'..='~').contains(&letter);
        plain.push_str(part.split_once(is_final).map_or("", |(_, rest)| rest));
    }
    plain
}
