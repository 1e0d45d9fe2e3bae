//! Questions to a source: one at a time for an origin, not too many in all, none for ever.

use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use cors_core::{Answered, Origin};
use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};
use tokio::time::{Instant, timeout_at};

use super::lane::{Lane, Place};
use super::memory::{Key, Memory, Recalled};
use super::settings::Settings;
use super::unanswered::Unanswered;

/// What all workers share: the answers so far, and the questions under way.
pub(super) struct Questions {
    settings: Settings,
    memory: Memory,
    under_way: Mutex<UnderWay>,
    /// Known origins wait among themselves, so that strangers, however many, do not keep them waiting.
    known: Arc<Lane>,
    strangers: Arc<Lane>,
}

#[derive(Default)]
struct UnderWay {
    questions: HashMap<Key, Question>,
    /// So many were asked; each question knows its own number.
    asked: u64,
}

struct Question {
    number: u64,
    deadline: Instant,
    /// Those who wait hold the future, and whichever of them wakes drives it: if they all leave, it is dropped.
    end: WeakShared<Ending>,
}

type Ending = Pin<Box<dyn Future<Output = End> + Send>>;

/// How a question ended.
#[derive(Clone, Copy)]
enum End {
    /// Also when there was no answer.
    Answered(Answered),
    /// The answer is from before somebody said to forget.
    Outdated,
}

/// What somebody who wants an answer has to do.
enum Turn {
    Take(Answered),
    Wait(Instant, Shared<Ending>),
    GoAway,
}

impl Questions {
    pub(super) fn new(settings: Settings) -> Self {
        Self {
            memory: Memory::new(&settings),
            under_way: Mutex::default(),
            known: Arc::new(Lane::unbounded(settings.questions_at_once)),
            strangers: Arc::new(Lane::bounded(settings.questions_at_once)),
            settings,
        }
    }

    /// The answer, if it is remembered.
    pub(super) fn recall(&self, origin: &[u8]) -> Option<Answered> {
        match self.memory.recall(origin, &self.settings) {
            Recalled::Answer(answered) => Some(answered),
            Recalled::Known | Recalled::Nothing => None,
        }
    }

    /// The source's answer, if one comes within the time limit.
    pub(super) async fn ask(self: &Arc<Self>, origin: &Origin) -> Answered {
        // However often somebody says to forget, nobody waits longer.
        let own_deadline = Instant::now() + self.settings.time_limit;
        loop {
            let (deadline, end) = match self.turn(origin) {
                Turn::Take(answered) => return answered,
                Turn::Wait(deadline, end) => (deadline, end),
                Turn::GoAway => {
                    (self.settings.on_unanswered)(origin, &Unanswered::TooMany);
                    return Answered::Unanswered;
                }
            };
            // Everybody has a timer of their own: the worker of whoever asked first may be busy, or gone.
            match timeout_at(deadline.min(own_deadline), end).await {
                Ok(End::Answered(answered)) => return answered,
                Ok(End::Outdated) if Instant::now() < own_deadline => {}
                // The question itself tells of its own time-out.
                Err(_) if deadline <= own_deadline => return Answered::Unanswered,
                Ok(End::Outdated) | Err(_) => {
                    (self.settings.on_unanswered)(origin, &Unanswered::TimedOut);
                    return Answered::Unanswered;
                }
            }
        }
    }

    fn turn(self: &Arc<Self>, origin: &Origin) -> Turn {
        let origin_bytes = origin.as_str().as_bytes();
        let mut under_way = self.lock();
        // The answer may have come in between.
        let lane = match self.memory.recall(origin_bytes, &self.settings) {
            Recalled::Answer(answered) => return Turn::Take(answered),
            Recalled::Known => &self.known,
            Recalled::Nothing => &self.strangers,
        };
        if let Some(question) = under_way.questions.get(origin_bytes)
            && let Some(end) = question.end.upgrade()
        {
            return Turn::Wait(question.deadline, end);
        }
        let Some(place) = lane.place() else {
            return Turn::GoAway;
        };
        under_way.asked += 1;
        let number = under_way.asked;
        let deadline = Instant::now() + self.settings.time_limit;
        let key = Key::from(origin_bytes);
        let asked = Asked { questions: Arc::clone(self), origin: Arc::clone(&key), number };
        let ending: Ending = Box::pin(asked.end(origin.clone(), place, deadline));
        let end = ending.shared();
        if let Some(weak) = end.downgrade() {
            under_way.questions.insert(key, Question { number, deadline, end: weak });
        }
        Turn::Wait(deadline, end)
    }

    pub(super) fn forget(&self, origin: &Origin) {
        // The lock is held while the memory changes, so that no answer comes in between.
        let mut under_way = self.lock();
        under_way.questions.remove(origin.as_str().as_bytes());
        self.memory.forget(origin, &self.settings);
    }

    pub(super) fn forget_all(&self) {
        let mut under_way = self.lock();
        under_way.questions.clear();
        self.memory.forget_all();
    }

    /// Nothing is left half done where a panic could come, so what a panicking thread left is as good as ever.
    fn lock(&self) -> MutexGuard<'_, UnderWay> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A question that has been entered, and is struck out when this is dropped: answered, or with nobody left who waits.
struct Asked {
    questions: Arc<Questions>,
    origin: Key,
    number: u64,
}

impl Asked {
    async fn end(self, origin: Origin, place: Place, deadline: Instant) -> End {
        match self.answer(&origin, &place, deadline).await {
            Ok(allows) => self.remember(allows),
            Err(reason) => {
                (self.questions.settings.on_unanswered)(&origin, &reason);
                End::Answered(Answered::Unanswered)
            }
        }
    }

    async fn answer(&self, origin: &Origin, place: &Place, deadline: Instant) -> Result<bool, Unanswered> {
        let turn = until(deadline, place.turn()).await.flatten();
        // A turn that comes when the time is over would only keep the source busy.
        let _turn = turn.filter(|_| Instant::now() < deadline).ok_or(Unanswered::TooMany)?;
        let source = Arc::clone(&self.questions.settings.source);
        match until(deadline, AssertUnwindSafe(source.ask(origin.clone())).catch_unwind()).await {
            Some(Ok(Ok(allows))) => Ok(allows),
            Some(Ok(Err(error))) => Err(Unanswered::Failed(error)),
            Some(Err(_panic)) => Err(Unanswered::Panicked),
            None => Err(Unanswered::TimedOut),
        }
    }

    fn remember(&self, allows: bool) -> End {
        let under_way = self.questions.lock();
        if !self.is_entered(&under_way) {
            return End::Outdated;
        }
        self.questions.memory.remember(&self.origin, allows, &self.questions.settings);
        End::Answered(if allows { Answered::Allowed } else { Answered::Denied })
    }

    /// Not any more once somebody said to forget.
    fn is_entered(&self, under_way: &UnderWay) -> bool {
        under_way.questions.get(&self.origin).is_some_and(|question| question.number == self.number)
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        let mut under_way = self.questions.lock();
        if self.is_entered(&under_way) {
            under_way.questions.remove(&self.origin);
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
