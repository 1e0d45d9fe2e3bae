//! `why` asks a server what a browser would ask for the script of a page, and says why the page may not read the answer.
//!
//! It joins three things and decides nothing itself: a request (of the command line, of a `curl` command, or recorded), a server
//! (of the network or of a recording), and [`cors_browser`], which says what a browser sends and what it lets the script read.

mod answer;
mod arguments;
mod barred;
mod client;
mod curl;
mod diagnosis;
mod doctor;
mod failure;
mod fix;
mod har;
mod investigation;
mod mistake;
mod not_cors;
#[allow(dead_code, reason = "the diagnosis and --fix read them")]
mod recipe;
mod report;
mod scan;
mod script;
mod stack;
mod warning;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use cors_browser::explain::Explanation;
use cors_core::PolicyDraft;

use arguments::{Arguments, text_in, text_of};
use client::Network;
use har::Recording;
use investigation::investigate;
use mistake::Mistake;
use report::{Report, Verdict};
use script::{Script, page};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.schema {
        let _ = write!(anstream::stdout(), "{}", PolicyDraft::SCHEMA);
        return ExitCode::SUCCESS;
    }
    if let Some(file) = &arguments.scan {
        return match scan::scan(&arguments, file) {
            Ok(scan) => {
                let _ =
                    writeln!(anstream::stdout(), "{}", if arguments.json { scan.to_json() } else { scan.to_text() });
                scan.status()
            }
            Err(mistake) => refuse(&mistake),
        };
    }
    if arguments.fix {
        return match print_fix(&arguments) {
            Ok(()) => ExitCode::SUCCESS,
            Err(mistake) => refuse(&mistake),
        };
    }
    match answer(&arguments) {
        Ok(report) => {
            let text = if arguments.json { report.to_json() } else { report.to_text() };
            // Whoever closed the output does not want the rest of it.
            let _ = writeln!(anstream::stdout(), "{text}");
            report.verdict().status()
        }
        Err(mistake) => refuse(&mistake),
    }
}

fn refuse(mistake: &Mistake) -> ExitCode {
    let _ = writeln!(anstream::stderr(), "error: {mistake}");
    Verdict::Unknown.status()
}

fn print_fix(arguments: &Arguments) -> Result<(), Mistake> {
    let script = asked(arguments)?;
    let mut network = Network::new(arguments, &script)?;
    fix::print(arguments, &script, &mut network)
}

/// What a script asks for, of the command line or of a command that was copied.
fn asked(arguments: &Arguments) -> Result<Script, Mistake> {
    match &arguments.curl {
        Some(command) => Script::of_curl(curl::parse(&text_of(command)?)?, arguments),
        None => Script::of_arguments(arguments),
    }
}

fn answer(arguments: &Arguments) -> Result<Report, Mistake> {
    if let Some(message) = &arguments.message {
        return of_message(arguments, &text_of(message)?);
    }
    if let Some(file) = &arguments.har {
        return of_recording(arguments, &text_in(file)?);
    }
    let script = asked(arguments)?;
    let mut network = Network::new(arguments, &script)?;
    let mut investigation = investigate(arguments.engine(), &script, &mut network);
    let probed = (!arguments.no_probes).then_some(&network);
    investigation.finding = doctor::examine(&script, &investigation, probed, arguments.stack);
    let warnings = warning::of_network(&script, &mut investigation, probed);
    Ok(Report::new(&script, arguments.engine(), investigation, warnings))
}

fn of_message(arguments: &Arguments, text: &str) -> Result<Report, Mistake> {
    let explanation = Explanation::from_console(text)
        .ok_or_else(|| Mistake::new("the message is none of those with which Chromium, Firefox or WebKit block"))?;
    let explanation = match &arguments.from {
        Some(from) => explanation.of_page(&page(from)?),
        None => explanation,
    };
    Ok(Report::of_message(&explanation, arguments.engine()))
}

/// The last request that was blocked; where none was, the last to another origin.
fn of_recording(arguments: &Arguments, text: &str) -> Result<Report, Mistake> {
    let recording = Recording::parse(text)?;
    let mut reports: Vec<Report> = Vec::new();
    let mut mistakes = Vec::new();
    for (asked, mut replay) in recording.cross_origin_requests() {
        // One request that cannot be read says nothing of the others.
        let script = match Script::of_recording(asked, arguments) {
            Ok(script) => script,
            Err(mistake) => {
                mistakes.push(mistake);
                continue;
            }
        };
        let mut investigation = investigate(arguments.engine(), &script, &mut replay);
        investigation.finding = doctor::examine(&script, &investigation, None, arguments.stack);
        let warnings = warning::of_recording(&investigation);
        reports.push(Report::new(&script, arguments.engine(), investigation, warnings));
    }
    let blocked = reports.iter().rposition(|report| report.verdict() == Verdict::Blocked);
    let chosen = blocked.or_else(|| reports.len().checked_sub(1));
    chosen.map(|index| reports.swap_remove(index)).ok_or_else(|| {
        let nothing = || Mistake::new("the recording has no request of a script to another origin");
        mistakes.into_iter().next().unwrap_or_else(nothing)
    })
}
