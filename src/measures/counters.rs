//! What a tally counts, as a row of plain counters: so that tallies are added up, and told apart, in one way.

use super::code_counts::CodeCounter;

/// Something that consists of counters, and of counters that are kept by code.
pub(super) trait Counters {
    /// Shows every plain counter, always in the same order.
    fn each_counter<'c>(&'c mut self, see: &mut dyn FnMut(&'c mut u64));

    /// Shows what has been counted by code.
    fn each_code(&self, _see: &mut dyn FnMut(CodeCounter, &str, u64)) {}

    /// Adds to what has been counted by code.
    fn add_to_code(&mut self, _counter: CodeCounter, _code: &str, _more: u64) {}
}

/// Adds what one has counted to what another has.
pub(super) fn merge_counters<C: Counters>(into: &mut C, mut from: C) {
    from.each_code(&mut |counter, code, more| into.add_to_code(counter, code, more));
    let mut more = Vec::new();
    from.each_counter(&mut |counter| more.push(*counter));
    let mut more = more.into_iter();
    into.each_counter(&mut |counter| *counter += more.next().unwrap_or(0));
}
