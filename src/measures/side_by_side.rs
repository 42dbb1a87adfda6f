//! The same work done to many things, on as many processors as there are. What comes out does not hang on how many
//! those are, nor on which did what: each thing is worked on by itself, and the answers stand in the things' order.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The most threads that are started.
const MOST_THREADS: usize = 8;

/// What `work` makes of each thing, in their order. One thread takes the next thing whenever it has done with one.
/// Where `is_worth_threads` does not hold, everything is done here.
pub(crate) fn side_by_side<T: Sync, R: Send>(
    things: &[T],
    is_worth_threads: bool,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, |cores| cores.get().min(MOST_THREADS)).min(things.len());
    if threads < 2 || !is_worth_threads {
        return things.iter().map(work).collect();
    }
    let (next, work) = (AtomicUsize::new(0), &work);
    let some = || {
        let mut done = Vec::new();
        while let Some((place, thing)) = next_of(things, &next) {
            done.push((place, work(thing)));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let started: Vec<_> = (1..threads).map(|_| scope.spawn(some)).collect();
        let mut done = some();
        for thread in started {
            done.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, answer)| answer).collect()
}

/// What each of two works makes, the first on another thread where `is_worth_a_thread` holds. A panic in either goes on
/// in the caller.
pub(crate) fn both<A: Send, B>(
    is_worth_a_thread: bool,
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B,
) -> (A, B) {
    if !is_worth_a_thread {
        return (first(), second());
    }
    thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second();
        (first.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), second)
    })
}

fn next_of<'t, T>(things: &'t [T], next: &AtomicUsize) -> Option<(usize, &'t T)> {
    let place = next.fetch_add(1, Ordering::Relaxed);
    things.get(place).map(|thing| (place, thing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_stand_in_the_order_of_the_things() {
        let things: Vec<u64> = (0..1000).collect();
        let squares: Vec<u64> = things.iter().map(|thing| thing * thing).collect();
        assert_eq!(side_by_side(&things, true, |thing| thing * thing), squares);
        assert_eq!(side_by_side(&things, false, |thing| thing * thing), squares);
        assert_eq!(side_by_side(&[], true, |thing: &u64| *thing), Vec::<u64>::new());
    }
}
