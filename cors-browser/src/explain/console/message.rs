//! A message as it was copied. A shell takes quotes away, a mail makes them curly: what is looked for is found with quotes of any kind
//! and without, so the texts of the consoles are written down once.

/// The quotes of messages, once they are straight.
const QUOTES: [char; 2] = ['\'', '"'];

/// One line, with straight quotes, and without what a terminal, a letter or a console adds, or what would command a terminal.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) text: String,
    /// The same without quotes.
    bare: String,
}

impl Message {
    pub(super) fn of(copied: &str) -> Self {
        let text = plain(copied);
        let bare = bare(&text);
        Self { text, bare }
    }

    /// Whether the message has this part.
    pub(super) fn has(&self, part: &str) -> bool {
        self.bare.contains(&bare(part))
    }

    /// What follows a part.
    pub(super) fn after(&self, part: &str) -> Option<&str> {
        let quoted = self.text.split_once(part);
        quoted.or_else(|| self.bare.split_once(&bare(part))).map(|(_, after)| after)
    }

    /// What stands between two parts. Where only quotes end it, and these are gone, it is one word.
    pub(super) fn between(&self, before: &str, after: &str) -> Option<&str> {
        between(&self.text, before, after).or_else(|| match bare(after) {
            end if end.is_empty() => between(&self.bare, &bare(before), " "),
            end => between(&self.bare, &bare(before), &end),
        })
    }

    pub(super) fn owned_between(&self, before: &str, after: &str) -> Option<String> {
        self.between(before, after).map(str::to_owned)
    }

    /// The number that follows a part.
    pub(super) fn number_after(&self, part: &str) -> Option<u16> {
        let rest = self.after(part)?;
        let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        rest[..end].parse().ok()
    }

    /// The first address.
    pub(super) fn address(&self) -> Option<String> {
        address(&self.text)
    }
}

/// Without quotes. Where one stood between spaces is one space.
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

/// The first address in a text.
pub(super) fn address(text: &str) -> Option<String> {
    let start = text.find("https://").into_iter().chain(text.find("http://")).min()?;
    let end = text[start..].find([' ', '\'', '"']).map_or(text.len(), |length| start + length);
    // Parentheses are part of an address, unless it stands in them.
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

/// A console ends a line with a link to an explanation, or with where in the source it was; a fence of Markdown is no line.
fn without_place(line: &str) -> &str {
    let line = line.trim_end();
    let line = line.strip_suffix("[Learn More]").unwrap_or(line).trim_end();
    let (before, last) = line.rsplit_once([' ', '\t']).unwrap_or(("", line));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (file, place) = last.split_once(':').unwrap_or((last, ""));
    let is_place = (file.contains('.') || file == "(index)") && place.split(':').all(is_number);
    if is_place || line.starts_with("```") { before } else { line }
}

/// Colours of a terminal begin with an escape and a bracket, and end with a letter (ECMA-48, 5.4).
fn without_escapes(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_final = |letter: char| ('@'..='~').contains(&letter);
        plain.push_str(part.split_once(is_final).map_or("", |(_, rest)| rest));
    }
    plain
}
