//! Where questions wait for their turn. Peers take turns, and one alone may use every place.

use std::collections::{HashMap, VecDeque};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot::{self, Receiver, Sender};

use super::peer::Peer;

/// So many wait, besides those whose turn it is.
const WAITING: usize = 1000;

/// So many turns at a time, and so many places to wait.
pub(super) struct Lane {
    turns: usize,
    places: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    taken: usize,
    numbers: u64,
    /// Who waits, by number. Nobody does while a turn is free.
    waiting: HashMap<u64, Sender<Turn>>,
    /// The numbers of each peer that has any; the first peer is the next.
    queues: VecDeque<(Peer, VecDeque<u64>)>,
    places_taken: usize,
}

/// A place in a lane, which is free again when this is dropped.
pub(super) struct Place {
    lane: Arc<Lane>,
    number: u64,
    turn: Receiver<Turn>,
}

/// A turn, which is over when this is dropped.
pub(super) struct Turn(Arc<Lane>);

impl Lane {
    /// A lane that turns away whoever finds no place.
    pub(super) fn bounded(turns: usize) -> Self {
        Self { turns, places: WAITING, state: Mutex::default() }
    }

    /// A lane with places for all.
    pub(super) fn unbounded(turns: usize) -> Self {
        Self { turns, places: usize::MAX, state: Mutex::default() }
    }

    /// Where all places are taken, whoever has the most gives up the newest of them to a peer who has fewer.
    pub(super) fn place(self: &Arc<Self>, peer: Peer) -> Option<Place> {
        let (sender, turn) = oneshot::channel();
        let mut state = self.lock();
        state.numbers += 1;
        let number = state.numbers;
        let place = Place { lane: Arc::clone(self), number, turn };
        if state.taken < self.turns {
            state.taken += 1;
            drop(state);
            // The receiver is here.
            let _ = sender.send(Turn(Arc::clone(self)));
        } else {
            let entered = state.enter(number, peer, self.places);
            if entered {
                state.waiting.insert(number, sender);
            }
            // A place takes the lock when it is dropped.
            drop(state);
            if !entered {
                return None;
            }
        }
        Some(place)
    }

    /// Has the same place wait on behalf of one more peer: it gets whichever turn comes first.
    pub(super) fn join(&self, number: u64, peer: Peer) {
        let mut state = self.lock();
        let has_joined = |(other, numbers): &(Peer, VecDeque<u64>)| *other == peer && numbers.contains(&number);
        if state.waiting.contains_key(&number) && !state.queues.iter().any(has_joined) {
            state.enter(number, peer, self.places);
        }
    }

    fn end_turn(self: &Arc<Self>) {
        let next = self.lock().next();
        if let Some(next) = next {
            // Whoever is not there any more drops the turn, which ends it.
            let _ = next.send(Turn(Arc::clone(self)));
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Returns whether there was a place.
    fn enter(&mut self, number: u64, peer: Peer, places: usize) -> bool {
        let own = self.queues.iter().position(|(other, _)| *other == peer);
        let length = |queue: &(Peer, VecDeque<u64>)| queue.1.len();
        if self.places_taken >= places {
            let own_length = own.map_or(0, |own| length(&self.queues[own]));
            let Some((_, longest)) = self.queues.iter_mut().max_by_key(|queue| length(queue)) else { return false };
            if longest.len() <= own_length + 1 {
                return false;
            }
            if let Some(newest) = longest.pop_back() {
                self.places_taken -= 1;
                if !self.queues.iter().any(|(_, numbers)| numbers.contains(&newest)) {
                    self.waiting.remove(&newest);
                }
            }
        }
        self.places_taken += 1;
        match own {
            Some(own) => self.queues[own].1.push_back(number),
            None => self.queues.push_back((peer, VecDeque::from([number]))),
        }
        true
    }

    /// Returns who has the next turn. If nobody waits, it is free.
    fn next(&mut self) -> Option<Sender<Turn>> {
        while let Some((peer, mut numbers)) = self.queues.pop_front() {
            let number = numbers.pop_front();
            self.places_taken -= usize::from(number.is_some());
            if !numbers.is_empty() {
                self.queues.push_back((peer, numbers));
            }
            if let Some(waiting) = number.and_then(|number| self.remove(number)) {
                return Some(waiting);
            }
        }
        self.taken -= 1;
        None
    }

    fn remove(&mut self, number: u64) -> Option<Sender<Turn>> {
        let waiting = self.waiting.remove(&number)?;
        for (_, numbers) in &mut self.queues {
            let before = numbers.len();
            numbers.retain(|other| *other != number);
            self.places_taken -= before - numbers.len();
        }
        self.queues.retain(|(_, numbers)| !numbers.is_empty());
        Some(waiting)
    }
}

impl Place {
    /// What the place is called in [`Lane::join`].
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// Waits for the turn. None if the place was given to another peer.
    pub(super) async fn turn(&mut self) -> Option<Turn> {
        (&mut self.turn).await.ok()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let waiting = self.lane.lock().remove(self.number);
        mem::drop(waiting);
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.end_turn();
    }
}
