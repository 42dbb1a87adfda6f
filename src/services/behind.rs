//! Work that goes on behind an answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// A place for work on a thread of its own, one piece at a time: what comes while there is some is not begun.
#[derive(Clone, Debug, Default)]
pub(super) struct Behind {
    is_taken: Arc<AtomicBool>,
}

/// The place, taken until this is dropped, be it by a panic.
struct Taken(Arc<AtomicBool>);

impl Drop for Taken {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl Behind {
    /// Begins some work, unless there is some.
    pub(super) fn begin(&self, name: &str, work: impl FnOnce() + Send + 'static) {
        if self.is_taken.swap(true, Ordering::AcqRel) {
            return;
        }
        let taken = Taken(self.is_taken.clone());
        let started = thread::Builder::new().name(name.to_owned()).spawn(move || {
            let _taken = taken;
            work();
        });
        if let Err(error) = started {
            tracing::warn!(%error, name, "there is no thread for what goes on behind");
        }
    }
}
