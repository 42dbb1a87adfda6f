//! The line before SQLite's one writer. SQLite itself has everybody try again after ever longer pauses, in no order, each
//! with a connection of the pool that nobody can read by meanwhile; here whoever came first writes first, and takes a
//! connection when it is their turn. Whoever writes past the line (another program, the backups' own store, a write-back of the
//! log) is waited for as SQLite does.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::{FairMutex, FairMutexGuard};

use super::error::StoreError;

/// The line; clones of it are the same.
#[derive(Clone, Debug, Default)]
pub(super) struct WritingLine(Arc<FairMutex<()>>);

impl WritingLine {
    /// Waits for a turn, which lasts until it is let go.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it does not come in time.
    pub(super) fn turn(&self, patience: Duration) -> Result<FairMutexGuard<'_, ()>, StoreError> {
        self.0.try_lock_for(patience).ok_or_else(|| StoreError::Unavailable("others write".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waits_in_vain_is_told() {
        let line = WritingLine::default();
        let turn = line.turn(Duration::ZERO);
        assert!(turn.is_ok());
        assert!(matches!(line.clone().turn(Duration::ZERO), Err(StoreError::Unavailable(_))));
        drop(turn);
        assert!(line.turn(Duration::ZERO).is_ok());
    }
}
