//! One question to a source, from its permit to the answer.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use cors_core::Answered;
use futures_util::FutureExt;
use futures_util::future::join_all;
use tokio::time::Instant;

use super::origin_source::SourceAnswer;
use super::peer::Peer;
use super::probe::{CARELESS, probes};
use super::questions::{Questions, Table};
use super::queue::Ticket;
use super::subject::Subject;
use crate::careless::{CarelessSource, SourceReport};
use crate::unanswered::Unanswered;

/// A request that wants an answer.
pub(super) struct Asker {
    pub(super) subject: Arc<Subject>,
    /// The version of the policy that asks.
    pub(super) version: u64,
    pub(super) peer: Peer,
    /// Whether each rule of the policy has credentials.
    pub(super) credentials: Box<[bool]>,
    pub(super) report: Arc<ReportFn>,
}

pub(super) type ReportFn = dyn Fn(SourceReport<'_>) + Send + Sync;

/// How a question ended.
#[derive(Clone, Copy)]
pub(super) enum End {
    /// Also if there was no answer.
    Answered(Answered),
    /// The question was asked before the application called `forget`.
    Outdated,
}

/// Removes its question from the table when it is dropped: after the answer, or if no request waits any more.
pub(super) struct InFlightGuard {
    pub(super) questions: Arc<Questions>,
    pub(super) asker: Arc<Asker>,
    pub(super) number: u64,
}

impl InFlightGuard {
    pub(super) async fn end(self, ticket: Ticket, deadline: Instant) -> End {
        match self.answer(ticket, deadline).await {
            Ok(_) if self.questions.carelessness.denies() => End::Answered(CARELESS),
            Ok(answer) => self.remember(answer),
            Err(reason) => {
                self.report(SourceReport::Unanswered(&self.asker.subject.origin, &reason));
                End::Answered(Answered::Unanswered)
            }
        }
    }

    /// A panic of an observer must not reach other requests that wait.
    fn report(&self, report: SourceReport<'_>) {
        let _ = catch_unwind(AssertUnwindSafe(|| (self.asker.report)(report)));
    }

    async fn answer(&self, mut ticket: Ticket, deadline: Instant) -> Result<SourceAnswer, Unanswered> {
        let permit = until(deadline, ticket.permit()).await.flatten();
        // A permit after the deadline would only keep the source busy.
        let _permit = permit.filter(|_| Instant::now() < deadline).ok_or(Unanswered::TooMany)?;
        let answer = self.ask(&self.asker.subject, deadline).await?;
        if self.questions.settings.probes && answer != SourceAnswer::Deny {
            self.probe(deadline + self.questions.settings.time_limit).await;
        }
        Ok(answer)
    }

    async fn ask(&self, subject: &Subject, deadline: Instant) -> Result<SourceAnswer, Unanswered> {
        let answer = async { (self.questions.settings.ask)(subject).await };
        match until(deadline, AssertUnwindSafe(answer).catch_unwind()).await {
            Some(Ok(Ok(SourceAnswer::Rule(rule)))) if rule >= self.asker.credentials.len() => {
                Err(Unanswered::NoSuchRule(rule))
            }
            Some(Ok(Ok(answer))) => Ok(answer),
            Some(Ok(Err(error))) => Err(Unanswered::Failed(error)),
            Some(Err(_panic)) => Err(Unanswered::Panicked),
            None => Err(Unanswered::TimedOut),
        }
    }

    /// Asks the source, which allows this origin, about origins that it must not allow. No answer is no finding.
    async fn probe(&self, deadline: Instant) {
        let probes = probes(&self.asker.subject);
        // In parallel, so that an allowed origin takes about twice the time of a question.
        let answers = join_all(probes.iter().map(|(_, subject)| self.ask(subject, deadline))).await;
        for ((stranger, _), answer) in probes.into_iter().zip(answers) {
            let rule = match answer {
                Ok(SourceAnswer::Allow) => self.asker.credentials.last(),
                Ok(SourceAnswer::Rule(rule)) => self.asker.credentials.get(rule),
                Ok(SourceAnswer::Deny) | Err(_) => None,
            };
            let Some(&with_credentials) = rule else { continue };
            if self.questions.carelessness.admit(with_credentials) {
                self.report(SourceReport::Careless(&CarelessSource { stranger, with_credentials }));
            }
            if with_credentials {
                break;
            }
        }
    }

    fn remember(&self, answer: SourceAnswer) -> End {
        let Asker { subject, version, .. } = &*self.asker;
        let now = (self.questions.settings.clock)();
        let table = self.questions.lock();
        if !self.is_in(&table) {
            return End::Outdated;
        }
        self.questions.memory.remember(subject, answer, *version, now);
        End::Answered(answer.into())
    }

    /// Returns whether the question is still in the table: `forget` removes it.
    fn is_in(&self, table: &Table) -> bool {
        table.questions.get(&self.asker.subject).is_some_and(|question| question.number == self.number)
    }
}

impl Drop for InFlightGuard {
    fn drop(&mut self) {
        let mut table = self.questions.lock();
        if self.is_in(&table) {
            table.questions.remove(&self.asker.subject);
        }
    }
}

/// Returns the output of the future if it comes before the deadline. It has no timer: the requests that wait have
/// timers, and poll it.
async fn until<F: Future>(deadline: Instant, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let end = poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Pending if Instant::now() >= deadline => Poll::Ready(None),
        poll => poll.map(Some),
    });
    end.await
}
