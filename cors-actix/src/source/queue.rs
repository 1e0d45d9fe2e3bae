//! The queue of questions. Peers take turns; a single peer can use every place.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot::{self, Receiver, Sender};

use super::peer::Peer;

/// Maximum number of entries in a bounded queue, besides the permits.
const CAPACITY: usize = 1000;

/// Maximum number of peers for which one ticket waits.
const PEERS_OF_A_TICKET: usize = 64;

/// Gives out a number of permits, and lets other tickets wait.
pub(super) struct Queue {
    permits: usize,
    capacity: usize,
    state: Mutex<Entrants>,
}

/// The time for a change grows with the logarithm of the number of entries, for every input.
#[derive(Default)]
struct Entrants {
    permits_taken: usize,
    last_number: u64,
    /// Tickets by their number. Empty while a permit is free.
    waiting: HashMap<u64, Waiting>,
    /// The numbers of each peer's entries, and their tickets.
    peers: HashMap<Peer, PeerTickets>,
    /// The first peer is the next.
    order: BTreeMap<u64, Peer>,
    lengths: BTreeSet<(usize, Peer)>,
    entries: usize,
}

struct Waiting {
    sender: Sender<Permit>,
    /// At least one.
    entries: Vec<(Peer, u64)>,
}

struct PeerTickets {
    /// The position of the peer in the order.
    position: u64,
    tickets: BTreeMap<u64, u64>,
}

/// A place in a queue. Drop it to free the place.
pub(super) struct Ticket {
    queue: Arc<Queue>,
    number: u64,
    permit: Receiver<Permit>,
}

/// A permit. When it is dropped, the next ticket in the queue gets it.
pub(super) struct Permit(Arc<Queue>);

impl Queue {
    /// Returns a queue with a limited number of places.
    pub(super) fn bounded(permits: usize) -> Self {
        Self { permits, capacity: CAPACITY, state: Mutex::default() }
    }

    /// Returns a queue with a place for every ticket.
    pub(super) fn unbounded(permits: usize) -> Self {
        Self { permits, capacity: usize::MAX, state: Mutex::default() }
    }

    /// Returns a ticket if there is a place. Otherwise the peer with the most entries gives its newest entry to a
    /// peer that has fewer.
    pub(super) fn ticket(self: &Arc<Self>, peer: Peer) -> Option<Ticket> {
        let (sender, permit) = oneshot::channel();
        let mut state = self.lock();
        let number = state.number();
        let ticket = Ticket { queue: Arc::clone(self), number, permit };
        if state.permits_taken < self.permits {
            state.permits_taken += 1;
            drop(state);
            // Cannot fail: the receiver still exists.
            let _ = sender.send(Permit(Arc::clone(self)));
            return Some(ticket);
        }
        state.waiting.insert(number, Waiting { sender, entries: Vec::new() });
        let has_entered = state.enter(number, peer, self.capacity);
        // A ticket takes the lock when it is dropped, and removes itself.
        drop(state);
        has_entered.then_some(ticket)
    }

    /// Lets a ticket wait for one more peer. It gets its permit at the first turn of one of its peers.
    pub(super) fn join(&self, ticket: u64, peer: Peer) {
        let mut state = self.lock();
        let joins = state.waiting.get(&ticket).is_some_and(|Waiting { entries, .. }| {
            entries.len() < PEERS_OF_A_TICKET && entries.iter().all(|(other, _)| *other != peer)
        });
        if joins {
            state.enter(ticket, peer, self.capacity);
        }
    }

    fn pass_on(self: &Arc<Self>) {
        let next = self.lock().next();
        if let Some(next) = next {
            // A permit without a receiver is dropped, and then passed on.
            let _ = next.send(Permit(Arc::clone(self)));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Entrants> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entrants {
    fn number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    /// Adds an entry for a ticket that waits. Returns whether there was a place.
    fn enter(&mut self, ticket: u64, peer: Peer, capacity: usize) -> bool {
        let length = self.peers.get(&peer).map_or(0, |own| own.tickets.len());
        let longest = self.lengths.last().filter(|_| self.entries >= capacity).copied();
        if longest.is_some_and(|(most, _)| most <= length + 1) {
            return false;
        }
        let (entry, position) = (self.number(), self.number());
        let (peers, order) = (&mut self.peers, &mut self.order);
        let own = peers.entry(peer).or_insert_with(|| {
            order.insert(position, peer);
            PeerTickets { position, tickets: BTreeMap::new() }
        });
        own.tickets.insert(entry, ticket);
        self.resized(peer, length, length + 1);
        if let Some(waiting) = self.waiting.get_mut(&ticket) {
            waiting.entries.push((peer, entry));
        }
        // After the new entry, which can belong to the same ticket.
        if let Some((_, peer)) = longest {
            self.give_up(peer);
        }
        true
    }

    /// Removes the newest entry of a peer, and its ticket if that has no other entry.
    fn give_up(&mut self, peer: Peer) {
        let newest = self.peers.get(&peer).and_then(|own| own.tickets.last_key_value());
        let Some((entry, ticket)) = newest.map(|(entry, ticket)| (*entry, *ticket)) else { return };
        self.strike(peer, entry);
        if let Some(waiting) = self.waiting.get_mut(&ticket) {
            waiting.entries.retain(|(_, other)| *other != entry);
            if waiting.entries.is_empty() {
                self.waiting.remove(&ticket);
            }
        }
    }

    /// Returns the ticket that gets the next permit. If no ticket waits, the permit is free.
    fn next(&mut self) -> Option<Sender<Permit>> {
        let position = self.number();
        let next = self.order.pop_first().and_then(|(_, peer)| {
            self.order.insert(position, peer);
            let own = self.peers.get_mut(&peer)?;
            own.position = position;
            own.tickets.first_key_value().map(|(_, ticket)| *ticket)
        });
        let next = next.and_then(|ticket| self.remove(ticket));
        self.permits_taken -= usize::from(next.is_none());
        next
    }

    fn remove(&mut self, ticket: u64) -> Option<Sender<Permit>> {
        let Waiting { sender, entries } = self.waiting.remove(&ticket)?;
        entries.into_iter().for_each(|(peer, entry)| self.strike(peer, entry));
        Some(sender)
    }

    fn strike(&mut self, peer: Peer, entry: u64) {
        let Some(own) = self.peers.get_mut(&peer) else { return };
        let before = own.tickets.len();
        own.tickets.remove(&entry);
        let after = own.tickets.len();
        if after == 0 {
            self.order.remove(&own.position);
            self.peers.remove(&peer);
        }
        self.resized(peer, before, after);
    }

    fn resized(&mut self, peer: Peer, before: usize, after: usize) {
        self.entries = self.entries - before + after;
        self.lengths.remove(&(before, peer));
        if after > 0 {
            self.lengths.insert((after, peer));
        }
    }
}

impl Ticket {
    /// Returns the number of the ticket, for [`Queue::join`].
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// Waits for a permit. Returns `None` if another peer got the place.
    pub(super) async fn permit(&mut self) -> Option<Permit> {
        (&mut self.permit).await.ok()
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        // Dropped after the lock is free.
        let _waiting = self.queue.lock().remove(self.number);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.0.pass_on();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use futures_util::FutureExt;

    use super::*;

    const PEERS: u64 = 2_000;

    /// The largest queue of known origins: one ticket for each remembered origin at the default capacity, each with
    /// the maximum of peers.
    #[test]
    fn no_change_takes_longer_where_many_wait() {
        let queue = Arc::new(Queue::unbounded(1));
        let permit = queue.ticket(Peer::numbered(0));
        let time = |changes: &mut dyn FnMut()| {
            let begin = Instant::now();
            changes();
            begin.elapsed()
        };
        // The shortest of several times, because a busy machine is slow.
        let shortest = || (0..5).map(|_| time(&mut || drop(fill(&queue, 100)))).min().unwrap_or_default();
        let few = shortest();
        let mut tickets = Vec::new();
        let filled = time(&mut || tickets = fill(&queue, 10_000));
        assert_eq!(queue.lock().entries, 10_000 * PEERS_OF_A_TICKET);
        let more = shortest();
        println!("100 tickets: {few:?} in an empty queue, {more:?} in a full one, which took {filled:?}");
        // A search through all entries would take hundreds of times as long.
        assert!(more < 5 * few, "{more:?} instead of {few:?}");
        let emptied = time(&mut || tickets.clear());
        println!("emptied after {emptied:?}");
        drop(permit);
        let state = queue.lock();
        let left = (state.waiting.len(), state.peers.len(), state.order.len(), state.lengths.len(), state.entries);
        assert_eq!((left, state.permits_taken), ((0, 0, 0, 0, 0), 0));
    }

    #[test]
    fn a_peer_gets_a_place_only_of_a_peer_that_then_has_as_many() {
        let queue = Arc::new(Queue::bounded(0));
        let enter =
            |peer, count| -> Vec<Ticket> { (0..count).filter_map(|_| queue.ticket(Peer::numbered(peer))).collect() };
        let _places = (enter(1, CAPACITY / 2 + 1), enter(2, CAPACITY / 2 - 1));
        assert_eq!((enter(2, 9).len(), enter(1, 9).len()), (1, 0));
        let _places = enter(3, 1);
        assert_eq!((enter(2, 9).len(), enter(1, 9).len()), (0, 0));
    }

    #[test]
    fn a_peer_that_has_left_takes_no_turn() {
        let queue = Arc::new(Queue::bounded(1));
        let [first, last, mut other] = [1, 1, 2].map(|peer| queue.ticket(Peer::numbered(peer)).expect("a place"));
        for mut ticket in [first, last] {
            assert!(ticket.permit().now_or_never().flatten().is_some());
        }
        let permit = other.permit().now_or_never().flatten();
        let mut third = queue.ticket(Peer::numbered(3)).expect("a place");
        drop(permit);
        assert!(third.permit().now_or_never().flatten().is_some());
    }

    /// Returns tickets with the maximum number of peers each.
    fn fill(queue: &Arc<Queue>, count: u64) -> Vec<Ticket> {
        let with_peers = |number| {
            let ticket = queue.ticket(Peer::numbered(number % PEERS))?;
            (0..100).for_each(|more| queue.join(ticket.number(), Peer::numbered((number + more) % PEERS)));
            Some(ticket)
        };
        (0..count).filter_map(with_peers).collect()
    }
}
