//! The line before SQLite's one writer. SQLite itself has everybody try again after ever longer pauses, in no order, each
//! with a connection of the pool that nobody can read by meanwhile; here whoever came first writes first, and takes a
//! connection when it is their turn. Whoever writes past the line (another program, a write-back of the log) is waited for as
//! SQLite does.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::{FairMutex, FairMutexGuard};

use super::error::StoreError;
use super::patience::Patience;

/// The line; clones of it are the same.
#[derive(Clone, Debug)]
pub(super) struct WritingLine {
    turn: Arc<FairMutex<()>>,
    patience: Duration,
}

impl WritingLine {
    /// In which nobody waits for longer than that.
    pub(super) fn of(patience: Patience) -> Self {
        Self { turn: Arc::default(), patience: patience.file() }
    }

    /// Waits for a turn, which lasts until it is let go.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it does not come in time.
    pub(super) fn turn(&self) -> Result<FairMutexGuard<'_, ()>, StoreError> {
        self.turn.try_lock_for(self.patience).ok_or_else(|| StoreError::Unavailable("others write".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waits_in_vain_is_told() {
        let line = WritingLine::of(Patience::answering_within(Duration::from_millis(30)));
        let turn = line.turn();
        assert!(turn.is_ok());
        assert!(matches!(line.clone().turn(), Err(StoreError::Unavailable(_))));
        drop(turn);
        assert!(line.turn().is_ok());
    }
}
