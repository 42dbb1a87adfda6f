//! A large document costs no more memory than a small one.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::io::Read;

use aiqyn::services::{CaseName, Metadata};

use crate::archive::Archive;
use crate::support::on_sqlite;

const LENGTH: u64 = 64 * 1024 * 1024;

/// What one transfer may hold at its peak: a few chunks of 64 KiB, and what the database needs for a row.
const MOST: isize = 1024 * 1024;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

/// Counts what each thread holds.
struct Counting;

fn count(change: isize) {
    let _ = HELD.try_with(|held| {
        held.set(held.get() + change);
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(held.get())));
    });
}

// SAFETY: every call is handed on as it came; only numbers are kept beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How much more than before was held at the peak of some work.
fn peak_of<T>(work: impl FnOnce() -> T) -> (T, isize) {
    let before = HELD.get();
    PEAK.set(before);
    let done = work();
    (done, PEAK.get() - before)
}

#[test]
fn sealing_and_opening_64_mib_holds_less_than_one() {
    on_sqlite(|backend| {
        let archive = Archive::on(backend);
        archive.adds("first.bin", b"so that what is made once is there");
        let from = std::io::repeat(0xa5).take(LENGTH);
        let (case, name) = (CaseName::Id(archive.case), ("large.bin", Metadata::Keep));
        let (view, peak) = peak_of(|| archive.services.add_document(&archive.caseworker, case, name, from));
        let view = view.unwrap();
        assert_eq!(view.size, LENGTH);
        assert!(peak < MOST, "sealing held {peak} bytes");
        let (read, peak) = peak_of(|| {
            let mut reader = archive.opens(&view).unwrap().reader;
            std::io::copy(&mut reader, &mut std::io::sink()).unwrap()
        });
        assert_eq!(read, LENGTH);
        assert!(peak < MOST, "opening held {peak} bytes");
    });
}
