//! Questions to a source: one at a time for an origin, not too many in all, none for ever.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::dev::ServiceRequest;
use cors_core::{Answered, Origin, Policy, Rule};
use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};
use tokio::time::{Instant, timeout_at};

use super::addressed::Addressed;
use super::asked::Asked;
use super::lane::Lane;
use super::memory::{Memory, Recalled};
use super::peer::Peer;
use super::probe::{CARELESS, Carelessness};
use super::settings::Source;
use super::subject::{LONGEST_KEY, Subject, SubjectRef};
use crate::careless::Told;
use crate::unanswered::Unanswered;

/// What all workers share: the answers so far, and the questions under way.
pub(crate) struct Questions {
    pub(super) settings: Source,
    pub(super) memory: Memory,
    under_way: Mutex<UnderWay>,
    pub(super) carelessness: Carelessness,
    /// Known origins wait among themselves, so that strangers, however many, do not keep them waiting.
    known: Arc<Lane>,
    strangers: Arc<Lane>,
}

/// No strong reference to a question's future may be dropped under this lock: the last one takes the lock to remove the question.
#[derive(Default)]
pub(super) struct UnderWay {
    pub(super) questions: HashMap<Arc<Subject>, Question>,
    /// So many were asked; each question knows its own number.
    asked: u64,
}

pub(super) struct Question {
    pub(super) number: u64,
    /// Of the policy that asks.
    version: u64,
    lane: Arc<Lane>,
    /// Its place in the lane.
    place: u64,
    deadline: Instant,
    /// Those who wait hold the future, and whichever of them wakes drives it: if they all leave, it is dropped.
    end: WeakShared<Ending>,
}

/// Who wants an answer.
struct Asker {
    subject: Arc<Subject>,
    peer: Peer,
    /// Of each rule of the policy, whether it has credentials.
    credentials: Arc<[bool]>,
    tell: Arc<Tell>,
}

pub(super) type Tell = dyn Fn(Told<'_>) + Send + Sync;

type Ending = Pin<Box<dyn Future<Output = End> + Send>>;

/// How a question ended.
#[derive(Clone, Copy)]
pub(super) enum End {
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

impl fmt::Debug for Questions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Questions").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Questions {
    pub(crate) fn new(settings: Source) -> Self {
        Self {
            memory: Memory::new(&settings),
            under_way: Mutex::default(),
            carelessness: Carelessness::default(),
            known: Arc::new(Lane::unbounded(settings.questions_at_once)),
            strangers: Arc::new(Lane::bounded(settings.questions_at_once)),
            settings,
        }
    }

    /// The key of whom a request addresses.
    pub(crate) fn key<'r>(&self, request: &'r ServiceRequest) -> Option<Cow<'r, str>> {
        let Some(key) = &self.settings.key else { return Some(Cow::Borrowed("")) };
        key(Addressed::of(request)).filter(|key| key.len() <= LONGEST_KEY)
    }

    /// The answer, if it is remembered.
    pub(crate) fn recall(&self, key: &str, origin: &[u8], version: u64) -> Option<Answered> {
        if self.carelessness.denies() {
            return Some(CARELESS);
        }
        match self.memory.recall(SubjectRef { key, origin }, version, &self.settings) {
            Recalled::Answer(answered) => Some(answered),
            Recalled::Known | Recalled::Nothing => None,
        }
    }

    /// The source's answer, if one comes within the time limit; else `tell` is told why there is none. Once the policy is not current any
    /// more, nobody is asked anew.
    pub(crate) async fn answer(
        self: Arc<Self>,
        request: &ServiceRequest,
        policy: &Policy,
        subject: Subject,
        tell: Arc<Tell>,
        is_current: impl Fn() -> bool,
    ) -> Answered {
        let credentials = policy.rules().iter().map(Rule::credentials).collect();
        let asker = Asker { subject: Arc::new(subject), peer: Peer::of(request), credentials, tell };
        self.ask(&asker, is_current).await
    }

    async fn ask(self: &Arc<Self>, asker: &Asker, is_current: impl Fn() -> bool) -> Answered {
        let tell = |reason: &Unanswered| (asker.tell)(Told::Unanswered(&asker.subject.origin, reason));
        // However often somebody says to forget, nobody waits longer.
        let own_deadline = Instant::now() + self.settings.time_limit;
        loop {
            let (deadline, end) = match self.turn(asker) {
                Turn::Take(answered) => return answered,
                Turn::Wait(deadline, end) => (deadline, end),
                Turn::GoAway => {
                    tell(&Unanswered::TooMany);
                    return Answered::Unanswered;
                }
            };
            // Everybody has a timer of their own: the worker of whoever asked first may be busy, or gone.
            match timeout_at(deadline.min(own_deadline), end).await {
                Ok(End::Answered(answered)) => return answered,
                Ok(End::Outdated) if !is_current() => return Answered::Unanswered,
                Ok(End::Outdated) if Instant::now() < own_deadline => {}
                // The question itself tells of its own time-out.
                Err(_) if deadline <= own_deadline => return Answered::Unanswered,
                Ok(End::Outdated) | Err(_) => {
                    tell(&Unanswered::TimedOut);
                    return Answered::Unanswered;
                }
            }
        }
    }

    fn turn(self: &Arc<Self>, Asker { subject, peer, credentials, tell }: &Asker) -> Turn {
        let mut under_way = self.lock();
        // The answer may have come in between.
        let lane = match self.memory.recall(subject.borrowed(), subject.version, &self.settings) {
            Recalled::Answer(answered) => return Turn::Take(answered),
            Recalled::Known => &self.known,
            Recalled::Nothing => &self.strangers,
        };
        if let Some(question) = under_way.questions.get(subject)
            && question.version >= subject.version
        {
            if question.version > subject.version {
                // The policy was replaced meanwhile, so the request is decided anew.
                return Turn::Take(Answered::Unanswered);
            }
            if let Some(end) = question.end.upgrade() {
                question.lane.join(question.place, *peer);
                return Turn::Wait(question.deadline, end);
            }
        }
        let Some(place) = lane.place(*peer) else {
            return Turn::GoAway;
        };
        under_way.asked += 1;
        let number = under_way.asked;
        let deadline = Instant::now() + self.settings.time_limit;
        let asked = Asked {
            questions: Arc::clone(self),
            subject: Arc::clone(subject),
            number,
            credentials: Arc::clone(credentials),
            tell: Arc::clone(tell),
        };
        let place_number = place.number();
        let ending: Ending = Box::pin(asked.end(place, deadline));
        let end = ending.shared();
        if let Some(weak) = end.downgrade() {
            let (version, lane) = (subject.version, Arc::clone(lane));
            let question = Question { number, version, lane, place: place_number, deadline, end: weak };
            under_way.questions.insert(Arc::clone(subject), question);
        }
        Turn::Wait(deadline, end)
    }

    /// Forgets an origin, under every key or under one.
    pub(crate) fn forget(&self, origin: &Origin, key: Option<&str>) {
        // The lock is held while the memory changes, so that no answer comes in between.
        let mut under_way = self.lock();
        match key.or_else(|| self.settings.key.is_none().then_some("")) {
            Some(key) => {
                let subject = Arc::new(Subject::new(key, origin));
                under_way.questions.remove(&subject);
                self.memory.forget(&subject, &self.settings);
            }
            None => {
                under_way.questions.retain(|subject, _| subject.origin != *origin);
                self.memory.forget_origin(origin, &self.settings);
            }
        }
    }

    pub(crate) fn forget_all(&self) {
        let mut under_way = self.lock();
        under_way.questions.clear();
        // Whatever was wrong may be mended, and shows again if it is not.
        self.carelessness.forget();
        self.memory.forget_all();
    }

    /// Nothing is left half done where a panic could come, so what a panicking thread left is as good as ever.
    pub(super) fn lock(&self) -> MutexGuard<'_, UnderWay> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::future::pending;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use super::*;

    /// A request of a former policy finds a question of the present one, whose only client leaves at that moment. The two must meet within
    /// a few instructions, so they try often.
    #[test]
    fn no_question_ends_under_the_lock() {
        let questions = Arc::new(Questions::new(Source::new(|_: Origin| pending::<Result<bool, Infallible>>())));
        let origin = Origin::parse("https://tenant.example").unwrap();
        let asker = |version| Asker {
            subject: Arc::new(Subject::new("", &origin).of_version(version)),
            peer: Peer::unknown(),
            credentials: Arc::new([]),
            tell: Arc::new(|_| {}),
        };
        let (former, present) = (asker(0), asker(1));
        let is_over = Arc::new(AtomicBool::new(false));
        let (finished, end) = mpsc::channel();
        {
            let (questions, is_over) = (Arc::clone(&questions), Arc::clone(&is_over));
            thread::spawn(move || {
                for spins in (0..1500).cycle().take_while(|_| !is_over.load(Ordering::Relaxed)) {
                    let _turn = questions.turn(&present);
                    (0..spins).for_each(|_| std::hint::spin_loop());
                }
            });
        }
        thread::spawn(move || {
            (0..100_000).for_each(|_| drop(questions.turn(&former)));
            finished.send(()).unwrap();
        });
        let end = end.recv_timeout(Duration::from_secs(60));
        is_over.store(true, Ordering::Relaxed);
        end.expect("the threads do not wait for each other");
    }
}
