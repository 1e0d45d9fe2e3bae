//! The results of a suite for people, for programs, and for the lines of a pull request on GitHub.

use std::{env, fs};

use super::{Outcome, Outcomes};
use crate::arguments::Arguments;
use crate::mistake::Mistake;
use crate::table::{self, plain};

impl Outcomes {
    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("texts and numbers can be written")
    }

    pub(crate) fn to_text(&self) -> String {
        let head = ["page", "request", "must be", "is"].map(str::to_owned);
        let row = |outcome: &Outcome| {
            let mark = if outcome.complaint().is_some() { "  <--" } else { "" };
            let is = format!("{}{mark}", outcome.report.verdict());
            [plain(&outcome.page), plain(&outcome.request), outcome.expected.to_string(), is]
        };
        let rows: Vec<[String; 4]> = std::iter::once(head).chain(self.outcomes.iter().map(row)).collect();
        let mut lines = table::lines(&rows);
        for outcome in self.outcomes.iter().filter(|outcome| outcome.complaint().is_some()) {
            lines.push(format!("\n{} and {}, {}:{}", outcome.page, outcome.request, self.file, outcome.line));
            lines.push(outcome.report.to_text());
        }
        let (all, failed, unknown) = (self.outcomes.len(), self.failed, self.unknown);
        lines.push(format!("\n{all} asked, {failed} not as expected, {unknown} unknown"));
        lines.join("\n")
    }

    /// Writes the requested files, and annotations on GitHub.
    pub(crate) fn tell_machines(&self, arguments: &Arguments) -> Result<(), Mistake> {
        if env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true") && !arguments.json {
            crate::print(&self.to_github());
        }
        let Some(file) = &arguments.junit else { return Ok(()) };
        fs::write(file, self.to_junit()).map_err(|error| Mistake::new(format!("cannot write {file:?}: {error}")))
    }

    /// Annotations of the suite file, as workflow commands.
    fn to_github(&self) -> String {
        let escaped = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
        // Commas and colons separate the properties of a command.
        let property = |text: &str| escaped(text).replace(':', "%3A").replace(',', "%2C");
        let lines = self.outcomes.iter().filter_map(|outcome| {
            let complaint = outcome.complaint()?;
            let (file, line) = (property(&self.file), outcome.line);
            Some(format!("::error file={file},line={line},title=CORS::{}", escaped(&complaint)))
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}
