//! The report for people. Without a terminal the output has no colours.

use anstyle::{AnsiColor, Style};

use super::exchange::{Purpose, Shown};
use super::{BlockedRequest, Report, Verdict};

const STRONG: Style = Style::new().bold();
const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const UNCLEAR: Style = AnsiColor::Yellow.on_default().bold();

/// The answer's headers that decide something. `--json` has the others.
const DECIDING: [&str; 7] =
    ["Vary", "Location", "Cross-Origin-Resource-Policy", "WWW-Authenticate", "Via", "Age", "X-Cache"];

/// Maximum number of rows in the table. `--json` has the others.
const MOST_ROWS: usize = 40;

impl Report {
    pub(crate) fn to_text(&self) -> String {
        let (probes, exchanges): (Vec<&Shown>, Vec<&Shown>) =
            self.exchanges.iter().partition(|shown| shown.purpose == Purpose::Probe);
        let mut parts: Vec<String> = exchanges.into_iter().map(Shown::to_text).collect();
        parts.extend(also_asked(&probes));
        let style = match self.verdict {
            Verdict::Readable => GOOD,
            Verdict::Blocked => BAD,
            Verdict::Unknown => UNCLEAR,
        };
        // A page can read an error, but its script treats it as an error.
        let status = self.status().filter(|status| self.verdict == Verdict::Readable && !(200..300).contains(status));
        let status = status.map(|status| format!(", with status {status}")).unwrap_or_default();
        let mut lines = vec![entry(style, &format!("{}{status}", self.verdict), &self.reason)];
        lines.extend(self.not_cors.iter().map(|not_cors| entry(BAD, "not CORS", &not_cors.text)));
        if !self.readable_headers.is_empty() {
            lines.push(entry(STRONG, "readable headers", &self.readable_headers.join(", ")));
        }
        if !self.withheld_headers.is_empty() {
            lines.push(entry(STRONG, "withheld headers", &self.withheld_headers.join(", ")));
        }
        lines.extend(self.evidence.iter().map(|text| entry(STRONG, "evidence", text)));
        lines.extend(self.help.iter().map(|text| entry(GOOD, "help", text)));
        lines.extend(self.next.iter().map(|next| entry(BAD, "next", &next.to_text())));
        lines.extend(self.then.iter().map(|then| entry(GOOD, "then", &then.to_text(&self.help))));
        lines.extend(self.notes.iter().map(|text| entry(STRONG, "note", text)));
        lines.extend(self.warnings.iter().map(|warning| entry(BAD, "warning", &warning.text)));
        lines.extend(self.console.iter().map(|text| entry(STRONG, "console", text)));
        if let Some(page) = self.page.as_ref().or(self.anchor.as_ref()) {
            let statement = self.statement.iter().map(|statement| format!(" ({statement})")).collect::<String>();
            lines.push(entry(STRONG, "see", &format!("{page}{statement}")));
        }
        parts.push(lines.join("\n"));
        if self.blocked.len() > 1 {
            parts.insert(0, self.table());
        }
        parts.join("\n\n")
    }
}

impl Report {
    /// The status of the answer that the page gets.
    fn status(&self) -> Option<u16> {
        self.exchanges.iter().rfind(|shown| shown.purpose == Purpose::Request)?.status
    }

    /// All blocked requests of a recording; the report explains the last of them.
    fn table(&self) -> String {
        let row = |blocked: &BlockedRequest| {
            let times = if blocked.count > 1 { format!(" ({} times)", blocked.count) } else { String::new() };
            format!("  {:24} {} {}{times}", blocked.code, on_one_line(&blocked.method), on_one_line(&blocked.url))
        };
        let mut lines = vec![format!("{BAD}blocked in this recording{BAD:#}, the last of them below:")];
        lines.extend(self.blocked.iter().take(MOST_ROWS).map(row));
        if let Some(more) = self.blocked.len().checked_sub(MOST_ROWS).filter(|more| *more > 0) {
            lines.push(format!("  and {more} more, which --json lists"));
        }
        lines.join("\n")
    }
}

impl Shown {
    fn to_text(&self) -> String {
        let (method, url) = (on_one_line(&self.method), on_one_line(&self.url));
        let about = match (self.sent, self.purpose) {
            (false, _) => " (not sent)",
            (true, Purpose::Next) => " (which a browser sends after the answers above are corrected)",
            (true, _) => "",
        };
        let mut lines = vec![format!("{STRONG}> {method} {url}{STRONG:#}{about}")];
        lines.extend(self.request_headers.iter().map(|(name, value)| line('>', name, value)));
        if let Some(status) = self.status {
            lines.push(format!("{STRONG}< {status}{STRONG:#}"));
            let deciding = self.response_headers.iter().filter(|(name, _)| is_deciding(name));
            lines.extend(deciding.map(|(name, value)| line('<', name, value)));
        }
        lines.join("\n")
    }

    /// The origin that asked.
    fn asker(&self) -> &str {
        let line = self.request_headers.iter().find(|(name, _)| name == "Origin");
        line.map_or("nobody", |(_, origin)| origin)
    }
}

/// The requests that no browser sends. Their results are in evidence and warnings.
fn also_asked(probes: &[&Shown]) -> Option<String> {
    let is_alike = |left: &&Shown, right: &&Shown| (&left.method, &left.url) == (&right.method, &right.url);
    let question = |alike: &[&Shown]| {
        let askers: Vec<&str> = alike.iter().map(|shown| shown.asker()).collect();
        on_one_line(&format!("{} {} as {}", alike[0].method, alike[0].url, askers.join(", ")))
    };
    let questions: Vec<String> = probes.chunk_by(is_alike).map(question).collect();
    (!questions.is_empty()).then(|| format!("{STRONG}also asked{STRONG:#}: {}", questions.join("; ")))
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

/// Removes line breaks too, so that a recording cannot write its own lines into the report.
fn on_one_line(text: &str) -> String {
    harmless(text).replace('\n', r"\n")
}

/// Removes control characters: a server may send anything, and a terminal obeys them.
fn harmless(text: &str) -> String {
    let shown = |letter: char| match letter {
        '\n' => letter.to_string(),
        _ if letter.is_control() => letter.escape_default().to_string(),
        _ => letter.to_string(),
    };
    text.chars().map(shown).collect()
}
