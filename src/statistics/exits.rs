//! What is counted without a table is told waits in the order of their exits; this is one entry of them.

/// Waits of one group that exit at the same time, and of which none enters late. Of times only the order matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exits<T> {
    /// The time.
    pub time: T,
    /// The number of the group, from 0.
    pub group: usize,
    /// How many exit.
    pub count: usize,
    /// How many of them end; the others are censored.
    pub ended: usize,
}
