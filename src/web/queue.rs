//! Queues before what there is little of: processors for passwords and reports, connections to the database.
//! Each has an end: whoever finds it full is told to come again, and nobody waits for as long as others push in.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use actix_web::rt::time::timeout;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Those who wait for their turn.
#[derive(Clone, Debug)]
pub struct Queue {
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    most: Most,
    patience: Duration,
    refused: Arc<AtomicU64>,
}

/// How many places and turns there are.
#[derive(Clone, Copy, Debug)]
struct Most {
    places: usize,
    turns: usize,
}

/// Somebody's turn; it ends when it is dropped.
#[derive(Debug)]
pub struct Turn {
    _place: OwnedSemaphorePermit,
    _turn: OwnedSemaphorePermit,
}

impl Queue {
    /// So many have their turn at once; so many may be there, those whose turn it is among them; and nobody waits
    /// for longer than that.
    #[must_use]
    pub fn of(turns: usize, places: usize, patience: Duration) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            turns: Arc::new(Semaphore::new(turns)),
            most: Most { places, turns },
            patience,
            refused: Arc::default(),
        }
    }

    /// Waits for a turn; none where too many wait already, or it does not come in time.
    pub async fn turn(&self) -> Option<Turn> {
        let turn = self.turn_in_time().await;
        if turn.is_none() {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        turn
    }

    async fn turn_in_time(&self) -> Option<Turn> {
        let place = self.places.clone().try_acquire_owned().ok()?;
        let turn = timeout(self.patience, self.turns.clone().acquire_owned()).await.ok()?.ok()?;
        Some(Turn { _place: place, _turn: turn })
    }

    /// How many have their turn.
    #[must_use]
    pub fn at_work(&self) -> u64 {
        number(self.most.turns.saturating_sub(self.turns.available_permits()))
    }

    /// How many wait for it.
    #[must_use]
    pub fn waiting(&self) -> u64 {
        number(self.most.places.saturating_sub(self.places.available_permits())).saturating_sub(self.at_work())
    }

    /// How many have been sent away.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        actix_web::rt::System::new().block_on(future)
    }

    #[test]
    fn whoever_finds_it_full_is_sent_away() {
        block_on(async {
            let queue = Queue::of(1, 1, Duration::from_secs(3600));
            let turn = queue.turn().await.unwrap();
            assert!(queue.turn().await.is_none());
            assert_eq!((queue.at_work(), queue.waiting(), queue.refused()), (1, 0, 1));
            drop(turn);
            assert!(queue.turn().await.is_some());
            assert_eq!((queue.at_work(), queue.waiting(), queue.refused()), (0, 0, 1));
        });
    }

    #[test]
    fn nobody_waits_for_ever() {
        block_on(async {
            let queue = Queue::of(1, 2, Duration::from_millis(1));
            let _turn = queue.turn().await.unwrap();
            assert!(queue.turn().await.is_none());
        });
    }
}
