//! What `--fix` does: finds out what answers, and prints what to write there.

use std::io::Write;

use cors_browser::{Browser, OutgoingRequest};
use url::Url;

use crate::answer::Answer;
use crate::arguments::Arguments;
use crate::client::Network;
use crate::diagnosis::Need;
use crate::doctor::asked_of_preflight;
use crate::investigation::investigate;
use crate::mistake::Mistake;
use crate::recipe::{Fix, Wish};
use crate::script::Script;
use crate::stack::{Seen, Stack};

/// Writes the block to standard output, so that it can go to a file as it is, and what to know of it to standard error.
pub(crate) fn print(arguments: &Arguments, script: &Script, network: &mut Network) -> Result<(), Mistake> {
    let wish = wish(arguments, script)?;
    let (stack, mut heading) = match arguments.stack {
        Some(stack) => (stack, vec![stack.to_string()]),
        None => seen(arguments, script, network)?,
    };
    let fix = Fix::of(stack, &wish);
    heading.extend(fix.heading);
    let _ = writeln!(anstream::stderr(), "{}\n", heading.join("\n"));
    let _ = writeln!(anstream::stdout(), "{}", fix.block);
    Ok(())
}

fn wish(arguments: &Arguments, script: &Script) -> Result<Wish, Mistake> {
    let origin = script.page.origin();
    if origin == "null" {
        return Err(Mistake::new(
            "a page of origin null can be allowed by no list; serve it from an origin of its own",
        ));
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

/// What answers, and the lines that say so.
fn seen(arguments: &Arguments, script: &Script, network: &mut Network) -> Result<(Stack, Vec<String>), Mistake> {
    let mut answers = investigate(arguments.engine(), script, network).answers;
    if !answers.iter().filter_map(Answer::seen).any(|seen| !seen.stack.is_proxy()) && !arguments.no_probes {
        answers.extend(unknown_path(script).and_then(|request| network.send(&request).ok()));
    }
    let all = || answers.iter().filter_map(Answer::seen);
    let Some(Seen { stack, evidence, proxy }) = all().find(|seen| !seen.stack.is_proxy()).or_else(|| all().next())
    else {
        let none =
            if answers.is_empty() { "the server does not answer" } else { "no answer says what the server runs" };
        return Err(Mistake::new(format!("{none}; name it: --stack express, or another one that --help lists")));
    };
    let mut lines = vec![format!("{stack}, by its answer: {evidence}")];
    let proxy = proxy.or_else(|| all().map(|seen| seen.stack).find(|other| other.is_proxy() && *other != stack));
    lines.extend(
        proxy.map(|proxy| format!("{proxy} stands in front of it: let one of the two alone send these headers")),
    );
    Ok((stack, lines))
}

/// Error pages often name what made them.
fn unknown_path(script: &Script) -> Option<OutgoingRequest> {
    let url = Url::parse(&script.asked.url).ok()?.join("/why-probe").ok()?;
    Some(OutgoingRequest::by_hand("GET", url.as_str(), Vec::new()))
}
