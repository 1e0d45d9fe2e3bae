//! The option `--fix`: finds the program that answers, and prints its configuration.

use std::io::Write;
use std::process::ExitCode;

use cors_browser::{Browser, OutgoingRequest};
use url::Url;

use crate::answer::Answer;
use crate::arguments::Arguments;
use crate::client::Network;
use crate::diagnosis::Need;
use crate::doctor::{asked_of_preflight, examine};
use crate::investigation::investigate;
use crate::mistake::Mistake;
use crate::recipe::{Fix, Wish};
use crate::report::Verdict;
use crate::script::Script;
use crate::stack::Stack;

/// Writes the block to standard output, so that it can be redirected to a file. The heading goes to standard error.
pub(crate) fn print(arguments: &Arguments, script: &Script, network: &mut Network) -> Result<ExitCode, Mistake> {
    let wish = wish(arguments, script)?;
    let seen = match arguments.stack() {
        Some(stack) => Ok((stack, vec![stack.to_string()])),
        None => seen(arguments, script, network),
    };
    let (stack, mut heading) = match seen {
        Ok(seen) => seen,
        Err(text) => {
            let _ = writeln!(
                anstream::stderr(),
                "could not tell: {text}; name it, as in --stack express (--stack list prints all)"
            );
            return Ok(Verdict::Unknown.status());
        }
    };
    let fix = Fix::of(stack, &wish);
    heading.extend(fix.heading);
    let _ = writeln!(anstream::stderr(), "{}\n", heading.join("\n"));
    let _ = writeln!(anstream::stdout(), "{}", fix.block);
    Ok(ExitCode::SUCCESS)
}

fn wish(arguments: &Arguments, script: &Script) -> Result<Wish, Mistake> {
    let origin = script.page.origin();
    if origin == "null" {
        return Err(Mistake::new("no list can allow a page of origin null; serve it from an origin of its own"));
    }
    let mut browser = arguments.engine().map_or_else(Browser::new, Browser::of);
    let fetch = browser.fetch(&script.page, &script.request);
    let (methods, headers) = asked_of_preflight(script, fetch.pending().filter(|first| first.preflight));
    let need = Need {
        url: script.asked.url.clone(),
        origin: origin.to_owned(),
        method: script.asked.method.clone().unwrap_or_default(),
        methods,
        headers,
        listed: Vec::new(),
        is_for_all: false,
        credentials: script.credentials,
    };
    let mut wish = Wish::of(&need);
    wish.expose.clone_from(&arguments.expose);
    match wish.unwritable() {
        Some(name) => Err(Mistake::new(format!(
            "{name:?} has characters that mean something in a configuration; write the block by hand"
        ))),
        None => Ok(wish),
    }
}

/// Returns the program that answers and the lines that show it, or why it is unknown.
fn seen(arguments: &Arguments, script: &Script, network: &mut Network) -> Result<(Stack, Vec<String>), &'static str> {
    let investigation = investigate(arguments.engine(), script, network);
    let probed = (!arguments.no_probes).then_some(&*network);
    let found = examine(script, &investigation, probed, None).and_then(|finding| finding.stack);
    let mut answers = investigation.answers;
    // If the browser blocks nothing, `examine` asks nothing.
    if found.is_none() && !answers.iter().any(is_application) && !arguments.no_probes {
        answers.extend(unknown_path(script).and_then(|request| network.send(&request).ok()));
    }
    let all = || answers.iter().filter_map(Answer::seen);
    let first = || {
        let sure = all().find(|seen| !seen.stack.is_proxy() && seen.is_sure);
        sure.or_else(|| all().find(|seen| !seen.stack.is_proxy())).or_else(|| all().next())
    };
    let Some((stack, evidence)) = found.or_else(|| first().map(|seen| (seen.stack, seen.evidence))) else {
        return Err(if answers.is_empty() {
            "the server does not answer"
        } else {
            "no answer says what the server runs"
        });
    };
    let mut lines = vec![format!("{stack}, by its answer: {evidence}")];
    let mut proxies = all().flat_map(|seen| [seen.proxy.map(|(proxy, _)| proxy), Some(seen.stack)]).flatten();
    let proxy = proxies.find(|proxy| proxy.is_proxy() && *proxy != stack && !stack.is_proxy());
    lines.extend(
        proxy.map(|proxy| format!("{proxy} stands in front of it: let one of the two alone send these headers")),
    );
    Ok((stack, lines))
}

fn is_application(answer: &Answer) -> bool {
    answer.seen().is_some_and(|seen| !seen.stack.is_proxy() && seen.is_sure)
}

/// A path that does not exist: error pages often name the program.
fn unknown_path(script: &Script) -> Option<OutgoingRequest> {
    let url = Url::parse(&script.asked.url).ok()?.join("/why-probe").ok()?;
    Some(OutgoingRequest::by_hand("GET", url.as_str(), Vec::new()))
}
