//! `why` asks a server what a browser would ask for the script of a page, and says why the page may not read the answer.
//!
//! It joins three things and decides nothing itself: a request (of the command line, pasted, or recorded), a server (of the network or
//! of a recording), and [`cors_browser`], which says what a browser sends and what it lets the script read.

mod answer;
mod arguments;
mod client;
mod curl;
mod failure;
mod fetch;
mod har;
mod investigation;
mod message;
mod mistake;
mod paste;
mod powershell;
mod reading;
mod report;
mod script;
mod warning;

use std::env;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use cors_core::PolicyDraft;

use arguments::Arguments;
use client::Network;
use investigation::investigate;
use mistake::Mistake;
use paste::Paste;
use report::Report;
use script::Script;

/// As a shell's own for a command line that it does not understand.
const MISTAKEN: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::read(env::args_os().map(|word| word.to_string_lossy().into_owned()));
    if arguments.schema {
        let _ = write!(anstream::stdout(), "{}", PolicyDraft::SCHEMA);
        return ExitCode::SUCCESS;
    }
    match answer(&arguments) {
        Ok(report) => {
            let text = if arguments.json { report.to_json() } else { report.to_text() };
            // Whoever closed the output does not want the rest of it.
            let _ = writeln!(anstream::stdout(), "{text}");
            report.verdict().status()
        }
        Err(mistake) => {
            let _ = writeln!(anstream::stderr(), "{mistake}");
            ExitCode::from(MISTAKEN)
        }
    }
}

fn answer(arguments: &Arguments) -> Result<Report, Mistake> {
    match Paste::given(arguments)? {
        Paste::Request(asked) => Ok(ask(Script::new(asked, arguments)?, arguments)),
        Paste::Message(text) => message::report(&text, arguments),
        Paste::Recording(recording) => recording.report(arguments),
    }
}

/// Asks the server itself.
fn ask(script: Script, arguments: &Arguments) -> Report {
    let mut network = Network::new(Duration::from_secs(arguments.timeout), arguments.send, &script);
    let mut investigation = investigate(&mut arguments.browser(), &script, &mut network);
    let warnings = warning::of_network(&script, &mut investigation, &network);
    Report::new(&script, arguments.engine(), investigation, warnings)
}
