//! Where questions wait for their turn.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

/// So many wait, besides those whose turn it is.
const WAITING: usize = 1000;

/// A queue with so many turns at a time, and perhaps no place for more.
pub(super) struct Lane {
    turns: Semaphore,
    places: Arc<Semaphore>,
}

/// A place in a lane, which is free again when this is dropped.
pub(super) struct Place {
    lane: Arc<Lane>,
    _place: OwnedSemaphorePermit,
}

impl Lane {
    /// A lane that turns away whoever finds no place.
    pub(super) fn bounded(turns: usize) -> Self {
        Self { turns: Semaphore::new(turns), places: Arc::new(Semaphore::new(turns + WAITING)) }
    }

    /// A lane with places for all.
    pub(super) fn unbounded(turns: usize) -> Self {
        Self { turns: Semaphore::new(turns), places: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)) }
    }

    pub(super) fn place(self: &Arc<Self>) -> Option<Place> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok()?;
        Some(Place { lane: Arc::clone(self), _place: place })
    }
}

impl Place {
    /// Waits for the turn; it is over when what this gives is dropped.
    pub(super) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        // Nobody closes the semaphore, which is the only error.
        self.lane.turns.acquire().await.ok()
    }
}
