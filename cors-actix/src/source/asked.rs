//! One question to a source, from its turn to the answer.

use std::future::{Future, poll_fn};
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use cors_core::Answered;
use futures_util::FutureExt;
use futures_util::future::join_all;
use tokio::time::Instant;

use super::lane::Place;
use super::origin_source::SourceAnswer;
use super::probe::{CARELESS, probes};
use super::questions::{End, Questions, Tell, UnderWay};
use super::subject::Subject;
use crate::careless::{CarelessSource, Told};
use crate::unanswered::Unanswered;

/// A question that has been entered, and is struck out when this is dropped: answered, or with nobody left who waits.
pub(super) struct Asked {
    pub(super) questions: Arc<Questions>,
    pub(super) subject: Arc<Subject>,
    pub(super) number: u64,
    pub(super) credentials: Arc<[bool]>,
    pub(super) tell: Arc<Tell>,
}

impl Asked {
    pub(super) async fn end(self, place: Place, deadline: Instant) -> End {
        match self.answer(place, deadline).await {
            Ok(_) if self.questions.carelessness.denies() => End::Answered(CARELESS),
            Ok(answer) => self.remember(answer),
            Err(reason) => {
                (self.tell)(Told::Unanswered(&self.subject.origin, &reason));
                End::Answered(Answered::Unanswered)
            }
        }
    }

    async fn answer(&self, mut place: Place, deadline: Instant) -> Result<SourceAnswer, Unanswered> {
        let turn = until(deadline, place.turn()).await.flatten();
        // A turn that comes when the time is over would only keep the source busy.
        let _turn = turn.filter(|_| Instant::now() < deadline).ok_or(Unanswered::TooMany)?;
        let answer = self.ask(&self.subject, deadline).await?;
        if self.questions.settings.probes && answer != SourceAnswer::Deny {
            self.probe(deadline).await?;
        }
        Ok(answer)
    }

    async fn ask(&self, subject: &Subject, deadline: Instant) -> Result<SourceAnswer, Unanswered> {
        let source = Arc::clone(&self.questions.settings.source);
        match until(deadline, AssertUnwindSafe(source.ask(subject)).catch_unwind()).await {
            Some(Ok(Ok(SourceAnswer::Rule(rule)))) if rule >= self.credentials.len() => {
                Err(Unanswered::NoSuchRule(rule))
            }
            Some(Ok(Ok(answer))) => Ok(answer),
            Some(Ok(Err(error))) => Err(Unanswered::Failed(error)),
            Some(Err(_panic)) => Err(Unanswered::Panicked),
            None => Err(Unanswered::TimedOut),
        }
    }

    /// Asks the source, which allows this origin, for some that it must not allow.
    async fn probe(&self, deadline: Instant) -> Result<(), Unanswered> {
        let probes = probes(&self.subject);
        // At once, so that a yes takes no more than twice the time of a question.
        let answers = join_all(probes.iter().map(|(_, subject)| self.ask(subject, deadline))).await;
        for ((stranger, _), answer) in probes.into_iter().zip(answers) {
            let rule = match answer {
                Ok(SourceAnswer::Allow) => self.credentials.last(),
                Ok(SourceAnswer::Rule(rule)) => self.credentials.get(rule),
                Err(Unanswered::TimedOut) => return Err(Unanswered::TimedOut),
                Ok(SourceAnswer::Deny) | Err(_) => None,
            };
            let Some(&with_credentials) = rule else { continue };
            if self.questions.carelessness.admit(with_credentials) {
                (self.tell)(Told::Careless(&CarelessSource { stranger, with_credentials }));
            }
            if with_credentials {
                break;
            }
        }
        Ok(())
    }

    fn remember(&self, answer: SourceAnswer) -> End {
        let under_way = self.questions.lock();
        if !self.is_entered(&under_way) {
            return End::Outdated;
        }
        self.questions.memory.remember(&self.subject, answer, &self.questions.settings);
        End::Answered(answer.into())
    }

    /// Not any more once somebody said to forget.
    fn is_entered(&self, under_way: &UnderWay) -> bool {
        under_way.questions.get(&self.subject).is_some_and(|question| question.number == self.number)
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        let mut under_way = self.questions.lock();
        if self.is_entered(&under_way) {
            under_way.questions.remove(&self.subject);
        }
    }
}

/// What the future gives before the deadline. It has no timer: those who wait wake it.
async fn until<F: Future>(deadline: Instant, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let end = poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Pending if Instant::now() >= deadline => Poll::Ready(None),
        poll => poll.map(Some),
    });
    end.await
}
