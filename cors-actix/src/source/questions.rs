//! Questions to a source: one at a time for an origin, a limited number in all, each with a time limit.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::dev::ServiceRequest;
use cors_core::{Answered, Ask, Denial, Origin, Question, Rule};
use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};
use tokio::time::{Instant, timeout_at};

use super::addressed::Addressed;
use super::in_flight::{Asker, End, InFlightGuard, ReportFn};
use super::memory::{Memory, Recalled};
use super::peer::Peer;
use super::probe::{CARELESS, Carelessness};
use super::queue::Queue;
use super::settings::Source;
use super::subject::{LONGEST_KEY, Subject, SubjectRef};
use crate::careless::SourceReport;
use crate::incoming::Incoming;
use crate::prepared::Prepared;
use crate::unanswered::Unanswered;

/// The answers and the questions in flight, shared by all workers.
pub(crate) struct Questions {
    pub(super) settings: Source,
    pub(super) memory: Memory,
    in_flight: Mutex<Table>,
    pub(super) carelessness: Carelessness,
    /// A separate queue for known origins, so that strangers do not delay them.
    known: Arc<Queue>,
    strangers: Arc<Queue>,
}

/// Do not drop a strong reference to a question's future under this lock: the last one takes the lock to remove the
/// question. Do not call code of the application under it either.
#[derive(Default)]
pub(super) struct Table {
    pub(super) questions: HashMap<Arc<Subject>, InFlight>,
    /// The number of the newest question.
    last_number: u64,
}

/// A question that is waiting for its permit or for the source.
pub(super) struct InFlight {
    pub(super) number: u64,
    /// The version of the policy that asks, because an answer can name one of its rules.
    version: u64,
    queue: Arc<Queue>,
    ticket: u64,
    deadline: Instant,
    /// The requests that wait own the future, and the one that is woken polls it. If all leave, it is dropped.
    end: WeakShared<Ending>,
}

type Ending = Pin<Box<dyn Future<Output = End> + Send>>;

/// The result of a lookup.
enum Lookup {
    Known(Answered),
    Wait(Instant, Shared<Ending>),
    QueueFull,
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
            in_flight: Mutex::default(),
            carelessness: Carelessness::default(),
            known: Arc::new(Queue::unbounded(settings.questions_at_once)),
            strangers: Arc::new(Queue::bounded(settings.questions_at_once)),
            settings,
        }
    }

    /// Returns what is known of the request's origin without asking, or else the question to ask.
    pub(crate) fn known(
        &self,
        ask: Ask<'_>,
        version: u64,
        incoming: &Incoming<'_>,
    ) -> Result<Answered, (Question, Subject)> {
        let key = self.key(incoming.request());
        let of_origin = key.as_deref().zip(incoming.origin());
        if let Some(answered) = of_origin.and_then(|(key, origin)| self.recall(key, origin.as_bytes(), version)) {
            return Ok(answered);
        }
        match (ask.question(incoming), key) {
            (Err(denial), _) => Ok(Answered::NotAsked(denial)),
            (Ok(_), None) => Ok(Answered::NotAsked(Denial::NobodyAddressed)),
            (Ok(question), Some(key)) => {
                let subject = Subject::new(&key, question.origin());
                Err((question, subject))
            }
        }
    }

    /// Returns the key of a request.
    fn key<'r>(&self, request: &'r ServiceRequest) -> Option<Cow<'r, str>> {
        let Some(key) = &self.settings.key else { return Some(Cow::Borrowed("")) };
        key(Addressed::of(request)).filter(|key| key.len() <= LONGEST_KEY)
    }

    /// Returns the remembered answer, if there is one.
    fn recall(&self, key: &str, origin: &[u8], version: u64) -> Option<Answered> {
        if self.carelessness.denies() {
            return Some(CARELESS);
        }
        let (now, time_to_live) = ((self.settings.clock)(), self.settings.time_to_live);
        match self.memory.recall(SubjectRef { key, origin }, version, now, time_to_live) {
            Recalled::Answer(answered) => Some(answered),
            Recalled::Known | Recalled::Nothing => None,
        }
    }

    /// Returns the source's answer if it comes within the time limit; otherwise calls `report` with the reason. Does
    /// not ask again after the policy was replaced.
    pub(crate) async fn answer(
        self: Arc<Self>,
        request: &ServiceRequest,
        policy: &Prepared,
        subject: Subject,
        report: Arc<ReportFn>,
        is_current: impl Fn() -> bool,
    ) -> Answered {
        let credentials = policy.policy().rules().iter().map(Rule::credentials).collect();
        let (subject, version) = (Arc::new(subject), policy.version());
        let asker = Arc::new(Asker { subject, version, peer: Peer::of(request), credentials, report });
        let report = |reason: &Unanswered| (asker.report)(SourceReport::Unanswered(&asker.subject.origin, reason));
        let waits = self.settings.waits();
        // Calls of `forget` do not extend the time.
        let own_deadline = Instant::now() + self.settings.time_limit * waits;
        loop {
            let (deadline, mut end) = match self.look_up(&asker) {
                Lookup::Known(answered) => return answered,
                Lookup::Wait(deadline, end) => (deadline, end),
                Lookup::QueueFull => {
                    report(&Unanswered::TooMany);
                    return Answered::Unanswered;
                }
            };
            let (mut ended, mut last) = (None, deadline);
            // Each request has its own timers, because the worker of the first request can be busy or gone. Each one polls
            // the question, which has none: at its own limit, at that of the look-alikes, and once more.
            for wait in 0..waits {
                last = deadline + self.settings.time_limit * wait;
                ended = timeout_at(last.min(own_deadline), &mut end).await.ok();
                if ended.is_some() {
                    break;
                }
            }
            match ended {
                Some(End::Answered(answered)) => return answered,
                Some(End::Outdated) if !is_current() => return Answered::Unanswered,
                Some(End::Outdated) if Instant::now() < own_deadline => {}
                // The question reports its own time-out.
                None if last <= own_deadline => return Answered::Unanswered,
                Some(End::Outdated) | None => {
                    report(&Unanswered::TimedOut);
                    return Answered::Unanswered;
                }
            }
        }
    }

    fn look_up(self: &Arc<Self>, asker: &Arc<Asker>) -> Lookup {
        let Asker { subject, version, peer, .. } = &**asker;
        let (now, time_to_live) = ((self.settings.clock)(), self.settings.time_to_live);
        let mut table = self.lock();
        // The answer may have come meanwhile.
        let queue = match self.memory.recall(subject.borrowed(), *version, now, time_to_live) {
            Recalled::Answer(answered) => return Lookup::Known(answered),
            Recalled::Known => &self.known,
            Recalled::Nothing => &self.strangers,
        };
        if let Some(question) = table.questions.get(subject)
            && question.version >= *version
        {
            if question.version > *version {
                // The policy was replaced meanwhile, so it decides again.
                return Lookup::Known(Answered::Unanswered);
            }
            if let Some(end) = question.end.upgrade() {
                question.queue.join(question.ticket, *peer);
                return Lookup::Wait(question.deadline, end);
            }
        }
        let Some(ticket) = queue.ticket(*peer) else {
            return Lookup::QueueFull;
        };
        table.last_number += 1;
        let number = table.last_number;
        let deadline = Instant::now() + self.settings.time_limit;
        let guard = InFlightGuard { questions: Arc::clone(self), asker: Arc::clone(asker), number };
        let ticket_number = ticket.number();
        let ending: Ending = Box::pin(guard.end(ticket, deadline));
        let end = ending.shared();
        if let Some(weak) = end.downgrade() {
            let (version, queue) = (*version, Arc::clone(queue));
            let question = InFlight { number, version, queue, ticket: ticket_number, deadline, end: weak };
            table.questions.insert(Arc::clone(subject), question);
        }
        Lookup::Wait(deadline, end)
    }

    /// Forgets an origin, for every key or for one.
    pub(crate) fn forget(&self, origin: &Origin, key: Option<&str>) {
        let now = (self.settings.clock)();
        // The lock is held while the memory changes, so that no answer is stored in between.
        let mut table = self.lock();
        match key.or_else(|| self.settings.key.is_none().then_some("")) {
            Some(key) => {
                let subject = Arc::new(Subject::new(key, origin));
                table.questions.remove(&subject);
                self.memory.forget(&subject, now);
            }
            None => {
                table.questions.retain(|subject, _| subject.origin != *origin);
                self.memory.forget_origin(origin, now);
            }
        }
    }

    pub(crate) fn forget_all(&self) {
        let mut table = self.lock();
        table.questions.clear();
        // The mistake may be fixed. If not, it is found again.
        self.carelessness.forget();
        self.memory.forget_all();
    }

    /// Ignores poisoning, because no panic can leave the table incomplete.
    pub(super) fn lock(&self) -> MutexGuard<'_, Table> {
        self.in_flight.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// A request of an old policy finds a question of the new one, whose only client leaves at that moment. The two
    /// must meet within a few instructions, so the test tries often.
    #[test]
    fn no_question_ends_under_the_lock() {
        let questions = Arc::new(Questions::new(Source::new(|_: Origin| pending::<Result<bool, Infallible>>())));
        let origin = Origin::parse("https://tenant.example").unwrap();
        let asker = |version| {
            let (subject, peer) = (Arc::new(Subject::new("", &origin)), Peer::numbered(0));
            Arc::new(Asker { subject, version, peer, credentials: Box::default(), report: Arc::new(|_| {}) })
        };
        let (former, present) = (asker(0), asker(1));
        let is_over = Arc::new(AtomicBool::new(false));
        let (finished, end) = mpsc::channel();
        {
            let (questions, is_over) = (Arc::clone(&questions), Arc::clone(&is_over));
            thread::spawn(move || {
                for spins in (0..1500).cycle().take_while(|_| !is_over.load(Ordering::Relaxed)) {
                    let _lookup = questions.look_up(&present);
                    (0..spins).for_each(|_| std::hint::spin_loop());
                }
            });
        }
        thread::spawn(move || {
            (0..100_000).for_each(|_| drop(questions.look_up(&former)));
            finished.send(()).unwrap();
        });
        let end = end.recv_timeout(Duration::from_secs(60));
        is_over.store(true, Ordering::Relaxed);
        end.expect("the threads do not wait for each other");
    }
}
