//! Which program is to be changed.

use super::prober::NOWHERE;
use crate::answer::Answer;
use crate::diagnosis::{Diagnosis, Need};
use crate::investigation::{Investigation, Probe};
use crate::recipe;
use crate::stack::{Seen, Stack};

/// What answers, and what shows that.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) stack: Stack,
    pub(super) evidence: String,
    /// Whether another question would not name a better one.
    pub(super) is_sure: bool,
    /// The proxy in front of it, which may be what sends the headers.
    pub(super) proxy: Option<Stack>,
}

impl Program {
    pub(super) fn named(stack: Stack) -> Self {
        Self { stack, evidence: "--stack".to_owned(), is_sure: true, proxy: None }
    }

    /// The proxy where it answers by itself, adds to answers or speaks for CORS, and the app behind it else.
    pub(super) fn of(
        diagnosis: &Diagnosis,
        need: &Need,
        investigation: &Investigation,
        probes: &[Probe],
    ) -> Option<Self> {
        let refused = investigation.answers.last()?;
        // A program that names itself in a header does so in each answer, so one without it is not its.
        let names_itself = |answer: &Answer| answer.text_of("x-powered-by").is_some();
        let may_be_of_same =
            |answer: &&Answer| refused.text_of("server").is_none() || names_itself(refused) || !names_itself(answer);
        let others: Vec<&Answer> =
            investigation.answers.iter().rev().skip(1).chain(probes.iter().map(|probe| &probe.answer)).collect();
        let of_same = others.iter().copied().filter(may_be_of_same);
        let seen: Vec<Seen> = std::iter::once(refused).chain(of_same).filter_map(Answer::seen).collect();
        let applications = || seen.iter().filter(|seen| !seen.stack.is_proxy());
        // Where what is not found looks otherwise, the guess was wrong.
        let is_other = |probe: &Probe| {
            let answer = &probe.answer;
            let is_plain = ["", "Not Found"].contains(&answer.text().trim());
            let is_nowhere = answer.response.status == 404 && probe.request.url.ends_with(NOWHERE);
            is_nowhere && !is_plain && answer.seen().is_some_and(|seen| !seen.is_sure)
        };
        let guess = || applications().next().filter(|seen| seen.is_sure || !probes.iter().any(is_other));
        let application = applications().find(|seen| seen.is_sure).or_else(guess);
        let built_on = |seen: &&Seen| application.is_some_and(|below| seen.stack.built_on() == Some(below.stack));
        let application = applications().find(built_on).or(application);
        let proxy = seen.iter().find_map(Seen::as_proxy);
        let of_proxy = |(stack, evidence): (Stack, String)| Self { stack, evidence, is_sure: true, proxy: None };
        let Some(application) = application else {
            return proxy.map(|proxy| Self { is_sure: diagnosis.is_about_proxy(), ..of_proxy(proxy) });
        };
        let is_of_proxy = |proxy: Stack| {
            let grants = |answer: &&Answer| !answer.allow_origins().is_empty();
            let speaks = |answer: &&Answer| grants(answer) && names_itself(refused) && !names_itself(answer);
            diagnosis.is_about_proxy()
                || proxy.wrote(&refused.text())
                || recipe::is_by_hand(application.stack, diagnosis, need)
                || others.iter().any(speaks)
        };
        match proxy {
            Some(proxy) if is_of_proxy(proxy.0) => Some(of_proxy(proxy)),
            proxy => Some(Self {
                stack: application.stack,
                evidence: application.evidence.clone(),
                // NestJS says so only where it finds nothing.
                is_sure: application.is_sure && application.stack != Stack::Express,
                proxy: proxy.map(|(proxy, _)| proxy).filter(|_| diagnosis.is_about_values()),
            }),
        }
    }
}

impl Seen {
    /// The proxy that it shows, and what shows that.
    fn as_proxy(&self) -> Option<(Stack, String)> {
        self.proxy.clone().or_else(|| self.stack.is_proxy().then(|| (self.stack, self.evidence.clone())))
    }
}
