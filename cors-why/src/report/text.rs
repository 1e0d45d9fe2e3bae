//! The report for people. Colours are removed on the way where nobody sees them.

use anstyle::{AnsiColor, Style};

use super::{Purpose, Report, Shown, Verdict};

const STRONG: Style = Style::new().bold();
const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const UNCLEAR: Style = AnsiColor::Yellow.on_default().bold();

/// The headers of an answer on which something depends; the others are in the report for programs.
const DECIDING: [&str; 5] = ["Vary", "Location", "Cross-Origin-Resource-Policy", "Www-Authenticate", "Via"];

impl Report {
    pub(crate) fn to_text(&self) -> String {
        let mut parts: Vec<String> = self.exchanges.iter().map(Shown::to_text).collect();
        let (style, name) = match self.verdict {
            Verdict::Readable => (GOOD, "readable"),
            Verdict::Blocked => (BAD, "blocked"),
            Verdict::Unknown => (UNCLEAR, "could not tell"),
        };
        let mut lines = vec![entry(style, name, &self.reason)];
        if !self.readable_headers.is_empty() {
            lines.push(entry(STRONG, "readable headers", &self.readable_headers.join(", ")));
        }
        lines.extend(self.help.iter().map(|text| entry(GOOD, "help", text)));
        lines.extend(self.notes.iter().map(|text| entry(STRONG, "note", text)));
        lines.extend(self.warnings.iter().map(|warning| entry(BAD, "warning", &warning.text)));
        lines.extend(self.console.iter().map(|text| entry(STRONG, "console", text)));
        if let (Some(statement), Some(anchor)) = (&self.statement, &self.anchor) {
            lines.push(entry(STRONG, "see", &format!("{anchor} ({statement})")));
        }
        parts.push(lines.join("\n"));
        parts.join("\n\n")
    }
}

impl Shown {
    fn to_text(&self) -> String {
        let (method, url) = (on_one_line(&self.method), on_one_line(&self.url));
        let about = match (self.sent, self.purpose) {
            (false, _) => " (not sent)".to_owned(),
            (true, Purpose::Probe) => format!(" (to see what pages of {} get)", on_one_line(self.origin())),
            (true, _) => String::new(),
        };
        let mut lines = vec![format!("{STRONG}> {method} {url}{STRONG:#}{about}")];
        // A probe differs from what was asked before by its origin only.
        let shown = self.request_headers.iter().filter(|_| self.purpose != Purpose::Probe);
        lines.extend(shown.map(|(name, value)| line('>', name, value)));
        if let Some(status) = self.status {
            lines.push(format!("{STRONG}< {status}{STRONG:#}"));
            let deciding = self.response_headers.iter().filter(|(name, _)| is_deciding(name));
            lines.extend(deciding.map(|(name, value)| line('<', name, value)));
        }
        lines.join("\n")
    }

    fn origin(&self) -> &str {
        let line = self.request_headers.iter().find(|(name, _)| name == "Origin");
        line.map_or("", |(_, origin)| origin)
    }
}

fn is_deciding(name: &str) -> bool {
    name.starts_with("Access-Control-") || DECIDING.iter().any(|deciding| deciding.eq_ignore_ascii_case(name))
}

fn line(direction: char, name: &str, value: &str) -> String {
    format!("{direction}   {}: {}", on_one_line(name), on_one_line(value))
}

fn entry(style: Style, name: &str, text: &str) -> String {
    format!("{style}{name}{style:#}: {}", harmless(text))
}

/// Without line breaks too, which would let a recording write lines of its own into the report.
fn on_one_line(text: &str) -> String {
    harmless(text).replace('\n', r"\n")
}

/// Without what a terminal would obey: a server may send anything.
fn harmless(text: &str) -> String {
    let shown = |letter: char| match letter {
        '\n' => letter.to_string(),
        _ if letter.is_control() => letter.escape_default().to_string(),
        _ => letter.to_string(),
    };
    text.chars().map(shown).collect()
}
