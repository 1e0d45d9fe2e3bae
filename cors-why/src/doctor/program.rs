//! Finds the program that has to change.

use std::iter;

use super::prober::UNKNOWN_PATH;
use crate::answer::Answer;
use crate::diagnosis::{Diagnosis, Need};
use crate::investigation::{Investigation, Probe};
use crate::recipe;
use crate::stack::{Seen, Stack};

/// The program that has to change, and the evidence for it.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) stack: Stack,
    pub(super) evidence: String,
    /// Whether another probe cannot find a better name.
    pub(super) is_sure: bool,
    /// The proxy in front of it, if the proxy can also be the program that sends the headers.
    pub(super) proxy: Option<Stack>,
}

impl Program {
    pub(super) fn named(stack: Stack) -> Self {
        Self { stack, evidence: "--stack".to_owned(), is_sure: true, proxy: None }
    }

    /// Returns the proxy if it answers itself, adds to answers or sends the CORS headers. Otherwise returns the application behind it.
    pub(super) fn of(
        diagnosis: &Diagnosis,
        need: &Need,
        investigation: &Investigation,
        probes: &[Probe],
    ) -> Option<Self> {
        let refused = investigation.answers.last()?;
        let earlier = investigation.answers.iter().rev().skip(1);
        let others: Vec<&Answer> = earlier.chain(probes.iter().map(|probe| &probe.answer)).collect();
        let of_same = others.iter().copied().filter(|other| may_be_of_same_program(refused, other));
        let seen: Vec<Seen> = iter::once(refused).chain(of_same).filter_map(Answer::seen).collect();
        let proxy = seen.iter().find_map(Seen::as_proxy);
        let of_proxy = |(stack, evidence): (Stack, String)| Self { stack, evidence, is_sure: true, proxy: None };
        let Some(application) = application(&seen, probes) else {
            return proxy.map(|proxy| Self { is_sure: diagnosis.is_about_proxy(), ..of_proxy(proxy) });
        };
        // The application names itself in its answers, so CORS headers without its name are the proxy's.
        let is_from_proxy =
            |answer: &&Answer| !answer.allow_origins().is_empty() && names_itself(refused) && !names_itself(answer);
        let must_change = |proxy: Stack| {
            diagnosis.is_about_proxy()
                || proxy.wrote(&refused.text())
                || recipe::is_by_hand(application.stack, diagnosis, need)
                || others.iter().any(is_from_proxy)
        };
        match proxy {
            Some(proxy) if must_change(proxy.0) => Some(of_proxy(proxy)),
            proxy => Some(Self {
                stack: application.stack,
                evidence: application.evidence.clone(),
                // NestJS looks like Express, except in its answer for a path that does not exist.
                is_sure: application.is_sure && application.stack != Stack::Express,
                proxy: proxy.map(|(proxy, _)| proxy).filter(|_| diagnosis.is_about_values()),
            }),
        }
    }
}

/// Returns the application that the answers name: one that is built on another, else a sure one, else a guess.
fn application<'s>(seen: &'s [Seen], probes: &[Probe]) -> Option<&'s Seen> {
    let applications = || seen.iter().filter(|seen| !seen.stack.is_proxy());
    let guess = || applications().next().filter(|seen| seen.is_sure || !probes.iter().any(refutes_a_guess));
    let named = applications().find(|seen| seen.is_sure).or_else(guess);
    let is_built_on_it = |seen: &&Seen| named.is_some_and(|below| seen.stack.built_on() == Some(below.stack));
    applications().find(is_built_on_it).or(named)
}

/// Whether the answer for a path that does not exist has a text of its own, and still shows no more than a guess.
fn refutes_a_guess(probe: &Probe) -> bool {
    let answer = &probe.answer;
    let is_plain = ["", "Not Found"].contains(&answer.text().trim());
    let is_of_unknown_path = answer.response.status == 404 && probe.request.url.ends_with(UNKNOWN_PATH);
    is_of_unknown_path && !is_plain && answer.seen().is_some_and(|seen| !seen.is_sure)
}

/// A program that names itself in a header does so in every answer.
fn names_itself(answer: &Answer) -> bool {
    answer.text_of("x-powered-by").is_some()
}

fn may_be_of_same_program(refused: &Answer, other: &Answer) -> bool {
    refused.text_of("server").is_none() || names_itself(refused) || !names_itself(other)
}

impl Seen {
    /// Returns the proxy that an answer shows, and the evidence.
    fn as_proxy(&self) -> Option<(Stack, String)> {
        self.proxy.clone().or_else(|| self.stack.is_proxy().then(|| (self.stack, self.evidence.clone())))
    }
}
