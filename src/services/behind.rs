//! Work that goes on behind an answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::Services;

/// How often it is looked whether work has ended.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// A place for work on a thread of its own, one piece at a time: what comes while there is some is not begun.
#[derive(Clone, Debug, Default)]
pub(super) struct Behind {
    is_taken: Arc<AtomicBool>,
    is_ending: Arc<AtomicBool>,
}

/// The place, taken until this is dropped, be it by a panic.
struct Taken(Arc<AtomicBool>);

impl Drop for Taken {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl Behind {
    /// Whether there is some work.
    pub(super) fn is_at_work(&self) -> bool {
        self.is_taken.load(Ordering::Acquire)
    }

    /// Whether work should end where it can go on another time.
    pub(super) fn is_ending(&self) -> bool {
        self.is_ending.load(Ordering::Acquire)
    }

    /// Begins nothing any more, and waits until then for what there is. Returns whether it has ended.
    pub(super) fn end(&self, until: Instant) -> bool {
        self.is_ending.store(true, Ordering::Release);
        while self.is_at_work() && Instant::now() < until {
            thread::sleep(LOOK_EVERY);
        }
        !self.is_at_work()
    }

    /// Begins some work, unless there is some.
    pub(super) fn begin(&self, name: &str, work: impl FnOnce() + Send + 'static) {
        if self.is_ending() || self.is_taken.swap(true, Ordering::AcqRel) {
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

impl Services {
    /// What goes on behind answers, and whether it does at the moment.
    #[must_use]
    pub fn work_behind(&self) -> [(&'static str, bool); 2] {
        [("figures", self.recounting.is_at_work()), ("names", self.indexing.is_at_work())]
    }

    /// Begins nothing behind answers any more, and waits until then for what there is. What has not ended is lost and
    /// comes again: each piece of it is one transaction.
    pub fn end_work_behind(&self, until: Instant) {
        for (name, work) in [("figures", &self.recounting), ("names", &self.indexing)] {
            if !work.end(until) {
                tracing::warn!(name, "what went on behind was given up");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn what_goes_on_is_waited_for_and_nothing_is_begun_after_it() {
        let behind = Behind::default();
        let (go_on, gone_on) = mpsc::channel::<()>();
        behind.begin("a test", move || {
            let _ = gone_on.recv();
        });
        assert!(behind.is_at_work());
        assert!(!behind.end(Instant::now()), "it goes on");
        go_on.send(()).unwrap();
        assert!(behind.end(Instant::now() + Duration::from_secs(60)));
        behind.begin("a test", || {});
        assert!(!behind.is_at_work());
    }
}
