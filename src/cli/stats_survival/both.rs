//! Two pieces of work at once, on two processors where there are two.

use std::panic::resume_unwind;
use std::thread;

/// What both give. A panic in either goes on in the caller.
pub(super) fn both<A: Send, B>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second();
        (first.join().unwrap_or_else(|panic| resume_unwind(panic)), second)
    })
}
